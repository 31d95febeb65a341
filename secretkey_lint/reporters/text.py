"""For people who read it in a file or a log: each finding with its masked line of code, the way of the value, and what to do."""

from __future__ import annotations

from secretkey_lint.reporters import printable, summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style


def render(report: Report, style: Style) -> str:
    """Return the report with a paragraph for each diagnostic, and, unless it is to be quiet, a summary."""
    paragraphs = [_paragraph(diagnostic, style) for diagnostic in report.diagnostics]
    return "\n".join(paragraphs if style.quiet else [*paragraphs, f"{summary(report)}\n"])


def _paragraph(diagnostic: Diagnostic, style: Style) -> str:
    start = diagnostic.span.start
    place = f"{printable(diagnostic.span.path)}:{start.line}:{start.column}"
    heading = f"{diagnostic.severity}: {diagnostic.code} {diagnostic.name}"
    where = "" if diagnostic.context == "production" else f" ({diagnostic.context})"
    lines = [f"{place}: {heading}{where}", f"  {printable(diagnostic.message)}"]
    if diagnostic.frame is not None:
        number = str(start.line)
        mark = "^" * diagnostic.frame.width
        text = diagnostic.frame.text.replace("•", "*") if style.ascii else diagnostic.frame.text
        lines.append(f"  {number} | {printable(text)}")
        lines.append(f"  {' ' * len(number)} | {' ' * (diagnostic.frame.column - 1)}{mark}")
    for step in diagnostic.related:
        at = step.span.start
        lines.append(f"  {printable(step.span.path)}:{at.line}:{at.column}: {printable(step.message)}")
    lines.append(f"  help: {diagnostic.help}")
    return "\n".join(lines) + "\n"
