"""Variables that the settings read the key from: whoever sets one in a committed file publishes the key.

Such files do not name the key, so that nothing but the settings tells. Asked is only for files whose names say that
they set variables, and in checks of whole folders for what git finds.
"""

import os
import subprocess
from pathlib import Path

import pytest

from secretkey_lint import api
from secretkey_lint.cli import main

SETTINGS = 'import os\n\nSECRET_KEY = os.environ["ACME_SIGNING"]\n'
SETTERS = {
    ".env": "ACME_SIGNING=q1w2e3r4t5z6u7\n",
    "env.d/production/web.env": "ACME_SIGNING=q1w2e3r4t5z6u7\n",
    "Dockerfile": "FROM x\nENV ACME_SIGNING=q1w2e3r4t5z6u7\n",
    "deploy.sh": "export ACME_SIGNING=q1w2e3r4t5z6u7\n",
    "Procfile": "web: ACME_SIGNING=q1w2e3r4t5z6u7 gunicorn\n",
    "shop.service": "Environment=ACME_SIGNING=q1w2e3r4t5z6u7\n",
    "main.tf": 'environment = {\n  ACME_SIGNING = "q1w2e3r4t5z6u7"\n}\n',
}


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    subprocess.run(["git", "init", "--quiet"], check=True)
    write("shop/settings.py", SETTINGS)
    return tmp_path


def write(path: str, content: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(content)
    subprocess.run(["git", "add", "--force", path], check=True)


def reported(*paths: str) -> list[tuple[str, str, str]]:
    report = api.check_paths(paths or ["."])
    assert not report.failures
    return [(each.span.path, each.code, each.subject) for each in report.diagnostics]


@pytest.mark.parametrize("path", SETTERS)
def test_a_hook_on_the_file_alone(path: str) -> None:
    """The settings are asked although the commit does not touch them."""
    write(path, SETTERS[path])
    assert reported(path) == [(path, "SKL005", "ACME_SIGNING")]


@pytest.mark.parametrize("path", SETTERS)
def test_a_whole_folder(path: str) -> None:
    """git searches for the names once the settings have told them."""
    write(path, SETTERS[path])
    assert reported() == [(path, "SKL005", "ACME_SIGNING")]


def test_a_file_whose_name_says_nothing_is_found_in_a_whole_folder() -> None:
    write("bin/start", "#!/bin/sh\nexport ACME_SIGNING=q1w2e3r4t5z6u7\n")
    assert reported("bin/start") == []
    assert reported() == [("bin/start", "SKL005", "ACME_SIGNING")]


def test_a_whole_folder_from_elsewhere(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever way leads to the folder, the file is shown as it was asked for."""
    write("x/deploy.sh", SETTERS["deploy.sh"])
    assert reported(str(repository)) == [(str(repository / "x/deploy.sh"), "SKL005", "ACME_SIGNING")]
    monkeypatch.chdir(repository / "x")
    assert reported("..") == [("../x/deploy.sh", "SKL005", "ACME_SIGNING")]
    # settings that are not asked for are not asked
    assert reported(".") == []


def test_the_way_to_the_key_is_told() -> None:
    write("Dockerfile", SETTERS["Dockerfile"])
    (diagnostic,) = api.check_paths(["."]).diagnostics
    assert [(step.span.path, step.span.start.line) for step in diagnostic.related] == [("shop/settings.py", 3)]


@pytest.mark.parametrize(
    "content",
    ["ENV ACME_SIGNING=\n", "ENV ACME_SIGNING=$KEY\n", "ENV ACME_SIGNING_FILE=/run/x\n", "ENV OTHER_SIGNING=q1w2e3r4t5z6u7\n", "RUN ACME_SIGNING=x ./build\n"],
)  # fmt: skip
def test_what_is_no_key(content: str) -> None:
    write("Dockerfile", f"FROM x\n{content}")
    assert reported() == reported("Dockerfile") == []


def test_a_name_that_many_use_is_none() -> None:
    """A variable of one word may be anybody's, and code that only mentions the name sets nothing."""
    write("shop/settings.py", 'import os\n\nSECRET_KEY = os.environ["SIGNING"]\n')
    write("deploy.sh", "export SIGNING=q1w2e3r4t5z6u7\n")
    write("shop/other.py", "ACME_SIGNING = 'q1w2e3r4t5z6u7'\n")
    assert reported() == reported("deploy.sh") == []


def test_a_failing_git_is_no_clean_run(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the settings cannot be asked, the run fails instead of passing."""
    write("deploy.sh", SETTERS["deploy.sh"])
    (repository / ".git" / "index").write_bytes(b"broken")
    assert main(["check", "deploy.sh"]) == 2
    assert "git" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["shop/app.ini", "conf/web.cfg", "values.json", *SETTERS])
def test_outside_of_git(repository: Path, path: str) -> None:
    """What is checked without its repository, in an image or an archive, is looked through as a whole, too."""
    (repository / ".git").rename(repository.parent / f"{repository.name}.git")
    contents = {
        "shop/app.ini": "[settings]\nACME_SIGNING = q1w2e3r4t5z6u7\n",
        "conf/web.cfg": "[settings]\nACME_SIGNING = q1w2e3r4t5z6u7\n",
        "values.json": '{"ACME_SIGNING": "q1w2e3r4t5z6u7"}\n',
        **SETTERS,
    }
    (repository / path).parent.mkdir(parents=True, exist_ok=True)
    (repository / path).write_text(contents[path])
    assert [place for place, *_ in reported()] == [path]
