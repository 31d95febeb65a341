"""Which files git ignores: what nobody commits."""

from __future__ import annotations

import os

from secretkey_lint.trees import git

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def ignored(paths: Iterable[str], root: str) -> set[str]:
    """Return those of `paths`, which are absolute, that git ignores in its repository at `root`, tracked ones never."""
    names = {os.path.relpath(path, root).replace(os.sep, "/"): path for path in paths}
    if not names:
        return set()
    status, output, _ = git.Process(["check-ignore", "-z", "--", *names], root).result()
    if status not in (
        0,
        1,
    ):  # it has refused one of them, one of a submodule for instance, and says nothing of the others
        return set() if len(names) == 1 else {each for path in names.values() for each in ignored([path], root)}
    return {names[os.fsdecode(name)] for name in output.split(b"\0") if os.fsdecode(name) in names}
