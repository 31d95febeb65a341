"""What is kept between edits is never old: whatever changes around an open file is seen."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from secretkey_lint.memory import KEPT, Memory, Recent
from secretkey_lint.readers.python import pieces, source
from secretkey_lint.server import checking
from secretkey_lint.server.buffers import Buffer
from secretkey_lint.trees import answers, git
from secretkey_lint.trees.answers import Answers

KEY = "8f3k2q9x7v5n1m4b6c0z"
STARTER = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "{}")\n'


class Desk:
    """A file that is open, with what is remembered of it, and with nothing that is."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.memory = Memory()

    def check(self, text: str, name: str = "shop/settings.py") -> list[tuple[str, str, str]]:
        """Return what is said of a text; it is the same as without a memory."""
        buffers = [Buffer(f"{self.folder}/{name}", text)]
        outcome = checking.check(self.folder, buffers, self.memory)
        assert outcome == checking.check(self.folder, buffers)
        return [(each.span.path, each.code, each.severity) for each in outcome.diagnostics]


@pytest.fixture
def desk(repository: Path) -> Desk:
    return Desk(repository)


IMPORTING = "from shop.keys import NAME\nSECRET_KEY = NAME\n"


def test_an_imported_file_that_changes(desk: Desk, commit, repository: Path) -> None:
    """On disk, while the file that imports it is typed in."""
    commit({"shop/settings.py": "", "shop/keys.py": f'NAME = "{KEY}"\n', "manage.py": ""})
    assert desk.check(IMPORTING) == [("shop/keys.py", "SKL001", "error")]
    assert desk.check(f"\n{IMPORTING}") == [("shop/keys.py", "SKL001", "error")]
    (repository / "shop/keys.py").write_text('import os\nNAME = os.environ["X"]\n')
    assert desk.check(f"\n\n{IMPORTING}") == []
    (repository / "shop/keys.py").write_text(f'NAME = "{KEY}x"\n')
    assert desk.check(f"\n{IMPORTING}") == [("shop/keys.py", "SKL001", "error")]
    (repository / "shop/keys.py").unlink()
    assert desk.check(f"\n{IMPORTING}") == []


def test_a_file_that_git_comes_to_track(desk: Desk, commit, repository: Path) -> None:
    """`git add`, and another branch, change the index."""
    commit({"shop/settings.py": "", "manage.py": ""})
    assert desk.check(IMPORTING) == []
    (repository / "shop/keys.py").write_text(f'NAME = "{KEY}"\n')
    assert desk.check(f"\n{IMPORTING}") == []
    commit({"shop/keys.py": f'NAME = "{KEY}"\n'})
    assert desk.check(IMPORTING) == [("shop/keys.py", "SKL001", "error")]
    person = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *person, "commit", "--quiet", "-m", "x"], cwd=repository, check=True)
    subprocess.run(["git", *person, "rm", "--quiet", "shop/keys.py"], cwd=repository, check=True)
    assert desk.check(f"\n{IMPORTING}") == []
    subprocess.run(["git", *person, "reset", "--quiet", "--hard"], cwd=repository, check=True)
    assert desk.check(IMPORTING) == [("shop/keys.py", "SKL001", "error")]


def test_the_configuration(desk: Desk, commit, repository: Path) -> None:
    """Further names of the key change what statements are looked at."""
    commit({"shop/settings.py": "", "manage.py": ""})
    text = f'SIGNING = "{KEY}"\n\n'
    assert desk.check(text) == []
    (repository / "secretkey-lint.toml").write_text('secret-names = ["SIGNING"]\n')
    assert desk.check(text) == [("shop/settings.py", "SKL001", "error")]
    (repository / "secretkey-lint.toml").unlink()
    assert desk.check(text) == []


def test_what_the_project_starts_with(desk: Desk, commit, repository: Path) -> None:
    """A file that names a module and that was known for that is read anew; a search is done anew once that is asked for."""
    commit({"shop/local.py": "", "wsgi.py": STARTER.format("shop.local"), "shop/other.py": "", "start.py": ""})
    leak = f'SECRET_KEY = "{KEY}"\n'
    name = "shop/local.py"
    assert desk.check(leak, name) == [(name, "SKL001", "error")]
    (repository / "wsgi.py").write_text(STARTER.format("shop.other"))
    assert desk.check(f"\n{leak}", name) != desk.check(leak, "shop/other.py")
    assert desk.memory.may_be_old
    (repository / "wsgi.py").write_text("\n")
    (repository / "start.py").write_text(STARTER.format("shop.local"))
    desk.memory.forget()
    desk.check(leak, name)
    assert not desk.memory.may_be_old


def test_an_edit_asks_git_nothing_and_parses_what_it_changes(
    desk: Desk, commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it is in the key, beside it, or far away."""
    base = "".join(f"BASE_{number} = {number}\n" for number in range(30))
    text = "from .base import *\n" + "".join(f"A_{number} = {number}\n" for number in range(30))
    commit({"shop/base.py": base, "shop/settings.py": "", "wsgi.py": STARTER.format("shop.settings")})
    leak = f'SECRET_KEY = "{KEY}"\n'
    memory, done = desk.memory, list[str]()

    def check(text: str) -> None:
        buffers = [Buffer(f"{desk.folder}/shop/settings.py", text)]
        assert len(checking.check(desk.folder, buffers, memory).diagnostics) == 1

    check(text + leak)
    check("import os\n" + text + leak)  # by now it is known in pieces

    def counting(kind: str, inner: Callable[..., object]) -> Callable[..., object]:
        def counted(first: object, *rest: object) -> object:
            done.append(f"{kind} {first}")
            return inner(first, *rest)

        return counted

    monkeypatch.setattr(pieces, "parse", counting("parse", pieces.parse))
    monkeypatch.setattr(source, "parse", counting("parse", source.parse))
    monkeypatch.setattr(answers, "Process", counting("git", git.Process))
    check("import os\n" + text.replace("A_3 = 3", "A_3 = 33") + leak)
    assert done == ["parse A_3 = 33\n"]
    done.clear()
    check("import os\n" + text.replace("A_3 = 3", "A_3 = 33") + leak.replace('"8', '"9'))
    assert [each.partition("=")[0] for each in done] == ["parse SECRET_KEY "]
    done.clear()
    memory.forget()
    check("import os\n" + text + leak)
    assert {each.partition(" ")[0] for each in done} == {"git", "parse"}


def test_a_worktree_that_is_linked(commit, repository: Path, tmp_path: Path) -> None:
    """Its index is somewhere else; a folder without git has none."""
    commit({"a.py": ""})
    person = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *person, "commit", "--quiet", "-m", "x"], cwd=repository, check=True)
    linked = tmp_path / "linked"
    subprocess.run(["git", "worktree", "add", "--quiet", linked], cwd=repository, check=True, capture_output=True)
    known = Answers(str(linked))
    process = known.process(["ls-files"])
    assert known.process(["ls-files"]) is process
    known.renew()
    assert known.are_kept and known.process(["ls-files"]) is process
    (linked / "b.py").write_text("")
    subprocess.run(["git", "add", "b.py"], cwd=linked, check=True)
    known.renew()
    assert known.process(["ls-files"]).output() == b"a.py\nb.py\n"
    assert not known.are_kept
    bare = Answers(str(tmp_path))
    bare.renew()
    assert bare.files(lambda: ["x"]) == {"x"} == bare.files(lambda: ["y"])


def test_what_nobody_asks_for_any_more_is_dropped() -> None:
    """A while after somebody did."""
    recent = Recent()
    recent["a"], recent["b"] = 1, 2
    for _ in range(KEPT):
        recent.begin()
    assert (recent.get("a"), recent.get("c"), len(recent), list(recent)) == (1, None, 2, ["a", "b"])
    recent.begin()
    assert dict(recent) == {"a": 1}
    del recent["a"]
    assert len(recent) == 0
