"""Applies fixes: bytes to bytes, each result checked again, until there is nothing more to mend."""

from __future__ import annotations

from collections import Counter

from secretkey_lint.model.diagnostic import at_least
from secretkey_lint.model.record import Record, replace
from secretkey_lint.readers import reader_for
from secretkey_lint.suppression.lines import Lines, decoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from secretkey_lint.model.diagnostic import Diagnostic, Edit
    from secretkey_lint.model.source import SourceFile

    Check = Callable[[SourceFile], tuple[Diagnostic, ...]]

MAX_ROUNDS = 20
"""Times that a file is mended anew for what a fix brings to light."""


class Fixed(Record):
    """A file after its fixes: its content, and the findings that were mended, each with its place before that."""

    content: bytes
    mended: tuple[Diagnostic, ...] = ()

    def __repr__(self) -> str:
        return f"Fixed(<{len(self.content)} bytes>, {len(self.mended)} mended)"


def fixed(file: SourceFile, check: Check, *, unsafe: bool = False) -> Fixed:
    """Return what the fixes of what `check` reports make of a file; those that are unsafe only if asked for.

    After each, the file is checked again. Where the finding is still there, or where one has come that is as loud, the
    fix is not applied. Everything that no edit is about stays as it is, byte for byte.
    """
    mended: list[Diagnostic] = []
    refused: set[tuple[str, str, int]] = set()
    found = check(file)
    for _ in range(MAX_ROUNDS):
        wanted = _apart(each for each in found if _is_wanted(each, file, unsafe) and _identity(each) not in refused)
        if not wanted:
            break
        outcome = _attempt(file, found, wanted, check)
        for each in wanted if outcome is None and len(wanted) > 1 else ():
            outcome = _attempt(file, found, [each], check)
            if outcome is not None:
                wanted = [each]
                break
            refused.add(_identity(each))
        if outcome is None:
            refused.update(map(_identity, wanted))
            continue
        mended += wanted
        file, found = outcome
    return Fixed(file.content, tuple(mended))


def _is_wanted(diagnostic: Diagnostic, file: SourceFile, unsafe: bool) -> bool:
    fix = diagnostic.fix
    return fix is not None and diagnostic.span.path == file.path and (unsafe or fix.applicability == "safe")


def _identity(diagnostic: Diagnostic) -> tuple[str, str, int]:
    return diagnostic.code, diagnostic.subject, diagnostic.ordinal


def _apart(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Those whose edits do not touch each other; of two that do, the first. The same line may be imported by several."""
    taken: list[Edit] = []
    chosen: list[Diagnostic] = []
    for each in diagnostics:
        assert each.fix is not None
        if not any(_touch(one, other) for one in each.fix.edits for other in taken if one != other or not _adds(one)):
            taken += each.fix.edits
            chosen.append(each)
    return chosen


def _adds(edit: Edit) -> bool:
    return edit.span.start == edit.span.end


def _touch(one: Edit, other: Edit) -> bool:
    first, second = sorted((_key(one), _key(other)))
    return second[0] <= first[1]


def _key(edit: Edit) -> tuple[tuple[int, int], tuple[int, int]]:
    start, end = edit.span.start, edit.span.end
    return (start.line, start.column), (end.line, end.column)


def _attempt(
    file: SourceFile, found: tuple[Diagnostic, ...], wanted: list[Diagnostic], check: Check
) -> tuple[SourceFile, tuple[Diagnostic, ...]] | None:
    """The file without the findings that are wanted to be gone, and what is found in it then; None where that fails."""
    edits = [edit for each in wanted if each.fix is not None for edit in each.fix.edits]
    after: SourceFile = replace(file, content=edited(file, edits))
    if after.content == file.content:
        return None
    if not _is_understood(after):
        return None
    left = check(after)
    before = Counter(map(_kind, found))
    for each in wanted:
        before[_kind(each)] -= 1
    come = Counter(map(_kind, left)) - before
    loudest = max(wanted, key=lambda each: ("note", "warning", "error").index(each.severity)).severity
    gone = all(come[_kind(each)] == 0 for each in wanted)
    if not gone or any(_kind(each) in come and at_least(each.severity, loudest) for each in left):
        return None
    return after, left


def _is_understood(file: SourceFile) -> bool:
    """Whether a file is still what it was: Python that parses, where it is Python."""
    if reader_for(file.project_path, file.content) != "python":
        return True
    from secretkey_lint.readers.python.syntax import ParseFailure, parse

    try:
        parse(decoded(file)[0])
    except ParseFailure:
        return False
    return True


def _kind(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """What of a diagnostic stays when lines move."""
    return diagnostic.span.path, diagnostic.code, diagnostic.subject


def edited(file: SourceFile, edits: Iterable[Edit]) -> bytes:
    """Return the content of a file after edits; its encoding, byte order mark and line ends stay as they are."""
    text, encoding, mark = decoded(file)
    lines = Lines(text)
    for edit in sorted(set(edits), key=_key, reverse=True):
        start, end = lines.offset(edit.span.start), lines.offset(edit.span.end)
        text = text[:start] + edit.text + text[end:]
    return mark + text.encode(encoding, "surrogateescape")
