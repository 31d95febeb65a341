"""A compose file says which files set variables, whatever they are called."""

import subprocess
from pathlib import Path

import pytest

from secretkey_lint.cli import main
from secretkey_lint.model.source import SourceFile
from secretkey_lint.project.environment_files import environment_files


class Tree:
    """A tree of one compose file, and of files that nothing is read of."""

    def __init__(self, path: str, text: str, files: set[str]) -> None:
        self._file = SourceFile(path, text.encode(), path)
        self.files = frozenset({path, *files})

    def read(self, path: str) -> SourceFile | None:
        return self._file if path == self._file.path else None

    def search(self, texts: object, suffixes: tuple[str, ...] = ()) -> list[str]:
        return [self._file.path]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "text",
    [
        "env_file: a.vars",
        "    env_file: './a.vars'  # why",
        "env_file:\n  - a.vars\n  - b.vars",
        'env_file:\n- "a.vars" # why\n',
        "env_file:\n  # why\n\n  - b.vars\n  - path: ./a.vars\n    required: false\n",
        "env_file: [b.vars, 'a.vars']",
        "env_file: ../deploy/a.vars",
    ],
)
def test_names(text: str, newline: str) -> None:
    tree = Tree("deploy/compose.yml", text.replace("\n", newline), {"deploy/a.vars", "c.vars"})
    assert environment_files(tree) == {"deploy/a.vars"}


@pytest.mark.parametrize(
    "text", ["env_file: ../../a.vars", "env_file:\nenvironment:\n  - c.vars", "env_file:", "x: c.vars"]
)
def test_what_is_not_named(text: str) -> None:
    """Nothing outside of the repository, and nothing of another list."""
    assert environment_files(Tree("deploy/compose.yml", text, {"a.vars", "c.vars"})) == frozenset()


def test_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A hook is given what is committed; the compose file may have been there for years."""
    monkeypatch.chdir(tmp_path)
    Path("compose.yml").write_text("services: {web: {env_file: web.vars}}\n")
    Path("web.vars").write_text("SECRET_KEY=changeme\n")
    Path("other.vars").write_text("SECRET_KEY=changeme\n")
    subprocess.run(["git", "init", "--quiet"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    assert main(["check", "--output-format", "concise", "web.vars", "other.vars"]) == 1
    assert [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()] == ["web.vars:1:12"]
