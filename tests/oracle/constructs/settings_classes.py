"""Settings that are classes: inherited across modules, mixed, read from the environment by their fields."""

from __future__ import annotations

from oracle.builder import Builder, construct, indented
from oracle.project import SECRET


@construct("body", "django-configurations, inherited", across=True, needs="configurations")
def _configurations(b: Builder) -> list[str]:
    b.need("from configurations import Configuration, values")
    b.project.configuration = "Production"

    def write_base() -> str:
        b.need("from configurations import Configuration, values")
        name = b.name("Base", "Common")
        b.define(f"class {name}(Configuration):", *indented(b.choose("attribute")))
        return name

    def write_mixin() -> str:
        b.need("from configurations import values")
        name = b.name("KeyMixin")
        b.define(f"class {name}:", *indented(b.choose("attribute")))
        return name

    form = b.pick(4)
    base = b.defined(write_base)
    if form == 0:
        return [f"class Production({base}):", "    DEBUG = False"]
    if form == 1:
        return [f"class Production({base}):", *indented(b.choose("attribute"))]
    if form == 2:
        return [f"class Production({b.defined(write_mixin)}, {base}):", "    DEBUG = False"]
    return [
        f"class Dev({base}):",
        *indented(b.choose("attribute")),
        f"class Production({base}):",
        *indented(b.choose("attribute")),
    ]


@construct("attribute", "attribute: value", leaf=True)
def _attribute(b: Builder) -> list[str]:
    return ["SECRET_KEY = <value>"]


@construct("attribute", "attribute: property", leaf=True)
def _attribute_property(b: Builder) -> list[str]:
    return ["@property", "def SECRET_KEY(self):", *indented(b.bind("found")), "    return found"]


@construct("attribute", "attribute: field of django-configurations", leaf=True, needs="configurations")
def _attribute_field(b: Builder) -> list[str]:
    form = b.pick(6)
    if form == 0:
        b.variables["DJANGO_SECRET_KEY"] = None
        return ["SECRET_KEY = values.Value(<text>)"]
    if form == 1:
        b.variables["DJANGO_SECRET_KEY"] = None
        return ["SECRET_KEY = values.SecretValue()"]
    if form == 2:
        b.variables["SECRET_KEY"] = None
        return [b.one_of('SECRET_KEY = values.Value(<text>, environ_prefix="")',
                         "SECRET_KEY = values.Value(<text>, environ_prefix=None)")]  # fmt: skip
    if form == 3:
        b.variables["DJANGO_SIGNING"] = None
        return ['SECRET_KEY = values.Value(<text>, environ_name="SIGNING")']
    if form == 4:
        return ["SECRET_KEY = values.Value(<text>, environ=False)"]
    b.variables["SHOP_SECRET_KEY"] = None
    return ['SECRET_KEY = values.Value(default=<text>, environ_prefix="SHOP", environ_required=False)']


@construct("class", "property that is overridden")
def _class_overridden(b: Builder) -> str:
    def write_base() -> str:
        name = b.name("Base")
        b.define(f"class {name}:", "    @property", "    def key(self):", "        return <text>")
        return name

    def write() -> str:
        base = b.defined(write_base)
        name = b.name("Keys")
        own = b.one_of(
            "    key = <text>",
            "    @property\n    def key(self):\n        return <text>",
            "    @property\n    def key(self):\n        return super().key + <text>",
            "    pass",
        )
        b.define(f"class {name}({base}):", *own.split("\n"))
        return name

    return b.defined(write) + "().key"


@construct("value", "dataclass of settings")
def _dataclass(b: Builder) -> str:
    def write_base() -> str:
        b.need("from dataclasses import dataclass, field")
        name = b.name("Defaults")
        b.define("@dataclass", f"class {name}:", "    key: str = <value>", "    debug: bool = False")
        return name

    def write() -> str:
        base = b.defined(write_base)
        b.need("from dataclasses import dataclass, field")
        name = b.name("Conf")
        own = b.one_of(
            "pass", "key: str = <value>", "key: str = field(default_factory=lambda: <value>)", "name: str = ''"
        )
        b.define("@dataclass", f"class {name}({base}):", f"    {own}")
        return name

    return b.defined(write) + b.one_of("().key", "(key=<value>).key", "(debug=True).key")


@construct("value", "pydantic-settings, inherited or prefixed", across=True, needs="pydantic_settings")
def _pydantic(b: Builder) -> str:
    def write_base() -> str:
        b.need("from pydantic_settings import BaseSettings, SettingsConfigDict")
        b.need("from pydantic import Field")
        name = b.name("Base")
        b.define(f"class {name}(BaseSettings):", *config, f"    {field}: str = <text>")
        return name

    def write() -> str:
        base = b.defined(write_base)
        name = b.name("Conf")
        own = b.one_of("pass", f"{field}: str = <text>", "debug: bool = False")
        b.define(f"class {name}({base}):", f"    {own}")
        return name

    field, variable = ("key", "KEY") if b.pick(2) else ("secret_key", "SECRET_KEY")
    form = b.pick(4)
    config = []
    if form == 1:
        config = ['    model_config = SettingsConfigDict(env_prefix="SHOP_")']
        variable = f"SHOP_{variable}"
    elif form == 2:
        path = b.path_to(".env")
        b.written(".env", f"{variable}={SECRET}")
        config = [f'    model_config = SettingsConfigDict(env_file={path}, extra="ignore")']
        made = _inline(b, field, config)
        b.variables[variable] = None
        return f"{made}().{field}"
    b.variables[variable] = None
    return f"{b.defined(write)}().{field}"


@construct("value", "pydantic-settings under another name", needs="pydantic_settings")
def _pydantic_alias(b: Builder) -> str:
    b.need("from pydantic_settings import BaseSettings, SettingsConfigDict")
    b.need("from pydantic import AliasChoices, Field")
    variable = b.variable()
    name = b.name("Conf")
    field = b.one_of(
        f'key: str = Field(default=<text>, alias="{variable}")',
        f'key: str = Field(<text>, validation_alias="{variable}")',
        f'key: str = Field(validation_alias="{variable}")',
        f'key: str = Field(<text>, validation_alias=AliasChoices("{variable}", "OTHER_KEY"))',
    )
    b.define(f"class {name}(BaseSettings):", f"    {field}", "    debug: bool = False")
    return f"{name}().key"


def _inline(b: Builder, field: str, config: list[str]) -> str:
    b.need("from pydantic_settings import BaseSettings, SettingsConfigDict")
    name = b.name("Conf")
    b.define(f"class {name}(BaseSettings):", *config, f"    {field}: str" + b.one_of("", " = <text>"))
    return name


@construct("bind", "settings of an object")
def _bind_object(b: Builder, target: str) -> list[str]:
    """All that a class holds becomes settings."""
    name = b.name("Conf")
    b.define(f"class {name}:", f"    {target} = <value>", "    LANGUAGE = 'en'")
    return b.one_of(
        f"for name in dir({name}):\n    if name.isupper():\n        globals()[name] = getattr({name}, name)",
        f"globals().update({{k: v for k, v in vars({name}).items() if k.isupper()}})",
        f"{target} = {name}.{target}",
        f'{target} = getattr({name}, "{target}")',
        f'{target} = getattr({name}(), "{target}", None)',
    ).split("\n")
