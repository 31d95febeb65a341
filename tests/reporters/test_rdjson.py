"""What reviewdog reads."""

import json

import pytest

from secretkey_lint import api
from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, rdjson

FIELDS = {"message", "location", "severity", "source", "code", "suggestions", "original_output"}
"""reviewdog refuses a document with a field that it does not know."""


def at(path: str, start: tuple[int, int], end: tuple[int, int]) -> dict[str, object]:
    places = [dict(zip(("line", "column"), place, strict=True)) for place in (start, end)]
    return {"path": path, "range": dict(zip(("start", "end"), places, strict=True))}


def test_diagnostics(report: Report) -> None:
    """Places, their ends not included; the way of the value and what to do follow the message."""
    document = json.loads(rdjson.render(report, Style()))
    assert document.keys() <= {"diagnostics", "source", "severity"}
    found = document["diagnostics"]
    assert all(each.keys() <= FIELDS for each in found)
    assert [(each["code"]["value"], each["severity"], each["location"]) for each in found[2:]] == [
        ("SKL001", "ERROR", at("lines.py", (1, 14), (2, 12))),
        ("SKL003", "ERROR", at("shop/keys.py", (1, 11), (1, 33))),
        ("SKL001", "INFO", at("tests/settings.py", (1, 14), (1, 36))),
    ]
    lines = found[3]["message"].split("\n")
    assert lines[0] == report.diagnostics[3].message
    assert lines[1] == "shop/settings.py:1:23: imported here"
    assert lines[-1] == report.diagnostics[3].help
    assert found[3]["code"]["url"] == report.diagnostics[3].url


def test_nothing_to_report() -> None:
    """A clean run is a document without diagnostics."""
    assert json.loads(rdjson.render(Report((), 1, 0), Style()))["diagnostics"] == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ('A = "é𝒳"; SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n', {"line": 1, "column": 28}, {"line": 1, "column": 50}),
        ('\ufeffSECRET_KEY = "8f3k2q9x7v5né"\n', {"line": 1, "column": 14}, {"line": 1, "column": 30}),
        ('\r\nSECRET_KEY = """é\r\n8f3k𝒳2q9x7v5n"""\r\n', {"line": 2, "column": 14}, {"line": 3, "column": 20}),
    ],
)
def test_columns_are_counted_in_bytes(text: str, start: dict[str, int], end: dict[str, int]) -> None:
    """Of UTF-8, as reviewdog has it, where other formats count characters."""
    report = api.check_source(text.encode(), "settings.py")
    (found,) = json.loads(rdjson.render(report, Style()))["diagnostics"]
    assert found["location"]["range"] == {"start": start, "end": end}


def test_lines_of_what_is_no_utf_8() -> None:
    """Where nobody can tell the columns, the lines are the place."""
    report = api.check_source(
        '# coding: latin-1\nA = "é"; SECRET_KEY = "8f3k2q9x7v5n"\n'.encode("latin-1"), "settings.py"
    )
    (found,) = json.loads(rdjson.render(report, Style()))["diagnostics"]
    assert found["location"]["range"] == {"start": {"line": 2}, "end": {"line": 2}}
