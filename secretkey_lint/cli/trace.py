"""`secretkey-lint trace`: what the key can be where the project starts, by which way, and why that is well or not."""

from __future__ import annotations

import sys

from secretkey_lint import tracing
from secretkey_lint.cli import CLEAN, FAILED, complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.trace import TraceReport


def trace(wanted: str | None, output_format: str, colour: str) -> int:
    """Print the trace of a module, a file, or all that starts in a folder; return the exit status.

    That is 0 whatever is found, since `check` is what judges, and 2 where nothing could be traced.
    """
    report = tracing.trace(wanted)
    _print(output_format, report, colour)
    for failure in report.failures:
        complain(failure)
    return FAILED if report.failures else CLEAN


def _print(output_format: str, report: TraceReport, colour: str) -> None:
    """Write the report to the standard output, drawn if that is a terminal."""
    from secretkey_lint.reporters import Style
    from secretkey_lint.tracing import formats

    style = Style(sys.stdout, colour=colour)
    name = "terminal" if output_format == "text" and style.drawn and report.traces else output_format
    text = formats.load(name)(report, style)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()
