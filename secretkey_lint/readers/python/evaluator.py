"""What an expression can be: the half of the interpreter that evaluates.

Everything is answered with alternatives, never with a guess: what is not understood is `Unknown`. The other half,
`interpreter`, walks statements and calls functions of the project.
"""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import replace
from secretkey_lint.readers.python import conditions, generators, operations, paths
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.choices import Choices
from secretkey_lint.readers.python.computing import may_have_failed, pure
from secretkey_lint.readers.python.displays import MAX_ALTERNATIVES
from secretkey_lint.readers.python.joining import joined
from secretkey_lint.readers.python.modules import Modules
from secretkey_lint.readers.python.objects import (
    NO_GUARDS,
    Alternative,
    Arguments,
    Class,
    Const,
    Function,
    Imported,
    Instance,
    Items,
    Lookup,
    Mapping,
    Module,
    Opaque,
    Place,
    Scope,
    Symbol,
    Unknown,
    one,
    passed_on,
)
from secretkey_lint.readers.python.strings import text_of
from secretkey_lint.readers.surroundings import Nothing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from secretkey_lint.readers.python.objects import Alternatives, Object
else:
    from secretkey_lint.readers.python import syntax as cst

MAX_STEPS = 100_000
"""Expressions that are evaluated in one file."""

_CONSTANTS: dict[str, object] = {"True": True, "False": False, "None": None, "Ellipsis": ..., "__debug__": True}


class TooManyStepsError(Exception):
    """The file needs more steps than are allowed."""


class Evaluator(Choices):
    """Evaluates expressions."""

    def __init__(self, modules: Modules | None = None) -> None:
        self.modules = modules or Modules(Nothing())
        self.here = ""
        """The path in the project of the module that is walked."""
        self.mentioned: frozenset[str] = frozenset()
        """The names that it mentions where it matters."""
        self.given: dict[str, str] = {}
        """Variables of the environment that are taken to be set wherever a module begins."""
        self.steps = 0
        self.limit = MAX_STEPS
        self.is_cut = False
        """Whether a limit kept a module, or a function, from being followed to its end."""
        self.lookups: list[Lookup] = []
        self.risks = 0
        """How much has been come to that may raise an exception, as far as one knows."""

    def evaluate(self, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what `node` can be."""
        self.steps += 1
        if self.steps > self.limit:
            raise TooManyStepsError
        found = self._evaluate(node, flow)
        if len(found) > MAX_ALTERNATIVES:
            found = one(Unknown(node, limited=True))
        if any(may_have_failed(each.value) and not _is_set(each, flow) for each in found):
            self.risks += 1
        return found

    def _evaluate(self, node: cst.CSTNode, flow: Flow) -> Alternatives:
        match node:
            case cst.SimpleString(value=token):
                return one(Const(text_of(token), node))
            case cst.Name():
                return self._name(node, flow)
            case cst.Attribute():
                return self._attribute(node, flow)
            case cst.Call():
                return self.call(node, flow)
            case cst.Integer(value=digits):
                return one(Const(int(digits.replace("_", ""), 0) if len(digits) < 4000 else 0, node))
            case cst.Float(value=digits):
                return one(Const(float(digits.replace("_", "")), node))
            case cst.Subscript():
                return self._subscript(node, flow)
            case cst.ConcatenatedString(left=left, right=right):
                return self.combine(
                    node,
                    lambda a, b: operations.binary("Add", a, b),
                    self.evaluate(left, flow),
                    self.evaluate(right, flow),
                )
            case cst.FormattedString(parts=parts):
                return self._formatted(node, parts, flow)
            case cst.BinaryOperation(left=left, operator=operator, right=right):
                return self.operate(
                    node, type(operator).__name__, self.evaluate(left, flow), self.evaluate(right, flow)
                )
            case cst.BooleanOperation(left=left, operator=operator, right=right):
                return self._boolean(node, left, type(operator).__name__, right, flow)
            case cst.IfExp(test=test, body=body, orelse=orelse):
                return self._conditional(test, body, orelse, flow)
            case cst.Comparison() | cst.UnaryOperation(operator=cst.Not()):
                return one(self.truth(node, flow))
            case cst.UnaryOperation(operator=cst.Minus(), expression=expression):
                return self.combine(node, lambda a: -a, self.evaluate(expression, flow))
            case cst.Tuple(elements=elements) | cst.List(elements=elements) | cst.Set(elements=elements):
                return self._items(node, elements, flow)
            case cst.Dict(elements=elements):
                return self._dictionary(node, elements, flow)
            case cst.ListComp() | cst.SetComp() | cst.GeneratorExp() | cst.DictComp():
                return self._comprehension(node, flow)
            case cst.NamedExpr(target=target, value=value):
                found = self.evaluate(value, flow)
                self.bind(target, found, flow)
                return found
            case cst.Lambda(params=params):
                return one(Function(node, flow.scope, self.defaults(params, flow)))
            case cst.Yield(value=cst.From(item=value)):
                for item in self.iterate(self.evaluate(value, flow)):
                    self.yielded(item, flow)
                return one(Const(None, node))
            case cst.Yield(value=value):
                self.yielded(self.evaluate(value, flow) if value is not None else one(Const(None, node)), flow)
                return one(Unknown(node))
            case cst.Await(expression=expression):
                return self.evaluate(expression, flow)
            case _:
                return one(Unknown(node))

    def call(self, node: cst.Call, flow: Flow) -> Alternatives:
        """Return what a call yields; the interpreter says how."""
        raise NotImplementedError

    def apply(self, called: Object, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives:
        """Return what calling `called` yields; the interpreter says how."""
        raise NotImplementedError

    def defaults(self, params: cst.Parameters, flow: Flow) -> tuple[tuple[str, Alternatives], ...]:
        """Return what the parameters of a function are where they are not given."""
        return tuple(
            (param.name.value, self.evaluate(param.default, flow))
            for param in (*params.posonly_params, *params.params, *params.kwonly_params)
            if param.default is not None
        )

    def yielded(self, item: Alternatives | None, flow: Flow) -> None:
        """Take what a generator yields; the interpreter says how."""
        raise NotImplementedError

    def loaded_module(self, names: Alternatives, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what `sys.modules[name]` is; the interpreter says how."""
        raise NotImplementedError

    def look_up(self, symbol: Symbol, key: Alternatives, node: cst.CSTNode, flow: Flow) -> Alternatives | None:
        """Return what a subscript of a library object yields; the interpreter says how."""
        raise NotImplementedError

    def member(self, module: Module, name: str, node: cst.CSTNode) -> Alternatives:
        """Return what a module of the project calls `name`; the interpreter says how."""
        raise NotImplementedError

    def committed_entry(self, value: Opaque, keys: Alternatives, node: cst.CSTNode) -> Object:
        """Return what an entry of a file's content is; the interpreter says how."""
        raise NotImplementedError

    # names and what hangs on them

    def _name(self, node: cst.Name, flow: Flow) -> Alternatives:
        found = self.held(node.value, flow.scope, flow)
        if found is None:
            if node.value in _CONSTANTS:
                return one(Const(_CONSTANTS[node.value], node))
            return one(Symbol(f"builtins.{node.value}", node))
        return tuple(Alternative(passed_on(each.value, node), each.guards) for each in found)

    def held(self, name: str, scope: Scope, flow: Flow) -> Alternatives | None:
        """Return what a name holds, or None where it was never bound; what it was imported from is looked at now."""
        holder: Scope | None = scope
        while holder is not None:
            found = holder.names.get(name)
            if found is not None:
                if any(isinstance(each.value, Imported) for each in found):
                    found = holder.names[name] = self.taken(found, flow)
                return found
            holder = holder.outer
        return None

    def taken(self, values: Alternatives, flow: Flow) -> Alternatives:
        """Return values without any that nobody has asked for yet."""
        return tuple(
            Alternative(inner.value, inner.guards | each.guards, each.place)
            for each in values
            for inner in (self.imported(each.value, flow) if isinstance(each.value, Imported) else (each,))
        )

    def imported(self, value: Imported, flow: Flow) -> Alternatives:
        """Return what was imported; the interpreter says how."""
        raise NotImplementedError

    def _attribute(self, node: cst.Attribute, flow: Flow) -> Alternatives:
        name = node.attr.value
        return self.each(self.evaluate(node.value, flow), lambda value: self.attribute(value, name, node, flow))

    def attribute(self, value: Object, name: str, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what the attribute `name` of `value` can be."""
        match value:
            case Symbol(path="builtins.globals()"):  # this module, by way of `sys.modules`
                return self.named(Const(name, node), node, flow) or one(Unknown(node))
            case Symbol(path=path):
                constant = operations.library_constant(f"{path}.{name}")
                if constant is not None:
                    return one(Const(constant, node))
                return one(Symbol(f"{path}.{name}", node, value.arguments))
            case Class(attributes=attributes, bases=bases):
                found = self.held(name, attributes, Flow(attributes))
                if found is not None:
                    return tuple(self._bound(each, value, node) for each in found)
                for base in bases:
                    found = self.attribute(base, name, node, flow)
                    if not all(isinstance(each.value, Unknown | Symbol) for each in found):
                        return tuple(self._bound(each, value, node) for each in found)
                return one(Unknown(node))
            case Instance(of=of, attributes=attributes):
                held = attributes.names.get(name)
                if held is not None:
                    return tuple(Alternative(passed_on(each.value, node), each.guards) for each in held)
                return tuple(
                    result
                    for each in self.attribute(of, name, node, flow)
                    for result in self._of_instance(each, value, node, flow)
                )
            case Const() | Lookup() if name == "value":  # a member of an enumeration stands for what it is
                return one(passed_on(value, node))
            case Opaque(samples=()):
                return one(replace(value, node=node))
            case Opaque():
                return one(pure(node, lambda made: generators.attribute(made, name), (value,)))
            case Module():
                return self.member(value, name, node)
            case Place(path=path):
                return one(paths.attribute(path, name, node))
            case _:
                return one(Unknown(node))

    def _bound(self, found: Alternative, receiver: Class, node: cst.CSTNode) -> Alternative:
        """What a class gives under a name: a class method knows it."""
        match found.value:
            case Function(kind="classmethod") as function:
                return Alternative(replace(function, receiver=receiver), found.guards)
            case value:
                return Alternative(passed_on(value, node), found.guards)

    def _of_instance(
        self, found: Alternative, receiver: Instance, node: cst.CSTNode, flow: Flow
    ) -> Iterator[Alternative]:
        """What an instance gives of what its class has: a method knows the instance, a property is called."""
        match found.value:
            case Function(kind="property") as function:
                results = self.apply(replace(function, receiver=receiver), Arguments(), node, flow)  # type: ignore[arg-type]
                yield from (Alternative(each.value, each.guards | found.guards) for each in results)
            case Function(kind="", node=cst.FunctionDef()) as function:
                yield Alternative(replace(function, receiver=receiver), found.guards)
            case _:
                yield found

    def _subscript(self, node: cst.Subscript, flow: Flow) -> Alternatives:
        index = node.slice[0].slice if len(node.slice) == 1 else None
        values = self.evaluate(node.value, flow)
        if isinstance(index, cst.Index):
            keys = self.evaluate(index.value, flow)
            return self.each(values, lambda value: self.element(value, keys, node, flow))
        if isinstance(index, cst.Slice):
            bounds = [
                self.evaluate(bound, flow) if bound is not None else one(Const(None, node))
                for bound in (index.lower, index.upper, index.step)
            ]
            return self.each(values, lambda value: self._slice(value, bounds, node))
        return one(Unknown(node))

    def element(self, value: Object, keys: Alternatives, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what `value[keys]` can be."""
        match value:
            case Symbol(path="builtins.globals()" | "builtins.locals()" | "builtins.vars()"):
                return self.each(keys, lambda key: self.named(key, node, flow))
            case Symbol(path="sys.modules[]" | "sys.modules"):
                return self.loaded_module(keys, node, flow)
            case Symbol(path=path):
                found = self.look_up(value, keys, node, flow)
                return found if found is not None else one(Symbol(f"{path}[]", node, value.arguments))
            case Mapping():
                return self.each(keys, lambda key: self.entry(value, key, one(Unknown(node)), node))
            case Items(items=items):
                return self.each(keys, lambda key: self._item(items, key, node))
            case Instance(of=of) if of.fields:  # a named tuple
                return self.each(
                    keys,
                    lambda key: (
                        self.attribute(value, of.fields[key.value], node, flow)
                        if isinstance(key, Const) and isinstance(key.value, int) and key.value < len(of.fields)
                        else one(Unknown(node))
                    ),
                )
            case Opaque(origin="committed"):
                return one(self.committed_entry(value, keys, node))
            case Opaque(samples=()):
                return one(replace(value, node=node))
            case Place(path=path):
                return self.each(keys, lambda key: one(paths.ancestor(path, getattr(key, "value", None), node)))
            case _:
                return self.combine(node, lambda text, key: text[key], one(value), keys)

    def named(self, key: Object, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what `globals()[key]` can be."""
        if isinstance(key, Const) and isinstance(key.value, str):
            held = self.held(key.value, flow.scope, flow)
            return held if held is not None else ()
        return one(Unknown(node))

    def entry(self, mapping: Mapping, key: Object, default: Alternatives, node: cst.CSTNode) -> Alternatives:
        """Return what a mapping holds under `key`: any of its values where the key is not known."""
        if isinstance(key, Const):
            entry = mapping.entry(key.value)
            if entry is not None:
                return tuple(Alternative(passed_on(each.value, node), each.guards) for each in entry.value)
            return default if mapping.complete else (Alternative(Unknown(node)), *default)
        if len(mapping.entries) > MAX_ALTERNATIVES:
            return one(Unknown(node, limited=True))
        found: list[Alternative] = []
        missing = NO_GUARDS
        for entry in {entry.key: entry for entry in mapping.entries}.values():
            truth = conditions.of_comparison(node, "Equal", key, Const(entry.key, node), NO_GUARDS)
            is_default = isinstance(key, Lookup) and isinstance(key.default, Const) and key.default.value == entry.key
            guards = frozenset({Guard("other")}) | (NO_GUARDS if is_default else truth.when_true)
            missing |= truth.when_false
            found += [Alternative(each.value, each.guards | guards) for each in entry.value]
        return (*found, *(Alternative(each.value, each.guards | missing | {Guard("other")}) for each in default))

    def _item(self, items: tuple[Alternatives, ...], key: Object, node: cst.CSTNode) -> Alternatives:
        if isinstance(key, Const) and isinstance(key.value, int) and -len(items) <= key.value < len(items):
            return items[key.value]
        return one(Unknown(node))

    def _slice(self, value: Object, bounds: list[Alternatives], node: cst.CSTNode) -> Alternatives:
        if isinstance(value, Items):
            known = [each[0].value.value for each in bounds if len(each) == 1 and isinstance(each[0].value, Const)]
            limits = [each for each in known if each is None or isinstance(each, int)]
            if len(limits) == 3 and limits[2] != 0:
                return one(Items(value.items[slice(*limits)], node, value.complete))
            return one(Unknown(node))
        if isinstance(value, Symbol):
            return one(Symbol(f"{value.path}[:]", node, value.arguments))
        return self.combine(node, lambda text, *parts: text[slice(*parts)], one(value), *bounds)

    # operators

    def operate(self, node: cst.CSTNode, operator: str, lefts: Alternatives, rights: Alternatives) -> Alternatives:
        """Return what a binary operator, given by its LibCST class name, yields."""
        if operator in ("Add", "BitOr", "Divide") and any(
            isinstance(each.value, Items | Mapping | Place | Symbol) for each in (*lefts, *rights)
        ):
            return self.each(lefts, lambda a: self.each(rights, lambda b: one(joined(a, b, operator, node))))
        return self.combine(node, lambda a, b: operations.binary(operator, a, b), lefts, rights)


def _is_set(lookup: Alternative, flow: Flow) -> bool:
    """Whether what is looked up is known to be there: `if name not in os.environ: sys.exit()` went before."""
    return isinstance(lookup.value, Lookup) and Guard("unset", False, lookup.value.name) in flow.path | lookup.guards
