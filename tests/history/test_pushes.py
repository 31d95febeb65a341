"""Pushes that git's own hook looks at, without pre-commit: the hook of the documentation, and a real `git push`."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.history.repository import ENVIRONMENT, KEY, MENDED, OTHER, History, leak

HOOK = '#!/bin/sh\nexec secretkey-lint history --pre-push "$@"\n'
DOCUMENTATION = Path(__file__).parents[2] / "docs" / "history.md"


class Site(History):
    """A repository with a remote and the hook."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "site")
        self.remote = folder / "remote"
        subprocess.run(["git", "init", "--quiet", "--bare", self.remote], check=True, env=ENVIRONMENT)
        self.git("remote", "add", "origin", str(self.remote))
        hook = self.folder / ".git" / "hooks" / "pre-push"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(HOOK.replace("secretkey-lint", f"{shlex.quote(sys.executable)} -m secretkey_lint"))
        hook.chmod(0o755)

    def push(self, *arguments: str, is_refused: bool, at: Path | None = None) -> str:
        """Push, and return what is said, which is nothing of a key."""
        done = subprocess.run(
            ["git", "push", *(arguments or ["origin", "main"])],
            cwd=at or self.folder, env=ENVIRONMENT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert (done.returncode != 0) == is_refused, said
        assert ("SKL001" in said) == is_refused, said
        assert KEY not in said and OTHER not in said
        return said

    def branches(self) -> str:
        """What the remote has."""
        return self.git("for-each-ref", "--format=%(refname:lstrip=1)", at=self.remote)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A repository of which the remote has one clean commit."""
    site = Site(tmp_path)
    site.commit({"settings.py": MENDED})
    site.push(is_refused=False)
    return site


def leak_and_mend(site: Site, key: str = KEY) -> None:
    site.commit({"settings.py": leak(key)})
    site.commit({"settings.py": MENDED})


def test_the_hook_is_that_of_the_documentation() -> None:
    assert HOOK in DOCUMENTATION.read_text(encoding="utf-8")


def test_a_key_that_was_taken_out_again(site: Site) -> None:
    """It is in no file any more, and in the commits all the same; what is clean is pushed, and what was is no news."""
    clean = site.git("rev-parse", "HEAD")
    leak_and_mend(site)
    site.push(is_refused=True)
    site.push("origin", "HEAD:new", is_refused=True)
    site.push(str(site.remote), "HEAD:new", is_refused=True)
    assert site.branches() == "heads/main"
    site.git("reset", "--quiet", "--hard", clean)
    site.commit({"settings.py": MENDED, "x.py": "x = 1\n"})
    assert "1 commit " in site.push(is_refused=False)


def test_what_is_pushed_beside_what_is_clean(site: Site) -> None:
    """All references are looked at, whichever is checked out; pre-commit tells its hooks of the first."""
    site.git("branch", "a")
    site.git("switch", "--quiet", "--create", "b")
    leak_and_mend(site)
    site.git("tag", "--annotate", "--message", "x", "v1")
    site.git("switch", "--quiet", "main")
    site.push("origin", "a", "b", is_refused=True)
    site.push("origin", "--tags", is_refused=True)
    site.push("origin", "--all", is_refused=True)
    assert site.branches() == "heads/main"


def test_what_the_remote_has_already_is_no_news(site: Site) -> None:
    """A branch that begins where another one is, a branch that is deleted, and a push of nothing."""
    leak_and_mend(site)
    site.push("--no-verify", "origin", "main", is_refused=False)
    site.git("switch", "--quiet", "--create", "new")
    site.commit({"x.py": "x = 1\n"})
    assert "1 commit " in site.push("origin", "new", is_refused=False)
    site.push("origin", "new", is_refused=False)
    site.push("origin", "--delete", "new", is_refused=False)
    site.git("tag", "light", "HEAD~2")
    site.push("origin", "light", is_refused=False)
    assert site.branches().split() == ["heads/main", "tags/light"]


def test_a_branch_that_is_forced_over_what_was_never_fetched(site: Site, tmp_path: Path) -> None:
    """The commit of the remote is not here, so that nothing is known to lead to it."""
    site.git("clone", "--quiet", "--branch", "main", str(site.remote), str(tmp_path / "other"))
    site.git("commit", "--quiet", "--allow-empty", "--message", "theirs", at=tmp_path / "other")
    site.git("push", "--quiet", "origin", "HEAD:main", at=tmp_path / "other")
    site.commit({"x.py": "x = 1\n"})
    assert "1 commit " in site.push("--force", "origin", "main", is_refused=False)
    leak_and_mend(site)
    site.push("--force", "origin", "main", is_refused=True)


def test_a_push_from_another_folder(site: Site, tmp_path: Path) -> None:
    """The hook is that of the repository, in whichever of its work trees and folders git runs."""
    site.git("worktree", "add", "--quiet", "-b", "new", str(tmp_path / "second"))
    (tmp_path / "second" / "shop").mkdir()
    for content in (leak(OTHER), MENDED):
        (tmp_path / "second" / "settings.py").write_text(content)
        site.git("commit", "--quiet", "--all", "--message", "x", at=tmp_path / "second")
    site.push("origin", "new", is_refused=True, at=tmp_path / "second" / "shop")
    site.push("origin", "new", is_refused=True)
