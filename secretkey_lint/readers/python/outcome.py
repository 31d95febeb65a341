"""What a settings module leaves the key as when it is over, which is what Django starts with, and the way of each value."""

from __future__ import annotations

from secretkey_lint.appearance import is_variable_name
from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import LineIndex, Position, Span, Step
from secretkey_lint.model.value import CommittedFile, Derived, EnvLookup, Literal, Random
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.conditions import is_impossible
from secretkey_lint.readers.python.encoding import decode
from secretkey_lint.readers.python.evaluator import TooManyStepsError
from secretkey_lint.readers.python.imports import settings
from secretkey_lint.readers.python.interpreter import Interpreter
from secretkey_lint.readers.python.mentions import dotted
from secretkey_lint.readers.python.modules import Modules
from secretkey_lint.readers.python.objects import (
    NO_GUARDS,
    Alternative,
    Class,
    Const,
    Items,
    Lookup,
    Mapping,
    Symbol,
)
from secretkey_lint.readers.python.remarks import LIMITED, Remark, remark_of
from secretkey_lint.readers.python.reporting import elements, to_bindings
from secretkey_lint.readers.python.sinks import NAMESPACES, Found
from secretkey_lint.readers.python.source import Sources
from secretkey_lint.readers.python.syntax import ParseFailure
from secretkey_lint.vocabulary import FALLBACKS, KEY, further_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from secretkey_lint.model.binding import Binding
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.model.value import Value
    from secretkey_lint.readers.python.modules import Loaded
    from secretkey_lint.readers.python.objects import Alternatives, Arguments, Guards, Truth
    from secretkey_lint.readers.python.source import Source
    from secretkey_lint.readers.surroundings import Surroundings

else:
    from secretkey_lint.readers.python import syntax as cst

_KEYS = (KEY, FALLBACKS)


class Reached(Record):
    """One of the things that the key can be; `way` are the places from where the value stands to where it is the key.

    `inherited` are the last of them: where modules take over the key itself. `refusals` are conditions that hold where
    a lookup falls back to its default, since the settings refuse it elsewhere. `remark` is what is remarkable of the
    value, `default` of what a lookup yields where nothing is set.
    """

    binding: Binding
    way: tuple[Step, ...]
    inherited: tuple[Step, ...] = ()
    remark: Remark | None = None
    default: Remark | None = None
    refusals: frozenset[Guard] = frozenset()


class Outcome(Record):
    """What the key and the former keys can be.

    `problem` says what kept the module from being followed at all, `span` where. `absent` are the places that take
    all over from modules which the project does not have, with their names; `open` those that set names which are
    not known (`globals().update(…)`): they may set the key. `mention` is where the key is named, or a file run, though
    nothing is known of it. `modules` are those of the project that have been followed, by their paths.
    """

    reached: tuple[Reached, ...] = ()
    problem: str = ""
    span: Span | None = None
    is_partial: bool = False
    raises: bool = False
    absent: tuple[Step, ...] = ()
    open: tuple[Step, ...] = ()
    mention: Span | None = None
    modules: frozenset[str] = frozenset()


class Follower(Interpreter):
    """Remembers where values become the key, and where modules take the key over from others."""

    def __init__(self, modules: Modules) -> None:
        super().__init__(modules)
        self.places: dict[int, cst.CSTNode] = {}
        self.takeovers: dict[int, list[tuple[cst.CSTNode, str]]] = {}
        self.absent: list[tuple[cst.CSTNode, str]] = []
        self.refusals: dict[int, frozenset[Guard]] = {}
        self.open: list[cst.CSTNode] = []
        self.understood: list[cst.CSTNode] = []

    def _bind_name(self, name: str, value: Alternatives, place: cst.CSTNode, flow: Flow) -> None:
        super()._bind_name(name, value, place, flow)
        if name in _KEYS:
            for each in flow.scope.names[name]:
                self.places[id(each.value.node)] = place

    def _refine(
        self,
        name: str,
        each: Alternative,
        test: cst.CSTNode,
        holds: bool,
        said: Guards,
        mentioned: bool,
        flow: Flow,
        truths: dict[Guards, Truth],
    ) -> Iterator[Alternative]:
        for kept in super()._refine(name, each, test, holds, said, mentioned, flow, truths):
            if isinstance(kept.value, Lookup):
                added = kept.guards - each.guards
                self.refusals[id(kept.value.node)] = self.refusals.get(id(kept.value.node), NO_GUARDS) | added
            yield kept

    def import_statement(self, node: cst.Import | cst.ImportFrom, flow: Flow) -> None:
        """Bind what a statement imports."""
        before = _held(flow)
        super().import_statement(node, flow)
        self._note_taken(before, flow, node, "imported here")
        if isinstance(node, cst.ImportFrom) and isinstance(node.names, cst.ImportStar):
            package = "." * len(node.relative) + (dotted(node.module) if node.module is not None else "")
            if self.modules.resolve(package, self.here) is None:
                self.absent.append((node, package))

    def _bind_subscript(self, target: cst.Subscript, value: Alternatives, flow: Flow) -> None:
        super()._bind_subscript(target, value, flow)
        index = target.slice[0].slice if len(target.slice) == 1 else None
        if isinstance(index, cst.Index) and self._is_namespace(target.value, flow):
            keys = self.evaluate(index.value, flow)
            known = all(isinstance(key.value, Const) for key in keys)
            (self.understood if known else self.open).append(target)

    def note_call(self, node: cst.Call, arguments: Arguments, flow: Flow) -> None:
        """Note what a call gives to the key by its arguments."""
        super().note_call(node, arguments, flow)
        match node.func:
            case cst.Attribute(value=owner, attr=cst.Name(value="update")) if self._is_namespace(owner, flow):
                known = all(
                    isinstance(each.value, Mapping) and each.value.complete
                    for argument in arguments.positional
                    for each in argument
                )
                (self.understood if known and arguments.complete else self.open).append(node)

    def _is_namespace(self, node: cst.CSTNode, flow: Flow) -> bool:
        """Whether an expression is the names of the module: `globals()`."""
        values = self.evaluate(node, flow)
        return any(isinstance(each.value, Symbol) and each.value.path in NAMESPACES for each in values)

    def run_file(self, path: str, node: cst.CSTNode, flow: Flow) -> None:
        """Walk another file as a part of this module."""
        before = _held(flow)
        super().run_file(path, node, flow)
        self._note_taken(before, flow, node, "run here")

    def _note_taken(self, before: dict[str, Alternatives | None], flow: Flow, node: cst.CSTNode, message: str) -> None:
        for name, held in _held(flow).items():
            if held is not None and held is not before[name]:
                for each in held:
                    self.takeovers.setdefault(id(each.value.node), []).append((node, message))


def _held(flow: Flow) -> dict[str, Alternatives | None]:
    return {name: flow.scope.names.get(name) for name in _KEYS}


def outcome(file: SourceFile, surroundings: Surroundings, variables: dict[str, str] | None = None) -> Outcome:
    """Return what the key and the former keys can be when a module is over.

    `variables` of the environment, by name, are what lookups yield in the place of their own defaults.
    """
    text, _ = decode(file.content)
    index = LineIndex(text)
    modules = Modules(surroundings)
    follower = Follower(modules)
    try:
        main = modules.add(file, text, index)
    except ParseFailure as failure:
        place = Position(failure.line, failure.column)
        return Outcome(problem="it does not parse as Python", span=Span(file.path, place, place))
    main.is_running = True
    follower.given = variables or {}
    main.scope.names.update(follower.given_to(main))
    flow = Flow(main.scope)
    try:
        follower.start(main, settings(), flow)
    except (TooManyStepsError, RecursionError):
        start = Position(1, 1)
        return Outcome(
            problem="it takes too many steps to follow",
            span=Span(file.path, start, start),
            modules=modules.loaded,
        )
    names = flow.scope.names
    follower.debug = follower.held("DEBUG", flow.scope, flow) or ()
    sources = Sources(modules.sources, surroundings)
    reached: list[Reached] = []
    if flow.alive:
        for name in (*_KEYS, *sorted(further_names())):
            reached += _reached(Found(name, names.get(name, ()), main.source.module), follower, sources)
        if KEY not in names:
            for found in _of_classes(names, main):
                reached += _reached(found, follower, sources)
    sources.locate([*(node for node, _ in follower.absent), *follower.open, *follower.understood])
    opened = [sources.span(node) for node in follower.open]
    understood = [sources.span(node) for node in follower.understood]
    opened += [span for span in _namespaces(modules.sources) if not any(_contains(each, span) for each in understood)]
    return Outcome(
        reached=tuple(reached),
        is_partial=follower.is_cut or any(each.remark is not None and each.remark.text == LIMITED for each in reached),
        raises=not flow.alive,
        absent=tuple(Step(sources.span(node), package) for node, package in follower.absent),
        mention=None if any(each.binding.name == KEY for each in reached) else _mention(modules.sources),
        open=tuple(Step(span, "names are set here") for span in _outermost(opened)),
        modules=modules.loaded,
    )


def _namespaces(sources: list[Source]) -> Iterator[Span]:
    """The places where modules set names by `globals()`, those left out that are written out and are not the key's."""
    import re

    pattern = rf"\b(?:globals|locals|vars)\(\)(?:\.update\(|\[(?![\"'](?!{KEY})))"
    for source in sources:
        for match in re.finditer(pattern, source.text):
            yield source.stretch(match.start(), match.end())


def _mention(sources: list[Source]) -> Span | None:
    """The first place that may have to do with the key, by its text."""
    for word in (KEY, "exec(", "include("):
        for source in sources:
            at = source.text.find(word)
            if at >= 0:
                return source.stretch(at, at + len(word))
    return None


def _outermost(spans: list[Span]) -> list[Span]:
    """The spans that are not inside of another, each once."""
    different = list(dict.fromkeys(spans))
    return [span for span in different if not any(_contains(each, span) for each in different if each != span)]


def _of_classes(names: dict[str, Alternatives], main: Loaded) -> Iterator[Found]:
    """The key as an attribute of classes, those that others are made of left out."""
    classes = [each.value for found in names.values() for each in found if isinstance(each.value, Class)]
    inherited = {id(base) for made in classes for base in made.bases}
    for made in classes:
        if id(made) not in inherited:
            for name in _KEYS:
                yield Found(name, _attribute(made, name), main.source.module, made.name)


def _attribute(made: Class, name: str, depth: int = 0) -> Alternatives:
    """What a class has under a name, of its own or by inheritance."""
    found = made.attributes.names.get(name)
    if found is not None or depth > 8:
        return found or ()
    bases = (_attribute(base, name, depth + 1) for base in made.bases if isinstance(base, Class))
    return next((inherited for inherited in bases if inherited), ())


def _reached(found: Found, follower: Follower, sources: Sources) -> Iterator[Reached]:
    """What a name holds, each with its way."""
    is_safe = any(not isinstance(each.value, Const | Items) for each in found.values)
    for each in found.values:
        if Guard("unreachable") in each.guards or is_impossible(each.guards):
            continue
        node = each.value.node
        place = follower.places.get(id(node), each.place or found.place)
        taken = follower.takeovers.get(id(node), [])
        follower.found = [Found(found.name, (Alternative(each.value, each.guards),), place, found.scope, is_safe)]
        values = [one_of.value for one_of in elements(Alternative(each.value, each.guards))]
        bindings = zip(to_bindings(follower, sources), values, strict=True)
        spans = {step.span for step in _located(taken, sources)}
        for binding, value in bindings:
            hops = _hops(binding)
            after = [step for step in hops if any(_contains(span, step.span) for span in spans)]
            before = [step for step in hops if step not in after]
            after = after or _located(taken, sources)
            reach = Step(binding.span, f"reaches {found.name} here")
            inherited = tuple(step for step in after if step.span != reach.span)
            way = tuple(dict.fromkeys((*_source(binding, before), reach, *inherited)))
            default = value.default if isinstance(value, Lookup) else None
            missing = remark_of(default) if default is not None else None
            refusals = follower.refusals.get(id(value.node), NO_GUARDS)
            yield Reached(binding, way, inherited, remark_of(value), missing, refusals)


def _located(taken: list[tuple[cst.CSTNode, str]], sources: Sources) -> list[Step]:
    sources.locate([node for node, _ in taken])
    return list(dict.fromkeys(Step(sources.span(node), message) for node, message in taken))


def _hops(binding: Binding) -> list[Step]:
    """The steps that a text took, without the last, which is said of every value."""
    match binding.value:
        case Literal(via=via) | EnvLookup(default=Literal(via=via)):
            return [step for step in via if not step.message.startswith("reaches ")]
        case _:
            return []


_BEGINNINGS: dict[type, str] = {Literal: "defined here", Random: "made here", Derived: "computed here"}


def _source(binding: Binding, hops: list[Step]) -> Iterator[Step]:
    """Where a value stands, and its way to where it is given to the key."""
    value = binding.value
    if isinstance(value, EnvLookup) and value.default is not None:
        yield from _origin(value.default)
        inside = [hop for hop in hops if _contains(value.span, hop.span)]
        at = hops.index(inside[-1]) + 1 if inside else 0
        yield from (hop for hop in hops[:at] if hop not in inside[-1:])
        yield Step(value.span, f"default of {value.name if is_variable_name(value.name) else 'a variable'} here")
        yield from hops[at:]
        return
    yield from _origin(value)
    yield from hops


def _origin(value: Value) -> Iterator[Step]:
    match value:
        case CommittedFile(span=span, file=file):
            start = Position(1, 1)
            yield Step(Span(file, start, start), "the key is in this file")
            yield Step(span, "read here")
        case EnvLookup(span=span):
            yield Step(span, "looked up here")
        case _:
            yield Step(value.span, _BEGINNINGS.get(type(value), "comes from here"))


def _contains(outer: Span, inner: Span) -> bool:
    def order(position: Position) -> tuple[int, int]:
        return position.line, position.column

    return (
        outer.path == inner.path and order(outer.start) <= order(inner.start) and order(inner.end) <= order(outer.end)
    )
