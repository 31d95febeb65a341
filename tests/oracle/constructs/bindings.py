"""Statements that bind a name."""

from __future__ import annotations

from oracle.builder import Builder, construct, indented


@construct("bind", "assignment", leaf=True)
def _bind_assignment(b: Builder, target: str) -> list[str]:
    return [f"{target} = <value>"]


@construct("bind", "other assignments", leaf=True)
def _bind_others(b: Builder, target: str) -> list[str]:
    value, other = b.value(), b.name("other")
    return b.one_of(
        f"{target}: str = {value}",
        f"{target}, {other} = {value}, 1",
        f"{other} = {target} = {value}",
        f"_ = ({target} := {value})",
        f"[{other}, {target}] = [1, {value}]",
        f"({target}) = ({value})",
    ).split("\n")


@construct("bind", "starred target")
def _bind_starred(b: Builder, target: str) -> list[str]:
    return [
        b.one_of(
            f"{b.name('other')}, *_, {target} = 1, 2, 3, <value>",
            f"*_, {target} = 2, 3, <value>",
            f"{target}, *_ = <value>, 2, 3",
        )
    ]


@construct("bind", "by way of another name")
def _bind_other_name(b: Builder, target: str) -> list[str]:
    other = b.name("key", "_value", "SECRET")
    return [
        *b.bind(other),
        b.one_of(f"{target} = {other}", f"{target} = str({other} or '')", f"{target} = {other} or ''"),
    ]


@construct("bind", "if and else")
def _bind_if(b: Builder, target: str) -> list[str]:
    lines = ["if <condition>:", *indented(b.bind(target))]
    if b.pick(4) == 3:
        lines += ["elif <condition>:", *indented(b.bind(target))]
    return [*lines, "else:", *indented(b.bind(target))]


@construct("bind", "if and refusal")
def _bind_if_refuse(b: Builder, target: str) -> list[str]:
    if b.pick(2):
        return ["if <condition>:", *indented(b.bind(target)), "else:", *indented(b.choose("refuse"))]
    return ["if <condition>:", *indented(b.choose("refuse")), *b.bind(target)]


@construct("bind", "try and except KeyError")
def _bind_try(b: Builder, target: str) -> list[str]:
    lookup = b.choose("lookup")
    raised = b.one_of(" Exception", "", " KeyError" if "environ[" in lookup else " Exception")
    return ["try:", f"    {target} = {lookup}", f"except{raised}:", *indented(b.bind(target))]


@construct("bind", "try and refusal")
def _bind_try_refuse(b: Builder, target: str) -> list[str]:
    return ["try:", f"    {target} = <lookup>", "except Exception:", *indented(b.choose("refuse"))]


@construct("bind", "try, except and else")
def _bind_try_else(b: Builder, target: str) -> list[str]:
    found = b.name("found")
    lines = ["try:", f"    {found} = <lookup>", "except Exception:", *indented(b.bind(target))]
    return [*lines, "else:", f"    {target} = {found}"]


@construct("bind", "try and finally")
def _bind_finally(b: Builder, target: str) -> list[str]:
    if b.pick(2):
        return ["try:", *indented(b.bind(target)), "finally:", "    pass"]
    return [f'{target} = ""', "try:", "    pass", "finally:", *indented(b.bind(target))]


@construct("bind", "suppress KeyError")
def _bind_suppress(b: Builder, target: str) -> list[str]:
    b.need("import contextlib")
    b.need("import os")
    return [
        f"{target} = <text>",
        "with contextlib.suppress(KeyError):",
        f'    {target} = os.environ["{b.variable()}"]',
    ]


@construct("bind", "bound again where missing")
def _bind_missing(b: Builder, target: str) -> list[str]:
    test = b.one_of(f"not {target}", f"{target} is None", f'{target} in (None, "")', f"{target} == ''")
    lines = [f"{target} = <soft>", f"if {test}:"]
    return [*lines, *indented(b.bind(target) if b.pick(3) else b.choose("refuse"))]


@construct("bind", "default, replaced where set")
def _bind_replaced(b: Builder, target: str) -> list[str]:
    b.need("import os")
    name = b.variable()
    return [
        f"{target} = <text>",
        b.one_of(f'if "{name}" in os.environ:', f'if os.environ.get("{name}"):'),
        f'    {target} = os.environ["{name}"]',
    ]


@construct("bind", "match")
def _bind_match(b: Builder, target: str) -> list[str]:
    subject = b.choose("environment")
    lines = [f"match {subject}:", f'    case "{b.production}":', *indented(indented(b.bind(target)))]
    if b.pick(2):
        lines += [f'    case "{b.development}" | "test":', *indented(indented(b.bind(target)))]
    otherwise = b.bind(target) if b.pick(2) else b.choose("refuse")
    return [*lines, b.one_of("    case _:", "    case other:"), *indented(indented(otherwise))]


@construct("bind", "match on DEBUG")
def _bind_match_debug(b: Builder, target: str) -> list[str]:
    return [
        f"match {b.choose('debug')}:",
        "    case True:",
        *indented(indented(b.bind(target))),
        b.one_of("    case False:", "    case _:"),
        *indented(indented(b.bind(target))),
    ]


@construct("bind", "refused by its value")
def _bind_refused(b: Builder, target: str) -> list[str]:
    b.need("import os")
    constant = b.constant()
    test = b.one_of(
        f"{target} == {constant}",
        f"{target} in (None, {constant})",
        f"{constant} == {target}",
        f"{target} is {constant}",
        f"{target} in [{constant}, '']",
        f"not {target} or {target} == {constant}",
    )
    lines = [f'{target} = os.environ.get("{b.variable()}", {constant})']
    if b.pick(3) == 2:
        test = f"{test} and <condition>" if b.pick(2) else f"(<condition>) and ({test})"
    return [*lines, f"if {test}:", *indented(b.choose(b.one_of("refuse", "warn")))]


@construct("bind", "refused by an assertion")
def _bind_asserted(b: Builder, target: str) -> list[str]:
    b.need("import os")
    constant = b.constant()
    return [
        f'{target} = os.environ.get("{b.variable()}", {constant})',
        b.one_of(
            f"assert {target} != {constant}",
            f"assert {target} != {constant} or <condition>",
            f"assert <condition> or {target} != {constant}",
            f"assert {target}",
            f'assert {target} not in (None, {constant}), "no"',
        ),
    ]


@construct("bind", "refused by its looks")
def _bind_looks(b: Builder, target: str) -> list[str]:
    return [
        *b.bind(target),
        b.one_of(
            f'if str({target}).startswith("django-insecure-"):',
            f"if not {target}:",
            f"if len({target} or '') < 20:",
            f"if not isinstance({target}, (str, bytes)):",
            f'if "insecure" in str({target}):',
        ),
        *indented(b.choose("refuse")),
    ]


@construct("bind", "refused by a condition behind it")
def _bind_refused_behind(b: Builder, target: str) -> list[str]:
    return [*b.bind(target), "if <condition>:", *indented(b.choose(b.one_of("refuse", "warn")))]


@construct("bind", "bound twice")
def _bind_twice(b: Builder, target: str) -> list[str]:
    return [*b.bind(target), *b.bind(target)]


@construct("bind", "augmented")
def _bind_augmented(b: Builder, target: str) -> list[str]:
    return b.one_of(
        f'{target} = ""\n{target} += <text>',
        f"{target} = <text>\n{target} += <text>",
        f"{target} = <lookup>\n{target} += <text>",
        f"{target} = <text>\n{target} *= 2",
    ).split("\n")


@construct("bind", "loop over a table")
def _bind_table(b: Builder, target: str) -> list[str]:
    b.need("import os")
    table = b.name("DEFAULTS")
    variable = b.variable()
    b.define(f'{table} = {{"{target}": <text>, "LANGUAGE": "en"}}')
    return b.one_of(
        f'for name, default in {table}.items():\n    globals()[name] = os.environ.get("{variable}", default)',
        f'for name in {table}:\n    globals()[name] = os.getenv("{variable}") or {table}[name]',
        f"for name, value in {table}.items():\n    globals()[name] = value",
        f"globals().update({table})",
        f"for name in ('LANGUAGE', '{target}'):\n    locals()[name] = {table}.get(name)",
    ).split("\n")


@construct("bind", "comprehension over a table")
def _bind_comprehension(b: Builder, target: str) -> list[str]:
    b.need("import os")
    table = b.name("DEFAULTS")
    variable = b.variable()
    b.define(f'{table} = {{"{target}": <text>, "LANGUAGE": "en"}}')
    return b.one_of(
        f'globals().update({{name: os.environ.get("{variable}", each) for name, each in {table}.items()}})',
        f"globals().update({{name: each for name, each in {table}.items() if name.isidentifier()}})",
        f"globals().update({table}.items())",
        f"for name, value in sorted({table}.items()):\n    vars()[name] = value",
    ).split("\n")


@construct("bind", "loop over variables")
def _bind_variables(b: Builder, target: str) -> list[str]:
    b.need("import os")
    names = f'("{b.variable()}", "{b.variable()}")'
    ending = ["else:", *indented(b.bind(target) if b.pick(3) else b.choose("refuse"))]
    return [
        f"for name in {names}:",
        f"    {target} = os.environ.get(name)",
        f"    if {target}:",
        "        break",
        *ending,
    ]


@construct("bind", "loop over parts")
def _bind_parts(b: Builder, target: str) -> list[str]:
    return b.one_of(
        f'{target} = ""\nfor part in (<text>, "x"):\n    {target} += part',
        f"for {target} in [<text>]:\n    pass",
        f"while True:\n    {target} = <text>\n    break",
    ).split("\n")


@construct("bind", "loop that counts")
def _bind_counting(b: Builder, target: str) -> list[str]:
    return b.one_of(
        f'{target} = ""\nfor index, part in enumerate([<text>]):\n    {target} += part + str(index)',
        f'{target} = ""\ncount = 0\nwhile count < 2:\n    {target} += <text>\n    count += 1',
        f'{target} = ""\nfor part in <text>:\n    {target} += part',
        f'{target} = ""\nfor number in range(3):\n    {target} += <text>',
    ).split("\n")


@construct("bind", "namespace")
def _bind_namespace(b: Builder, target: str) -> list[str]:
    b.need("import sys")
    return [
        b.one_of(
            f'globals()["{target}"] = <value>',
            f'vars()["{target}"] = <value>',
            f"globals().update({target}=<value>)",
            f'globals().update({{"{target}": <value>}})',
        )
    ]


@construct("bind", "namespace by a method")
def _bind_namespace_method(b: Builder, target: str) -> list[str]:
    b.need("import sys")
    return [
        b.one_of(
            f'setattr(sys.modules[__name__], "{target}", <value>)',
            f'globals().setdefault("{target}", <value>)',
            f'globals().__setitem__("{target}", <value>)',
        )
    ]


@construct("bind", "global in a function")
def _bind_global(b: Builder, target: str) -> list[str]:
    name = b.name("load", "configure")
    return [f"def {name}():", f"    global {target}", *indented(b.bind(target)), f"{name}()"]


@construct("bind", "function with branches")
def _bind_function(b: Builder, target: str) -> list[str]:
    name = b.name("load", "find_key")
    return [f"def {name}():", *indented(b.bind("found")), "    return found", f"{target} = {name}()"]


@construct("bind", "function that returns early")
def _bind_function_early(b: Builder, target: str) -> list[str]:
    name = b.name("load", "find_key")
    return [
        f"def {name}():",
        "    if <condition>:",
        "        return <value>",
        *(indented(b.choose("refuse")) if b.pick(2) else ["    return <value>"]),
        f"{target} = {name}()",
    ]


@construct("bind", "environment set first")
def _bind_set_first(b: Builder, target: str) -> list[str]:
    b.need("import os")
    name = b.carrier()
    return [
        b.one_of(
            f'os.environ.setdefault("{name}", <text>)',
            f'os.environ["{name}"] = <text>',
            f"os.environ.update({name}=<text>)",
        ),
        b.one_of(
            f'{target} = os.environ["{name}"]',
            f'{target} = os.environ.get("{name}")',
            f'{target} = os.getenv("{name}")',
        ),
    ]


@construct("bind", "environment merged")
def _bind_merged(b: Builder, target: str) -> list[str]:
    b.need("import os")
    name = b.carrier()
    return [
        b.one_of(
            f'if "{name}" not in os.environ:\n    os.environ["{name}"] = <text>',
            f'os.environ |= {{"{name}": <text>}}',
        ),
        f'{target} = os.environ["{name}"]',
    ]


@construct("bind", "function of settings")
def _bind_settings_function(b: Builder, target: str) -> list[str]:
    name = b.name("settings_for", "options")
    return [
        f"def {name}(**extra):",
        f'    return {{"{target}": <value>, **extra}}',
        b.one_of(f"globals().update({name}())", f"globals().update(**{name}(DEBUG_TOOLBAR=False))"),
    ]
