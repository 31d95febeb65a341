"""A default goes where it stands, and a missing variable then stops the start; nothing else changes."""

import subprocess
from pathlib import Path

import pytest

from secretkey_lint import api

KEY = "8f3k2q9x7v5n1m4b6c0z"
OS = "import os\n\n"
ENV = "import environ\n\nenv = environ.Env()\n"
DECOUPLE = "from decouple import config\n\n"

CASES = {
    "get": (f'{OS}SECRET_KEY = os.environ.get("SECRET_KEY", "{KEY}")\n', f'{OS}SECRET_KEY = os.environ["SECRET_KEY"]\n'),
    "a keyword": (
        f"{OS}SECRET_KEY = os.getenv(key='SECRET_KEY', default='{KEY}')  # why\n",
        f"{OS}SECRET_KEY = os.environ['SECRET_KEY']  # why\n",
    ),
    "getenv": (f'{OS}SECRET_KEY = os.getenv("SECRET_KEY", "{KEY}")\n', f'{OS}SECRET_KEY = os.environ["SECRET_KEY"]\n'),
    "several lines": (
        f'{OS}SECRET_KEY = os.environ.get(\n    "SECRET_KEY",\n    "{KEY}",\n)\n',
        f'{OS}SECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    "environ alone": (
        f'from os import environ\n\nSECRET_KEY = environ.get("SECRET_KEY", "{KEY}")\n',
        'from os import environ\n\nSECRET_KEY = environ["SECRET_KEY"]\n',
    ),
    "pop": (f'{OS}SECRET_KEY = os.environ.pop("KEY", "{KEY}")\n', f'{OS}SECRET_KEY = os.environ.pop("KEY")\n'),
    "django-environ": (f'{ENV}SECRET_KEY = env("SECRET_KEY", default="{KEY}")\n', f'{ENV}SECRET_KEY = env("SECRET_KEY")\n'),
    "its method": (f'{ENV}SECRET_KEY = env.str("SECRET_KEY", "{KEY}")\n', f'{ENV}SECRET_KEY = env.str("SECRET_KEY")\n'),
    "lines of arguments": (
        f'{ENV}SECRET_KEY = env(\n    "SECRET_KEY",\n    default="{KEY}",\n)\n',
        f'{ENV}SECRET_KEY = env(\n    "SECRET_KEY",\n)\n',
    ),
    "a scheme": (
        f'import environ\n\nenv = environ.Env(DEBUG=(bool, False), SECRET_KEY=(str, "{KEY}"))\nSECRET_KEY = env("SECRET_KEY")\n',
        'import environ\n\nenv = environ.Env(DEBUG=(bool, False), SECRET_KEY=str)\nSECRET_KEY = env("SECRET_KEY")\n',
    ),
    "decouple": (
        f'{DECOUPLE}SECRET_KEY = config("SECRET_KEY", default="{KEY}", cast=str)\n',
        f'{DECOUPLE}SECRET_KEY = config("SECRET_KEY", cast=str)\n',
    ),
    "or": (f'{OS}SECRET_KEY = os.environ.get("KEY") or "{KEY}"\n', f'{OS}SECRET_KEY = os.environ["KEY"]\n'),
    "or, with a default": (f'{OS}SECRET_KEY = os.getenv("KEY", "") or "{KEY}"\n', f'{OS}SECRET_KEY = os.environ["KEY"]\n'),
    "or or": (
        f'{OS}SECRET_KEY = os.environ.get("A_KEY") or os.environ.get("B_KEY") or "{KEY}"\n',
        f'{OS}SECRET_KEY = os.environ.get("A_KEY") or os.environ["B_KEY"]\n',
    ),
    "or, of a reader": (
        f'{ENV}SECRET_KEY = env("SECRET_KEY", default=None) or "{KEY}"\n',
        f'{ENV}SECRET_KEY = env("SECRET_KEY")\n',
    ),
    "except": (
        f'{OS}try:\n    SECRET_KEY = os.environ["SECRET_KEY"]\nexcept KeyError:\n    SECRET_KEY = "{KEY}"  # why\n',
        f'{OS}try:\n    SECRET_KEY = os.environ["SECRET_KEY"]\nexcept KeyError:\n    raise  # why\n',
    ),
    "pydantic": (
        f'from pydantic_settings import BaseSettings\n\n\nclass Conf(BaseSettings):\n    secret_key: str = "{KEY}"\n',
        "from pydantic_settings import BaseSettings\n\n\nclass Conf(BaseSettings):\n    secret_key: str\n",
    ),
    # what nobody can say without knowing the project
    "a name": (f'{OS}DEFAULT = "{KEY}"\nSECRET_KEY = os.environ.get("SECRET_KEY", DEFAULT)\n', None),
    "a parameter": (
        f'{OS}def get(name, default="{KEY}"):\n    return os.environ.get(name, default)\n\n\nSECRET_KEY = get("SECRET_KEY")\n',
        None,
    ),
    "a function of the project": (
        f'{OS}def get(name, default):\n    return os.environ.get(name, default)\n\n\nSECRET_KEY = get("SECRET_KEY", "{KEY}")\n',
        None,
    ),
    "of any variable": (
        f'{OS}def get(name):\n    return os.environ.get(name, "{KEY}")\n\n\nSECRET_KEY = get("SECRET_KEY")\n',
        None,
    ),
    "asked for too early": (f'{OS}SECRET_KEY = os.environ.get("A", os.environ.get("B", "{KEY}"))\n', None),
    "set for others": (f'{OS}os.environ.setdefault("DJANGO_SECRET_KEY", "{KEY}")\n', None),
    "text of nothing": (f'{OS}SECRET_KEY = str(os.environ.get("SECRET_KEY"))\n', None),
    "in development": (f'{OS}DEBUG = os.getenv("DEBUG") == "1"\nSECRET_KEY = os.getenv("K") if not DEBUG else "{KEY}"\n', None),
}  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of_it(name: str, end: str) -> None:
    """Also with other line ends, and a last line without one."""
    before, after = CASES[name]
    content = before.replace("\n", end).removesuffix(end).encode()
    found = api.fix_source(content, "shop/settings.py", unsafe=True)
    expected = content if after is None else after.replace("\n", end).removesuffix(end).encode()
    assert found.content.decode() == expected.decode()
    assert [each.code for each in found.mended] == ([] if after is None else ["SKL003"])
    if after is not None:
        assert not api.check_source(found.content, "shop/settings.py").diagnostics
        assert api.fix_source(found.content, "shop/settings.py", unsafe=True).content == found.content
    for each in api.check_source(content, "shop/settings.py").diagnostics:
        assert KEY not in repr(each)


@pytest.mark.parametrize("imported", ["*", "env"])
def test_a_reader_of_another_module(imported: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As projects have one module for what all settings share."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet"], check=True)
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf/base.py").write_text(ENV)
    before = f'from .base import {imported}\n\nSECRET_KEY = env("SECRET_KEY", default="{KEY}")\n'
    (tmp_path / "conf/production.py").write_text(before)
    subprocess.run(["git", "add", "."], check=True)
    found = api.fix_source(before.encode(), "conf/production.py", unsafe=True)
    assert found.content.decode() == f'from .base import {imported}\n\nSECRET_KEY = env("SECRET_KEY")\n'
