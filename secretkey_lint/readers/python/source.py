"""A parsed text, and where its nodes are: of one module, or of all that a walk has come through."""

from __future__ import annotations

from secretkey_lint.readers.python.pieces import Piece, joined
from secretkey_lint.readers.python.relevance import Relevance
from secretkey_lint.readers.python.syntax import ParseFailure, parse
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.model.source import LineIndex, Span
    from secretkey_lint.readers.surroundings import Surroundings


class Source:
    """A parsed text, and where it stands in the file that `index` is of."""

    def __init__(
        self, text: str, path: str, index: LineIndex, offset: int = 0, pieces: list[Piece] | None = None
    ) -> None:
        """Parse a text, unless the `pieces` are known that it falls into; raises ParseFailure."""
        self.text = text
        self.pieces = pieces or [Piece(text, parse(text))]
        self.module = joined(self.pieces)
        self._path = path
        self._index = index
        self._offset = offset
        self._offsets: dict[int, tuple[int, int]] = {}
        self._relevance: Relevance | None = None

    @property
    def relevance(self) -> Relevance:
        """What matters to what in the module; worked out when first asked for."""
        if self._relevance is None:
            self._relevance = Relevance([unit for piece in self.pieces for unit in piece.units])
        return self._relevance

    def locate(self, nodes: list[cst.CSTNode]) -> list[cst.CSTNode]:
        """Find the places of `nodes`, in one walk; return those that are not of this tree."""
        self._offsets = {}
        wanted = nodes
        if len(self.pieces) > 1 and any(node is self.module for node in nodes):
            wanted = [*nodes, *(piece.module for piece in self.pieces)]
        try:
            start = 0
            for piece in self.pieces:
                for node, (begin, end) in piece.places(wanted).items():
                    self._offsets[node] = start + begin, start + end
                start += len(piece.text)
        except ParseFailure:
            # better said at the start of the file than not at all
            self._offsets = {id(node): (0, 0) for node in nodes}
        if wanted is not nodes:
            filled = [self._offsets[id(piece.module)] for piece in self.pieces if piece.module.body]
            self._offsets[id(self.module)] = min(filled)[0], max(filled)[1]
        return [node for node in nodes if id(node) not in self._offsets]

    def holds(self, node: cst.CSTNode) -> bool:
        """Whether a node was located here."""
        return id(node) in self._offsets

    def span(self, node: cst.CSTNode) -> Span:
        """Return the place of a node that was located."""
        return self.stretch(*self.offsets(node))

    def offsets(self, node: cst.CSTNode) -> tuple[int, int]:
        """Return where a node that was located begins and ends in the text."""
        return self._offsets[id(node)]

    def stretch(self, start: int, end: int) -> Span:
        """Return the place of a stretch of the text."""
        return self._index.span(self._path, start + self._offset, end + self._offset)


class Sources:
    """The modules that a walk has come through, the one that it began with first."""

    def __init__(self, sources: list[Source], surroundings: Surroundings = ALONE) -> None:
        self._sources = sources
        self._surroundings = surroundings

    def shown(self, path: str) -> str:
        """Return the path in the project as people are shown it."""
        file = self._surroundings.read(path)
        return path if file is None else file.path

    def locate(self, nodes: list[cst.CSTNode]) -> None:
        """Find the places of `nodes`, in one walk through each module until all are found."""
        for source in self._sources:
            if nodes:
                nodes = source.locate(nodes)

    def span(self, node: cst.CSTNode) -> Span:
        """Return the place of a node that was located."""
        for source in self._sources:
            if source.holds(node):
                return source.span(node)
        return self._sources[0].stretch(0, 0)  # better said at the start of the file than not at all
