"""How traces are written: every module here is an output format, `render(report, style) -> str`; `terminal` draws text."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from secretkey_lint.model.source import Span
    from secretkey_lint.model.trace import Judgement, TraceReport
    from secretkey_lint.reporters import Style

    Format = Callable[[TraceReport, Style], str]


def load(name: str) -> Format:
    """Import an output format and return its `render`."""
    render: Format = __import__(f"{__name__}.{name}", fromlist=["render"]).render
    return render


def place(span: Span, *, column: bool = True) -> str:
    """Return where a span begins, in the form that editors and terminals understand."""
    at = f"{span.path}:{span.start.line}"
    return f"{at}:{span.start.column}" if column else at


def verdict(judgement: Judgement) -> str:
    """Return a judgement in a word or three: `error SKL003 unsafe-default`, `safe`, `unknown`."""
    if judgement.state == "reported":
        return f"{judgement.severity} {judgement.code} {judgement.rule}"
    return "not reported" if judgement.state == "allowed" else judgement.state
