"""Finds keys that are used for more than one thing. Values are compared in memory, and nothing of them goes further."""

from __future__ import annotations

from secretkey_lint.appearance import looks_generated
from secretkey_lint.model.binding import Binding, Reuse
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import SourceFile, Step
from secretkey_lint.vocabulary import is_fallbacks_name, is_key_name, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.source import Span
    from secretkey_lint.model.value import Literal

MAX_ELSEWHERE = 10
"""So many other places are told of at most."""

MAX_KEYS = 100
"""So many keys of one file are looked for beside their places; settings have a few."""

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
"""What the names of credentials are made of; digits are left out, lest a key be taken for a name."""

_BEFORE_NAMES = " \t\"'[({,;."
"""What may stand before a name; behind anything else it would be a part of something."""

_CREDENTIAL_WORDS = frozenset(
    "key keys passphrase passwd password pepper salt secret secrets token credential credentials".split()
)


class Place(Record):
    """A place that has a key: in the repository at `root`, found in `file`, where it holds in `context`."""

    root: str
    file: SourceFile
    binding: Binding
    literal: Literal
    context: Context

    @property
    def is_production(self) -> bool:
        """Whether production may start with the key that stands here."""
        return self.context == "production" and self.binding.is_used


def of(places: Iterable[Place], text_of: Callable[[str], str]) -> Iterator[tuple[Place, Reuse]]:
    """Yield what is to be known of places whose key is elsewhere, too.

    `text_of` returns the text of the file that is shown under a path. A text that several bindings get from one place
    stands there once: its most serious context is what counts.
    """
    keys: dict[tuple[str, str], dict[Span, Place]] = {}
    for place in places:
        spans = keys.setdefault((place.root, place.literal.text), {})
        known = spans.get(place.literal.span)
        if known is None or (place.is_production and not known.is_production):
            spans[place.literal.span] = place
    credentials = _Credentials(text_of)
    for spans in keys.values():
        production = [place for place in spans.values() if place.is_production]
        paths: dict[str, Place] = {}
        for place in (*production, *spans.values()) if production else ():
            paths.setdefault(place.literal.span.path, place)
        for place in spans.values():
            others = [each for each in paths.values() if each.literal.span.path != place.literal.span.path]
            elsewhere = [_step(each) for each in (others if place.is_production else production)[:MAX_ELSEWHERE]]
            credential = credentials.beside(place.literal)
            if elsewhere or credential:
                yield (
                    place,
                    Reuse(
                        place.binding.name,
                        place.literal.span,
                        len(place.literal.text),
                        "production" if elsewhere else place.context,
                        place.is_production,
                        tuple(elsewhere),
                        credential,
                        looks_generated(place.literal.text),
                        place.binding.guards,
                    ),
                )


def _step(place: Place) -> Step:
    said = "production has the same key here" if place.is_production else "the same key stands here"
    return Step(place.literal.span, said)


class _Credentials:
    """What else in its file has the text of a key."""

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._texts: dict[str, str] = {}
        self._asked: dict[str, int] = {}

    def beside(self, literal: Literal) -> str:
        """Return the name of another credential that has the text of a literal, or ""."""
        path, wanted = literal.span.path, literal.text
        if path not in self._texts:
            self._texts[path] = self._text_of(path)
        self._asked[path] = self._asked.get(path, 0) + 1
        if self._asked[path] > MAX_KEYS:
            return ""
        text = self._texts[path]
        at = text.find(wanted)
        while at >= 0:
            names = _names(text[text.rfind("\n", 0, at) + 1 : at])
            credential = next(filter(_is_a_credential, names), "")
            # what the key itself is taken from (`_KEY = "…"`) has a name as well, and is no other credential
            if credential and (any(map(_is_the_keys, names)) or text.count("\n", 0, at) + 1 != literal.span.start.line):
                return credential
            at = text.find(wanted, at + len(wanted))
        return ""


def _names(line: str) -> list[str]:
    """The names that a line which ends where a text begins gives it to: `A = B = "`, `"A": "`, `A: str = "`, `A=`."""
    names: list[str] = []
    rest = line.rstrip("\"'")
    rest = rest[:-1] if rest.endswith((" r", " b", " u", "=r", "=b", "=u")) else rest
    rest = rest.rstrip()
    while rest.endswith(("=", ":")) and not rest.endswith(("==", "!=", "<=", ">=")):
        rest = rest[:-1].rstrip().removesuffix("]").rstrip("\"'")
        before = rest.rstrip(_LETTERS)
        if before == rest or (before and before[-1] not in _BEFORE_NAMES):
            break
        names.append(rest[len(before) :])
        rest = before.rstrip()
    return names


def _is_the_keys(name: str) -> bool:
    return is_key_name(name.upper()) or is_fallbacks_name(name)


def _is_a_credential(name: str) -> bool:
    return not _is_the_keys(name) and not _CREDENTIAL_WORDS.isdisjoint(words(name))
