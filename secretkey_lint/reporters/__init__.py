"""Reporters: every module here is an output format, `render(report, style) -> str`; `terminal` is how text is drawn."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report

    Reporter = Callable[[Report, "Style"], str]


COLOURS = ("auto", "always", "never")
"""What may be asked for: colour where it is looked at, wherever it goes, or nowhere."""

WITHOUT_FIXES = frozenset({"concise", "github", "gitlab", "gitlab-secret-detection", "junit"})
"""The formats that do not tell how a finding is mended, nor how many can be."""

WIDTH = 80
"""Columns of what does not say how many it has, as the pseudo-terminals do not that hooks are run in."""


class Style:
    """What the place that is written to can show, a terminal or something else; `quiet` asks for findings only.

    `drawn` says that findings may be drawn for somebody who looks at them, `colour` that escape sequences are obeyed,
    `links` that those of links are, too. `ascii` says that nothing beyond ASCII can be counted on, `encoding` what can be
    written at all. `width` is in columns; `on_terminal` says whether lines are cut there.
    """

    def __init__(self, stream: TextIO | None = None, *, quiet: bool = False, colour: str = "auto") -> None:
        self.quiet = quiet
        self.on_terminal = stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
        self.colour = stream is not None and _wants_colour(colour, self.on_terminal)
        self.drawn = self.on_terminal or self.colour
        self.links = self.colour and _wants_links(self.on_terminal)
        self.encoding = (stream.encoding if stream is not None else None) or "utf-8"
        self.ascii = not self.encoding.lower().startswith("utf")
        self.width = _width(stream) if stream is not None and self.drawn else WIDTH


def _wants_colour(asked: str, on_terminal: bool) -> bool:
    """https://no-color.org, https://force-color.org and https://bixense.com/clicolors, in this order."""
    if asked != "auto":
        return asked == "always"
    said = os.environ.get
    if said("NO_COLOR"):
        return False
    if said("FORCE_COLOR", "") not in ("", "0", "false") or said("CLICOLOR_FORCE", "") not in ("", "0"):
        return True
    return on_terminal and said("CLICOLOR") != "0" and (os.name != "nt" or _obeys_escapes_on_windows())


def _obeys_escapes_on_windows() -> bool:
    """Whether the console is no old one; Python 3.13 and newer can ask it."""
    if any(map(os.environ.get, ("WT_SESSION", "ANSICON", "ConEmuANSI", "TERM_PROGRAM", "TERM"))):
        return True
    asked = getattr(__import__("nt"), "_supports_virtual_terminal", None)
    return bool(asked is not None and asked())


def _wants_links(on_terminal: bool) -> bool:
    """Terminals pass over links that they do not know; logs of CI services and the Linux console show them raw."""
    forced = os.environ.get("FORCE_HYPERLINK", "")
    if forced:
        return forced not in ("0", "false")
    return on_terminal and os.environ.get("TERM") != "linux" and not os.environ.get("CI")


def _width(stream: TextIO) -> int:
    """The columns that the user, or the terminal, says it has."""
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdigit() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(stream.fileno()).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


def is_watched(stream: TextIO | None) -> bool:
    """Whether somebody sees what is written to `stream` while it is written.

    Nobody does in CI and in a hook, whose output is kept until it has ended, though some give it a terminal: one without
    a width.
    """
    if stream is None or not stream.isatty() or os.environ.get("TERM") == "dumb":
        return False
    if os.environ.get("CI") or os.environ.get("PRE_COMMIT"):
        return False
    try:
        return os.get_terminal_size(stream.fileno()).columns > 0
    except (OSError, ValueError):
        return False


def tells_of_fixes(output_format: str, *, quiet: bool) -> bool:
    """Whether a report in a format says what can be mended, which costs to find out; text does so in its summary."""
    return output_format not in WITHOUT_FIXES and not (quiet and output_format == "text")


def choose(output_format: str, report: Report, style: Style) -> str:
    """Return the name of the reporter for an output format: on a terminal, text with findings in it is drawn."""
    return "terminal" if output_format == "text" and style.drawn and report.diagnostics else output_format


def load(name: str) -> Reporter:
    """Import a reporter and return its `render`."""
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
