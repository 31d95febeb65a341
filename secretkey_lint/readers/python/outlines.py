"""What definitions and values look like from outside: names that a block binds, parameters, values made on the spot."""

from __future__ import annotations

from secretkey_lint.readers.python.mentions import dotted, last_name
from secretkey_lint.readers.python.strings import text_of
from secretkey_lint.vocabulary import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst
else:
    from secretkey_lint.readers.python import syntax as cst

_FRESH = frozenset("choice choices create gen generate make new random secrets token urandom uuid4".split())


def functions(statements: Iterable[cst.CSTNode]) -> dict[str, cst.FunctionDef]:
    """Return the functions that a block defines, by their names."""
    return {each.name.value: each for each in statements if isinstance(each, cst.FunctionDef)}


def parameters(node: cst.FunctionDef) -> list[str]:
    """Return the names of all parameters, those that can be given by position first."""
    of = node.params
    stars = [each for each in (of.star_arg, of.star_kwarg) if isinstance(each, cst.Param)]
    return [each.name.value for each in (*of.posonly_params, *of.params, *of.kwonly_params, *stars)]


def bound(statements: Iterable[cst.CSTNode]) -> set[str]:
    """Return the names that the simple statements of a block bind."""
    found: set[str] = set()
    for line in statements:
        for each in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(each, cst.Assign):
                found.update(dotted(target.target) for target in each.targets)
    return found


def is_fresh(value: cst.CSTNode) -> bool:
    """Whether a value is made on the spot, as scripts do that print a new key."""
    pending: list[object] = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, tuple):
            pending += each
        elif isinstance(each, cst.Call) and not _FRESH.isdisjoint(words(dotted(each.func) or last_name(each.func))):
            return True
        elif hasattr(each, "__dict__"):
            pending += vars(each).values()
    return False


def is_blank(value: cst.CSTNode) -> bool:
    """Whether a value says that there is none yet."""
    match value:
        case cst.Name(value="None" | "False"):
            return True
        case cst.SimpleString(value=token):
            return len(token) < 5 and text_of(token) in ("", b"")
    return False
