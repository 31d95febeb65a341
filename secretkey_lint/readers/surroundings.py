"""What a reader may ask about files other than its own."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, MutableMapping
    from typing import Protocol

    from secretkey_lint.model.env_reader import EnvReader
    from secretkey_lint.model.source import SourceFile, Span

    class Surroundings(Protocol):
        """The project around a file. Paths are relative to its root, with `/`, and of tracked files alone."""

        @property
        def memory(self) -> MutableMapping[str, object]:
            """What readers remember of files, by path, for as long as the surroundings last."""

        @property
        def carriers(self) -> Mapping[str, Span]:
            """Variables and entries that the settings read the key from, by name, each with the place that does."""

        @property
        def names(self) -> frozenset[str]:
            """Names that are the key's besides those that always are."""

        @property
        def exposures(self) -> bool:
            """Whether anybody asks where the key is shown."""

        @property
        def env_readers(self) -> Mapping[str, EnvReader]:
            """Functions that look variables up, by qualified name (`proj.utils.get_env`)."""

        def is_environment_file(self, path: str) -> bool:
            """Whether a compose file names a file as one that sets variables, whatever it is called."""

        def resolve(self, module: str, importer: str) -> str | None:
            """Return the file that `module` (`shop.settings`, `.base`) is to the file `importer`, a folder with `/`."""

        def find(self, pattern: str) -> Iterator[str]:
            """Yield the tracked files that a path or a pattern with `*` and `?` means."""

        def ignores(self, path: str) -> bool:
            """Whether a file that is not tracked may be there all the same, on some machines."""

        def read(self, path: str) -> SourceFile | None:
            """Return a tracked file, or None where there is none that can be read."""


class Nothing:
    """The surroundings of a text that stands alone."""

    carriers: Mapping[str, Span] = {}
    names: frozenset[str] = frozenset()
    exposures = True
    env_readers: Mapping[str, EnvReader] = {}

    @property
    def memory(self) -> MutableMapping[str, object]:
        """Remember nothing."""
        return {}

    def is_environment_file(self, path: str) -> bool:
        """Know of none."""
        return False

    def resolve(self, module: str, importer: str) -> str | None:
        """Find nothing."""
        return None

    def find(self, pattern: str) -> Iterator[str]:
        """Find nothing."""
        yield from ()

    def ignores(self, path: str) -> bool:
        """Know nothing, so that it may be there."""
        return True

    def read(self, path: str) -> SourceFile | None:
        """Find nothing."""
        return None


ALONE = Nothing()
