"""GitLab's Secret Detection report."""

import json
import uuid
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from secretkey_lint import api
from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, gitlab_secret_detection

TEXT = {"type": "string", "minLength": 1}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$"}


def one(required: str, **properties: object) -> dict[str, object]:
    return {"type": "object", "required": required.split(), "properties": properties}


TOOL = one("id name version vendor", id=TEXT, name=TEXT, version=TEXT, vendor=one("name", name=TEXT))
IDENTIFIER = one("type name value", type=TEXT, name=TEXT, value=TEXT, url={"pattern": "^(https?|ftp)://.+"})
SCHEMA = one(
    "version scan vulnerabilities",
    version={"const": "15.2.1"},
    scan=one(
        "analyzer scanner type start_time end_time status",
        analyzer=TOOL, scanner=TOOL, type={"const": "secret_detection"}, start_time=MOMENT, end_time=MOMENT,
        status={"enum": ["success", "failure"]},
        messages={"type": "array", "items": one("level value", level={"enum": ["info", "warn", "fatal"]}, value=TEXT)},
    ),
    vulnerabilities={
        "type": "array",
        "items": one(
            "id identifiers location",
            id=TEXT, name={"type": "string", "maxLength": 255}, description={"type": "string"},
            severity={"enum": ["Info", "Unknown", "Low", "Medium", "High", "Critical"]},
            solution={"type": "string", "maxLength": 7000},
            identifiers={"type": "array", "minItems": 1, "items": IDENTIFIER},
            location=one(
                "commit",
                file={"type": "string"}, commit=one("sha", sha=TEXT),
                start_line={"type": "number"}, end_line={"type": "number"},
            ),
            links={"type": "array", "items": one("url", url={"pattern": "^(https?|ftp)://.+"})},
        ),
    },
)  # fmt: skip
"""What GitLab refuses a report without, written down from its documentation of the format."""


def rendered(report: Report) -> Any:
    document = json.loads(gitlab_secret_detection.render(report, Style()))
    jsonschema.validate(document, SCHEMA)
    return document


def test_vulnerabilities(report: Report) -> None:
    """Each finding is one, known by an identifier of its own; what is suppressed is none."""
    document = rendered(report)
    found = document["vulnerabilities"]
    assert [(each["name"], each["severity"], each["location"]["file"]) for each in found] == [
        ("SKL004 hardcoded-fallback-key", "Critical", "fallbacks.py"),
        ("SKL004 hardcoded-fallback-key", "Critical", "fallbacks.py"),
        ("SKL001 hardcoded-secret-key", "Critical", "lines.py"),
        ("SKL003 unsafe-default", "Critical", "shop/keys.py"),
        ("SKL001 hardcoded-secret-key", "Info", "tests/settings.py"),
    ]
    assert len({uuid.UUID(each["id"]) for each in found}) == len(found)
    assert found[2]["location"] | {"commit": 0} == {"file": "lines.py", "commit": 0, "start_line": 1, "end_line": 2}
    assert found[3]["description"].splitlines()[1] == "` shop/settings.py:1:23: imported here `"
    assert document["scan"]["status"] == "success"
    assert [each["id"] for each in rendered(report)["vulnerabilities"]] == [each["id"] for each in found]


def test_no_source(report: Report) -> None:
    """The format has a field for an extract of the source, which is the key."""
    text = gitlab_secret_detection.render(report, Style())
    assert "extract" not in text
    assert "m4b6c0z" not in text


def test_the_commit_and_the_path(report: Report, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a job they are those of the job, wherever in the repository it runs; elsewhere no commit is known."""
    assert {each["location"]["commit"]["sha"] for each in rendered(report)["vulnerabilities"]} == {"0000000"}
    monkeypatch.setenv("CI_PROJECT_DIR", str(folder))
    monkeypatch.setenv("CI_COMMIT_SHA", "1234567890123456789012345678901234567890")
    monkeypatch.chdir(folder / "tests")
    (found,) = rendered(api.check_paths(["settings.py"]))["vulnerabilities"]
    assert found["location"]["file"] == "tests/settings.py"
    assert found["location"]["commit"]["sha"] == "1234567890123456789012345678901234567890"


def test_what_is_no_leak(folder: Path) -> None:
    """What could not be read, or suppresses nothing, is a message of the scan; what could not be done makes it a failure."""
    (folder / "broken.py").write_text("def (:\nSECRET_KEY\n# secretkey-lint: ignore[SKL999]\n")
    document = rendered(api.check_paths(["broken.py"]))
    assert document["vulnerabilities"] == []
    assert {each["level"] for each in document["scan"]["messages"]} == {"warn"}
    assert [each["value"].split()[1] for each in document["scan"]["messages"]] == ["SKL900", "SKL901"]
    assert rendered(Report((), 1, 0, failures=("x could not be checked",)))["scan"]["status"] == "failure"


def test_nothing_to_report() -> None:
    """An empty list says that what was there is mended."""
    assert rendered(Report((), 1, 0))["vulnerabilities"] == []
