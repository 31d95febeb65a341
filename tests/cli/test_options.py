"""What the options mean, in each of their spellings, and what is said where they make no sense."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from secretkey_lint import __version__, cli, rules
from secretkey_lint.cli import options, parser
from secretkey_lint.model.rule import Rule

LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'
ANOTHER_LEAK = 'SECRET_KEY = "h2j4l6n8p0r1t3v5x7z9"\n'
"""Of another key, since a copy of the same one is more than a leak."""

DEFAULT = 'import os\n\nSECRET_KEY = os.environ.get("SECRET_KEY", "8f3k2q9x7v5n1m4b6c0z")\n'
INSECURE = 'SECRET_KEY = "django-insecure-8f3k2q9x7v5n1m4b6c0z"\n'


class Outcome(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def codes(self) -> list[str]:
        """The codes of a concise output."""
        return [line.split(": ")[1].split()[0] for line in self.out.splitlines()]


Check = Callable[..., Outcome]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Check:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leak.py").write_text(LEAK)
    (tmp_path / "default.py").write_text(DEFAULT)
    (tmp_path / "insecure.py").write_text(INSECURE)
    (tmp_path / "dev_settings.py").write_text(ANOTHER_LEAK)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "settings.py").write_text(ANOTHER_LEAK)
    (tmp_path / "clean.py").write_text("x = 1\n")

    def run(*arguments: str) -> Outcome:
        capsys.readouterr()
        try:
            status = cli.main(["check", *arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return run


def concise(check: Check, *arguments: str) -> Outcome:
    return check("--output-format", "concise", *arguments)


def test_select_takes_codes_and_their_beginnings(check: Check) -> None:
    """A family of rules is chosen by what its codes begin with; case and blanks do not matter."""
    files = ["leak.py", "default.py", "insecure.py"]
    assert concise(check, *files).codes == ["SKL003", "SKL002", "SKL001"]
    assert concise(check, "--select", "SKL003", *files).codes == ["SKL003"]
    assert concise(check, "--select", "skl003, SKL001", *files).codes == ["SKL003", "SKL001", "SKL001"]
    assert concise(check, "--select", "SKL00", *files).codes == ["SKL003", "SKL002", "SKL001"]
    assert concise(check, "--select", "SKL9", *files) == Outcome(0, "", "")


def test_ignore_wins_over_select(check: Check) -> None:
    """What is ignored is not reported, though selected."""
    files = ["leak.py", "default.py"]
    assert concise(check, "--ignore", "SKL001,SKL008", *files).codes == ["SKL003"]
    assert concise(check, "--select", "SKL00", "--ignore", "SKL003,SKL008", *files).codes == ["SKL001"]
    assert concise(check, "--ignore", "SKL", *files) == Outcome(0, "", "")


def test_the_less_specific_rule_speaks_where_the_other_is_ignored(check: Check) -> None:
    """A place that two rules have something to say of is still reported."""
    assert concise(check, "--ignore", "SKL002", "insecure.py").codes == ["SKL001"]


@pytest.mark.parametrize("path", ["clean.py", "leak.py"])
def test_unknown_codes_are_said_all_at_once(check: Check, path: str) -> None:
    """A misspelt code would silently check nothing; whoever made two mistakes is told of both."""
    done = check("--select", "SKL02,SKL001,SK1", "--ignore", "nonsense,SKL903", path)
    assert done.status == cli.FAILED
    assert done.out == ""
    lines = done.err.splitlines()
    assert [line.split("there is no rule ")[1].split()[0] for line in lines] == ["SKL02", "SK1", "NONSENSE", "SKL903"]
    assert "did you mean SKL0" in lines[0]
    assert "did you mean SKL90" in lines[3]
    assert "did you mean" not in lines[2]


def test_fail_on_sets_what_fails(check: Check) -> None:
    """By default warnings pass; on request they, and notes, do not."""
    assert check("dev_settings.py").status == 0
    assert check("--fail-on", "warning", "dev_settings.py").status == 1
    assert check("tests/settings.py").status == 0
    assert check("--fail-on", "note", "tests/settings.py").status == 1
    assert check("--fail-on", "note", "clean.py").status == 0


@pytest.mark.parametrize("least", options.LEVELS)
def test_what_fails_the_run_is_shown(check: Check, least: str) -> None:
    """A run that fails without saying why helps nobody, however quiet it is asked to be."""
    done = concise(check, "--fail-on", "note", "--min-severity", least, "tests/settings.py")
    assert done.status == 1
    assert done.codes == ["SKL001"]


def test_min_severity_sets_what_is_shown(check: Check) -> None:
    """Notes are shown on request alone; a warning is hidden on request."""
    files = ["leak.py", "dev_settings.py", "tests/settings.py"]

    def shown(*arguments: str) -> list[str]:
        return [line.split()[2] for line in concise(check, *arguments, *files).out.splitlines()]

    assert sorted(shown()) == ["error", "warning"]
    assert sorted(shown("--min-severity", "note")) == ["error", "note", "warning"]
    assert sorted(shown("--min-severity", "error")) == ["error"]


def test_options_are_spelt_with_a_blank_or_an_equals_sign(check: Check) -> None:
    """`--option value` and `--option=value` are the same, before and behind the paths."""
    expected = check("--output-format", "concise", "leak.py")
    assert expected.status == 1
    assert check("--output-format=concise", "leak.py") == expected
    assert check("leak.py", "--output-format=concise") == expected
    assert check("leak.py", "--output-format", "concise") == expected
    assert check("--output-format=concise", "--", "leak.py") == expected


def test_the_last_of_two_counts(check: Check) -> None:
    """An option that is given again replaces what was given before, as argparse has it."""
    assert concise(check, "--output-format=json", "--output-format=concise", "leak.py").codes == ["SKL001"]


def test_behind_two_dashes_everything_is_a_path(check: Check, tmp_path: Path) -> None:
    """pre-commit passes names as they come, one of which may begin with a dash."""
    (tmp_path / "--select").write_text(LEAK)
    done = concise(check, "--", "--select")
    assert done.codes == ["SKL005"]  # no suffix says what it is
    assert done.status == 1
    (tmp_path / "-leak.py").write_text(LEAK)
    assert concise(check, "--", "-leak.py").codes == ["SKL001"]
    assert concise(check, "./-leak.py").codes == ["SKL001"]
    assert concise(check, "-leak.py").status == cli.FAILED


@pytest.mark.parametrize(
    "arguments",
    [
        ["--nonsense"],
        ["--sel", "SKL001"],
        ["--output-format"],
        ["--output-format", "yaml"],
        ["--output-format=yaml"],
        ["--output-format=json="],
        ["--output-format=yaml=a"],
        ["--fail-on", "fatal"],
        ["--min-severity", ""],
        ["-x"],
        ["--select"],
        ["--quiet=yes"],
        ["--show-files="],
    ],
)
def test_wrong_usage_is_said(check: Check, arguments: list[str]) -> None:
    """What is not understood ends with 2 and the usage, never with a check of something else."""
    done = check(*arguments)
    assert done.status == cli.FAILED
    assert done.out == ""
    assert "usage: secretkey-lint" in done.err
    assert "error: " in done.err


def test_the_quick_parser_and_argparse_agree() -> None:
    """There are two parsers for the sake of the start; they read one table and mean the same."""
    for argv in (
        [],
        ["a.py", "b.py"],
        ["--select", "SKL001", "a.py"],
        ["--select=SKL001", "a.py", "--fail-on=note"],
        ["--min-severity", "note", "--output-format", "json", "--ignore", "SKL9", "--", "-a.py"],
        ["-", "--stdin-filename", "a b.py"],
        ["--stdin-filename=x=y", "-"],
        ["--select=", "a.py"],
        ["--quiet", "a.py", "--show-config", "--fail-on", "error"],
        ["--output-format=sarif=a=b", "--output-format", "json=c", "--output-format=concise", "--output-file", "d"],
    ):
        quick = options.parse_quickly(argv)
        assert quick is not None
        whole = parser.arguments_of(parser.build().parse_args(["check", *argv]))
        assert quick.paths == whole.paths
        assert quick.given == whole.given
        assert quick.files == whole.files
        assert quick.values == whole.values


def give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="ascii"))


def test_the_standard_input_is_checked_as_a_file(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Editors check what is not saved; its name settles the format and the context."""
    give(monkeypatch, LEAK.encode())
    done = concise(check, "-", "--stdin-filename", "shop/settings.py")
    assert done.status == 1
    assert done.out.startswith("shop/settings.py:1:14: SKL001 error ")
    give(monkeypatch, LEAK.encode())
    assert concise(check, "-", "--stdin-filename=tests/settings.py").status == 0
    give(monkeypatch, "# é\nSECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n".encode())
    assert concise(check, "--stdin-filename", ".env", "-").codes == ["SKL005"]
    give(monkeypatch, b"\xff\xfe" + "SECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n".encode("utf-16-le"))
    assert concise(check, "--stdin-filename", ".env", "-").codes == ["SKL005"]
    give(monkeypatch, b"")
    assert concise(check, "--stdin-filename", ".env", "-") == Outcome(0, "", "")


def test_the_standard_input_needs_a_name_and_stands_alone(check: Check) -> None:
    """Without a name nobody knows what it is; with other paths nobody knows which is which."""
    for arguments, said in (
        (["-"], "--stdin-filename"),
        (["-", "leak.py", "--stdin-filename", "a.py"], "- is the only path"),
        (["leak.py", "--stdin-filename", "a.py"], "--stdin-filename goes with -"),
        (["--stdin-filename", "a.py"], "--stdin-filename goes with -"),
    ):
        done = check(*arguments)
        assert done.status == cli.FAILED
        assert said in done.err
        assert done.out == ""


def main(capsys: pytest.CaptureFixture[str], *arguments: str) -> Outcome:
    capsys.readouterr()
    try:
        status = cli.main(list(arguments))
    except SystemExit as left:
        status = int(left.code or 0)
    captured = capsys.readouterr()
    return Outcome(status, captured.out, captured.err)


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    """Help goes to the standard output, with status 0."""
    done = main(capsys, "check", "--help")
    assert done.status == 0
    assert all(f"--{option.name}" in done.out for option in options.CHECK)
    assert all(choice in done.out for option in options.CHECK for choice in option.choices)
    assert "Exit status" in done.out
    for arguments in (["--help"], []):
        done = main(capsys, *arguments)
        assert done.status == 0
        assert "check" in done.out and "rule" in done.out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """What is asked for in every report of a defect."""
    assert main(capsys, "--version") == Outcome(0, f"secretkey-lint {__version__}\n", "")


def test_unknown_command(capsys: pytest.CaptureFixture[str]) -> None:
    """A path without a command is no check of that path; it is said."""
    done = main(capsys, "chekc", ".")
    assert done.status == cli.FAILED
    assert "chekc" in done.err


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """`rule` alone lists each rule in a line."""
    done = main(capsys, "rule")
    assert done.status == 0
    lines = done.out.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in rules.load()]


@pytest.mark.parametrize("rule", rules.load(), ids=lambda rule: rule.code)
def test_a_page_is_printed_by_code_and_by_name(rule: Rule, capsys: pytest.CaptureFixture[str]) -> None:
    """In any case; the page begins with both."""
    for wanted in (rule.code, rule.code.lower(), rule.name, rule.name.upper()):
        done = main(capsys, "rule", wanted)
        assert done.status == 0
        assert done.out.startswith(f"# {rule.code} {rule.name}\n")
        assert "## Why is this bad?" in done.out


def test_an_unknown_rule_is_said_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip of the finger need not be looked up."""
    done = main(capsys, "rule", "unsafe-defualt")
    assert done == Outcome(2, "", "secretkey-lint: there is no rule unsafe-defualt (did you mean unsafe-default?)\n")
    assert "did you mean SKL00" in main(capsys, "rule", "SKL0001").err
    assert main(capsys, "rule", "zzz").err == "secretkey-lint: there is no rule zzz\n"


def test_json_says_what_was_asked_for_in_json(check: Check) -> None:
    """A clean run is a document, too."""
    done = check("--output-format", "json", "clean.py")
    assert done.status == 0
    assert json.loads(done.out)["diagnostics"] == []


def test_quiet_writes_findings_and_errors_only(check: Check) -> None:
    """For scripts whose output is read when something is wrong."""
    assert check("--quiet", "clean.py") == Outcome(0, "", "")
    loud, quiet = check("leak.py"), check("leak.py", "--quiet")
    mendable = "1 can be mended with --fix --unsafe-fixes; --diff in the place of --fix shows how.\n"
    assert loud.out == f"{quiet.out}\n1 error, 0 warnings: 1 file looked at, 1 analysed.\n{mendable}"
    assert quiet.status == 1
    assert check("--quiet", "missing.py").err == "secretkey-lint: there is no file or folder 'missing.py'\n"


def test_statistics_say_how_often_each_rule_reports(check: Check) -> None:
    """The most frequent first; behind the findings, whatever else is written."""
    files = ["leak.py", "dev_settings.py", "default.py", "insecure.py"]
    lines = ["     2 SKL001 hardcoded-secret-key", "     1 SKL002 insecure-prefix", "     1 SKL003 unsafe-default"]
    for arguments in ([], ["--output-format", "concise"], ["--quiet"]):
        done = check(*files, "--statistics", *arguments)
        assert done.out.splitlines()[-3:] == lines
        assert done.out.startswith("default.py:3:")
    assert check("clean.py", "--statistics").out == "Nothing to report: 1 file looked at, 0 analysed.\n"
    assert check("clean.py", "--statistics", "--output-format", "json").status == cli.FAILED
