"""How a module looks variables up, and how it would look up one that has to be set."""

from __future__ import annotations

from secretkey_lint.appearance import is_variable_name
from secretkey_lint.fixing.importing import import_of
from secretkey_lint.fixing.names import READERS, Names, string
from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.fixing.finding import Draft
    from secretkey_lint.fixing.tree import Tree
    from secretkey_lint.model.diagnostic import Edit
else:
    from secretkey_lint.readers.python import syntax as cst

_CALLED = ("environ.Env()", "decouple.config", "environs.Env()", "envparse.env", "starlette.config.Config()")
"""Readers of settings that fail where a variable is not set, and no default is given."""


class Lookup(Record):
    """A lookup to be written: `text`, for which the module may need an import."""

    text: str
    needs: tuple[Edit, ...] = ()


def required(variable: str, at: int, quote: str, draft: Draft, tree: Tree) -> Lookup | None:
    """Return how a module looks up, at an offset, a variable that has to be set; None where that takes more than a line.

    Where it has a reader of settings already, it is asked; the environment itself otherwise.
    """
    names = tree.names
    used = _used(tree, names)
    readers = [
        name
        for name, path in names.all().items()
        if (path in _CALLED or (name in READERS and name in used and names.is_made_elsewhere(cst.Name(value=name))))
        and names.named(path, at) == name
    ]
    if readers:
        reader = max(readers, key=lambda name: used.get(name, 0))
        if used.get(reader, 0) >= used.get("os", 0):
            return Lookup(f"{reader}({quote}{variable}{quote})")
    environment = names.named("os.environ", at)
    module = names.named("os", at)
    if module is None and environment is not None:
        return Lookup(f"{environment}[{quote}{variable}{quote}]")
    if module is None:
        if _binds(tree, "os"):
            return None
        return Lookup(f"os.environ[{quote}{variable}{quote}]", (import_of("os", draft, tree),))
    return Lookup(f"{module}.environ[{quote}{variable}{quote}]")


def _used(tree: Tree, names: Names) -> dict[str, int]:
    """How often each name looks something up; those of the environment count together, as `os`."""
    used: dict[str, int] = {}
    for node in tree.walk():
        match node:
            case cst.Call(func=func, args=[cst.Arg(value=value), *_]) if string(value) is not None:
                path = names.path(func) or ""
                root = "os" if path.startswith(("os.environ", "os.getenv")) else _root(func)
            case cst.Subscript(value=value) if names.path(value) == "os.environ":
                root = "os"
            case _:
                continue
        if root == "os" or (root and names.reads(func) is not None):
            used[root] = used.get(root, 0) + 1
    return used


def _root(node: object) -> str:
    match node:
        case cst.Name(value=name):
            return name
        case cst.Attribute(value=value):
            return _root(value)
    return ""


def _binds(tree: Tree, name: str) -> bool:
    """Whether a module gives a name a meaning of its own anywhere."""
    for node in tree.walk():
        match node:
            case cst.AssignTarget(target=cst.Name(value=bound)) if bound == name:
                return True
            case cst.Param(name=cst.Name(value=bound)) if bound == name:
                return True
            case cst.ImportAlias(asname=cst.AsName(name=cst.Name(value=bound))) if bound == name:
                return True
            case cst.FunctionDef(name=cst.Name(value=bound)) | cst.ClassDef(name=cst.Name(value=bound)) if (
                bound == name
            ):
                return True
    return False


def variable_for(name: str, tree: Tree) -> str:
    """Return the variable that a setting is to be read from, named as the module names others.

    A module all of whose variables begin with `DJANGO_` reads `DJANGO_SECRET_KEY`.
    """
    names = tree.names
    variable = name.upper() if is_variable_name(name.upper()) else "SECRET_KEY"
    found: list[str] = []
    for node in tree.walk():
        match node:
            case cst.Call(func=func, args=[cst.Arg(value=value), *_]) if names.reads(func) is not None:
                said = string(value)
            case cst.Subscript(value=value, slice=[cst.SubscriptElement(slice=cst.Index(value=index))]) if (
                names.path(value) == "os.environ"
            ):
                said = string(index)
            case _:
                continue
        if said is not None and is_variable_name(said):
            found.append(said)
    if found and all(each.startswith("DJANGO_") for each in found) and not variable.startswith("DJANGO_"):
        return f"DJANGO_{variable}"
    return variable
