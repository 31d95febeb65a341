"""Former keys."""

from __future__ import annotations

from oracle.builder import Builder, construct


@construct("fallbacks", "list of fallbacks", leaf=True)
def _fallbacks_list(b: Builder) -> list[str]:
    return ["SECRET_KEY_FALLBACKS = [<text>]"]


@construct("fallbacks", "fallbacks from the environment", leaf=True)
def _fallbacks_environment(b: Builder) -> list[str]:
    b.need("import os")
    name = b.variable()
    return [
        b.one_of(
            f'SECRET_KEY_FALLBACKS = [os.environ["{name}"]]',
            f'SECRET_KEY_FALLBACKS = os.environ.get("{name}", "").split(",")',
            f'SECRET_KEY_FALLBACKS = list(filter(None, [os.environ.get("{name}")]))',
            f'SECRET_KEY_FALLBACKS = [key for key in os.environ.get("{name}", "").split(",") if key]',
        )
    ]


@construct("fallbacks", "fallbacks added")
def _fallbacks_added(b: Builder) -> list[str]:
    first = b.one_of("SECRET_KEY_FALLBACKS = []", "SECRET_KEY_FALLBACKS = list()")
    return [
        first,
        b.one_of(
            "SECRET_KEY_FALLBACKS.append(<value>)",
            "SECRET_KEY_FALLBACKS += [<value>]",
            "SECRET_KEY_FALLBACKS.extend([<value>])",
            "SECRET_KEY_FALLBACKS = [*SECRET_KEY_FALLBACKS, <value>]",
        ),
    ]


@construct("fallbacks", "fallbacks in one case")
def _fallbacks_case(b: Builder) -> list[str]:
    return [
        "if <condition>:",
        "    SECRET_KEY_FALLBACKS = [<value>]",
        *(["else:", "    SECRET_KEY_FALLBACKS = []"] if b.pick(2) else []),
    ]
