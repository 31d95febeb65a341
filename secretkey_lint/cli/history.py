"""`secretkey-lint history`: which keys the history has, though the files of today do not."""

from __future__ import annotations

import os
import sys

from secretkey_lint import api
from secretkey_lint.baseline import HISTORY, Baseline, Entry, read, relative
from secretkey_lint.baselines import Baselines
from secretkey_lint.cli import CLEAN, FAILED, FINDINGS, complain
from secretkey_lint.cli.check import write
from secretkey_lint.cli.pushing import pushed
from secretkey_lint.cli.replacing import replace
from secretkey_lint.config import Configurations
from secretkey_lint.errors import ConfigError
from secretkey_lint.history import formats
from secretkey_lint.model.diagnostic import at_least
from secretkey_lint.reporters import Style, printable
from secretkey_lint.trees.worktree import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from secretkey_lint.model.history import HistoryReport


def history(arguments: argparse.Namespace) -> int:
    """Look at the history that was asked for and return the exit status."""
    for name in ("config", "baseline"):
        if getattr(arguments, name) == "":
            raise ConfigError(f"--{name} needs the path of a file")
    given = {
        "fail-on": arguments.fail_on or "",
        "min-severity": arguments.min_severity or "",
        "baseline": arguments.baseline or "",
        "no-baseline": "yes" if arguments.no_baseline else "",
    }
    if given["baseline"] and given["no-baseline"]:
        raise ConfigError("--baseline and --no-baseline contradict each other")
    revisions = arguments.revisions
    if arguments.all or arguments.pre_push:
        is_told = arguments.pre_push and len(revisions) == 2  # what git gives its hook: a remote and its URL
        if (revisions and not is_told) or (arguments.all and arguments.pre_push):
            raise ConfigError("revisions, --all and --pre-push exclude each other")
        revisions = ["--all", "HEAD"] if arguments.all else pushed(revisions, os.environ, sys.stdin)
    configurations = Configurations(given, arguments.config or "")
    if arguments.accept:
        return _accept(revisions, configurations)
    report = api.check_history(revisions, configurations=configurations)
    write(formats.load(arguments.output_format)(report, Style(sys.stdout, quiet=arguments.quiet)))
    for failure in report.failures:
        complain(failure)
    if report.failures:
        return FAILED
    return FINDINGS if _fails(report, configurations) else CLEAN


def _accept(revisions: list[str] | None, configurations: Configurations) -> int:
    """Write what is reported into the baseline: keys that are dead, and may stay where they are, in the past."""
    file = configurations.baseline_of(os.getcwd())
    if not file:
        raise ConfigError("--accept writes the baseline, and there is to be none")
    before = read(shown(file)) if os.path.lexists(file) else Baseline(os.path.dirname(file))
    report = api.check_history(
        revisions, configurations=configurations, baselines=Baselines(configurations, {file: before})
    )
    for failure in report.failures:
        complain(failure)
    if report.failures:
        complain("nothing was written")
        return FAILED
    accepted = [
        Entry(HISTORY, leak.places[0].subject, relative(os.path.abspath(leak.places[0].path), before.folder), digest)
        for leak in report.leaks
        if not leak.tips and (digest := leak.places[0].digest)
    ]
    left = sum(bool(leak.tips) for leak in report.leaks)
    after = Baseline(before.folder, [*before.entries, *accepted], before.salt)
    if accepted:
        replace(os.path.realpath(file), after.render().encode())
    said = f"{printable(shown(file))}: {len(after.entries) - len(before.entries)} added"
    write(f"{said}, {left} still in files and left out\n" if left else f"{said}\n")
    return CLEAN


def _fails(report: HistoryReport, configurations: Configurations) -> bool:
    return any(
        at_least(place.severity, configurations.of(place.path).fails_on())
        for leak in report.leaks
        for place in leak.places
    )
