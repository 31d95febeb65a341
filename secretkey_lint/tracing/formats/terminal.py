"""The tree of `text` at a terminal: broken to its width, with colours, and with links to files and to rules' pages."""

from __future__ import annotations

from rich.text import Text

from secretkey_lint.drawing import LOOKS, Canvas
from secretkey_lint.tracing.formats.text import drawn, of_trace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.trace import TraceReport
    from secretkey_lint.reporters import Style
    from secretkey_lint.tracing.formats.text import Line

_LOOKS = {**LOOKS, "": "", "dim": "dim", "name": "bold", "safe": "bold green"}


def render(report: TraceReport, style: Style) -> str:
    """Return a tree for each trace."""
    canvas = Canvas(style)

    def broken(line: Line, taken: int) -> list[Text]:
        return canvas.broken(_shown(line, canvas), canvas.width - taken, whole_words=True)

    trees = (drawn(of_trace(each), style.ascii, broken) for each in report.traces)
    return "\n".join(canvas.drawn(Text.assemble(branches, text) for branches, text in tree) for tree in trees)


def _shown(line: Line, canvas: Canvas) -> Text:
    """A line in its look, with what it names leading there."""
    text, look = canvas.safe(line.text), _LOOKS[line.look]
    if not line.part:
        return Text(text, look)
    before, found, behind = text.partition(canvas.safe(line.part))
    to = line.leads_to
    part = canvas.page(Text(found), to) if isinstance(to, str) else canvas.file(Text(found), to.path, to.start.line)
    return Text.assemble(before, part, behind, style=look)
