"""Settings of dynaconf: its files, its environments, what it reads from variables, and the way it takes over Django's."""

from __future__ import annotations

from oracle.builder import Builder, construct
from oracle.project import SECRET

_FILES = ("settings.toml", "settings.yaml", ".secrets.toml", ".secrets.yaml")


@construct("value", "dynaconf", across=True, needs="dynaconf")
def _dynaconf(b: Builder) -> str:
    b.need("import os")
    b.need("from dynaconf import Dynaconf")
    made = b.name("settings_of")
    form = b.pick(3)
    prefix, options = (
        ("DYNACONF", ""),
        ("SHOP", 'envvar_prefix="SHOP", '),
        ("", "envvar_prefix=False, "),
    )[form]
    environments = b.pick(2) == 1
    name = b.one_of(*_FILES)
    _write_file(b, name, environments)
    root = "root_path=os.path.dirname(os.path.abspath(__file__))"
    if environments:
        options += "environments=True, "
        options += _switched(b)
    b.variables["_".join(filter(None, (prefix, "SECRET_KEY")))] = None
    b.define(f'{made} = Dynaconf({options}settings_files=["{name}"], {root})')
    return made + b.one_of(
        ".SECRET_KEY",
        '["SECRET_KEY"]',
        '.get("SECRET_KEY")',
        '.get("SECRET_KEY", <text>)',
        '.get("SECRET_KEY", default=<text>)',
    )


@construct("body", "DjangoDynaconf", across=True, needs="dynaconf")
def _django_dynaconf(b: Builder) -> list[str]:
    name = b.one_of(*_FILES)
    _write_file(b, name, True)
    b.project.environments["DJANGO_ENV"] = (b.production, b.development)
    b.variables["DJANGO_SECRET_KEY"] = None
    before = b.bind("SECRET_KEY") if b.pick(2) else ["DEBUG = False"]
    options = b.one_of("", f', settings_files=["{name}"]', f', default_settings_paths=["{name}"]')
    return [*before, "import dynaconf", f"settings = dynaconf.DjangoDynaconf(__name__{options})"]


def _switched(b: Builder) -> str:
    """Which of its environments is the current one."""
    form = b.pick(3)
    if form == 0:
        b.project.environments["SHOP_MODE"] = (b.production, b.development)
        return 'env_switcher="SHOP_MODE", '
    if form == 1:
        return f'env="{b.production}", '
    b.project.environments["ENV_FOR_DYNACONF"] = (b.production, b.development)
    return ""


def _write_file(b: Builder, name: str, environments: bool) -> None:
    entry = f'SECRET_KEY = "{SECRET}"' if name.endswith("toml") else f'SECRET_KEY: "{SECRET}"'
    if not environments:
        b.written(name, entry)
        return
    for table in (["default"], [b.production], ["default", b.production], [b.development], ["global"])[b.pick(5)]:
        b.written(name, f"[{table}]\n{entry}" if name.endswith("toml") else f"{table}:\n    {entry}")
