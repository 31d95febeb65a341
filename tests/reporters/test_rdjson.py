"""What reviewdog reads."""

import json

from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, rdjson

FIELDS = {"message", "location", "severity", "source", "code", "suggestions", "original_output"}
"""reviewdog refuses a document with a field that it does not know."""


def test_diagnostics(report: Report) -> None:
    """Lines without columns, which it counts in bytes; the way of the value and what to do follow the message."""
    document = json.loads(rdjson.render(report, Style()))
    assert document.keys() <= {"diagnostics", "source", "severity"}
    found = document["diagnostics"]
    assert all(each.keys() <= FIELDS for each in found)
    assert [(each["code"]["value"], each["severity"], each["location"]) for each in found[2:]] == [
        ("SKL001", "ERROR", {"path": "lines.py", "range": {"start": {"line": 1}, "end": {"line": 2}}}),
        ("SKL003", "ERROR", {"path": "shop/keys.py", "range": {"start": {"line": 1}, "end": {"line": 1}}}),
        ("SKL001", "INFO", {"path": "tests/settings.py", "range": {"start": {"line": 1}, "end": {"line": 1}}}),
    ]
    lines = found[3]["message"].split("\n")
    assert lines[0] == report.diagnostics[3].message
    assert lines[1] == "shop/settings.py:1:23: imported here"
    assert lines[-1] == report.diagnostics[3].help
    assert found[3]["code"]["url"] == report.diagnostics[3].url


def test_nothing_to_report() -> None:
    """A clean run is a document without diagnostics."""
    assert json.loads(rdjson.render(Report((), 1, 0), Style()))["diagnostics"] == []
