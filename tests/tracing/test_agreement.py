"""`trace` and `check` judge alike: what one reports the other does not call safe."""

import shutil
import subprocess
from pathlib import Path

import pytest

from secretkey_lint import api, tracing
from secretkey_lint.model.diagnostic import Diagnostic
from secretkey_lint.model.trace import Possibility, Trace

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").iterdir())


@pytest.fixture
def repo(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    repo = tmp_path / "repo"
    shutil.copytree(request.param / "repo", repo)
    subprocess.run(["git", "init", "--quiet"], cwd=repo, check=True)
    subprocess.run(["git", "add", "--all", "--force"], cwd=repo, check=True)
    monkeypatch.chdir(repo)
    return repo


def traced(repo: Path) -> list[Trace]:
    """Return the traces of all modules of a repository, whatever starts them."""
    paths = sorted(str(path.relative_to(repo)) for path in repo.rglob("*.py"))
    found: list[Trace] = []
    for path in paths:
        report = tracing.trace(path)
        assert report.failures == ()
        found += report.traces
    return found


def at_settings() -> list[Diagnostic]:
    """Return what `check` reports of values that the key has: not where it merely stands, is shown, or is an entry of a file."""
    return [
        each
        for each in api.check_paths().diagnostics
        if each.subject in ("SECRET_KEY", "SECRET_KEY_FALLBACKS")
        and each.code not in ("SKL010", "SKL011", "SKL900")  # what several files say together is for the whole run
        and each.span.path.endswith(".py")
        and "it is not used" not in each.message
    ]


def places(possibility: Possibility) -> set[tuple[str, int, int]]:
    return {(step.span.path, step.span.start.line, step.span.start.column) for step in possibility.steps}


@pytest.mark.parametrize("repo", FIXTURES, indirect=True, ids=lambda path: path.name)
def test_what_check_reports_is_on_a_trace(repo: Path) -> None:
    """Each error has its place on the way of a value that the same rule reports, as loudly."""
    assert_every_error_is_traced(repo)


def assert_every_error_is_traced(repo: Path) -> None:
    said = {
        (*place, each.judgement.code, each.judgement.severity)
        for trace in traced(repo)
        for each in trace.possibilities
        for place in places(each)
    }
    for each in at_settings():
        if each.severity == "error":
            start = each.span.start
            assert (each.span.path, start.line, start.column, each.code, "error") in said, each


@pytest.mark.parametrize("seed", range(4))
def test_generated_projects(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same holds for projects that nobody wrote: every error of `check` is on a trace."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1]))
    from oracle import generator

    for number in range(3):
        drawn = generator.drawn(f"traced {seed}:{number}", generator.ALL)
        repo = tmp_path / str(number)
        for name, text in drawn.files.items():
            path = repo / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        subprocess.run(["git", "init", "--quiet", repo], check=True)
        subprocess.run(["git", "add", "--all", "--force"], cwd=repo, check=True)
        monkeypatch.chdir(repo)
        assert_every_error_is_traced(repo)
        assert_nothing_reported_is_safe(repo)


@pytest.mark.parametrize("repo", FIXTURES, indirect=True, ids=lambda path: path.name)
def test_nothing_is_safe_that_check_reports(repo: Path) -> None:
    """A place at which a value begins is not that of a diagnostic, if the value is called safe."""
    assert_nothing_reported_is_safe(repo)


def assert_nothing_reported_is_safe(repo: Path) -> None:
    reported = {(each.span.path, each.span.start.line, each.span.start.column) for each in at_settings()}
    for trace in traced(repo):
        blamed = set().union(*(places(each) for each in trace.possibilities if each.judgement.state == "reported"))
        for each in trace.possibilities:
            if each.judgement.state == "safe" and each.steps:
                span = each.steps[0].span
                place = span.path, span.start.line, span.start.column
                assert place not in reported or place in blamed


@pytest.mark.parametrize("repo", FIXTURES, indirect=True, ids=lambda path: path.name)
def test_what_starts_is_traced_without_being_asked_for(repo: Path) -> None:
    """Every error in a module that something starts is on the trace that nobody had to name a module for."""
    named = {trace.path: trace for trace in traced(repo) if trace.starts}
    if named:
        found = {trace.path: trace for trace in tracing.trace().traces}
        assert {path: found.get(path) for path in named} == named
