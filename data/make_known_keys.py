"""Makes `secretkey_lint/publications.bin`, by which SKL006 recognises published keys, out of text files of keys.

    python data/make_known_keys.py OUTPUT SOURCE...

The sources are not in this repository: it would be one more place where the keys stand. Each is a text file in UTF-8
that begins with lines about itself, followed by one key a line, written as a Python string or bytes:

    # said: Example's documentation         completes "it is published in …"
    # licence: BSD-3-Clause                 must allow that we make use of it; a GPL list does not
    # date: 2026-11-24                      when it was looked at
    # take: generated                       only keys that look generated (for word lists); without it, all

A key that several sources have belongs to the first, so that what is said of it is the most telling: put single
publications before lists. The same sources give the same bytes, whatever the order of their lines. What came from where
is written at the beginning of the output, and from there to `docs/known-keys.md` by `docs/generate.py`.
"""

import ast
import sys
from pathlib import Path

from secretkey_lint.appearance import looks_generated
from secretkey_lint.publications import MAGIC, digest

MAX_SOURCES = 256
"""What one byte can number."""

LONGEST = 500
"""Characters; what is longer in a word list is no key."""

LICENCES = {"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT"}
"""Under which keys may be taken."""


def read(path: Path) -> tuple[dict[str, str], set[str]]:
    """Return what a source says about itself, and its keys; raises ValueError for what is not written as above."""
    about: dict[str, str] = {}
    keys: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("# "):
            name, _, value = line[2:].partition(":")
            about[name.strip()] = value.strip()
        elif line.strip():
            try:
                key = ast.literal_eval(line.strip())
            except (ValueError, SyntaxError, RecursionError, MemoryError):
                key = None
            if not isinstance(key, str | bytes):
                raise ValueError(f"{path}:{number}: not a string or bytes as Python writes them") from None
            keys.add(key if isinstance(key, str) else key.decode("latin-1"))  # as the interpreter takes bytes
    if missing := {"said", "licence", "date"} - about.keys():
        raise ValueError(f"{path}: it does not say: {', '.join(sorted(missing))}")
    if about["licence"] not in LICENCES:
        raise ValueError(f"{path}: {about['licence']} is none of {', '.join(sorted(LICENCES))}")
    if any("\t" in value for value in about.values()):
        raise ValueError(f"{path}: a tab stands in what it says about itself")
    return about, keys


def make(paths: list[Path]) -> bytes:
    """Return the data of the keys of all sources."""
    if len(paths) > MAX_SOURCES:
        raise ValueError(f"{len(paths)} sources are more than the {MAX_SOURCES} that there is room for")
    records: dict[bytes, int] = {}
    lines: list[str] = []
    for number, path in enumerate(paths):
        about, keys = read(path)
        if about.get("take") == "generated":
            keys = {key for key in keys if looks_generated(key)}
        digests = {digest(key) for key in keys if 0 < len(key) <= LONGEST} - records.keys()
        records.update(dict.fromkeys(digests, number))
        lines.append(f"{about['said']}\t{about['licence']}\t{about['date']}\t{len(digests)}\n")
    head = MAGIC + "".join(lines).encode("utf-8") + b"\n"
    return head + b"".join(key + bytes([number]) for key, number in sorted(records.items()))


def main(arguments: list[str]) -> str | None:
    """Write the output, or return what is wrong."""
    if len(arguments) < 2:
        return __doc__
    try:
        data = make([Path(each) for each in arguments[1:]])
    except (OSError, ValueError) as error:
        return str(error)
    Path(arguments[0]).write_bytes(data)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
