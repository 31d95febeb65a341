"""The history of a repository: its commits, parents before children, with what each changes, and the blobs of all.

What a commit changes is said against its first parent, so that the files of a commit are those of its first parent with
these changes; a commit without parents adds all of its files. Links and submodules are no files.
"""

from __future__ import annotations

import os

from secretkey_lint.errors import ConfigError
from secretkey_lint.model.record import Record
from secretkey_lint.trees import git
from secretkey_lint.trees.plumbing import AS_MADE, Running
from secretkey_lint.trees.worktree import MAX_SIZE, root_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    Change = tuple[str, str, str]
    """A path, the blob that it had, and the one that it has; "" where there is no file."""

CHUNK = 1 << 20
"""Bytes that are read at once."""


class Commit(Record):
    """A commit: `date` is the committer's, as ISO 8601 has it."""

    id: str
    tree: str
    parents: tuple[str, ...]
    date: str
    changes: tuple[Change, ...]


class Revisions:
    """What to look at: commits that can be reached from some and not from others, in git's own words."""

    def __init__(self, root: str, said: list[str] | None) -> None:
        """Take revisions as `git rev-list` does, None for no commit. Raises ConfigError for what git does not know.

        Without any it is all that led to HEAD, and nothing where there is no commit yet.
        """
        self.root = root
        self.arguments: list[str] = []
        """What git is to be given; nothing for no commit."""
        self.is_whole = True
        """Whether all of the history is looked at that can be reached, so that every commit's parents are."""
        options = [each for each in said or () if each.startswith("-") and not _is_a_choice(each)]
        if options:
            raise ConfigError(f"{options[0]} is no revision")
        if said is None or (said in ([], ["HEAD"], ["--all", "HEAD"]) and not _has_commits(root)):
            return
        for each in said:
            for name in () if each.startswith("-") else self._resolved([each]):
                commit = f"{name.removeprefix('^')}^{{commit}}"
                if git.Process(["rev-parse", "--verify", "--quiet", commit], root, AS_MADE).result()[0] != 0:
                    raise ConfigError(f"{each} is no commit")
        self.arguments = said or ["HEAD"]
        self.is_whole = not any(name.startswith("^") for name in self._resolved(self.arguments))

    def _resolved(self, said: list[str]) -> list[str]:
        """Ids of what can be reached, and, with a `^` before them, of what is left out."""
        process = git.Process(["rev-parse", "--revs-only", *said, "--"], self.root, AS_MADE)
        status, output, errors = process.result()
        if status != 0:
            lines = errors.decode("utf-8", "replace").strip().splitlines() or ["git does not know them"]
            raise ConfigError(f"{' '.join(said)}: {lines[0].removeprefix('fatal: ')}")
        return output.decode("ascii").split()


def _is_a_choice(option: str) -> bool:
    """Whether an option says which commits, and nothing else."""
    return option in ("--all", "--not", "--branches", "--tags", "--remotes") or option.startswith(
        ("--branches=", "--tags=", "--remotes=")
    )


def _has_commits(root: str) -> bool:
    return git.Process(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], root, AS_MADE).result()[0] == 0


def commits(revisions: Revisions) -> Iterator[Commit]:
    """Yield the commits, parents before children, otherwise the oldest first. Raises GitError."""
    arguments = [
        "log", "--reverse", "--date-order", "--raw", "-z", "--no-abbrev", "--no-renames", "--root", "--no-color",
        "--diff-merges=first-parent", "--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-notes",
        "--ignore-submodules=all", "--no-decorate", "--format=%H %T %cI %P",
    ]  # fmt: skip
    if not revisions.arguments:
        return
    with Running([*arguments, *revisions.arguments, "--"], revisions.root) as log:
        header: list[str] | None = None
        changes: list[Change] = []
        tokens = _tokens(log.output)
        for token in tokens:
            if token.startswith((b":", b"\n:")):
                found = change(token, next(tokens, b""))
                if found[1] != found[2]:
                    changes.append(found)
                continue
            if header is not None:
                yield _commit(header, changes)
            header, changes = token.decode("ascii").split(), []
        log.finish()
        if header is not None:
            yield _commit(header, changes)


def _commit(header: list[str], changes: list[Change]) -> Commit:
    name, tree, date, *parents = header
    return Commit(name, tree, tuple(parents), date, tuple(changes))


def change(described: bytes, path: bytes) -> Change:
    """Return what git's raw format says: `:100644 100644 old new M`."""
    before, after, old, new, _ = described.rpartition(b":")[2].split(b" ")
    return (
        os.fsdecode(path),
        old.decode("ascii") if before.startswith(b"100") else "",
        new.decode("ascii") if after.startswith(b"100") else "",
    )


def _tokens(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between NULs."""
    rest = b""
    while chunk := stream.read1(CHUNK):  # type: ignore[attr-defined]
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest.strip():
        yield rest


def blobs(revisions: Revisions) -> Iterator[tuple[str, bytes | str]]:
    """Yield each blob that the commits have, and no excluded one does, once: its id, and its content, or why there is none.

    Raises GitError.
    """
    listing = [
        "rev-list", "--objects", "--no-object-names", "--filter=object:type=blob", "--missing=print",
    ]  # fmt: skip
    if not revisions.arguments:
        return
    with (
        Running([*listing, *revisions.arguments, "--"], revisions.root) as listed,
        Running(["cat-file", "--batch", "--buffer"], revisions.root, listed) as objects,
    ):
        while header := objects.output.readline():
            found = read_object(header, objects.output)
            if found is not None:
                yield found
        objects.finish()


def read_object(header: bytes, stream: IO[bytes]) -> tuple[str, bytes | str] | None:
    """Return a blob that `git cat-file --batch` writes behind `header`, or why it cannot be had; None for a commit."""
    words = header.split()
    name = words[0].decode("ascii", "replace").removeprefix("?")
    if len(words) != 3:
        return name, "it is missing in this clone"
    size = int(words[2])
    if words[1] != b"blob" or size > MAX_SIZE:
        left = size + 1
        while left > 0:
            left -= len(stream.read(min(left, CHUNK))) or left
        return (name, f"it is larger than {MAX_SIZE >> 20} MB") if words[1] == b"blob" else None
    content = stream.read(size)
    stream.read(1)
    return name, content


def tree_of(commit: str, root: str) -> str:
    """Return the id of a commit's tree. Raises GitError."""
    return git.Process(["rev-parse", f"{commit}^{{tree}}"], root, AS_MADE).output().decode("ascii").strip()


def branches(root: str, *folders: str, holding: str = "") -> dict[str, str]:
    """Return branches, by the names that people know them under, with their commits; of all, `HEAD` is the first.

    `folders` are those of references, local and remote ones by default; with `holding`, only those that have a commit.
    Raises GitError.
    """
    found: dict[str, str] = {}
    if not folders:
        status, output, _ = git.Process(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], root, AS_MADE).result()
        if status == 0:
            found["HEAD"] = output.decode("ascii").strip()
    arguments = ["for-each-ref", "--format=%(objectname) %(refname:short)%00%(symref)%00"]
    arguments += [f"--contains={holding}"] if holding else []
    listing = git.Process([*arguments, *(folders or ("refs/heads", "refs/remotes"))], root, AS_MADE).output()
    fields = listing.split(b"\0")
    for described, symbolic in zip(fields[::2], fields[1::2], strict=False):
        commit, _, name = described.strip().partition(b" ")
        if not symbolic:
            found[os.fsdecode(name)] = commit.decode("ascii")
    return found


def cuts(root: str) -> set[str]:
    """Return the commits whose parents a shallow clone has left out."""
    path = os.fsdecode(git.Process(["rev-parse", "--git-path", "shallow"], root, AS_MADE).output().removesuffix(b"\n"))
    try:
        with open(os.path.join(root, path), encoding="ascii") as lines:
            return set(lines.read().split())
    except FileNotFoundError:
        return set()


def repository_root() -> str:
    """Return the root of the repository that the working directory is in, or that directory in a bare one.

    Raises ConfigError where there is none.
    """
    here = os.getcwd()
    root = root_of(here)
    if root is None and git.Process(["rev-parse", "--is-bare-repository"], here).result()[1].strip() != b"true":
        raise ConfigError("there is no git repository here, and so no history")
    return root or here
