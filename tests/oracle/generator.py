"""Generates settings projects: files, what the key depends on, and the constructs that were used.

Everything is drawn by `Builder.choose` from a family of constructs, each a small function that returns code, so that
constructs nest in one another, can be counted, and can be switched off. `text` is an expression that the repository
alone determines, `value` any expression for a key, `condition` one for a branch, `bind` statements that give a name a
value, `body` all that a module does to leave `SECRET_KEY` bound. A definition (a constant, a function, a class) may
stand in another module: `Builder.defined` writes it there and returns what refers to it.

What is drawn is a number under a limit, by `Builder.pick`, so that Hypothesis can draw and shrink a project as well as
`random.Random`; the first construct of each family is its simplest.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

MAX_DEPTH = 6
"""How deep constructs nest before only those are drawn that hold no others."""

ROOT = "shop"
SECRET = "@@"
"""Stands in files that nobody commits for what differs from machine to machine."""

_VARIABLES = ("SECRET_KEY", "DJANGO_SECRET_KEY", "SIGNING", "ACME_TOKEN")
_PLACES = re.compile("<(text|value|soft|lookup|condition|helper|token|word)>")
_ALPHABET = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789-_=+!*^"


@dataclass
class Project:
    """A generated project, and what its worlds are made of."""

    files: dict[str, str]
    settings: str = f"{ROOT}.settings"
    variables: tuple[str, ...] = ()
    """Environment variables that the key is read from."""
    toggles: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Variables that stand for DEBUG: how each is switched on and off."""
    environments: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Variables that name the environment: what they say in production and in development."""
    features: tuple[str, ...] = ()
    """Variables that mean something else."""
    ignored: dict[str, str] = field(default_factory=dict)
    """Files that git ignores and that only some machines have; `SECRET` in them differs."""
    runs_tests: bool = False
    """Whether something depends on running under a test runner."""
    git: bool = False
    """Whether it is a repository or a plain folder."""
    configuration: str = ""
    """The class that django-configurations starts with."""
    for_development: bool = False
    """Whether a module has a name that says development though production may import it."""
    derived: bool = False
    """Whether what an attacker can guess may become the key."""
    constructs: Counter[str] = field(default_factory=Counter)

    def __repr__(self) -> str:
        """Show the files, which is what somebody who mends a counter-example wants to see."""
        return "\n".join(f"##### {path}\n{text}" for path, text in self.files.items() if text)


class Module:
    """A module in the making."""

    def __init__(self, package: str, name: str) -> None:
        self.package = package
        self.name = name
        self.imports: dict[str, None] = {}
        self.definitions: list[str] = []
        self.body: list[str] = []

    @property
    def dotted(self) -> str:
        return f"{self.package}.{self.name}" if self.name != "__init__" else self.package

    @property
    def path(self) -> str:
        return f"{self.package.replace('.', '/')}/{self.name}.py"

    def text(self) -> str:
        future = [line for line in self.imports if "__future__" in line]
        lines = [*future, *(line for line in self.imports if line not in future), *self.definitions, *self.body]
        return "\n".join(lines) + "\n"


Option = Callable[..., Any]


@dataclass(frozen=True)
class Construct:
    """One option of a family; a `leaf` nests nothing, `needs` is a library that must be installed."""

    name: str
    family: str
    write: Option
    leaf: bool
    across: bool


FAMILIES: dict[str, list[Construct]] = {}


def construct(family: str, name: str, *, leaf: bool = False, across: bool = False, needs: str = "") -> Any:
    """Register a function as the construct `name` of a family; `across` says that it takes more than one file."""

    def register(write: Option) -> Option:
        if not needs or importlib.util.find_spec(needs) is not None:
            FAMILIES.setdefault(family, []).append(Construct(name, family, write, leaf, across))
        return write

    return register


def indented(lines: list[str]) -> list[str]:
    """Return lines as the body of a block."""
    return ["    " + line for line in lines]


class Builder:
    """Writes one project, drawing with `pick`, which returns a number from 0 up to, not including, its argument."""

    def __init__(self, pick: Callable[[int], int], enabled: frozenset[str]) -> None:
        self.pick = pick
        self.enabled = enabled
        self.places = any(each.name in enabled for each in FAMILIES["place"])
        self.used: Counter[str] = Counter()
        self.depth = 0
        self.tokens = 0
        self.names = 0
        self.project = Project({})
        self.variables: dict[str, None] = {}
        self.features: dict[str, None] = {}
        self.known: dict[str, str] = {}
        self.modules: list[Module] = []
        self.module = Module(ROOT, "settings")
        self.production = ""
        self.development = ""

    def choose(self, family: str, *arguments: Any) -> Any:
        """Draw a construct of a family and write it."""
        options = [each for each in FAMILIES[family] if each.name in self.enabled] or FAMILIES[family][:1]
        if self.depth >= MAX_DEPTH:
            options = [each for each in options if each.leaf] or options
        option = options[self.pick(len(options))] if len(options) > 1 else options[0]
        self.used[option.name] += 1
        self.depth += 1
        try:
            made = option.write(self, *arguments)
            if isinstance(made, str):
                return self.expanded(made)
            return [part for line in made or () for part in self.expanded(line).split("\n")]
        finally:
            self.depth -= 1

    def one_of(self, *options: str) -> str:
        """Draw one of some texts."""
        return self.expanded(options[self.pick(len(options))])

    def expanded(self, code: str) -> str:
        """Draw what stands in for `<text>`, `<value>`, `<condition>` and the like."""
        return _PLACES.sub(lambda match: self._drawn(match[1]), code) if "<" in code else code

    def _drawn(self, what: str) -> str:
        if what in ("token", "word"):
            return self.token(50 if what == "token" else 10)
        return str(self.choose(what))

    # what code is made of

    def token(self, length: int = 50) -> str:
        """Return a text that stands nowhere else: 50 characters, made of how many there were before."""
        self.tokens += 1
        digest = hashlib.sha512(f"token {self.tokens}".encode()).digest()
        text = "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in digest)
        return "k" + text[: length - 1]

    def name(self, *stems: str) -> str:
        """Return a name that nothing has yet."""
        self.names += 1
        stem = self.one_of(*stems)
        return f"{stem}_{self.names}" if stem.upper() == stem else f"{stem}{self.names}"

    def need(self, line: str) -> None:
        """Have the module import something."""
        self.module.imports[line] = None

    def define(self, *lines: str) -> None:
        """Write something that stands before the body of the module."""
        self.module.definitions.extend([self.expanded(line) for line in lines])

    def variable(self) -> str:
        """Return the name of an environment variable that carries the key."""
        name = self.one_of(*_VARIABLES)
        self.variables[name] = None
        return name

    def carrier(self) -> str:
        """Return the name of a variable that is the key's only where settings read the key from it."""
        name = self.one_of(*_VARIABLES[2:])
        self.variables[name] = None
        return name

    @contextmanager
    def inside(self, module: Module) -> Iterator[None]:
        """Write to another module for a while; what is known to be defined here is not known there."""
        outer, known = self.module, self.known
        self.module, self.known = module, {}
        try:
            yield
        finally:
            self.module, self.known = outer, known

    def new_module(self, *stems: str) -> Module:
        """Return a new module beside the current one."""
        taken = {module.dotted for module in self.modules}
        stem = self.one_of(*stems)
        name, number = stem, 1
        while f"{self.module.package}.{name}" in taken:
            number += 1
            name = f"{stem}{number}"
        module = Module(self.module.package, name)
        self.modules.append(module)
        return module

    def defined(self, write: Callable[[], str]) -> str:
        """Have `write` define a name, here or in another module, and return the expression that refers to it."""
        if self.depth < MAX_DEPTH and self.places and self.pick(4) == 3:
            return str(self.choose("place", write))
        return write()

    def path_to(self, name: str) -> str:
        """Return an expression for the path of a file in the folder of the current module."""
        return str(self.choose("path", name))

    # drawing

    def text(self) -> str:
        return str(self.choose("text"))

    def value(self) -> str:
        return str(self.choose("value"))

    def condition(self) -> str:
        return str(self.choose("condition"))

    def bind(self, target: str) -> list[str]:
        return list(self.choose("bind", target))

    def constant(self) -> str:
        """Define a constant that is a text, and return its name."""

        def write() -> str:
            text = self.text()
            name = self.name("DEFAULT_KEY", "DEV_KEY", "_insecure", "FALLBACK", "PLACEHOLDER")
            if self.module.name != "settings" or name.startswith("_"):
                name = name.removeprefix("_")
            self.define(f"{name} = {text}")
            return name

        return self.defined(write)

    # the project

    def build(self) -> Project:
        """Write the whole project."""
        project = self.project
        self.production = self.one_of("production", "prod", "live")
        self.development = self.one_of("dev", "development", "local")
        self.choose("layout")
        if self.pick(6) == 5:
            self.module.body += self.choose("fallbacks")
        project.settings = self.module.dotted
        self.modules.append(self.module)
        for module in self.modules:
            project.files[module.path] = module.text()
            parts = module.package.split(".")
            for depth in range(len(parts)):
                project.files.setdefault("/".join(parts[: depth + 1]) + "/__init__.py", "")
        self._add_entry_points()
        if project.ignored:
            project.files[".gitignore"] = "".join(f"{path}\n" for path in project.ignored)
        project.variables = tuple(self.variables)
        project.features = tuple(self.features)
        project.git = self.pick(16) == 15
        project.constructs = self.used
        return project

    def _add_entry_points(self) -> None:
        project = self.project
        source = "django" if not project.configuration else "configurations"
        package = "django.core.wsgi" if not project.configuration else "configurations.wsgi"
        lines = ["import os", f'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{project.settings}")']
        if source == "configurations":
            lines.append(f'os.environ.setdefault("DJANGO_CONFIGURATION", "{project.configuration}")')
        lines += [f"from {package} import get_wsgi_application", "application = get_wsgi_application()"]
        project.files[f"{ROOT}/wsgi.py"] = "\n".join(lines) + "\n"


# texts that the repository determines


@construct("text", "plain literal", leaf=True)
def _plain(b: Builder) -> str:
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


# classes


@construct("class", "attribute of a class")
def _class_plain(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys", "Defaults")
        b.define(f"class {name}:", "    KEY = <text>")
        return name

    return b.defined(write) + b.one_of(".KEY", "().KEY")


@construct("class", "inherited attribute")
def _class_inherited(b: Builder) -> str:
    def write_base() -> str:
        name = b.name("Base")
        b.define(f"class {name}:", "    KEY = <text>")
        return name

    def write() -> str:
        base = b.defined(write_base)
        name = b.name("Keys")
        b.define(f"class {name}({base}):", "    pass")
        return name

    return b.defined(write) + b.one_of(".KEY", "().KEY")


@construct("class", "mixin")
def _class_mixin(b: Builder) -> str:
    def write() -> str:
        mixin, base, name = b.name("Mixin"), b.name("Base"), b.name("Keys")
        b.define(f"class {mixin}:", "    KEY = <text>", f"class {base}:", '    KEY = ""')
        b.define(f"class {name}({mixin}, {base}):", "    pass")
        return name

    return b.defined(write) + b.one_of(".KEY", "().KEY")


@construct("class", "property")
def _class_property(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        b.define(f"class {name}:", "    @property", "    def key(self):", "        return <text>")
        return name

    return b.defined(write) + "().key"


@construct("class", "method")
def _class_method(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        decorator, parameters = b.one_of("staticmethod,", "classmethod,cls").split(",")
        b.define(f"class {name}:", f"    @{decorator}", f"    def key({parameters}):", "        return <text>")
        return name

    return b.defined(write) + b.one_of(".key()", "().key()")


@construct("class", "dataclass")
def _class_dataclass(b: Builder) -> str:
    def write() -> str:
        b.need("from dataclasses import dataclass, field")
        name = b.name("Keys")
        default = b.one_of("<text>", "field(default=<text>)", "field(default_factory=lambda: <text>)")
        b.define("@dataclass", f"class {name}:", f"    key: str = {default}")
        return name

    return b.defined(write) + b.one_of("().key", "(key=<text>).key", "(<text>).key")


@construct("class", "NamedTuple")
def _class_named_tuple(b: Builder) -> str:
    def write() -> str:
        b.need("from typing import NamedTuple")
        name = b.name("Keys")
        b.define(f"class {name}(NamedTuple):", "    key: str = <text>")
        return name

    return b.defined(write) + b.one_of("().key", "()[0]", "(<text>).key")


@construct("class", "__init__")
def _class_init(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        b.define(
            *b.one_of(
                f"class {name}:\n    def __init__(self):\n        self.key = <text>",
                f"class {name}:\n    def __init__(self, key=<text>):\n        self.key = key",
            ).split("\n")
        )
        return name

    return b.defined(write) + "().key"


@construct("class", "__init__ that uses self")
def _class_init_self(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        b.define(
            *b.one_of(
                f"class {name}:\n    prefix = <text>\n    def __init__(self):\n        self.key = self.prefix",
                f"class {name}:\n    def __init__(self):\n        self.key = self.make()\n"
                f"    def make(self):\n        return <text>",
            ).split("\n")
        )
        return name

    return b.defined(write) + "().key"


@construct("class", "enum")
def _class_enum(b: Builder) -> str:
    def write() -> str:
        b.need("import enum")
        name = b.name("Keys")
        b.define(f"class {name}(enum.Enum):", "    KEY = <text>")
        return name

    return b.defined(write) + ".KEY.value"


@construct("class", "SimpleNamespace")
def _class_namespace(b: Builder) -> str:
    def write() -> str:
        b.need("from types import SimpleNamespace")
        name = b.name("keys")
        b.define(f"{name} = SimpleNamespace(key=<text>)")
        return name

    return b.defined(write) + ".key"


@construct("class", "attribute set later")
def _class_set_later(b: Builder) -> str:
    def write() -> str:
        name = b.name("Keys")
        b.define(f"class {name}:", "    pass", f"{name}.KEY = <text>")
        return name

    return b.defined(write) + ".KEY"


# lookups: they fail where the variable is missing


@construct("lookup", "os.environ[]", leaf=True)
def _environ(b: Builder) -> str:
    name = b.variable()
    form = b.pick(4)
    if form == 1:
        b.need("from os import environ")
        return f'environ["{name}"]'
    if form == 2:
        b.need("import os as system")
        return f'system.environ["{name}"]'
    b.need("import os")
    return f'os.environ["{name}"]' if form == 0 else f'os.environ.__getitem__("{name}")'


@construct("lookup", "name of the variable in a constant", leaf=True)
def _environ_constant(b: Builder) -> str:
    b.need("import os")
    constant = b.name("VARIABLE")
    b.define(f'{constant} = "{b.variable()}"')
    return b.one_of(f"os.environ[{constant}]", f'os.environ[f"{{{constant}}}"]', f"os.environ[{constant}[:] ]")


@construct("lookup", "helper that fails")
def _failing_helper(b: Builder) -> str:
    def write() -> str:
        b.need("import os")
        name = b.name("require", "get_secret")
        refusal = "\n        ".join(b.choose("refuse"))
        b.define(
            *b.one_of(
                f"def {name}(name):\n    return os.environ[name]",
                f"def {name}(name):\n    value = os.environ.get(name)\n    if not value:\n        {refusal}\n    return value",
                f"def {name}(name):\n    if name not in os.environ:\n        {refusal}\n    return os.environ[name]",
                f"def {name}(name):\n    try:\n        return os.environ[name]\n    except KeyError:\n        {refusal}",
                f"def {name}(name):\n    try:\n        value = os.environ[name]\n    except KeyError:\n"
                f"        {refusal}\n    else:\n        return value",
                f"def {name}(name, default=None):\n    value = os.getenv(name, default)\n    if value is None:\n"
                f"        {refusal}\n    return value",
            ).split("\n")
        )
        return name

    return f'{b.defined(write)}("{b.variable()}")'


@construct("lookup", "django-environ", leaf=True, needs="environ")
def _django_environ(b: Builder) -> str:
    b.need("import environ")
    b.need("env = environ.Env()")
    name = b.variable()
    return b.one_of(f'env("{name}")', f'env.str("{name}")', f'env.get_value("{name}")', f'env("{name}", str)')


@construct("lookup", "python-decouple", leaf=True, needs="decouple")
def _decouple(b: Builder) -> str:
    b.need("from decouple import config")
    name = b.variable()
    return b.one_of(f'config("{name}")', f'config("{name}", cast=str)')


@construct("lookup", "environs", leaf=True, needs="environs")
def _environs(b: Builder) -> str:
    b.need("from environs import Env as Environs")
    b.need("environs = Environs()")
    name = b.variable()
    return b.one_of(f'environs("{name}")', f'environs.str("{name}")')


@construct("lookup", "pydantic-settings", leaf=True, needs="pydantic_settings")
def _pydantic(b: Builder) -> str:
    def write() -> str:
        b.need("from pydantic_settings import BaseSettings")
        name = b.name("Conf")
        b.define(f"class {name}(BaseSettings):", f"    {b.variable().lower()}: str")
        return f"{name}().{list(b.variables)[-1].lower()}"

    variable = b.variable()
    b.need("from pydantic_settings import BaseSettings")
    name = b.name("Conf")
    b.define(f"class {name}(BaseSettings):", f"    {variable.lower()}: str")
    return f"{name}().{variable.lower()}"


# soft lookups: None or an empty text where the variable is missing


@construct("soft", "os.environ.get", leaf=True)
def _environ_get(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    return f'os.environ.get("{name}"' + b.one_of(")", ", None)", ', "")', ', default="")')


@construct("soft", "os.getenv", leaf=True)
def _getenv(b: Builder) -> str:
    name = b.variable()
    if b.pick(2):
        b.need("from os import getenv")
        return f'getenv("{name}")'
    b.need("import os")
    return f'os.getenv("{name}"' + b.one_of(")", ", None)", ', "")')


@construct("soft", "soft helper")
def _soft_helper(b: Builder) -> str:
    return f'<helper>("{b.variable()}")'


@construct("soft", "copy of the environment", leaf=True)
def _environ_copy(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    return b.one_of(
        f'dict(os.environ).get("{name}")', f'{{**os.environ}}.get("{name}")', f'os.environ.copy().get("{name}")'
    )


@construct("soft", "soft django-environ", leaf=True, needs="environ")
def _django_environ_soft(b: Builder) -> str:
    b.need("import environ")
    b.need("env = environ.Env()")
    return b.one_of('env("{}", default=None)', 'env.str("{}", "")', 'env.str("{}", default="")').format(b.variable())


@construct("soft", "soft python-decouple", leaf=True, needs="decouple")
def _decouple_soft(b: Builder) -> str:
    b.need("from decouple import config")
    return b.one_of('config("{}", default="")', 'config("{}", default=None)', 'config("{}", "")').format(b.variable())


@construct("soft", "soft environs", leaf=True, needs="environs")
def _environs_soft(b: Builder) -> str:
    b.need("from environs import Env as Environs")
    b.need("environs = Environs()")
    return b.one_of('environs("{}", None)', 'environs.str("{}", default="")').format(b.variable())


# helpers: functions of a name and a default


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


# values


@construct("value", "value: text")
def _value_text(b: Builder) -> str:
    return b.text()


@construct("value", "value: lookup")
def _value_lookup(b: Builder) -> str:
    return str(b.choose("lookup"))


@construct("value", "value: soft lookup")
def _value_soft(b: Builder) -> str:
    return str(b.choose("soft"))


@construct("value", "get with default")
def _value_default(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    return b.one_of(
        f'os.environ.get("{name}", <value>)',
        f'os.getenv("{name}", <value>)',
        f'os.environ.get("{name}", default=<value>)',
        f'os.getenv(key="{name}", default=<value>)',
        f'os.environ.get(*("{name}", <value>))',
        f'os.environ.get("{name}", <text>)',
    )


@construct("value", "setdefault and pop")
def _value_setdefault(b: Builder) -> str:
    b.need("import os")
    name = b.carrier()
    return b.one_of(
        f'os.environ.setdefault("{name}", <text>)',
        f'os.environ.pop("{name}", <text>)',
        f'dict(os.environ).setdefault("{name}", <text>)',
    )


@construct("value", "or")
def _value_or(b: Builder) -> str:
    return b.one_of(
        "(<soft> or <value>)",
        "(<soft> or <text>)",
        "(<soft> or <soft> or <value>)",
    )


@construct("value", "conditional expression")
def _value_conditional(b: Builder) -> str:
    return "(<value> if <condition> else <value>)"


@construct("value", "and-or")
def _value_and_or(b: Builder) -> str:
    return "(<condition> and <text> or <value>)"


@construct("value", "helper call")
def _value_helper(b: Builder) -> str:
    helper, name = b.choose("helper"), b.variable()
    return (
        b.one_of(
            f'{helper}("{name}", <value>)',
            f'{helper}("{name}", default=<text>)',
            f'{helper}(*["{name}", <text>])',
        )
        if b.pick(3)
        else f'{helper}("{name}", <text>)'
    )


@construct("value", "partial with default")
def _value_partial(b: Builder) -> str:
    b.need("import functools")
    b.need("import os")
    name = b.variable()
    return b.one_of(
        f'functools.partial(os.environ.get, "{name}")(<text>)',
        f'functools.partial(os.getenv, "{name}", <text>)()',
        f'functools.partial(<helper>, default=<text>)("{name}")',
    )


@construct("value", "first that is set")
def _value_first(b: Builder) -> str:
    return b.one_of(
        "next((each for each in (<soft>, <text>) if each), None)",
        "next(filter(None, [<soft>, <value>]))",
        "[each for each in (<soft>, <text>) if each][0]",
    )


@construct("value", "merged tables")
def _value_merged(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    form = b.pick(4)
    if form == 0:
        return f'{{**{{"{name}": <text>}}, **os.environ}}["{name}"]'
    if form == 1:
        return f'({{"{name}": <text>}} | dict(os.environ))["{name}"]'
    if form == 2:
        return f'dict({{"{name}": <text>}}, **os.environ)["{name}"]'
    b.need("from collections import ChainMap")
    return f'ChainMap(os.environ, {{"{name}": <text>}})["{name}"]'


@construct("value", "choice from a table")
def _value_choice(b: Builder) -> str:
    environment = b.choose("environment")
    table = f'{{"{b.development}": <text>, "{b.production}": <value>}}'
    return b.one_of(f"{table}[{environment}]", f"{table}.get({environment})", f"{table}.get({environment}, <value>)")


@construct("value", "mixed with the environment")
def _value_mixed(b: Builder) -> str:
    return b.one_of(
        "(<lookup> + <text>)",
        "(<text> + (<soft> or ''))",
        "'{}{}'.format(<text>, <lookup>)",
    )


@construct("value", "text of a lookup")
def _value_str(b: Builder) -> str:
    return b.one_of("str(<soft>)", "'%s' % (<soft>,)", f'f"{{{b.choose("soft")!r}}}"')


@construct("value", "method of a lookup")
def _value_method(b: Builder) -> str:
    b.need("import os")
    name = b.variable()
    method = b.one_of(".strip()", ".encode()", '.replace("a", "b")', '.split(",")[0]', "[:60]", '.strip("x").upper()')
    return b.one_of(
        f'os.environ.get("{name}", <text>){method}',
        f'os.environ["{name}"]{method}',
        f'os.environ.get("{name}", ""){method}',
    )


@construct("value", "walrus")
def _value_walrus(b: Builder) -> str:
    return f"({b.name('bound')} := <value>)"


@construct("value", "random", leaf=True)
def _value_random(b: Builder) -> str:
    form = b.pick(5)
    if form == 0:
        b.need("from django.core.management.utils import get_random_secret_key")
        return "get_random_secret_key()"
    if form == 1:
        b.need("import secrets")
        return b.one_of("secrets.token_urlsafe(50)", "secrets.token_hex()")
    if form == 2:
        b.need("import random, string")
        return '"".join(random.choice(string.ascii_letters) for _ in range(50))'
    if form == 3:
        b.need("import uuid")
        return "str(uuid.uuid4())"
    b.need("import os")
    return "os.urandom(32).hex()"


@construct("value", "nothing", leaf=True)
def _value_nothing(b: Builder) -> str:
    return b.one_of("None", '""', "str()", "False", "[]")


@construct("value", "host name", leaf=True)
def _value_derived(b: Builder) -> str:
    b.need("import platform, socket")
    b.project.derived = True
    return b.one_of("socket.gethostname()", "platform.node()", "__file__", '__name__ + "/" + __file__')


@construct("value", "django-environ default", needs="environ")
def _value_environ_default(b: Builder) -> str:
    b.need("import environ")
    name = b.variable()
    form = b.pick(5)
    if form == 4:
        scheme = b.name("scheme")
        b.define(f"{scheme} = environ.Env({name}=(str, <text>))")
        return b.one_of(f'{scheme}("{name}")', f'{scheme}.str("{name}")')
    b.need("env = environ.Env()")
    return (
        f'env("{name}", default=<text>)',
        f'env.str("{name}", <text>)',
        f'env.str("{name}", default=<value>)',
        f'env.get_value("{name}", default=<text>)',
    )[form]


@construct("value", "python-decouple default", needs="decouple")
def _value_decouple_default(b: Builder) -> str:
    b.need("from decouple import config")
    name = b.variable()
    return b.one_of(
        f'config("{name}", default=<text>)',
        f'config("{name}", <value>)',
        f'config("{name}", default=<text>, cast=str)',
    )


@construct("value", "environs default", needs="environs")
def _value_environs_default(b: Builder) -> str:
    b.need("from environs import Env as Environs")
    b.need("environs = Environs()")
    name = b.variable()
    if b.pick(3) == 2:
        prefixed = b.name("prefixed")
        b.define('with environs.prefixed("P_"):', f'    {prefixed} = environs("{name}", <text>)')
        b.variables[f"P_{name}"] = None
        return prefixed
    return b.one_of(f'environs("{name}", <text>)', f'environs.str("{name}", default=<text>)')


@construct("value", "pydantic-settings default", needs="pydantic_settings")
def _value_pydantic_default(b: Builder) -> str:
    def write() -> str:
        b.need("from pydantic_settings import BaseSettings, SettingsConfigDict")
        b.need("from pydantic import Field, SecretStr")
        name = b.name("Conf")
        b.define(
            *b.one_of(
                f"class {name}(BaseSettings):\n    {variable.lower()}: str = <text>",
                f"class {name}(BaseSettings):\n    {variable.lower()}: str = Field(<text>)",
                f"class {name}(BaseSettings):\n    {variable.lower()}: str = Field(default=<text>)",
                f"class {name}(BaseSettings):\n    {variable.lower()}: str = Field(default_factory=lambda: <text>)",
                f"class {name}(BaseSettings):\n    model_config = SettingsConfigDict(extra='ignore')\n"
                f"    {variable.lower()}: str = <text>",
                f"class {name}(BaseSettings):\n    hidden: SecretStr = Field(SecretStr(<text>),"
                f" validation_alias='{variable}')\n"
                f"    @property\n    def {variable.lower()}(self):\n        return self.hidden.get_secret_value()",
            ).split("\n")
        )
        return name

    variable = b.variable()
    return f"{b.defined(write)}().{variable.lower()}"


# conditions


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


# DEBUG and the name of the environment: each is defined once a module


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


# what stops the start, and what does not


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


# statements that bind a name


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


# other modules


@construct("place", "from import", across=True)
def _place_from(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need(b.one_of(f"from .{module.name} import {name}", f"from {module.dotted} import {name}"))
    return name


@construct("place", "from import as", across=True)
def _place_from_as(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    alias = b.name("imported")
    b.need(f"from .{module.name} import {name} as {alias}")
    return alias


@construct("place", "import of a module from its package", across=True)
def _place_package(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need(b.one_of(f"from . import {module.name}", f"from {module.package} import {module.name}"))
    return f"{module.name}.{name}"


@construct("place", "import dotted", across=True)
def _place_dotted(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need(f"import {module.dotted}")
    return f"{module.dotted}.{name}"


@construct("place", "import dotted as", across=True)
def _place_dotted_as(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    alias = b.name("module")
    b.need(f"import {module.dotted} as {alias}")
    return f"{alias}.{name}"


@construct("place", "import_module", across=True)
def _place_import_module(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need("import importlib")
    b.need("from importlib import import_module")
    call = b.one_of(
        f'import_module("{module.dotted}")',
        f'importlib.import_module("{module.dotted}")',
        f'import_module(".{module.name}", "{module.package}")',
        f'import_module(".{module.name}", __package__)',
        f'__import__("{module.dotted}", fromlist=["{name}"])',
    )
    alias = b.name("module")
    b.define(f"{alias} = {call}")
    return b.one_of(
        f"{alias}.{name}", f'getattr({alias}, "{name}")', f'vars({alias})["{name}"]', f'{alias}.__dict__["{name}"]'
    )


@construct("place", "star import", across=True)
def _place_star(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.need(f"from .{module.name} import *")
    return name


@construct("place", "imported by way of another module", across=True)
def _place_by_way(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    between = b.new_module("registry", "exports")
    between.imports[b.one_of(f"from .{module.name} import {name}", f"from .{module.name} import *")] = None
    b.need(f"from .{between.name} import {name}")
    return name


@construct("place", "package of its own", across=True)
def _place_in_package(b: Builder, write: Callable[[], str]) -> str:
    module, name = _elsewhere(b, write)
    b.modules.remove(module)
    inner = Module(f"{module.package}.{module.name}_package", "__init__")
    inner.imports, inner.definitions = module.imports, module.definitions
    if any(line.startswith("from .") for line in inner.imports):
        inner = module  # what it imports from its neighbours is not beside a package
    b.modules.append(inner)
    b.need(f"from {inner.dotted} import {name}")
    return name


def _elsewhere(b: Builder, write: Callable[[], str]) -> tuple[Module, str]:
    module = b.new_module("keys", "defaults", "shared", "helpers")
    with b.inside(module):
        name = write()
    if "." in name:  # imported there as an attribute of a module: given a name of its own
        with b.inside(module):
            own = b.name("own")
            b.define(f"{own} = {name}")
        return module, own
    return module, name


# layouts: how the settings module that is started comes to its key


@construct("layout", "one module")
def _layout_one(b: Builder) -> None:
    _write_body(b)


@construct("layout", "package of settings", across=True)
def _layout_package(b: Builder) -> None:
    b.module = Module(f"{ROOT}.settings", b.production)
    _write_body(b)
    if b.pick(2):
        sibling = Module(f"{ROOT}.settings", "dev")
        sibling.body = [f"SECRET_KEY = {_plain(b)}", "DEBUG = True"]
        b.modules.append(sibling)


@construct("layout", "package whose __init__ imports", across=True)
def _layout_init(b: Builder) -> None:
    inner = Module(f"{ROOT}.settings", b.production)
    b.module = inner
    _write_body(b)
    b.modules.append(inner)
    b.module = Module(f"{ROOT}.settings", "__init__")
    b.module.body.append(f"from .{b.production} import *")


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


# paths and reading


@construct("path", "os.path", leaf=True, across=True)
def _path_os(b: Builder, name: str) -> str:
    b.need("import os")
    return b.one_of(
        f'os.path.join(os.path.dirname(__file__), "{name}")',
        f'os.path.join(os.path.dirname(os.path.abspath(__file__)), "{name}")',
        f'os.path.dirname(os.path.realpath(__file__)) + "/{name}"',
        f'os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "{b.module.package.split(".")[-1]}", "{name}")',
    )


@construct("path", "pathlib", leaf=True, across=True)
def _path_pathlib(b: Builder, name: str) -> str:
    b.need("from pathlib import Path")
    return b.one_of(
        f'(Path(__file__).parent / "{name}")',
        f'(Path(__file__).resolve().parent / "{name}")',
        f'Path(__file__).with_name("{name}")',
        f'Path(__file__).resolve().parent.joinpath("{name}")',
        f'(Path(__file__).resolve().parents[1] / "{b.module.package.split(".")[-1]}" / "{name}")',
    )


@construct("path", "path in a constant", leaf=True, across=True)
def _path_constant(b: Builder, name: str) -> str:
    b.need("from pathlib import Path")
    if "HERE" not in b.known:
        b.known["HERE"] = "HERE"
        b.define("HERE = Path(__file__).resolve().parent")
    return f'(HERE / "{name}")'


@construct("read", "open", leaf=True, across=True)
def _read_open(b: Builder, name: str) -> str:
    return f"open({b.path_to(name)}).read()" + b.one_of("", ".strip()")


@construct("read", "read_text", leaf=True, across=True)
def _read_text(b: Builder, name: str) -> str:
    b.need("from pathlib import Path")
    return f"Path({b.path_to(name)}).read_text()" + b.one_of("", ".strip()", ".rstrip('\\n')")


@construct("read", "function that reads", leaf=True, across=True)
def _read_function(b: Builder, name: str) -> str:
    function = b.name("read_file", "read_secret")
    b.define(f"def {function}(path):", "    with open(path) as file:", "        return file.read().strip()")
    return f"{function}({b.path_to(name)})"


# former keys


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


CONSTRUCTS: dict[str, Construct] = {each.name: each for family in FAMILIES.values() for each in family}
"""All constructs by their names."""

ALL = frozenset(CONSTRUCTS)
ONE_MODULE = frozenset(name for name, each in CONSTRUCTS.items() if not each.across)
"""The constructs that take one file."""


def drawn(seed: object, enabled: frozenset[str] = ALL) -> Project:
    """Return the project that belongs to a seed."""
    return Builder(random.Random(str(seed)).randrange, enabled).build()


@st.composite
def projects(draw: st.DrawFn, enabled: frozenset[str] = ALL) -> Project:
    """Draw projects that Hypothesis can shrink."""
    return Builder(lambda limit: draw(st.integers(0, limit - 1)), enabled).build()
