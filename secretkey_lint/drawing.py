"""What is drawn at a terminal consists of: text that it does not obey, in lines of its width, with looks and links.

Whatever names files, and whatever stands in them, is made printable before it is measured or drawn: nothing of it is
obeyed by the terminal, and nothing moves what stands beside it.
"""

from __future__ import annotations

import io
import os
from pathlib import PurePath

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style as Look

from secretkey_lint.reporters import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text

    from secretkey_lint.reporters import Style

MIN_WIDTH, MAX_WIDTH = 40, 120
"""Columns that are drawn for whatever the terminal has: fewer leave no room for code, more are tiring to read."""

LOOKS = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
"""How severities look."""


class Canvas:
    """Draws for what a style says of a terminal; `width` is in columns."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.width = max(MIN_WIDTH, min(style.width, MAX_WIDTH))
        self._console = Console(
            file=io.StringIO(), width=self.width, color_system="standard" if style.colour else None,
            force_terminal=style.colour, legacy_windows=False, _environ={},
        )  # fmt: skip

    def drawn(self, lines: Iterable[Text]) -> str:
        """Return lines as they are written; what is wider, a path, is left to the terminal, and can be copied."""
        with self._console.capture() as captured:
            self._console.print(*lines, sep="\n", soft_wrap=True, markup=False, highlight=False, emoji=False)
        return captured.get()

    def safe(self, text: str) -> str:
        """Return text that is drawn as it is measured, and that can be written in the encoding of the stream."""
        encoding = self.style.encoding
        shown = printable(text).replace("•", "*") if self.style.ascii else printable(text)
        return shown.encode(encoding, "backslashreplace").decode(encoding)

    def broken(self, text: Text, room: int, *, whole_words: bool = False) -> list[Text]:
        """Return text in lines of `room` columns; `whole_words` widens them to the longest word, which may be a path."""
        if whole_words:
            room = max(room, *map(cell_len, text.plain.split()), 1)
        lines = text.wrap(self._console, room, overflow="fold")
        for line in lines:
            line.rstrip()
        return list(lines)

    def page(self, text: Text, url: str) -> Text:
        """Return text that leads to a page."""
        if self.style.links:
            text.stylize(Look(link=self.safe(url)))
        return text

    def file(self, text: Text, path: str, line: int = 0) -> Text:
        """Return text that leads to a file, unless the terminal finds by itself what looks like one, and where in it."""
        if self.style.links and not _finds_paths():
            text.stylize(Look(link=file_url(path, line)))
        return text


def _finds_paths() -> bool:
    """Whether this is the terminal of an editor, which opens `path:line:column` better than a link."""
    return os.environ.get("TERM_PROGRAM") == "vscode" or os.environ.get("TERMINAL_EMULATOR", "").startswith("JetBrains")


def file_url(path: str, line: int = 0) -> str:
    """Return the address of a file, with its host: over SSH it is not on the machine that the terminal is on."""
    uri = PurePath(os.path.abspath(path)).as_uri()
    host = os.uname().nodename if hasattr(os, "uname") else ""
    if os.environ.get("WSL_DISTRO_NAME"):
        host = f"wsl$/{os.environ['WSL_DISTRO_NAME']}"
    place = f"#{line}" if line and os.environ.get("TERM") == "xterm-kitty" else ""
    return uri.replace("file://", f"file://{host}", 1) + place
