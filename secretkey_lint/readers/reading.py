"""Reads a file with the reader of its format, its parts with theirs, and then as a text what those have not covered."""

from __future__ import annotations

from secretkey_lint import readers
from secretkey_lint.model.binding import Binding, Part
from secretkey_lint.model.source import LineIndex
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.readers.surroundings import Surroundings

MAX_DEPTH = 4
"""Parts within parts that are read: a script in YAML in Markdown is one in another in a third."""


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact]:
    """Return what the readers find in a file."""
    name = readers.reader_for(file.project_path, file.content)
    if name == "text" and b"SECRET_KEY" in file.content and surroundings.is_environment_file(file.project_path):
        name = "dotenv"
    facts = _read(name, file, surroundings, 0)
    if name not in ("python", "text"):
        facts += _uncovered(_read("text", file, surroundings, 0), facts)
    return facts


def _read(name: str, file: SourceFile, surroundings: Surroundings, depth: int) -> list[Fact]:
    """What one reader finds in a file, and in its parts."""
    facts: list[Fact] = []
    parts: list[Part] = []
    for found in readers.load(name)(file, surroundings):
        if isinstance(found, Part):
            parts.append(found)
        else:
            facts.append(found)
    if not parts or depth == MAX_DEPTH:
        return facts
    from secretkey_lint.readers.parts import Mover, source_of

    index = LineIndex(file.text())  # parts stand in rising order, so that all are found in one pass
    for part in parts:
        inner = source_of(part, file)
        mover = Mover(part, file.path, index)
        reader = readers.reader_for(part.name, inner.content)
        facts += mover.moved(_read(reader, inner, surroundings, depth + 1))
    return facts


def _uncovered(found: list[Fact], facts: list[Fact]) -> Iterator[Fact]:
    """What is found in a text that is no part of what facts have, and no entry that its own reader has judged."""
    covered: dict[int, list[Span]] = {}
    judged: dict[int, list[Span]] = {}
    for fact in facts:
        places = [literal.span for literal in literals(fact)]
        for span in places:
            _note(covered, span)
        if not places and isinstance(fact, Binding):
            _note(judged, fact.value.span)
    for fact in found:
        line = fact.span.start.line
        spans = covered.get(line, []) + (judged.get(line, []) if isinstance(fact, Binding) and fact.name else [])
        if not any(overlap(fact.span, span) for span in spans):
            yield fact


def _note(spans: dict[int, list[Span]], span: Span) -> None:
    """Put a span into those of each of its lines."""
    for line in range(span.start.line, span.end.line + 1):
        spans.setdefault(line, []).append(span)


def literals(fact: Fact) -> Iterator[Literal]:
    """Yield the text that a fact gives to the key."""
    match fact:
        case Binding(value=Literal() as literal) | Binding(value=EnvLookup(default=Literal() as literal)):
            yield literal


def overlap(first: Span, second: Span) -> bool:
    """Whether two spans share anything."""
    return first.path == second.path and _before(first, second) and _before(second, first)


def _before(first: Span, second: Span) -> bool:
    """Whether `first` begins before `second` ends."""
    return (first.start.line, first.start.column) < (second.end.line, second.end.column)
