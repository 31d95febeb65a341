"""Reads environment files with python-dotenv's parser: what is an entry is its to say, where it stands ours."""

from __future__ import annotations

from secretkey_lint.appearance import is_known_text
from secretkey_lint.model.binding import Binding, Damage, Guard
from secretkey_lint.model.source import LineIndex
from secretkey_lint.model.value import Literal
from secretkey_lint.readers.entries import Document, Entry
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.vocabulary import is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

_BLANK = " \t\f\v"


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact]:
    """Return the bindings of the key in an environment file, those in its comments too."""
    text = file.text()
    return list(_facts(text, 0, Document(text, LineIndex(text), file.path, surroundings), frozenset()))


def _facts(text: str, offset: int, document: Document, guards: frozenset[Guard]) -> Iterator[Fact]:
    """What the entries of `text` say, which begins at `offset` of the document."""
    from io import StringIO

    from dotenv.parser import parse_stream

    for entry in parse_stream(StringIO(text, newline="")):
        original = entry.original.string
        start, offset = offset, offset + len(original)
        if entry.key is None:
            comment = original.lstrip()
            if comment.startswith("#") and not guards:
                code = comment.lstrip("#" + _BLANK)
                at = start + len(original) - len(code)
                yield from _facts(code, at, document, frozenset({Guard("commented")}))
            elif entry.error and not guards:
                yield from _broken(original, start, document)
        elif entry.value:
            begin, end = _value_place(original, entry.key)
            place = Entry(entry.key, entry.value, start + begin, start + end, guards, begin=start)
            yield from document.bindings([place])


def _broken(original: str, start: int, document: Document) -> Iterator[Fact]:
    """A line that is no entry, though it may be meant as one: a quote is never closed, for instance."""
    name, sign, rest = original.partition("=" if "=" in original.partition(":")[0] else ":")
    name = name.strip().removeprefix("export").strip(_BLANK + "'\"")
    if not sign or not is_key_name(name):
        return
    begin = start + len(original) - len(rest.lstrip(_BLANK))
    raw = rest.strip()
    span = document.span(begin, begin + len(raw))
    yield Damage(document.span(start, start), f"the entry {name} is not written as an environment file's entries are")
    if is_known_text(raw):
        yield Binding(name, Literal(span, raw), span, medium="file")


def _value_place(original: str, key: str) -> tuple[int, int]:
    """Return where in an entry its value stands, quotes included."""
    begin = original.index("=", original.index(key) + len(key)) + 1
    while original[begin] in _BLANK:
        begin += 1
    quote = original[begin]
    if quote in "'\"":
        end = begin + 1
        while original[end] != quote:
            end += 2 if original[end] == "\\" else 1
        return begin, end + 1
    end = begin
    while end < len(original) and original[end] not in "\r\n":
        if original[end] == "#" and original[end - 1] in _BLANK:
            break
        end += 1
    return begin, begin + len(original[begin:end].rstrip())
