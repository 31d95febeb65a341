"""JSON for programs: the form that the policy describes, stable across releases."""

from __future__ import annotations

from secretkey_lint import __version__
from secretkey_lint.model.fingerprint import fingerprint

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic, Fix
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style


def render(report: Report, _style: Style) -> str:
    """Return the report as one JSON document."""
    import json

    document = {
        "version": 1,
        "tool": {"name": "secretkey-lint", "version": __version__},
        "diagnostics": [_diagnostic(each) for each in report.diagnostics],
        "summary": {
            "files": report.files,
            "analysed": report.analysed,
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "notes": report.count("note"),
            "suppressed": report.suppressed,
            "baselined": report.baselined,
            "stale": report.stale,
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> dict[str, object]:
    span = diagnostic.span
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "context": diagnostic.context,
        "path": span.path,
        "line": span.start.line,
        "column": span.start.column,
        "end_line": span.end.line,
        "end_column": span.end.column,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "url": diagnostic.url,
        "related": [
            {
                "path": step.span.path,
                "line": step.span.start.line,
                "column": step.span.start.column,
                "message": step.message,
            }
            for step in diagnostic.related
        ],
        "fix": _fix(diagnostic.fix) if diagnostic.fix is not None else None,
        "fingerprint": fingerprint(diagnostic),
    }


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "title": fix.title,
        "applicability": fix.applicability,
        "edits": [
            {
                "line": edit.span.start.line,
                "column": edit.span.start.column,
                "end_line": edit.span.end.line,
                "end_column": edit.span.end.column,
                "text": edit.text,
            }
            for edit in fix.edits
        ],
        "remaining": fix.remaining,
    }
