"""The output formats of `history`: every module here is one, `render(report, style) -> str`. None can see a value."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from secretkey_lint.model.history import HistoryReport
    from secretkey_lint.reporters import Style

    Format = Callable[[HistoryReport, Style], str]

FORMATS = ("text", "json")


def load(name: str) -> Format:
    """Import an output format and return its `render`."""
    render: Format = __import__(f"{__name__}.{name}", fromlist=["render"]).render
    return render
