"""What rules say of facts: violations, one a place, each as loud as its context makes it."""

from __future__ import annotations

from secretkey_lint import severity
from secretkey_lint.errors import RuleError
from secretkey_lint.model.record import Record, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from secretkey_lint.contexts import ByPath
    from secretkey_lint.errors import ReadError
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.rule import Rule, Violation
    from secretkey_lint.model.source import SourceFile, Span, Step


class Candidate(Record):
    """A violation, with what decides whether it is the one that is reported for its place."""

    rule: Rule
    fact: Fact
    violation: Violation
    context: Context
    severity: Severity
    way: tuple[Step, ...] = ()
    """The steps behind those of the violation, to what makes the context what it is."""
    suppression: Suppression | None = None


class Suppression(Record):
    """What keeps a violation from being reported: the reason that somebody gave, masked."""

    reason: str


def candidates(
    file: SourceFile | ReadError,
    facts: list[Fact],
    contexts: ByPath,
    rules: Iterable[Rule],
    on_error: Callable[[RuleError], None],
) -> Iterator[Candidate]:
    """Yield what the rules say of facts of one file; `contexts` says how loudly. A rule that fails is told to `on_error`."""
    for rule in rules:
        failed = False
        for fact in facts:
            try:
                violations = list(rule.check(fact))
            except Exception:
                failed = True
                continue
            if not violations:
                continue
            where = contexts.context(fact)
            for violation in violations:
                loudness = severity.of(rule.verdict, where, looks_generated=violation.looks_generated)
                if loudness is not None:
                    yield Candidate(rule, fact, violation, where, loudness, contexts.way(fact))
        if failed:  # what was raised may hold a key, so that nothing of it is passed on
            on_error(RuleError(f"the rule {rule.code} {rule.name} failed on {file.path}; please report it"))


def judge(
    file: SourceFile, facts: list[Fact], contexts: ByPath, rules: Iterable[Rule], on_error: Callable[[RuleError], None]
) -> list[Candidate]:
    """Return what the rules say of facts of one file, one violation a place; `contexts` says how loudly."""
    return one_a_place(candidates(file, facts, contexts, rules, on_error), lambda _: None)


def one_a_place(
    candidates: Iterable[Candidate], suppression_of: Callable[[Candidate], Suppression | None]
) -> list[Candidate]:
    """Keep one violation a place: the most severe, among equals the most specific; it says what else holds.

    Where that one is suppressed, so is the place; what a suppression of another rule there is for is not said.
    """
    places: dict[Span, list[Candidate]] = {}
    for candidate in candidates:
        places.setdefault(candidate.violation.span, []).append(candidate)
    chosen: list[Candidate] = []
    for span in sorted(places, key=_order):
        ranked = [
            replace(each, suppression=suppression_of(each)) for each in sorted(places[span], key=_weight, reverse=True)
        ]
        if not ranked[0].violation.message:  # it only adds to what nothing is said of
            continue
        speaking = [each for each in ranked if each.rule is ranked[0].rule]
        best = next((each for each in speaking if each.suppression is None), speaking[0])
        others = [each for each in ranked if each.rule is not best.rule and each.suppression is None]
        message = "; ".join(
            [best.violation.message, *filter(None, dict.fromkeys(each.violation.also for each in others))]
        )
        chosen.append(replace(best, violation=replace(best.violation, message=message)))
    return chosen


def _weight(candidate: Candidate) -> tuple[bool, int, int]:
    """How much a candidate is to be preferred; one that only adds to others comes behind them all."""
    said = bool(candidate.violation.message)
    return said, ("note", "warning", "error").index(candidate.severity), candidate.rule.rank


def _order(span: Span) -> tuple[str, int, int]:
    return span.path, span.start.line, span.start.column
