"""What `history` tells people: which keys the history has, since when, up to when, and who may have them.

Free of secrets by type, as diagnostics are. Authors and subjects of commits are left out: a subject may hold a key, and
that one person made a commit is not what a leak is about.
"""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.source import Position


class Moment(Record):
    """A commit by its whole id, and the committer's date as ISO 8601 has it."""

    commit: str
    date: str


class Place(Record):
    """A file that has had a key, under a path that people are shown, and what a rule said of it where it was loudest.

    `subject` is the name that had the key. `first` and `last` are the first and the last commit that had it there, in the
    order of the run; `start` is the place in the first version that was as loud as this.
    """

    path: str
    start: Position
    code: str
    name: str
    severity: Severity
    context: Context
    subject: str
    message: str
    first: Moment
    last: Moment
    is_current: bool
    digest: str = ""
    """What a baseline knows the value by, where there is one; never to be shown beside anything but itself."""


class Leak(Record):
    """One value of the key, wherever it stood: `places`, in the order in which they came.

    `first` and `last` are the first and the last commit that had it anywhere. `removed` is the commit that took it out of
    its last place, None where a tip still has it. `tips` are those that do, by the names under which people know them,
    `HEAD` first. `published` are the branches of remotes that hold the first commit, as far as this clone knows.
    """

    severity: Severity
    first: Moment
    last: Moment
    removed: Moment | None
    places: tuple[Place, ...]
    tips: tuple[str, ...] = ()
    published: tuple[str, ...] = ()


class HistoryReport(Record):
    """All leaks, the oldest first, and what was looked at.

    `versions` counts the distinct versions of files that were read, `analysed` those that went to a reader, each once
    for all that it depends on. `suppressed` and `baselined` count leaks that are not reported because somebody said so.
    `unparsed` counts versions that were scanned as text. `failures` says what could not be done: with any, nothing is
    clean.
    """

    leaks: tuple[Leak, ...]
    commits: int
    versions: int
    analysed: int
    suppressed: int = 0
    baselined: int = 0
    unparsed: int = 0
    failures: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many leaks have this severity."""
        return sum(leak.severity == severity for leak in self.leaks)
