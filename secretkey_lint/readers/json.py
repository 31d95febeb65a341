"""Reads JSON and what people write for it: comments, commas at the end, names without quotes, several documents.

The scanner finds where members stand; what a text with escapes says is `json`'s to say.
"""

from __future__ import annotations

import re

from secretkey_lint.readers import structure
from secretkey_lint.readers.nested.nodes import MAX_DEPTH, Leaf
from secretkey_lint.readers.structure import DEEP, Broken, Comment
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact, Part
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

    Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""\s*+(?:
        (?P<text>"(?:[^"\\]++|\\.)*+"|'(?:[^'\\]++|\\.)*+')
        |(?P<mark>[{}\[\],:])
        |(?P<comment>//[^\r\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/)
        |(?P<word>[^\s{}\[\],:"'/]++)
    )""",
    re.DOTALL | re.VERBOSE,
)
_NUMBER = re.compile(r"[+-]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\Z")
_NO_TEXT = frozenset({"true", "false", "null", "undefined", "NaN", "Infinity", "-Infinity", "+Infinity"})


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact | Part]:
    """Return the bindings of the key in a JSON file, whatever program it is for."""
    return structure.facts(file, surroundings, scan, "JSON")


class _Level:
    """A list or mapping that is open: `key` is where in it we are, `stage` what came last there."""

    __slots__ = ("begin", "is_mapping", "key", "path", "stage")

    def __init__(self, path: Path, is_mapping: bool) -> None:
        self.path = path
        self.is_mapping = is_mapping
        self.key: str | int = 0
        self.begin: int | None = None
        self.stage = "," if is_mapping else ":"


def scan(text: str) -> Iterator[Leaf | Comment]:
    """Yield the texts and comments of a JSON text; `Broken` tells where it is none. Numbers are counts, and no keys.

    Documents after the first have their number as the first part of their paths.
    """
    levels: list[_Level] = []
    documents = 0
    at = 0
    while (token := _TOKEN.match(text, at)) is not None:
        kind = token.lastgroup
        start, at = token.span(kind or 0)
        if kind == "comment":
            yield Comment(start, at)
            continue
        level = levels[-1] if levels else None
        mark = text[start] if kind == "mark" else ""
        if mark in ("}", "]"):
            if level is None or level.is_mapping != (mark == "}") or (level.is_mapping and level.stage in ("key", ":")):
                raise Broken(start)
            levels.pop()
        elif mark in (",", ":"):
            if level is None or (mark, level.stage) not in _NEXT[level.is_mapping]:
                raise Broken(start)
            level.stage = mark if level.is_mapping else ":"
            if not level.is_mapping:
                level.key = int(level.key) + 1
        elif level is not None and level.is_mapping and level.stage == ",":
            if mark:
                raise Broken(start)
            level.key, level.begin, level.stage = _said(token[kind or 0]), start, "key"
        else:
            if level is not None and level.stage != ":":
                raise Broken(start)
            path: Path = ((documents,) if documents else ()) if level is None else (*level.path, level.key)
            begin = None if level is None else level.begin
            if level is not None:
                level.stage = "value"
            else:
                documents += 1
            if mark:
                if len(levels) == MAX_DEPTH:
                    raise Broken(start, DEEP)
                levels.append(_Level(path, mark == "{"))
            elif kind == "text":
                if path:
                    yield Leaf(path, _said(token[kind]), start, at, begin=begin)
            elif token[kind or 0] not in _NO_TEXT and _NUMBER.match(token[kind or 0]) is None:
                raise Broken(start)
    if levels or text[at:].strip():
        raise Broken(at)


_NEXT = {
    True: ((":", "key"), (",", "value")),
    False: ((",", "value"),),
}
"""The marks that may come in mappings and in lists, each with what came before it."""


def _said(raw: str) -> str:
    """What a text says, or a word in its place."""
    if raw[0] not in "\"'":
        return raw
    if "\\" not in raw:
        return raw[1:-1]
    from json import loads

    inner = raw[1:-1]
    if raw[0] == "'":
        inner = inner.replace("\\'", "'").replace('"', '\\"')
    try:
        return str(loads(f'"{inner}"', strict=False))
    except ValueError:  # escapes that only JSON5 knows
        return inner
