"""What choices yield: `and`, `or`, and `a if test else b`."""

from __future__ import annotations

from secretkey_lint.readers.python.assumptions import toggle_of
from secretkey_lint.readers.python.displays import Displays
from secretkey_lint.readers.python.objects import (
    NO_GUARDS,
    Alternative,
    Const,
    Lookup,
    Opaque,
    Truth,
    may_be_text,
    one,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from secretkey_lint.readers.python.assumptions import Flow
    from secretkey_lint.readers.python.objects import Alternatives
else:
    from secretkey_lint.readers.python import syntax as cst

_SHORTEST = 5
"""Characters, with the quotes, up to which a text is no key that would be published where it is not used."""


class Choices(Displays):
    """Evaluates choices."""

    def _boolean(
        self, node: cst.CSTNode, left: cst.CSTNode, operator: str, right: cst.CSTNode, flow: Flow
    ) -> Alternatives:
        lefts, path, needed = self.evaluate(left, flow), flow.path, flow.needed
        rights = self.evaluate(right, flow)
        if not all(self._goes_on(left, lefts, each, operator) for each in lefts):
            flow.path, flow.needed = path, needed  # what the right side refuses is refused only where one comes to it
        if any(isinstance(each.value, Truth) for each in lefts) and not any(may_be_text(each.value) for each in rights):
            return one(self.truth(node, flow))
        found: list[Alternative] = []
        for each in lefts:
            truth = toggle_of(left, lefts) or self.truth_of_value(left, each.value, each.guards)
            first, second = (
                (truth.when_true, truth.when_false) if operator == "Or" else (truth.when_false, truth.when_true)
            )
            stays = truth.known is None or truth.known is (operator == "Or")
            goes_on = truth.known is None or truth.known is (operator == "And")
            if operator == "Or" and isinstance(each.value, Lookup) and goes_on:
                found += self._or_default(each, rights, flow)
                continue
            if stays:
                found.append(Alternative(each.value, each.guards | (first if goes_on else NO_GUARDS)))
            if goes_on:
                guards = each.guards | (second if stays else NO_GUARDS)
                found += [Alternative(value.value, value.guards | guards) for value in rights]
        return tuple(found)

    def _goes_on(self, node: cst.CSTNode, values: Alternatives, each: Alternative, operator: str) -> bool:
        """Whether the right side of `and` or `or` is surely evaluated where the left one is this."""
        truth = toggle_of(node, values) or self.truth_of_value(node, each.value, each.guards)
        return truth.known is (operator == "And")

    def _or_default(self, lookup: Alternative, rights: Alternatives, flow: Flow) -> Iterator[Alternative]:
        """`lookup or default`: a lookup with another default, where it yields nothing by itself."""
        value = lookup.value
        assert isinstance(value, Lookup)
        if value.default is None:
            yield lookup  # it fails where nothing is set, so that nothing else is asked
            return
        if isinstance(value.default, Const) and value.default.value:
            yield lookup  # it always yields something, unless the variable is set to nothing
            return
        if isinstance(value.default, Opaque):
            yield lookup  # a file may hold nothing, but it mostly does not
        for right in rights:
            if isinstance(right.value, Lookup):  # one variable after the other: the last one's default counts
                yield Alternative(
                    Lookup(right.value.name, value.node, right.value.default), lookup.guards | right.guards
                )
            else:
                yield Alternative(Lookup(value.name, value.node, right.value), lookup.guards | right.guards)

    def _conditional(self, test: cst.CSTNode, body: cst.CSTNode, orelse: cst.CSTNode, flow: Flow) -> Alternatives:
        found: list[Alternative] = []
        known = self.truth(test, flow, flow.path).known
        for branch, holds in ((body, True), (orelse, False)):
            if known is (not holds) and not (isinstance(branch, cst.SimpleString) and len(branch.value) > _SHORTEST):
                continue  # a text that stands here is published all the same, if it can be a key
            way = flow.fork()
            self.assume(test, holds, way)
            added = way.path - flow.path
            found += [Alternative(each.value, each.guards | added) for each in self.evaluate(branch, way)]
        return tuple(found)
