"""What names can be after one of several ways."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import conditions
from secretkey_lint.readers.python.displays import MAX_ALTERNATIVES
from secretkey_lint.readers.python.objects import ENVIRONMENT, Alternative, Lookup, Unknown, one

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.readers.python.assumptions import Flow
    from secretkey_lint.readers.python.objects import Alternatives, Guards

MAX_KEPT = 4 * MAX_ALTERNATIVES
"""What a name may be that is kept, so that it is told when it is asked for that there are too many."""


def restrict(flow: Flow, guards: Guards) -> None:
    """Say of what names hold on a way that it is taken under conditions alone."""
    names = flow.scope.names
    for name, held in names.items():
        names[name] = tuple(Alternative(each.value, each.guards | guards, each.place) for each in held)


def tell_what_is_not_set(ways: list[Flow]) -> None:
    """Say of variables of the environment that only some of the ways set that the others leave them as they are."""
    for name in sorted({name for way in ways for name in way.scope.names if name.startswith(ENVIRONMENT)}):
        node = next(way.scope.names[name][0].value.node for way in ways if way.scope.names.get(name))
        for way in ways:
            if way.scope.find(name) is None:
                lookup = Lookup(name.removeprefix(ENVIRONMENT), node)
                way.scope.names[name] = (Alternative(lookup, way.path),)


def joined_names(first: dict[str, Alternatives], second: dict[str, Alternatives]) -> dict[str, Alternatives]:
    """What names can be after one of two ways."""
    names = dict(first)
    for name in names.keys() - second.keys():
        if name.startswith(ENVIRONMENT):
            names[name] = _on_some_ways(names[name])
    for name, alternatives in second.items():
        held = names.get(name)
        if held is None:
            names[name] = _on_some_ways(alternatives) if name.startswith(ENVIRONMENT) else alternatives
        elif held is not alternatives:
            merged = list(held)
            for each in alternatives:
                for position, other in enumerate(merged):
                    if other.value is each.value and other.place is each.place:
                        merged[position] = Alternative(
                            each.value, conditions.common(each.guards, other.guards), each.place
                        )
                        break
                else:
                    merged.append(each)
            names[name] = tuple(merged) if len(merged) <= MAX_KEPT else _too_many(merged)
    return names


def _too_many(held: list[Alternative]) -> Alternatives:
    """What a name is that may be more than is followed, as a list that grows on one way and not on another, again and again."""
    return one(Unknown(held[0].value.node, limited=True))


def _on_some_ways(held: Alternatives) -> Alternatives:
    """What a variable is that is set on this way alone: on others there is nothing that could tell them apart."""
    return tuple(Alternative(each.value, each.guards or frozenset({Guard("other")}), each.place) for each in held)
