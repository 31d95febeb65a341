"""Where reports go: the standard output, files, several at once; and what is said where they cannot."""

import json
import os
import threading
from pathlib import Path

import pytest

from secretkey_lint import cli
from secretkey_lint.cli import outputs

LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leak.py").write_text(LEAK)
    (tmp_path / "clean.py").write_text("x = 1\n")
    return tmp_path


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    try:
        status = cli.main(["check", *arguments])
    except SystemExit as left:
        status = int(left.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_a_report_in_a_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--output-file` takes what the standard output would have had; the exit status stays."""
    _, expected, _ = check(capsys, "leak.py", "--output-format", "json")
    assert check(capsys, "leak.py", "--output-format", "json", "--output-file", "report.json") == (1, "", "")
    assert (folder / "report.json").read_text() == expected
    assert check(capsys, "clean.py", "--output-format", "json", "--output-file", "report.json") == (0, "", "")
    assert json.loads((folder / "report.json").read_text())["diagnostics"] == []


def test_several_reports(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`FORMAT=PATH` is one more report; people still read theirs."""
    expected = check(capsys, "leak.py")
    assert check(capsys, "leak.py", "--output-format=sarif=a.sarif", "--output-format", "json=b=c.json") == expected
    assert json.loads((folder / "a.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((folder / "b=c.json").read_text())["version"] == 1
    _, out, _ = check(capsys, "leak.py", "--output-format=json=a", "--output-format=concise", "--output-format=text=b")
    assert out.startswith("leak.py:1:14: SKL001 error")
    assert (folder / "b").read_text() == expected[1]
    arguments = ["--output-format=json=a", "--output-format=concise", "--output-file=c"]
    assert check(capsys, "leak.py", *arguments) == (1, "", "")
    assert (folder / "c").read_text() == out


def test_options_for_eyes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Statistics and quiet mean what people read, in a file, too, and leave what programs read as it is."""
    _, out, _ = check(capsys, "leak.py", "--statistics", "--quiet", "--output-format=json=a", "--output-format=text=b")
    assert out == (folder / "b").read_text()
    assert out.endswith("     1 SKL001 hardcoded-secret-key\n")
    assert json.loads((folder / "a").read_text())["summary"]["errors"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output-file", "missing/report"], "cannot be written to missing/report: there is no folder missing"),
        (["--output-format", "json=missing/report"], "there is no folder missing"),
        (["--output-file", "."], "it is a folder"),
        (["--output-file", ""], "--output-file needs the path of a file"),
        (["--output-file", "leak.py/report"], "there is no folder leak.py"),
        (["--output-format=json=a", "--output-file", "a"], "two reports would be written to a"),
        (["--output-format=json=a", "--output-format=sarif=./a"], "two reports would be written to ./a"),
        (["--show-config", "--output-file", "a"], "are written to the standard output"),
        (["--show-files", "--output-format=json=a"], "are written to the standard output"),
        (["--output-format=json="], "the path of a file behind ="),
        (["--output-format=jsn=a"], "did you mean json?"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    """Said before anything is checked, with nothing written."""
    before = sorted(os.listdir(folder))
    status, out, err = check(capsys, "leak.py", *arguments)
    assert status == cli.FAILED
    assert out == ""
    assert said in err
    assert sorted(os.listdir(folder)) == before


def test_the_last_report_for_a_file_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As with any option that is given again."""
    check(capsys, "leak.py", "--output-format=json=a", "--output-format=concise=a")
    assert (folder / "a").read_text().startswith("leak.py:1:14")


def test_a_report_is_replaced_as_a_whole(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where writing fails the report of before stays, nothing is left beside it, and the run is not clean."""
    (folder / "report").write_text("of before")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    status, out, err = check(capsys, "leak.py", "--output-format", "json=report")
    assert status == cli.FAILED
    assert out.startswith("leak.py:1:14")
    assert err == "secretkey-lint: the report cannot be written to report: No space left on device\n"
    assert (folder / "report").read_text() == "of before"
    assert sorted(os.listdir(folder)) == ["clean.py", "leak.py", "report"]


def test_permissions_and_links_stay(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A report that others may read, or that a link leads to, is so afterwards."""
    (folder / "report").write_text("of before")
    os.chmod(folder / "report", 0o640)
    (folder / "link").symlink_to("report")
    check(capsys, "leak.py", "--output-file", "link")
    assert (folder / "link").is_symlink()
    assert "SKL001" in (folder / "report").read_text()
    assert os.stat(folder / "report").st_mode & 0o777 == 0o640


def test_a_pipe_stays_a_pipe(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As in `--output-file >(upload)`: what is no regular file is written to, not replaced."""
    os.mkfifo(folder / "pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append((folder / "pipe").read_text()))
    reader.start()
    assert check(capsys, "leak.py", "--output-format", "concise", "--output-file", "pipe")[0] == cli.FINDINGS
    reader.join(timeout=10)
    assert read and read[0].startswith("leak.py:1:14")


def test_a_name_in_no_encoding(folder: Path) -> None:
    """What cannot be written as UTF-8 is escaped, in what a reporter lets through."""
    outputs.write_file("report", "a\udcff.py\n")
    assert (folder / "report").read_bytes() == b"a\\udcff.py\n"
