"""Where things stand: files, positions, spans and the steps between them."""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from secretkey_lint.model.diagnostic import Frame


class SourceFile(Record):
    """One file as it was read.

    `path` is relative to the working directory, with `/`, and is what people are shown; `project_path`
    is relative to the root of the repository (or of the folder that was asked for) and is what the context
    is judged by. `tracked` is False for a file that git neither tracks nor ignores: the next `git add .` takes it.
    """

    path: str
    content: bytes
    project_path: str
    tracked: bool = True

    def text(self) -> str:
        """Return the content as text whose encoding nothing declares, without a byte order mark.

        Wrong bytes become U+FFFD, so that what stands beside them can be read.
        """
        if self.content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return self.content.decode("utf-16", "replace")
        return self.content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")

    def is_utf_8(self) -> bool:
        """Whether the content is UTF-8, so that what counts bytes and what counts characters mean the same places."""
        try:
            self.content.decode("utf-8")
        except ValueError:
            return False
        return True

    def __repr__(self) -> str:
        return f"SourceFile({self.path!r}, <{len(self.content)} bytes>)"


class Searched(Record):
    """A file that was searched where it lies, and that has none of the words that a file with a key has."""

    path: str
    project_path: str


class Position(Record):
    """A place in a text: line and column, both from 1, the column in Unicode code points."""

    line: int
    column: int


class Span(Record):
    """A stretch of the file at `path`, from `start` up to, not including, `end`."""

    path: str
    start: Position
    end: Position


class Step(Record):
    """One step of the way that a value takes to the key; `message` holds nothing of the value, nor does `frame`."""

    span: Span
    message: str
    frame: Frame | None = None


def run_of(runs: Sequence[tuple[int, int]], offset: int) -> int:
    """Return the number of the run that an offset into a text is in; `runs` are those of a `Part`."""
    from bisect import bisect_right

    return max(bisect_right(runs, offset, key=lambda run: run[0]) - 1, 0)


def placed(runs: Sequence[tuple[int, int]], offset: int) -> int:
    """Return where what is at an offset into a text stands in the text that its runs lead to."""
    at, place = runs[run_of(runs, offset)]
    return place + offset - at


class LineIndex:
    """Turns offsets into a text, in code points, into positions; knows LF, CRLF and CR."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line = 1
        self._start = 0
        self._counted = 0

    def position(self, offset: int) -> Position:
        """Return the position of `offset`; offsets asked for in rising order cost one pass over the text."""
        if offset < self._start:
            self._line, self._start, self._counted = 1, 0, 0
        text, at = self._text, self._counted
        if "\r" in text[at:offset]:
            while at < offset:
                if text[at] == "\n" or (text[at] == "\r" and text[at + 1 : at + 2] != "\n"):
                    self._line += 1
                    self._start = at + 1
                at += 1
        else:
            newlines = text.count("\n", at, offset)
            if newlines:
                self._line += newlines
                self._start = text.rindex("\n", at, offset) + 1
        self._counted = max(self._counted, offset)
        return Position(self._line, offset - self._start + 1)

    def span(self, path: str, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(path, self.position(start), self.position(end))
