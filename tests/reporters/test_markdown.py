"""A comment on a pull request."""

import pytest
from markdown_it import MarkdownIt

from secretkey_lint.model.record import replace
from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, markdown

COMMENT = 65_536
"""Characters that GitHub takes."""


def test_the_comment(report: Report) -> None:
    """A job finds it again by its first line; a table says what there is, folded parts say the rest."""
    text = markdown.render(report, Style())
    lines = text.splitlines()
    assert lines[0] == "<!-- secretkey-lint -->"
    assert "4 errors, 0 warnings, 1 note: 6 files looked at, 5 analysed, 1 suppressed." in lines
    rows = [line for line in lines if line.startswith("| ") and "<code>" in line]
    assert len(rows) == 5
    assert rows[-1].startswith(
        "| 🔵 note (test) | <code>tests/settings.py\\:1\\:14</code> | [SKL001 hardcoded-secret-key](https://"
    )
    assert text.count("<details>") == 5
    assert (
        "<pre>1 | DEFAULT = &quot;••••••••&quot;<br>  |           ^^^^^^^^^^<br>shop/settings.py:1:23: imported here<br>"
        in text
    )


def test_nothing_to_report() -> None:
    """A comment that replaces the one of before says that all is well."""
    assert (
        markdown.render(Report((), 3, 1), Style()).splitlines()[-1]
        == "Nothing to report: 3 files looked at, 1 analysed."
    )


def test_without_a_line_of_code(report: Report) -> None:
    """What is said of a file as a whole has no frame, and no empty box."""
    (diagnostic,) = report.diagnostics[-1:]
    text = markdown.render(Report((replace(diagnostic, frame=None, related=()),), 1, 1), Style())
    assert "<pre>" not in text
    assert f"</summary>\n<p>{diagnostic.help.split()[0]}" in text


def left_out(text: str, what: str) -> int:
    """How many are said to be left out."""
    return sum(int(line.split()[0]) for line in text.splitlines() if line.endswith(f" more {what} are not shown here."))


@pytest.mark.parametrize("number", [1, 50, 150, 400, 5_000])
def test_a_comment_that_would_be_too_long(report: Report, number: int) -> None:
    """The host would refuse it: parts are left out instead, and counted; what could not be done is said in any case."""
    failures = ("gone.py could not be checked",) * number
    text = markdown.render(Report(report.diagnostics[:1] * number, 1, 1, failures=failures), Style())
    assert len(text) < COMMENT
    page = MarkdownIt("commonmark").enable("table").render(text)
    for shown, what in (
        (page.count("<li>"), "failures"),
        (page.count("<tr>") - 1, "findings"),
        (page.count("<details>"), "details"),
    ):
        assert shown + left_out(text, what) == number
        assert shown > 0 or what == "details"
