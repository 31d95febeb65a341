"""The markers of a file: what they suppress, and which of them have no effect."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice

from secretkey_lint.frames import MASK
from secretkey_lint.model.binding import IdleSuppression
from secretkey_lint.model.record import Record
from secretkey_lint.suppression import comments
from secretkey_lint.suppression.lines import Lines, decoded
from secretkey_lint.suppression.markers import FILE_ONLY, NOQA, SCOPES, Codes, markers_in
from secretkey_lint.suppression.reasons import masked
from secretkey_lint.suppression.statements import Statements
from secretkey_lint.vocabulary import MARKER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.suppression import Options
    from secretkey_lint.suppression.comments import Comment
    from secretkey_lint.suppression.markers import Marker, Mention

MAX_MARKERS = 500
"""Markers of one file that are read; more than that nobody wrote by hand, and those beyond suppress nothing."""

MAX_BETWEEN = 50
"""Lines of comments over which a marker reaches the next line."""

MAX_INDENT = 200
"""Blanks before a comment that has its line for itself."""

_CODE = re.compile(r"[A-Za-z]{1,4}[0-9]{0,5}")
_NAME = re.compile(r"[a-z]{1,12}(?:-[a-z]{1,12}){1,4}")
_LINE_END = re.compile(r"[ \t]*+(?:[\r\n]|\Z)")


class Unused(Record):
    """A marker that has no effect, in whole or in part: `codes` are those of the rules that report nothing there."""

    marker: Marker
    codes: frozenset[str]
    fact: IdleSuppression


class MarkedFile:
    """The markers of one file, and which of them have had an effect."""

    def __init__(self, file: SourceFile, options: Options) -> None:
        self.path = file.path
        self._options = options
        self._codes = codes = Codes()
        self._text, _, _ = decoded(file)
        self._lines = Lines(self._text)
        self._used: set[tuple[int, str]] = set()
        self._statements: Statements | None = None
        self._is_python = comments.syntax_of(file.project_path, self._text) is comments.PYTHON
        found = list(comments.of(file.project_path, self._text))
        markers = (
            each for comment in found for each in markers_in(self._text, comment, codes, foreign=options.foreign)
        )
        self.markers = list(islice(markers, MAX_MARKERS))
        misplaced = self._behind_values(file.project_path, found)
        self.markers += misplaced
        self._misplaced = {marker.start for marker in misplaced}
        self._effective = [marker for marker in self.markers if self._is_effective(marker)]
        self._by_line = self._placed(found) if self._effective else []

    def _is_effective(self, marker: Marker) -> bool:
        if not marker.is_ours:
            return True
        if marker.start in self._misplaced:
            return False
        return (marker.verb in SCOPES or marker.verb == NOQA) and not self._lacks_a_reason(marker)

    def _lacks_a_reason(self, marker: Marker) -> bool:
        if not self._options.require_reason or not marker.is_ours:
            return False
        return not any(map(str.isalnum, self._text[marker.reason_start : marker.reason_end]))

    def _behind_values(self, path: str, found: list[Comment]) -> list[Marker]:
        """The markers that somebody wrote behind a value in a format that has no comments there."""
        starts = [comment.start for comment in found]
        markers: list[Marker] = []
        for comment in comments.mistaken(path, self._text, MARKER.decode()):
            before = bisect_left(starts, comment.start) - 1
            if (before < 0 or found[before].end <= comment.start) and len(markers) < MAX_MARKERS:
                markers += markers_in(self._text, comment, self._codes, foreign=False)
        return markers

    def _placed(self, found: list[Comment]) -> list[tuple[int, int]]:
        """The lines for which markers stand, each with the index of the marker, in rising order."""
        line = self._lines.number
        alone: set[int] = set()
        is_needed = any(marker.scope == "next" for marker in self._effective)
        for comment in found if is_needed else ():
            if self._is_alone(comment):
                alone.update(range(line(comment.start), line(max(comment.end - 1, comment.start)) + 1))
        placed: set[tuple[int, int]] = set()
        for at, marker in enumerate(self._effective):
            first, last = line(marker.comment.start), line(max(marker.comment.end - 1, marker.comment.start))
            if marker.scope == "line":
                placed |= {(first, at), (line(marker.start), at), (last, at)}
            elif marker.scope == "next":
                placed.add((last + 1, at))
                for number in range(last + 1, last + 1 + MAX_BETWEEN):
                    if number not in alone:
                        break
                    placed.add((number + 1, at))  # what is commented out may be what is meant, or the comment goes on
        return sorted(placed)

    def _is_alone(self, comment: Comment) -> bool:
        """Whether there is nothing but a comment on its lines."""
        begin = self._lines.starts[self._lines.number(comment.start) - 1]
        before = self._text[max(begin, comment.start - MAX_INDENT - 1) : comment.start]
        return len(before) <= MAX_INDENT and not before.strip() and bool(_LINE_END.match(self._text, comment.end))

    def suppressing(self, code: str, place: Span) -> Marker | None:
        """Return the first marker that suppresses what the rule `code` reports at a place; all that do are used."""
        found: Marker | None = None
        for marker in self._standing_at(place) if code not in FILE_ONLY else self._effective:
            named = marker.mentions is None or any(mention.code == code for mention in marker.mentions)
            if named and (code not in FILE_ONLY or (marker.scope == "file" and marker.is_ours)):
                self._used.add((marker.start, code))
                if found is None or (marker.is_ours and not found.is_ours):
                    found = marker
        return found

    def _standing_at(self, place: Span) -> Iterator[Marker]:
        yield from (marker for marker in self._effective if marker.scope == "file")
        seen: set[int] = set()
        for lines in self._lines_of(place):
            begin = bisect_left(self._by_line, (lines.start, 0))
            for _, at in self._by_line[begin : bisect_left(self._by_line, (lines.stop, 0))]:
                if at not in seen:
                    seen.add(at)
                    yield self._effective[at]

    def _lines_of(self, place: Span) -> Iterable[range]:
        if self._is_python:
            if self._statements is None:
                self._statements = Statements(self._text, self._lines)
            return self._statements.lines_of(self._lines.offset(place.start), self._lines.offset(place.end))
        return (range(place.start.line, place.end.line + 1),)

    def reason(self, marker: Marker, keys: Collection[str]) -> str:
        """Return the reason that a marker gives, masked: without what `keys`, those of its file, have, too."""
        return masked(self._text[marker.reason_start : marker.reason_end], keys) if marker.is_ours else ""

    def unused(self, judged: Collection[str], is_sure: Callable[[], bool]) -> Iterator[Unused]:
        """Yield the markers that have no effect, ours and those that name our rules.

        `judged` are the codes of the rules that have had their say; `is_sure` is asked whether all was seen that they
        could have reported in this file.
        """
        sure: bool | None = None
        for marker in self.markers:
            if not marker.is_ours or marker.mentions is None:
                continue
            said = list(self._mistakes(marker))
            idle = {
                mention.code
                for mention in marker.mentions
                if mention.code is not None
                and mention.code in judged
                and not (mention.code in FILE_ONLY and (marker.scope != "file" or mention.code == "SKL901"))
                and (marker.start, mention.code) not in self._used
            }
            if said and not self._is_effective(marker):
                idle = set()  # that nothing is suppressed has been said
            if idle and sure is None:
                sure = is_sure()
            if not sure:
                idle = set()
            if idle:
                said.append(f"nothing that {_listed(idle)} reports stands {_where(marker)}{self._hint(marker)}")
            if said:
                place = self._lines.span(self.path, marker.start, marker.end)
                yield Unused(marker, frozenset(idle), IdleSuppression(place, "; ".join(said), self._shown(marker)))

    def _mistakes(self, marker: Marker) -> Iterator[str]:
        """What is wrong with a marker whatever is found."""
        if marker.start in self._misplaced:
            yield "no comment can stand here in this format; above a line there is ignore-next-line, if it has comments"
            return
        if marker.verb not in SCOPES and marker.verb != NOQA:
            from secretkey_lint.errors import nearest

            # nobody is sent from a line to a file
            known = [verb for verb in SCOPES if verb != "ignore-file" or "file" in marker.verb]
            near = nearest(marker.verb.lower(), known) or " (did you mean ignore?)"
            yield f"it is no marker{near}, and so suppresses nothing"
        elif not marker.mentions:
            yield f"it names no rule, and so suppresses nothing: write {marker.verb}[SKL001], with the rule that is meant"
        elif self._lacks_a_reason(marker):
            yield "it gives no reason, and so suppresses nothing"
        for mention in marker.mentions or ():
            if mention.code is None:
                yield f"there is no rule {self._named(mention)}{self._near(mention)}"
            elif mention.code in FILE_ONLY and marker.scope != "file":
                yield f"{mention.code} is suppressed for a whole file: ignore-file[{mention.code}]"

    def _named(self, mention: Mention) -> str:
        """A rule as the marker names it; what is not called like a rule may be part of a key."""
        word = self._text[mention.start : mention.end]
        return word if mention.code is not None or _CODE.fullmatch(word) or self._near(mention) else MASK

    def _near(self, mention: Mention) -> str:
        """The rule that is called nearly as the marker names it, if any, as a question."""
        word = self._text[mention.start : mention.end]
        return self._codes.nearest(word) if _CODE.fullmatch(word) or _NAME.fullmatch(word) else ""

    def _shown(self, marker: Marker) -> str:
        """The marker as it may be shown."""
        named = ", ".join(map(self._named, marker.mentions or ()))
        if marker.verb == NOQA:
            return f"noqa: {named}"
        verb = marker.verb if marker.verb in SCOPES else MASK
        return f"secretkey-lint: {verb}[{named}]" if named else f"secretkey-lint: {verb}"

    def _hint(self, marker: Marker) -> str:
        alone = marker.scope == "line" and marker.verb == "ignore" and self._is_alone(marker.comment)
        return "; for the line below there is ignore-next-line" if alone else ""


def _where(marker: Marker) -> str:
    return {"line": "here", "next": "on the next line", "file": "in this file"}[marker.scope]


def _listed(codes: Collection[str]) -> str:
    return " or ".join(sorted(codes))
