"""Reads any text: keys with the prefix of `startproject`, wherever they stand."""

from __future__ import annotations

from secretkey_lint.appearance import insecure_keys
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.source import LineIndex
from secretkey_lint.model.value import Literal
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact]:  # noqa: ARG001 - all are asked alike
    """Return the keys that stand in a text of whatever format, binary ones included."""
    text = file.text()
    index = LineIndex(text)
    facts: list[Fact] = []
    for start, end in insecure_keys(text):
        span = index.span(file.path, start, end)
        facts.append(Binding("", Literal(span, text[start:end]), span, medium="text"))
    return facts
