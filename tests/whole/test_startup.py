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

from secretkey_lint import reporters
from secretkey_lint.cli.options import FORMATS

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
    "secretkey_lint.cli.options", "secretkey_lint.config", "secretkey_lint.errors", "secretkey_lint.model", "secretkey_lint.model.record",
    "secretkey_lint.model.report", "secretkey_lint.model.source", "secretkey_lint.prefilter",
    "secretkey_lint.reporters", "secretkey_lint.reporters.text", "secretkey_lint.trees", "secretkey_lint.trees.git",
    "secretkey_lint.trees.worktree", "secretkey_lint.vocabulary",
}  # fmt: skip
"""Our modules in a run that finds no candidate."""

DIGESTS = {"_sha2", "_sha256"}
"""The digest by which a literal is compared with published keys, which has the first name since Python 3.12."""

STANDARD = {"__future__", "posix", "nt", "_thread", "_signal"}
"""What of the standard library such a run may load beyond a bare interpreter."""

COSTLY = {
    "argparse", "ast", "asyncio", "collections", "contextlib", "dataclasses", "dotenv", "enum", "functools", "hashlib",
    "inspect", "json", "libcst", "logging", "pathlib", "pathspec", "re", "rich", "subprocess", "tempfile", "threading",
    "tokenize", "typing", "yaml",
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
    unwanted = ("CLICOLOR", "COVERAGE", "COV_", "FORCE_COLOR", "NO_COLOR")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
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


@pytest.mark.parametrize("paths", [["views.py"], ["."]])
@pytest.mark.parametrize(
    "pyproject", ["", '[project]\nname = "shop"\n', "[tool.ruff]\nselect = []\n", "<<<<<<< merge conflict\n\xff"]
)
def test_a_project_that_does_not_configure_us(repository: Path, pyproject: str, paths: list[str]) -> None:
    """The bytes of a `pyproject.toml` are looked at; TOML is not loaded for those that do not name us."""
    (repository / "pyproject.toml").write_text(pyproject, encoding="latin-1")
    subprocess.run(["git", "add", "."], cwd=repository, check=True)
    done = run(repository, "check", *paths)
    assert done.status == "0"
    assert done.ours == CLEAN_RUN
    assert done.others <= STANDARD


READING = {
    "secretkey_lint.config.keys", "secretkey_lint.config.lines", "secretkey_lint.config.reading",
    "secretkey_lint.model.env_reader",
}  # fmt: skip
"""What reads a configuration."""


@pytest.mark.parametrize("name", ["pyproject.toml", "secretkey-lint.toml"])
def test_a_configuration_loads_what_reads_it(repository: Path, name: str) -> None:
    """And neither rules, nor what patterns need, where it names none of them."""
    header = "[tool.secretkey-lint]\n" if name == "pyproject.toml" else ""
    (repository / name).write_text(header + 'fail-on = "warning"\nsecret-names = ["SIGNING_SECRET"]\n')
    done = run(repository, "check", "views.py")
    assert done.status == "0"
    assert done.ours - CLEAN_RUN == READING
    assert "tomllib" in done.loaded
    assert not {"pathspec", "argparse", "json", "subprocess", "libcst", "dataclasses", "difflib"} & done.loaded


def test_patterns_that_cannot_match_are_not_compiled(repository: Path) -> None:
    """pathspec costs more than all the rest: it is loaded to check patterns, not to match each file."""
    (repository / "secretkey-lint.toml").write_text('exclude = ["legacy/"]\n')
    done = run(repository, "check", "views.py")
    assert done.status == "0"
    assert not {name for name in done.ours if ".rules" in name or ".readers" in name}
    assert not {"libcst", "argparse", "json"} & done.loaded


@pytest.mark.parametrize("output_format", ["text", "concise"])
def test_a_leaking_settings_module(repository: Path, output_format: str) -> None:
    """Python is parsed by the native parser without LibCST's own package, and without what costs as much."""
    (repository / "settings.py").write_text(LEAK)
    done = run(repository, "check", "settings.py", "--output-format", output_format)
    assert done.status == "1"
    assert done.native
    assert not {name.split(".")[0] for name in done.loaded} & COSTLY
    assert done.others <= STANDARD | DIGESTS
    assert not done.ours & {"secretkey_lint.readers.dotenv", "secretkey_lint.trees.walk", "secretkey_lint.cli.parser"}


@pytest.mark.parametrize("output_format", FORMATS)
def test_how_a_finding_is_mended_is_asked_by_those_who_say_it(repository: Path, output_format: str) -> None:
    """Fixes are looked for where a report tells of them, or where they are applied; in no other hook."""
    (repository / "settings.py").write_text(LEAK)
    fixing = {"secretkey_lint.fixes", "secretkey_lint.fixing.offering"}
    asked = {f"--output-format={output_format}"}
    quiet = run(repository, "check", "settings.py", "--quiet", "--output-format=text").ours
    plain, told = (run(repository, "check", "settings.py", *asked, *more).ours for more in ([], ["--diff"]))
    assert not quiet & fixing
    assert told >= fixing
    assert bool(plain & fixing) == reporters.tells_of_fixes(output_format, quiet=False)


def test_what_shows_a_key_is_looked_for_where_something_reads_it(repository: Path) -> None:
    """A module that only binds the key, as most settings do, needs no second walk."""
    walk = "secretkey_lint.readers.python.exposures"
    (repository / "settings.py").write_text(LEAK)
    assert walk not in run(repository, "check", "settings.py").ours
    (repository / "settings.py").write_text(f"{LEAK}print(SECRET_KEY)\n")
    assert walk in run(repository, "check", "settings.py").ours


def test_what_draws_is_loaded_where_there_is_something_to_draw(repository: Path) -> None:
    """Neither for a clean run at a terminal, nor for what goes elsewhere."""
    (repository / "settings.py").write_text(LEAK)
    assert "rich.console" in run(repository, "check", "settings.py", "--color", "always").loaded
    done = run(repository, "check", "views.py", "--color", "always")
    assert done.ours == CLEAN_RUN
    assert done.others <= STANDARD
    for arguments in (
        ["--color=never"],
        ["--color=always", "--output-format=concise"],
        ["--color=always", "--output-file=report"],
    ):
        assert "rich" not in run(repository, "check", "settings.py", *arguments).loaded


@pytest.mark.parametrize("content", [LEAK, 'import os\n\nSECRET_KEY = os.environ.get("KEY", "8f3k2q9x7v5n1m4b6c0z")\n'])
def test_comments_are_looked_for_where_there_is_a_marker(repository: Path, content: str) -> None:
    """What reads comments has `re`, which files without a marker do without."""
    (repository / "settings.py").write_text(content)
    ours = {"secretkey_lint.suppression.marked", "secretkey_lint.suppression.comments"}
    done = run(repository, "check", "settings.py")
    assert done.status == "1"
    assert not done.ours & ours
    (repository / "settings.py").write_text(f"{content.rstrip()}  # secretkey-lint: ignore[SKL001, SKL003]\n")
    done = run(repository, "check", "settings.py")
    assert done.status == "0"
    assert ours <= done.ours
    assert not done.loaded & {"argparse", "difflib", "libcst", "tokenize"}


def test_without_a_baseline_nothing_is_digested(repository: Path) -> None:
    """scrypt is made to be slow: it is for those who have a baseline, and something to look up in it."""
    (repository / "settings.py").write_text(LEAK)
    done = run(repository, "check", "settings.py")
    assert not {"hashlib", "secretkey_lint.baseline"} & done.loaded
    (repository / ".secretkey-lint-baseline").write_text("salt 00\n")
    assert not {"hashlib", "secretkey_lint.baseline"} & run(repository, "check", "views.py").loaded
    assert {"hashlib", "secretkey_lint.baseline"} <= run(repository, "check", "settings.py").loaded


def test_what_holds_no_literal_is_compared_with_no_published_key(repository: Path) -> None:
    """Neither the digests nor what computes them is loaded for a key that is made, or read from outside."""
    (repository / "settings.py").write_text(
        "import os\nimport secrets\nSECRET_KEY = os.getenv('K') or secrets.token_hex(50)\n"
    )
    done = run(repository, "check", "settings.py")
    assert done.native
    assert done.others <= STANDARD


def test_a_leaking_environment_file(repository: Path) -> None:
    """python-dotenv is loaded for environment files, and nothing of Python's reader is."""
    (repository / ".env").write_text("SECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n")
    done = run(repository, "check", ".env")
    assert done.status == "1"
    assert "dotenv.parser" in done.loaded
    assert not done.native
    assert not {name for name in done.ours if name.startswith("secretkey_lint.readers.python")}
    assert not {"libcst", "json", "argparse", "subprocess"} & done.loaded


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_format_loads_its_own_module(repository: Path, output_format: str) -> None:
    """Each output format is one module of ours, and what goes to a file is one more."""
    (repository / "settings.py").write_text(LEAK)
    other = "json" if output_format == "text" else "text"
    for arguments, expected in (
        ([f"--output-format={output_format}"], {output_format}),
        ([f"--output-format={other}=report", f"--output-format={output_format}"], {output_format, other}),
    ):
        done = run(repository, "check", "settings.py", *arguments)
        loaded = {name.rpartition(".")[2] for name in done.ours if name.startswith("secretkey_lint.reporters.")}
        assert loaded == {name.replace("-", "_") for name in expected}
        assert ("secretkey_lint.cli.outputs" in done.ours) == (len(expected) == 2)
        assert not {"argparse", "libcst", "typing", "inspect", "tempfile"} & done.loaded


@pytest.mark.parametrize(
    ("name", "content", "library"),
    [
        ("fly.toml", '[env]\nSECRET_KEY = "8f3k2q9x7v5n\\u0031m4b6c0z"\n', "tomllib"),
        ("app.json", '{"SECRET_KEY": "8f3k2q9x7v5n\\u0031m4b6c0z"}', "json"),
        ("web.config", '<a><add key="SECRET_KEY" value="8f3k2q9x7v5n1m4b6c0z"/></a>', "xml.parsers.expat"),
        ("settings.ini", "[settings]\nSECRET_KEY = 8f3k2q9x7v5n1m4b6c0z\n", ""),
        ("app.properties", "SECRET_KEY = 8f3k2q9x7v5n1m4b6c0z\n", ""),
    ],
)
def test_a_leak_in_nested_data(repository: Path, name: str, content: str, library: str) -> None:
    """Each format's library is loaded for that format, and only to say what a text with escapes says."""
    (repository / name).write_text(content)
    done = run(repository, "check", name)
    assert done.status == "1"
    heavy = {
        "tomllib",
        "json",
        "xml.parsers.expat",
        "configparser",
        "dotenv",
        "libcst",
        "argparse",
        "subprocess",
        "xml.etree",
    }
    assert heavy & done.loaded == ({library} if library else set())
    plain = content.replace("\\u0031", "1")
    (repository / name).write_text(plain)
    assert not {"tomllib", "json"} & run(repository, "check", name).loaded


@pytest.mark.parametrize(
    ("path", "content", "reader"),
    [
        ("Dockerfile", "FROM x\nENV SECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n", "dockerfile"),
        ("deploy.sh", "export SECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n", "shell"),
        ("Procfile", "web: SECRET_KEY=8f3k2q9x7v5n1m4b6c0z gunicorn\n", "directives"),
    ],
)
def test_a_leaking_script(repository: Path, path: str, content: str, reader: str) -> None:
    """Each has its own reader, and no library."""
    (repository / path).write_text(content)
    done = run(repository, "check", path)
    assert done.status == "1"
    assert f"secretkey_lint.readers.{reader}" in done.ours
    assert not {name for name in done.ours if name.startswith("secretkey_lint.readers.python")}
    assert not {"dotenv", "yaml", "libcst", "json", "argparse", "subprocess", "shlex"} & done.loaded


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
