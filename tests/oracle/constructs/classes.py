"""Texts that are attributes of classes and of their instances."""

from __future__ import annotations

from oracle.builder import Builder, construct


@construct("class", "attribute of a class")
def _class_plain(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys", "Defaults")
        b.define(f"class {name}:", "    KEY = <text>")
        return name

    return b.defined(write) + b.one_of(".KEY", "().KEY")


@construct("class", "inherited attribute")
def _class_inherited(b: Builder) -> str:
    def write_base() -> str:
        name = b.name("Base")
        b.define(f"class {name}:", "    KEY = <text>")
        return name

    def write() -> str:
        base = b.defined(write_base)
        name = b.name("Keys")
        b.define(f"class {name}({base}):", "    pass")
        return name

    return b.defined(write) + b.one_of(".KEY", "().KEY")


@construct("class", "mixin")
def _class_mixin(b: Builder) -> str:
    def write() -> str:
        mixin, base, name = b.name("Mixin"), b.name("Base"), b.name("Keys")
        b.define(f"class {mixin}:", "    KEY = <text>", f"class {base}:", '    KEY = ""')
        b.define(f"class {name}({mixin}, {base}):", "    pass")
        return name

    return b.defined(write) + b.one_of(".KEY", "().KEY")


@construct("class", "property")
def _class_property(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        b.define(f"class {name}:", "    @property", "    def key(self):", "        return <text>")
        return name

    return b.defined(write) + "().key"


@construct("class", "method")
def _class_method(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        decorator, parameters = b.one_of("staticmethod,", "classmethod,cls").split(",")
        b.define(f"class {name}:", f"    @{decorator}", f"    def key({parameters}):", "        return <text>")
        return name

    return b.defined(write) + b.one_of(".key()", "().key()")


@construct("class", "dataclass")
def _class_dataclass(b: Builder) -> str:
    def write() -> str:
        b.need("from dataclasses import dataclass, field")
        name = b.name("Keys")
        default = b.one_of("<text>", "field(default=<text>)", "field(default_factory=lambda: <text>)")
        b.define("@dataclass", f"class {name}:", f"    key: str = {default}")
        return name

    return b.defined(write) + b.one_of("().key", "(key=<text>).key", "(<text>).key")


@construct("class", "NamedTuple")
def _class_named_tuple(b: Builder) -> str:
    def write() -> str:
        b.need("from typing import NamedTuple")
        name = b.name("Keys")
        b.define(f"class {name}(NamedTuple):", "    key: str = <text>")
        return name

    return b.defined(write) + b.one_of("().key", "()[0]", "(<text>).key")


@construct("class", "__init__")
def _class_init(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        b.define(
            *b.one_of(
                f"class {name}:\n    def __init__(self):\n        self.key = <text>",
                f"class {name}:\n    def __init__(self, key=<text>):\n        self.key = key",
            ).split("\n")
        )
        return name

    return b.defined(write) + "().key"


@construct("class", "__init__ that uses self")
def _class_init_self(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        b.define(
            *b.one_of(
                f"class {name}:\n    prefix = <text>\n    def __init__(self):\n        self.key = self.prefix",
                f"class {name}:\n    def __init__(self):\n        self.key = self.make()\n"
                f"    def make(self):\n        return <text>",
            ).split("\n")
        )
        return name

    return b.defined(write) + "().key"


@construct("class", "enum")
def _class_enum(b: Builder) -> str:
    def write() -> str:
        b.need("import enum")
        name = b.name("Keys")
        b.define(f"class {name}(enum.Enum):", "    KEY = <text>")
        return name

    return b.defined(write) + ".KEY.value"


@construct("class", "SimpleNamespace")
def _class_namespace(b: Builder) -> str:
    def write() -> str:
        b.need("from types import SimpleNamespace")
        name = b.name("keys")
        b.define(f"{name} = SimpleNamespace(key=<text>)")
        return name

    return b.defined(write) + ".key"


@construct("class", "attribute set later")
def _class_set_later(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        b.define(f"class {name}:", "    pass", f"{name}.KEY = <text>")
        return name

    return b.defined(write) + ".KEY"
