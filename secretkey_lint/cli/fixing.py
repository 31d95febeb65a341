"""`secretkey-lint check --fix`: takes out of files what has no effect there."""

from __future__ import annotations

import os

from secretkey_lint.errors import ConfigError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.config import Configurations
    from secretkey_lint.model.report import Report

FIXED = "SKL901"
"""The rule whose findings can be mended without anybody's knowledge of the project."""


def fix(report: Report, configurations: Configurations) -> int:
    """Take unused suppressions out of the files that they were reported in, and return how many files that changed.

    A file is replaced as a whole or not at all. Raises ConfigError for one that cannot be written.
    """
    from secretkey_lint.api import remove_unused_suppressions
    from secretkey_lint.cli.replacing import replace
    from secretkey_lint.trees.worktree import content

    changed = 0
    for path in dict.fromkeys(each.span.path for each in report.diagnostics if each.code == FIXED):
        before = content(path, named=True)
        if before is None:
            continue
        after = remove_unused_suppressions(before, path, configurations=configurations)
        if after != before:
            try:
                replace(os.path.realpath(path), after)
            except OSError as error:
                said = (error.strerror or "unknown cause").lower()
                raise ConfigError(f"{path} cannot be written: {said}") from None
            changed += 1
    return changed
