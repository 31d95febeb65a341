"""Takes suppressions that have no effect out of a file, and nothing else."""

from __future__ import annotations

import re

from secretkey_lint.suppression.lines import decoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.suppression.comments import Comment
    from secretkey_lint.suppression.marked import Unused

_CODE = re.compile(r"[^\s,\[\]]+")
_LIST = re.compile(r"\[|noqa[ \t]*:", re.IGNORECASE)
_LINE_END = re.compile(r"[ \t]*+(?:\r\n|\n|\r|\Z)")
_NOTHING = " \t\r\n\f\v#*"
"""What a comment of which only this is left has nothing in it."""


def without(file: SourceFile, unused: Iterable[Unused]) -> bytes:
    """Return the content of a file without the codes and markers that have no effect.

    The rest of a comment stays, and one with nothing left goes, with its line if there is nothing else on it. Encoding,
    byte order mark and line ends stay as they are. Markers that name no rule stay: somebody meant something by them.
    """
    text, encoding, mark = decoded(file)
    by_comment: dict[Comment, list[Unused]] = {}
    for each in unused:
        if each.codes:
            by_comment.setdefault(each.marker.comment, []).append(each)
    for comment in sorted(by_comment, key=lambda each: each.start, reverse=True):
        text = _without(text, comment, by_comment[comment])
    return mark + text.encode(encoding, "surrogateescape")


def _without(text: str, comment: Comment, unused: list[Unused]) -> str:
    """Return the text without those markers of one comment."""
    inside = text[comment.inside : comment.inside_end]
    for each in sorted(unused, key=lambda each: each.marker.start, reverse=True):
        for start, end, is_whole in _stretches(text, each):
            before, after = inside[: start - comment.inside], inside[end - comment.inside :]
            inside = _joined(before, after) if is_whole else before + after
    if inside.strip(_NOTHING):
        return text[: comment.inside] + inside + text[comment.inside_end :]
    start, end = comment.start, comment.end
    while start and text[start - 1] in " \t":
        start -= 1
    match = _LINE_END.match(text, end)
    if text[start - 1 : start] in ("", "\r", "\n") and match is not None:
        end = match.end()
    elif text[start - 1 : start].isalnum() and text[end : end + 1].isalnum():
        return f"{text[:start]} {text[end:]}"
    return text[:start] + text[end:]


def _stretches(text: str, unused: Unused) -> Iterator[tuple[int, int, bool]]:
    """Yield what of a marker is to go, from its end on: as offsets, and whether it is all of it."""
    marker = unused.marker
    opening = _LIST.search(text, marker.start, marker.end)
    begin = opening.end() if opening is not None else marker.end
    codes = [(match.start(), match.end()) for match in _CODE.finditer(text, begin, marker.end)]
    idle = {(each.start, each.end) for each in marker.mentions or () if each.code in unused.codes}
    kept = [at for at, code in enumerate(codes) if code not in idle]
    if not kept:
        yield marker.start, max(marker.end, marker.reason_end), True
        return
    for at in reversed(range(len(codes))):
        if codes[at] in idle:
            if at < kept[-1]:
                yield codes[at][0], codes[at + 1][0], False
            else:
                yield codes[at - 1][1], codes[at][1], False


def _joined(before: str, after: str) -> str:
    """What is left of a comment before and behind a marker that stood between, without the mark that began it."""
    begin, end = before.rfind("\n") + 1, after.find("\n") + 1
    if begin and end and not (before[begin:] + after[:end]).strip(_NOTHING):
        return before[:begin] + after[end:]  # a line of its own in a comment of several
    kept = before.rstrip(" \t#")
    if kept.strip():
        return kept + (after if after[:1].isspace() or not after else f" {after}")
    return before[: len(before) - len(before.lstrip(" \t"))] + after.lstrip(" \t#")
