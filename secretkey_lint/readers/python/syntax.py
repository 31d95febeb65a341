"""LibCST's parser without the cost of LibCST's classes, and the names of those classes.

`parse` runs LibCST's own native parser. That parser looks the node classes up in the module `libcst` by name and
calls them with keyword arguments; here it finds a stand-in that answers with a `Node` subclass of that name, so
that `libcst/__init__.py`, most of whose time goes into making 200 dataclasses, is never executed. Should anything
in this fail, the whole of LibCST parses, and its tree is copied into the same light nodes.

The tree has LibCST's shape: `Call(func=Name(value="x"), args=(Arg(…),))`. It differs from LibCST's in this:

- whitespace and comments are not represented: such a field reads as None, a sequence of them as a tuple of None;
- a field that the parser left out reads as None where LibCST has `MaybeSentinel.DEFAULT`;
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

from secretkey_lint.readers.python import nesting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FunctionType, ModuleType, SimpleNamespace
    from typing import Any, TypeVar

    import libcst as cst

    _Failure = tuple[str, int, int]
    _Result = TypeVar("_Result")
else:
    # What `types` calls them; importing that would double the modules loaded.
    FunctionType = type(lambda: None)
    ModuleType = type(sys)
    SimpleNamespace = type(sys.implementation)

_WHITESPACE = frozenset(
    ("Comment", "EmptyLine", "Newline", "ParenthesizedWhitespace", "SimpleWhitespace", "TrailingWhitespace")
)

# The thread whose stack is known to be large: the main one, of which Linux and macOS let the stack be 8 MiB.
_HOME = _thread.get_ident() if sys.platform != "win32" else None


class ParseFailure(Exception):
    """The source is not Python, or is nested more deeply than LibCST can parse.

    `line` and `column` count from 1, columns in code points; they say where the parser gave up, and are both 1
    where LibCST names no place (a malformed token). Neither the exception nor what it refers to holds text of the
    source.
    """

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message, line, column)
        self.message = message
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}"


class Node(SimpleNamespace):
    """A node of the tree; the class's name is that of LibCST's class, the attributes are its fields.

    Its `repr` shows no field, since that may be the secret.
    """

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    if not TYPE_CHECKING:
        # SimpleNamespace compares all that is in it; nodes are compared by identity.
        __eq__ = object.__eq__
        __hash__ = object.__hash__

        def __getattr__(self, name: str) -> None:
            if name.startswith("__"):
                raise AttributeError(name)


# The one field that the parser leaves out and whose default says something.
_DEFAULTS = {"NotEqual": {"value": "!="}}

_classes: dict[str, type[Node]] = {}


def _node_class(name: str) -> type[Node]:
    found = _classes.get(name)
    if found is None:
        found = _classes[name] = type(name, (Node,), {"__module__": __name__, **_DEFAULTS.get(name, {})})
    return found


def __getattr__(name: str) -> type[Node]:
    if not name[0].isupper() or name.startswith("Base") or name in _WHITESPACE:
        raise AttributeError(f"module {__name__!r} has no node class {name!r}")
    found = globals()[name] = _node_class(name)
    return found


class _SyntaxErrorFromParser(Exception):
    """What the parser finds under the name `ParserSyntaxError`; leaves the lines of the source behind."""

    def __init__(self, *, message: str, **_place_and_lines: object) -> None:
        super().__init__()
        self.message = message


def _nothing(**_fields: object) -> None:
    return None


def _make_stand_in() -> ModuleType:
    """A module to put in the place of `libcst`: enough of a package to load `libcst.native` from."""

    def look_up(name: str) -> type[Node]:
        if not name[0].isupper():
            raise AttributeError(name)
        found = _node_class(name)
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
    vars(stand_in)["ParserSyntaxError"] = _SyntaxErrorFromParser
    return stand_in


class _NativeParser:
    """The native parser, which finds a stand-in for `libcst` where it looks for the node classes.

    As a context it puts the stand-in into `sys.modules`, and leaves `sys.modules` as it was, whatever happens.
    """

    def __init__(self) -> None:
        self.stand_in = _make_stand_in()
        with _lock, self:
            native = sys.modules.get("libcst.native")
            if native is None:
                __import__("libcst.native")
                # Whoever imports it next is to get it from the real package, and as an attribute of that.
                native = sys.modules.pop("libcst.native")
        self.parse_module = native.parse_module
        # The parser imports `libcst` anew for every node, by the `__import__` of the function that calls it, and then
        # looks in `sys.modules` all the same: the usual `__import__` takes a quarter of the time of parsing.
        scope = {"__builtins__": {"__import__": lambda *_: self.stand_in}}
        self.call: Callable[[Callable[[str], cst.Module], str], cst.Module] = FunctionType(_call.__code__, scope)

    def __enter__(self) -> None:
        self.package = sys.modules.get("libcst", _ABSENT)
        sys.modules["libcst"] = self.stand_in

    def __exit__(self, *_: object) -> None:
        if self.package is _ABSENT:
            del sys.modules["libcst"]
        else:
            sys.modules["libcst"] = self.package

    def __call__(self, source: str) -> "cst.Module":
        with _lock, self:
            return self.call(self.parse_module, source)


def _call(function: "Callable[[str], cst.Module]", argument: str) -> "cst.Module":
    return function(argument)


_ABSENT = ModuleType("absent")
_lock = _thread.allocate_lock()
_native_parsers: list[_NativeParser] = []  # one, once it is needed


def _parse_light(source: str) -> "cst.Module":
    """The tree as the native parser makes it of light nodes."""
    if not _native_parsers:
        _native_parsers.append(_NativeParser())
    return _native_parsers[0](source)


def _parse_whole(source: str) -> "cst.Module":
    """The same tree, from the whole of LibCST."""
    import libcst

    try:
        module = libcst.parse_module(source)
    except libcst.ParserSyntaxError as error:
        message = error.message
    else:
        return _light_copy(module)
    raise _SyntaxErrorFromParser(message=message)


def _light_copy(module: "cst.Module") -> "cst.Module":
    """A copy in light nodes of a tree of LibCST's nodes. A loop, not a recursion: trees may be deep."""
    from dataclasses import fields, is_dataclass

    pending: list[tuple[Any, Node]] = []

    def copy(value: object) -> object:
        if isinstance(value, str | bool):
            return value
        name = type(value).__name__
        if name in _WHITESPACE or not is_dataclass(value):
            return None
        light = _node_class(name)()
        pending.append((value, light))
        return light

    root = copy(module)
    while pending:
        node, light = pending.pop()
        for field in fields(node):
            value = getattr(node, field.name)
            copied = tuple(map(copy, value)) if isinstance(value, tuple | list) else copy(value)
            setattr(light, field.name, copied)
    return root  # type: ignore[return-value]


def _failure(source: str, message: str) -> "_Failure":
    """Our message and place from LibCST's message: "parser error: error at 3:14: expected one of (, *"."""
    kind, _, what = message.partition(": ")
    if kind == "tokenizer error":
        # The token at fault may be quoted, and may be the secret.
        before, quote, rest = what.partition('"')
        return f"{before}…{rest.rpartition(quote)[2]}" if quote else what, 1, 1
    place, _, expected = what.removeprefix("error at ").partition(": ")
    row, _, column = place.partition(":")
    if kind != "parser error" or not (row.isdecimal() and column.isdecimal()):
        return "not understood by LibCST", 1, 1
    # LibCST names the token after the one it could not take. (Its attributes raw_line, raw_column are worse.)
    lines = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines[int(row) - 1 :] = [line[: int(column)] for line in lines[int(row) - 1 : int(row)]]
    return expected, *_last_place("\n".join(lines).rstrip())


def _last_place(text: str) -> tuple[int, int]:
    """Line and column, from 1, of the last character of `text`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return 1 + text.count("\n"), max(1, len(text) - 1 - text.rfind("\n"))


def _attempt(source: str) -> "cst.Module | _Failure":
    """The tree, or what to tell of the failure: LibCST's exceptions hold source, and so may be kept nowhere."""
    failure = "LibCST failed", 1, 1
    for parser in (_parse_light, _parse_whole):
        try:
            return parser(source)
        except _SyntaxErrorFromParser as error:
            return _failure(source, error.message)
        except UnicodeEncodeError as error:
            return "a surrogate is not a character", *_last_place(source[: error.start + 1])
        except RecursionError:
            failure = "too deeply nested", 1, 1
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except ImportError:
            if parser is _parse_whole:
                raise
        except BaseException as error:
            failure = f"LibCST failed: {type(error).__name__}", 1, 1
    return failure


def on_large_stack(work: "Callable[[], _Result]") -> "_Result":
    """What `work` returns or raises, in a thread of its own: the stack of the caller's may be small."""
    returned: list[_Result] = []
    raised: list[BaseException] = []
    done = _thread.allocate_lock()

    def run() -> None:
        try:
            returned.append(work())
        except BaseException as error:
            raised.append(error)
        finally:
            done.release()

    done.acquire()
    usual = _thread.stack_size(nesting.STACK)
    try:
        _thread.start_new_thread(run, ())
    finally:
        _thread.stack_size(usual)
    try:
        done.acquire()
    except BaseException:
        # Interrupted; but `sys.modules` is the thread's until it ends.
        done.acquire()
        raise
    if raised:
        raise raised[0]
    return returned[0]


def parse(source: str) -> "cst.Module":
    """Parse a whole file, given as decoded text; a byte order mark (U+FEFF) at its start is skipped.

    Raises `ParseFailure` for what is not Python, and for what is nested more deeply than `nesting` allows; ImportError
    where there is no LibCST. While it runs, other threads find no usable `libcst` to import.
    """
    flat = nesting.is_flat(source)
    refused = None if flat else nesting.refusal(source)
    if refused:
        message, offset = refused
        raise ParseFailure(message, *_last_place(source[: offset + 1]))
    enough_stack = flat and _thread.get_ident() == _HOME
    result = _attempt(source) if enough_stack else on_large_stack(lambda: _attempt(source))
    if isinstance(result, tuple):
        raise ParseFailure(*result)
    return result
