"""What functions of Python itself yield: conversions, containers, `getattr`, and all that is computed."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import conditions, operations
from secretkey_lint.readers.python.computing import pure
from secretkey_lint.readers.python.lookups import Lookups
from secretkey_lint.readers.python.objects import (
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
    from secretkey_lint.readers.python.objects import Alternatives, Object
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
                return self._getattr(arguments, node)
            case "bool" if len(arguments.positional) == 1:
                return self.each(
                    arguments.positional[0],
                    lambda value: one(
                        value if isinstance(value, Lookup | Truth) else self.truth_of_value(node, value, frozenset())
                    ),
                )
            case "any" | "all" if len(arguments.positional) == 1:
                return self.each(arguments.positional[0], lambda value: one(self._any(value, name, node)))
            case "iter" | "reversed" if len(arguments.positional) == 1:
                return arguments.positional[0]
            case "next" if arguments.positional:
                items = [each for item in self.iterate(arguments.positional[0]) for each in item or one(Unknown(node))]
                return tuple(Alternative(each.value, each.guards | {Guard("other")}) for each in items)
            case "filter" if len(arguments.positional) == 2:
                return arguments.positional[1]  # less may come through, never more
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

    def _mapped(self, function: Alternatives, values: Alternatives, node: cst.Call, flow: Flow) -> Items:
        """Return what `map` yields."""

        def result(item: Alternatives) -> Alternatives:
            return self.each(function, lambda called: self.apply(called, Arguments((item,)), node, flow))

        items = list(self.iterate(values))
        return Items(tuple(result(item) for item in items if item is not None), node, None not in items)

    def _any(self, value: Object, name: str, node: cst.Call) -> Object:
        if not isinstance(value, Items) or not value.items:
            return Truth(node)
        truths = [
            self.truth_of_value(node, item[0].value, frozenset()) if len(item) == 1 else Truth(node)
            for item in value.items
        ]
        combined = truths[0]
        for truth in truths[1:]:
            join = conditions.disjunction if name == "any" else conditions.conjunction
            combined = join(node, combined, truth)
        return combined

    def _dict(self, arguments: Arguments, node: cst.Call) -> Object:
        entries: tuple[Entry, ...] = ()
        complete = arguments.complete
        for positional in arguments.positional:
            value = positional[0].value if len(positional) == 1 else None
            if isinstance(value, Symbol) and not arguments.named:
                return value
            if isinstance(value, Mapping):
                entries += value.entries
                complete &= value.complete
            else:
                complete = False
        return Mapping((*entries, *arguments.named), node, complete)

    def _getattr(self, arguments: Arguments, node: cst.Call) -> Alternatives:
        owner, name, default = (arguments.get(position, None) for position in range(3))
        if owner is None or name is None:
            return one(Unknown(node))
        if len(name) == 1 and isinstance(name[0].value, Const):
            attribute = str(name[0].value.value)
            found = self.each(owner, lambda value: self.attribute(value, attribute, node))
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
