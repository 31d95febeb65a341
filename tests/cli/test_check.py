"""`secretkey-lint check` from end to end: what is found, how it is written, and with which status it ends."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from secretkey_lint import __version__, api, cli
from secretkey_lint.cli.options import FORMATS
from secretkey_lint.errors import GitError
from secretkey_lint.trees import git

LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'
COMMAND = os.path.join(sysconfig.get_path("scripts"), "secretkey-lint")

CONCISE = re.compile(r"^(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<text>(?P<code>SKL\d{3}) (?P<type>\w+) .+)$")
"""Vim's errorformat `%f:%l:%c: %m`."""


def command(
    folder: Path, *arguments: str, env: dict[str, str] | None = None, **more: object
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **(env or {})},
        capture_output=True,
        timeout=60,
        check=False,
        **more,
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "settings.py").write_text(LEAK)
    (tmp_path / "shop" / "views.py").write_text("x = 1\n")
    subprocess.run(["git", "add", "."], check=True)
    return tmp_path


def concise(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return the places that a concise output begins with."""
    capsys.readouterr()
    cli.main(["check", "--output-format", "concise", *arguments])
    return [line.split(": ")[0] for line in capsys.readouterr().out.splitlines()]


def test_the_installed_command(repository: Path) -> None:
    """What pip installs finds the leak in what git tracks, and says how much it has looked at."""
    done = command(repository, "check")
    assert done.returncode == 1
    assert done.stderr == b""
    out = done.stdout.decode()
    assert "shop/settings.py:1:14: error: SKL001 hardcoded-secret-key" in out
    assert "\n1 error, 0 warnings: 2 files looked at, 1 analysed.\n" in out


def test_the_module(repository: Path) -> None:
    """`python -m secretkey_lint` is the same command."""
    done = subprocess.run(
        [sys.executable, "-m", "secretkey_lint", "check"], cwd=repository, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert done.stdout == command(repository, "check").stdout


def test_nothing_to_report(repository: Path) -> None:
    """A clean run says so, and how much it rests on."""
    done = command(repository, "check", "shop/views.py")
    assert done.returncode == 0
    assert done.stdout.decode() == "Nothing to report: 1 file looked at, 0 analysed.\n"
    done = command(repository, "check", "--output-format=concise", "shop/views.py")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_missing_paths_are_said_all_at_once(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that does not exist is wrong usage, not an empty tree."""
    assert cli.main(["check", "shop", "missing.py", "gone/"]) == cli.FAILED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "secretkey-lint: there is no file or folder 'missing.py'",
        "secretkey-lint: there is no file or folder 'gone/'",
    ]


def test_an_empty_path_is_no_folder(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`"$EMPTY"` in a script must not pass for a check."""
    assert cli.main(["check", ""]) == cli.FAILED
    assert capsys.readouterr().err


def test_failures_of_ours_end_with_2(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure, an interruption, or git's refusal is neither clean nor a finding, and shows no traceback."""
    for error, said in (
        (GitError("git said no"), "secretkey-lint: git said no\n"),
        (KeyboardInterrupt(), "secretkey-lint: interrupted\n"),
        (MemoryError(), "internal error: MemoryError"),
        (RecursionError("text"), "internal error: RecursionError"),
        (OSError(28, "text"), "internal error: OSError"),
    ):

        def check_paths(*_: object, raised: BaseException = error, **__: object) -> None:
            raise raised

        monkeypatch.setattr(api, "check_paths", check_paths)
        assert cli.main(["check"]) == cli.FAILED
        captured = capsys.readouterr()
        assert said in captured.err
        assert "text" not in captured.err
        assert captured.out == ""


def test_json_has_the_fields_of_the_policy(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Programs rest on these names; none is to be added, lost or renamed by accident."""
    (repository / "shop" / "more.py").write_text('k = "8f3k2q9x7v5n1m4b6c0z"\n\nSECRET_KEY = k\n')
    assert cli.main(["check", "--output-format", "json", "shop/settings.py", "shop/more.py"]) == cli.FINDINGS
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["version", "tool", "diagnostics", "summary"]
    assert document["version"] == 1
    assert document["tool"] == {"name": "secretkey-lint", "version": __version__}
    assert document["summary"] == {
        "files": 2, "analysed": 2, "errors": 2, "warnings": 0, "notes": 0, "suppressed": 0, "baselined": 0,
        "stale": 0,
    }  # fmt: skip
    more, settings = document["diagnostics"]
    for each in (more, settings):
        assert list(each) == [
            "code", "name", "severity", "context", "path", "line", "column", "end_line", "end_column", "message", "help",
            "url", "related", "fix", "fingerprint",
        ]  # fmt: skip
        assert each["url"].endswith("/docs/rules/SKL001.md")
        assert re.fullmatch("[0-9a-f]{32}", each["fingerprint"])
        assert list(each["fix"]) == ["title", "applicability", "edits", "remaining"]
    assert (settings["code"], settings["name"]) == ("SKL001", "hardcoded-secret-key")
    assert (settings["severity"], settings["context"]) == ("error", "production")
    assert (settings["path"], settings["line"], settings["column"]) == ("shop/settings.py", 1, 14)
    assert (settings["end_line"], settings["end_column"]) == (1, 36)
    assert settings["related"] == []
    assert more["line"] == 1
    assert more["related"]
    assert all(list(each) == ["path", "line", "column", "message"] for each in more["related"])
    assert more["related"][-1]["line"] == 3


def test_fingerprints_stay_when_lines_move(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding is known again below a new comment, and is not confused with its neighbour."""

    def prints(content: str) -> list[str]:
        (repository / "shop" / "settings.py").write_text(content)
        cli.main(["check", "--output-format", "json", "shop/settings.py"])
        return [each["fingerprint"] for each in json.loads(capsys.readouterr().out)["diagnostics"]]

    (one,) = prints(LEAK)
    assert prints("# new\n\n" + LEAK) == [one]
    first, second = prints(LEAK + 'if x:\n    SECRET_KEY = "another-8f3k2q9x7v5n1"\n')
    assert first == one != second


def test_concise_lines_are_read_by_editors(repository: Path) -> None:
    """A line a finding, in the form of Vim's errorformat, GNU style."""
    (repository / "shop" / ".env").write_text("SECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n")
    done = command(repository, "check", "--output-format", "concise", "shop/settings.py", "shop/.env")
    found = [CONCISE.match(line) for line in done.stdout.decode().splitlines()]
    assert [each and (each["file"], each["line"], each["column"], each["code"], each["type"]) for each in found] == [
        ("shop/.env", "1", "12", "SKL005", "error"),
        ("shop/settings.py", "1", "14", "SKL001", "error"),
    ]


def test_findings_are_in_the_order_of_their_places(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the order in which paths are given: outputs are compared."""
    for name in ("b.py", "a.py", "c.py"):
        (repository / name).write_text(LEAK + LEAK.replace("SECRET_KEY", "DJANGO_SECRET_KEY"))
    expected = concise(capsys, "a.py", "b.py", "c.py")
    assert expected == sorted(expected)
    assert concise(capsys, "c.py", "a.py", "b.py", "a.py") == expected


def test_paths_are_relative_to_the_working_directory(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a subfolder, above and beside: what is shown can be opened from where the command was run."""
    assert concise(capsys) == ["shop/settings.py:1:14"]
    assert concise(capsys, "./shop/../shop") == ["shop/settings.py:1:14"]
    assert concise(capsys, "shop/./settings.py") == ["shop/settings.py:1:14"]
    (repository / "tests").mkdir()
    monkeypatch.chdir(repository / "shop")
    assert concise(capsys) == ["settings.py:1:14"]
    assert concise(capsys, "..") == ["../shop/settings.py:1:14"]
    monkeypatch.chdir(repository / "tests")
    assert concise(capsys, "../shop") == ["../shop/settings.py:1:14"]
    assert concise(capsys, "../shop/settings.py") == ["../shop/settings.py:1:14"]


def test_the_context_is_that_of_the_repository(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test is one from wherever the command is run, and a checkout below a folder `tests` holds none for that."""
    inner = repository / "tests"
    inner.mkdir()
    (inner / "settings.py").write_text(LEAK.replace("8f3k", "4h6j"))
    monkeypatch.chdir(inner)
    assert concise(capsys, "settings.py") == []
    subprocess.run(["git", "init", "--quiet", "."], check=True)
    assert concise(capsys, "settings.py") == ["settings.py:1:14"]


def terminal(folder: Path, *arguments: str, **env: str) -> tuple[int, str]:
    """Run the command with a terminal as its standard output."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, theirs = pty.openpty()
    unwanted = ("CI", "CLICOLOR", "COLUMNS", "FORCE_", "NO_COLOR", "TERM", "WT_SESSION")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    environment |= {"TERM": "xterm", **env}
    process = subprocess.Popen([COMMAND, *arguments], cwd=folder, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    output = b""
    while True:
        readable, _, _ = select.select([ours], [], [], 60)
        try:
            chunk = os.read(ours, 1 << 16) if readable else b""
        except OSError:  # how Linux says that nobody writes on
            break
        if not chunk:
            break
        output += chunk
    os.close(ours)
    return process.wait(timeout=60), output.decode()


def test_colour_is_for_terminals(repository: Path) -> None:
    """Colour where a person looks on, none in files and pipes, and never where NO_COLOR or TERM say so."""
    status, output = terminal(repository, "check")
    assert status == 1
    assert "\x1b[1;31merror" in output
    assert "\x1b" in output
    assert "\x1b" not in terminal(repository, "check", NO_COLOR="1")[1]
    assert "\x1b" not in terminal(repository, "check", TERM="dumb")[1]
    assert "\x1b[1;31merror" in terminal(repository, "check", NO_COLOR="")[1]
    assert "\x1b" not in terminal(repository, "check", "--output-format", "concise")[1]
    assert b"\x1b" not in command(repository, "check").stdout


def test_what_is_seen_at_a_terminal(repository: Path) -> None:
    """A terminal shows the picture, with colours and underlined links where they belong, and no escape sequence raw."""
    pyte = pytest.importorskip("pyte")
    (repository / "settings.py").write_text(LEAK)
    screen = pyte.Screen(60, 24)
    pyte.Stream(screen).feed(terminal(repository, "check", "settings.py", COLUMNS="60")[1])
    lines = [line.rstrip() for line in screen.display]
    assert lines[:7] == [
        "━━ settings.py " + "━" * 45,
        "error SKL001 hardcoded-secret-key",
        "SECRET_KEY is a 20-character literal that everybody who",
        "reads the repository knows; Django itself calls it weak, too",
        "(security.W009)",
        "  ╭─ settings.py:1:14",
        '1 │ SECRET_KEY = "••••••••"',
    ]
    assert (screen.buffer[1][0].fg, screen.buffer[1][0].bold) == ("red", True)
    assert screen.buffer[7][17].data == "^"
    assert not [line for line in lines if "\x1b" in line or "]8;" in line]
    assert "1 error, 0 warnings: 1 file looked at, 1 analysed." in lines


def test_lines_of_other_formats_are_seen_at_a_terminal(repository: Path) -> None:
    """What stands beside the key on its way, and copies of it: the names alone, in whichever format."""
    pyte = pytest.importorskip("pyte")
    key = "9q2w8e7r6t5y4u3i1o0p"
    for path in ("bank/settings/base.py", "tests/settings.py"):
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(f'SECRET_KEY = "{key}"\n')
    (repository / "bank" / "settings" / "live.py").write_text("from .base import *\n")
    (repository / "Dockerfile").write_text(f"ENV OTHER_KEY={key[::-1]} DJANGO_SETTINGS_MODULE=bank.settings.live\n")
    (repository / "compose.yml").write_text(
        f'services:\n  web:\n    environment: {{PASSWORD: "{key[::-1]}", SECRET_KEY: "{key}"}}\n'
    )
    (repository / ".env").write_text(f"SECRET_KEY='{key}'\n")
    subprocess.run(["git", "add", "--all", "--force"], cwd=repository, check=True)
    screen = pyte.Screen(100, 90)
    pyte.Stream(screen).feed(terminal(repository, "check", COLUMNS="100")[1])
    shown = "\n".join(line.rstrip() for line in screen.display)
    for picture in (
        """
1 │ ENV OTHER_KEY=•••••••• DJANGO_SETTINGS_MODULE=bank.settings.live
  │                                               ------------------
  │                                               production starts with bank.settings.live here
""",
        """
3 │ environment: {PASSWORD: "••••••••", SECRET_KEY: "••••••••"}
  │                                                 ---------- production has the same key here
""",
        """
1 │ SECRET_KEY='••••••••'
  │            ---------- production has the same key here
""",
    ):
        assert picture in shown, shown
    assert not [part for part in (key[:4], key[-4:], key[::-1][:4], key[::-1][-4:]) if part in shown]


def test_a_dumb_terminal_has_what_programs_read(repository: Path) -> None:
    """As Emacs is one, which finds places at the beginnings of lines."""
    _, output = terminal(repository, "check", TERM="dumb")
    assert output.replace("\r\n", "\n") == command(repository, "check").stdout.decode()


def test_colour_is_asked_for(repository: Path) -> None:
    """`--color` has the last word; a file never has colour."""
    assert b"\x1b[1;31merror" in command(repository, "check", "--color", "always").stdout
    assert "\x1b" not in terminal(repository, "check", "--color", "never")[1]
    assert "╭─" in terminal(repository, "check", "--color", "never")[1]
    command(repository, "check", "--color=always", "--output-file=report")
    assert "\x1b" not in (repository / "report").read_text()
    done = command(repository, "check", "--color", "sometimes")
    assert (done.returncode, b"none of auto, always, never" in done.stderr) == (2, True)


def test_what_is_complained_of_is_not_obeyed(repository: Path) -> None:
    """A name of a file that a terminal would take for an order is shown as it is spelled."""
    name = "a\x1b[31mb\u202e.py"
    os.mkfifo(repository / name)
    done = command(repository, "check", name)
    assert done.returncode == 2
    assert done.stderr.decode() == "secretkey-lint: a\\x1b[31mb\\u202e.py could not be checked: it is no regular file\n"


def test_a_closed_pipe_is_no_failure_to_tell_of(repository: Path) -> None:
    """`| head -1` gets its line and no traceback; the run still does not pass for clean."""
    (repository / "many.py").write_text("".join(LEAK.replace("z", "z" * (1 + at % 7)) for at in range(3000)))
    process = subprocess.Popen([COMMAND, "check", "."], cwd=repository, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) in (1, 2, -signal.SIGPIPE)
    assert b"Traceback" not in errors
    assert b"Exception" not in errors


def test_a_closed_standard_output_is_no_clean_run(repository: Path) -> None:
    """`>&-` leaves nobody to tell; that is no traceback either, and not status 0."""
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" check >&-', COMMAND], cwd=repository, stderr=subprocess.PIPE, timeout=60, check=False
    )
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_a_full_disk_is_no_clean_run(repository: Path) -> None:
    """A report that could not be written must not pass for one that was."""
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [COMMAND, "check"], cwd=repository, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("output_format", ["text", "concise", "json", "github", "markdown"])
def test_any_encoding_of_the_output(repository: Path, encoding: str, output_format: str) -> None:
    """Consoles that cannot show a character get it escaped; nothing crashes over a name or a mask."""
    (repository / "clé😀.py").write_text(LEAK)
    done = command(
        repository, "check", "--output-format", output_format, "clé😀.py", env={"PYTHONIOENCODING": encoding}
    )
    assert done.returncode == 1
    assert done.stderr == b""
    out = done.stdout.decode(encoding)
    assert "SKL001" in out
    if output_format == "json":
        assert json.loads(out)["diagnostics"][0]["path"] == "clé😀.py"
    if encoding == "ascii":
        assert out.isascii()


def test_a_locale_of_the_old_kind(repository: Path) -> None:
    """Under LC_ALL=C and without UTF-8 mode, as in many containers."""
    (repository / "clé.py").write_text(LEAK)
    done = command(repository, "check", "clé.py", env={"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"})
    assert done.returncode == 1
    assert b"SKL001" in done.stdout
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system takes no such names")
@pytest.mark.parametrize(
    "name",
    [b"new\nline.py", b"esc\x1b[31mape.py", b"\xff\xfe.py", b"carriage\rreturn.py", b"bell\x07.py", "\u202egpj.py".encode(), b" blank .py"],
    ids=repr,
)  # fmt: skip
def test_names_say_nothing_to_the_terminal(repository: Path, name: bytes) -> None:
    """A file name is not trusted: it forges no line and moves no cursor, and its finding is not lost."""
    with open(os.path.join(os.fsencode(repository), name), "wb") as file:
        file.write(LEAK.encode())
    subprocess.run(["git", "rm", "-rq", "--cached", "shop"], cwd=repository, check=True)
    subprocess.run(["git", "add", os.fsdecode(name)], cwd=repository, check=True)
    (repository / "reports").mkdir()
    wanted = [f"--output-format={each}=reports/{each}" for each in FORMATS]
    for arguments in ([], [os.fsdecode(name)]):
        done = command(repository, "check", "--output-format", "concise", *wanted, *arguments)
        assert done.returncode == 1
        assert done.stderr == b""
        assert len(done.stdout.splitlines()) == 1
        assert CONCISE.match(done.stdout.decode().rstrip("\n"))
        for each in FORMATS:
            written = (repository / "reports" / each).read_bytes()
            assert b"SKL001" in written
            for character in (b"\x1b", b"\r", b"\x07", "\u202e".encode()):
                assert character not in written + done.stdout
        document = json.loads((repository / "reports" / "json").read_bytes())
        assert document["diagnostics"][0]["path"] == os.fsdecode(name)


def test_git_is_not_asked_for_named_files_without_a_leak(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """pre-commit names the files; starting git would cost as much as all the rest."""
    (repository / "shop" / "settings.py").write_text("import os\nSECRET_KEY = os.environ['A'] + os.environ['B']\n")

    def refuse(*_: object) -> bytes:
        raise AssertionError("git was run")

    monkeypatch.setattr(git, "Process", refuse)
    assert concise(capsys, "shop/settings.py", "shop/views.py") == []
