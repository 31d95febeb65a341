"""GitLab's Code Quality report."""

import json
from pathlib import Path

import jsonschema
import pytest

from secretkey_lint import api
from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, gitlab

POSITION = {"type": "object", "required": ["line"], "properties": {"line": {"type": "integer", "minimum": 1}}}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "location", "severity"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "positions"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "positions": {"type": "object", "required": ["begin"], "properties": {"begin": POSITION}},
                },
            },
        },
    },
}
"""What GitLab's documentation requires of a report."""


def test_issues(report: Report) -> None:
    """Each finding is an issue, known by a fingerprint of its own."""
    issues = json.loads(gitlab.render(report, Style()))
    jsonschema.validate(issues, SCHEMA)
    assert [(each["check_name"], each["severity"], each["location"]["path"]) for each in issues] == [
        ("SKL004", "critical", "fallbacks.py"),
        ("SKL004", "critical", "fallbacks.py"),
        ("SKL001", "critical", "lines.py"),
        ("SKL003", "critical", "shop/keys.py"),
        ("SKL001", "info", "tests/settings.py"),
    ]
    assert len({each["fingerprint"] for each in issues}) == len(issues)
    assert issues[2]["location"]["positions"] == {"begin": {"line": 1, "column": 14}, "end": {"line": 2, "column": 12}}


def test_nothing_to_report() -> None:
    """An empty list says that what was there is mended; no list would say nothing."""
    assert json.loads(gitlab.render(Report((), 1, 0), Style())) == []


def test_a_folder_of_the_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are those of the repository, wherever the job runs."""
    monkeypatch.setenv("CI_PROJECT_DIR", str(folder))
    monkeypatch.chdir(folder / "tests")
    (issue,) = json.loads(gitlab.render(api.check_paths(["settings.py"]), Style()))
    assert issue["location"]["path"] == "tests/settings.py"
