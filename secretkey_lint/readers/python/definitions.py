"""Functions and classes of the project: how they are defined, and what calling them yields."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.libraries import SETTINGS_CLASSES, canonical
from secretkey_lint.readers.python.objects import (
    Alternative,
    Class,
    Const,
    Entry,
    Function,
    Instance,
    Items,
    Lookup,
    Mapping,
    Scope,
    Symbol,
    Unknown,
    one,
)
from secretkey_lint.readers.python.sinks import Sinks
from secretkey_lint.vocabulary import is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.modules import Modules
    from secretkey_lint.readers.python.objects import Alternatives, Arguments
else:
    from secretkey_lint.readers.python import syntax as cst

MAX_DEPTH = 8
"""How deep calls of the project's own functions are followed."""


class Definitions(Sinks):
    """Defines and calls functions and classes."""

    def __init__(self, modules: Modules | None = None) -> None:
        super().__init__(modules)
        self.returns: list[list[Alternative]] = []
        self.functions: list[Function] = []
        self._called: set[int] = set()

    def walk(self, node: cst.CSTNode, flow: Flow) -> None:
        """Take the effects of a statement; the interpreter says how."""
        raise NotImplementedError

    def walk_uncalled(self) -> None:
        """Walk the functions that nothing called, for what they give to the key; their parameters are unknown."""
        while self.functions:
            function = self.functions.pop()
            if id(function.node) not in self._called:
                self._called.add(id(function.node))
                inner = Flow(Scope({}, function.scope))
                self._bind_parameters(function, None, inner)
                self.returns.append([])
                self.walk(function.node.body, inner)
                self.returns.pop()

    def define(self, node: cst.FunctionDef, flow: Flow) -> None:
        """Bind the name of a function."""
        defaults = tuple(
            (param.name.value, self.evaluate(param.default, flow))
            for param in (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params)
            if param.default is not None
        )
        reader = self.modules.reader(self.here, node.name.value) if flow.scope.outer is None else None
        if reader is not None:
            flow.scope.names[node.name.value] = one(Symbol(reader, node))
            return
        function = Function(node, flow.scope, defaults)
        self.functions.append(function)
        for decorator in node.decorators:
            if isinstance(decorator.decorator, cst.Call):  # `@override_settings(SECRET_KEY=…)`
                self.evaluate(decorator.decorator, flow)
        flow.scope.names[node.name.value] = (Alternative(function, flow.path, node.name),)

    def define_class(self, node: cst.ClassDef, flow: Flow) -> None:
        """Bind the name of a class, and note what its body gives to the key."""
        bases = tuple(each.value for arg in node.bases for each in self.evaluate(arg.value, flow))
        for decorator in node.decorators:
            if isinstance(decorator.decorator, cst.Call):
                self.evaluate(decorator.decorator, flow)
        inner = Flow(Scope({}, flow.scope), flow.path)
        outer_scope, self.scope_name = self.scope_name, node.name.value
        self.walk(node.body, inner)
        made = Class(node.name.value, node, Scope(inner.scope.names), bases)
        self._make_attributes(made)
        self.note_names(inner.scope.names, lower=_is_settings_class(made))
        self.scope_name = outer_scope
        flow.scope.names[node.name.value] = (Alternative(made, flow.path, node.name),)

    def _make_attributes(self, made: Class) -> None:
        """Give the key's attributes the values they have: of fields from the environment, of properties."""
        read = _is_settings_class(made)
        for name, alternatives in made.attributes.names.items():
            if not is_key_name(name) and not (read and is_key_name(name.upper())):
                continue
            values: list[Alternative] = []
            for each in alternatives:
                match each.value:
                    case Function() as function:
                        method = Function(function.node, function.scope, function.defaults, Instance(made, made.node))
                        found = self.invoke_without_arguments(method)
                        values += [
                            Alternative(result.value, result.guards | each.guards, each.place) for result in found
                        ]
                    case Lookup(name="") as lookup:
                        values.append(
                            Alternative(Lookup(name.upper(), lookup.node, lookup.default), each.guards, each.place)
                        )
                    case Const() if read:
                        values.append(Alternative(Lookup(name.upper(), made.node, each.value), each.guards, each.place))
                    case _:
                        values.append(each)
            made.attributes.names[name] = tuple(values)

    def invoke_without_arguments(self, function: Function) -> Alternatives:
        """Return what a method yields that takes nothing but its receiver."""
        return self._invoke(function, None)

    def invoke(self, function: Function, arguments: Arguments, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what a function of the project yields for these arguments."""
        if len(self.returns) >= MAX_DEPTH:
            return one(Unknown(node, limited=True))
        return self._invoke(function, arguments)

    def _invoke(self, function: Function, arguments: Arguments | None) -> Alternatives:
        inner = Flow(Scope({}, function.scope))
        self._bind_parameters(function, arguments, inner)
        if isinstance(function.node, cst.Lambda):
            return self.evaluate(function.node.body, inner)
        self._called.add(id(function.node))
        self.returns.append([])
        scope_name, self.scope_name = self.scope_name, ""
        self.walk(function.node.body, inner)
        self.scope_name = scope_name
        returned = self.returns.pop()
        if inner.alive:
            returned.append(Alternative(Const(None, function.node), inner.path))
        return tuple(returned)

    def _bind_parameters(self, function: Function, arguments: Arguments | None, inner: Flow) -> None:
        """Bind the parameters of a function; without arguments to what the defaults say and to the unknown."""
        names = inner.scope.names
        params = function.node.params
        positional = [param.name.value for param in (*params.posonly_params, *params.params)]
        defaults = dict(function.defaults)
        if isinstance(function.node, cst.Lambda):
            for param in (*params.params, *params.kwonly_params):
                if param.default is not None:
                    defaults.setdefault(param.name.value, self.evaluate(param.default, inner))
        if function.receiver is not None and positional:
            names[positional.pop(0)] = one(function.receiver)
        every = [*positional, *(param.name.value for param in params.kwonly_params)]
        for name in every:
            unknown = one(Unknown(function.node))
            if arguments is None:
                names[name] = (
                    *unknown,
                    *(Alternative(each.value, each.guards | {Guard("other")}) for each in defaults.get(name, ())),
                )
            else:
                names[name] = defaults.get(name, unknown)
        if arguments is None:
            return
        for name, value in zip(positional, arguments.positional, strict=False):
            names[name] = value
        extra: list[Entry] = []
        for entry in arguments.named:
            if entry.key in every:
                names[str(entry.key)] = entry.value
            else:
                extra.append(entry)
        if isinstance(params.star_arg, cst.Param):
            rest = arguments.positional[len(positional) :]
            names[params.star_arg.name.value] = one(Items(rest, function.node, arguments.complete))
        if params.star_kwarg is not None:
            names[params.star_kwarg.name.value] = one(Mapping(tuple(extra), function.node, arguments.complete))


def _is_settings_class(made: Class) -> bool:
    """Whether attributes are read from the environment, as pydantic-settings does."""
    for base in made.bases:
        if isinstance(base, Symbol) and canonical(base.path) in SETTINGS_CLASSES:
            return True
        if isinstance(base, Class) and _is_settings_class(base):
            return True
    return False
