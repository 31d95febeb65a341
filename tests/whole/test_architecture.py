"""Who may import whom: the layers stay apart, and what is costly stays out of the fast path."""

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

import secretkey_lint

PACKAGE = "secretkey_lint"
ROOT = Path(secretkey_lint.__file__).parent
MAX_LINES = 450


class Import(NamedTuple):
    module: str
    """The full name of what is imported: a module, or `module.name`."""
    types_only: bool
    line: int


def module_name(path: Path) -> str:
    parts = [PACKAGE, *path.relative_to(ROOT).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(ROOT.rglob("*.py"))}


def resolved(target: str) -> str:
    """Return the module of ours that `target` names or is a name of; what is not ours as it stands."""
    while target.startswith(PACKAGE) and target not in MODULES and "." in target:
        target = target.rpartition(".")[0]
    return target


def imports_of(name: str) -> list[Import]:
    """Return everything that a module imports, wherever the statement stands; `__import__` of a constant, too."""
    found: list[Import] = []

    def visit(node: ast.AST, types_only: bool) -> None:
        match node:
            case ast.Import(names=names):
                found.extend(Import(resolved(alias.name), types_only, node.lineno) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                assert level == 0, f"{name}:{node.lineno} imports relatively"
                if module != "__future__":
                    found.extend(Import(resolved(f"{module}.{alias.name}"), types_only, node.lineno) for alias in names)
            case ast.Call(func=ast.Name(id="__import__"), args=[ast.Constant(value=str(module)), *_]):
                found.append(Import(resolved(module), types_only, node.lineno))
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=orelse):
                for each in body:
                    visit(each, True)
                for each in orelse:
                    visit(each, types_only)
                return
        for child in ast.iter_child_nodes(node):
            visit(child, types_only)

    visit(ast.parse(MODULES[name].read_text(encoding="utf-8")), False)
    return found


IMPORTS = {name: imports_of(name) for name in MODULES}


def within(name: str, *packages: str) -> bool:
    return any(name == f"{PACKAGE}.{each}" or name.startswith(f"{PACKAGE}.{each}.") for each in packages)


def ours(name: str) -> list[Import]:
    return [each for each in IMPORTS[name] if each.module.split(".")[0] == PACKAGE]


def layer(*packages: str) -> list[str]:
    return [name for name in MODULES if within(name, *packages)]


def refused(name: str, *allowed: str) -> list[Import]:
    """Return the imports of ours that are in none of the `allowed` packages."""
    return [each for each in ours(name) if not within(each.module, *allowed)]


def test_the_package_is_found() -> None:
    """Without modules every other test here would pass."""
    assert len(MODULES) > 40
    assert f"{PACKAGE}.readers.python.interpreter" in MODULES


@pytest.mark.parametrize("name", layer("model"))
def test_model_imports_only_model(name: str) -> None:
    """The nouns depend on nothing, so that every layer can speak in them."""
    assert not refused(name, "model")


@pytest.mark.parametrize("name", layer("rules"))
def test_rules_know_only_the_model_and_words(name: str) -> None:
    """A rule knows no format, no git and no other rule."""
    assert not refused(name, "model", "appearance", "publications", "vocabulary")


@pytest.mark.parametrize("name", layer("readers"))
def test_readers_know_neither_projects_nor_each_other(name: str) -> None:
    """A reader gets what it needs of other files as an argument, and does not lean on another reader."""
    allowed = [
        "model",
        "errors",
        "appearance",
        "vocabulary",
        "readers.surroundings",
        "readers.entries",
        "readers.nested",
        "readers.structure",
        "readers.defaults",
        "readers.lines",
        "readers.parts",
        "readers.naming",
        "readers.words",
        "readers.commands",
    ]
    if name == f"{PACKAGE}.readers.reading":
        allowed.append("readers")  # which loads them by their names
    allowed += [package for package in ("readers.python", "readers.yaml", "readers.nested") if within(name, package)]
    assert not refused(name, *allowed)


@pytest.mark.parametrize("name", layer("reporters"))
def test_reporters_cannot_hold_a_secret(name: str) -> None:
    """What renders a report sees no value, binding, reader or rule, and no other reporter, even as a type."""
    nouns = ("model.record", "model.diagnostic", "model.report", "model.fingerprint", "model.source")
    imported = {each.module for each in refused(name, *nouns)}
    assert imported <= {PACKAGE, f"{PACKAGE}.reporters", f"{PACKAGE}.drawing"}


@pytest.mark.parametrize("name", layer("tracing.formats"))
def test_formats_of_traces_cannot_hold_a_secret(name: str) -> None:
    """Nor does what renders a trace."""
    imported = {each.module for each in refused(name, "model.trace", "model.record", "model.source", "tracing.formats")}
    assert imported <= {PACKAGE, f"{PACKAGE}.reporters", f"{PACKAGE}.drawing"}


@pytest.mark.parametrize("name", [name for name in MODULES if not within(name, "tracing", "cli")])
def test_nothing_but_the_command_line_traces(name: str) -> None:
    """What explains a run is built on top of what runs."""
    assert not [each for each in ours(name) if within(each.module, "tracing")]


def test_what_draws_knows_only_how_things_look() -> None:
    """Nor does what both draw with."""
    assert {each.module for each in ours(f"{PACKAGE}.drawing")} == {f"{PACKAGE}.reporters"}


def test_model_of_reports_cannot_hold_a_secret() -> None:
    """What reporters see imports no value either, so that a diagnostic cannot come to carry one."""
    for name in ("model.diagnostic", "model.report", "model.fingerprint", "model.trace"):
        assert not [each for each in ours(f"{PACKAGE}.{name}") if within(each.module, "model.value", "model.binding")]


@pytest.mark.parametrize(
    "name", layer("trees", "project", "appearance", "publications", "vocabulary", "prefilter", "errors")
)
def test_lower_layers_do_not_look_up(name: str) -> None:
    """Trees, contexts and words serve the engine and know nothing of it."""
    allowed = ["model", "errors", "vocabulary", "prefilter"]
    allowed += [package for package in ("trees", "project") if within(name, package)]
    assert not refused(name, *allowed)


@pytest.mark.parametrize("name", [name for name in MODULES if not within(name, "cli", "__main__")])
def test_nothing_depends_on_the_command_line(name: str) -> None:
    """The command line is a user of the package like any other."""
    assert not [each for each in ours(name) if within(each.module, "cli")]


@pytest.mark.parametrize(
    ("distribution", "homes"),
    [
        ("libcst", ["readers.python", "fixing", "fixes"]),
        ("dotenv", ["readers.dotenv", "readers.python.variable_files"]),
        ("pathspec", ["trees.walk", "config.patterns"]),
        ("tomllib", ["config.reading", "readers.toml"]),
        ("yaml", ["readers.yaml"]),
        ("rich", ["drawing", "reporters.terminal", "tracing.formats.terminal", "cli.watching"]),
        ("pygls", ["server.serving", "server.session", "server.places"]),
        ("lsprotocol", ["server.serving", "server.session", "server.places", "server.actions"]),
    ],
)
def test_third_parties_have_one_home(distribution: str, homes: list[str]) -> None:
    """What is costly to import is imported where it is needed and nowhere else; nor do types lean on it elsewhere."""
    users = {
        name for name, imports in IMPORTS.items() if any(each.module.split(".")[0] == distribution for each in imports)
    }
    assert [name for name in sorted(users) if not within(name, *homes)] == []


def test_no_other_third_party_is_imported() -> None:
    """A dependency that pyproject.toml does not name would be missing in a hook's environment."""
    import sys

    known = {PACKAGE, "libcst", "dotenv", "pathspec", "yaml", "pygls", "lsprotocol", "rich", *sys.stdlib_module_names}
    foreign = {
        each.module for imports in IMPORTS.values() for each in imports if each.module.split(".")[0] not in known
    }
    assert foreign == set()


@pytest.mark.parametrize("name", [name for name in MODULES if not within(name, "cli", "__main__")])
def test_only_the_command_line_prints(name: str) -> None:
    """Whatever prints could print a key; there is one place to look through."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    printed = [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Name) and node.id == "print" and isinstance(node.ctx, ast.Load))
        or (isinstance(node, ast.Attribute) and node.attr in ("stdout", "stderr", "__stdout__", "__stderr__")
            and isinstance(node.value, ast.Name) and node.value.id == "sys")
        or (isinstance(node, ast.ImportFrom) and node.module == "sys"
            and any(alias.name in ("stdout", "stderr") for alias in node.names))
    ]  # fmt: skip
    assert printed == []


@pytest.mark.parametrize("name", list(MODULES))
def test_nothing_logs_or_warns(name: str) -> None:
    """A log record or a warning may reach a file that nobody thinks of; what a library logs is turned off."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    used = {
        each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute) and ast.unparse(each.value) == "logging"
    }
    silencing = used == {"disable", "CRITICAL"}
    refused = ("warnings", "pdb") if silencing else ("logging", "warnings", "pdb")
    assert not [each for each in IMPORTS[name] if each.module.split(".")[0] in refused]


@pytest.mark.parametrize("name", [name for name in MODULES if not within(name, "server", "cli")])
def test_nothing_but_the_command_line_serves(name: str) -> None:
    """What answers editors is built on top of what checks."""
    assert not [each for each in ours(name) if within(each.module, "server")]


@pytest.mark.parametrize("name", list(MODULES))
def test_modules_are_named_after_what_they_hold(name: str) -> None:
    """A module whose name says nothing collects everything."""
    assert name.rpartition(".")[2] not in {"utils", "util", "helpers", "common", "core", "manager", "base", "misc"}


@pytest.mark.parametrize("name", list(MODULES))
def test_modules_stay_small(name: str) -> None:
    """What no longer fits on a few screens does more than one thing."""
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= MAX_LINES
