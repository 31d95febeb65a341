"""How loudly a finding is reported: the policy's table."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.rule import Verdict

_TABLE: dict[Verdict, dict[Context, Severity]] = {
    "leak": {"production": "error", "development": "warning", "test": "note"},
    "ephemeral": {"production": "warning", "development": "note"},
    "weak": {"production": "warning", "development": "note"},
    "exposed": {"production": "error", "development": "warning", "test": "note"},
    "unprotected": {"production": "warning", "development": "warning", "test": "note"},
    "unreadable": {"production": "warning", "development": "warning", "test": "note", "example": "note"},
    "unused": {"production": "warning", "development": "warning", "test": "note", "example": "note"},
}


def of(verdict: Verdict, context: Context, *, looks_generated: bool) -> Severity | None:
    """Return how loudly to report a verdict in a context; None means not at all.

    In examples a leak counts only where the value looks like a real key.
    """
    if verdict == "leak" and context == "example":
        return "warning" if looks_generated else None
    return _TABLE[verdict].get(context)
