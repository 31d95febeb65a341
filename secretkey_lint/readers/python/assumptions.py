"""What conditions say of the state of a walk: what holds on the way on which a test was true, or false."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import conditions, operations
from secretkey_lint.readers.python.computing import plain
from secretkey_lint.readers.python.mentions import last_name
from secretkey_lint.readers.python.objects import (
    ENVIRONMENT,
    NO_GUARDS,
    Alternative,
    Const,
    Items,
    Lookup,
    Scope,
    Truth,
    Unknown,
    one,
)
from secretkey_lint.readers.python.units import OWN
from secretkey_lint.vocabulary import is_key_name, key_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import libcst as cst

    from secretkey_lint.readers.python.objects import Alternatives, Guards, Object

else:
    from secretkey_lint.readers.python import syntax as cst

_OF_THE_SAME = {"Equal": True, "Is": True, "In": True, "NotEqual": False, "IsNot": False, "NotIn": False}
"""What operators say of a value and itself; a text is in itself."""


class Settled:
    """A test that has been true, or false, and what names were when it was made: they may be bound again."""

    __slots__ = ("holds", "scope", "test")

    def __init__(self, test: cst.CSTNode, holds: bool, scope: Scope) -> None:
        self.test = test
        self.holds = holds
        self.scope = scope


class Flow:
    """The state of a walk: names, the conditions of the path taken, and whether it goes on."""

    __slots__ = ("alive", "needed", "path", "scope", "settled")

    def __init__(
        self, scope: Scope, path: Guards = NO_GUARDS, alive: bool = True, settled: tuple[Settled, ...] = ()
    ) -> None:
        self.scope = scope
        self.path = path
        self.alive = alive
        self.settled = settled
        """Tests that have been true, or false, on every way to here, since the other way ended."""
        self.needed: frozenset[str] = frozenset()
        """The variables without which the statement that is walked fails."""

    def go_on(self) -> None:
        """Go on behind what fails without variables: they are set."""
        if self.needed:
            self.hold(frozenset(Guard("unset", False, name) for name in self.needed))
            self.needed = frozenset()

    def hold(self, guards: Guards) -> None:
        """Go on where conditions hold; what names are for want of a variable that is set then, they are not.

        Of a variable that the project sets itself they say nothing: it is found set whether it was or not.
        """
        added = frozenset(each for each in guards - self.path if not self._is_set_here(each))
        self.path |= added
        missing = frozenset(
            Guard("unset", True, each.subject) for each in added if each.kind == "unset" and not each.holds
        )
        names = self.scope.names
        for name in key_names() if missing else ():  # others are under these conditions once they are given to the key
            held = names.get(name, ())
            if any(_lacks(each, missing) for each in held):
                names[name] = tuple(
                    Alternative(each.value, each.guards | added, each.place) if _lacks(each, missing) else each
                    for each in held
                )

    def _is_set_here(self, guard: Guard) -> bool:
        is_said_to_be = guard.kind == "unset" and not guard.holds
        return is_said_to_be and self.scope.find(f"{ENVIRONMENT}{guard.subject}") is not None

    def fork(self) -> Flow:
        """Return a copy whose names can be bound without changing this one's."""
        scope = Scope(dict(self.scope.names), self.scope.outer, self.scope.shared, self.scope.of_class)
        return Flow(scope, self.path, self.alive, self.settled)

    def take(self, other: Flow) -> None:
        """Become `other`."""
        self.scope.names, self.path, self.alive = other.scope.names, other.path, other.alive
        self.settled = other.settled


class Assumptions:
    """Judges conditions; the evaluator says what expressions can be, the interpreter how names are bound."""

    def evaluate(self, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """Return what `node` can be."""
        raise NotImplementedError

    def bind(self, target: cst.CSTNode, value: Alternatives, flow: Flow) -> None:
        """Give `target` a value; the interpreter says how."""
        raise NotImplementedError

    def truth(self, node: cst.CSTNode, flow: Flow, given: Guards = NO_GUARDS) -> Truth:
        """Return what `node` says as a condition, where `given` holds."""
        match node:
            case cst.UnaryOperation(operator=cst.Not(), expression=expression):
                return conditions.negation(self.truth(expression, flow, given))
            case cst.BooleanOperation(left=left, operator=cst.And(), right=right):
                return conditions.conjunction(node, self.truth(left, flow, given), self.truth(right, flow, given))
            case cst.BooleanOperation(left=left, operator=cst.Or(), right=right):
                return conditions.disjunction(node, self.truth(left, flow, given), self.truth(right, flow, given))
            case cst.Comparison(left=left, comparisons=[cst.ComparisonTarget(operator=operator, comparator=right)]):
                lefts, rights = self.evaluate(left, flow), self.evaluate(right, flow)
                return self.compare(node, type(operator).__name__, left, right, lefts, rights, given)
            case cst.Comparison(left=left, comparisons=[first, *rest]) if rest:  # `a < b < c`
                steps: list[tuple[cst.CSTNode, cst.ComparisonTarget]] = [(left, first)]
                steps += [(before.comparator, each) for before, each in zip([first, *rest], rest, strict=False)]
                combined = Truth(node, True)
                for step, target in steps:
                    lefts, rights = self.evaluate(step, flow), self.evaluate(target.comparator, flow)
                    name = type(target.operator).__name__
                    truth = self.compare(node, name, step, target.comparator, lefts, rights, given)
                    combined = conditions.conjunction(node, combined, truth)
                return combined
            case cst.NamedExpr(target=target, value=value):
                self.bind(target, self.evaluate(value, flow), flow)
                return self.truth(value, flow, given)
            case cst.Name(value="TYPE_CHECKING") | cst.Attribute(attr=cst.Name(value="TYPE_CHECKING")):
                return Truth(node, False)
        values = self.evaluate(node, flow)
        toggle = toggle_of(node, values)
        if toggle is not None:
            return toggle
        return agreed(
            node, [(each.guards, self.truth_of_value(node, each.value, given | each.guards)) for each in values]
        )

    def truth_of_value(self, node: cst.CSTNode, value: Object, given: Guards) -> Truth:
        """Return what it says that `value` is true."""
        return conditions.of_value(node, value, given)

    def compare(
        self,
        node: cst.CSTNode,
        operator: str,
        left: cst.CSTNode,
        right: cst.CSTNode,
        lefts: Alternatives,
        rights: Alternatives,
        given: Guards,
    ) -> Truth:
        """Return what a comparison says of two sides that can be `lefts` and `rights`."""
        of_left, of_right = toggle_of(left, lefts), toggle_of(right, rights)
        toggle = of_left or of_right
        changes = toggle is not None or _names_an_environment(left) or _names_an_environment(right)
        truths: list[tuple[Guards, Truth]] = []
        for a in lefts:
            for b in rights:
                guards = a.guards | b.guards
                known = None if changes else self._known_comparison(operator, a.value, b.value)
                if known is not None:
                    truths.append((guards, Truth(node, known)))
                    continue
                first, second = a.value, b.value
                if changes:
                    variable: Object = toggle if toggle is not None else Unknown(left)
                    if of_right is not None or _names_an_environment(right):
                        second = variable
                    else:
                        first = variable
                truth = conditions.of_comparison(node, operator, first, second, given | guards)
                truths.append((guards, self._set_unless_default(truth, operator, a.value, b.value)))
        return agreed(node, truths)

    def _set_unless_default(self, truth: Truth, operator: str, left: Object, right: Object) -> Truth:
        """What a comparison says of a lookup: that its variable is set where the default would come out otherwise."""
        if isinstance(left, Lookup) == isinstance(right, Lookup) or truth.known is not None:
            return truth
        name = left.name if isinstance(left, Lookup) else right.name if isinstance(right, Lookup) else ""
        sides = [each.default if isinstance(each, Lookup) else each for each in (left, right)]
        if not is_key_name(name) or sides[0] is None or sides[1] is None:
            return truth
        known = self._known_comparison(operator, sides[0], sides[1])
        present = frozenset({Guard("unset", False, name)})
        if known is True:
            return Truth(truth.node, None, truth.when_true, truth.when_false | present)
        if known is False:
            return Truth(truth.node, None, truth.when_true | present, truth.when_false)
        return truth

    def _known_comparison(self, operator: str, left: Object, right: Object) -> bool | None:
        if type(left) is type(right) and left.node is right.node and not isinstance(left, Const | Truth):
            return _OF_THE_SAME.get(operator)
        if isinstance(right, Items) and operator in ("In", "NotIn") and not isinstance(left, Const):
            certain = (item[0].value for item in right.items if len(item) == 1)
            if any(type(each) is type(left) and each.node is left.node for each in certain):
                return operator == "In"
        try:
            return operations.compare(operator, plain(left), plain(right))
        except operations.NotComputedError:
            return None

    def assume(self, test: cst.CSTNode, holds: bool, flow: Flow) -> None:
        """Go on where `test` has been true, or false: the path says so, and names are what they then can be."""
        truth = self.truth(test, flow, flow.path)
        said = truth.when_true if holds else truth.when_false
        if truth.known is (not holds):
            said = frozenset({Guard("unreachable")})
        mentioned = names_in(test)
        names = flow.scope.names
        truths: dict[Guards, Truth] = {}
        for name, alternatives in list(names.items()):
            if any(_may_be_a_key(each.value) for each in alternatives):
                refined = [
                    kept
                    for each in alternatives
                    for kept in self._refine(name, each, test, holds, said, name in mentioned, flow, truths)
                ]
                if tuple(refined) != alternatives:
                    truths.clear()
                    flow.path |= _set_for(alternatives, refined)
                    if refined:
                        names[name] = tuple(refined)
                    else:
                        del names[name]
        flow.path |= said

    def settled(self, values: Alternatives, flow: Flow) -> Alternatives:
        """Return what is left of values, given the tests that are settled on the way to here."""
        for settled in flow.settled:
            then = Flow(settled.scope, flow.path)
            truths: dict[Guards, Truth] = {}
            values = tuple(
                kept
                for each in values
                for kept in self._refine("", each, settled.test, settled.holds, NO_GUARDS, False, then, truths)
            )
        return values

    def _refine(
        self,
        name: str,
        each: Alternative,
        test: cst.CSTNode,
        holds: bool,
        said: Guards,
        mentioned: bool,
        flow: Flow,
        truths: dict[Guards, Truth],
    ) -> Iterator[Alternative]:
        """What is left of an alternative where `test` has been true, or false.

        `truths` are what the test says where something holds, whatever a name is that it does not mention.
        """
        match each.value:
            case Lookup(name=variable, default=judged) if judged is not None and not isinstance(judged, Lookup):
                given = each.guards | {Guard("unset", True, variable)}
            case Lookup() if mentioned and holds is True:
                yield each
                return
            case Const(value=str() | bytes()) as judged:
                given = each.guards
            case _:
                yield each
                return
        if conditions.of_toggle(test, name) is not None or conditions.is_environment_name(name):
            yield each
            return
        given |= flow.path
        truth = truths.get(given) if not mentioned else None
        if truth is None:
            world = flow.fork()
            if mentioned:
                world.scope.names[name] = one(judged)
            truth = self.truth(test, world, given)
            if not mentioned:
                truths[given] = truth
        if truth.known is (not holds) and Guard("unreachable") not in said:
            if isinstance(each.value, Lookup):
                yield Alternative(Lookup(each.value.name, each.value.node), each.guards, each.place)
            return
        yield Alternative(each.value, each.guards | (truth.when_true if holds else truth.when_false), each.place)


def _set_for(before: Alternatives, after: Sequence[Alternative]) -> Guards:
    """What holds where a name cannot be what its only lookup falls back to: the variable is set."""
    match (*before, *after):
        case (Alternative(value=Lookup(default=default)), Alternative(value=Lookup(name=name, default=None))):
            return frozenset({Guard("unset", False, name)}) if default is not None else NO_GUARDS
        case _:
            return NO_GUARDS


def agreed(node: cst.CSTNode, truths: list[tuple[Guards, Truth]]) -> Truth:
    """Return what holds when one of several values, each under its guards, is true, and what when it is false."""
    if not truths:
        return Truth(node)
    first = truths[0][1]
    if all(truth == first for _, truth in truths):
        return first
    when_true = [guards | truth.when_true for guards, truth in truths if truth.known is not False]
    when_false = [guards | truth.when_false for guards, truth in truths if truth.known is not True]
    if not when_true or not when_false:
        return Truth(node, bool(when_true))
    return Truth(node, None, conditions.common(*when_true), conditions.common(*when_false))


def names_in(node: cst.CSTNode) -> set[str]:
    """Return the names that an expression or statement mentions."""
    found: set[str] = set()
    pending: list[object] = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, list | tuple):
            pending.extend(each)
        elif isinstance(each, cst.Name):
            found.add(each.value)
        elif hasattr(each, "__dict__"):
            pending.extend(vars(each).values())
    return found


def _may_be_a_key(value: Object) -> bool:
    match value:
        case Const(value=str() | bytes()):
            return True
        case Lookup():
            return True
        case _:
            return False


def toggle_of(node: cst.CSTNode, values: Alternatives) -> Truth | None:
    """What a flag says by its name; what holds nothing but texts is none (`DEVELOPMENT_KEY`)."""
    match node:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            if values and all(isinstance(each.value, Const) and isinstance(each.value.value, str) for each in values):
                return None
            toggle = conditions.of_toggle(node, name)
            if toggle is not None and _is_fixed(node, values):
                return Truth(node, None, toggle.when_true - {Guard("debug", True)}, toggle.when_false)
            return toggle
        case _:
            return None


def _is_fixed(node: cst.CSTNode, values: Alternatives) -> bool:
    """Whether a flag of something else, of another module, is nothing but true: what it switches on is not set apart."""
    if not isinstance(node, cst.Attribute) or last_name(node.value) in OWN:
        return False
    return bool(values) and all(isinstance(each.value, Const) and each.value.value is True for each in values)


def _names_an_environment(node: cst.CSTNode) -> bool:
    """Whether a name says what the environment is called, which deployment changes."""
    match node:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            return conditions.is_environment_name(name)
        case _:
            return False


def _lacks(held: Alternative, missing: Guards) -> bool:
    """Whether something is what it is for want of one of some variables, or would be."""
    match held.value:
        case Lookup(name=name, default=default) if default is not None and Guard("unset", True, name) in missing:
            return True
        case _:
            return not missing.isdisjoint(held.guards)
