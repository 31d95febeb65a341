"""What the hook before a push is told, by whom, and what that means."""

import io
import subprocess
from pathlib import Path

import pytest

from secretkey_lint.cli.pushing import pushed
from secretkey_lint.errors import ConfigError

PRE_COMMIT = {"PRE_COMMIT": "1"}
ZERO, OLD, NEW = "0" * 40, "a" * 40, "b" * 40


@pytest.mark.parametrize(
    ("environment", "revisions"),
    [
        ({}, ["HEAD"]),
        ({"PRE_COMMIT_FROM_REF": OLD, "PRE_COMMIT_TO_REF": NEW}, [NEW, "--not", OLD]),
        ({"PRE_COMMIT_FROM_REF": ZERO, "PRE_COMMIT_TO_REF": NEW}, [NEW]),
        ({"PRE_COMMIT_FROM_REF": OLD, "PRE_COMMIT_TO_REF": ZERO}, None),
        ({"PRE_COMMIT_FROM_REF": OLD, "PRE_COMMIT_TO_REF": "0" * 64}, None),
        (
            {"PRE_COMMIT_FROM_REF": OLD, "PRE_COMMIT_TO_REF": NEW, "PRE_COMMIT_REMOTE_NAME": "origin"},
            [NEW, "--not", OLD, "--remotes=origin"],
        ),
        # all of a branch is new to the remote, and pre-commit names no commits
        (
            {"PRE_COMMIT_REMOTE_NAME": "origin", "PRE_COMMIT_LOCAL_BRANCH": "refs/heads/main"},
            ["refs/heads/main", "--not", "--remotes=origin"],
        ),
        # a URL in the place of a name is no remote that this clone knows branches of
        ({"PRE_COMMIT_TO_REF": NEW, "PRE_COMMIT_REMOTE_NAME": "https://example.org/x.git"}, [NEW]),
        ({"PRE_COMMIT_TO_REF": NEW, "PRE_COMMIT_REMOTE_NAME": "../*"}, [NEW]),
    ],
)
def test_what_pre_commit_says_is_pushed(environment: dict[str, str], revisions: list[str] | None) -> None:
    """It reads itself what git says, so that the standard input is left alone."""
    assert pushed([], environment | PRE_COMMIT, None) == revisions


def said(*lines: str) -> io.TextIOWrapper:
    """A standard input with lines."""
    return io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode()))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A commit that the repository has that the working directory is in."""
    monkeypatch.chdir(tmp_path)
    author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    subprocess.run(["git", "init", "--quiet"], check=True)
    subprocess.run(["git", *author, "commit", "--quiet", "--allow-empty", "--message", "first"], check=True)
    return subprocess.run(["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()


def test_what_git_says_is_pushed(known: str) -> None:
    """All references at once; those that are new have no commit there, and those that are deleted none here."""
    main, other = f"refs/heads/main {NEW} refs/heads/main", f"refs/heads/x {OLD} refs/heads/é/x"
    deleted = f"(delete) {ZERO} refs/heads/y"
    origin = ["origin", "https://example.org/x.git"]
    assert pushed(origin, {}, said(f"{main} {known}")) == [NEW, "--not", known, "--remotes=origin"]
    assert pushed(origin, {}, said(f"{main} {ZERO}")) == [NEW, "--not", "--remotes=origin"]
    assert pushed(origin, {}, said(f"{main} {OLD}")) == [NEW, "--not", "--remotes=origin"]  # never fetched
    both = pushed(origin, {}, said(f"{main} {known}", f"{deleted} {OLD}", f"{other} {ZERO}", f"{main}2 {known}"))
    assert both == [NEW, OLD, "--not", known, "--remotes=origin"]
    assert pushed([origin[1]] * 2, {}, said(f"{main} {ZERO}")) == [NEW]
    assert pushed([], {}, said(f"{main} {known}")) == [
        NEW,
        "--not",
        known,
    ]  # a hook that does not hand on what it is given


def test_nothing_is_pushed() -> None:
    """A branch is deleted, or all is there already; by hand nothing is said at all, and all that led here counts."""
    assert pushed(["origin", "x"], {}, said(f"(delete) {ZERO} refs/heads/y {OLD}")) is None
    assert pushed(["origin", "x"], {}, said()) is None
    assert pushed([], {}, said()) == ["HEAD"]
    assert pushed([], {}, Terminal()) == ["HEAD"]
    assert pushed([], {}, None) == ["HEAD"]


@pytest.mark.parametrize(
    "line", ["", "main", f"a {NEW} b {OLD} c", f"a --all b {OLD}", f"a {NEW} b --output=x", f"a {NEW[1:]} b {OLD}"]
)
def test_what_git_never_says(line: str) -> None:
    """Nothing of it becomes an argument of git."""
    with pytest.raises(ConfigError, match="the standard input is not what git tells"):
        pushed(["origin", "x"], {}, said(line))


@pytest.mark.parametrize("stream", [None, Terminal()])
def test_a_hook_without_anything_to_read(stream: io.StringIO | None) -> None:
    """Somebody who tries it out at a terminal does not wait in vain."""
    with pytest.raises(ConfigError, match="there is nothing to read"):
        pushed(["origin", "x"], {}, stream)
