"""An abstract interpreter of Python modules: it walks a module in order and notes what the key can be.

State is name → alternatives. Branches are walked apart and joined, `raise` and `sys.exit` cut a path, functions of
the module are interpreted with their arguments bound. Nothing is ever run.
"""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import conditions
from secretkey_lint.readers.python.assumptions import Flow, Settled
from secretkey_lint.readers.python.displays import MAX_ITERATIONS
from secretkey_lint.readers.python.evaluator import TooManyStepsError
from secretkey_lint.readers.python.failing import is_exit, suppresses, takes_all, takes_what_lookups_raise
from secretkey_lint.readers.python.imports import Importer
from secretkey_lint.readers.python.mentions import last_name
from secretkey_lint.readers.python.objects import (
    NO_GUARDS,
    Alternative,
    Const,
    Items,
    Mapping,
    Symbol,
    Truth,
    Unknown,
    one,
)
from secretkey_lint.readers.python.ways import joined_names, restrict, tell_what_is_not_set

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import libcst as cst

    from secretkey_lint.readers.python.modules import Loaded, Modules
    from secretkey_lint.readers.python.objects import Alternatives, Guards, Object
else:
    from secretkey_lint.readers.python import syntax as cst


class Interpreter(Importer):
    """Walks one module."""

    def __init__(self, modules: Modules | None = None) -> None:
        super().__init__(modules)
        self._loops: list[_Loop] = []
        self.exhausted = False

    def run(self, main: Loaded, imported: dict[str, str] | None = None) -> None:
        """Walk a module, then those of its functions that nothing called; `found` holds what came out.

        `imported` says what names mean that the module does not bind itself, as ways into libraries.
        """
        module = main.source.module
        names = main.scope.names = {"__name__": one(Unknown(module))}
        for name, path in (imported or {}).items():
            names[name] = one(Symbol(path, module))
        main.is_running = True
        flow = Flow(main.scope)
        try:
            self.start(main, frozenset(), flow)
            self.note_names(flow.scope.names)
            self.set_aside(flow.scope.names)
            self.walk_uncalled()
        except (TooManyStepsError, RecursionError):
            self.exhausted = True
            self.note_names(flow.scope.names)

    def slice_of(self, loaded: Loaded, wanted: frozenset[str]) -> frozenset[str]:
        """Choose the statements of a module to walk, and return the names that they mention."""
        part = loaded.source.relevance.slice(wanted)
        self._relevant |= part.statements
        return frozenset(part.names)

    @property
    def partial(self) -> bool:
        """Whether a limit kept something that reaches the key from being followed."""
        limited = (
            isinstance(each.value, Unknown) and each.value.limited for found in self.found for each in found.values
        )
        return self.exhausted or (self.is_settings and (self.is_cut or any(limited)))

    # statements

    def block(self, statements: Iterable[cst.CSTNode], flow: Flow) -> None:
        """Take the effects of those of the statements that matter."""
        for statement in statements:
            if not flow.alive:
                return
            if id(statement) in self._relevant:
                self.walk(statement, flow)
                flow.go_on()

    def walk(self, node: cst.CSTNode, flow: Flow) -> None:
        """Take the effects of a statement."""
        match node:
            case cst.SimpleStatementLine(body=body) | cst.SimpleStatementSuite(body=body):
                self.block(body, flow)
            case cst.IndentedBlock(body=body):
                self.block(body, flow)
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
                self.walk(body, flow)
            case cst.Try() | cst.TryStar():
                self._try(node, flow)
            case cst.FunctionDef():
                self.define(node, flow)
            case cst.ClassDef():
                self.define_class(node, flow)
            case cst.Return(value=value):
                found = self.evaluate(value, flow) if value is not None else one(Const(None, node))
                flow.go_on()
                if self.returns:
                    self.returns[-1] += [Alternative(one_of.value, one_of.guards | flow.path) for one_of in found]
                if self.exits:
                    self.exits[-1].append(flow.fork())
                flow.alive = False
            case cst.Raise(exc=error):
                self.risks += last_name(error) != "SystemExit"
                flow.alive = False
            case cst.Assert(test=test):
                known = self.truth(test, flow, flow.path).known
                self.risks += known is not True
                if known is False:
                    flow.alive = False
                self.assume(test, True, flow)
            case cst.Import() | cst.ImportFrom():
                self.import_statement(node, flow)
            case cst.With(items=items, body=body):
                before, seen = flow.fork(), len(self.lookups)
                for item in items:
                    found = self.evaluate(item.item, flow)
                    if item.asname is not None:
                        self.bind(item.asname.name, found, flow)
                self.walk(body, flow)
                if any(suppresses(item.item) for item in items):
                    failed, path = self._failed(seen), before.path
                    before.path |= failed
                    restrict(before, failed)
                    self.join(flow, [flow.fork(), before])
                    flow.path &= path
            case cst.For() | cst.While():
                self._loop(node, flow)
            case cst.Break():
                if self._loops:
                    self._loops[-1].left.append(flow.fork())
                flow.alive = False
            case cst.Continue():
                if self._loops:
                    self._loops[-1].begun_again.append(flow.fork())
                flow.alive = False
            case cst.Global(names=names) | cst.Nonlocal(names=names):
                for each in names:
                    self._share(each.name.value, flow)
            case cst.Match():
                self._match(node, flow)
            case cst.Del(target=cst.Name(value=name)):
                flow.scope.names.pop(name, None)

    def _assign(self, targets: Sequence[cst.CSTNode], value: cst.CSTNode, flow: Flow) -> None:
        found = self.evaluate(value, flow)
        if not found:
            flow.alive = False
        flow.go_on()
        self._take_out(value, flow)
        for target in targets:
            self.bind(target, found, flow)

    def _augment(self, node: cst.AugAssign, flow: Flow) -> None:
        operator = type(node.operator).__name__.removesuffix("Assign")
        added = self.evaluate(node.value, flow)
        self._take_out(node.value, flow)
        held = self.evaluate(node.target, flow)
        flow.alive &= bool(added) and bool(held)
        if operator == "BitOr" and any(
            isinstance(each.value, Symbol) and each.value.path == "os.environ" for each in held
        ):
            for each in added:
                if isinstance(each.value, Mapping):
                    self.set_variables(each.value, node, flow)
            return
        if all(isinstance(each.value, Symbol) for each in held):
            held = one(Items((), node, False))  # a list that comes from elsewhere
        self.bind(node.target, self.operate(node, operator, held, added), flow)

    def _expression(self, node: cst.CSTNode, flow: Flow) -> None:
        if self._mutates(node, flow):
            return
        risks = self.risks
        found = self.evaluate(node, flow)
        if any(isinstance(each.value, Symbol) and is_exit(each.value) for each in found):
            flow.alive, self.risks = False, risks  # what ends the program is nothing that `except Exception` takes
        flow.alive &= bool(found)

    def _take_out(self, value: cst.CSTNode, flow: Flow) -> None:
        """`value = table.pop(key)`, which has just been evaluated: the dictionary no longer has the entry."""
        match value:
            case cst.Call(
                func=cst.Attribute(value=cst.Name(value=name) as target, attr=cst.Name(value="pop")), args=args
            ):
                held = self.held(name, flow.scope, flow)
                keys = self.evaluate(args[0].value, flow) if args else ()
                match held, keys:
                    case (Alternative(value=Mapping() as table),), (Alternative(value=Const(value=key)),):
                        self.bind(target, one(table.without(key)), flow)

    def _mutates(self, node: cst.CSTNode, flow: Flow) -> bool:
        """Bind the name again whose list or dictionary a method changes; whether the statement did that."""
        match node:
            case cst.Call(
                func=cst.Attribute(value=cst.Name(value=name) as target, attr=cst.Name(value=method)), args=args
            ):
                held = self.held(name, flow.scope, flow)
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
        asked, taken, other = flow.fork().scope, flow.fork(), flow.fork()
        known = self.truth(node.test, flow, flow.path).known
        ends = bool(self.returns)  # what a function never comes to is nothing that it returns
        self.assume(node.test, True, taken)
        taken.alive &= known is not False or not ends
        if taken.alive:
            self.walk(node.body, taken)
        self.assume(node.test, False, other)
        other.alive &= known is not True or not ends
        if node.orelse is not None and other.alive:
            self.walk(node.orelse, other)
        if known is not None:
            restrict(other if known else taken, frozenset({Guard("unreachable")}))  # it is published all the same
        for way, ended, holds in ((taken, other, True), (other, taken, False)):
            if way.alive and not ended.alive:
                way.settled = (*way.settled, Settled(node.test, holds, asked))
        self.join(flow, [taken, other])

    def _try(self, node: cst.Try | cst.TryStar, flow: Flow) -> None:
        before = flow.fork()
        seen, risks = len(self.lookups), self.risks
        self.attempts += 1
        self.walk(node.body, flow)
        self.attempts -= 1
        failed = self._failed(seen)
        entry = before.fork()
        if flow.alive and not _binds_or_fails(node.body):
            self.join(entry, [before, flow])
        ways = [flow]
        is_safe = self.risks == risks or self.resolves(node.body.body)
        if any(map(takes_what_lookups_raise, node.handlers)):
            self.risks = risks
        for handler in node.handlers:
            if is_safe and not takes_all(handler):
                continue
            way = entry.fork()
            way.path |= failed
            self.walk(handler.body, way)
            ways.append(way)
        if node.orelse is not None and flow.alive:
            self.walk(node.orelse, flow)
        several = sum(way.alive and Guard("unreachable") not in way.path for way in ways) > 1
        self.join(flow, [way.fork() for way in ways])
        if several:
            flow.path &= before.path
        if node.finalbody is not None:
            alive, flow.alive = flow.alive, True
            self.walk(node.finalbody.body, flow)
            flow.alive &= alive

    def _failed(self, seen: int) -> Guards:
        """What holds where what was looked up since then has failed; `seen` lookups had been made before."""
        failing = {lookup.name for lookup in self.lookups[seen:] if lookup.default is None}
        return frozenset({Guard("unset", True, failing.pop()) if len(failing) == 1 else Guard("other")})

    def _loop(self, node: cst.For | cst.While, flow: Flow) -> None:
        loop = _Loop()
        self._loops.append(loop)
        if isinstance(node, cst.For):
            for item in self.iterate(self.evaluate(node.iter, flow)):
                skipped = flow.fork() if item is None else None
                self.bind(node.target, item if item is not None else one(Unknown(node.iter)), flow)
                self._turn(node, loop, flow, skipped)
                if not flow.alive:
                    break
        else:
            for turn in range(MAX_ITERATIONS):
                known = self.truth(node.test, flow, flow.path).known
                skipped = flow.fork() if known is None else None
                self.assume(node.test, known is not False, flow)
                if known is False:
                    break
                self._turn(node, loop, flow, skipped)
                if not flow.alive or known is None or turn == MAX_ITERATIONS - 1:
                    break
        self._loops.pop()
        if node.orelse is not None and flow.alive:
            self.walk(node.orelse, flow)
        if loop.left:
            self.join(flow, [flow.fork(), *loop.left])

    def _turn(self, node: cst.For | cst.While, loop: _Loop, flow: Flow, skipped: Flow | None) -> None:
        """One turn of a loop; `skipped` is the state where there is none, if that may be."""
        self.walk(node.body, flow)
        ways = [flow.fork(), *loop.begun_again, *([skipped] if skipped is not None else [])]
        loop.begun_again.clear()
        if len(ways) > 1:
            self.join(flow, ways)

    def _share(self, name: str, flow: Flow) -> None:
        """`global name`: bound here, it is bound there."""
        if flow.scope.outer is None or flow.scope.of_class:
            return
        held = self.held(name, flow.scope, flow)
        flow.scope.shared.add(name)
        if held is not None:
            flow.scope.names.setdefault(name, held)

    def _match(self, node: cst.Match, flow: Flow) -> None:
        subject = self.evaluate(node.subject, flow)
        ways: list[Flow] = []
        missed = NO_GUARDS
        for case in node.cases:
            way = flow.fork()
            truth = self._pattern(case.pattern, node.subject, subject, flow)
            way.path |= truth.when_true
            flow.path |= truth.when_false
            missed |= truth.when_false if case.guard is None else NO_GUARDS
            if isinstance(case.pattern, cst.MatchAs) and case.pattern.name is not None:
                self.bind(case.pattern.name, subject, way)
            if case.guard is not None:
                self.assume(case.guard, True, way)
            self.walk(case.body, way)
            ways.append(way)
            if (truth.known is True and case.guard is None) or conditions.is_contradictory(missed):
                flow.alive = False  # `case True` and `case False` are all
        self.join(flow, [*ways, flow.fork()])

    def _pattern(self, pattern: cst.CSTNode, subject: cst.CSTNode, values: Alternatives, flow: Flow) -> Truth:
        match pattern:
            case cst.MatchAs(pattern=None):
                return Truth(pattern, True)
            case cst.MatchValue(value=value) | cst.MatchSingleton(value=value):
                return self.compare(pattern, "Equal", subject, value, values, self.evaluate(value, flow), flow.path)
            case cst.MatchOr(patterns=patterns):
                truths = [self._pattern(element.pattern, subject, values, flow) for element in patterns]
                combined = truths[0]
                for truth in truths[1:]:
                    combined = conditions.disjunction(pattern, combined, truth)
                return combined
            case _:
                return Truth(pattern)

    def join(self, flow: Flow, ways: list[Flow]) -> None:
        """Make `flow` what it is after one of `ways`; those that ended count no more."""
        ways = [way for way in ways if way.alive]
        if not ways:
            flow.alive = False
            return
        tell_what_is_not_set(ways)
        first, *rest = ways
        names = first.scope.names
        path = first.path
        settled = first.settled
        for way in rest:
            path = conditions.common(path, way.path)
            settled = tuple(each for each in settled if each in way.settled)
            names = joined_names(names, way.scope.names)
        flow.scope.names, flow.path, flow.alive = dict(names), path, True
        flow.settled = settled


def _binds_or_fails(block: cst.CSTNode) -> bool:
    """Whether a block is one assignment: who comes to a handler has not made it."""
    match block:
        case cst.IndentedBlock(body=[cst.SimpleStatementLine(body=[cst.Assign()])]):
            return True
        case _:
            return False


class _Loop:
    """A loop that is walked: the states in which it has been left, or begun again, before its body's end."""

    def __init__(self) -> None:
        self.left: list[Flow] = []
        self.begun_again: list[Flow] = []
