"""What each kind of run loads: a hook runs at every commit, and modules are what its start costs.

Names of modules are compared, not milliseconds. The lists below are exact, so that a module that comes to be loaded
has to be put there by somebody who means it.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'

PROGRAM = """
import sys
before = set(sys.modules)
from secretkey_lint.cli import main
try:
    status = main(sys.argv[1:])
except SystemExit as left:
    status = left.code
loaded = sorted(set(sys.modules) - before)
syntax = sys.modules.get("secretkey_lint.readers.python.syntax")
native = syntax is not None and bool(syntax._native_parsers)
sys.stdout.flush()
sys.stderr.write(f"{status} {native} {' '.join(loaded)}\\n")
"""

CLEAN_RUN = {
    "secretkey_lint", "secretkey_lint.api", "secretkey_lint.cli", "secretkey_lint.cli.check",
    "secretkey_lint.cli.options", "secretkey_lint.errors", "secretkey_lint.model", "secretkey_lint.model.record",
    "secretkey_lint.model.report", "secretkey_lint.model.source", "secretkey_lint.prefilter",
    "secretkey_lint.reporters", "secretkey_lint.reporters.text", "secretkey_lint.trees", "secretkey_lint.trees.git",
    "secretkey_lint.trees.worktree", "secretkey_lint.vocabulary",
}  # fmt: skip
"""Our modules in a run that finds no candidate."""

STANDARD = {"__future__", "posix", "nt", "_thread", "_signal"}
"""What of the standard library such a run may load beyond a bare interpreter."""

COSTLY = {
    "argparse", "ast", "asyncio", "collections", "contextlib", "dataclasses", "dotenv", "enum", "functools", "hashlib",
    "inspect", "json", "libcst", "logging", "pathlib", "pathspec", "re", "subprocess", "tempfile", "tokenize", "typing",
    "yaml",
}  # fmt: skip
"""What a run that parses Python does without."""


class Run(NamedTuple):
    status: str
    native: bool
    loaded: set[str]

    @property
    def ours(self) -> set[str]:
        return {name for name in self.loaded if name.split(".")[0] == "secretkey_lint"}

    @property
    def others(self) -> set[str]:
        return self.loaded - self.ours


def run(folder: Path, *arguments: str) -> Run:
    # coverage, where it follows subprocesses, would have loaded most of what is not to be loaded
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE", "COV_"))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    status, native, *loaded = done.stderr.splitlines()[-1].split()
    return Run(status, native == "True", set(loaded))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    (tmp_path / "views.py").write_text("def home(request):\n    return None\n")
    return tmp_path


def test_the_commit_of_a_clean_file(repository: Path) -> None:
    """The most frequent run of all loads nothing but the way to the prefilter and back."""
    done = run(repository, "check", "views.py")
    assert done.status == "0"
    assert done.ours == CLEAN_RUN
    assert done.others <= STANDARD


def test_a_commit_of_a_hundred_clean_files(repository: Path) -> None:
    """What is loaded does not grow with the commit."""
    names = [f"module_{number}.py" for number in range(100)]
    for name in names:
        (repository / name).write_text("import os\n\nvalue = os.environ\n")
    done = run(repository, "check", *names)
    assert done.status == "0"
    assert done.ours == CLEAN_RUN
    assert done.others <= STANDARD


def test_a_repository_without_a_candidate(repository: Path) -> None:
    """git is asked without `subprocess`."""
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    done = run(repository, "check")
    assert done.status == "0"
    assert done.ours == CLEAN_RUN
    assert done.others <= STANDARD


def test_options_on_the_fast_path(repository: Path) -> None:
    """Options are parsed by hand; only the output format is another module."""
    done = run(repository, "check", "--output-format=concise", "--fail-on", "warning", "--", "views.py")
    assert done.status == "0"
    assert done.ours <= CLEAN_RUN
    assert done.others <= STANDARD


@pytest.mark.parametrize("output_format", ["text", "concise"])
def test_a_leaking_settings_module(repository: Path, output_format: str) -> None:
    """Python is parsed by the native parser without LibCST's own package, and without what costs as much."""
    (repository / "settings.py").write_text(LEAK)
    done = run(repository, "check", "settings.py", "--output-format", output_format)
    assert done.status == "1"
    assert done.native
    assert not {name.split(".")[0] for name in done.loaded} & COSTLY
    assert done.others <= STANDARD
    assert not done.ours & {"secretkey_lint.readers.dotenv", "secretkey_lint.trees.walk", "secretkey_lint.cli.parser"}


def test_a_leaking_environment_file(repository: Path) -> None:
    """python-dotenv is loaded for environment files, and nothing of Python's reader is."""
    (repository / ".env").write_text("SECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n")
    done = run(repository, "check", ".env")
    assert done.status == "1"
    assert "dotenv.parser" in done.loaded
    assert not done.native
    assert not {name for name in done.ours if name.startswith("secretkey_lint.readers.python")}
    assert not {"libcst", "json", "argparse", "subprocess"} & done.loaded


def test_a_leaking_yaml_file(repository: Path) -> None:
    """PyYAML is loaded for YAML, and nothing of the other formats' readers is."""
    (repository / "deployment.yaml").write_text("env:\n  - name: SECRET_KEY\n    value: 8f3k2q9x7v5n1m4b6c0z\n")
    done = run(repository, "check", "deployment.yaml")
    assert done.status == "1"
    assert "yaml.events" in done.loaded
    assert not done.native
    assert not {name for name in done.ours if name.startswith("secretkey_lint.readers.python")}
    assert not {"libcst", "dotenv", "json", "argparse", "subprocess"} & {name.split(".")[0] for name in done.loaded}


def test_json_is_loaded_for_json_alone(repository: Path) -> None:
    """The one format that needs `json` may have it; `argparse` stays out."""
    (repository / "settings.py").write_text(LEAK)
    done = run(repository, "check", "settings.py", "--output-format", "json")
    assert done.status == "1"
    assert "json" in done.loaded
    assert not {"argparse", "libcst", "dataclasses", "typing", "subprocess", "inspect"} & done.loaded


@pytest.mark.parametrize("arguments", [["check", "--nonsense"], ["--help"], ["check", "--help"], ["--version"]])
def test_argparse_is_loaded_to_explain_and_to_complain(repository: Path, arguments: list[str]) -> None:
    """Wrong usage and help have argparse, and need no reader and no rule."""
    done = run(repository, *arguments)
    assert done.status == ("2" if "--nonsense" in arguments else "0")
    assert "argparse" in done.loaded
    assert not {name for name in done.ours if ".readers" in name or ".rules" in name}
