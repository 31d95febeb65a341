"""JSON for programs: the form that docs/history.md describes, stable across releases."""

from __future__ import annotations

from secretkey_lint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.history import HistoryReport, Leak, Moment, Place
    from secretkey_lint.reporters import Style


def render(report: HistoryReport, _style: Style) -> str:
    """Return the report as one JSON document."""
    import json

    document = {
        "version": 1,
        "tool": {"name": "secretkey-lint", "version": __version__},
        "leaks": [_leak(each) for each in report.leaks],
        "summary": {
            "commits": report.commits,
            "versions": report.versions,
            "analysed": report.analysed,
            "unparsed": report.unparsed,
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "notes": report.count("note"),
            "suppressed": report.suppressed,
            "baselined": report.baselined,
            "complete": not report.failures,
        },
    }
    return json.dumps(document, indent=2) + "\n"


def _leak(leak: Leak) -> dict[str, object]:
    return {
        "severity": leak.severity,
        "first": _moment(leak.first),
        "last": _moment(leak.last),
        "removed": _moment(leak.removed) if leak.removed is not None else None,
        "still_in": list(leak.tips),
        "published": list(leak.published),
        "places": [_place(each) for each in leak.places],
    }


def _moment(moment: Moment) -> dict[str, str]:
    return {"commit": moment.commit, "date": moment.date}


def _place(place: Place) -> dict[str, object]:
    return {
        "path": place.path,
        "line": place.start.line,
        "column": place.start.column,
        "code": place.code,
        "name": place.name,
        "severity": place.severity,
        "context": place.context,
        "subject": place.subject,
        "message": place.message,
        "first": _moment(place.first),
        "last": _moment(place.last),
        "in_head": place.is_current,
    }
