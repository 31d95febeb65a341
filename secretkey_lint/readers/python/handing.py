"""What modules hand to each other: names, the variables of the environment, and what is to be told where."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python.objects import ENVIRONMENT, NO_GUARDS, Alternative, Const, Items, Lookup, Symbol
from secretkey_lint.vocabulary import is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.objects import Alternatives, Guards, Object, Scope


def exported(names: Alternatives | None) -> frozenset[str] | None:
    """Return what `__all__` says, or None where there is none that is understood."""
    value = names[0].value if names is not None and len(names) == 1 else None
    if isinstance(value, Items) and value.complete:
        texts = [item[0].value.value for item in value.items if len(item) == 1 and isinstance(item[0].value, Const)]
        if len(texts) == len(value.items):
            return frozenset(str(text) for text in texts)
    return None


def set_variables_of(scope: Scope) -> dict[str, Alternatives]:
    """Return the variables of the environment that are known where a scope is, by the names under which they are kept."""
    outer = set_variables_of(scope.outer) if scope.outer is not None else {}
    return outer | {name: held for name, held in scope.names.items() if name.startswith(ENVIRONMENT)}


def place_of_given(name: str, value: Object, node: cst.CSTNode, scope: Scope) -> cst.CSTNode | None:
    """Return where another module gives the key a value that it has from a variable which is set here: here; None for others.

    That module does not know what the variable is by itself, so that it is told of where it is taken over.
    """
    is_given = isinstance(value, Lookup) and scope.find(f"{ENVIRONMENT}{value.name}") is not None
    return node if is_given and is_key_name(name) else None


def settle_debug(names: dict[str, Alternatives]) -> Guards:
    """Take a module's own DEBUG for what it is where it can be nothing but true: what depends on it is not set apart.

    Return the conditions that say nothing then.
    """
    debug = names.get("DEBUG")
    if not debug or not all(isinstance(each.value, Const) and each.value.value is True for each in debug):
        return NO_GUARDS
    fixed = frozenset({Guard("debug", True)})
    for name, found in names.items():
        if any(each.guards & fixed for each in found):
            names[name] = tuple(Alternative(each.value, each.guards - fixed, each.place) for each in found)
    return fixed


def is_the_same(held: Alternatives, taken: Alternatives) -> bool:
    """Return whether a name is bound to what it is already: to something of a library, which both modules import."""
    return bool(held) and all(
        isinstance(each.value, Symbol) and each.value.arguments is None and each.value.path == _path(held[0].value)
        for each in (*held, *taken)
    )


def _path(value: Object) -> str:
    return value.path if isinstance(value, Symbol) else ""


def left_alone(held: Alternatives, taken: Alternatives, settled: Guards) -> Alternatives:
    """Return what is left of a name that another module binds, too, on some of its ways alone; `settled` holds anyway."""
    reached = [each.guards for each in taken if Guard("unreachable") not in each.guards]
    conditions = frozenset.intersection(*reached) - settled if reached else NO_GUARDS
    if not conditions:
        return () if reached else held
    otherwise = frozenset(Guard(each.kind, not each.holds, each.subject) for each in conditions if each.kind != "other")
    further = otherwise if len(conditions) == 1 else NO_GUARDS  # not all of several need be otherwise
    return tuple(Alternative(each.value, each.guards | further, each.place) for each in held)
