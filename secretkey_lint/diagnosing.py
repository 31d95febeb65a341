"""Makes diagnostics of violations: what people are told, with nothing of a key in it."""

from __future__ import annotations

from secretkey_lint import frames
from secretkey_lint.model.binding import Binding, Damage, Exposure, IdleSuppression
from secretkey_lint.model.diagnostic import Diagnostic, Frame
from secretkey_lint.model.source import Step
from secretkey_lint.readers.reading import overlap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.judging import Candidate
    from secretkey_lint.model.source import SourceFile, Span

DOCUMENTATION = "https://github.com/secretkey-lint/secretkey-lint/blob/main/docs/rules"
"""Where the rules' pages are read."""


def page_of(code: str) -> str:
    """Return the address of the page of a rule."""
    return f"{DOCUMENTATION}/{code}.md"


def diagnostic(candidate: Candidate, lines: dict[int, str]) -> Diagnostic:
    """Return what is told of a violation; `lines` are those of its file, by their numbers."""
    rule, fact, violation = candidate.rule, candidate.fact, candidate.violation
    span = violation.span
    related = violation.related
    if (
        isinstance(fact, Binding)
        and not related
        and fact.name
        and fact.span.start.line != span.start.line
        and not overlap(fact.span, span)
    ):
        related = (Step(fact.span, f"reaches {fact.name} here"),)
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=candidate.severity,
        context=candidate.context,
        span=span,
        message=_message(candidate),
        help=rule.help,
        url=page_of(rule.code),
        byte_columns=_byte_columns(span, lines),
        subject="" if isinstance(fact, Damage | IdleSuppression) else fact.name,
        related=(*related, *candidate.way),
        frame=(
            Frame(fact.shown, 1, len(fact.shown))
            if isinstance(fact, IdleSuppression)  # beside a key, so that nothing else of the line is shown
            else frames.frame(lines.get(span.start.line, ""), span)
        ),
    )


def _byte_columns(span: Span, lines: dict[int, str]) -> tuple[int, int] | None:
    """Where a span begins and ends in its lines, in bytes of UTF-8 from 1."""
    if span.start.line not in lines or span.end.line not in lines:
        return None
    before = [lines[each.line][: each.column - 1] for each in (span.start, span.end)]
    start, end = (len(text.encode("utf-8", "replace")) + 1 for text in before)
    return start, end


def _message(candidate: Candidate) -> str:
    """What is wrong, and in which part of the file where people count by such."""
    match candidate.fact:
        case Binding(within=within) | Exposure(within=within) if within:
            return f"{candidate.violation.message} ({within})"
        case _:
            return candidate.violation.message


def lines_at(file: SourceFile | None, spans: list[Span]) -> dict[int, str]:
    """The lines at which `spans` begin and end, by their numbers."""
    wanted = {position.line for span in spans for position in (span.start, span.end)}
    if not wanted or file is None or not _is_utf_8(file.content):
        return {}  # without the columns being sure, nothing of a line may be shown
    text = file.text().replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n", max(wanted))
    return {number: lines[number - 1] for number in wanted if number <= len(lines)}


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except ValueError:
        return False
    return True
