"""What the hook before a push is told, and what that means."""

import pytest

from secretkey_lint.cli.history import pushed

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
def test_what_is_pushed(environment: dict[str, str], revisions: list[str] | None) -> None:
    assert pushed(environment) == revisions
