"""Parts of a file that are written in another language: a cell of a notebook, a fence of Markdown, a script in YAML.

A part is read by the reader of its language as if it were a file of its own, and what is found is moved to where it
stands in the file around it.
"""

from __future__ import annotations

from bisect import bisect_right

from secretkey_lint.model.binding import Binding, Exposure
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.source import LineIndex, SourceFile, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from secretkey_lint.model.binding import Fact, Part


def source_of(part: Part, file: SourceFile) -> SourceFile:
    """Return a part as a file beside the one that it is in, shown under that one's path."""
    folder = file.project_path.rpartition("/")[0]
    place = f"{folder}/{part.name}" if folder else part.name
    return SourceFile(file.path, part.text.encode("utf-8", "surrogatepass"), place)


class Mover:
    """Moves what was found in a part to where it stands in the file."""

    def __init__(self, part: Part, path: str, text: str) -> None:
        """Move from `part` to `text`, the file's that is shown as `path`."""
        self._part = part
        self._path = path
        self._index = LineIndex(text)
        self._starts = _line_starts(part.text)

    def moved(self, fact: Fact) -> Fact:
        """Return a fact of the part as one of the file."""
        found: Fact = self._moved(fact)
        if isinstance(found, Binding | Exposure) and self._part.guards:
            return replace(found, guards=found.guards | self._part.guards)  # type: ignore[no-any-return]
        return found

    def _moved(self, value: Any) -> Any:
        """Move all that is a span in a record, however deep."""
        match value:
            case Span(path=path, start=start, end=end):
                if path != self._path:
                    return value
                first = self._offset(start.line, start.column)
                last = self._offset(end.line, end.column)
                begin = self._in_file(first)
                stop = begin if last <= first else self._in_file(last - 1) + 1
                return self._index.span(path, begin, stop)
            case Record():
                return type(value)(*(self._moved(getattr(value, field)) for field in value._fields))
            case tuple():
                return tuple(map(self._moved, value))
            case _:
                return value

    def _offset(self, line: int, column: int) -> int:
        return min(self._starts[min(line, len(self._starts)) - 1] + column - 1, len(self._part.text))

    def _in_file(self, offset: int) -> int:
        runs = self._part.runs
        at, place = runs[max(bisect_right(runs, offset, key=lambda run: run[0]) - 1, 0)]
        return place + offset - at


def _line_starts(text: str) -> list[int]:
    """The offsets at which lines begin, as `LineIndex` counts them."""
    starts = [0]
    for at, character in enumerate(text):
        if character == "\n" or (character == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
    return starts
