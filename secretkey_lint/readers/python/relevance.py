"""Finds the statements that can matter to the key, so that the interpreter leaves out all others.

A program slice by names alone, whatever their scope: statements that name the key, those that use what these bind,
and all that bind what these read. It may take too many statements, never too few.
"""

from __future__ import annotations

import builtins
import sys

from secretkey_lint.model.record import Record
from secretkey_lint.readers.python.units import OWN, SETS_VARIABLES, Unit, parameters
from secretkey_lint.vocabulary import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst
else:
    from secretkey_lint.readers.python import syntax as cst

_BUILTINS = frozenset(dir(builtins))

_Place = tuple[int, str]
"""A name, and the outermost function that has it for itself, 0 if the module has it."""


class Slice(Record):
    """What matters of a module: the `id` of each such statement, and the names that these mention."""

    statements: set[int]
    names: set[str]


class Relevance:
    """The statements of a module, and who binds and mentions what in it: collected once, sliced as often as asked."""

    def __init__(self, units: list[Unit]) -> None:
        self._units = units
        self._binders: dict[_Place, list[Unit]] = {}
        self._readers: dict[_Place, list[Unit]] = {}
        self._of_function: dict[int, list[Unit]] = {}
        self._inside: dict[int, list[Unit]] = {}
        self._heads: dict[int, Unit] = {}
        self._locals = _locals(units)
        self._refusing: set[str] = set()
        """The names of functions that may end the start: those that raise, and all that come from elsewhere."""
        self._modules: set[str] = set()
        """What is imported that may be a module with such functions."""
        self._is_open = any(unit.binds_unseen for unit in units)
        for unit in units:
            for name in unit.binds:
                self._binders.setdefault(self._place(name, unit, name in unit.shared), []).append(unit)
            for name in unit.mentions:
                self._readers.setdefault((0, name), []).append(unit)
                if unit.root:
                    self._readers.setdefault((unit.root, name), []).append(unit)
            self._heads[id(unit.node)] = unit
            for holder in unit.holders:
                self._inside.setdefault(id(holder), []).append(unit)
            if isinstance(unit.node, cst.Raise) or unit.ends:
                self._refusing.update(each.name.value for each in unit.holders if isinstance(each, cst.FunctionDef))
            if isinstance(unit.node, cst.Import | cst.ImportFrom):
                self._refusing |= unit.binds
                self._modules |= unit.binds - sys.stdlib_module_names
            if unit.function is not None:
                self._of_function.setdefault(id(unit.function), []).append(unit)

    def _place(self, name: str, unit: Unit, is_shared: bool = False) -> _Place:
        """Where a name belongs that a unit uses: to the function that it is in, or to the module."""
        return (unit.root if not is_shared and name in self._locals.get(unit.root, ()) else 0), name

    def slice(self, wanted: frozenset[str] = frozenset()) -> Slice:
        """Return the statements, simple or compound, that can matter to the key, or to the names `wanted`."""
        statements: set[int] = set()
        names: set[str] = set()
        chosen = self._chosen(wanted)
        for unit in chosen:
            names |= unit.mentions
            if unit.function is not None:
                chosen_here = self._ways_out(unit.function)
                statements.update(id(end.node) for end in chosen_here)
                statements.update(id(holder) for end in chosen_here for holder in end.holders)
            statements.add(id(unit.node))
            statements.update(id(holder) for holder in unit.holders)
        return Slice(statements, names)

    def _ways_out(self, function: cst.CSTNode) -> list[Unit]:
        """The statements of a function that end it, whatever they return or raise: that matters only to its callers."""
        return [each for each in self._of_function[id(function)] if isinstance(each.node, cst.Return | cst.Raise)]

    def _chosen(self, wanted: frozenset[str]) -> list[Unit]:
        """The units that matter."""
        binders = self._binders
        chosen = self._forward([unit for unit in self._units if unit.seed and (not wanted or KEY in wanted)])
        if not chosen and not wanted:
            return []
        pending = [*chosen.values(), *(unit for unit in self._units if self._may_end(unit) and unit.function is None)]
        pending += [
            unit for unit in self._units if isinstance(unit.node, cst.Import | cst.ImportFrom) and unit.function is None
        ]
        unseen = [unit for unit in self._units if unit.binds_unseen and unit.function is None]
        setters = [
            unit
            for unit in self._units
            if not unit.root
            and (isinstance(unit.node, cst.Import | cst.ImportFrom) or not SETS_VARIABLES.isdisjoint(unit.mentions))
        ]
        found: dict[int, Unit] = {}
        needed: set[_Place] = set()

        def need(places: Iterable[_Place]) -> None:
            for place in places:
                if place not in needed:
                    needed.add(place)
                    if not place[0] and (place not in binders or place[1] in wanted):
                        pending.extend(unseen)
                    if place[1].startswith("'"):  # a variable that another module, or file, may set
                        pending.extend(setters)
                        pending.extend(self._lookups(place[1]))
                    for binder in binders.get(place, ()):
                        pending.append(binder)
                        if binder.root and not place[0]:  # done when the function is called
                            pending.extend(self._calls(binder))
                        if isinstance(binder.node, cst.FunctionDef | cst.ClassDef):
                            pending.extend(self._inside.get(id(binder.node), ()))

        need((0, name) for name in wanted)
        while pending:
            unit = pending.pop()
            if id(unit) in found:
                continue
            found[id(unit)] = unit
            # the conditions under which it runs
            pending += [self._heads[id(holder)] for holder in unit.holders if id(holder) in self._heads]
            if isinstance(unit.node, cst.FunctionDef) and unit.seed:  # a property that is the key
                pending += self._inside.get(id(unit.node), ())
            if isinstance(unit.node, cst.For | cst.While):  # whether a turn, or what comes after the last, is run
                inside = self._inside.get(id(unit.node), ())
                pending += [each for each in inside if isinstance(each.node, cst.Break | cst.Continue)]
            for each in self._of_function.get(id(unit.function), ()):
                if isinstance(each.node, cst.Assert) and unit.mentions.isdisjoint(each.mentions):
                    continue
                if self._may_end(each) and not isinstance(each.node, cst.Return | cst.Raise):
                    pending.append(each)
                elif each.ends:
                    pending += [self._heads[id(holder)] for holder in each.holders if id(holder) in self._heads]
            for name in unit.mentions:
                place = self._place(name, unit)
                need((place, (0, name)) if place[0] and name in unit.attributes else (place,))
        return list(found.values())

    def _lookups(self, variable: str) -> Iterator[Unit]:
        """The statements outside of functions that may fail without a variable, by its name or by what holds that."""
        for unit in self._readers.get((0, variable), ()):
            if not unit.root:
                yield unit
                if isinstance(unit.node, cst.Assign) and isinstance(unit.node.value, cst.SimpleString):
                    yield from (
                        each for name in unit.binds for each in self._readers.get((0, name), ()) if not each.root
                    )

    def _forward(self, seeds: list[Unit]) -> dict[int, Unit]:
        """The seeds, and what uses what they bind; imported modules are used everywhere and lead nowhere."""
        chosen = {id(unit): unit for unit in seeds}
        pending = list(seeds)
        tainted: set[_Place] = set()
        while pending:
            unit = pending.pop()
            if isinstance(unit.node, cst.Import | cst.ImportFrom):
                continue
            places: set[_Place] = set()
            if not unit.is_an_end:
                places.update(self._place(name, unit, name in unit.shared) for name in unit.binds)
            places.update((0, name) for name in self._reached_by(unit))
            for place in places - tainted:
                tainted.add(place)
                for reader in self._readers.get(place, ()):
                    if id(reader) not in chosen:
                        chosen[id(reader)] = reader
                        pending.append(reader)
        return chosen

    def _may_end(self, unit: Unit) -> bool:
        if unit.calls_of in self._modules or self._is_unseen(unit.calls):
            return any(isinstance(each, cst.If) for each in unit.holders)
        return unit.ends or unit.calls in self._refusing

    def _is_unseen(self, function: str) -> bool:
        """Whether a function may be one that is bound where that does not stand here: `from .checks import *`."""
        return self._is_open and bool(function) and (0, function) not in self._binders and function not in _BUILTINS

    def _reached_by(self, unit: Unit) -> Iterator[str]:
        """The functions and classes by which others reach what a unit does: calls decide on it, or use what it yields."""
        made = ""
        for holder in reversed(unit.holders):
            if isinstance(holder, cst.FunctionDef):
                made = holder.name.value
                if not unit.is_an_end or self._depends_on_a_call(unit, holder):
                    yield made
            elif isinstance(holder, cst.ClassDef) and made in ("", "__init__", "__new__", "__call__"):
                yield holder.name.value

    def _calls(self, unit: Unit) -> Iterator[Unit]:
        """What mentions the functions that a unit is in."""
        for holder in unit.holders:
            if isinstance(holder, cst.FunctionDef):
                yield from self._readers.get((0, holder.name.value), ())

    def _depends_on_a_call(self, unit: Unit, function: cst.FunctionDef) -> bool:
        """Whether what a unit uses comes from the parameters of a function that it is in."""
        given = set(parameters(function.params)) - OWN
        inside = self._inside[id(function)]
        used: set[str] = set()
        new = set(unit.mentions)
        while new and given:
            if not given.isdisjoint(new):
                return True
            used |= new
            new = {name for each in inside if not new.isdisjoint(each.binds) for name in each.mentions} - used
        return False


def _locals(units: list[Unit]) -> dict[int, set[str]]:
    """The names that functions have for themselves, by outermost functions."""
    found: dict[int, set[str]] = {}
    declared: dict[int, set[str]] = {}
    for unit in units:
        root = unit.root
        if isinstance(unit.node, cst.FunctionDef):
            found.setdefault(root or id(unit.node), set()).update(unit.parameters)
        if root and isinstance(unit.node, cst.Global):
            declared.setdefault(root, set()).update(unit.mentions)
        elif root:
            found.setdefault(root, set()).update(unit.binds - unit.shared - unit.changes)
    for root, names in declared.items():
        found[root] -= names
    return found
