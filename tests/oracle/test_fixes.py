"""What fixes make of settings, by Django itself: it starts with the variable alone, and with what that says.

And of generated projects: what is mended still is Python, is not reported again, and stays as it is.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from oracle import generator, judge
from secretkey_lint import api
from secretkey_lint.model.source import SourceFile

KEY = "q7w2x9p4z1v8k3b6y5" * 3
GIVEN = "given by the environment"
PROGRAMS = 40

FORMS = {
    "a literal": f'SECRET_KEY = "{KEY}"\n',
    "several lines": f'"""Settings."""\nSECRET_KEY = (\n    "{KEY}"\n    "{KEY}"\n)\n',
    "by way of a name": f'_key = "{KEY}"\nDEBUG = False\nSECRET_KEY = _key\n',
    "one of several": f'DEBUG, SECRET_KEY = False, "{KEY}"\n',
    "get": f'import os\nSECRET_KEY = os.environ.get("SECRET_KEY", "{KEY}")\n',
    "getenv": f'import os\nSECRET_KEY = os.getenv("SECRET_KEY", default="{KEY}")\n',
    "or": f'import os\nSECRET_KEY = os.environ.get("SECRET_KEY") or "{KEY}"\n',
    "except": f'import os\ntry:\n    SECRET_KEY = os.environ["SECRET_KEY"]\nexcept KeyError:\n    SECRET_KEY = "{KEY}"\n',
    "django-environ": f'import environ\nenv = environ.Env()\nSECRET_KEY = env("SECRET_KEY", default="{KEY}")\n',
    "its scheme": f'import environ\nenv = environ.Env(SECRET_KEY=(str, "{KEY}"))\nSECRET_KEY = env("SECRET_KEY")\n',
    "in its way": f'import environ\nenv = environ.Env()\nDEBUG = env("DEBUG", default="")\nSECRET_KEY = "{KEY}"\n',
    "decouple": f'from decouple import config\nSECRET_KEY = config("SECRET_KEY", default="{KEY}", cast=str)\n',
    "environs": f'from environs import Env\nenv = Env()\nSECRET_KEY = env.str("SECRET_KEY", "{KEY}")\n',
    "pydantic": (
        "from pydantic_settings import BaseSettings\n\n\nclass Conf(BaseSettings):\n"
        f'    secret_key: str = "{KEY}"\n\n\nSECRET_KEY = Conf().secret_key\n'
    ),
}

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the oracle starts Django in forks")


@pytest.fixture(scope="module")
def oracle() -> Iterator[judge.Oracle]:
    with judge.Oracle() as running:
        yield running


@pytest.mark.parametrize("form", FORMS)
def test_django_starts_with_the_variable_and_not_without(oracle: judge.Oracle, form: str, tmp_path: Path) -> None:
    """Before, it starts without it, too."""
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    settings = package / "settings.py"
    settings.write_text(FORMS[form])

    def start(environment: dict[str, str]) -> dict[str, object]:
        world = {"settings": "shop.settings", "environment": environment, "arguments": ["gunicorn"], "files": {}}
        request = {"folder": str(tmp_path), "root": "", "configuration": "", "worlds": [world]}
        process = oracle._process
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
        (answer,) = json.loads(process.stdout.readline())
        return dict(answer)

    assert "key" in start({})
    content = settings.read_bytes()
    fixed = api.fix_source(content, "shop/settings.py", unsafe=True)
    assert fixed.mended
    settings.write_bytes(fixed.content)
    assert start({"SECRET_KEY": GIVEN})["key"] == GIVEN
    assert start({})["error"] in judge.EXPECTED_FAILURES | {"EnvError"}


def _is_python(text: str) -> bool:
    try:
        compile(text, "", "exec")
    except SyntaxError:
        return False
    return True


def test_what_is_mended_is_python_and_stays() -> None:
    """In all that is generated: it compiles, the finding is gone, and mending it again changes nothing."""
    mended = 0
    for number in range(PROGRAMS):
        project = generator.drawn(f"fixes:{number}")
        for path, text in project.files.items():
            if not path.endswith(".py") or "SECRET_KEY" not in text:
                continue
            content = text.encode()
            if not _is_python(text):  # to be so, some would need a newer version
                continue
            fixed = api.fix_source(content, path, unsafe=True)
            mended += len(fixed.mended)
            compile(fixed.content, path, "exec")
            assert (fixed.content == content) == (not fixed.mended)
            left = api.check_files([SourceFile(path, fixed.content, path)]).diagnostics
            before = api.check_files([SourceFile(path, content, path)]).diagnostics
            assert len(left) <= len(before)
            assert api.fix_source(fixed.content, path, unsafe=True).content == fixed.content
    assert mended > PROGRAMS / 10
