"""Other modules in which a definition stands, and how it is had from there."""

from __future__ import annotations

from collections.abc import Callable

from oracle.builder import Builder, construct
from oracle.project import Module


@construct("place", "from import", across=True)
def _place_from(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need(b.one_of(f"from .{module.name} import {name}", f"from {module.dotted} import {name}"))
    return name


@construct("place", "from import as", across=True)
def _place_from_as(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    alias = b.name("imported")
    b.need(f"from .{module.name} import {name} as {alias}")
    return alias


@construct("place", "import of a module from its package", across=True)
def _place_package(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need(b.one_of(f"from . import {module.name}", f"from {module.package} import {module.name}"))
    return f"{module.name}.{name}"


@construct("place", "import dotted", across=True)
def _place_dotted(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need(f"import {module.dotted}")
    return f"{module.dotted}.{name}"


@construct("place", "import dotted as", across=True)
def _place_dotted_as(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    alias = b.name("module")
    b.need(f"import {module.dotted} as {alias}")
    return f"{alias}.{name}"


@construct("place", "import_module", across=True)
def _place_import_module(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need("import importlib")
    b.need("from importlib import import_module")
    call = b.one_of(
        f'import_module("{module.dotted}")',
        f'importlib.import_module("{module.dotted}")',
        f'import_module(".{module.name}", "{module.package}")',
        f'import_module(".{module.name}", __package__)',
        f'__import__("{module.dotted}", fromlist=["{name}"])',
    )
    alias = b.name("module")
    b.define(f"{alias} = {call}")
    return b.one_of(
        f"{alias}.{name}", f'getattr({alias}, "{name}")', f'vars({alias})["{name}"]', f'{alias}.__dict__["{name}"]'
    )


@construct("place", "star import", across=True)
def _place_star(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need(f"from .{module.name} import *")
    return name


@construct("place", "imported by way of another module", across=True)
def _place_by_way(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    between = b.new_module("registry", "exports")
    between.imports[b.one_of(f"from .{module.name} import {name}", f"from .{module.name} import *")] = None
    b.need(f"from .{between.name} import {name}")
    return name


@construct("place", "package of its own", across=True)
def _place_in_package(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.modules.remove(module)
    inner = Module(f"{module.package}.{module.name}_package", "__init__")
    inner.imports, inner.definitions = module.imports, module.definitions
    if any(line.startswith("from .") for line in inner.imports):
        inner = module  # what it imports from its neighbours is not beside a package
    b.modules.append(inner)
    b.need(f"from {inner.dotted} import {name}")
    return name


def _elsewhere(b: Builder, write: Callable[[], str]) -> tuple[Module, str]:
    module = b.new_module("keys", "defaults", "shared", "helpers")
    with b.inside(module):
        name = write()
    if "." in name:  # imported there as an attribute of a module: given a name of its own
        with b.inside(module):
            own = b.name("own")
            b.define(f"{own} = {name}")
        return module, own
    return module, name
