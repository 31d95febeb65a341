"""Modules that import each other, in ways that Python survives."""

from __future__ import annotations

from collections.abc import Callable

from oracle.builder import Builder, construct, indented


@construct("place", "module that imports back", across=True)
def _place_back(b: Builder, write: Callable[[], str]) -> str:
    """What it needs of the module that imports it is bound there by then, or asked for later."""
    here = b.module
    seed = b.name("SEED")
    b.define(f"{seed} = <text>")
    module = b.new_module("keys", "defaults", "shared")
    with b.inside(module):
        name = write()
        own = b.name("own")
        form = b.pick(3)
        if form == 0:
            b.define(f"from .{here.name} import {seed}" if here.name != "__init__" else f"from . import {seed}")
            b.define(f"{own} = {seed} and {name}")
        elif form == 1:
            b.need(f"import {here.dotted} as back")
            b.define(f"{own} = {name}")
        else:
            b.define(f"def again():\n    from {here.dotted} import {seed}\n    return {seed}")
            b.define(f"{own} = {name}")
    imported = b.name("imported")
    b.define(f"from .{module.name} import {own} as {imported}")
    return imported


@construct("text", "constant had back from another module", across=True)
def _text_back(b: Builder) -> str:
    here = b.module
    seed, got = b.name("SEED"), b.name("got")
    b.define(f"{seed} = <text>")
    module = b.new_module("keys", "defaults", "shared")
    with b.inside(module):
        b.define(
            *b.one_of(
                f"from {here.dotted} import {seed} as {got}",
                f"import {here.dotted} as back\ndef get():\n    return back.{seed}",
                f"def get():\n    from {here.dotted} import {seed}\n    return {seed}",
                f"import sys\n{got} = sys.modules['{here.dotted}'].{seed}",
            ).split("\n")
        )
        has_name = not any(line.startswith("def get") for line in module.definitions)
    if has_name:
        b.define(f"from .{module.name} import {got}")
        return got
    alias = b.name("asked")
    b.define(f"from .{module.name} import get as {alias}")
    return f"{alias}()"


@construct("body", "base that imports back", across=True)
def _body_back(b: Builder) -> list[str]:
    here = b.module
    base = b.new_module("base", "general")
    default = b.name("DEFAULT")
    with b.inside(base):
        body = b.bind("SECRET_KEY")
        base.body += b.one_of(
            f"from .{here.name} import {default}\nSECRET_KEY = {default}",
            f"import {here.dotted} as back",
            f"from {here.dotted} import *",
            f"from .{here.name} import {default} as given",
        ).split("\n")
        if not any(line.startswith("SECRET_KEY") for line in base.body):
            base.body += body
    lines = [f"{default} = <text>", f"from .{base.name} import *"]
    return [*lines, *(["if <condition>:", *indented(b.bind("SECRET_KEY"))] if b.pick(3) == 2 else [])]
