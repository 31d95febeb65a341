"""What reviewdog reads."""

import codecs
import json
from typing import Any

import jsonschema
import pytest

from secretkey_lint import api
from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, rdjson

FIELDS = {"message", "location", "severity", "source", "code", "suggestions", "original_output"}
"""reviewdog refuses a document with a field that it does not know."""


PLACE = {
    "type": "object",
    "required": ["line"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
SUGGESTIONS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["range", "text"],
        "additionalProperties": False,
        "properties": {
            "text": {"type": "string"},
            "range": {"type": "object", "required": ["start", "end"], "properties": {"start": PLACE, "end": PLACE}},
        },
    },
}
"""What reviewdog's schema, and its releases that refuse other fields, have of suggestions."""


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


def suggested(content: bytes, path: str = "settings.py") -> list[dict[str, Any]]:
    """The suggestions of the one finding in a file; none of them says what was there."""
    report = api.check_source(content, path)
    (found,) = json.loads(rdjson.render(report, Style()))["diagnostics"]
    suggestions: list[dict[str, Any]] = found.get("suggestions", [])
    if suggestions:
        jsonschema.validate(suggestions, SUGGESTIONS)
        fix = report.diagnostics[0].fix
        assert fix is not None
        assert found["message"].split("\n")[-1] == f"{fix.title}. {fix.remaining}"
    assert "8f3k2q9x7v5n" not in json.dumps(found)
    return suggestions


def applied(content: bytes, suggestions: list[dict[str, Any]]) -> bytes:
    """What a consumer makes of them that knows nothing but lines and bytes, the last place first."""
    starts = [0, *(at + 1 for at, byte in enumerate(content) if byte == ord("\n"))]
    mark = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0

    def offset(place: dict[str, int]) -> int:
        return starts[place["line"] - 1] + place["column"] - 1 + (mark if place["line"] == 1 else 0)

    places = [(offset(each["range"]["start"]), offset(each["range"]["end"]), each["text"]) for each in suggestions]
    for start, end, text in sorted(places, reverse=True):
        content = content[:start] + text.encode() + content[end:]
    return content


@pytest.mark.parametrize(
    "content",
    [
        b'import os\n\nSECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n',
        b'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n',
        b'import os\n\nSECRET_KEY = os.environ.get("KEY", "8f3k2q9x7v5n1m4b6c0z")\n',
        'import os\n\nA = "é𝒳"; SECRET_KEY = "8f3k2q9x7v5né"  # ü\n'.encode(),
        '\ufeffimport os; SECRET_KEY = "8f3k2q9x7v5né𝒳"\n'.encode(),
        'import os\r\n\r\nSECRET_KEY = """é\r\n8f3k2q9x7v5n𝒳"""; A = "é"\r\n'.encode(),
    ],
)
def test_suggestions_mend_what_fixes_mend(content: bytes) -> None:
    """Applied by bytes they leave what `--fix --unsafe-fixes` leaves; the first is where the finding is."""
    suggestions = suggested(content)
    (found,) = api.check_source(content, "settings.py").diagnostics
    assert suggestions[0]["range"]["start"]["line"] == found.span.start.line
    assert applied(content, suggestions) == api.fix_source(content, "settings.py", unsafe=True).content


def test_no_suggestions() -> None:
    """Where nothing is known to mend the finding, or columns are not: whole lines would be replaced without."""
    assert suggested(b"def (:\nSECRET_KEY\n") == []
    assert suggested('# coding: latin-1\nA = "é"; SECRET_KEY = "8f3k2q9x7v5n"\n'.encode("latin-1")) == []
