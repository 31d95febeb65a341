"""A Python module as a tree whose nodes know their places and what they are in."""

from __future__ import annotations

from secretkey_lint.fixing.names import Names
from secretkey_lint.readers.python.source import Source
from secretkey_lint.readers.python.spans import find
from secretkey_lint.readers.python.syntax import Node, ParseFailure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

_BLANK = " \t\f\r\n"


class Tree:
    """The tree of a text, of which `module` is what the parser made; offsets are into the text, in code points."""

    def __init__(self, text: str, module: cst.Module) -> None:
        self.text = text
        self.module = module
        self._parents: dict[int, cst.CSTNode] = {}
        self._nodes: list[cst.CSTNode] = []
        pending: list[cst.CSTNode] = [self.module]
        while pending:
            node = pending.pop()
            self._nodes.append(node)
            for child in reversed(list(_children(node))):
                self._parents[id(child)] = node
                pending.append(child)
        self._places = find(text, module, self._nodes)
        self._names: Names | None = None

    @property
    def names(self) -> Names:
        """What the names at the top of the module mean; found out once, for all that is asked of them."""
        if self._names is None:
            self._names = Names(self)
        return self._names

    def place(self, node: cst.CSTNode) -> tuple[int, int]:
        """Return where a node begins and ends: an expression without its own parentheses, an argument without its comma."""
        return self._places[id(node)]

    def whole(self, node: cst.CSTNode) -> tuple[int, int]:
        """Return where an expression begins and ends with its parentheses, as far as no comment stands between."""
        start, end = self.place(node)
        for _ in getattr(node, "lpar", None) or ():
            before, behind = start, end
            while before and self.text[before - 1] in _BLANK:
                before -= 1
            while self.text[behind : behind + 1] and self.text[behind] in _BLANK:
                behind += 1
            if self.text[before - 1 : before] != "(" or self.text[behind : behind + 1] != ")":
                break
            start, end = before - 1, behind + 1
        return start, end

    def at(self, start: int, end: int) -> cst.CSTNode | None:
        """Return the innermost node that is from `start` to `end`, which may be with its parentheses."""
        found = None
        for node in self._nodes:
            if self._places.get(id(node)) == (start, end):
                found = node
        return found

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """Return what a node is directly in."""
        return self._parents.get(id(node))

    def around(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """Yield what a node is in, from the inside out."""
        found = self.parent(node)
        while found is not None:
            yield found
            found = self.parent(found)

    def walk(self) -> Iterator[cst.CSTNode]:
        """Yield all nodes, in the order of the text."""
        yield from self._nodes

    def statements(self) -> list[cst.CSTNode]:
        """Return the statements of the module itself."""
        return list(self.module.body)


def tree_of(source: object, text: str) -> Tree | None:
    """Return the tree of a text that readers have parsed; None if not, or where nobody can tell where things are."""
    if not isinstance(source, Source) or source.text != text:
        return None
    try:
        return Tree(text, source.module)
    except ParseFailure:  # it is nested too deeply
        return None


def _children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for value in vars(node).values():
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, Node):
                yield each  # type: ignore[misc]
