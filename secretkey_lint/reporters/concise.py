"""`path:line:column: CODE severity message`, a finding a line: for editors and for grep."""

from __future__ import annotations

from secretkey_lint.reporters import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style


def render(report: Report, _style: Style) -> str:
    """Return the report with a line for each diagnostic."""
    return "".join(
        f"{printable(each.span.path)}:{each.span.start.line}:{each.span.start.column}: "
        f"{each.code} {each.severity} {printable(each.message)}\n"
        for each in report.diagnostics
    )
