"""The outcome of a run."""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic, Severity


class Report(Record):
    """All diagnostics of a run, in the order of path and place, and what was looked at.

    `files` counts the files that were read, `analysed` those that might bind a key and went to a reader.
    `excluded` counts those that the configuration leaves out, `suppressed` and `baselined` findings that are not
    reported. `failures` says what could not be done: with any, the run is not clean whatever it reports.
    """

    diagnostics: tuple[Diagnostic, ...]
    files: int
    analysed: int
    suppressed: int = 0
    baselined: int = 0
    excluded: int = 0
    failures: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many diagnostics have this severity."""
        return sum(diagnostic.severity == severity for diagnostic in self.diagnostics)
