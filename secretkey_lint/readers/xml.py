"""Reads XML with the standard library's expat: run configurations, `web.config`, property lists, Maven's properties.

An element is a mapping of its attributes, in those around it. No entity is expanded: a document that declares any is
read by lines from there on.
"""

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

_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG = re.compile(r"""<(?:[^<>"']++|"[^"]*"|'[^']*')*+>""")
_LEAF = re.compile(r"<([\w.:-]+)>\s*([^<]*[^<\s])\s*</\1\s*>")
_ENTITY = re.compile(r"&(?!lt;|gt;|quot;|apos;|amp;)\w+;")
_COMMENTED = frozenset({Guard("commented")})
_DELIMITERS = ("<!--", "-->")


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact | Part]:
    """Return the bindings of the key in an XML document: its elements, attributes and what is commented out."""
    return structure.facts(file, surroundings, scan, "XML")


def scan(text: str) -> Iterator[Leaf | Comment]:
    """Yield the attributes, the texts and the comments of a document; `Broken` tells where it is none.

    What is commented out is a document, too, if it can be read as one.
    """
    document = _Document(text)
    failure: Broken | None = None
    try:
        document.read()
    except Broken as broken:
        failure = broken
    for found in document.found:
        if isinstance(found, Comment):
            yield from _commented(text, found)
        yield found
    if failure is not None:
        yield from _tags(text, failure.at, len(text), frozenset())
        raise failure


def _commented(text: str, comment: Comment) -> Iterator[Leaf]:
    """The scalars of what is commented out."""
    start, end = comment.start + len(_DELIMITERS[0]), comment.end - len(_DELIMITERS[1])
    if "<" not in text[start:end]:
        return
    document = _Document(text[start:end], "<_>", "</_>")
    try:
        document.read()
    except Broken:
        yield from _tags(text, start, end, _COMMENTED)
        return
    for found in document.found:
        if isinstance(found, Leaf):
            begin = start + (found.begin or 0)
            yield replace(found, guards=_COMMENTED, start=found.start + start, end=found.end + start, begin=begin)


def _tags(text: str, start: int, end: int, guards: frozenset[Guard]) -> Iterator[Leaf]:
    """The attributes of tags, and the texts between two tags of one name, in what is no XML as a whole."""
    for tag in _TAG.finditer(text, start, end):
        for attribute in _ATTRIBUTE.finditer(text, *tag.span()):
            raw = attribute[2][1:-1]
            if _ENTITY.search(raw) is None:
                yield Leaf((tag.start(), attribute[1]), _said(raw), *attribute.span(2), guards, tag.start())
        said = _LEAF.match(text, tag.start(), end)
        if said is not None and _ENTITY.search(said[2]) is None:
            yield Leaf((said[1],), _said(said[2]), *said.span(2), guards, tag.start())


def _said(raw: str) -> str:
    """What a text says in which no entities are but those that XML itself has."""
    for character, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;"), ("&", "&amp;")):
        raw = raw.replace(entity, character)
    return raw


class _Element:
    """An element that is open: its path, what it holds, and where its text begins."""

    def __init__(self, path: tuple[str | int, ...], begin: int, start: int, attributes: dict[str, str]) -> None:
        self.path = path
        self.begin = begin
        self.start = start
        self.attributes = attributes
        self.children = 0
        self.text = ""
        self.key: tuple[str, int] | None = None
        """Of a property list's `<dict>`: the key that was read last, and where it begins."""


class _Document:
    """A document that is being read. What is found has offsets into `text`, in code points; expat counts bytes."""

    def __init__(self, text: str, prologue: str = "", epilogue: str = "") -> None:
        from xml.parsers import expat

        self.found: list[Leaf | Comment] = []
        self._text = text
        self._content = (prologue + text + epilogue).encode("utf-8", "replace")
        self._before = len(prologue)
        self._elements: list[_Element] = []
        self._last = 0, 0
        self._failure = expat.ExpatError
        self._parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        parser.EntityDeclHandler = self._entity

    def read(self) -> None:
        """Read to the end, or to where the document is broken."""
        try:
            self._parser.Parse(self._content, True)
        except self._failure:
            raise Broken(min(self._here(self._parser.ErrorByteIndex), len(self._text))) from None

    def _here(self, index: int | None = None) -> int:
        """The offset of a byte, that of what is being handled if none is given."""
        index = self._parser.CurrentByteIndex if index is None else index
        counted, offset = self._last
        if index < counted:
            counted = offset = 0
        offset += len(self._content[counted:index].decode("utf-8", "ignore"))
        self._last = index, offset
        return max(offset - self._before, 0)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        begin = self._here()
        if len(self._elements) == MAX_DEPTH:
            raise Broken(begin, DEEP)
        around = self._elements[-1] if self._elements else None
        path: tuple[str | int, ...] = (name,) if around is None else (*around.path, around.children, name)
        if around is not None:
            around.children += 1
        tag = _TAG.match(self._text, begin)
        stop = tag.end() if tag is not None else begin
        self._elements.append(_Element(path, begin, stop, attributes))
        for attribute in _ATTRIBUTE.finditer(self._text, begin, stop):
            if attribute[1] in attributes:
                self.found.append(
                    Leaf((*path, attribute[1]), attributes[attribute[1]], *attribute.span(2), begin=begin)
                )

    def _characters(self, text: str) -> None:
        if self._elements:
            self._elements[-1].text += text

    def _end(self, name: str) -> None:
        element = self._elements.pop()
        around = self._elements[-1] if self._elements else None
        key, begin = (around is not None and around.key) or ("", element.begin)
        end = self._here()
        raw = self._text[element.start : end]
        said = element.text.strip()
        if around is not None:
            around.key = (said, element.begin) if name == "key" else None
        if not said or element.children or "<!--" in raw:
            return
        start = element.start + len(raw) - len(raw.lstrip())
        end -= len(raw) - len(raw.rstrip())
        outer = around.path if around is not None else ()
        if key and name == "string":
            path = (*outer, key)
        else:
            path = (*element.path, "value") if element.attributes else (*outer, name)
        self.found.append(Leaf(path, said, start, end, begin=begin))

    def _comment(self, text: str) -> None:
        begin = self._here()
        self.found.append(Comment(begin, self._text.index(_DELIMITERS[1], begin) + len(_DELIMITERS[1])))

    def _entity(self, *_declared: object) -> None:
        raise Broken(self._here(), "it declares entities, which are not expanded")
