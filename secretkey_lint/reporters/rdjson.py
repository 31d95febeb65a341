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
    return {
        "message": "\n".join([printable(diagnostic.message), *way_of(diagnostic), diagnostic.help]),
        "location": {
            "path": printable(diagnostic.span.path),
            "range": _range(diagnostic),
        },
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.code, "url": diagnostic.url},
    }


def _range(diagnostic: Diagnostic) -> dict[str, dict[str, int]]:
    """A place, with columns in bytes of UTF-8 as the format counts them; without, it is of whole lines."""
    start, end = {"line": diagnostic.span.start.line}, {"line": diagnostic.span.end.line}
    if diagnostic.byte_columns is not None:
        start["column"], end["column"] = diagnostic.byte_columns
    return {"start": start, "end": end}
