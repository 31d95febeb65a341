"""Suppressions that have no effect: when they are said, in which words, and when nothing can be said of them."""

import subprocess
from pathlib import Path

import pytest

from secretkey_lint import api, cli
from secretkey_lint.config import Configurations
from secretkey_lint.model.report import Report

KEY = "8f3k2q9x7v5n1m4b6c0z"
LEAK = f'SECRET_KEY = "{KEY}"'
SAFE = 'SECRET_KEY = os.environ["KEY"]'


def check(content: str, path: str = "shop/settings.py", **options: object) -> Report:
    return api.check_source(content.encode(), path, **options)  # type: ignore[arg-type]


def said(report: Report) -> list[str]:
    return [
        each.message.removeprefix("a suppression without effect: ")
        for each in report.diagnostics
        if each.code == "SKL901"
    ]


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("ignore[SKL003]", "nothing that SKL003 reports stands here"),
        ("ignore[unsafe-default]", "nothing that SKL003 reports stands here"),
        ("ignore[SKL001,SKL003, SKL004]", "nothing that SKL003 or SKL004 reports stands here"),
        ("ignore-next-line[SKL001]", "nothing that SKL001 reports stands on the next line"),
        ("ignore-file[SKL002]", "nothing that SKL002 reports stands in this file"),
        ("ignore", "it names no rule, and so suppresses nothing: write ignore[SKL001], with the rule that is meant"),
        ("ignore[]", "it names no rule, and so suppresses nothing: write ignore[SKL001], with the rule that is meant"),
        ("ignore[ , ]", "it names no rule, and so suppresses nothing: write ignore[SKL001], with the rule that is meant"),
        ("ignore[SKL001", "it names no rule, and so suppresses nothing: write ignore[SKL001], with the rule that is meant"),
        ("ignore-file", "it names no rule, and so suppresses nothing: write ignore-file[SKL001], with the rule that is meant"),
        ("ignore[SKL0001]", "there is no rule SKL0001 (did you mean SKL001?)"),
        ("ignore[SKL]", "there is no rule SKL"),
        ("ignore[unsafe-defaults]", "there is no rule unsafe-defaults (did you mean unsafe-default?)"),
        ("ignore[SKL001,B105]", "there is no rule B105"),
        ("ignore[Zm9vYmFyQmF6]", "there is no rule ••••••••"),
        ("ignore[*]", "there is no rule ••••••••"),
        ("ignore-whole-file[SKL001]", "it is no marker (did you mean ignore-file?), and so suppresses nothing"),
        ("ingore", "it is no marker (did you mean ignore?), and so suppresses nothing"),
        ("noqa[SKL001]", "it is no marker (did you mean ignore?), and so suppresses nothing"),
        ("ignore[abcdefgh-ijklmnop-qrstuvw]", "there is no rule ••••••••"),
        ("ignored[SKL001]", "it is no marker (did you mean ignore?), and so suppresses nothing"),
        ("ignore-line[SKL001]", "it is no marker (did you mean ignore-next-line?), and so suppresses nothing"),
        ("Ignore[SKL001]", "it is no marker (did you mean ignore?), and so suppresses nothing"),
        ("disable", "it is no marker (did you mean ignore?), and so suppresses nothing"),
        ("[SKL001]", "it is no marker (did you mean ignore?), and so suppresses nothing"),
        ("ignore[SKL901]", "SKL901 is suppressed for a whole file: ignore-file[SKL901]"),
        ("ignore[SKL900]", "SKL900 is suppressed for a whole file: ignore-file[SKL900]"),
    ],
)  # fmt: skip
def test_what_is_said(marker: str, message: str) -> None:
    """What is wrong with a marker is said at the marker, without its reason, and says what would be right."""
    line = f"{LEAK}  # secretkey-lint: {marker}"
    report = check(f"import os\n{line} a reason\n")
    assert len(said(report)) == 1
    assert said(report)[0].startswith(message)
    place = report.diagnostics[-1].span
    shown = marker.removesuffix("[SKL001") if "]" not in marker else marker
    assert line[place.start.column - 1 : place.end.column - 1] == f"secretkey-lint: {shown}"
    assert place.start.line == place.end.line == 2


@pytest.mark.parametrize(
    ("line", "messages"),
    [
        (f"{SAFE}  # noqa: SKL001", ["nothing that SKL001 reports stands here"]),
        (f"{SAFE}  # noqa: E501, SKL001, SKL003", ["nothing that SKL001 or SKL003 reports stands here"]),
        (f"{SAFE}  # noqa: SKL777", ["there is no rule SKL777"]),
        ("# ruff: noqa: SKL001", ["nothing that SKL001 reports stands in this file"]),
        (f"{SAFE}  # noqa: E501", []),
        (f"{SAFE}  # noqa", []),
        (f"{SAFE}  # nosec", []),
        (f"{SAFE}  # nosec B105", []),
        (f"{SAFE}  # pragma: allowlist secret", []),
        ("# pragma: allowlist nextline secret", []),
        (f"{SAFE}  # gitleaks:allow", []),
        ("# ruff: noqa", []),
        ("# secretkey-lint: it finds keys", []),
        ("# secretkey-lint: see the handbook", []),
        ("# run secretkey-lint: once a day", []),
        ("# https://github.com/secretkey-lint/secretkey-lint", []),
    ],
)
def test_markers_of_others_are_theirs_to_judge(line: str, messages: list[str]) -> None:
    """Where one names our rules it is for us to say; prose that names us is no marker."""
    found = said(check(f"import os\n{line}\n# SECRET_KEY\n"))
    assert len(found) == len(messages)
    assert all(each.startswith(message) for each, message in zip(found, messages, strict=True))


@pytest.mark.parametrize(
    ("path", "severity"),
    [("shop/settings.py", "warning"), ("shop/dev_settings.py", "warning"), ("tests/a.py", "note"), ("docs/a.py", "note")],
)  # fmt: skip
def test_severity(path: str, severity: str) -> None:
    """A warning where people look, a note in tests and examples; it never fails a run by itself."""
    (found,) = check("# secretkey-lint: ignore-file[SKL001]\n", path).diagnostics
    assert (found.code, found.severity) == ("SKL901", severity)


def test_a_suppression_of_what_another_rule_speaks_for_is_used() -> None:
    """A place is reported by one rule; what others would have said of it may be suppressed as well, or alone."""
    weak = f"{LEAK}  # secretkey-lint: ignore[SKL008]\n"
    (found,) = check(weak).diagnostics
    assert found.code == "SKL001"
    assert "W009" not in found.message
    assert "W009" in check(LEAK + "\n").diagnostics[0].message
    assert check(f"{LEAK}  # secretkey-lint: ignore[SKL001, SKL008]\n").diagnostics == ()


def test_rules_that_have_not_run_are_not_unused() -> None:
    """`--select` and `--ignore` leave suppressions of other rules alone, but not misspelt ones."""
    content = f"import os\n{SAFE}  # secretkey-lint: ignore[SKL001, SKL003]\n"
    assert said(check(content)) == ["nothing that SKL001 or SKL003 reports stands here"]
    assert said(check(content, select="SKL002,SKL901")) == []
    assert said(check(content, select="SKL003,SKL901")) == ["nothing that SKL003 reports stands here"]
    assert said(check(content, ignore="SKL003")) == ["nothing that SKL001 reports stands here"]
    assert said(check(content, select="SKL001")) == []
    assert said(check(content.replace("SKL003", "SKL777"), select="SKL002,SKL901"))[0].startswith(
        "there is no rule SKL777"
    )


@pytest.mark.parametrize("content", ["print 'x'\n", "x = (\n", "\0", "# coding: nonsense\n"])
def test_a_file_that_cannot_be_followed_has_no_unused_ones(content: str) -> None:
    """What could not be read may be what is suppressed."""
    report = check(f"{content}SECRET_KEY = x  # secretkey-lint: ignore[SKL001]\n")
    assert [each.code for each in report.diagnostics] == ["SKL900"]


def test_unreadable_files_are_suppressed_for_a_whole_file() -> None:
    """Not on a line, since nobody knows on which; nor by what other tools call a whole file."""
    broken = f"print 'x'\n{LEAK}\n"
    assert [each.code for each in check(broken).diagnostics] == ["SKL900", "SKL001"]
    report = check(f"# secretkey-lint: ignore-file[SKL900] a template\n{broken}")
    assert [each.code for each in report.diagnostics] == ["SKL001"]
    assert [each.diagnostic.code for each in report.suppressed_diagnostics] == ["SKL900"]
    assert "SKL900" in [each.code for each in check(f"# flake8: noqa\n{broken}").diagnostics]
    assert "SKL900" in [each.code for each in check(f"print 'x' # noqa\n{LEAK}\n").diagnostics]


def test_unused_suppressions_are_suppressed_for_a_whole_file() -> None:
    """By ignore-file alone, which is not unused itself."""
    idle = "x = 1  # secretkey-lint: ignore[SKL001, SKL777]\n"
    report = check(f"# secretkey-lint: ignore-file[SKL901] for an old version\n{idle}")
    assert report.diagnostics == ()
    assert [each.diagnostic.code for each in report.suppressed_diagnostics] == ["SKL901"]
    assert check("# secretkey-lint: ignore-file[SKL901]\n").diagnostics == ()
    assert len(check(f"# ruff: noqa\n{idle}").diagnostics) == 1


def test_a_reason_can_be_required(tmp_path: Path) -> None:
    """Then one without a reason suppresses nothing, and says so; those of other tools have no place for one."""
    (tmp_path / "secretkey-lint.toml").write_text("require-suppression-reason = true\n")
    strict = Configurations(file=str(tmp_path / "secretkey-lint.toml"))
    for marker in ("ignore[SKL001]", "ignore[SKL001] -- ", "ignore[SKL001] # why"):
        report = check(f"{LEAK}  # secretkey-lint: {marker}\n", configurations=strict)
        assert [each.code for each in report.diagnostics] == ["SKL001", "SKL901"]
        assert said(report) == ["it gives no reason, and so suppresses nothing"]
    for marker in ("secretkey-lint: ignore[SKL001] a demo", "noqa: SKL001 a demo", "noqa", "pragma: allowlist secret"):
        report = check(f"{LEAK}  # {marker}\n", configurations=strict)
        assert report.diagnostics == ()
        assert report.suppressed == 1
    assert said(check(f"{LEAK}  # noqa: SKL001\n", configurations=strict)) == [
        "it gives no reason, and so suppresses nothing"
    ]


def test_the_same_form_above_a_line_is_told_of_the_other() -> None:
    """The most frequent mistake of all."""
    (message,) = said(check(f"# secretkey-lint: ignore[SKL001]\n{LEAK}\n"))
    assert message.endswith("; for the line below there is ignore-next-line")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (".env", "SECRET_KEY=x # {}"),
        ("a.ini", "SECRET_KEY = x ; {}"),
        ("setup.cfg", "SECRET_KEY = x  # {}"),
        ("Dockerfile", "ENV SECRET_KEY=x #{}"),
        ("a.json", '"SECRET_KEY": "x", // {}'),
        ("a.json", '"SECRET_KEY": "x" /* {} */'),
    ],
)
def test_a_marker_where_no_comment_can_stand(path: str, line: str) -> None:
    """It would silently do nothing; what stands in a comment already, or in a value, is left alone."""
    marker = "secretkey-lint: ignore[SKL005]"
    report = check(line.format(marker), path)
    assert said(report) == [
        "no comment can stand here in this format; above a line there is ignore-next-line, if it has comments"
    ]
    (place,) = (each.span for each in report.diagnostics if each.code == "SKL901")
    assert line.format(marker)[place.start.column - 1 : place.end.column - 1] == marker
    assert said(check(f"A = '{marker}'\n", path)) == []
    comment = "# write # secretkey-lint: ignore-file[SKL005]\nSECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n"
    assert said(check(comment, ".env")) == []


def repository(folder: Path, files: dict[str, str]) -> None:
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)


@pytest.mark.parametrize(
    "importing",
    ["from .keys import KEY", "from . import keys", "from shop.keys import (\n    A,\n    KEY,\n)", "import shop.keys as k", "from .keys import *"],
)  # fmt: skip
def test_a_value_that_another_module_takes(importing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook that is given the one file alone does not call unused what the whole repository needs."""
    value = {"from . import keys": "keys.KEY", "import shop.keys as k": "k.KEY"}.get(importing, "KEY")
    files = {
        "shop/__init__.py": "",
        "shop/keys.py": f'A = 1\nKEY = "{KEY}"  # secretkey-lint: ignore[SKL001] replaced later\n',
        "shop/settings.py": f"{importing}\n\nSECRET_KEY = {value}\n",
    }
    repository(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    for paths in (["."], ["shop/keys.py"], ["shop/settings.py"], ["shop/keys.py", "shop/settings.py"]):
        report = api.check_paths(paths)
        assert report.diagnostics == (), paths
        assert report.suppressed == (0 if paths == ["shop/keys.py"] else 1)
    (tmp_path / "shop/settings.py").write_text('import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n')
    for paths in (["."], ["shop/keys.py"]):
        assert len(said(api.check_paths(paths))) == 1


def test_files_without_a_key_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A marker that was left behind is found by the search over the repository, and in files that a hook is given."""
    repository(
        tmp_path,
        {
            "a.py": "# secretkey-lint: ignore-file[SKL001]\n",
            "deploy/values.yaml": "a: b  # secretkey-lint: ignore[SKL005]\n",
            "b.py": 'import os\nSECRET_KEY = os.environ["SECRET_KEY"]  # noqa: SKL001\n',
            "README.md": "Write `# secretkey-lint: ignore[SKL001]`, or:\n\n```\nx  # secretkey-lint: ignore[SKL001]\n```\n",
            "docs/guide.rst": "Write ``secretkey-lint: ignore[SKL001]`` there.\n",
            ".pre-commit-config.yaml": "repos:\n  - hooks:\n      - id: secretkey-lint\n",
            ".github/workflows/lint.yml": "jobs:\n  secretkey-lint:\n    steps: []\n",
            "clean.py": "x = 1\n",
        },
    )
    monkeypatch.chdir(tmp_path)
    for paths in (
        ["."],
        [each.as_posix() for each in Path().rglob("*") if each.is_file() and ".git/" not in each.as_posix()],
    ):
        found = api.check_paths(paths).diagnostics
        assert [(each.span.path, each.code) for each in found] == [
            ("a.py", "SKL901"), ("b.py", "SKL901"), ("deploy/values.yaml", "SKL901"),
        ]  # fmt: skip


def test_the_command_counts_and_does_not_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is suppressed does not fail a run; both summaries say how much it is."""
    import json

    monkeypatch.chdir(tmp_path)
    (tmp_path / "settings.py").write_text(f"{LEAK}  # secretkey-lint: ignore[SKL001] a demo\n")
    (tmp_path / "more.py").write_text(f"{LEAK}\n")
    assert cli.main(["check", "settings.py"]) == cli.CLEAN
    assert capsys.readouterr().out == "Nothing to report: 1 file looked at, 1 analysed, 1 suppressed.\n"
    assert cli.main(["check", "settings.py", "more.py", "--output-format", "json"]) == cli.FINDINGS
    assert json.loads(capsys.readouterr().out)["summary"]["suppressed"] == 1


def test_only_what_would_be_reported_counts_as_suppressed() -> None:
    """A note that nobody asked for is not reported without a suppression either."""
    content = f"{LEAK}  # secretkey-lint: ignore[SKL001]\n"
    assert check(content, "tests/settings.py").suppressed == 1
    assert check(content, "tests/settings.py", min_severity="warning").suppressed == 0
    assert check(content, min_severity="error").suppressed == 1
