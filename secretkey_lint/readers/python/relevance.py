"""Finds the statements that can matter to the key, so that the interpreter leaves out all others.

A program slice by names alone, whatever their scope: statements that name the key, those that use what these bind,
and all that bind what these read. It may take too many statements, never too few.
"""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.vocabulary import KEY, is_key_name, key_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    import libcst as cst
else:
    from secretkey_lint.readers.python import syntax as cst

_ENDS = frozenset({"exit", "_exit", "abort", "quit"})
_ENVIRONMENT = frozenset({"environ", "putenv", "environb"})
_RUNS_A_FILE = frozenset({"exec", "include", "execfile"})
_COMPOUND = ("If", "Else", "Try", "TryStar", "For", "While", "With", "Match", "FunctionDef", "ClassDef")


class _Unit:
    """A simple statement, or the head of a compound one: what it binds, what it mentions, where it stands."""

    __slots__ = ("binds", "binds_unseen", "ends", "function", "holders", "mentions", "node", "seed")

    def __init__(self, node: cst.CSTNode, holders: tuple[cst.CSTNode, ...], function: cst.CSTNode | None) -> None:
        self.node = node
        self.holders = holders
        self.function = function
        self.binds: set[str] = set()
        self.mentions: set[str] = set()
        self.seed = False
        self.ends = False
        self.binds_unseen = False
        """Whether it binds names that do not stand here: `from .base import *`, `exec(…)`."""


class Slice(Record):
    """What matters of a module: the `id` of each such statement, and the names that these mention."""

    statements: set[int]
    names: set[str]


class Relevance:
    """The statements of a module, and who binds and mentions what in it: collected once, sliced as often as asked."""

    def __init__(self, module: cst.Module) -> None:
        units: list[_Unit] = []
        _collect(module.body, (), None, units)
        self._units = units
        self._binders: dict[str, list[_Unit]] = {}
        self._readers: dict[str, list[_Unit]] = {}
        self._of_function: dict[int, list[_Unit]] = {}
        self._inside: dict[int, list[_Unit]] = {}
        self._heads: dict[int, _Unit] = {}
        for unit in units:
            for name in unit.binds:
                self._binders.setdefault(name, []).append(unit)
            for name in unit.mentions:
                self._readers.setdefault(name, []).append(unit)
            self._heads[id(unit.node)] = unit
            for holder in unit.holders:
                self._inside.setdefault(id(holder), []).append(unit)
            if unit.function is not None:
                self._of_function.setdefault(id(unit.function), []).append(unit)

    def slice(self, wanted: frozenset[str] = frozenset()) -> Slice:
        """Return the statements, simple or compound, that can matter to the key, or to the names `wanted`."""
        statements: set[int] = set()
        names: set[str] = set()
        for unit in self._chosen(wanted):
            statements.add(id(unit.node))
            statements.update(id(holder) for holder in unit.holders)
            names |= unit.mentions
        return Slice(statements, names)

    def _chosen(self, wanted: frozenset[str]) -> list[_Unit]:
        """The units that matter."""
        binders = self._binders
        chosen = _forward([unit for unit in self._units if unit.seed and (not wanted or KEY in wanted)], self._readers)
        if not chosen and not wanted:
            return []
        pending = [*chosen.values(), *(unit for unit in self._units if unit.ends and unit.function is None)]
        unseen = [unit for unit in self._units if unit.binds_unseen and unit.function is None]
        found: dict[int, _Unit] = {}
        needed: set[str] = set()

        def need(names: Iterable[str]) -> None:
            for name in names:
                if name not in needed:
                    needed.add(name)
                    if name not in binders:
                        pending.extend(unseen)
                    for binder in binders.get(name, ()):
                        pending.append(binder)
                        if isinstance(binder.node, cst.FunctionDef | cst.ClassDef):
                            pending.extend(self._inside.get(id(binder.node), ()))

        need(wanted)
        while pending:
            unit = pending.pop()
            if id(unit) in found:
                continue
            found[id(unit)] = unit
            # the conditions under which it runs
            pending += [self._heads[id(holder)] for holder in unit.holders if id(holder) in self._heads]
            if isinstance(unit.node, cst.FunctionDef) and unit.seed:  # a property that is the key
                pending += self._inside.get(id(unit.node), ())
            if unit.function is not None:
                pending += [each for each in self._of_function[id(unit.function)] if each.ends]
            need(unit.mentions)
        return list(found.values())


def _collect(
    statements: Iterable[cst.CSTNode],
    holders: tuple[cst.CSTNode, ...],
    function: cst.CSTNode | None,
    units: list[_Unit],
) -> None:
    """Append the units of a block."""
    for statement in statements:
        if type(statement).__name__ not in _COMPOUND:
            if statement is not None:
                _collect_simple(statement, holders, function, units)
            continue
        unit = _Unit(statement, holders, function)
        units.append(unit)
        inner = (*holders, statement)
        owner = statement if isinstance(statement, cst.FunctionDef) else function
        pending: list[tuple[object, ...]] = []
        for name, field in vars(statement).items():
            if name in ("body", "orelse", "finalbody", "handlers", "cases"):
                pending.append(field if isinstance(field, tuple) else (field,))
            elif name == "name":
                unit.binds.add(field.value)
                unit.seed |= is_key_name(field.value.upper())
            else:
                _mention(field, unit)
        if isinstance(statement, cst.For | cst.With):
            unit.binds |= unit.mentions
        for blocks in pending:
            for block in blocks:
                _collect_block(block, inner, owner, unit, units)


def _collect_block(
    block: object, holders: tuple[cst.CSTNode, ...], function: cst.CSTNode | None, head: _Unit, units: list[_Unit]
) -> None:
    match block:
        case None:
            return
        case cst.IndentedBlock(body=body) | cst.SimpleStatementSuite(body=body):
            _collect(body, holders, function, units)
        case cst.ExceptHandler(body=body) | cst.ExceptStarHandler(body=body) | cst.Finally(body=body):
            _collect_block(body, holders, function, head, units)
        case cst.MatchCase(pattern=pattern, guard=guard, body=body):
            _mention((pattern, guard), head)
            head.binds |= head.mentions
            _collect_block(body, holders, function, head, units)
        case cst.If() | cst.Else():
            _collect((block,), holders, function, units)


def _collect_simple(
    statement: cst.CSTNode, holders: tuple[cst.CSTNode, ...], function: cst.CSTNode | None, units: list[_Unit]
) -> None:
    if isinstance(statement, cst.SimpleStatementLine):
        for small in statement.body:
            _collect_simple(small, (*holders, statement), function, units)
        return
    unit = _Unit(statement, holders, function)
    units.append(unit)
    _mention(statement, unit)
    match statement:
        case cst.Assign(targets=targets):
            _bind([target.target for target in targets], unit)
        case cst.AnnAssign(target=target) | cst.AugAssign(target=target) | cst.Del(target=target):
            _bind([target], unit)
        case cst.Expr(value=cst.Call(func=cst.Attribute(value=owner))):
            _bind([owner], unit)
            unit.ends = not _ENDS.isdisjoint(unit.mentions)
        case cst.Expr():
            unit.ends = not _ENDS.isdisjoint(unit.mentions)
            unit.binds_unseen = not _RUNS_A_FILE.isdisjoint(unit.mentions)
        case cst.Import() | cst.ImportFrom():
            unit.binds_unseen = isinstance(statement.names, cst.ImportStar)
            unit.binds = unit.mentions
            unit.mentions = set()
        case cst.Raise() | cst.Return() | cst.Assert():
            unit.ends = True
    if not _ENVIRONMENT.isdisjoint(unit.mentions):
        unit.binds = unit.binds | {name for name in unit.mentions if name.startswith("'")}


def _mention(node: object, unit: _Unit) -> None:
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
            mentions.add(each.value)
            if each.value in key:
                unit.seed = True
        elif kind is attribute_class:  # `settings.SECRET_KEY` is a read
            mentions.add(each.attr.value)
            pending.append(each.value)
        elif kind is string_class:
            text = each.value[1:-1]
            if text.isidentifier():
                mentions.add("'" + text)
                if text in key:
                    unit.seed = True
        elif kind is cst.Arg:
            pending.append(each.value)
            if each.keyword is not None and is_key_name(each.keyword.value.upper()):
                unit.seed = True
        else:
            if kind is cst.NamedExpr:
                unit.binds.add(getattr(each.target, "value", ""))
            pending.extend(vars(each).values())


def _bind(targets: Iterable[cst.CSTNode], unit: _Unit) -> None:
    """Note the names that targets bind, or change an entry or attribute of."""
    bound = _Unit(unit.node, (), None)
    for target in targets:
        _mention(target, bound)
        match target:
            case cst.Attribute(attr=cst.Name(value=name)) | cst.Name(value=name) if is_key_name(name.upper()):
                unit.seed = True
    unit.binds = bound.mentions


def _forward(seeds: list[_Unit], readers: dict[str, list[_Unit]]) -> dict[int, _Unit]:
    """The seeds, and what uses what they bind; imported modules are used everywhere and lead nowhere."""
    chosen = {id(unit): unit for unit in seeds}
    pending = list(seeds)
    tainted: set[str] = set()
    while pending:
        unit = pending.pop()
        if isinstance(unit.node, cst.Import | cst.ImportFrom):
            continue
        names = set(unit.binds)
        for holder in unit.holders:
            if isinstance(holder, cst.FunctionDef | cst.ClassDef):
                names.add(holder.name.value)
        for name in names - tainted:
            tainted.add(name)
            for reader in readers.get(name, ()):
                if id(reader) not in chosen:
                    chosen[id(reader)] = reader
                    pending.append(reader)
    return chosen
