"""Environment files, committed, ignored or absent, and texts like them in the code, each read by a library's own way."""

from __future__ import annotations

from oracle.builder import Builder, construct
from oracle.project import SECRET


@construct("value", "python-decouple with a file", across=True, needs="decouple")
def _decouple_searched(b: Builder) -> str:
    """It looks for `settings.ini` and `.env` from the folder of the module that calls it upward."""
    b.need("from decouple import config")
    name = b.variable()
    _write_decoupled(b, name)
    return b.one_of(
        f'config("{name}")',
        f'config("{name}", default=<text>)',
        f'config("{name}", cast=str)',
        f'config("{name}", default=<value>, cast=lambda value: value)',
        f'config("{name}", <text>)',
        f'config(option="{name}", default=<text>)',
    )


@construct("value", "python-decouple from a folder", across=True, needs="decouple")
def _decouple_folder(b: Builder) -> str:
    b.need("from decouple import AutoConfig")
    b.need("import os")
    name = b.variable()
    _write_decoupled(b, name)
    found = b.name("found")
    folder = b.one_of(
        "os.path.dirname(__file__)",
        "os.path.dirname(os.path.abspath(__file__))",
        "search_path=os.path.dirname(os.path.dirname(os.path.abspath(__file__)))",
    )
    b.define(f"{found} = AutoConfig({folder})")
    return b.one_of(f'{found}("{name}")', f'{found}("{name}", default=<text>)')


@construct("value", "python-decouple of a named file", across=True, needs="decouple")
def _decouple_named(b: Builder) -> str:
    name = b.variable()
    if b.pick(2):
        b.need("from decouple import Config, RepositoryIni")
        file = b.one_of("settings.ini", "app.ini")
        b.written(file, f"{name} = {SECRET}", "[settings]\n")
        made = f"Config(RepositoryIni({b.path_to(file)}))"
    else:
        b.need("from decouple import Config, RepositoryEnv")
        file = b.one_of(".env", "app.env")
        b.written(file, f"{name}={SECRET}")
        made = f"Config(RepositoryEnv({b.path_to(file)}))"
    if b.pick(2):
        found = b.name("found")
        b.define(f"{found} = {made}")
        made = found
    folder = b.module.package.replace(".", "/")
    if f"{folder}/{file}" not in b.project.files:  # with another default nothing starts where there is no file
        return made + b.one_of(f'("{name}")', f'.get("{name}")')
    return made + b.one_of(f'("{name}")', f'.get("{name}")', f'("{name}", default=<text>)', f'.get("{name}", <text>)')


def _write_decoupled(b: Builder, name: str) -> None:
    above = b.pick(3)
    if b.pick(3) == 2:
        b.written("settings.ini", f"{name} = {SECRET}", "[settings]\nDEBUG = 0\n", above=above)
    else:
        b.written(".env", f"{name}={SECRET}", above=above)


@construct("bind", "django-environ with a file", across=True, needs="environ")
def _environ_file(b: Builder, target: str) -> list[str]:
    b.need("import environ")
    b.need("env = environ.Env()")
    name = b.carrier()
    b.written(".env", f"{name}={SECRET}")
    where = b.path_to(".env")
    if f"{b.module.package.replace('.', '/')}/.env" not in b.project.files and b.pick(4) == 3:
        # with a default nothing starts where there is no file
        return [f"with open({where}) as file:", "    env.read_env(file)", f'{target} = env("{name}")']
    read = b.one_of(
        f"environ.Env.read_env({where})",
        f"env.read_env({where})",
        f"env.read_env(str({where}))",
        f"env.read_env(env_file={where})",
        f"env.read_env({where}, overwrite=True)",
        "environ.Env.read_env()",
        f"env.read_env({where}, {name}=<text>)",
    )
    return [read, b.one_of(f'{target} = env("{name}")', f'{target} = env("{name}", default=<text>)')]


@construct("bind", "django-environ with a text", needs="environ")
def _environ_text(b: Builder, target: str) -> list[str]:
    b.need("import environ, io")
    b.need("env = environ.Env()")
    name = b.carrier()
    return [
        b.one_of(
            f'env.read_env(io.StringIO("{name}=<token>\\n"))',
            f'environ.Env.read_env(io.StringIO("DEBUG=0\\n{name}=<token>"))',
            f'env.read_env(io.StringIO("{name}=" + <text>))',
            f"env.read_env(io.StringIO(''), {name}=<text>)",
            f'env.read_env(io.StringIO("{name}=<token>"), overwrite=True)',
        ),
        b.one_of(f'{target} = env("{name}")', f'{target} = env.str("{name}", default=<text>)'),
    ]


@construct("bind", "dotenv with a file", across=True, needs="dotenv")
def _dotenv_file(b: Builder, target: str) -> list[str]:
    b.need("import os")
    b.need("from dotenv import find_dotenv, load_dotenv")
    name = b.carrier()
    above = b.pick(2)
    b.written(".env", f"{name}={SECRET}", above=above)
    where = b.path_to(".env")
    load = b.one_of(
        "load_dotenv()",
        "load_dotenv(find_dotenv())",
        f"load_dotenv({where})",
        f"load_dotenv(dotenv_path={where}, override=True)",
        f"load_dotenv({where}, verbose=True)",
    )
    return [load, b.one_of(f'{target} = os.environ["{name}"]', f'{target} = os.getenv("{name}", <text>)')]


@construct("bind", "dotenv with a text", needs="dotenv")
def _dotenv_text(b: Builder, target: str) -> list[str]:
    b.need("import io, os")
    b.need("from dotenv import dotenv_values, load_dotenv")
    name = b.carrier()
    form = b.pick(3)
    if form == 2:
        return [
            f'{target} = dotenv_values(stream=io.StringIO("{name}=<token>"))'
            + b.one_of(f'["{name}"]', f'.get("{name}")', f'.get("{name}", <text>)')
        ]
    return [
        f'load_dotenv(stream=io.StringIO("{name}=<token>\\nOTHER=1"){", override=True" if form else ""})',
        b.one_of(f'{target} = os.environ["{name}"]', f'{target} = os.environ.get("{name}", <text>)'),
    ]


@construct("bind", "environs with a file", across=True, needs="environs")
def _environs_file(b: Builder, target: str) -> list[str]:
    b.need("from environs import Env as Environs")
    b.need("environs = Environs()")
    name = b.carrier()
    above = b.pick(2)
    b.written(".env", f"{name}={SECRET}", above=above)
    where = b.path_to(".env")
    return [
        b.one_of(
            "environs.read_env()",
            f"environs.read_env({where})",
            f"environs.read_env(str({where}), recurse=False)",
            f"environs.read_env(path={where}, override=True)",
        ),
        b.one_of(f'{target} = environs("{name}")', f'{target} = environs.str("{name}", default=<text>)'),
    ]


@construct("value", "lookup with a cast", needs="decouple")
def _cast(b: Builder) -> str:
    b.need("from decouple import config")
    name = b.variable()
    return b.one_of(
        f'config("{name}", default="", cast=lambda value: value or <text>)',
        f'config("{name}", default=<text>, cast=lambda value: value.strip())',
        f'config("{name}", default=<text>, cast=lambda value: value[:60])',
        f'config("{name}", cast=str, default=<text>)',
    )


@construct("value", "django-environ scheme with a cast", needs="environ")
def _scheme(b: Builder) -> str:
    b.need("import environ")
    name = b.variable()
    scheme = b.name("scheme")
    b.define(
        *b.one_of(
            f'{scheme} = environ.Env(**{{"{name}": (str, <text>)}})',
            f"{scheme} = environ.Env(DEBUG=(bool, False), {name}=(str, <text>))",
            f"{scheme} = environ.Env({name}=str)",
            f"{scheme} = environ.FileAwareEnv({name}=(str, <text>))",
            f'DEFAULTS_OF_{scheme} = {{"{name}": (str, <text>)}}\n{scheme} = environ.Env(**DEFAULTS_OF_{scheme})',
        ).split("\n")
    )
    return b.one_of(
        f'{scheme}("{name}")', f'{scheme}.str("{name}")', f'{scheme}("{name}", cast=str)', f'{scheme}("{name}", str)'
    )
