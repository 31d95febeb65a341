"""What runs leave behind for those that follow in the same process: an editor has the same files checked at every edit.

Nothing is taken on trust but git's answers. A tree is used for the very text that it was made of.
"""

from __future__ import annotations

from secretkey_lint.project.recalling import at_once
from secretkey_lint.trees.answers import Answers
from secretkey_lint.trees.repository import Repository

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping

    from secretkey_lint.config import Config
    from secretkey_lint.project.recalling import Recall
else:
    from _collections_abc import (
        MutableMapping,
    )  # `collections` would cost a run that has found something more than this

KEPT = 50
"""Runs without anybody asking for it after which something is dropped."""


class Memory:
    """What is known from earlier runs.

    Runs call `between_modules` before they read another one; what that raises ends them, and nothing is half known then.
    """

    def __init__(self, between_modules: Callable[[], None] = lambda: None) -> None:
        self._between_modules = between_modules
        self._answers: dict[str, Answers] = {}
        self._read: dict[tuple[str, frozenset[str]], Recent] = {}

    def begin(self) -> None:
        """Begin another run: what none has had a use for lately is dropped."""
        for answers in self._answers.values():
            answers.renew()
        for recent in self._read.values():
            recent.begin()

    def repository(self, root: str) -> Repository:
        """Return the repository at `root`, which knows what git has said of it."""
        if root not in self._answers:
            self._answers[root] = Answers(root)
        return Repository(root, answers=self._answers[root])

    def read(self, root: str, names: frozenset[str]) -> MutableMapping[str, object]:
        """Return what readers have made of files, by path, where those are further names of the key."""
        return self._read.setdefault((root, names), Recent(self._between_modules))

    def recall(self, config: Config) -> Recall:
        """Return what knows of a project with this configuration from other times: nothing does, of files that change."""
        return at_once

    @property
    def may_be_old(self) -> bool:
        """Whether the run that was begun last has been given answers from before."""
        return any(answers.are_kept for answers in self._answers.values())

    def forget(self) -> None:
        """Ask git anew: files may have changed."""
        for answers in self._answers.values():
            answers.forget()


class Recent(MutableMapping[str, object]):
    """What was asked for, or put in, during the last runs: while a text is no Python nobody asks for what it imports."""

    def __init__(self, on_asking: Callable[[], None] = lambda: None) -> None:
        self._on_asking = on_asking
        self._values: dict[str, object] = {}
        self._asked: dict[str, int] = {}
        self._run = 0

    def begin(self) -> None:
        """Begin another run."""
        self._run += 1
        for key in [key for key, run in self._asked.items() if run < self._run - KEPT]:
            del self[key]

    def __getitem__(self, key: str) -> object:
        self._on_asking()
        value = self._values[key]
        self._asked[key] = self._run
        return value

    def __setitem__(self, key: str, value: object) -> None:
        self._values[key] = value
        self._asked[key] = self._run

    def __delitem__(self, key: str) -> None:
        del self._values[key], self._asked[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
