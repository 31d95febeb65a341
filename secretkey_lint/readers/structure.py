"""What the readers of nested data have in common: their scanner finds scalars and comments, and all else is done here.

Scripts in such files become parts, comments are looked through for entries, and from where a file is broken on it is
read by lines.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Damage, Guard
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers import lines
from secretkey_lint.readers.entries import Document, Entry
from secretkey_lint.readers.nested.meaning import said
from secretkey_lint.readers.nested.nodes import Leaf, Written, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from secretkey_lint.model.binding import Fact, Part
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.nested.nodes import Scalar
    from secretkey_lint.readers.surroundings import Surroundings

    Scan = Callable[[str], Iterable["Leaf | Comment"]]

_COMMENTED = frozenset({Guard("commented")})
_TEMPLATE = re.compile(r"\{\{|\{%|<%")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u....|u....|U........|x..|(?P<gap>[ \t]*\r?\n\s*)|.)|\r\n", re.DOTALL)
_OPENING = re.compile(r"""(\"{3}|'{3}|["']?)(?:(?<=\"{3}|'{3})\r?\n)?""")

MAX_LENGTH = 2_000_000
"""Characters of a file that are read as what it is; what is longer is data, and is searched for entries by lines."""

DEEP = "it nests deeper than is followed"
"""Why a text is read no further than a certain depth."""


class Comment(Record):
    """A comment, between two offsets of a text."""

    start: int
    end: int


class Broken(Exception):
    """The format ends here: what stands from the offset `at` on is none of it, for a reason other than that if given."""

    def __init__(self, at: int, reason: str = "") -> None:
        super().__init__(at)
        self.at = at
        self.reason = reason


def facts(file: SourceFile, surroundings: Surroundings, scan: Scan, form: str) -> list[Fact | Part]:
    """Return what there is in a file by what `scan` finds in its text; `form` is what users call the format."""
    text = file.text()
    reading = _Reading(text)
    document = Document(text, LineIndex(text), file.path, surroundings)
    if len(text) > MAX_LENGTH:
        reading.broken_at, reading.reason = 0, "it is longer than is followed"
        scan = _nothing
    root = tree(reading.leaves(scan))
    found: list[Fact | Part] = []
    entries: list[Entry] = []
    for each in said(text, root, file.project_path, lambda inner: lines.matters(inner, surroundings.carriers), aligned):
        if isinstance(each, Entry):
            entries.append(each)
        else:
            found.append(each)
    found += document.bindings([*entries, *reading.commented()])
    if reading.broken_at is not None:
        found += document.bindings(lines.named_entries(text, reading.broken_at))
        if reading.reason or _TEMPLATE.search(text) is None:  # whose own syntax it is that breaks the format
            place = document.span(reading.broken_at, reading.broken_at)
            found.append(Damage(place, reading.reason or f"from here on it is not written as {form} is"))
    return found


def _nothing(_text: str) -> Iterator[Leaf]:
    yield from ()


class _Reading:
    """What a scanner has found besides texts."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._comments: list[Comment] = []
        self.broken_at: int | None = None
        self.reason = ""

    def leaves(self, scan: Scan) -> Iterator[Leaf]:
        """Yield the texts that are found, and keep all else."""
        try:
            for found in scan(self._text):
                if isinstance(found, Comment):
                    self._comments.append(found)
                else:
                    yield found
        except Broken as broken:
            self.broken_at, self.reason = broken.at, broken.reason

    def commented(self) -> Iterator[Entry]:
        """Yield the entries in comments."""
        for comment in self._comments:
            for entry in lines.named_entries(self._text, comment.start, comment.end):
                yield replace(entry, guards=_COMMENTED)


def aligned(source: str, scalar: Scalar) -> Written:
    """Return how a text is written: in quotes of some length, with escapes as most formats have them, or as it is."""
    raw = source[scalar.start : scalar.end]
    opening = _OPENING.match(raw)
    assert opening is not None
    place = opening.end()
    if raw.startswith(scalar.value, place):
        return Written(scalar.value, [(0, scalar.start + place)])
    runs = [(0, scalar.start + place)]
    said = 0
    for escape in _ESCAPE.finditer(raw, place):
        said += escape.start() - place
        place = escape.end()
        if escape.lastgroup != "gap":
            runs.append((said, scalar.start + escape.start()))
            said += 1
        runs.append((said, scalar.start + place))
    if len(raw) - len(opening[1]) - place != len(scalar.value) - said:  # escapes of another kind
        return Written(raw, [(0, scalar.start)])
    return Written(scalar.value, runs)
