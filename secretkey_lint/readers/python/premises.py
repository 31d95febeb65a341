"""What a condition says by its look: of the debug mode and tests, and of names that are empty or known where it holds."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python import conditions
from secretkey_lint.readers.python.mentions import constant, dotted, last_name
from secretkey_lint.readers.python.objects import Truth
from secretkey_lint.vocabulary import TEST_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst
else:
    from secretkey_lint.readers.python import syntax as cst

MAX_DEPTH = 20
"""Conditions in one another that are looked at."""

_TRUE_TEXTS = frozenset({"1", "on", "t", "true", "y", "yes"})
_STRIPPING = frozenset({"casefold", "lower", "strip", "upper"})


def truth(test: cst.CSTNode, depth: int = 0) -> Truth:
    """Return what follows from a condition being true and from its being false; unlike the interpreter, by names alone."""
    if depth > MAX_DEPTH:
        return Truth(test)
    match test:
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            return conditions.negation(truth(inner, depth + 1))
        case cst.BooleanOperation(operator=cst.And(), left=left, right=right):
            return conditions.conjunction(test, truth(left, depth + 1), truth(right, depth + 1))
        case cst.BooleanOperation(left=left, right=right):
            return conditions.disjunction(test, truth(left, depth + 1), truth(right, depth + 1))
        case cst.Comparison(left=left, comparisons=(cst.ComparisonTarget(operator=operator, comparator=right),)):
            return _of_comparison(test, left, operator, right, depth)
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            return conditions.of_toggle(test, name) or Truth(test)
        case cst.Subscript(slice=(cst.SubscriptElement(slice=cst.Index(value=index)),)):
            return conditions.of_toggle(test, constant(index) or "") or Truth(test)
        case cst.Call(func=cst.Attribute(value=owner, attr=cst.Name(value=name)), args=()) if name in _STRIPPING:
            return truth(owner, depth + 1)
        case cst.Call(args=(cst.Arg(value=first), *_)):
            text = constant(first)
            return truth(first, depth + 1) if text is None else conditions.of_toggle(test, text) or Truth(test)
    return Truth(test)


def _of_comparison(
    test: cst.CSTNode, left: cst.CSTNode, operator: cst.CSTNode, right: cst.CSTNode, depth: int
) -> Truth:
    sought = constant(left)
    if sought is not None and isinstance(operator, cst.In) and dotted(right).startswith("sys."):
        return Truth(test, None, frozenset({Guard("testing")})) if sought in TEST_WORDS else Truth(test)
    texts = _texts(right)
    if texts and isinstance(operator, cst.Equal | cst.In | cst.Is) and {text.lower() for text in texts} <= _TRUE_TEXTS:
        return truth(left, depth + 1)
    return Truth(test)


def _texts(node: cst.CSTNode) -> list[str]:
    """The texts that a constant or a display of constants holds, all of them or none."""
    match node:
        case cst.Name(value="True"):
            return ["true"]
        case cst.Tuple(elements=elements) | cst.List(elements=elements) | cst.Set(elements=elements):
            texts = [constant(each.value) for each in elements]
            return [text for text in texts if text is not None] if None not in texts else []
    text = constant(node)
    return [] if text is None else [text]


def settled(test: cst.CSTNode, outcome: bool, depth: int = 0) -> frozenset[str]:
    """Return the names (`a.b`) that are empty, or a constant of the module, where the condition has this outcome.

    Whoever shows such a name shows no key that is not in the code already.
    """
    if depth > MAX_DEPTH:
        return frozenset()
    match test:
        case cst.UnaryOperation(operator=cst.Not(), expression=inner):
            return settled(inner, not outcome, depth + 1)
        case cst.BooleanOperation(operator=operator, left=left, right=right):
            both = settled(left, outcome, depth + 1), settled(right, outcome, depth + 1)
            # of a conjunction that holds, and of a disjunction that does not, both sides are known
            return both[0] | both[1] if isinstance(operator, cst.And) == outcome else both[0] & both[1]
        case cst.Comparison(left=left, comparisons=(cst.ComparisonTarget(operator=operator, comparator=right),)):
            wanted = isinstance(operator, cst.Equal | cst.Is | cst.In)
            opposite = isinstance(operator, cst.NotEqual | cst.IsNot | cst.NotIn)
            if (wanted and outcome) or (opposite and not outcome):
                return _names(left) if _is_constant(right) else frozenset()
        case cst.Name() | cst.Attribute():
            return frozenset() if outcome else _names(test)
        case cst.Call(func=cst.Attribute(value=owner), args=()) if last_name(test) in _STRIPPING and not outcome:
            return _names(owner)
    return frozenset()


def _names(node: cst.CSTNode) -> frozenset[str]:
    name = dotted(node)
    return frozenset({name}) if name else frozenset()


def _is_constant(node: cst.CSTNode) -> bool:
    match node:
        case cst.Name(value=name):
            return name == "None"
        case cst.Tuple(elements=elements) | cst.List(elements=elements) | cst.Set(elements=elements):
            return all(_is_constant(each.value) for each in elements)
    return isinstance(node, cst.SimpleString)


def ends(block: cst.CSTNode | None) -> bool:
    """Whether what stands behind a block is not reached from it, by its last statement."""
    match block:
        case cst.IndentedBlock(body=(*_, cst.SimpleStatementLine(body=(*_, last)))):
            pass
        case cst.SimpleStatementSuite(body=(*_, last)):
            pass
        case _:
            return False
    match last:
        case cst.Return() | cst.Raise() | cst.Continue() | cst.Break():
            return True
        case cst.Expr(value=cst.Call(func=function)):
            return dotted(function) in ("exit", "quit", "sys.exit", "os._exit")
    return False
