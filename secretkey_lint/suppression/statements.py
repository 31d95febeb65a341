"""Which lines of Python belong to a place: those of its statement, or of the item that it is of a list, call or display.

Tokens are enough for this, and so the lines are known in files that do not parse, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from secretkey_lint.suppression.comments import PYTHON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.suppression.lines import Lines

_TOKEN = re.compile(
    "|".join(
        [
            *(f"(?:{each})" for each in PYTHON.passed),
            r"#[^\r\n]*+",
            r"\\(?:\r\n|[\r\n])",
            r"(?P<mark>[()\[\]{},]|\r\n|\n|\r)",
        ]
    )
)
_BLANK = re.compile(r"(?:\s|\\|#[^\r\n]*+)*+")


class _Bracket:
    """A bracket from its opening to its closing, with the commas that part its items."""

    def __init__(self, start: int, outer: _Bracket | None) -> None:
        self.start = start
        self.end = -1
        self.outer = outer
        self.commas: list[int] = []


class Statements:
    """The logical lines of a module: what Python reads as one line, over however many it is written."""

    def __init__(self, text: str, lines: Lines) -> None:
        self._text = text
        self._lines = lines
        self._starts: list[int] = [0]
        self._brackets: list[_Bracket] = []
        self._read()

    def _read(self) -> None:
        inner: _Bracket | None = None
        for match in _TOKEN.finditer(self._text):
            mark, at = match["mark"], match.start()
            if mark is None:
                continue
            if mark in "([{":
                inner = _Bracket(at, inner)
                self._brackets.append(inner)
            elif mark == ",":
                if inner is not None:
                    inner.commas.append(at)
            elif mark in ")]}":
                if inner is not None:
                    inner.end = at
                    inner = inner.outer
            elif inner is None:
                self._starts.append(match.end())
        if inner is not None:  # never closed: nobody can say where the statement ends
            self._starts += [start for start in self._lines.starts if start > inner.start]
            self._starts.sort()

    def lines_of(self, start: int, end: int) -> Iterator[range]:
        """Yield the lines, from 1, that belong to the stretch between two offsets.

        They are its own, the first and the last of its statement, and all between; where the statement has several
        items in brackets, only those of the item that the stretch is in.
        """
        at = bisect_right(self._starts, start) - 1
        begin = _BLANK.match(self._text, self._starts[at]).end()  # type: ignore[union-attr]
        stop = self._starts[at + 1] - 1 if at + 1 < len(self._starts) else len(self._text)
        line = self._lines.number
        first, last = line(min(begin, start)), max(line(max(stop - 1, start)), line(max(end - 1, start)))
        yield range(first, first + 1)
        yield range(last, last + 1)
        item = self._item(start)
        if item is None:
            yield range(first, last + 1)
        else:
            yield range(line(item[0]), max(line(item[1]), line(max(end - 1, start))) + 1)

    def _item(self, offset: int) -> tuple[int, int] | None:
        """Where the item begins and ends that holds `offset`, of the innermost brackets that hold several; or None."""
        at = bisect_right(self._brackets, offset, key=lambda bracket: bracket.start) - 1
        bracket: _Bracket | None = self._brackets[at] if at >= 0 else None
        while bracket is not None:
            if bracket.start < offset <= bracket.end:
                after = [_BLANK.match(self._text, comma + 1).end() for comma in bracket.commas]  # type: ignore[union-attr]
                if any(each < bracket.end for each in after):
                    before = bisect_right(bracket.commas, offset) - 1
                    begin = after[before] if before >= 0 else bracket.start
                    is_last = before + 1 >= len(bracket.commas)
                    return begin, begin if is_last else bracket.commas[before + 1]
            bracket = bracket.outer
        return None
