"""The hook works with the real pre-commit and the real prek, from a clone of this repository."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PROJECT = Path(__file__).parents[2]
SHIPPED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml", "secretkey_lint")
LEAKING = "SECRET_KEY = 'q1w2e3r4t5z6u7'\n"
MENDED = "import os\n\nSECRET_KEY = os.environ['SECRET_KEY']\n"


def run(folder: Path, *command: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("COVERAGE_", "GIT_", "PRE_COMMIT"))
    }
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "PATH": f"{Path(sys.executable).parent}:{environment['PATH']}"}
    if home is not None:
        environment |= {"PRE_COMMIT_HOME": str(home), "PREK_HOME": str(home)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def make_repository(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    run(folder, "git", "init", "--quiet")
    run(folder, "git", "config", "user.name", "somebody")
    run(folder, "git", "config", "user.email", "somebody@example.org")


class Hook(NamedTuple):
    """The project as it is now, committed to a repository of its own, and where runners install it."""

    repository: Path
    revision: str
    home: Path


@pytest.fixture(scope="session")
def hook(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Hook:
    """Made once for all processes that run tests, so that each runner installs it once: pip takes seconds."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with open(shared / "hook.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = shared / "hook"
        if not folder.exists():
            commit_project(folder)
    return Hook(folder, run(folder, "git", "rev-parse", "HEAD").stdout.strip(), shared / "hook-home")


def commit_project(folder: Path) -> None:
    make_repository(folder)
    for name in SHIPPED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    run(folder, "git", "add", "--all")
    run(folder, "git", "commit", "--quiet", "--message", "the project")


@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_a_commit_is_refused_mended_and_accepted(runner: str, tmp_path: Path, hook: Hook) -> None:
    site, home = tmp_path / "site", hook.home / runner
    make_repository(site)
    (site / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hook.repository}\n  rev: {hook.revision}\n  hooks:\n  - id: secretkey-lint\n"
    )
    installed = run(site, runner, "install", "--install-hooks", home=home)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    (site / "settings.py").write_text(LEAKING)
    (site / "notes.txt").write_text("nothing of interest\n")
    run(site, "git", "add", "--all")

    refused = run(site, "git", "commit", "--message", "leak", home=home)
    assert refused.returncode == 1
    assert "settings.py:1:14: error: SKL001" in refused.stdout + refused.stderr
    assert "q1w2e3r4t5z6u7" not in refused.stdout + refused.stderr
    assert run(site, "git", "rev-parse", "--verify", "HEAD").returncode != 0

    (site / "settings.py").write_text(MENDED)
    run(site, "git", "add", "--all")
    accepted = run(site, "git", "commit", "--message", "mended", home=home)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert run(site, "git", "rev-parse", "--verify", "HEAD").returncode == 0

    everything = run(site, runner, "run", "secretkey-lint", "--all-files", home=home)
    assert everything.returncode == 0, everything.stdout + everything.stderr


def test_a_commit_is_mended(tmp_path: Path, hook: Hook) -> None:
    """The first try changes the file and is refused, so that somebody looks at it; what is not staged is not lost."""
    site, home = tmp_path / "site", hook.home / "pre-commit"
    make_repository(site)
    (site / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hook.repository}\n  rev: {hook.revision}\n  hooks:\n  - id: secretkey-lint-fix\n"
    )
    installed = run(site, "pre-commit", "install", "--install-hooks", home=home)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    (site / "settings.py").write_text(LEAKING)
    (site / "views.py").write_text("x = 1\n")
    run(site, "git", "add", "--all")
    (site / "views.py").write_text("x = 2\n")

    refused = run(site, "git", "commit", "--message", "leak", home=home)
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1
    assert "files were modified by this hook" in said
    assert "settings.py:1:14: SKL001 mended" in said
    assert "q1w2e3r4t5z6u7" not in said
    assert (site / "settings.py").read_text() == MENDED
    assert (site / "views.py").read_text() == "x = 2\n"

    run(site, "git", "add", "settings.py")
    accepted = run(site, "git", "commit", "--message", "mended", home=home)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    assert run(site, "git", "show", "HEAD:settings.py").stdout == MENDED
    assert run(site, "git", "show", "HEAD:views.py").stdout == "x = 1\n"
    assert (site / "views.py").read_text() == "x = 2\n"


@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_a_push_is_refused_whose_key_was_taken_out_again(runner: str, tmp_path: Path, hook: Hook) -> None:
    """The files that are pushed in the end are clean, and the commit hook is one that somebody has not installed."""
    site, home, remote = tmp_path / "site", hook.home / runner, tmp_path / "remote"
    make_repository(site)
    run(tmp_path, "git", "init", "--quiet", "--bare", str(remote))
    run(site, "git", "remote", "add", "origin", str(remote))
    (site / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {hook.repository}\n  rev: {hook.revision}\n  hooks:\n  - id: secretkey-lint-history\n"
    )

    def commit(content: str) -> None:
        (site / "settings.py").write_text(content)
        run(site, "git", "add", "--all")
        assert run(site, "git", "commit", "--quiet", "--message", "change").returncode == 0

    def push(*arguments: str, status: int) -> str:
        done = run(site, "git", "push", "--quiet", "origin", *arguments, home=home)
        said = done.stdout + done.stderr
        assert done.returncode == status, said
        assert "q1w2e3r4t5z6u7" not in said
        return said

    installed = run(site, runner, "install", "--install-hooks", "--hook-type", "pre-push", home=home)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    commit(MENDED)
    push("HEAD:main", status=0)  # the first push: all that there is
    clean = run(site, "git", "rev-parse", "HEAD").stdout.strip()

    commit(LEAKING)
    commit(MENDED)
    assert "SKL001" in push("HEAD:main", status=1)
    assert "SKL001" in push("HEAD:new", status=1)  # the remote knows no such branch
    assert run(remote, "git", "rev-parse", "main").stdout.strip() == clean

    everything = run(site, runner, "run", "secretkey-lint-history", "--hook-stage", "manual", "--all-files", home=home)
    assert "SKL001" in everything.stdout + everything.stderr

    run(site, "git", "reset", "--quiet", "--hard", clean)
    commit(MENDED + "DEBUG = False\n")
    push("HEAD:main", status=0)
    push("--delete", "main", status=0)


@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_the_manifest_is_valid(runner: str) -> None:
    """What the runners say of the hooks themselves."""
    done = run(PROJECT, runner, "validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout + done.stderr
