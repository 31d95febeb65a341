"""Lookups: some fail where the variable is missing, the soft ones yield None or an empty text."""

from __future__ import annotations

from oracle.builder import Builder, construct


@construct("lookup", "os.environ[]", leaf=True)
def _environ(b: Builder) -> str:
    name = b.variable()
    form = b.pick(4)
    if form == 1:
        b.need("from os import environ")
        return f'environ["{name}"]'
    if form == 2:
        b.need("import os as system")
        return f'system.environ["{name}"]'
    b.need("import os")
    return f'os.environ["{name}"]' if form == 0 else f'os.environ.__getitem__("{name}")'


@construct("lookup", "name of the variable in a constant", leaf=True)
def _environ_constant(b: Builder) -> str:
    b.need("import os")
    constant = b.name("VARIABLE")
    b.define(f'{constant} = "{b.variable()}"')
    return b.one_of(f"os.environ[{constant}]", f'os.environ[f"{{{constant}}}"]', f"os.environ[{constant}[:] ]")


@construct("lookup", "helper that fails")
def _failing_helper(b: Builder) -> str:
    def write() -> str:
        b.need("import os")
        name = b.name("require", "get_secret")
        refusal = "\n        ".join(b.choose("refuse"))
        b.define(
            *b.one_of(
                f"def {name}(name):\n    return os.environ[name]",
                f"def {name}(name):\n    value = os.environ.get(name)\n    if not value:\n        {refusal}\n    return value",
                f"def {name}(name):\n    if name not in os.environ:\n        {refusal}\n    return os.environ[name]",
                f"def {name}(name):\n    try:\n        return os.environ[name]\n    except KeyError:\n        {refusal}",
                f"def {name}(name):\n    try:\n        value = os.environ[name]\n    except KeyError:\n"
                f"        {refusal}\n    else:\n        return value",
                f"def {name}(name, default=None):\n    value = os.getenv(name, default)\n    if value is None:\n"
                f"        {refusal}\n    return value",
            ).split("\n")
        )
        return name

    return f'{b.defined(write)}("{b.variable()}")'


@construct("lookup", "django-environ", leaf=True, needs="environ")
def _django_environ(b: Builder) -> str:
    b.need("import environ")
    b.need("env = environ.Env()")
    name = b.variable()
    return b.one_of(f'env("{name}")', f'env.str("{name}")', f'env.get_value("{name}")', f'env("{name}", str)')


@construct("lookup", "python-decouple", leaf=True, needs="decouple")
def _decouple(b: Builder) -> str:
    b.need("from decouple import config")
    name = b.variable()
    return b.one_of(f'config("{name}")', f'config("{name}", cast=str)')


@construct("lookup", "environs", leaf=True, needs="environs")
def _environs(b: Builder) -> str:
    b.need("from environs import Env as Environs")
    b.need("environs = Environs()")
    name = b.variable()
    return b.one_of(f'environs("{name}")', f'environs.str("{name}")')


@construct("lookup", "pydantic-settings", leaf=True, needs="pydantic_settings")
def _pydantic(b: Builder) -> str:
    def write() -> str:
        b.need("from pydantic_settings import BaseSettings")
        name = b.name("Conf")
        b.define(f"class {name}(BaseSettings):", f"    {b.variable().lower()}: str")
        return f"{name}().{list(b.variables)[-1].lower()}"

    variable = b.variable()
    b.need("from pydantic_settings import BaseSettings")
    name = b.name("Conf")
    b.define(f"class {name}(BaseSettings):", f"    {variable.lower()}: str")
    return f"{name}().{variable.lower()}"


# soft lookups: None or an empty text where the variable is missing


@construct("soft", "os.environ.get", leaf=True)
def _environ_get(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    return f'os.environ.get("{name}"' + b.one_of(")", ", None)", ', "")', ', default="")')


@construct("soft", "os.getenv", leaf=True)
def _getenv(b: Builder) -> str:
    name = b.variable()
    if b.pick(2):
        b.need("from os import getenv")
        return f'getenv("{name}")'
    b.need("import os")
    return f'os.getenv("{name}"' + b.one_of(")", ", None)", ', "")')


@construct("soft", "soft helper")
def _soft_helper(b: Builder) -> str:
    return f'<helper>("{b.variable()}")'


@construct("soft", "copy of the environment", leaf=True)
def _environ_copy(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    return b.one_of(
        f'dict(os.environ).get("{name}")', f'{{**os.environ}}.get("{name}")', f'os.environ.copy().get("{name}")'
    )


@construct("soft", "soft django-environ", leaf=True, needs="environ")
def _django_environ_soft(b: Builder) -> str:
    b.need("import environ")
    b.need("env = environ.Env()")
    return b.one_of('env("{}", default=None)', 'env.str("{}", "")', 'env.str("{}", default="")').format(b.variable())


@construct("soft", "soft python-decouple", leaf=True, needs="decouple")
def _decouple_soft(b: Builder) -> str:
    b.need("from decouple import config")
    return b.one_of('config("{}", default="")', 'config("{}", default=None)', 'config("{}", "")').format(b.variable())


@construct("soft", "soft environs", leaf=True, needs="environs")
def _environs_soft(b: Builder) -> str:
    b.need("from environs import Env as Environs")
    b.need("environs = Environs()")
    return b.one_of('environs("{}", None)', 'environs.str("{}", default="")').format(b.variable())
