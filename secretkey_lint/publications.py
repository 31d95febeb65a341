"""Keys that are published, recognised by digest: which publication a key stands in, in words.

The data stands in `publications.bin`, which `data/make_known_keys.py` writes: lines of text that name the sources,
an empty line, then a record of `RECORD` bytes a key, in their order: the beginning of the SHA-256 digest of the key in
UTF-8, then the number of its source. A plain digest is enough, since there is nothing to protect: who looks for these
keys finds them where they are published. It only keeps them from being read, found and copied here, and a real key
has more to guess than a digest could give away. It is quick, and `RECORD - 1` bytes of it are enough for no other key to
be taken for one of these: one in 10**12 would be.
"""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

RECORD = 8
"""Bytes a key: seven of its digest, one for the source."""

MAGIC = b"secretkey-lint: digests of published keys, 1\n"
"""How the data begins, which is also how the next form of it will be told from this one."""


class Source(Record):
    """A publication: `said` completes "it is published in …", `date` is when it was looked at, `count` how many keys."""

    said: str
    licence: str
    date: str
    count: int


class Publications:
    """The published keys of `data`, as the script writes it; raises ValueError for anything else."""

    def __init__(self, data: bytes) -> None:
        head, gap, self._records = data.partition(b"\n\n")
        lines = (head + b"\n").removeprefix(MAGIC).decode("utf-8").splitlines()
        if not data.startswith(MAGIC) or not gap or len(self._records) % RECORD:
            raise ValueError("these are no digests of published keys")
        self.sources = [_source(line) for line in lines]

    def __len__(self) -> int:
        return len(self._records) // RECORD

    def source(self, key: str) -> Source | None:
        """Return where a key is published, or None where it is in none of the sources."""
        wanted = digest(key)
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._records[middle * RECORD : middle * RECORD + RECORD - 1] < wanted:
                low = middle + 1
            else:
                high = middle
        record = self._records[low * RECORD : (low + 1) * RECORD]
        return self.sources[record[-1]] if record[:-1] == wanted and record else None


def digest(key: str) -> bytes:
    """Return what stands for a key in the data."""
    if not _sha256:
        _sha256.append(_find_sha256())
    whole: bytes = _sha256[0](key.encode("utf-8", "surrogatepass")).digest()
    return whole[: RECORD - 1]


def _find_sha256() -> Callable[[bytes], Any]:
    """The digest itself, without what hashlib loads on the way to it: OpenSSL, which costs more than the whole run."""
    for module in ("_sha2", "_sha256"):
        try:
            return __import__(module).sha256  # type: ignore[no-any-return]
        except ImportError:
            continue
    from hashlib import sha256

    return sha256


def _source(line: str) -> Source:
    said, licence, date, count = line.split("\t")
    return Source(said, licence, date, int(count))


_sha256: list[Callable[[bytes], Any]] = []
_loaded: list[Publications] = []


def load() -> Publications:
    """Return the published keys that this package comes with; they are read once, and only when asked for."""
    if not _loaded:
        place = __file__.rpartition("publications.py")[0] + "publications.bin"
        _loaded.append(Publications(__loader__.get_data(place)))  # type: ignore[name-defined]  # also out of a zip
    return _loaded[0]


def where_published(key: str) -> str | None:
    """Return what completes "it is published in …" for a key, or None where we know of nothing."""
    source = load().source(key)
    return source.said if source is not None else None
