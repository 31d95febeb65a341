"""Composes the documents of a YAML text into nodes that know where they stand, from PyYAML's events.

PyYAML's own nodes are composed recursively, and refuse an anchor that is given twice; events do neither. An alias is
never expanded: what its anchor stands at is there once. Nothing is constructed, so that no tag can fail.
"""

from __future__ import annotations

import re

from secretkey_lint.readers.nested.nodes import Mapping, Scalar, Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from secretkey_lint.readers.nested.nodes import Node

MAX_DEPTH = 500
"""Collections within collections."""

MAX_SIZE = 4 << 20
"""Characters of a document that is composed: about a second's work. Larger ones are read by lines."""

_MARKER = re.compile(r"^---(?=\s|\Z)", re.MULTILINE)
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:\s+(?:#[^\r\n]*\s+)*|\Z))*")


class NotYAML(Exception):
    """A document that cannot be composed, from `offset` on; the text of the error says nothing of its text."""

    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason


def documents(text: str) -> Iterator[tuple[int, int]]:
    """Yield between which offsets the documents of a text stand.

    A marker in the first column ends whatever was begun, scalars too, so that one broken document takes no other with
    it. Directives are for what comes behind them: such a text is not taken apart.
    """
    if text.startswith("%") or "\n%" in text:
        yield 0, len(text)
        return
    start = 0
    for marker in _MARKER.finditer(text):
        if marker.start() > start:
            yield start, marker.start()
        start = marker.start()
    yield start, len(text)


def compose(text: str, start: int, end: int) -> list[Node]:
    """Return the roots of the documents between two offsets; raises NotYAML."""
    import yaml

    if end - start > MAX_SIZE:
        raise NotYAML(start, f"it is larger than {MAX_SIZE >> 20} million characters")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    composer = _Composer(text, start)
    failure: tuple[int, str] | None = None
    try:
        for event in yaml.parse(text[start:end], Loader=loader):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        failure = start if mark is None else min(start + mark.index, end), "it is not valid YAML"
    except (yaml.YAMLError, RecursionError):
        failure = start, "it is not valid YAML"
    if failure is not None:  # raised here, so that it carries no error that quotes the text
        raise NotYAML(*failure)
    return composer.roots


class _Composer:
    """Builds nodes from events, without recursion."""

    def __init__(self, text: str, offset: int) -> None:
        self._text = text
        self._offset = offset
        self._open: list[Mapping | Sequence] = []
        self._keys: list[list[Node]] = []
        self._anchors: dict[str, Scalar] = {}
        self.roots: list[Node] = []

    def take(self, event: Any) -> None:
        """Take the next event of PyYAML's."""
        from yaml import events

        first, last = event.start_mark.index, event.end_mark.index
        anchor: Any = getattr(event, "anchor", None)
        match event:
            case events.ScalarEvent():
                start = self._behind_properties(first, last)
                end = max(start, self._offset + last)
                scalar = Scalar(event.value, start, end, event.style or "", event.tag or "")
                if anchor is not None:
                    self._anchors[anchor] = scalar
                self._add(scalar)
            case events.AliasEvent():
                self._add(self._anchors.get(anchor))
            case events.MappingStartEvent() | events.SequenceStartEvent():
                if len(self._open) == MAX_DEPTH:
                    raise NotYAML(self._offset + first, f"it is nested more than {MAX_DEPTH} deep")
                kind = Mapping if isinstance(event, events.MappingStartEvent) else Sequence
                node = kind(self._behind_properties(first, last), event.tag or "")
                self._anchors.pop(anchor, None)
                self._add(node)
                self._open.append(node)
                self._keys.append([])
            case events.CollectionEndEvent():
                self._open.pop().end = self._offset + last
                self._keys.pop()
            case events.DocumentStartEvent():
                self._anchors.clear()

    def _add(self, node: Node) -> None:
        """Put a node into the collection that is open."""
        if not self._open:
            self.roots.append(node)
            return
        collection = self._open[-1]
        if isinstance(collection, Sequence):
            collection.items.append(node)
        elif self._keys[-1]:
            collection.pairs.append((self._keys[-1].pop(), node))
        else:
            self._keys[-1].append(node)

    def _behind_properties(self, start: int, end: int) -> int:
        """Return where a node begins behind its anchor and tag."""
        start, end = self._offset + start, self._offset + end
        if self._text[start : start + 1] not in ("&", "!"):
            return start
        behind = _PROPERTIES.match(self._text, start, max(end, start))
        return behind.end() if behind is not None else start
