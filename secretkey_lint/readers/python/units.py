"""The simple statements of a module, and the heads of its compound ones: what each binds, what it mentions.

By names alone, as they are written; `relevance` says what of it matters to the key.
"""

from __future__ import annotations

from secretkey_lint.readers.python.mentions import APPLICATIONS, dotted, last_name
from secretkey_lint.vocabulary import is_key_name, key_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    import libcst as cst
else:
    from secretkey_lint.readers.python import syntax as cst

_ENDS = frozenset({"exit", "_exit", "abort", "quit"})
_ENVIRONMENT = frozenset({"environ", "putenv", "environb"})
SETS_VARIABLES = frozenset({"load_dotenv", "read_env"})
"""Functions that set the variables that an environment file names."""

_RUNS_A_FILE = frozenset({"exec", "include", "execfile"})
_NAMESPACES = frozenset({"globals", "locals", "modules", "setattr", "vars"})
_CHANGES = frozenset({"append", "extend", "insert", "setdefault", "update", "__setitem__"})
_CONSTANTS = frozenset({"False", "None", "True"})
_READS = frozenset({"__getitem__", "get", "get_value", "getattr", "getenv", "str"})
OWN = frozenset({"self", "cls"})
"""What methods call the object, or the class, that they are given."""

_COMPOUND = ("If", "Else", "Try", "TryStar", "For", "While", "With", "Match", "FunctionDef", "ClassDef")


class Unit:
    """A simple statement, or the head of a compound one: what it binds, what it mentions, where it stands."""

    __slots__ = (
        "attributes",
        "binds",
        "binds_unseen",
        "calls",
        "calls_of",
        "changes",
        "ends",
        "function",
        "holders",
        "is_an_end",
        "mentions",
        "node",
        "parameters",
        "root",
        "seed",
        "shared",
    )  # fmt: skip

    def __init__(self, node: cst.CSTNode, holders: tuple[cst.CSTNode, ...], function: cst.CSTNode | None) -> None:
        self.node = node
        self.holders = holders
        self.function = function
        self.root = next((id(each) for each in holders if isinstance(each, cst.FunctionDef)), 0)
        """The outermost function that it is in, 0 for none: what that binds is its own."""
        self.binds: set[str] = set()
        self.shared: set[str] = set()
        """Those of what it binds that are no names: attributes and entries, which are met in other functions too."""
        self.changes: set[str] = set()
        """Those of what it binds that are names which are only mentioned: what they hold is changed, or called."""
        self.parameters: set[str] = set()
        self.mentions: set[str] = set()
        self.attributes: set[str] = set()
        """Those of what it mentions that are attributes, which no name of a function is."""
        self.seed = False
        self.is_an_end = False
        """Whether the key has reached its place by it (`app.config["SECRET_KEY"] = …`): nothing needs be followed on."""
        self.ends = False
        self.calls = ""
        """What it calls, if it does nothing but that: a function may be one that raises."""
        self.calls_of = ""
        """The name by which it reaches what it calls: of a module, of an object."""
        self.binds_unseen = False
        """Whether it binds names that do not stand here: `from .base import *`, `exec(…)`."""


def collect(
    statements: Iterable[cst.CSTNode],
    holders: tuple[cst.CSTNode, ...],
    function: cst.CSTNode | None,
    units: list[Unit],
) -> None:
    """Append to `units` those of a block, which is in `holders` and in `function`."""
    for statement in statements:
        if type(statement).__name__ not in _COMPOUND:
            if statement is not None:
                _collect_simple(statement, holders, function, units)
            continue
        unit = Unit(statement, holders, function)
        units.append(unit)
        inner = (*holders, statement)
        owner = statement if isinstance(statement, cst.FunctionDef) else function
        pending: list[tuple[object, ...]] = []
        for name, field in vars(statement).items():
            if name in ("body", "orelse", "finalbody", "handlers", "cases"):
                pending.append(field if isinstance(field, tuple) else (field,))
            elif name == "name":
                unit.binds.add(field.value)
                unit.seed |= _is_bound_key(field.value) and (is_key_name(field.value) or bool(holders))
            elif name == "params":
                unit.parameters.update(parameters(field))
                _mention(field, unit)
            else:
                _mention(field, unit)
        if isinstance(statement, cst.For):
            _bind([statement.target], unit)
        elif isinstance(statement, cst.With):
            _bind([item.asname.name for item in statement.items if item.asname is not None], unit)
        for blocks in pending:
            for block in blocks:
                _collect_block(block, inner, owner, unit, units)


def _collect_block(
    block: object, holders: tuple[cst.CSTNode, ...], function: cst.CSTNode | None, head: Unit, units: list[Unit]
) -> None:
    match block:
        case None:
            return
        case cst.IndentedBlock(body=body) | cst.SimpleStatementSuite(body=body):
            collect(body, holders, function, units)
        case cst.ExceptHandler(body=body) | cst.ExceptStarHandler(body=body) | cst.Finally(body=body):
            _collect_block(body, holders, function, head, units)
        case cst.MatchCase(pattern=pattern, guard=guard, body=body):
            _mention((pattern, guard), head)
            head.binds |= head.mentions
            _collect_block(body, holders, function, head, units)
        case cst.If() | cst.Else():
            collect((block,), holders, function, units)


def _collect_simple(
    statement: cst.CSTNode, holders: tuple[cst.CSTNode, ...], function: cst.CSTNode | None, units: list[Unit]
) -> None:
    if isinstance(statement, cst.SimpleStatementLine):
        for small in statement.body:
            _collect_simple(small, (*holders, statement), function, units)
        return
    unit = Unit(statement, holders, function)
    units.append(unit)
    _mention(statement, unit)
    match statement:
        case cst.Assign(targets=targets, value=value):
            _bind([target.target for target in targets], unit)
            if all(_is_the_place(target.target) for target in targets):
                _end(unit, value, *(target.target for target in targets))
        case cst.AnnAssign(target=target) | cst.AugAssign(target=target) | cst.Del(target=target):
            _bind([target], unit)
            if isinstance(statement, cst.AnnAssign) and any(isinstance(each, cst.ClassDef) for each in holders[-2:]):
                unit.mentions.add("'" + last_name(target).upper())  # a field may be read from the variable of that name
        case cst.Expr(value=cst.Call(func=cst.Attribute(value=owner, attr=method), args=arguments)):
            _bind([owner], unit)
            unit.changes |= unit.binds
            unit.calls, unit.calls_of = method.value, dotted(owner).partition(".")[0]
            unit.is_an_end = method.value not in _CHANGES and not _is_a_namespace(owner)
            if unit.seed and (unit.is_an_end or isinstance(owner, cst.Attribute)):
                _end(
                    unit,
                    tuple(arg for arg in arguments if arg.keyword is None or _is_bound_key(arg.keyword.value)),
                    owner,
                )
            unit.ends = not _ENDS.isdisjoint(unit.mentions)
        case cst.Expr(value=cst.Call(func=cst.Name(value=called))):
            unit.calls = called
            unit.ends = not _ENDS.isdisjoint(unit.mentions)
            unit.binds_unseen = not _RUNS_A_FILE.isdisjoint(unit.mentions)
        case cst.Expr():
            unit.ends = not _ENDS.isdisjoint(unit.mentions)
            unit.binds_unseen = not _RUNS_A_FILE.isdisjoint(unit.mentions)
        case cst.Import() | cst.ImportFrom():
            unit.binds_unseen = isinstance(statement.names, cst.ImportStar)
            unit.binds = unit.mentions
            unit.mentions = set()
        case cst.Raise() | cst.Return() | cst.Assert():
            unit.ends = True
    if not _NAMESPACES.isdisjoint(unit.mentions):
        texts = {name[1:] for name in unit.mentions if name.startswith("'")}
        unit.binds = unit.binds | texts
        unit.shared |= texts
        unit.binds_unseen = True
    if not _ENVIRONMENT.isdisjoint(unit.mentions):
        variables = {name for name in unit.mentions if name.startswith("'")}
        unit.binds = unit.binds | variables
        unit.shared |= variables


def _mention(node: object, unit: Unit) -> None:
    """Note the names that a part of the tree mentions, and its texts that may be names of variables."""
    mentions, key = unit.mentions, key_names()
    name_class, attribute_class, string_class = cst.Name, cst.Attribute, cst.SimpleString
    pending: list[object] = [node]
    while pending:
        each: Any = pending.pop()
        kind = type(each)
        if each is None or kind is str or kind is bool:
            continue
        if kind is tuple:
            pending.extend(each)
        elif kind is name_class:
            if each.value not in _CONSTANTS:
                mentions.add(each.value)
            if each.value in key:
                unit.seed = True
        elif kind is attribute_class:  # `settings.SECRET_KEY` is a read
            mentions.add(each.attr.value)
            unit.attributes.add(each.attr.value)
            pending.append(each.value)
        elif kind is cst.Param:
            pending.append(each.default)
        elif kind is cst.Annotation:
            continue  # says what a value is, not which
        elif kind is string_class:
            text = each.value[1:-1]
            if text.isidentifier():
                mentions.add("'" + text)
                if text in key:
                    unit.seed = True
        elif kind is cst.Arg:
            pending.append(each.value)
            if each.keyword is not None and each.keyword.value in key:
                unit.seed = True
        elif kind is cst.Subscript:  # `os.environ["SECRET_KEY"]` is one, too
            pending.append(each.value)
            _mention_read([element.slice for element in each.slice], unit)
        elif kind is cst.Call:
            pending.append(each.func)
            reads = last_name(each.func) in _READS
            if reads:
                _mention_read([arg.value for arg in each.args[:2]], unit)
            pending.extend(each.args[2:] if reads else each.args)
            unit.seed |= configures_sessions(each) and any(
                arg.keyword is not None and _is_bound_key(arg.keyword.value) for arg in each.args
            )
        elif kind is cst.DictElement and isinstance(each.value, cst.Name) and each.value.value == "None":
            _mention_read([each.key], unit)
        else:
            if kind is cst.NamedExpr:
                unit.binds.add(getattr(each.target, "value", ""))
            pending.extend(vars(each).values())


def configures_sessions(call: cst.Call) -> bool:
    """Whether a call is given Starlette's middleware, or is one: it signs sessions with its `secret_key`."""
    return any(
        last_name(each).endswith("SessionMiddleware") for each in (call.func, *(arg.value for arg in call.args[:1]))
    )


def _mention_read(parts: Iterable[cst.CSTNode], unit: Unit) -> None:
    """Note what parts of the tree mention that name what is read: who reads the key gives it nothing."""
    for part in parts:
        match part:
            case cst.SimpleString() | cst.Index(value=cst.SimpleString()):
                seed = unit.seed
                _mention(part, unit)
                unit.seed = seed
            case _:
                _mention(part, unit)


def _bind(targets: Iterable[cst.CSTNode], unit: Unit) -> None:
    """Note the names that targets bind, or change an entry or attribute of."""
    bound = Unit(unit.node, (), None)
    names: set[str] = set()
    for target in targets:
        _mention(target, bound)
        pending: list[tuple[object, bool]] = [(target, True)]
        while pending:
            each, is_whole = pending.pop()
            match each:
                case cst.Attribute(value=value, attr=cst.Name(value=name)):
                    unit.shared.add(name)
                    unit.seed |= is_key_name(name) or (_is_bound_key(name) and last_name(value) not in OWN)
                    pending.append((value, False))
                case cst.Subscript(value=value, slice=elements):
                    pending.append((value, False))
                    _mention(tuple(element.slice for element in elements), bound)
                case cst.Name(value=name):
                    unit.seed |= _is_bound_key(name) and (is_key_name(name) or not unit.root)
                    if is_whole:
                        names.add(name)
                case cst.Tuple(elements=elements) | cst.List(elements=elements):
                    pending += [(element.value, is_whole) for element in elements]
    unit.binds |= bound.mentions
    unit.changes |= bound.mentions - names
    unit.seed |= bound.seed
    unit.shared |= {name for name in bound.mentions if name.startswith("'")}


def _is_bound_key(name: str) -> bool:
    """Whether what binds a name may give the key a value: it is spelt so in capitals or in small letters."""
    return is_key_name(name) or (name.islower() and is_key_name(name.upper()))


def _is_the_place(target: cst.CSTNode) -> bool:
    """Whether a target is the key of settings or of an application, not a name or a dictionary that is read later."""
    match target:
        case cst.Attribute(attr=cst.Name(value=name)):
            return _is_bound_key(name)
        case cst.Tuple(elements=elements) | cst.List(elements=elements):
            return all(_is_the_place(element.value) for element in elements)
        case cst.Subscript(value=cst.Attribute(), slice=(cst.SubscriptElement(slice=cst.Index(value=index)),)):
            return isinstance(index, cst.SimpleString) and is_key_name(index.value[1:-1])
    return False


def _end(unit: Unit, value: object, *places: cst.CSTNode) -> None:
    """Take a unit for the end of a way: only its value matters, and whose `secret_key` it is.

    The variables of the environment, and those of the module, are met again.
    """
    if not any(map(_is_a_namespace, places)):
        unit.mentions, unit.attributes = set(), set()
        _mention(value, unit)
        for place in places:  # who is called otherwise may be an application by what made it
            if (
                isinstance(place, cst.Attribute)
                and not is_key_name(place.attr.value)
                and last_name(place.value) not in APPLICATIONS
            ):
                _mention(place.value, unit)
        unit.binds, unit.is_an_end = set(), True


def _is_a_namespace(node: cst.CSTNode) -> bool:
    """Whether an expression leads through the variables of the environment, or those of a module."""
    unit = Unit(node, (), None)
    _mention(node, unit)
    return not (_ENVIRONMENT | _NAMESPACES).isdisjoint(unit.mentions)


def parameters(params: cst.Parameters) -> list[str]:
    """Return the names of parameters."""
    stars = [each for each in (params.star_arg, params.star_kwarg) if isinstance(each, cst.Param)]
    every = (*params.posonly_params, *params.params, *params.kwonly_params, *stars)
    return [parameter.name.value for parameter in every]
