"""A module in pieces that parse on their own, so that of one that is edited what stays the same is not parsed again.

A piece is a run of whole statements. That a text falls into pieces is guessed by its lines, and proved by parsing: where
each of them parses alone, the text is what they are one behind the other, since a statement begins as the file does, with
nothing open. Where one does not, the guess was wrong, or the text is no Python: the text is parsed as a whole then.
"""

from __future__ import annotations

from secretkey_lint.readers.python.spans import find
from secretkey_lint.readers.python.syntax import Node, ParseFailure, parse
from secretkey_lint.readers.python.units import collect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from secretkey_lint.readers.python.units import Unit
else:
    from secretkey_lint.readers.python import syntax as cst

_CONTINUES = ("else", "elif", "except", "finally")
"""What at the beginning of a line goes on with a statement."""

_NEVER_FIRST = " \t\f\r\n#)]}\"'\ufeff"
"""What no statement is taken to begin with: much of it may, and stands in the middle of one more often."""


_LONG_QUOTES = ('"""', "'''")


class Piece:
    """A run of statements, with what has been found out about them."""

    def __init__(self, text: str, module: cst.Module) -> None:
        self.text = text
        self.module = module
        self._units: list[Unit] | None = None
        self._nodes: set[int] | None = None
        self._places: dict[int, tuple[int, int]] = {}
        self._has_been_read = False

    @property
    def units(self) -> list[Unit]:
        """Its statements as units."""
        if self._units is None:
            self._units = []
            collect(self.module.body, (), None, self._units)
        return self._units

    def places(self, wanted: list[cst.CSTNode]) -> dict[int, tuple[int, int]]:
        """Return where those of the nodes are in the text of the piece that are of it; raises ParseFailure like `find`."""
        places = self._places
        new = [node for node in wanted if id(node) not in places]
        if new and self._has_been_read:  # it costs as much to tell what is of it as to read it once
            new = [node for node in new if id(node) in self._nodes_of_it()]
        if new:
            self._has_been_read = True
            places.update(find(self.text, self.module, new))
        return {id(node): places[id(node)] for node in wanted if id(node) in places}

    def _nodes_of_it(self) -> set[int]:
        if self._nodes is None:
            self._nodes = {id(self.module)}
            pending: list[object] = [self.module]
            while pending:
                for value in vars(pending.pop()).values():
                    nodes = value if value.__class__ is tuple else (value,)
                    for each in nodes:
                        if isinstance(each, Node):
                            self._nodes.add(id(each))
                            pending.append(each)
        return self._nodes


def revised(text: str, known: Iterable[Piece]) -> list[Piece] | None:
    """Return the pieces of a text, those of an earlier one as far as they are the same; None where it has to be parsed whole."""
    kept: dict[str, list[Piece]] = {}
    for piece in known:
        kept.setdefault(piece.text, []).append(piece)
    parts = list(_parts(text))
    if any(part.rstrip("\r\n").endswith("\\") for part in parts[:-1]):  # what follows would belong to it
        return None
    found: list[Piece] = []
    for part in parts:
        same = kept.get(part)
        if same:
            found.append(same.pop())
            continue
        try:
            found.append(Piece(part, parse(part)))
        except ParseFailure:
            return None
    return found


def joined(pieces: list[Piece]) -> cst.Module:
    """Return the tree of the text that pieces make up."""
    if len(pieces) == 1:
        return pieces[0].module
    return cst.Module(body=tuple(statement for piece in pieces for statement in piece.module.body))


def _parts(text: str) -> Iterator[str]:
    """The pieces that a text falls into by the looks of it: each from a line that is not indented to the next."""
    begin = last = at = 0
    quotes = [0, 0]
    while at < len(text):
        at = text.find("\n", at) + 1 or len(text)
        if at < len(text) and (text[at] in _NEVER_FIRST or text.startswith(_CONTINUES, at)):
            continue
        quotes = [count + text.count(quote, last, at) for count, quote in zip(quotes, _LONG_QUOTES, strict=True)]
        is_decorator = text.startswith("@", last)
        last = at
        if at == len(text) or not (is_decorator or any(count % 2 for count in quotes)):
            yield text[begin:at]
            begin = at
