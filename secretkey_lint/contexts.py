"""In which context facts hold: what their path and conditions say, corrected by what the project starts with."""

from __future__ import annotations

from secretkey_lint.model.binding import Binding, Damage, IdleSuppression, Reuse
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import Step
from secretkey_lint.model.value import CommittedFile, Derived, EnvLookup, Literal, Random
from secretkey_lint.project import context
from secretkey_lint.vocabulary import KEY, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.model.value import Value
    from secretkey_lint.project.project import Project
    from secretkey_lint.readers.python.outcome import Outcome

_SETTINGS_WORDS = frozenset({"settings", "setting", "config", "conf", "configuration"})
_ORDER: tuple[Context, ...] = ("production", "development", "test", "example")


class ByPath:
    """The context that a path and conditions say."""

    def __init__(self, path: str, said: Context | None = None) -> None:
        """Judge by `path`, unless the configuration has `said` what the context is."""
        self.path_context = said or context.of_path(path)

    def context(self, fact: Fact) -> Context:
        """Return the context of a fact of the file."""
        if isinstance(fact, Reuse):
            return fact.context
        if isinstance(fact, Damage | IdleSuppression):
            return self.path_context
        return context.of_binding(self.path_context, fact.guards)

    def way(self, fact: Fact) -> tuple[Step, ...]:
        """Return the steps from where a fact stands to what made its context another than the path says."""
        return ()


class Given(ByPath):
    """The context of what a project starts with, given what it is started for."""

    def __init__(self, given: Context) -> None:  # whatever the file is called that a value stands in
        self.path_context = given


class ByStart(ByPath):
    """The context of what a settings module gives to the key, by the modules that the project starts with."""

    def __init__(self, file: SourceFile, project: Project, said: Context | None = None) -> None:
        """Judge by what `project` starts with, unless the configuration has `said` what the context is."""
        super().__init__(file.project_path, said)
        self._path = file.project_path
        self._project = project
        self._heirs: list[dict[Span, _Inherited]] | None = None
        self._start: tuple[Step, ...] = ()
        self._is_settled = said is not None or not file.project_path.endswith(".py")
        self._has_configurations = not self._is_settled and b"configurations" in file.content
        """Whether classes may be those of django-configurations, of which one is chosen; others may be used as they are."""

    def context(self, fact: Fact) -> Context:
        """Return the context of a fact of the file.

        The project is asked only where the answer can matter: it costs a search.
        """
        return self._judged(fact).context

    def way(self, fact: Fact) -> tuple[Step, ...]:
        """Return the steps from where a fact stands to what made its context another than the path says."""
        return self._judged(fact).way

    def _judged(self, fact: Fact) -> _Inherited:
        said = super().context(fact)
        if not isinstance(fact, Binding) or said == "example":
            return _Inherited(said)
        if any(each.kind == "scope" for each in fact.guards):
            if said != "production" or place_of(fact.value) is None:
                return _Inherited(said)
            return _Inherited(self._of_classes(fact) if self._has_configurations else self._of_class(fact))
        self._settle()
        said = super().context(fact)
        place = place_of(fact.value)
        if self._heirs and place is not None and said in ("production", "development"):
            reached = [heir[place] for heir in self._heirs if place in heir]
            return min(reached, key=_loudness) if reached else _Inherited("development")
        return _Inherited(said, self._start if said == "production" else ())

    def _of_classes(self, binding: Binding) -> Context:
        """What the value of a class's attribute is for: what the classes are for that end with it.

        It is not taken for anything less than production where no class is for that.
        """
        result = self._outcome(self._path)
        ends: dict[Context, set[Span | None]] = {}
        for each in result.reached:
            for guard in each.binding.guards:
                if guard.kind == "scope":
                    where = self._project.settings.context_of_class(guard.subject)
                    ends.setdefault(where, set()).add(place_of(each.binding.value))
        if result.problem or result.is_partial or "production" not in ends:
            return "production"
        place = place_of(binding.value)
        return next((where for where in _ORDER if place in ends.get(where, ())), "development")

    def _of_class(self, binding: Binding) -> Context:
        """What the value of a class's attribute is for, where Django starts with the module, which sets the key itself.

        It is not taken for anything less than production where it can't be told.
        """
        self._settle()
        starts = self._starts()
        if not starts or self.path_context not in ("production", "development"):
            return "production"
        place = place_of(binding.value)
        reached: list[_Inherited] = []
        for path in starts:
            inherited = self._inherited_by(path)
            if inherited is None or not self._sets_the_key(path):
                return "production"
            reached += [inherited[place]] if place in inherited else []
        return min(reached, key=_loudness).context if reached else "development"

    def _sets_the_key(self, path: str) -> bool:
        """Whether a module surely has a key by its own name when it is over, not as the attribute of a class."""
        keys = self._keys(path)
        of_class = any(guard.kind == "scope" for each in keys for guard in each.guards)
        return bool(keys) and not self._outcome(path).open and not of_class

    def _settle(self) -> None:
        """Ask the project, once, what starts with the module and what takes over from it."""
        if self._is_settled:
            return
        self._is_settled = True
        settings = self._project.settings
        said, self.path_context = self.path_context, settings.context_of(self._path)
        if self.path_context == "production" and "production" in settings.named_as(self._path):
            self._start = self._start_of(self._path) if said != "production" else ()
            return
        if self.path_context not in ("production", "development"):
            return
        started = self._starts()
        parts = frozenset[str]().union(*(self._outcome(path).modules for path in started))  # nothing starts with those
        self._heirs = []
        for path in sorted({*(each for each in settings.heirs(self._path) if each not in parts), *started}):
            inherited = self._inherited_by(path)
            if inherited is None:  # it can't be told: what the path says holds
                self._heirs = None
                return
            self._heirs.append(inherited)

    def _starts(self) -> list[str]:
        """The modules that servers start with in production and that lead to the file's."""
        return [path for path in self._project.settings.started() if self._path in self._outcome(path).modules]

    def _keys(self, path: str) -> list[Binding]:
        """What is known that a module's key can be when it is over."""
        return [each.binding for each in self._outcome(path).reached if each.binding.name == KEY]

    def _start_of(self, path: str) -> tuple[Step, ...]:
        """The place that names a module for production, as a step."""
        entry = self._project.settings.named_as(path).get("production")
        return () if entry is None else (Step(entry.span, f"production starts with {entry.name} here"),)

    def _outcome(self, path: str) -> Outcome:
        """What production starts with when it starts with a module; worked out once a run."""
        from secretkey_lint.readers.python.outcome import Outcome, outcome

        outcomes = self._project.outcomes
        if path not in outcomes:
            file = self._project.read(path)
            outcomes[path] = outcome(file, self._project) if file is not None else Outcome(problem="it cannot be read")
        known = outcomes[path]
        assert isinstance(known, Outcome)
        return known

    def _inherited_by(self, path: str) -> dict[Span, _Inherited] | None:
        """What production starts with when it starts with a module, by the places of the values; None if that is unknown."""
        result = self._outcome(path)
        if result.problem or result.is_partial or (result.open and not self._keys(path)):
            return None
        found: dict[Span, _Inherited] = {}
        for each in result.reached:
            place = place_of(each.binding.value)
            if place is not None:
                said = context.of_binding("production", each.binding.guards)
                inherited = _Inherited(said, (*each.inherited, *self._start_of(path)))
                found[place] = min(found.get(place, inherited), inherited, key=_loudness)
        return found


class _Inherited(Record):
    """The context in which a value is inherited, and the steps by which it is."""

    context: Context
    way: tuple[Step, ...] = ()


def _loudness(inherited: _Inherited) -> int:
    return _ORDER.index(inherited.context)


def place_of(value: Value | None) -> Span | None:
    """Return the place of what can be wrong with a value: of itself, or of what it falls back to."""
    match value:
        case EnvLookup(default=default):
            return place_of(default)
        case Literal(span=span) | Random(span=span) | Derived(span=span) | CommittedFile(span=span):
            return span
        case _:
            return None


def is_settings(path: str) -> bool:
    """Whether a path says that a Python file configures something, by its own name or that of its folder."""
    *folders, name = path.split("/")
    return name.endswith(".py") and not _SETTINGS_WORDS.isdisjoint(
        [*words(name), *words(folders[-1] if folders else "")]
    )
