"""What lookups yield: in the environment, in settings libraries, in files, by the table of libraries."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import generators, libraries, operations
from secretkey_lint.readers.python.computing import plain
from secretkey_lint.readers.python.evaluator import Evaluator
from secretkey_lint.readers.python.objects import (
    ENVIRONMENT,
    Alternative,
    Arguments,
    Class,
    Const,
    Entry,
    Function,
    Items,
    Lookup,
    Mapping,
    Opaque,
    Symbol,
    Unknown,
    one,
)
from secretkey_lint.vocabulary import is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.assumptions import Flow
    from secretkey_lint.readers.python.libraries import Reads
    from secretkey_lint.readers.python.objects import Alternatives, Guards, Object
else:
    from secretkey_lint.readers.python import syntax as cst


class Lookups(Evaluator):
    """Evaluates lookups."""

    def apply(self, called: Object, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives:
        """Return what calling `called` yields; the interpreter says how."""
        raise NotImplementedError

    def look_up(self, symbol: Symbol, key: Alternatives, node: cst.CSTNode, flow: Flow) -> Alternatives | None:
        """Return what a subscript of a library object yields, or None if the table has nothing to say."""
        canonical = libraries.canonical(f"{symbol.path}[]")
        reads = self.modules.reads(canonical)
        if reads is not None:
            return self._read(reads, Symbol(symbol.path, node), Arguments((key,)), node, flow)
        if symbol.path == "collections.ChainMap()" and symbol.arguments is not None:
            return self._chain(symbol.arguments, key, None, node, flow)
        return self._origin(canonical, node)

    def _origin(self, path: str, node: cst.CSTNode, arguments: Arguments | None = None) -> Alternatives | None:
        origin = libraries.origin(path)
        if origin != "random" or arguments is None or not arguments.complete:
            return one(Opaque(origin, node)) if origin is not None else None
        positional = tuple(_constant(each) for each in arguments.positional)
        named = {str(entry.key): _constant(entry.value) for entry in arguments.named}
        return one(Opaque(origin, node, samples=generators.samples(path, positional, named)))

    def _chain(
        self,
        layers: Arguments,
        key: Alternatives | None,
        default: Alternatives | None,
        node: cst.CSTNode,
        flow: Flow,
    ) -> Alternatives:
        """A lookup in a ChainMap: each layer's default is what the layers under it yield."""
        found = default or one(Const(None, node))
        if key is None:
            return one(Unknown(node))
        for layer in reversed(layers.positional):
            value = layer[0].value
            match value:
                case Mapping() if value.complete or _holds(value, key):
                    found = self.mapping_method(value, "get", Arguments((key, found)), node)
                case Symbol(path="os.environ"):
                    found = self._variables(key, found, node, flow)
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
        prefix = ""
        if reads.name < 0:
            given = _named_by(arguments)
            prefix = _prefix(reads, arguments)
            names: Alternatives = _prefixed(given, prefix) if given else one(Const("", node))
            if reads.prefix and default is not None and _is_false(arguments.get(1, "environ")):
                return default
        else:
            names = arguments.get(reads.name, reads.name_keyword or "name") or one(Unknown(node))
        if reads.scheme and default is None and symbol.arguments is not None:
            default = self._from_scheme(symbol.arguments, names)
        elif reads.scheme and default is not None:
            default = tuple(each for each in default if not isinstance(each.value, Symbol | Class)) or None
        if default is None and not reads.fails:
            default = one(Const(None, node))
        if libraries.canonical(symbol.path).startswith("decouple.config"):
            default = self.of_file(symbol, names, node) or default
        if default is None and isinstance(node, cst.Call) and not arguments.complete:
            return one(Unknown(node))
        found = self._variables(names, default, node, flow, prefix)
        if reads.name >= 0:
            flow.needed |= required(found)
        return self._cast(found, arguments.get(None, "cast"), node, flow)

    def of_file(self, symbol: Symbol, names: Alternatives, node: cst.CSTNode) -> Alternatives | None:
        """Return what python-decouple finds in a tracked file, or None; the interpreter says how."""
        raise NotImplementedError

    def _cast(self, found: Alternatives, cast: Alternatives | None, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """What a function of the project makes of what was looked up, if that is understood; else what was looked up."""
        function = cast[0].value if cast is not None and len(cast) == 1 else None
        if not isinstance(function, Function) or not isinstance(node, cst.Call):
            return found
        made = self.each(found, lambda each: self.apply(function, Arguments((one(each),)), node, flow))
        return made if all(isinstance(each.value, Const | Lookup | Opaque) for each in made) else found

    def _variables(
        self, names: Alternatives, default: Alternatives | None, node: cst.CSTNode, flow: Flow, prefix: str = ""
    ) -> Alternatives:
        """Lookups of variables, which the module itself may have set."""
        if len(names) == 1 and isinstance(names[0].value, Const):
            found = flow.scope.find(f"{ENVIRONMENT}{names[0].value.value}")
            if found is not None and default is not None:
                found = tuple(
                    Alternative(given.value, given.guards | each.guards, each.place)
                    for each in found
                    for given in (default if _is_unset(each.value) else (each,))
                )
            default = found or default
        return self._lookups(names, default, node, prefix)

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

    def _lookups(
        self, names: Alternatives | None, default: Alternatives | None, node: cst.CSTNode, prefix: str = ""
    ) -> Alternatives:
        """Lookups of each name with each default; `prefix` is for names that are yet to be known."""
        found: list[Alternative] = []
        for name in names or one(Unknown(node)):
            text = str(name.value.value) if isinstance(name.value, Const) else ""
            for each in default or (None,):
                value = self._lookup(text, each.value if each is not None else None, node, prefix)
                guards = name.guards | (each.guards if each is not None else frozenset())
                found.append(Alternative(value, guards))
        return tuple(found)

    def _lookup(self, name: str, default: Object | None, node: cst.CSTNode, prefix: str = "") -> Object:
        if isinstance(default, Lookup):
            name, prefix, default = default.name, default.prefix, default.default
        lookup = Lookup(name, node, default, prefix)
        self.lookups.append(lookup)
        return lookup

    def _unknown_read(self, arguments: Arguments, node: cst.Call) -> Alternatives | None:
        """A call of what is not known: a lookup if it names the key and gives a default by that word, or None."""
        default = arguments.get(None, "default") or arguments.get(None, "fallback")
        names = arguments.get(0, None)
        if not isinstance(node, cst.Call):
            return None  # called without that being written
        if default is None and isinstance(node.func, cst.Attribute) and node.func.attr.value in ("get", "pop"):
            default = arguments.get(1, None)
        if default is None or names is None:
            return None
        if not all(isinstance(name.value, Const) and is_key_name(str(name.value.value).upper()) for name in names):
            return None
        return self._lookups(names, default, node)

    def mapping_method(self, mapping: Mapping, name: str, arguments: Arguments, node: cst.CSTNode) -> Alternatives:
        """Return what `get`, `items` and the like of a dictionary yield."""
        if name in ("get", "pop", "setdefault"):
            keys = arguments.get(0, None) or one(Unknown(node))
            default = arguments.get(1, None) or (() if name == "pop" else one(Const(None, node)))
            return self.each(keys, lambda key: self.entry(mapping, key, default, node))
        if name in ("items", "keys", "values"):
            unique = {entry.key: entry for entry in mapping.entries}.values()
            return one(Items(tuple(_of_entry(entry, name) for entry in unique), node, mapping.complete))
        return one(mapping if name == "copy" else Unknown(node))


def _is_unset(value: Object) -> bool:
    """Whether a variable that the module sets on some ways is left alone on this one."""
    return isinstance(value, Lookup) and value.default is None


def required(found: Alternatives) -> frozenset[str]:
    """Return the variable without which there is none of the values, if there is one."""
    match found:
        case (Alternative(value=Lookup(name=str() as name, default=None)),) if name:
            return frozenset({name})
        case _:
            return frozenset()


_NAMED_BY = ("environ_name", "validation_alias", "alias", "env")
"""Words by which fields say what their variable is called."""


def _named_by(arguments: Arguments) -> Alternatives | None:
    """The names that a field says its variable has, of which the first one that is set counts."""
    given = next(filter(None, (arguments.get(None, word) for word in _NAMED_BY)), None)
    match given[0].value if given else None:
        case Symbol(path="pydantic.AliasChoices()", arguments=Arguments(positional=names)) | Items(items=names):
            return _first_set(names)
        case _:
            return given


def _first_set(names: tuple[Alternatives, ...]) -> Alternatives:
    """Names of which a later one counts where no earlier one is set."""
    found: list[Alternative] = []
    missing: Guards = frozenset()
    for name in names:
        found += [Alternative(each.value, each.guards | missing, each.place) for each in name]
        missing |= {Guard("unset", True, str(each.value.value)) for each in name if isinstance(each.value, Const)}
    return tuple(found)


def _prefix(reads: Reads, arguments: Arguments) -> str:
    """What the names of a call's variables begin with; nothing where that is not known."""
    said = arguments.get(None, "environ_prefix") if reads.prefix else None
    if said is None:
        return f"{reads.prefix}_" if reads.prefix else ""
    prefix = _constant(said)
    return f"{prefix.removesuffix('_')}_" if isinstance(prefix, str) and prefix else ""


def _prefixed(names: Alternatives, prefix: str) -> Alternatives:
    """Names behind a prefix, as far as they are known."""
    return tuple(
        Alternative(Const(f"{prefix}{name.value.value}", name.value.node), name.guards, name.place)
        if isinstance(name.value, Const)
        else name
        for name in names
    )


def _is_false(values: Alternatives | None) -> bool:
    """Whether an argument is given, and surely False."""
    return values is not None and _constant(values) is False


def _holds(mapping: Mapping, key: Alternatives) -> bool:
    """Whether a dictionary surely has an entry under a key."""
    return all(isinstance(each.value, Const) and mapping.entry(each.value.value) is not None for each in key)


def _constant(values: Alternatives) -> object:
    """The value of an argument, or, where it is not known, what is no value."""
    try:
        return plain(values[0].value) if len(values) == 1 else NotImplemented
    except operations.NotComputedError:
        return NotImplemented


def _of_entry(entry: Entry, method: str) -> Alternatives:
    """What `keys`, `values` or `items` yields of an entry."""
    key = one(Const(entry.key, entry.node))
    if method == "keys":
        return key
    return entry.value if method == "values" else one(Items((key, entry.value), entry.node))
