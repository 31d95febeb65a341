"""The format of reviewdog, which comments on changes in whatever hosts them: rdjson.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from secretkey_lint.reporters import printable, way_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report, _style: Style) -> str:
    """Return the report as one `DiagnosticResult`."""
    import json

    document = {
        "source": {"name": "secretkey-lint", "url": "https://github.com/secretkey-lint/secretkey-lint"},
        "diagnostics": [_diagnostic(each) for each in report.diagnostics],
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "message": "\n".join([printable(diagnostic.message), *way_of(diagnostic), diagnostic.help]),
        "location": {
            "path": printable(span.path),
            # Columns are counted in bytes there, which takes the line itself; ranges without columns are of lines.
            "range": {"start": {"line": span.start.line}, "end": {"line": span.end.line}},
        },
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.code, "url": diagnostic.url},
    }
