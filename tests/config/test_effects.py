"""What each option does, in whole little repositories, through the command."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from secretkey_lint import api, cli
from secretkey_lint.config import Configurations

KEY = "8f3k2q9x7v5n1m4b6c0z8f3k2q9x7v5n1m4b6c0z8f3k2q9x7v"
LEAK = f'SECRET_KEY = "{KEY}"\n'
CLEAN = 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n'


class Outcome(NamedTuple):
    status: int
    found: list[str]
    """Each finding as `path CODE severity`."""
    err: str


Check = Callable[..., Outcome]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], None]:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet", "."], check=True)

    def write_files(files: dict[str, str]) -> None:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        subprocess.run(["git", "add", "--all", "--force"], check=True)

    return write_files


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    def run(*arguments: str) -> Outcome:
        capsys.readouterr()
        # the same text stands in many files here, which would be a finding of its own
        apart = [] if "--ignore" in arguments else ["--ignore", "SKL011"]
        status = cli.main(["check", "--output-format", "concise", *apart, *arguments])
        captured = capsys.readouterr()
        lines = [line.split(" ") for line in captured.out.splitlines()]
        found = [f"{place.split(':')[0]} {code} {severity}" for place, code, severity, *_ in lines]
        return Outcome(status, found, captured.err)

    return run


Write = Callable[[dict[str, str]], None]


def both(check: Check, path: str) -> Outcome:
    """What is said of a file, which is the same whether it is named or a part of the whole tree."""
    named, tree = check(path), check()
    assert named == tree
    return named


MONOREPO = {
    "pyproject.toml": '[project]\nname = "all"\n',
    "shop/pyproject.toml": '[tool.secretkey-lint]\nfail-on = "warning"\n',
    "shop/config/dev_settings.py": LEAK,
    "blog/secretkey-lint.toml": 'min-severity = "note"\nignore = ["SKL001"]\nextend-select = ["SKL003"]\n',
    "blog/settings.py": LEAK,
    "blog/tests/settings.py": LEAK.replace("=", "= __import__('os').environ.get('SECRET_KEY') or"),
    "wiki/pyproject.toml": '[tool.other]\nfail-on = "note"\n',
    "wiki/config/dev_settings.py": LEAK,
}


def test_every_project_has_its_own(write: Write, check: Check) -> None:
    """The nearest configuration counts, and fails, hides and selects for its own files alone."""
    write(MONOREPO)
    assert check().found == [
        "blog/tests/settings.py SKL003 note",
        "shop/config/dev_settings.py SKL001 warning",
        "wiki/config/dev_settings.py SKL001 warning",
    ]
    assert check("blog") == Outcome(0, ["blog/tests/settings.py SKL003 note"], "")
    assert check("shop").status == cli.FINDINGS
    assert check("wiki").status == cli.CLEAN
    for path in ("shop/config/dev_settings.py", "wiki/config/dev_settings.py"):
        assert check(path).found == [f"{path} SKL001 warning"]
    assert check("shop/config/dev_settings.py", "wiki/config/dev_settings.py").status == cli.FINDINGS


def test_from_any_working_directory(
    write: Write, check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(MONOREPO)
    monkeypatch.chdir(tmp_path / "shop" / "config")
    assert check("dev_settings.py").status == check(".").status == check("../../shop").status == cli.FINDINGS
    assert check("../../wiki/config").status == cli.CLEAN
    monkeypatch.chdir(tmp_path.parent)
    assert check(f"{tmp_path.name}/shop").status == cli.FINDINGS
    assert check(str(tmp_path / "wiki")).status == cli.CLEAN


def test_nothing_above_the_repository_counts(write: Write, check: Check, tmp_path: Path) -> None:
    """Neither for a repository within another, nor for one below a folder that happens to have a file."""
    write({"secretkey-lint.toml": 'exclude = ["*.py"]\n', "inner/settings.py": LEAK})
    assert check("inner/settings.py").found == []
    (tmp_path / "inner" / ".git").mkdir()
    assert check("inner/settings.py").found == ["inner/settings.py SKL001 error"]


def test_outside_of_a_repository(tmp_path: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working directory is as high as it goes."""
    (tmp_path / "secretkey-lint.toml").write_text('exclude = ["*.py"]\n')
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "settings.py").write_text(LEAK)
    monkeypatch.chdir(tmp_path)
    assert check("a/b/settings.py").found == check("a").found == check().found == []
    monkeypatch.chdir(tmp_path / "a")
    assert check("b/settings.py").found == ["b/settings.py SKL001 error"]
    (tmp_path / "a" / "secretkey-lint.toml").write_text('fail-on = "fatal"\n')
    assert check("b/settings.py").status == check().status == cli.FAILED


def test_config_names_the_file_for_all(write: Write, check: Check) -> None:
    """Those near the files are not even read."""
    write(MONOREPO | {"ci/strict.toml": 'fail-on = "warning"\nmin-severity = "note"\n', "blog/pyproject.toml": "= ["})
    done = check("--config", "ci/strict.toml")
    assert done.found == [
        "blog/settings.py SKL001 error",
        "blog/tests/settings.py SKL003 note",
        "shop/config/dev_settings.py SKL001 warning",
        "wiki/config/dev_settings.py SKL001 warning",
    ]
    assert check("--config", "ci/strict.toml", "wiki").status == cli.FINDINGS
    assert check("--config", "shop/pyproject.toml", "wiki").status == cli.FINDINGS


def test_patterns_of_a_file_that_is_named(write: Write, check: Check, tmp_path: Path) -> None:
    """They are relative to its folder, and elsewhere to the working directory."""
    write(
        {
            "ci/lint.toml": 'exclude = ["legacy/old", "/made.py"]\n',
            "ci/made.py": LEAK,
            "legacy/old/settings.py": LEAK,
            "settings.py": LEAK,
        }
    )
    assert check("--config", "ci/lint.toml").found == ["settings.py SKL001 error"]
    assert check("--config", str(tmp_path / "ci/lint.toml"), "legacy/old/settings.py", "ci/made.py").found == []


PRECEDENCE = [
    ('select = ["SKL003"]', [], []),
    ('select = ["SKL003"]\nextend-select = ["SKL001"]', [], ["SKL001"]),
    ('ignore = ["SKL001"]', [], []),
    ('ignore = ["SKL001"]\nextend-select = ["SKL001"]', [], []),
    ('select = ["SKL003"]', ["--select", "SKL001"], ["SKL001"]),
    ('ignore = ["SKL001"]', ["--select", "SKL001"], ["SKL001"]),
    ('extend-select = ["SKL001"]', ["--select", "SKL003"], []),
    ('ignore = ["SKL003"]', ["--ignore", "SKL001"], []),
    ('ignore = ["SKL001"]', ["--ignore", "SKL003"], []),
    ('per-file-ignores = {"*.py" = ["SKL0"]}', ["--select", "SKL001"], []),
    ('fail-on = "note"\nmin-severity = "note"', ["--min-severity", "error", "--fail-on", "error"], ["SKL001"]),
]


@pytest.mark.parametrize(("text", "arguments", "codes"), PRECEDENCE)
def test_the_command_line_goes_before_the_file(
    write: Write, check: Check, text: str, arguments: list[str], codes: list[str]
) -> None:
    write({"secretkey-lint.toml": text, "settings.py": LEAK})
    assert [each.split()[1] for each in check(*arguments).found] == codes
    assert [each.split()[1] for each in check("settings.py", *arguments).found] == codes


def test_severities(write: Write, check: Check) -> None:
    """What fails is shown; the command line replaces either option."""
    write({"secretkey-lint.toml": 'fail-on = "note"\n', "tests/settings.py": LEAK})
    assert check() == Outcome(1, ["tests/settings.py SKL001 note"], "")
    assert check("--fail-on", "warning") == Outcome(0, [], "")
    assert check("--fail-on", "warning", "--min-severity", "note") == Outcome(0, ["tests/settings.py SKL001 note"], "")


EXCLUDED = {
    "pyproject.toml": '[tool.secretkey-lint]\nexclude = ["legacy/", "!legacy/kept.py"]\nextend-exclude = ["gen_*.py"]\n',
    "settings.py": LEAK,
    "gen_settings.py": LEAK,
    "legacy/settings.py": LEAK,
    "legacy/kept.py": LEAK,
    "shop/legacy/settings.py": LEAK,
}


def test_exclude(write: Write, check: Check) -> None:
    """In a tree and for named files alike, as pre-commit names them."""
    write(EXCLUDED)
    expected = ["legacy/kept.py SKL001 error", "settings.py SKL001 error"]
    assert check().found == expected
    assert check(*(name for name in EXCLUDED if name.endswith(".py"))).found == expected
    assert check("shop/legacy", "shop/legacy/settings.py") == Outcome(0, [], "")
    assert check("--exclude", "settings.py").found == ["legacy/kept.py SKL001 error"]
    assert [each.split()[0] for each in check("--exclude", "/settings.py,kept.py").found] == [
        "legacy/settings.py",
        "shop/legacy/settings.py",
    ]


def test_exclude_is_never_silent(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    """A clean run says what it has left out."""
    write(EXCLUDED)
    assert cli.main(["check", "legacy/settings.py"]) == cli.CLEAN
    assert capsys.readouterr().out == "Nothing to report: 0 files looked at, 0 analysed, 1 excluded.\n"
    cli.main(["check"])
    assert "\n2 errors, 0 warnings: 3 files looked at, 2 analysed, 3 excluded.\n" in capsys.readouterr().out
    report = api.check_paths(["."], configurations=Configurations())
    assert (report.files, report.excluded) == (3, 3)
    assert api.check_paths(["."]).excluded == 0  # without asking, programs get what the defaults say


def test_exclude_counts_for_the_standard_input(write: Write, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor shows what the hook will say."""
    write(EXCLUDED)
    for name, codes in (("legacy/settings.py", []), ("settings.py", ["settings.py SKL001 error"])):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LEAK.encode())))
        assert check("-", "--stdin-filename", name).found == codes


def test_an_excluded_file_that_settings_import(write: Write, check: Check) -> None:
    """What reaches the key of a checked file is found where it stands; per-file-ignores count there."""
    write(
        {
            "secretkey-lint.toml": 'exclude = ["keys.py"]\n',
            "settings.py": "from keys import value\n\nSECRET_KEY = value\n",
            "keys.py": f'value = "{KEY}"\n',
        }
    )
    assert check().found == ["keys.py SKL001 error"]
    write({"secretkey-lint.toml": 'exclude = ["keys.py"]\nper-file-ignores = {"keys.py" = ["SKL001"]}\n'})
    assert check().found == []


def test_per_file_ignores(write: Write, check: Check) -> None:
    """Of all patterns that match; what is ignored leaves the place to what is not."""
    write(
        {
            "secretkey-lint.toml": 'per-file-ignores = {"a/" = ["SKL002"], "*.py" = ["SKL008"], "b.py" = ["SKL"]}\n',
            "a/settings.py": 'SECRET_KEY = "django-insecure-x"\n',
            "b.py": LEAK,
            "c.py": "import random\n\nSECRET_KEY = 'aaaa'\n",
        }
    )
    assert check().found == ["a/settings.py SKL001 error", "c.py SKL001 error"]


def test_contexts(write: Write, check: Check) -> None:
    """The configuration goes before paths and entry points, the last pattern before others; conditions still count."""
    files = {
        "wsgi.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.dev")\n',
        "config/dev.py": LEAK,
        "config/live.py": LEAK,
        "tests/settings.py": LEAK,
        "docs/settings.py": f'DEBUG = env("X")\n\nif DEBUG:\n    SECRET_KEY = "{KEY}"\n',
        "deploy/.env": f"SECRET_KEY={KEY}\n",
    }
    write(files)
    before = check("--min-severity", "note").found
    assert {"config/dev.py SKL001 error", "config/live.py SKL001 error", "tests/settings.py SKL001 note"} <= {*before}
    write(
        {
            "secretkey-lint.toml": """
                [contexts]
                "config/" = "test"
                "config/dev.py" = "development"
                "tests/" = "production"
                "docs/" = "production"
                "deploy/.env" = "development"
            """
        }
    )
    assert check("--min-severity", "note").found == [
        "config/dev.py SKL001 warning",
        "config/live.py SKL001 note",
        "deploy/.env SKL005 warning",
        "docs/settings.py SKL001 warning",
        "tests/settings.py SKL001 error",
    ]


SPELLINGS = [
    ("settings.py", f'SIGNING_SECRET = "{KEY}"\n', "SKL001"),
    ("settings.py", f'import os\n\nSIGNING_SECRET = os.environ.get("X_Y", "{KEY}")\n', "SKL003"),
    ("settings.py", f'import os\n\nos.environ["SIGNING_SECRET"] = "{KEY}"\n', "SKL001"),
    ("settings.py", f'configure(SIGNING_SECRET="{KEY}")\n', "SKL001"),
    ("settings.py", f'import os\n\nX = os.getenv("SIGNING_SECRET", "{KEY}")\nSIGNING_SECRET = X\n', "SKL003"),
    ("settings.py", f'key = "{KEY}"\n\nSIGNING_SECRET = key\n', "SKL001"),
    ("settings.py", f"print(\n\nSIGNING_SECRET = '{KEY}'\n", "SKL001"),
    ("settings.py", f'x = 1\n# SIGNING_SECRET = "{KEY}"\n', "SKL001"),
    ("settings.py", f'from pydantic_settings import BaseSettings\n\nclass S(BaseSettings):\n    signing_secret: str = "{KEY}"\n', "SKL003"),
    ("views.py", "from django.conf import settings\n\nprint(settings.SIGNING_SECRET)\n", "SKL010"),
    (".env", f"SIGNING_SECRET={KEY}\n", "SKL005"),
    ("deploy.yml", f"env:\n  SIGNING_SECRET: {KEY}\n", "SKL005"),
    ("conf.ini", f"[x]\nSIGNING_SECRET = {KEY}\n", "SKL005"),
    ("conf.toml", f"[x]\nSIGNING_SECRET = '{KEY}'\n", "SKL005"),
    ("conf.json", f'{{"x": {{"SIGNING_SECRET": "{KEY}"}}}}\n', "SKL005"),
    ("Dockerfile", f"FROM x\nENV SIGNING_SECRET={KEY}\n", "SKL005"),
    ("run.sh", f"export SIGNING_SECRET={KEY}\n", "SKL005"),
    ("templates/x.html", "<p>{{ settings.SIGNING_SECRET }}</p>\n", "SKL010"),
    ("README.md", f"```python\nSIGNING_SECRET = '{KEY}'\n```\n", "SKL001"),
    ("deploy/prod.env", f"X=1\nSIGNING_SECRET='{KEY}'\n", "SKL005"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "code"), SPELLINGS, ids=range(len(SPELLINGS)))
def test_secret_names(write: Write, check: Check, path: str, text: str, code: str) -> None:
    """A further name is the key wherever SECRET_KEY is, and none in the project beside."""
    config = 'min-severity = "note"\nsecret-names = ["SIGNING_SECRET"]\n'
    write({"a/secretkey-lint.toml": config, f"a/{path}": text, f"b/{path}": text})
    expected = {f"a/{path} {code}"}
    assert {each.rpartition(" ")[0] for each in check("--fail-on", "note").found} >= expected
    for arguments in ([], ["a"], [f"a/{path}"], [f"a/{path}", f"b/{path}"]):
        found = {each.rpartition(" ")[0] for each in check(*arguments).found}
        assert found >= expected or (code == "SKL001" and "#" in text)
        assert not any(each.startswith("b/") for each in found)


def test_secret_names_across_modules(write: Write, check: Check) -> None:
    """What is taken over with a star, and what production overrides."""
    write(
        {
            "secretkey-lint.toml": 'secret-names = ["SIGNING_SECRET"]\n',
            "config/settings/__init__.py": "",
            "config/settings/base.py": f'SIGNING_SECRET = "{KEY}"\n',
            "config/settings/production.py": "from .base import *\n\nDEBUG = False\n",
        }
    )
    assert check().found == ["config/settings/base.py SKL001 error"]
    write({"config/settings/production.py": 'import os\nfrom .base import *\n\nSIGNING_SECRET = os.environ["S_S"]\n'})
    assert check("config/settings/base.py").found == ["config/settings/base.py SKL001 warning"]


GET_ENV = "import os\n\ndef get_env(name, default=None):\n    return load(name) or fetch(default)\n"
READERS = [
    {"proj/settings.py": f'from proj.tools import get_env\n\nSECRET_KEY = get_env("S_K", "{KEY}")\n'},
    {"proj/settings.py": f'from .tools import get_env as e\n\nSECRET_KEY = e("S_K", default="{KEY}")\n'},
    {"proj/settings.py": f'from proj import tools\n\nSECRET_KEY = tools.get_env("S_K", "{KEY}")\n'},
    {"proj/settings.py": f'import proj.tools as t\n\nSECRET_KEY = t.get_env("S_K", "{KEY}")\n'},
    {"proj/settings.py": f'from proj.all import *\n\nSECRET_KEY = get_env("S_K", "{KEY}")\n',
     "proj/all.py": "from proj.tools import get_env\n"},
    {"proj/tools.py": GET_ENV + f'\n\nSECRET_KEY = get_env("S_K", "{KEY}")\n'},
]  # fmt: skip


@pytest.mark.parametrize("files", READERS, ids=range(len(READERS)))
def test_env_readers_of_the_project(write: Write, check: Check, files: dict[str, str]) -> None:
    """The configuration says what the interpreter cannot work out, however the function is reached."""
    write({"proj/__init__.py": "", "proj/tools.py": GET_ENV, **files})
    path = next(path for path in files if "all" not in path)
    assert f"{path} SKL003 error" not in check().found
    write({"secretkey-lint.toml": '[env-readers]\n"proj.tools.get_env" = {name = 0, default = 1}\n'})
    assert check().found == [f"{path} SKL003 error"]
    assert check(path).found == [f"{path} SKL003 error"]


@pytest.mark.parametrize(
    ("said", "call", "found"),
    [
        ("{default = 1}", f'vault.read("S_K", "{KEY}")', ["SKL003"]),
        ("{default = 1}", 'vault.read("S_K")', []),
        ("{name = 1, default = 0}", f'vault.read("{KEY}", "S_K")', ["SKL003"]),
        ("{}", f'vault.read("S_K", "{KEY}")', []),
        ("{}", f'vault.read("S_K", default="{KEY}")', ["SKL003"]),
        ('{default-keyword = "otherwise"}', f'vault.read("S_K", otherwise="{KEY}")', ["SKL003"]),
        ('{name-keyword = "what", default = 0}', f'vault.read("{KEY}", what="S_K")', ["SKL003"]),
        ("{fails = false}", f'vault.read("S_K") or "{KEY}"', ["SKL003"]),
    ],
)
def test_env_readers_of_a_library(write: Write, check: Check, said: str, call: str, found: list[str]) -> None:
    """Each field of a reader counts."""
    write(
        {
            "secretkey-lint.toml": f'env-readers = {{"vault.read" = {said}}}\n',
            "settings.py": f"import vault\n\nSECRET_KEY = {call}\n",
        }
    )
    assert [each.split()[1] for each in both(check, "settings.py").found] == found


def test_env_readers_that_are_methods(write: Write, check: Check) -> None:
    """Instances of classes of the project, and of libraries."""
    config = '[env-readers]\n"proj.env.Env().text" = {default = 1}\n"lib.Conf().get" = {default = 1}\n'
    write(
        {
            "secretkey-lint.toml": config,
            "proj/__init__.py": "",
            "proj/env.py": "class Env:\n    def text(self, name, default):\n        return look(name)\n",
            "proj/settings.py": f'from proj.env import Env\n\nenv = Env()\nSECRET_KEY = env.text("S_K", "{KEY}")\n',
            "settings.py": f'import lib\n\nSECRET_KEY = lib.Conf().get("S_K", "{KEY}")\n',
        }
    )
    assert check().found == ["proj/settings.py SKL003 error", "settings.py SKL003 error"]


def test_settings_modules(write: Write, check: Check) -> None:
    """What the configuration names is production's, whatever its name says, and decides what overrides what."""
    files = {
        "site/conf/__init__.py": "",
        "site/conf/base.py": LEAK,
        "site/conf/local.py": "from .base import *\n",
        "site/conf/live.py": 'import os\nfrom .base import *\n\nSECRET_KEY = os.environ["S_K"]\n',
    }
    write(files)
    assert check().found == ["site/conf/base.py SKL001 warning"]
    write({"site/secretkey-lint.toml": 'settings-modules = ["conf.local"]\n'})
    assert both(check, "site/conf/base.py").found == ["site/conf/base.py SKL001 error"]
    write({"site/conf/local.py": LEAK, "site/secretkey-lint.toml": 'settings-modules = ["conf.live"]\n'})
    assert check("site/conf/local.py").found == ["site/conf/local.py SKL001 warning"]
    write({"site/secretkey-lint.toml": 'settings-modules = ["conf.local"]\n'})
    assert check("site/conf/local.py").found == ["site/conf/local.py SKL001 error"]


DEAD = """\
exclude = ["legcy/", "!nowhere.py"]
settings-modules = ["config.prodution", "config.base"]

[per-file-ignores]
"setings.py" = ["SKL001"]

[contexts]
"config/bas.py" = "test"
"*.py" = "production"
"""


def test_what_matches_nothing_is_an_error_for_a_whole_tree(write: Write, check: Check) -> None:
    """With the nearest that there is; a hook that is given one file cannot know."""
    write(
        {
            "a/secretkey-lint.toml": DEAD,
            "a/config/base.py": "x = 1\n",
            "a/config/production.py": "x = 1\n",
            "a/legacy/x.py": "x = 1\n",
            "a/settings.py": "x = 1\n",
            "b/settings.py": "x = 1\n",
        }
    )
    for arguments in ([], ["a"], ["b", "a"]):
        done = check(*arguments)
        assert done.status == cli.FAILED
        assert [line.removeprefix("secretkey-lint: a/secretkey-lint.toml:") for line in done.err.splitlines()] == [
            '1: exclude: the pattern "!nowhere.py" matches no file',
            '1: exclude: the pattern "legcy/" matches no file (did you mean legacy/?)',
            '2: settings-modules: there is no module "config.prodution" (did you mean config.production?)',
            '5: per-file-ignores: the pattern "setings.py" matches no file (did you mean settings.py?)',
            '8: contexts: the pattern "config/bas.py" matches no file (did you mean config/base.py?)',
        ]
    for arguments in (["a/settings.py"], ["a/config"], ["b"]):
        assert check(*arguments) == Outcome(0, [], "")


def test_endless_patterns_that_match_nothing_are_cut(write: Write, check: Check) -> None:
    """What they may have meant is not looked for a thousand times."""
    patterns = ", ".join(f'"p{number}/*.py"' for number in range(2000))
    write({"secretkey-lint.toml": f"exclude = [{patterns}]\n", "settings.py": LEAK})
    done = check()
    assert done.status == cli.FAILED
    assert 0 < len(done.err.splitlines()) < 100
    assert check("settings.py").status == cli.FINDINGS


def test_exclude_of_the_command_line_has_to_match(write: Write, check: Check) -> None:
    write({"settings.py": LEAK})
    done = check("--exclude", "setting.py")
    assert (done.status, done.err) == (
        2,
        "secretkey-lint: --exclude: the pattern 'setting.py' matches no file (did you mean settings.py?)\n",
    )
    assert check("--exclude", "setting.py", "settings.py").status == cli.FINDINGS
    assert "leads out" in check("--exclude", "../x", "settings.py").err


def test_all_files_of_a_tree_are_complained_of(write: Write, check: Check) -> None:
    """Whoever made mistakes in two projects is told of both; a file that is excluded is not read."""
    write(
        {
            "a/secretkey-lint.toml": "x = 1\n",
            "b/pyproject.toml": "[tool.secretkey-lint]\ny = 1\n",
            "tests/data/pyproject.toml": "[tool.secretkey-lint\n",
            "secretkey-lint.toml": 'exclude = ["tests/data/"]\n',
            "tests/data/settings.py": LEAK,
        }
    )
    done = check()
    assert done.status == cli.FAILED
    assert done.err.splitlines() == [
        'secretkey-lint: a/secretkey-lint.toml:1: there is no option "x"',
        'secretkey-lint: b/pyproject.toml:2: there is no option "y"',
    ]


def test_what_is_excluded_as_a_whole_has_no_configuration(write: Write, check: Check) -> None:
    """Neither one that is broken, nor one that would bring the files back; of whichever folder says so."""
    files = {
        "secretkey-lint.toml": 'exclude = ["vendor/", "*.toml"]\n',
        "vendor/lib/pyproject.toml": "[tool.secretkey-lint]\n",
        "vendor/lib/settings.py": LEAK,
        "a/secretkey-lint.toml": 'exclude = ["tests/data/"]\nignore = ["SKL001"]\n',
        "a/settings.py": LEAK,
        "a/tests/data/pyproject.toml": "[tool.secretkey-lint\n",
        "a/tests/data/settings.py": LEAK,
    }
    write(files)
    assert check() == check(*files) == check("a", "vendor") == Outcome(0, [], "")
    for path in ("a/tests/data/settings.py", "vendor/lib", "a/tests/data"):
        assert check(path) == Outcome(0, [], "")


def test_a_mistake_hides_nothing(write: Write, check: Check) -> None:
    """A hook over a clean file fails with a wrong configuration, too: it may be what would have found a leak."""
    write({"secretkey-lint.toml": 'secret-name = ["SIGNING_SECRET"]\n', "settings.py": f'SIGNING_SECRET = "{KEY}"\n'})
    for arguments in ([], ["settings.py"]):
        done = check(*arguments)
        assert (done.status, done.found) == (cli.FAILED, [])
        assert "did you mean secret-names?" in done.err


def test_an_untracked_configuration_counts(write: Write, check: Check, tmp_path: Path) -> None:
    """It need not be committed to be tried."""
    write({"a/settings.py": LEAK, "settings.py": f'SIGNING_SECRET = "{KEY}"\n'})
    (tmp_path / "secretkey-lint.toml").write_text('ignore = ["SKL005"]\nsecret-names = ["SIGNING_SECRET"]\n')
    (tmp_path / "a" / "secretkey-lint.toml").write_text('ignore = ["SKL001"]\n')
    assert check().found == ["settings.py SKL001 error"]
    assert check("a/settings.py").found == []


def test_names_that_cannot_be_read_do_not_stop_the_others(write: Write, check: Check, tmp_path: Path) -> None:
    """What was named and could not be checked fails the run, whatever is selected; what could be is reported."""
    write({"settings.py": LEAK})
    (tmp_path / "gone.py").symlink_to("nowhere.py")
    for arguments in (["--select", "SKL001"], []):
        done = check(*arguments, "gone.py", "settings.py")
        assert done.status == cli.FAILED
        assert "settings.py SKL001 error" in done.found
        assert done.err == "secretkey-lint: gone.py could not be checked: no such file or directory\n"
    assert check().status == cli.FINDINGS


def test_the_context_of_an_entry_point_counts(write: Write, check: Check) -> None:
    """A server that is only for tests makes no module production's."""
    write(
        {
            "fake/wsgi.py": 'import os\n\nos.environ["DJANGO_SETTINGS_MODULE"] = "fake.conf.local"\n',
            "fake/conf/local.py": LEAK,
        }
    )
    assert check().found == ["fake/conf/local.py SKL001 error"]
    write({"secretkey-lint.toml": 'contexts = {"wsgi.py" = "test"}\n'})
    assert check("--min-severity", "note").found == ["fake/conf/local.py SKL001 warning"]


def test_foreign_suppressions(write: Write, check: Check) -> None:
    """Markers of other tools count unless the configuration says otherwise; ours always do."""
    marked = {"a/settings.py": LEAK.replace("\n", "  # pragma: allowlist secret\n"),
              "b/settings.py": LEAK.replace("\n", "  # secretkey-lint: ignore[SKL001] old\n")}  # fmt: skip
    write({"secretkey-lint.toml": "foreign-suppressions = true\n", **marked})
    assert check().found == []
    write({"secretkey-lint.toml": "foreign-suppressions = false\n"})
    assert check().found == ["a/settings.py SKL001 error"]


def test_require_suppression_reason(write: Write, check: Check) -> None:
    """In the project that asks for it."""
    bare = LEAK.replace("\n", "  # secretkey-lint: ignore[SKL001]\n")
    write(
        {"a/secretkey-lint.toml": "require-suppression-reason = true\n", "a/settings.py": bare, "b/settings.py": bare}
    )
    assert check().found == ["a/settings.py SKL001 error", "a/settings.py SKL901 warning"]
    write({"a/settings.py": bare.replace("]\n", "] rotated in May\n")})
    assert check().found == []
