"""What is about to be pushed, in the words of those who run hooks: git itself, pre-commit and prek."""

from __future__ import annotations

import os

from secretkey_lint.errors import ConfigError
from secretkey_lint.trees import git
from secretkey_lint.trees.plumbing import AS_MADE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO


def pushed(given: list[str], environment: Mapping[str, str], stream: TextIO | None) -> list[str] | None:
    """Return the revisions that are about to be pushed, as `git rev-list` takes them; None where nothing is.

    `given` is what git gives its hook, a remote and its URL, or nothing; `stream` the standard input, on which it says
    what goes where (githooks(5)). pre-commit and prek read that themselves, and tell their hooks in the `environment`.
    Run by hand, it is told nothing, and all of the history is looked at. Raises ConfigError for what git does not say.
    """
    if environment.get("PRE_COMMIT") or environment.get("PRE_COMMIT_TO_REF"):
        return by_pre_commit(environment)
    lines = []
    if stream is not None and not stream.isatty():
        lines = stream.buffer.read().decode("utf-8", "replace").splitlines()
    elif given:
        raise ConfigError("git says on the standard input what is pushed, and there is nothing to read")
    return by_git(given[0] if given else "", lines) if given or lines else ["HEAD"]


def by_pre_commit(environment: Mapping[str, str]) -> list[str] | None:
    """Return what pre-commit says is pushed. What a branch of the remote has is out already."""
    first, last = environment.get("PRE_COMMIT_FROM_REF", ""), environment.get("PRE_COMMIT_TO_REF", "")
    if last and not last.strip("0"):
        return None  # a branch is deleted
    tip = last or environment.get("PRE_COMMIT_LOCAL_BRANCH", "") or "HEAD"
    known = [first] if first.strip("0") else []
    return _without([tip], known, environment.get("PRE_COMMIT_REMOTE_NAME", ""))


def by_git(remote: str, lines: list[str]) -> list[str] | None:
    """Return what git says is pushed, a line for each reference: its name and commit here, its name and commit there.

    A commit of zeros is none: what is deleted here, or new there. One of the remote that was never fetched is unknown to
    this clone, as when a branch is forced over what somebody else has pushed; what else of the remote is known counts.
    """
    tips: dict[str, None] = {}
    known: dict[str, None] = {}
    for line in lines:
        words = line.split(" ")
        if len(words) != 4 or not all(map(_is_id, words[1::2])):
            raise ConfigError("the standard input is not what git tells its pre-push hook")
        if words[1].strip("0"):
            tips[words[1]] = None
            if words[3].strip("0") and _is_here(words[3]):
                known[words[3]] = None
    return _without(list(tips), list(known), remote) if tips else None


def _without(tips: list[str], known: list[str], remote: str) -> list[str]:
    """Revisions up to `tips` that neither `known` ones nor branches of a remote lead to."""
    # a URL may stand there, of which this clone knows no branches, and patterns are none of its names
    if remote and not any(each in remote for each in ":*?[/"):
        known = [*known, f"--remotes={remote}"]
    return [*tips, *(["--not", *known] if known else [])]


def _is_id(word: str) -> bool:
    return len(word) >= 40 and set("0123456789abcdef").issuperset(word)


def _is_here(commit: str) -> bool:
    return git.Process(["cat-file", "-e", f"{commit}^{{commit}}"], os.curdir, AS_MADE).result()[0] == 0
