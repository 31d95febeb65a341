"""Starts Django with generated projects and says which key it then has: a process of its own, which forks for each.

It reads a request a line, as JSON, and answers each with a line. A request names a folder, the one in it that
modules are imported from, and worlds: a settings module, environment variables, arguments, files that only this world
has. Each world is a start of its own, with the
modules of the project imported anew; what Django ends up with is the key, the former keys, or the exception's type.
"""

import contextlib
import functools
import importlib
import inspect
import io
import json
import os
import random
import signal
import sys
import traceback
import types
import warnings
from typing import Any

import django.conf
import django.utils.functional

SECONDS = 20
"""After which a start is ended."""

_CONF = django.conf

_PRELOADED = (
    "django.core.management.utils",
    "django.core.exceptions",
    "base64",
    "collections",
    "configurations",
    "contextlib",
    "dataclasses",
    "decouple",
    "dotenv",
    "dynaconf",
    "enum",
    "environ",
    "environs",
    "hashlib",
    "logging",
    "platform",
    "pydantic",
    "pydantic_settings",
    "random",
    "secrets",
    "socket",
    "split_settings.tools",
    "string",
    "types",
    "uuid",
)


def serve() -> None:
    """Answer requests until there are no more."""
    for name in _PRELOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    sys.dont_write_bytecode = True
    inspect.stack = _frames
    if "dynaconf" in sys.modules:  # it compares a name with all of Django's settings, for each that it gets or sets
        utils = sys.modules["dynaconf.utils"]
        utils.find_the_correct_casing = functools.cache(utils.find_the_correct_casing)
    answers = os.fdopen(os.dup(1), "wb")
    for line in sys.stdin.buffer:
        answers.write(_in_a_child(json.loads(line)) + b"\n")
        answers.flush()


def _frames(_context: int = 0) -> list[inspect.FrameInfo]:
    """What `inspect.stack` returns, without the lines of the sources: dynaconf asks often, and has no use for them."""
    frames = []
    frame = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        frames.append(inspect.FrameInfo(frame, code.co_filename, frame.f_lineno, code.co_name, None, None))
        frame = frame.f_back
    return frames


def _in_a_child(request: dict[str, Any]) -> bytes:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        answer = b"null"
        try:
            signal.alarm(SECONDS)
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            answer = json.dumps(_run(request)).encode()
        finally:
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(answer)
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return answer or b"null"


def _run(request: dict[str, Any]) -> list[dict[str, Any]]:
    sys.stdout = sys.stderr = io.StringIO()
    warnings.simplefilter("ignore")
    loaded = set(sys.modules)
    paths = list(sys.path)
    os.chdir(request["folder"])
    return [_start(request, world, loaded, paths) for world in request["worlds"]]


def _start(request: dict[str, Any], world: dict[str, Any], loaded: set[str], paths: list[str]) -> dict[str, Any]:
    for name in set(sys.modules) - loaded:
        if _is_of_the_project(sys.modules[name], request["folder"]) or name == "pytest":
            del sys.modules[name]
    os.environ.clear()
    os.environ.update(world["environment"])
    os.environ["DJANGO_SETTINGS_MODULE"] = world["settings"]
    sys.argv[:] = world["arguments"]
    sys.path[:] = [os.path.join(request["folder"], request["root"]), *paths]
    if world.get("pytest"):
        sys.modules["pytest"] = types.ModuleType("pytest")
    _forget()
    random.seed()
    for path, text in world["files"].items():
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    importlib.invalidate_caches()
    try:
        return _key(world["settings"], request["configuration"])
    except BaseException as error:
        return {"error": type(error).__name__, "text": traceback.format_exc(limit=-3)}
    finally:
        for path in world["files"]:
            with contextlib.suppress(OSError):
                os.unlink(path)


def _forget() -> None:
    """Have libraries be as they were before another start."""
    if "decouple" in sys.modules:
        sys.modules["decouple"].config.config = None
    sys.modules["django.conf"] = _CONF  # dynaconf puts its own in the place of it
    _CONF.settings._wrapped = django.utils.functional.empty


def _key(module: str, configuration: str) -> dict[str, Any]:
    if configuration:
        # what `configurations.setup()` does, without the applications: the class's attributes become the module's
        cls = getattr(importlib.import_module(module), configuration)
        cls.pre_setup()
        cls.setup()
        settings_module = sys.modules[module]
        instance = cls()
        for name in dir(cls):
            if name.isupper():
                value = getattr(instance, name)
                setattr(settings_module, name, value() if callable(value) else value)
    settings = _CONF.LazySettings()
    key = settings.SECRET_KEY
    return {"key": _as_text(key), "fallbacks": [_as_text(each) for each in settings.SECRET_KEY_FALLBACKS if each]}


def _as_text(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if not isinstance(value, str):
        raise TypeError("the key is no text")
    return value


def _is_of_the_project(module: Any, folder: str) -> bool:
    origin = getattr(module, "__file__", None)
    if origin:
        return str(origin).startswith(folder)
    return any(str(path).startswith(folder) for path in getattr(module, "__path__", ()))


if __name__ == "__main__":
    serve()
