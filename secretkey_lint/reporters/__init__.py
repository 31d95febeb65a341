"""Reporters: every module here but this one is an output format, `render(report, style) -> str`."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report

    Reporter = Callable[[Report, "Style"], str]


class Style:
    """What the place that is written to can show: colours, and characters beyond ASCII; `quiet` asks for findings only."""

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.colour = bool(stream is not None and stream.isatty() and _wants_colour())
        encoding = (stream.encoding if stream is not None else None) or "utf-8"
        self.ascii = not encoding.lower().startswith("utf")


def _wants_colour() -> bool:
    """https://no-color.org: set to anything but nothing, it says no."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def load(name: str) -> Reporter:
    """Import the reporter of an output format and return its `render`."""
    module = name.replace("-", "_")
    render: Reporter = __import__(f"{__name__}.{module}", fromlist=["render"]).render
    return render


def printable(text: str) -> str:
    """Return a path or message so that it stays on its line and says nothing to the terminal."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)


def summary(report: Report) -> str:
    """Return what was found, and in how much: a sentence, and another where the baseline has what is gone."""
    counts = [_count(report.count("error"), "error"), _count(report.count("warning"), "warning")]
    notes = report.count("note")
    if notes:
        counts.append(_count(notes, "note"))
    looked_at = f"{_count(report.files, 'file')} looked at, {report.analysed} analysed"
    for number, what in (
        (report.excluded, "excluded"),
        (report.suppressed, "suppressed"),
        (report.baselined, "in the baseline"),
    ):
        looked_at += f", {number} {what}" if number else ""
    said = ", ".join(counts) if report.diagnostics else "Nothing to report"
    stale = ""
    if report.stale:
        are = "entry of the baseline is" if report.stale == 1 else "entries of the baseline are"
        stale = f"\n{report.stale} {are} stale; `secretkey-lint baseline audit` lists what is, `prune` drops it."
    return f"{said}: {looked_at}.{_mendable(report)}{stale}"


def _mendable(report: Report) -> str:
    """How many findings have a fix, and which options apply them; nothing where none has."""
    fixes = [each.fix for each in report.diagnostics if each.fix is not None]
    if not fixes:
        return ""
    option = "--fix" if all(each.applicability == "safe" for each in fixes) else "--fix --unsafe-fixes"
    return f"\n{len(fixes)} can be mended with {option}; --diff in the place of --fix shows how."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def path_from(variable: str, path: str) -> str:
    """Return a path as seen from the folder that an environment variable names, if it does, and the path is in there.

    CI services know files by their paths in the repository, wherever in it they are told of them.
    """
    root = os.environ.get(variable)
    if not root:
        return path
    folder, name = os.path.split(os.path.abspath(path))
    above, absolute = os.path.join(os.path.realpath(root), ""), os.path.join(os.path.realpath(folder), name)
    return absolute.removeprefix(above).replace(os.sep, "/") if absolute.startswith(above) else path


def way_of(diagnostic: Diagnostic) -> list[str]:
    """Return the steps from the value to the key, a line of text each."""
    return [
        printable(f"{step.span.path}:{step.span.start.line}:{step.span.start.column}: {step.message}")
        for step in diagnostic.related
    ]
