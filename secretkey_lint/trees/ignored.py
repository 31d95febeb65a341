"""Which files git ignores: what nobody commits."""

from __future__ import annotations

from secretkey_lint.trees import git


def is_ignored(path: str, root: str) -> bool:
    """Whether git ignores a file, given by its absolute path, in the repository at `root`; it never does what it tracks.

    Where git refuses to say, as it does of the files of a submodule, it does not ignore it.
    """
    status, _, _ = git.Process(["check-ignore", "-q", "--", path], root).result()
    return status == 0
