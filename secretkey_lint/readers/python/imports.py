"""Modules of the project that a module imports or runs: what is asked of them is found by walking them."""

from __future__ import annotations

import sys

from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import replace
from secretkey_lint.readers.python import paths
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.classes import Classes
from secretkey_lint.readers.python.effects import changes_the_environment, may_end_a_start
from secretkey_lint.readers.python.evaluator import TooManyStepsError
from secretkey_lint.readers.python.handing import (
    exported,
    is_the_same,
    left_alone,
    place_of_given,
    set_variables_of,
    settle_debug,
)
from secretkey_lint.readers.python.libraries import canonical
from secretkey_lint.readers.python.mentions import dotted
from secretkey_lint.readers.python.objects import (
    ENVIRONMENT,
    Alternative,
    Class,
    Const,
    Entry,
    Imported,
    Instance,
    Items,
    Lookup,
    Mapping,
    Module,
    Opaque,
    Place,
    Scope,
    Symbol,
    Unknown,
    one,
    passed_on,
)
from secretkey_lint.vocabulary import is_key_name, key_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    import libcst as cst

    from secretkey_lint.readers.python.modules import Loaded, Modules
    from secretkey_lint.readers.python.objects import Alternatives, Arguments, Object
else:
    from secretkey_lint.readers.python import syntax as cst

MAX_STEPS_ABROAD = 10_000
"""Expressions that are evaluated in what one import leads to."""


def settings() -> frozenset[str]:
    """Return what is asked of a module whose names are all taken over, besides what the one that takes them mentions."""
    return key_names() | {"DEBUG", "__all__"}


class Importer(Classes):
    """Imports."""

    def __init__(self, modules: Modules | None = None) -> None:
        super().__init__(modules)
        self.attempts = 0
        """How many `try` statements the statement that is walked is in."""
        self._relevant: set[int] = set()
        self._asked: set[tuple[str, str]] = set()
        """Modules, and their names that are being asked for: who asks again has come round in a circle."""

    def block(self, statements: Iterable[cst.CSTNode], flow: Flow) -> None:
        """Walk statements; the interpreter says how."""
        raise NotImplementedError

    def start(self, loaded: Loaded, wanted: frozenset[str], flow: Flow) -> None:
        """Walk the statements of a module that matter to the key and to the names `wanted`."""
        relevant = self.slice_of(loaded, wanted)
        outer, self.here, self.mentioned = (self.here, self.mentioned), loaded.path, relevant | wanted
        module = loaded.source.module
        flow.scope.names["__file__"] = one(Place(loaded.path, module))
        name = loaded.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if self.is_settings:  # which nobody runs
            flow.scope.names["__name__"] = one(Const(name, module))
        package = name if loaded.path.endswith("__init__.py") else name.rpartition(".")[0]
        flow.scope.names["__package__"] = one(Const(package, module))
        self.block(loaded.source.module.body, flow)
        self.here, self.mentioned = outer

    def given_to(self, loaded: Loaded) -> dict[str, Alternatives]:
        """Return the variables that are taken to be set where a module begins."""
        module = loaded.source.module
        return {f"{ENVIRONMENT}{name}": one(Const(text, module)) for name, text in self.given.items()}

    def slice_of(self, loaded: Loaded, wanted: frozenset[str]) -> frozenset[str]:
        """Choose the statements of a module to walk, and return the names that they mention."""
        raise NotImplementedError

    def walk_module(self, path: str, wanted: frozenset[str], scope: Scope | None = None) -> Loaded | None:
        """Return a module in which the names `wanted` have been looked for, as far as it is understood.

        It finds the variables set that `scope` has set, of the one who imports it first.
        """
        loaded = self.modules.load(path)
        if loaded is None or loaded.is_running or (loaded.wanted is not None and wanted <= loaded.wanted):
            return loaded
        if loaded.wanted is None:
            loaded.variables = {**self.given_to(loaded), **(set_variables_of(scope) if scope is not None else {})}
        loaded.wanted = wanted if loaded.wanted is None else wanted | loaded.wanted
        loaded.is_running = True
        flow = Flow(loaded.scope)
        loaded.scope.names = {"__name__": one(Unknown(loaded.source.module)), **loaded.variables}
        outer = self.found, self.scope_name, self.debug, self.functions, self.limit
        here, mentioned, returns = self.here, self.mentioned, list(self.returns)
        self.found, self.scope_name, self.functions = [], "", []
        self.limit = min(self.limit, self.steps + MAX_STEPS_ABROAD)
        try:
            self.start(loaded, loaded.wanted, flow)
        except TooManyStepsError:
            if self.steps > outer[-1]:
                raise
            self.is_cut = True  # what is known of it by now has to do
            self.here, self.mentioned, self.returns = here, mentioned, returns
        finally:
            self.found, self.scope_name, self.debug, self.functions, self.limit = outer
            loaded.is_running = False
        loaded.raises = not flow.alive
        loaded.holds = flow.path - settle_debug(loaded.scope.names)
        return loaded

    # statements

    def import_statement(self, node: cst.Import | cst.ImportFrom, flow: Flow) -> None:
        """Bind what a statement imports."""
        if isinstance(node, cst.Import):
            for alias in node.names:
                self._import_module(alias, flow)
            return
        package = "." * len(node.relative) + (dotted(node.module) if node.module is not None else "")
        path = self.modules.resolve(package, self.here)
        if path is None and node.relative and self.attempts and self._is_absent(package):
            self.risks += 1
            flow.alive = False  # who tries it knows what to do without
            return
        self.risks += path is None and not _is_of_python(package)
        if isinstance(node.names, cst.ImportStar):
            if path is not None:
                self.take_all(path, node, flow)
            return
        for alias in node.names:
            name = dotted(alias.name)
            bound = dotted(alias.asname.name) if alias.asname is not None else name
            if path is None:
                separator = "" if package.endswith(".") else "."
                found = one(Symbol(canonical(package + separator + name), alias))
            else:
                found = one(Imported(path, name, alias))
                if is_key_name(bound) or self._does_anything(path, name):
                    found = self.taken(found, flow)
                    for each in found:
                        if isinstance(each.value, Module):
                            self._take_environment(each.value.path, flow, frozenset())
            place = alias if is_key_name(bound) and bound != name else None
            flow.scope.names[bound] = tuple(Alternative(each.value, each.guards | flow.path, place) for each in found)

    def _is_absent(self, package: str) -> bool:
        """Whether a module that a relative import names is on no machine: not tracked, and not ignored either."""
        name = package.lstrip(".")
        folder = paths.parent(self.here)
        for _ in range(len(package) - len(name) - 1):
            folder = paths.parent(folder)
        return bool(name) and not self.modules.surroundings.ignores(paths.join(folder, name.replace(".", "/") + ".py"))

    def _does_something(self, path: str) -> bool:
        """Whether importing a module may change the environment, or end the start: it is looked at for that alone."""
        file = self.modules.surroundings.read(path) if self.is_followed else None
        if file is None:
            return False
        variables = [name[1:] for name in self.mentioned if name.startswith("'")]
        return changes_the_environment(file.content) or may_end_a_start(file.content, variables)

    def _does_anything(self, path: str, name: str) -> bool:
        """The same of what `from path import name` imports: the module, and the one in it that is called so."""
        inner = self.modules.submodule(path, name)
        return self._does_something(path) or (inner is not None and self._does_something(inner))

    def imported(self, value: Imported, flow: Flow) -> Alternatives:
        """Return what a module calls a name."""
        found = self._imported(value.path, value.name, value.node, flow)
        return found if found is not None else one(Unknown(value.node))

    def _import_module(self, alias: cst.ImportAlias, flow: Flow) -> None:
        """`import a.b`, `import a.b as c`."""
        name = dotted(alias.name)
        if alias.asname is None:
            name = name.partition(".")[0]
        path = self.modules.resolve(name, self.here)
        self.risks += path is None and not _is_of_python(name)
        bound = dotted(alias.asname.name) if alias.asname is not None else name
        whole = self.modules.resolve(dotted(alias.name), self.here)  # `import a.b` runs `a.b`, and binds `a`
        for each in dict.fromkeys((path, whole)):
            if each is not None and self._does_something(each):
                self._take_environment(each, flow, frozenset())
        value: Object = Symbol(canonical(name), alias) if path is None else Module(path, alias)
        flow.scope.names[bound] = (Alternative(value, flow.path),)

    def _imported(self, path: str | None, name: str, node: cst.CSTNode, flow: Flow) -> Alternatives | None:
        """What `from … import name` binds, or None where that is not of the project."""
        if path is None:
            return None
        reader = self.modules.reader(path, name)
        if reader is not None:
            return one(Symbol(reader, node))
        loaded = self._take_environment(path, flow, frozenset({name}))
        asked = (path, name)
        if loaded is not None and loaded.is_running and name not in loaded.scope.names and asked not in self._asked:
            self._asked.add(asked)
            self._walk_for(name, loaded)
            self._asked.remove(asked)
        if loaded is not None and name in loaded.scope.names and asked not in self._asked:
            if any(isinstance(each.value, Imported) for each in loaded.scope.names[name]):
                self._asked.add(asked)
                loaded.scope.names[name] = self.taken(loaded.scope.names[name], flow)
                self._asked.remove(asked)
            return tuple(
                Alternative(passed_on(each.value, node, "imported here"), each.guards)
                for each in loaded.scope.names[name]
            )
        inner = self.modules.submodule(path, name)
        return one(Module(inner, node)) if inner is not None else None

    def _walk_for(self, name: str, loaded: Loaded) -> None:
        """Walk what binds a name in a module that is being walked, where another one that it imports asks for it.

        Python would have come by it, or would not start.
        """
        before = frozenset(self._relevant)
        mentioned = self.slice_of(loaded, frozenset({name}))
        outer, self.here, self.mentioned = (self.here, self.mentioned), loaded.path, self.mentioned | mentioned | {name}
        flow = Flow(loaded.scope)
        for statement in loaded.source.module.body:
            if not flow.alive or id(statement) not in self._relevant:
                continue
            if id(statement) not in before:
                self.walk(statement, flow)
            elif _takes_all(statement):  # it has not been asked for all that is needed now
                again = flow.fork()
                self.walk(statement, again)
                flow.scope.names = again.scope.names | flow.scope.names
        self.here, self.mentioned = outer

    def _take_environment(self, path: str, flow: Flow, wanted: frozenset[str]) -> Loaded | None:
        """Walk a module for what it does to the variables of the environment, and for the names `wanted`."""
        if path.endswith("/"):
            return None
        if self._does_something(path):
            wanted |= frozenset(name for name in self.mentioned if name.startswith("'"))
        loaded = self.walk_module(path, wanted, flow.scope)
        if loaded is not None:
            if loaded.raises:
                flow.alive = False
            flow.hold(loaded.holds)
            for name, found in loaded.scope.names.items():
                if name.startswith(ENVIRONMENT):
                    flow.scope.names[name] = tuple(replace(each, guards=each.guards | flow.path) for each in found)
        return loaded

    def take_all(self, path: str, node: cst.CSTNode, flow: Flow) -> None:
        """`from … import *`: bind all that a module exports."""
        loaded = self._take_environment(path, flow, settings() | self.mentioned)
        if loaded is None:
            return
        listed = exported(self.held("__all__", loaded.scope, flow))
        for name in list(loaded.scope.names):
            if name in listed if listed is not None else not name.startswith("_"):
                found = loaded.scope.names[name]
                if name in flow.scope.names and any(_is_from(each.value, self.here, name) for each in found):
                    continue  # it had it from here
                if is_key_name(name):
                    found = self.held(name, loaded.scope, flow) or found
                held = flow.scope.names.get(name, ())
                if is_the_same(held, found):
                    continue
                kept = left_alone(held, found, loaded.holds | flow.path)
                taken = (
                    Alternative(
                        passed_on(each.value, node, "imported here"),
                        each.guards | flow.path,
                        place_of_given(name, each.value, node, flow.scope),
                    )
                    for each in found
                )
                flow.scope.names[name] = (*kept, *taken)

    def run_file(self, path: str, node: cst.CSTNode, flow: Flow) -> None:
        """Walk another file as a part of this module: `exec(open("local.py").read())`, `include("base.py")`."""
        loaded = self.modules.load(path)
        if loaded is None or loaded.is_running:
            return
        loaded.is_running = True
        before = dict(flow.scope.names)
        outer = self.found
        self.found = []
        try:
            self.start(loaded, settings() | self.mentioned, flow)
        finally:
            self.found = outer
            loaded.is_running = False
        for name, found in flow.scope.names.items():
            if before.get(name) is not found:
                flow.scope.names[name] = tuple(
                    Alternative(
                        passed_on(each.value, node, "run here"),
                        each.guards,
                        place_of_given(name, each.value, node, flow.scope),
                    )
                    for each in found
                )
        if "__file__" in before:
            flow.scope.names["__file__"] = before["__file__"]

    # expressions

    def member(self, module: Module, name: str, node: cst.CSTNode) -> Alternatives:
        """Return what a module of the project calls `name`."""
        flow = Flow(Scope())
        found = self._imported(module.path, name, node, flow)
        if found is None and name == "__file__":
            return one(Place(module.path, node))
        if found is None and name == "__dict__":
            return one(self.namespace(module, node))
        return found if found is not None else one(Unknown(node))

    def namespace(self, module: Module, node: cst.CSTNode) -> Mapping:
        """Return what `vars(module)` is, as far as it matters."""
        entries_named = frozenset(name[1:] for name in self.mentioned if name.startswith("'"))
        loaded = self.walk_module(module.path, settings() | self.mentioned | entries_named)
        names = loaded.scope.names if loaded is not None else {}
        entries = tuple(
            Entry(name, self.taken(found, Flow(Scope())), node)
            for name, found in names.items()
            if not name.startswith("__")
        )
        return Mapping(entries, node, complete=False)

    def names_of(self, value: Object, node: cst.CSTNode) -> Object:
        """Return what `dir` yields."""
        match value:
            case Module():
                held = self.namespace(value, node)
                return Items(tuple(one(Const(entry.key, node)) for entry in held.entries), node, held.complete)
            case Class(attributes=attributes) | Instance(of=Class(attributes=attributes)):
                return Items(tuple(one(Const(name, node)) for name in sorted(attributes.names)), node, False)
            case _:
                return Unknown(node)

    def imported_by_name(
        self, names: Alternatives, package: Alternatives | None, node: cst.CSTNode, flow: Flow
    ) -> Alternatives:
        """Return what `import_module(name)` yields."""
        found: list[Alternative] = []
        anchor = package[0].value if package else None
        for each in names:
            value, guards = each.value, each.guards
            if isinstance(value, Lookup) and value.default is not None:
                guards |= {Guard("unset", True, value.name)}
                value = value.default
            path = None
            if isinstance(value, Const) and isinstance(value.value, str):
                name = value.value
                if name.startswith(".") and isinstance(anchor, Const) and isinstance(anchor.value, str):
                    name = anchor.value + name  # `.base` is relative to the package that is named
                path = self.modules.resolve(name, self.here)
            if path is not None and len(names) == 1 and value is each.value and self._does_something(path):
                self._take_environment(path, flow, frozenset())
            found.append(Alternative(Module(path, node) if path is not None else Unknown(node), guards))
        return tuple(found)

    def run_files(self, path: str, arguments: Arguments, node: cst.CSTNode, flow: Flow) -> bool:
        """Run the files that `exec` and django-split-settings' `include` are given; whether it is such a call."""
        if path == "builtins.exec":
            for each in arguments.get(0, None) or ():
                if isinstance(each.value, Opaque) and each.value.file:
                    self.run_file(each.value.file, node, flow)
            return True
        if path in ("split_settings.tools.include", "builtins.execfile"):
            for each in (alternative for argument in arguments.positional for alternative in argument):
                if isinstance(each.value, Const | Place):
                    pattern = each.value.path if isinstance(each.value, Place) else str(each.value.value)
                    folder = "" if isinstance(each.value, Place) else paths.parent(self.here)
                    for file in self.modules.surroundings.find(paths.join(folder, pattern)):
                        self.run_file(file, node, flow)
            return True
        return False

    def resolves(self, statements: Iterable[cst.CSTNode]) -> bool:
        """Whether statements do nothing but import what the project has, so that they cannot fail."""
        for statement in statements:
            for small in statement.body if isinstance(statement, cst.SimpleStatementLine) else (statement,):
                match small:
                    case cst.ImportFrom(module=module, relative=relative, names=names):
                        package = "." * len(relative) + (dotted(module) if module is not None else "")
                        path = self.modules.resolve(package, self.here)
                        if path is None or (path.endswith("/") and isinstance(names, cst.ImportStar)):
                            return False
                        if not isinstance(names, cst.ImportStar):
                            for alias in names:
                                if self._imported(path, dotted(alias.name), alias, Flow(Scope())) is None:
                                    return False
                    case cst.Import(names=names):
                        if any(self.modules.resolve(dotted(alias.name), self.here) is None for alias in names):
                            return False
                    case cst.Pass():
                        pass
                    case _:
                        return False
        return True


def _takes_all(statement: cst.CSTNode) -> bool:
    """Whether a statement is `from … import *`."""
    return isinstance(statement, cst.SimpleStatementLine) and any(
        isinstance(each, cst.ImportFrom) and isinstance(each.names, cst.ImportStar) for each in statement.body
    )


def _is_of_python(module: str) -> bool:
    """Whether a module is in the standard library, so that importing it does not fail."""
    return module.partition(".")[0] in sys.stdlib_module_names


def _is_from(value: Object, path: str, name: str) -> bool:
    """Whether something is what the module in a file calls `name`, and was imported from there."""
    return isinstance(value, Imported) and (value.path, value.name) == (path, name)
