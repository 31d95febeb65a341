"""Where in a file a marker can be written so that it suppresses what a rule reports at a place, and how."""

from __future__ import annotations

import re

from secretkey_lint.model.record import Record
from secretkey_lint.suppression import comments
from secretkey_lint.suppression.lines import Lines, decoded
from secretkey_lint.suppression.markers import FILE_ONLY
from secretkey_lint.vocabulary import MARKER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.suppression.markers import Scope

_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_INDENT = re.compile(r"[ \t]*")
_CONTINUED = re.compile(r"\\[ \t]*(?:\r\n|\n|\r)?\Z")
_HEADER = re.compile(r"#!|[ \t]*#.*?coding[:=]|<\?xml|<!DOCTYPE|---", re.IGNORECASE)
"""How lines begin that have to be the first of their file."""


class Insertion(Record):
    """A marker to be written: `text`, at `offset` of the file's text; `scope` says what it silences."""

    offset: int
    text: str
    scope: Scope


def insertions(file: SourceFile, code: str, place: Span) -> Iterator[Insertion]:
    """Yield ways to suppress what the rule `code` reports at a place, the best first; none where there are no comments.

    They follow the syntax of comments alone: a comment may still be none where it comes to stand, in a block of text
    for instance, and whoever takes one checks the file that it makes.
    """
    text, _, _ = decoded(file)
    forms = [kind.form for kind in comments.syntax_of(file.project_path, text).kinds if kind.form]
    lines = Lines(text)
    if code in FILE_ONLY:
        at = _first_line(text, lines)
        yield from (_line(text, lines, at, form, f"ignore-file[{code}]", "file") for form in forms)
        return
    first, last = place.start.line, place.end.line
    if last > first and place.end.column == 1:
        last -= 1
    gap = "  " if comments.syntax_of(file.project_path, text) is comments.PYTHON else " "
    for form in forms:
        if not _is_continued(text, lines, last):
            end = _LINE_END.search(text, lines.starts[last - 1]).start()  # type: ignore[union-attr]
            blank = "" if text[end - 1 : end] in (" ", "\t") else gap
            yield Insertion(end, blank + _comment(form, f"ignore[{code}]"), "line")
    for line in dict.fromkeys((first, _start_of(file, text, lines, place))):
        for form in forms:
            yield _line(text, lines, line, form, f"ignore-next-line[{code}]", "next")


def _comment(form: str, marker: str) -> str:
    """A comment with a marker in it, and room for a reason behind that."""
    room = " " if form.endswith("%s") else ""
    return form % f"{MARKER.decode()} {marker}{room}"


def _line(text: str, lines: Lines, line: int, form: str, marker: str, scope: Scope) -> Insertion:
    """A comment that has a line for itself, above another and as far in."""
    start = lines.starts[line - 1]
    indent = _INDENT.match(text, start)[0]  # type: ignore[index]
    end = _LINE_END.search(text)[0] or "\n"  # type: ignore[index]
    return Insertion(start, f"{indent}{_comment(form, marker)}{end}", scope)


def _start_of(file: SourceFile, text: str, lines: Lines, place: Span) -> int:
    """The first line of the statement that a place is in; of the lines that are continued down to it, elsewhere."""
    if comments.syntax_of(file.project_path, text) is comments.PYTHON:
        from secretkey_lint.suppression.statements import Statements

        return next(Statements(text, lines).lines_of(lines.offset(place.start), lines.offset(place.end))).start
    line = place.start.line
    while line > 1 and _is_continued(text, lines, line - 1):
        line -= 1
    return line


def _is_continued(text: str, lines: Lines, line: int) -> bool:
    """Whether a line goes on in the next one, so that no comment can end it."""
    start = lines.starts[line - 1]
    end = lines.starts[line] if line < len(lines.starts) else len(text)
    return _CONTINUED.search(text, max(start, end - 100), end) is not None


def _first_line(text: str, lines: Lines) -> int:
    """The first line that something may stand above."""
    line = 1
    while line < len(lines.starts) and line < 3 and _HEADER.match(text, lines.starts[line - 1]):
        line += 1
    return line
