"""`secretkey-lint baseline audit`: each entry with where it is now, and why it may stay; nothing of a key."""

from __future__ import annotations

import os

from secretkey_lint import __version__, rules
from secretkey_lint.baseline import HISTORY
from secretkey_lint.reporters import printable
from secretkey_lint.suppression.reasons import masked
from secretkey_lint.trees.worktree import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.baseline import Entry
    from secretkey_lint.cli.baseline import Examination


_IN_HISTORY = {HISTORY: "key-in-history"}


def audit(examination: Examination, output_format: str) -> str:
    """Return the list of entries as `text` or `json`, in the order of the baseline."""
    listed = [_listed(examination, entry) for entry in examination.baseline.entries]
    file = shown(examination.file)
    if output_format == "json":
        import json

        tool = {"name": "secretkey-lint", "version": __version__}
        return json.dumps({"version": 1, "tool": tool, "baseline": file, "entries": listed}, indent=2) + "\n"
    stale = sum(each["state"] == "stale" for each in listed)
    unexplained = sum(not each["reason"] for each in listed)
    counts = f"{len(listed)} in {printable(file)}, {stale} stale, {unexplained} without a reason"
    return "".join(f"{line}\n" for each in listed for line in _lines(each)) + f"{counts}.\n"


def _listed(examination: Examination, entry: Entry) -> dict[str, object]:
    """An entry for programs. `places` are where it is found now: several where a value stands there twice."""
    found = examination.baseline.met.get(entry, [])
    first = found[0] if found else None
    absolute = os.path.join(examination.baseline.folder, entry.path)
    return {
        "code": entry.code,
        "name": next((rule.name for rule in rules.load() if rule.code == entry.code), _IN_HISTORY.get(entry.code)),
        "subject": entry.subject,
        "path": shown(absolute),
        "state": "found" if found else "stale" if examination.is_stale(entry) else "not looked at",
        "severity": first.severity if first is not None else None,
        "context": first.context if first is not None else None,
        "places": [{"path": each.span.path, "line": each.span.start.line} for each in found],
        "reason": masked(entry.reason, ()) or None,
    }


def _lines(listed: dict[str, object]) -> list[str]:
    """An entry for people, a line for each of its places."""
    rule = f"{listed['code']} {listed['name']}" if listed["name"] else f"{listed['code']}, which is no rule"
    subject = f"{listed['subject']}: " if listed["subject"] else ""
    reason = printable(f"{subject}{listed['reason'] or 'no reason given'}")
    places = listed["places"]
    if not isinstance(places, list) or not places:
        return [f"{printable(str(listed['path']))}: {listed['state']}: {rule}: {reason}"]
    loudness = f"{listed['severity']} ({listed['context']})"
    return [f"{printable(each['path'])}:{each['line']}: {loudness}: {rule}: {reason}" for each in places]
