"""`secretkey-lint baseline create|update|audit|prune`: what writes the baseline, which `check` only reads."""

from __future__ import annotations

import os

from secretkey_lint import api
from secretkey_lint.baseline import Baseline, read
from secretkey_lint.baselines import Baselines
from secretkey_lint.cli import CLEAN, FAILED, complain
from secretkey_lint.cli.check import write
from secretkey_lint.config import Configurations
from secretkey_lint.detect_secrets import Accepted, Importing
from secretkey_lint.errors import ConfigError
from secretkey_lint.reporters import printable
from secretkey_lint.trees import git, worktree
from secretkey_lint.trees.worktree import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from secretkey_lint.baseline import Entry
    from secretkey_lint.model.diagnostic import Diagnostic


def baseline(arguments: argparse.Namespace) -> int:
    """Run the command that was asked for and return the exit status: 2 where something could not be checked."""
    for name in ("file", "config", "import_from"):
        if getattr(arguments, name, None) == "":
            raise ConfigError(f"--{name.removesuffix('_from')} needs the path of a file")
    given = {"baseline": arguments.file or "", "min-severity": getattr(arguments, "min_severity", None) or ""}
    configurations = Configurations(given, arguments.config or "")
    file = configurations.baseline_of(os.getcwd())
    if arguments.action == "create":
        if os.path.lexists(file):
            raise ConfigError(f"{shown(file)} exists; `secretkey-lint baseline update` adds what is new to it")
        before = Baseline(os.path.dirname(file))
    elif not os.path.lexists(file):
        raise ConfigError(f"there is no baseline {shown(file)}; `secretkey-lint baseline create` makes it")
    else:
        before = read(shown(file))
    accepted = Accepted(arguments.import_from) if getattr(arguments, "import_from", None) else None
    if accepted is not None:
        before = Importing(before.folder, before.entries, before.salt)
    examination = Examination(configurations, before, file)
    if examination.failures:
        for failure in examination.failures:
            complain(failure)
        complain("nothing was written" if arguments.action != "audit" else "what is listed may be incomplete")
        if arguments.action != "audit":
            return FAILED
    if arguments.action == "audit":
        from secretkey_lint.cli.audit import audit

        write(audit(examination, arguments.output_format))
        return FAILED if examination.failures else CLEAN
    after = _changed(arguments.action, examination, accepted)
    changed = arguments.action == "create" or after.entries != before.entries
    if changed:
        _replace(file, after.render())
    write("".join(f"{line}\n" for line in _said(arguments.action, examination, after, is_import=accepted is not None)))
    return CLEAN


MAX_OTHERS = 5
"""Other baselines that are named."""


class Examination:
    """A run over the whole repository, and what it says of one baseline."""

    def __init__(self, configurations: Configurations, baseline: Baseline, file: str) -> None:
        """Check with the baseline that is, or is to be, at the absolute path `file`."""
        self.file = file
        self.baseline = baseline
        self._configurations = configurations
        self._baselines = Baselines(configurations, {file: baseline})
        folder = os.path.relpath(worktree.root_of(os.getcwd()) or os.curdir)
        files = worktree.read([folder], configurations.prepare)
        report = api.check_files(files, configurations=configurations, baselines=self._baselines, fixes=False)
        self.failures = report.failures
        self.new: list[Diagnostic] = [each for each in report.diagnostics if self._place(each) == file]
        """What is reported, and not in the baseline though it would be."""
        self.others = sorted({shown(self._place(each)) for each in report.diagnostics} - {shown(file)})
        """The other baselines that count for what is reported."""

    def is_stale(self, entry: Entry) -> bool:
        """Whether an entry is known to be of no use."""
        return self._baselines.is_stale(self.baseline, entry)

    def _place(self, diagnostic: Diagnostic) -> str:
        return self._configurations.baseline_of(os.path.abspath(os.path.dirname(diagnostic.span.path)))


def _changed(action: str, examination: Examination, accepted: Accepted | None) -> Baseline:
    """The baseline that is to be written."""
    before = examination.baseline
    if action == "prune":
        return before.without(filter(examination.is_stale, before.entries))
    met = [each for found in before.met.values() for each in found]
    if accepted is not None and isinstance(before, Importing):
        return before.imported([*met, *examination.new], accepted)
    return before.updated([*met, *examination.new])


def _said(action: str, examination: Examination, after: Baseline, *, is_import: bool) -> list[str]:
    """What to tell of what was done, and what to do next."""
    before, file = examination.baseline, printable(shown(examination.file))
    lines = [f"{file}: {_entries(len(after.entries))}"]
    if action != "create":
        changes = _changes(before, after)
        lines[0] += f", {changes}" if changes else ", unchanged"
    stale = sum(map(examination.is_stale, set(before.entries) & set(after.entries))) if action == "update" else 0
    if stale:
        lines.append(f"{_entries(stale)} stale: `secretkey-lint baseline prune` drops what is found no more.")
    left = sum(after.accepting(each) is None for each in examination.new) if is_import else 0
    if left:
        lines.append(f"{left} of what is reported is not in it: `secretkey-lint baseline update` adds that.")
    if examination.others:
        others = ", ".join(map(printable, examination.others[:MAX_OTHERS]))
        further = f" and {len(examination.others) - MAX_OTHERS} more" if examination.others[MAX_OTHERS:] else ""
        lines.append(f"For a part of what is reported other baselines count: {others}{further}.")
    if action == "create":
        lines.append("Commit it. What may stay, and until when, may be written behind an entry: # reason")
        if not _is_merged_by_union(examination.file):
            name = printable(os.path.basename(examination.file))
            lines.append(f"So that git merges what two branches add, put into .gitattributes: {name} merge=union")
    return lines


def _changes(before: Baseline, after: Baseline) -> str:
    """What differs between two baselines: "2 added, 1 moved", or nothing."""
    added, dropped = set(after.entries) - set(before.entries), set(before.entries) - set(after.entries)
    values = {(each.code, each.subject, each.digest) for each in added}
    moved = sum((each.code, each.subject, each.digest) in values for each in dropped)
    counts = (len(added) - moved, "added"), (moved, "moved"), (len(dropped) - moved, "dropped")
    return ", ".join(f"{number} {what}" for number, what in counts if number)


def _is_merged_by_union(file: str) -> bool:
    """Whether git is told to keep the lines of both sides where two branches change the same place."""
    status, output, _ = git.Process(["check-attr", "-z", "merge", "--", file], os.path.dirname(file)).result()
    return status != 0 or output.split(b"\0")[2:3] == [b"union"]


def _replace(file: str, text: str) -> None:
    """Write a file so that it is there as a whole or not at all."""
    from secretkey_lint.cli.replacing import replace

    try:
        replace(os.path.realpath(file), text.encode())  # where it is a link, that stays
    except OSError as error:
        said = (error.strerror or "unknown cause").lower()
        raise ConfigError(f"{shown(file)} cannot be written: {said}") from None


def _entries(number: int) -> str:
    return f"{number} {'entry' if number == 1 else 'entries'}"
