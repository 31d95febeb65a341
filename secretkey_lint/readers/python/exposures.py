"""Finds where a module shows the key: prints, logs, answers, renders, raises or sends it.

A walk over the statements, in order, that keeps what of the key each name holds. It is a look at names and shapes,
not an interpretation: a branch is taken whatever its condition, and what a function of elsewhere returns is free of the
key. Functions of the module itself are followed for one step: what they return, and what they show of their arguments.
"""

from __future__ import annotations

from secretkey_lint.model.binding import Exposure, Guard
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import Step
from secretkey_lint.readers.python import audiences, outlines, premises
from secretkey_lint.readers.python.carrying import Carrier, assign, elements, joined, read, under
from secretkey_lint.readers.python.mentions import ANY, Mention, Readings, constant, dotted, last_name
from secretkey_lint.readers.python.objects import Hop
from secretkey_lint.vocabulary import is_key_name, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from secretkey_lint.readers.python.carrying import Environment, Mentions
    from secretkey_lint.readers.python.objects import Guards
    from secretkey_lint.readers.python.source import Source
else:
    from secretkey_lint.readers.python import syntax as cst

_ACCESS_KEYS = frozenset({"ACCESS_KEY", "ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID"})
_FOREIGN = frozenset(
    "aws boto boto3 captcha minio oauth payment payments paypal recaptcha s3 storage stripe twilio".split()
)
_SETTINGS = frozenset({"base", "conf", "config", "defaults", "setting", "settings"})
_ENTRIES = frozenset({"append", "extend", "insert", "add", "update", "setdefault"})
_PREPARES = frozenset({"__init__", "__post_init__", "initialize", "setUp", "setUpClass", "setup"})


def exposures(source: Source, *, is_settings: bool = False) -> Iterator[Exposure]:
    """Yield the places of a module that show the key; `is_settings` says that the module looks like settings."""
    walk = _Walk(source.stretch(0, 0).path, is_settings)
    walk.module(source.module)
    found = list(walk.found.values())
    if not found:
        return
    nodes = [node for each in found for node in (each.mention.node, *(hop.node for hop in each.via))]
    source.locate(nodes)
    for each in found:
        steps = tuple(Step(source.span(hop.node), hop.message) for hop in each.via)
        yield Exposure(each.mention.name, source.span(each.mention.node), each.sink, each.guards, steps)


class _Found(Record):
    """A place that shows the key."""

    mention: Mention
    sink: str
    guards: Guards
    via: tuple[Hop, ...]


class _Frame:
    """What holds for the statements of one module, class or function."""

    def __init__(self, kind: str, names: Environment, guards: Guards) -> None:
        self.kind = kind
        self.names = names
        self.guards = guards
        self.returns_to: str | None = None
        self.binds_a_pair = False
        """Whether an access key is bound beside the secret key: they are those of a cloud service."""
        self.attributes: Environment = {}
        """What the attributes of the object hold whose class it is, or whose method."""
        self.methods: dict[str, cst.FunctionDef] = {}

    def rejoin(self, outcomes: Iterable[Environment | None]) -> None:
        """Let the names hold what they hold in any of the outcomes; functions refer to that dictionary."""
        held = joined(outcomes)
        self.names.clear()
        self.names.update(held)


class _Summary:
    """What is asked of a function that is looked at on its own: what it returns, and which parameters it shows."""

    def __init__(self) -> None:
        self.returned: list[Mention] = []
        self.shown: dict[str, str] = {}


class _Walk(Carrier):
    """The walk over one module."""

    def __init__(self, path: str, is_settings: bool) -> None:
        super().__init__(Readings())
        self.found: dict[int, _Found] = {}
        self._path = path
        self._is_settings = is_settings
        self._functions: dict[str, cst.FunctionDef] = {}
        self._globals: Environment = {}
        self._later: list[tuple[cst.FunctionDef, Environment, _Frame, Guards]] = []
        self._summary: _Summary | None = None
        self._summaries: dict[tuple[int, bool], _Summary] = {}

    def module(self, module: cst.Module) -> None:
        """Look at a whole module: at its statements first, then at those of its functions."""
        frame = _Frame("module", self._globals, frozenset())
        frame.binds_a_pair = not _ACCESS_KEYS.isdisjoint(outlines.bound(module.body))
        self._functions = outlines.functions(module.body)
        self._block(module.body, frame)
        for function, names, holder, guards in self._later:  # functions inside of functions are appended meanwhile
            holder.guards = guards
            self._function(function, {**names, **holder.attributes}, holder)

    # Functions

    def _function(self, node: cst.FunctionDef, names: Environment, holder: _Frame) -> None:
        frame = _Frame("function", names, holder.guards)
        frame.methods, frame.attributes = holder.methods, holder.attributes
        frame.returns_to = audiences.returned_to(node, self._path)
        for parameter in outlines.parameters(node):
            if self._summary is None or parameter not in names:
                names[parameter] = ()
        self._block(node.body.body, frame)
        if node.name.value in _PREPARES:
            holder.attributes.update({name: held for name, held in names.items() if name.startswith("self.")})

    def returned(self, function: cst.CSTNode) -> Mentions:
        """Return what a call of a function of this module returns of the key."""
        defined = self._functions.get(last_name(function))
        if defined is None or self._summary is not None:
            return ()
        return tuple(map(read, self._summarize(defined, dict(self._globals), False).returned))

    def _shown(self, function: cst.FunctionDef) -> dict[str, str]:
        """Which parameters a function of this module shows, and how."""
        names: Environment = {name: (Mention(function, "", parameter=name),) for name in outlines.parameters(function)}
        return self._summarize(function, names, True).shown

    def _summarize(self, function: cst.FunctionDef, names: Environment, asks_parameters: bool) -> _Summary:
        known = self._summaries.get((id(function), asks_parameters))
        if known is None:
            known = self._summaries[id(function), asks_parameters] = self._summary = _Summary()
            try:
                if not asks_parameters:
                    names.update(dict.fromkeys(outlines.parameters(function), ()))
                self._function(function, names, _Frame("module", {}, frozenset()))
            finally:
                self._summary = None
        return known

    # Statements

    def _block(self, statements: Iterable[cst.CSTNode], frame: _Frame) -> None:
        guards = frame.guards
        for statement in statements:
            self._statement(statement, frame)
        frame.guards = guards

    def _branch(self, block: cst.CSTNode | None, frame: _Frame, names: Environment) -> Environment | None:
        """Run a block that may be left out, and return what names hold behind it; None if it does not get there."""
        before, frame.names = frame.names, names
        if block is not None:
            self._block(block.body, frame)  # type: ignore[attr-defined]
        frame.names = before
        return None if premises.ends(block) else names

    def _statement(self, node: cst.CSTNode, frame: _Frame) -> None:
        names = frame.names
        match node:
            case cst.SimpleStatementLine(body=body):
                for each in body:
                    self._simple(each, frame)
            case cst.If():
                self._conditional(node, frame)
            case cst.For(target=target, iter=iterated, body=body, orelse=orelse):
                self._look(iterated, frame)
                inner = dict(names)
                assign(target, elements(self.carried(iterated, names)), inner)
                frame.rejoin((self._branch(body, frame, inner), names.copy()))
                self._branch(orelse and orelse.body, frame, names)
            case cst.While(test=test, body=body, orelse=orelse):
                self._look(test, frame)
                frame.rejoin((self._branch(body, frame, dict(names)), names.copy()))
                self._branch(orelse and orelse.body, frame, names)
            case cst.With(items=items, body=body):
                for item in items:
                    self._look(item.item, frame)
                    if item.asname is not None:
                        assign(item.asname.name, self.carried(item.item, names), names)
                self._block(body.body, frame)
            case cst.Try() | cst.TryStar():
                self._attempt(node, frame)
            case cst.Match(subject=subject, cases=cases):
                self._look(subject, frame)
                frame.rejoin([*(self._branch(case.body, frame, dict(names)) for case in cases), names.copy()])
            case cst.FunctionDef():
                self._look((node.decorators, node.params), frame)
                names[node.name.value] = ()
                if self._summary is None:
                    closure = dict(names) if frame.kind == "function" else self._globals
                    self._later.append((node, closure, frame, frame.guards))
            case cst.ClassDef() if self._summary is None:
                self._class(node, frame)

    def _conditional(self, node: cst.If, frame: _Frame) -> None:
        """An `if` with all its `elif`s, of which there may be many."""
        guards, names = frame.guards, frame.names
        rest = names.copy()
        outcomes: list[Environment | None] = []
        branch: object = node
        while isinstance(branch, cst.If):
            frame.names = rest  # a walrus in a condition binds for what follows
            self._look(branch.test, frame)
            known = premises.truth(branch.test)
            untaken = frame.guards | known.when_false
            frame.guards |= known.when_true
            taken = {**rest, **dict.fromkeys(premises.settled(branch.test, True), ())}
            outcomes.append(self._branch(branch.body, frame, taken))
            rest.update(dict.fromkeys(premises.settled(branch.test, False), ()))
            frame.guards = untaken
            branch = branch.orelse
        outcomes.append(self._branch(branch.body if isinstance(branch, cst.Else) else None, frame, rest))
        if not (node.orelse is None and outcomes[0] is None):  # else what follows is the other branch
            frame.guards = guards
        frame.names = names
        frame.rejoin(outcomes)

    def _attempt(self, node: cst.Try | cst.TryStar, frame: _Frame) -> None:
        before = frame.names.copy()
        body = self._branch(node.body, frame, dict(before))
        outcomes = [self._branch(node.orelse and node.orelse.body, frame, body)] if body is not None else []
        failed = joined((before, body))
        outcomes += [self._branch(handler.body, frame, dict(failed)) for handler in node.handlers]
        frame.rejoin(outcomes or [failed])
        if node.finalbody is not None:
            self._block(node.finalbody.body.body, frame)

    def _class(self, node: cst.ClassDef, frame: _Frame) -> None:
        name = node.name.value
        inner = _Frame("class", dict(frame.names), frame.guards)
        if not {"test", "tests", *_SETTINGS}.isdisjoint(words(name)):
            inner.guards |= {Guard("scope", True, name)}
        inner.binds_a_pair = not _ACCESS_KEYS.isdisjoint(outlines.bound(node.body.body))
        inner.methods = outlines.functions(node.body.body)
        self._look((node.decorators, node.bases), frame)
        self._block(node.body.body, inner)
        for each, held in inner.names.items():
            if held and held is not frame.names.get(each):
                inner.attributes.update({f"self.{each}": held, f"cls.{each}": held})
                frame.names[f"{name}.{each}"] = held

    def _simple(self, node: cst.CSTNode, frame: _Frame) -> None:
        names = frame.names
        match node:
            case cst.Expr(value=value):
                self._look(value, frame)
                if isinstance(value, cst.Call) and isinstance(value.func, cst.Attribute):
                    self._add(value, value.func, names)
            case cst.Assign(targets=targets, value=value):
                self._look(value, frame)
                for each in targets:
                    self._bind(each.target, value, frame)
            case cst.AnnAssign(target=target, value=value) if value is not None:
                self._look(value, frame)
                self._bind(target, value, frame)
            case cst.AugAssign(target=target, value=value):
                self._look(value, frame)
                assign(target, (*self.carried(target, names), *self.carried(value, names)), names)
            case cst.Return(value=value) if value is not None:
                self._look(value, frame)
                held = self.carried(value, names)
                if self._summary is not None:
                    self._summary.returned += [each for each in held if not each.parameter]
                elif frame.returns_to is not None:
                    self._show(held, frame.returns_to, frame)
            case cst.Raise(exc=cst.Call(args=arguments) as error):
                for argument in arguments:
                    self._show(self.carried(argument.value, names), audiences.RAISED, frame)
                self._look(error, frame)
            case cst.Assert(test=test, msg=message):
                self._look(test, frame)
                self._show(self.carried(message, names), audiences.RAISED, frame)
            case cst.Import(names=imported):
                self._import(imported, "", names)
            case cst.ImportFrom(module=module, names=imported):
                self._import(imported, dotted(module), names)

    def _import(self, imported: object, module: str, names: Environment) -> None:
        self.readings.flask |= "flask" in module.split(".")
        if not isinstance(imported, tuple):  # a star
            if self._is_settings or not _SETTINGS.isdisjoint(words(module)):
                names["SECRET_KEY"] = (Mention(imported),)  # type: ignore[arg-type]
            return
        for each in imported:
            name = last_name(each.name)
            alias = each.asname.name.value if each.asname is not None else name
            self.readings.aliases[alias] = name
            self.readings.flask |= name == "flask"
            ours = is_key_name(name) and bool(module) and _FOREIGN.isdisjoint(words(module))
            names[alias] = (Mention(each.name, name),) if ours else ()

    def _bind(self, target: cst.CSTNode, value: cst.CSTNode, frame: _Frame) -> None:
        """Note what a target holds from now on, and whether others see it."""
        held = self.carried(value, frame.names)
        match target:
            case cst.Name(value="extra_context") if frame.kind == "class":
                self._show(held, audiences.RENDERED, frame)
            case cst.Name(value=name) if is_key_name(name) and frame.kind != "function":
                fresh = not held and not self._is_settings and outlines.is_fresh(value)
                ours = not (fresh or frame.binds_a_pair or outlines.is_blank(value))
                frame.names[name] = (Mention(target, name),) if ours else ()
                return
            case cst.Name(value=name) if self.readings.is_holder(value) and not isinstance(value, cst.Subscript):
                self.readings.aliases.setdefault(name, last_name(value))
            case cst.Subscript(value=holder) if "response" in dotted(holder).split("."):
                self._show(held, audiences.ANSWERED, frame)
        assign(target, held, frame.names)

    def _add(self, call: cst.Call, method: cst.Attribute, names: Environment) -> None:
        """`names.update(…)`, `list.append(…)`: the container holds what it is given."""
        name, adds = dotted(method.value), method.attr.value
        if not name or adds not in _ENTRIES:
            return
        put: list[Mention] = []
        for argument in call.args:
            held = self.carried(argument.value, names)
            if argument.keyword is not None:
                put += under(argument.keyword.value, held)
            elif adds == "setdefault":
                put += under(constant(call.args[0].value), held)
            else:
                put += held if adds in ("extend", "update") else under(ANY, held)
        if put:
            names[name] = (*names.get(name, ()), *put)

    # Expressions

    def _look(self, node: object, frame: _Frame) -> None:
        """Look for calls that show the key; a loop, since expressions may be deep."""
        pending: list[tuple[object, Environment]] = [(node, frame.names)]
        while pending:
            each, names = pending.pop()
            if isinstance(each, tuple):
                pending += [(item, names) for item in reversed(each)]
                continue
            if each is None or isinstance(each, str | bool):
                continue
            match each:
                case cst.Call():
                    self._call(each, frame, names)
                case cst.NamedExpr(target=target, value=value):
                    assign(target, self.carried(value, names), names)
                case cst.ListComp() | cst.SetComp() | cst.GeneratorExp() | cst.DictComp():
                    names = self.inside(each.for_in, names)
                case cst.Lambda(params=parameters):
                    names = {**names, **{each.name.value: () for each in parameters.params}}
            pending += [(field, names) for field in reversed(vars(each).values())]

    def _call(self, node: cst.Call, frame: _Frame, names: Environment) -> None:
        shown = audiences.showing(node)
        if shown is not None:
            for argument in shown.arguments:
                self._show(self.carried(argument, names), shown.sink, frame)
            return
        defined: cst.FunctionDef | None = None
        match node.func:
            case cst.Name(value=name):
                defined = self._functions.get(name)
            case cst.Attribute(value=cst.Name(value="self" | "cls"), attr=cst.Name(value=name)):
                defined = frame.methods.get(name)
        for index, argument in enumerate(node.args):
            keyword = argument.keyword.value if argument.keyword is not None else ""
            if keyword == "extra_context":
                self._show(self.carried(argument.value, names), audiences.RENDERED, frame)
            elif defined is not None and self._summary is None:
                held = self.carried(argument.value, names)
                parameters = outlines.parameters(defined)[isinstance(node.func, cst.Attribute) :]
                parameter = keyword or (parameters[index] if index < len(parameters) else "")
                if held and parameter:
                    sink = self._shown(defined).get(parameter)
                    if sink is not None:
                        self._show(held, sink, frame)

    def _show(self, held: Mentions, sink: str, frame: _Frame) -> None:
        """Note that the mentions are shown."""
        for mention in held:
            if self._summary is not None:
                self._summary.shown.setdefault(mention.parameter, sink)
            elif not (mention.whole and sink == audiences.RENDERED):  # templates have the settings, and show few
                via = mention.via
                if mention.holder is not None:
                    via = (*via, Hop(mention.holder, f"{mention.name} is {sink} here"))
                self.found.setdefault(id(mention.node), _Found(mention, sink, frame.guards, via))
