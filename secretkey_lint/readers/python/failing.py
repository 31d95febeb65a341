"""What ends a start, or a block, before its end, and what takes that: by the names of functions and of exceptions."""

from __future__ import annotations

from secretkey_lint.readers.python.mentions import dotted, last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.objects import Symbol
else:
    from secretkey_lint.readers.python import syntax as cst

_EXITS = frozenset({"sys.exit", "builtins.exit", "builtins.quit", "os._exit", "os.abort"})

_OF_LOOKUPS = frozenset(
    {"Exception", "BaseException", "KeyError", "LookupError", "ImproperlyConfigured", "UndefinedValueError", "EnvError"}
)
"""What lookups in the environment raise where nothing is set."""


def takes_all(handler: cst.ExceptHandler | cst.ExceptStarHandler) -> bool:
    """Whether a handler is run even if `sys.exit` was called."""
    return handler.type is None or last_name(handler.type) in ("BaseException", "SystemExit")


def takes_what_lookups_raise(handler: cst.ExceptHandler | cst.ExceptStarHandler) -> bool:
    """Whether a handler is run whatever a lookup fails with."""
    types = handler.type.elements if isinstance(handler.type, cst.Tuple) else ()
    names = {last_name(each.value) for each in types} or {last_name(handler.type) if handler.type is not None else ""}
    return handler.type is None or not _OF_LOOKUPS.isdisjoint(names)


def suppresses(node: cst.CSTNode) -> bool:
    """Whether a context manager swallows errors: `contextlib.suppress(…)`."""
    return isinstance(node, cst.Call) and dotted(node.func).rpartition(".")[2] == "suppress"


def is_exit(symbol: Symbol) -> bool:
    """Whether something of a library is what a call yields that ends the program."""
    return symbol.path.endswith("()") and symbol.path[:-2] in _EXITS
