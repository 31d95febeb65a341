"""Reads shell scripts of any kind: what they export, and what they write into files."""

from __future__ import annotations

from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers.commands import Script
from secretkey_lint.readers.entries import Document
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.binding import Fact, Part
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact | Part]:
    """Return the bindings of the key in a script, and the texts that it writes into files."""
    text = file.text()
    script = Script(Document(text, LineIndex(text), file.path, surroundings))
    return list(script.facts(0, len(text)))
