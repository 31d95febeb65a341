"""What names the settings modules to start with, and the folder that modules are imported from."""

from __future__ import annotations

from oracle.builder import Builder, construct
from oracle.project import ROOT


@construct("start", "wsgi.py", leaf=True)
def _wsgi(b: Builder) -> None:
    b.project.files[f"{ROOT}/wsgi.py"] = _python(b, b.project.settings, "wsgi")
    _add_manage(b)


@construct("start", "asgi.py and celery.py", leaf=True, across=True)
def _asgi(b: Builder) -> None:
    b.project.files[f"{ROOT}/asgi.py"] = _python(b, b.project.settings, "asgi")
    lines = ["import os", _setdefault(b.project.settings), "from celery import Celery", f'app = Celery("{ROOT}")']
    b.project.files[f"{ROOT}/celery.py"] = "\n".join(lines) + "\n"
    _add_manage(b)


@construct("start", "wsgi.py, set otherwise by what deploys", leaf=True, across=True)
def _deployed(b: Builder) -> None:
    project = b.project
    project.files[f"{ROOT}/wsgi.py"] = _python(b, project.development or project.settings, "wsgi")
    module = project.settings
    name, text = (
        ("Procfile", f"web: DJANGO_SETTINGS_MODULE={module} gunicorn {ROOT}.wsgi\n"),
        ("Dockerfile", f'FROM python:3.12\nENV DJANGO_SETTINGS_MODULE={module}\nCMD ["gunicorn", "{ROOT}.wsgi"]\n'),
        (
            "Dockerfile",
            f'FROM python:3.12\nENV DJANGO_SETTINGS_MODULE="{module}" PORT=8000\nCMD gunicorn {ROOT}.wsgi\n',
        ),
        (
            "docker-compose.yml",
            f"services:\n  web:\n    command: gunicorn {ROOT}.wsgi\n    environment: {{DJANGO_SETTINGS_MODULE: {module}}}\n",
        ),
        ("compose.yaml", f"services:\n  web:\n    environment:\n      - DJANGO_SETTINGS_MODULE={module}\n"),
        (
            f"deploy/{ROOT}.service",
            f"[Service]\nEnvironment=DJANGO_SETTINGS_MODULE={module}\nExecStart=/srv/bin/gunicorn {ROOT}.wsgi\n",
        ),
    )[b.pick(6)]
    project.files[name] = text
    _add_manage(b)


@construct("start", "wsgi.py, and other modules for tests", leaf=True, across=True)
def _tested(b: Builder) -> None:
    project = b.project
    project.files[f"{ROOT}/wsgi.py"] = _python(b, project.settings, "wsgi")
    module = project.development or project.settings
    name, text = (
        ("pyproject.toml", f'[tool.pytest.ini_options]\nDJANGO_SETTINGS_MODULE = "{module}"\n'),
        ("pytest.ini", f"[pytest]\nDJANGO_SETTINGS_MODULE = {module}\n"),
        ("setup.cfg", f"[tool:pytest]\nDJANGO_SETTINGS_MODULE = {module}\n"),
        ("tox.ini", f"[testenv]\nsetenv =\n    DJANGO_SETTINGS_MODULE={module}\ncommands = pytest\n"),
        ("Makefile", f"test:\n\tpython manage.py test --settings={module}\n"),
    )[b.pick(5)]
    project.files[name] = text
    _add_manage(b)


@construct("root", "modules beside the root", leaf=True)
def _root_none(b: Builder) -> None:
    """Everything stays where it is."""


@construct("root", "src layout", leaf=True, across=True)
def _root_source(b: Builder) -> None:
    _move(b, "src/", ("manage.py",) if b.pick(2) else ())
    b.project.files.setdefault("pyproject.toml", f'[project]\nname = "{ROOT}"\nversion = "1"\n')


@construct("root", "project in a subfolder", leaf=True, across=True)
def _root_subfolder(b: Builder) -> None:
    _move(b, b.one_of("backend/", "server/app/"))


_AT_THE_ROOT = ("pyproject.toml", "Procfile", "Dockerfile", "docker-compose.yml", "compose.yaml", "tox.ini", "deploy/")


def _move(b: Builder, root: str, but: tuple[str, ...] = ()) -> None:
    project = b.project
    project.root = root
    project.files = {
        path if path.startswith((*_AT_THE_ROOT, *but)) else root + path: text for path, text in project.files.items()
    }
    project.ignored = {root + path: text for path, text in project.ignored.items()}


def _add_manage(b: Builder) -> None:
    """`manage.py`, which developers start with."""
    if b.project.development or b.pick(2):
        module = b.project.development or b.project.settings
        lines = ["import os", "import sys", _setdefault(module), *_configuration(b)]
        lines += ["from django.core.management import execute_from_command_line"]
        b.project.files["manage.py"] = "\n".join([*lines, "execute_from_command_line(sys.argv)"]) + "\n"


def _python(b: Builder, module: str, interface: str) -> str:
    source = "configurations" if b.project.configuration else "django.core"
    lines = ["import os", _setdefault(module), *_configuration(b)]
    lines += [f"from {source}.{interface} import get_{interface}_application"]
    return "\n".join([*lines, f"application = get_{interface}_application()"]) + "\n"


def _setdefault(module: str) -> str:
    return f'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "{module}")'


def _configuration(b: Builder) -> list[str]:
    name = b.project.configuration
    return [f'os.environ.setdefault("DJANGO_CONFIGURATION", "{name}")'] if name else []
