"""Takes a suppression that has no effect out, or what of it has none."""

from __future__ import annotations

from secretkey_lint.model.diagnostic import Fix
from secretkey_lint.suppression.removal import without

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.fixing.finding import Finding

_FILLING = frozenset(" \t#*")
"""What is left between the neighbours of what has been taken out, at most."""


def fix(finding: Finding) -> Fix | None:
    """Return the fix of a marker that names rules; one that names none was meant for something."""
    draft = finding.draft
    if finding.unused is None or not finding.unused.codes:
        return None
    before, after = draft.text, draft.decoded(without(draft.file, [finding.unused]))
    start = next((at for at, both in enumerate(zip(before, after, strict=False)) if both[0] != both[1]), len(after))
    end = 0
    while end < len(after) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    put = after[start : len(after) - end]
    if not _FILLING.issuperset(put):
        return None
    return Fix("Remove what suppresses nothing", "safe", (draft.edit(start, len(before) - end, put),))
