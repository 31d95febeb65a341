"""What the readers of nested data have in common: their scanner finds scalars and comments, and all else is done here.

Scripts in such files become parts, comments are looked through for entries, and from where a file is broken on it is
read by lines.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Damage, Guard, Part
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers import lines, pairs
from secretkey_lint.readers.entries import Document

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.entries import Entry
    from secretkey_lint.readers.pairs import Scalar
    from secretkey_lint.readers.surroundings import Surroundings

    Scan = Callable[[str], Iterable["Scalar | Comment | Part"]]

_COMMENTED = frozenset({Guard("commented")})
_SECRET = re.compile(r"secret[_-]?key", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{|\{%|<%")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB]..\\u....|u....|U........|x..|(?P<gap>[ \t]*\r?\n\s*)|.)|\r\n", re.DOTALL)
_OPENING = re.compile(r"""(\"{3}|'{3}|["']?)(?:(?<=\"{3}|'{3})\r?\n)?""")

_ENVIRONMENTS = frozenset({"default", "global", "development", "production", "testing", "staging", "local"})
"""Tables of dynaconf's files that hold the settings of an environment."""


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
    found: list[Fact | Part] = [*document.bindings(pairs.entries(text, reading.scalars(scan)))]
    found += document.bindings(reading.commented())
    found += reading.parts
    if reading.broken_at is not None:
        found += document.bindings(lines.named_entries(text, reading.broken_at))
        if reading.reason or _TEMPLATE.search(text) is None:  # whose own syntax it is that breaks the format
            place = document.span(reading.broken_at, reading.broken_at)
            found.append(Damage(place, reading.reason or f"from here on it is not written as {form} is"))
    return found


def _nothing(_text: str) -> Iterator[Scalar]:
    yield from ()


class _Reading:
    """What a scanner has found besides scalars."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._comments: list[Comment] = []
        self.parts: list[Part] = []
        self.broken_at: int | None = None
        self.reason = ""

    def scalars(self, scan: Scan) -> Iterator[Scalar]:
        """Yield the scalars that are found, and keep all else."""
        try:
            for found in scan(self._text):
                if isinstance(found, Comment):
                    self._comments.append(found)
                elif isinstance(found, Part):
                    self.parts.append(found)
                else:
                    if _SECRET.search(found.text) is not None and pairs.is_script(found.path):
                        self.parts.append(part(self._text, found, "script.sh"))
                    yield found
        except Broken as broken:
            self.broken_at, self.reason = broken.at, broken.reason

    def commented(self) -> Iterator[Entry]:
        """Yield the entries in comments."""
        for comment in self._comments:
            for entry in lines.named_entries(self._text, comment.start, comment.end):
                yield replace(entry, guards=_COMMENTED)


def part(text: str, scalar: Scalar, name: str) -> Part:
    """Return the text of a scalar as a file called `name`, aligned with how it is written."""
    raw = text[scalar.start : scalar.end]
    guards = scalar.guards | pairs.context_of(scalar.path)
    opening = _OPENING.match(raw)
    assert opening is not None
    place = opening.end()
    if raw.startswith(scalar.text, place):
        return Part(name, scalar.text, ((0, scalar.start + place),), guards)
    runs = [(0, scalar.start + place)]
    said = 0
    for escape in _ESCAPE.finditer(raw, place):
        said += escape.start() - place
        place = escape.end()
        if escape.lastgroup != "gap":
            runs.append((said, scalar.start + escape.start()))
            said += 1
        runs.append((said, scalar.start + place))
    if len(raw) - len(opening[1]) - place != len(scalar.text) - said:  # escapes of another kind
        return Part(name, raw, ((0, scalar.start),), guards)
    return Part(name, scalar.text, tuple(runs), guards)


def is_settings_of_dynaconf(name: str, path: tuple[str | int, ...]) -> bool:
    """Whether a file and the tables around an entry are such as dynaconf keeps settings in, names in any case."""
    stem, _, rest = name.lower().removeprefix(".").partition(".")
    tables = path[:-1]
    return (
        stem in ("settings", "secrets")
        and bool(rest)
        and (not tables or (len(tables) == 1 and str(tables[0]).lower() in _ENVIRONMENTS))
    )
