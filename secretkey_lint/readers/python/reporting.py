"""Turns what the interpreter found into bindings: the model's values, with exact places."""

from __future__ import annotations

from secretkey_lint.appearance import is_known_text
from secretkey_lint.model.binding import Binding, Guard
from secretkey_lint.model.source import Step
from secretkey_lint.model.value import CommittedFile, Derived, EnvLookup, External, Literal, Random, Unknown
from secretkey_lint.readers.python import generators, libraries
from secretkey_lint.readers.python.objects import Const, Items, Lookup, Opaque, Place, Symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from secretkey_lint.model.value import Value
    from secretkey_lint.readers.python.interpreter import Interpreter
    from secretkey_lint.readers.python.objects import Guards, Object
    from secretkey_lint.readers.python.sinks import Found
    from secretkey_lint.readers.python.source import Sources
else:
    from secretkey_lint.readers.python import syntax as cst

_UNREACHABLE = Guard("unreachable")
_ORIGINS: dict[str, type[External | Random | Derived]] = {
    "external": External,
    "random": Random,
    "derived": Derived,
}


def to_bindings(interpreter: Interpreter, source: Sources) -> Iterator[Binding]:
    """Yield the bindings that an interpreter found in its sources."""
    rows = [
        (found, alternative.guards, value)
        for found in interpreter.found
        for alternative in found.values
        if not is_contradictory(alternative.guards)
        for value in elements(alternative.value)
    ]
    nodes: list[cst.CSTNode] = []
    for found, _, value in rows:
        nodes += [found.place, *_nodes(value)]
    if not nodes:
        return
    source.locate(nodes)
    fixed = _is_fixed_true(interpreter)
    for found, guards, value in rows:
        conditions = guards - {Guard("debug", True)} if fixed else guards
        if found.scope:
            conditions |= {Guard("scope", True, found.scope)}
        used = value
        if isinstance(value, Lookup) and Guard("unset", False, value.name) in guards:
            used = Lookup(value.name, value.node)  # where it is set its default is not asked for
        yield Binding(
            name=found.name.upper(),
            value=_value(used, found, source),
            span=source.span(found.place),
            guards=conditions,
            fallback=found.has_safe_value and isinstance(value, Const),
        )


def is_contradictory(guards: Guards) -> bool:
    """Whether conditions cannot hold together: a variable is set, and missing."""
    return any(each.kind == "unset" and Guard("unset", not each.holds, each.subject) in guards for each in guards)


def _is_fixed_true(interpreter: Interpreter) -> bool:
    """Whether DEBUG can be nothing but true."""
    return bool(interpreter.debug) and all(
        isinstance(each.value, Const) and bool(each.value.value) for each in interpreter.debug
    )


def elements(value: Object) -> Iterator[Object]:
    """Yield the values that a list of keys holds, or the value itself."""
    if isinstance(value, Items):
        for item in value.items:
            for each in item:
                yield from elements(each.value)
    elif isinstance(value, Const) and isinstance(value.value, list | tuple):
        yield from (Const(each, value.node, value.via) for each in value.value)
    elif isinstance(value, Lookup) and value.default is not None and _holds_several(value.default):
        for element in elements(value.default):
            yield Lookup(value.name, value.node, element)
    else:
        yield value


def _holds_several(value: Object) -> bool:
    return isinstance(value, Items) or (isinstance(value, Const) and isinstance(value.value, list | tuple))


def _nodes(value: Object) -> list[cst.CSTNode]:
    """The nodes whose places the model's value needs."""
    match value:
        case Const(node=node, via=via):
            return [node, *(hop.node for hop in via)]
        case Lookup(node=node, default=default):
            return [node, *(_nodes(default) if default is not None else ())]
        case _:
            return [value.node]


def _value(value: Object, found: Found, source: Sources) -> Value:
    span = source.span(value.node)
    match value:
        case Const(value=constant):
            text = _text(constant)
            if text is None or not is_known_text(text):
                return Unknown(span)
            return Literal(span, text, _steps(value, found, source))
        case Lookup(name=name, default=default):
            said = _value(default, found, source) if default is not None else None
            return EnvLookup(span, name, None if isinstance(said, Unknown) else said)
        case Opaque(origin="committed", file=file):
            return CommittedFile(span, source.shown(file))
        case Place():
            return Derived(span)
        case Opaque(origin="random", samples=samples):
            return Random(span, generators.length(samples))
        case Opaque(origin=origin):
            return _ORIGINS[origin](span)
        case Symbol(path=path):
            kind = libraries.origin(path)
            return _ORIGINS[kind](span) if kind is not None else Unknown(span)
        case _:
            return Unknown(span)


def _steps(value: Const, found: Found, source: Sources) -> tuple[Step, ...]:
    """The way of a literal that stands elsewhere than where it is bound."""
    steps = [Step(source.span(hop.node), hop.message) for hop in value.via]
    if steps:
        steps.append(Step(source.span(found.place), f"reaches {found.name} here"))
    return tuple(steps)


def _text(constant: object) -> str | None:
    """The text by which a constant serves as a key; None for what Django would refuse."""
    match constant:
        case str():
            return constant
        case bytes():
            return constant.decode("latin-1")
        case bool() | None:
            return None
        case int() | float():
            return str(constant)
        case _:
            return None
