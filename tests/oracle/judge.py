"""Compares what Django does with a project with what secretkey-lint says of it.

Every project is started in several worlds, which differ in environment variables, arguments and the files that
git ignores, and twice in each: with other values of all that does not stand in the repository. A key is known to
those who read the repository if it is the same both times. Before it is said that an error is about something that
no world starts with, or none but those of development, all that can differ is combined.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from oracle.generator import SECRET, Project
from secretkey_lint import api

_ARGUMENTS = ["gunicorn", "shop.wsgi"]
_ORDER = ("nothing", "note", "warning", "error")

EXPECTED_FAILURES = frozenset(
    {"AssertionError", "FileNotFoundError", "ImproperlyConfigured", "KeyError", "ModuleNotFoundError", "RuntimeError",
     "SystemExit", "UndefinedValueError", "EnvNotSetError", "EnvValidationError", "IndexError", "StopIteration", "ValidationError", "ValueError"}
)  # fmt: skip
"""Ways in which a start ends that projects mean; others are faults of the generator."""


@dataclass
class World:
    """A start: what is set, and whether it is one of a production server."""

    name: str
    kind: str
    """`plain`: no variable set. `production`: that said of the environment, DEBUG off, no key. `development`: DEBUG
    on, another environment, or a test runner. `other`: anything else."""
    environment: dict[str, str] = field(default_factory=dict)
    arguments: list[str] = field(default_factory=lambda: list(_ARGUMENTS))
    pytest: bool = False
    files: bool = False
    keyed: bool = False
    blank: bool = False
    """Whether there is nothing in the files."""
    absent: bool = False
    """Whether it has the files, too, that modules read and of which the repository says nothing."""
    settings: str = ""
    """The module that is started with, if it is not the one of production."""


@dataclass
class Outcome:
    """What Django did in one world."""

    world: World
    known: bool
    error: str = ""
    text: str = ""
    key: str = ""


@dataclass
class Judgement:
    """What came out of one project: `problems` are the claims that do not hold."""

    project: Project
    outcomes: list[Outcome]
    severity: str
    reported: list[str]
    problems: list[str]
    faults: list[str]

    @property
    def starts(self) -> bool:
        return any(not outcome.error for outcome in self.outcomes)

    def __str__(self) -> str:
        worlds = "\n".join(
            f"  {outcome.world.name}: " + (outcome.error or ("KNOWN" if outcome.known else "not known"))
            for outcome in self.outcomes
        )
        said = "\n".join(f"  {line}" for line in self.reported) or "  nothing"
        return f"{', '.join(self.problems) or 'as it should be'}\n{self.project!r}\nDjango:\n{worlds}\nwe:\n{said}"


def worlds_of(project: Project) -> list[World]:
    """Return the worlds that can make a difference."""
    production = {name: said for name, (said, _) in project.environments.items()}
    development = {name: said for name, (_, said) in project.environments.items()}
    on = {name: on for name, (on, _) in project.toggles.items()}
    off = {name: off for name, (_, off) in project.toggles.items() if off is not None}
    keys = dict.fromkeys(project.variables, SECRET)
    worlds = [
        World("plain", "plain"),
        World("production", "production", {**production, **off}),
        World("keys set", "other", {**production, **off, **keys}, keyed=True),
    ]
    if keys:
        worlds.append(World("keys empty", "other", {**production, **off, **dict.fromkeys(keys, "")}))
        if production or off:
            worlds.append(World("only keys set", "other", keys, keyed=True))
    if len(keys) > 1:
        worlds += [World(f"only {name}", "other", {**production, **off, name: SECRET}, keyed=True) for name in keys]
        worlds += [World(f"only {name}, empty", "other", {**production, **off, name: ""}) for name in keys]
    if on:
        worlds.append(World("debug", "development", {**on, **production}))
        worlds.append(World("debug, keys set", "development", {**on, **keys, **production}, keyed=True))
    if development:
        worlds.append(World("development", "development", {**off, **development}))
        worlds.append(World("staging", "other", {**off, **dict.fromkeys(development, "staging")}))
        worlds.append(World("development, keys set", "development", {**development, **keys}, keyed=True))
    if on and development:
        worlds.append(World("development, debug", "development", {**on, **development}))
    if project.runs_tests:
        for more in ({}, keys):
            worlds.append(
                World("tests", "development", {**production, **off, **more}, ["manage.py", "test"], keyed=bool(more))
            )
            worlds.append(
                World("pytest", "development", {**production, **off, **more}, ["pytest"], True, keyed=bool(more))
            )
    for name in project.features:
        worlds.append(World(f"{name} set", "other", {**production, **off, name: "1"}))
        worlds.append(World(f"{name} set, keys set", "other", {**production, **off, **keys, name: "1"}, keyed=True))
    if project.ignored:
        worlds.append(World("files", "other", {**production, **off}, files=True))
        worlds.append(World("files, keys set", "other", {**production, **off, **keys}, files=True, keyed=True))
    if project.development:
        on_machines = [each for each in worlds if each.kind in ("plain", "development") or each.keyed]
        worlds += [
            replace(each, name=f"developer, {each.name}", kind="development", settings=project.development)
            for each in on_machines
        ]
    return worlds


def _absent(project: Project) -> dict[str, str]:
    """The files beside modules that these read, and that are neither in the repository nor ignored: machines may have them."""
    found: dict[str, str] = {}
    for path, text in project.files.items():
        for name in re.findall(r"""["'](secret\d*\.txt)["']""", text):
            found[f"{os.path.dirname(path)}/{name}"] = SECRET
    return {path: text for path, text in found.items() if path not in {*project.files, *project.ignored}}


_FIXED = "DEBUG = True"
"""What people edit on the machine that serves, where nothing else switches it."""

MAX_FURTHER = 2000
"""Worlds that are looked at before it is said that something holds in none."""


def further_worlds(project: Project) -> Iterator[World]:
    """Yield worlds that combine all that can differ, of which `worlds_of` has those that mostly make a difference."""
    # for each variable what it may be, and whether that is of development
    choices: list[list[tuple[dict[str, str], bool]]] = [
        *([({}, False), ({name: ""}, False), ({name: SECRET}, False)] for name in project.variables),
        *(
            [({name: said}, False), ({}, False), ({name: "staging"}, False), ({name: developing}, True)]
            for name, (said, developing) in project.environments.items()
        ),
        *([({name: "1"}, False), ({}, False)] for name in project.features),
    ]
    for name, (on, off) in project.toggles.items():
        choices.append([({} if off is None else {name: off}, False), ({name: on}, True)])
    runs = [(_ARGUMENTS, False)] + [(["manage.py", "test"], False), (["pytest"], True)] * project.runs_tests
    for arguments, pytest in runs:
        has_files = bool(project.ignored or _absent(project))
        for files, blank in ((True, False), (False, False), (True, True)) if has_files else ((False, False),):
            for chosen in itertools.product(*choices):
                environment = {name: value for said, _ in chosen for name, value in said.items()}
                is_development = arguments != _ARGUMENTS or any(developing for _, developing in chosen)
                kind = "development" if is_development else "other"
                name = ", ".join([*map("=".join, environment.items()), *arguments, *["files"] * files])
                yield World(name, kind, environment, list(arguments), pytest, files, blank=blank, absent=files)


class Oracle:
    """A Django that stays ready; a context manager."""

    def __enter__(self) -> Self:
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("worker.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,  # none of coverage's: measuring the worker would take longer than all it does
        )
        self._folder = tempfile.mkdtemp(prefix="oracle-")
        self._count = 0
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        shutil.rmtree(self._folder, ignore_errors=True)

    def judge(self, project: Project) -> Judgement:
        """Run a project in all its worlds and check it."""
        self._count += 1
        folder = os.path.join(self._folder, str(self._count))
        try:
            for path, text in project.files.items():
                place = os.path.join(folder, path)
                os.makedirs(os.path.dirname(place), exist_ok=True)
                with open(place, "w", encoding="utf-8") as file:
                    file.write(text)
            outcomes = self._run(project, folder, worlds_of(project))
            if project.git:
                subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
                subprocess.run(["git", "add", "--all"], cwd=folder, check=True)
            said = _check(folder)
            judgement = compared(project, outcomes, *said)
            if {"false alarm", "too loud"}.isdisjoint(judgement.problems):
                return judgement
            further = list(itertools.islice(further_worlds(project), MAX_FURTHER))
            outcomes += self._known(project, folder, further)
            edited = {path: text for path, text in project.files.items() if _FIXED in text}
            for path, text in edited.items():
                with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
                    file.write(text.replace(_FIXED, "DEBUG = False"))
            outcomes += self._known(project, folder, further) if edited else []
            return compared(project, outcomes, *said)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _known(self, project: Project, folder: str, worlds: list[World]) -> list[Outcome]:
        """Run a project in many worlds, for those in which its key is known."""
        parts = (worlds[at : at + 100] for at in range(0, len(worlds), 100))
        return [each for part in parts for each in self._run(project, folder, part) if each.known]

    def _run(self, project: Project, folder: str, worlds: list[World]) -> list[Outcome]:
        request = {
            "folder": folder,
            "root": project.root,
            "configuration": project.configuration,
            "worlds": [_as_request(world, project, time) for world in worlds for time in (1, 2)],
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        answers = json.loads(self._process.stdout.readline())
        if answers is None:
            return []
        outcomes = []
        for world, first, second in zip(worlds, answers[::2], answers[1::2], strict=True):
            if "error" in first or "error" in second:
                failed = first if "error" in first else second
                outcomes.append(Outcome(world, False, failed["error"], failed["text"]))
            else:
                known = first["key"] == second["key"] or not set(first["fallbacks"]).isdisjoint(second["fallbacks"])
                outcomes.append(Outcome(world, known, key=first["key"]))
        return outcomes


def _as_request(world: World, project: Project, time: int) -> dict[str, Any]:
    """A world with values that stand in no repository, and that differ from time to time and name to name."""
    environment = {
        name: f"{name[::-1]}{time}0q9w8e7r6t5y4u3i2o1p{time}zmxncbvlaksjdhfg{time}" if value == SECRET else value
        for name, value in world.environment.items()
    }
    files = {**(project.ignored if world.files else {}), **(_absent(project) if world.absent else {})}
    hidden = "" if world.blank else f"hidden{time}0q9w8e7r6t5y4u3i2o1p{time}zmxncbvlaksjdhfg{time}hidden"
    return {
        "settings": world.settings or project.settings,
        "environment": environment,
        "arguments": world.arguments,
        "pytest": world.pytest,
        "files": {path: text.replace(SECRET, hidden) for path, text in files.items()},
    }


def _check(folder: str) -> tuple[str, list[str], list[str]]:
    """What secretkey-lint says: the loudest severity, each diagnostic in short, and what failed."""
    with _inside(folder):
        try:
            report = api.check_paths(["."])
        except Exception as error:  # to be shown with the project that it is about
            place = traceback.extract_tb(error.__traceback__)[-1]
            said = f"{type(error).__name__}: {error} in {place.name}, {Path(place.filename).name}:{place.lineno}"
            return "nothing", [said], [said]
    severities = [each.severity for each in report.diagnostics]
    reported = [
        f"{each.span.path}:{each.span.start.line}: {each.code} {each.severity} {each.message}"
        for each in report.diagnostics
    ]
    failures = [*report.failures, *(each.message for each in report.diagnostics if each.code == "SKL900")]
    return max(severities, key=_ORDER.index, default="nothing"), reported, failures


@contextlib.contextmanager
def _inside(folder: str) -> Iterator[None]:
    here = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)


def _is_published(line: str) -> bool:
    """Whether a diagnostic is about a key that is reported wherever it stands, used or not.

    That is one with the prefix of startproject, and an entry of a committed file that is called as the key, or as what
    the settings read it from.
    """
    path = line.partition(":")[0]
    return " SKL002 " in line or (" SKL005 " in line and not path.endswith(".py"))


def compared(
    project: Project, outcomes: list[Outcome], severity: str, reported: list[str], failures: list[str]
) -> Judgement:
    problems = [f"broken: {failure}" for failure in failures]
    known = [outcome.world for outcome in outcomes if outcome.known]
    in_production = any(world.kind == "production" for world in known)
    loudness = _ORDER.index(severity)
    if any(world.kind in ("plain", "production") for world in known) and loudness < _ORDER.index("warning"):
        problems.append("miss")
    elif in_production and severity != "error" and not project.for_development:
        problems.append("too quiet")
    starts = any(not outcome.error for outcome in outcomes)
    is_error = any(" error " in line and not _is_published(line) for line in reported)
    if starts and is_error:
        if not known:
            problems.append("false alarm")
        elif all(world.kind == "development" for world in known):
            problems.append("too loud")
    faults = [
        f"{outcome.error}: {outcome.text}"
        for outcome in outcomes
        if outcome.error and outcome.error not in EXPECTED_FAILURES
    ]
    if faults or project.derived:
        problems = []  # what nobody would have written says nothing, and what can be guessed may be reported or not
    return Judgement(project, outcomes, severity, reported, problems, faults)
