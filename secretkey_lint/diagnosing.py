"""Makes diagnostics of violations: what people are told, with nothing of a key in it."""

from __future__ import annotations

from secretkey_lint import frames
from secretkey_lint.model.binding import Binding, Damage, Exposure, IdleSuppression
from secretkey_lint.model.diagnostic import Diagnostic, Frame
from secretkey_lint.model.record import replace
from secretkey_lint.model.source import Step
from secretkey_lint.quoting import lines_within_texts
from secretkey_lint.readers.reading import overlap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.judging import Candidate
    from secretkey_lint.model.source import SourceFile, Span

DOCUMENTATION = "https://github.com/secretkey-lint/secretkey-lint/blob/main/docs/rules"
"""Where the rules' pages are read."""


def page_of(code: str) -> str:
    """Return the address of the page of a rule."""
    return f"{DOCUMENTATION}/{code}.md"


def way_of(candidate: Candidate) -> tuple[Step, ...]:
    """Return the places that people are told of besides that of the violation."""
    fact, violation = candidate.fact, candidate.violation
    related = violation.related
    if (
        isinstance(fact, Binding)
        and not related
        and fact.name
        and fact.span.start.line != violation.span.start.line
        and not overlap(fact.span, violation.span)
    ):
        related = (Step(fact.span, f"reaches {fact.name} here"),)
    return (*related, *candidate.way)


def diagnostic(candidate: Candidate, way: tuple[Step, ...], lines: dict[str, Lines]) -> Diagnostic:
    """Return what is told of a violation and of its way; `lines` are those of the files that it leads through."""
    rule, fact, span = candidate.rule, candidate.fact, candidate.violation.span
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=candidate.severity,
        context=candidate.context,
        span=span,
        message=_message(candidate),
        help=rule.help,
        url=page_of(rule.code),
        byte_columns=_byte_columns(span, lines[span.path]),
        subject="" if isinstance(fact, Damage | IdleSuppression) else fact.name,
        related=tuple(_framed(step, lines[step.span.path]) for step in way),
        frame=(
            Frame(fact.shown, 1, len(fact.shown))
            if isinstance(fact, IdleSuppression)  # beside a key, so that nothing else of the line is shown
            else frames.frame(lines[span.path].line(span.start.line), span, lines[span.path].values(span.start.line))
        ),
    )


def _byte_columns(span: Span, lines: Lines) -> tuple[int, int] | None:
    """Where a span begins and ends in its lines, in bytes of UTF-8 from 1."""
    if not lines.are_known(span):
        return None
    before = [lines.line(each.line)[: each.column - 1] for each in (span.start, span.end)]
    start, end = (len(text.encode("utf-8", "replace")) + 1 for text in before)
    return start, end


def _message(candidate: Candidate) -> str:
    """What is wrong, and in which part of the file where people count by such."""
    match candidate.fact:
        case Binding(within=within) | Exposure(within=within) if within:
            return f"{candidate.violation.message} ({within})"
        case _:
            return candidate.violation.message


def _framed(step: Step, lines: Lines) -> Step:
    """A step with its masked line, where there is one to be shown."""
    number = step.span.start.line
    line = lines.line_of_code(number) if step.span.path.endswith(frames.PYTHON) else lines.line(number)
    found = frames.step_frame(line, step.span, step.message, lines.values(number)) if line else None
    return replace(step, frame=found) if found is not None else step


class Lines:
    """The lines of a file at which spans begin and end; none of a file that is no UTF-8, in which columns are not sure."""

    def __init__(self, file: SourceFile | None, spans: list[Span], values: Iterable[Span] = ()) -> None:
        """Take the file, the spans, and where readers have found values in it."""
        wanted = {position.line for span in spans for position in (span.start, span.end)}
        lines: list[str] = []
        if wanted and file is not None and file.is_utf_8():
            text = file.text().replace("\r\n", "\n").replace("\r", "\n")
            lines = text.split("\n", max(wanted))[: max(wanted)]
        self._text = "\n".join(lines)
        self._lines = {number: lines[number - 1] for number in wanted if number <= len(lines)}
        self._within_texts: set[int] | None = None
        self._values = () if file is None or file.path.endswith(frames.PYTHON) else tuple(values)

    def are_known(self, span: Span) -> bool:
        """Whether the lines are there at which a span begins and ends."""
        return span.start.line in self._lines and span.end.line in self._lines

    def line(self, number: int) -> str:
        """Return a line, or nothing."""
        return self._lines.get(number, "")

    def values(self, number: int) -> list[tuple[int, int]]:
        """Return the offsets in a line between which values stand that are known; of Python its quotes tell."""
        stretches: list[tuple[int, int]] = []
        for value in self._values:
            if value.start.line <= number <= value.end.line:
                start = value.start.column - 1 if value.start.line == number else 0
                end = value.end.column - 1 if value.end.line == number else len(self.line(number))
                stretches.append((start, end))
        return stretches

    def line_of_code(self, number: int) -> str:
        """Return a line of Python that does not begin within a text, or nothing."""
        if self._within_texts is None:
            self._within_texts = lines_within_texts(self._text)
        return "" if number in self._within_texts else self.line(number)
