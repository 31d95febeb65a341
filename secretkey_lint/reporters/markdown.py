"""Markdown for a comment on a pull request, as GitHub, GitLab and Gitea render it."""

from __future__ import annotations

from secretkey_lint.reporters import printable, summary, way_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style

_SIGNS = {"error": "🔴 error", "warning": "🟠 warning", "note": "🔵 note"}


MAX_CHARACTERS = 60_000
"""What a comment may hold: GitHub takes 65,536 characters, and refuses the whole comment beyond them."""

MARKER = "<!-- secretkey-lint -->"
"""The first line, by which a job finds the comment of its last run, to replace it."""


def render(report: Report, style: Style) -> str:
    """Return a heading, a table with a row for each diagnostic, and what there is to say of each, folded.

    What a comment has no room for is counted: first the folded parts are left out, then rows.
    """
    text = f"{MARKER}\n### secretkey-lint\n\n{summary(report)}\n"
    if report.failures:
        text += "\n**Could not be checked:**\n\n" + _fitting(
            "failures", map(_item, report.failures), MAX_CHARACTERS // 4
        )
    if report.diagnostics:
        text += "\n| | where | rule | what |\n| --- | --- | --- | --- |\n"
        text += _fitting("findings", map(_row, report.diagnostics), MAX_CHARACTERS - len(text))
        text += "\n" + _fitting("details", map(_details, report.diagnostics), MAX_CHARACTERS - len(text))
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii") if style.ascii else text


def _fitting(what: str, pieces: Iterable[str], room: int) -> str:
    """As many of `pieces` as there is room for, and how many there is none for."""
    shown, left_out = [], 0
    for piece in pieces:
        room -= len(piece)
        if room >= 0:
            shown.append(piece)
        else:
            left_out += 1
    return "".join(shown) + (f"\n{left_out} more {what} are not shown here.\n" if left_out else "")


def _item(failure: str) -> str:
    return f"- {_escaped(failure)}\n"


def _row(diagnostic: Diagnostic) -> str:
    sign = _SIGNS[diagnostic.severity]
    if diagnostic.context != "production":
        sign += f" ({diagnostic.context})"
    rule = f"[{diagnostic.code} {diagnostic.name}]({diagnostic.url})"
    return f"| {sign} | {_code(_place(diagnostic))} | {rule} | {_escaped(diagnostic.message)} |\n"


def _place(diagnostic: Diagnostic) -> str:
    start = diagnostic.span.start
    return f"{diagnostic.span.path}:{start.line}:{start.column}"


def _details(diagnostic: Diagnostic) -> str:
    """The masked line, the way of the value, and what to do; one block of HTML, in which nothing is Markdown."""
    lines = []
    if diagnostic.frame is not None:
        number = str(diagnostic.span.start.line)
        mark = " " * (diagnostic.frame.column - 1) + "^" * diagnostic.frame.width
        lines += [f"{number} | {printable(diagnostic.frame.text)}", f"{' ' * len(number)} | {mark}"]
    lines += way_of(diagnostic)
    code = f"<pre>{'<br>'.join(map(_html, lines))}</pre>\n" if lines else ""
    place = _html(printable(_place(diagnostic)))
    return f"<details><summary><code>{place}</code></summary>\n{code}<p>{_html(diagnostic.help)}</p>\n</details>\n\n"


def _code(text: str) -> str:
    """Text in a table, as code, in which nobody is mentioned; a code span could not hold every character."""
    return f"<code>{_escaped(text)}</code>"


def _escaped(text: str) -> str:
    """Text that means nothing but itself: no markup, no link, no mention of people and of issues."""
    escaped = []
    for character in printable(text):
        if character in "&<>|\\":
            escaped.append(f"&#{ord(character)};")
        elif character in "@#":
            escaped.append(f"{character}<!-- -->")
        elif character in "`*_[]~$:":
            escaped.append("\\" + character)
        else:
            escaped.append(character)
    return "".join(escaped).replace("www.", "www\\.")


def _html(text: str) -> str:
    from html import escape

    return escape(text)
