"""LibCST's parser without the cost of LibCST's classes, and the names of those classes.

`parse` runs LibCST's own native parser. That parser looks the node classes up in the module `libcst` by name and
calls them with keyword arguments; here it finds a stand-in that answers with a `Node` subclass of that name, so
that `libcst/__init__.py`, most of whose time goes into making 200 dataclasses, is never executed.

The tree has LibCST's shape: `Call(func=Name(value="x"), args=(Arg(…),))`. It differs from LibCST's in this:

- whitespace and comments are not represented: such a field reads as None, a sequence of them as a tuple of None;
- a field that the parser left out reads as None, whatever LibCST's default is (`MaybeSentinel.DEFAULT`, None);
- sequences are tuples, always.

The module is also the namespace of the node classes, in the place of `libcst`:

    if TYPE_CHECKING:
        import libcst as cst
    else:
        from secretkey_lint.readers.python import syntax as cst

    match node:
        case cst.Call(func=cst.Name(value="print")): ...

It has no abstract classes (`BaseExpression`) to match with, and only keyword patterns work.
"""

import _thread
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType, SimpleNamespace

    import libcst as cst
else:
    SimpleNamespace = type(sys.implementation)
    ModuleType = type(sys)

_WHITESPACE = frozenset(
    ("Comment", "EmptyLine", "Newline", "ParenthesizedWhitespace", "SimpleWhitespace", "TrailingWhitespace")
)


class ParseFailure(Exception):
    """The source is not Python that LibCST can parse.

    `line` and `column` count from 1, columns in code points; both are 1 where LibCST names no place. Neither the
    exception nor what it refers to holds text of the source.
    """

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}"


class Node(SimpleNamespace):
    """A node of the tree; the class's name is that of LibCST's class, the attributes are its fields."""

    # SimpleNamespace compares and shows its whole content: nodes are compared by identity, and may hold secrets.
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> None:
            if name.startswith("__"):
                raise AttributeError(name)


_classes: dict[str, type[Node]] = {}


def node_class(name: str) -> type[Node]:
    """The class of the nodes that LibCST calls `name`, made on first use."""
    found = _classes.get(name)
    if found is None:
        found = _classes[name] = type(name, (Node,), {"__module__": __name__})
    return found


def __getattr__(name: str) -> type[Node]:
    if not name[0].isupper() or name.startswith("Base") or name in _WHITESPACE:
        raise AttributeError(f"module {__name__!r} has no node class {name!r}")
    found = globals()[name] = node_class(name)
    return found


class _SyntaxErrorFromParser(Exception):
    """What the parser finds under the name `ParserSyntaxError`; leaves the lines of the source behind."""

    def __init__(self, *, message: str, raw_line: int, raw_column: int, **_lines: object) -> None:
        super().__init__()
        self.failure = message, raw_line, raw_column


def _nothing(**_fields: object) -> None:
    return None


_lock = _thread.allocate_lock()
_stand_in: "ModuleType | None" = None
_parse_native: "Callable[[str], cst.Module] | None" = None


def _make_stand_in() -> ModuleType:
    """A module to put in the place of `libcst`: enough of a package to load `libcst.native` from."""

    def look_up(name: str) -> type[Node]:
        if not name[0].isupper():
            raise AttributeError(name)
        found = node_class(name)
        setattr(stand_in, name, found)
        return found

    for finder in sys.meta_path:
        find_spec = getattr(finder, "find_spec", None)
        spec = find_spec and find_spec("libcst", None)
        if spec is not None:
            break
    else:
        raise ModuleNotFoundError("No module named 'libcst'", name="libcst")
    stand_in = ModuleType("libcst")
    stand_in.__path__ = spec.submodule_search_locations
    stand_in.__getattr__ = look_up  # type: ignore[method-assign]
    for name in _WHITESPACE:
        setattr(stand_in, name, _nothing)
    setattr(stand_in, "ParserSyntaxError", _SyntaxErrorFromParser)
    return stand_in


def _parse_light(source: str) -> "cst.Module":
    """The tree as the native parser makes it of light nodes; whatever goes wrong, `sys.modules` is as before."""
    global _stand_in, _parse_native
    absent = ModuleType("absent")
    with _lock:
        if _stand_in is None:
            _stand_in = _make_stand_in()
        modules = sys.modules
        package = modules.get("libcst", absent)
        modules["libcst"] = _stand_in
        try:
            if _parse_native is None:
                native = modules.get("libcst.native")
                if native is None:
                    __import__("libcst.native")
                    # The next to import it is to get it from the real package, and as an attribute of that.
                    native = modules.pop("libcst.native")
                _parse_native = native.parse_module
            return _parse_native(source)
        finally:
            if package is absent:
                modules.pop("libcst", None)
            else:
                modules["libcst"] = package


def parse(source: str) -> "cst.Module":
    """Parse a whole file.

    `source` is decoded text. Raises `ParseFailure`, and nothing else, for what is not Python.
    """
    failure: tuple[str, int, int]
    try:
        return _parse_light(source)
    except _SyntaxErrorFromParser as error:
        failure = error.failure
    message, line, column = failure
    raise ParseFailure(message, line, column + 1)
