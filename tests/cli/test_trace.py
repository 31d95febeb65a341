"""`secretkey-lint trace` from end to end: which modules are traced, what is said of them, and in which forms."""

import json
import os
import re
import select
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from secretkey_lint import __version__, cli, rules, tracing
from secretkey_lint.errors import ConfigError
from secretkey_lint.model.record import replace
from secretkey_lint.reporters import Style
from secretkey_lint.tracing import formats
from secretkey_lint.tracing.formats import mermaid

PROJECT = Path(__file__).parents[2]
COMMAND = os.path.join(sysconfig.get_path("scripts"), "secretkey-lint")
KEY = "8f3k2q9x7v5n1m4b6c0z"
LEAK = f'SECRET_KEY = "{KEY}"\n'
READ = 'import os\n\nSECRET_KEY = os.environ["SHOP_KEY"]\n'


def command(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COMMAND, "trace", *arguments], cwd=folder, env={**os.environ, **env}, capture_output=True, text=True,
        encoding=env.get("PYTHONIOENCODING", "utf-8"), timeout=60, check=False,
    )  # fmt: skip


def starter(module: str) -> str:
    return f'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "{module}")\n'


class Repository:
    """A repository that git tracks in full."""

    def __init__(self, root: Path) -> None:
        self.root = root
        subprocess.run(["git", "init", "--quiet", root], check=True)

    def add(self, files: dict[str, str | bytes]) -> None:
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        subprocess.run(["git", "add", "--all", "--force"], cwd=self.root, check=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = Repository(tmp_path)
    monkeypatch.chdir(tmp_path)
    return made


@pytest.fixture
def shop(repository: Repository) -> Path:
    """The fixture that the README explains."""
    shutil.copytree(PROJECT / "fixtures/fallback-through-three-modules/repo", repository.root, dirs_exist_ok=True)
    repository.add({})
    return repository.root


def values(wanted: str | None = None) -> list[dict[str, Any]]:
    """Return the values of the only trace, as JSON has them."""
    (trace,) = traces(wanted)
    found: list[dict[str, Any]] = trace["values"]
    return found


def traces(wanted: str | None = None) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(formats.load("json")(tracing.trace(wanted), Style()))["traces"]
    return found


def said(wanted: str | None = None) -> list[tuple[str, str, str]]:
    """Return value, conditions and verdict of all that the key can be."""
    return [
        (each["value"], " and ".join(each["conditions"]), each["code"] or each["verdict"]) for each in values(wanted)
    ]


# what is traced


def test_the_tree_of_the_readme(shop: Path) -> None:
    """What the README shows is what is printed, but for where a terminal breaks lines."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("$ secretkey-lint trace shop.settings.production\n")[2].partition("```")[0]
    style = Style()
    style.width = 110
    assert formats.load("terminal")(tracing.trace("shop.settings.production"), style) == shown
    done = command(shop, "shop.settings.production")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split() for line in done.stdout.splitlines() if "defined here" in line] == [
        line.split() for line in shown.splitlines() if "defined here" in line
    ]


def test_a_module_by_each_of_its_names(shop: Path) -> None:
    """By name, by path, by what starts it, by a folder that it is in, from below: all are the same trace."""
    wanted = command(shop).stdout
    assert wanted.startswith("shop.settings.production (production)\n")
    for name in ("shop.settings.production", "shop/settings/production.py", "./shop/settings/../settings/production.py",
                 "shop/wsgi.py", "shop/settings", "shop", "."):  # fmt: skip
        assert command(shop, name).stdout == wanted
    below = command(shop / "shop")
    assert below.stdout == command(shop / "shop", "settings/production.py").stdout
    assert below.stdout == command(shop / "shop", "shop.settings.production").stdout
    assert "\n│  settings/production.py\n" in below.stdout
    assert "base.py:4:14: looked up here" in below.stdout


def test_a_module_that_nothing_starts(shop: Path) -> None:
    """Whoever asks for it gets it."""
    done = command(shop, "shop.settings.base")
    assert done.returncode == 0
    assert "nothing names it" in done.stdout
    assert "imported here" in done.stdout


def test_a_folder_where_nothing_starts_shows_the_project(shop: Path) -> None:
    """From a folder of templates, say; but one that is asked for has to have something."""
    (shop / "pages").mkdir()
    assert "shop.settings.production" in command(shop / "pages").stdout
    done = command(shop, "pages")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "secretkey-lint: there are no Django settings in 'pages'\n"


def test_every_start_is_traced(repository: Repository) -> None:
    """What is named comes first, then what nobody names and nobody uses; modules that set no key are left out."""
    repository.add(
        {
            "manage.py": starter("shop.settings.local"),
            "shop/wsgi.py": starter("shop.settings.live"),
            "shop/settings/base.py": READ,
            "shop/settings/keys.py": LEAK,
            "shop/settings/live.py": "from .base import *\n",
            "shop/settings/local.py": "from .base import *\nfrom .keys import SECRET_KEY\n",
            "shop/settings/spare.py": "from .base import *\n",
            "shop/conf.py": "# SECRET_KEY stands elsewhere\n",
        }
    )
    found = traces()
    assert [(each["module"], each["context"]) for each in found] == [
        ("shop.settings.live", "production"),
        ("shop.settings.local", "development"),
        ("shop.settings.spare", "production"),
    ]
    assert [[start["role"] for start in each["started_by"]] for each in found] == [["production"], ["command"], []]
    assert traces("shop/conf.py")[0]["values"][0]["verdict"] == "unknown"


def test_each_project_of_a_repository(repository: Repository) -> None:
    """Names mean what they mean in their project; from its folder, only that is traced."""
    for name in ("desk", "kiosk"):
        repository.add({f"{name}/manage.py": starter("conf.settings"), f"{name}/conf/settings.py": LEAK})
    assert [each["path"] for each in traces()] == ["desk/conf/settings.py", "kiosk/conf/settings.py"]
    assert [each["path"] for each in traces("kiosk")] == ["kiosk/conf/settings.py"]
    os.chdir(repository.root / "kiosk")
    assert [each["path"] for each in traces()] == ["conf/settings.py"]
    assert [each["path"] for each in traces("conf.settings")] == ["conf/settings.py"]


def test_a_module_whose_top_package_lies_elsewhere(repository: Repository) -> None:
    """It is the only one that is called so, wherever it lies; of two of them none is guessed."""
    repository.add({"desk/conf/settings.py": LEAK})
    assert [each["path"] for each in traces("conf.settings")] == ["desk/conf/settings.py"]
    repository.add({"kiosk/conf/settings.py": LEAK})
    with pytest.raises(ConfigError, match=r"there is no module 'conf\.settings'"):
        traces("conf.settings")


def test_outside_of_git(tmp_path: Path) -> None:
    """A folder that is no repository has settings, too."""
    (tmp_path / "settings.py").write_text(LEAK)
    assert "SKL001" in command(tmp_path).stdout


# what cannot be traced


def test_wrong_usage(shop: Path) -> None:
    """A name that is misspelt, a path that leads nowhere: status 2, the nearest name, and nothing on the output."""
    (shop / "notes.txt").write_text("SECRET_KEY")
    (shop / "new_settings.py").write_text(LEAK)
    for wanted, message in (
        ("shop.settings.prodution", "there is no module 'shop.settings.prodution' (did you mean shop.settings.production?)"),
        ("shop/absent.py", "there is no module, file or folder 'shop/absent.py'"),
        ("", "there is no module, file or folder ''"),
        ("..", "'..' is not in the repository that the command is run in"),
        ("notes.txt", "'notes.txt' is no Python module, and names no settings module that the repository has"),
        ("new_settings.py", "git does not track 'new_settings.py'"),
    ):  # fmt: skip
        done = command(shop, wanted)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"secretkey-lint: {message}\n")
    assert command(shop, "--output-format", "xml").returncode == 2
    assert command(shop, "a", "b").returncode == 2


@pytest.mark.parametrize("output_format", ["text", "json", "mermaid"])
def test_a_repository_without_django(repository: Repository, output_format: str) -> None:
    """It is said, on the error output, in every format: an empty report would look like a clean one."""
    repository.add({"app.py": "print('hello')\n"})
    done = command(repository.root, "--output-format", output_format)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("secretkey-lint: there are no Django settings here")


def test_a_module_that_does_not_parse(repository: Repository) -> None:
    """What can be read of it is told, with what keeps the rest from being followed."""
    repository.add({"shop/wsgi.py": starter("shop.settings"), "shop/settings.py": f"def (:\n{LEAK}"})
    (trace,) = traces()
    assert trace["problem"] == "it does not parse as Python (shop/settings.py:1:5)"
    assert [each["code"] for each in trace["values"]] == ["SKL001"]
    assert "it does not parse as Python" in command(repository.root).stdout


def test_modules_that_are_hard_to_read(repository: Repository) -> None:
    """Binary, empty, in another encoding, endless, deeply nested, a link to itself: nothing raises and nothing looks safe."""
    repository.add(
        {
            "a/settings.py": b"\x00\xff\xfe" * 100,
            "b/settings.py": b"",
            "c/settings.py": LEAK.encode("utf-16"),
            "d/settings.py": "x = [\n" * 20_000,
            "e/settings.py": "SECRET_KEY = " + "(" * 500 + "'x'" + ")" * 500 + "\n",
            "f/settings.py": "from .settings import *\nSECRET_KEY = SECRET_KEY\n",
            "g/settings.py": "".join(f"A{n} = A{n - 1} + A{n - 1}\n" for n in range(1, 40)).replace("A0", "'k'") + "SECRET_KEY = A39\n",
        }
    )  # fmt: skip
    for name in "abcdefg":
        done = command(repository.root, f"{name}/settings.py")
        assert done.returncode == 0
        assert done.stderr == ""
        assert "Traceback" not in done.stdout
        assert "│  safe" not in done.stdout or name == "b"


def test_a_module_that_raises(repository: Repository) -> None:
    """Nothing starts with it, which is said."""
    repository.add({"settings.py": f'{LEAK}raise RuntimeError("not this one")\n'})
    (trace,) = traces("settings.py")
    assert trace["problem"] == "it never ends without an error, so that nothing starts with it"


def test_a_module_that_is_gone(repository: Repository) -> None:
    """What git tracks and nobody can read is said, with status 2, and the others are traced."""
    repository.add({"a/settings.py": LEAK, "b/settings.py": LEAK, "b/wsgi.py": starter("b.settings")})
    (repository.root / "b/settings.py").unlink()
    done = command(repository.root)
    assert done.returncode == 2
    assert done.stderr == "secretkey-lint: b/settings.py cannot be read\n"
    assert done.stdout.startswith("a.settings (production)\n")


def test_a_rule_that_fails(shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The others still judge, and the run is no success."""

    def fail(fact: object) -> None:
        raise ValueError(repr(fact))

    broken = [replace(rule, check=fail) if rule.code == "SKL008" else rule for rule in rules.load()]
    monkeypatch.setattr(rules, "load", lambda: tuple(broken))
    assert cli.main(["trace"]) == cli.FAILED
    captured = capsys.readouterr()
    assert "SKL003" in captured.out
    assert "SKL008 weak-key failed" in captured.err


# what is said


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (LEAK, [("a 20-character literal", "", "SKL001")]),
        (READ, [("the environment variable SHOP_KEY", "", "safe")]),
        (
            f'import os\nSECRET_KEY = os.environ.get("SHOP_KEY", "{KEY}")\n',
            [
                ("the environment variable SHOP_KEY", "where SHOP_KEY is set", "safe"),
                ("a 20-character literal", "where SHOP_KEY is not set", "SKL003"),
            ],
        ),
        (
            f'import os\nDEBUG = os.environ.get("DEBUG") == "1"\nSECRET_KEY = os.environ.get("SHOP_KEY", "{KEY}")\nif not DEBUG and SECRET_KEY == "{KEY}":\n    raise RuntimeError\n',
            [
                ("the environment variable SHOP_KEY", "where SHOP_KEY is set", "safe"),
                ("a 20-character literal", "when DEBUG is on and where SHOP_KEY is not set", "SKL003"),
            ],
        ),
        (
            f'import os\nif os.environ.get("ENV") == "production":\n    SECRET_KEY = os.environ["SHOP_KEY"]\nelse:\n    SECRET_KEY = "{KEY}"\n',
            [
                ("the environment variable SHOP_KEY", "in production", "safe"),
                ("a 20-character literal", "outside of production", "SKL003"),
            ],
        ),
        (
            f'import sys\nif "pytest" in sys.modules:\n    SECRET_KEY = "{KEY}"\nelse:\n    SECRET_KEY = open("/k").read()\n',
            [
                ("a 20-character literal", "under a test runner", "SKL003"),
                ("a file outside of the repository", "", "safe"),
            ],
        ),
        (
            'import boto3\nSECRET_KEY = boto3.client("secretsmanager").get_secret_value(SecretId="k")["SecretString"]\n',
            [("a secret manager or another service", "", "safe")],
        ),
        (
            "from django.core.management.utils import get_random_secret_key\nSECRET_KEY = get_random_secret_key()\n",
            [("a random text of 50 characters", "", "SKL007")],
        ),
        ("import secrets\nSECRET_KEY = secrets\n", [("a random text", "", "SKL007")]),
        ("import boto3\nSECRET_KEY = boto3\n", [("a secret manager or another service", "", "safe")]),
        ("import socket\nSECRET_KEY = socket.gethostname()\n", [("a text computed from what can be guessed", "", "SKL009")]),
        ('SECRET_KEY = ""\n', [("nothing", "", "safe")]),
        ('SECRET_KEY = "{{ secret_key }}"\n', [("what a template or a shell puts in", "", "safe")]),
        ('SECRET_KEY = "ENC[AES256_GCM,data:x]"\n', [("an encrypted text", "", "safe")]),
        ("from somewhere import key\nSECRET_KEY = key()\n", [("unknown", "", "unknown")]),
        ("DEBUG = False\n", [("nothing", "", "safe")]),
        ("from .local_settings import *\n", [("what another module says", "where it exists", "unknown")]),
        ('globals().update(load("keys"))\n', [("unknown", "", "unknown")]),
        (
            f'import os\nSECRET_KEY = os.environ["SHOP_KEY"]\nSECRET_KEY_FALLBACKS = [os.environ["OLD_KEY"], "{KEY}"]\n',
            [
                ("the environment variable SHOP_KEY", "", "safe"),
                # without the variable nothing starts, so that nobody comes to the former keys
                ("the environment variable OLD_KEY", "where SHOP_KEY is set", "safe"),
                ("a 20-character literal", "where OLD_KEY is set and where SHOP_KEY is set", "SKL004"),
            ],
        ),
        (
            f'class Base:\n    SECRET_KEY = "{KEY}"\n\n\nclass Live(Base):\n    SECRET_KEY = open("/k").read()\n',
            [("a file outside of the repository", "in the class Live", "safe")],
        ),
        (
            f'from django.conf import settings\nsettings.configure(SECRET_KEY="{KEY}")\n',
            [("a 20-character literal", "", "SKL001")],
        ),
    ],
)  # fmt: skip
def test_each_kind_of_value(repository: Repository, settings: str, expected: list[tuple[str, str, str]]) -> None:
    """What a value is, under which conditions, and whether somebody who reads the repository knows it."""
    repository.add({"shop/settings.py": settings})
    found = said("shop/settings.py")
    # a class that others derive from is no start, but its key is published
    assert [each for each in found if "class Base" not in each[1]] == expected


MANY = "import os\nx = 'k'\n" + "".join(f"if os.environ.get('A{n}'):\n    x = 'k{n}'\n" for n in range(40))


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ("import vault\nSECRET_KEY = vault.client.key\n", "vault.client.key could not be followed"),
        ("import vault\nSECRET_KEY = vault.get_key()\n", "vault.get_key(…) could not be followed"),
        ("import vault\nSECRET_KEY = -vault.key\n", "this expression could not be followed"),
        (f"import vault\nSECRET_KEY = vault.{'key' * 30}\n", "this expression could not be followed"),
        ("SECRET_KEY = lambda: 1\n", "this expression could not be followed"),
        ("SECRET_KEY = kept_in_mind\n", "a name that nothing defines could not be followed"),
        ("SECRET_KEY = id(object())\n", "id(…) could not be followed"),
        (MANY + "SECRET_KEY = x + 'y'\n", "more possibilities than are told apart could not be followed"),
    ],
)
def test_what_is_not_followed(repository: Repository, settings: str, reason: str) -> None:
    """The reason names what the code calls it, never a text; a limit of ours is said to be one."""
    repository.add({"shop/settings.py": settings})
    (trace,) = traces("shop/settings.py")
    assert [(each["verdict"], each["reason"]) for each in trace["values"]] == [("unknown", reason)]
    assert trace["problem"] == ("it could be followed only in part" if settings.startswith(MANY) else None)


def test_a_text_in_the_place_of_a_variable_is_not_shown(repository: Repository) -> None:
    """Who swaps the arguments, or forgets the quotes, has put the key where a name belongs."""
    repository.add({"settings.py": f'import os\nSECRET_KEY = os.environ["{KEY}"]\nSECRET_KEY_FALLBACKS = [a{KEY}]\n'})
    assert [each["value"] for each in values("settings.py")] == ["an environment variable", "unknown"]
    for output_format in ("text", "json", "mermaid"):
        assert KEY[:6] not in command(repository.root, "settings.py", "--output-format", output_format).stdout


def test_what_could_not_be_followed_is_said_with_its_place(repository: Repository) -> None:
    """The reader can go there."""
    repository.add({"settings.py": "from vault import Client\n\nSECRET_KEY = Client().fetch.now()\n"})
    (value,) = values("settings.py")
    assert value["reason"] == "now(…) could not be followed"
    assert [(step["line"], step["column"]) for step in value["steps"]] == [(3, 14), (3, 1)]


def test_a_variable_that_the_repository_sets(repository: Repository) -> None:
    """A tracked environment file gives the key away, whatever the settings do; one for another purpose does not count."""
    repository.add(
        {
            "shop/wsgi.py": starter("shop.settings"),
            "shop/settings.py": READ,
            ".env": f"SHOP_KEY={KEY}\n",
            ".env.local": f"SHOP_KEY={KEY}\n",
            "other/manage.py": "",
            "other/.env": f"SHOP_KEY={KEY}\n",
        }
    )
    (value,) = values("shop.settings")
    assert value["value"] == "the environment variable SHOP_KEY, which .env sets"
    assert (value["verdict"], value["code"], value["severity"]) == ("reported", "SKL005", "error")
    assert [step["path"] for step in value["steps"]] == [".env", "shop/settings.py", "shop/settings.py"]
    assert value["steps"][0]["message"] == "set here"


def test_a_variable_that_the_starter_sets(repository: Repository) -> None:
    """So does the module that starts the settings; what is set elsewhere in Python may be, and is not called safe."""
    sets = f'os.environ["DJANGO_SECRET_KEY"] = "{KEY}"\n'
    repository.add(
        {
            "shop/settings.py": READ.replace("SHOP_KEY", "DJANGO_SECRET_KEY"),
            "shop/wsgi.py": starter("shop.settings") + sets,
        }
    )
    assert said()[0] == ("the environment variable DJANGO_SECRET_KEY, which shop/wsgi.py sets", "", "SKL001")
    repository.add({"shop/wsgi.py": starter("shop.settings"), "shop/boot.py": "import os\n" + sets})
    (value,) = values()
    assert value["verdict"] == "unknown"
    assert value["reason"] == "shop/boot.py sets it, too, to what could not be followed"
    repository.add({"shop/boot.py": "", "tests/boot.py": "import os\n" + sets})
    assert said() == [("the environment variable DJANGO_SECRET_KEY", "", "safe")]


def test_the_context_is_that_of_the_start(repository: Repository) -> None:
    """The same literal is an error for production, a warning for development, a note for tests, and nothing in an example."""
    repository.add(
        {
            "shop/settings/base.py": LEAK,
            **{f"shop/settings/{name}.py": "from .base import *\n" for name in ("live", "dev", "test")},
            "examples/settings.py": 'SECRET_KEY = "example"\n',
        }
    )
    found = {each["module"]: each["values"][0] for each in traces()}
    assert [found[f"shop.settings.{name}"]["severity"] for name in ("live", "dev", "test")] == [
        "error",
        "warning",
        "note",
    ]
    assert found["examples.settings"]["verdict"] == "allowed"
    assert found["examples.settings"]["reason"] == "an example shows what goes here"


# how it is written


def test_json_has_its_fields(shop: Path) -> None:
    """Programs rest on these names; none is to be added, lost or renamed by accident."""
    done = command(shop, "--output-format", "json")
    document = json.loads(done.stdout)
    assert list(document) == ["version", "tool", "traces"]
    assert document["version"] == 1
    assert document["tool"] == {"name": "secretkey-lint", "version": __version__}
    (trace,) = document["traces"]
    assert list(trace) == ["module", "path", "context", "problem", "started_by", "values"]
    assert trace["started_by"] == [{"role": "production", "path": "shop/wsgi.py", "line": 5, "column": 50}]
    safe, leak, former = trace["values"]
    for value in (safe, leak, former):
        assert list(value) == ["setting", "value", "conditions", "steps", "verdict", "reason", "context", "code", "name", "severity"]  # fmt: skip
    assert (safe["verdict"], safe["code"], safe["name"], safe["severity"]) == ("safe", None, None, None)
    assert (leak["verdict"], leak["code"], leak["name"], leak["severity"]) == ("reported", "SKL003", "unsafe-default", "error")  # fmt: skip
    assert leak["steps"][0] == {"path": "shop/keys.py", "line": 1, "column": 11, "message": "defined here"}
    assert former["setting"] == "SECRET_KEY_FALLBACKS"


def test_check_tells_the_same_steps(repository: Repository) -> None:
    """A diagnostic's related locations lead from the value to what starts it, through whatever modules."""
    repository.add(
        {
            "shop/wsgi.py": starter("shop.settings.live"),
            "shop/keys.py": f'DEFAULT = "{KEY}"\n\n\ndef key(name, default="{KEY[::-1]}"):\n    import os\n\n    return os.environ.get(name, default)\n',
            "shop/settings/base.py": "from shop.keys import DEFAULT\n\nSECRET_KEY = DEFAULT\n",
            "shop/settings/live.py": "from .base import *\n",
            "shop/settings/other.py": 'from shop.keys import key\n\nSECRET_KEY = key("SHOP_KEY")\n',
            "shop/settings/file.py": 'from pathlib import Path\n\nSECRET_KEY = (Path(__file__).parent / "key.txt").read_text()\n',
            "shop/settings/key.txt": KEY,
            "shop/settings/dev.py": f'SECRET_KEY = "{KEY.upper()}"\n',
        }
    )  # fmt: skip
    done = subprocess.run(
        [COMMAND, "check", "--output-format", "json"], cwd=repository.root, capture_output=True, check=False
    )
    found = {
        (each["path"], each["line"]): [(step["path"], step["line"], step["message"]) for step in each["related"]]
        for each in json.loads(done.stdout)["diagnostics"]
    }
    assert found["shop/keys.py", 1] == [
        ("shop/settings/base.py", 1, "imported here"),
        ("shop/settings/base.py", 3, "used here"),
        ("shop/settings/base.py", 3, "reaches SECRET_KEY here"),
        ("shop/settings/live.py", 1, "imported here"),
        ("shop/wsgi.py", 2, "production starts with shop.settings.live here"),
    ]
    assert found["shop/keys.py", 4] == [
        ("shop/keys.py", 7, "used here"),
        ("shop/settings/other.py", 3, "reaches SECRET_KEY here"),
    ]
    assert found["shop/settings/file.py", 3] == [("shop/settings/key.txt", 1, "the key is in this file")]
    assert found["shop/settings/dev.py", 1] == []


def test_check_says_why_a_module_for_development_is_production(repository: Repository) -> None:
    """A name says development, a server starts it: the place that does is related."""
    repository.add({"shop/wsgi.py": starter("shop.settings.dev"), "shop/settings/dev.py": LEAK})
    done = subprocess.run(
        [COMMAND, "check", "--output-format", "json"], cwd=repository.root, capture_output=True, check=False
    )
    (found,) = json.loads(done.stdout)["diagnostics"]
    assert (found["severity"], found["context"]) == ("error", "production")
    assert [(step["path"], step["message"]) for step in found["related"]] == [
        ("shop/wsgi.py", "production starts with shop.settings.dev here")
    ]


LINE = re.compile(
    r"""flowchart\ LR
    |\ {4}subgraph\ t\d+\[LABEL\]
    |\ {4}end
    |\ {8}t\d+p\[LABEL\]:::unknown
    |\ {8}(\w+\ -->\ )?t\d+v\d+n\d+\[LABEL\]
    |\ {8}(\w+\ -->\ )?t\d+v\d+k\{\{LABEL\}\}
    |\ {8}\w+\ -->(\|LABEL\|)?\ \w+\(\[LABEL\]\):::(error|warning|note|safe|unknown)
    |\ {4}t\d+s\d+\(\[LABEL\]\)\ -->\|LABEL\|\ t\d+
    |\ {4}classDef\ \w+\ [\w:#,]+""".replace("LABEL", r'"(?:[\w \-./:,()]|\#\d+;|<br>)*"'),
    re.VERBOSE | re.ASCII,
)
"""What a line of a flowchart may be: no name of a file can be more than a part of a label."""

HOSTILE = (
    "a\"]\n    click t0 javascript:alert(1)\n%%{init: {}}%%", "end", "<script>", "`**x**`", "\x1b[31m", "\u202egpj",
    "#quot;&amp;", "{{ x }}", "];", "|--> t0", "é✓", "a" * 200,
)  # fmt: skip


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system takes no such names")
@pytest.mark.parametrize("name", HOSTILE)
def test_names_cannot_break_a_flowchart(repository: Repository, name: str) -> None:
    """A folder's name is anybody's: it ends no label, adds no line and speaks neither HTML nor Markdown."""
    repository.add({f"{name}/settings.py": LEAK, f"{name}/wsgi.py": starter("settings")})
    done = command(repository.root, "--output-format", "mermaid")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) > 8
    for line in lines:
        assert LINE.fullmatch(line), line
    for character in ("\x1b", "\r", "\u202e", "`"):
        assert character not in done.stdout


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the file system takes no such names")
@pytest.mark.parametrize("name", HOSTILE)
def test_names_say_nothing_to_the_terminal(repository: Repository, name: str) -> None:
    """Nor does one move the cursor, or forge a line of the tree."""
    repository.add({f"{name}/settings.py": LEAK})
    done = command(repository.root)
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 8
    assert "\x1b" not in done.stdout
    assert (
        json.loads(command(repository.root, "--output-format", "json").stdout)["traces"][0]["path"]
        == f"{name}/settings.py"
    )


def test_labels() -> None:
    """A letter stays; everything that means anything to anybody becomes its number."""
    assert mermaid.label('a"b', "<é>") == '"a#34;b<br>#60;#233;#62;"'


def test_the_form_of_the_tree_follows_the_encoding(shop: Path) -> None:
    """Boxes where they can be shown, and ASCII where they cannot."""
    boxes = command(shop).stdout
    plain = command(shop, PYTHONIOENCODING="ascii").stdout
    assert plain.isascii()
    for box, line in (("├─", "|-"), ("└─", "`-"), ("│", "|")):
        boxes = boxes.replace(box, line)
    assert plain == boxes


def terminal(folder: Path, *arguments: str, **env: str) -> str:
    """Return what is printed on a terminal."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, theirs = pty.openpty()
    unwanted = ("CI", "CLICOLOR", "COLUMNS", "FORCE_", "NO_COLOR", "TERM", "WT_SESSION")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    environment |= {"TERM": "xterm", **env}
    with subprocess.Popen([COMMAND, "trace", *arguments], cwd=folder, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        output = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                chunk = os.read(ours, 1 << 16)
            except OSError:  # how Linux says that nobody writes on
                break
            output += chunk
    os.close(ours)
    return output.decode().replace("\r\n", "\n")


def test_a_terminal_has_colours_and_a_width(shop: Path) -> None:
    """Lines are broken for a terminal and for nothing else; a path is never broken."""
    assert "\x1b[1;31merror " in terminal(shop, COLUMNS="100")
    plain = command(shop).stdout
    assert "\x1b" not in plain
    narrow = terminal(shop, COLUMNS="60", NO_COLOR="1")
    assert "\x1b" not in narrow
    assert max(len(line) for line in narrow.splitlines()) <= 60
    assert len(narrow.splitlines()) > len(plain.splitlines())
    assert " shop/settings/production.py:3:1:\n" in terminal(shop, COLUMNS="1", NO_COLOR="1")


def test_a_terminal_has_links(shop: Path) -> None:
    """The code of a rule leads to its page, a place to its file; not where nobody could follow them."""
    shown = terminal(shop, COLUMNS="100")
    assert re.search(
        r"\x1b\]8;id=\d+;https://[^\x1b]+/docs/rules/SKL003\.md\x1b\\\x1b\[1;31mSKL003\x1b\[0m\x1b\]8;;", shown
    )
    assert re.search(
        r"\x1b\]8;id=\d+;file://[^\x1b]+/shop/wsgi\.py\x1b\\\x1b\[2mshop/wsgi\.py:\d+\x1b\[0m\x1b\]8;;", shown
    )
    for environment in ({"NO_COLOR": "1"}, {"FORCE_HYPERLINK": "0"}, {"CI": "true"}):
        assert "\x1b]8" not in terminal(shop, **environment)


def test_colour_is_asked_for(shop: Path) -> None:
    """As `check` is: what is drawn in a pipe is what a terminal shows, and what has no colour is what it was."""
    drawn = subprocess.run(
        [COMMAND, "trace", "--color", "always"], cwd=shop, capture_output=True, text=True, check=True
    )
    assert "\x1b[1;31merror " in drawn.stdout
    assert "\x1b" not in terminal(shop, "--color", "never")


def test_colours_for_each_verdict(repository: Repository) -> None:
    """Green is safe, red an error, yellow a warning or what is not known."""
    repository.add(
        {"settings.py": f'from x import y\nSECRET_KEY_FALLBACKS = [open("/k").read(), "{KEY}", y]\nSECRET_KEY = ""\n'}
    )
    shown = terminal(repository.root)
    for colour, text in (("32", "safe"), ("31", "error"), ("33", "unknown")):
        assert f"\x1b[1;{colour}m{text}" in shown


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The help says what the statuses mean."""
    with pytest.raises(SystemExit) as left:
        cli.main(["trace", "--help"])
    assert left.value.code == 0
    assert "Exit status: 0 whatever is found, 2" in " ".join(capsys.readouterr().out.split())


def test_of_several_projects_none_is_spoken_for_by_what_is_no_project(repository: Repository) -> None:
    """A file that sets a variable of the same name may belong to an application that is no Django."""
    for name in ("blog", "shop"):
        repository.add({f"{name}/manage.py": starter("settings"), f"{name}/settings.py": READ})
    repository.add({"flask/app.env": f"SHOP_KEY={KEY}\n"})
    done = command(repository.root, "shop/settings.py")
    assert "flask" not in done.stdout
    repository.add({"prod.env": f"SHOP_KEY={KEY}\n"})
    assert "which prod.env sets" in command(repository.root, "shop/settings.py").stdout
