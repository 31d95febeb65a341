"""Has compose or a shell ask for a variable that is not set, `${SECRET_KEY:?}`, in the place of a literal."""

from __future__ import annotations

from secretkey_lint.appearance import is_variable_name
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.diagnostic import Fix
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.readers import reader_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.fixing.finding import Finding

_NAME = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")


def fix(finding: Finding) -> Fix | None:
    """Return the fix of a literal in a compose file, and of the default of a variable there or in a script."""
    match finding.fact:
        case Binding(value=Literal() | EnvLookup(default=Literal()), medium="file", name=name) as binding:
            pass
        case _:
            return None
    if finding.context in ("test", "development") or not binding.is_used:
        return None
    draft = finding.draft
    is_compose = _is_compose(draft.file.project_path)
    if not is_compose and reader_for(draft.file.project_path, draft.file.content) != "shell":
        return None
    start, end = draft.offsets(finding.span)
    text = draft.text
    sign = _default_sign(text, start)
    if sign is not None:
        if text[end : end + 1] != "}":
            return None
        edit = draft.edit(sign, end, ":?")
        variable = "the variable"
    elif is_compose and is_variable_name(name) and finding.span.start.line == finding.span.end.line:
        edit = draft.edit(start, end, _written(name, text[start - 1 : start], text[start:end][:1]))
        variable = name
    else:
        return None
    return Fix(
        f"Ask for {variable} where it is not set",
        "unsafe",
        (edit,),
        f"Set {variable} where this runs, to a new key: the one that was here stays in the history.",
    )


def _is_compose(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.endswith((".yml", ".yaml")) and name.removeprefix("docker-").startswith("compose")


def _default_sign(text: str, start: int) -> int | None:
    """Where, before the default of `${NAME:-…}` or `${NAME-…}`, the sign is that makes it one."""
    if text[start - 1 : start] != "-":
        return None
    sign = start - (2 if text[start - 2 : start - 1] == ":" else 1)
    at = sign
    while at and text[at - 1] in _NAME:
        at -= 1
    return sign if at < sign and text[at - 2 : at] == "${" else None


def _written(name: str, before: str, first: str) -> str:
    """The reference, quoted unless it is a part of a text, since YAML may take a brace for a mapping."""
    reference = f"${{{name}:?}}"
    if first in ("'", '"'):
        return f"{first}{reference}{first}"
    return reference if before in ("=", "'", '"') else f'"{reference}"'
