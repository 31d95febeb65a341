"""What stops the start, and what only warns."""

from __future__ import annotations

from oracle.builder import Builder, construct


@construct("refuse", "raise", leaf=True)
def _refuse_raise(b: Builder) -> list[str]:
    form = b.pick(3)
    if form == 1:
        b.need("from django.core.exceptions import ImproperlyConfigured")
        return ['raise ImproperlyConfigured("SECRET_KEY is not set")']
    return ['raise ValueError("SECRET_KEY is not set")', "", "raise SystemExit(1)"][form : form + 1]


@construct("refuse", "sys.exit", leaf=True)
def _refuse_exit(b: Builder) -> list[str]:
    b.need("import sys")
    return [b.one_of('sys.exit("SECRET_KEY is not set")', "sys.exit(1)", "exit(1)")]


@construct("refuse", "assert False", leaf=True)
def _refuse_assert(b: Builder) -> list[str]:
    return [b.one_of('assert False, "SECRET_KEY is not set"', "assert 0")]


@construct("refuse", "function that raises", leaf=True)
def _refuse_function(b: Builder) -> list[str]:
    def write() -> str:
        name = b.name("fail", "refuse")
        b.define(f"def {name}(message):", "    raise RuntimeError(message)")
        return name

    return [f'{b.defined(write)}("SECRET_KEY is not set")']


@construct("warn", "warning", leaf=True)
def _warn(b: Builder) -> list[str]:
    b.need("import warnings, sys, logging")
    return [
        b.one_of(
            'warnings.warn("SECRET_KEY is not set")',
            'print("SECRET_KEY is not set", file=sys.stderr)',
            'logging.getLogger(__name__).warning("SECRET_KEY is not set")',
            "pass",
        )
    ]
