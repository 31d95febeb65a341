"""A tree for people: what the project starts with, what each setting can be there, why, and by which way."""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.reporters import printable
from secretkey_lint.tracing.formats import place, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.trace import Judgement, Possibility, Trace, TraceReport
    from secretkey_lint.reporters import Style

_MIN_WIDTH = 40
"""Columns that lines are broken for even where the terminal has fewer."""

_BOLD, _DIM, _RED, _YELLOW, _CYAN, _GREEN, _RESET = (
    "\x1b[1m", "\x1b[2m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[1;32m", "\x1b[0m",
)  # fmt: skip
_COLOURS = {"error": _RED, "warning": _YELLOW, "note": _CYAN}
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


class Node(Record):
    """A node of the tree: its lines, each with its colour, and what hangs on it."""

    lines: tuple[tuple[str, str], ...]
    children: tuple[Node, ...] = ()


def render(report: TraceReport, style: Style, width: int) -> str:
    """Return a tree for each trace, with lines broken at `width` columns, or not at all where it is 0."""
    branches = _ASCII if style.ascii else _BOXES
    trees = ("".join(_drawn(_trace(each), "", "", branches, style, width)) for each in report.traces)
    return "\n".join(trees)


def _drawn(node: Node, first: str, rest: str, branches: Branches, style: Style, width: int) -> Iterator[str]:
    """The lines of a node and what hangs on it: the first one begins with `first`, the others with `rest`."""
    stem = rest + (branches.beside if node.children else branches.below)
    begin = first
    for at, (text, colour) in enumerate(node.lines):
        for line in _broken(printable(text), width - len(rest) - (0 if at == 0 else 3)):
            shown = f"{colour}{line}{_RESET}" if style.colour and colour else line
            yield f"{begin}{shown}".rstrip() + "\n"
            begin = stem
        begin = stem
    for at, child in enumerate(node.children):
        is_last = at == len(node.children) - 1
        branch = branches.last if is_last else branches.child
        yield from _drawn(
            child, rest + branch, rest + (branches.below if is_last else branches.beside), branches, style, width
        )


def _broken(text: str, width: int) -> list[str]:
    """A text in lines of `width` columns; words, which may be paths, are kept whole."""
    if width <= 0:
        return [text]
    from textwrap import wrap

    return wrap(text, max(width, _MIN_WIDTH), break_long_words=False, break_on_hyphens=False) or [""]


def _trace(trace: Trace) -> Node:
    lines = [(f"{trace.module} ({trace.context})", _BOLD), (trace.path, _DIM)]
    lines += [(f"started {_ROLES[each.role]} by {place(each.span, column=False)}", _DIM) for each in trace.starts]
    if not trace.starts:
        lines.append(("nothing names it", _DIM))
    if trace.problem:
        lines.append((trace.problem, _YELLOW))
    children = (Node(((name, _BOLD),), tuple(map(_possibility, trace.of(name)))) for name in trace.settings)
    return Node(tuple(lines), tuple(children))


def _possibility(possibility: Possibility) -> Node:
    judgement = possibility.judgement
    said = possibility.value
    if possibility.conditions:
        said += f", {' and '.join(possibility.conditions)}"
    lines = ((said, ""), (f"{verdict(judgement)}: {judgement.reason}", _colour(judgement)))
    steps = (f"{place(step.span)}: {step.message}" for step in possibility.steps)
    return Node((*lines, *((step, _DIM) for step in steps)))


def _colour(judgement: Judgement) -> str:
    if judgement.severity is not None:
        return _COLOURS[judgement.severity]
    return _GREEN if judgement.state == "safe" else _DIM if judgement.state == "allowed" else _YELLOW
