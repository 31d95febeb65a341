"""Functions of the project: how they are defined, and what calling them yields."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import conditions
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.mentions import last_name
from secretkey_lint.readers.python.objects import (
    Alternative,
    Arguments,
    Const,
    Entry,
    Function,
    Instance,
    Items,
    Mapping,
    Partial,
    Scope,
    Symbol,
    Unknown,
    one,
)
from secretkey_lint.readers.python.sinks import Sinks

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.modules import Modules
    from secretkey_lint.readers.python.objects import Alternatives
else:
    from secretkey_lint.readers.python import syntax as cst

MAX_DEPTH = 8
"""How deep calls of the project's own functions are followed."""

_KINDS = {
    "property": "property",
    "cached_property": "property",
    "staticmethod": "staticmethod",
    "classmethod": "classmethod",
}
"""What decorators make of a function of a class."""


class Definitions(Sinks):
    """Defines and calls functions."""

    def __init__(self, modules: Modules | None = None) -> None:
        super().__init__(modules)
        self.returns: list[list[Alternative]] = []
        self.exits: list[list[Flow]] = []
        """The states in which the functions that are walked have returned."""
        self.functions: list[Function] = []
        self._yields: list[list[Alternatives | None]] = []
        self._called: set[int] = set()
        self._generators: dict[int, bool] = {}

    def walk(self, node: cst.CSTNode, flow: Flow) -> None:
        """Take the effects of a statement; the interpreter says how."""
        raise NotImplementedError

    def join(self, flow: Flow, ways: list[Flow]) -> None:
        """Make `flow` what it is after one of `ways`; the interpreter says how."""
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
                self.exits.append([])
                self._yields.append([])
                self.walk(function.node.body, inner)
                self._yields.pop()
                self.exits.pop()
                self.returns.pop()

    def define(self, node: cst.FunctionDef, flow: Flow) -> None:
        """Bind the name of a function, or of what its decorators make of it."""
        scope = flow.scope.outer if flow.scope.of_class and flow.scope.outer is not None else flow.scope
        name = node.name.value
        reader = self.modules.reader(self.here, name) if flow.scope.outer is None else None
        if reader is not None:
            flow.scope.names[name] = one(Symbol(reader, node))
            return
        decorators = [each.decorator for each in node.decorators]
        if any(last_name(each) in ("setter", "deleter") for each in decorators):
            return
        kind = next((_KINDS[last_name(each)] for each in decorators if last_name(each) in _KINDS), "")
        function = Function(node, scope, self.defaults(node.params, flow), kind=kind)
        self.functions.append(function)
        made: Alternatives = one(function)
        for decorator in reversed(decorators):
            if isinstance(decorator, cst.Call) or (self.is_followed and last_name(decorator) not in _KINDS):
                made = self._decorated(self.evaluate(decorator, flow), made, node, flow)
        flow.scope.names[name] = tuple(Alternative(each.value, each.guards | flow.path, node.name) for each in made)

    def _decorated(self, by: Alternatives, function: Alternatives, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """What a decorator makes of a function: one of the project's own is called, others are taken to keep it."""
        if len(by) == 1 and isinstance(by[0].value, Function | Partial | Instance):
            made = self.apply(by[0].value, Arguments((function,)), node, flow)  # type: ignore[arg-type]
            if made and not any(isinstance(each.value, Unknown) for each in made):
                return made
        return function

    def invoke(self, function: Function, arguments: Arguments, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what a function of the project yields for these arguments."""
        if len(self.returns) >= MAX_DEPTH:
            self.is_cut = True  # what asks for it may keep another object: a class that makes itself
            return one(Unknown(node, limited=True))
        root = flow.scope.root
        inner = Flow(Scope({}, function.scope.seen_from(root)), flow.path)
        self._bind_parameters(function, arguments, inner)
        if isinstance(function.node, cst.Lambda):
            self.returns.append([])
            found = self.evaluate(function.node.body, inner)
            self.returns.pop()
            return found
        self._called.add(id(function.node))
        makes_items = self._is_generator(function.node)
        self.returns.append([])
        self.exits.append([])
        self._yields.append([])
        scope_name, self.scope_name = self.scope_name, ""
        self.walk(function.node.body, inner)
        self.scope_name = scope_name
        items = self._yields.pop()
        exits = self.exits.pop()
        returned = self.returns.pop()
        if inner.alive:
            returned.append(Alternative(Const(None, function.node), inner.path))
        ways = [*exits, inner] if inner.alive else exits
        if ways and not makes_items:
            flow.hold(conditions.common(*(way.path for way in ways)))  # it refuses the rest
        if ways and inner.scope.shared:
            self.join(inner, [way.fork() for way in ways])
            self._hand_back(inner.scope, flow)
        if makes_items:
            known = tuple(item for item in items if item is not None)
            return one(Items(known, function.node, len(known) == len(items)))
        return tuple(returned)

    def _hand_back(self, scope: Scope, flow: Flow) -> None:
        """Give the names that are the module's, or an outer function's, to the one that calls."""
        for name in scope.shared:
            found = scope.names.get(name)
            holder: Scope | None = flow.scope
            while holder is not None and holder.outer is not None and name not in holder.shared:
                holder = holder.outer
            if found is not None and holder is not None:
                self.replace(name, found, holder)

    def yielded(self, item: Alternatives | None, flow: Flow) -> None:
        """Take what the generator that is walked yields."""
        if self._yields:
            self._yields[-1].append(
                None if item is None else tuple(Alternative(each.value, each.guards | flow.path) for each in item)
            )

    def _is_generator(self, node: cst.FunctionDef) -> bool:
        """Whether a function yields, by itself."""
        known = self._generators.get(id(node))
        if known is None:
            pending: list[object] = [node.body]
            known = False
            while pending and not known:
                each = pending.pop()
                if isinstance(each, tuple):
                    pending.extend(each)
                elif isinstance(each, cst.Yield):
                    known = True
                elif hasattr(each, "__dict__") and not isinstance(each, cst.FunctionDef | cst.Lambda | cst.ClassDef):
                    pending.extend(vars(each).values())
            self._generators[id(node)] = known
        return known

    def _bind_parameters(self, function: Function, arguments: Arguments | None, inner: Flow) -> None:
        """Bind the parameters of a function; without arguments to what the defaults say and to the unknown."""
        names = inner.scope.names
        params = function.node.params
        positional = [param.name.value for param in (*params.posonly_params, *params.params)]
        defaults = dict(function.defaults)
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
