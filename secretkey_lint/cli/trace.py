"""`secretkey-lint trace`: what the key can be where the project starts, by which way, and why that is well or not."""

from __future__ import annotations

import sys

from secretkey_lint import tracing
from secretkey_lint.cli import CLEAN, FAILED, complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.trace import TraceReport


def trace(wanted: str | None, output_format: str) -> int:
    """Print the trace of a module, a file, or all that starts in a folder; return the exit status.

    That is 0 whatever is found, since `check` is what judges, and 2 where nothing could be traced.
    """
    report = tracing.trace(wanted)
    _print(output_format, report)
    for failure in report.failures:
        complain(failure)
    return FAILED if report.failures else CLEAN


def _print(output_format: str, report: TraceReport) -> None:
    """Write the report to the standard output, broken at the width of the terminal if it is one."""
    from secretkey_lint.reporters import Style
    from secretkey_lint.tracing import formats

    width = 0
    if sys.stdout.isatty():
        from shutil import get_terminal_size

        width = get_terminal_size().columns
    text = formats.load(output_format)(report, Style(sys.stdout), width)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()
