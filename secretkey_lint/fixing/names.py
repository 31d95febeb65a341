"""What the names of a module mean: which library a call goes to, by the module's own imports and assignments."""

from __future__ import annotations

from secretkey_lint.readers.python import libraries
from secretkey_lint.readers.python.mentions import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.fixing.tree import Tree
    from secretkey_lint.readers.python.libraries import Reads
else:
    from secretkey_lint.readers.python import syntax as cst

READERS = ("env", "config")
"""What projects call the reader of settings that one of their modules makes for the others."""


class Names:
    """The names that stand at the top of a module, each with the qualified name that it stands for."""

    def __init__(self, tree: Tree) -> None:
        self._paths: dict[str, str] = {}
        self._since: dict[str, int] = {}
        self._takes_all = False
        for statement in tree.statements():
            match statement:
                case cst.SimpleStatementLine(body=parts):
                    for part in parts:
                        self._take(part, tree.place(part)[0])

    def _take(self, statement: cst.CSTNode, at: int) -> None:
        match statement:
            case cst.Import(names=aliases):
                for alias in aliases:
                    path = dotted(alias.name)
                    if alias.asname is not None:
                        self._put(dotted(alias.asname.name), path, at)
                    else:
                        self._put(path.partition(".")[0], path.partition(".")[0], at)
            case cst.ImportFrom(names=cst.ImportStar()):
                self._takes_all = True
            case cst.ImportFrom(module=module, names=tuple() as aliases, relative=relative):
                package = "." * len(relative or ()) + (dotted(module) if module is not None else "")
                for alias in aliases:
                    name = dotted(alias.name)
                    bound = dotted(alias.asname.name) if alias.asname is not None else name
                    self._put(bound, f"{package}.{name}", at)
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=cst.Call(func=func)):
                called = self.path(func)
                self._put(name, f"{called}()" if called is not None else "", at)
            case cst.Assign(targets=targets):
                for target in targets:
                    if isinstance(target.target, cst.Name):
                        self._put(target.target.value, "", at)

    def _put(self, name: str, path: str, at: int) -> None:
        self._paths[name] = libraries.canonical(path)
        self._since.setdefault(name, at)

    def path(self, node: object) -> str | None:
        """Return the qualified name that an expression leads to, `environ.Env().str`, or None."""
        match node:
            case cst.Name(value=name):
                return self._paths.get(name) or None
            case cst.Attribute(value=value, attr=cst.Name(value=name)):
                base = self.path(value)
                return libraries.canonical(f"{base}.{name}") if base is not None else None
            case cst.Call(func=func):
                base = self.path(func)
                return libraries.canonical(f"{base}()") if base is not None else None
        return None

    def reads(self, node: object) -> Reads | None:
        """Return how an expression looks a variable up where it is called, or None where it is not known to."""
        path = self.path(node) or ""
        found = libraries.READS.get(path)
        if found is None:
            base = path.rpartition(".")[0]
            found = libraries.READS.get(base) if base in libraries.READ_METHODS else None
        return found or (libraries.READS["decouple.config"] if self.is_made_elsewhere(node) else None)

    def is_made_elsewhere(self, node: object) -> bool:
        """Whether an expression is, or is of, what another module of the project calls as readers of settings are."""
        match node:
            case cst.Attribute(value=cst.Name() as value, attr=cst.Name(value="str")):
                return self.is_made_elsewhere(value)
            case cst.Name(value=name):
                known = self._paths.get(name)
                return name in READERS and (self._takes_all if known is None else known.endswith(f".{name}"))
        return False

    def named(self, path: str, before: int) -> str | None:
        """Return the name that stands for a qualified name at an offset, or None."""
        return next((name for name, each in self._paths.items() if each == path and self._since[name] < before), None)

    def all(self) -> dict[str, str]:
        """Return all names with what they stand for."""
        return dict(self._paths)


def string(node: object) -> str | None:
    """Return the text of a string without escapes, or None for anything else."""
    match node:
        case cst.SimpleString(value=written):
            quoted = written.lstrip("uU")
            if quoted[:1] in ("'", '"') and quoted[:3] not in ("'''", '"""') and "\\" not in quoted:
                return quoted[1:-1]
    return None


def keyword(argument: cst.Arg) -> str:
    """Return by which name an argument is passed, "" where it is by its position."""
    return argument.keyword.value if argument.keyword is not None else ""
