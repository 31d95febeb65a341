"""`secretkey-lint check --fix`: mends files as their findings' fixes say, or shows what that would change."""

from __future__ import annotations

import os
import stat

from secretkey_lint.errors import ConfigError
from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.config import Configurations
    from secretkey_lint.fixing.applying import Fixed
    from secretkey_lint.model.report import Report


class Change(Record):
    """A file as it is, and after its fixes."""

    path: str
    before: bytes
    fixed: Fixed

    def __repr__(self) -> str:
        return f"Change({self.path!r})"


def changes(report: Report, configurations: Configurations, *, unsafe: bool) -> Iterator[Change]:
    """Yield what the fixes of what is reported make of the files that it is reported in.

    Raises ReadError for a file that can no longer be read or checked.
    """
    from secretkey_lint.api import fix_source
    from secretkey_lint.trees.worktree import content

    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    found = [each for each in report.diagnostics if each.fix is not None and each.fix.applicability in wanted]
    for path in dict.fromkeys(each.span.path for each in found):
        before = content(path, named=True)
        if before is not None:
            fixed = fix_source(before, path, unsafe=unsafe, configurations=configurations)
            if fixed.content != before:
                yield Change(path, before, fixed)


def write(change: Change) -> None:
    """Write a file after its fixes, as a whole or not at all; a link stays one.

    Raises ConfigError for a file that cannot be written, or that somebody has changed in the meantime.
    """
    from secretkey_lint.cli.replacing import replace
    from secretkey_lint.trees.worktree import content

    target = os.path.realpath(change.path)
    said = ""
    try:
        if not stat.S_IMODE(os.stat(target).st_mode) & 0o222:
            said = "it is read-only"
        elif content(change.path, named=True) != change.before:
            said = "it has been changed meanwhile"
        else:
            replace(target, change.fixed.content)
    except OSError as error:
        said = (error.strerror or "unknown cause").lower()
    if said:
        raise ConfigError(f"{change.path} cannot be written: {said}")


def told(change: Change) -> Iterator[str]:
    """Yield a line for each finding that was mended: where it was, and what remains to be done."""
    for each in change.fixed.mended:
        assert each.fix is not None
        place = f"{each.span.path}:{each.span.start.line}:{each.span.start.column}"
        yield f"{place}: {each.code} mended: {each.fix.title}. {each.fix.remaining}".rstrip()
