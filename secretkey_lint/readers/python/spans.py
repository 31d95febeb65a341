"""Where nodes of a light tree are in the source, computed for the few nodes that are reported.

Light nodes hold no whitespace, so a node's place is found by reading the source beside the tree, token by token, as
`grammar` says that nodes are made of. What is between two tokens is whitespace and comments. A token that is not where
the tree says it is ends the reading: then the whole of LibCST locates.
"""

from secretkey_lint.readers.python import syntax
from secretkey_lint.readers.python.grammar import ENTRIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    import libcst as cst

_CHILD, _CHILD_OR_TEXT, _TEXT, _TEXT_IF, _TEXT_OF, _RAW_TEXT_OF, _OPEN, _OPEN_RAW, _CLOSE, _NODE = range(10)

# The steps of reading a node: kind of step, name of the field, texts to expect.
_Steps = list[tuple[int, "Any", tuple[str, ...]]]


class _Mismatch(Exception):
    """The source is not what the grammar makes of the tree."""


def locate(source: str, module: "cst.Module", nodes: "Iterable[cst.CSTNode]") -> dict[int, tuple[int, int]]:
    """The places of `nodes` in `source`, of which `module` is the tree: half-open offsets, in code points, by `id`.

    A node's place is the text from its first to its last token, as LibCST's PositionProvider has it: an expression is
    without its own parentheses, an element or argument without its comma, a parameter without its annotation and
    default, a function or class without its decorators, a statement without its semicolon. An implicitly concatenated
    string is one node, from the first quote to the last. Where PositionProvider gives whitespace to a node (around a
    bracket, after `not`), or a semicolon to a `type` statement, it is left out here.

    Raises LookupError for a node that is not of the tree; ParseFailure where only the whole of LibCST could tell, and
    the tree is too deep for it.
    """
    requested = list(nodes)
    spans = find(source, module, requested)
    if len(spans) < len({id(node) for node in requested}):
        raise LookupError("a node is not of this tree")
    return spans


def find(source: str, module: "cst.Module", nodes: "Iterable[cst.CSTNode]") -> dict[int, tuple[int, int]]:
    """The same for those of `nodes` that are of the tree."""
    requested: list[Any] = list(nodes)
    # LibCST lets a block begin where its first statement does: after the decorators.
    firsts = {id(node): id(node.body[0]) for node in requested if type(node).__name__ == "IndentedBlock"}
    wanted = {id(node) for node in requested}
    try:
        spans = _read(source, module, wanted.union(firsts.values()))
    except _Mismatch:
        spans = None
    if spans is None:
        spans = _locate_whole(source, module, wanted.union(firsts.values()))
    for block, first in firsts.items():
        if block in spans:
            spans[block] = spans[first][0], spans[block][1]
    return {key: spans[key] for key in wanted if key in spans}


def _read(source: str, module: "cst.Module", wanted: set[int]) -> dict[int, tuple[int, int]]:
    """The places of the wanted nodes, as far as they are of the tree. A loop, since trees may be deep."""
    spans: dict[int, tuple[int, int]] = {}
    starts: list[int] = []
    outer: list[tuple[Any, Iterator[tuple[int, Any, tuple[str, ...]]]]] = []
    node: Any = module
    steps = iter(_steps(module, wanted))
    position = end = int(source.startswith("\ufeff"))
    while len(spans) < len(wanted):
        for kind, field, expected in steps:
            texts = expected
            if kind <= _CHILD_OR_TEXT:
                value = getattr(node, field)
                if value.__class__ is tuple:
                    outer.append((node, steps))
                    steps = iter([(_NODE, child, ()) for child in value])
                    break
                if value is not None:
                    outer.append((node, steps))
                    node = value
                    steps = iter(_steps(node, wanted))
                    break
                if kind == _CHILD:
                    continue
            elif kind == _NODE:
                outer.append((node, steps))
                node = field
                steps = iter(_steps(node, wanted))
                break
            elif kind == _OPEN:
                position = _after_blanks(source, position)
                starts.append(position)
                continue
            elif kind == _OPEN_RAW:
                starts.append(position)
                continue
            elif kind == _CLOSE:
                start = starts.pop()
                # What ends before it starts has no token, or is a semicolon.
                spans[id(node)] = start, end if end > start else position
                continue
            elif kind == _TEXT_IF:
                if getattr(node, field) is None:
                    continue
            elif kind != _TEXT:
                text = getattr(node, field)
                if not text:
                    continue
                texts = (text,)
                if kind == _RAW_TEXT_OF and not source.startswith(text, position):
                    raise _Mismatch

            if not source.startswith(texts, position):
                position = _after_blanks(source, position)
            for text in texts:
                if source.startswith(text, position):
                    break
            else:
                raise _Mismatch
            position += len(text)
            # A statement ends before its semicolon, and whatever ends with the statement does too.
            if text != ";":
                end = position
        else:
            if not outer:
                break
            node, steps = outer.pop()
    return spans


def _after_blanks(source: str, position: int) -> int:
    """The offset of the next token: after whitespace, continued lines and comments."""
    while (character := source[position : position + 1]) and character in " \t\n\r\f\\#":
        position += 1
        if character == "#":
            ends = source.find("\n", position), source.find("\r", position)
            position = min((end for end in ends if end >= 0), default=len(source))
    return position


_compiled: dict[type, tuple[_Steps, _Steps]] = {}


def _steps(node: object, wanted: set[int]) -> _Steps:
    """The steps of reading a node, with those that note its place if it is wanted."""
    compiled = _compiled.get(type(node))
    if compiled is None:
        entry = ENTRIES.get(type(node).__name__)
        if entry is None:
            raise _Mismatch
        noting = [_compile(word) for word in (entry if "<" in entry.split() else f"< {entry} >").split()]
        if noting[1][0] == _RAW_TEXT_OF:
            noting[0] = _OPEN_RAW, "", ()
        plain = [step for step in noting if step[0] not in (_OPEN, _OPEN_RAW, _CLOSE)]
        compiled = _compiled[type(node)] = plain, noting
    return compiled[id(node) in wanted]


def _compile(word: str) -> tuple[int, str, tuple[str, ...]]:
    before, *quoted = word.split("'")
    match before[:1], quoted:
        case "<", _:
            return _OPEN, "", ()
        case ">", _:
            return _CLOSE, "", ()
        case "$", _:
            return _TEXT_OF, before[1:], ()
        case "~", _:
            return _RAW_TEXT_OF, before[1:], ()
        case "", [text, ""]:
            return _TEXT, "", (text,)
        case "", [text, "/", other, ""]:
            return _TEXT, "", (text, other)
        case "", [text, condition]:
            return _TEXT_IF, condition.removeprefix("?"), (text,)
        case _, [text, ""]:
            return _CHILD_OR_TEXT, before.removesuffix("/"), (text,)
    return _CHILD, before, ()


def _locate_whole(source: str, module: "cst.Module", wanted: set[int]) -> dict[int, tuple[int, int]]:
    """The places as PositionProvider has them, of the nodes of LibCST's own tree that are in the places of ours."""
    import libcst
    from libcst.metadata import MetadataWrapper, PositionProvider

    ranges = None
    try:
        whole = syntax.on_large_stack(lambda: libcst.parse_module(source))
        ranges = MetadataWrapper(whole, unsafe_skip_copy=True).resolve(PositionProvider)
    except RecursionError:
        pass
    if ranges is None:
        raise syntax.ParseFailure("too deeply nested")

    lines = _line_starts(source)
    spans: dict[int, tuple[int, int]] = {}
    pending: list[tuple[Any, Any]] = [(module, whole)]
    while pending and len(spans) < len(wanted):
        light, node = pending.pop()
        if light is None:  # whitespace
            continue
        if type(light).__name__ != type(node).__name__:
            raise LookupError("the tree is not of this source")
        if id(light) in wanted:
            start, end = ranges[node].start, ranges[node].end
            spans[id(light)] = lines[start.line - 1] + start.column, lines[end.line - 1] + end.column
        for field, value in vars(light).items():
            if value.__class__ is tuple:
                pending += zip(value, getattr(node, field), strict=True)
            elif isinstance(value, syntax.Node):
                pending.append((value, getattr(node, field)))
    return spans


def _line_starts(source: str) -> list[int]:
    """The offsets that the lines begin at, as LibCST counts them: it ends a last line that has no newline, too."""
    starts = [int(source.startswith("\ufeff"))]
    for position, character in enumerate(source, 1):
        if character == "\n" or (character == "\r" and source[position : position + 1] != "\n"):
            starts.append(position)
    return [*starts, len(source)]
