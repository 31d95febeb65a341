"""Environment files that git does not track: found before they are published, and only then."""

import os
import subprocess
from pathlib import Path

import pytest

from secretkey_lint import api
from secretkey_lint.cli import main

KEY = "SECRET_KEY=q1w2e3r4t5z6u7\n"


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("init", "--quiet")
    write("README", "")
    git("add", "README")
    return tmp_path


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def write(path: str, content: str = KEY) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(content)


def reported(*paths: str, select: str = "") -> list[tuple[str, str, str]]:
    return [
        (each.span.path, each.code, each.severity)
        for each in api.check_paths(paths or ["."], select=select).diagnostics
    ]


@pytest.mark.parametrize(
    ("path", "severity"),
    [(".env", "warning"), ("a/b/.env.prod", "warning"), ("prod.env", "warning"), (".envs/.production/.django", "warning"),
     (".flaskenv", "warning"), (".env.local", "warning"), (".env.test", "note")],
)  # fmt: skip
def test_a_file_that_lies_there(path: str, severity: str) -> None:
    """It is not published yet: a warning, at the value, that says what to put where."""
    write(path)
    assert reported() == [(path, "SKL012", severity)]
    (diagnostic,) = api.check_paths(["."]).diagnostics
    assert f"put {os.path.basename(path)} into .gitignore" in diagnostic.message
    assert (diagnostic.span.start.line, diagnostic.span.start.column) == (1, 12)


@pytest.mark.parametrize("line", [".env", "*", "/deploy", "deploy/.env"])
def test_an_ignored_file_is_where_it_belongs(line: str) -> None:
    write("deploy/.env")
    write(".gitignore", f"{line}\n")
    assert reported() == []


@pytest.mark.parametrize(
    ("path", "content"),
    [(".env.example", KEY), (".env.dist", KEY), (".env", "SECRET_KEY=\n"), (".env", "# SECRET_KEY=changeme\n"),
     (".env", "AWS_SECRET_KEY=x\n"), (".env/lib/site-packages/settings.py", 'SECRET_KEY = "q1w2e3"\n'), ("deploy.sh", KEY)],
)  # fmt: skip
def test_what_is_not_looked_for(path: str, content: str) -> None:
    """Templates, files without the key, virtual environments of that name, and code that nobody has added yet."""
    write(path, content)
    assert reported() == []


def test_a_carrier_counts() -> None:
    write("settings.py", 'import os\nSECRET_KEY = os.environ["ACME_SIGNING"]\n')
    git("add", "settings.py")
    write(".env", "ACME_SIGNING=q1w2e3\n")
    assert reported() == [(".env", "SKL012", "warning")]


def test_files_that_are_named_are_taken_for_committed() -> None:
    """As a hook names them; what merely lies beside them is not looked for."""
    write(".env")
    write("settings.py", "DEBUG = False\n")
    assert reported("settings.py") == []
    assert reported(".env") == [(".env", "SKL005", "error")]


def test_a_tracked_file_has_one_diagnostic_that_says_both() -> None:
    write(".env")
    git("add", ".env")
    (diagnostic,) = api.check_paths(["."]).diagnostics
    assert diagnostic.code == "SKL005"
    assert diagnostic.message.endswith("nothing in .gitignore keeps the file out (.env would)")
    write(".gitignore", ".env\n")
    (diagnostic,) = api.check_paths(["."]).diagnostics
    assert ".gitignore" not in diagnostic.message
    assert reported(select="SKL012") == [(".env", "SKL012", "warning")]


def test_outside_of_git_nothing_is_known(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("plain"))
    write(".env")
    (diagnostic,) = api.check_paths(["."]).diagnostics
    assert (diagnostic.code, ".gitignore" in diagnostic.message) == ("SKL005", False)


def test_links_and_repositories_within_are_left_alone(tmp_path: Path) -> None:
    write("elsewhere", KEY)
    os.symlink("elsewhere", ".env")
    git("init", "--quiet", "inner")
    write("inner/.env")
    assert reported() == []


def test_a_name_with_strange_characters() -> None:
    write("a b/\u00e9\n.env")
    assert reported() == [("a b/\u00e9\n.env", "SKL012", "warning")]
    assert main(["check"]) == 0
