"""Layouts: how the settings module that is started comes to its key."""

from __future__ import annotations

from oracle.builder import Builder, construct, indented
from oracle.constructs.texts import plain
from oracle.project import ROOT, SECRET, Module


@construct("layout", "one module")
def _layout_one(b: Builder) -> None:
    _write_body(b)


@construct("layout", "package of settings", across=True)
def _layout_package(b: Builder) -> None:
    b.module = Module(f"{ROOT}.settings", b.production)
    _write_body(b)
    if b.pick(2):
        sibling = Module(f"{ROOT}.settings", "dev")
        sibling.body = [f"SECRET_KEY = {plain(b)}", "DEBUG = True"]
        b.modules.append(sibling)


@construct("layout", "package whose __init__ imports", across=True)
def _layout_init(b: Builder) -> None:
    inner = Module(f"{ROOT}.settings", b.production)
    b.module = inner
    _write_body(b)
    b.modules.append(inner)
    b.module = Module(f"{ROOT}.settings", "__init__")
    b.module.body.append(f"from .{b.production} import *")


@construct("layout", "a module for production and one for development", across=True)
def _layout_two(b: Builder) -> None:
    b.module = Module(f"{ROOT}.settings", b.one_of(b.production, "deployed", "main"))
    base = _base(b)
    taken = f"from .{base.name} import *"
    development = Module(f"{ROOT}.settings", b.development)
    development.body += [taken, "DEBUG = True"]
    with b.inside(development):
        b.module.body += b.bind("SECRET_KEY") if b.pick(2) else []
    b.modules.append(development)
    b.project.development = development.dotted
    b.module.body.append(taken)
    b.module.body += b.choose("taken over") if b.pick(2) else []


@construct("taken over", "overridden", leaf=True)
def _taken_overridden(b: Builder) -> list[str]:
    return b.bind("SECRET_KEY")


@construct("taken over", "refused", leaf=True)
def _taken_refused(b: Builder) -> list[str]:
    test = b.one_of("not SECRET_KEY", "<condition>", "len(SECRET_KEY or '') < 20")
    return [f"if {test}:", *indented(b.choose(b.one_of("refuse", "warn")))]


@construct("taken over", "used again")
def _taken_again(b: Builder) -> list[str]:
    b.need("import os")
    name = b.variable()
    return [
        b.one_of(
            f'SECRET_KEY = os.environ.get("{name}", SECRET_KEY)',
            f'SECRET_KEY = os.environ["{name}"]',
            f'SECRET_KEY = os.environ.get("{name}") or SECRET_KEY',
            "SECRET_KEY = SECRET_KEY or <value>",
        )
    ]


def _write_body(b: Builder) -> None:
    b.module.body += b.choose("body")


@construct("body", "bound here", leaf=True)
def _body_here(b: Builder) -> list[str]:
    return b.bind("SECRET_KEY")


@construct("body", "star import of the base", across=True)
def _body_star(b: Builder) -> list[str]:
    return [f"from .{_base(b).name} import *"]


@construct("body", "star import with __all__", across=True)
def _body_all(b: Builder) -> list[str]:
    base = _base(b)
    if b.pick(3):
        base.body.append(
            b.one_of(
                '__all__ = ["SECRET_KEY"]', '__all__ = ("SECRET_KEY", )', '__all__ = []\n__all__ += ["SECRET_KEY"]'
            )
        )
        return [f"from .{base.name} import *"]
    base.body += ["TIME_ZONE = 'UTC'", '__all__ = ["TIME_ZONE"]']
    return [f"from .{base.name} import *", *(b.bind("SECRET_KEY") if b.pick(2) else [])]


@construct("body", "base overridden", across=True)
def _body_override(b: Builder) -> list[str]:
    return [f"from .{_base(b).name} import *", *b.bind("SECRET_KEY")]


@construct("body", "base overridden in one case", across=True)
def _body_override_one(b: Builder) -> list[str]:
    lines = [f"from .{_base(b).name} import *"]
    return [*lines, "if <condition>:", *indented(b.bind("SECRET_KEY"))]


@construct("body", "base refused", across=True)
def _body_refuse(b: Builder) -> list[str]:
    form = b.pick(3)
    if form < 2:
        base = _base(b)
        test = ("<condition>", "not SECRET_KEY")[form]
        return [f"from .{base.name} import *", f"if {test}:", *indented(b.choose("refuse"))]
    base = b.new_module("base", "general", "core")
    with b.inside(base):
        b.need("import os")
        base.body = [b.expanded("DEFAULT = <text>"), f'SECRET_KEY = os.environ.get("{b.variable()}", DEFAULT)']
    return [f"from .{base.name} import *", "if SECRET_KEY == DEFAULT:", *indented(b.choose("refuse"))]


@construct("body", "base used again", across=True)
def _body_again(b: Builder) -> list[str]:
    base = _base(b)
    form = b.pick(4)
    if form == 0:
        return [f"from .{base.name} import *", "SECRET_KEY = SECRET_KEY or <text>"]
    if form == 1:
        return [f"from . import {base.name}", f"SECRET_KEY = {base.name}.SECRET_KEY"]
    if form == 2:
        return [f"from .{base.name} import SECRET_KEY as inherited", "SECRET_KEY = inherited"]
    b.need("import os")
    return [f"from .{base.name} import SECRET_KEY", f'SECRET_KEY = os.environ.get("{b.variable()}", SECRET_KEY)']


@construct("body", "key imported by name", across=True)
def _body_named(b: Builder) -> list[str]:
    module = b.new_module("keys", "credentials")
    name = b.one_of("SECRET_KEY", "SIGNING", "key")
    with b.inside(module):
        module.body += b.bind(name)
    if name == "SECRET_KEY" and b.pick(2):
        return [f"from .{module.name} import SECRET_KEY"]
    return b.one_of(
        f"from .{module.name} import {name} as SECRET_KEY",
        f"from . import {module.name}\nSECRET_KEY = {module.name}.{name}",
        f"import {module.dotted}\nSECRET_KEY = {module.dotted}.{name}",
        f"import importlib\nSECRET_KEY = importlib.import_module('{module.dotted}').{name}",
        f'SECRET_KEY = __import__("{module.dotted}", fromlist=["{name}"]).{name}',
        f"from {module.dotted} import {name}\nSECRET_KEY = {name}",
    ).split("\n")


@construct("body", "one of two modules", across=True)
def _body_one_of_two(b: Builder) -> list[str]:
    first, second = _base(b), _base(b)
    return ["if <condition>:", f"    from .{first.name} import *", "else:", f"    from .{second.name} import *"]


@construct("body", "local settings, present", across=True)
def _body_local(b: Builder) -> list[str]:
    lines = b.bind("SECRET_KEY")
    name = b.one_of("local_settings", "overrides")
    b.project.for_development |= name == "local_settings"
    module = b.new_module(name)
    with b.inside(module):
        module.body += b.bind("SECRET_KEY")
    return [*lines, "try:", f"    from .{module.name} import *", "except ImportError:", "    pass"]


@construct("body", "local settings, ignored", across=True)
def _body_local_ignored(b: Builder) -> list[str]:
    b.project.ignored[f"{b.module.package.replace('.', '/')}/local_settings.py"] = f'SECRET_KEY = "{SECRET}"\n'
    lines = [] if not b.pick(4) else b.bind("SECRET_KEY")
    if b.pick(2):
        return [*lines, "try:", "    from .local_settings import *", "except ImportError:", "    pass"]
    otherwise = b.bind("SECRET_KEY") if b.pick(2) else b.choose("refuse")
    return ["try:", "    from .local_settings import SECRET_KEY", "except ImportError:", *indented(otherwise)]


@construct("body", "local settings, absent", across=True)
def _body_local_absent(b: Builder) -> list[str]:
    lines = b.bind("SECRET_KEY")
    return [
        *lines,
        "try:",
        "    from .site_settings import *",
        b.one_of("except ImportError:", "except ModuleNotFoundError:", "except Exception:"),
        *(["    pass"] if b.pick(2) else indented(b.bind("SECRET_KEY"))),
    ]


@construct("body", "exec of a file", across=True)
def _body_exec(b: Builder) -> list[str]:
    b.need("import os")
    module = b.new_module("extra")
    with b.inside(module):
        module.body += b.bind("SECRET_KEY")
    path = b.path_to(f"{module.name}.py")
    return b.one_of(
        f"exec(open({path}).read())",
        f"with open({path}) as file:\n    exec(file.read())",
        f"exec(compile(open({path}).read(), 'extra', 'exec'))",
        f"if os.path.exists({path}):\n    exec(open({path}).read())",
        f"exec(open({path}).read(), globals())",
    ).split("\n")


@construct("body", "include of split settings", across=True, needs="split_settings")
def _body_include(b: Builder) -> list[str]:
    b.need("from split_settings.tools import include, optional")
    module = _base(b)
    form = b.pick(3)
    if form == 0:
        return [f'include("{module.name}.py")']
    if form == 1:
        return [
            f'include("{module.name}.py", optional("nowhere.py"))',
            "if <condition>:",
            *indented(b.bind("SECRET_KEY")),
        ]
    return [*b.bind("SECRET_KEY"), f'include(optional("{module.name}.py"))']


@construct("body", "namespace of another module", across=True)
def _body_namespace(b: Builder) -> list[str]:
    module = _base(b)
    return b.one_of(
        f"from . import {module.name}\nglobals().update(vars({module.name}))",
        f"from . import {module.name}\nfor name in dir({module.name}):\n    if name.isupper():\n"
        f"        globals()[name] = getattr({module.name}, name)",
        f"from . import {module.name}\nglobals().update({{k: v for k, v in vars({module.name}).items() if k.isupper()}})",
    ).split("\n")


@construct("body", "environment set by another module", across=True)
def _body_environment(b: Builder) -> list[str]:
    b.need("import os")
    module = b.new_module("environment_defaults", "startup")
    name = b.carrier()
    with b.inside(module):
        b.need("import os")
        module.body.append(b.one_of(f'os.environ.setdefault("{name}", <text>)', f'os.environ["{name}"] = <text>'))
    return [f"from . import {module.name}", f'SECRET_KEY = os.environ["{name}"]']


@construct("body", "environment file", across=True, needs="environ")
def _body_environment_file(b: Builder) -> list[str]:
    name = b.variable()
    path = f"{b.module.package.replace('.', '/')}/.env"
    form = b.pick(3)
    if form == 0:
        b.project.files[path] = f"{name}={b.token()}\n"
    elif form == 1:
        b.project.ignored[path] = f"{name}={SECRET}\n"
    where = b.path_to(".env")
    library = b.pick(3)
    if library == 0:
        b.need("import environ")
        b.need("env = environ.Env()")
        return [
            f"environ.Env.read_env({where})",
            b.one_of(f'SECRET_KEY = env("{name}")', f'SECRET_KEY = env("{name}", default=<text>)'),
        ]
    b.need("import os")
    if library == 1:
        b.need("from dotenv import load_dotenv")
        return [
            f"load_dotenv({where})",
            b.one_of(f'SECRET_KEY = os.environ["{name}"]', f'SECRET_KEY = os.getenv("{name}", <text>)'),
        ]
    b.need("from dotenv import dotenv_values")
    return [
        b.one_of(
            f'SECRET_KEY = dotenv_values({where}).get("{name}")',
            f'SECRET_KEY = {{**dotenv_values({where}), **os.environ}}["{name}"]',
        )
    ]


@construct("body", "file that is ignored or absent", across=True)
def _body_file(b: Builder) -> list[str]:
    name = b.name("secret") + ".txt"
    if b.pick(2):
        b.project.ignored[f"{b.module.package.replace('.', '/')}/{name}"] = f"{SECRET}\n"
    reading = b.choose("read", name)
    if b.pick(3) == 0:
        return [f"SECRET_KEY = {reading}"]
    otherwise = b.bind("SECRET_KEY") if b.pick(3) else b.choose("refuse")
    return [
        "try:",
        f"    SECRET_KEY = {reading}",
        b.one_of("except OSError:", "except FileNotFoundError:"),
        *indented(otherwise),
    ]


@construct("body", "django-configurations", across=True, needs="configurations")
def _body_configurations(b: Builder) -> list[str]:
    b.need("from configurations import Configuration, values")
    b.project.configuration = "Production"
    form = b.pick(4)
    if form == 0:
        return ["class Production(Configuration):", "    SECRET_KEY = <value>"]
    if form == 1:
        b.variables["DJANGO_SECRET_KEY"] = None
        value = b.one_of("values.SecretValue()", "values.Value(<text>)", "values.Value()")
        return ["class Production(Configuration):", f"    SECRET_KEY = {value}"]
    lines = ["class Base(Configuration):", "    SECRET_KEY = <value>"]
    if form == 2:
        return [*lines, "class Production(Base):", "    DEBUG = False"]
    return [*lines, "class Production(Base):", "    SECRET_KEY = <value>"]


def _base(b: Builder) -> Module:
    module = b.new_module("base", "general", "core")
    with b.inside(module):
        module.body += b.choose("body") if b.depth < 3 else b.bind("SECRET_KEY")
    return module
