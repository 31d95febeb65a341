"""Which files are looked at: real repositories and folders in the states that people leave them in."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from secretkey_lint import api, cli
from secretkey_lint.errors import ConfigError, GitError, ReadError
from secretkey_lint.model.source import Searched
from secretkey_lint.trees import git, worktree

LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'
Git = Callable[..., str]

posix = pytest.mark.skipif(sys.platform == "win32", reason="what is tested exists on POSIX systems")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory that is in no repository, and a git that knows no configuration of the user's."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    for name in [name for name in os.environ if name.startswith("GIT_")]:  # as a hook's environment has them
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return place


def run_git(*arguments: str, check: bool = True) -> str:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "protocol.file.allow=always"]
    done = subprocess.run(["git", *identity, *arguments], capture_output=True, text=True, check=check)
    return done.stdout


@pytest.fixture
def repository(folder: Path) -> Path:
    run_git("init", "--quiet", "--initial-branch=main", ".")
    return folder


def write(*paths: str, content: str = LEAK) -> None:
    for path in paths:
        if os.path.dirname(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", newline="") as file:
            file.write(content)


def files(*paths: str) -> list[str]:
    """Return the paths that are read, or that git has searched; what could not be read has a `!` before it."""
    found = worktree.read(list(paths or "."))
    # git tells what it searched by what it tracks, so that what is gone from the work tree is among it
    there = [each for each in found if not isinstance(each, Searched) or os.path.isfile(each.path)]
    return [f"!{each.path}" if isinstance(each, ReadError) else each.path for each in there]


def reported(*paths: str) -> list[tuple[str, str]]:
    return [(each.span.path, each.code) for each in api.check_paths(paths or ["."]).diagnostics]


def test_what_is_tracked_is_read(repository: Path) -> None:
    """A private file beside the code is nobody's business, unless it is named."""
    write("tracked.py", "untracked.py", "ignored.py")
    write(".gitignore", content="ignored.py\n")
    run_git("add", "tracked.py", ".gitignore")
    assert files() == [".gitignore", "tracked.py"]
    assert files("untracked.py", "ignored.py") == ["untracked.py", "ignored.py"]


def test_a_repository_without_a_commit(repository: Path) -> None:
    """What is added is tracked before the first commit; files of which git tracks none are not passed over in silence."""
    assert files() == []
    write("settings.py")
    with pytest.raises(ConfigError, match="git tracks no file in"):
        files()
    run_git("add", ".")
    assert files() == ["settings.py"]


def test_a_file_is_read_as_it_is(repository: Path) -> None:
    """The work tree counts: neither what is staged nor what is committed."""
    write("settings.py")
    run_git("add", ".")
    run_git("commit", "-qm", "one")
    write("settings.py", content="SECRET_KEY = ''\n")
    assert reported() == []
    run_git("add", ".")
    write("settings.py")
    assert reported() == [("settings.py", "SKL001")]


def test_deleted_in_the_work_tree(repository: Path) -> None:
    """A tracked file that is gone, or whose folder is, is not there to be read; named, it is said to be missing."""
    write("settings.py", "shop/settings.py", "kept.py")
    run_git("add", ".")
    os.remove("settings.py")
    os.remove("shop/settings.py")
    os.rmdir("shop")
    assert files() == ["kept.py"]
    write("shop", content="now a file\n")
    assert files() == ["kept.py"]
    with pytest.raises(ConfigError, match=r"settings\.py"):
        files("settings.py")


def test_renamed_and_staged(repository: Path) -> None:
    """A renamed file is one file, under its new name."""
    write("old.py")
    run_git("add", ".")
    run_git("commit", "-qm", "one")
    run_git("mv", "old.py", "new.py")
    assert files() == ["new.py"]


def test_unmerged_entries_are_read_once(repository: Path) -> None:
    """In a merge with conflicts git lists a file once for each stage."""
    write("settings.py", content="x = 1\n")
    run_git("add", ".")
    run_git("commit", "-qm", "base")
    for branch, value in (("one", "a"), ("two", "b")):
        run_git("checkout", "-qb", branch, "main")
        write("settings.py", content=f'SECRET_KEY = "{value * 3}8f3k2q9x7v5n1m4b6c0z"\n')
        run_git("commit", "-qam", branch)
    run_git("merge", "one", check=False)
    assert run_git("ls-files", "--unmerged").count("settings.py") == 3
    assert files() == ["settings.py"]
    assert [code for _, code in reported()] == ["SKL900", "SKL001", "SKL001"]


def test_linked_work_trees(repository: Path) -> None:
    """In a linked work tree `.git` is a file; the main one is not read with it."""
    write("settings.py")
    run_git("add", ".")
    run_git("commit", "-qm", "one")
    run_git("worktree", "add", "-q", "../linked")
    os.chdir("../linked")
    write("more.py")
    run_git("add", "more.py")
    assert files() == ["more.py", "settings.py"]
    assert reported("settings.py") == [("settings.py", "SKL001")]


def test_submodules_are_not_entered(repository: Path) -> None:
    """They are repositories of their own, often of others; named, one is read."""
    other = repository.parent / "other"
    other.mkdir()
    run_git("init", "-q", str(other))
    (other / "settings.py").write_text(LEAK)
    run_git("-C", str(other), "add", ".")
    run_git("-C", str(other), "commit", "-qm", "one")
    run_git("submodule", "--quiet", "add", str(other), "vendor")
    assert files() == [".gitmodules"]
    assert files("vendor") == [os.path.join("vendor", "settings.py").replace(os.sep, "/")]


def test_a_folder_of_a_repository(repository: Path) -> None:
    """A folder stands for what is tracked below it, shown as it was named."""
    write("a/settings.py", "a/b/settings.py", "ab/settings.py")
    run_git("add", ".")
    assert files("a") == files("a/") == files("./a/.") == ["a/b/settings.py", "a/settings.py"]
    assert files("a", "a/b", "a/settings.py") == ["a/b/settings.py", "a/settings.py"]


@posix
def test_links_inside_of_the_tree(repository: Path) -> None:
    """What a link leads to is tracked by itself; loops and dead ends are nothing to read."""
    write("settings.py", "real/inner.py")
    os.symlink("settings.py", "link.py")
    os.symlink("real", "folder")
    os.symlink("loop.py", "loop.py")
    os.symlink("nowhere", "dead.py")
    os.symlink("..", "real/up")
    run_git("add", ".")
    assert files() == ["real/inner.py", "settings.py"]
    assert files("link.py") == ["link.py"]
    assert files("loop.py") == ["!loop.py"]
    assert files("dead.py") == ["!dead.py"]


@posix
def test_links_out_of_the_tree(repository: Path) -> None:
    """Nothing outside is read: a tracked link is skipped, a named one is said not to have been read."""
    (repository.parent / "outside.py").write_text(LEAK)
    os.symlink("../outside.py", "link.py")
    os.symlink(str(repository.parent / "outside.py"), "absolute.py")
    run_git("add", ".")
    assert files() == []
    assert files("link.py", "absolute.py") == ["!link.py", "!absolute.py"]
    report = api.check_paths(["link.py"])
    assert [each.code for each in report.diagnostics] == ["SKL900"]
    assert "leads out of the tree" in report.diagnostics[0].message
    assert "nothing of it was looked at" in report.diagnostics[0].message
    assert report.failures == ("link.py could not be checked: it is a symbolic link that leads out of the tree",)


@posix
def test_a_tracked_file_behind_a_folder_that_became_a_link(repository: Path) -> None:
    """A tracked folder that was replaced by a link leads nowhere outside of the tree, either."""
    write("shop/settings.py")
    run_git("add", ".")
    os.remove("shop/settings.py")
    os.rmdir("shop")
    elsewhere = repository.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "settings.py").write_text(LEAK)
    os.symlink(str(elsewhere), "shop")
    assert files() == []


@posix
@pytest.mark.parametrize("in_repository", [True, False])
def test_pipes_are_not_waited_for(folder: Path, in_repository: bool) -> None:
    """A named pipe would block for ever: in a folder it is nothing, named it is said."""
    if in_repository:
        run_git("init", "-q", ".")
        write("pipe.py")
        run_git("add", ".")
        os.remove("pipe.py")
    os.mkfifo("pipe.py")
    assert files() == []
    assert files("pipe.py") == ["!pipe.py"]
    done = subprocess.run(
        [sys.executable, "-m", "secretkey_lint", "check", "--output-format", "concise", "pipe.py"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout.startswith("pipe.py:1:1: SKL900 warning ")
    assert "no regular file" in done.stdout
    assert done.returncode == 2


@pytest.mark.parametrize("named", [True, False])
def test_what_may_not_be_read_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
    """Neither a refusal nor an error of the disk passes for an empty file."""
    write("settings.py", "other.py")
    run_git("add", ".")
    really = os.open

    def refuse(path: str, *arguments: int, **more: int) -> int:
        if str(path).endswith("settings.py"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return really(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refuse)
    paths = ["settings.py", "other.py"] if named else ["."]
    assert sorted(files(*paths)) == ["!settings.py", "other.py"]
    (unread,) = [each for each in worktree.read(paths) if isinstance(each, ReadError)]
    assert str(unread) == "permission denied"
    assert sorted(reported(*paths)) == [("other.py", "SKL001"), ("settings.py", "SKL900")]
    said = ("settings.py could not be checked: permission denied",)
    assert api.check_paths(paths).failures == (said if named else ())


def test_an_error_while_reading_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk or a network may fail in the midst of a file."""
    write("settings.py")

    def fail(descriptor: int) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(git, "read_all", fail)
    report = api.check_paths(["settings.py"])
    assert [each.code for each in report.diagnostics] == ["SKL900"]
    assert "input/output error" in report.diagnostics[0].message.lower()


def test_what_is_too_large_is_said(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit on what is read is a limit on what is found, and so is told."""
    monkeypatch.setattr(worktree, "MAX_SIZE", 10)
    write("settings.py")
    run_git("add", ".")
    assert files() == files("settings.py") == ["!settings.py"]
    assert reported() == [("settings.py", "SKL900")]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system takes no such names")
@pytest.mark.parametrize(
    "name", ["clé.py", "cle\u0301.py", "new\nline.py", "a b.py", "-dash.py", "q\"uote'.py", "\udcff.py"]
)
def test_names(repository: Path, name: str) -> None:
    """git quotes such names, and splits lines at one; `-z` leaves them as they are."""
    write(name)
    run_git("add", "--", name)
    assert files() == files(f"./{name}") == [name]
    assert reported() == [(name, "SKL001")]


def test_git_that_is_missing(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without git nobody knows what is tracked: that is said, with status 2; named files need no git."""
    write("settings.py")
    run_git("add", ".")
    monkeypatch.setenv("PATH", str(repository / "nowhere"))
    assert cli.main(["check"]) == cli.FAILED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "git is not installed, or not on the PATH" in captured.err
    assert cli.main(["check", "settings.py"]) == cli.FINDINGS


@posix
def test_git_that_refuses(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Git distrusts a repository of another owner, in containers for instance; its reason is passed on."""
    bin_folder = repository.parent / "bin"
    bin_folder.mkdir()
    script = bin_folder / "git"
    script.write_text(
        "#!/bin/sh\necho \"fatal: detected dubious ownership in repository at '/src'\" >&2\n"
        "echo 'To add an exception for this directory, call:' >&2\necho >&2\n"
        "printf '\\tgit config --global --add safe.directory /src\\n' >&2\nexit 128\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_folder}{os.pathsep}{os.environ['PATH']}")
    assert cli.main(["check"]) == cli.FAILED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "dubious ownership" in captured.err


def test_a_broken_repository(repository: Path) -> None:
    """A damaged index is no empty one."""
    write("settings.py")
    run_git("add", ".")
    with open(".git/index", "r+b") as index:
        index.write(b"nonsense")
    with pytest.raises(GitError, match="git ls-files failed"):
        files()


def test_a_git_folder_that_is_none(folder: Path) -> None:
    """What looks like a repository and is none is git's to judge; it is not taken for an empty tree."""
    os.mkdir(".git")
    write("settings.py")
    with pytest.raises(GitError):
        files()


@posix
def test_much_that_git_says(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither of git's two streams may fill up while the other is read."""
    bin_folder = repository.parent / "bin"
    bin_folder.mkdir()
    script = bin_folder / "git"
    script.write_text(
        f"#!{sys.executable}\nimport sys\nsys.stderr.write('e' * 500_000)\nsys.stdout.write('o' * 500_000)\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_folder}{os.pathsep}{os.environ['PATH']}")
    assert len(git.Process(["ls-files"], ".").output()) == 500_000


def test_both_ways_to_run_git_agree(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no posix_spawn, `subprocess` does the same."""
    write("settings.py")
    run_git("add", ".")
    for arguments in (["ls-files", "-z"], ["nonsense"]):
        first, second = git.Process(arguments, ".").result(), git._run(["git", "-C", ".", *arguments], dict(os.environ))
        assert first[:2] == second[:2]
        assert bool(first[2]) == bool(second[2])
    monkeypatch.setenv("PATH", "")
    assert git.Process(["ls-files"], ".").result() == git._run(["git", "ls-files"], dict(os.environ))


def test_no_descriptor_is_left_open(repository: Path) -> None:
    """A hundred runs in one process, an editor's for instance, leave nothing behind."""
    write("settings.py")
    run_git("add", ".")
    files()
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    for _ in range(20):
        files()
        files("settings.py")
    assert (len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0) == before


# outside of git


def test_a_folder_outside_of_git(folder: Path) -> None:
    """Everything is read but what others wrote: packages, environments, version control."""
    write(
        "settings.py", "shop/settings.py", "node_modules/a/settings.py", "shop/__pycache__/x.py", ".hg/x.py", ".svn/x.py",
        "env/lib/settings.py", ".hidden.py", "venv-like/settings.py",
    )  # fmt: skip
    write("env/pyvenv.cfg", content="home = /usr\n")
    assert files() == [".hidden.py", "settings.py", "shop/settings.py", "venv-like/settings.py"]


def test_ignore_files_outside_of_git(folder: Path) -> None:
    """An unpacked archive has its `.gitignore` files: nested ones, negations and folders as git has them."""
    write(
        "a.log",
        "keep.log",
        "build/x.py",
        "shop/a.log",
        "shop/b.log",
        "shop/build",
        "shop/local.py",
        "local.py",
        "s/t/u.py",
    )
    write(".gitignore", content="*.log\n!keep.log\nbuild/\n/local.py\ns/**/u.py\n# comment\n\n")
    write("shop/.gitignore", content="!b.log\n")
    assert files() == [".gitignore", "keep.log", "shop/.gitignore", "shop/b.log", "shop/build", "shop/local.py"]


def test_the_walk_agrees_with_git(folder: Path) -> None:
    """The same tree with and without git: what git would add is what the walk reads."""
    write(
        "a/x.py", "a/y.tmp", "a/b/x.py", "a/b/y.tmp", "a/b/z.tmp", "c/x.py", "c/d/x.py", "dist/x.py", "a/dist/x.py",
        "foo.pyc", "a/foo.pyc", "sp ace.py", "#hash", "!bang", "q/x.py", "q/keep/x.py",
    )  # fmt: skip
    write(".gitignore", content="*.tmp\n/dist\n*.py[co]\nc/d\n\\#hash\n\\!bang\nq/*\n!q/keep\n")
    write("a/b/.gitignore", content="!y.tmp\n")
    walked = files()
    run_git("init", "-q", ".")
    run_git("add", ".")
    assert sorted(walked) == sorted(files())


@posix
def test_links_outside_of_git(folder: Path) -> None:
    """A walk follows no link: not in circles, and not out of the folder."""
    write("real/settings.py")
    os.symlink("..", "real/up")
    os.symlink("real", "again")
    os.symlink("/etc/passwd", "out")
    assert files() == ["real/settings.py"]


def test_a_folder_that_cannot_be_listed_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be listed could hold anything: it must not look empty."""
    write("closed/settings.py", "open/settings.py")
    really, opened = os.scandir, os.open

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return really(path)

    def refuse_to_open(path: str, *arguments: int, **more: int) -> int:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return opened(path, *arguments, **more)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "open", refuse_to_open)
    assert files() == ["!closed", "open/settings.py"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is refused to root")
def test_a_folder_without_permission_is_said(folder: Path) -> None:
    """The same with a folder that really is closed."""
    write("closed/settings.py")
    os.chmod("closed", 0o000)
    try:
        assert files() == ["!closed"]
    finally:
        os.chmod("closed", 0o755)


@posix
def test_a_folder_that_can_be_listed_and_not_entered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor may a listing that fails between two entries end the run, or hide what it did not reach."""
    write("closed/settings.py", "open/settings.py")
    really, opened = os.scandir, os.open

    class Failing:
        def __enter__(self) -> object:
            return self

        def __exit__(self, *_: object) -> None:
            return None

        def __iter__(self) -> "Failing":
            return self

        def __next__(self) -> object:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def failing(path: str) -> object:
        return Failing() if str(path).endswith("closed") else really(path)

    def refuse_to_open(path: str, *arguments: int, **more: int) -> int:
        if str(path).endswith("closed"):
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        return opened(path, *arguments, **more)

    monkeypatch.setattr(os, "scandir", failing)
    monkeypatch.setattr(os, "open", refuse_to_open)
    assert files() == ["!closed", "open/settings.py"]


def test_a_deep_folder(folder: Path) -> None:
    """A walk of many levels ends, and reaches the bottom."""
    path = "/".join(["d"] * 150)
    write(f"{path}/settings.py")
    assert files() == [f"{path}/settings.py"]


def test_project_paths(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the context is judged by is relative to the repository, wherever the command runs."""
    write("shop/settings.py")
    run_git("add", ".")

    def project_paths(*paths: str) -> list[str]:
        return [each.project_path for each in worktree.read(list(paths))]

    assert project_paths(".") == ["shop/settings.py"]
    monkeypatch.chdir("shop")
    assert project_paths(".") == project_paths("settings.py") == project_paths("..") == ["shop/settings.py"]
    monkeypatch.chdir(repository.parent)
    assert project_paths("work") == project_paths("work/shop/settings.py") == ["shop/settings.py"]
