"""Walks through a history, parents before children, and keeps what each commit leaks."""

from __future__ import annotations

from secretkey_lint.history.versions import Judge
from secretkey_lint.model.diagnostic import at_least
from secretkey_lint.model.history import Moment
from secretkey_lint.trees.commit import Contents, Files
from secretkey_lint.trees.history import blobs, commits, tree_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from secretkey_lint.config import Configurations
    from secretkey_lint.errors import SecretKeyLintError
    from secretkey_lint.history.versions import Found, Judgement
    from secretkey_lint.trees.history import Commit, Revisions


class State:
    """What the files of a commit leak; shared by all commits between which nothing changes that matters."""

    def __init__(self, judged: dict[str, Judgement]) -> None:
        self.judged = judged
        self.paths = frozenset[str]().union(*(each.reach.paths for each in judged.values()))
        self.bits = 0
        for each in judged.values():
            self.bits |= each.reach.bits
        self.found: dict[bytes, dict[str, Found]] = {}
        """By what stands for keys, and by paths."""
        for judgement in judged.values():
            for found in judgement.found:
                places = self.found.setdefault(found.key, {})
                known = places.get(found.path)
                if known is None or not at_least(known.severity, found.severity):
                    places[found.path] = found


_NOTHING = State({})


class Stay:
    """The time that a key has been in one file: the first and the last commit that had it, and one that took it out.

    `found` is what it was where it was loudest.
    """

    def __init__(self, found: Found, first: Moment) -> None:
        self.found = found
        self.is_suppressed = False
        self.first = self.last = first
        self.removed: Moment | None = None


class Walk:
    """One walk through a history; then `stays` says which keys it had where and when, by what stands for them."""

    def __init__(
        self,
        revisions: Revisions,
        configurations: Configurations,
        contents: Contents,
        on_error: Callable[[SecretKeyLintError], None],
        on_value: Callable[[bytes, str, str], None],
    ) -> None:
        self.root = revisions.root
        self._revisions = revisions
        self._contents = contents
        self._files = Files(revisions.root, contents)
        self.judge = Judge(revisions.root, configurations, contents, on_error, on_value)
        self._states: dict[str, State] = {}
        self._turns: dict[str, int] = {}
        self._before: set[bytes] = set()
        self._changed: set[str] | None = None
        """Paths of files that the commits change, once it is known."""
        self.stays: dict[bytes, dict[str, Stay]] = {}
        self.unread: dict[str, str] = {}
        """Paths of files that could not be read at some commit, and why."""
        self.roots: set[str] = set()
        """Commits before which there is nothing, as far as git knows."""
        self.commits = 0
        self.versions = 0

    def go(self) -> None:
        """Look at all blobs, then at all commits. Raises GitError."""
        for blob, content in blobs(self._revisions):
            self.versions += 1
            self._contents.look_at(blob, content)
        self._contents.is_complete = self._revisions.is_whole
        try:
            for commit in commits(self._revisions):
                self.commits += 1
                self._visit(commit)
        finally:
            self._files.close()
            self._contents.close()

    def state_at(self, commit: str) -> State | None:
        """Return what a commit leaks, or None if it is none of those that were looked at."""
        return self._states.get(commit)

    def turn(self, moment: Moment) -> int:
        """Return where a commit stands in the order of the walk."""
        return self._turns[moment.commit]

    def _visit(self, commit: Commit) -> None:
        if not commit.parents:
            self.roots.add(commit.id)
        for path, _, blob in commit.changes if self._contents.problems else ():
            if blob in self._contents.problems:
                self.unread[path] = self._contents.problems[blob]
        for parent in commit.parents:
            if parent not in self._states:
                self._states[parent] = self._judged_before(parent)
        before = [self._states[parent] for parent in commit.parents]
        state = self._judged(commit, before[0] if before else _NOTHING)
        self._states[commit.id] = state
        self._turns[commit.id] = len(self._turns)
        now = Moment(commit.id, commit.date)
        for key, places in state.found.items():
            if key in self._before:
                continue
            stays = self.stays.setdefault(key, {})
            for path, found in places.items():
                stay = stays.get(path)
                if stay is None:
                    stay = stays[path] = Stay(found, now)
                elif not at_least(stay.found.severity, found.severity):
                    stay.found = found
                stay.is_suppressed |= found.is_suppressed
                stay.last = now
        for earlier in before:
            if earlier is not state:
                for key, places in earlier.found.items():
                    for path in places:
                        if path not in state.found.get(key, {}) and path in self.stays.get(key, {}):
                            self.stays[key][path].removed = now

    def _judged(self, commit: Commit, before: State) -> State:
        """What a commit leaks, given what its first parent does."""
        contents = self._contents
        changed = {path for path, _, _ in commit.changes}
        bits = 0
        new: set[str] = set()
        for path, old, blob in commit.changes:
            bits |= contents.bits(old) | contents.bits(blob)
            if blob and contents.is_candidate(path, blob):
                new.add(path)
        if not new and before.paths.isdisjoint(changed) and not before.bits & bits:
            return before
        again = {
            path
            for path, judgement in before.judged.items()
            if path not in changed and (judgement.reach.bits & bits or not judgement.reach.paths.isdisjoint(changed))
        }
        kept = {path: each for path, each in before.judged.items() if path not in again and path not in changed}
        if not new and not again and len(kept) == len(before.judged):
            return before
        self._files.of(commit.tree)
        return State(kept | self.judge.judge(new | again, self._files))

    def _judged_before(self, commit: str) -> State:
        """What a commit leaks that is none of those to look at: what is known of keys is no news.

        Modules that the range does not change, and that name no setting, would only cost: they take no key from elsewhere.
        """
        if self._changed is None:
            self._changed = {path for each in commits(self._revisions) for path, old, _ in each.changes if old}
        tree = tree_of(commit, self._revisions.root)
        files = self._files.of(tree)
        contents = self._contents
        contents.learn(tree, files)
        candidates = (path for path, blob in files.items() if contents.is_candidate(path, blob))
        state = State(
            self.judge.judge(
                [path for path in candidates if path in self._changed or contents.may_take_a_key(path, files[path])],
                self._files,
            )
        )
        self._before.update(state.found)
        return state
