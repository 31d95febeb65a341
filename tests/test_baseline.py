"""The baseline: what its file says, what it accepts, and what changes nothing in it."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint import baseline
from secretkey_lint.baseline import Baseline, Entry
from secretkey_lint.config import BASELINE
from secretkey_lint.errors import ConfigError
from secretkey_lint.model.diagnostic import Diagnostic, Frame
from secretkey_lint.model.source import Position, Span

KEY = "m4x$k2v9!q7z@w8b&n5^t1*r3(y6)p0d-f=g+hj%l"
SALT = "00112233445566778899aabbccddeeff"


def finding(path: str, digest: str = "aa", *, line: int = 1, code: str = "SKL001", text: str = "") -> Diagnostic:
    return Diagnostic(
        code=code, name="a-rule", severity="error", context="production",
        span=Span(path, Position(line, 1), Position(line, 9)), message="", help="", url="",
        subject="SECRET_KEY", digest=digest, frame=Frame(text, 1, 8) if text else None,
    )  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_value_is_known_by_a_salted_digest_alone() -> None:
    """Another salt gives another digest, and nothing of the key is in either."""
    first, second = Baseline("/", salt=SALT), Baseline("/")
    assert first.digest(KEY) == Baseline("/", salt=SALT).digest(KEY) != second.digest(KEY)
    assert len(first.digest(KEY)) == 32
    assert first.digest("\ud800") != first.digest("")


def test_moved_lines_change_nothing(here: Path) -> None:
    """The bytes of the file are the same wherever in their files findings stand."""
    before = Baseline(str(here), salt=SALT).updated([finding("b.py", "bb"), finding("a.py")])
    after = before.updated([finding("a.py", line=90), finding("b.py", "bb", line=3)])
    assert after.render() == before.render()
    assert after.accepting(finding("a.py", line=7))


def test_another_key_at_the_same_place_is_reported(here: Path) -> None:
    """So is the same key in another file, or under another rule."""
    (here / "a.py").touch()
    accepted = Baseline(str(here), salt=SALT).updated([finding("a.py")])
    assert accepted.accepting(finding("a.py"))
    assert not accepted.accepting(finding("a.py", "ff"))
    assert not accepted.accepting(finding("b.py"))
    assert not accepted.accepting(finding("a.py", code="SKL003"))


def test_an_entry_follows_a_renamed_file(here: Path) -> None:
    """Once the old file is gone the value is known at its new place; an update writes that down with the reason."""
    entry = Entry("SKL001", "SECRET_KEY", "old.py", "aa", "rotated in May")
    accepted = Baseline(str(here), [entry], SALT)
    assert accepted.accepting(finding("new.py"))
    assert accepted.unmet() == []
    assert [each.line for each in accepted.updated([finding("new.py")]).entries] == [
        "SKL001 SECRET_KEY new.py aa # rotated in May"
    ]


def test_what_is_about_no_value_is_known_by_its_code(here: Path) -> None:
    """A second place that prints the key is another finding."""
    accepted = Baseline(str(here), salt=SALT).updated([finding("a.py", "", code="SKL010", text="print(••••••••)")])
    assert accepted.accepting(finding("a.py", "", code="SKL010", text="print(••••••••)", line=44))
    assert not accepted.accepting(finding("a.py", "", code="SKL010", text="log(••••••••)"))
    assert accepted.updated([finding("b.png", "", code="SKL900")]).entries[1].digest == baseline.NO_VALUE


def test_what_is_no_longer_found_is_known(here: Path) -> None:
    """Whether it is of no use is for those to say who know what was looked at."""
    entries = [Entry("SKL001", "SECRET_KEY", path, "aa") for path in ("a.py", "b.py", "c.py")]
    for entry in entries:
        (here / entry.path).touch()
    accepted = Baseline(str(here), entries, SALT)
    assert accepted.accepting(finding("a.py"))
    assert [entry.path for entry in accepted.unmet()] == ["b.py", "c.py"]
    assert [entry.path for entry in accepted.without(accepted.unmet()).entries] == ["a.py"]


NAMES = st.text(min_size=1, max_size=12).filter(lambda name: "\0" not in name)


@given(st.lists(st.tuples(NAMES, st.sampled_from(["", "SECRET_KEY"]), st.sampled_from(["-", "aa", "0f"])), max_size=5))
def test_what_is_written_is_read(rows: list[tuple[str, str, str]]) -> None:
    """Whatever files are called; an entry is one line."""
    entries = [Entry("SKL001", subject, path, digest) for path, subject, digest in rows]
    written = Baseline("/", entries, SALT)
    lines = written.render().split("\n")
    assert len(lines) == 4 + len(written.entries)
    for line, entry in zip(lines[3:], written.entries, strict=False):
        assert baseline._parsed(line) == entry
    assert written.render() == Baseline("/", reversed(entries), SALT).render()


def test_bytes_of_a_name_that_are_no_text() -> None:
    """Git knows files whose names are not UTF-8."""
    entry = Entry("SKL001", "", os.fsdecode(b"caf\xe9 1/%.py"), "aa")
    assert entry.line == "SKL001 - caf%E9%201/%25.py aa"
    assert baseline._parsed(entry.line) == entry


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"salt {SALT}\nSKL001 SECRET_KEY a.py\n", ":2: this is no entry"),
        (f"salt {SALT}\nSKL001 SECRET_KEY a.py key\n", ":2: this is no entry"),
        (f"salt {SALT}\n<<<<<<< HEAD\n", ":2: a conflict of a merge is left"),
        ("", "it needs one line `salt`"),
        (f"salt {SALT}\nsalt aa\n", "it needs one line `salt`"),
        ("salt zz\n", "it needs one line `salt`"),
    ],
)
def test_what_is_no_baseline_is_said(here: Path, text: str, said: str) -> None:
    """A baseline that is not understood accepts nothing, and the run fails."""
    (here / "accepted").write_text(text)
    with pytest.raises(ConfigError, match="accepted") as caught:
        baseline.read("accepted")
    assert said in str(caught.value)


def test_what_cannot_be_read_is_said(here: Path) -> None:
    """A folder, nothing, bytes that are no text."""
    (here / "binary").write_bytes(b"\xff\xfe\0")
    for path in (".", "missing", "binary"):
        with pytest.raises(ConfigError, match="the baseline"):
            baseline.read(path)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def test_branches_merge(here: Path) -> None:
    """Two branches accept what each has found, and a third drops what is gone: git merges them by itself."""
    git(here, "init", "--quiet", "-b", "main")
    for letter in "bcdfhjkl":
        (here / letter).mkdir()
        (here / letter / "settings.py").touch()
    paths = [f"{letter}/settings.py" for letter in "bdfhjl"]
    accepted = Baseline(str(here), salt=SALT).updated(finding(path) for path in paths)
    file = here / BASELINE
    file.write_text(accepted.render())
    git(here, "add", ".")
    git(here, "commit", "--quiet", "-m", "Accept")
    for branch, path in (("first", "c/settings.py"), ("second", "k/settings.py")):
        git(here, "checkout", "--quiet", "-b", branch, "main")
        file.write_text(baseline.read(str(file)).updated([finding(path)]).render())
        git(here, "commit", "--quiet", "-a", "-m", branch)
    git(here, "merge", "--quiet", "first")
    merged = baseline.read(str(file))
    assert [entry.path for entry in merged.entries] == sorted([*paths, "c/settings.py", "k/settings.py"])
    assert merged.render() == file.read_text()


def test_neighbours_merge_with_union(here: Path) -> None:
    """Where two branches add neighbouring lines, git's own union keeps both; their order does not matter."""
    (here / ".gitattributes").write_text(f"{BASELINE} merge=union\n")
    git(here, "init", "--quiet", "-b", "main")
    for name in ("a.py", "b.py", "c.py"):
        (here / name).touch()
    file = here / BASELINE
    file.write_text(Baseline(str(here), salt=SALT).updated([finding("a.py")]).render())
    git(here, "add", ".")
    git(here, "commit", "--quiet", "-m", "Accept")
    for branch, path in (("first", "c.py"), ("second", "b.py")):
        git(here, "checkout", "--quiet", "-b", branch, "main")
        file.write_text(baseline.read(str(file)).updated([finding(path)]).render())
        git(here, "commit", "--quiet", "-a", "-m", branch)
    git(here, "merge", "--quiet", "first")
    assert [entry.path for entry in baseline.read(str(file)).entries] == ["a.py", "b.py", "c.py"]
