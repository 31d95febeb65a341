"""What readers find in a text, as what its author wrote."""

from secretkey_lint.model.binding import Binding
from secretkey_lint.model.source import SourceFile, Span
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.project import context
from secretkey_lint.readers import reading


def sliced(text: str, span: Span) -> str:
    """What stands at a span."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start, end = span.start, span.end
    if start.line == end.line:
        return lines[start.line - 1][start.column - 1 : end.column - 1]
    between = lines[start.line : end.line - 1]
    return "\n".join([lines[start.line - 1][start.column - 1 :], *between, lines[end.line - 1][: end.column - 1]])


def found(path: str, text: str) -> list[tuple[str, str, str]]:
    """The name, the place as it is written, and the context of each literal in a file."""
    facts = reading.read(SourceFile(path, text.encode(), path))
    literals: set[tuple[int, int, str, str, str]] = set()
    for fact in facts:
        match fact:
            case Binding(value=Literal(span=span)) | Binding(value=EnvLookup(default=Literal(span=span))):
                where = context.of_binding(context.of_path(path), fact.guards)
                literals.add((span.start.line, span.start.column, fact.name, sliced(text, span), where))
    return [(name, written, where) for _, _, name, written, where in sorted(literals)]


def values(path: str, text: str) -> list[str]:
    """The places of literals in a file, as they are written."""
    return [written for _, written, _ in found(path, text)]
