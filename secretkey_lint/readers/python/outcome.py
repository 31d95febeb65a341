"""What a settings module leaves the key as when it is over, which is what Django starts with, and the way of each value."""

from __future__ import annotations

from secretkey_lint.appearance import is_ciphertext, is_template_reference, is_variable_name
from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import LineIndex, Position, Span, Step
from secretkey_lint.model.value import CommittedFile, Derived, EnvLookup, Literal, Random
from secretkey_lint.readers.python import libraries
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.encoding import decode
from secretkey_lint.readers.python.evaluator import TooManyStepsError
from secretkey_lint.readers.python.imports import SETTINGS, dotted
from secretkey_lint.readers.python.interpreter import Interpreter
from secretkey_lint.readers.python.mentions import constant, last_name
from secretkey_lint.readers.python.mentions import dotted as chain
from secretkey_lint.readers.python.modules import Modules
from secretkey_lint.readers.python.objects import (
    NO_GUARDS,
    Alternative,
    Class,
    Const,
    Items,
    Lookup,
    Opaque,
    Symbol,
    Unknown,
)
from secretkey_lint.readers.python.reporting import elements, to_bindings
from secretkey_lint.readers.python.sinks import Found
from secretkey_lint.readers.python.source import Sources
from secretkey_lint.readers.python.syntax import ParseFailure
from secretkey_lint.vocabulary import FALLBACKS, KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing
    from collections.abc import Iterator

    import libcst as cst

    from secretkey_lint.model.binding import Binding
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.model.value import Value
    from secretkey_lint.readers.python.modules import Loaded
    from secretkey_lint.readers.python.objects import Alternatives, Guards, Object
    from secretkey_lint.readers.surroundings import Surroundings

    Kind = typing.Literal["nothing", "reference", "ciphertext", "file", "service", "unknown"]
else:
    from secretkey_lint.readers.python import syntax as cst

_KEYS = (KEY, FALLBACKS)
_LONGEST_NAME = 60
_FILE_READS = frozenset(
    {"open", "read", "read_text", "read_bytes", "readline", "getline", "load", "safe_load", "strip"}
)


class Remark(Record):
    """What is known of a value that is none of the model's, or more than that: `text` completes it where it can.

    - `nothing`: Django refuses to start with it; `reference`: a template engine or a shell puts the value in;
    - `ciphertext`: it is encrypted; `file`: it is read from a file, `service`: it is asked of another program;
    - `unknown`: it could not be followed, and `text` says what, in names of code alone.
    """

    kind: Kind
    text: str = ""


class Reached(Record):
    """One of the things that the key can be; `way` are the places from where the value stands to where it is the key.

    `inherited` are the last of them: where modules take over the key itself. `refusals` are conditions that hold where
    a lookup falls back to its default, since the settings refuse it elsewhere. `default` is what is remarkable of what a lookup yields where nothing is set.
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
    all over from modules which the project does not have, with their names.
    """

    reached: tuple[Reached, ...] = ()
    problem: str = ""
    span: Span | None = None
    is_partial: bool = False
    raises: bool = False
    absent: tuple[Step, ...] = ()


class Follower(Interpreter):
    """Remembers where values become the key, and where modules take the key over from others."""

    def __init__(self, modules: Modules) -> None:
        super().__init__(modules)
        self.places: dict[int, cst.CSTNode] = {}
        self.taken: dict[int, list[tuple[cst.CSTNode, str]]] = {}
        self.absent: list[tuple[cst.CSTNode, str]] = []
        self.refusals: dict[int, frozenset[Guard]] = {}

    def _bind_name(self, name: str, value: Alternatives, place: cst.CSTNode, flow: Flow) -> None:
        super()._bind_name(name, value, place, flow)
        if name in _KEYS:
            for each in flow.scope.names[name]:
                self.places[id(each.value.node)] = place

    def _refine(
        self, name: str, each: Alternative, test: cst.CSTNode, holds: bool, said: Guards, mentioned: bool, flow: Flow
    ) -> Iterator[Alternative]:
        for kept in super()._refine(name, each, test, holds, said, mentioned, flow):
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

    def run_file(self, path: str, node: cst.CSTNode, flow: Flow) -> None:
        """Walk another file as a part of this module."""
        before = _held(flow)
        super().run_file(path, node, flow)
        self._note_taken(before, flow, node, "run here")

    def _note_taken(self, before: dict[str, Alternatives | None], flow: Flow, node: cst.CSTNode, message: str) -> None:
        for name, held in _held(flow).items():
            if held is not None and held is not before[name]:
                for each in held:
                    self.taken.setdefault(id(each.value.node), []).append((node, message))


def _held(flow: Flow) -> dict[str, Alternatives | None]:
    return {name: flow.scope.names.get(name) for name in _KEYS}


def outcome(file: SourceFile, surroundings: Surroundings) -> Outcome:
    """Return what the key and the former keys can be when a module is over."""
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
    flow = Flow(main.scope)
    try:
        follower.start(main, SETTINGS, flow)
    except (TooManyStepsError, RecursionError):
        start = Position(1, 1)
        return Outcome(problem="it takes too many steps to follow", span=Span(file.path, start, start))
    names = flow.scope.names
    follower.debug = names.get("DEBUG", ())
    sources = Sources(modules.sources, surroundings)
    reached: list[Reached] = []
    if flow.alive:
        for name in _KEYS:
            reached += _reached(Found(name, names.get(name, ()), main.source.module), follower, sources)
        if KEY not in names:
            for found in _of_classes(names, main):
                reached += _reached(found, follower, sources)
    sources.locate([node for node, _ in follower.absent])
    return Outcome(
        reached=tuple(reached),
        is_partial=follower.is_cut or any(each.remark is not None and each.remark.text == _LIMITED for each in reached),
        raises=not flow.alive,
        absent=tuple(Step(sources.span(node), package) for node, package in follower.absent),
    )


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
        if Guard("unreachable") in each.guards:
            continue
        node = each.value.node
        place = follower.places.get(id(node), each.place or found.place)
        taken = follower.taken.get(id(node), [])
        follower.found = [Found(found.name, (Alternative(each.value, each.guards),), place, found.scope, is_safe)]
        bindings = zip(to_bindings(follower, sources), elements(each.value), strict=True)
        spans = {step.span for step in _located(taken, sources)}
        for binding, value in bindings:
            hops = _hops(binding)
            before = [step for step in hops if step.span not in spans]
            after = [step for step in hops if step.span in spans] or _located(taken, sources)
            reach = Step(binding.span, f"reaches {found.name} here")
            inherited = tuple(step for step in after if step.span != reach.span)
            way = tuple(dict.fromkeys((*_source(binding, before), reach, *inherited)))
            default = value.default if isinstance(value, Lookup) else None
            missing = _remark(default) if default is not None else None
            refusals = follower.refusals.get(id(value.node), NO_GUARDS)
            yield Reached(binding, way, inherited, _remark(value), missing, refusals)


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


_LIMITED = "more possibilities than are told apart"


def _remark(value: Object) -> Remark | None:
    """What there is to say of a value beyond what the model's does; None where that says it all."""
    match value:
        case Const(value=str() | bytes() as text):
            plain = text if isinstance(text, str) else text.decode("latin-1")
            if not plain:
                return Remark("nothing")
            if is_template_reference(plain):
                return Remark("reference")
            return Remark("ciphertext") if is_ciphertext(plain) else None
        case Const(value=None | bool()):
            return Remark("nothing")
        case Opaque(origin="external", node=node):
            return Remark("file" if last_name(node) in _FILE_READS else "service")
        case Symbol(path=path) if libraries.origin(path) == "external":
            return Remark("service")
        case Unknown(limited=True):
            return Remark("unknown", _LIMITED)
        case Unknown(node=node) if last_name(node) in _FILE_READS and _is_absolute(node):
            return Remark("file")
        case Lookup() | Opaque() | Const():
            return None
        case Symbol(path=path) if libraries.origin(path) is not None:
            return None
        case _:
            return Remark("unknown", _name_of(value.node))


def _is_absolute(node: object) -> bool:
    """Whether what is read at the end of a chain of calls is named by an absolute path: no file of the project."""
    match node:
        case cst.Call(args=(cst.Arg(value=cst.SimpleString() as path),)):
            return (constant(path) or "").startswith("/")
        case cst.Call(func=inner) | cst.Attribute(value=inner):
            return _is_absolute(inner)
        case _:
            return False


def _name_of(node: cst.CSTNode) -> str:
    """What is not followed, in names of the code: texts may be keys."""
    name = chain(node.func if isinstance(node, cst.Call) else node)
    if not name or len(name) > _LONGEST_NAME:
        name = last_name(node)
    if not name or len(name) > _LONGEST_NAME:
        return "this expression"
    return f"{name}(…)" if isinstance(node, cst.Call) else name
