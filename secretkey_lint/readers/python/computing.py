"""Functions of abstract values: how much is known of `f(x)` when so much is known of `x`."""

from __future__ import annotations

import builtins

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import generators, operations
from secretkey_lint.readers.python.objects import (
    Alternative,
    Const,
    Entry,
    Items,
    Lookup,
    Mapping,
    Opaque,
    Place,
    Symbol,
    Truth,
    Unknown,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import libcst as cst

    from secretkey_lint.readers.python.objects import Alternatives, Object


def pure(node: cst.CSTNode, function: Callable[..., object], values: tuple[Object, ...]) -> Object:
    """Return `function(*values)`: as little known as the least known of the values.

    What is random or kept outside makes the whole so; a lookup stays one, with the function of its default.
    """
    flat = [inner for value in values for inner in _flattened(value)]
    for origin in ("external", "random", "committed"):
        for value in flat:
            if isinstance(value, Opaque) and value.origin == origin:
                samples = _samples(function, values) if origin == "random" else ()
                if any(isinstance(sample, bool) for sample in samples):
                    return Unknown(node)  # what is asked of a text is none
                return Opaque(origin, node, value.file, samples)
    lookups = [value for value in flat if isinstance(value, Lookup)]
    if lookups:
        if any(lookup.default is None for lookup in lookups):
            return Lookup(lookups[0].name, node)
        default = pure(node, function, tuple(_defaulted(value) for value in values))
        return Lookup(lookups[0].name, node, default) if not isinstance(default, Unknown) else Unknown(node)
    told = next((value for value in flat if isinstance(value, Symbol) and value.path.startswith("sys.argv")), None)
    if told is not None:  # it still tells of the command line
        return told
    if any(isinstance(value, Unknown) for value in flat):
        return Unknown(node, limited=any(isinstance(value, Unknown) and value.limited for value in flat))
    if any(isinstance(value, Opaque | Place) for value in flat):
        return Opaque("derived", node)
    try:
        result = operations.compute(function, *(plain(value) for value in values))
    except operations.NotComputedError:
        return Unknown(node)
    return _const(result, node, [value for value in flat if isinstance(value, Const)])


def _const(result: object, node: cst.CSTNode, sources: list[Const]) -> Object:
    """A computed constant: it stands where the longest text that went into it does."""
    texts = [source for source in sources if isinstance(source.value, str | bytes)]
    if not texts:
        return Const(result, node)
    main = max(texts, key=lambda source: len(source.value) if isinstance(source.value, str | bytes) else 0)
    if main.via:
        return Const(result, main.node, main.via)
    return Const(result, node, tuple(hop for text in texts for hop in text.via))


def _flattened(value: Object) -> Iterator[Object]:
    if isinstance(value, Items):
        for item in value.items:
            for each in item:
                yield from _flattened(each.value)
    elif isinstance(value, Mapping):
        for entry in value.entries:
            for each in entry.value:
                yield from _flattened(each.value)
    else:
        yield value


def _defaulted(value: Object) -> Object:
    match value:
        case Lookup(default=default):
            return default if default is not None else Unknown(value.node)
        case Items() | Mapping():
            return _replaced(value, _defaulted)
        case _:
            return value


def _samples(function: Callable[..., object], values: tuple[Object, ...]) -> tuple[object, ...]:
    """What the function makes of samples of the values."""

    def result(turn: int) -> object:
        def sampled(value: Object) -> Object:
            match value:
                case Opaque(samples=samples, node=node) if samples:
                    return Const(samples[turn], node)
                case Items() | Mapping():
                    return _replaced(value, sampled)
                case _:
                    return value

        return operations.compute(function, *(plain(sampled(value)) for value in values))

    return generators.tried(result)


def _replaced(value: Items | Mapping, function: Callable[[Object], Object]) -> Items | Mapping:
    """A list or dictionary with what `function` makes of its elements."""

    def of(item: Alternatives) -> Alternatives:
        return tuple(Alternative(function(each.value), each.guards) for each in item)

    if isinstance(value, Items):
        return Items(tuple(map(of, value.items)), value.node, value.complete)
    entries = tuple(Entry(entry.key, of(entry.value), entry.node) for entry in value.entries)
    return Mapping(entries, value.node, value.complete)


def plain(value: Object) -> object:
    """Return the Python value of an object; raises NotComputedError where it is not known."""
    match value:
        case Const(value=constant):
            return constant
        case Truth(known=bool() as known):
            return known
        case Items(items=items, complete=True):
            elements = [plain(_only(item)) for item in items]
            return tuple(elements) if type(value.node).__name__ == "Tuple" else elements
        case Mapping(entries=entries, complete=True):
            return {entry.key: plain(_only(entry.value)) for entry in entries}
        case _:
            raise operations.NotComputedError


def _only(values: Alternatives) -> Object:
    """What an element is, where it can be one thing alone: what merely stands in the code does not count."""
    used = [each.value for each in values if len(values) == 1 or Guard("unreachable") not in each.guards]
    if len(used) != 1:
        raise operations.NotComputedError
    return used[0]


def may_have_failed(value: Object) -> bool:
    """Return whether what yielded a value may as well have raised an exception."""
    match value:
        case Lookup(default=default):
            return default is None
        case Opaque(origin=origin):
            return origin in ("external", "derived")
        case Symbol(path=path):
            name = path.removeprefix("builtins.")
            return path.endswith(("()", "[]")) or (name != path and not hasattr(builtins, name))
        case _:
            return isinstance(value, Unknown)
