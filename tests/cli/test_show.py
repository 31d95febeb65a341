"""`check --show-config` and `check --show-files`: what would be done, and why."""

import json
import os
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from secretkey_lint import cli
from secretkey_lint.cli.check import check
from secretkey_lint.cli.options import Arguments
from secretkey_lint.config.keys import KEYS
from secretkey_lint.config.reading import read
from secretkey_lint.errors import ConfigError

LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'
CONFIG = """\
[project]
name = "shop"

[tool.secretkey-lint]
ignore = ["SKL007"]
exclude = ["legacy/"]
extend-exclude = ["*.gen.py"]
secret-names = ["SIGNING_SECRET"]

[tool.secretkey-lint.contexts]
"staging.py" = "production"

[tool.secretkey-lint.env-readers]
"proj.get" = {default = 1}
"""

Show = Callable[..., str]


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Show:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    for name, text in {
        "pyproject.toml": CONFIG,
        "settings.py": LEAK,
        "staging.py": "x = 1\n",
        "views.py": "from django.conf import settings\n\nsign(settings.SECRET_KEY)\n",
        "a.gen.py": LEAK,
        "legacy/settings.py": LEAK,
        "notes.txt": "SIGNING_SECRET\n",
        ".env": "A=1\n",
        "gone.py": "x = 1\n",
        "marked.py": "x = 1  # secretkey-lint: ignore[SKL001]\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    os.symlink("settings.py", tmp_path / "link.py")
    subprocess.run(["git", "add", "."], check=True)
    (tmp_path / "gone.py").unlink()
    (tmp_path / "new.py").write_text(LEAK)

    def run(*arguments: str) -> str:
        capsys.readouterr()
        status = cli.main(["check", *arguments])
        captured = capsys.readouterr()
        assert status == (cli.FAILED if captured.err else cli.CLEAN)
        return captured.out + captured.err

    return run


def test_every_file_is_accounted_for(show: Show) -> None:
    """A line a file, in order, each with what becomes of it."""
    assert show("--show-files").splitlines() == [
        ".env: analysed: for variables that the settings read the key from",
        'a.gen.py: excluded: by "*.gen.py" (pyproject.toml:7)',
        "gone.py: skipped: it is deleted",
        'legacy/settings.py: excluded: by "legacy/" (pyproject.toml:6)',
        "link.py: skipped: it is a symbolic link",
        "marked.py: analysed: for suppressions without effect",
        "new.py: skipped: git does not track it",
        "notes.txt: analysed",
        "pyproject.toml: analysed",
        "settings.py: analysed",
        "staging.py: looked at: it names no key",
        "views.py: looked at: it binds no key",
    ]


def test_what_is_shown_is_what_is_counted(show: Show) -> None:
    """The summary speaks of the same files; of what is deleted git does not say it without being asked for each."""
    Path("gone.py").touch()
    states = [line.split(": ")[1] for line in show("--show-files").splitlines()]
    summary = show("--select", "SKL900").splitlines()[-1]
    looked_at = states.count("analysed") + states.count("looked at")
    assert summary.startswith(f"Nothing to report: {looked_at} files looked at, ")
    assert summary.endswith(f", {states.count('excluded')} excluded.")


def test_files_that_are_named(show: Show) -> None:
    """An untracked file that is named is checked, one that cannot be read is said to be skipped."""
    os.symlink("nowhere", "dead.py")
    assert show("--show-files", "new.py", "dead.py", "legacy/settings.py", "--exclude", "new.py").splitlines() == [
        "dead.py: skipped: it cannot be read: no such file or directory",
        "legacy/settings.py: analysed",
        'new.py: excluded: by "new.py" (command line)',
    ]


def test_what_is_no_file_any_more(show: Show, tmp_path: Path) -> None:
    """A tracked environment file that was deleted, or that is a folder now."""
    (tmp_path / ".env").unlink()
    (tmp_path / "notes.txt").unlink()
    (tmp_path / "notes.txt").mkdir()
    lines = show("--show-files").splitlines()
    assert {".env: skipped: it is deleted", "notes.txt: looked at: it names no key"} <= {*lines}
    (tmp_path / ".env").mkdir()
    assert ".env: skipped: it is no regular file" in show("--show-files").splitlines()


def test_other_formats_are_refused(show: Show) -> None:
    """What is written for programs that read findings is no list of files."""
    arguments = Arguments()
    arguments.given = {"output-format": "sarif", "show-files": "yes"}
    with pytest.raises(ConfigError, match="as text, or as json"):
        check(arguments)


def test_files_as_json(show: Show) -> None:
    document = json.loads(show("--show-files", "--output-format", "json"))
    assert len(document) == 12
    assert document[1] == {
        "path": "a.gen.py", "state": "excluded", "reason": 'by "*.gen.py" (pyproject.toml:7)',
    }  # fmt: skip
    assert document[9] == {"path": "settings.py", "state": "analysed", "reason": None}


def test_files_outside_of_a_repository(tmp_path: Path, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").rename(tmp_path / "git")
    assert "new.py: analysed\n" in show("--show-files")


def origins(text: str) -> dict[str, str]:
    """Where each option is said."""
    lines = text.splitlines()
    return {
        line.partition(" = ")[0]: lines[at - 1].removeprefix("# ") for at, line in enumerate(lines) if line[:1] != "#"
    }


def test_every_option_is_shown_with_where_it_was_said(show: Show) -> None:
    """In the order of the documentation."""
    text = show("--show-config", "settings.py", "--fail-on", "note", "--ignore", "SKL008")
    assert text.startswith("# for settings.py, by pyproject.toml\n")
    said = origins(text)
    assert list(said) == [key.name for key in KEYS]
    assert {name: origin for name, origin in said.items() if origin != "default"} == {
        "ignore": "pyproject.toml:5 and command line",
        "exclude": "pyproject.toml:6",
        "extend-exclude": "pyproject.toml:7",
        "secret-names": "pyproject.toml:8",
        "contexts": "pyproject.toml:10",
        "env-readers": "pyproject.toml:13",
        "fail-on": "command line",
    }
    assert 'ignore = ["SKL007", "SKL008"]\n' in text


def test_what_is_shown_is_a_configuration(show: Show) -> None:
    """It says again what it was made from, in a file of its own."""
    text = show("--show-config")
    table = read(text.encode(), "x", ())
    source = read(CONFIG.encode(), "x", ("tool", "secretkey-lint"))
    assert table is not None and source is not None
    assert {**dict(table.values), **source.values} == dict(table.values)
    assert set(table.values) == {key.name for key in KEYS}
    assert tomllib.loads(text)["env-readers"] == {
        "proj.get": {"name": 0, "default": 1, "name-keyword": "name", "default-keyword": "default", "fails": True}
    }


def test_the_defaults_are_shown(show: Show) -> None:
    os.remove("pyproject.toml")
    text = show("--show-config")
    assert text.startswith("# for ., by the defaults alone\n")
    assert set(origins(text).values()) == {"default"}


def test_the_command_line_replaces_what_is_shown(show: Show) -> None:
    said = origins(show("--show-config", "--select", "SKL001", "--exclude", "*.txt"))
    assert {name for name, origin in said.items() if origin == "command line"} == {
        "select", "ignore", "extend-select", "exclude",
    }  # fmt: skip


def test_an_excluded_file_is_said_to_be(show: Show) -> None:
    text = show("--show-config", "legacy/settings.py")
    assert text.splitlines()[1] == '# excluded by "legacy/" (pyproject.toml:6)'
    document = json.loads(show("--show-config", "legacy/settings.py", "--output-format", "json"))
    assert document["excluded_by"] == {"pattern": "legacy/", "origin": "pyproject.toml:6"}
    assert document["file"] == "pyproject.toml"
    assert document["options"]["fail-on"] == {"value": "error", "origin": "default"}
    assert document["options"]["contexts"]["value"] == {"staging.py": "production"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--show-config", "--show-files"], "one at a time"),
        (["--show-config", "a.gen.py", "settings.py"], "takes one path"),
        (["--show-config", "missing.py"], "there is no file or folder 'missing.py'"),
        (["--show-files", "missing.py"], "there is no file or folder 'missing.py'"),
        (["--show-files", "-", "--stdin-filename", "x.py"], "take paths"),
        (["--statistics", "--output-format", "json"], "--statistics goes with"),
    ],
)
def test_what_makes_no_sense(show: Show, arguments: list[str], said: str) -> None:
    assert said in show(*arguments)


def test_names_say_nothing_to_the_terminal(show: Show) -> None:
    with open("bad\x1b[31m\n.py", "w") as file:
        file.write(LEAK)
    assert "bad\\x1b[31m\\n.py: skipped: git does not track it\n" in show("--show-files")
    assert "\x1b" not in show("--show-config", "bad\x1b[31m\n.py")
