"""What is drawn at a terminal: pictures of a fixed width, whose lines are as wide as they say and move nothing."""

import io
import os
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from secretkey_lint import api
from secretkey_lint.model.record import replace
from secretkey_lint.model.report import Report
from secretkey_lint.model.source import Position, Span, Step
from secretkey_lint.reporters import Style, choose, terminal

LINK = re.compile(r"\x1b\]8;(?:id=[^;]*)?;([^\x1b]*)\x1b\\")


@pytest.fixture(autouse=True)
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "CI", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "FORCE_HYPERLINK", "NO_COLOR", "TERM",
        "TERMINAL_EMULATOR", "TERM_PROGRAM", "WSL_DISTRO_NAME",
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


class Stream(io.StringIO):
    """A stream that is a terminal, or not."""

    def __init__(self, *, is_terminal: bool = True, encoding: str = "utf-8") -> None:
        super().__init__()
        self._is_terminal = is_terminal
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return self._is_terminal


def drawn(report: Report, width: int = 80, encoding: str = "utf-8") -> str:
    """The picture without colour."""
    style = Style(Stream(encoding=encoding), colour="never")
    style.width = width
    return terminal.render(report, style)


def check(content: str, path: str = "settings.py") -> Report:
    return api.check_source(content.encode("utf-8", "surrogateescape"), path)


def one(report: Report, path: str) -> Report:
    """A report of what was found in one file."""
    return replace(report, diagnostics=tuple(each for each in report.diagnostics if each.span.path == path))


def test_the_way_of_a_value(report: Report) -> None:
    """The value, and each place that it comes through, with the line that does it."""
    assert (
        drawn(one(report, "shop/keys.py"))
        == """\
━━ shop/keys.py ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
error SKL003 unsafe-default
SECRET_KEY falls back to a 20-character literal where SHOP_KEY is not set;
Django itself calls it weak, too (security.W009)
  ╭─ shop/keys.py:1:11
1 │ DEFAULT = "••••••••"
  │           ^^^^^^^^^^
  ├─ shop/settings.py:1:23
1 │ from shop.keys import DEFAULT
  │                       ------- imported here
4 │ SECRET_KEY = os.environ.get('SHOP_KEY', DEFAULT)
  │                                         ------- used here
  │ ---------- reaches SECRET_KEY here
  ╰─ help: Take the default away, so that a missing variable stops the start:
     os.environ["SECRET_KEY"].
     see https://github.com/secretkey-lint/secretkey-lint/blob/main/docs/rules/SKL003.md

1 error, 0 warnings: 6 files looked at, 5 analysed, 1 suppressed.
"""
    )


def test_a_narrow_terminal(report: Report) -> None:
    """Code is cut around what is marked, and what has no room behind a mark stands below it."""
    assert (
        drawn(one(report, "shop/keys.py"), 40)
        == """\
━━ shop/keys.py ━━━━━━━━━━━━━━━━━━━━━━━━
error SKL003 unsafe-default
SECRET_KEY falls back to a 20-character
literal where SHOP_KEY is not set;
Django itself calls it weak, too
(security.W009)
  ╭─ shop/keys.py:1:11
1 │ DEFAULT = "••••••••"
  │           ^^^^^^^^^^
  ├─ shop/settings.py:1:23
1 │ from shop.keys import DEFAULT
  │                       -------
  │                       imported here
4 │ …os.environ.get('SHOP_KEY', DEFAULT)
  │                             -------
  │                            used here
4 │ SECRET_KEY = os.environ.get('SHOP_K…
  │ ---------- reaches SECRET_KEY here
  ╰─ help: Take the default away, so
     that a missing variable stops the
     start: os.environ["SECRET_KEY"].
     see https://github.com/secretkey-lint/secretkey-lint/blob/main/docs/rules/SKL003.md

1 error, 0 warnings: 6 files looked at,
5 analysed, 1 suppressed.
"""
    )


def test_an_old_code_page(report: Report) -> None:
    """Where boxes and bullets cannot be written nothing else is left out."""
    text = drawn(one(report, "shop/keys.py"), 60, "cp1252")
    assert text.isascii()
    assert '  ,- shop/keys.py:1:11\n1 | DEFAULT = "********"\n  |           ^^^^^^^^^^\n  |- shop' in text
    assert "\n  `- help: Take" in text


def test_places_without_lines() -> None:
    """A place without a line to be shown is named, with what is said of it."""
    found = check('SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n').diagnostics[0]
    span = Span("deploy.yaml", Position(12, 3), Position(12, 9))
    bare = replace(found, frame=None, related=(Step(span, "the key is read from it here"),))
    assert drawn(Report((bare,), 1, 1)).splitlines()[4:7] == [
        "   ╭─ settings.py:1:14",
        "   ├─ deploy.yaml:12:3",
        "   │ the key is read from it here",
    ]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('键 = SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"', '键 = SECRET_KEY = "••••••••"'),
        ('é = SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"', 'é = SECRET_KEY = "••••••••"'),
        ('e\u0301 = SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"', 'e\u0301 = SECRET_KEY = "••••••••"'),
        ('x =\tSECRET_KEY =\t"8f3k2q9x7v5n1m4b6c0z"', 'x = SECRET_KEY = "••••••••"'),
    ],
)
def test_marks_stand_below_what_they_mark(line: str, shown: str) -> None:
    """Wherever characters are two columns wide, or none."""
    lines = drawn(check(line + "\n")).splitlines()
    at = next(number for number, each in enumerate(lines) if each.startswith("1 │ "))
    assert lines[at] == f"1 │ {shown}"
    before = lines[at][: lines[at].index('"')]
    assert lines[at + 1].index("^") == cell_len(before)


def test_lines_keep_to_the_width() -> None:
    """Whatever is on them, but for paths and addresses, which are left to be copied."""
    long = "a_long_name_of_a_variable_" * 4
    report = check(
        f'import os\n{long} = "8f3k2q9x7v5n1m4b6c0z"\nSECRET_KEY = {long}\nSECRET_KEY_FALLBACKS = ["é" * 90, {long}]\n'
    )
    for width in (40, 41, 55, 80, 120, 300):
        for line in drawn(report, width).splitlines():
            assert cell_len(line) <= min(width, 120) or "https://" in line
    assert drawn(report, 10) == drawn(report, 40)


@pytest.mark.parametrize(
    "name",
    ["a\x1b[31mb.py", "a\x1b]8;;https://example.org\x07b.py", "a\u202eb.py", "a\nb.py", "a\udcffb.py", "a\x9b2Jb.py"],
)
def test_names_are_not_obeyed(name: str) -> None:
    """What a terminal would do for a file's name, or for what its line holds, is shown instead."""
    found = check('SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n').diagnostics[0]
    span = Span(name, Position(1, 1), Position(1, 5))
    frame = replace(found.frame, text=f'{name} = "••"', column=1)
    hostile = replace(found, span=span, message=name, frame=frame, related=(Step(span, name, frame),))
    style = Style(Stream())
    text = terminal.render(Report((hostile,), 1, 1), style)
    text = re.sub(r"\x1b\[[0-9;]*m", "", LINK.sub("", text))
    assert text.replace("\n", "").isprintable()
    assert text.encode()


def test_links(report: Report, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code leads to the rule's page, a path to its file, quoted and with its host; not in an editor, which finds it."""
    name = "ä b.py"
    (folder / name).write_text('SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n')
    report = api.check_paths([name])
    text = terminal.render(report, Style(Stream()))
    page, file = report.diagnostics[0].url, f"file://{os.uname().nodename}{folder}/%C3%A4%20b.py"
    assert {each for each in LINK.findall(text) if each} == {page, file}
    assert f"see {page}" not in text
    monkeypatch.setenv("TERM", "xterm-kitty")
    assert f"{file}#1" in LINK.findall(terminal.render(report, Style(Stream())))
    monkeypatch.setenv("WSL_DISTRO_NAME", "Debian")
    assert f"file://wsl$/Debian{folder}/%C3%A4%20b.py" in LINK.findall(terminal.render(report, Style(Stream())))
    monkeypatch.setenv("TERM_PROGRAM", "vscode")
    assert {each for each in LINK.findall(terminal.render(report, Style(Stream()))) if each} == {page}


def test_colours(report: Report) -> None:
    """Each severity has its own, and nothing else shouts."""
    text = terminal.render(report, Style(Stream()))
    assert "\x1b[1;31merror\x1b[0m" in text
    assert "\x1b[1;36mnote\x1b[0m" in text


@pytest.mark.parametrize(
    ("asked", "is_terminal", "environment", "colour", "is_drawn"),
    [
        ("auto", True, {}, True, True),
        ("auto", False, {}, False, False),
        ("always", False, {}, True, True),
        ("always", True, {"NO_COLOR": "1", "TERM": "dumb"}, True, True),
        ("never", True, {}, False, True),
        ("never", False, {"FORCE_COLOR": "1"}, False, False),
        ("auto", True, {"NO_COLOR": "1"}, False, True),
        ("auto", True, {"NO_COLOR": ""}, True, True),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, True),
        ("auto", True, {"TERM": "dumb"}, False, False),
        ("auto", True, {"CLICOLOR": "0"}, False, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True, True),
        ("auto", False, {"FORCE_COLOR": ""}, False, False),
        ("auto", False, {"FORCE_COLOR": "0"}, False, False),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True, True),
        ("auto", False, {"CLICOLOR_FORCE": "0"}, False, False),
        ("auto", False, {"CI": "true", "GITHUB_ACTIONS": "true"}, False, False),
        ("auto", False, {"CI": "true", "FORCE_COLOR": "1"}, True, True),
    ],
)  # fmt: skip
def test_who_decides_about_colour(
    asked: str,
    is_terminal: bool,
    environment: dict[str, str],
    colour: bool,
    is_drawn: bool,
    monkeypatch: pytest.MonkeyPatch,
    report: Report,
) -> None:
    """The option, then `NO_COLOR`, then what forces it, then the terminal."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    style = Style(Stream(is_terminal=is_terminal), colour=asked)
    assert (style.colour, style.drawn) == (colour, is_drawn)
    assert choose("text", report, style) == ("terminal" if is_drawn else "text")
    assert choose("text", Report((), 1, 1), style) == "text"
    assert choose("concise", report, style) == "concise"


@pytest.mark.parametrize(
    ("is_terminal", "environment", "links"),
    [
        (True, {}, True),
        (True, {"TERM": "linux"}, False),
        (True, {"CI": "true"}, False),
        (True, {"NO_COLOR": "1", "FORCE_HYPERLINK": "1"}, False),
        (True, {"FORCE_HYPERLINK": "0"}, False),
        (False, {"FORCE_COLOR": "1"}, False),
        (False, {"FORCE_COLOR": "1", "FORCE_HYPERLINK": "1"}, True),
    ],
)
def test_who_decides_about_links(
    is_terminal: bool, environment: dict[str, str], links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where they may be shown raw there are none."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Style(Stream(is_terminal=is_terminal)).links == links


@pytest.mark.parametrize(("said", "width"), [("100", 100), ("0", 80), ("", 80), ("wide", 80), ("٣", 80), ("-5", 80)])
def test_the_width(said: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What `COLUMNS` says, if it is a number; 80 where nobody says anything."""
    monkeypatch.setenv("COLUMNS", said)
    assert Style(Stream()).width == width


@pytest.mark.parametrize(
    ("environment", "answer", "colour"),
    [({"WT_SESSION": "1"}, None, True), ({}, None, False), ({}, True, True), ({}, False, False)],
)
def test_an_old_console_of_windows(
    environment: dict[str, str], answer: bool | None, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would show escape sequences instead of obeying them."""
    import sys
    from types import ModuleType

    nt = ModuleType("nt")
    if answer is not None:
        nt._supports_virtual_terminal = lambda: answer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nt", nt)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "name", "nt")
    style = Style(Stream())
    monkeypatch.undo()
    assert (style.colour, style.drawn) == (colour, True)
