"""`secretkey-lint check`: files in, a report out."""

from __future__ import annotations

import sys

from secretkey_lint.cli import CLEAN, FAILED, FINDINGS, complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.cli.options import Arguments
    from secretkey_lint.model.report import Report


def check(arguments: Arguments) -> int:
    """Run the check that was asked for and return the exit status."""
    values = arguments.values
    report = _report(arguments)
    if report.diagnostics or values["output-format"] != "concise":
        _print(values["output-format"], report)
    for failure in report.failures:
        complain(failure)
    if report.failures:
        return FAILED
    if report.diagnostics:
        from secretkey_lint.model.diagnostic import at_least

        fail_on = values["fail-on"]
        if any(at_least(diagnostic.severity, fail_on) for diagnostic in report.diagnostics):  # type: ignore[arg-type]
            return FINDINGS
    return CLEAN


def _report(arguments: Arguments) -> Report:
    from secretkey_lint import api
    from secretkey_lint.errors import ConfigError

    values, paths = arguments.values, arguments.paths or ["."]
    # what fails the run is shown, however quiet the output is to be
    loudest_hidden = values["min-severity"] if _louder(values["fail-on"], values["min-severity"]) else values["fail-on"]
    options = {"select": values["select"], "ignore": values["ignore"], "min_severity": loudest_hidden}
    if "-" not in paths:
        if values["stdin-filename"]:
            raise ConfigError("--stdin-filename goes with -, the content to check on the standard input")
        return api.check_paths(paths, **options)  # type: ignore[arg-type]
    if len(paths) > 1:
        raise ConfigError("- is the only path where the content comes from the standard input")
    if not values["stdin-filename"]:
        raise ConfigError("- needs --stdin-filename, the path that the content is checked as")
    return api.check_source(sys.stdin.buffer.read(), values["stdin-filename"], **options)  # type: ignore[arg-type]


def _louder(first: str, second: str) -> bool:
    order = ("note", "warning", "error")
    return order.index(first) > order.index(second)


def _print(output_format: str, report: Report) -> None:
    """Write the report to the standard output, as UTF-8 where the terminal can't say that it takes less."""
    from secretkey_lint import reporters

    text = reporters.load(output_format)(report, reporters.Style(sys.stdout))
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()
