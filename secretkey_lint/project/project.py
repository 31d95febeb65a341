"""The project: what no file knows alone. Readers see it as their surroundings."""

from __future__ import annotations

from secretkey_lint.project.configured import Configured
from secretkey_lint.project.environment_files import environment_files
from secretkey_lint.project.imports import Imports
from secretkey_lint.project.recalling import at_once
from secretkey_lint.project.settings import Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, MutableMapping

    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.project.recalling import Recall
    from secretkey_lint.project.tree import Tree


class Project:
    """One repository's modules, settings and carriers."""

    def __init__(
        self,
        tree: Tree,
        carriers: Callable[[Project], Mapping[str, Span]] = lambda _: {},
        configured: Configured | None = None,
        memory: MutableMapping[str, object] | None = None,
        recall: Recall = at_once,
        *,
        exposures: bool = True,
    ) -> None:
        """Know the project in `tree`; `carriers` finds the variables that its settings read the key from.

        `configured` is what the configuration says of it, `memory` what readers remember of its files.
        `recall` may know from other times what takes a search to find. Without `exposures` nobody asks where
        the key is shown.
        """
        self._tree = tree
        configured = configured or Configured()
        self.imports = Imports(tree)
        self.settings = Settings(tree, self.imports, configured, recall)
        self.names = configured.names
        self.env_readers = configured.env_readers
        self._find_carriers = carriers
        self.recall = recall
        self.exposures = exposures
        self._carriers: Mapping[str, Span] | None = None
        self.memory: MutableMapping[str, object] = {} if memory is None else memory
        """What readers remember of its files, each with the text that it holds for."""
        self.outcomes: dict[str, object] = {}
        """What production starts with when it starts with a module."""
        self.taken: dict[tuple[str, str, str], set[Context]] = {}
        """The contexts in which a module takes what a variable of a name has, a text, for the key."""
        self._environment_files: frozenset[str] | None = None

    @property
    def carriers(self) -> Mapping[str, Span]:
        """Variables that the settings read the key from, each with the place that does; found when first asked for."""
        if self._carriers is None:
            self._carriers = {}  # whoever looks for them asks for none
            self._carriers = self.recall(("carriers",), lambda: self._find_carriers(self))
        return self._carriers

    def add_carrier(self, name: str, span: Span) -> None:
        """Take a variable for one that the key is read from at `span`."""
        self._carriers = {name: span, **self.carriers}

    @property
    def environment_files(self) -> frozenset[str]:
        """Files that compose files name as such that set variables; looked for when first asked for."""
        if self._environment_files is None:
            self._environment_files = self.recall(("environment files",), lambda: environment_files(self._tree))
        return self._environment_files

    def is_environment_file(self, path: str) -> bool:
        """Whether a compose file names a file as one that sets variables."""
        return path in self.environment_files

    def resolve(self, module: str, importer: str) -> str | None:
        """Return the file that `module` is to the file `importer`, a folder with `/`, or None."""
        return self.imports.resolve(module, importer)

    def users(self, module: str) -> Iterator[str]:
        """Yield the modules that import the one in the file `module`."""
        from secretkey_lint.project.users import users

        return users(module, self._tree, self.imports)

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
