"""What is written for people says what the code does."""

import importlib.util
import inspect
import re
import shlex
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from secretkey_lint import __version__, api, rules
from secretkey_lint.cli import options

PROJECT = Path(__file__).parents[2]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
CHANGELOG = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
HOOKS = (PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", PROJECT / "docs" / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_up_to_date(generate: ModuleType) -> None:
    """A rule whose page was changed in the code alone would be explained wrongly: run docs/generate.py."""
    for name, text in generate.pages().items():
        page = PROJECT / "docs" / name
        assert page.is_file(), f"docs/{name} is missing; run python docs/generate.py"
        assert page.read_text(encoding="utf-8") == text, f"docs/{name} is out of date; run python docs/generate.py"


def test_no_page_is_left_of_a_rule_that_is_gone(generate: ModuleType) -> None:
    """A page without a rule misleads."""
    written = {f"rules/{path.name}" for path in (PROJECT / "docs" / "rules").glob("*.md")}
    assert written - set(generate.pages()) == set()


def test_the_pages_are_where_the_output_points() -> None:
    """The `url` of a finding leads to a page that exists."""
    from secretkey_lint.diagnosing import DOCUMENTATION

    folder = DOCUMENTATION.partition("/blob/main/")[2]
    for rule in rules.load():
        assert (PROJECT / folder / f"{rule.code}.md").is_file()


def test_the_readme_lists_every_rule() -> None:
    """Each rule with its name, and no other."""
    listed = re.findall(r"^\| (SKL\d{3}) \| ([a-z-]+) \|", README, flags=re.MULTILINE)
    assert listed == [(rule.code, rule.name) for rule in rules.load()]


def test_the_readme_lists_every_option() -> None:
    """Each option of `check` and no other; defaults that are named are the defaults."""
    block = README.partition("## The command line")[2].partition("```text\n")[2].partition("```")[0]
    assert set(re.findall(r"--([a-z-]+)", block)) == {*(option.name for option in options.CHECK), "version"}
    for option in options.CHECK:
        (line,) = [line for line in block.splitlines() if f"--{option.name} " in line]
        named = re.search(r"\(default: (\w+)\)", line)
        assert named is None or named[1] == option.default
        for choice in option.choices if option.name == "output-format" else ():
            assert choice in line


def test_help_says_the_defaults() -> None:
    """So does the help."""
    for option in options.CHECK:
        if option.choices:
            assert option.default in option.choices
            assert f"(default: {option.default})" in option.help


def test_links_of_the_documents_lead_somewhere() -> None:
    """A relative link that leads nowhere is found by the reader otherwise."""
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (PROJECT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#\s]+)\)", text):
            if "://" not in target:
                assert (PROJECT / target).exists(), f"{name}: {target}"


def test_the_picture_of_the_package_is_complete() -> None:
    """Modules and folders that the README draws exist, and each of ours is drawn."""
    block = README.partition("## How it works")[2].partition("```text\n")[2].partition("```")[0]
    root = PROJECT / "secretkey_lint"
    drawn = set(re.findall(r"\b(\w+\.py|\w+)(?=/ |\s\s|$)", block, flags=re.MULTILINE))
    for path in root.iterdir():
        if path.is_dir() and path.name != "__pycache__":
            assert f"{path.name}/" in block, path.name
        elif path.suffix == ".py" and not path.name.startswith("__"):
            assert path.name in block, path.name
    for name in re.findall(r"\b(\w+)\.py\b", block):
        assert (root / f"{name}.py").is_file(), name
    assert drawn


def test_hooks_are_documented_and_run(tmp_path: Path) -> None:
    """Every hook is named in the README, and its entry is a command that is installed and finds a leak."""
    hooks = yaml.safe_load(HOOKS)
    assert hooks
    for hook in hooks:
        assert re.search(rf"- id: {hook['id']}(?![\w-])", README)
    (tmp_path / "settings.py").write_text('SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n')
    somebody = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for arguments in (["init", "--quiet"], ["add", "."], [*somebody, "commit", "--quiet", "--message", "Change"]):
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    for hook in hooks:
        program, *arguments = shlex.split(hook["entry"])
        files = ["settings.py"] if hook.get("pass_filenames", True) else []
        command = [str(Path(sysconfig.get_path("scripts")) / program), *arguments, *files]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        assert done.returncode == 1
        assert b"SKL001" in done.stdout


def test_the_readme_names_the_version_to_pin() -> None:
    """What is copied from the README is the version that it describes."""
    assert re.findall(r"rev: v(\S+)", README) == [__version__]


def test_the_changelog_knows_the_present() -> None:
    """Either the changes are collected, or the version is released."""
    headings = re.findall(r"^## (.+)$", CHANGELOG, flags=re.MULTILINE)
    assert headings[0].startswith(("Unreleased", "[Unreleased]", __version__, f"[{__version__}]"))
    for rule in rules.load():
        assert rule.code in CHANGELOG


def numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


def test_every_rule_says_since_when() -> None:
    """A version, no later than this one."""
    for rule in rules.load():
        assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since)
        assert numbers(rule.since) <= numbers(__version__)


def test_the_metadata_agrees() -> None:
    """pyproject.toml, the README and the tests speak of the same Python and the same command."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least = project["requires-python"].removeprefix(">=")
    assert f"Python {least} or newer" in README
    assert f"Programming Language :: Python :: {least}" in project["classifiers"]
    assert set(project["scripts"]) == {"secretkey-lint"}
    assert sys.version_info[:2] >= tuple(map(int, least.split(".")))


def test_the_public_functions_stay() -> None:
    """Other programs call these: a change here is one for the changelog, and for a new version."""
    assert {name: str(inspect.signature(getattr(api, name))) for name in sorted(api.__all__)} == {
        "check_files": "(files: 'Iterable[SourceFile | Searched | ReadError]', *, select: 'str' = '', ignore: 'str' = '', "
        "min_severity: 'Severity' = 'note', configurations: 'Configurations | None' = None, "
        "baselines: 'Baselines | None' = None, unsaved: 'Iterable[SourceFile]' = (), progress: 'Progress | None' = None, "
        "memory: 'Memory | None' = None, fixes: 'bool' = True) -> 'Report'",
        "check_history": "(revisions: 'Iterable[str] | None' = (), *, select: 'str' = '', ignore: 'str' = '', "
        "min_severity: 'Severity' = 'note', configurations: 'Configurations | None' = None, "
        "baselines: 'Baselines | None' = None) -> 'HistoryReport'",
        "check_paths": "(paths: 'Iterable[str]' = ('.',), *, select: 'str' = '', ignore: 'str' = '', "
        "min_severity: 'Severity' = 'note', configurations: 'Configurations | None' = None, "
        "progress: 'Progress | None' = None, fixes: 'bool' = True) -> 'Report'",
        "check_source": "(content: 'bytes', path: 'str', *, select: 'str' = '', ignore: 'str' = '', "
        "min_severity: 'Severity' = 'note', configurations: 'Configurations | None' = None, fixes: 'bool' = True) -> 'Report'",
        "fix_source": "(content: 'bytes', path: 'str', *, unsafe: 'bool' = False, select: 'str' = '', ignore: 'str' = '', "
        "min_severity: 'Severity' = 'note', configurations: 'Configurations | None' = None) -> 'Fixed'",
        "remove_unused_suppressions": "(content: 'bytes', path: 'str', *, select: 'str' = '', ignore: 'str' = '', "
        "configurations: 'Configurations | None' = None) -> 'bytes'",
    }


def test_the_public_functions_work_as_the_readme_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's own calls."""
    monkeypatch.chdir(tmp_path)
    report = api.check_source(b'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n', "settings.py")
    assert [each.code for each in report.diagnostics] == ["SKL001"]
    assert (report.files, report.analysed, report.failures) == (1, 1, ())
    (tmp_path / "settings.py").write_bytes(b'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n')
    assert api.check_paths(["."]).diagnostics == report.diagnostics
    assert api.check_paths().diagnostics == report.diagnostics
    assert api.check_paths(["."], ignore="SKL001,SKL008").diagnostics == ()
