"""Where quoted texts begin and end, as far as masking a line needs it: no parser, and one rule for all formats."""

from __future__ import annotations


def quotes_at(source: str, start: int) -> str:
    """Return the quotes that a text begins with, one or three."""
    quote = source[start]
    return quote * 3 if source.startswith(quote * 3, start) else quote


def end_of_text(source: str, start: int) -> int:
    """Return the offset behind the text that begins at `start`; what is not closed ends with its line, or the source."""
    quotes = quotes_at(source, start)
    begin = start + len(quotes)
    end = _unescaped(source, quotes, begin)
    if len(quotes) == 1:
        line_end = _unescaped(source, "\n", begin)
        if line_end < end:
            return line_end
    return min(end + len(quotes), len(source))


def lines_within_texts(source: str) -> set[int]:
    """Return the numbers, from 1, of the lines of Python that begin within a text; they end with LF.

    Such a line may begin with a part of a key that no quote of its own tells of.
    """
    found: set[int] = set()
    upcoming = {mark: source.find(mark) for mark in "#'\""}
    line, at, counted = 1, 0, 0
    while True:
        for mark, place in upcoming.items():
            if 0 <= place < at:
                upcoming[mark] = source.find(mark, at)
        start = min((place for place in upcoming.values() if place >= 0), default=-1)
        if start < 0:
            return found
        at = _find(source, "\n", start) if source[start] == "#" else end_of_text(source, start)
        line += source.count("\n", counted, start)
        lines = source.count("\n", start, at)
        found.update(range(line + 1, line + 1 + lines))
        line, counted = line + lines, at


def _unescaped(source: str, wanted: str, start: int) -> int:
    """The offset of `wanted` without a backslash before it, or that of the end."""
    at = start
    while True:
        at = _find(source, wanted, at)
        before = at
        while before > start and source[before - 1] == "\\":
            before -= 1
        if at == len(source) or (at - before) % 2 == 0:
            return at
        at += 1


def _find(source: str, wanted: str, start: int) -> int:
    at = source.find(wanted, start)
    return at if at >= 0 else len(source)
