"""DEBUG and the name of the environment: each is defined once a module."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

from oracle.builder import Builder, construct


@construct("debug", "DEBUG from the environment", leaf=True)
def _debug_environment(b: Builder) -> str:
    def write(b: Builder) -> str:
        b.need("import os")
        forms = (
            ('os.environ.get("DEBUG") == "1"', "1", "0"),
            ('bool(os.environ.get("DEBUG"))', "1", ""),
            ('os.environ.get("DEBUG", "0") in ("1", "true", "yes")', "true", "0"),
            ('os.environ.get("DEBUG", "1") == "1"', "1", "0"),
            ('bool(int(os.environ.get("DEBUG", "0")))', "1", "0"),
            ('os.environ.get("DEBUG", "").lower() == "true"', "true", "false"),
            ('os.environ.get("DEBUG", "True") != "False"', "True", "False"),
            ('"DEBUG" in os.environ', "1", None),
            ('{"1": True, "0": False}.get(os.environ.get("DEBUG", "0"), False)', "1", "0"),
        )
        form, on, off = forms[b.pick(len(forms))]
        b.project.toggles["DEBUG"] = (on, off)
        return form

    return _debug(b, write)


@construct("debug", "DEBUG from a library", leaf=True)
def _debug_library(b: Builder) -> str:
    def write(b: Builder) -> str:
        forms = ['os.environ.get("DEBUG") == "1"']
        b.need("import os")
        if importlib.util.find_spec("environ") is not None:
            b.need("import environ")
            b.need("env = environ.Env()")
            forms += [
                'env.bool("DEBUG", False)',
                'env("DEBUG", cast=bool, default=False)',
                'env.bool("DEBUG", default=True)',
            ]
        if importlib.util.find_spec("decouple") is not None:
            b.need("from decouple import config")
            forms += ['config("DEBUG", default=False, cast=bool)', 'config("DEBUG", cast=bool, default=True)']
        b.project.toggles["DEBUG"] = ("1", "0")
        return b.one_of(*forms)

    return _debug(b, write)


@construct("debug", "DEBUG fixed", leaf=True)
def _debug_fixed(b: Builder) -> str:
    return _debug(b, lambda b: b.one_of("False", "True"))


def _debug(b: Builder, write: Callable[[Builder], str]) -> str:
    if "DEBUG" in b.known:
        return b.known["DEBUG"]
    if "DEBUG" in b.project.toggles:
        write = _as_before(write)

    def define() -> str:
        b.define(f"DEBUG = {write(b)}")
        return "DEBUG"

    reference = b.defined(define)
    b.known["DEBUG"] = reference
    return reference


def _as_before(write: Callable[[Builder], str]) -> Callable[[Builder], str]:
    """Have another module understand the variable as the first one that reads it."""

    def again(b: Builder) -> str:
        b.need("import os")
        on, off = b.project.toggles["DEBUG"]
        return f'os.environ.get("DEBUG", "{off or ""}") == "{on}"'

    return again


@construct("environment", "name of the environment", leaf=True)
def _environment_name(b: Builder) -> str:
    return _environment(b, f'"{b.production}"', "None", '""', f'"{b.development}"')


@construct("environment", "name of the environment, required", leaf=True)
def _environment_required(b: Builder) -> str:
    return _environment(b, "")


def _environment(b: Builder, *defaults: str) -> str:
    if "ENVIRONMENT" in b.known:
        return b.known["ENVIRONMENT"]

    def define() -> str:
        b.need("import os")
        variable = b.one_of("DJANGO_ENV", "ENVIRONMENT", "ENV")
        b.project.environments[variable] = (b.production, b.development)
        name = b.one_of("ENVIRONMENT", "ENV", "DJANGO_ENV")
        default = b.one_of(*defaults)
        b.define(
            f'{name} = os.environ["{variable}"]' if not default else f'{name} = os.environ.get("{variable}", {default})'
        )
        return name

    reference = b.defined(define)
    b.known["ENVIRONMENT"] = reference
    return reference
