"""Where files come from when people name paths: files as they are, folders by what git tracks, or by a walk.

Everything is listed first and read once. Symbolic links are committed as links: what they lead to inside of the
tree is listed by itself, and out of it they are not followed.
"""

from __future__ import annotations

import os
import stat

from secretkey_lint.errors import ConfigError, ReadError
from secretkey_lint.model.source import Searched, SourceFile
from secretkey_lint.prefilter import is_environment_file
from secretkey_lint.trees import git
from secretkey_lint.vocabulary import MARKER, NEEDLES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Preparation = Callable[[str, list[str]], Iterable[str]]
    """What is told of a folder and all files in it, before any is read, and says what further names the key has."""

MAX_SIZE = 256 << 20
"""Bytes of a file that is read; hosting sites refuse larger ones."""


class Listing:
    """The files that paths stand for: `files`, each with the folder it was listed for, None where the user named it.

    `ruled_out` are those that git has searched already, and that cannot hold a key; `left_out` is what git tracks in
    the folders that is no file, each with what it is.
    `untracked` are environment files that git neither tracks nor ignores.
    """

    def __init__(self, paths: list[str], prepare: Preparation | None = None) -> None:
        """List `paths`; `prepare` is told of each folder.

        Raises ConfigError for paths that do not exist, all of them in one message, and GitError where git fails.
        """
        self.files: dict[str, str | None] = {}
        self.ruled_out: set[str] = set()
        self.left_out: dict[str, str] = {}
        self.outside: set[str] = set()
        """Files in no repository, of which none is ruled out before it is read."""
        self._prepare = prepare
        self.untracked: set[str] = set()
        missing: list[str] = []
        for path in paths:
            try:
                is_folder = stat.S_ISDIR(os.stat(path).st_mode)
            except OSError:
                is_folder = False  # whoever reads it says why it cannot be read
                if not os.path.lexists(path):
                    missing.append(path)
            if is_folder:
                self._add_folder(path)
            else:
                self.files[os.path.normpath(path)] = None
        if missing:
            raise ConfigError("\n".join(f"there is no file or folder {path!r}" for path in missing))

    def _add_folder(self, path: str) -> None:
        """Add what git tracks in a folder, or, outside of a repository, what nothing ignores."""
        folder = os.path.normpath(path)
        if root_of(os.path.abspath(folder)) is None:
            from secretkey_lint.trees.walk import walk

            found_there = list(walk(folder))
            self.files.update((each, folder) for each in found_there if each not in self.files)
            if not (self._prepare(folder, found_there) if self._prepare is not None else ()):
                self.outside.update(found_there)
            return
        search = git.Process(_SEARCH, folder)
        listing = git.Process(["ls-files", "--stage", "-z"], folder)
        others = git.Process(_OTHERS, folder)
        status, found, complaints = search.result()
        # what git could not search, for whatever reason, is read here, and said if it cannot be
        candidates = set(found.split(b"\0")) if status in (0, 1) and not complaints else None
        entries = listing.output().split(b"\0")
        if len(entries) == 1 and any(name != ".git" for name in os.listdir(folder)):
            raise ConfigError(f"git tracks no file in {path!r}; name files to have them checked all the same")
        prefix = "" if folder == os.curdir else folder.rstrip(os.sep) + os.sep
        listed: list[tuple[str, bytes]] = []
        for entry in entries:
            mode, _, name = entry.partition(b"\t")
            each = prefix + os.fsdecode(name).replace("/", os.sep)
            if mode.startswith(b"100"):  # a file, no link and no submodule
                self.files.setdefault(each, folder)
                listed.append((each, name))
            elif name:
                self.left_out[each] = "a symbolic link" if mode.startswith(b"120") else "a submodule"
        further = self._prepare(folder, [each for each, _ in listed]) if self._prepare is not None else ()
        if candidates is not None and further:
            candidates = _searched(folder, further, candidates)
        if candidates is not None:
            self.ruled_out.update(each for each, name in listed if name not in candidates and b".env" not in name)
        for name in others.output().split(b"\0"):
            each = prefix + os.fsdecode(name).replace("/", os.sep)
            if is_environment_file(each.replace(os.sep, "/")) and each not in self.files:
                self.files[each] = folder
                self.untracked.add(each)


def _search(needles: Iterable[str]) -> list[str]:
    """Search all tracked files in C, on all processors. Environment files are read besides: they may be UTF-16."""
    options = ["grep", "-l", "-z", "-a", "-F", "--no-color", "--no-full-name", "--no-recurse-submodules"]
    return [*options, *(part for needle in needles for part in ("-e", needle)), "--", "."]


_SEARCH = _search(needle.decode() for needle in (*NEEDLES, MARKER))


def _is_ruled_out(path: str, data: bytes) -> bool:
    """Whether a file has none of the words that git searches for; variables that it sets may be the key's all the same."""
    if path.endswith(".py") or ".env" in path or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return not any(needle in data for needle in (*NEEDLES, MARKER))


def _searched(folder: str, names: Iterable[str], found: set[bytes]) -> set[bytes] | None:
    """What has been found in a folder, and the files with further names of the key; None if git could not search."""
    needles = {needle for name in names for needle in (name, name.lower())}
    status, output, complaints = git.Process(_search(sorted(needles)), folder).result()
    return found | set(output.split(b"\0")) if status in (0, 1) and not complaints else None


_OTHERS = ["ls-files", "--others", "--exclude-standard", "-z", "--", "*.env*", "*.flaskenv"]
"""Lists the environment files that the next `git add .` would take."""


def shown(path: str) -> str:
    """Return a path as people are shown it: relative to the working directory, with `/`."""
    return os.path.relpath(path).replace(os.sep, "/")


def root_of(folder: str) -> str | None:
    """Return the root of the repository that a folder is in, or None; `.git` is a file in linked work trees."""
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def content(path: str, *, named: bool) -> bytes | None:
    """Return the bytes of a file, or None where there is nothing that is committed as a file.

    That is: a folder (a submodule), a link, a file that is tracked and deleted. Raises ReadError for what should
    be readable and is not: no permission, too large, no regular file though the user named it.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    reason = None
    try:
        descriptor = os.open(path, flags if named else flags | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        if not named and (isinstance(error, FileNotFoundError | NotADirectoryError) or os.path.islink(path)):
            return None
        reason = (error.strerror or "it cannot be opened").lower()
    if reason is not None:
        raise ReadError(reason)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            if not named:
                return None
            raise ReadError("it is no regular file")
        if status.st_size > MAX_SIZE:
            raise ReadError(f"it is larger than {MAX_SIZE >> 20} MB")
        return git.read_all(descriptor) if status.st_size else b""
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
    finally:
        os.close(descriptor)
    raise ReadError(reason)


def leads_out(path: str, root: str) -> bool:
    """Whether a symbolic link leads out of the tree at `root`."""
    target, root = os.path.realpath(path), os.path.realpath(root)
    return target != root and not _is_under(target, root)


def read(paths: list[str], prepare: Preparation | None = None) -> Iterator[SourceFile | Searched | ReadError]:
    """Yield the files that `paths` stand for, and what could not be read; raises like `Listing`, and like `prepare`."""
    places = _Places(os.getcwd())
    listing = Listing(paths, prepare)
    for path, folder in listing.files.items():
        named = folder is None
        name = path.replace(os.sep, "/")
        place = places.project_path(path)
        if path in listing.ruled_out:
            yield Searched(name, place)
            continue
        reason = None
        try:
            data = None
            if named and os.path.islink(path) and leads_out(path, places.root_of(path)):
                raise ReadError("it is a symbolic link that leads out of the tree")
            if folder is None or not places.is_behind_a_link(path, folder):
                data = content(path, named=named)
        except ReadError as error:
            reason = str(error)
        if reason is not None:
            yield ReadError(reason, name, place, named=named or path == folder)
        elif data is not None and path in listing.outside and _is_ruled_out(name, data):
            yield Searched(name, place)
        elif data is not None:
            yield SourceFile(name, data, place, path not in listing.untracked)


def named_source(path: str, data: bytes) -> SourceFile:
    """Return `data` as the file at `path`, relative to the working directory, which need not exist."""
    return SourceFile(path.replace(os.sep, "/"), data, _Places(os.getcwd()).project_path(path))


class _Places:
    """Where files are in their repositories; what is asked of a folder is asked once."""

    def __init__(self, here: str) -> None:
        self._here = here
        self._root = root_of(here)
        self._prefix = _prefix(here, self._root) if self._root is not None else None
        self._roots: dict[str, str] = {}
        self._links: dict[str, bool] = {}

    def root_of(self, path: str) -> str:
        """Return the root of the repository that `path` is in; outside of any, the working directory if it is there."""
        absolute = os.path.abspath(path)
        if self._root is not None and _is_under(absolute, self._root):
            return self._root
        folder = os.path.dirname(absolute)
        found = self._roots.get(folder)
        if found is None:
            found = root_of(folder) or (self._here if _is_under(absolute, self._here) else folder)
            self._roots[folder] = found
        return found

    def project_path(self, path: str) -> str:
        """Return `path` relative to the root of its repository, with `/`."""
        if self._prefix is not None and not os.path.isabs(path) and os.pardir not in path:
            return self._prefix + path.replace(os.sep, "/")  # as all paths are that a hook is given
        return os.path.abspath(path)[len(self.root_of(path).rstrip(os.sep)) + 1 :].replace(os.sep, "/")

    def is_behind_a_link(self, path: str, listed_for: str) -> bool:
        """Whether a folder between `listed_for` and `path` has been replaced by a symbolic link."""
        folder = os.path.dirname(path) or os.curdir
        if folder in (listed_for, path):
            return False
        found = self._links.get(folder)
        if found is None:
            found = self._links[folder] = os.path.islink(folder) or self.is_behind_a_link(folder, listed_for)
        return found


def _prefix(here: str, root: str) -> str:
    """What stands before a path relative to `here` when it is written relative to `root`."""
    return "" if here == root else here[len(root.rstrip(os.sep)) + 1 :].replace(os.sep, "/") + "/"


def _is_under(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)
