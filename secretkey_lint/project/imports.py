"""Which file of the project the name of a module means, as Python finds it when the project runs."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.project.tree import Tree

_ROOT_FILES = ("manage.py", "pyproject.toml", "setup.py", "setup.cfg")
"""Files whose folder, or the folder `src` in it, is where modules are found from."""


class Imports:
    """Resolves the names of modules."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._folders: frozenset[str] | None = None
        self._roots: list[str] | None = None
        self._resolved: dict[tuple[str, str], str | None] = {}

    def resolve(self, module: str, importer: str) -> str | None:
        """Return the file that `module` is to the file `importer`, a folder with `/` where there is none, or None.

        A relative name begins with its dots. A module of the standard library is none of the project's.
        """
        folder = importer.rpartition("/")[0]
        key = module, folder
        if key not in self._resolved:
            self._resolved[key] = self._resolve(module, folder)
        return self._resolved[key]

    def name_of(self, path: str) -> str:
        """Return the last part of the name by which a module is imported: that of its file, or of its package."""
        stem = path.removesuffix(".py")
        return stem.removesuffix("/__init__").rpartition("/")[2]

    def _resolve(self, module: str, folder: str) -> str | None:
        name = module.lstrip(".")
        level = len(module) - len(name)
        parts = name.split(".") if name else []
        if level:
            above = folder.split("/") if folder else []
            if level - 1 > len(above):
                return None
            return self._find("/".join(above[: len(above) - level + 1]), parts)
        if not parts or parts[0] in sys.stdlib_module_names:
            return None
        for root in self._roots_of(folder):
            found = self._find(root, parts)
            if found is not None:
                return found
        return None

    def _find(self, root: str, parts: list[str]) -> str | None:
        path = "/".join([root, *parts] if root else parts)
        prefix = f"{path}/" if path else ""
        for candidate in (f"{prefix}__init__.py", f"{path}.py"):
            if candidate in self._tree.files:
                return candidate
        return prefix if prefix in self.folders else None

    @property
    def folders(self) -> frozenset[str]:
        """All folders in which Python modules are, each with a `/` at its end."""
        if self._folders is None:
            found: set[str] = set()
            for path in self._tree.files:
                if path.endswith(".py"):
                    folder = path.rpartition("/")[0]
                    while folder and f"{folder}/" not in found:
                        found.add(f"{folder}/")
                        folder = folder.rpartition("/")[0]
            self._folders = frozenset(found)
        return self._folders

    def _roots_of(self, folder: str) -> Iterator[str]:
        """Where an absolute name is looked for from a folder: what is near comes first."""
        files = self._tree.files
        above = _ancestors(folder)
        roots = [each for each in above if _join(each, "manage.py") in files]
        roots += [each for each in above if _join(each, "__init__.py") not in files][:1]
        roots += [each for each in above if any(_join(each, name) in files for name in _ROOT_FILES)]
        roots += ["", "src"]
        yield from dict.fromkeys([*roots, *self._other_roots()])

    def _other_roots(self) -> list[str]:
        if self._roots is None:
            places = sorted(path for path in self._tree.files if path.rpartition("/")[2] in _ROOT_FILES)
            folders = [path.rpartition("/")[0] for path in places]
            self._roots = [root for folder in folders for root in (folder, _join(folder, "src"))]
        return self._roots


def _ancestors(folder: str) -> list[str]:
    """A folder and those that it is in, up to the root."""
    found = [folder]
    while folder:
        folder = folder.rpartition("/")[0]
        found.append(folder)
    return found


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
