"""`check --fix`: what has no effect goes, what has stays, and nothing else changes."""

import os
import subprocess
from pathlib import Path

import pytest

from secretkey_lint import cli

LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"'


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet"], check=True)
    return tmp_path


def fixed(repository: Path, name: str, content: bytes, *arguments: str) -> tuple[int, bytes]:
    (repository / name).write_bytes(content)
    subprocess.run(["git", "add", "."], check=True)
    status = cli.main(["check", "--fix", *arguments])
    return status, (repository / name).read_bytes()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_has_no_effect_goes(repository: Path, capsys: pytest.CaptureFixture[str], end: str) -> None:
    """Markers, and codes of markers; the report is of what is left."""
    before = (
        f"{LEAK}  # secretkey-lint: ignore[SKL001, SKL003] a demo{end}"
        f"x = 1  # kept # secretkey-lint: ignore[SKL001]{end}y = 2  # secretkey-lint: ignore[SKL002]{end}"
    )
    status, after = fixed(repository, "settings.py", before.encode())
    assert after.decode() == f"{LEAK}  # secretkey-lint: ignore[SKL001] a demo{end}x = 1  # kept{end}y = 2{end}"
    assert status == cli.CLEAN
    assert "Nothing to report" in capsys.readouterr().out


def test_findings_are_reported_all_the_same(repository: Path) -> None:
    """A key is not mended by a command that does not know where the new one is kept."""
    content = f"{LEAK}\nx = 1  # secretkey-lint: ignore[SKL001]\n".encode()
    status, after = fixed(repository, "settings.py", content)
    assert status == cli.FINDINGS
    assert after == f"{LEAK}\nx = 1\n".encode()


def test_what_names_no_rule_stays(repository: Path) -> None:
    """Somebody meant something by it."""
    content = b"x = 1  # secretkey-lint: ignore[SKL777]\n"
    assert fixed(repository, "settings.py", content)[1] == content


def test_permissions_and_links_stay(repository: Path) -> None:
    (repository / "settings.py").write_text("x = 1  # secretkey-lint: ignore[SKL001]\n")
    (repository / "settings.py").chmod(0o640)
    assert fixed(repository, "other.py", b"x = 1\n") == (cli.CLEAN, b"x = 1\n")
    assert (repository / "settings.py").read_text() == "x = 1\n"
    assert (repository / "settings.py").stat().st_mode & 0o777 == 0o640
    assert not list(repository.glob(".secretkey-lint*"))


def test_what_cannot_be_written_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Then the run fails, and the file is as it was."""

    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refused)
    content = b"x = 1  # secretkey-lint: ignore[SKL001]\n"
    assert fixed(repository, "settings.py", content) == (cli.FAILED, content)
    assert "settings.py cannot be written: permission denied" in capsys.readouterr().err


def test_the_standard_input_is_no_file(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--fix", "-", "--stdin-filename", "settings.py"]) == cli.FAILED
    assert "--fix" in capsys.readouterr().err
