"""On which line of a TOML text something stands, which tomllib does not say; by looking at lines, not by parsing."""

from __future__ import annotations

import re

_NAME = r"(?:\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\w-]+)"
_HEADER = r"\s*\[\[?(?P<name>[^\]]*)\]"
_ENTRY = rf"\s*(?P<key>{_NAME}(?:\s*\.\s*{_NAME})*)\s*="
_PART = r"\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([\w-]+)"
_DEPTH = 3
"""How deep in the table the places of entries are noted; no option goes deeper."""

_MAX_LENGTH = 10_000
"""Characters of a line that is looked at; nobody reads longer ones."""


class Lines:
    """The lines of the entries of one table, which may be spread over sub-tables and dotted keys."""

    def __init__(self, text: str, table: tuple[str, ...]) -> None:
        """Look through `text` for the table with this path, `()` for the whole document, when first asked."""
        self._text = text
        self._table = table
        self._lines: list[str] = []
        self._places: dict[tuple[str, ...], int] = {}

    def _look(self) -> None:
        self._lines = [line[:_MAX_LENGTH] for line in self._text.split("\n")]
        start = len(self._table)
        here: tuple[str, ...] = ()
        for number, line in enumerate(self._lines, 1):
            header = re.match(_HEADER, line)
            entry = re.match(_ENTRY, line)
            if header is not None:
                here = _parts(header["name"])
                path = here
            elif entry is not None:
                path = here + _parts(entry["key"])
            else:
                continue
            if path[:start] == self._table:
                for length in range(start, min(len(path), start + _DEPTH) + 1):
                    self._places.setdefault(path[start:length], number)

    def of(self, *path: str) -> int:
        """Return the line of an entry, or of a text in it, by its path; of what is nearest around it if not found."""
        if not self._lines:
            self._look()
        for length in range(len(path), -1, -1):
            found = self._places.get(path[:length])
            if found is not None:
                wanted = [part for part in path[length:] if part]
                return self._within(found, wanted[-1]) if wanted else found
        return 1

    def _within(self, start: int, text: str) -> int:
        """The line at or below `start`, before the next entry at the left margin, that holds `text`."""
        for number in range(start, len(self._lines) + 1):
            line = self._lines[number - 1]
            if number > start and (re.match(_HEADER, line) or (re.match(_ENTRY, line) and not line[:1].isspace())):
                break
            if f'"{text}"' in line or f"'{text}'" in line or (number > start and text in line):
                return number
        return start


def _parts(dotted: str) -> tuple[str, ...]:
    """The parts of a dotted key, without their quotes."""
    return tuple(next((each for each in part if each), "") for part in re.findall(_PART, dotted))
