"""What follows from a condition being true, and from its being false.

A condition is known, or it says something of the world in guards: the debug mode, production, a test runner, a
missing environment variable. `not`, `and` and `or` combine that; what cannot be put into guards is left out, so
that guards only ever say less than the condition does.
"""

from __future__ import annotations

import sys

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.python.objects import NO_GUARDS, Const, Items, Lookup, Opaque, Place, Symbol, Truth
from secretkey_lint.vocabulary import DEVELOPMENT_WORDS, PRODUCTION_WORDS, TEST_WORDS, is_key_name, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.objects import Guards, Object

_TRUE_TEXTS = frozenset({"1", "true", "yes", "on", "y", "t"})
_FALSE_TEXTS = frozenset({"0", "false", "no", "off", "n", "f", "", "none"})
_TEST_COMMANDS = TEST_WORDS | {"py.test", "nose", "nosetests", "tox", "behave", "jenkins"}
_ENVIRONMENT_NAMES = frozenset({"env", "environment", "stage", "mode", "deployment", "deploy", "target", "platform"})
_NEVER = Guard("unreachable")
_APART = frozenset({Guard("debug", True), Guard("production", False), Guard("testing", True), _NEVER})
_RUNNING = ("sys.argv", "sys.modules", "sys.orig_argv")


def is_environment_name(name: str) -> bool:
    """Whether a variable says by its name what the environment is called (`ENV`, `DJANGO_ENVIRONMENT`, `STAGE`)."""
    return not is_key_name(name) and not _ENVIRONMENT_NAMES.isdisjoint(words(name))


def negation(truth: Truth) -> Truth:
    """`not truth`."""
    return Truth(truth.node, None if truth.known is None else not truth.known, truth.when_false, truth.when_true)


def conjunction(node: cst.CSTNode, left: Truth, right: Truth) -> Truth:
    """`left and right`."""
    if left.known is False or right.known is False:
        return Truth(node, False)
    if left.known is True:
        return right
    if right.known is True:
        return left
    return Truth(node, None, left.when_true | right.when_true, common(left.when_false, right.when_false))


def common(*ways: Guards) -> Guards:
    """What holds whichever of the ways was taken: also, if each says so in its own words, that it is not as in production.

    Ways that are never taken say nothing, unless there are no others.
    """
    taken = [way for way in ways if _NEVER not in way]
    shared = frozenset.intersection(*(taken or ways))
    if not any(map(_is_apart, shared)) and all(any(map(_is_apart, way)) for way in taken or ways):
        return shared | {Guard("production", False)}
    return shared


def is_contradictory(guards: Guards) -> bool:
    """Return whether each of two conditions is said to hold, and said not to."""
    return any(each.holds and Guard(each.kind, False, each.subject) in guards for each in guards)


def is_impossible(guards: Guards) -> bool:
    """Return whether a variable is said to be set, and missing; flags that are called alike may differ."""
    return is_contradictory(frozenset(each for each in guards if each.kind == "unset"))


def _is_apart(guard: Guard) -> bool:
    """Whether a condition holds in development or in tests alone."""
    return guard in _APART


def disjunction(node: cst.CSTNode, left: Truth, right: Truth) -> Truth:
    """`left or right`."""
    return negation(conjunction(node, negation(left), negation(right)))


def of_toggle(node: cst.CSTNode, name: str) -> Truth | None:
    """What a flag says by its name (`DEBUG`, `IS_PRODUCTION`, `RUNNING_TESTS`), or None."""
    parts = set(words(name))
    if not parts.isdisjoint({"key", "secret"}):
        return None
    opposite = not parts.isdisjoint({"not", "no", "disable", "disabled"})
    if "debug" in parts and len(parts) <= 3:
        truth = _both(node, "debug")
    elif not parts.isdisjoint(TEST_WORDS) or "pytest" in name.lower():
        truth = Truth(node, None, frozenset({Guard("testing")}))
    elif not parts.isdisjoint(PRODUCTION_WORDS):
        truth = _both(node, "production")
    elif not parts.isdisjoint(DEVELOPMENT_WORDS):
        truth = Truth(node, None, frozenset({Guard("production", False)}))
    else:
        return None
    return negation(truth) if opposite else truth


def _both(node: cst.CSTNode, kind: str) -> Truth:
    return Truth(node, None, frozenset({Guard(kind, True)}), frozenset({Guard(kind, False)}))  # type: ignore[arg-type]


def of_environment(node: cst.CSTNode, text: str) -> Truth | None:
    """What it says that the environment is called `text`: `production`, `dev`, `test`."""
    parts = set(words(text))
    if not parts.isdisjoint(PRODUCTION_WORDS):
        return _both(node, "production")
    if not parts.isdisjoint(TEST_WORDS):
        return Truth(node, None, frozenset({Guard("testing")}))
    if not parts.isdisjoint(DEVELOPMENT_WORDS):
        return Truth(node, None, frozenset({Guard("production", False)}))
    return None


def of_set_variable(node: cst.CSTNode, name: str, given: Guards = NO_GUARDS) -> Truth:
    """What it says that the environment variable `name` is set."""
    missing, present = Guard("unset", True, name), Guard("unset", False, name)
    if missing in given or present in given:
        return Truth(node, present in given)
    toggle = of_toggle(node, name) or Truth(node)
    return Truth(node, None, toggle.when_true | {present}, toggle.when_false | {missing})


def of_value(node: cst.CSTNode, value: Object, given: Guards = NO_GUARDS) -> Truth:
    """What it says that `value` is true in a condition."""
    match value:
        case Truth():
            return value
        case Const(value=constant):
            return Truth(node, bool(constant))
        case Lookup(name=name, default=default):
            falsy = default is None or (isinstance(default, Const) and not default.value)
            if falsy:
                truth = of_set_variable(node, name, given)
                if isinstance(default, Const) and default.value is False and truth.known is None:
                    # what is asked of a text may be false of one that is set, too
                    return Truth(node, None, truth.when_true, truth.when_false - {Guard("unset", True, name)})
                return truth
            return of_toggle(node, name) or Truth(node)
        case Opaque(origin="random" | "derived") | Place():
            return Truth(node, True)
        case Symbol(path=path, arguments=None) if path in sys.stdlib_module_names:  # a module, which is true
            return Truth(node, True)
        case Items(items=items, complete=True) if not items:
            return Truth(node, False)
        case _:
            return Truth(node)


def of_comparison(node: cst.CSTNode, operator: str, left: Object, right: Object, given: Guards) -> Truth:
    """What a comparison says that is not between two known values; `operator` is LibCST's class name."""
    if operator in ("NotEqual", "NotIn", "IsNot"):
        opposite = {"NotEqual": "Equal", "NotIn": "In", "IsNot": "Is"}[operator]
        return negation(of_comparison(node, opposite, left, right, given))
    if operator == "In":
        if isinstance(right, Symbol) and right.path == "os.environ" and isinstance(left, Const):
            return of_set_variable(node, str(left.value), given)
        return _of_any(node, left, right, given)
    if operator in ("Equal", "Is"):
        return _of_any(node, left, right, given) if isinstance(left, Const) else _of_any(node, right, left, given)
    return Truth(node)


def _of_any(node: cst.CSTNode, sought: Object, other: Object, given: Guards) -> Truth:
    """`other == sought` or `sought in other`, whichever of them is the constant."""
    if isinstance(other, Const | Items) and not isinstance(sought, Const):
        sought, other = other, sought
    texts = _texts(sought)
    if texts is None:
        return Truth(node)
    if isinstance(other, Symbol) and other.path.startswith(_RUNNING):
        return _of_command(node, texts)
    if isinstance(other, Truth):
        truth = other
    elif isinstance(other, Lookup):
        if is_key_name(other.name) and texts - _FALSE_TEXTS:
            return Truth(node)
        if isinstance(sought, Const) and isinstance(other.default, Const) and sought.value != other.default.value:
            if sought.value is None:
                return Truth(node, False)  # it is a text, whether it is set or not
            if other.default.value is None and sought.value == "":
                return Truth(node)  # it may be set to that; where it is missing it is None
        truth = of_value(node, other, given)
    else:
        truth = Truth(node)
    if texts <= _TRUE_TEXTS:
        return truth
    if texts <= _FALSE_TEXTS:
        return negation(truth)
    said = [of_environment(node, text) or Truth(node) for text in sorted(texts)]
    combined = said[0]
    for each in said[1:]:
        combined = disjunction(node, combined, each)
    return combined


def _of_command(node: cst.CSTNode, texts: frozenset[str]) -> Truth:
    """What it says that one of `texts` is on the command line or among the loaded modules."""
    if texts <= _TEST_COMMANDS:
        return Truth(node, None, frozenset({Guard("testing")}))
    if texts <= {"runserver", "runserver_plus", "shell", "shell_plus"}:
        return Truth(node, None, frozenset({Guard("production", False)}))
    return Truth(node)


def _texts(value: Object) -> frozenset[str] | None:
    """The texts, in lower case, that a constant or a list of constants holds."""
    if isinstance(value, Const):
        return frozenset({str(value.value).lower()})
    if isinstance(value, Items) and value.items:
        texts: set[str] = set()
        for item in value.items:
            if len(item) != 1 or not isinstance(item[0].value, Const):
                return None
            texts.add(str(item[0].value.value).lower())
        return frozenset(texts)
    return None
