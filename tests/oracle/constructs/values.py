"""Expressions for a key: texts, lookups, lookups with a default, choices."""

from __future__ import annotations

from oracle.builder import Builder, construct


@construct("value", "value: text")
def _value_text(b: Builder) -> str:
    return b.text()


@construct("value", "value: lookup")
def _value_lookup(b: Builder) -> str:
    return str(b.choose("lookup"))


@construct("value", "value: soft lookup")
def _value_soft(b: Builder) -> str:
    return str(b.choose("soft"))


@construct("value", "get with default")
def _value_default(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    return b.one_of(
        f'os.environ.get("{name}", <value>)',
        f'os.getenv("{name}", <value>)',
        f'os.environ.get("{name}", default=<value>)',
        f'os.getenv(key="{name}", default=<value>)',
        f'os.environ.get(*("{name}", <value>))',
        f'os.environ.get("{name}", <text>)',
    )


@construct("value", "setdefault and pop")
def _value_setdefault(b: Builder) -> str:
    b.need("import os")
    name = b.carrier()
    return b.one_of(
        f'os.environ.setdefault("{name}", <text>)',
        f'os.environ.pop("{name}", <text>)',
        f'dict(os.environ).setdefault("{name}", <text>)',
    )


@construct("value", "or")
def _value_or(b: Builder) -> str:
    return b.one_of(
        "(<soft> or <value>)",
        "(<soft> or <text>)",
        "(<soft> or <soft> or <value>)",
    )


@construct("value", "conditional expression")
def _value_conditional(b: Builder) -> str:
    return "(<value> if <condition> else <value>)"


@construct("value", "and-or")
def _value_and_or(b: Builder) -> str:
    return "(<condition> and <text> or <value>)"


@construct("value", "helper call")
def _value_helper(b: Builder) -> str:
    helper, name = b.choose("helper"), b.variable()
    return (
        b.one_of(
            f'{helper}("{name}", <value>)',
            f'{helper}("{name}", default=<text>)',
            f'{helper}(*["{name}", <text>])',
        )
        if b.pick(3)
        else f'{helper}("{name}", <text>)'
    )


@construct("value", "partial with default")
def _value_partial(b: Builder) -> str:
    b.need("import functools")
    b.need("import os")
    name = b.variable()
    return b.one_of(
        f'functools.partial(os.environ.get, "{name}")(<text>)',
        f'functools.partial(os.getenv, "{name}", <text>)()',
        f'functools.partial(<helper>, default=<text>)("{name}")',
    )


@construct("value", "first that is set")
def _value_first(b: Builder) -> str:
    return b.one_of(
        "next((each for each in (<soft>, <text>) if each), None)",
        "next(filter(None, [<soft>, <value>]))",
        "[each for each in (<soft>, <text>) if each][0]",
    )


@construct("value", "merged tables")
def _value_merged(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    form = b.pick(4)
    if form == 0:
        return f'{{**{{"{name}": <text>}}, **os.environ}}["{name}"]'
    if form == 1:
        return f'({{"{name}": <text>}} | dict(os.environ))["{name}"]'
    if form == 2:
        return f'dict({{"{name}": <text>}}, **os.environ)["{name}"]'
    b.need("from collections import ChainMap")
    return f'ChainMap(os.environ, {{"{name}": <text>}})["{name}"]'


@construct("value", "choice from a table")
def _value_choice(b: Builder) -> str:
    environment = b.choose("environment")
    table = f'{{"{b.development}": <text>, "{b.production}": <value>}}'
    return b.one_of(f"{table}[{environment}]", f"{table}.get({environment})", f"{table}.get({environment}, <value>)")


@construct("value", "mixed with the environment")
def _value_mixed(b: Builder) -> str:
    return b.one_of(
        "(<lookup> + <text>)",
        "(<text> + (<soft> or ''))",
        "'{}{}'.format(<text>, <lookup>)",
    )


@construct("value", "text of a lookup")
def _value_str(b: Builder) -> str:
    return b.one_of("str(<soft>)", "'%s' % (<soft>,)", '"{}".format(<soft>)')


@construct("value", "method of a lookup")
def _value_method(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    method = b.one_of(".strip()", ".encode()", '.replace("a", "b")', '.split(",")[0]', "[:60]", '.strip("x").upper()')
    return b.one_of(
        f'os.environ.get("{name}", <text>){method}',
        f'os.environ["{name}"]{method}',
        f'os.environ.get("{name}", ""){method}',
    )


@construct("value", "walrus")
def _value_walrus(b: Builder) -> str:
    return f"({b.name('bound')} := <value>)"


@construct("value", "random", leaf=True)
def _value_random(b: Builder) -> str:
    form = b.pick(5)
    if form == 0:
        b.need("from django.core.management.utils import get_random_secret_key")
        return "get_random_secret_key()"
    if form == 1:
        b.need("import secrets")
        return b.one_of("secrets.token_urlsafe(50)", "secrets.token_hex()")
    if form == 2:
        b.need("import random, string")
        return '"".join(random.choice(string.ascii_letters) for _ in range(50))'
    if form == 3:
        b.need("import uuid")
        return "str(uuid.uuid4())"
    b.need("import os")
    return "os.urandom(32).hex()"


@construct("value", "nothing", leaf=True)
def _value_nothing(b: Builder) -> str:
    return b.one_of("None", '""', "str()", "False", "[]")


@construct("value", "host name", leaf=True)
def _value_derived(b: Builder) -> str:
    b.need("import platform, socket")
    b.project.derived = True
    return b.one_of("socket.gethostname()", "platform.node()", "__file__", '__name__ + "/" + __file__')


@construct("value", "django-environ default", needs="environ")
def _value_environ_default(b: Builder) -> str:
    b.need("import environ")
    name = b.variable()
    form = b.pick(5)
    if form == 4:
        scheme = b.name("scheme")
        b.define(f"{scheme} = environ.Env({name}=(str, <text>))")
        return b.one_of(f'{scheme}("{name}")', f'{scheme}.str("{name}")')
    b.need("env = environ.Env()")
    return (
        f'env("{name}", default=<text>)',
        f'env.str("{name}", <text>)',
        f'env.str("{name}", default=<value>)',
        f'env.get_value("{name}", default=<text>)',
    )[form]


@construct("value", "python-decouple default", needs="decouple")
def _value_decouple_default(b: Builder) -> str:
    b.need("from decouple import config")
    name = b.variable()
    return b.one_of(
        f'config("{name}", default=<text>)',
        f'config("{name}", <value>)',
        f'config("{name}", default=<text>, cast=str)',
    )


@construct("value", "environs default", needs="environs")
def _value_environs_default(b: Builder) -> str:
    b.need("from environs import Env as Environs")
    b.need("environs = Environs()")
    name = b.variable()
    if b.pick(3) == 2:
        prefixed = b.name("prefixed")
        b.define('with environs.prefixed("P_"):', f'    {prefixed} = environs("{name}", <text>)')
        b.variables[f"P_{name}"] = None
        return prefixed
    return b.one_of(f'environs("{name}", <text>)', f'environs.str("{name}", default=<text>)')


@construct("value", "pydantic-settings default", needs="pydantic_settings")
def _value_pydantic_default(b: Builder) -> str:
    def write() -> str:
        b.need("from pydantic_settings import BaseSettings, SettingsConfigDict")
        b.need("from pydantic import Field, SecretStr")
        name = b.name("Conf")
        b.define(
            *b.one_of(
                f"class {name}(BaseSettings):\n    {variable.lower()}: str = <text>",
                f"class {name}(BaseSettings):\n    {variable.lower()}: str = Field(<text>)",
                f"class {name}(BaseSettings):\n    {variable.lower()}: str = Field(default=<text>)",
                f"class {name}(BaseSettings):\n    {variable.lower()}: str = Field(default_factory=lambda: <text>)",
                f"class {name}(BaseSettings):\n    model_config = SettingsConfigDict(extra='ignore')\n"
                f"    {variable.lower()}: str = <text>",
                f"class {name}(BaseSettings):\n    hidden: SecretStr = Field(SecretStr(<text>),"
                f" validation_alias='{variable}')\n"
                f"    @property\n    def {variable.lower()}(self):\n        return self.hidden.get_secret_value()",
            ).split("\n")
        )
        return name

    variable = b.variable()
    return f"{b.defined(write)}().{variable.lower()}"
