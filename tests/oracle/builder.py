"""Writes settings projects: draws constructs of families, each a small function that returns code.

Everything is drawn by `Builder.choose` from a family of constructs, each a small function that returns code, so that
constructs nest in one another, can be counted, and can be switched off. `text` is an expression that the repository
alone determines, `value` any expression for a key, `condition` one for a branch, `bind` statements that give a name a
value, `body` all that a module does to leave `SECRET_KEY` bound. A definition (a constant, a function, a class) may
stand in another module: `Builder.defined` writes it there and returns what refers to it.

What is drawn is a number under a limit, by `Builder.pick`, so that Hypothesis can draw and shrink a project as well as
`random.Random`; the first construct of each family is its simplest.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from oracle.project import ROOT, SECRET, Module, Project

MAX_DEPTH = 6
"""How deep constructs nest before only those are drawn that hold no others."""

_VARIABLES = ("SECRET_KEY", "DJANGO_SECRET_KEY", "SIGNING", "ACME_TOKEN")
_PLACES = re.compile("<(text|value|soft|lookup|condition|helper|token|word)>")
_ALPHABET = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789-_=+!*^"

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

    def written(self, name: str, line: str, start: str = "", *, above: int = 0) -> None:
        """Have a file hold a line: one that is committed, that git ignores, or that is nowhere.

        `name` is its own, in the folder of the module or `above` so many folders; what it holds begins with `start`.
        """
        parts = self.module.package.split(".")
        path = "/".join([*parts[: max(len(parts) - above, 0)], name])
        files, ignored = self.project.files, self.project.ignored
        line = self.expanded(line)
        if path not in ignored and (path in files or self.pick(2) == 0):
            files[path] = files.get(path, start) + line.replace(SECRET, self.token()) + "\n"
        elif path in ignored or self.pick(2) == 0:
            ignored[path] = ignored.get(path, start) + line + "\n"

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
        self.choose("start")
        self.choose("root")
        if project.ignored:
            project.files[".gitignore"] = "".join(f"{path}\n" for path in project.ignored)
        project.variables = tuple(self.variables)
        project.features = tuple(self.features)
        project.git = self.pick(16) == 15
        project.constructs = self.used
        return project
