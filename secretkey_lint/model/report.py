"""The outcome of a run."""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    from secretkey_lint.model.diagnostic import Diagnostic, Severity


class Suppressed(Record):
    """A diagnostic that is not reported because somebody said so: `inline`, in a comment beside it.

    `reason` is what they wrote, with everything masked that may be part of a key; empty where they gave none.
    """

    diagnostic: Diagnostic
    kind: typing.Literal["inline"]
    reason: str = ""


class Report(Record):
    """All diagnostics of a run, in the order of path and place, and what was looked at.

    `files` counts the files that were read, `analysed` those that might bind a key and went to a reader.
    `suppressed` counts what would have been reported had nobody suppressed it, `suppressed_diagnostics` is that.
    `failures` says what went wrong inside of us: with any, the run is not clean whatever it reports.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    analysed: int
    suppressed: int = 0
    failures: tuple[str, ...] = ()
    suppressed_diagnostics: tuple[Suppressed, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many diagnostics have this severity."""
        return sum(diagnostic.severity == severity for diagnostic in self.diagnostics)
