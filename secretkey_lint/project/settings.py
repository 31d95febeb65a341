"""Which settings modules the project starts with, and for what: by what names them, and by what takes over from them."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.project import context
from secretkey_lint.project.configured import Configured
from secretkey_lint.project.entries import CONFIGURATION, NEEDLES, Entry, Names, configurations_of, entries_of
from secretkey_lint.project.recalling import at_once
from secretkey_lint.vocabulary import PRODUCTION_WORDS, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.trace import Role
    from secretkey_lint.project.imports import Imports
    from secretkey_lint.project.recalling import Recall
    from secretkey_lint.project.tree import Tree

MAX_IMPORTERS = 50
"""Modules that are looked at for what they take from a settings module."""

_STARTERS = ("manage.py", "wsgi.py", "asgi.py")


class Settings:
    """The settings modules of a project."""

    def __init__(
        self, tree: Tree, imports: Imports, configured: Configured | None = None, recall: Recall = at_once
    ) -> None:
        """Look for settings modules in `tree`, and at those that the configuration says production starts with."""
        self._tree = tree
        self._imports = imports
        self._configured = configured or Configured()
        self._recall = recall
        self._entries: list[Entry] | None = None
        self._roles: dict[str, set[Role | None]] | None = None
        self._importers: dict[str, list[str]] = {}
        self._importing: dict[str, list[str]] = {}

    @property
    def entries(self) -> list[Entry]:
        """What names settings modules; looked for when first asked for."""
        if self._entries is None:
            self._entries = self._recall(("entries",), lambda: [*self._of_configuration(), *self._of_files()])
        return self._entries

    def _of_files(self) -> Iterator[Entry]:
        """What files say that it is started with."""
        names = Names(self._tree, self._imports)
        for path in self._tree.search(NEEDLES):
            file = self._tree.read(path)
            if file is not None:
                yield from entries_of(file, names, self._configured.context_of(path))

    def named_as(self, module: str) -> dict[Role, Entry]:
        """Return the roles in which a module is named, each with a place that does."""
        return {entry.role: entry for entry in reversed(self.entries) if entry.module == module}

    def context_of(self, module: str) -> Context:
        """Return what a settings module is for, by its path and by what names it.

        What servers start is production whatever it is called, unless they start other modules that are not called
        otherwise: a default that deployments set to something else. What only commands start, where servers start
        other modules, is development. What only tests start is theirs, if the project starts with anything else or
        with nothing at all.
        """
        said = self._configured.context_of(module)
        if said == "example":
            return said
        roles = self.named_as(module).keys()
        others = [each for each in self.entries if each.module != module and self._are_together(each.module, module)]
        served = [each for each in others if each.role == "production"]
        if "production" in roles:
            for_real = said == "production" or not any(
                self._configured.context_of(each.module) == "production" for each in served
            )
            return "production" if for_real else said
        if said == "test" or not roles:
            return said
        if roles == {"test"}:
            starts_otherwise = any(each.role != "test" for each in others) or not self._has_a_starter(module)
            return "test" if starts_otherwise and not self.importers(module) else said
        if served and PRODUCTION_WORDS.isdisjoint(words(module.rpartition("/")[2])):
            return "development"
        return said

    def context_of_class(self, name: str) -> Context:
        """Return what a class of settings is for, by its name and by what names it.

        What is called as if for production, or for all, and is only built or tested with, is for that.
        """
        said = context.of_binding("production", [Guard("scope", True, name)])
        roles = self._class_roles.get(name, set())
        if said != "production" or not roles:
            return said
        if roles == {None}:
            return "example"
        return "test" if roles <= {None, "test"} else said

    @property
    def _class_roles(self) -> dict[str, set[Role | None]]:
        """What classes are started for, by their names; looked for when first asked for."""
        if self._roles is None:
            self._roles = {}
            for path in self._tree.search([CONFIGURATION]):
                file = self._tree.read(path)
                for name, role in (
                    configurations_of(file, self._configured.context_of(path)) if file is not None else ()
                ):
                    self._roles.setdefault(name, set()).add(role)
        return self._roles

    def _are_together(self, first: str, second: str) -> bool:
        """Whether two modules belong to one project, of several that a repository may hold."""
        return self.project_of(first) == self.project_of(second)

    def project_of(self, path: str) -> str:
        """Return the folder of the project that a file is in: that of `manage.py`, or the repository's, ""."""
        folder = path.rpartition("/")[0]
        while folder and f"{folder}/manage.py" not in self._tree.files:
            folder = folder.rpartition("/")[0]
        return folder

    def _has_a_starter(self, module: str) -> bool:
        """Whether a module's project has what starts it outside of tests."""
        starters = (path for path in self._tree.files if path.rpartition("/")[2] in _STARTERS)
        return any(context.of_path(path) == "production" and self._are_together(path, module) for path in starters)

    def started(self) -> list[str]:
        """Return the modules that servers start with in production."""
        named = {entry.module for entry in self.entries if entry.role == "production"}
        return sorted(module for module in named if self.context_of(module) == "production")

    def heirs(self, module: str) -> list[str]:
        """Return the modules that production starts with and that take all over from `module`, which is none itself.

        Those are what a server starts with, and what nothing takes over from in its turn unless its name, or what
        starts it, says that it is for development or tests.
        """
        found: list[str] = []
        seen = {module}
        pending = [module]
        while pending and len(seen) < MAX_IMPORTERS:
            each = pending.pop()
            importers = [path for path in self.importers(each) if path not in seen]
            seen.update(importers)
            pending += importers
            if each == module:
                continue
            if self.context_of(each) == "production" and (
                "production" in self.named_as(each) or not self.importers(each)
            ):
                found.append(each)
        return sorted(found)

    def importers(self, module: str) -> list[str]:
        """Return the modules that take over all names of `module` (`from .base import *`)."""
        if module not in self._importers:
            name = self._imports.name_of(module)
            if name not in self._importing:  # modules of many folders are called alike
                self._importing[name] = self._tree.search([f"{name} import *", f"{name} import("], (".py",))
            found = list(self._importing[name])
            found += self._tree.search(["from . import *"], (".py",)) if module.endswith("__init__.py") else []
            self._importers[module] = [path for path in found if path != module and self._takes_over(path, module)]
        return self._importers[module]

    def _takes_over(self, path: str, module: str) -> bool:
        import re

        file = self._tree.read(path)
        if file is None:
            return False
        names = re.findall(r"^[ \t]*from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]*\(?[ \t]*\*", file.text(), re.MULTILINE)
        return any(self._imports.resolve(name, path) == module for name in names)

    def _of_configuration(self) -> Iterator[Entry]:
        """What the configuration says that production starts with."""
        folder = self._configured.folder
        for module, span in self._configured.modules.items():
            path = self._imports.resolve(module, f"{folder}/" if folder else "") or self._named(module)
            if path is not None and not path.endswith("/"):
                yield Entry(path, module, "production", span)

    def _named(self, module: str) -> str | None:
        """The first file that a module of this name can be, wherever its top package lies."""
        end = "/" + module.replace(".", "/")
        ends = (f"{end}.py", f"{end}/__init__.py")
        return min((path for path in self._tree.files if f"/{path}".endswith(ends)), default=None)
