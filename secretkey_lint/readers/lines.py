"""Entries as they are written line by line in many formats, for files whose own format says nothing or is broken.

A line binds a name when it has one, a sign (`=`, `:`, `:=`, `=>`) and a value: `SECRET_KEY = "…"`, `- SECRET_KEY=…`,
`"SECRET_KEY": "…",`, `export SECRET_KEY='…'`, `- "SECRET_KEY=…"`, `SECRET_KEY: {{ … }}`. So do two lines, `name: SECRET_KEY` and
`value: …`. Prose does not: a value without quotes is one word.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.entries import Entry
from secretkey_lint.vocabulary import entry_name, further_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_ENTRIES = 1000
"""Entries of one file that are read; more than that nobody wrote by hand."""

MAX_LENGTH = 1000
"""Characters of a value that is read."""

_BLANK = r"[^\S\r\n]"
_SECRET = re.compile(r"secret[_-]?key", re.IGNORECASE)
_SIGN = re.compile(rf"{_BLANK}*(?::=|=>|=(?![=>~])|:(?![:=/])){_BLANK}*")
_PAIR = re.compile(
    rf"[\"']?,?{_BLANK}*\r?\n[^\S\r\n#]*\#*{_BLANK}*[\"']?(?:[A-Za-z]*[Vv]alue){_BLANK}*[\"']?{_BLANK}*[:=]{_BLANK}*"
)
_NAMING = re.compile(rf"\b(?:[A-Za-z]*[Nn]ame|[A-Za-z]*[Kk]ey)[\"']?{_BLANK}*[:=]{_BLANK}*[\"']?\Z")
_PROPERTIES = re.compile(rf"(?:&[\w.-]+|!!str){_BLANK}+")
_TEMPLATE = re.compile(r"[\"']?\{\{.*\}\}[\"']?")
_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_REST = re.compile(r"[A-Za-z0-9_-]*")
_BARE = re.compile(r"[^\s\"'`<>]+")
_COMMENT = re.compile(r"\s*(?:\#|//|;|--|<!--|/\*|\*|%|REM\b|rem\b|::|\{\#)")
_TAIL = re.compile(r"[\s,;)\]}]*(?:(?:\#|//|--|/\*|\*/|-->|\#\}|\\).*)?\Z", re.DOTALL)


def mentions(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield where the names stand that have the key's name in any spelling in them."""
    stop = len(text) if end is None else end
    for mention in _names().finditer(text, start, stop):
        rest = _REST.match(text, mention.end(), min(stop, mention.end() + 100))
        assert rest is not None
        begin, least = mention.start(), max(start, mention.start() - 100)
        while begin > least and text[begin - 1] in _WORD:
            begin -= 1
        yield begin, rest.end()


def matters(text: str, carriers: Iterable[str], start: int = 0, end: int | None = None) -> bool:
    """Whether a stretch of a text has a name that may be the key's, or that of what carries it."""
    stop = len(text) if end is None else end
    return any(
        entry_name(text[first:last].strip("_-"), ("django",)) is not None for first, last in mentions(text, start, stop)
    ) or any(text.find(carrier, start, stop) >= 0 for carrier in carriers)


def _names() -> re.Pattern[str]:
    """What the names of entries have in them that may be the key's."""
    further = sorted(further_names())
    return re.compile("|".join((_SECRET.pattern, *map(re.escape, further))), re.IGNORECASE) if further else _SECRET


def named_entries(text: str, start: int = 0, end: int | None = None) -> Iterator[Entry]:
    """Yield the entries in lines of `text` that have the key's name in any spelling, those in comments as commented.

    Whether a name is the key's own is for `Document.bindings` to say.
    """
    stop = len(text) if end is None else end
    count = 0
    line = looked = start  # lines may be as long as the text, so that each is looked for once
    for name_start, name_end in mentions(text, start, stop):
        if count == MAX_ENTRIES:
            return
        line = max(text.rfind("\n", looked, name_start) + 1, text.rfind("\r", looked, name_start) + 1, line)
        looked = max(name_start, looked)
        entry = _entry(text, name_start, name_end, line, stop)
        if entry is not None:
            count += 1
            yield entry


def _entry(text: str, name_start: int, name_end: int, line: int, stop: int) -> Entry | None:
    """The entry whose name stands between `name_start` and `name_end`, on the line that begins at `line`."""
    if text[name_start - 1 : name_start] in ("$", ".", "{") and name_start > line:
        return None
    at = name_end
    quote = text[at : at + 1] if text[at : at + 1] in "\"'`" else ""
    if quote and text[name_start - 1 : name_start] == quote:
        at += 1
    else:
        quote = ""
    sign = _SIGN.match(text, at, stop)
    if sign is None and _NAMING.search(text, max(line, name_start - 40), name_start):
        sign = _PAIR.match(text, name_end, stop)
    if sign is None:
        return None
    value = _value(text, sign.end(), stop, "" if quote else text[max(line, name_start - 1) : name_start])
    if value is None:
        return None
    value_start, value_end, said = value
    is_commented = _COMMENT.match(text, line, min(name_start, line + MAX_LENGTH)) is not None
    guards = frozenset({Guard("commented")}) if is_commented else frozenset()
    return Entry(text[name_start:name_end], said, value_start, value_end, guards, begin=name_start - len(quote))


def _value(text: str, at: int, stop: int, around: str = "") -> tuple[int, int, str] | None:
    """Where a value begins and ends, and what it says; None where there is none, or where prose goes on.

    `around` is what stands before the name: a quote there closes behind the value.
    """
    properties = _PROPERTIES.match(text, at, stop)
    at = at if properties is None else properties.end()
    template = _TEMPLATE.match(text, at, min(stop, at + MAX_LENGTH))
    if template is not None:
        return at, template.end(), template.group()
    quote = text[at : at + 1]
    if quote and quote in "\"'`":
        closing = at + 1
        stop = min(stop, at + MAX_LENGTH + 1)
        while closing < stop and text[closing] not in quote + "\r\n":
            closing += 2 if text[closing] == "\\" else 1
        if closing >= stop or text[closing] != quote:
            return None
        return at, closing + 1, text[at + 1 : closing].replace("\\" + quote, quote)
    bare = _BARE.match(text, at, min(stop, at + MAX_LENGTH))
    if bare is None:
        return None
    end = bare.end()
    while end > at and text[end - 1] in ",;":
        end -= 1
    stop = min(stop, end + MAX_LENGTH)
    line_end = min(
        (each for each in (text.find("\n", end, stop), text.find("\r", end, stop)) if each >= 0), default=stop
    )
    if around == "`" and text[end : end + 1] == "`" and end > at:  # prose goes on behind what is code in it
        return at, end, text[at:end]
    tail = end + (bool(around) and around in "\"'" and text[end : end + 1] == around)
    if end == at or _TAIL.match(text, tail, line_end) is None:
        return None
    return at, end, text[at:end]
