"""Reads environment files with python-dotenv's parser: what is an entry is its to say, where it stands ours."""

from __future__ import annotations

from secretkey_lint.appearance import is_known_text
from secretkey_lint.model.binding import Binding, Damage, Guard
from secretkey_lint.model.source import LineIndex
from secretkey_lint.model.value import EnvLookup, Literal, Unknown
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.vocabulary import is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.model.value import Value
    from secretkey_lint.readers.surroundings import Surroundings

_BLANK = " \t\f\v"


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact]:
    """Return the bindings of the key in an environment file, those in its comments too."""
    text = file.text()
    return list(_entries(text, 0, LineIndex(text), file.path, frozenset(), surroundings.carriers))


def _entries(
    text: str, offset: int, index: LineIndex, path: str, guards: frozenset[Guard], carriers: Container[str]
) -> Iterator[Fact]:
    """The entries of `text`, which begins at `offset` of the file that `index` is of."""
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
                yield from _entries(code, at, index, path, frozenset({Guard("commented")}), carriers)
            elif entry.error and not guards:
                yield from _broken(original, start, index, path)
        elif (is_key_name(entry.key) or entry.key in carriers) and entry.value:
            begin, end = _value_place(original, entry.key)
            span = index.span(path, start, start + len(original.rstrip()))
            value = _value(entry.value, original[begin:end], start + begin, index, path)
            yield Binding(entry.key, value, span, guards, medium="file")


def _broken(original: str, start: int, index: LineIndex, path: str) -> Iterator[Fact]:
    """A line that is no entry, though it may be meant as one: a quote is never closed, for instance."""
    name, sign, rest = original.partition("=" if "=" in original.partition(":")[0] else ":")
    name = name.strip().removeprefix("export").strip(_BLANK + "'\"")
    if not sign or not is_key_name(name):
        return
    begin = start + len(original) - len(rest.lstrip(_BLANK))
    raw = rest.strip()
    span = index.span(path, begin, begin + len(raw))
    yield Damage(
        index.span(path, start, start), f"the entry {name} is not written as an environment file's entries are"
    )
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


def _value(text: str, raw: str, begin: int, index: LineIndex, path: str) -> Value:
    """What an entry says: a literal, or the default of a reference to another variable."""
    span = index.span(path, begin, begin + len(raw))
    if text.startswith("${") and text.endswith("}") and "-" in text and text.count("${") == 1:
        name, _, default = text[2:-1].partition("-")
        name = name.removesuffix(":")
        if name.isidentifier() and is_known_text(default):
            at = begin + raw.rindex(default) if default in raw else begin
            return EnvLookup(span, name, Literal(index.span(path, at, at + len(default)), default))
    return Literal(span, text) if is_known_text(text) else Unknown(span)
