"""Where `import os` goes in a module that does without it so far."""

from __future__ import annotations

import sys

from secretkey_lint.readers.python.mentions import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.fixing.finding import Draft
    from secretkey_lint.fixing.tree import Tree
    from secretkey_lint.model.diagnostic import Edit
else:
    from secretkey_lint.readers.python import syntax as cst


def import_of(name: str, draft: Draft, tree: Tree) -> Edit:
    """Return the edit that imports a module of the standard library, where isort would put it.

    That is in its turn among those of the standard library that are imported at the top, behind the docstring and
    `from __future__`; above all others where there are none.
    """
    end = draft.line_end()
    written = f"import {name}{end}"
    statements = tree.statements()
    first = 0
    while first < len(statements) and (_is_docstring(statements, first) or _is_future(statements[first])):
        first += 1
    if first == len(statements):  # there is nothing to put it before; what needs it is no statement of the module
        return draft.edit(len(tree.text), len(tree.text), f"{end}{written}")
    last = None
    for statement in statements[first:]:
        module = _imported(statement)
        if module is None or module.partition(".")[0] not in sys.stdlib_module_names:
            break
        if _is_from(statement) or module > name:
            return _above(draft, tree, statement, written)
        last = statement
    if last is not None:
        return _below(draft, tree, last, written)
    statement = statements[first]
    if _imported(statement) is not None:
        return _above(draft, tree, statement, f"{written}{end}")
    decorators = getattr(statement, "decorators", None) or (statement,)
    start = _line_start(tree.text, tree.place(decorators[0])[0])
    above = _above_comments(tree.text, start, first == 0)
    blank = "" if above == 0 or _is_blank_before(tree.text, above) else end
    return draft.edit(above, above, f"{blank}{written}{end}")


def _is_docstring(statements: list[cst.CSTNode], at: int) -> bool:
    match statements[at]:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString()), *_]):
            return at == 0
    return False


def _is_future(statement: cst.CSTNode) -> bool:
    return _imported(statement) == "__future__"


def _is_from(statement: cst.CSTNode) -> bool:
    match statement:
        case cst.SimpleStatementLine(body=[cst.ImportFrom(), *_]):
            return True
    return False


def _imported(statement: cst.CSTNode) -> str | None:
    """The module that a statement imports, "" for one that is relative, None for another statement."""
    match statement:
        case cst.SimpleStatementLine(body=[cst.Import(names=[alias, *_]), *_]):
            return dotted(alias.name)
        case cst.SimpleStatementLine(body=[cst.ImportFrom(module=module, relative=relative), *_]):
            return "" if relative else dotted(module)
    return None


def _above(draft: Draft, tree: Tree, statement: cst.CSTNode, written: str) -> Edit:
    start = _line_start(tree.text, tree.place(statement)[0])
    return draft.edit(start, start, written)


def _below(draft: Draft, tree: Tree, statement: cst.CSTNode, written: str) -> Edit:
    """Put a line behind that of a statement, which a comment may follow."""
    end = _line_end(tree.text, tree.place(statement)[1])
    blank = "" if tree.text[end - 1 : end] in ("\n", "\r") else draft.line_end()
    return draft.edit(end, end, blank + written)


def _line_start(text: str, offset: int) -> int:
    while offset and text[offset - 1] not in "\r\n":
        offset -= 1
    return offset


def _line_end(text: str, offset: int) -> int:
    """The offset behind the line that an offset is in, and behind what ends it."""
    while offset < len(text) and text[offset] not in "\r\n":
        offset += 1
    return offset + (2 if text.startswith("\r\n", offset) else offset < len(text))


def _above_comments(text: str, start: int, is_first: bool) -> int:
    """The start of the comment lines that adjoin the line at `start`, but those that have to be first in the file."""
    above = start
    while above:
        before = _line_start(text, above - (2 if text.startswith("\r\n", above - 2) else 1))
        line = text[before:above]
        if not line.lstrip(" \t").startswith("#") or (
            is_first and text[:before].count("\n") < 2 and (line.startswith("#!") or "coding" in line)
        ):
            break
        above = before
    return above


def _is_blank_before(text: str, offset: int) -> bool:
    """Whether the line before the one that begins at an offset is empty."""
    before = text[:offset].removesuffix("\n").removesuffix("\r")
    return not before[max(before.rfind("\n"), before.rfind("\r")) + 1 :].strip()
