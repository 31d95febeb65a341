"""Parts of a file that are written in another language: a cell of a notebook, a fence of Markdown, a script in YAML.

A part is read by the reader of its language as if it were a file of its own, and what is found is moved to where it
stands in the file around it.
"""

from __future__ import annotations

from secretkey_lint.model.binding import Binding, Exposure
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.source import SourceFile, Span, placed, run_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from secretkey_lint.model.binding import Fact, Part
    from secretkey_lint.model.source import LineIndex


def source_of(part: Part, file: SourceFile) -> SourceFile:
    """Return a part as a file beside the one that it is in, shown under that one's path."""
    folder = file.project_path.rpartition("/")[0]
    place = f"{folder}/{part.name}" if folder else part.name
    return SourceFile(file.path, part.text.encode("utf-8", "surrogatepass"), place)


class Mover:
    """Moves what was found in a part to where it stands in the file."""

    def __init__(self, part: Part, path: str, index: LineIndex) -> None:
        """Move from `part` to the text that `index` is of, the file's that is shown as `path`."""
        self._part = part
        self._path = path
        self._index = index
        self._starts = _line_starts(part.text)

    def moved(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """Yield facts of the part as facts of the file."""
        part = self._part
        for fact in facts:
            found: Fact = self._moved(fact)
            if isinstance(found, Binding | Exposure):
                place = fact.value.span if isinstance(fact, Binding) else fact.span
                within = f"{part.label}, line {place.start.line}" if part.label else found.within
                yield replace(found, guards=found.guards | part.guards, within=within)
            elif not part.is_excerpt:
                yield found

    def _moved(self, value: Any) -> Any:
        """Move all that is a span in a record, however deep."""
        match value:
            case Span(path=path, start=start, end=end):
                if path != self._path:
                    return value
                first = self._offset(start.line, start.column)
                last = self._offset(end.line, end.column)
                begin = self._in_file(first)
                stop = begin if last <= first else self._behind(last - 1)
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
        return placed(self._part.runs, offset)

    def _behind(self, offset: int) -> int:
        """Where in the file the character ends that is at `offset`: one that is a run of its own may be written as many."""
        number = run_of(self._part.runs, offset)
        runs = self._part.runs
        is_alone = runs[number][0] == offset and number + 1 < len(runs) and runs[number + 1][0] == offset + 1
        if is_alone and self._part.text[offset] not in "\r\n":
            return runs[number + 1][1]
        return self._in_file(offset) + 1


def _line_starts(text: str) -> list[int]:
    """The offsets at which lines begin, as `LineIndex` counts them."""
    starts = [0]
    for at, character in enumerate(text):
        if character == "\n" or (character == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
    return starts
