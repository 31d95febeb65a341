"""What is seen of a run that takes long: a line on the terminal, which is gone when the run ends."""

from __future__ import annotations

import _thread  # threading itself would cost short runs as much as all the rest
import sys

from secretkey_lint.progress import Progress
from secretkey_lint.reporters import Style, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

PATIENCE = 1.0
"""Seconds that nobody wonders about."""

INTERVAL = 0.1
"""Seconds between two looks at how far the run is."""

BEFORE = 12
"""Columns of what turns, and of the clock, before what is said."""


class Watch:
    """Shows on the error output how far a run is, from its second second on; what shows it is loaded then."""

    def __init__(self) -> None:
        self._progress = Progress()
        self._over, self._gone = _thread.allocate_lock(), _thread.allocate_lock()

    def __enter__(self) -> Progress:
        self._over.acquire()
        self._gone.acquire()
        _thread.start_new_thread(self._watch, ())
        return self._progress

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.release()
        self._gone.acquire()  # nothing else is written before the line is gone

    def _watch(self) -> None:
        try:
            if not self._over.acquire(timeout=PATIENCE):
                self._show()
        except Exception:  # noqa: S110 - the run itself is well, and its report is still to come
            pass
        finally:
            self._gone.release()

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Line
        from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.text import Text

        style = Style(sys.stderr)
        console = Console(
            file=sys.stderr, force_terminal=True, legacy_windows=False, width=style.width,
            color_system="standard" if style.colour else None,
        )  # fmt: skip
        spinner = SpinnerColumn("line" if style.ascii else "dots")
        columns = (spinner, TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
        line = Line(
            *columns, console=console, transient=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        )
        with line:
            task = line.add_task("")
            while not self._over.acquire(timeout=INTERVAL):
                said = Text(describe(self._progress).encode(style.encoding, "backslashreplace").decode(style.encoding))
                said.truncate(max(1, style.width - BEFORE), overflow="crop" if style.ascii else "ellipsis")
                line.update(task, description=said.plain, refresh=True)


def describe(progress: Progress) -> str:
    """Return how far a run is, on one line."""
    of = f" {progress.done} of {progress.total}" if progress.total else f": {progress.done}" if progress.done else ""
    return f"{progress.doing}{of}{': ' if progress.path else ''}{printable(progress.path)}"
