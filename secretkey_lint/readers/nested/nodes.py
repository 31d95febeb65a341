"""Nested data with the places where it is written: texts, mappings, sequences; and the tree that paths make."""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.model.source import placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeAlias

    from secretkey_lint.model.binding import Guard

    Node: TypeAlias = "Scalar | Mapping | Sequence | None"
    Path: TypeAlias = "tuple[str | int, ...]"

MAX_DEPTH = 100
"""Levels of nesting that a scanner should follow: nobody writes more, and paths would come to cost more than the file."""


class Scalar:
    """A text: `start` and `end` are between which offsets it is written, without what its format puts before it.

    `style` is that of PyYAML: a quote, `|`, `>`, or "" for a plain one, which may be no text at all; other formats have
    quotes alone. `tag` is empty where none is written. `guards` are what a format says by itself of when it holds.
    """

    __slots__ = ("end", "guards", "start", "style", "tag", "value")

    def __init__(
        self, value: str, start: int, end: int, style: str, tag: str = "", guards: frozenset[Guard] = frozenset()
    ) -> None:
        self.value = value
        self.start = start
        self.end = end
        self.style = style
        self.tag = tag
        self.guards = guards


class Mapping:
    """Pairs of keys and values, keys that are given twice included; None stands for the alias of a collection.

    What has no key, as the children of an element of XML, has None for it.
    """

    __slots__ = ("end", "pairs", "start", "tag")

    def __init__(self, start: int, tag: str) -> None:
        self.pairs: list[tuple[Node, Node]] = []
        self.start = start
        self.end = start
        self.tag = tag


class Sequence:
    """Items; None stands for the alias of a collection."""

    __slots__ = ("end", "items", "start", "tag")

    def __init__(self, start: int, tag: str) -> None:
        self.items: list[Node] = []
        self.start = start
        self.end = start
        self.tag = tag


class Written:
    """The text of a scalar, and the runs of it that stand in the source as they are: what a `Part` is made of."""

    def __init__(self, text: str, runs: Iterable[tuple[int, int]]) -> None:
        self.text = text
        self.runs = tuple(runs)

    def place(self, begin: int, end: int) -> tuple[int, int]:
        """Return between which offsets of the source a stretch of the text stands, which is not empty."""
        return placed(self.runs, begin), placed(self.runs, end - 1) + 1


if TYPE_CHECKING:
    Writing: TypeAlias = Callable[[str, Scalar], Written | None]
    """Tells how a scalar is written in a source; None where that cannot be said, or where it is empty."""


class Leaf(Record):
    """A text that a scanner has found in nested data.

    `path` are the keys and indexes that lead to it, outermost first, and never empty. `start` and `end` are the offsets
    between which it is written, quotes included; `text` is what the format makes of that. `begin` is where its entry
    begins, with the key, where that is known.
    """

    path: Path
    text: str
    start: int
    end: int
    guards: frozenset[Guard] = frozenset()
    begin: int | None = None

    def __repr__(self) -> str:
        return f"Leaf({self.path!r}, <{len(self.text)} characters>)"


def tree(leaves: Iterable[Leaf]) -> Mapping:
    """Return the collections that the paths of leaves tell of, which come in the order of the source.

    A table that is left and opened again is two tables. Where something with a name stands among what has none, as
    elements of XML have it, it is an item like these.
    """
    root = Mapping(0, "")
    path: Path = ()
    around: list[Mapping | Sequence] = [root]
    for leaf in leaves:
        shared = 0
        for one, other in zip(path, leaf.path[:-1], strict=False):
            if one != other:
                break
            shared += 1
        path = leaf.path[:-1]
        del around[shared + 1 :]
        begin = leaf.start if leaf.begin is None else leaf.begin
        for at in range(shared, len(path)):
            inner = Mapping(begin, "") if isinstance(leaf.path[at + 1], str) else Sequence(begin, "")
            _put(around[-1], path[at], inner, begin)
            around.append(inner)
        _put(around[-1], leaf.path[-1], Scalar(leaf.text, leaf.start, leaf.end, '"', "", leaf.guards), begin)
    return root


def _put(collection: Mapping | Sequence, key: str | int, node: Node, begin: int) -> None:
    if isinstance(collection, Mapping):
        collection.pairs.append((Scalar(key, begin, begin, '"') if isinstance(key, str) else None, node))
    elif isinstance(key, str):
        item = Mapping(begin, "")
        item.pairs.append((Scalar(key, begin, begin, '"'), node))
        collection.items.append(item)
    else:
        collection.items.append(node)
