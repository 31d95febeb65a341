"""Puts a lookup in the place of a literal, of a variable that has to be set, as the module looks up others."""

from __future__ import annotations

from secretkey_lint.fixing.lookups import Lookup, required, variable_for
from secretkey_lint.fixing.names import keyword, string
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.diagnostic import Fix
from secretkey_lint.model.value import Literal
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.fixing.finding import Finding
    from secretkey_lint.fixing.tree import Tree
else:
    from secretkey_lint.readers.python import syntax as cst

_CONDITIONS = frozenset({"debug", "testing", "build", "commented", "unreachable"})
"""Where a literal is there so that the project starts without a variable, or is not used at all."""


def fix(finding: Finding) -> Fix | None:
    """Return the fix of a literal that becomes the key as it stands, alone or by way of one name."""
    match finding.fact:
        case Binding(value=Literal(), medium="python", name=name) as binding if not is_fallbacks_name(name):
            pass
        case _:
            return None
    draft, tree = finding.draft, finding.draft.tree
    if tree is None or finding.context == "test" or any(each.kind in _CONDITIONS for each in binding.guards):
        return None
    start, end = draft.offsets(finding.span)
    value = tree.at(start, end)
    target = _target(value, tree) if value is not None else None
    if value is None or target is None or _is_a_part(value, name, tree):
        return None
    bound = tree.at(*draft.offsets(binding.span))
    if not _names_the_key(target, name) and not _passes_on(target, bound, tree):
        return None
    if _is_written_to_the_environment(value, tree):
        return None
    lookup = _field(value, tree)
    variable = "DJANGO_SECRET_KEY" if lookup is not None else variable_for(name, tree)
    if lookup is None:
        quote = next(each for each in f"{tree.text[start:end]}'" if each in "'\"")
        lookup = required(variable, start, quote, draft, tree)
    if lookup is None:
        return None
    return Fix(
        f"Read {variable} from the environment, without a default",
        "unsafe",
        (*lookup.needs, draft.edit(*tree.whole(value), lookup.text)),
        f"Set {variable} where the project runs, to a new key: the one that was here stays in the history.",
    )


def _is_a_part(value: cst.CSTNode, name: str, tree: Tree) -> bool:
    """Whether some of the key stands elsewhere in the module: in a constant, or in what is added to it later."""
    names = tree.names
    for node in tree.walk():
        match node:
            case cst.AugAssign(target=cst.Name(value=said)) if said == name:
                return True
            case cst.Name() if any(each is value for each in tree.around(node)):
                called = any(isinstance(each, cst.Attribute | cst.Call) for each in (tree.parent(node),))
                if not called and names.path(node) is None:
                    return True
    return False


def _target(value: cst.CSTNode, tree: Tree) -> cst.CSTNode | str | None:
    """What an expression alone gives a value: a target, or the name of an argument or entry."""
    parent = tree.parent(value)
    match parent:
        case cst.Assign(targets=[cst.AssignTarget(target=target)]):
            return target
        case cst.AnnAssign(target=target, annotation=annotation):
            start, end = tree.place(annotation)
            return target if tree.text[start:end].lstrip(": \t").removeprefix("typing.") in _ANNOTATIONS else None
        case cst.NamedExpr(target=target):
            return target
        case cst.Arg(keyword=cst.Name(value=name)):
            return name
        case cst.DictElement(key=key) if key is not value:
            return string(key)
        case cst.Element():
            return _of_several(parent, tree)
    return None


_ANNOTATIONS = frozenset({"str", "Final", "Final[str]", "str | None", "Optional[str]", "str | bytes"})
"""Types that what is looked up has as well."""


def _of_several(element: cst.Element, tree: Tree) -> cst.CSTNode | None:
    """The target of one of the values of `a, b = 1, 2`."""
    several = tree.parent(element)
    assignment = tree.parent(several) if several is not None else None
    match several, assignment:
        case (
            (cst.Tuple(elements=values) | cst.List(elements=values)),
            cst.Assign(targets=[cst.AssignTarget(target=cst.Tuple(elements=targets) | cst.List(elements=targets))]),
        ):
            both = [*values, *targets]
            if len(values) == len(targets) and not any(isinstance(each, cst.StarredElement) for each in both):
                return next(target.value for value, target in zip(values, targets, strict=True) if value is element)
    return None


def _names_the_key(target: cst.CSTNode | str, name: str) -> bool:
    """Whether a target is a place of the key itself."""
    match target:
        case str(said) | cst.Name(value=said) | cst.Attribute(attr=cst.Name(value=said)):
            pass
        case cst.Subscript(slice=[cst.SubscriptElement(slice=cst.Index(value=index))]):
            said = string(index) or ""
        case _:
            return False
    return said == name or said.upper() in (name.upper(), "SECRET_KEY")


def _passes_on(target: cst.CSTNode | str, bound: cst.CSTNode | None, tree: Tree) -> bool:
    """Whether a target is a name of which nothing is made but the key."""
    match target:
        case cst.Name(value=name):
            pass
        case _:
            return False
    match bound and tree.parent(bound):
        case cst.AssignTarget() as place:
            assignment = tree.parent(place)
        case _:
            return False
    match assignment:
        case cst.Assign(targets=[_], value=cst.Name(value=said) as use) if said == name:
            uses = [each for each in tree.walk() if isinstance(each, cst.Name) and each.value == name]
            return len(uses) == 2 and any(each is use for each in uses) and _is_at_the_top(target, tree)
    return False


def _is_at_the_top(node: cst.CSTNode, tree: Tree) -> bool:
    return not any(isinstance(each, cst.IndentedBlock | cst.SimpleStatementSuite) for each in tree.around(node))


def _is_written_to_the_environment(value: cst.CSTNode, tree: Tree) -> bool:
    """Whether the literal is what sets the variable, so that nothing else does."""
    names = tree.names
    for node in tree.around(value):
        match node:
            case cst.Assign(targets=targets):
                return any(
                    isinstance(each.target, cst.Subscript) and names.path(each.target.value) == "os.environ"
                    for each in targets
                )
            case cst.Call(func=func) if (names.path(func) or "").startswith(("os.environ", "unittest.mock")):
                return True
            case cst.SimpleStatementLine():
                return False
    return False


def _field(value: cst.CSTNode, tree: Tree) -> Lookup | None:
    """The field by which a class of django-configurations reads the key, where the module has such fields."""
    in_class = any(isinstance(each, cst.ClassDef) for each in tree.around(value))
    fields = tree.names.named("configurations.values", tree.place(value)[0])
    if not in_class or fields is None or keyword_of(value, tree):
        return None
    return Lookup(f"{fields}.SecretValue()")


def keyword_of(value: cst.CSTNode, tree: Tree) -> str:
    """The name under which a value is passed to a call, "" where it is not."""
    parent = tree.parent(value)
    return keyword(parent) if isinstance(parent, cst.Arg) else ""
