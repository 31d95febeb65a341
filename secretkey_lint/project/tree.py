"""What the project asks of the tree that its files come from."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from secretkey_lint.model.source import SourceFile

    class Tree(Protocol):
        """The files of one repository. Paths are relative to its root, with `/`."""

        @property
        def files(self) -> frozenset[str]:
            """The files that it tracks."""

        def read(self, path: str) -> SourceFile | None:
            """Return a file that it tracks, or None where there is none that can be read."""

        def ignores(self, path: str) -> bool:
            """Whether a file at this path would not be tracked."""

        def search(self, texts: Iterable[str], suffixes: tuple[str, ...] = ()) -> list[str]:
            """Return the files that contain one of `texts`; of those that end alike, if asked."""
