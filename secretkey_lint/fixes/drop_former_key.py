"""Takes a literal out of the former keys that are still accepted."""

from __future__ import annotations

from secretkey_lint.model.binding import Binding
from secretkey_lint.model.diagnostic import Fix
from secretkey_lint.model.value import Literal
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.fixing.finding import Finding
    from secretkey_lint.fixing.tree import Tree
else:
    from secretkey_lint.readers.python import syntax as cst


def fix(finding: Finding) -> Fix | None:
    """Return the fix of an item of a list that is written out, and of a statement that appends one."""
    match finding.fact:
        case Binding(value=Literal(), medium="python", name=name) as binding if is_fallbacks_name(name):
            pass
        case _:
            return None
    draft, tree = finding.draft, finding.draft.tree
    if tree is None or finding.context == "test" or not binding.is_used:
        return None
    value = tree.at(*draft.offsets(finding.span))
    place = _place(value, tree) if value is not None else None
    if place is None:
        return None
    return Fix(
        "Take the former key out",
        "unsafe",
        (draft.edit(*place, ""),),
        "Whoever is signed in with it has to sign in again; its successor is to be one that was never committed.",
    )


def _place(value: cst.CSTNode, tree: Tree) -> tuple[int, int] | None:
    """What is to go."""
    parent = tree.parent(value)
    outer = tree.parent(parent) if parent is not None else None
    match parent, outer:
        case cst.Element(), cst.List(elements=elements):
            return _of_list(parent, list(elements), outer, tree)
        case cst.Arg(keyword=None), cst.Call(func=cst.Attribute(attr=cst.Name(value="append"))):
            return _of_statement(outer, tree)
    return None


def _of_list(element: cst.Element, elements: list[cst.BaseElement], listed: cst.List, tree: Tree) -> tuple[int, int]:
    start, end = tree.place(element)
    at = next(number for number, each in enumerate(elements) if each is element)
    text = tree.text
    behind = end
    while text[behind : behind + 1] in (" ", "\t", ",") and text[behind : behind + 1]:
        behind += 1
    if text[behind : behind + 1] == "#":
        while text[behind : behind + 1] not in ("", "\r", "\n"):
            behind += 1
    before = start
    while text[before - 1 : before] in (" ", "\t") and before:
        before -= 1
    if before and text[before - 1] in "\r\n" and text[behind : behind + 1] in ("\r", "\n"):  # it has its lines alone
        return before, behind + (2 if text.startswith("\r\n", behind) else 1)
    if at + 1 < len(elements):
        return start, tree.place(elements[at + 1])[0]
    if at:
        return tree.place(elements[at - 1])[1], end
    return tree.place(listed)[0] + 1, tree.place(listed)[1] - 1


def _of_statement(call: cst.Call, tree: Tree) -> tuple[int, int] | None:
    """The line of a call that is a statement, and not the only one of its block."""
    expression = tree.parent(call)
    line = tree.parent(expression) if expression is not None else None
    block = tree.parent(line) if line is not None else None
    match line, block:
        case cst.SimpleStatementLine(body=[cst.Expr()]), cst.Module(body=body) | cst.IndentedBlock(body=body) if (
            len(body) > 1
        ):
            start, end = tree.place(line)
        case _:
            return None
    text = tree.text
    while start and text[start - 1] not in "\r\n":
        start -= 1
    while text[end : end + 1] not in ("", "\r", "\n"):
        end += 1
    return start, end + (2 if text.startswith("\r\n", end) else end < len(text))
