"""The modules of the project that a walk comes through: each parsed once, when something in it is asked for."""

from __future__ import annotations

from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers.python.encoding import decode
from secretkey_lint.readers.python.libraries import READS, Reads
from secretkey_lint.readers.python.objects import NO_GUARDS, Scope
from secretkey_lint.readers.python.pieces import revised
from secretkey_lint.readers.python.source import Source
from secretkey_lint.readers.python.syntax import ParseFailure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.python.objects import Alternatives
    from secretkey_lint.readers.surroundings import Surroundings

MAX_LENGTH = 1 << 20
"""Characters of a module that is parsed; LibCST takes four seconds for as many, and only machines write more."""

MAX_MODULES = 100
"""Modules that are followed from one."""


class Loaded:
    """A module that was parsed, and what came of walking it for the names `wanted`."""

    __slots__ = ("holds", "is_running", "path", "raises", "scope", "source", "variables", "wanted")

    def __init__(self, path: str, source: Source) -> None:
        self.path = path
        self.source = source
        self.scope = Scope()
        self.wanted: frozenset[str] | None = None
        self.variables: dict[str, Alternatives] = {}
        """The variables of the environment that were set before it was imported."""
        self.is_running = False
        self.raises = False
        self.holds = NO_GUARDS
        """What holds once it has been run to its end, since it refuses the rest."""


class Modules:
    """Loads modules; `sources` are those that were parsed."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.surroundings = surroundings
        self.sources: list[Source] = []
        self._loaded: dict[str, Loaded | None] = {}
        self._reads = {
            path: Reads(each.name, each.default, each.default_keyword, each.fails, name_keyword=each.name_keyword)
            for path, each in surroundings.env_readers.items()
        }

    @property
    def loaded(self) -> frozenset[str]:
        """The paths in the project of the modules that were come to."""
        return frozenset(path for path, loaded in self._loaded.items() if loaded is not None)

    def add(self, file: SourceFile, text: str, index: LineIndex) -> Loaded:
        """Parse a file; raises ParseFailure."""
        if len(text) > MAX_LENGTH:
            raise ParseFailure(f"it is longer than {MAX_LENGTH >> 20} million characters")
        source = self._source(file, text, index)
        self.sources.append(source)
        loaded = self._loaded[file.project_path] = Loaded(file.project_path, source)
        return loaded

    def _source(self, file: SourceFile, text: str, index: LineIndex) -> Source:
        """A file's tree: it is parsed once, and again only as far as it has changed."""
        key = file.project_path
        known = self.surroundings.memory.get(key)
        pieces = None
        if isinstance(known, Source):
            if known.text == text:
                return known
            pieces = revised(text, known.pieces)
        self.surroundings.memory[key] = source = Source(text, file.path, index, pieces=pieces)
        return source

    def load(self, path: str) -> Loaded | None:
        """Return the module in a file of the project, or None where there is none that parses."""
        if path not in self._loaded:
            self._loaded[path] = None
            file = self.surroundings.read(path) if len(self._loaded) <= MAX_MODULES else None
            if file is not None:
                text, _ = decode(file.content)
                try:
                    return self.add(file, text, LineIndex(text))
                except ParseFailure:
                    return None
        return self._loaded[path]

    def resolve(self, module: str, importer: str) -> str | None:
        """Return the file, or the folder, that the name of a module means to a file, or None."""
        return self.surroundings.resolve(module, importer)

    def reads(self, path: str) -> Reads | None:
        """Return how what is called `path` looks a variable up, by the configuration or the table, or None."""
        return self._reads.get(path) or READS.get(path)

    def reader(self, path: str, name: str) -> str | None:
        """Return the way to what a module of the project calls `name`, if the configuration knows it as a reader."""
        for reader in self._reads:
            module, _, rest = reader.partition("(")[0].rpartition(".")
            while module:
                if rest.partition(".")[0] == name and self.resolve(module, path) == path:
                    return f"{module}.{name}"
                module, _, last = module.rpartition(".")
                rest = f"{last}.{rest}"
        return None

    def submodule(self, package: str, name: str) -> str | None:
        """Return what is called `name` in a package, given by its `__init__.py` or its folder."""
        return self.surroundings.resolve(f".{name}", package + "_" if package.endswith("/") else package)
