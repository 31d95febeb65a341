"""What goes wrong in the server is told without a word of a file, and does not end it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from secretkey_lint import cli

KEY = "w4t8h2r6j0d9s5g1q7z3"
PROGRAM = "import sys\n{}\nfrom secretkey_lint.cli import main\nsys.exit(main(['server']))\n"
CRASH = """
from secretkey_lint.readers.python.interpreter import Interpreter
whole = Interpreter.run
def run(self, *arguments, **more):
    text = open('settings.py').read()
    if 'crash' in text:
        raise ValueError(text)
    return whole(self, *arguments, **more)
Interpreter.run = run
"""
OPENED = {
    "textDocument": {"uri": "", "languageId": "python", "version": 1, "text": f'SECRET_KEY = "{KEY}"  # no é\n'},
}


def message(method: str, params: object, number: int | None = None) -> dict[str, object]:
    return {"jsonrpc": "2.0", "method": method, "params": params} | ({} if number is None else {"id": number})


def speak(folder: Path, *messages: dict[str, object] | bytes, before: str = "") -> tuple[list[dict], str, int]:
    """Say everything at once, and return the answers, what was written to stderr, and the exit status."""
    uri = folder.as_uri()
    start = message(
        "initialize",
        {"capabilities": {}, "processId": None, "rootUri": uri, "trace": "verbose"},
        1,
    )
    said = b""
    for each in (start, message("initialized", {}), *messages, message("shutdown", None, 99), message("exit", None)):
        body = each if isinstance(each, bytes) else json.dumps(each).encode()
        said += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(before)],
        input=said, cwd=folder, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    answers = []
    rest = done.stdout
    while rest:
        header, _, rest = rest.partition(b"\r\n\r\n")
        length = int(header.split(b"Content-Length: ")[1].split(b"\r\n")[0])
        answers.append(json.loads(rest[:length]))
        rest = rest[length:]
    assert not shown(done.stdout + done.stderr)
    return answers, done.stderr.decode(), done.returncode


def shown(output: bytes) -> list[str]:
    """Return the parts of the key that are shown."""
    return [KEY[at : at + 6] for at in range(len(KEY) - 5) if KEY[at : at + 6].encode() in output]


def told(answers: list[dict]) -> list[str]:
    return [each["params"]["message"] for each in answers if each.get("method") == "window/showMessage"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "settings.py").write_text("crash\n")
    OPENED["textDocument"]["uri"] = (tmp_path / "settings.py").as_uri()
    return tmp_path


def place(folder: Path) -> dict[str, object]:
    return {"textDocument": {"uri": (folder / "settings.py").as_uri()}}


def test_no_key_in_anything_that_is_said(folder: Path) -> None:
    """Diagnostics, pages, edits and a verbose trace have the key in none of their bytes."""
    stretch = {"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}}
    answers, errors, status = speak(
        folder,
        message("$/setTrace", {"value": "verbose"}),
        message("textDocument/didOpen", OPENED),
        message("textDocument/hover", place(folder) | {"position": {"line": 0, "character": 20}}, 2),
        message("textDocument/codeAction", place(folder) | {"range": stretch, "context": {"diagnostics": []}}, 3),
    )
    by_id = {each["id"]: each for each in answers if "id" in each}
    assert "SKL001" in by_id[2]["result"]["contents"]["value"]
    assert by_id[3]["result"][0]["edit"]
    assert (errors, status) == ("", 0)


def test_what_fails_in_a_check_is_told(folder: Path) -> None:
    """By its kind and place; requests about the file are answered with nothing, and the rest goes on."""
    position = {"position": {"line": 0, "character": 20}}
    changed = {"textDocument": {"uri": OPENED["textDocument"]["uri"], "version": 2},
               "contentChanges": [{"text": f'SECRET_KEY = "{KEY}"\n\n'}]}  # fmt: skip
    answers, errors, status = speak(
        folder,
        message("textDocument/didOpen", OPENED),
        message("textDocument/didChange", changed),
        message("textDocument/hover", place(folder) | position, 2),
        before=CRASH,
    )
    assert told(answers) == ["secretkey-lint: internal error: ValueError at __main__:8; please report it"]
    assert [each["result"] for each in answers if each.get("id") in (2, 99)] == [None, None]
    assert (errors, status) == ("", 0)


def test_what_fails_in_an_answer_is_told(folder: Path) -> None:
    """The request is answered with nothing, and the next one is answered in full."""
    position = {"position": {"line": 0, "character": 20}}
    answers, errors, status = speak(
        folder,
        message("textDocument/didOpen", OPENED),
        message("textDocument/hover", place(folder) | position, 2),
        message("textDocument/hover", place(folder) | position, 3),
        before="from secretkey_lint import rules\nwhole = rules.load\n"
        "def load():\n    if sys._getframe(1).f_code.co_name == '_page' and not hasattr(rules, 'x'):\n"
        f"        rules.x = 1\n        raise KeyError('{KEY}')\n    return whole()\nrules.load = load",
    )
    assert told(answers) == ["secretkey-lint: internal error: KeyError at __main__:7; please report it"]
    by_id = {each["id"]: each for each in answers if "id" in each}
    assert by_id[2]["result"] is None
    assert "SKL001" in by_id[3]["result"]["contents"]["value"]
    assert (errors, status) == ("", 0)


def test_what_cannot_be_read_is_told(folder: Path) -> None:
    """Messages that are no JSON, or not what the protocol has, are refused without being quoted."""
    answers, errors, status = speak(
        folder,
        json.dumps(f'{{"SECRET_KEY": "{KEY}').encode()[:-3],
        message("textDocument/didOpen", {"textDocument": KEY}),
        message("textDocument/hover", {"textDocument": KEY, "position": KEY}, 2),
        message("textDocument/nothing", {"x": KEY}, 3),
        message("workspace/executeCommand", {"command": KEY, "arguments": [KEY]}, 4),
        message("textDocument/didOpen", OPENED),
    )
    assert all("secretkey-lint: internal error" in each for each in told(answers))
    refused = {each["id"]: each["error"] for each in answers if "error" in each}
    assert set(refused) >= {3, 4}
    assert all(set(each) <= {"code", "message"} or each.get("data") is None for each in refused.values())
    published = [each["params"] for each in answers if each.get("method") == "textDocument/publishDiagnostics"]
    assert [each["code"] for each in published[-1]["diagnostics"]] == ["SKL001"]
    assert (errors, status) == ("", 0)


def test_an_editor_that_goes_without_a_word(folder: Path) -> None:
    """The end of the input ends the server; its status says that it was not asked to."""
    done = subprocess.run(
        [sys.executable, "-m", "secretkey_lint", "server"], input=b"", capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


@pytest.mark.parametrize("library", ["pygls", "lsprotocol"])
def test_without_the_extra(library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said what is missing, and how to get it."""
    for name in [name for name in sys.modules if name.startswith(("secretkey_lint.server", library))]:
        monkeypatch.delitem(sys.modules, name)

    class Missing:
        def find_spec(self, name: str, *_: object) -> None:
            if name.partition(".")[0] == library:
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    assert cli.main(["server"]) == cli.FAILED
    said = f"secretkey-lint: the server needs {library}, which the extra lsp has: pip install 'secretkey-lint[lsp]'\n"
    assert capsys.readouterr() == ("", said)


def test_a_closed_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody can speak to the server then."""
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.main(["server"]) == cli.FAILED
    assert "the standard input is closed" in capsys.readouterr().err


def test_a_terminal_is_told_that_it_is_none_of_an_editor(tmp_path: Path) -> None:
    """Who types the command by hand would wait for ever otherwise."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    os.write(ours, b"\x04")  # the end of the input
    done = subprocess.run(
        [sys.executable, "-m", "secretkey_lint", "server"], stdin=theirs, capture_output=True, timeout=60, check=False
    )
    os.close(ours)
    os.close(theirs)
    assert b"an editor is to start this" in done.stderr
