"""Takes the literal away that a lookup falls back to, so that a missing variable stops the start."""

from __future__ import annotations

from secretkey_lint.fixing.names import Names, keyword, string
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.diagnostic import Fix
from secretkey_lint.model.value import EnvLookup, Literal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.fixing.finding import Draft, Finding
    from secretkey_lint.fixing.tree import Tree
    from secretkey_lint.model.diagnostic import Edit
else:
    from secretkey_lint.readers.python import syntax as cst

_CONDITIONS = frozenset({"debug", "testing", "build", "commented", "unreachable"})

_ENVIRONMENT = ("os.environ.get", "os.environ.setdefault", "os.getenv")
"""Calls that yield None where nothing is set, with what subscripts of the environment do in their place."""


def fix(finding: Finding) -> Fix | None:
    """Return the fix of a default that stands where it is used: in a lookup, behind its `or`, in its `except`."""
    match finding.fact:
        case Binding(value=EnvLookup(default=Literal()), medium="python", guards=guards):
            pass
        case Binding(value=Literal(), fallback=True, medium="python", guards=guards):
            pass
        case _:
            return None
    draft, tree = finding.draft, finding.draft.tree
    if tree is None or finding.context == "test" or any(each.kind in _CONDITIONS for each in guards):
        return None
    value = tree.at(*draft.offsets(finding.span))
    edits = _edits(value, draft, tree) if value is not None else None
    if edits is None:
        return None
    return Fix(
        "Drop the default, so that a missing variable stops the start",
        "unsafe",
        tuple(edits),
        "Set the variable where the project runs, to a new key: the default that was here stays in the history.",
    )


def _edits(value: cst.CSTNode, draft: Draft, tree: Tree) -> list[Edit] | None:
    parent = tree.parent(value)
    outer = tree.parent(parent) if parent is not None else None
    match parent, outer:
        case cst.Arg(), cst.Call():
            return _required(outer, parent, tree.place(outer)[1], draft, tree)
        case cst.BooleanOperation(left=left, operator=cst.Or(), right=right), _ if right is value:
            return _without_or(left, value, draft, tree)
        case cst.Element(), cst.Tuple():
            return _scheme(parent, outer, draft, tree)
        case cst.AnnAssign(annotation=annotation), _ if _is_in_a_class(parent, tree):
            return [draft.edit(tree.place(annotation)[1], tree.whole(value)[1], "")]
        case cst.Assign(targets=[_]), _:
            return _raising(parent, draft, tree)
    return None


def _required(call: cst.Call, default: cst.Arg | None, end: int, draft: Draft, tree: Tree) -> list[Edit] | None:
    """A lookup without its default and what follows it up to `end`, which fails where nothing is set.

    None for one of which that is not known.
    """
    names = tree.names
    reads, path = names.reads(call.func), names.path(call.func) or ""
    if reads is None or any(each.star for each in call.args) or not _is_about_the_key(call, names, tree):
        return None
    if path.startswith(_ENVIRONMENT):
        return _subscript(call, default, end, draft, tree)
    behind = tree.place(call)[1]
    rest = [draft.edit(behind, end, "")] if end > behind else []
    if default is None:
        return rest if reads.fails else None
    at = next(number for number, each in enumerate(call.args) if each is default)
    by_position = not keyword(default)
    if not reads.fails or (by_position and (at == 0 or not all(map(keyword, call.args[at + 1 :])))):
        return None
    if not by_position and keyword(default) != reads.keyword:
        return None
    return [_without(call, at, draft, tree), *rest]


def _is_about_the_key(call: cst.Call, names: Names, tree: Tree) -> bool:
    """Whether a lookup is of one variable, is made where its value is needed only, and its value is used."""
    parent = tree.parent(call)
    outer = tree.parent(parent) if isinstance(parent, cst.Arg) else None
    if isinstance(parent, cst.Expr) or (isinstance(outer, cst.Call) and names.reads(outer.func) is not None):
        return False
    in_function = any(isinstance(each, cst.FunctionDef | cst.Lambda) for each in tree.around(call))
    return not in_function or any(string(each.value) is not None for each in call.args[:1])


def _without(call: cst.Call, at: int, draft: Draft, tree: Tree) -> Edit:
    """The edit that takes an argument out, with the comma and the blanks before it; a comment there stays."""
    start, end = tree.place(call.args[at])
    if at == 0:
        end = tree.place(call.args[1])[0] if len(call.args) > 1 else end
        return draft.edit(start, end, "")
    before = tree.place(call.args[at - 1])[1]
    if "#" not in tree.text[before:start]:
        return draft.edit(before, end, "")
    behind = end
    while tree.text[behind : behind + 1] in (" ", "\t", ","):
        behind += 1
    return draft.edit(start, behind, "")


def _subscript(call: cst.Call, default: cst.Arg | None, end: int, draft: Draft, tree: Tree) -> list[Edit] | None:
    """`os.environ["…"]` in the place of `os.environ.get("…", …)` and `os.getenv("…", …)`."""
    name = next((each for each in call.args if each is not default and keyword(each) in ("", "key")), None)
    if name is None or len(call.args) > 2 or name is not call.args[0]:
        return None
    opening = "["
    match call.func:
        case cst.Attribute(value=value, attr=cst.Name(value=attribute)):
            opening = ".environ[" if attribute == "getenv" else opening
        case _:
            return None
    begin, behind = tree.place(name.value)
    if "#" in tree.text[behind:end]:
        return None
    return [draft.edit(tree.place(value)[1], begin, opening), draft.edit(behind, end, "]")]


def _without_or(left: cst.CSTNode, value: cst.CSTNode, draft: Draft, tree: Tree) -> list[Edit] | None:
    """The last lookup before an `or "…"`, which is to fail then; what is before it may still yield the key."""
    last = left
    while isinstance(last, cst.BooleanOperation) and isinstance(last.operator, cst.Or) and not last.lpar:
        last = last.right
    end = tree.whole(value)[1]
    match last:
        case cst.Subscript() if tree.names.path(last.value) == "os.environ":
            return [draft.edit(tree.whole(left)[1], end, "")]
        case cst.Call(lpar=()) if not left.lpar:  # type: ignore[attr-defined]
            default = next(
                (each for number, each in enumerate(last.args) if number and keyword(each) in ("", "default")), None
            )
            return _required(last, default, end, draft, tree)
    return None


def _scheme(element: cst.Element, pair: cst.Tuple, draft: Draft, tree: Tree) -> list[Edit] | None:
    """The type alone, in `environ.Env(SECRET_KEY=(str, "…"))`."""
    argument = tree.parent(pair)
    call = tree.parent(argument) if argument is not None else None
    match argument, call:
        case cst.Arg(keyword=cst.Name()), cst.Call(func=func) if len(pair.elements) == 2:
            first = pair.elements[0]
            if (
                tree.names.path(func) == "environ.Env"
                and pair.elements[1] is element
                and isinstance(first, cst.Element)
            ):
                start, end = tree.place(first.value)
                outer_start, outer_end = tree.whole(pair)
                return [draft.edit(outer_start, start, ""), draft.edit(end, outer_end, "")]
    return None


def _is_in_a_class(statement: cst.CSTNode, tree: Tree) -> bool:
    """Whether a statement is one of the body of a class itself."""
    for node in tree.around(statement):
        if isinstance(node, cst.ClassDef):
            return True
        if isinstance(node, cst.FunctionDef):
            return False
    return False


def _raising(assignment: cst.Assign, draft: Draft, tree: Tree) -> list[Edit] | None:
    """`raise` in the place of an assignment that is all that is done where a lookup has failed."""
    line = tree.parent(assignment)
    block = tree.parent(line) if line is not None else None
    handler = tree.parent(block) if block is not None else None
    match line, block, handler:
        case cst.SimpleStatementLine(body=[_]), cst.IndentedBlock(body=[_]), cst.ExceptHandler(
            type=cst.Name(value=name)
        ):
            if name in ("KeyError", "ImproperlyConfigured", "UndefinedValueError", "EnvError"):
                return [draft.edit(*tree.place(assignment), "raise")]
    return None
