"""Which settings modules are asked for: by name, by path, by what starts them, or all that a project starts with."""

from __future__ import annotations

import os

from secretkey_lint.contexts import is_settings
from secretkey_lint.errors import ConfigError, nearest
from secretkey_lint.model.record import Record
from secretkey_lint.vocabulary import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.project.entries import Entry
    from secretkey_lint.project.project import Project
    from secretkey_lint.trees.repository import Repository


class Target(Record):
    """A settings module: its path in the repository, the name that it is imported by, and what starts it."""

    path: str
    name: str
    entries: tuple[Entry, ...]


class Targets:
    """Finds the modules that are meant, as seen from a folder of the repository."""

    def __init__(self, repository: Repository, project: Project, folder: str) -> None:
        """`folder` is where the command was run, relative to the root of the repository, "" for the root itself."""
        self._repository = repository
        self._project = project
        self._folder = folder

    def all(self) -> list[Target]:
        """Return all that the project starts with: in the folder, if there is anything, or in the repository.

        Where something names settings modules, that is what is named, and what else looks like a settings module that
        nothing takes over from. Raises ConfigError where there is none.
        """
        found = self._known()
        if not found:
            raise ConfigError(
                "there are no Django settings here: no manage.py, wsgi.py or the like names a settings module, "
                "and no module that is called settings sets SECRET_KEY"
            )
        inside = [each for each in found if self._is_inside(each, self._folder)]
        return inside or found

    def of(self, wanted: str) -> list[Target]:
        """Return what a module's name, a file or a folder means; raises ConfigError where that is nothing."""
        path = self._path_of(wanted)
        if path is None:
            return [self._target(self._module(wanted))]
        if os.path.isdir(os.path.join(self._repository.root, path)):
            found = [each for each in self._known() if self._is_inside(each, path)]
            if not found:
                raise ConfigError(f"there are no Django settings in '{wanted}'")
            return found
        shown = self._repository.shown(path)
        named = {entry.module for entry in self._entries if entry.span.path == shown}
        if named and path not in {entry.module for entry in self._entries}:
            return [self._target(module) for module in sorted(named)]
        if not path.endswith(".py"):
            raise ConfigError(f"'{wanted}' is no Python module, and names no settings module that the repository has")
        if path not in self._repository.files:
            raise ConfigError(f"git does not track '{wanted}'")
        return [self._target(path)]

    @property
    def _entries(self) -> list[Entry]:
        return self._project.settings.entries

    def _path_of(self, wanted: str) -> str | None:
        """The path in the repository of a file or folder that is meant by `wanted`, or None where there is none."""
        absolute = os.path.realpath(os.path.join(self._repository.root, self._folder, wanted))
        if not wanted or not os.path.exists(absolute):
            return None
        relative = os.path.relpath(absolute, os.path.realpath(self._repository.root)).replace(os.sep, "/")
        if relative == ".." or relative.startswith("../"):
            raise ConfigError(f"'{wanted}' is not in the repository that the command is run in")
        return "" if relative == "." else relative

    def _module(self, wanted: str) -> str:
        """The file of the module that is called `wanted`."""
        here = f"{self._folder}/manage.py" if self._folder else "manage.py"
        path = self._project.resolve(wanted, here) if _is_dotted(wanted) else None
        if path is not None and not path.endswith("/"):
            return path
        end = "/" + wanted.replace(".", "/")
        anywhere = [each for each in self._repository.files if f"/{each}".endswith((f"{end}.py", f"{end}/__init__.py"))]
        if len(anywhere) == 1 and _is_dotted(wanted):  # its top package lies where nothing says that it does
            return anywhere[0]
        names = sorted({each.name for each in self._known()})
        kind = "module" if _is_dotted(wanted) else "module, file or folder"
        raise ConfigError(f"there is no {kind} '{wanted}'{nearest(wanted, names)}")

    def _known(self) -> list[Target]:
        """What is named, in the order of its paths, and then what nothing names."""
        named = sorted({entry.module for entry in self._entries})
        return [self._target(path) for path in [*named, *self._unnamed(named)]]

    def _unnamed(self, named: Iterable[str]) -> list[str]:
        """Settings modules that nothing names and that no other module uses: what somebody may start with."""
        settings = self._project.settings
        seen: set[str] = set()
        pending = [path for path in self._repository.search([KEY], (".py",)) if is_settings(path)]
        while pending:
            path = pending.pop()
            if path not in seen:
                seen.add(path)
                pending += settings.importers(path)
        return sorted(path for path in seen.difference(named) if is_settings(path) and not self._is_used(path))

    def _is_used(self, path: str) -> bool:
        """Whether another module takes something from a module, or runs it."""
        if self._project.settings.importers(path):
            return True
        name = self._project.imports.name_of(path)
        texts = [f".{name} import ", f"from . import {name}", f'{name}.py"', f"{name}.py'"]
        return name != "settings" and any(each != path for each in self._repository.search(texts, (".py",)))

    def _target(self, path: str) -> Target:
        entries = tuple(entry for entry in self._entries if entry.module == path)
        name = entries[0].name if entries else self._name_of(path)
        return Target(path, name, entries)

    def _name_of(self, path: str) -> str:
        """The name by which a module is imported from the folder of its project."""
        root = self._project.settings.project_of(path)
        stem = path.removeprefix(f"{root}/" if root else "").removesuffix(".py").removesuffix("/__init__")
        return stem.replace("/", ".")

    def _is_inside(self, target: Target, folder: str) -> bool:
        """Whether a module, or what starts it, is in a folder."""
        if not folder:
            return True
        paths = [target.path, *(self._in_repository(entry.span.path) for entry in target.entries)]
        return any(path.startswith(f"{folder}/") for path in paths)

    def _in_repository(self, shown: str) -> str:
        """The path in the repository of a file, by the path that people are shown."""
        file = self._repository.shown_as(shown)
        return file.project_path if file is not None else shown


def _is_dotted(name: str) -> bool:
    """Whether a text may be the name of a module."""
    return all(part.isidentifier() for part in name.split("."))
