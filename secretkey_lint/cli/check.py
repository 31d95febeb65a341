"""`secretkey-lint check`: files in, a report out."""

from __future__ import annotations

import sys

from secretkey_lint import reporters
from secretkey_lint.cli import CLEAN, FAILED, FINDINGS, complain
from secretkey_lint.cli.options import CONFIGURED
from secretkey_lint.config import Configurations
from secretkey_lint.errors import ConfigError
from secretkey_lint.model.record import replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.cli.options import Arguments
    from secretkey_lint.model.report import Report

_FOR_EYES = ("text", "concise")
"""The formats that statistics can stand below."""


def check(arguments: Arguments) -> int:
    """Run the check that was asked for and return the exit status."""
    values = arguments.values
    if values["statistics"] and values["output-format"] not in _FOR_EYES:
        raise ConfigError("--statistics goes with the output formats text and concise")
    for name in ("config", "baseline"):
        if arguments.given.get(name) == "":
            raise ConfigError(f"--{name} needs the path of a file")
    if values["baseline"] and values["no-baseline"]:
        raise ConfigError("--baseline and --no-baseline contradict each other")
    if values["unsafe-fixes"] and not (values["fix"] or values["diff"]):
        raise ConfigError("--unsafe-fixes goes with --fix or --diff")
    if values["fix"] and values["diff"]:
        raise ConfigError("--fix and --diff contradict each other")
    given = {name: arguments.given.get(name, "") for name in (*CONFIGURED, "no-baseline")}
    configurations = Configurations(given, values["config"])
    files = _files(arguments)
    if values["show-config"] or values["show-files"]:
        from secretkey_lint.cli.show import show

        if files:
            raise ConfigError("--show-config and --show-files are written to the standard output")
        return show(arguments, configurations)
    report = _report(arguments, configurations)
    if values["diff"]:
        return _show_fixes(report, configurations, unsafe=bool(values["unsafe-fixes"]))
    if values["fix"] and _fix(report, configurations, values):
        report = _report(arguments, configurations)
    status = _status(report, configurations)
    report = replace(report, status=status)
    quiet = bool(values["quiet"])
    unwritten: list[str] = []
    for path, output_format in files.items():
        from secretkey_lint.cli.outputs import write_file

        try:
            write_file(path, _text(report, output_format, values, reporters.Style(quiet=quiet)))
        except ConfigError as error:  # the others are still to be had
            unwritten.append(str(error))
    if not values["output-file"]:
        style = reporters.Style(sys.stdout, quiet=quiet, colour=values["color"])
        write(_text(report, values["output-format"], values, style))
    for failure in (*report.failures, *unwritten):
        complain(failure)
    return FAILED if unwritten else status


def _fix(report: Report, configurations: Configurations, values: dict[str, str]) -> bool:
    """Mend files, say what remains to be done, and return whether any was changed."""
    from secretkey_lint.cli import fixing

    changed = False
    for change in fixing.changes(report, configurations, unsafe=bool(values["unsafe-fixes"])):
        fixing.write(change)
        changed = True
        for line in () if values["quiet"] else fixing.told(change):
            complain(line)
    return changed


def _show_fixes(report: Report, configurations: Configurations, *, unsafe: bool) -> int:
    """Write what fixes would change, and return the exit status: nothing to report, or something."""
    from secretkey_lint.cli import fixing
    from secretkey_lint.cli.difference import difference

    status = _status(report, configurations)
    for change in fixing.changes(report, configurations, unsafe=unsafe):
        write(difference(change))
        status = max(status, FINDINGS)
    for failure in report.failures:
        complain(failure)
    return status


def _files(arguments: Arguments) -> dict[str, str]:
    """The files that reports go to, with their formats; raises ConfigError for those that cannot be written."""
    values, files = arguments.values, arguments.files
    if values["output-file"]:
        if values["output-file"] in files:
            raise ConfigError(f"two reports would be written to {values['output-file']}")
        files = {values["output-file"]: values["output-format"], **files}
    elif "output-file" in arguments.given:
        raise ConfigError("--output-file needs the path of a file")
    if files:
        from secretkey_lint.cli.outputs import refuse

        refuse(list(files))
    return files


def _status(report: Report, configurations: Configurations) -> int:
    """The exit status that a report stands for."""
    if report.failures:
        return FAILED
    if report.diagnostics:
        from secretkey_lint.model.diagnostic import at_least

        if any(at_least(each.severity, configurations.of(each.span.path).fails_on()) for each in report.diagnostics):
            return FINDINGS
    return CLEAN


def _report(arguments: Arguments, configurations: Configurations) -> Report:
    from secretkey_lint import api

    values, paths, fixes = arguments.values, arguments.paths or ["."], _needs_fixes(arguments)
    if "-" not in paths:
        if values["stdin-filename"]:
            raise ConfigError("--stdin-filename goes with -, the content to check on the standard input")
        if values["quiet"] or not reporters.is_watched(sys.stderr):
            return api.check_paths(paths, configurations=configurations, fixes=fixes)
        from secretkey_lint.cli.watching import Watch

        with Watch() as progress:
            return api.check_paths(paths, configurations=configurations, progress=progress, fixes=fixes)
    for name in ("fix", "diff"):
        if values[name]:
            raise ConfigError(f"--{name} is for files, and - is none")
    if len(paths) > 1:
        raise ConfigError("- is the only path where the content comes from the standard input")
    if not values["stdin-filename"]:
        raise ConfigError("- needs --stdin-filename, the path that the content is checked as")
    content = sys.stdin.buffer.read()
    return api.check_source(content, values["stdin-filename"], configurations=configurations, fixes=fixes)


def _needs_fixes(arguments: Arguments) -> bool:
    """Whether anything is to be mended, or said of it."""
    values = arguments.values
    if values["fix"] or values["diff"]:
        return True
    quiet = bool(values["quiet"])
    formats = (values["output-format"], *arguments.files.values())
    return any(reporters.tells_of_fixes(each, quiet=quiet) for each in formats)


def _text(report: Report, output_format: str, values: dict[str, str], style: reporters.Style) -> str:
    """What a report is written as; only what people read has statistics."""
    text = ""
    if report.diagnostics or output_format != "concise":
        text = reporters.load(reporters.choose(output_format, report, style))(report, style)
    if values["statistics"] and output_format in _FOR_EYES:
        text += _statistics(report)
    return text


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
