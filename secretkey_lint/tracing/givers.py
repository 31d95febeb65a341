"""What in the repository sets the environment variables that settings read the key from."""

from __future__ import annotations

from secretkey_lint import engine, readers
from secretkey_lint.contexts import ByPath, ByStart, place_of
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import LineIndex
from secretkey_lint.refusals import as_taken
from secretkey_lint.vocabulary import is_key_name, may_carry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.model.trace import Judgement
    from secretkey_lint.model.value import EnvLookup
    from secretkey_lint.project.entries import Entry
    from secretkey_lint.project.project import Project
    from secretkey_lint.tracing.judging import Judge
    from secretkey_lint.trees.repository import Repository


class Gift(Record):
    """A place that sets a variable, and what `check` says of it."""

    binding: Binding
    judgement: Judgement


class Givers:
    """Finds what sets variables: entries of tracked files, and the modules that start the settings."""

    def __init__(self, repository: Repository, project: Project, judge: Judge) -> None:
        self._repository = repository
        self._project = project
        self._judge = judge
        self._found: dict[str, list[tuple[SourceFile, Binding]]] = {}

    def gifts(self, lookup: EnvLookup, module: str, start: Context, entries: list[Entry]) -> Iterator[Gift]:
        """Yield what sets the variable of a lookup where `module` is started for `start` by `entries`.

        That is what is meant for this start, or for all, and what `check` reports.
        """
        name = lookup.name
        if not (is_key_name(name) or may_carry(name)):
            return
        started_by = {entry.span.path for entry in entries}
        for file, binding in self._bindings(lookup):
            is_python = readers.reader_for(file.project_path, file.content) == "python"
            if is_python and file.path not in started_by:
                continue  # a setting of that name, more often than a variable
            contexts = ByStart(file, self._project) if is_python else ByPath(file.project_path)
            judgement = self._judge.judged(file, binding, contexts)
            if judgement is None or judgement.context not in ("production", start):
                continue
            if self._concerns(file.project_path, module):
                yield Gift(binding, judgement)

    def unfollowed(self, lookup: EnvLookup, module: str, start: Context) -> Span | None:
        """Return where a Python module sets the variable of a lookup, by its text, or None.

        It may be that nothing runs it before the settings do; what it sets is not known then.
        """
        import re

        if not (lookup.name.isidentifier() and lookup.name.isupper()):
            return None  # no name of a variable: a key by mistake, perhaps, that nobody else is to see
        name = re.escape(lookup.name)
        pattern = rf"environ\[\s*[\"']{name}[\"']\s*\]\s*=(?!=)|(?:setdefault|putenv)\(\s*[\"']{name}[\"']"
        for path in self._repository.search([lookup.name], (".py",)):
            file = self._repository.read(path)
            where = ByPath(path).path_context
            if file is None or where not in ("production", start) or not self._concerns(path, module):
                continue
            text = file.text()
            match = re.search(pattern, text)
            if match is not None:
                return LineIndex(text).span(file.path, match.start(), match.end())
        return None

    def _concerns(self, path: str, module: str) -> bool:
        """Whether a file may speak for a module: not where it belongs to another project of the repository.

        Of several projects, each speaks for itself: what is in none of them may belong to one that is no Django.
        """
        project_of = self._project.settings.project_of
        if project_of(path) or len(self._folders) < 2:
            return project_of(path) in ("", project_of(module))
        return "/" not in path or path.partition("/")[0] == module.partition("/")[0]

    @property
    def _folders(self) -> list[str]:
        """The folders of the repository's projects."""
        return [path for path in self._repository.files if path.rpartition("/")[2] == "manage.py"]

    def _bindings(self, lookup: EnvLookup) -> list[tuple[SourceFile, Binding]]:
        name = lookup.name
        if name not in self._found:
            self._project.add_carrier(name, lookup.span)
            found = self._found[name] = []
            starters = {entry.span.path for entry in self._project.settings.entries}
            for path in self._repository.search([name]):
                file = self._repository.read(path)
                reader = readers.reader_for(path, file.content) if file is not None else "text"
                if file is None or reader == "text" or (reader == "python" and file.path not in starters):
                    continue
                for fact in as_taken(engine.facts_of(file, self._project), path, self._project):
                    match fact:
                        case Binding(medium="python" | "file") if fact.name == name and fact.is_used:
                            if place_of(fact.value) is not None:
                                found.append((file, fact))
        return self._found[name]
