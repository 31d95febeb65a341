"""A Code Quality report, which GitLab shows in merge requests: https://docs.gitlab.com/ci/testing/code_quality/."""

from __future__ import annotations

from secretkey_lint.model.fingerprint import fingerprint
from secretkey_lint.reporters import path_from, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style

_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


def render(report: Report, _style: Style) -> str:
    """Return a list with an issue for each diagnostic."""
    import json

    return json.dumps([_issue(each) for each in report.diagnostics], indent=2) + "\n"


def _issue(diagnostic: Diagnostic) -> dict[str, object]:
    start, end = diagnostic.span.start, diagnostic.span.end
    return {
        "type": "issue",
        "check_name": diagnostic.code,
        "description": f"{diagnostic.code} {diagnostic.name}: {printable(diagnostic.message)}",
        "content": {"body": f"{diagnostic.help}\n\n{diagnostic.url}"},
        "categories": ["Security"],
        "severity": _SEVERITIES[diagnostic.severity],
        "fingerprint": fingerprint(diagnostic),
        "location": {
            "path": printable(path_from("CI_PROJECT_DIR", diagnostic.span.path)),
            "positions": {
                "begin": {"line": start.line, "column": start.column},
                "end": {"line": end.line, "column": end.column},
            },
        },
    }
