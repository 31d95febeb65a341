"""What calls yield: of libraries by the table, of pure functions by computing, of the project's own by walking them."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import conditions, libraries, operations
from secretkey_lint.readers.python.computing import pure
from secretkey_lint.readers.python.evaluator import Evaluator
from secretkey_lint.readers.python.objects import (
    Alternative,
    Arguments,
    Class,
    Const,
    Entry,
    Function,
    Instance,
    Items,
    Lookup,
    Mapping,
    Opaque,
    Partial,
    Symbol,
    Truth,
    Unknown,
    one,
)
from secretkey_lint.vocabulary import is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.assumptions import Flow
    from secretkey_lint.readers.python.libraries import Reads
    from secretkey_lint.readers.python.objects import Alternatives, Object
else:
    from secretkey_lint.readers.python import syntax as cst

ENVIRONMENT = "os.environ:"
"""What names under which variables that the module itself sets are kept begin with; no identifier does."""


class Caller(Evaluator):
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
                    if isinstance(base, Symbol) and f"{libraries.canonical(base.path)}()" in libraries.READS:
                        return one(Symbol(f"{base.path}()", node, arguments))
                return one(Instance(called, node))
            case Instance(of=of):
                method = self.attribute(called, "__call__", node)
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
                    self.attribute(receiver, name, node), lambda found: self.apply(found, arguments, node, flow)
                )
            case Mapping():
                return self._mapping_method(receiver, name, arguments, node)
            case Items(items=items) if name in ("copy", "pop", "index", "count"):
                if name == "copy":
                    return one(receiver)
                return items[-1] if name == "pop" and items and not arguments.positional else one(Unknown(node))
            case Opaque(origin=origin):
                default = arguments.get(1, "default")
                if name in ("get", "pop") and origin == "external" and default is not None:
                    return self._lookups(arguments.get(0, None), default, node)
                return one(Opaque(origin, node))
            case Unknown() if name in ("get", "pop", "getenv", "str", "setdefault"):
                return self._unknown_read(arguments, node) or one(Unknown(node))
            case Const() | Lookup():
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

    def _mapping_method(self, mapping: Mapping, name: str, arguments: Arguments, node: cst.CSTNode) -> Alternatives:
        if name in ("get", "pop", "setdefault"):
            keys = arguments.get(0, None) or one(Unknown(node))
            default = arguments.get(1, None) or one(Const(None, node))

            return self.each(keys, lambda key: self.entry(mapping, key, default, node))
        if name in ("items", "keys", "values") and mapping.complete:
            return one(Items(tuple(_of_entry(entry, name) for entry in mapping.entries), node))
        return one(mapping if name == "copy" else Unknown(node))

    # libraries

    def look_up(self, symbol: Symbol, key: Alternatives, node: cst.CSTNode, flow: Flow) -> Alternatives | None:
        """Return what a subscript of a library object yields, or None if the table has nothing to say."""
        canonical = libraries.canonical(f"{symbol.path}[]")
        reads = libraries.READS.get(canonical)
        if reads is not None:
            return self._read(reads, Symbol(symbol.path, node), Arguments((key,)), node, flow)
        if symbol.path == "collections.ChainMap()" and symbol.arguments is not None:
            return self._chain(symbol.arguments, key, None, node)
        return self._origin(canonical, node)

    def _library(self, path: str, symbol: Symbol, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives:
        reads = libraries.READS.get(path) or libraries.FIELDS.get(path)
        instance, _, method = path.rpartition(".")
        if reads is None and instance in libraries.READ_METHODS and method not in ("read_env", "prefixed", "prefix"):
            reads = libraries.READS.get(instance)
        if reads is not None:
            return self._read(reads, symbol, arguments, node, flow)
        if path in libraries.PASSES_ON:
            position = libraries.PASSES_ON[path]
            source = symbol.arguments if position is None else arguments
            return (source.get(position or 0, None) if source else None) or one(Unknown(node))
        if path.startswith("builtins."):
            return self._builtin(path.removeprefix("builtins."), arguments, node, flow)
        if path.startswith("hashlib.") and "()." in path:
            return self._digest(path, symbol, arguments, node)
        function = operations.library_function(path)
        if function is not None:
            return self._compute(function, arguments, node)
        if path in ("typing.NewType", "functools.lru_cache", "functools.cache", "contextlib.suppress"):
            return one(Unknown(node))
        if path == "functools.partial" and arguments.positional:
            rest = Arguments(arguments.positional[1:], arguments.named, arguments.complete)
            return self.each(arguments.positional[0], lambda called: one(Partial(called, rest, node)))
        if path == "collections.ChainMap" and arguments.positional:
            return one(Symbol("collections.ChainMap()", node, arguments))
        if path == "collections.ChainMap().get" and symbol.arguments is not None:
            return self._chain(symbol.arguments, arguments.get(0, None), arguments.get(1, None), node)
        made = self._origin(path, node) or self._unknown_read(arguments, node)
        return made or one(Symbol(f"{symbol.path}()", node, arguments))

    def _origin(self, path: str, node: cst.CSTNode) -> Alternatives | None:
        origin = libraries.origin(path)
        return one(Opaque(origin, node)) if origin is not None else None

    def _chain(
        self, layers: Arguments, key: Alternatives | None, default: Alternatives | None, node: cst.CSTNode
    ) -> Alternatives:
        """A lookup in a ChainMap: each layer's default is what the layers under it yield."""
        found = default or one(Const(None, node))
        if key is None:
            return one(Unknown(node))
        for layer in reversed(layers.positional):
            value = layer[0].value
            match value:
                case Mapping() if value.complete:
                    found = self._mapping_method(value, "get", Arguments((key, found)), node)
                case Symbol(path="os.environ"):
                    found = self._lookups(key, found, node)
                case _:
                    return one(Unknown(node))
        return found

    def _read(self, reads: Reads, symbol: Symbol, arguments: Arguments, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """A lookup by the table: its name, and its default where one is given."""
        keyword = reads.keyword
        default = arguments.get(reads.default, keyword)
        if default is None and "default_factory" in {entry.key for entry in arguments.named}:
            factory = arguments.get(None, "default_factory")
            default = self.each(factory, lambda each: self.apply(each, Arguments(), node, flow))  # type: ignore[arg-type]
        if reads.name < 0:
            given = arguments.get(None, "environ_name") or arguments.get(None, "alias")
            names: Alternatives = given or one(Const("", node))
        else:
            names = arguments.get(reads.name, reads.name_keyword or "name") or one(Unknown(node))
        if reads.scheme and default is None and symbol.arguments is not None:
            default = self._from_scheme(symbol.arguments, names)
        elif reads.scheme and default is not None:
            default = tuple(each for each in default if not isinstance(each.value, Symbol | Class)) or None
        if default is None and not reads.fails:
            default = one(Const(None, node))
        if default is None and isinstance(node, cst.Call) and not arguments.complete:
            return one(Unknown(node))
        for name in names:
            if isinstance(name.value, Const):
                written = flow.scope.find(f"{ENVIRONMENT}{name.value.value}")
                if written is not None:
                    default = written if len(names) == 1 else default
        return self._lookups(names, default, node)

    def _from_scheme(self, scheme: Arguments, names: Alternatives) -> Alternatives | None:
        """The default that `Env(NAME=(cast, default))` gives."""
        for name in names:
            if isinstance(name.value, Const):
                entry = next((entry for entry in scheme.named if entry.key == name.value.value), None)
                if entry is not None and len(entry.value) == 1:
                    value = entry.value[0].value
                    if isinstance(value, Items) and len(value.items) == 2:
                        return value.items[1]
        return None

    def _lookups(self, names: Alternatives | None, default: Alternatives | None, node: cst.CSTNode) -> Alternatives:
        """Lookups of each name with each default."""
        found: list[Alternative] = []
        for name in names or one(Unknown(node)):
            text = str(name.value.value) if isinstance(name.value, Const) else ""
            for each in default or (None,):
                value = self._lookup(text, each.value if each is not None else None, node)
                guards = name.guards | (each.guards if each is not None else frozenset())
                found.append(Alternative(value, guards))
        return tuple(found)

    def _lookup(self, name: str, default: Object | None, node: cst.CSTNode) -> Object:
        if isinstance(default, Lookup):
            name, default = default.name, default.default
        lookup = Lookup(name, node, default)
        self.lookups.append(lookup)
        return lookup

    def _unknown_read(self, arguments: Arguments, node: cst.Call) -> Alternatives | None:
        """A call of what is not known: a lookup if it names the key and gives a default by that word, or None."""
        default = arguments.get(None, "default") or arguments.get(None, "fallback")
        names = arguments.get(0, None)
        if default is None and isinstance(node.func, cst.Attribute) and node.func.attr.value in ("get", "pop"):
            default = arguments.get(1, None)
        if default is None or names is None:
            return None
        if not all(isinstance(name.value, Const) and is_key_name(str(name.value.value).upper()) for name in names):
            return None
        return self._lookups(names, default, node)

    # functions of Python itself

    def _builtin(self, name: str, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives:
        match name:
            case "globals" | "vars" | "locals" | "super" | "type" | "object":
                return one(Symbol(f"builtins.{name}()", node, arguments))
            case "dict":
                return one(self._dict(arguments, node))
            case "getattr":
                return self._getattr(arguments, node)
            case "bool" if len(arguments.positional) == 1:
                return self.each(
                    arguments.positional[0],
                    lambda value: one(
                        value if isinstance(value, Lookup | Truth) else self.truth_of_value(node, value, frozenset())
                    ),
                )
            case "any" | "all" if len(arguments.positional) == 1:
                return self.each(arguments.positional[0], lambda value: one(self._any(value, name, node)))
            case "iter" | "reversed" if len(arguments.positional) == 1:
                return arguments.positional[0]
            case "next" if arguments.positional:
                items = [each for item in self.iterate(arguments.positional[0]) for each in item or one(Unknown(node))]
                return tuple(Alternative(each.value, each.guards | {Guard("other")}) for each in items)
            case "filter" if len(arguments.positional) == 2:
                return arguments.positional[1]  # less may come through, never more
            case "map" if len(arguments.positional) == 2:
                return one(self._mapped(arguments.positional[0], arguments.positional[1], node, flow))
            case "open":
                return one(Opaque("external", node))
            case "input" | "__import__":
                return one(Unknown(node))
        function = operations.library_function(name)
        if function is not None:
            if name in ("str", "bytes", "list", "tuple") and len(arguments.positional) == 1 and not arguments.named:
                return self.each(
                    arguments.positional[0], lambda value: one(self._converted(name, value, function, node))
                )
            return self._compute(function, arguments, node)
        return one(Symbol(f"builtins.{name}()", node, arguments))

    def _converted(self, name: str, value: Object, function: object, node: cst.Call) -> Object:
        if isinstance(value, Symbol):
            return Symbol(value.path, node, value.arguments)
        if name in ("list", "tuple") and isinstance(value, Items):
            return value
        return pure(node, function, (value,))  # type: ignore[arg-type]

    def _mapped(self, function: Alternatives, values: Alternatives, node: cst.Call, flow: Flow) -> Items:
        """Return what `map` yields."""

        def result(item: Alternatives) -> Alternatives:
            return self.each(function, lambda called: self.apply(called, Arguments((item,)), node, flow))

        items = list(self.iterate(values))
        return Items(tuple(result(item) for item in items if item is not None), node, None not in items)

    def _any(self, value: Object, name: str, node: cst.Call) -> Object:
        if not isinstance(value, Items) or not value.items:
            return Truth(node)
        truths = [
            self.truth_of_value(node, item[0].value, frozenset()) if len(item) == 1 else Truth(node)
            for item in value.items
        ]
        combined = truths[0]
        for truth in truths[1:]:
            join = conditions.disjunction if name == "any" else conditions.conjunction
            combined = join(node, combined, truth)
        return combined

    def _dict(self, arguments: Arguments, node: cst.Call) -> Object:
        entries: tuple[Entry, ...] = ()
        complete = arguments.complete
        for positional in arguments.positional:
            value = positional[0].value if len(positional) == 1 else None
            if isinstance(value, Symbol) and not arguments.named:
                return value
            if isinstance(value, Mapping):
                entries += value.entries
                complete &= value.complete
            else:
                complete = False
        return Mapping((*entries, *arguments.named), node, complete)

    def _getattr(self, arguments: Arguments, node: cst.Call) -> Alternatives:
        owner, name, default = (arguments.get(position, None) for position in range(3))
        if owner is None or name is None:
            return one(Unknown(node))
        if len(name) == 1 and isinstance(name[0].value, Const):
            attribute = str(name[0].value.value)
            found = self.each(owner, lambda value: self.attribute(value, attribute, node))
            unknown = all(isinstance(each.value, Unknown | Symbol) for each in found)
            if unknown and default is not None:
                return tuple(
                    Alternative(each.value, each.guards | {Guard("other")}) for each in (*one(Unknown(node)), *default)
                )
            return found
        return one(Unknown(node))

    def _compute(self, function: object, arguments: Arguments, node: cst.Call) -> Alternatives:
        if not arguments.complete:
            return one(Unknown(node))
        positional = arguments.positional
        keywords = [str(entry.key) for entry in arguments.named]
        return self.combine(
            node,
            lambda *values: function(  # type: ignore[operator]
                *values[: len(positional)], **dict(zip(keywords, values[len(positional) :], strict=True))
            ),
            *positional,
            *(entry.value for entry in arguments.named),
        )

    def _digest(self, path: str, symbol: Symbol, arguments: Arguments, node: cst.Call) -> Alternatives:
        hash_path, _, method = path.partition("().")
        if symbol.arguments is None or arguments.positional or "(" in method:
            return one(Unknown(node))
        return self.combine(
            node, lambda *data: operations.digest(hash_path, method, data), *symbol.arguments.positional
        )

    def invoke(self, function: Function, arguments: Arguments, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what a function of the project yields; the interpreter says how."""
        raise NotImplementedError


def _of_entry(entry: Entry, method: str) -> Alternatives:
    """What `keys`, `values` or `items` yields of an entry."""
    key = one(Const(entry.key, entry.node))
    if method == "keys":
        return key
    return entry.value if method == "values" else one(Items((key, entry.value), entry.node))
