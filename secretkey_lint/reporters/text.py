"""For people: each finding with its masked line of code, the way of the value, and what to do."""

from __future__ import annotations

from secretkey_lint.reporters import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "note": "\x1b[1;36m"}
_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def render(report: Report, style: Style) -> str:
    """Return the report with a paragraph for each diagnostic, and, unless it is to be quiet, a summary."""
    paragraphs = [_paragraph(diagnostic, style) for diagnostic in report.diagnostics]
    return "\n".join(paragraphs if style.quiet else [*paragraphs, _summary(report)])


def _paragraph(diagnostic: Diagnostic, style: Style) -> str:
    start = diagnostic.span.start
    place = f"{printable(diagnostic.span.path)}:{start.line}:{start.column}"
    heading = f"{diagnostic.severity}: {diagnostic.code} {diagnostic.name}"
    if style.colour:
        place = f"{_BOLD}{place}{_RESET}"
        heading = f"{_COLOURS[diagnostic.severity]}{heading}{_RESET}"
    where = "" if diagnostic.context == "production" else f" ({diagnostic.context})"
    lines = [f"{place}: {heading}{where}", f"  {printable(diagnostic.message)}"]
    if diagnostic.frame is not None:
        number = str(start.line)
        mark = "^" * diagnostic.frame.width
        text = diagnostic.frame.text.replace("•", "*") if style.ascii else diagnostic.frame.text
        if style.colour:
            mark = f"{_COLOURS[diagnostic.severity]}{mark}{_RESET}"
        lines.append(f"  {number} | {printable(text)}")
        lines.append(f"  {' ' * len(number)} | {' ' * (diagnostic.frame.column - 1)}{mark}")
    for step in diagnostic.related:
        at = step.span.start
        lines.append(f"  {printable(step.span.path)}:{at.line}:{at.column}: {printable(step.message)}")
    lines.append(f"  {_DIM}help: {diagnostic.help}{_RESET}" if style.colour else f"  help: {diagnostic.help}")
    return "\n".join(lines) + "\n"


def _summary(report: Report) -> str:
    """One line: what was found, and in how much."""
    counts = [_count(report.count("error"), "error"), _count(report.count("warning"), "warning")]
    notes = report.count("note")
    if notes:
        counts.append(_count(notes, "note"))
    looked_at = f"{_count(report.files, 'file')} looked at, {report.analysed} analysed"
    for number, what in (
        (report.excluded, "excluded"),
        (report.suppressed, "suppressed"),
        (report.baselined, "in the baseline"),
    ):
        looked_at += f", {number} {what}" if number else ""
    said = ", ".join(counts) if report.diagnostics else "Nothing to report"
    stale = ""
    if report.stale:
        are = "entry of the baseline is" if report.stale == 1 else "entries of the baseline are"
        stale = f"{report.stale} {are} stale; `secretkey-lint baseline audit` lists what is, `prune` drops it.\n"
    return f"{said}: {looked_at}.\n{stale}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
