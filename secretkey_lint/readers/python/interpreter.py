"""An abstract interpreter of Python modules: it walks a module in order and notes what the key can be.

State is name → alternatives. Branches are walked apart and joined, `raise` and `sys.exit` cut a path, functions of
the module are interpreted with their arguments bound. Nothing is ever run.
"""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import conditions
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.evaluator import TooManyStepsError
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
    Truth,
    Unknown,
    one,
)
from secretkey_lint.readers.python.relevance import relevant_statements
from secretkey_lint.readers.python.sinks import Sinks
from secretkey_lint.vocabulary import is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import libcst as cst

    from secretkey_lint.readers.python.objects import Alternatives, Arguments, Object
else:
    from secretkey_lint.readers.python import syntax as cst

MAX_DEPTH = 8
"""How deep calls of the project's own functions are followed."""

_EXITS = frozenset({"sys.exit", "builtins.exit", "builtins.quit", "os._exit", "os.abort"})


class Interpreter(Sinks):
    """Walks one module."""

    def __init__(self) -> None:
        super().__init__()
        self._returns: list[list[Alternative]] = []
        self._functions: list[Function] = []
        self._relevant: set[int] = set()
        self._called: set[int] = set()
        self.exhausted = False

    def run(self, module: cst.Module, imported: dict[str, str] | None = None) -> None:
        """Walk the module, then those of its functions that nothing called; `found` holds what came out.

        `imported` says what names mean that the module does not bind itself, as ways into libraries.
        """
        names = {"__name__": one(Unknown(module))}
        for name, path in (imported or {}).items():
            names[name] = one(Symbol(path, module))
        flow = Flow(Scope(names))
        try:
            self._relevant = relevant_statements(module)
            self._block(module.body, flow)
            self.note_names(flow.scope.names)
            self._walk_uncalled()
        except (TooManyStepsError, RecursionError):
            self.exhausted = True
            self.note_names(flow.scope.names)

    def _walk_uncalled(self) -> None:
        """Walk the functions that nothing called, for what they give to the key; their parameters are unknown."""
        while self._functions:
            function = self._functions.pop()
            if id(function.node) not in self._called:
                self._called.add(id(function.node))
                inner = Flow(Scope({}, function.scope))
                self._bind_parameters(function, None, inner)
                self._returns.append([])
                self._statement(function.node.body, inner)
                self._returns.pop()

    @property
    def partial(self) -> bool:
        """Whether a limit kept something that reaches the key from being followed."""
        return self.exhausted or any(
            isinstance(each.value, Unknown) and each.value.limited for found in self.found for each in found.values
        )

    # statements

    def _block(self, statements: Iterable[cst.CSTNode], flow: Flow) -> None:
        for statement in statements:
            if not flow.alive:
                return
            if id(statement) in self._relevant:
                self._statement(statement, flow)

    def _statement(self, node: cst.CSTNode, flow: Flow) -> None:
        match node:
            case cst.SimpleStatementLine(body=body) | cst.SimpleStatementSuite(body=body):
                self._block(body, flow)
            case cst.IndentedBlock(body=body):
                self._block(body, flow)
            case cst.Assign(targets=targets, value=value):
                self._assign([target.target for target in targets], value, flow)
            case cst.AnnAssign(target=target, value=value) if value is not None:
                self._assign([target], value, flow)
            case cst.AugAssign():
                self._augment(node, flow)
            case cst.Expr(value=value):
                self._expression(value, flow)
            case cst.If():
                self._if(node, flow)
            case cst.Else(body=body):
                self._statement(body, flow)
            case cst.Try() | cst.TryStar():
                self._try(node, flow)
            case cst.FunctionDef():
                self._define(node, flow)
            case cst.ClassDef():
                self._class(node, flow)
            case cst.Return(value=value):
                found = self.evaluate(value, flow) if value is not None else one(Const(None, node))
                if self._returns:
                    self._returns[-1] += [Alternative(each.value, each.guards | flow.path) for each in found]
                flow.alive = False
            case cst.Raise():
                flow.alive = False
            case cst.Assert(test=test):
                self.assume(test, True, flow)
            case cst.Import() | cst.ImportFrom():
                self._import(node, flow)
            case cst.With(items=items, body=body):
                for item in items:
                    found = self.evaluate(item.item, flow)
                    if item.asname is not None:
                        self.bind(item.asname.name, found, flow)
                self._statement(body, flow)
            case cst.For():
                self._for(node, flow)
            case cst.While(test=test, body=body, orelse=orelse):
                skipped = flow.fork()
                self.assume(test, True, flow)
                self._statement(body, flow)
                self._join(flow, [flow.fork(), skipped])
                if orelse is not None:
                    self._statement(orelse, flow)
            case cst.Match():
                self._match(node, flow)
            case cst.Del(target=cst.Name(value=name)):
                flow.scope.names.pop(name, None)

    def _assign(self, targets: Sequence[cst.CSTNode], value: cst.CSTNode, flow: Flow) -> None:
        found = self.evaluate(value, flow)
        if not found:
            flow.alive = False
        for target in targets:
            self.bind(target, found, flow)

    def _augment(self, node: cst.AugAssign, flow: Flow) -> None:
        operator = type(node.operator).__name__.removesuffix("Assign")
        added = self.evaluate(node.value, flow)
        held = self.evaluate(node.target, flow)
        if all(isinstance(each.value, Symbol) for each in held):
            held = one(Items((), node, False))  # a list that comes from elsewhere
        self.bind(node.target, self.operate(node, operator, held, added), flow)

    def _expression(self, node: cst.CSTNode, flow: Flow) -> None:
        if self._mutates(node, flow):
            return
        found = self.evaluate(node, flow)
        if not found or any(isinstance(each.value, Symbol) and _is_exit(each.value) for each in found):
            flow.alive = False

    def _mutates(self, node: cst.CSTNode, flow: Flow) -> bool:
        """Bind the name again whose list or dictionary a method changes; whether the statement did that."""
        match node:
            case cst.Call(
                func=cst.Attribute(value=cst.Name(value=name) as target, attr=cst.Name(value=method)), args=args
            ):
                held = flow.scope.find(name)
            case _:
                return False
        arguments = None
        changed: list[Alternative] = []
        for each in held or ():
            match each.value:
                case Items(items=items, complete=complete) if method in ("append", "extend", "insert"):
                    arguments = arguments or self.arguments(args, flow)
                    if not arguments.positional:
                        return False
                    last = arguments.positional[-1]
                    if method == "extend":
                        value: Object = self.operate(node, "Add", one(each.value), last)[0].value
                    else:
                        value = Items((*items, last), node, complete)
                case Mapping(entries=entries, complete=complete) if method in ("update", "setdefault"):
                    arguments = arguments or self.arguments(args, flow)
                    value = Mapping((*entries, *self.entries_of(arguments, method)), node, complete)
                case _:
                    return False
            changed.append(Alternative(value, each.guards))
        if changed:
            self.bind(target, tuple(changed), flow)
        return bool(changed)

    # branches

    def _if(self, node: cst.If, flow: Flow) -> None:
        taken, other = flow.fork(), flow.fork()
        self.assume(node.test, True, taken)
        self._statement(node.body, taken)
        self.assume(node.test, False, other)
        if node.orelse is not None:
            self._statement(node.orelse, other)
        for way, ended, holds in ((taken, other, True), (other, taken, False)):
            if way.alive and not ended.alive:
                way.settled = (*way.settled, (node.test, holds))
        self._join(flow, [taken, other])

    def _try(self, node: cst.Try | cst.TryStar, flow: Flow) -> None:
        before = flow.fork()
        seen = len(self.lookups)
        self._statement(node.body, flow)
        failing = {lookup.name for lookup in self.lookups[seen:] if lookup.default is None}
        failed = Guard("unset", True, failing.pop()) if len(failing) == 1 else Guard("other")
        entry = before.fork()
        if flow.alive:
            self._join(entry, [before, flow])
        ways = [flow]
        for handler in node.handlers:
            way = entry.fork()
            way.path |= {failed}
            self._statement(handler.body, way)
            ways.append(way)
        if node.orelse is not None and flow.alive:
            self._statement(node.orelse, flow)
        self._join(flow, [way.fork() for way in ways])
        flow.path &= before.path
        if node.finalbody is not None:
            alive, flow.alive = flow.alive, True
            self._statement(node.finalbody.body, flow)
            flow.alive &= alive

    def _for(self, node: cst.For, flow: Flow) -> None:
        for item in self.iterate(self.evaluate(node.iter, flow)):
            way = flow.fork()
            self.bind(node.target, item if item is not None else one(Unknown(node.iter)), way)
            self._statement(node.body, way)
            if item is None or not way.alive:
                self._join(flow, [flow.fork(), way])
            else:
                flow.take(way)
        if node.orelse is not None:
            self._statement(node.orelse, flow)

    def _match(self, node: cst.Match, flow: Flow) -> None:
        subject = self.evaluate(node.subject, flow)
        ways: list[Flow] = []
        for case in node.cases:
            way = flow.fork()
            truth = self._pattern(case.pattern, node.subject, subject, flow)
            way.path |= truth.when_true
            flow.path |= truth.when_false
            if isinstance(case.pattern, cst.MatchAs) and case.pattern.name is not None:
                self.bind(case.pattern.name, subject, way)
            if case.guard is not None:
                self.assume(case.guard, True, way)
            self._statement(case.body, way)
            ways.append(way)
            if truth.known is True and case.guard is None:
                flow.alive = False
        self._join(flow, [*ways, flow.fork()])

    def _pattern(self, pattern: cst.CSTNode, subject: cst.CSTNode, values: Alternatives, flow: Flow) -> Truth:
        match pattern:
            case cst.MatchAs(pattern=None):
                return Truth(pattern, True)
            case cst.MatchValue(value=value):
                return self.compare(pattern, "Equal", subject, value, values, self.evaluate(value, flow), flow.path)
            case cst.MatchOr(patterns=patterns):
                truths = [self._pattern(element.pattern, subject, values, flow) for element in patterns]
                combined = truths[0]
                for truth in truths[1:]:
                    combined = conditions.disjunction(pattern, combined, truth)
                return combined
            case _:
                return Truth(pattern)

    def _join(self, flow: Flow, ways: list[Flow]) -> None:
        """Make `flow` what it is after one of `ways`; those that ended count no more."""
        ways = [way for way in ways if way.alive]
        if not ways:
            flow.alive = False
            return
        first, *rest = ways
        names = first.scope.names
        path = first.path
        settled = first.settled
        for way in rest:
            path &= way.path
            settled = tuple(each for each in settled if each in way.settled)
            names = _joined_names(names, way.scope.names)
        flow.scope.names, flow.path, flow.alive = dict(names), path, True
        flow.settled = settled

    # definitions

    def _define(self, node: cst.FunctionDef, flow: Flow) -> None:
        defaults = tuple(
            (param.name.value, self.evaluate(param.default, flow))
            for param in (*node.params.posonly_params, *node.params.params, *node.params.kwonly_params)
            if param.default is not None
        )
        function = Function(node, flow.scope, defaults)
        self._functions.append(function)
        for decorator in node.decorators:
            self.evaluate(decorator.decorator, flow)
        flow.scope.names[node.name.value] = (Alternative(function, flow.path, node.name),)

    def _class(self, node: cst.ClassDef, flow: Flow) -> None:
        bases = tuple(each.value for arg in node.bases for each in self.evaluate(arg.value, flow))
        for decorator in node.decorators:
            self.evaluate(decorator.decorator, flow)
        inner = Flow(Scope({}, flow.scope), flow.path)
        outer_scope, self.scope_name = self.scope_name, node.name.value
        self._statement(node.body, inner)
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
        if len(self._returns) >= MAX_DEPTH:
            return one(Unknown(node, limited=True))
        return self._invoke(function, arguments)

    def _invoke(self, function: Function, arguments: Arguments | None) -> Alternatives:
        inner = Flow(Scope({}, function.scope))
        self._bind_parameters(function, arguments, inner)
        if isinstance(function.node, cst.Lambda):
            return self.evaluate(function.node.body, inner)
        self._called.add(id(function.node))
        self._returns.append([])
        scope_name, self.scope_name = self.scope_name, ""
        self._statement(function.node.body, inner)
        self.scope_name = scope_name
        returned = self._returns.pop()
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

    def _import(self, node: cst.Import | cst.ImportFrom, flow: Flow) -> None:
        names = flow.scope.names
        if isinstance(node.names, cst.ImportStar):
            return
        package = ""
        if isinstance(node, cst.ImportFrom):
            package = "." * len(node.relative) + (_dotted(node.module) if node.module is not None else "")
            package += "" if package.endswith(".") else "."
        for alias in node.names:
            path = _dotted(alias.name)
            if alias.asname is not None:
                bound = _dotted(alias.asname.name)
            elif package:
                bound = path
            else:
                bound = path = path.partition(".")[0]
            names[bound] = (Alternative(Symbol(canonical(package + path), alias), flow.path),)


def _dotted(node: cst.CSTNode) -> str:
    match node:
        case cst.Attribute(value=value, attr=attr):
            return f"{_dotted(value)}.{attr.value}"
        case cst.Name(value=name):
            return name
        case _:
            return ""


def _is_exit(symbol: Symbol) -> bool:
    return symbol.path.endswith("()") and symbol.path[:-2] in _EXITS


def _is_settings_class(made: Class) -> bool:
    """Whether attributes are read from the environment, as pydantic-settings does."""
    for base in made.bases:
        if isinstance(base, Symbol) and canonical(base.path) in SETTINGS_CLASSES:
            return True
        if isinstance(base, Class) and _is_settings_class(base):
            return True
    return False


def _joined_names(first: dict[str, Alternatives], second: dict[str, Alternatives]) -> dict[str, Alternatives]:
    """What names can be after one of two ways."""
    names = dict(first)
    for name, alternatives in second.items():
        held = names.get(name)
        if held is None:
            names[name] = alternatives
        elif held is not alternatives:
            merged = list(held)
            for each in alternatives:
                for position, other in enumerate(merged):
                    if other.value is each.value and other.place is each.place:
                        merged[position] = Alternative(each.value, each.guards & other.guards, each.place)
                        break
                else:
                    merged.append(each)
            names[name] = tuple(merged)
    return names
