"""How values and conditions are put into words, none of which holds anything of a value."""

from __future__ import annotations

from secretkey_lint.appearance import is_variable_name
from secretkey_lint.model.value import CommittedFile, Derived, EnvLookup, External, Literal, Random
from secretkey_lint.vocabulary import is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.model.binding import Guard
    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.value import Value
    from secretkey_lint.readers.python.remarks import Remark

_CONDITIONS = {
    ("debug", True): "when DEBUG is on",
    ("debug", False): "when DEBUG is off",
    ("production", True): "in production",
    ("production", False): "outside of production",
    ("testing", True): "under a test runner",
    ("testing", False): "not under a test runner",
    ("commented", True): "where the comment is taken away",
    ("unreachable", True): "never",
}
_OTHER = "under a condition that is not followed"
_REMARKS = {
    "nothing": "nothing",
    "reference": "what a template or a shell puts in",
    "ciphertext": "an encrypted text",
    "file": "a file outside of the repository",
    "service": "a secret manager or another service",
    "unknown": "unknown",
}
_REASONS = {
    "nothing": "Django refuses to start with an empty key",
    "reference": "the value is put in elsewhere, not by the repository",
    "ciphertext": "whoever reads the repository needs another key to read this one",
    "file": "the repository is not known to hold the file",
    "service": "the repository does not hold the key",
}
_ALLOWED: dict[Context, str] = {
    "production": "nothing to report",
    "development": "it does no harm in development",
    "test": "it does no harm in tests",
    "example": "an example shows what goes here",
}


def of_conditions(guards: Iterable[Guard]) -> list[str]:
    """Return the conditions in words, each once, in an order that does not change."""
    said: dict[str, None] = {}
    for guard in sorted(guards, key=lambda each: (each.kind, each.subject, each.holds)):
        match guard.kind:
            case "unset":
                said[of_variable(guard.subject, is_set=not guard.holds)] = None
            case "scope":
                said[f"in the class {guard.subject}"] = None
            case kind:
                said[_CONDITIONS.get((kind, guard.holds), _OTHER)] = None
    return list(said)


def of_variable(name: str, *, is_set: bool) -> str:
    """Return the condition that a variable is set, or is not."""
    return f"where {name_of(name)} is {'set' if is_set else 'not set'}"


def name_of(name: str) -> str:
    """Return the name of a variable, unless what stands in its place may be a key by mistake."""
    return name if is_variable_name(name) or is_key_name(name) else "the variable"


def of_value(value: Value, remark: Remark | None) -> str:
    """Return what a value is, in words."""
    if remark is not None:
        return _REMARKS[remark.kind]
    match value:
        case Literal():
            return value.in_words
        case EnvLookup(name=name):
            return f"the environment variable {name}" if name_of(name) == name else "an environment variable"
        case CommittedFile(file=file):
            return f"the content of {file}"
        case Random(length=None):
            return "a random text"
        case Random(length=length):
            return f"a random text of {length} characters"
        case Derived():
            return "a text computed from what can be guessed"
        case External():
            return _REMARKS["service"]
        case _:
            return "unknown"


def of_safety(value: Value, remark: Remark | None) -> str:
    """Return why whoever reads the repository does not know a value, or nothing where that cannot be said."""
    if remark is not None:
        return _REASONS.get(remark.kind, "")
    match value:
        case EnvLookup(default=None):
            return "there is no default, so that Django refuses to start where it is not set"
        case External():
            return _REASONS["service"]
        case _:
            return ""


def of_ignorance(remark: Remark | None) -> str:
    """Return what could not be followed."""
    return f"{remark.text} could not be followed" if remark is not None and remark.text else "it could not be followed"


def of_allowance(context: Context) -> str:
    """Return why what is reported elsewhere is not in a context."""
    return _ALLOWED[context]
