"""What names a settings module to start with: entry points, deployment, test runners, scripts.

Files are looked through as text, whatever their format: what counts is that a name of a module stands where one is
asked for, and that the project has such a module.
"""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.model.source import LineIndex
from secretkey_lint.project import context
from secretkey_lint.vocabulary import DEVELOPMENT_WORDS, TEST_WORDS, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.model.trace import Role
    from secretkey_lint.project.imports import Imports
    from secretkey_lint.project.tree import Tree

NEEDLES = ("DJANGO_SETTINGS_MODULE", "--settings", "--ds")
"""What a file has, one of them, that names a settings module."""

CONFIGURATION = "DJANGO_CONFIGURATION"
"""The variable that says which class of the settings module django-configurations starts with."""

MAX_LENGTH = 1 << 18
"""Characters of a file that is looked through; what starts a project is shorter."""

_INTERFACES = frozenset({"wsgi", "asgi"})
_SERVER_WORDS = frozenset({"uwsgi", "gunicorn", "procfile", "supervisor", "supervisord", "passenger"})
_SERVER_FILES = frozenset({"app.yaml", "fly.toml", "render.yaml"})
_SERVER_COMMANDS = ("gunicorn", "uvicorn", "daphne", "hypercorn", "uwsgi", "waitress", "granian", "mod_wsgi")
_DEPLOYMENT_WORDS = frozenset({"celery", "celeryapp", "dockerfile", "containerfile", "compose"})
_DEPLOYMENT_SUFFIXES = (".yml", ".yaml", ".json", ".tf", ".env", ".gotmpl")
_TEST_FILES = frozenset({"pyproject.toml", "setup.cfg", "pytest.ini", "tox.ini", "noxfile.py", "mypy.ini"})
_TEST_COMMANDS = ("pytest", "py.test", "manage.py test", "django-admin test", "manage.py jenkins")
_DEVELOPMENT_COMMANDS = ("runserver", "shell_plus")
_EDITOR_FOLDERS = frozenset({".idea", ".vscode", ".devcontainer"})
_ASSETS = tuple(".css .csv .html .js .lock .map .mo .po .scss .sql .svg .ts .tsx".split())
_COMMENTS = ("#", ";", "//", "<!--", "REM ", "rem ")

_NAME = r"([A-Za-z_]\w*(?:\.\w+)*)"
_QUOTE = r"[\"']?"
_DEFAULT = rf"(?:\$\{{\w+:?[-=]{_QUOTE})?"  # `${NAME:-` before the name
_VARIABLE = (
    rf"DJANGO_SETTINGS_MODULE{_QUOTE}\]?"
    rf"(?:\s+value\s*[:=]\s*|\s*,\s*{_QUOTE}value{_QUOTE}\s*:\s*|\s*(?::?[-=]|[,=:])\s*|\s+)"
    rf"(?:os\.(?:getenv|environ\.get)\(\s*[\"']\w+[\"'],\s*)?{_QUOTE}{_DEFAULT}{_NAME}"
)
_OPTION = rf"--(?:settings|ds){_QUOTE}(?:\s*,\s*|[= ]\s*){_QUOTE}{_DEFAULT}{_NAME}"
_PATTERN = rf"{_VARIABLE}|{_OPTION}"


class Entry(Record):
    """A place that names a settings module to start with, in the words that stand there."""

    module: str
    name: str
    role: Role
    span: Span


class Names:
    """Finds the modules that are named."""

    def __init__(self, tree: Tree, imports: Imports) -> None:
        self._tree = tree
        self._imports = imports
        self._roots: list[str] | None = None

    def modules(self, name: str, path: str) -> list[str]:
        """Return the files that a name means in a file: one, or one of each project where it stands beside all.

        What the file itself could import goes before what others can.
        """
        module = self._imports.resolve(name, path)
        if module is not None and path.startswith(_root(module, name)):
            return [module] if not module.endswith("/") else []
        if self._roots is None:
            managed = sorted(path for path in self._tree.files if f"/{path}".endswith("/manage.py"))
            self._roots = [path.removesuffix("manage.py") for path in managed]
        if not any(path.startswith(root) for root in self._roots):
            found = ((root, self._imports.resolve(name, f"{root}manage.py")) for root in self._roots)
            own = {module for root, module in found if module is not None and module.startswith(root)}
            if own:
                return sorted(module for module in own if not module.endswith("/"))
        return [module] if module is not None and not module.endswith("/") else []


def _root(module: str, name: str) -> str:
    """The folder, with a `/` at its end or "", that a module is imported from by its name."""
    return module.removesuffix(".py").removesuffix("/").removesuffix("/__init__").removesuffix(name.replace(".", "/"))


def entries_of(file: SourceFile, names: Names, where: Context) -> Iterator[Entry]:
    """Yield what a file names to start with; nothing for examples and for what only shows how it could be done.

    `where` is the context of the file.
    """
    path = file.project_path
    if where == "example" or path.endswith(_ASSETS) or _is_a_test(path) or len(file.content) > MAX_LENGTH:
        return
    import re

    text = file.text()
    index = LineIndex(text)
    for match in re.finditer(_PATTERN, text):
        line = _line(text, match.start())
        name = match[1] or match[2]
        if line.lstrip().startswith(_COMMENTS):
            continue
        group = 1 if match[1] else 2
        span = index.span(file.path, match.start(group), match.end(group))
        for module in names.modules(name, path):
            yield Entry(module, name, _role(path, where, line, module, by_option=group == 2), span)


def configurations_of(file: SourceFile, where: Context) -> Iterator[tuple[str, Role | None]]:
    """Yield the classes that a file names for django-configurations, each with what it starts; None for a build."""
    path = file.project_path
    if len(file.content) > MAX_LENGTH or path.endswith(_ASSETS) or where == "example":
        return
    import re

    text = file.text()
    for match in re.finditer(
        rf"{CONFIGURATION}{_QUOTE}(?:\s*,\s*|\s*:?[=:]\s*|\]\s*=\s*){_QUOTE}{_DEFAULT}(\w+)", text
    ):
        line = _line(text, match.start())
        if not line.lstrip().startswith(_COMMENTS):
            is_built = line.lstrip().upper().startswith("RUN ")
            yield match[1], None if is_built else _role(path, where, line, "", by_option=False)


def _is_a_test(path: str) -> bool:
    """Whether a module holds tests: what it names is data to them, and starts nothing."""
    name = path.rpartition("/")[2]
    return name.endswith(("_test.py", "_tests.py")) or (name.startswith("test_") and name.endswith(".py"))


def _line(text: str, offset: int) -> str:
    """The line that an offset is in, with those that a backslash at their ends joins to it."""
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    while start and text.endswith("\\\n", 0, start):
        start = text.rfind("\n", 0, start - 1) + 1
    return text[start : end if end >= 0 else len(text)]


def _role(path: str, where: Context, line: str, module: str, *, by_option: bool) -> Role:
    """What a line of a file that names a settings module starts.

    What servers start is production. A container or a worker is as well, unless the module says by its name that it
    is not: files for a developer's machine are called the same.
    """
    *folders, name = path.lower().split("/")
    said = {*words(name), *(words(folders[-1]) if folders else ())}
    if where == "test" or name in _TEST_FILES or any(command in line for command in _TEST_COMMANDS):
        return "test"
    if where == "development" or not _EDITOR_FOLDERS.isdisjoint(folders):
        return "development"
    if not (by_option or _INTERFACES.isdisjoint(said)):
        return "production"
    every = {word for part in (*folders, name) for word in words(part)}
    if not every.isdisjoint(TEST_WORDS):
        return "test"
    if not every.isdisjoint(DEVELOPMENT_WORDS) or any(command in line for command in _DEVELOPMENT_COMMANDS):
        return "development"
    if not by_option and (not _SERVER_WORDS.isdisjoint(said) or name in _SERVER_FILES or name.endswith(".service")):
        return "production"
    deploys = any(command in line for command in _SERVER_COMMANDS) or (
        not by_option
        and not line.lstrip().upper().startswith("RUN ")
        and (not _DEPLOYMENT_WORDS.isdisjoint(said) or ".env" in name or name.endswith(_DEPLOYMENT_SUFFIXES))
    )
    if not deploys:
        return "command"
    of_module = context.of_path(module)
    return "command" if of_module == "example" else of_module
