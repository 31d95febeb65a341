"""The format of reviewdog, which comments on changes in whatever hosts them: rdjson.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

from secretkey_lint.reporters import printable, way_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic, Edit
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style

    Document = dict[str, object]

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report, _style: Style) -> str:
    """Return the report as one `DiagnosticResult`."""
    import json

    document = {
        "source": {"name": "secretkey-lint", "url": "https://github.com/secretkey-lint/secretkey-lint"},
        "diagnostics": [_diagnostic(each) for each in report.diagnostics],
    }
    return json.dumps(document, indent=2) + "\n"


def _diagnostic(diagnostic: Diagnostic) -> Document:
    lines = [printable(diagnostic.message), *way_of(diagnostic), diagnostic.help]
    described: Document = {}
    edits = _edits(diagnostic)
    if diagnostic.fix is not None and edits:
        lines.append(f"{diagnostic.fix.title}. {diagnostic.fix.remaining}".rstrip())
        described["suggestions"] = [{"range": _range(each), "text": each.text} for each in edits]
    return {
        "message": "\n".join(lines),
        "location": {
            "path": printable(diagnostic.span.path),
            "range": _range(diagnostic),
        },
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.code, "url": diagnostic.url},
        **described,
    }


def _edits(diagnostic: Diagnostic) -> list[Edit]:
    """What mends a finding, first what is in its line: that is where reviewdog comments on a pull request.

    Nothing where columns are not known: a suggestion without puts its text in the place of whole lines.
    """
    edits = diagnostic.fix.edits if diagnostic.fix is not None else ()
    if any(each.byte_columns is None for each in edits):
        return []
    return sorted(edits, key=lambda each: each.span.start.line != diagnostic.span.start.line)


def _range(found: Diagnostic | Edit) -> Document:
    """A place, with columns in bytes of UTF-8 as the format counts them; without, it is of whole lines."""
    start, end = {"line": found.span.start.line}, {"line": found.span.end.line}
    if found.byte_columns is not None:
        start["column"], end["column"] = found.byte_columns
    return {"start": start, "end": end}
