"""How a scalar is written: which character of its text stands where in the source."""

from __future__ import annotations

import re

from secretkey_lint.readers.nested.nodes import Written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.readers.nested.nodes import Scalar

_BREAK = r"(?:\r\n|[\r\n])"
_FOLD = rf"[ \t]*(?P<breaks>(?:{_BREAK}[ \t]*)+)"
_PLAIN = re.compile(rf"{_FOLD}|[^\r\n \t]+|[ \t]+")
_SINGLE = re.compile(rf"{_FOLD}|(?P<quote>'')|[^\r\n \t']+|[ \t]+")
_DOUBLE = re.compile(
    rf"(?P<escape>\\(?:x[0-9A-Fa-f]{{2}}|u[0-9A-Fa-f]{{4}}|U[0-9A-Fa-f]{{8}}|{_BREAK}[ \t]*|.))|{_FOLD}|[^\r\n \t\\]+|[ \t]+"
)
_LINE = re.compile(rf"([^\r\n]*)({_BREAK}|\Z)")
_COUNT = re.compile(_BREAK)


def written(source: str, scalar: Scalar) -> Written | None:
    """Return how a scalar is written; None where that cannot be said, or where it is empty."""
    pieces = _block(source, scalar) if scalar.style in ("|", ">") else _flow(source, scalar)
    text: list[str] = []
    runs: list[tuple[int, int]] = []
    length = 0
    for piece, place in pieces:
        if piece:
            runs.append((length, place))
            text.append(piece)
            length += len(piece)
    said = "".join(text)
    if scalar.style in ("|", ">"):  # how many line breaks are kept at its end is no matter here
        said = said.rstrip("\n")
        return Written(said, runs) if said and said == scalar.value.rstrip("\n") else None
    return Written(said, runs) if said and said == scalar.value else None


def _flow(source: str, scalar: Scalar) -> Iterator[tuple[str, int]]:
    """The pieces of a plain or quoted scalar, each with where it stands."""
    quoted = bool(scalar.style)
    start, end = scalar.start + quoted, scalar.end - quoted
    if source[start:end] == scalar.value:
        yield scalar.value, start
        return
    pattern = {"'": _SINGLE, '"': _DOUBLE}.get(scalar.style, _PLAIN)
    for piece in pattern.finditer(source, start, end):
        match piece.groupdict():
            case {"escape": str(escape)}:
                yield _unescaped(escape), piece.start()
            case {"quote": str()}:
                yield "'", piece.start()
            case {"breaks": str(breaks)}:
                count = len(_COUNT.findall(breaks))
                yield " " if count == 1 else "\n" * (count - 1), piece.start()
            case _:
                yield piece.group(), piece.start()


def _unescaped(escape: str) -> str:
    """What an escape sequence of a double-quoted scalar says."""
    from yaml.scanner import Scanner

    if escape[1] in "xuU" and len(escape) > 2:
        number = int(f"0x{escape[2:]}", 0)
        return chr(number) if number < 0x110000 else ""
    return "" if escape[1] in "\r\n" else str(Scanner.ESCAPE_REPLACEMENTS.get(escape[1], ""))


def _block(source: str, scalar: Scalar) -> Iterator[tuple[str, int]]:
    """The lines of a block scalar, each with where it stands behind its indent."""
    header = _LINE.match(source, scalar.start, scalar.end)
    assert header is not None
    lines = [line for line in _LINE.finditer(source, header.end(), scalar.end) if line.group()]
    first = next((line[1] for line in lines if line[1].strip(" ")), "")
    value = next((line for line in scalar.value.split("\n") if line.strip(" ")), "")
    indent = _indent(first) - _indent(value)
    before: str | None = None
    blanks = 0
    at = header.end()
    for line in lines:
        content = line[1][indent:]
        if not content:
            blanks += 1
            continue
        is_folded = scalar.style == ">" and before is not None and before[0] not in " \t" and content[0] not in " \t"
        if is_folded:
            yield "\n" * blanks or " ", at
        else:
            yield "\n" * (blanks + (before is not None)), at
        yield content, line.end(1) - len(content)
        before, blanks, at = content, 0, line.end(1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
