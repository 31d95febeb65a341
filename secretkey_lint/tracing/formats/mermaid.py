"""A Mermaid flowchart, for pull requests and documents: between ```` ```mermaid ```` and ```` ``` ```` GitHub draws it."""

from __future__ import annotations

from secretkey_lint.reporters import printable
from secretkey_lint.tracing.formats import place, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.trace import Possibility, Trace, TraceReport
    from secretkey_lint.reporters import Style

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-./:,()")
"""Characters that mean nothing to Mermaid, to HTML or to Markdown inside of a quoted label."""

_CLASSES = {
    "error": "fill:#fdd,stroke:#c00,color:#600",
    "warning": "fill:#fec,stroke:#c80,color:#630",
    "note": "fill:#def,stroke:#48c,color:#036",
    "safe": "fill:#dfd,stroke:#080,color:#040",
    "unknown": "fill:#eee,stroke:#888,color:#333",
}


def render(report: TraceReport, _style: Style) -> str:
    """Return one flowchart with a frame for each trace."""
    lines = ["flowchart LR"]
    for number, trace in enumerate(report.traces):
        lines += _trace(trace, f"t{number}")
    lines += [f"    classDef {name} {look}" for name, look in _CLASSES.items()]
    return "\n".join(lines) + "\n"


def label(*parts: str) -> str:
    """Return a quoted label, a line for each part, that no text can break out of."""
    return '"' + "<br>".join("".join(map(_escaped, printable(part))) for part in parts) + '"'


def _escaped(character: str) -> str:
    return character if character in _PLAIN else f"#{ord(character)};"


def _trace(trace: Trace, frame: str) -> Iterator[str]:
    yield f"    subgraph {frame}[{label(f'{trace.module} ({trace.context})')}]"
    if trace.problem:
        yield f"        {frame}p[{label(trace.problem)}]:::unknown"
    for number, possibility in enumerate(trace.possibilities):
        yield from _possibility(possibility, f"{frame}v{number}")
    yield "    end"
    for number, start in enumerate(trace.starts):
        name = f"{frame}s{number}"
        yield f"    {name}([{label(place(start.span, column=False))}]) -->|{label(start.role)}| {frame}"


def _possibility(possibility: Possibility, name: str) -> Iterator[str]:
    """The way of one value: its places, the setting that it reaches, and the verdict."""
    judgement = possibility.judgement
    before = ""
    for number, step in enumerate(possibility.steps):
        node = f"{name}n{number}"
        text = [step.message, place(step.span)]
        if not number:
            text.insert(0, possibility.value)
        yield f"        {before}{node}[{label(*text)}]"
        before = f"{node} --> "
    setting = label(possibility.setting, *([] if possibility.steps else [possibility.value]))
    yield f"        {before}{name}k{{{{{setting}}}}}"
    link = f"-->|{label(' and '.join(possibility.conditions))}|" if possibility.conditions else "-->"
    look = judgement.severity or ("safe" if judgement.state in ("safe", "allowed") else "unknown")
    yield f"        {name}k {link} {name}j([{label(verdict(judgement), judgement.reason)}]):::{look}"
