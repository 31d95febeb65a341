"""What a fix is asked about: a finding, and the file that it is in."""

from __future__ import annotations

from secretkey_lint.model.diagnostic import Edit
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import LineIndex
from secretkey_lint.suppression.lines import Lines, decoded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from secretkey_lint.fixing.tree import Tree
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.source import Position, SourceFile, Span
    from secretkey_lint.suppression.marked import Unused


class Draft:
    """A file that is to be mended; what fixes need of it is found once for all of its findings."""

    def __init__(self, file: SourceFile, memory: Mapping[str, object]) -> None:
        """Take a file, and what readers remember of the project that it is in."""
        self.file = file
        self.text, self._encoding, self._mark = decoded(file)
        self.lines = Lines(self.text)
        self._tree: Tree | None = None
        self._source = memory.get(file.project_path)

    @property
    def tree(self) -> Tree | None:
        """The file as a Python module, or None where it is none."""
        source, self._source = self._source, None
        if source is not None:  # it has been parsed, since something was found in it
            from secretkey_lint.fixing.tree import tree_of

            self._tree = tree_of(source, self.text)
        return self._tree

    def offsets(self, span: Span) -> tuple[int, int]:
        """Return where a span begins and ends in the text."""
        return self.lines.offset(span.start), self.lines.offset(span.end)

    def edit(self, start: int, end: int, text: str) -> Edit:
        """Return the edit that puts `text` between two offsets."""
        span = LineIndex(self.text).span(self.file.path, start, end)
        columns = None
        if self.file.is_utf_8():
            columns = self._byte_column(span.start, start), self._byte_column(span.end, end)
        return Edit(span, text, columns)

    def _byte_column(self, position: Position, offset: int) -> int:
        before = self.text[self.lines.starts[position.line - 1] : offset]
        return len(before.encode(self._encoding, "surrogateescape")) + 1

    def decoded(self, content: bytes) -> str:
        """Return the text of another version of the file."""
        return content.removeprefix(self._mark).decode(self._encoding, "surrogateescape")

    def line_end(self) -> str:
        """How lines end, in what is added."""
        at = self.lines.starts[1] if len(self.lines.starts) > 1 else 0
        return "\r\n" if self.text[at - 2 : at] == "\r\n" else "\r" if self.text[at - 1 : at] == "\r" else "\n"


class Finding(Record):
    """A finding that is to be mended: what was found, at `span`, in a file; `context` is where that holds.

    `unused` is the marker that it is about, if it is about one.
    """

    draft: Draft
    fact: Fact
    span: Span
    context: Context
    unused: Unused | None = None
