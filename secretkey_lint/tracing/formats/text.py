"""A tree for people: what the project starts with, what each setting can be there, why, and by which way."""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.model.source import Position, Span
from secretkey_lint.reporters import printable
from secretkey_lint.tracing.formats import place, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    from secretkey_lint.model.trace import Possibility, Trace, TraceReport
    from secretkey_lint.reporters import Style

    T = TypeVar("T")

_ROLES = {
    "production": "for production",
    "development": "for development",
    "test": "for tests",
    "command": "for commands",
}


class Branches(Record):
    """What the lines of a tree are drawn with: beside a child that is not the last, beside the last, and below them."""

    child: str
    last: str
    beside: str
    below: str = "   "


_BOXES = Branches("├─ ", "└─ ", "│  ")
_ASCII = Branches("|- ", "`- ", "|  ")


class Line(Record):
    """A line of a node: what it says, in which of the looks, and which `part` of it leads to a place, or to a page."""

    text: str
    look: str = ""
    part: str = ""
    leads_to: Span | str = ""


class Node(Record):
    """A node of the tree: its lines, and what hangs on it."""

    lines: tuple[Line, ...]
    children: tuple[Node, ...] = ()


def render(report: TraceReport, style: Style) -> str:
    """Return a tree for each trace, a line for each thing that is said."""
    trees = (drawn(of_trace(each), style.ascii, lambda line, _room: [printable(line.text)]) for each in report.traces)
    return "\n".join("".join(f"{branches}{text}".rstrip() + "\n" for branches, text in tree) for tree in trees)


def drawn(
    node: Node, ascii_only: bool, broken: Callable[[Line, int], list[T]], first: str = "", rest: str = ""
) -> Iterator[tuple[str, T]]:
    """Yield the lines of a node and of what hangs on it: the branches that each begins with, and what is said.

    `broken` breaks a line for want of room: it is told of how many columns the branches take. The first begins with
    `first`, the others with `rest`.
    """
    branches = _ASCII if ascii_only else _BOXES
    stem = rest + (branches.beside if node.children else branches.below)
    begin = first
    for at, line in enumerate(node.lines):
        for text in broken(line, len(rest) + (0 if at == 0 else 3)):
            yield begin, text
            begin = stem
        begin = stem
    for at, child in enumerate(node.children):
        is_last = at == len(node.children) - 1
        branch, below = (branches.last, branches.below) if is_last else (branches.child, branches.beside)
        yield from drawn(child, ascii_only, broken, rest + branch, rest + below)


def of_trace(trace: Trace) -> Node:
    """Return the tree of a trace."""
    lines = [
        Line(f"{trace.module} ({trace.context})", "name"),
        Line(trace.path, "dim", trace.path, Span(trace.path, Position(1, 1), Position(1, 1))),
    ]
    for each in trace.starts:
        where = place(each.span, column=False)
        lines.append(Line(f"started {_ROLES[each.role]} by {where}", "dim", where, each.span))
    if not trace.starts:
        lines.append(Line("nothing names it", "dim"))
    if trace.problem:
        lines.append(Line(trace.problem, "warning"))
    children = (Node((Line(name, "name"),), tuple(map(_possibility, trace.of(name)))) for name in trace.settings)
    return Node(tuple(lines), tuple(children))


def _possibility(possibility: Possibility) -> Node:
    judgement = possibility.judgement
    said = possibility.value
    if possibility.conditions:
        said += f", {' and '.join(possibility.conditions)}"
    look = judgement.severity or {"safe": "safe", "allowed": "dim"}.get(judgement.state, "warning")
    lines = (Line(said), Line(f"{verdict(judgement)}: {judgement.reason}", look, judgement.code, judgement.url))
    steps = (
        Line(f"{place(step.span)}: {step.message}", "dim", place(step.span), step.span) for step in possibility.steps
    )
    return Node((*lines, *steps))
