"""Reads any text: keys with the prefix of `startproject` wherever they stand, and lines that give a real key its name."""

from __future__ import annotations

from secretkey_lint.appearance import insecure_keys, looks_generated
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.source import LineIndex, Position, Span
from secretkey_lint.model.value import Literal
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact]:
    """Return the keys that stand in a text of whatever format, binary ones included."""
    text = file.text()
    index = LineIndex(text)
    found = insecure_keys(text)
    if "\0" in text:  # nobody finds a line of a binary file: it is said of the file
        start = Position(1, 1)
        spans = [Span(file.path, start, start)] * len(found[:1])
    else:
        spans = [index.span(file.path, start, end) for start, end in found]
    facts: list[Fact] = [
        Binding("", Literal(span, text[start:end]), span, medium="text")
        for span, (start, end) in zip(spans, found, strict=False)
    ]
    if "\0" not in text:
        facts += _lines(text, file.path, surroundings)
    return facts


def _lines(text: str, path: str, surroundings: Surroundings) -> Iterator[Binding]:
    """Bindings by lines. Where the format is not known, only what was generated is sure to be a key."""
    from secretkey_lint.readers.entries import Document
    from secretkey_lint.readers.lines import named_entries

    document = Document(text, LineIndex(text), path, surroundings)
    for binding in document.bindings(named_entries(text)):
        match binding.value:
            case Literal(text=said) if looks_generated(said):
                yield binding
