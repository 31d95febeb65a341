"""`check --fix --unsafe-fixes` and `--diff`: what is changed, what is said of it, and what is not lost."""

import json
import subprocess
from pathlib import Path

import pytest

from secretkey_lint import cli
from secretkey_lint.fixing import applying
from secretkey_lint.trees import worktree

KEY = "q7w2x9p4z1v8k3b6"
LEAK = f'import os\n\nSECRET_KEY = "{KEY}"\n'
MENDED = 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n'


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet"], check=True)
    (tmp_path / "settings.py").write_text(LEAK)
    return tmp_path


def test_a_key_is_mended_when_asked_for(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What remains to be done is said, and nothing of the key."""
    assert cli.main(["check", "--fix", "settings.py"]) == cli.FINDINGS
    output = capsys.readouterr()
    assert (repository / "settings.py").read_text() == LEAK
    assert "1 can be mended with --fix --unsafe-fixes" in output.out
    assert cli.main(["check", "--fix", "--unsafe-fixes", "settings.py"]) == cli.CLEAN
    output = capsys.readouterr()
    assert (repository / "settings.py").read_text() == MENDED
    assert "settings.py:3:14: SKL001 mended" in output.err
    assert "Set SECRET_KEY where the project runs, to a new key" in output.err
    assert KEY not in output.out + output.err


def test_what_is_left_out_is_left_alone(repository: Path) -> None:
    """Rules that are not selected, files that are excluded, and what is in the baseline."""
    for arguments in (
        ["--ignore", "SKL001,SKL008"],
        ["--exclude", "settings.py"],
        ["--min-severity", "error", "--select", "SKL003"],
    ):
        cli.main(["check", "--fix", "--unsafe-fixes", *arguments, "settings.py"])
        assert (repository / "settings.py").read_text() == LEAK
    subprocess.run(["git", "add", "."], check=True)
    assert cli.main(["baseline", "create"]) == cli.CLEAN
    assert cli.main(["check", "--fix", "--unsafe-fixes", "settings.py"]) == cli.CLEAN
    assert (repository / "settings.py").read_text() == LEAK


@pytest.mark.parametrize(
    "line",
    [
        f'SECRET_KEY = "{KEY}"  # was {KEY[::-1]}',
        f'SECRET_KEY = ("{KEY}"  # {KEY[::-1]}\n  "{KEY}")',
        f'SECRET_KEY = os.environ.get("SECRET_KEY", "{KEY}")  # {KEY[::-1]}',
        f"SECRET_KEY = os.environ.get('{KEY[::-1]}', '{KEY}')",
        f'SECRET_KEY = """{KEY}\n{KEY[::-1]}"""',
        f'OTHER, SECRET_KEY = "{KEY[::-1]}", "{KEY}"',
    ],
)
def test_a_difference_shows_no_key(repository: Path, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the one that goes nor what stands beside it, in the lines that go or in those that come."""
    (repository / "settings.py").write_text(f"import os\n{line}\n")
    assert cli.main(["check", "--diff", "--unsafe-fixes", "settings.py"]) == cli.FINDINGS
    output = capsys.readouterr()
    assert (repository / "settings.py").read_text() == f"import os\n{line}\n"
    assert "+++ settings.py\n@@ " in output.out
    assert "\n+" in output.out.partition("@@")[2]
    for part in (KEY, KEY[::-1]):
        assert not any(part[at : at + 5] in output.out + output.err for at in range(len(part) - 4))
    assert cli.main(["check", "--fix", "--unsafe-fixes", "settings.py"]) == cli.CLEAN
    output = capsys.readouterr()
    assert KEY not in output.out + output.err and KEY[::-1] not in output.out + output.err


def test_a_difference(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--diff", "--unsafe-fixes", "settings.py"]) == cli.FINDINGS
    assert capsys.readouterr().out == (
        "--- settings.py\n+++ settings.py\n@@ -3 +3 @@\n"
        '-SECRET_KEY = ••••••••\n+SECRET_KEY = os.environ["SECRET_KEY"]\n'
    )
    (repository / "settings.py").write_text(MENDED)
    assert cli.main(["check", "--diff", "settings.py"]) == cli.CLEAN
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "arguments", [["--unsafe-fixes"], ["--fix", "--diff"], ["--diff", "-"], ["--fix", "-", "--stdin-filename", "a.py"]]
)
def test_what_makes_no_sense_is_said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", *arguments]) == cli.FAILED
    assert "--" in capsys.readouterr().err


def test_a_read_only_file_stays(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "settings.py").chmod(0o444)
    assert cli.main(["check", "--fix", "--unsafe-fixes", "settings.py"]) == cli.FAILED
    assert "settings.py cannot be written: it is read-only" in capsys.readouterr().err
    assert (repository / "settings.py").read_text() == LEAK


def test_a_file_that_somebody_else_changes_stays(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing that was written meanwhile is lost."""
    fixed = applying.fixed

    def slow(*arguments: object, **named: object) -> object:
        found = fixed(*arguments, **named)  # type: ignore[arg-type]
        (repository / "settings.py").write_text("# mine\n")
        return found

    monkeypatch.setattr(applying, "fixed", slow)
    assert cli.main(["check", "--fix", "--unsafe-fixes", "settings.py"]) == cli.FAILED
    assert "settings.py cannot be written: it has been changed meanwhile" in capsys.readouterr().err
    assert (repository / "settings.py").read_text() == "# mine\n"


def test_a_link_stays_a_link(repository: Path) -> None:
    (repository / "link.py").symlink_to("settings.py")
    assert cli.main(["check", "--fix", "--unsafe-fixes", "link.py"]) == cli.CLEAN
    assert (repository / "link.py").is_symlink()
    assert (repository / "settings.py").read_text() == MENDED


def test_conflicts_and_broken_files_stay(repository: Path) -> None:
    for text in (f"<<<<<<< ours\n{LEAK}=======\n{LEAK}>>>>>>> theirs\n", f"def (:\n{LEAK}"):
        (repository / "settings.py").write_text(text)
        assert cli.main(["check", "--fix", "--unsafe-fixes", "settings.py"]) == cli.FINDINGS
        assert (repository / "settings.py").read_text() == text


def test_json_has_what_a_program_needs(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["check", "--output-format", "json", "settings.py"])
    (found,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert found["fix"].keys() == {"title", "applicability", "edits", "remaining"}
    (edit,) = found["fix"]["edits"]
    assert edit == {"line": 3, "column": 14, "end_line": 3, "end_column": 32, "text": 'os.environ["SECRET_KEY"]'}


def test_a_fix_that_does_not_help_is_not_applied(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The result is checked again, whatever a fix has promised."""
    monkeypatch.setattr(applying, "edited", lambda file, edits: file.content + b"\n")
    assert cli.main(["check", "--fix", "--unsafe-fixes", "settings.py"]) == cli.FINDINGS
    assert (repository / "settings.py").read_text() == LEAK


def test_a_file_that_is_gone(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no longer there is no longer mended."""
    content = worktree.content
    calls: list[str] = []

    def vanishing(path: str, *, named: bool) -> bytes | None:
        calls.append(path)
        return content(path, named=named) if len(calls) == 1 else None

    monkeypatch.setattr(worktree, "content", vanishing)
    assert cli.main(["check", "--fix", "--unsafe-fixes", "settings.py"]) == cli.FINDINGS
    assert (repository / "settings.py").read_text() == LEAK
