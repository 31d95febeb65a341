"""Which variable a field of a settings class is read from: the name of the attribute, or the one that the call says."""

import subprocess
from pathlib import Path

import pytest

from secretkey_lint import api
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.source import SourceFile
from secretkey_lint.model.value import EnvLookup
from secretkey_lint.readers.python.reader import read

CONFIGURATIONS = """\
from configurations import Configuration, values
class Base(Configuration):
    SECRET_KEY = values.{}
"""


def variables(source: str) -> set[str]:
    """The variables that the key is looked up in."""
    found = read(SourceFile("settings.py", source.encode(), "settings.py"))
    return {each.value.name for each in found if isinstance(each, Binding) and isinstance(each.value, EnvLookup)}


@pytest.mark.parametrize(
    ("field", "variable"),
    [
        ("Value('k9w2x7p4z1')", "DJANGO_SECRET_KEY"),
        ("SecretValue()", "DJANGO_SECRET_KEY"),
        ("SecretValue(environ_prefix='SHOP')", "SHOP_SECRET_KEY"),
        ("Value('k9w2x7p4z1', environ_prefix='SHOP_')", "SHOP_SECRET_KEY"),
        ("Value('k9w2x7p4z1', environ_prefix=None)", "SECRET_KEY"),
        ("Value('k9w2x7p4z1', environ_prefix='')", "SECRET_KEY"),
        ("Value('k9w2x7p4z1', environ_name='SIGNING')", "DJANGO_SIGNING"),
        ("Value('k9w2x7p4z1', environ_name='SIGNING', environ_prefix=None)", "SIGNING"),
    ],
)
def test_configurations(field: str, variable: str) -> None:
    """https://django-configurations.readthedocs.io/en/stable/values/: the prefix goes before given names, too."""
    assert variables(CONFIGURATIONS.format(field)) == {variable}


def test_what_is_not_read_from_the_environment() -> None:
    assert variables(CONFIGURATIONS.format("Value('k9w2x7p4z1', environ=False)")) == set()


def test_pydantic_has_no_prefix() -> None:
    source = """\
from pydantic import Field
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    secret_key: str = Field('k9w2x7p4z1')
SECRET_KEY = Settings().secret_key
"""
    assert variables(source) == {"SECRET_KEY"}


def test_a_committed_file_that_sets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable carries the key, whatever file of the repository sets it."""
    monkeypatch.chdir(tmp_path)
    Path("settings.py").write_text(CONFIGURATIONS.format("SecretValue(environ_prefix='SHOP', environ_name='SIGNING')"))
    Path(".env").write_text("SHOP_SIGNING=vq8w3nx5kz7t1m4y9p2r\nSIGNING=vq8w3nx5kz7t1m4y9p2s\n")
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    found = api.check_paths(["."]).diagnostics
    assert [(each.code, each.span.path, each.span.start.line) for each in found] == [("SKL005", ".env", 1)]
