"""Reads INI files and their kin (`.cfg`, `.conf`) as `configparser` does, which tells no places.

An option may list variables (`setenv` of tox, `env` of pytest-env and uWSGI, `environment` of supervisor).
"""

from __future__ import annotations

import re

from secretkey_lint.model.record import replace
from secretkey_lint.readers import structure
from secretkey_lint.readers.nested.nodes import Leaf
from secretkey_lint.readers.structure import Comment
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact, Part
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

_LINE = re.compile(r"[^\r\n]*")
_SECTION = re.compile(r"\[(.+)\]")
_OPTION = re.compile(r"(?P<name>.*?)\s*[=:]\s*(?P<value>.*)\Z")
_INLINE_COMMENT = re.compile(r"(?:\A|\s)[#;](?=\s|\Z)|\s[#;]")
_INTERPOLATION = re.compile(r"%\(\w+\)s")
_FACTOR = re.compile(r"[\w,{}!.-]+:\s+")
_VARIABLE = re.compile(r"\w+=(?:\"[^\"]*\"|'[^']*'|[^,\s]*)")


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact | Part]:
    """Return the bindings of the key in a file of sections and options."""
    name = file.project_path.rpartition("/")[2].lower()
    return structure.facts(file, surroundings, lambda text: _meant(name, text), "INI")


def _meant(name: str, text: str) -> Iterator[Leaf | Comment]:
    """What a file of this name says: decouple looks names up in `[settings]` in any case, tox takes lines by factors."""
    for found in scan(text):
        match found:
            case Leaf(path=(str(section), str(option))) if name == "settings.ini" and section.lower() == "settings":
                yield replace(found, path=(section, option.upper()))
            case Leaf(path=(_, "setenv" | "set_env", *_)):
                factor = _FACTOR.match(text, found.start, found.end)
                end = 0 if factor is None else factor.end() - found.start
                yield replace(found, text=found.text[end:], start=found.start + end)
            case _:
                yield found


def scan(text: str) -> Iterator[Leaf | Comment]:
    """Yield the options' values and the comments of a text.

    A value of several lines has an item for each of them. Lines that are nothing to `configparser` are passed over.
    """
    option = _Option((), 0)
    indent = 0
    for start, end in _lines(text):
        line = text[start:end].lstrip()
        begin = end - len(line)
        line = line.rstrip()
        if not line:
            continue
        if line[0] in "#;":
            yield Comment(begin, end)
            continue
        if option.path and begin - start > indent:
            option.add(line, begin)
            continue
        indent = begin - start
        section = _SECTION.match(line)
        found = _OPTION.match(line)
        if section is not None:
            yield from option.scalars()
            option = _Option((), 0, section[1])
        elif found is not None and found["name"]:
            yield from option.scalars()
            path = (option.section, found["name"]) if option.section else (found["name"],)
            option = _Option(path, begin, option.section)
            option.add(found["value"], begin + found.start("value"))
    yield from option.scalars()


class _Option:
    """An option whose lines are being gathered; none as long as its path is empty."""

    def __init__(self, path: tuple[str, ...], begin: int, section: str = "") -> None:
        self.path = path
        self.section = section
        self._begin = begin
        self._lines: list[tuple[str, int]] = []

    def add(self, line: str, start: int) -> None:
        """Take a line of the value, without its comment."""
        comment = _INLINE_COMMENT.search(line)
        line = line[: comment.start()].rstrip() if comment is not None else line
        if line:
            self._lines.append((line, start))

    def scalars(self) -> Iterator[Leaf]:
        """Yield what the option says as a whole where that may be a key, and its lines where there are several."""
        if not self._lines:
            return
        name = self.path[-1].lower()
        listing = name == "environment"
        if not listing and (len(self._lines) == 1 or ("secret" in name and not is_fallbacks_name(name.upper()))):
            (_, start), (last, at) = self._lines[0], self._lines[-1]
            said = "\n".join(line for line, _ in self._lines)
            yield from self._scalar(self.path, said, start, at + len(last))
        if len(self._lines) > 1 or listing:
            for number, (line, start) in enumerate(self._lines):
                pieces = _VARIABLE.finditer(line) if listing else ()
                for piece in pieces:
                    yield from self._scalar((*self.path, number), piece[0], start + piece.start(), start + piece.end())
                if not listing:
                    yield from self._scalar((*self.path, number), line, start, start + len(line))

    def _scalar(self, path: tuple[str | int, ...], text: str, start: int, end: int) -> Iterator[Leaf]:
        """A scalar, without the quotes that most programs take off; none where other options are put in."""
        if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
            text = text[1:-1]
        if _INTERPOLATION.search(text) is None:
            yield Leaf(path, text, start, end, begin=self._begin if len(path) == len(self.path) else None)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of a text begin and end, whatever ends them."""
    at = 0
    while at < len(text):
        found = _LINE.match(text, at)
        assert found is not None
        yield at, found.end()
        at = found.end() + (2 if text.startswith("\r\n", found.end()) else 1)
