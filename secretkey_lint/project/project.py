"""The project: what no file knows alone. Readers see it as their surroundings."""

from __future__ import annotations

from secretkey_lint.project.imports import Imports
from secretkey_lint.project.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.project.tree import Tree


NONE: Mapping[str, Span] = {}
"""The carriers of a project that has not been asked for them yet."""


class Project:
    """One repository's modules, settings and carriers."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self.imports = Imports(tree)
        self.settings = Settings(tree, self.imports)
        self.carriers: Mapping[str, Span] = NONE
        self.memory: dict[str, object] = {}
        """What readers remember of its files."""

    def resolve(self, module: str, importer: str) -> str | None:
        """Return the file that `module` is to the file `importer`, a folder with `/`, or None."""
        return self.imports.resolve(module, importer)

    def read(self, path: str) -> SourceFile | None:
        """Return a tracked file, or None where there is none that can be read."""
        return self._tree.read(path)

    def ignores(self, path: str) -> bool:
        """Whether a file that is not tracked may be there all the same, on some machines."""
        return self._tree.ignores(path)

    def find(self, pattern: str) -> Iterator[str]:
        """Yield the tracked files that a path or a pattern with `*` and `?` means, in their order."""
        if not any(mark in pattern for mark in "*?["):
            if pattern in self._tree.files:
                yield pattern
            return
        from fnmatch import fnmatchcase

        depth = pattern.count("/")
        yield from (
            path for path in sorted(self._tree.files) if path.count("/") == depth and fnmatchcase(path, pattern)
        )
