"""One repository, as far as a file's surroundings are asked for: what it tracks, what stands there, who names what."""

from __future__ import annotations

import os

from secretkey_lint.errors import GitError, ReadError
from secretkey_lint.model.source import SourceFile
from secretkey_lint.trees.answers import Answers
from secretkey_lint.trees.worktree import content, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Repository:
    """The tracked files at and under `root`, an absolute path; outside of git, those that nothing ignores.

    Paths are relative to the root, with `/`. `known` are files whose content is had already, or is to be taken for
    theirs; they are shown under the paths that they have there. `answers` are those that git has given already.
    """

    def __init__(self, root: str, known: Iterable[SourceFile] = (), answers: Answers | None = None) -> None:
        self.root = root
        self._answers = answers or Answers(root)
        self._known: dict[str, SourceFile | None] = {file.project_path: file for file in known}
        self._held = set(self._known)
        self._files: frozenset[str] | None = None
        self._ignored: dict[str, bool] = {}
        self.failure: GitError | None = None
        self._in_git = os.path.exists(os.path.join(root, ".git"))

    def add(self, file: SourceFile) -> None:
        """Take what was read of a file, or what an editor holds of it, for its content."""
        self._known[file.project_path] = file
        self._held.add(file.project_path)

    @property
    def files(self) -> frozenset[str]:
        """The files of the repository; listed when first asked for."""
        if self._files is None:
            listed = self._answers.files(self._listed)
            self._files = listed if listed.issuperset(self._known) else listed.union(self._known)
        return self._files

    def _listed(self) -> Iterable[str]:
        if self._in_git:
            listing = self._answers.process(["ls-files", "--stage", "-z"]).output()
            for entry in listing.split(b"\0"):
                mode, _, name = entry.partition(b"\t")
                if mode.startswith(b"100"):
                    yield os.fsdecode(name)
        else:
            from secretkey_lint.trees.walk import walk

            for path in walk(self.root):
                yield os.path.relpath(path, self.root).replace(os.sep, "/")

    def read(self, path: str) -> SourceFile | None:
        """Return a file of the repository, or None where there is none that can be read."""
        if path not in self._known:
            found = None
            if path in self.files:
                absolute = os.path.join(self.root, path)
                try:
                    data = content(absolute, named=False)
                except ReadError:
                    data = None
                if data is not None:
                    found = SourceFile(self.shown(path), data, path)
            self._known[path] = found
        return self._known[path]

    @property
    def is_in_git(self) -> bool:
        """Whether git tracks files here."""
        return self._in_git

    def ignores(self, path: str) -> bool:
        """Whether a file at this path would not be tracked: some `.gitignore` says so."""
        if path not in self._ignored:
            if self._in_git:
                arguments = ["check-ignore", "--quiet", "--no-index", "--", path]
                self._ignored[path] = self._answers.process(arguments).result()[0] != 1
            else:
                from secretkey_lint.trees.walk import ignores

                self._ignored[path] = ignores(self.root, path)
        return self._ignored[path]

    def shown_as(self, path: str) -> SourceFile | None:
        """Return a file that has been read, by the path that people are shown."""
        return next((file for file in self._known.values() if file is not None and file.path == path), None)

    def shown(self, path: str) -> str:
        """Return a path as people are shown it: relative to the working directory where it is under it."""
        absolute = os.path.join(self.root, path)
        return shown(absolute)

    def search(self, texts: Iterable[str], suffixes: tuple[str, ...] = ()) -> list[str]:
        """Return the files that contain one of `texts`, which are single lines; of those that end alike, if asked."""
        wanted = [text for text in texts if text]
        if not wanted:
            return []
        needles = [os.fsencode(text) for text in wanted]
        found: Iterable[str]
        if self._in_git:
            patterns = [part for text in wanted for part in ("-e", text)]
            places = [f"*{suffix}" for suffix in suffixes] or ["."]
            arguments = ["grep", "-l", "-z", "-a", "-F", "--no-color", "--full-name", "--no-recurse-submodules"]
            output = self._searched([*arguments, *patterns, "--", *places])
            on_disk = {os.fsdecode(name) for name in output.split(b"\0") if name}
            held = (path for path in self._held if path.endswith(suffixes or "") and self._has(path, needles))
            found = sorted((on_disk - self._held).union(held))
        else:
            found = (path for path in sorted(self.files) if path.endswith(suffixes or "") and self._has(path, needles))
        return [path for path in found if path in self.files]

    def _searched(self, arguments: list[str]) -> bytes:
        """What git finds; where it fails, nothing, and that is remembered."""
        try:
            return self._answers.process(arguments).output(successes=(0, 1))
        except GitError as error:
            self.failure = error
            return b""

    def _has(self, path: str, needles: list[bytes]) -> bool:
        file = self.read(path)
        return file is not None and any(needle in file.content for needle in needles)
