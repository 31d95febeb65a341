"""Workflow commands: what GitHub Actions makes annotations of."""

from pathlib import Path

import pytest

from secretkey_lint import api, cli
from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, github


def test_commands(report: Report) -> None:
    """A line each: the severity in GitHub's words, columns only within a line, the way of the value in the message."""
    lines = github.render(report, Style()).splitlines()
    assert [line.split("::")[1] for line in lines] == [
        "error file=fallbacks.py,line=1,endLine=1,col=25,endColumn=47,title=SKL004 hardcoded-fallback-key",
        "error file=fallbacks.py,line=1,endLine=1,col=49,endColumn=71,title=SKL004 hardcoded-fallback-key",
        "error file=lines.py,line=1,endLine=2,title=SKL001 hardcoded-secret-key",
        "error file=shop/keys.py,line=1,endLine=1,col=11,endColumn=33,title=SKL003 unsafe-default",
        "notice file=tests/settings.py,line=1,endLine=1,col=14,endColumn=36,title=SKL001 hardcoded-secret-key",
    ]
    assert "%0Ashop/settings.py:1:23: imported here%0A" in lines[3]
    assert lines[3].endswith(f"%0A{report.diagnostics[3].help}")


def test_nothing_to_report() -> None:
    """A clean run annotates nothing."""
    assert github.render(Report((), 1, 0), Style()) == ""


@pytest.mark.parametrize(
    ("workspace", "name", "expected"),
    [
        (".", "keys.py", "shop/keys.py"),
        ("link", "keys.py", "shop/keys.py"),
        ("shop", "keys.py", "keys.py"),
        ("shop", "../deploy.py", "../deploy.py"),
        ("sho", "keys.py", "keys.py"),
    ],
)
def test_a_folder_of_the_repository(
    folder: Path, monkeypatch: pytest.MonkeyPatch, workspace: str, name: str, expected: str
) -> None:
    """A step may run in a folder of the repository; GitHub counts paths from its root."""
    (folder / "link").symlink_to(folder)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder / workspace))
    monkeypatch.chdir(folder / "shop")
    (command,) = github.render(api.check_source(b'SECRET_KEY = "8f3k2q9x"\n', name), Style()).splitlines()
    assert f" file={expected}," in command


def test_what_could_not_be_done(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is an annotation, too, and not only a line in the log."""
    (folder / "loop.py").symlink_to("loop.py")
    assert cli.main(["check", "loop.py", "--output-format", "github"]) == cli.FAILED
    *_, line = capsys.readouterr().out.splitlines()
    assert line.startswith("::error title=secretkey-lint::loop.py could not be checked")
