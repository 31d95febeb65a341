"""Turns what the interpreter found into bindings: the model's values, with exact places."""

from __future__ import annotations

from secretkey_lint.appearance import is_known_text
from secretkey_lint.model.binding import Binding, Guard
from secretkey_lint.model.record import replace
from secretkey_lint.model.source import Step
from secretkey_lint.model.value import CommittedFile, Derived, EnvLookup, External, Literal, Random, Unknown
from secretkey_lint.readers.python import generators, libraries
from secretkey_lint.readers.python.conditions import is_impossible
from secretkey_lint.readers.python.objects import Alternative, Const, Items, Lookup, Opaque, Place, Symbol

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from secretkey_lint.model.value import Value
    from secretkey_lint.readers.python.interpreter import Interpreter
    from secretkey_lint.readers.python.objects import Object
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


def to_bindings(interpreter: Interpreter, source: Sources, *, published: bool = False) -> Iterator[Binding]:
    """Yield the bindings that an interpreter found in its sources, one a value.

    With `published`, also those of defaults that are never asked for: they can be read all the same.
    """
    rows = [
        (found, each.guards, each.value)
        for found in interpreter.found
        for alternative in found.values
        for each in elements(alternative)
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
        binding = Binding(
            name=found.name.upper(),
            value=_value(used, found, source),
            span=source.span(found.place),
            guards=conditions,
            fallback=found.has_safe_value and isinstance(value, Const),
        )
        yield binding
        if published and used is not value:
            yield replace(binding, value=_value(value, found, source), guards=conditions | {_UNREACHABLE})


def _is_fixed_true(interpreter: Interpreter) -> bool:
    """Whether DEBUG can be nothing but true."""
    return bool(interpreter.debug) and all(
        isinstance(each.value, Const) and bool(each.value.value) for each in interpreter.debug
    )


def elements(held: Alternative) -> Iterator[Alternative]:
    """Yield the values that a list of keys can hold, or the value itself, each with the conditions for it."""
    match held.value:
        case Items(items=items):
            inner = [replace(each, guards=each.guards | held.guards) for item in items for each in item]
        case Const(value=list() | tuple() as values, node=node, via=via):
            inner = [replace(held, value=Const(each, node, via)) for each in values]
        case Lookup(name=name, node=node, default=default) if default is not None and _holds_several(default):
            of_default = elements(replace(held, value=default))
            inner = [replace(each, value=Lookup(name, node, each.value)) for each in of_default]
        case _:
            if not is_impossible(held.guards):
                yield held
            return
    for each in inner:
        yield from elements(each)


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
