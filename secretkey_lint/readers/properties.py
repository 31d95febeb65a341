"""Reads Java's `.properties` files, as `java.util.Properties.load` describes them."""

from __future__ import annotations

import re

from secretkey_lint.readers import structure
from secretkey_lint.readers.nested.nodes import Leaf
from secretkey_lint.readers.structure import Comment
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact, Part
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

_LINE = re.compile(r"(?:[^\\\r\n]++|\\(?:\r\n|.|\Z))*+", re.DOTALL)
_COMMENT = re.compile(r"[^\r\n]*+")
_BLANK = re.compile(r"[ \t\f\r\n]*+")
_ENTRY = re.compile(
    r"(?P<key>(?:[^\\\s=:]++|\\(?:\r\n|.))*+)(?:[ \t\f]|\\(?:\r\n|[\r\n]))*+[=:]?(?:[ \t\f]|\\(?:\r\n|[\r\n]))*+"
    r"(?P<value>.*)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(?:\r\n|\r|\n)[ \t\f]*|(.)|\Z)", re.DOTALL)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact | Part]:
    """Return the bindings of the key in a file of properties; dots in their names part tables."""
    return structure.facts(file, surroundings, scan, "properties")


def scan(text: str) -> Iterator[Leaf | Comment]:
    """Yield the properties and comments of a text."""
    at = 0
    while True:
        blank = _BLANK.match(text, at)
        assert blank is not None
        at = blank.end()
        if at == len(text):
            return
        is_comment = text[at] in "#!"
        line = (_COMMENT if is_comment else _LINE).match(text, at)
        assert line is not None
        if is_comment:
            yield Comment(at, line.end())
        else:
            entry = _ENTRY.match(line[0])
            assert entry is not None
            path = tuple(_said(entry["key"]).split("."))
            start = at + entry.start("value")
            yield Leaf(path, _said(entry["value"]), start, line.end(), begin=at)
        at = line.end()


def _said(raw: str) -> str:
    """What a text with escapes says."""
    return _ESCAPE.sub(_unescaped, raw) if "\\" in raw else raw


def _unescaped(escape: re.Match[str]) -> str:
    if escape[1]:
        return chr(int(escape[1], 16))
    return _CONTROLS.get(escape[2], escape[2]) if escape[2] else ""
