"""Makes a counter-example as small as it can be: statements and expressions are taken away while the problem stays."""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Callable, Iterator
from dataclasses import replace

from oracle.generator import Project


def reduced(project: Project, still_fails: Callable[[Project], bool], limit: int = 600) -> Project:
    """Return a smaller project for which `still_fails` is true, after at most `limit` tries."""
    tries = 0
    progress = True
    while progress:
        progress = False
        for smaller in _smaller(project):
            tries += 1
            if tries > limit:
                return project
            if still_fails(smaller):
                project, progress = smaller, True
                break
    return project


def _smaller(project: Project) -> Iterator[Project]:
    """Projects that lack one thing, the largest things first."""
    for path in project.files:
        if not path.endswith("wsgi.py"):
            yield replace(project, files={name: text for name, text in project.files.items() if name != path})
    if project.git:
        yield replace(project, git=False)
    for path, text in project.files.items():
        if path.endswith(".py") and not path.endswith("wsgi.py") and text:
            seen = {text}
            for smaller in _smaller_code(text):
                if smaller not in seen and len(smaller) < len(text):
                    seen.add(smaller)
                    yield replace(project, files={**project.files, path: smaller})


def _smaller_code(text: str) -> Iterator[str]:
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    if ast.unparse(tree) + "\n" != text:
        text = ast.unparse(tree) + "\n"
        yield text
    for number, node in enumerate(ast.walk(tree)):
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                for position, item in enumerate(value):
                    if isinstance(item, ast.AST):
                        yield from _changed(tree, number, name, position, _substitutes(item))
            elif isinstance(value, ast.expr):
                yield from _changed(tree, number, name, None, _parts(value))


def _substitutes(item: ast.AST) -> Iterator[list[ast.AST]]:
    """What may stand in the place of an element of a list: nothing, its own parts."""
    yield []
    if isinstance(item, ast.stmt):
        for name in ("body", "orelse", "finalbody"):
            inner = getattr(item, name, None)
            if isinstance(inner, list) and inner and not isinstance(item, ast.FunctionDef | ast.ClassDef):
                yield inner
        for handler in getattr(item, "handlers", ()):
            yield handler.body
        for case in getattr(item, "cases", ()):
            yield case.body
    elif isinstance(item, ast.expr):
        for part in _parts(item):
            yield [part]


def _parts(value: ast.expr) -> Iterator[ast.AST]:
    """The expressions within an expression."""
    for child in ast.iter_child_nodes(value):
        if isinstance(child, ast.expr) and not isinstance(child, ast.FormattedValue):
            yield child
        elif not isinstance(child, ast.expr_context | ast.operator | ast.boolop | ast.cmpop | ast.unaryop):
            for inner in ast.iter_child_nodes(child):
                if isinstance(inner, ast.expr):
                    yield inner


def _changed(
    tree: ast.Module, number: int, name: str, position: int | None, substitutes: Iterator[list[ast.AST] | ast.AST]
) -> Iterator[str]:
    for substitute in substitutes:
        changed = copy.deepcopy(tree)
        node = next(each for index, each in enumerate(ast.walk(changed)) if index == number)
        if position is None:
            setattr(node, name, substitute)
        else:
            getattr(node, name)[position : position + 1] = substitute
            if name == "body" and not node.body and not isinstance(node, ast.Module):  # type: ignore[attr-defined]
                node.body = [ast.Pass()]  # type: ignore[attr-defined]
        try:
            text = ast.unparse(ast.fix_missing_locations(changed)) + "\n"
            ast.parse(text)
        except (SyntaxError, ValueError, AttributeError, TypeError, IndexError):
            continue
        if _unbound(changed) <= _unbound(tree):
            yield text


def _unbound(tree: ast.Module) -> set[str]:
    """The names that a module uses and does not bind."""
    used: set[str] = set()
    bound: set[str] = set(vars(builtins))
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                used.add(name)
            case ast.Name(id=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                bound.add(name)
            case ast.alias(name=name, asname=alias):
                bound.add(alias or name.partition(".")[0])
            case ast.MatchAs(name=str() as name):
                bound.add(name)
    return used - bound
