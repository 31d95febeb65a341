"""What operators make of containers and paths: lists that are added, dictionaries that are merged, paths that go on."""

from __future__ import annotations

from secretkey_lint.readers.python import paths
from secretkey_lint.readers.python.objects import Arguments, Const, Items, Mapping, Place, Symbol, Unknown, one

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from secretkey_lint.readers.python.objects import Object


def joined(left: Object, right: Object, operator: str, node: cst.CSTNode) -> Object:
    """Return `left + right` of lists, `left | right` of dictionaries, `path / name` of paths."""
    match left, right:
        case Items(), Items() if operator == "Add":
            return Items(left.items + right.items, node, left.complete and right.complete)
        case Items(), _ if operator == "Add":
            return Items(left.items, node, False)
        case _, Items() if operator == "Add":
            return Items(right.items, node, False)
        case Place(path=path), Const(value=str() as text) if operator != "BitOr":
            return Place(paths.join(path, text if operator == "Divide" else text.lstrip("/")), node)
        case (Mapping() | Symbol(), Mapping() | Symbol()) if operator == "BitOr" and _has_variables(left, right):
            return layered((left, right), node)
        case Mapping(), Mapping() if operator == "BitOr":
            return Mapping(left.entries + right.entries, node, left.complete and right.complete)
        case Symbol(path=path), _ if operator == "Divide":
            return Symbol(path, node, left.arguments)
        case (Symbol() as symbol, Const()) | (Const(), Symbol() as symbol):
            return Symbol(symbol.path, node, symbol.arguments)
        case _:
            return Unknown(node)


def layered(layers: Sequence[Object], node: cst.CSTNode) -> Object:
    """Return a dictionary of dictionaries, of which the later ones count more; the environment may be among them."""
    parts: list[Object] = []
    for layer in layers:
        if isinstance(layer, Symbol) and layer.path == "collections.ChainMap()" and layer.arguments is not None:
            parts += [each[0].value for each in reversed(layer.arguments.positional)]
        else:
            parts.append(layer)
    return Symbol("collections.ChainMap()", node, Arguments(tuple(one(part) for part in reversed(parts))))


def _has_variables(*values: Object) -> bool:
    return any(isinstance(each, Symbol) and each.path in ("os.environ", "collections.ChainMap()") for each in values)
