"""Times a commit beside peers in one run, and prints the ratios that the README quotes.

usage: compare_with_peers.py [--runs N] [--peers FOLDER]

Needs hyperfine on the PATH, and ruff and bandit in FOLDER/bin (default: those on the PATH). Every command runs in the
same git repository of generated files; figures are medians of whole processes, compiled beforehand. `bare` is the
interpreter of this environment doing nothing.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

CLEAN = '"""Views."""\n\nfrom django.shortcuts import render\n\n\ndef index(request):\n    return render(request, "index.html")\n'
SETTINGS = '''"""Django settings for shop project."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

# SECURITY WARNING: keep the secret key used in production secret!
SECRET_KEY = {key}

DEBUG = True
ALLOWED_HOSTS = []
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "shop.urls"
TEMPLATES = [
    {{
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {{
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        }},
    }},
]
WSGI_APPLICATION = "shop.wsgi.application"
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "db.sqlite3"}}}}
LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
'''


def make(folder: Path) -> dict[str, list[str]]:
    """Write the files and return the cases: which files a commit holds."""
    many = []
    for number in range(100):
        path = folder / f"app_{number}" / "views.py"
        path.parent.mkdir()
        path.write_text(CLEAN * 8)
        many.append(str(path.relative_to(folder)))
    (folder / "leaking.py").write_text(SETTINGS.format(key=repr("django-insecure-" + secrets.token_urlsafe(37))))
    (folder / "mended.py").write_text(SETTINGS.format(key='os.environ["SECRET_KEY"]'))
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "--all"], cwd=folder, check=True)
    return {
        "1 clean file": many[:1],
        "1 mended settings module": ["mended.py"],
        "1 leaking settings module": ["leaking.py"],
        "100 clean files": many,
        "100 files, one leaking": [*many[:99], "leaking.py"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--peers", type=Path)
    arguments = parser.parse_args()
    ours = Path(sys.executable).parent
    peers = f"{arguments.peers / 'bin'}/" if arguments.peers else ""
    commands = {
        "bare": f"{sys.executable} -c pass",
        "secretkey-lint": f"{ours}/secretkey-lint check --output-format concise {{files}}",
        "ruff": f"{peers}ruff check --no-cache --isolated --quiet --select S105,S106,S107 {{files}}",
        "bandit": f"{peers}bandit --quiet --tests B105,B106,B107 {{files}}",
    }
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    print(f"{'case':28}" + "".join(f"{name:>16}" for name in commands) + f"{'/ bare':>9}{'/ ruff':>9}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for case, files in make(folder).items():
            report = folder / "report.json"
            # the commands take turns inside of hyperfine's runs only roughly: one warm-up each, then N runs each
            subprocess.run(
                ["hyperfine", "-N", "-i", "--style", "none", "--warmup", "2", "--runs", str(arguments.runs)]
                + ["--export-json", str(report)]
                + [command.format(files=" ".join(files)) for command in commands.values()],
                cwd=folder, env=environment, check=True, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            medians = [each["median"] * 1000 for each in json.loads(report.read_text())["results"]]
            row = "".join(f"{median:13.1f} ms" for median in medians)
            print(f"{case:28}{row}{medians[1] / medians[0]:9.2f}{medians[1] / medians[2]:9.2f}")


if __name__ == "__main__":
    main()
