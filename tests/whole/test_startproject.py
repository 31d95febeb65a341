"""What Django's own `startproject` writes is found at its place, and what the help recommends is clean."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from secretkey_lint.cli import main


def test_a_fresh_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run([sys.executable, "-m", "django", "startproject", "shop", "."], cwd=tmp_path, check=True)
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "--all"], cwd=tmp_path, check=True)
    monkeypatch.chdir(tmp_path)
    settings = tmp_path / "shop" / "settings.py"
    lines = settings.read_text().splitlines()
    number = next(number for number, line in enumerate(lines, 1) if line.startswith("SECRET_KEY"))
    assert main(["check", "--output-format", "concise"]) == 1
    assert capsys.readouterr().out.startswith(f"shop/settings.py:{number}:14: SKL002 error ")

    mended = re.sub(
        r"^SECRET_KEY = .*$", 'SECRET_KEY = os.environ["SECRET_KEY"]', settings.read_text(), flags=re.MULTILINE
    )
    settings.write_text(mended.replace("from pathlib", "import os\nfrom pathlib", 1))
    assert main(["check", "--output-format", "concise"]) == 0
    assert capsys.readouterr().out == ""
