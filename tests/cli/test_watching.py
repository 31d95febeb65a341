"""What is seen of a run that takes long: a line at a terminal, from the second second on, and gone at the end."""

import io
import os
import select
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from secretkey_lint.cli import watching
from secretkey_lint.cli.watching import Watch, describe
from secretkey_lint.model.source import SourceFile
from secretkey_lint.progress import Progress
from secretkey_lint.reporters import is_watched

PROGRAM = """
import sys, time
from secretkey_lint import engine
from secretkey_lint.cli import main, watching
watching.PATIENCE = {patience}
usual = engine.facts_of
def slowly(*arguments):
    time.sleep({pause})
    return usual(*arguments)
engine.facts_of = slowly
status = main(["check", *sys.argv[1:]])
sys.stderr.write(f"{{status}} {{'rich' in sys.modules}}\\n")
"""


class Seen(NamedTuple):
    shots: list[str]
    """What was on the screen after each piece of output."""
    last: list[str]
    """The lines that are there in the end."""


def at_a_terminal(folder: Path, *arguments: str, patience: float, pause: float, size: int = 80, **env: str) -> Seen:
    """Run a check that pauses at each file that it analyses, with the error output at a terminal."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    pyte = pytest.importorskip("pyte")
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, size, 0, 0))
    unwanted = ("CI", "CLICOLOR", "COLUMNS", "FORCE_", "NO_COLOR", "PRE_COMMIT", "TERM")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(patience=patience, pause=pause), *arguments],
        cwd=folder, stdout=subprocess.PIPE, stderr=theirs, env=environment | {"TERM": "xterm", **env},
    )  # fmt: skip
    os.close(theirs)
    screen = pyte.Screen(80, 24)
    stream, shots = pyte.ByteStream(screen), []
    while select.select([ours], [], [], 60)[0]:
        try:
            chunk = os.read(ours, 1 << 16)
        except OSError:  # how Linux says that nobody writes on
            break
        if not chunk:
            break
        stream.feed(chunk)
        shots.append("\n".join(screen.display))
    os.close(ours)
    process.communicate(timeout=60)
    return Seen(shots, [line.rstrip() for line in screen.display if line.strip()])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text('SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n')
    return tmp_path


def test_a_long_run_is_watched(folder: Path) -> None:
    """It is said what is done, to which file, how many there are, and nothing is left of it."""
    seen = at_a_terminal(folder, "a.py", "b.py", patience=0, pause=0.7)
    assert any("analysing 2 of 2: b.py" in shot for shot in seen.shots)
    assert seen.last == ["1 True"]


def test_a_short_run_is_not(folder: Path) -> None:
    """Nothing is written, and nothing is loaded for it."""
    assert at_a_terminal(folder, "a.py", "b.py", patience=30, pause=0).last == ["1 False"]


@pytest.mark.parametrize(
    ("arguments", "size", "env"),
    [
        (("--quiet",), 80, {}),
        ((), 0, {}),
        ((), 80, {"PRE_COMMIT": "1"}),
        ((), 80, {"CI": "true"}),
        ((), 80, {"TERM": "dumb"}),
    ],
)
def test_nobody_watches(folder: Path, arguments: tuple[str, ...], size: int, env: dict[str, str]) -> None:
    """Where it is asked to be quiet, or what is written is kept for later, as by a hook's terminal without a width."""
    seen = at_a_terminal(folder, "a.py", *arguments, patience=0, pause=0.4, size=size, **env)
    assert seen.shots[0].split() == seen.shots[-1].split() == ["1", "False"]


def test_no_terminal_is_not_watched() -> None:
    assert not is_watched(None)
    assert not is_watched(io.StringIO())


def test_an_error_of_the_line_is_none_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be shown, to a terminal that is gone for instance, is not waited for, and does not end the run."""

    def show(self: Watch) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(watching, "PATIENCE", 0)
    monkeypatch.setattr(Watch, "_show", show)
    with Watch() as progress:
        assert progress.doing == "listing files"


def test_how_far_a_run_is() -> None:
    """In words, with nothing in a file's name that a terminal obeys."""
    progress = Progress()
    assert describe(progress) == "listing files"
    files = [SourceFile(name, b"", name) for name in ("a\x1b.py", "b.py")]
    said = [describe(progress) for _ in progress.looking_at(files)]
    assert said == ["looking at files: 1", "looking at files: 2"]
    said = [describe(progress) for _ in progress.analysing(files)]
    assert said == ["analysing 1 of 2: a\\x1b.py", "analysing 2 of 2: b.py"]
    assert describe(progress) == "judging what was found"
