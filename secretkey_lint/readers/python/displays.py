"""What displays are: formatted strings, lists, dictionaries, comprehensions; and what loops over them meet."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import operations
from secretkey_lint.readers.python.assumptions import Assumptions, Flow
from secretkey_lint.readers.python.computing import pure
from secretkey_lint.readers.python.joining import layered
from secretkey_lint.readers.python.objects import (
    NO_GUARDS,
    Alternative,
    Const,
    Entry,
    Items,
    Mapping,
    Opaque,
    Place,
    Scope,
    Symbol,
    Unknown,
    is_hashable,
    one,
)
from secretkey_lint.readers.python.strings import unescape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeVar

    import libcst as cst

    from secretkey_lint.readers.python.objects import Alternatives, Guards, Object

    _Row = TypeVar("_Row")
else:
    from secretkey_lint.readers.python import syntax as cst

MAX_ALTERNATIVES = 32
"""More alternatives than this of one expression are not told apart."""

MAX_ITERATIONS = 256
"""Elements that a loop or a comprehension is followed over."""


def elements(value: Object) -> tuple[tuple[Alternatives, ...], bool] | None:
    """Return the elements that iterating over a value yields, and whether these are all; None where that is not known."""
    match value:
        case Items(items=items, complete=complete):
            return items, complete
        case Const(value=str() | bytes() | list() | tuple() as found):
            return tuple(one(Const(each, value.node, value.via)) for each in found), True
        case Const(value=dict() as found):
            return tuple(one(Const(each, value.node, value.via)) for each in found), True
        case Mapping(entries=entries, complete=complete):
            unique = {entry.key: entry for entry in entries}
            return tuple(one(Const(entry.key, entry.node)) for entry in unique.values()), complete
        case _:
            return None


def fewer(rows: list[tuple[_Row, Guards]]) -> list[tuple[_Row, Guards]]:
    """Return the rows without those that no start comes to, if they are too many with them."""
    if len(rows) <= MAX_ALTERNATIVES:
        return rows
    return [row for row in rows if Guard("unreachable") not in row[1]]


def _expanded(operand: Alternatives) -> Alternatives:
    """Alternatives of which none is a list whose elements have alternatives."""
    found: list[Alternative] = []
    for each in operand:
        if not isinstance(each.value, Items) or all(len(item) == 1 for item in each.value.items):
            found.append(each)
            continue
        rows: list[tuple[tuple[Alternatives, ...], Guards]] = [((), each.guards)]
        for item in each.value.items:
            rows = fewer([((*items, (one_of,)), guards | one_of.guards) for items, guards in rows for one_of in item])
            if len(rows) > MAX_ALTERNATIVES:
                return operand
        found += [Alternative(Items(items, each.value.node, each.value.complete), guards) for items, guards in rows]
    return tuple(found)


def mapping_of(pairs: tuple[Alternatives, ...], node: cst.CSTNode, complete: bool = True) -> Object:
    """Return the dictionary of pairs."""
    entries: list[Entry] = []
    for pair in pairs:
        found = elements(pair[0].value) if len(pair) == 1 else None
        key = found[0][0][0].value if found is not None and len(found[0]) == 2 and len(found[0][0]) == 1 else None
        if found is not None and isinstance(key, Const) and is_hashable(key.value):
            entries.append(Entry(key.value, found[0][1], node))
        else:
            complete = False
    return Mapping(tuple(entries), node, complete)


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
                    if conversion:
                        function = {"r": repr, "a": ascii}.get(conversion, str)
                        found = self.combine(node, function, found)
                    if spec and len(spec) == 1 and isinstance(spec[0], cst.FormattedStringText):
                        found = self.combine(node, operations.formatted, found, one(Const(spec[0].value, node)))
                    elif spec:
                        found = one(Unknown(part))
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
        layers: list[Object] = []
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
                elif isinstance(inner, Symbol) and inner.path in ("os.environ", "collections.ChainMap()"):
                    layers += [Mapping(tuple(entries), node, complete), inner]
                    entries, complete = [], True
                else:
                    complete = False
        made = Mapping(tuple(entries), node, complete)
        return one(layered((*layers, made), node) if layers else made)

    def _comprehension(self, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """A comprehension: what is not known to be left out is in one of its outcomes, and left out of another."""
        clause: cst.CompFor = node.for_in  # type: ignore[attr-defined]
        rows: list[tuple[tuple[Alternatives, ...], Guards]] = [((), NO_GUARDS)]
        complete = True
        for inner in self._turns(clause, flow):
            if inner is None:
                complete = False
                continue
            way, is_sure = inner
            made = self._element(node, way)
            added = way.path - flow.path
            if is_sure:
                rows = [((*items, made), guards) for items, guards in rows]
            else:
                rows = [row for items, guards in rows for row in (((*items, made), guards | added), (items, guards))]
            if len(rows) > MAX_ALTERNATIVES:
                return one(Unknown(node, limited=True))
        return tuple(Alternative(self._collected(node, items, complete), guards) for items, guards in rows)

    def _element(self, node: cst.CSTNode, flow: Flow) -> Alternatives:
        if isinstance(node, cst.DictComp):
            return one(Items((self.evaluate(node.key, flow), self.evaluate(node.value, flow)), node))
        return self.evaluate(node.elt, flow)  # type: ignore[attr-defined]

    def _collected(self, node: cst.CSTNode, items: tuple[Alternatives, ...], complete: bool) -> Object:
        if not isinstance(node, cst.DictComp):
            return Items(items, node, complete)
        return mapping_of(items, node, complete)

    def _turns(self, clause: cst.CompFor, flow: Flow) -> Iterator[tuple[Flow, bool] | None]:
        """The states in which the element of a comprehension is evaluated, and whether it surely is; None for unknown ones."""
        is_first = True
        for item in self.iterate(self.evaluate(clause.iter, flow)):
            if item is None and not is_first:
                yield None  # more of the same
                continue
            is_first = False
            inner = Flow(Scope({}, flow.scope), flow.path)
            self.bind(clause.target, item if item is not None else one(Unknown(clause.iter)), inner)
            is_sure = True  # of one that is not known, that the others are not known either says enough
            for condition in clause.ifs:
                known = self.truth(condition.test, inner, inner.path).known
                if known is False:
                    break
                is_sure &= known is True
                self.assume(condition.test, True, inner)
            else:
                if clause.inner_for_in is not None:
                    for deeper in self._turns(clause.inner_for_in, inner):
                        yield (deeper[0], deeper[1] and is_sure) if deeper is not None else None
                else:
                    yield inner, is_sure
                if item is None:
                    yield None

    def iterate(self, values: Alternatives) -> Iterator[Alternatives | None]:
        """Yield what a loop over `values` meets; None for elements that are not known."""
        value = values[0].value if len(values) == 1 else None
        if isinstance(value, Symbol) and value.path.startswith("sys."):
            yield one(Symbol(f"{value.path}[]", value.node))
        elif isinstance(value, Opaque):
            yield one(value)
        found = elements(value) if value is not None else None
        if found is None or len(found[0]) > MAX_ITERATIONS:
            yield None
            return
        yield from found[0]
        if not found[1]:
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
        for operand in map(_expanded, operands):
            rows = fewer([((*values, each.value), guards | each.guards) for values, guards in rows for each in operand])
            if len(rows) > MAX_ALTERNATIVES:
                return one(Unknown(node, limited=True))
        return tuple(Alternative(pure(node, function, values), guards) for values, guards in rows)
