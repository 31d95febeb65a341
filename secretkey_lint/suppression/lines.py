"""Text and lines of a file, such that every byte of it can be found again."""

from __future__ import annotations

from secretkey_lint.model.source import Position, Span
from secretkey_lint.readers import reader_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.source import SourceFile

_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))


class Lines:
    """The lines of a text, from 1."""

    def __init__(self, text: str) -> None:
        self.starts = [0]
        at = 0
        while True:
            feed, carriage = text.find("\n", at), -1
            if "\r" in text[at : feed if feed >= 0 else None]:
                carriage = text.find("\r", at)
            if feed < 0 and carriage < 0:
                break
            at = feed + 1 if carriage < 0 or carriage + 1 == feed else carriage + 1
            self.starts.append(at)

    def number(self, offset: int) -> int:
        """Return the line that an offset is in."""
        from bisect import bisect_right  # what offers fixes does without

        return bisect_right(self.starts, offset)

    def position(self, offset: int) -> Position:
        """Return the position of an offset."""
        line = self.number(offset)
        return Position(line, offset - self.starts[line - 1] + 1)

    def span(self, path: str, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(path, self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """Return the offset of a position; of one beyond the text, the start of the last line."""
        line = min(position.line, len(self.starts))
        return self.starts[line - 1] + (position.column - 1 if line == position.line else 0)


def decoded(file: SourceFile) -> tuple[str, str, bytes]:
    """Return the text of a file, its encoding, and the byte order mark that stood before it.

    `mark + text.encode(encoding, "surrogateescape")` is the content again, whatever bytes it has.
    """
    content = file.content
    mark, encoding = next((each for each in _MARKS if content.startswith(each[0])), (b"", _declared(file) or "utf-8"))
    body = content[len(mark) :]
    try:
        text = body.decode(encoding, "surrogateescape")
        if text.encode(encoding, "surrogateescape") == body:
            return text, encoding, mark
    except (LookupError, ValueError):
        pass  # an encoding that does not exist, or one that is cut off
    return body.decode("utf-8", "surrogateescape"), "utf-8", mark


def _declared(file: SourceFile) -> str | None:
    if reader_for(file.project_path) != "python":
        return None
    from secretkey_lint.readers.python.encoding import cookie

    return cookie(file.content)
