"""Pieces of code that are read on their own: bindings that are commented out, lines of a file that does not parse."""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.vocabulary import KEY, further_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FRAGMENTS = 200
"""Pieces of one file that are read; more than that nobody wrote by hand."""

MAX_LENGTH = 10_000
"""Characters of a line that is read as code."""

_BLANK = " \t\f"


class Fragment(Record):
    """A piece of code, and the offset in the file at which it stands."""

    code: str
    offset: int
    commented: bool = False

    def __repr__(self) -> str:
        return f"Fragment(<{len(self.code)} characters>, {self.offset})"


def comments(text: str) -> Iterator[Fragment]:
    """Yield what stands in comments that name the key, as code; a comment may stand behind code."""
    for start, end, key in _lines_naming_the_key(text):
        mark = text.find("#", start, end)
        at = text.find(key, mark, end) if mark >= 0 else -1
        while at >= 0:
            begin = at
            while text[begin - 1].isidentifier() or text[begin - 1] == ".":
                begin -= 1
            code = text[begin:end].rstrip()
            if _begins_a_binding(code, key):
                yield Fragment(code, begin, commented=True)
                break
            at = text.find(key, at + len(key), end)


def lines_naming_the_key(text: str) -> Iterator[Fragment]:
    """Yield each line of a broken file that may bind the key, as code, and its comments."""
    for start, end, _ in _lines_naming_the_key(text):
        code, offset = _stripped(text, start, end)
        if not code.startswith("#"):
            yield Fragment(_closed(code), offset)
    yield from comments(text)


def _lines_naming_the_key(text: str) -> Iterator[tuple[int, int, str]]:
    """The offsets of the lines that name the key, without their ends, and the name; of long ones what follows it."""
    for key in (KEY, *sorted(further_names())):
        at = text.find(key)
        count = 0
        while at >= 0 and count < MAX_FRAGMENTS:
            start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
            end = min((each for each in (text.find("\n", at), text.find("\r", at)) if each >= 0), default=len(text))
            if at - start > MAX_LENGTH:
                start = at
            yield start, min(end, start + MAX_LENGTH), key
            count += 1
            at = text.find(key, end)


def _stripped(text: str, start: int, end: int) -> tuple[str, int]:
    """A line without what stands before its code: blanks, the marks of a comment."""
    while start < end and text[start] in _BLANK + "#":
        start += 1
    return text[start:end].rstrip(), start


def _begins_a_binding(code: str, key: str) -> bool:
    """Whether a comment goes on like an assignment of the key; prose that mentions it does not."""
    name = code[: code.find(key)] + key if key in code else ""
    rest = code[len(name) :].removeprefix("_FALLBACKS").lstrip(_BLANK)
    return (
        bool(name)
        and name.replace("_", "a").replace(".", "a").isalnum()
        and rest[:1] in ("=", ":")
        and rest[:2] != "=="
    )


def _closed(code: str) -> str:
    """A line as a statement of its own: the comma behind an argument or an entry taken off."""
    return code.rstrip(_BLANK + ",")
