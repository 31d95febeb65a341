"""What git says of a repository, kept for as long as nothing is known to have changed there."""

from __future__ import annotations

import os

from secretkey_lint.trees.git import Process

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Answers:
    """Answers of git about the repository at `root`; each question is asked once.

    They are about the index and the files on disk. That the index has changed, by `git add` or another branch, `renew`
    sees for itself; whether files have, only git itself could tell: where that may be, they are to be forgotten.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._processes: dict[tuple[str, ...], Process] = {}
        self._files: frozenset[str] | None = None
        self._stamp = _stamp(root)
        self.are_kept = False
        """Whether there are any from before `renew`."""

    def process(self, arguments: list[str]) -> Process:
        """Return git, asked with these arguments."""
        key = tuple(arguments)
        if key not in self._processes:
            self._processes[key] = Process(arguments, self._root)
        return self._processes[key]

    def files(self, listed: Callable[[], Iterable[str]]) -> frozenset[str]:
        """Return the files of the repository, which `listed` lists if that has not been done yet."""
        if self._files is None:
            self._files = frozenset(listed())
        return self._files

    def renew(self) -> None:
        """Forget what was said if the index is another than then."""
        stamp = _stamp(self._root)
        if stamp != self._stamp:
            self.forget()
        self._stamp = stamp
        self.are_kept = bool(self._processes) or self._files is not None

    def forget(self) -> None:
        """Ask everything anew."""
        self._processes.clear()
        self._files = None


def _stamp(root: str) -> tuple[int, ...]:
    """What changes whenever the index does: git writes it anew, and puts it in its place."""
    folder = os.path.join(root, ".git")
    try:
        if os.path.isfile(folder):  # of a linked work tree, or a submodule
            with open(folder, encoding="utf-8", errors="surrogateescape") as file:
                folder = os.path.join(root, file.read().removeprefix("gitdir:").strip())
        status = os.stat(os.path.join(folder, "index"))
    except (OSError, ValueError):
        return ()
    return status.st_mtime_ns, status.st_size, status.st_ino
