"""What a repository's files say of its settings modules: which it starts with, and for what."""

from collections.abc import Iterable

import pytest

from secretkey_lint.model.source import SourceFile
from secretkey_lint.project.entries import MAX_LENGTH
from secretkey_lint.project.project import Project


class Files:
    """A tree in memory."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts
        self.files = frozenset(texts)

    def read(self, path: str) -> SourceFile | None:
        return SourceFile(path, self._texts[path].encode(), path) if path in self._texts else None

    def search(self, texts: Iterable[str], suffixes: tuple[str, ...] = ()) -> list[str]:
        wanted = list(texts)
        found = [path for path, text in self._texts.items() if any(each in text for each in wanted)]
        return sorted(path for path in found if path.endswith(suffixes or ""))


def project(**texts: str) -> Project:
    return Project(Files(texts))


def named(path: str, text: str, *modules: str) -> list[tuple[str, str, int, int]]:
    """Return what the file at `path` names, as module, role, line and column."""
    modules = modules or ("shop/settings/live.py", "shop/settings/dev.py", "shop/settings/test.py")
    known = project(**dict.fromkeys(modules, ""), **{path: text}).settings
    return [(each.module, each.role, each.span.start.line, each.span.start.column) for each in known.entries]


LIVE, DEV, TEST = "shop/settings/live.py", "shop/settings/dev.py", "shop/settings/test.py"
SETDEFAULT = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.live")\n'


@pytest.mark.parametrize(
    ("path", "text", "role"),
    [
        ("manage.py", SETDEFAULT, "command"),
        ("shop/wsgi.py", SETDEFAULT, "production"),
        ("shop/asgi.py", SETDEFAULT, "production"),
        ("shop/celery.py", SETDEFAULT, "production"),
        ("shop/celery_app.py", SETDEFAULT, "production"),
        ("wsgi/app.py", SETDEFAULT, "production"),
        ("bin/import.py", SETDEFAULT, "command"),
        ("tests/conftest.py", SETDEFAULT, "test"),
        ("conftest.py", SETDEFAULT, "test"),
        ("tests/test_start.py", SETDEFAULT, None),
        ("examples/shop/wsgi.py", SETDEFAULT, None),
        ("docs/conf.py", SETDEFAULT, None),
        ("shop/wsgi.py", "os.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings.live'\n", "production"),
        ("shop/wsgi.py", 'os.environ.setdefault(\n    "DJANGO_SETTINGS_MODULE",\n    "shop.settings.live",\n)\n', "production"),
        ("shop/wsgi.py", 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", os.getenv("MODULE", "shop.settings.live"))\n', "production"),
        ("shop/wsgi.py", 'x = os.environ.get("DJANGO_SETTINGS_MODULE", "shop.settings.live")\n', "production"),
        ("shop/wsgi.py", '# os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings.live"\n', None),
        ("pytest.ini", "[pytest]\nDJANGO_SETTINGS_MODULE = shop.settings.live\n", "test"),
        ("pytest.ini", "[pytest]\naddopts = --ds=shop.settings.live -q\n", "test"),
        ("pyproject.toml", '[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "shop.settings.live"\n', "test"),
        ("pyproject.toml", '[tool.pytest.ini_options]\naddopts = ["--ds", "shop.settings.live"]\n', "test"),
        ("setup.cfg", "[tool:pytest]\nDJANGO_SETTINGS_MODULE=shop.settings.live\n", "test"),
        ("tox.ini", "[testenv]\nsetenv =\n    DJANGO_SETTINGS_MODULE=shop.settings.live\n", "test"),
        ("noxfile.py", '{"envs": {"DJANGO_SETTINGS_MODULE": "shop.settings.live"}}\n', "test"),
        ("Makefile", "check:\n\tpython manage.py test --settings=shop.settings.live\n", "test"),
        ("Makefile", "run:\n\tpython manage.py runserver --settings shop.settings.live\n", "development"),
        ("Makefile", "migrate:\n\tpython manage.py migrate --settings=shop.settings.live\n", "command"),
        ("bin/start", "DJANGO_SETTINGS_MODULE=shop.settings.live gunicorn shop.wsgi\n", "production"),
        ("bin/start", "export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-shop.settings.live}\n", "command"),
        ("bin/start", ": ${DJANGO_SETTINGS_MODULE:=shop.settings.live}\n", "command"),
        ("bin/start.csh", "setenv DJANGO_SETTINGS_MODULE shop.settings.live\n", "command"),
        ("Dockerfile", "ENV DJANGO_SETTINGS_MODULE=shop.settings.live\n", "production"),
        ("Dockerfile", "ENV DJANGO_SETTINGS_MODULE shop.settings.live\n", "production"),
        ("Dockerfile", "ENV A=1 \\\n    DJANGO_SETTINGS_MODULE=shop.settings.live\n", "production"),
        ("Dockerfile", "RUN DJANGO_SETTINGS_MODULE=shop.settings.live ./manage.py collectstatic\n", "command"),
        ("Dockerfile", "RUN A=1 \\\n    DJANGO_SETTINGS_MODULE=shop.settings.live ./manage.py collectstatic\n", "command"),
        ("deploy/Dockerfile.dev", "ENV DJANGO_SETTINGS_MODULE=shop.settings.live\n", "development"),
        ("compose/local/django/Dockerfile", "ENV DJANGO_SETTINGS_MODULE=shop.settings.live\n", "development"),
        ("docker-compose.yml", "  - DJANGO_SETTINGS_MODULE=${MODULE:-shop.settings.live}\n", "production"),
        ("compose.yaml", "  DJANGO_SETTINGS_MODULE: ${DJANGO_SETTINGS_MODULE:-shop.settings.live}\n", "production"),
        ("compose.local.yaml", "  DJANGO_SETTINGS_MODULE: shop.settings.live\n", "development"),
        ("docker-compose.test.yml", "  DJANGO_SETTINGS_MODULE: shop.settings.live\n", "test"),
        ("deploy/k8s.yaml", "- name: DJANGO_SETTINGS_MODULE\n  value: shop.settings.live\n", "production"),
        ("deploy/task.json", '{"name": "DJANGO_SETTINGS_MODULE", "value": "shop.settings.live"}\n', "production"),
        ("Procfile", "web: gunicorn --env DJANGO_SETTINGS_MODULE=shop.settings.live shop.wsgi\n", "production"),
        ("Procfile.dev", "web: DJANGO_SETTINGS_MODULE=shop.settings.live ./manage.py runserver\n", "development"),
        ("deploy/shop.service", '[Service]\nEnvironment="DJANGO_SETTINGS_MODULE=shop.settings.live"\n', "production"),
        ("uwsgi.ini", "[uwsgi]\nenv = DJANGO_SETTINGS_MODULE=shop.settings.live\n", "production"),
        ("deploy/uwsgi.xml", "<env>DJANGO_SETTINGS_MODULE=shop.settings.live</env>\n", "production"),
        (".env", "DJANGO_SETTINGS_MODULE=shop.settings.live\n", "production"),
        (".env.local", "DJANGO_SETTINGS_MODULE=shop.settings.live\n", "development"),
        (".envs/.local/.django", "DJANGO_SETTINGS_MODULE=shop.settings.live\n", "development"),
        (".env.example", "DJANGO_SETTINGS_MODULE=shop.settings.live\n", None),
        (".idea/run.xml", '<env name="DJANGO_SETTINGS_MODULE" value="shop.settings.live" />\n', "development"),
        (".github/workflows/ci.yml", "  DJANGO_SETTINGS_MODULE: shop.settings.live\n", None),
        ("README.md", "    ./manage.py runserver --settings=shop.settings.live\n", None),
        ("shop/wsgi.py", 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.absent")\n', None),
        ("shop/wsgi.py", 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.%s" % x)\n', None),
        ("static/app.js", "x = '--ds shop.settings.live'\n", None),
    ],
)  # fmt: skip
def test_what_names_a_settings_module(path: str, text: str, role: str | None) -> None:
    """Each form in which people name the module, and what the file is for that does."""
    found = named(path, text)
    assert [(module, said) for module, said, _, _ in found] == ([(LIVE, role)] if role else [])
    for _, _, line, column in found:
        assert text.splitlines()[line - 1][column - 1 :].startswith("shop.settings.live")


def test_a_file_called_for_all_starts_what_is_called_for_development() -> None:
    """A compose file or a worker says no more than the module's own name does; a server does."""
    for path in ("docker-compose.yml", "Dockerfile", "shop/celery.py"):
        assert named(path, "DJANGO_SETTINGS_MODULE=shop.settings.dev\n")[0][:2] == (DEV, "development")
    assert named("shop/wsgi.py", SETDEFAULT.replace("live", "dev"))[0][:2] == (DEV, "production")


def test_what_is_too_long_starts_nothing() -> None:
    """A dump of a database is no script."""
    assert named("bin/start", "DJANGO_SETTINGS_MODULE=shop.settings.live\n" + " " * MAX_LENGTH) == []


def contexts(modules: list[str], **names: str) -> list[str]:
    """Return what each module is for where files name modules: `{"shop/wsgi.py": "shop.settings.live"}`."""
    texts = dict.fromkeys(modules, "")
    for path, name in names.items():
        texts[path] = f"DJANGO_SETTINGS_MODULE={name}\n" if name else ""
    settings = project(**texts).settings
    return [settings.context_of(module) for module in modules]


def test_a_server_decides_whatever_a_module_is_called() -> None:
    """What wsgi.py names is production, if that is all that servers start."""
    assert contexts([DEV], **{"shop/wsgi.py": "shop.settings.dev"}) == ["production"]
    assert contexts([TEST], **{"shop/wsgi.py": "shop.settings.test"}) == ["production"]
    assert contexts(["shop/settings/example.py"], **{"shop/wsgi.py": "shop.settings.example"}) == ["example"]


def test_servers_that_differ() -> None:
    """A default for development in one of them stays one where another, or the deployment, names a module for production."""
    for path in ("shop/wsgi.py", "Dockerfile", "Procfile", ".env"):
        names = {"shop/asgi.py": "shop.settings.dev", path: "shop.settings.live"}
        assert contexts([LIVE, DEV], **names) == ["production", "development"]
    assert contexts([LIVE, DEV], **{"shop/asgi.py": "shop.settings.dev", "docker-compose.yml": "shop.settings.dev"}) == [
        "production", "production",
    ]  # fmt: skip


def test_commands_and_servers_that_differ() -> None:
    """What only manage.py starts is for development where a server starts another, unless it says that it is not."""
    first, second, prod = "shop/settings.py", "shop/more_settings.py", "shop/prod_settings.py"
    names = {"manage.py": "shop.settings", "shop/wsgi.py": "shop.more_settings"}
    assert contexts([first, second], **names) == ["development", "production"]
    assert contexts([first, second], **{"manage.py": "shop.settings"}) == ["production", "production"]
    names = {"manage.py": "shop.prod_settings", "shop/wsgi.py": "shop.settings"}
    assert contexts([first, prod], **names) == ["production", "production"]
    names = {"manage.py": "shop.settings", "shop/wsgi.py": "shop.settings"}
    assert contexts([first], **names) == ["production"]


def test_tests_that_have_settings_of_their_own() -> None:
    """What only a test runner names is its own, if the project starts with something else; or if nothing starts it."""
    first, runs = "shop/settings.py", "shop/settings_runs.py"
    names = {"pytest.ini": "shop.settings_runs", "shop/wsgi.py": "shop.settings"}
    assert contexts([first, runs], **names) == ["production", "test"]
    assert contexts([runs], **{"pytest.ini": "shop.settings_runs", "manage.py": ""}) == ["production"]
    assert contexts([runs], **{"pytest.ini": "shop.settings_runs"}) == ["test"]
    heir = {"shop/settings_more.py": "", "pytest.ini": "shop.settings_runs"}
    known = project(**{runs: "", **heir, "shop/settings_more.py": "from .settings_runs import *\n", "pytest.ini": "DJANGO_SETTINGS_MODULE=shop.settings_runs\n"})  # fmt: skip
    assert known.settings.context_of(runs) == "production"


def test_nothing_names_any() -> None:
    """Then what modules are called decides."""
    assert contexts([LIVE, DEV, TEST]) == ["production", "development", "test"]


def test_projects_of_one_repository_do_not_speak_for_each_other() -> None:
    """Servers of one project say nothing of what the commands of another start."""
    modules = ["a/shop/settings.py", "b/shop/settings.py"]
    names = {"a/manage.py": "shop.settings", "b/manage.py": "shop.settings", "b/shop/wsgi.py": "shop.settings"}
    assert contexts(modules, **names) == ["production", "production"]
    known = project(
        **dict.fromkeys(modules, ""), **{path: f"DJANGO_SETTINGS_MODULE={name}\n" for path, name in names.items()}
    )
    assert [(each.span.path, each.module) for each in known.settings.entries] == [
        ("a/manage.py", "a/shop/settings.py"),
        ("b/manage.py", "b/shop/settings.py"),
        ("b/shop/wsgi.py", "b/shop/settings.py"),
    ]


def test_a_file_above_all_projects_speaks_for_each() -> None:
    """A compose file at the root may start any of the projects below that have such a module."""
    texts = {"a/manage.py": "", "b/manage.py": "", "a/conf/settings.py": "", "b/conf/settings.py": "", "c/x.py": ""}
    known = project(**texts, **{"compose.yml": "DJANGO_SETTINGS_MODULE: conf.settings\n"})
    assert [each.module for each in known.settings.entries] == ["a/conf/settings.py", "b/conf/settings.py"]


def test_heirs_are_what_production_starts_with() -> None:
    """Of the modules that take over from one, through however many: not those for development and tests."""
    texts = {
        "shop/settings/base.py": "",
        "shop/settings/common.py": "from .base import *\n",
        "shop/settings/live.py": "from .common import *\n",
        "shop/settings/other.py": "from .base import *\n",
        "shop/settings/dev.py": "from .base import *\n",
        "shop/settings/test.py": "from shop.settings.base import *\n",
        "shop/settings/local.py": "from .common import *\n",
    }
    known = project(**texts, **{"shop/wsgi.py": SETDEFAULT}).settings
    assert known.heirs("shop/settings/base.py") == ["shop/settings/live.py", "shop/settings/other.py"]
    assert known.heirs("shop/settings/live.py") == []
