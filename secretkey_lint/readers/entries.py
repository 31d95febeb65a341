"""Entries of files that are not code: which of them give the key a value, and what that value is."""

from __future__ import annotations

from secretkey_lint.appearance import is_known_text, is_template_reference
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import Step
from secretkey_lint.model.value import EnvLookup, Literal, Unknown
from secretkey_lint.vocabulary import entry_name, may_carry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from secretkey_lint.model.binding import Guard
    from secretkey_lint.model.source import LineIndex, Span
    from secretkey_lint.model.value import Value
    from secretkey_lint.readers.surroundings import Surroundings


class Entry(Record):
    """A name and the text that a file gives to it.

    `start` and `end` are the offsets in the file's text between which the value is written, quotes included; `text` is
    what the format makes of that. `outer` are the names of the tables that the entry is in, outermost first. `begin`
    is where the entry itself begins, where that is known. `via` is the way that the text took to the entry, where it is
    written elsewhere. `is_known` says whether `text` can be the value at all: what is encrypted, or says of what type a
    value is, is not.
    """

    name: str
    text: str
    start: int
    end: int
    guards: frozenset[Guard] = frozenset()
    outer: tuple[str, ...] = ()
    begin: int | None = None
    via: tuple[Step, ...] = ()
    is_known: bool = True

    def __repr__(self) -> str:
        return f"Entry({self.name!r}, <{len(self.text)} characters>)"


class Document:
    """A text whose entries are read: where offsets in it are, and what surrounds it."""

    def __init__(self, text: str, index: LineIndex, path: str, surroundings: Surroundings) -> None:
        """Read `text`, of the file that `index` is of and that people are shown as `path`."""
        self.text = text
        self._index = index
        self._path = path
        self._surroundings = surroundings

    def span(self, start: int, end: int) -> Span:
        """Return the place of a stretch of the text."""
        return self._index.span(self._path, start, end)

    def bindings(self, entries: Iterable[Entry]) -> Iterator[Binding]:
        """Yield the bindings of the key among entries: by its own names, and by those that the settings read it from."""
        for entry in entries:
            name = entry_name(entry.name, entry.outer)
            via = entry.via
            if name is None and may_carry(entry.name) and entry.name in self._surroundings.carriers:
                name = entry.name
                via = (*via, Step(self._surroundings.carriers[name], f"the key is read from {name} here"))
            if name is not None and entry.text:
                begin = entry.start if entry.begin is None else entry.begin
                span = self.span(begin, entry.end)
                yield Binding(name, self._value(entry, via), span, entry.guards, medium="file")

    def _value(self, entry: Entry, via: tuple[Step, ...]) -> Value:
        """What an entry says: a literal, or the default of a reference (`${NAME:-default}`, `{{ name | default("…") }}`)."""
        span = self.span(entry.start, entry.end)
        text = entry.text
        if not entry.is_known:
            return Unknown(span)
        last, depth = text.rfind("${"), text.count("${")
        if depth and text.endswith("}" * depth) and _is_nested(text[:last]):
            name, _, default = text[last + 2 : -depth].partition("-")
            name = name.removesuffix(":")
            if name.isidentifier() and is_known_text(default):
                raw = self.text[entry.start : entry.end]
                at = entry.start + (raw.rindex(default) if default in raw else 0)
                end = at + len(default) if default in raw else entry.end
                return EnvLookup(span, name, Literal(self.span(at, end), default, via))
        if is_known_text(text):
            return Literal(span, text, via)
        if is_template_reference(text):
            from secretkey_lint.readers.defaults import literal_default

            place = literal_default(text)
            if place is not None and is_known_text(text[slice(*place)]):
                return EnvLookup(span, "", self._within(entry, *place))
        return Unknown(span)

    def _within(self, entry: Entry, begin: int, end: int) -> Literal:
        """A literal that is a stretch of an entry's text: where it is written in the same way, there it stands."""
        said = entry.text[begin:end]
        raw = self.text[entry.start : entry.end]
        at = raw.find(entry.text)
        if at < 0:
            return Literal(self.span(entry.start, entry.end), said)
        at += entry.start
        return Literal(self.span(at + begin, at + end), said)


def _is_nested(text: str) -> bool:
    """Whether a text is nothing but the beginnings of references around another one: `${NAME:-${NAME:-`."""
    return all(
        each.rstrip("-").removesuffix(":").isidentifier() and each.endswith("-")
        for each in text.removeprefix("${").split("${")
        if text
    )
