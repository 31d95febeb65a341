"""What is said of values that the model has no word for: empty ones, those of files and services, those not followed."""

from __future__ import annotations

from secretkey_lint.appearance import is_ciphertext, is_template_reference, looks_generated
from secretkey_lint.model.record import Record
from secretkey_lint.readers.python import libraries
from secretkey_lint.readers.python.mentions import constant, last_name
from secretkey_lint.readers.python.mentions import dotted as chain
from secretkey_lint.readers.python.objects import Const, Lookup, Opaque, Symbol, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    import libcst as cst

    from secretkey_lint.readers.python.objects import Object

    Kind = typing.Literal["nothing", "reference", "ciphertext", "file", "service", "unknown"]
else:
    from secretkey_lint.readers.python import syntax as cst

LIMITED = "more possibilities than are told apart"
"""What is said where a limit kept a value from being followed."""

_LONGEST_NAME = 60
_FILE_READS = frozenset(
    {"open", "read", "read_text", "read_bytes", "readline", "getline", "load", "safe_load", "strip"}
)


class Remark(Record):
    """What is known of a value that is none of the model's, or more than that: `text` completes it where it can.

    - `nothing`: Django refuses to start with it; `reference`: a template engine or a shell puts the value in;
    - `ciphertext`: it is encrypted; `file`: it is read from a file, `service`: it is asked of another program;
    - `unknown`: it could not be followed, and `text` says what, in names of code alone.
    """

    kind: Kind
    text: str = ""


def remark_of(value: Object) -> Remark | None:
    """Return what there is to say of a value beyond what the model's does; None where that says it all."""
    match value:
        case Const(value=str() | bytes() as text):
            plain = text if isinstance(text, str) else text.decode("latin-1")
            if not plain:
                return Remark("nothing")
            if is_template_reference(plain):
                return Remark("reference")
            return Remark("ciphertext") if is_ciphertext(plain) else None
        case Const(value=None | bool()):
            return Remark("nothing")
        case Opaque(origin="external", node=node):
            return Remark("file" if last_name(node) in _FILE_READS else "service")
        case Symbol(path=path) if libraries.origin(path) == "external":
            return Remark("service")
        case Symbol(path=path) if path.startswith("builtins.") and not _is_builtin(path):
            return Remark("unknown", "a name that nothing defines")  # it may be a key that lacks its quotes
        case Unknown(limited=True):
            return Remark("unknown", LIMITED)
        case Unknown(node=node) if last_name(node) in _FILE_READS and _is_absolute(node):
            return Remark("file")
        case Lookup() | Opaque() | Const():
            return None
        case Symbol(path=path) if libraries.origin(path) is not None:
            return None
        case _:
            return Remark("unknown", _name_of(value.node))


def _is_absolute(node: object) -> bool:
    """Whether what is read at the end of a chain of calls is named by an absolute path: no file of the project."""
    match node:
        case cst.Call(args=(cst.Arg(value=cst.SimpleString() as path),)):
            return (constant(path) or "").startswith("/")
        case cst.Call(func=inner) | cst.Attribute(value=inner):
            return _is_absolute(inner)
        case _:
            return False


def _is_builtin(path: str) -> bool:
    import builtins

    return hasattr(builtins, path.split(".")[1].partition("(")[0].partition("[")[0])


def _name_of(node: cst.CSTNode) -> str:
    """What is not followed, in names of the code: texts may be keys."""
    name = chain(node.func if isinstance(node, cst.Call) else node)
    if not name or len(name) > _LONGEST_NAME:
        name = last_name(node)
    if not name or len(name) > _LONGEST_NAME or looks_generated(name):
        return "this expression"
    return f"{name}(…)" if isinstance(node, cst.Call) else name
