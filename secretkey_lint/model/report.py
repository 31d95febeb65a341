"""The outcome of a run."""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    from secretkey_lint.model.diagnostic import Diagnostic, Severity


class Suppressed(Record):
    """A diagnostic that is not reported because somebody said so: `inline`, in a comment beside it, or in the `baseline`.

    `reason` is what they wrote, with everything masked that may be part of a key; empty where they gave none.
    """

    diagnostic: Diagnostic
    kind: typing.Literal["inline", "baseline"]
    reason: str = ""


class RulePage(Record):
    """What a report says of a rule: how loud it is in production, why in plain text, and its page in Markdown."""

    code: str
    name: str
    severity: Severity
    summary: str
    reason: str
    help: str
    url: str
    page: str


class Report(Record):
    """All diagnostics of a run, in the order of path and place, and what was looked at.

    `files` counts the files that were read, `analysed` those that might bind a key and went to a reader.
    `excluded` counts those that the configuration leaves out, `suppressed` what would have been reported had nobody
    suppressed it in a comment, `baselined` what is in the baseline (`suppressed_diagnostics` is both). `stale` counts
    the entries of baselines for which there is nothing any more, where all was looked at that could tell. `failures`
    says what could not be done: with any, the run is not clean whatever it reports. `rules` is
    what there is to say of the rules, unless no file had to be judged by them; `status` the exit status, where a command
    made the report.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    analysed: int
    suppressed: int = 0
    baselined: int = 0
    excluded: int = 0
    failures: tuple[str, ...] = ()
    suppressed_diagnostics: tuple[Suppressed, ...] = ()
    rules: tuple[RulePage, ...] = ()
    status: int | None = None
    stale: int = 0

    def count(self, severity: Severity) -> int:
        """How many diagnostics have this severity."""
        return sum(diagnostic.severity == severity for diagnostic in self.diagnostics)
