"""In which context facts hold: what their path and conditions say, corrected by what the project starts with."""

from __future__ import annotations

from secretkey_lint.model.binding import Binding, Damage, IdleSuppression
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.project import context
from secretkey_lint.vocabulary import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.project.project import Project

_SETTINGS_WORDS = frozenset({"settings", "setting", "config", "conf", "configuration"})
_ORDER: tuple[Context, ...] = ("production", "development", "test", "example")


class ByPath:
    """The context that a path and conditions say."""

    def __init__(self, path: str, said: Context | None = None) -> None:
        """Judge by `path`, unless the configuration has `said` what the context is."""
        self.path_context = said or context.of_path(path)

    def context(self, fact: Fact) -> Context:
        """Return the context of a fact of the file."""
        if isinstance(fact, Damage | IdleSuppression):
            return self.path_context
        return context.of_binding(self.path_context, fact.guards)


class ByStart(ByPath):
    """The context of what a settings module gives to the key, by the modules that the project starts with."""

    def __init__(self, file: SourceFile, project: Project, said: Context | None = None) -> None:
        """Judge by what `project` starts with, unless the configuration has `said` what the context is."""
        super().__init__(file.project_path, said)
        self._path = file.project_path
        self._project = project
        self._heirs: list[dict[Span, Context]] | None = None
        self._is_settled = said is not None or not is_settings(file.project_path)

    def context(self, fact: Fact) -> Context:
        """Return the context of a fact of the file.

        The project is asked only where the answer can matter: it costs a search.
        """
        said = super().context(fact)
        if not isinstance(fact, Binding) or said == "example" or any(each.kind == "scope" for each in fact.guards):
            return said
        self._settle()
        said = super().context(fact)
        span = _literal(fact)
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
        self._heirs = []
        for path in settings.heirs(self._path):
            outcome = self._outcome(path)
            if outcome is None:  # it can't be told: what the path says holds
                self._heirs = None
                return
            self._heirs.append(outcome)

    def _outcome(self, path: str) -> dict[Span, Context] | None:
        """What production starts with when it starts with a module: the places of literals, each with its context."""
        from secretkey_lint.readers.python.outcome import outcome

        file = self._project.read(path)
        bindings = outcome(file, self._project) if file is not None else None
        if bindings is None:
            return None
        found: dict[Span, Context] = {}
        for binding in bindings:
            span = _literal(binding)
            if span is not None:
                said = context.of_binding("production", binding.guards)
                found[span] = min(found.get(span, said), said, key=_ORDER.index)
        return found


def _literal(fact: Fact) -> Span | None:
    """The place of the literal that a binding gives to the key, or None."""
    match fact:
        case Binding(value=Literal(span=span)) | Binding(value=EnvLookup(default=Literal(span=span))):
            return span
        case _:
            return None


def is_settings(path: str) -> bool:
    """Whether a path says that a Python file configures something, by its own name or that of its folder."""
    *folders, name = path.split("/")
    return name.endswith(".py") and not _SETTINGS_WORDS.isdisjoint(
        [*words(name), *words(folders[-1] if folders else "")]
    )
