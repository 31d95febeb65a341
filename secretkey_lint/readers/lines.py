"""Entries as they are written line by line in many formats, for files whose own format says nothing or is broken.

A line binds a name when it has one, a sign (`=`, `:`, `:=`, `=>`) and a value: `SECRET_KEY = "…"`, `- SECRET_KEY=…`,
`"SECRET_KEY": "…",`, `export SECRET_KEY='…'`. Prose does not: a value without quotes is one word.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.entries import Entry
from secretkey_lint.vocabulary import further_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ENTRIES = 1000
"""Entries of one file that are read; more than that nobody wrote by hand."""

MAX_LENGTH = 1000
"""Characters of a value that is read."""

_BLANK = r"[^\S\r\n]"
_SECRET = re.compile(r"secret[_-]?key", re.IGNORECASE)
_SIGN = re.compile(rf"{_BLANK}*(?::=|=>|=(?![=>~])|:(?![:=/])){_BLANK}*")
_WORD = re.compile(r"[A-Za-z0-9_-]*\Z")
_REST = re.compile(r"[A-Za-z0-9_-]*")
_BARE = re.compile(r"[^\s\"'`<>]+")
_COMMENT = re.compile(r"\s*(?:\#|//|;|--|<!--|/\*|\*|%|REM\b|rem\b|::|\{\#)")
_TAIL = re.compile(r"[\s,;)\]}]*(?:(?:\#|//|--|/\*|\*/|-->|\#\}|\\).*)?\Z", re.DOTALL)


def named_entries(text: str, start: int = 0, end: int | None = None) -> Iterator[Entry]:
    """Yield the entries in lines of `text` that have the key's name in any spelling, those in comments as commented.

    Whether a name is the key's own is for `Document.bindings` to say.
    """
    stop = len(text) if end is None else end
    count = 0
    for mention in _mentions().finditer(text, start, stop):
        if count == MAX_ENTRIES:
            return
        entry = _entry(text, mention.start(), mention.end(), start, stop)
        if entry is not None:
            count += 1
            yield entry


def _mentions() -> re.Pattern[str]:
    """What the names of entries have in them that may be the key's."""
    further = sorted(further_names())
    return re.compile("|".join((_SECRET.pattern, *map(re.escape, further))), re.IGNORECASE) if further else _SECRET


def _entry(text: str, begin: int, end: int, first: int, stop: int) -> Entry | None:
    """The entry whose name holds what stands between `begin` and `end`."""
    line = max(text.rfind("\n", first, begin), text.rfind("\r", first, begin), first - 1) + 1
    word = _WORD.search(text, max(line, begin - 100), begin)
    rest = _REST.match(text, end, min(stop, end + 100))
    assert word is not None
    assert rest is not None
    name_start, name_end = word.start(), rest.end()
    if text[name_start - 1 : name_start] in ("$", ".", "{") and name_start > line:
        return None
    at = name_end
    quote = text[at : at + 1] if text[at : at + 1] in "\"'`" else ""
    if quote and text[name_start - 1 : name_start] == quote:
        at += 1
    else:
        quote = ""
    sign = _SIGN.match(text, at, stop)
    if sign is None:
        return None
    value = _value(text, sign.end(), stop, in_code=text.count("`", line, name_start) % 2 == 1)
    if value is None:
        return None
    value_start, value_end, said = value
    before = text[line:name_start]
    guards = frozenset({Guard("commented")}) if _COMMENT.match(before) else frozenset()
    return Entry(text[name_start:name_end], said, value_start, value_end, guards, begin=name_start - len(quote))


def _value(text: str, at: int, stop: int, *, in_code: bool) -> tuple[int, int, str] | None:
    """Where a value begins and ends, and what it says; None where there is none, or where prose goes on.

    `in_code` says that it stands between backquotes, which end it.
    """
    quote = text[at : at + 1]
    if quote and quote in "\"'`":
        closing = at + 1
        while closing < stop and text[closing] not in quote + "\r\n":
            closing += 2 if text[closing] == "\\" else 1
        if closing >= stop or text[closing] != quote or closing - at > MAX_LENGTH:
            return None
        return at, closing + 1, text[at + 1 : closing].replace("\\" + quote, quote)
    bare = _BARE.match(text, at, min(stop, at + MAX_LENGTH))
    if bare is None:
        return None
    end = bare.end()
    while end > at and text[end - 1] in ",;":
        end -= 1
    line_end = min(
        (each for each in (text.find("\n", end, stop), text.find("\r", end, stop)) if each >= 0), default=stop
    )
    if end == at or not ((in_code and text[bare.end() : bare.end() + 1] == "`") or _TAIL.match(text, end, line_end)):
        return None
    return at, end, text[at:end]
