"""Reads TOML. The scanner finds where keys and values stand; what a text with escapes says is `tomllib`'s to say."""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import replace
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

_BLANK = re.compile(r"[ \t]*")
_SPACE = re.compile(r"(?:[ \t\n]|\r\n)*")
_COMMENT = re.compile(r"#[^\n]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\\n]++|\\[^\n])*+"')
_LITERAL = re.compile(r"'[^'\n]*'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]++|\\.|"{1,2}+(?!"))*+"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']++|'{1,2}+(?!'))*+'{3,5}")
_OTHER = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+|[^\s,\[\]{}#\"'=]+")
_TEST_TOOLS = frozenset({"pytest", "pytest_env", "tox"})


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact | Part]:
    """Return the bindings of the key in a TOML file: settings, tables of variables, tools' tasks."""
    name = file.project_path.rpartition("/")[2].lower()
    return structure.facts(file, surroundings, lambda text: _meant(name, text), "TOML")


def _meant(name: str, text: str) -> Iterator[Leaf | Comment]:
    """What a file of this name says, in the terms of all formats."""
    for found in scan(text):
        is_of_a_tool = isinstance(found, Leaf) and name == "pyproject.toml" and found.path[0] == "tool"
        if isinstance(found, Leaf) and is_of_a_tool and _TEST_TOOLS.isdisjoint(map(str, found.path)):
            yield replace(found, guards=found.guards | {Guard("debug")})  # what they do, they do for developers
        else:
            yield found


def scan(text: str) -> Iterator[Leaf | Comment]:
    """Yield the scalars and comments of a TOML text; `Broken` tells where it is none."""
    return _Scanner(text).document()


class _Scanner:
    """Goes through a text once; `_at` is where it is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counts: dict[Path, int] = {}

    def document(self) -> Iterator[Leaf | Comment]:
        table: Path = ()
        while True:
            yield from self._space()
            if self._at == len(self._text):
                return
            if self._text[self._at] == "[":
                table = self._header()
            else:
                yield from self._pair(table, 0)
            self._skip(_BLANK)
            yield from self._comment()
            if self._at < len(self._text) and not self._text.startswith(("\n", "\r\n"), self._at):
                raise Broken(self._at)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        """Go past what matches and return it."""
        found = pattern.match(self._text, self._at)
        if found is None:
            raise Broken(self._at)
        self._at = found.end()
        return found[0]

    def _take(self, mark: str) -> None:
        if not self._text.startswith(mark, self._at):
            raise Broken(self._at)
        self._at += len(mark)

    def _comment(self) -> Iterator[Comment]:
        if self._text.startswith("#", self._at):
            start = self._at
            self._skip(_COMMENT)
            yield Comment(start, self._at)

    def _space(self) -> Iterator[Comment]:
        """Go past blanks, lines' ends and comments."""
        self._skip(_SPACE)
        while self._text.startswith("#", self._at):
            yield from self._comment()
            self._skip(_SPACE)

    def _header(self) -> Path:
        """The table that a header opens; of an array of tables, the next or the last one."""
        mark = "[[" if self._text.startswith("[[", self._at) else "["
        self._take(mark)
        keys = self._keys()
        self._take("]" * len(mark))
        table: Path = ()
        for number, key in enumerate(keys, 1):
            table = (*table, key)
            if mark == "[[" and number == len(keys):
                self._counts[table] = self._counts.get(table, 0) + 1
            if table in self._counts:
                table = (*table, self._counts[table] - 1)
        return table

    def _keys(self) -> list[str]:
        """The parts of a dotted key, and the blanks around them."""
        keys: list[str] = []
        while True:
            self._skip(_BLANK)
            first = self._text[self._at : self._at + 1]
            if first == '"':
                keys.append(_said(self._skip(_BASIC)))
            elif first == "'":
                keys.append(self._skip(_LITERAL)[1:-1])
            else:
                keys.append(self._skip(_BARE_KEY))
            self._skip(_BLANK)
            if not self._text.startswith(".", self._at):
                return keys
            if len(keys) == MAX_DEPTH:
                raise Broken(self._at, DEEP)
            self._at += 1

    def _pair(self, table: Path, depth: int) -> Iterator[Leaf | Comment]:
        begin = self._at
        path: Path = (*table, *self._keys())
        self._take("=")
        self._skip(_BLANK)
        yield from self._value(path, depth + 1, begin)

    def _value(self, path: Path, depth: int, begin: int | None) -> Iterator[Leaf | Comment]:
        start = self._at
        if depth > MAX_DEPTH:
            raise Broken(start, DEEP)
        first = self._text[start : start + 1]
        if first == "[":
            yield from self._array(path, depth)
            return
        if first == "{":
            yield from self._inline_table(path, depth)
            return
        if first == '"':
            long = self._text.startswith('"""', start)
            said = _said(self._skip(_LONG_BASIC if long else _BASIC))
        elif first == "'":
            long = self._text.startswith("'''", start)
            raw = self._skip(_LONG_LITERAL if long else _LITERAL)
            said = raw[3:-3].replace("\r\n", "\n").removeprefix("\n") if long else raw[1:-1]
        else:
            said = self._skip(_OTHER)
            if said in ("true", "false"):
                return
        yield Leaf(path, said, start, self._at, frozenset(), begin)

    def _array(self, path: Path, depth: int) -> Iterator[Leaf | Comment]:
        self._take("[")
        number = 0
        yield from self._space()
        while not self._text.startswith("]", self._at):
            yield from self._value((*path, number), depth + 1, None)
            number += 1
            yield from self._space()
            if not self._text.startswith("]", self._at):
                self._take(",")
                yield from self._space()
        self._at += 1

    def _inline_table(self, path: Path, depth: int) -> Iterator[Leaf | Comment]:
        self._take("{")
        yield from self._space()
        while not self._text.startswith("}", self._at):
            yield from self._pair(path, depth)
            yield from self._space()
            if not self._text.startswith("}", self._at):
                self._take(",")
                yield from self._space()
        self._at += 1


def _said(raw: str) -> str:
    """What a basic string says."""
    if not raw.startswith('"""') and "\\" not in raw:
        return raw[1:-1]
    import tomllib

    try:
        return str(tomllib.loads(f"v = {raw}")["v"])
    except tomllib.TOMLDecodeError:  # a control character or an escape that there is not
        return raw.strip('"')
