"""What the settings refuse is no leak, and what they are not seen to look at stays one."""

import os
import subprocess
from pathlib import Path

import pytest

from secretkey_lint.api import check_paths

WSGI = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
REFUSING = 'if SECRET_KEY == "change-me":\n    raise SystemExit\n'
NESTED = REFUSING.replace("    ", "        ")


@pytest.mark.parametrize(
    ("settings", "severities"),
    [
        (f'SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\n{REFUSING}', []),
        (f'SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY")\n{REFUSING}', []),
        (f'SECRET_KEY = env("DJANGO_SECRET_KEY")\n{REFUSING}', []),
        ('SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\nif len(SECRET_KEY) < 50:\n    raise SystemExit\n', []),
        (f'DEBUG = "D" in os.environ\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\nif not DEBUG:\n    {NESTED}', ["warning"]),
        ('SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\n', ["error"]),
        ('SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\nif SECRET_KEY == "changeme":\n    raise SystemExit\n', ["error"]),
        ('SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\nif SECRET_KEY == "change-me":\n    warn("x")\n', ["error"]),
        (f'SECRET_KEY = os.environ["OTHER_KEY"]\nX = os.environ["DJANGO_SECRET_KEY"]\n{REFUSING}', ["error"]),
        (f'SECRET_KEY = helper("DJANGO_SECRET_KEY", default="q")\n{REFUSING}', ["error"]),
        ("SECRET_KEY = (\n", ["error"]),
    ],
)  # fmt: skip
def test_an_entry_is_judged_as_the_settings_take_it(
    settings: str, severities: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    os.mkdir("shop")
    Path("shop/wsgi.py").write_text(WSGI)
    Path("shop/settings.py").write_text(f"import os\nimport environ\nenv = environ.Env()\n{settings}")
    Path("production.env").write_text("DJANGO_SECRET_KEY=change-me\n")
    subprocess.run("git init --quiet && git add --all", shell=True, check=True)
    found = check_paths(["."]).diagnostics
    assert [
        each.severity for each in found if each.span.path == "production.env" and each.code == "SKL005"
    ] == severities
