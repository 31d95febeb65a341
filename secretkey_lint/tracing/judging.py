"""Judges what a start can give to the key, by the rules and the severities that `check` judges by."""

from __future__ import annotations

from secretkey_lint import judging
from secretkey_lint.contexts import Given, place_of
from secretkey_lint.diagnosing import DOCUMENTATION
from secretkey_lint.model.trace import Judgement
from secretkey_lint.model.value import CommittedFile, EnvLookup, Literal
from secretkey_lint.tracing import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from secretkey_lint.contexts import ByPath
    from secretkey_lint.errors import RuleError
    from secretkey_lint.model.binding import Binding
    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.rule import Rule
    from secretkey_lint.model.source import SourceFile


class Judge:
    """Applies the rules to one binding at a time."""

    def __init__(self, rules: Iterable[Rule], on_error: Callable[[RuleError], None]) -> None:
        """Judge by `rules`; one that fails is told to `on_error`."""
        self._rules = list(rules)
        self._on_error = on_error

    def given(self, file: SourceFile, binding: Binding, start: Context) -> Judgement | None:
        """Return what is to be said of a binding where a project is started for `start`; None for what no rule is about."""
        said = self.judged(file, binding, Given(start))
        if said is not None:
            return said
        if self.judged(file, binding, Given("production")) is not None or _stands_here(binding):
            where = Given(start).context(binding)
            return Judgement("allowed", words.of_allowance(where), where)
        return None

    def judged(self, file: SourceFile, binding: Binding, contexts: ByPath) -> Judgement | None:
        """Return what `check` says of a binding in a context, or None."""
        place = place_of(binding.value)
        for candidate in judging.judge(file, [binding], contexts, self._rules, self._on_error):
            if candidate.violation.span == place:
                rule, message = candidate.rule, candidate.violation.message
                url = f"{DOCUMENTATION}/{rule.code}.md"
                return Judgement("reported", message, candidate.context, rule.code, rule.name, candidate.severity, url)
        return None


def _stands_here(binding: Binding) -> bool:
    """Whether the value is one that anybody knows who reads the repository: never to be called safe."""
    value = binding.value.default if isinstance(binding.value, EnvLookup) else binding.value
    return isinstance(value, Literal | CommittedFile)
