"""Every command that the documents show is run, and prints what they show.

A block marked `sh` has to succeed, or be a check that finds something; of one marked `console`, the lines behind `$ ` are run and the others compared, but
for how lines are broken. The blocks of a document are run one after the other in a git repository of its own: a copy of
the fixture that the document names before the first of them, or an empty one. What stands before a block says so:

    <!-- in fixtures/NAME -->       begin anew with this fixture
    <!-- not run: REASON -->        it is not run here
    <!-- at a terminal -->          what is printed is what a terminal of 90 columns shows, line by line

`pytest --update-fixtures` writes what is printed now; read it before you commit it.
"""

import os
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
DOCUMENTS = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").glob("*.md"))]
BLOCK = re.compile(
    r"(?:^ *<!-- in fixtures/(?P<fixture>\S+) -->\n+)?"
    r"(?:^ *<!-- not run: (?P<reason>[^\n]+) -->\n+)?"
    r"(?P<terminal>^ *<!-- at a terminal -->\n+)?"
    r"^(?P<indent> *)```(?P<language>\w+)[^\n]*\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
SHELLS = ("bash", "console", "sh", "shell", "zsh")


def blocks(document: Path) -> Iterator[re.Match[str]]:
    """The blocks of a document that hold commands."""
    found = BLOCK.finditer(document.read_text(encoding="utf-8"))
    return (block for block in found if block["language"] in SHELLS)


def commands(text: str) -> list[tuple[str, str]]:
    """Each command of a console with what it prints."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert not parts[0].strip(), "a console begins with a command"
    return [(command, printed) for command, _, printed in (part.partition("\n") for part in parts[1:])]


def words(text: str) -> list[str]:
    """What is printed, without how lines are broken and the strokes of a tree before them."""
    return re.sub(r"^[│├└─ ]+", "", text, flags=re.MULTILINE).split()


class Place:
    """A git repository that commands are run in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))},
            "PATH": f"{sysconfig.get_path('scripts')}:{os.environ['PATH']}",
            "HOME": str(folder.parent),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        self.begin(None)

    def begin(self, fixture: str | None) -> None:
        """Begin anew, with the files of a fixture."""
        shutil.rmtree(self._folder, ignore_errors=True)
        if fixture is None:
            self._folder.mkdir()
        else:
            shutil.copytree(PROJECT / "fixtures" / fixture / "repo", self._folder)
        for command in ("git init --quiet", "git add --all --force"):
            assert self.run(command).returncode == 0

    def run_at_a_terminal(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a command with its output at a terminal, without colour."""
        pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
        ours, theirs = pty.openpty()
        environment = {"TERM": "xterm", "COLUMNS": "90", "NO_COLOR": "1", "CI": "true"}
        process = subprocess.Popen(
            ["sh", "-eu", "-c", command],
            cwd=self._folder,
            env=self._environment | environment,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        printed = b""
        while True:
            try:
                chunk = os.read(ours, 1 << 16)
            except OSError:  # how Linux says that nobody writes on
                break
            if not chunk:
                break
            printed += chunk
        os.close(ours)
        return subprocess.CompletedProcess(command, process.wait(timeout=60), printed.decode().replace("\r\n", "\n"))

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a command, its errors among what it prints."""
        return subprocess.run(
            ["sh", "-eu", "-c", command],
            cwd=self._folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_do_what_is_shown(document: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """What is copied from a document works."""
    place = Place(tmp_path / "repository")
    text = document.read_text(encoding="utf-8")
    for block in blocks(document):
        if block["fixture"]:
            place.begin(block["fixture"])
        if block["reason"]:
            continue
        if block["language"] != "console":
            done = place.run(block["text"])
            is_a_check = block["text"].count("\n") == 1 and block["text"].lstrip().startswith("secretkey-lint check ")
            assert done.returncode in ((0, 1) if is_a_check else (0,)), f"{block['text']}\n{done.stdout}"
            continue
        shown = block["text"]
        for command, expected in commands(block["text"]):
            done = place.run_at_a_terminal(command) if block["terminal"] else place.run(command)
            assert done.returncode in (0, 1), f"{command}\n{done.stdout}"
            if done.stdout != expected if block["terminal"] else words(done.stdout) != words(expected):
                shown = shown.replace(f"$ {command}\n{expected}", f"$ {command}\n{done.stdout}")
        if not request.config.getoption("--update-fixtures"):
            assert shown == block["text"]
        text = text.replace(block["text"], shown)
    if request.config.getoption("--update-fixtures"):
        document.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_no_command_is_passed_over(document: Path) -> None:
    """Each fence of a shell is a block, and each mark stands before one."""
    text = document.read_text(encoding="utf-8")
    found = list(blocks(document))
    assert len(found) == len(re.findall(rf"^ *```(?:{'|'.join(SHELLS)})\b", text, re.MULTILINE))
    marks = [mark for block in found for mark in (block["fixture"], block["reason"], block["terminal"]) if mark]
    assert len(marks) == len(re.findall(r"^ *<!-- (?:in fixtures/|not run|at a terminal)", text, re.MULTILINE))
    assert all((PROJECT / "fixtures" / block["fixture"]).is_dir() for block in found if block["fixture"])


def test_a_wrong_command_would_be_found(tmp_path: Path) -> None:
    """An option that is gone ends with status 2, which no block may."""
    place = Place(tmp_path / "repository")
    assert place.run("secretkey-lint check --no-such-option").returncode == 2
    assert place.run("secretkey-lint check").returncode == 0
