"""Taking suppressions out that have no effect: they go, and nothing else does."""

import ast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from secretkey_lint import api
from secretkey_lint.errors import RuleError
from secretkey_lint.model.record import replace
from secretkey_lint.model.source import SourceFile
from secretkey_lint.suppression.lines import decoded
from secretkey_lint.suppression.removal import without

LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"'

CASES = [
    # what is left of a line, and of a comment
    ("a.py", "x = 1  # secretkey-lint: ignore[SKL001] a reason\n", "x = 1\n"),
    ("a.py", "x = 1\t#secretkey-lint:ignore[SKL001]\n", "x = 1\n"),
    ("a.py", "x = 1\n# secretkey-lint: ignore-file[SKL001]\ny = 2\n", "x = 1\ny = 2\n"),
    ("a.py", "if x:\n    # secretkey-lint: ignore[SKL001]  \n    y = 2\n", "if x:\n    y = 2\n"),
    ("a.py", "x = 1  # a word, secretkey-lint: ignore[SKL001]\n", "x = 1  # a word,\n"),
    ("a.py", "x = 1  # secretkey-lint: ignore[SKL001] a reason # noqa: E501\n", "x = 1  # noqa: E501\n"),
    ("a.py", "x = 1  # type: ignore # secretkey-lint: ignore[SKL001] a reason\n", "x = 1  # type: ignore\n"),
    ("a.py", "x = 1  # type: ignore # secretkey-lint: ignore[SKL001] # noqa\n", "x = 1  # type: ignore # noqa\n"),
    ("a.py", "x = 1  # secretkey-lint: ignore[SKL001] secretkey-lint: ignore[SKL002]\n", "x = 1\n"),
    ("a.py", "# SECRET_KEY\nx = 1  # noqa: SKL001\n", "# SECRET_KEY\nx = 1\n"),
    ("a.py", "# SECRET_KEY\nx = 1  # noqa: SKL001, E501 why\n", "# SECRET_KEY\nx = 1  # noqa: E501 why\n"),
    ("a.py", "# SECRET_KEY\nx = 1  # noqa:E501,SKL001,F401,SKL003\n", "# SECRET_KEY\nx = 1  # noqa:E501,F401\n"),
    ("a.py", "# SECRET_KEY\n# ruff: noqa: SKL001\n", "# SECRET_KEY\n"),
    # codes that have an effect, and those that have none
    ("a.py", f"{LEAK}  # secretkey-lint: ignore[SKL001,SKL002] why\n", f"{LEAK}  # secretkey-lint: ignore[SKL001] why\n"),
    ("a.py", f"{LEAK}  # secretkey-lint: ignore[SKL002, SKL001]\n", f"{LEAK}  # secretkey-lint: ignore[SKL001]\n"),
    ("a.py", f"{LEAK}  # secretkey-lint: ignore[ SKL002, SKL001,SKL003 ,SKL004]\n", f"{LEAK}  # secretkey-lint: ignore[ SKL001]\n"),
    ("a.py", f"{LEAK}  # secretkey-lint: ignore[SKL777, SKL002]\n", f"{LEAK}  # secretkey-lint: ignore[SKL777]\n"),
    # what stays, since somebody meant something by it, or since nobody can be sure
    *(("a.py", f"x = 1  # {each}\n", None) for each in (
        "secretkey-lint: ignore", "secretkey-lint: ignore[SKL777]", "secretkey-lint: disable[SKL001]", "noqa", "nosec",
        "pragma: allowlist secret", "gitleaks:allow", "noqa: E501", "secretkey-lint: it is good",
    )),
    ("a.py", f"{LEAK}  # secretkey-lint: ignore[SKL001]\n", None),
    ("a.py", "print 'x'  # secretkey-lint: ignore[SKL001]\n", None),
    ("a.py", "x = '# secretkey-lint: ignore[SKL001]'\n", None),
    ("a.py", "# secretkey-lint: ignore-file[SKL901]\nx = 1  # secretkey-lint: ignore[SKL001]\n", None),
    # line ends, byte order marks, no final newline
    ("a.py", "\ufeffx = 1  # secretkey-lint: ignore[SKL001]\r\ny = 2\r\n", "\ufeffx = 1\r\ny = 2\r\n"),
    ("a.py", "\ufeff# secretkey-lint: ignore-file[SKL001]\r\ny = 2\r\n", "\ufeffy = 2\r\n"),
    ("a.py", "x = 1\r# secretkey-lint: ignore[SKL001]\ry = 2", "x = 1\ry = 2"),
    ("a.py", "x = 1  # secretkey-lint: ignore[SKL001]", "x = 1"),
    ("a.py", "x = 1\n# secretkey-lint: ignore[SKL001]", "x = 1\n"),
    # other formats
    (".env", "A=b\n# secretkey-lint: ignore-next-line[SKL005] why\nB=c\n", "A=b\nB=c\n"),
    ("a.ini", "; secretkey-lint: ignore-next-line[SKL005]\na = b\n", "a = b\n"),
    ("a.yml", "a: b # secretkey-lint: ignore[SKL005]\n", "a: b\n"),
    ("a.js", "f(a/* secretkey-lint: ignore[SKL005] */, b) // c\n", "f(a, b) // c\n"),
    ("a.js", "return/* secretkey-lint: ignore[SKL005] */b\n", "return b\n"),
    ("a.js", "/*\n * secretkey-lint: ignore-file[SKL005]\n */\nb\n", "b\n"),
    ("a.js", "/* a word\n * secretkey-lint: ignore-file[SKL005] why\n */\n", "/* a word\n */\n"),
    ("a.html", "<p>\n  <!-- secretkey-lint: ignore[SKL010] -->\n</p>\n", "<p>\n</p>\n"),
    ("a.html", "<p>{# a word secretkey-lint: ignore[SKL010] why #}</p>\n", "<p>{# a word #}</p>\n"),
    ("a.html", "<p>{% comment %}secretkey-lint: ignore[SKL010]{% endcomment %}</p>\n", "<p></p>\n"),
    ("a.bat", "@REM secretkey-lint: ignore-next-line[SKL005]\r\nset A=b\r\n", "set A=b\r\n"),
    ("a.ipynb", '"x = 1  # secretkey-lint: ignore[SKL001]\\n",\n', '"x = 1\\n",\n'),
]  # fmt: skip


@pytest.mark.parametrize(("path", "before", "after"), CASES, ids=[f"{at} {each[0]}" for at, each in enumerate(CASES)])
def test_what_is_left(path: str, before: str, after: str | None) -> None:
    expected = before if after is None else after
    removed = api.remove_unused_suppressions(before.encode(), path)
    assert removed.decode() == expected
    assert api.remove_unused_suppressions(removed, path) == removed


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "latin-1"])
def test_encodings(encoding: str) -> None:
    """What no encoding explains stays byte for byte."""
    before = "# é\nA=b\n# secretkey-lint: ignore-file[SKL005]\nB=ü\n".encode(encoding)
    after = "# é\nA=b\nB=ü\n".encode(encoding)
    assert api.remove_unused_suppressions(before, ".env") == (before if encoding == "utf-16" else after)


def test_a_declared_encoding() -> None:
    """Python's own declaration is followed."""
    before = "# coding: shift_jis\nx = '表'  # secretkey-lint: ignore[SKL001] 表\ny = '表'\n".encode("shift_jis")
    after = "# coding: shift_jis\nx = '表'\ny = '表'\n".encode("shift_jis")
    assert api.remove_unused_suppressions(before, "a.py") == after


@given(st.binary(max_size=60), st.sampled_from(["a.py", ".env", "a.js"]))
def test_any_bytes_are_found_again(content: bytes, path: str) -> None:
    """Whatever a file declares to be encoded in, and whether it is."""
    for head in (
        b"",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"# coding: utf-7\n",
        b"# coding: utf-16\n",
        b"# coding: no\n",
    ):
        file = SourceFile(path, head + content, path)
        text, encoding, mark = decoded(file)
        assert mark + text.encode(encoding, "surrogateescape") == file.content
        assert without(file, []) == file.content


def test_rules_that_are_not_selected_keep_their_suppressions() -> None:
    content = b"x = 1  # secretkey-lint: ignore[SKL001, SKL003]\n"
    assert api.remove_unused_suppressions(content, "a.py", select="SKL003,SKL901") == (
        b"x = 1  # secretkey-lint: ignore[SKL001]\n"
    )
    assert api.remove_unused_suppressions(content, "a.py", select="SKL003") == content


def test_nothing_is_removed_where_a_rule_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """It might have reported what is suppressed."""
    from secretkey_lint import rules

    def fail(fact: object) -> None:
        raise ValueError

    broken = tuple(replace(rule, check=fail) for rule in rules.load())
    monkeypatch.setattr(rules, "load", lambda: broken)
    with pytest.raises(RuleError):
        api.remove_unused_suppressions(f"{LEAK}  # secretkey-lint: ignore[SKL001]\n".encode(), "a.py")


PIECES = st.lists(
    st.sampled_from(
        [
            "x = 1",
            "y = '# no'",
            "f(\n    1,\n    2,\n)",
            LEAK,
            "# a comment",
            "",
            "z = '\U0001f511'",
            'text = """\n# secretkey-lint: ignore[SKL001]\n"""',
            "SECRET_KEY = os.environ['K']",
        ]
    ),
    min_size=1,
    max_size=5,
)
MARKERS = [
    "",
    "  # secretkey-lint: ignore[SKL001]",
    "  # secretkey-lint: ignore[SKL003, SKL001] why not",
    "  # noqa: E501,SKL004",
    "  # type: ignore # secretkey-lint: ignore[SKL002] \U0001f511 # noqa",
    "\n# secretkey-lint: ignore-next-line[SKL001] why",
    "\n# secretkey-lint: ignore-file[SKL009]",
]


@given(PIECES, st.data(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]), st.booleans())
def test_code_and_findings_stay(pieces: list[str], data: st.DataObject, end: str, mark: str, last: bool) -> None:
    """What Python makes of the file, what is reported and what is suppressed are as before; nothing unused is left."""
    lines = [f"{each}{data.draw(st.sampled_from(MARKERS))}" for each in pieces]
    text = mark + "\n".join(lines).replace("\n", end) + (end if last else "")
    report = api.check_source(text.encode(), "a.py")
    assume(not any(each.code == "SKL900" for each in report.diagnostics))
    removed = api.remove_unused_suppressions(text.encode(), "a.py")
    after = api.check_source(removed, "a.py")
    assert ast.dump(ast.parse(removed)) == ast.dump(ast.parse(text.encode()))
    assert [each for each in after.diagnostics if each.code == "SKL901"] == []
    assert [each.code for each in after.diagnostics] == [
        each.code for each in report.diagnostics if each.code != "SKL901"
    ]
    assert [(each.diagnostic.code, each.reason) for each in after.suppressed_diagnostics] == [
        (each.diagnostic.code, each.reason) for each in report.suppressed_diagnostics
    ]
    assert removed.startswith(b"\xef\xbb\xbf") == bool(mark)
    assert (b"\r" in removed) <= (end == "\r\n")
    if not any(each.code == "SKL901" for each in report.diagnostics):
        assert removed == text.encode()
