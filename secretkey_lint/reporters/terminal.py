"""For people at a terminal: findings by file, each with its masked line, the way of the value, and what to do."""

from __future__ import annotations

from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from secretkey_lint.drawing import LOOKS, Canvas
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import Step
from secretkey_lint.reporters import summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.diagnostic import Diagnostic, Frame
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style

_LINES = _STEP = "bold blue"


class Signs(Record):
    """What a picture is drawn with."""

    first: str
    following: str
    last: str
    beside: str
    rule: str
    cut: str


_BOXES = Signs("╭─", "├─", "╰─", "│", "━", "…")
_ASCII = Signs(",-", "|-", "`-", "|", "=", "...")


def render(report: Report, style: Style) -> str:
    """Return the picture of a report, and, unless it is to be quiet, a summary below it."""
    return Picture(style).of(report)


class Picture:
    """Draws reports in lines that are as wide as the terminal."""

    def __init__(self, style: Style) -> None:
        self._canvas = Canvas(style)
        self._style = style
        self._signs = _ASCII if style.ascii else _BOXES
        self._width = self._canvas.width
        self._safe = self._canvas.safe

    def of(self, report: Report) -> str:
        """Return a picture of a report."""
        parts = []
        for path, found in groupby(report.diagnostics, lambda each: each.span.path):
            parts.append(self._canvas.drawn([self._heading(path)]))
            parts += [self._canvas.drawn([*self._finding(each), Text()]) for each in found]
        if not self._style.quiet:
            for line in summary(report).splitlines():
                parts.append(self._canvas.drawn(self._canvas.broken(Text(self._safe(line), "bold"), self._width)))
        return "".join(parts)

    def _heading(self, path: str) -> Text:
        """The name of a file in a rule over the width."""
        name, rule = self._safe(path), self._signs.rule
        behind = max(2, self._width - cell_len(name) - 4)
        return Text.assemble(
            (rule * 2, _LINES), " ", self._canvas.file(Text(name, "bold"), path), " ", (rule * behind, _LINES)
        )

    def _finding(self, diagnostic: Diagnostic) -> Iterator[Text]:
        look = LOOKS[diagnostic.severity]
        code = self._canvas.page(Text(self._safe(diagnostic.code), look), diagnostic.url)
        where = "" if diagnostic.context == "production" else f" ({diagnostic.context})"
        name = (self._safe(diagnostic.name), "bold")
        yield from self._canvas.broken(
            Text.assemble((diagnostic.severity, look), " ", code, " ", name, (where, "dim")), self._width
        )
        yield from self._canvas.broken(Text(self._safe(diagnostic.message)), self._width)
        places = [(Step(diagnostic.span, "", diagnostic.frame), "^", look)]
        places += [(step, "-", _STEP) for step in diagnostic.related]
        margin = max(len(str(step.span.start.line)) for step, _, _ in places) + 1
        above: tuple[str, int, str] | None = None
        for step, mark, mark_look in places:
            shown = self._cut(step.frame, self._width - margin - 2) if step.frame is not None else ("", "", "")
            yield from self._place(step, shown, above, margin)
            yield from self._said(step, shown, margin, mark, mark_look)
            above = (step.span.path, step.span.start.line, "".join(shown))
        yield from self._advice(diagnostic, margin)

    def _place(
        self, step: Step, code: tuple[str, str, str], above: tuple[str, int, str] | None, margin: int
    ) -> Iterator[Text]:
        """The file and the line of a place, without what is drawn `above`: a path, a line and the code of it."""
        path, line, shown = step.span.path, step.span.start.line, "".join(code)
        if above is None or above[0] != path or not shown or not above[2]:
            corner = self._signs.first if above is None else self._signs.following
            where = Text(self._safe(f"{path}:{line}:{step.span.start.column}"), "bold")
            yield Text.assemble((f"{' ' * margin}{corner} ", _LINES), self._canvas.file(where, path, line))
            above = None
        if shown and (above is None or above[1] != line or not above[2].startswith(code[0] + code[1])):
            yield Text.assemble((f"{line:>{margin - 1}} {self._signs.beside} ", _LINES), shown)

    def _said(self, step: Step, code: tuple[str, str, str], margin: int, mark: str, look: str) -> Iterator[Text]:
        """The mark under a line of code, and what is said of it, behind the mark or, for want of room, below."""
        message = Text(self._safe(step.message), look)
        gutter = f"{' ' * margin}{self._signs.beside} "
        room = self._width - len(gutter)
        indent, width = cell_len(code[0]), max(1, cell_len(code[1]))
        if step.frame is not None:
            fits = indent + width + 1 + cell_len(message.plain) <= room
            behind = Text.assemble(" ", message) if message and fits else Text()
            yield Text.assemble((gutter, _LINES), " " * indent, (mark * width, look), behind)
            message = Text() if fits else message
        if not message:
            return
        indent = min(indent, max(0, room - cell_len(message.plain)))
        for line in self._canvas.broken(message, room - indent):
            yield Text.assemble((gutter, _LINES), " " * indent, line)

    def _cut(self, frame: Frame, room: int) -> tuple[str, str, str]:
        """A line of code before, under and behind its mark, cut around the mark where there is no room for all of it."""
        at, end = frame.column - 1, frame.column - 1 + frame.width
        before, marked, behind = map(self._safe, (frame.text[:at], frame.text[at:end], frame.text[end:]))
        if cell_len(before) + cell_len(marked) + cell_len(behind) <= room:
            return before, marked, behind
        sign = self._signs.cut
        if cell_len(marked) > room - 2 * len(sign):
            marked, behind = set_cell_size(marked, room - 2 * len(sign)).rstrip(), sign
        left = room - cell_len(marked)
        left_behind = min(cell_len(behind), max(len(sign), left - cell_len(before)))
        if cell_len(before) > left - left_behind:
            before = sign + set_cell_size(before[::-1], left - left_behind - len(sign))[::-1].lstrip()
        if cell_len(behind) > left - cell_len(before):
            behind = set_cell_size(behind, left - cell_len(before) - len(sign)).rstrip() + sign
        return before, marked, behind

    def _advice(self, diagnostic: Diagnostic, margin: int) -> Iterator[Text]:
        """What to do, and, where no link leads there, the page that says more."""
        corner = f"{' ' * margin}{self._signs.last} "
        room = self._width - len(corner)
        for line in self._canvas.broken(Text.assemble(("help: ", "bold"), self._safe(diagnostic.help)), room):
            yield Text.assemble((corner, _LINES), line)
            corner = " " * len(corner)
        if not self._style.links:
            yield Text.assemble(corner, (f"see {self._safe(diagnostic.url)}", "dim"))
