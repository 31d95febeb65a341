"""Takes the value out of a template of an environment file, whose readers are to put in their own."""

from __future__ import annotations

from secretkey_lint.model.binding import Binding
from secretkey_lint.model.diagnostic import Fix
from secretkey_lint.model.value import Literal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.fixing.finding import Finding


def fix(finding: Finding) -> Fix | None:
    """Return the fix of an entry of a file such as `.env.example`; a `.env` that is tracked is more than its value."""
    draft = finding.draft
    name = draft.file.project_path.rpartition("/")[2]
    match finding.fact:
        case Binding(value=Literal(), medium="file") if finding.context == "example" and "env" in name.split("."):
            start, end = draft.offsets(finding.span)
        case _:
            return None
    line = draft.text[draft.lines.starts[finding.span.start.line - 1] : start]
    if not line.rstrip(" \t").endswith("=") or finding.span.start.line != finding.span.end.line:
        return None
    return Fix(
        "Leave the value to whoever copies the file",
        "unsafe",
        (draft.edit(start, end, ""),),
        "Make a new key where this one is in use: it stays in the history.",
    )
