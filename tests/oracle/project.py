"""A generated project, and what its worlds are made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

ROOT = "shop"
SECRET = "@@"
"""Stands in files that nobody commits for what differs from machine to machine."""


@dataclass
class Project:
    """A generated project, and what its worlds are made of."""

    files: dict[str, str]
    settings: str = f"{ROOT}.settings"
    development: str = ""
    """The module that is started with on the machines of developers, where it is not the same."""
    root: str = ""
    """The folder, with a `/` at its end, that modules are imported from."""
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
