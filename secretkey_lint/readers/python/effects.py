"""What importing a module may do besides binding names, by its bytes: it is not parsed to find that it does nothing."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_REFUSALS = (b"raise", b"assert", b"exit(", b"quit(", b"abort(")
_DEFINITIONS = (b"def ", b"async ", b"class ", b"@")
_FUNCTIONS = (b"def ", b"async ")
_FURTHER = b" \t#)]}"
"""What lines begin with that begin no statement of the module itself."""


def changes_the_environment(python: bytes) -> bool:
    """Whether a module sets variables, by its bytes: `os.environ["A"] = …`, `environ.setdefault(…)`, `putenv(…)`."""
    if b"putenv" in python or b"load_dotenv" in python or b"read_env" in python:
        return True
    at = python.find(b"environ")
    while at >= 0:
        behind = python[at + 7 : at + 200]
        if behind.startswith((b".setdefault(", b".update(", b" |=")):
            return True
        index, bracket, rest = behind.partition(b"]")
        if bracket and index.startswith(b"[") and rest.lstrip()[:1] == b"=" and rest.lstrip()[:2] != b"==":
            return True
        at = python.find(b"environ", at + 7)
    return False


def may_end_a_start(python: bytes, variables: Iterable[str] = ()) -> bool:
    """Whether a module may refuse to go on, or looks one of `variables` up.

    It raises or exits outside of functions, or calls one of its functions that does.
    """
    if any(b"'%b'" % name in python or b'"%b"' % name in python for name in (each.encode() for each in variables)):
        return b"environ" in python or b"env(" in python or b"config(" in python
    if not any(word in python for word in _REFUSALS):
        return False
    refusing: set[bytes] = set()
    defined = b""  # what is being defined is not run yet
    for line in python.splitlines():
        if line and line[0] not in _FURTHER:
            defined = line if line.startswith(_DEFINITIONS) else b""
        refuses = any(word in line.partition(b"#")[0] for word in _REFUSALS)
        if refuses and not defined:
            return True
        if refuses and defined.startswith(_FUNCTIONS):
            refusing.add(defined.partition(b"(")[0].split()[-1] + b"(")
        if not defined and any(name in line for name in refusing):
            return True
    return False
