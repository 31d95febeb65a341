"""Whole little repositories, and the report expected of each: `fixtures/*/repo` and `expected.txt`.

`pytest --update-fixtures` writes what is reported now; read it before you commit it.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from secretkey_lint.cli import main

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.mark.parametrize("fixture", sorted(FIXTURES.iterdir()), ids=lambda path: path.name)
def test_fixture(
    fixture: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    repo = tmp_path / "repo"
    shutil.copytree(fixture / "repo", repo)
    subprocess.run(["git", "init", "--quiet"], cwd=repo, check=True)
    subprocess.run(["git", "add", "--all", "--force"], cwd=repo, check=True)
    monkeypatch.chdir(repo)
    status = main(["check", "--output-format", "concise", "--min-severity", "note"])
    output = capsys.readouterr()
    assert output.err == ""
    found = "".join(f"{' '.join(line.split(' ')[:3])}\n" for line in output.out.splitlines())
    expected = fixture / "expected.txt"
    if request.config.getoption("--update-fixtures"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")
    assert status == (1 if " error\n" in found else 0)
    if fixture.name.startswith("clean-"):
        assert found == ""
