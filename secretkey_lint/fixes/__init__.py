"""Fixes: every file is one. It has `fix`, which says how a finding is mended, or None where it does not know.

A fix is named by the rules whose findings it mends, and imported when there is such a finding. What it writes is made of
its own words alone: nothing that stands in a file is repeated in an edit, since it may be a key.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from secretkey_lint.fixing.finding import Finding
    from secretkey_lint.model.diagnostic import Fix

    Fixer = Callable[[Finding], Fix | None]


def load(name: str) -> Fixer:
    """Import the fix of a name and return its `fix`."""
    fixer: Fixer = __import__(f"{__name__}.{name}", fromlist=["fix"]).fix
    return fixer
