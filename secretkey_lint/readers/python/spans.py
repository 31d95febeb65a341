"""Where nodes of a light tree are in the source, computed for the few nodes that are reported.

Light nodes hold no whitespace, so a node's place is found by reading the source beside the tree, token by token, as
`grammar` says that nodes are made of. The source between two tokens is whitespace and comments, and a token that is
not where the tree says it is stops the reading: then the whole of LibCST locates.
"""

from secretkey_lint.readers.python import syntax
from secretkey_lint.readers.python.grammar import ENTRIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    _Steps = list[tuple[int, str, str]]

_CHILD, _TEXT, _TEXT_OF, _RAW_TEXT_OF, _TEXT_IF, _CHILD_OR_TEXT, _OPEN, _OPEN_RAW, _CLOSE, _NODE = range(10)


class _Mismatch(Exception):
    """The source is not what `grammar` makes of the tree."""


def locate(source: str, module: "cst.Module", nodes: "Iterable[cst.CSTNode]") -> dict[int, tuple[int, int]]:
    """The places of `nodes` in `source`, of which `module` is the tree: half-open offsets, in code points, by `id`.

    A node's place is the text from its first to its last token, as LibCST's PositionProvider has it: an expression is
    without its own parentheses, an element, argument or parameter without its comma (a parameter without its
    annotation and default, too), a function or class without its decorators, a statement without its semicolon and
    the comments around it. An implicitly concatenated string is one node, from the first quote to the last.
    PositionProvider gives the whitespace around a bracket or a unary operator to the node; here it is left out.

    Raises LookupError for a node that is not of the tree, ParseFailure if only the whole of LibCST could tell the place
    and the tree is too deep for it.
    """
    requested = list(nodes)
    # A block begins where its first statement does, which may be after decorators.
    first_statements = {id(node): id(node.body[0]) for node in requested if _is_block(node)}
    wanted = {id(node) for node in requested}
    try:
        spans = _read(source, module, wanted.union(first_statements.values()))
    except _Mismatch:
        return _locate_whole(source, module, requested)
    for block, statement in first_statements.items():
        spans[block] = spans[statement][0], spans[block][1]
    return {key: spans[key] for key in wanted}


def _is_block(node: "cst.CSTNode") -> "TypeGuard[cst.IndentedBlock]":
    return type(node).__name__ == "IndentedBlock"
