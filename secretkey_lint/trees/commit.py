"""What the blobs of a repository have, and the files of one commit after the other."""

from __future__ import annotations

import os

from secretkey_lint.prefilter import may_hold_a_key
from secretkey_lint.trees import git
from secretkey_lint.trees.history import change, read_object
from secretkey_lint.trees.plumbing import AS_MADE, Running

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from secretkey_lint.trees.history import Change

SETTINGS = (b"SECRET_KEY", b"app.secret_key")
"""What a module has that may take a key from elsewhere."""

WORDS = (
    *SETTINGS, b"DJANGO_SETTINGS_MODULE", b"DJANGO_CONFIGURATION", b"--settings", b"--ds", b" import *", b" import(", b"env_file",
)  # fmt: skip
"""What files are searched for when something is asked of a project; texts that have one of them in them, too."""

MAX_SEARCHED = 1 << 18
"""Bytes of a file that is searched; what names modules and starts projects is shorter."""

MAX_KEPT = 64 << 20
"""Bytes of blobs that are kept, lest they be read again at the next commit."""

_CANDIDATE, _PYTHON_CANDIDATE, _FIRST_WORD = 1, 2, 4
"""Bits that a blob has; those behind the first of `WORDS` are those of the others."""


class Contents:
    """The blobs of a repository, and what each has of `WORDS`, as bits; a blob is looked at once."""

    def __init__(self, root: str, names: Iterable[bytes] = ()) -> None:
        """Know the blobs of the repository at `root`; `names` are the key's besides those that always are."""
        self.root = root
        self.names = tuple(names)
        self.words = (*WORDS, *self.names)
        self.problems: dict[str, str] = {}
        """Why blobs could not be read."""
        self._bits: dict[str, int] = {}
        self._found: dict[tuple[str, bytes], bool] = {}
        self._kept: dict[str, bytes] = {}
        self._size = 0
        self._objects: Running | None = None
        self.is_complete = False
        """Whether what was not looked at is known to have nothing of interest."""

    def look_at(self, blob: str, content: bytes | str) -> None:
        """Note what a blob has; content that could not be had is a reason."""
        if isinstance(content, str):
            self.problems[blob] = content
            return
        bits = 0
        if may_hold_a_key(content, "", self.names):
            bits |= _CANDIDATE
            if may_hold_a_key(content, ".py", self.names):
                bits |= _PYTHON_CANDIDATE
        if len(content) <= MAX_SEARCHED:
            for at, word in enumerate(self.words):
                if word in content:
                    bits |= _FIRST_WORD << at
        if bits or not self.is_complete:
            self._bits[blob] = bits

    def bits(self, blob: str) -> int:
        """Return what a blob has."""
        if not blob:
            return 0
        known = self._bits.get(blob)
        if known is None:
            if self.is_complete or blob in self.problems:
                return 0
            self.look_at(blob, self._read(blob))
            return self._bits.get(blob, 0)
        return known

    def bits_of(self, text: str) -> int:
        """Return those that a file has which has this text, at least."""
        wanted = text.encode("utf-8", "surrogateescape")
        return sum(_FIRST_WORD << at for at, word in enumerate(self.words) if word in wanted)

    def has(self, blob: str, text: bytes) -> bool:
        """Whether a blob has a text, which it is searched for once."""
        key = blob, text
        if key not in self._found:
            self._found[key] = text in (self.read(blob) or b"")
        return self._found[key]

    def is_candidate(self, path: str, blob: str) -> bool:
        """Whether a file may hold a key, by its content."""
        return bool(self.bits(blob) & (_PYTHON_CANDIDATE if path.endswith(".py") else _CANDIDATE))

    def may_take_a_key(self, path: str, blob: str) -> bool:
        """Whether a candidate may have a key that stands in another file: not so of modules that only pass one on."""
        settings = (*SETTINGS, *self.names)
        wanted = sum(_FIRST_WORD << at for at, word in enumerate(self.words) if word in settings)
        return not path.endswith(".py") or bool(self.bits(blob) & wanted)

    def read(self, blob: str) -> bytes | None:
        """Return a blob, or None where it cannot be had, which is noted."""
        content = self._kept.get(blob)
        if content is not None or blob in self.problems:
            return content
        found = self._read(blob)
        if isinstance(found, str):
            self.problems[blob] = found
            return None
        self._kept[blob] = found
        self._size += len(found)
        while self._size > MAX_KEPT and len(self._kept) > 1:
            self._size -= len(self._kept.pop(next(iter(self._kept))))
        return found

    def _read(self, blob: str) -> bytes | str:
        if self._objects is None:
            self._objects = Running(["cat-file", "--batch"], self.root)
        self._objects.ask(blob.encode("ascii"))
        header = self._objects.output.readline()
        if not header:
            self._objects.failed()
        found = read_object(header, self._objects.output)
        return found[1] if found is not None else "it is no file"

    def learn(self, commit: str, files: dict[str, str]) -> None:
        """Look at all files of a commit that are not known by now: git searches them, and what it finds is read."""
        unknown = {blob for blob in files.values() if blob not in self._bits and blob not in self.problems}
        if self.is_complete or not unknown:
            return
        from secretkey_lint.vocabulary import NEEDLES

        patterns = [part for word in (*NEEDLES, *self.words) for part in ("-e", os.fsdecode(word))]
        arguments = ["grep", "-l", "-z", "-a", "-F", "--no-color", "--full-name", "--no-recurse-submodules"]
        searching = git.Process([*arguments, *patterns, commit], self.root, AS_MADE)
        status, output, complaints = searching.result()
        if status in (0, 1) and not complaints:
            found = {os.fsdecode(name[len(commit) + 1 :]) for name in output.split(b"\0") if name}
            candidates = {files[path] for path in found if path in files}
            # what is UTF-16 has none of these, as they stand here
            candidates |= {blob for path, blob in files.items() if ".env" in path}
            self._bits.update(dict.fromkeys(unknown - candidates, 0))
            unknown &= candidates
        for blob in sorted(unknown):
            self.bits(blob)

    def close(self) -> None:
        """End what reads blobs."""
        if self._objects is not None:
            self._objects.__exit__()
            self._objects = None


class Files:
    """The files of one tree after the other, with their blobs; going from one to another costs what differs."""

    def __init__(self, root: str, contents: Contents) -> None:
        self._root = root
        self._contents = contents
        self._tree = ""
        self._marked: dict[str, int] = {}
        self._unmarked: set[str] = set()
        self.blobs: dict[str, str] = {}
        """Of the files of the tree that was asked for last, by their paths."""
        self._differences: Running | None = None

    def of(self, tree: str) -> dict[str, str]:
        """Return the `blobs` of the files of a commit's tree, until the next call. Raises GitError."""
        if not self._tree:
            listing = git.Process(["ls-tree", "-r", "-z", "--full-tree", tree], self._root, AS_MADE).output()
            for entry in listing.split(b"\0"):
                described, _, path = entry.partition(b"\t")
                if described.startswith(b"100"):
                    self.blobs[os.fsdecode(path)] = described.split(b" ")[2].decode("ascii")
            self._unmarked.update(self.blobs)
        elif tree != self._tree:
            for name, _, blob in self._between(self._tree, tree):
                self._unmarked.add(name)
                if blob:
                    self.blobs[name] = blob
                else:
                    self.blobs.pop(name, None)
        self._tree = tree
        return self.blobs

    def marked(self) -> dict[str, int]:
        """Return the files that have anything of what is searched for, each with what it has, as bits."""
        for path in self._unmarked:
            bits = self._contents.bits(self.blobs.get(path, ""))
            if bits:
                self._marked[path] = bits
            else:
                self._marked.pop(path, None)
        self._unmarked.clear()
        return self._marked

    def _between(self, first: str, second: str) -> Iterator[Change]:
        if self._differences is None:
            arguments = ["diff-tree", "--stdin", "-r", "--raw", "-z", "--no-renames", "--no-abbrev"]
            self._differences = Running(arguments, self._root)
        end = f"end {first} {second}".encode("ascii")
        self._differences.ask(f"{first} {second}".encode("ascii"))
        self._differences.ask(end)  # which is written again, since it names no object
        written = self._differences.output.readline()
        while not written.endswith(end + b"\n"):
            read = self._differences.output.readline()
            if not read:
                self._differences.failed()
            written += read
        tokens = iter(written.partition(b"\n")[2].removesuffix(end + b"\n").split(b"\0"))
        return (change(token, next(tokens)) for token in tokens if token)

    def close(self) -> None:
        """End what compares trees."""
        if self._differences is not None:
            self._differences.__exit__()
            self._differences = None
