"""Places as the protocol has them: URIs, lines from 0, and columns in the units that the client counts in."""

from __future__ import annotations

import os

from lsprotocol import types
from pygls import uris

from secretkey_lint.errors import ReadError
from secretkey_lint.model.source import SourceFile
from secretkey_lint.suppression.lines import Lines, decoded
from secretkey_lint.trees.worktree import content

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from pygls.workspace import PositionCodec

    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.source import Position, Span

SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "note": types.DiagnosticSeverity.Information,
}

WITHOUT_EFFECT = frozenset({"SKL901"})
"""What is said of things that might as well not be there: editors fade them."""


class Text:
    """A text by its lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)

    def before(self, position: Position) -> str:
        """Return what stands in a line before a position, which may lie beyond the text."""
        if position.line > len(self._lines.starts):
            return ""
        start = self._lines.starts[position.line - 1]
        end = self._lines.starts[position.line] if position.line < len(self._lines.starts) else len(self._text)
        return self._text[start : min(start + position.column - 1, end)]

    def position(self, offset: int) -> Position:
        """Return the position of an offset."""
        return self._lines.position(offset)


class Places:
    """Turns places into the protocol's; a file is read once, an open one as the editor has it."""

    def __init__(
        self, folder: str, open_texts: Mapping[str, str], uris_by_path: Mapping[str, str], codec: PositionCodec
    ):
        """Take paths that are relative for relative to `folder`; open files are called as the client calls them."""
        self._folder = folder
        self._open = open_texts
        self._uris = uris_by_path
        self._codec = codec
        self._texts: dict[str, Text] = {}

    def path(self, shown: str) -> str:
        """Return the absolute path of a file, by the path that people are shown."""
        return os.path.normpath(os.path.join(self._folder, shown))

    def uri(self, path: str) -> str:
        """Return the URI of a file at an absolute path."""
        return self._uris.get(path) or uris.from_fs_path(path) or ""

    def text(self, path: str) -> Text:
        """Return the text of a file at an absolute path; nothing where it can't be read any more."""
        if path not in self._texts:
            text = self._open.get(path)
            if text is None:
                try:
                    text = decoded(SourceFile(path, content(path, named=True) or b"", path))[0]
                except ReadError:
                    text = ""
            self._texts[path] = Text(text)
        return self._texts[path]

    def position(self, path: str, position: Position) -> types.Position:
        """Return a position in a file."""
        before = self.text(path).before(position)
        return types.Position(position.line - 1, self._codec.client_num_units(before))

    def range(self, span: Span) -> types.Range:
        """Return a stretch of a file."""
        path = self.path(span.path)
        return types.Range(self.position(path, span.start), self.position(path, span.end))

    def diagnostic(self, diagnostic: Diagnostic) -> types.Diagnostic:
        """Return a diagnostic, with the way of the value as related information."""
        return types.Diagnostic(
            range=self.range(diagnostic.span),
            message=diagnostic.message,
            severity=SEVERITIES[diagnostic.severity],
            code=diagnostic.code,
            code_description=types.CodeDescription(diagnostic.url),
            source="secretkey-lint",
            tags=[types.DiagnosticTag.Unnecessary] if diagnostic.code in WITHOUT_EFFECT else None,
            related_information=[
                types.DiagnosticRelatedInformation(
                    types.Location(self.uri(self.path(step.span.path)), self.range(step.span)), step.message
                )
                for step in diagnostic.related
            ],
        )


def touch(one: types.Range, other: types.Range) -> bool:
    """Whether two stretches have a place in common, their ends included."""
    return not (_key(one.end) < _key(other.start) or _key(other.end) < _key(one.start))


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
