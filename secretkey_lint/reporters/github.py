"""Workflow commands, which GitHub Actions shows as annotations in the changes of a pull request.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
"""

from __future__ import annotations

from secretkey_lint.reporters import path_from, printable, way_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, _style: Style) -> str:
    """Return a command a line, for each diagnostic and for what could not be done."""
    commands = [_command(each) for each in report.diagnostics]
    commands += [f"::error title=secretkey-lint::{_data(failure)}\n" for failure in report.failures]
    return "".join(commands)


def _command(diagnostic: Diagnostic) -> str:
    start, end = diagnostic.span.start, diagnostic.span.end
    properties = {"file": path_from("GITHUB_WORKSPACE", diagnostic.span.path), "line": start.line, "endLine": end.line}
    if start.line == end.line:  # columns of several lines are refused
        properties |= {"col": start.column, "endColumn": end.column}
    properties["title"] = f"{diagnostic.code} {diagnostic.name}"
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = "\n".join([printable(diagnostic.message), *way_of(diagnostic), diagnostic.help])
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(message)}\n"


def _data(text: str) -> str:
    """Text behind `::`; what the runner cannot decode, and a terminal may obey, is escaped as elsewhere."""
    lines = text.replace("%", "%25").replace("\r", "%0D").split("\n")
    return "%0A".join(map(printable, lines))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
