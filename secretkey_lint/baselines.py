"""Which baseline counts for a file: the one that is named, on the command line or by its project, or the repository's.

Each is read once, and only for a finding, or to say what of it is stale.
"""

from __future__ import annotations

import os

from secretkey_lint.errors import ConfigError
from secretkey_lint.model.record import replace
from secretkey_lint.model.report import Suppressed
from secretkey_lint.trees.worktree import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from secretkey_lint.baseline import Baseline, Entry
    from secretkey_lint.config import Configurations
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.source import Span


class Baselines:
    """The baselines of a run, by their absolute paths."""

    def __init__(self, configurations: Configurations, given: Mapping[str, Baseline] | None = None) -> None:
        """Read baselines; or take those that are `given`, to be written, and read the others that exist by now."""
        self._configurations = configurations
        self._known = dict(given or {})
        self._is_given = given is not None
        self._unread: set[str] = set()

    def of(self, path: str) -> Baseline | None:
        """Return the baseline that counts for the file that is shown under a path. Raises ConfigError."""
        if self._known:
            file = self._configurations.baseline_of(os.path.abspath(os.path.dirname(path)))
            if file in self._known:
                return self._known[file]
        file = self._configurations.baseline_for(path)
        return self._at(file) if file and self._exists(file) else None

    def divided(
        self, diagnostics: Iterable[Diagnostic], texts: Mapping[Span, Collection[str]]
    ) -> tuple[list[Diagnostic], list[Suppressed]]:
        """Return what is in no baseline, and what is; where there is one, both get the digests of their values.

        `texts` are the values that stand at places. Raises ConfigError.
        """
        new: list[Diagnostic] = []
        accepted: list[Suppressed] = []
        for each in diagnostics:
            baseline = self.of(each.span.path)
            if baseline is None:
                new.append(each)
                continue
            known = sorted(texts.get(each.span, ()))
            marked = replace(each, digest=baseline.digest("\0".join(known))) if known else each
            entry = baseline.accepting(marked)
            if entry is None:
                new.append(marked)
            else:
                accepted.append(Suppressed(marked, "baseline", _masked(entry.reason, texts)))
        return new, accepted

    def stale(self, unread: set[str]) -> list[tuple[Baseline, Entry]]:
        """Return the entries for which nothing is found any more, once a run is through. Raises ConfigError.

        What has found nothing must have had the chance: all of the repository, or project, has been checked, the rule
        reports there, and the file is neither excluded nor among those that could not be read (`unread`).
        """
        self._unread = unread
        for file in self._configurations.baselines():
            if self._exists(file):
                self._at(file)
        return [(each, entry) for each in self._known.values() for entry in each.unmet() if self.is_stale(each, entry)]

    def is_stale(self, baseline: Baseline, entry: Entry) -> bool:
        """Whether an entry that was not met, or not by all that could, is known to be of no use."""
        if entry in baseline.met or not self._configurations.covers(baseline.folder):
            return False
        absolute = os.path.normpath(os.path.join(baseline.folder, entry.path))
        if not self._configurations.covers(os.path.dirname(absolute)):
            return False
        path = shown(absolute)
        config = self._configurations.of(path)
        return (
            path not in self._unread
            and config.exclusion(path) is None
            and any(rule.code == entry.code for rule in config.rules())
            and not config.ignores(entry.code, path)
        )

    def _exists(self, file: str) -> bool:
        """Whether there is a baseline; one that is named and missing is a mistake, unless baselines are being made."""
        if file in self._known or os.path.lexists(file):
            return True
        if self._is_given:
            return False
        raise ConfigError(
            f"the baseline {shown(file)} is missing; `secretkey-lint baseline create`, run where it counts, makes it"
        )

    def _at(self, file: str) -> Baseline:
        if file not in self._known:
            from secretkey_lint.baseline import read

            self._known[file] = read(shown(file))
        return self._known[file]


def _masked(reason: str, texts: Mapping[Span, Collection[str]]) -> str:
    """The reason that somebody gave for an entry, without what may be part of a key."""
    if not reason:
        return ""
    from secretkey_lint.suppression.reasons import masked

    return masked(reason, {text for known in texts.values() for text in known})
