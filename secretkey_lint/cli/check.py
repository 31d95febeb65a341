"""`secretkey-lint check`: files in, a report out."""

from __future__ import annotations

import sys

from secretkey_lint.cli import CLEAN, FAILED, FINDINGS, complain
from secretkey_lint.cli.options import CONFIGURED
from secretkey_lint.config import Configurations
from secretkey_lint.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.cli.options import Arguments
    from secretkey_lint.model.report import Report


def check(arguments: Arguments) -> int:
    """Run the check that was asked for and return the exit status."""
    values = arguments.values
    if values["statistics"] and values["output-format"] not in ("text", "concise"):
        raise ConfigError("--statistics goes with the output formats text and concise")
    for name in ("config", "baseline"):
        if arguments.given.get(name) == "":
            raise ConfigError(f"--{name} needs the path of a file")
    if values["baseline"] and values["no-baseline"]:
        raise ConfigError("--baseline and --no-baseline contradict each other")
    given = {name: arguments.given.get(name, "") for name in (*CONFIGURED, "no-baseline")}
    configurations = Configurations(given, values["config"])
    if values["show-config"] or values["show-files"]:
        from secretkey_lint.cli.show import show

        return show(arguments, configurations)
    report = _report(arguments, configurations)
    _print(report, values)
    for failure in report.failures:
        complain(failure)
    if report.failures:
        return FAILED
    if report.diagnostics:
        from secretkey_lint.model.diagnostic import at_least

        if any(at_least(each.severity, configurations.of(each.span.path).fails_on()) for each in report.diagnostics):
            return FINDINGS
    return CLEAN


def _report(arguments: Arguments, configurations: Configurations) -> Report:
    from secretkey_lint import api

    values, paths = arguments.values, arguments.paths or ["."]
    if "-" not in paths:
        if values["stdin-filename"]:
            raise ConfigError("--stdin-filename goes with -, the content to check on the standard input")
        return api.check_paths(paths, configurations=configurations)
    if len(paths) > 1:
        raise ConfigError("- is the only path where the content comes from the standard input")
    if not values["stdin-filename"]:
        raise ConfigError("- needs --stdin-filename, the path that the content is checked as")
    return api.check_source(sys.stdin.buffer.read(), values["stdin-filename"], configurations=configurations)


def _print(report: Report, values: dict[str, str]) -> None:
    """Write the report to the standard output."""
    from secretkey_lint import reporters

    style = reporters.Style(sys.stdout, quiet=bool(values["quiet"]))
    text = ""
    if report.diagnostics or values["output-format"] != "concise":
        text = reporters.load(values["output-format"])(report, style)
    if values["statistics"]:
        text += _statistics(report)
    write(text)


def _statistics(report: Report) -> str:
    """How often each rule reports, the most frequent first."""
    counts: dict[str, int] = {}
    for each in report.diagnostics:
        name = f"{each.code} {each.name}"
        counts[name] = counts.get(name, 0) + 1
    return "".join(f"{counts[name]:6} {name}\n" for name in sorted(counts, key=lambda name: (-counts[name], name)))


def write(text: str) -> None:
    """Write to the standard output, as UTF-8 where the terminal can't say that it takes less."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()
