"""Examples of pages are checked as files of an empty repository, not of this one."""

import subprocess
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def in_an_empty_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
