"""In which context facts hold: what their path and conditions say, corrected by what the project starts with."""

from __future__ import annotations

from secretkey_lint.model.binding import Binding, Damage
from secretkey_lint.model.value import CommittedFile, Derived, EnvLookup, Literal, Random
from secretkey_lint.project import context
from secretkey_lint.vocabulary import is_key_name, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.project.project import Project
    from secretkey_lint.readers.python.outcome import Outcome

_SETTINGS_WORDS = frozenset({"settings", "setting", "config", "conf", "configuration"})
_ORDER: tuple[Context, ...] = ("production", "development", "test", "example")


class ByPath:
    """The context that a path and conditions say."""

    def __init__(self, path: str) -> None:
        self.path_context = context.of_path(path)

    def context(self, fact: Fact) -> Context:
        """Return the context of a fact of the file."""
        return self.path_context if isinstance(fact, Damage) else context.of_binding(self.path_context, fact.guards)


class ByStart(ByPath):
    """The context of what a settings module gives to the key, by the modules that the project starts with."""

    def __init__(self, file: SourceFile, project: Project) -> None:
        super().__init__(file.project_path)
        self._path = file.project_path
        self._project = project
        self._heirs: list[dict[Span, Context]] | None = None
        self._is_settled = not file.project_path.endswith(".py")

    def context(self, fact: Fact) -> Context:
        """Return the context of a fact of the file.

        The project is asked only where the answer can matter: it costs a search.
        """
        said = super().context(fact)
        if not isinstance(fact, Binding) or said == "example" or any(each.kind == "scope" for each in fact.guards):
            return said
        self._settle()
        said = super().context(fact)
        span = _source(fact)
        if self._heirs and span is not None and said in ("production", "development"):
            reached = [heir[span] for heir in self._heirs if span in heir]
            return min(reached, key=_ORDER.index) if reached else "development"
        return said

    def _settle(self) -> None:
        """Ask the project, once, what starts with the module and what takes over from it."""
        if self._is_settled:
            return
        self._is_settled = True
        settings = self._project.settings
        roles = settings.named_as(self._path)
        if "production" in roles and self.path_context == "development":
            self.path_context = "production"
        elif set(roles) == {"test"} and not settings.importers(self._path):
            self.path_context = "test"
        if "production" in roles or self.path_context not in ("production", "development"):
            return
        started = [path for path in settings.started() if self._path in self._outcome(path).modules]
        self._heirs = []
        for path in sorted({*settings.heirs(self._path), *started}):
            found = self._reached(path)
            if found is None:  # it can't be told: what the path says holds
                self._heirs = None
                return
            self._heirs.append(found)

    def _outcome(self, path: str) -> Outcome:
        """What production starts with when it starts with a module; worked out once a run."""
        from secretkey_lint.readers.python.outcome import Outcome, outcome

        memory, name = self._project.memory, f"the outcome of {path}"
        if name not in memory:
            file = self._project.read(path)
            memory[name] = outcome(file, self._project) if file is not None else Outcome(None, frozenset())
        known = memory[name]
        assert isinstance(known, Outcome)
        return known

    def _reached(self, path: str) -> dict[Span, Context] | None:
        """The places of literals that production may start with when it starts with a module, each with its context."""
        bindings = self._outcome(path).bindings
        if bindings is None:
            return None
        found: dict[Span, Context] = {}
        for binding in bindings:
            span = _source(binding)
            if span is not None:
                said = context.of_binding("production", binding.guards)
                found[span] = min(found.get(span, said), said, key=_ORDER.index)
        return found


def _source(fact: Fact) -> Span | None:
    """The place of what a binding gives to the key for everybody to know, or of its default; None for all else."""
    value = fact.value if isinstance(fact, Binding) else None
    if isinstance(value, EnvLookup):
        value = value.default
    return value.span if isinstance(value, Literal | Derived | CommittedFile | Random) else None


def is_settings(path: str) -> bool:
    """Whether a path says that a Python file configures something, by its own name or that of its folder."""
    *folders, name = path.split("/")
    return name.endswith(".py") and not _SETTINGS_WORDS.isdisjoint(
        [*words(name), *words(folders[-1] if folders else "")]
    )


def may_carry(name: str) -> bool:
    """Whether a variable's name is the key's own: not one that many read for many things."""
    said = words(name)
    return not is_key_name(name) and name.isidentifier() and len(said) > 1 and name.isupper()
