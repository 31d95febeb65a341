"""Keys that are used for more than one thing: found in memory, whatever part of a repository is checked."""

import subprocess
from pathlib import Path

import pytest

from secretkey_lint import api
from secretkey_lint.model.diagnostic import Diagnostic
from secretkey_lint.trees import git

KEY = "8f3k2q9x7v5n1m4b6c0z"
OTHER = "h2j4l6n8p0r1t3v5x7z9"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    subprocess.run(["git", "add", "--all", "--force"], cwd=folder, check=True)


def check(*paths: str, **options: str) -> dict[str, Diagnostic]:
    """The diagnostics, one a file, by their paths."""
    found = api.check_paths(paths or (".",), **options).diagnostics  # type: ignore[arg-type]
    assert len({each.span.path for each in found}) == len(found)
    return {each.span.path: each for each in found}


def setting(key: str) -> str:
    return f'SECRET_KEY = "{key}"\n'


def test_the_place_outside_of_production_names_the_one_in_it(repository: Path) -> None:
    write(
        repository,
        {"config/settings.py": setting(KEY), "config/dev.py": setting(KEY), "tests/conftest.py": setting(KEY)},
    )
    found = check()
    assert {path: (each.code, each.severity) for path, each in found.items()} == {
        "config/settings.py": ("SKL001", "error"),
        "config/dev.py": ("SKL011", "error"),
        "tests/conftest.py": ("SKL011", "error"),
    }
    step = found["config/dev.py"].related[0]
    assert (step.span.path, step.span.start.line) == ("config/settings.py", 1)
    assert "config/settings.py" in found["config/dev.py"].message
    assert "; the same key stands in config/dev.py and tests/conftest.py" in found["config/settings.py"].message


@pytest.mark.parametrize(
    ("production", "text"),
    [
        ("config/settings.py", setting(KEY)),
        ("config/settings/production.py", f"import os\nSECRET_KEY = os.environ.get('SECRET_KEY', '{KEY}')\n"),
        (".env", f"SECRET_KEY={KEY}\n"),
        ("deploy/.env.production", f"SECRET_KEY={KEY}\n"),
    ],
)
def test_production_is_found_where_only_development_is_checked(production: str, text: str, repository: Path) -> None:
    """As in a commit of one file; the other one is told of, and gets no diagnostic."""
    write(repository, {production: text, "config/dev.py": setting(KEY)})
    (diagnostic,) = check("config/dev.py").values()
    assert (diagnostic.code, diagnostic.severity) == ("SKL011", "error")
    assert [step.span.path for step in diagnostic.related] == [production]


def test_no_key_is_on_a_command_line(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other users of a machine see command lines; what is searched for is the name of the setting."""
    lines: list[str] = []
    start = git.Process.__init__

    def spy(self: git.Process, arguments: list[str], *rest: object, **named: object) -> None:
        lines.extend(map(str, arguments))
        start(self, arguments, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(git.Process, "__init__", spy)
    write(repository, {"config/settings.py": setting(KEY), "config/dev.py": setting(KEY)})
    assert check("config/dev.py")["config/dev.py"].code == "SKL011"
    assert "SECRET_KEY" in lines
    assert not any(KEY[at : at + 6] in line for line in lines for at in range(len(KEY) - 5))


def test_production_alone_is_not_searched_for_copies(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an error as it is."""
    write(repository, {"config/settings.py": setting(KEY), "config/dev.py": setting(KEY)})
    (diagnostic,) = check("config/settings.py").values()
    assert diagnostic.code == "SKL001"
    assert "config/dev.py" not in diagnostic.message


@pytest.mark.parametrize(
    "key", ["changeme-changeme", "secret", "k7w3p9", "aaaaaaaaaaaaaaaa", "abcdefghijklmnopqrst", "not a secret at all"]
)
def test_what_anybody_writes_is_not_taken_for_copied(key: str, repository: Path) -> None:
    write(
        repository,
        {"config/settings.py": setting(key), "config/dev.py": setting(key), "tests/conftest.py": setting(key)},
    )
    found = check()
    assert [found[path].severity for path in ("config/settings.py", "config/dev.py", "tests/conftest.py")] == [
        "error",
        "warning",
        "note",
    ]
    assert "same key" not in found["config/settings.py"].message


def test_development_and_tests_may_share_one(repository: Path) -> None:
    production = "import os\nSECRET_KEY = os.environ['SECRET_KEY']\n"
    write(
        repository, {"config/settings.py": production, "config/dev.py": setting(KEY), "tests/conftest.py": setting(KEY)}
    )
    assert {path: each.severity for path, each in check().items()} == {
        "config/dev.py": "warning",
        "tests/conftest.py": "note",
    }


def test_a_constant_that_both_import_stands_in_one_place(repository: Path) -> None:
    """It is no copy, and is reported once, as production's."""
    taken = "from config.keys import KEY\n\nSECRET_KEY = KEY\n"
    write(repository, {"config/keys.py": f'KEY = "{KEY}"\n', "config/settings.py": taken, "config/dev.py": taken})
    assert {path: (each.code, each.severity) for path, each in check().items()} == {
        "config/keys.py": ("SKL001", "error")
    }


def test_what_production_overrides_is_not_what_it_has(repository: Path) -> None:
    write(
        repository,
        {
            "config/base.py": setting(KEY),
            "config/local.py": "from .base import *\n" + setting(KEY),
            "config/production.py": "import os\nfrom .base import *\nSECRET_KEY = os.environ['SECRET_KEY']\n",
            "config/settings.py": "",
        },
    )
    assert {each.code for each in check().values()} == {"SKL001"}


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (f'SECRET_KEY = JWT_SIGNING_KEY = "{KEY}"\n', "JWT_SIGNING_KEY"),
        (f'JWT_SIGNING_KEY = SECRET_KEY = "{KEY}"\n', "JWT_SIGNING_KEY"),
        (setting(KEY) + f'DATABASES = {{"default": {{"PASSWORD": "{KEY}"}}}}\n', "PASSWORD"),
        (setting(KEY) + f"AWS_SECRET_ACCESS_KEY: str = r'{KEY}'\n", "AWS_SECRET_ACCESS_KEY"),
        (setting(KEY) + f'app.config["WTF_CSRF_SECRET_KEY"] = "{KEY}"\n', "WTF_CSRF_SECRET_KEY"),
        (setting(KEY) + f'TITLE = "{KEY}"\n', ""),
        (setting(KEY) + "JWT_SIGNING_KEY = SECRET_KEY\n", ""),
        (f'SIGNING_KEY = "{KEY}"\nSECRET_KEY = SIGNING_KEY\n', ""),
        (setting(KEY) + f'SECRET_KEY_FALLBACKS = ["{OTHER}"]\n', ""),
        (setting(KEY) + f'assert PASSWORD != "{KEY}"\n', ""),
        (setting(KEY) + f'"{KEY}"\n', ""),
        (f'SECRET_KEY = "{KEY[:10]}" "{KEY[10:]}"\n', ""),
        (setting(KEY) + f'x = {{"{OTHER}zyxwv_key": "{KEY}"}}\n', ""),
    ],
)
def test_another_credential_is_said(source: str, name: str) -> None:
    """In the message of the leak, which is the same one."""
    report = api.check_source(source.encode(), "shop/settings.py")
    assert {each.code for each in report.diagnostics} <= {"SKL001", "SKL004"}
    said = report.diagnostics[0].message
    assert f"; {name} is the same literal" in said if name else "same literal" not in said


def test_selected_alone_it_speaks_for_what_is_not_production(repository: Path) -> None:
    """What production has is no more than a leak, which other rules report; ignored there, it stays ignored."""
    write(repository, {name: setting(KEY) for name in ("a/settings.py", "b/settings.py", "b/dev_settings.py")})
    (diagnostic,) = check(select="SKL011").values()
    assert diagnostic.span.path == "b/dev_settings.py"
    assert diagnostic.message == (
        "SECRET_KEY is the 20-character literal that production has in a/settings.py and b/settings.py"
    )
    assert set(check(ignore="SKL001")) == {"b/dev_settings.py", *check(select="SKL008")}


def test_repositories_are_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That another project has the same key is not known of this one."""
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        subprocess.run(["git", "init", "--quiet", name], check=True)
    write(tmp_path / "one", {"settings.py": setting(KEY)})
    write(tmp_path / "two", {"settings/dev.py": setting(KEY)})
    assert check("one", "two")["two/settings/dev.py"].code == "SKL001"


@pytest.mark.parametrize("keys", [[f"{number:05}{KEY}" for number in range(500)], [KEY] * 500], ids=["apart", "alike"])
def test_a_file_of_many_keys_is_reported_in_full(keys: list[str]) -> None:
    """Past the bounds of what is looked for beside a key, the key itself still is reported."""
    source = "SECRET_KEY_FALLBACKS = [\n" + "".join(f'    "{key}",\n' for key in keys) + "]\n"
    assert len(api.check_source(source.encode(), "shop/settings/dev.py").diagnostics) == 500


def test_many_keys_are_compared_with_production(repository: Path) -> None:
    """More than are searched for one by one."""
    keys = [f"{number:05}{KEY}" for number in range(150)]
    listed = "".join(f'    "{key}",\n' for key in keys)
    write(
        repository,
        {"config/settings.py": setting(keys[120]), "config/dev.py": f"SECRET_KEY_FALLBACKS = [\n{listed}]\n"},
    )
    found = api.check_paths(["config/dev.py"]).diagnostics
    assert [each.span.start.line for each in found if each.code == "SKL011"] == [122]
    assert len(found) == 150
