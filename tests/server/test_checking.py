"""What can be written so that a finding is suppressed, without a client around it."""

from pathlib import Path

import pytest

from secretkey_lint.model.source import Position, SourceFile, Span
from secretkey_lint.server import checking
from secretkey_lint.server.buffers import Buffer, source
from secretkey_lint.suppression import comments
from secretkey_lint.suppression.insertion import insertions

KEY = "django-insecure-7kw2q9xm4z8vb5n1r3t6y0pdfghjs2uc8e"
ENDINGS = sorted({endings.split()[0] for endings in comments._SYNTAXES})


def suppressed(folder: Path, name: str, text: str) -> str | None:
    """Return a text with what suppresses all that is reported in it, one by one; None where something stays."""
    for _ in range(5):
        buffers = [Buffer(str(folder / name), text)]
        outcome = checking.check(str(folder), buffers)
        if not outcome.diagnostics:
            return text
        insertion = checking.suppressing(str(folder), buffers, outcome, outcome.diagnostics[0])
        if insertion is None:
            return None
        text = text[: insertion.offset] + insertion.text + text[insertion.offset :]
    return None


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_format_that_has_comments(ending: str, end: str, tmp_path: Path) -> None:
    """The comment that is written is one that is read, behind the key or above it; other lines stay as they are."""
    text = f"{end}  A = '{KEY}'{end}" if ending not in ("json", "xml") else f"<a>{end}<b>{KEY}</b></a>{end}"
    name = f"app.{ending}"
    found = suppressed(tmp_path, name, text)
    if any(kind.form for kind in comments.syntax_of(name, text).kinds):
        assert found is not None
        assert "secretkey-lint: ignore" in found
        assert [line.partition(KEY)[0] for line in text.split(end) if KEY in line] == [
            line.partition(KEY)[0] for line in found.split(end) if KEY in line
        ]
    else:
        assert found is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("settings.py", f'TEXT = """\nSECRET_KEY = "{KEY}"\n"""\n'),
        ("settings.py", f'A = f("""\n{KEY}\n""", \\\n 2)\n'),
        ("settings.py", f"# SECRET_KEY = '{KEY}'\n"),
        ("settings.py", f"A = [\n    1, '{KEY}',  # noqa: E501\n    2,\n]\n"),
        ("start.sh", f"python \\\n  --key {KEY} \\\n  --now\n"),
        ("page.xml", f'<a\n  b="{KEY}"\n  c="d"/>\n'),
        ("notes.txt", f"{KEY}\n"),
        ("page.html", f"<script>\nvar key = '{KEY}';\n</script>\n"),
    ],
)
def test_what_is_written_breaks_nothing(name: str, text: str, tmp_path: Path) -> None:
    """Where a comment would be none, or would take a line apart, another place is taken, or none."""
    found = suppressed(tmp_path, name, text)
    if found is not None:
        assert found.replace("secretkey-lint", "") != found
        if name.endswith(".py"):
            compile(found, name, "exec")
        assert not any(line.count("\\ ") for line in found.splitlines())


def test_a_place_that_ends_where_a_line_begins() -> None:
    """The last line of a place is the last of which something belongs to it."""
    file = SourceFile("settings.py", b'A = "x\n"\nB = 1\n', "settings.py")
    first = next(insertions(file, "SKL001", Span("settings.py", Position(1, 5), Position(2, 1))))
    assert first.offset == 6


def test_what_is_open_says_nothing_of_itself() -> None:
    """A buffer holds a whole file, and is not to be printed."""
    assert repr(Buffer("/a/settings.py", KEY)) == "Buffer('/a/settings.py', <50 characters>)"
    assert KEY not in repr(source("settings.py", KEY))
