"""What calls yield: of libraries by the table, of pure functions by computing, of the project's own by walking them."""

from __future__ import annotations

from secretkey_lint.model.record import replace
from secretkey_lint.readers.python import libraries, operations
from secretkey_lint.readers.python.files import Files
from secretkey_lint.readers.python.objects import (
    Arguments,
    Class,
    Const,
    Entry,
    Function,
    Instance,
    Items,
    Lookup,
    Mapping,
    Module,
    Opaque,
    Partial,
    Place,
    Symbol,
    Unknown,
    one,
    passed_on,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.assumptions import Flow
    from secretkey_lint.readers.python.objects import Alternatives, Object
else:
    from secretkey_lint.readers.python import syntax as cst


_ASKING = frozenset({"startswith", "endswith", "isalnum", "isalpha", "isdigit", "islower", "isspace", "isupper"})
"""Methods of a text that say something of it."""


class Caller(Files):
    """Evaluates calls."""

    def call(self, node: cst.Call, flow: Flow) -> Alternatives:
        """Return what a call yields."""
        arguments = self.arguments(node.args, flow)
        self.note_call(node, arguments, flow)
        if isinstance(node.func, cst.Attribute):
            name = node.func.attr.value
            receivers = self.evaluate(node.func.value, flow)
            return self.each(receivers, lambda receiver: self._method(receiver, name, arguments, node, flow))
        return self.each(self.evaluate(node.func, flow), lambda called: self.apply(called, arguments, node, flow))

    def arguments(self, args: object, flow: Flow) -> Arguments:
        """Evaluate the arguments of a call."""
        positional: list[Alternatives] = []
        named: list[Entry] = []
        complete = True
        for arg in args:  # type: ignore[attr-defined]
            found = self.evaluate(arg.value, flow)
            value = found[0].value if len(found) == 1 else None
            if arg.star == "*":
                if isinstance(value, Items) and value.complete:
                    positional += value.items
                else:
                    complete = False
            elif arg.star == "**":
                if isinstance(value, Mapping):
                    named += value.entries
                    complete &= value.complete
                elif isinstance(value, Symbol) and value.path == "os.environ":
                    named.append(Entry("**", found, arg.value))
                else:
                    complete = False
            elif arg.keyword is not None:
                named.append(Entry(arg.keyword.value, found, arg.value))
            elif complete:
                positional.append(found)
        return Arguments(tuple(positional), tuple(named), complete)

    def note_call(self, node: cst.Call, arguments: Arguments, flow: Flow) -> None:
        """Note what the call gives to the key; the interpreter says how."""
        raise NotImplementedError

    def apply(self, called: Object, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives:
        """Return what calling `called` yields."""
        match called:
            case Symbol(path=path):
                return self._library(libraries.canonical(path), called, arguments, node, flow)
            case Function():
                return self.invoke(called, arguments, node, flow)
            case Partial(called=waiting, arguments=given):
                return self.apply(waiting, given.followed_by(arguments), node, flow)
            case Class(bases=bases):
                for base in bases:
                    if isinstance(base, Symbol) and self.modules.reads(f"{libraries.canonical(base.path)}()"):
                        return one(Symbol(f"{base.path}()", node, arguments))
                return one(self.instance(called, arguments, node, flow))
            case Instance(of=of):
                method = self.attribute(called, "__call__", node, flow)
                if not any(isinstance(each.value, Unknown) for each in method):
                    return self.each(method, lambda each: self.apply(each, arguments, node, flow))
                return one(Unknown(of.node))
            case Unknown():
                return self._unknown_read(arguments, node) or one(Unknown(node))
            case _:
                return one(Unknown(node))

    def _method(self, receiver: Object, name: str, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives:
        match receiver:
            case Symbol(path=path, arguments=earlier):
                return self.apply(Symbol(f"{path}.{name}", node, earlier), arguments, node, flow)
            case Class() | Instance():
                return self.each(
                    self.attribute(receiver, name, node, flow), lambda found: self.apply(found, arguments, node, flow)
                )
            case Mapping():
                return self.mapping_method(receiver, name, arguments, node)
            case Items(items=items) if name in ("copy", "pop", "index", "count"):
                if name == "copy":
                    return one(receiver)
                return items[-1] if name == "pop" and items and not arguments.positional else one(Unknown(node))
            case Opaque(origin=origin, samples=()):
                default = arguments.get(1, "default")
                if name in ("get", "pop") and origin == "external" and default is not None:
                    return self._lookups(arguments.get(0, None), default, node)
                if name == "get" and origin == "committed" and arguments.positional:
                    return one(self.committed_entry(receiver, arguments.positional[0], node))
                if name in _ASKING:
                    return one(Unknown(node))
                if origin == "random":  # an instance of `SystemRandom` has the functions of `random`
                    return self._library(f"random.{name}", Symbol(f"random.{name}", node), arguments, node, flow)
                return one(replace(receiver, node=node))
            case Module():
                called = self.member(receiver, name, node)
                return self.each(called, lambda found: self.apply(found, arguments, node, flow))
            case Place():
                return self.path_method(receiver, name, arguments, node)
            case Unknown() if name in ("get", "pop", "getenv", "str", "setdefault"):
                return self._unknown_read(arguments, node) or one(Unknown(node))
            case Const() | Lookup() | Opaque() if name == "get_secret_value" and arguments == Arguments():
                return one(passed_on(receiver, node))  # what is wrapped, as by pydantic's `SecretStr`, is what it wraps
            case Const() | Lookup() | Opaque():
                positional = arguments.positional
                keywords = [str(entry.key) for entry in arguments.named]
                return self.combine(
                    node,
                    lambda text, *values: operations.call_method(
                        text,
                        name,
                        *values[: len(positional)],
                        **dict(zip(keywords, values[len(positional) :], strict=True)),
                    ),
                    one(receiver),
                    *positional,
                    *(entry.value for entry in arguments.named),
                )
            case _:
                return one(Unknown(node))

    # libraries

    def _library(self, path: str, symbol: Symbol, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives:
        reads = self.modules.reads(path) or libraries.FIELDS.get(path)
        instance, _, method = path.rpartition(".")
        if reads is None and instance in libraries.READ_METHODS and method not in ("read_env", "prefixed", "prefix"):
            reads = self.modules.reads(instance)
        if reads is not None:
            return self._read(reads, symbol, arguments, node, flow)
        if path in libraries.PASSES_ON:
            position = libraries.PASSES_ON[path]
            source = symbol.arguments if position is None else arguments
            return (source.get(position or 0, None) if source else None) or one(Unknown(node))
        of_project = self._of_project(path, arguments, node, flow)
        if of_project is not None:
            return of_project
        if path.startswith("builtins."):
            return self._builtin(path.removeprefix("builtins."), arguments, node, flow)
        if path.startswith("hashlib.") and "()." in path:
            return self._digest(path, symbol, arguments, node)
        function = operations.library_function(path)
        if function is not None:
            return self._compute(function, arguments, node)
        if path in ("typing.NewType", "functools.lru_cache", "functools.cache", "contextlib.suppress"):
            return one(Unknown(node))
        if path in ("types.SimpleNamespace", "argparse.Namespace"):
            return one(self.namespace_of(arguments, node))
        if path == "functools.partial" and arguments.positional:
            rest = Arguments(arguments.positional[1:], arguments.named, arguments.complete)
            return self.each(arguments.positional[0], lambda called: one(Partial(called, rest, node)))
        if path == "collections.ChainMap" and arguments.positional:
            return one(Symbol("collections.ChainMap()", node, arguments))
        if path == "collections.ChainMap().get" and symbol.arguments is not None:
            return self._chain(symbol.arguments, arguments.get(0, None), arguments.get(1, None), node, flow)
        made = self._origin(path, node, arguments) or self._unknown_read(arguments, node)
        return made or one(Symbol(f"{symbol.path}()", node, arguments))

    def _of_project(self, path: str, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives | None:
        """Return what a call yields that leads to files or modules of the project, or None."""
        if self.run_files(path, arguments, node, flow):
            return one(Const(None, node))
        first = arguments.get(0, "name")
        if path == "importlib.import_module" and first is not None:
            return self.imported_by_name(first, arguments.get(1, "package"), node, flow)
        if path == "builtins.__import__" and first is not None:
            if arguments.get(3, "fromlist") is None:
                first = self.combine(node, lambda name: name.partition(".")[0], first)
            return self.imported_by_name(first, None, node, flow)
        if path == "builtins.vars" and first is not None and isinstance(first[0].value, Module):
            return one(self.namespace(first[0].value, node))
        read = self.variables_of(path, arguments, node)
        if read is not None:
            if "dotenv_values" in path:
                return one(read)
            replaces = arguments.get(1, "overwrite") or arguments.get(None, "override")
            is_certain = replaces is not None and all(
                isinstance(each.value, Const) and each.value.value for each in replaces
            )
            self.set_variables(read, node, flow, missing=not is_certain)
            return one(Const(None, node))
        return self.file_call(path, arguments, node)

    def set_variables(self, read: Mapping, node: cst.CSTNode, flow: Flow, *, missing: bool = False) -> None:
        """Set variables; if asked, those of them that are missing; the interpreter says how."""
        raise NotImplementedError

    def run_files(self, path: str, arguments: Arguments, node: cst.CSTNode, flow: Flow) -> bool:
        """Run the files that a call is given, whether it is such a call; the interpreter says how."""
        raise NotImplementedError

    def loaded_module(self, names: Alternatives, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what `sys.modules[name]` is: the names of the module itself, or another one of the project."""
        of_name = names[0].value if len(names) == 1 else None
        own = self.held("__name__", flow.scope, flow)
        if own is not None and of_name is not None and own[0].value.node is of_name.node:
            return one(Symbol("builtins.globals()", node))
        modules = self.imported_by_name(names, None, node, flow)
        known = all(isinstance(each.value, Module) for each in modules)
        return modules if known else one(Symbol("sys.modules[]", node))

    def imported_by_name(
        self, names: Alternatives, package: Alternatives | None, node: cst.CSTNode, flow: Flow
    ) -> Alternatives:
        """Return what importing by name yields; the interpreter says how."""
        raise NotImplementedError

    def namespace(self, module: Module, node: cst.CSTNode) -> Mapping:
        """Return what a module binds; the interpreter says how."""
        raise NotImplementedError

    def instance(self, of: Class, arguments: Arguments, node: cst.CSTNode, flow: Flow) -> Object:
        """Return what calling a class of the project yields; the interpreter says how."""
        raise NotImplementedError

    def namespace_of(self, arguments: Arguments, node: cst.CSTNode) -> Object:
        """Return an object with the attributes that are given; the interpreter says how."""
        raise NotImplementedError

    def invoke(self, function: Function, arguments: Arguments, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what a function of the project yields; the interpreter says how."""
        raise NotImplementedError
