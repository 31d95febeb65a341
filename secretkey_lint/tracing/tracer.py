"""Traces what the key can be where a project starts with a settings module."""

from __future__ import annotations

from secretkey_lint import engine
from secretkey_lint.contexts import place_of
from secretkey_lint.model.binding import Binding, Guard
from secretkey_lint.model.record import replace
from secretkey_lint.model.source import Step
from secretkey_lint.model.trace import Judgement, Possibility, Start, Trace
from secretkey_lint.model.value import EnvLookup, Literal, Unknown
from secretkey_lint.readers.python.outcome import outcome
from secretkey_lint.tracing import words
from secretkey_lint.tracing.givers import Givers
from secretkey_lint.tracing.judging import Judge
from secretkey_lint.vocabulary import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from secretkey_lint.errors import RuleError
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.rule import Rule
    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.model.value import Value
    from secretkey_lint.project.entries import Entry
    from secretkey_lint.project.project import Project
    from secretkey_lint.readers.python.outcome import Outcome, Reached
    from secretkey_lint.readers.python.remarks import Remark
    from secretkey_lint.trees.repository import Repository


class Tracer:
    """Traces modules of one repository."""

    def __init__(
        self, repository: Repository, project: Project, rules: Iterable[Rule], on_error: Callable[[RuleError], None]
    ) -> None:
        """Judge by `rules`; one that fails is told to `on_error`, and the others still judge."""
        self._repository = repository
        self._project = project
        self._judge = Judge(rules, on_error)
        self._givers = Givers(repository, project, self._judge)
        self._facts: dict[str, list[Fact]] = {}

    def trace(self, file: SourceFile, name: str, entries: list[Entry]) -> Trace:
        """Return the trace of the settings module in `file`, which is imported as `name` and started by `entries`."""
        start = self._project.settings.context_of(file.project_path)
        result = outcome(file, self._project)
        reached = [replace(each, binding=self._as_checked(each)) for each in result.reached]
        found = [
            possibility
            for each in reached
            for possibility in self._possibilities(file, each.binding, each, start, entries)
        ]
        is_for_less = bool(reached) and all(self._is_of_a_class_for_less(each.binding) for each in reached)
        seen = set() if is_for_less else {place_of(each.binding.value) for each in reached}
        for fact in self._facts_of(file):
            match fact:
                case Binding(medium="python", value=value, name="SECRET_KEY" | "SECRET_KEY_FALLBACKS") if fact.is_used:
                    if (place_of(value) is not None and place_of(value) not in seen) or not found:
                        found += self._possibilities(file, fact, None, start, entries)
        found += self._absent(result, file, start, is_all=not found)
        found += self._open(result, start)
        if not any(each.setting == KEY for each in found) and not (result.problem or result.raises):
            found.insert(0, _missing(result, start))
        return Trace(
            module=name,
            path=file.path,
            context=start,
            starts=tuple(dict.fromkeys(Start(entry.role, entry.span) for entry in entries)),
            possibilities=tuple(dict.fromkeys(found)),
            problem=_problem(result),
        )

    def _is_of_a_class_for_less(self, binding: Binding) -> bool:
        """Whether it is a class for development or tests that ends with a value; others may yet derive from its bases."""
        scopes = [guard.subject for guard in binding.guards if guard.kind == "scope"]
        return any(self._project.settings.context_of_class(each) != "production" for each in scopes)

    def _facts_of(self, file: SourceFile) -> list[Fact]:
        if file.project_path not in self._facts:
            self._facts[file.project_path] = engine.facts_of(file, self._project)
        return self._facts[file.project_path]

    def _as_checked(self, reached: Reached) -> Binding:
        """Return the binding that `check` sees for the same value in a file on its way, under this start's conditions."""
        binding = reached.binding
        place = place_of(binding.value)
        for path in dict.fromkeys(step.span.path for step in reversed(reached.way)):
            file = self._repository.shown_as(path)
            for fact in self._facts_of(file) if place is not None and file is not None and path.endswith(".py") else ():
                match fact:
                    case Binding(medium="python", value=value, name=binding.name) if fact.is_used:
                        if place_of(value) == place:
                            same: Binding = replace(binding, value=value, fallback=fact.fallback)
                            return same
        return binding

    def _possibilities(
        self, file: SourceFile, binding: Binding, reached: Reached | None, start: Context, entries: list[Entry]
    ) -> Iterator[Possibility]:
        """What a binding says that the key can be: of a lookup, what is set and what it falls back to apart."""
        guards = binding.guards
        if isinstance(
            binding.value, EnvLookup
        ):  # that it yields something where its variable is set goes without saying
            guards -= {Guard("unset", False, binding.value.name)}
        conditions = words.of_conditions(guards)
        way = reached.way if reached is not None else _way_of(binding)
        remark = reached.remark if reached is not None else None
        value = binding.value
        if not isinstance(value, EnvLookup):
            judgement = self._judge.given(file, binding, start) or self._unreported(value, remark, start)
            yield Possibility(binding.name, words.of_value(value, remark), tuple(conditions), way, judgement)
            return
        missing = reached.default if reached is not None else None
        is_safe = value.default is None and (missing is None or missing.kind == "nothing")
        alone: EnvLookup = replace(value, default=None)
        refusals = reached.refusals if reached is not None else frozenset()
        always = words.of_conditions(guards - refusals)
        yield from self._variable(file, binding, alone, always, way, start, entries, is_safe=is_safe)
        if not is_safe:
            default: Value = value.default or Unknown(value.span)
            judgement = self._judge.given(file, binding, start) or self._unreported(default, missing, start)
            is_missing = words.of_variable(value.name, is_set=False)
            conditions = list(dict.fromkeys([*conditions, is_missing]))
            yield Possibility(binding.name, words.of_value(default, missing), tuple(conditions), way, judgement)

    def _variable(
        self,
        file: SourceFile,
        binding: Binding,
        lookup: EnvLookup,
        conditions: list[str],
        way: tuple[Step, ...],
        start: Context,
        entries: list[Entry],
        *,
        is_safe: bool,
    ) -> Iterator[Possibility]:
        """What a variable of the environment can be: what the repository itself sets it to, or what nobody sees here."""
        at = next((at for at, step in enumerate(way) if step.span == lookup.span), 0)
        way = (Step(lookup.span, "looked up here"), *way[at + 1 :])
        value = words.of_value(lookup, None)
        gifts = list(self._givers.gifts(lookup, file.project_path, start, entries))
        for gift in gifts:
            place = place_of(gift.binding.value) or gift.binding.span
            steps = (Step(place, "set here"), *way)
            yield Possibility(
                binding.name, f"{value}, which {place.path} sets", tuple(conditions), steps, gift.judgement
            )
        if gifts:
            return
        is_set = words.of_variable(lookup.name, is_set=True)
        said = tuple(dict.fromkeys(conditions if is_safe else [*conditions, is_set]))
        setter = self._givers.unfollowed(lookup, file.project_path, start) if is_safe else None
        if setter is not None:
            unknown = Judgement("unknown", f"{setter.path} sets it, too, to what could not be followed", start)
            yield Possibility(binding.name, value, said, (Step(setter, "set here"), *way), unknown)
        else:
            reason = words.of_safety(lookup, None) if is_safe else "the repository does not say what it is set to"
            yield Possibility(binding.name, value, said, way, Judgement("safe", reason, start))

    def _unreported(self, value: Value, remark: Remark | None, start: Context) -> Judgement:
        """Why no rule reports a value: it is safe, or it could not be followed."""
        reason = words.of_safety(value, remark)
        if reason:
            return Judgement("safe", reason, start)
        return Judgement("unknown", words.of_ignorance(remark), start)

    def _absent(self, result: Outcome, file: SourceFile, start: Context, *, is_all: bool) -> Iterator[Possibility]:
        """What modules may say that are taken over though the repository does not hold them."""
        for step in result.absent:
            package = step.message
            first = package.partition(".")[0]
            is_ours = package.startswith(".") or self._project.resolve(first, file.project_path) is not None
            if is_ours or (is_all and first != "django"):
                reason = f"{package} is not in the repository"
                judgement = Judgement("unknown", reason, start)
                way = (Step(step.span, "taken over here"),)
                yield Possibility(KEY, "what another module says", ("where it exists",), way, judgement)

    def _open(self, result: Outcome, start: Context) -> Iterator[Possibility]:
        """What is set under names that are not known."""
        for step in result.open:
            judgement = Judgement("unknown", "which names are set could not be followed", start)
            yield Possibility(KEY, "unknown", (), (step,), judgement)


def _missing(result: Outcome, start: Context) -> Possibility:
    """What there is to say where no value was found."""
    if result.mention is not None:
        judgement = Judgement("unknown", f"no value was found, though {result.mention.path} may give it one", start)
        return Possibility(KEY, "unknown", (), (Step(result.mention, "named here"),), judgement)
    return Possibility(
        KEY, "nothing", (), (), Judgement("safe", f"{KEY} is never set here: Django refuses to start", start)
    )


def _way_of(binding: Binding) -> tuple[Step, ...]:
    """The way of a value that is given to the key elsewhere than at the end of a module."""
    place: Span = place_of(binding.value) or binding.value.span
    steps = [Step(place, "defined here")]
    match binding.value:
        case Literal(via=via) | EnvLookup(default=Literal(via=via)):
            steps += via
    if not any(step.span == binding.span for step in steps):
        steps.append(Step(binding.span, f"reaches {binding.name} here"))
    return tuple(steps)


def _problem(result: Outcome) -> str:
    if result.problem and result.span is not None:
        start = result.span.start
        return f"{result.problem} ({result.span.path}:{start.line}:{start.column})"
    if result.raises:
        return "it never ends without an error, so that nothing starts with it"
    return "it could be followed only in part" if result.is_partial else ""
