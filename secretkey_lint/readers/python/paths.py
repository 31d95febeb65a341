"""Paths in the project, as `os.path` and `pathlib` compute them: pure functions of texts.

A path is relative to the project's root, with `/`; one that leads out of it begins with `..`.
"""

from __future__ import annotations

from secretkey_lint.readers.python.objects import Const, Place, Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.objects import Object

SAME = frozenset(
    {
        "builtins.str",
        "environ.Path",
        "os.fspath",
        "os.path.abspath",
        "os.path.expanduser",
        "os.path.normpath",
        "os.path.realpath",
        "pathlib.Path",
    }
)
"""Functions that yield the path that they are given, for what matters here."""

_SAME_METHODS = frozenset({"absolute", "as_posix", "expanduser", "resolve", "__str__", "__fspath__"})


def parent(path: str) -> str:
    """Return the folder that a path is in."""
    if path == "" or path.rpartition("/")[2] == "..":
        return join(path, "..")
    return path.rpartition("/")[0]


def join(path: str, *names: str) -> str:
    """Return what `names`, one after the other, lead to from `path`; an absolute one leads out of the project."""
    parts = path.split("/") if path else []
    for name in names:
        if name.startswith("/"):
            return ".." + name
        for part in name.replace("\\", "/").split("/"):
            if part == ".." and parts and parts[-1] != "..":
                parts.pop()
            elif part not in ("", "."):
                parts.append(part)
    return "/".join(parts)


def attribute(path: str, name: str, node: cst.CSTNode) -> Object:
    """Return what an attribute of a path is."""
    match name:
        case "parent":
            return Place(parent(path), node)
        case "name" | "stem" | "suffix":
            last = path.rpartition("/")[2]
            stem, dot, suffix = last.rpartition(".")
            return Const({"name": last, "stem": stem or last, "suffix": dot + suffix if stem else ""}[name], node)
        case "root" | "parents":
            return Place(path, node)
        case _:
            return Unknown(node)


def ancestor(path: str, number: object, node: cst.CSTNode) -> Object:
    """Return `path.parents[number]`."""
    if not isinstance(number, int) or not 0 <= number < 64:
        return Unknown(node)
    for _ in range(number + 1):
        path = parent(path)
    return Place(path, node)


def call(function: str, path: str, names: list[str], node: cst.CSTNode) -> Object | None:
    """Return what a function of the library yields of a path and the names behind it, or None."""
    if function in SAME or function == "os.path.join":
        return Place(join(path, *names), node)
    if function == "os.path.dirname":
        return Place(parent(path), node)
    if function == "os.path.basename":
        return attribute(path, "name", node)
    return None


def method(path: str, name: str, names: list[str], node: cst.CSTNode) -> Object | None:
    """Return what a method of a path yields, or None."""
    if name in _SAME_METHODS:
        return Place(path, node)
    if name in ("joinpath", "path", "__call__", "__truediv__"):
        return Place(join(path, *names), node)
    if name in ("with_name", "with_suffix") and len(names) == 1:
        stem = path.rpartition(".")[0] or path
        return Place(join(parent(path), names[0]) if name == "with_name" else stem + names[0], node)
    return None
