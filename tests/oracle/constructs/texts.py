"""Texts that the repository alone determines."""

from __future__ import annotations

import base64

from oracle.builder import Builder, construct


@construct("text", "plain literal", leaf=True)
def plain(b: Builder) -> str:
    text = b.token()
    return b.one_of(f'"{text}"', f"'{text}'", f'"""{text}"""', f'u"{text}"', f'r"{text}"')


@construct("text", "insecure prefix", leaf=True)
def _insecure(b: Builder) -> str:
    return '"django-insecure-<token>"'


@construct("text", "concatenation")
def _concatenation(b: Builder) -> str:
    return "(<text> + <text>)"


@construct("text", "implicit concatenation", leaf=True)
def _implicit(b: Builder) -> str:
    return '("<token>" "<token>")'


@construct("text", "f-string")
def _f_string(b: Builder) -> str:
    name = b.constant()
    return b.one_of(f'f"{{{name}}}"', f'f"x-{{{name}}}-{{1 + 1}}"')


@construct("text", "f-string with a format")
def _f_string_format(b: Builder) -> str:
    name = b.constant()
    return b.one_of(f'f"{{{name}!s:>60}}"', f'f"{{{name}:.40}}"', f'f"{{{name}!r}}"')


@construct("text", "join of what is computed")
def _join_computed(b: Builder) -> str:
    return b.one_of(
        '"".join(map(str, [<text>, 1, 2]))',
        '"".join(map(str, <text>))',
        '"".join(part for part in (<text>, "", "<token>") if part)',
        '"".join(part for part in <text> if part != "k")',
        '"".join(c if c.islower() else "x" for c in <text>)',
    )


@construct("text", "join")
def _join(b: Builder) -> str:
    return b.one_of(
        '"".join([<text>, "<token>"])',
        '"-".join(("<token>", <text>))',
        '"".join(c for c in <text>)',
        '"".join(reversed(<text>))',
        '"".join(sorted(<text>))',
    )


@construct("text", "format")
def _format(b: Builder) -> str:
    return b.one_of(
        '"{}-{}".format(<text>, 1)',
        '"{key}".format(key=<text>)',
        '"{0[k]}".format({"k": <text>})',
        '"{0}{0}".format(<text>)',
        '"{key}".format_map({"key": <text>})',
    )


@construct("text", "percent format")
def _percent(b: Builder) -> str:
    return b.one_of(
        '("%s-%d" % (<text>, 5))',
        '("%(k)s" % {"k": <text>})',
        '("%s" % <text>)',
        '("%r" % <text>)',
    )


@construct("text", "slice")
def _slice(b: Builder) -> str:
    return "(<text>)" + b.one_of("[:40]", "[2:]", "[::-1]", "[-30:]", "[::2]", "[3]")


@construct("text", "base64", leaf=True)
def _base64(b: Builder) -> str:
    b.need("import base64")
    encoded = base64.b64encode(b.token().encode()).decode()
    b32 = base64.b32encode(b.token().encode()).decode()
    return b.one_of(
        f'base64.b64decode("{encoded}").decode()',
        f'base64.b64decode(b"{encoded}").decode("utf-8")',
        f'str(base64.b64decode("{encoded}"), "utf-8")',
        f'base64.b32decode("{b32}").decode("ascii")',
        'base64.b64encode(b"<token>").decode()',
    )


@construct("text", "hash")
def _hash(b: Builder) -> str:
    b.need("import hashlib")
    return b.one_of(
        "hashlib.sha256((<text>).encode()).hexdigest()",
        'hashlib.md5(b"<token>").hexdigest()',
        'hashlib.new("sha1", (<text>).encode()).hexdigest()',
        'hashlib.pbkdf2_hmac("sha256", b"<token>", b"salt", 2).hex()',
    )


@construct("text", "string method")
def _method(b: Builder) -> str:
    return "(<text>)" + b.one_of(
        ".strip()",
        '.replace("a", "b")',
        ".upper()",
        ".swapcase()",
        '.encode().decode("ascii")',
        ".rjust(60)",
        '.removeprefix("x")',
        '.partition(":")[0]',
        '.split("\\n")[0]',
        '.encode("utf-8").hex()',
        ".zfill(60)",
        '.translate({97: "b"})',
        '.ljust(60, "x")',
    )


@construct("text", "bytes", leaf=True)
def _bytes(b: Builder) -> str:
    text = b.token()
    return b.one_of(
        f'b"{text}".decode()',
        f'str(b"{text}", "ascii")',
        f'bytes.fromhex("{text.encode().hex()}").decode()',
        f"bytes({list(text.encode())}).decode()",
        f'"".join(chr(c) for c in {list(text.encode())})',
        f'"".join(map(chr, {list(text.encode())}))',
    )


@construct("text", "str call")
def _str_call(b: Builder) -> str:
    return "str(<text>)"


@construct("text", "repetition", leaf=True)
def _repetition(b: Builder) -> str:
    return '("<word>" * 5)'


@construct("text", "settled choice")
def _settled(b: Builder) -> str:
    return b.one_of(
        "(<text> if True else <text>)",
        "(<text> if not 1 else <text>)",
        "(<text> or <text>)",
        "(None or <text>)",
        '("" or <text>)',
        "(True and <text>)",
    )


@construct("text", "element")
def _element(b: Builder) -> str:
    return b.one_of(
        '{"k": <text>}["k"]',
        '{"k": <text>}.get("k")',
        '{"k": <text>}.get("missing", <text>)',
        "[<text>, <text>][-1]",
        "(<text>,)[0]",
        'dict(k=<text>)["k"]',
        'dict([("k", <text>)])["k"]',
        '{**{"k": ""}, "k": <text>}["k"]',
        '({"a": ""} | {"k": <text>})["k"]',
    )


@construct("text", "element of what is computed")
def _element_computed(b: Builder) -> str:
    return b.one_of(
        'dict(zip(["k"], [<text>]))["k"]', "next(iter([<text>]))", '[*("a", "b"), <text>][2]', "max([<text>, ''])"
    )


@construct("text", "constant")
def _constant(b: Builder) -> str:
    return b.constant()


@construct("text", "table")
def _table(b: Builder) -> str:
    def write() -> str:
        name = b.name("DEFAULTS", "table")
        b.define(f'{name} = {{"SECRET_KEY": <text>, "NAME": "shop"}}')
        return name

    return b.defined(write) + b.one_of(
        '["SECRET_KEY"]', '.get("SECRET_KEY")', '.get("SECRET_KEY", "")', '.pop("SECRET_KEY")'
    )


@construct("text", "mutated table")
def _mutated_table(b: Builder) -> str:
    def write() -> str:
        name = b.name("OPTIONS", "table")
        b.define(f"{name} = {{}}")
        b.define(
            b.one_of(
                f'{name}["k"] = <text>',
                f"{name}.update(k=<text>)",
                f'{name}.update({{"k": <text>}})',
                f'{name}.setdefault("k", <text>)',
                f'{name} |= {{"k": <text>}}',
            )
        )
        return name

    return b.defined(write) + '["k"]'


@construct("text", "mutated list")
def _mutated_list(b: Builder) -> str:
    def write() -> str:
        name = b.name("PARTS", "parts")
        b.define(f"{name} = []")
        b.define(
            b.one_of(
                f"{name}.append(<text>)",
                f"{name} += [<text>]",
                f"{name}.extend((<text>,))",
                f"{name}.insert(0, <text>)",
            )
        )
        return name

    return b.one_of('"".join({})', "{}[0]", "{}.pop()").format(b.defined(write))


@construct("text", "function of no arguments")
def _function(b: Builder) -> str:
    def write() -> str:
        name = b.name("make_key", "default")
        text = b.text()
        b.define(
            *b.one_of(
                f"def {name}():\n    return {text}",
                f"def {name}():\n    key = {text}\n    return key",
                f'def {name}():\n    if True:\n        return {text}\n    return ""',
                f'def {name}():\n    """Make it."""\n    def inner():\n        return {text}\n    return inner()',
                f"def {name}():\n    for part in [{text}]:\n        return part",
                f'def {name}():\n    parts = []\n    parts.append({text})\n    return "".join(parts)',
                f"def {name}():\n    try:\n        return {text}\n    finally:\n        pass",
            ).split("\n")
        )
        return name

    return b.defined(write) + "()"


@construct("text", "generator function")
def _generator_function(b: Builder) -> str:
    def write() -> str:
        name = b.name("make_key", "default")
        b.define(f"def {name}():", "    yield <text>")
        return name

    return f"next({b.defined(write)}())"


@construct("text", "function put in the place of another")
def _function_replaced(b: Builder) -> str:
    name = b.name("make_key", "default")
    b.define(f"def {name}():", "    return <text>", f"{name} = lambda made={name}: made()")
    return f"{name}()"


@construct("text", "function of a text")
def _transform(b: Builder) -> str:
    def write() -> str:
        name = b.name("mix", "transform")
        b.define(
            *b.one_of(
                f"def {name}(text):\n    return text[::-1]",
                f'def {name}(text, suffix="x"):\n    return text + suffix',
                f'def {name}(*parts):\n    return "".join(parts)',
                f"def {name}(text):\n    text = text.upper()\n    return text",
                f'def {name}(text):\n    result = ""\n    for c in text:\n        result += c\n    return result',
                f"{name} = lambda text: text.lower()",
                f"{name} = str",
            ).split("\n")
        )
        return name

    return f"{b.defined(write)}(<text>)"


@construct("text", "lambda")
def _lambda(b: Builder) -> str:
    return b.one_of("(lambda: <text>)()", "(lambda key: key)(<text>)", "(lambda key=<text>: key)()")


@construct("text", "class attribute")
def _class_attribute(b: Builder) -> str:
    return str(b.choose("class"))


@construct("text", "tracked file", across=True)
def _tracked_file(b: Builder) -> str:
    name = b.name("key") + ".txt"
    b.project.files[f"{b.module.package.replace('.', '/')}/{name}"] = b.token() + "\n"
    return str(b.choose("read", name))
