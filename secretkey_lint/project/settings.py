"""Which settings modules the project starts with: those that its entry points, its tests and its deployment name."""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.model.source import LineIndex, Span
from secretkey_lint.project.configured import Configured

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing
    from collections.abc import Iterator

    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.project.imports import Imports
    from secretkey_lint.project.tree import Tree

    Role = typing.Literal["production", "development", "test", "command"]

_VARIABLE = "DJANGO_SETTINGS_MODULE"
_OPTIONS = ("--settings", "--ds")
_SERVERS = frozenset({"wsgi.py", "asgi.py", "celery.py", "celeryapp.py", "celery_app.py", "procfile"})
_SERVER_WORDS = ("dockerfile", "containerfile", "compose", "docker-compose", "app.yaml", "fly.toml", "render.yaml")
_TEST_CONFIGURATIONS = frozenset({"pyproject.toml", "setup.cfg", "pytest.ini", "tox.ini", "noxfile.py", "mypy.ini"})
MAX_IMPORTERS = 50
"""Modules that are looked at for what they take from a settings module."""


class Entry(Record):
    """A place that names a settings module to start with."""

    module: str
    role: Role
    span: Span


class Settings:
    """The settings modules of a project."""

    def __init__(self, tree: Tree, imports: Imports, configured: Configured | None = None) -> None:
        """Look for settings modules in `tree`, and at those that the configuration says production starts with."""
        self._tree = tree
        self._imports = imports
        self._configured = configured or Configured()
        self._entries: list[Entry] | None = None
        self._importers: dict[str, list[str]] = {}

    @property
    def entries(self) -> list[Entry]:
        """What names settings modules; looked for when first asked for."""
        if self._entries is None:
            self._entries = [*self._of_configuration()]
            self._entries += [
                entry for path in self._tree.search([_VARIABLE, *_OPTIONS]) for entry in self._entries_of(path)
            ]
        return self._entries

    def named_as(self, module: str) -> dict[Role, Entry]:
        """Return the roles in which a module is named, each with a place that does."""
        return {entry.role: entry for entry in reversed(self.entries) if entry.module == module}

    def heirs(self, module: str) -> list[str]:
        """Return the modules that production starts with and that take all over from `module`, which is none itself.

        Those are what a server starts with, and what nothing takes over from in its turn unless its name says that it
        is for development or tests.
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
            roles = self.named_as(each)
            if "production" in roles or (
                not self.importers(each)
                and self._configured.context_of(each) == "production"
                and set(roles) != {"test"}
            ):
                found.append(each)
        return sorted(found)

    def importers(self, module: str) -> list[str]:
        """Return the modules that take over all names of `module` (`from .base import *`)."""
        if module not in self._importers:
            name = self._imports.name_of(module)
            found = self._tree.search([f"{name} import *", f"{name} import("], (".py",))
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
                yield Entry(path, "production", span)

    def _named(self, module: str) -> str | None:
        """The first file that a module of this name can be, wherever its top package lies."""
        end = "/" + module.replace(".", "/")
        ends = (f"{end}.py", f"{end}/__init__.py")
        return min((path for path in self._tree.files if f"/{path}".endswith(ends)), default=None)

    def _entries_of(self, path: str) -> Iterator[Entry]:
        import re

        role = _role(path, self._configured.context_of(path))
        file = self._tree.read(path)
        if role is None or file is None:
            return
        text = file.text()
        index = LineIndex(text)
        pattern = rf"(?:{_VARIABLE}[\"']?\]?\s*[,=:]\s*|--(?:settings|ds)[= ]\s*)[\"']?([A-Za-z_][\w.]*)"
        for match in re.finditer(pattern, text):
            module = self._imports.resolve(match[1], path)
            if module is not None and not module.endswith("/"):
                yield Entry(module, role, index.span(file.path, match.start(1), match.end(1)))


def _role(path: str, where: Context) -> Role | None:
    """What a file that names a settings module starts, or None where that says nothing."""
    name = path.rpartition("/")[2].lower()
    if where == "test" or name in _TEST_CONFIGURATIONS:
        return "test"
    if where == "example":
        return None
    if name in _SERVERS or any(word in name for word in _SERVER_WORDS):
        return "development" if where == "development" else "production"
    return "command"
