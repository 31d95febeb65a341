"""Reads notebooks: each cell goes to the reader of its language, and is reported by cell and line.

What stands in outputs is read by its lines, as all text is; images and other data are passed over at the speed of
`json`'s own scanner.
"""

from __future__ import annotations

import re
from json import JSONDecoder

from secretkey_lint.model.binding import Damage, Guard, Part
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import Position, Span
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

MAX_DEPTH = 100
"""Brackets within brackets; notebooks have about ten."""

_STRINGS = JSONDecoder(strict=False)
_BLANK = re.compile(r"[ \t\r\n]*")
_BARE = re.compile(r"-?[0-9][-+.0-9eE]*|true|false|null|NaN|-?Infinity")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_CELL_MAGIC = re.compile(r"%%(?P<name>\w+)(?P<rest>[^\n]*)\n?")
_LINE_MAGIC = re.compile(r"(?P<indent>[ \t]*)(?P<mark>%(?:set_)?env |!|%|\?)(?P<code>[^\n]*)")
_SHELLS = frozenset({"bash", "sh", "script", "shell", "zsh", "system", "sx"})


class Text(Record):
    """A string of a JSON document, and where it stands between its quotes."""

    text: str
    start: int
    end: int

    def __repr__(self) -> str:
        return f"Text(<{len(self.text)} characters>)"


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> Sequence[Fact | Part]:  # noqa: ARG001 - all are asked alike
    """Return the cells of a notebook as parts; what is no notebook is damaged."""
    text = file.text()
    try:
        notebook, _ = _value(text, 0, 0)
    except (ValueError, IndexError):
        start = Position(1, 1)
        return [Damage(Span(file.path, start, start), "it is not the JSON that a notebook is")]
    cells = _get(notebook, "cells")
    if not isinstance(cells, list):  # nbformat 3 had sheets of them
        sheets = _get(notebook, "worksheets")
        cells = [cell for sheet in sheets for cell in _list(_get(sheet, "cells"))] if isinstance(sheets, list) else []
    return [part for number, cell in enumerate(cells, 1) for part in _parts(cell, text, number)]


def _parts(cell: object, text: str, number: int) -> Iterator[Part]:
    """The code of a cell, and the pieces of it that are in other languages."""
    kind = _get(cell, "cell_type")
    source = _get(cell, "source")
    if source is None:
        source = _get(cell, "input")
    pieces = [each for each in (source if isinstance(source, list) else [source]) if isinstance(each, Text)]
    if not isinstance(kind, Text) or kind.text not in ("code", "markdown") or not pieces:
        return
    label = f"cell {number}"
    code = "".join(piece.text for piece in pieces)
    runs = tuple(_runs(pieces, text))
    if kind.text == "markdown":
        yield Part("cell.md", code, runs, frozenset({Guard("commented")}), is_excerpt=True, label=label)
        return
    magic = _CELL_MAGIC.match(code)
    if magic is not None:
        name, rest = magic["name"], magic["rest"].split()
        if name in _SHELLS:
            yield _piece("script.sh", code, magic.end(), len(code), runs, label)
        elif name == "writefile" and rest:
            yield _piece(rest[-1].rpartition("/")[2], code, magic.end(), len(code), runs, label)
        elif name in ("time", "timeit", "capture", "prun"):
            yield _piece("cell.py", code, magic.end(), len(code), runs, label)
        return
    lines = list(_LINE_MAGIC.finditer(code))
    magics = [line for line in lines if code[line.start() - 1 : line.start()] in ("", "\n")]
    for line in magics:
        if "env" in line["mark"]:
            yield _piece(".env", code, line.start("code"), line.end(), runs, label)
        elif line["mark"] == "!":
            yield _piece("script.sh", code, line.start("code"), line.end(), runs, label)
        code = f"{code[: line.start('mark')]}#{code[line.start('mark') + 1 :]}"
    yield Part("cell.py", code, runs, is_excerpt=True, label=label)


def _piece(name: str, code: str, start: int, end: int, runs: tuple[tuple[int, int], ...], label: str) -> Part:
    """A stretch of a cell as a part. The lines before it count, so that lines are those of the cell."""
    before = code[:start]
    padding = "".join(character if character == "\n" else " " for character in before)
    return Part(name, padding + code[start:end], runs, is_excerpt=True, label=label)


def _runs(pieces: list[Text], text: str) -> Iterator[tuple[int, int]]:
    """Where what the strings say is written: an escape is longer than what it stands for."""
    length = 0
    for piece in pieces:
        at = piece.start
        yield length, at
        for escape in _ESCAPE.finditer(text, piece.start, piece.end):
            length += escape.start() - at
            yield length, escape.start()
            length += 1
            at = escape.end()
            yield length, at
        length += piece.end - at


def _get(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _value(text: str, at: int, depth: int) -> tuple[object, int]:
    """Return the value that begins at or behind `at`, strings with their places, and where it ends."""
    at = _skip(text, at)
    opening = text[at]
    if opening == '"':
        said, end = _STRINGS.raw_decode(text, at)
        return Text(said, at + 1, end - 1), end
    if opening not in "[{":
        bare = _BARE.match(text, at)
        if bare is None:
            raise ValueError
        return None, bare.end()
    if depth == MAX_DEPTH:
        raise ValueError
    closing = "]" if opening == "[" else "}"
    items: list[object] = []
    entries: dict[str, object] = {}
    at = _skip(text, at + 1)
    while text[at] != closing:
        if opening == "{":
            if text[at] != '"':
                raise ValueError
            key, at = _STRINGS.raw_decode(text, at)
            at = _skip(text, at) + 1
            entries[key], at = _value(text, at, depth + 1)
        else:
            item, at = _value(text, at, depth + 1)
            items.append(item)
        at = _skip(text, at)
        if text[at] == ",":
            at = _skip(text, at + 1)
    return (items if opening == "[" else entries), at + 1


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    assert match is not None
    return match.end()
