"""Names and values as they stand in nested data (TOML, JSON, INI, XML, YAML …), whatever the format.

A scanner of a format says which scalars a file has, each with the keys that lead to it. Which of them have a name is
the same in all formats:

- `NAME: text`, the plain entry; also `NAME: {value: text}`, as deployment tools write it, and each item of a list of
  former keys;
- `{name: NAME, value: text}`, as Kubernetes, ECS, `web.config` and many others write it;
- `"NAME=text"`, an item of a list or of an option that lists variables (compose, pytest-env, tox, supervisor).

It is small and knows no format, so that every reader of nested data can use it: give `entries` the scalars in the
order of the file.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import Record
from secretkey_lint.readers.entries import Entry
from secretkey_lint.vocabulary import DEVELOPMENT_WORDS, TEST_WORDS, is_fallbacks_name, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_DEPTH = 100
"""Levels of nesting that a reader should follow: nobody writes more, and paths would come to cost more than the file."""

_NAMES = ("name", "key", "parameterkey", "parametername", "optionname", "option_name", "variable")
"""What the member is called, in any case, that holds the name of a pair."""

_VALUES = ("value", "parametervalue", "default", "defaultvalue", "plaintext")
"""What the member is called, in any case, that holds the text of a pair."""

_ROLES = frozenset({*_NAMES, *_VALUES, "type"})

_ELSEWHERE = frozenset({"PARAMETER_STORE", "SECRETS_MANAGER"})
"""What a pair's `type` is when its value names a place from which the key is fetched."""

_LISTS = frozenset({"env", "envs", "environment", "setenv"})
"""Words for options whose text lists variables."""

_SCRIPTS = frozenset({"script", "scripts", "command", "commands", "cmd", "run", "task", "tasks"})
"""Words that end the names of members whose texts are commands of a shell."""

_EXAMPLES = frozenset({"example", "examples"})
_TEST_TABLES = TEST_WORDS | {"testenv", "tox"}
_TYPES = frozenset({"str", "string", "String", "SecretStr"})
_ASSIGNMENT = re.compile(
    r"\s*(?:-{1,2}[\w-]+[\s=]\s*)?(?:[\w,{}!.-]+:\s*)*+(?:export\s+)?(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>.*?)\s*\Z",
    re.DOTALL,
)


class Scalar(Record):
    """A text in nested data.

    `path` are the keys and indexes that lead to it, outermost first, and never empty; two scalars are of one mapping
    when they share all but the last. `start` and `end` are the offsets between which it is written, quotes included;
    `text` is what the format makes of that. `begin` is where its entry begins, with the key, where that is known.
    """

    path: tuple[str | int, ...]
    text: str
    start: int
    end: int
    guards: frozenset[Guard] = frozenset()
    begin: int | None = None

    def __repr__(self) -> str:
        return f"Scalar({self.path!r}, <{len(self.text)} characters>)"


def entries(text: str, scalars: Iterable[Scalar]) -> Iterator[Entry]:
    """Yield the entries among the scalars of `text`, which come in the order of the file.

    What the names of tables around an entry say of its context is among its guards.
    """
    open_mappings: list[tuple[tuple[str | int, ...], dict[str, Scalar]]] = []
    for scalar in scalars:
        around, key = scalar.path[:-1], scalar.path[-1]
        while open_mappings and around[: len(open_mappings[-1][0])] != open_mappings[-1][0]:
            yield from _pair(*open_mappings.pop())
        if isinstance(key, str) and (role := key.lower()) in _ROLES:
            if not open_mappings or open_mappings[-1][0] != around:
                open_mappings.append((around, {}))
            open_mappings[-1][1].setdefault(role, scalar)
        if scalar.text not in _TYPES:
            yield from _named(text, scalar)
    while open_mappings:
        yield from _pair(*open_mappings.pop())


def is_script(path: tuple[str | int, ...]) -> bool:
    """Whether the text at `path` is a command of a shell, by the key that it or its list stands under."""
    named = [key for key in path[-3:] if isinstance(key, str)]
    return any(not _SCRIPTS.isdisjoint(words(key)[-1:]) for key in named[-2:])


def context_of(path: Iterable[str | int]) -> frozenset[Guard]:
    """Return what the names of the tables around an entry say of when it holds: `[testing]`, `development: …`."""
    said = {word for key in path if isinstance(key, str) for word in words(key)}
    if not said.isdisjoint(_EXAMPLES):
        return frozenset({Guard("commented")})
    if not said.isdisjoint(_TEST_TABLES):
        return frozenset({Guard("testing")})
    return frozenset({Guard("debug")}) if not said.isdisjoint(DEVELOPMENT_WORDS) else frozenset()


def _entry(name: str, scalar: Scalar, around: tuple[str | int, ...], begin: int | None = None) -> Entry:
    """The entry that gives the text of `scalar` to `name`, in the tables `around`."""
    outer = tuple(key for key in around if isinstance(key, str))
    begin = scalar.begin if begin is None else begin
    return Entry(name, scalar.text, scalar.start, scalar.end, scalar.guards | context_of(outer), outer, begin)


def _pair(around: tuple[str | int, ...], members: dict[str, Scalar]) -> Iterator[Entry]:
    """The entry of a mapping that has a name and a value."""
    name = next((members[role] for role in _NAMES if role in members), None)
    value = next((members[role] for role in _VALUES if role in members), None)
    kind = members["type"].text if "type" in members else ""
    if name is not None and value is not None and _may_name(name.text) and kind not in _ELSEWHERE:
        yield _entry(name.text, value, around, min(value.start, name.start))


def _named(text: str, scalar: Scalar) -> Iterator[Entry]:
    """The entries that a scalar is by itself, or as the value of what is named around it."""
    around, key = scalar.path[:-1], scalar.path[-1]
    named = around[-1] if around else 0
    if isinstance(key, str):
        if _may_name(key):
            yield _entry(key, scalar, around)
        if isinstance(named, str) and key.lower() in _VALUES and _may_name(named) and not _is_schema(around, key):
            yield _entry(named, scalar, around[:-1])
    elif isinstance(named, str) and is_fallbacks_name(named.upper().replace("-", "_")):
        yield _entry(named, scalar, around[:-1])
    if "=" in scalar.text and (isinstance(key, int) or not _LISTS.isdisjoint(words(key))):
        yield from _assigned(text, scalar)


def _may_name(name: str) -> bool:
    """Whether a name may be the key's, or that of a variable that carries it; most are not, and cost no more than this."""
    return "ecret" in name or name.isupper()


def _is_schema(around: tuple[str | int, ...], key: str) -> bool:
    """Whether a default is that of a JSON schema, which describes what others write."""
    return key == "default" and "properties" in around[-2:-1]


def _assigned(text: str, scalar: Scalar) -> Iterator[Entry]:
    """The entry that is written in a text, `NAME=value`."""
    found = _ASSIGNMENT.match(scalar.text)
    if found is None or not found["value"] or not _may_name(found["name"]) or is_script(scalar.path):
        return
    value = written = found["value"]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1]
    raw = text[scalar.start : scalar.end]
    at = raw.rfind(written)
    start, end = (scalar.start + at, scalar.start + at + len(written)) if at >= 0 else (scalar.start, scalar.end)
    begin = max(raw.find(found["name"]), 0) + scalar.start
    yield _entry(found["name"], Scalar(scalar.path, value, start, end, scalar.guards), scalar.path, begin)
