"""What functions of Python itself yield: conversions, containers, `getattr`, and all that is computed."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import conditions, operations
from secretkey_lint.readers.python.assumptions import agreed
from secretkey_lint.readers.python.computing import plain, pure
from secretkey_lint.readers.python.displays import MAX_ALTERNATIVES, elements, mapping_of
from secretkey_lint.readers.python.joining import layered
from secretkey_lint.readers.python.lookups import Lookups
from secretkey_lint.readers.python.objects import (
    NO_GUARDS,
    Alternative,
    Arguments,
    Const,
    Entry,
    Items,
    Lookup,
    Mapping,
    Opaque,
    Symbol,
    Truth,
    Unknown,
    one,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.assumptions import Flow
    from secretkey_lint.readers.python.objects import Alternatives, Guards, Object
else:
    from secretkey_lint.readers.python import syntax as cst


class Builtins(Lookups):
    """Evaluates calls of Python's own functions."""

    def _builtin(self, name: str, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives:
        match name:
            case "globals" | "vars" | "locals" | "super" | "type" | "object":
                return one(Symbol(f"builtins.{name}()", node, arguments))
            case "dict":
                return one(self._dict(arguments, node))
            case "getattr":
                return self._getattr(arguments, node, flow)
            case "bool" if len(arguments.positional) == 1:
                return self.each(
                    arguments.positional[0],
                    lambda value: one(
                        value if isinstance(value, Lookup | Truth) else self.truth_of_value(node, value, frozenset())
                    ),
                )
            case "any" | "all" if len(arguments.positional) == 1:
                return self.each(arguments.positional[0], lambda value: one(self._any(value, name, node)))
            case "iter" if len(arguments.positional) == 1:
                return arguments.positional[0]
            case "next" if arguments.positional:
                return self.each(
                    arguments.positional[0], lambda value: self._first(value, arguments.get(1, None), node)
                )
            case "filter" if len(arguments.positional) == 2:
                return self._filtered(arguments.positional[0], arguments.positional[1], node, flow)
            case "dir" if len(arguments.positional) == 1:
                return self.each(arguments.positional[0], lambda value: one(self.names_of(value, node)))
            case "reversed" | "sorted" if _are_opaque(arguments.positional):
                return arguments.positional[0]
            case "zip" | "enumerate" | "reversed" if not arguments.named:
                return one(_rearranged(name, arguments.positional, node))
            case "sorted" if len(arguments.positional) == 1 and len(found := arguments.positional[0]) == 1:
                if isinstance(found[0].value, Items | Mapping):
                    return one(_sorted(found[0].value, node))
            case "map" if len(arguments.positional) == 2:
                return one(self._mapped(arguments.positional[0], arguments.positional[1], node, flow))
            case "open":
                return one(Opaque("external", node))
            case "input" | "__import__":
                return one(Unknown(node))
        function = operations.library_function(name)
        if function is not None:
            if name in ("str", "bytes", "list", "tuple") and len(arguments.positional) == 1 and not arguments.named:
                return self.each(
                    arguments.positional[0], lambda value: one(self._converted(name, value, function, node))
                )
            return self._compute(function, arguments, node)
        return one(Symbol(f"builtins.{name}()", node, arguments))

    def _converted(self, name: str, value: Object, function: object, node: cst.Call) -> Object:
        if isinstance(value, Symbol):
            return Symbol(value.path, node, value.arguments)
        if name in ("list", "tuple") and isinstance(value, Items):
            return value
        return pure(node, function, (value,))  # type: ignore[arg-type]

    def names_of(self, value: Object, node: cst.CSTNode) -> Object:
        """Return what `dir` yields; the interpreter says how."""
        raise NotImplementedError

    def _first(self, value: Object, default: Alternatives | None, node: cst.CSTNode) -> Alternatives:
        """What `next` yields of something that nobody has taken anything from."""
        found = elements(value)
        if found is None:
            return one(Unknown(node))
        if found[0]:
            return found[0][0]
        if not found[1]:
            return one(Unknown(node))
        return default or ()

    def _filtered(self, function: Alternatives, values: Alternatives, node: cst.Call, flow: Flow) -> Alternatives:
        """What `filter` lets through: what is not known to be left out is in one outcome, and left out of another."""
        rows: list[tuple[tuple[Alternatives, ...], Guards]] = [((), frozenset())]
        complete = True
        for item in self.iterate(values):
            if item is None:
                complete = False
                continue
            judged = item
            if not (len(function) == 1 and isinstance(function[0].value, Const)):
                judged = tuple(
                    Alternative(found.value, found.guards | called.guards)
                    for called in function
                    for found in self.apply(called.value, Arguments((item,)), node, flow)
                )
            new: list[tuple[tuple[Alternatives, ...], Guards]] = []
            for each in item:
                asked = (each,) if judged is item else judged
                truths = [self.truth_of_value(node, one_of.value, flow.path | one_of.guards) for one_of in asked]
                truth = truths[0] if truths and all(truth == truths[0] for truth in truths) else Truth(node)
                kept = Alternative(_without_default(each.value, truth), NO_GUARDS)
                for items, guards in rows:
                    if truth.known is not False:
                        new.append(((*items, (kept,)), guards | each.guards | truth.when_true))
                    if truth.known is not True:
                        new.append((items, guards | each.guards | truth.when_false))
            rows = new
            if len(rows) > MAX_ALTERNATIVES:
                return one(Unknown(node, limited=True))
        return tuple(Alternative(Items(items, node, complete), guards) for items, guards in rows)

    def _mapped(self, function: Alternatives, values: Alternatives, node: cst.Call, flow: Flow) -> Items:
        """Return what `map` yields."""

        def result(item: Alternatives) -> Alternatives:
            return self.each(function, lambda called: self.apply(called, Arguments((item,)), node, flow))

        items = list(self.iterate(values))
        return Items(tuple(result(item) for item in items if item is not None), node, None not in items)

    def _any(self, value: Object, name: str, node: cst.Call) -> Object:
        if not isinstance(value, Items) or not value.items:
            return Truth(node, name == "all") if isinstance(value, Items) and value.complete else Truth(node)
        truths = [
            agreed(node, [(each.guards, self.truth_of_value(node, each.value, each.guards)) for each in item])
            for item in value.items
        ]
        combined = truths[0]
        for truth in truths[1:]:
            join = conditions.disjunction if name == "any" else conditions.conjunction
            combined = join(node, combined, truth)
        if not value.complete and combined.known is (name == "all"):
            return Truth(node, None, combined.when_true, combined.when_false)
        return combined

    def _dict(self, arguments: Arguments, node: cst.Call) -> Object:
        entries: tuple[Entry, ...] = ()
        complete = arguments.complete
        for positional in arguments.positional:
            value = positional[0].value if len(positional) == 1 else None
            if isinstance(value, Symbol) and not arguments.named:
                return value
            pairs = elements(value) if value is not None else None
            if isinstance(value, Mapping):
                entries += value.entries
                complete &= value.complete
            elif isinstance(value, Const) and isinstance(value.value, dict):
                entries += tuple(
                    Entry(key, one(Const(each, value.node, value.via)), node) for key, each in value.value.items()
                )
            elif pairs is not None and isinstance(made := mapping_of(pairs[0], node, pairs[1]), Mapping):
                entries += made.entries
                complete &= made.complete
            else:
                complete = False
        variables = next((entry for entry in arguments.named if entry.key == "**"), None)
        if variables is not None:
            named = tuple(entry for entry in arguments.named if entry.key != "**")
            return layered((Mapping((*entries, *named), node, complete), variables.value[0].value), node)
        return Mapping((*entries, *arguments.named), node, complete)

    def _getattr(self, arguments: Arguments, node: cst.Call, flow: Flow) -> Alternatives:
        owner, name, default = (arguments.get(position, None) for position in range(3))
        if owner is None or name is None:
            return one(Unknown(node))
        if len(name) == 1 and isinstance(name[0].value, Const):
            attribute = str(name[0].value.value)
            found = self.each(owner, lambda value: self.attribute(value, attribute, node, flow))
            unknown = all(isinstance(each.value, Unknown | Symbol) for each in found)
            if unknown and default is not None:
                return tuple(
                    Alternative(each.value, each.guards | {Guard("other")}) for each in (*one(Unknown(node)), *default)
                )
            return found
        return one(Unknown(node))

    def _compute(self, function: object, arguments: Arguments, node: cst.Call) -> Alternatives:
        if not arguments.complete:
            return one(Unknown(node))
        positional = arguments.positional
        keywords = [str(entry.key) for entry in arguments.named]
        return self.combine(
            node,
            lambda *values: function(  # type: ignore[operator]
                *values[: len(positional)], **dict(zip(keywords, values[len(positional) :], strict=True))
            ),
            *positional,
            *(entry.value for entry in arguments.named),
        )

    def _digest(self, path: str, symbol: Symbol, arguments: Arguments, node: cst.Call) -> Alternatives:
        hash_path, _, method = path.partition("().")
        if symbol.arguments is None or arguments.positional or "(" in method:
            return one(Unknown(node))
        return self.combine(
            node, lambda *data: operations.digest(hash_path, method, data), *symbol.arguments.positional
        )


def _are_opaque(given: tuple[Alternatives, ...]) -> bool:
    """Whether a call is given a text alone of which no more is known than where it comes from."""
    return len(given) == 1 and all(isinstance(each.value, Opaque) for each in given[0])


def _without_default(value: Object, truth: Truth) -> Object:
    """A value that is let through for being true: a lookup whose default is not, is set."""
    if (
        truth.known is None
        and isinstance(value, Lookup)
        and isinstance(value.default, Const)
        and not value.default.value
    ):
        return Lookup(value.name, value.node)
    return value


def _rearranged(name: str, iterables: tuple[Alternatives, ...], node: cst.CSTNode) -> Object:
    """What `zip`, `enumerate` and `reversed` yield of what is known."""
    known = [elements(each[0].value) if len(each) == 1 else None for each in iterables]
    found = [each for each in known if each is not None]
    if len(found) != len(known) or not all(each[1] for each in found) or not found:
        return Unknown(node)
    first = found[0][0]
    if name == "reversed":
        return Items(tuple(reversed(first)), node)
    if name == "enumerate":
        start = iterables[1][0].value if len(iterables) > 1 else Const(0, node)
        if not isinstance(start, Const) or not isinstance(start.value, int):
            return Unknown(node)
        numbered = enumerate(first, start.value)
        return Items(tuple(one(Items((one(Const(at, node)), each), node)) for at, each in numbered), node)
    return Items(tuple(one(Items(row, node)) for row in zip(*(each[0] for each in found), strict=False)), node)


def _sorted(value: Items | Mapping, node: cst.CSTNode) -> Object:
    """What `sorted` yields: pairs by what comes first in them, if that is known."""
    found = elements(value)
    if found is None or not found[1]:
        return Unknown(node)
    try:
        keys = [_sorting_key(item) for item in found[0]]
        order = sorted(range(len(keys)), key=lambda at: keys[at])  # type: ignore[arg-type,return-value]
    except (operations.NotComputedError, TypeError):
        return Unknown(node)
    return Items(tuple(found[0][at] for at in order), node)


def _sorting_key(item: Alternatives) -> object:
    if len(item) != 1:
        raise operations.NotComputedError
    value = item[0].value
    return _sorting_key(value.items[0]) if isinstance(value, Items) and value.items else plain(value)
