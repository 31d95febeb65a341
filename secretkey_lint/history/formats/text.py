"""For people: each key with the commits that it came and went with, its places, and who has it."""

from __future__ import annotations

from secretkey_lint.reporters import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.history import HistoryReport, Leak, Moment
    from secretkey_lint.reporters import Style

MAX_PLACES = 10
"""Files that are named of a key; more have it where one was copied around."""

MAX_BRANCHES = 3
"""Branches that are named."""

_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "note": "\x1b[1;36m"}
_RESET = "\x1b[0m"


def render(report: HistoryReport, style: Style) -> str:
    """Return the report with a paragraph for each leak, and, unless it is to be quiet, a summary."""
    paragraphs = [_paragraph(leak, style) for leak in report.leaks]
    return "\n".join(paragraphs if style.quiet else [*paragraphs, f"{_summary(report)}\n"])


def _paragraph(leak: Leak, style: Style) -> str:
    loudest = next(each for each in leak.places if each.severity == leak.severity)
    heading = f"{leak.severity}: {loudest.code} {loudest.name}"
    if style.colour:
        heading = f"{_COLOURS[leak.severity]}{heading}{_RESET}"
    where = "" if loudest.context == "production" else f" ({loudest.context})"
    lines = [f"{_day(leak.first)}: {heading}{where}", f"  {printable(loudest.message)}"]
    for place in leak.places[:MAX_PLACES]:
        at = f"{printable(place.path)}:{place.start.line}:{place.start.column}"
        until = "" if place.is_current else f", last in {_day(place.last)}"
        lines.append(f"  {at}: since {_day(place.first)}{until}")
    if leak.places[MAX_PLACES:]:
        lines.append(f"  and in {len(leak.places) - MAX_PLACES} more files")
    if leak.removed is not None:
        lines.append(f"  taken out by {_day(leak.removed)}; the history keeps it")
    elif leak.tips:
        lines.append(f"  still in {_some(leak.tips)}")
    if leak.published:
        lines.append(f"  pushed: {_some(leak.published)}")
    else:
        lines.append("  not pushed, as far as this clone knows")
    return "\n".join(lines) + "\n"


def _day(moment: Moment) -> str:
    """A commit as people read it: the day, and enough of its id."""
    return f"{moment.date[:10]} {moment.commit[:12]}"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - MAX_BRANCHES} more" if names[MAX_BRANCHES:] else ""
    return ", ".join(map(printable, names[:MAX_BRANCHES])) + more


def _summary(report: HistoryReport) -> str:
    counts = [_count(report.count("error"), "error"), _count(report.count("warning"), "warning")]
    notes = report.count("note")
    if notes:
        counts.append(_count(notes, "note"))
    said = ", ".join(counts) if report.leaks else "Nothing to report"
    looked_at = (
        f"{_count(report.commits, 'commit')} with {_count(report.versions, 'version')} of files looked at, "
        f"{report.analysed} analysed"
    )
    for number, what in (
        (report.unparsed, "scanned as text"),
        (report.suppressed, "suppressed"),
        (report.baselined, "in the baseline"),
    ):
        looked_at += f", {number} {what}" if number else ""
    return f"{said}: {looked_at}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
