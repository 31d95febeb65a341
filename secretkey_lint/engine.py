"""Ties the layers: a file becomes facts, facts become diagnostics. It holds no knowledge of its own."""

from __future__ import annotations

from secretkey_lint import frames, readers, severity
from secretkey_lint.errors import ReadError, RuleError
from secretkey_lint.model.binding import Binding, Damage
from secretkey_lint.model.diagnostic import Diagnostic
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.source import Position, Span, Step
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.project import context
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.rule import Rule, Violation
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

DOCUMENTATION = "https://github.com/secretkey-lint/secretkey-lint/blob/main/docs/rules"
"""Where the rules' pages are read."""


class Candidate(Record):
    """A violation, with what decides whether it is the one that is reported for its place."""

    rule: Rule
    fact: Fact
    violation: Violation
    context: Context
    severity: Severity


def facts_of(file: SourceFile | ReadError, surroundings: Surroundings = ALONE) -> list[Fact]:
    """Return what the readers find in a file, or that it could not be read."""
    if isinstance(file, ReadError):
        start = Position(1, 1)
        return [Damage(Span(file.path, start, start), str(file), scanned=False)]
    name = readers.reader_for(file.project_path)
    facts = readers.load(name)(file, surroundings)
    if name == "dotenv":
        covered: dict[int, list[Span]] = {}
        for fact in facts:
            for literal in _literals(fact):
                for line in range(literal.span.start.line, literal.span.end.line + 1):
                    covered.setdefault(line, []).append(literal.span)
        facts += [
            fact
            for fact in readers.load("text")(file, surroundings)
            if not any(_overlap(fact.span, span) for span in covered.get(fact.span.start.line, ()))
        ]
    return facts


def check_file(
    file: SourceFile | ReadError,
    rules: Iterable[Rule],
    on_error: Callable[[RuleError], None],
    surroundings: Surroundings = ALONE,
) -> list[Diagnostic]:
    """Return the diagnostics of one file, in the order of their places.

    A rule that fails is told to `on_error`, and the others still report.
    """
    facts = facts_of(file, surroundings)
    if not facts:
        return []
    chosen = _one_a_place(_candidates(file, facts, rules, on_error))
    lines = _lines(file, [candidate.violation.span for candidate in chosen])
    ordinals: dict[tuple[str, str], int] = {}
    diagnostics: list[Diagnostic] = []
    for candidate in chosen:
        diagnostic = _diagnostic(candidate, lines)
        identity = diagnostic.code, diagnostic.subject
        ordinals[identity] = ordinals.get(identity, -1) + 1
        diagnostics.append(replace(diagnostic, ordinal=ordinals[identity]))
    return diagnostics


def _candidates(
    file: SourceFile | ReadError, facts: list[Fact], rules: Iterable[Rule], on_error: Callable[[RuleError], None]
) -> Iterator[Candidate]:
    path_context = context.of_path(file.project_path)
    for rule in rules:
        failed = False
        for fact in facts:
            where = path_context if isinstance(fact, Damage) else context.of_binding(path_context, fact.guards)
            try:
                violations = list(rule.check(fact))
            except Exception:
                failed = True
                continue
            for violation in violations:
                loudness = severity.of(rule.verdict, where, looks_generated=violation.looks_generated)
                if loudness is not None:
                    yield Candidate(rule, fact, violation, where, loudness)
        if failed:  # what was raised may hold a key, so that nothing of it is passed on
            on_error(RuleError(f"the rule {rule.code} {rule.name} failed on {file.path}; please report it"))


def _one_a_place(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep one violation a place: the most severe, among equals the most specific; it says what else holds."""
    places: dict[Span, list[Candidate]] = {}
    for candidate in candidates:
        places.setdefault(candidate.violation.span, []).append(candidate)
    chosen: list[Candidate] = []
    for span in sorted(places, key=_order):
        best, *others = sorted(places[span], key=_weight, reverse=True)
        also = dict.fromkeys(each.violation.also for each in others if each.rule is not best.rule)
        message = "; ".join([best.violation.message, *filter(None, also)])
        chosen.append(replace(best, violation=replace(best.violation, message=message)))
    return chosen


def _weight(candidate: Candidate) -> tuple[int, int]:
    return ("note", "warning", "error").index(candidate.severity), candidate.rule.rank


def _order(span: Span) -> tuple[str, int, int]:
    return span.path, span.start.line, span.start.column


def _diagnostic(candidate: Candidate, lines: dict[int, str]) -> Diagnostic:
    rule, fact, violation = candidate.rule, candidate.fact, candidate.violation
    span = violation.span
    related = violation.related
    if (
        isinstance(fact, Binding)
        and not related
        and fact.name
        and fact.span.start.line != span.start.line
        and not _overlap(fact.span, span)
    ):
        related = (Step(fact.span, f"reaches {fact.name} here"),)
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=candidate.severity,
        context=candidate.context,
        span=span,
        message=violation.message,
        help=rule.help,
        url=f"{DOCUMENTATION}/{rule.code}.md",
        subject="" if isinstance(fact, Damage) else fact.name,
        related=related,
        frame=frames.frame(lines.get(span.start.line, ""), span),
    )


def _lines(file: SourceFile | ReadError, spans: list[Span]) -> dict[int, str]:
    """The lines at which `spans` begin, by their numbers."""
    wanted = {span.start.line for span in spans}
    if not wanted or isinstance(file, ReadError) or not _is_utf_8(file.content):
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


def _literals(fact: Fact) -> Iterator[Literal]:
    match fact:
        case Binding(value=Literal() as literal) | Binding(value=EnvLookup(default=Literal() as literal)):
            yield literal


def _overlap(first: Span, second: Span) -> bool:
    return first.path == second.path and _before(first, second) and _before(second, first)


def _before(first: Span, second: Span) -> bool:
    """Whether `first` begins before `second` ends."""
    return (first.start.line, first.start.column) < (second.end.line, second.end.column)
