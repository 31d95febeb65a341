"""Repositories that are cut, broken, bare, nested or named by somebody hostile: nothing that fails looks clean."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from secretkey_lint.history import walking
from secretkey_lint.trees import history as trees
from secretkey_lint.trees.worktree import MAX_SIZE
from tests.history.repository import KEY, MENDED, OTHER, History, leak, places


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "site")


def test_no_commit_yet(history: History) -> None:
    assert history.run() == "Nothing to report: 0 commits with 0 versions of files looked at, 0 analysed.\n"
    assert "0 commits" in history.run("--all")


def test_no_repository(history: History, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert "there is no git repository here" in history.run(status=2, at=tmp_path / "nothing")


@pytest.mark.parametrize("revision", ["nowhere", "main..nowhere", "-p", "--output=x", "main:settings.py"])
def test_what_is_no_revision_is_an_error(history: History, revision: str) -> None:
    history.commit({"settings.py": leak()})
    history.run("--quiet", "--", revision, status=2)
    assert not (history.folder / "x").exists()


def test_choices_that_exclude_each_other(history: History) -> None:
    history.commit({"settings.py": leak()})
    history.run("--all", "HEAD", status=2)
    history.run("--all", "--pre-push", status=2)
    history.run("--baseline", "", status=2)
    history.run("--baseline", "x", "--no-baseline", status=2)
    history.run("--accept", "--no-baseline", status=2)


def test_a_tag_of_a_blob_does_not_keep_all_from_being_looked_at(history: History) -> None:
    history.commit({"settings.py": leak(), "key.asc": "x"})
    history.git("tag", "key", "HEAD:key.asc")
    history.git("tag", "tree", "HEAD:")
    assert len(history.leaks("--all")) == 1


def test_a_shallow_clone_says_that_there_is_more(history: History, tmp_path: Path) -> None:
    history.commit({"settings.py": leak()})
    history.commit({"settings.py": MENDED})
    history.commit({"x.txt": "x\n"})
    history.git("clone", "--quiet", "--depth", "2", f"file://{history.folder}", str(tmp_path / "shallow"))
    said = history.run(status=2, at=tmp_path / "shallow")
    assert "shallow clone is cut off" in said
    assert "nothing was written" in history.run("--accept", status=2, at=tmp_path / "shallow")
    # a range that ends before the cut is whole
    assert history.run("HEAD~1..HEAD", at=tmp_path / "shallow").startswith("Nothing to report")


def test_a_partial_clone_says_what_is_missing_and_fetches_nothing(history: History, tmp_path: Path) -> None:
    history.commit({"settings.py": leak()})
    history.commit({"settings.py": MENDED})
    history.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "partial"
    history.git("clone", "--quiet", "--filter=blob:none", f"file://{history.folder}", str(clone))
    said = history.run(status=2, at=clone)
    assert "a version of settings.py could not be read: it is missing in this clone" in said
    (clone / "secretkey-lint.toml").write_text('exclude = ["settings.py"]\n')
    history.run(at=clone)


def test_a_clone_without_trees_is_an_error(history: History, tmp_path: Path) -> None:
    history.commit({"a/settings.py": leak()})
    history.commit({"a/settings.py": MENDED})
    history.git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "treeless"
    history.git("clone", "--quiet", "--no-checkout", "--filter=tree:0", f"file://{history.folder}", str(clone))
    assert "secretkey-lint: git" in history.run(status=2, at=clone)


def test_a_broken_object_is_an_error(history: History) -> None:
    history.commit({"settings.py": leak()})
    history.commit({"settings.py": MENDED})
    blob = history.git("rev-parse", "HEAD~1:settings.py")
    path = history.folder / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o644)
    path.write_bytes(b"no object")
    history.run(status=2)
    path.unlink()
    assert "settings.py could not be read" in history.run(status=2)


def test_a_huge_file_is_said_and_not_read(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    assert trees.MAX_SIZE == MAX_SIZE
    monkeypatch.setattr(trees, "MAX_SIZE", 1 << 20)
    history.commit({"dump.sql": b"x" * ((1 << 20) + 1), "settings.py": leak()})
    history.commit({"dump.sql": None})
    said = history.run(status=2)
    assert "a version of dump.sql could not be read: it is larger than 1 MB" in said
    assert "SKL001" in said


def test_files_that_are_no_text(history: History) -> None:
    history.commit(
        {"a.bin": bytes(range(256)) * 100 + b"SECRET_KEY", "b.py": b"\xff\xfe\x00SECRET_KEY = '", "c.py": b""}
    )
    history.commit({"settings.env": leak().encode("utf-16")})
    assert [places(each)[0][0] for each in history.leaks()] == ["settings.env"]


@pytest.mark.parametrize(
    "name", [b"a\nb.py", b"q\"'`$(x).py", b"cl\xc3\xa9.py", b"\xff\xfe.py", b":100644 x.py", b"end .py", b" .py"]
)
def test_hostile_names(history: History, name: bytes) -> None:
    history.commit({"x.txt": "x\n"})
    for content in (leak(), leak(OTHER), MENDED):
        with open(os.path.join(os.fsencode(history.folder), name), "w") as file:
            file.write(content)
        history.commit({})
    assert [places(each)[0][0].encode("utf-8", "surrogateescape") for each in history.leaks()] == [name, name]
    assert len(history.run(status=1).splitlines()) == 13


def test_hostile_names_of_branches(history: History) -> None:
    history.commit({"settings.py": leak()})
    history.git("branch", "a\u202eb")
    assert "\u202e" not in history.run(status=1)


def test_links_and_submodules_are_no_files(history: History, tmp_path: Path) -> None:
    inner = History(tmp_path / "inner")
    inner.commit({"settings.py": leak()})
    history.commit({"key.txt": "x"})
    history.git("submodule", "add", "--quiet", str(inner.folder), "inner")
    (history.folder / "settings.py").symlink_to(f"SECRET_KEY = '{KEY}'")
    history.commit({})
    (history.folder / "settings.py").unlink()
    history.commit({"settings.py": leak()})
    assert [places(each) for each in history.leaks()] == [[("settings.py", 1)]]
    assert len(history.leaks(at=history.folder / "inner")) == 1


def test_lfs_pointers_are_texts_without_a_key(history: History) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
    history.commit({".env": pointer, ".gitattributes": "*.env filter=lfs -text\n"})
    history.run()


def test_sha256(tmp_path: Path) -> None:
    history = History(tmp_path / "site", "--object-format=sha256")
    first = history.commit({"settings.py": leak()})
    history.commit({"settings.py": MENDED})
    [found] = history.leaks()
    assert len(first) == 64 and found["first"]["commit"] == first


def test_bare_repositories_and_linked_work_trees(history: History, tmp_path: Path) -> None:
    history.commit({"settings.py": leak()})
    history.commit({"settings.py": MENDED})
    history.git("clone", "--quiet", "--bare", str(history.folder), str(tmp_path / "bare"))
    history.git("worktree", "add", "--quiet", str(tmp_path / "linked"), "--detach")
    for folder in (tmp_path / "bare", tmp_path / "linked"):
        assert [places(each) for each in history.leaks(at=folder)] == [[("settings.py", 1)]]


def test_from_a_folder_paths_are_told_as_seen_from_there(history: History) -> None:
    history.commit({"shop/settings.py": leak(), "settings.py": leak(OTHER)})
    found = history.leaks(at=history.folder / "shop")
    assert {each["places"][0]["path"] for each in found} == {"settings.py", "../settings.py"}


def test_what_is_replaced_or_grafted_away_is_still_there(history: History) -> None:
    leaking = history.commit({"settings.py": leak()})
    mended = history.commit({"settings.py": MENDED})
    history.git("replace", "--graft", mended)
    assert history.leaks()[0]["first"]["commit"] == leaking
    history.git("replace", "-d", mended)
    (history.folder / ".git/info").mkdir(exist_ok=True)
    (history.folder / ".git/info/grafts").write_text(f"{mended}\n")
    assert history.leaks()[0]["first"]["commit"] == leaking


def test_configuration_of_git_changes_nothing(history: History) -> None:
    history.commit({"a/settings.py": leak()})
    history.git("mv", "a", "b")
    history.commit({})
    expected = history.leaks()
    for name, value in (
        ("log.showRoot", "false"), ("diff.renames", "copies"), ("diff.noprefix", "true"), ("log.decorate", "full"),
        ("log.date", "relative"), ("core.quotePath", "true"), ("log.showSignature", "true"), ("color.ui", "always"),
        ("diff.external", "false"), ("log.follow", "true"), ("diff.orderFile", "/dev/null"), ("log.diffMerges", "remerge"),
        ("diff.relative", "true"), ("grep.fullName", "true"), ("format.pretty", "fuller"), ("log.mailmap", "true"),
    ):  # fmt: skip
        history.git("config", name, value)
    assert history.leaks() == expected
    assert history.leaks("HEAD~1..", status=0) == []


def test_criss_cross_merges_and_clocks_that_go_back(history: History) -> None:
    """Parents come before children, whatever the dates say."""
    first = history.commit({"settings.py": leak()})
    history._minutes = 0
    history.git("checkout", "--quiet", "-b", "side")
    history.commit({"settings.py": MENDED})
    history.git("checkout", "--quiet", "main")
    history.commit({"x.txt": "x\n"})
    history.record("merge", "--quiet", "-m", "Merge", "side")
    [found] = history.leaks()
    assert found["first"]["commit"] == first
    assert found["removed"] is not None


def test_nothing_is_kept_of_what_a_run_was_told(history: History) -> None:
    """Neither the model that formats see nor what the walk keeps holds a key."""
    from secretkey_lint import api
    from secretkey_lint.config import Configurations

    history.commit({"settings.py": leak()})
    with __import__("contextlib").chdir(history.folder):
        report = api.check_history(configurations=Configurations())
    assert KEY not in repr(report)
    assert KEY not in repr(vars(walking))


def test_git_that_is_missing_is_said(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    history.commit({"settings.py": leak()})
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git is not installed" in history.run(status=2)


def test_the_end_of_a_pipe_is_no_clean_run(history: History) -> None:
    history.commit({"settings.py": leak()})
    script = f"cd {history.folder} && {sys.executable} -m secretkey_lint history | true"
    assert b"Traceback" not in subprocess.run(["sh", "-c", script], capture_output=True, check=False).stderr
