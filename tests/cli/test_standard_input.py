"""What an editor holds and has not saved takes the place of the file on disk, for whatever leads there."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from secretkey_lint import cli
from secretkey_lint.trees.repository import Repository
from secretkey_lint.trees.worktree import named_source

KEY = "8f3k2q9x7v5n1m4b6c0z"
LEAK = f'SECRET_KEY = "{KEY}"\n'
Check = Callable[[str, str], list[tuple[str, int, str]]]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    """Check a text as a file, and return path, line and code of the findings."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet", "."], check=True)

    def run(name: str, text: str) -> list[tuple[str, int, str]]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        capsys.readouterr()
        cli.main(["check", "-", "--stdin-filename", name, "--output-format", "json"])
        found = json.loads(capsys.readouterr().out)["diagnostics"]
        return [(each["path"], each["line"], each["code"]) for each in found]

    return run


def commit(**files: str) -> None:
    for name, text in files.items():
        path = Path(name.replace("__", "/").replace("_dot_", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    subprocess.run(["git", "add", "--force", "."], check=True)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("settings.py", f"\n{LEAK}", "SKL001"),
        (".env", f"\nSECRET_KEY={KEY}\n", "SKL005"),
        ("values.yaml", f"\nSECRET_KEY: {KEY}\n", "SKL005"),
        ("app.toml", f'\nSECRET_KEY = "{KEY}"\n', "SKL005"),
        ("Dockerfile", f"FROM x\nENV SECRET_KEY={KEY}\n", "SKL005"),
        ("templates/page.html", "<p>\n{{ settings.SECRET_KEY }}</p>\n", "SKL010"),
        ("notes.md", f"\n    SECRET_KEY = '{KEY}'\n", "SKL005"),
    ],
)
def test_every_format(check: Check, name: str, text: str, code: str) -> None:
    """By the name that is given, whether the file on disk is there, is empty, or has a key elsewhere."""
    assert check(name, text) == [(name, 2, code)]
    Path(name).parent.mkdir(exist_ok=True)
    for on_disk in ("", f"\n\n\n\n{text}"):
        Path(name).write_text(on_disk)
        subprocess.run(["git", "add", "."], check=True)
        assert check(name, text) == [(name, 2, code)]


def test_what_it_imports_is_on_disk(check: Check) -> None:
    """What a buffer takes from another module is found there."""
    commit(shop__keys_dot_py=f'KEY = "{KEY}"\n', shop__settings_dot_py="", manage_dot_py="")
    assert check("shop/settings.py", "from shop.keys import KEY\nSECRET_KEY = KEY\n") == [("shop/keys.py", 1, "SKL001")]


def test_what_imports_it_takes_it_from_the_buffer(check: Check) -> None:
    """A module on disk that a buffer imports, and that imports the buffer, sees what is not saved."""
    commit(
        shop__settings_dot_py=f'PART = "{KEY}"\n', shop__more_dot_py="from shop import settings\nKEY = settings.PART\n"
    )
    commit(manage_dot_py="")
    mended = "import os\nPART = os.environ['PART']\nfrom shop.more import KEY\nSECRET_KEY = KEY\n"
    assert check("shop/settings.py", mended) == []


def test_carriers_are_those_of_the_settings_as_they_are_typed(check: Check) -> None:
    """A variable of `.env` is the key by what the settings on disk say; settings that are typed say it themselves."""
    commit(settings_dot_py="import os\nSECRET_KEY = os.environ['ACME_SIGNING']\n", _dot_env="")
    assert check(".env", f"ACME_SIGNING={KEY}\n") == [(".env", 1, "SKL005")]
    assert check(".env", f"OTHER_SIGNING={KEY}\n") == []


def test_the_context_is_that_of_the_text(check: Check) -> None:
    """What starts with the buffer, and what it overrides, is read in the buffer."""
    commit(
        config__base_dot_py=LEAK,
        config__live_dot_py="from config.base import *\n",
        config__wsgi_dot_py="import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'config.live'\n",
        manage_dot_py="",
    )
    mended = "import os\nfrom config.base import *\nSECRET_KEY = os.environ['KEY']\n"
    assert check("config/live.py", mended) == []
    assert check("config/live.py", "from config.base import *\n") in ([], [("config/base.py", 1, "SKL001")])


def test_files_are_searched_as_they_are_held(check: Check) -> None:
    """git searches what is on disk; what is held has, or has no longer, what is searched for."""
    commit(a_dot_py="needle\n", b_dot_py="nothing\n", c_dot_py="needle\n", d_dot_txt="needle\n")
    repository = Repository(str(Path.cwd()))
    assert repository.search(["needle"], (".py",)) == ["a.py", "c.py"]
    for name, text in (("a.py", b"nothing"), ("b.py", b"a needle"), ("new.py", b"needle"), ("d.txt", b"needle")):
        repository.add(named_source(name, text))
    assert repository.search(["needle"], (".py",)) == ["b.py", "c.py"]
    assert repository.search(["needle"]) == ["b.py", "c.py", "d.txt"]
