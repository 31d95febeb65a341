"""How far a run is: written by what runs, for whoever shows it meanwhile."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeVar

    from secretkey_lint.errors import ReadError
    from secretkey_lint.model.source import Searched, SourceFile

    File = TypeVar("File", bound=SourceFile | Searched | ReadError)


class Progress:
    """What is being done, to which file, and how many are done, of how many: 0 where nobody knows."""

    def __init__(self) -> None:
        self.doing = "listing files"
        self.path = ""
        self.done = 0
        self.total = 0

    def looking_at(self, files: Iterable[File]) -> Iterator[File]:
        """Yield files that are looked at as they come; nobody knows how many there are."""
        for file in files:
            self.doing, self.done = "looking at files", self.done + 1
            yield file
        self.doing, self.done = "working out what the settings read", 0

    def analysing(self, files: Sequence[File]) -> Iterator[File]:
        """Yield files that are analysed one after the other."""
        self.doing, self.total = "analysing", len(files)
        for self.done, file in enumerate(files, 1):
            self.path = file.path
            yield file
        self.doing, self.path, self.done, self.total = "judging what was found", "", 0, 0
