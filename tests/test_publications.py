"""Published keys are recognised by their digests, and only they are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint import publications
from secretkey_lint.publications import MAGIC, RECORD, Publications, digest

SCRIPT = Path(__file__).parents[1] / "data" / "make_known_keys.py"
DATA = Path(publications.__file__).with_suffix(".bin")


def source(said: str, *keys: str | bytes, licence: str = "MIT", more: str = "") -> str:
    lines = "".join(f"{key!r}\n" for key in keys)
    return f"# said: {said}\n# licence: {licence}\n# date: 2026-11-24\n{more}{lines}"


def make(folder: Path, *texts: str) -> subprocess.CompletedProcess[str]:
    names = []
    for number, text in enumerate(texts):
        names.append(f"{number}.txt")
        (folder / names[-1]).write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, SCRIPT, "made.bin", *names],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_script_makes_what_the_package_reads(tmp_path: Path) -> None:
    """From text files to answers; keys of two sources belong to the first, word lists give what looks generated."""
    done = make(
        tmp_path,
        source("a handbook", "changeme", "clé", b"\xff\x00raw", ""),
        source("a word list", "changeme", "secret", "v9#2kq$7x!m4@w8z&b5^n1*r3", more="# take: generated\n"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    made = (tmp_path / "made.bin").read_bytes()
    assert b"changeme" not in made
    known = Publications(made)
    assert [(each.said, each.licence, each.date, each.count) for each in known.sources] == [
        ("a handbook", "MIT", "2026-11-24", 3),
        ("a word list", "MIT", "2026-11-24", 1),
    ]
    assert len(known) == 4
    found = {
        key: known.source(key) for key in ("changeme", "clé", "\xff\0raw", "v9#2kq$7x!m4@w8z&b5^n1*r3", "secret", "")
    }
    assert [each and each.said for each in found.values()] == [*["a handbook"] * 3, "a word list", None, None]


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the order of their lines, and however often one stands there."""
    keys = [f"key number {number}" for number in range(50)]
    made = []
    for number, order in enumerate((keys, keys[::-1], keys + keys)):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert make(folder, source("one", *order), source("two", "other")).returncode == 0
        made.append((folder / "made.bin").read_bytes())
    assert made[0] == made[1] == made[2]
    records = made[0].partition(b"\n\n")[2]
    assert len(records) == 51 * RECORD


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# said: x\n'key'\n", "it does not say: date, licence"),
        (source("x", "key", licence="GPL-3.0"), "GPL-3.0 is none of"),
        (source("x", "key") + "key\n", ":5: not a string"),
        (source("x", "key") + "12\n", ":5: not a string"),
        (source("x", "key") + "(" * 5000 + "\n", ":5: not a string"),
        (source("x\ty", "key"), "a tab"),
    ],
)
def test_what_is_no_source_is_refused(text: str, said: str, tmp_path: Path) -> None:
    """A list whose licence does not allow it, or a line that is read wrongly, gives no data at all."""
    done = make(tmp_path, text)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "made.bin").exists()


def test_without_sources_the_script_explains_itself(tmp_path: Path) -> None:
    done = make(tmp_path)
    assert done.returncode == 1
    assert "SOURCE..." in done.stderr


@given(st.dictionaries(st.text(), st.integers(0, 2), max_size=30), st.text())
def test_all_that_is_in_is_found_and_nothing_else(keys: dict[str, int], other: str) -> None:
    head = MAGIC + b"".join(b"source %d\tMIT\t2026-11-24\t0\n" % number for number in range(3)) + b"\n"
    records = sorted(digest(key) + bytes([number]) for key, number in keys.items())
    known = Publications(head + b"".join(records))
    found = {key: known.source(key) for key in keys}
    assert {key: each.said for key, each in found.items() if each} == {
        key: f"source {each}" for key, each in keys.items()
    }
    assert (known.source(other) is not None) is (other in keys)


@pytest.mark.parametrize("data", [b"", b"\n\n", MAGIC, MAGIC + b"\n\nxyz", b"secretkey-lint: 2\n\n" + b"x" * RECORD])
def test_other_data_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no digests"):
        Publications(data)


def test_what_the_package_comes_with() -> None:
    """The data is whole, in order, as many as it says, small, and holds what everybody knows to be published."""
    known = publications.load()
    assert len(known) == sum(each.count for each in known.sources) > 10_000
    records = DATA.read_bytes().partition(b"\n\n")[2]
    digests = [records[at : at + RECORD - 1] for at in range(0, len(records), RECORD)]
    assert digests == sorted(set(digests))
    assert all(records[at] < len(known.sources) for at in range(RECORD - 1, len(records), RECORD))
    assert os.path.getsize(DATA) < 400_000
    assert publications.where_published("you-will-never-guess") == "the Flask Mega-Tutorial"
    assert publications.where_published("hard to guess string") == "the book Flask Web Development"
    assert publications.where_published("CHANGEME!!!") == "cookiecutter-django"


@pytest.mark.parametrize("word", ["", "secret", "changeme", "dev", "test", "password", "secret key", "your-secret-key"])
def test_words_are_no_publications(word: str) -> None:
    """What everybody writes is in no publication in particular."""
    assert publications.where_published(word) is None


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)", min_size=50, max_size=50))
def test_keys_that_are_made_are_not_taken_for_published_ones(key: str) -> None:
    assert publications.where_published(key) is None


def test_the_digest_is_the_beginning_of_sha_256(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also in a Python that has it in hashlib alone."""
    import builtins
    from hashlib import sha256

    expected = sha256("clé".encode()).digest()[: RECORD - 1]
    assert digest("clé") == expected
    load = builtins.__import__

    def refuse(name: str, *rest: object, **named: object) -> object:
        if name in ("_sha2", "_sha256"):
            raise ImportError(name)
        return load(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    monkeypatch.setattr(publications, "_sha256", [])
    assert digest("clé") == expected
