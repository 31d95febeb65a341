"""Conditions of branches."""

from __future__ import annotations

from oracle.builder import Builder, construct


@construct("condition", "if DEBUG")
def _if_debug(b: Builder) -> str:
    return b.one_of("not {}", "{}", "{} is False", "{} == True").format(b.choose("debug"))


@construct("condition", "if environment name")
def _if_environment(b: Builder) -> str:
    name = b.choose("environment")
    return b.one_of(
        f'{name} == "{b.production}"',
        f'{name} != "{b.production}"',
        f'{name} == "{b.development}"',
        f'{name} != "{b.development}"',
        f'{name} in ("{b.development}", "test")',
        f'{name} in ["{b.production}", "staging"]',
        f'{name} not in {{"{b.development}", "ci"}}',
        f'"{b.production}" == {name}',
    )


@construct("condition", "if environment name, computed")
def _if_environment_computed(b: Builder) -> str:
    name = b.choose("environment")
    return b.one_of(
        f'({name} or "").lower() == "{b.production}"',
        f'str({name}) == "{b.production}"',
        f'(({name} or "{b.production}") == "{b.production}")',
        f'str({name}).startswith("{b.production[:4]}")',
    )


@construct("condition", "if running tests", leaf=True)
def _if_testing(b: Builder) -> str:
    b.need("import sys")
    b.project.runs_tests = True
    return b.one_of(
        '"test" in sys.argv',
        '"pytest" in sys.modules',
        '"test" not in sys.argv',
        'len(sys.argv) > 1 and sys.argv[1] == "test"',
        '"test" in sys.argv[1:]',
    )


@construct("condition", "if running tests, computed", leaf=True)
def _if_testing_computed(b: Builder) -> str:
    b.need("import sys")
    b.project.runs_tests = True
    return b.one_of(
        'any("pytest" in arg for arg in sys.argv)', '(sys.argv[1:2] == ["test"])', '"test" in " ".join(sys.argv)'
    )


@construct("condition", "if variable set", leaf=True)
def _if_set(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    return b.one_of(
        f'"{name}" in os.environ',
        f'"{name}" not in os.environ',
        f'os.environ.get("{name}")',
        f'not os.getenv("{name}")',
        f'os.environ.get("{name}") is None',
        f'os.environ.get("{name}", "") != ""',
        f'bool(os.environ.get("{name}"))',
        f'len(os.environ.get("{name}", "")) > 20',
    )


@construct("condition", "if another variable", leaf=True)
def _if_feature(b: Builder) -> str:
    b.need("import os")
    name = b.one_of("USE_VAULT", "IN_DOCKER", "PLATFORM_ID")
    b.features[name] = None
    return b.one_of(f'os.environ.get("{name}")', f'"{name}" in os.environ', f'os.environ.get("{name}") == "1"')


@construct("condition", "settled condition", leaf=True)
def _if_settled(b: Builder) -> str:
    return b.one_of("True", "False", "1 + 1 == 2", "not []", '"a" in "abc"', "1 > 2")


@construct("condition", "settled by more", leaf=True)
def _if_settled_more(b: Builder) -> str:
    return b.one_of('__name__ == "__main__"', "1 > 2 > 0", "0 < 1 < 2", '"x".isupper()', "len('abc') == 3")


@construct("condition", "and, or, not")
def _if_combined(b: Builder) -> str:
    return b.one_of(
        "(<condition> and <condition>)",
        "(<condition> or <condition>)",
        "not (<condition>)",
    )


@construct("condition", "all and any")
def _if_all(b: Builder) -> str:
    return b.one_of("all([<condition>, <condition>])", "any((<condition>, <condition>))")


@construct("condition", "condition in a name")
def _if_named(b: Builder) -> str:
    def write() -> str:
        condition = b.condition()
        name = b.name("enabled", "FLAG")
        b.define(f"{name} = {condition}")
        return name

    return b.defined(write)


@construct("condition", "condition in a function")
def _if_function(b: Builder) -> str:
    def write() -> str:
        condition = b.condition()
        name = b.name("check", "applies")
        b.define(
            *b.one_of(
                f"def {name}():\n    return {condition}",
                f"def {name}():\n    if {condition}:\n        return True\n    return False",
                f"{name} = lambda: {condition}",
            ).split("\n")
        )
        return name

    return b.defined(write) + "()"
