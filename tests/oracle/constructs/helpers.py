"""Functions of a name and a default that settings define to look variables up."""

from __future__ import annotations

from oracle.builder import Builder, construct


@construct("helper", "helper: get with default", leaf=True)
def _helper_get(b: Builder) -> str:
    return _helper(
        b,
        "def {0}(name, default=None):\n    return os.environ.get(name, default)",
        'def {0}(name: str, default: str = "") -> str:\n    return os.environ.get(name, default)',
        "{0} = os.environ.get",
        "{0} = os.getenv",
        "{0} = lambda name, default=None: os.environ.get(name, default)",
    )


@construct("helper", "helper: try and except", leaf=True)
def _helper_try(b: Builder) -> str:
    return _helper(
        b,
        "def {0}(name, default=None):\n    try:\n        return os.environ[name]\n    except KeyError:\n        return default",
        "def {0}(name, default=None):\n    try:\n        value = os.environ[name]\n    except KeyError:\n"
        "        value = default\n    return value",
        "def {0}(name, default=None):\n    value = default\n    try:\n        value = os.environ[name]\n"
        "    except (KeyError, ValueError):\n        pass\n    return value",
    )


@construct("helper", "helper: try, and raise without default", leaf=True)
def _helper_raise(b: Builder) -> str:
    return _helper(
        b,
        "def {0}(name, default=None):\n    try:\n        return os.environ[name]\n    except KeyError:\n"
        "        if default is not None:\n            return default\n        raise",
        "def {0}(name, default=None):\n    try:\n        return os.environ[name]\n    except KeyError as error:\n"
        '        if default is None:\n            raise RuntimeError("missing") from error\n        return default',
        "def {0}(name, default=None):\n    value = os.environ.get(name, default)\n    if value is None:\n"
        "        raise ValueError(name)\n    return value",
        "_MISSING = object()\ndef {0}(name, default=_MISSING):\n    if name in os.environ:\n"
        "        return os.environ[name]\n    if default is _MISSING:\n        raise KeyError(name)\n    return default",
    )


@construct("helper", "helper: early return", leaf=True)
def _helper_early(b: Builder) -> str:
    return _helper(
        b,
        "def {0}(name, default=None):\n    value = os.environ.get(name)\n    if value:\n        return value\n    return default",
        "def {0}(name, default=None):\n    if name in os.environ:\n        return os.environ[name]\n    return default",
        "def {0}(name, default=None):\n    value = os.getenv(name)\n    if value is None:\n        return default\n"
        "    return value.strip()",
        "def {0}(name, default=None):\n    return os.environ[name] if name in os.environ else default",
        "def {0}(name, default=None):\n    return os.environ.get(name) or default",
    )


@construct("helper", "helper: *args and **kwargs", leaf=True)
def _helper_star(b: Builder) -> str:
    return _helper(
        b,
        "def {0}(*args, **kwargs):\n    return os.environ.get(*args, **kwargs)",
        "def {0}(name, *defaults, **named):\n    for each in (os.environ.get(name), *defaults, named.get('default')):\n"
        "        if each:\n            return each\n    return None",
        "def {0}(name, *args, default=None):\n    return os.environ.get(name, args[0] if args else default)",
    )


@construct("helper", "helper: nested", leaf=True)
def _helper_nested(b: Builder) -> str:
    return _helper(
        b,
        "def {0}(name, default=None):\n    def read(key):\n        return os.environ.get(key)\n    return read(name) or default",
        "def read_{0}(name):\n    return os.environ.get(name)\n"
        "def {0}(name, default=None):\n    found = read_{0}(name)\n    return default if found is None else found",
    )


@construct("helper", "helper: decorated", leaf=True)
def _helper_decorated(b: Builder) -> str:
    b.need("import functools")
    return _helper(
        b,
        "@functools.lru_cache(maxsize=None)\ndef {0}(name, default=None):\n    return os.environ.get(name, default)",
        "@functools.cache\ndef {0}(name, default=None):\n    return os.environ.get(name, default)",
        "def logged_{0}(function):\n    @functools.wraps(function)\n    def wrapper(*args, **kwargs):\n"
        "        return function(*args, **kwargs)\n    return wrapper\n"
        "@logged_{0}\ndef {0}(name, default=None):\n    return os.environ.get(name, default)",
    )


@construct("helper", "helper: cast", leaf=True)
def _helper_cast(b: Builder) -> str:
    return _helper(
        b,
        'def {0}(name, default="", cast=str):\n    return cast(os.environ.get(name, default))',
        'def {0}(name, default="", *, cast=lambda text: text.strip()):\n    return cast(os.environ.get(name, default))',
        'def {0}(name, default="", cast=None):\n    value = os.environ.get(name, default)\n'
        "    if cast is not None:\n        value = cast(value)\n    return value",
    )


@construct("helper", "helper: method", leaf=True)
def _helper_method(b: Builder) -> str:
    return _helper(
        b,
        "class Environment_{0}:\n    def get(self, name, default=None):\n        return os.environ.get(name, default)\n"
        "{0} = Environment_{0}().get",
        "class Environment_{0}:\n    def __call__(self, name, default=None):\n"
        "        return os.environ.get(name, default)\n{0} = Environment_{0}()",
        "class Environment_{0}:\n    def __init__(self, source):\n        self.source = source\n"
        "    def get(self, name, default=None):\n        return self.source.get(name, default)\n"
        "{0} = Environment_{0}(os.environ).get",
        "class Environment_{0}:\n    @staticmethod\n    def get(name, default=None):\n"
        "        return os.environ.get(name, default)\n{0} = Environment_{0}.get",
    )


@construct("helper", "helper: partial", leaf=True)
def _helper_partial(b: Builder) -> str:
    b.need("import functools")
    return _helper(
        b,
        "def read_{0}(source, name, default=None):\n    return source.get(name, default)\n"
        "{0} = functools.partial(read_{0}, os.environ)",
        "{0} = functools.partial(os.environ.get)",
    )


def _helper(b: Builder, *forms: str) -> str:
    def write() -> str:
        b.need("import os")
        name = b.name("get_env", "getvar")
        b.define(*b.one_of(*forms).format(name).split("\n"))
        return name

    return b.defined(write)
