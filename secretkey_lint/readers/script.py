"""Reads JavaScript, TypeScript and what embeds it: literals that are bound to the key's name, or stand in for it.

`SECRET_KEY` may be another program's here, so that only what was generated is sure to be a key; a name that says
Django or Flask is sure by itself.
"""

from __future__ import annotations

import re

from secretkey_lint.appearance import looks_generated
from secretkey_lint.model.binding import Guard
from secretkey_lint.model.source import LineIndex
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.readers.entries import Document, Entry
from secretkey_lint.readers.lines import named_entries
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.vocabulary import entry_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from secretkey_lint.model.binding import Binding, Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

_FALLBACK = re.compile(
    r"""(?:\b|["'])(?P<name>(?:DJANGO_|FLASK_)?SECRET_KEY)["']?\]?\s*(?:\|\||\?\?)\s*(?P<value>"[^"\r\n]*"|'[^'\r\n]*'|`[^`$]*`)"""
)
"""`process.env.SECRET_KEY || "…"`"""

_FRAMEWORKS = ("DJANGO_", "FLASK_")


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> Sequence[Fact]:
    """Return the bindings of the key in a script."""
    text = file.text()
    document = Document(text, LineIndex(text), file.path, surroundings)
    return [binding for binding in document.bindings(_entries(text)) if _is_sure(binding)]


def _entries(text: str) -> Iterator[Entry]:
    yield from (entry for entry in named_entries(text) if text[entry.start] in "\"'`" and entry_name(entry.name))
    for match in _FALLBACK.finditer(text):
        start, end = match.span("value")
        guards = frozenset({Guard("unset", True, match["name"])})
        yield Entry(match["name"], text[start + 1 : end - 1], start, end, guards, begin=match.start("name"))


def _is_sure(binding: Binding) -> bool:
    match binding.value:
        case Literal(text=text) | EnvLookup(default=Literal(text=text)):
            return binding.name.startswith(_FRAMEWORKS) or looks_generated(text)
        case _:
            return False
