"""What displays are: formatted strings, lists, dictionaries, comprehensions; and what loops over them meet."""

from __future__ import annotations

from secretkey_lint.readers.python import operations
from secretkey_lint.readers.python.assumptions import Assumptions, Flow
from secretkey_lint.readers.python.computing import pure
from secretkey_lint.readers.python.objects import (
    NO_GUARDS,
    Alternative,
    Const,
    Entry,
    Items,
    Mapping,
    Place,
    Scope,
    Unknown,
    is_hashable,
    one,
)
from secretkey_lint.readers.python.strings import unescape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import libcst as cst

    from secretkey_lint.readers.python.objects import Alternatives, Guards, Object
else:
    from secretkey_lint.readers.python import syntax as cst

MAX_ALTERNATIVES = 32
"""More alternatives than this of one expression are not told apart."""

MAX_ITERATIONS = 64
"""Elements that a loop or a comprehension is followed over."""


class Displays(Assumptions):
    """Evaluates displays."""

    def operate(self, node: cst.CSTNode, operator: str, lefts: Alternatives, rights: Alternatives) -> Alternatives:
        """Return what a binary operator yields; the evaluator says how."""
        raise NotImplementedError

    # strings and containers

    def _formatted(self, node: cst.CSTNode, parts: Sequence[cst.CSTNode], flow: Flow) -> Alternatives:
        pieces: list[Alternatives] = []
        for part in parts:
            match part:
                case cst.FormattedStringText(value=text):
                    if "r" not in getattr(node, "start", "").lower():
                        text = unescape(text)
                    pieces.append(one(Const(text.replace("{{", "{").replace("}}", "}"), node)))
                case cst.FormattedStringExpression(expression=expression, conversion=conversion, format_spec=spec):
                    found = self.evaluate(expression, flow)
                    if spec and len(spec) == 1 and isinstance(spec[0], cst.FormattedStringText):
                        found = self.combine(node, operations.formatted, found, one(Const(spec[0].value, node)))
                    elif spec:
                        found = one(Unknown(part))
                    elif conversion in ("r", "a"):
                        found = self.combine(node, repr, found)
                    pieces.append(found)
        if not pieces:
            return one(Const("", node))
        if len(pieces[0]) == 1 and isinstance(pieces[0][0].value, Place):
            found = pieces[0]
            for piece in pieces[1:]:
                found = self.operate(node, "Add", found, piece)
            return found
        return self.combine(node, lambda *texts: "".join(map(str, texts)), *pieces)

    def _items(self, node: cst.CSTNode, elements: Sequence[cst.BaseElement], flow: Flow) -> Alternatives:
        items: list[Alternatives] = []
        complete = True
        for element in elements:
            found = self.evaluate(element.value, flow)
            if isinstance(element, cst.StarredElement):
                inner = found[0].value if len(found) == 1 else None
                if isinstance(inner, Items):
                    items += inner.items
                    complete &= inner.complete
                else:
                    complete = False
            else:
                items.append(found)
        return one(Items(tuple(items), node, complete))

    def _dictionary(self, node: cst.CSTNode, elements: Sequence[cst.BaseDictElement], flow: Flow) -> Alternatives:
        entries: list[Entry] = []
        complete = True
        for element in elements:
            if isinstance(element, cst.DictElement):
                keys = self.evaluate(element.key, flow)
                if len(keys) == 1 and isinstance(keys[0].value, Const) and is_hashable(keys[0].value.value):
                    entries.append(Entry(keys[0].value.value, self.evaluate(element.value, flow), element.value))
                else:
                    complete = False
            else:
                found = self.evaluate(element.value, flow)
                inner = found[0].value if len(found) == 1 else None
                if isinstance(inner, Mapping):
                    entries += inner.entries
                    complete &= inner.complete
                else:
                    complete = False
        return one(Mapping(tuple(entries), node, complete))

    def _comprehension(self, node: cst.CSTNode, flow: Flow) -> Alternatives:
        match node:
            case cst.ListComp(elt=element, for_in=clause) | cst.SetComp(elt=element, for_in=clause):
                pass
            case cst.GeneratorExp(elt=element, for_in=clause):
                pass
            case _:
                return one(Unknown(node))
        items: list[Alternatives] = []
        complete = clause.inner_for_in is None and not clause.ifs
        for item in self.iterate(self.evaluate(clause.iter, flow)):
            complete &= item is not None
            inner = Flow(Scope({}, flow.scope), flow.path)
            self.bind(clause.target, item if item is not None else one(Unknown(clause.iter)), inner)
            items.append(self.evaluate(element, inner))
        return one(Items(tuple(items), node, complete))

    def iterate(self, values: Alternatives) -> Iterator[Alternatives | None]:
        """Yield what a loop over `values` meets; None for elements that are not known."""
        value = values[0].value if len(values) == 1 else None
        match value:
            case Items(items=items, complete=complete) if len(items) <= MAX_ITERATIONS:
                yield from items
                if not complete:
                    yield None
            case Const(value=str() as text) if len(text) <= MAX_ITERATIONS:
                yield from (one(Const(character, value.node, value.via)) for character in text)
            case Const(value=list() | tuple() as found) if len(found) <= MAX_ITERATIONS:
                yield from (one(Const(each, value.node, value.via)) for each in found)
            case Mapping(entries=entries, complete=complete) if len(entries) <= MAX_ITERATIONS:
                yield from (one(Const(entry.key, entry.node)) for entry in entries)
                if not complete:
                    yield None
            case _:
                yield None

    # functions of values

    def each(self, values: Alternatives, function: Callable[[Object], Alternatives]) -> Alternatives:
        """Return what `function` yields for each alternative, under the guards of both."""
        if len(values) == 1 and not values[0].guards:
            return function(values[0].value)
        return tuple(
            Alternative(result.value, result.guards | value.guards)
            for value in values
            for result in function(value.value)
        )

    def combine(self, node: cst.CSTNode, function: Callable[..., object], *operands: Alternatives) -> Alternatives:
        """Return what a pure function of the operands can be."""
        rows: list[tuple[tuple[Object, ...], Guards]] = [((), NO_GUARDS)]
        for operand in operands:
            rows = [((*values, each.value), guards | each.guards) for values, guards in rows for each in operand]
            if len(rows) > MAX_ALTERNATIVES:
                return one(Unknown(node, limited=True))
        return tuple(Alternative(pure(node, function, values), guards) for values, guards in rows)
