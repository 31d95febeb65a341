"""Checks a history: from revisions to a report, with what the configuration, baselines and remotes say of it."""

from __future__ import annotations

import os

from secretkey_lint.history.walking import Walk
from secretkey_lint.model.diagnostic import SEVERITIES, at_least
from secretkey_lint.model.history import HistoryReport, Leak, Place
from secretkey_lint.trees.commit import Contents
from secretkey_lint.trees.history import branches, cuts
from secretkey_lint.trees.worktree import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.baselines import Baselines
    from secretkey_lint.config import Configurations
    from secretkey_lint.history.walking import Stay
    from secretkey_lint.trees.history import Revisions

MAX_NAMED = 3
"""Files that are named of those that could not be read."""


def check(revisions: Revisions, configurations: Configurations, baselines: Baselines) -> HistoryReport:
    """Return what the history leaks that is in no baseline. Raises ConfigError and GitError."""
    failures: list[str] = []
    accepted: set[bytes] = set()
    digests: dict[bytes, str] = {}

    def on_value(key: bytes, text: str, path: str) -> None:
        baseline = baselines.of(path)
        if baseline is not None:
            digests[key] = baseline.digest(text)
            if baseline.accepts(digests[key]):
                accepted.add(key)

    names = frozenset(configurations.of_folder(revisions.root).needles)
    while True:
        contents = Contents(revisions.root, sorted(names))
        walk = Walk(revisions, configurations, contents, lambda error: failures.append(str(error)), on_value)
        walk.go()
        carriers = frozenset(name.encode("utf-8", "surrogateescape") for name in walk.judge.carriers)
        if carriers <= names:
            break
        names |= carriers  # what names those is to be looked at, too
        failures.clear()
    failures += _cut(revisions, walk)
    failures += _unread(revisions, walk, configurations)
    if contents.problems and not walk.unread:  # of commits that a range begins behind
        failures.append(f"{len(contents.problems)} files could not be read: {next(iter(contents.problems.values()))}")
    tips = branches(revisions.root)
    leaks: list[Leak] = []
    suppressed = baselined = 0
    for key, stays in walk.stays.items():
        places = [_place(key, stay, walk, tips, digests.get(key, "")) for stay in stays.values()]
        if not any(at_least(each.severity, configurations.of(each.path).least_shown()) for each in places):
            continue
        if any(stay.is_suppressed for stay in stays.values()):
            suppressed += 1
        elif key in accepted:
            baselined += 1
        else:
            leaks.append(_leak(key, [*stays.values()], places, walk, tips))
    return HistoryReport(
        tuple(leaks),
        walk.commits,
        walk.versions,
        walk.judge.analysed,
        suppressed=suppressed,
        baselined=baselined,
        unparsed=len(walk.judge.unparsed),
        failures=tuple(dict.fromkeys(failures)),
    )


def _place(key: bytes, stay: Stay, walk: Walk, tips: dict[str, str], digest: str) -> Place:
    found = stay.found
    head = walk.state_at(tips.get("HEAD", ""))
    return Place(
        found.path,
        found.start,
        found.code,
        found.name,
        found.severity,
        found.context,
        found.subject,
        found.message,
        stay.first,
        stay.last,
        head is not None and found.path in head.found.get(key, {}),
        digest,
    )


def _leak(key: bytes, stays: list[Stay], places: list[Place], walk: Walk, tips: dict[str, str]) -> Leak:
    first = min((stay.first for stay in stays), key=walk.turn)
    having = []
    for name, commit in tips.items():
        state = walk.state_at(commit)
        if state is not None and key in state.found:
            having.append(name)
    removals = [stay.removed for stay in stays if stay.removed is not None]
    return Leak(
        max((each.severity for each in places), key=SEVERITIES.index),
        first,
        max((stay.last for stay in stays), key=walk.turn),
        max(removals, key=walk.turn) if removals and not having else None,
        tuple(places),
        tuple(having),
        tuple(branches(walk.root, "refs/remotes", holding=first.commit)),
    )


def _cut(revisions: Revisions, walk: Walk) -> list[str]:
    """Say that there is more history than this clone has, where that is so and would have been looked at."""
    cut = walk.roots & cuts(revisions.root)
    if not cut:
        return []
    said = f"the history of this shallow clone is cut off before {min(cut)[:12]}: what was before was not looked at"
    return [f"{said}; `git fetch --unshallow` gets it"]


def _unread(revisions: Revisions, walk: Walk, configurations: Configurations) -> list[str]:
    """Say which files could not be read."""
    paths = {shown(os.path.join(revisions.root, path)): why for path, why in walk.unread.items()}
    paths = {path: why for path, why in paths.items() if configurations.of(path).exclusion(path) is None}
    named = [f"a version of {path} could not be read: {why}" for path, why in sorted(paths.items())[:MAX_NAMED]]
    if len(paths) > MAX_NAMED:
        named.append(f"versions of {len(paths) - MAX_NAMED} more files could not be read")
    return named
