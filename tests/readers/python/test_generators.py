"""How long what generators yield is, against the generators themselves, and which modules keep what they make."""

import base64
import hashlib
import os
import random
import secrets
import string
import uuid

import pytest
from django.core.management.utils import get_random_secret_key
from django.utils.crypto import get_random_string
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint.model.binding import Binding
from secretkey_lint.model.source import SourceFile
from secretkey_lint.model.value import EnvLookup, Random
from secretkey_lint.readers.python import generators
from secretkey_lint.readers.python.reader import read

NAMES = {
    "base64": base64,
    "get_random_secret_key": get_random_secret_key,
    "get_random_string": get_random_string,
    "hashlib": hashlib,
    "os": os,
    "random": random,
    "secrets": secrets,
    "string": string,
    "uuid": uuid,
}
IMPORTS = """import base64, hashlib, os, random, secrets, string, uuid
from django.core.management.utils import get_random_secret_key
from django.utils.crypto import get_random_string

"""

MEASURED = [
    "get_random_secret_key()",
    "get_random_secret_key()[:20]",
    "get_random_secret_key()[0]",
    "get_random_string(20)",
    "get_random_string(length=64)",
    "get_random_string(50, allowed_chars=string.hexdigits)",
    "get_random_string(12).upper() * 3",
    "secrets.token_hex()",
    "secrets.token_hex(16)",
    "secrets.token_hex(nbytes=24)",
    "secrets.token_urlsafe()",
    "secrets.token_urlsafe(16)",
    "secrets.token_bytes(32).hex()",
    "uuid.uuid4().hex",
    "uuid.uuid4().hex[:16]",
    "str(uuid.uuid4())",
    "str(uuid.uuid4()).replace('-', '')",
    "uuid.uuid4().hex + uuid.uuid4().hex",
    "f'shop-{uuid.uuid4()}'",
    "'%s' % uuid.uuid4()",
    "'{}{}'.format(uuid.uuid4(), uuid.uuid4())",
    "os.urandom(24).hex()",
    "base64.b64encode(os.urandom(24)).decode('utf-8')",
    "hashlib.sha256(os.urandom(4)).hexdigest()",
    "''.join(random.choice(string.ascii_letters + string.digits) for _ in range(20))",
    "''.join([random.SystemRandom().choice(string.printable) for i in range(50)])",
    "''.join(secrets.choice(string.digits) for _ in range(30))",
    "''.join(random.choices(string.digits, k=30))",
    "''.join(random.sample(string.ascii_letters, 30))",
    "'-'.join(secrets.choice(['abc', 'def']) for _ in range(5))",
]

NOT_MEASURED = [
    "get_random_string(unknown())",
    "get_random_string(*unknown())",
    "get_random_string(10 ** 9)",
    "get_random_string('a')",
    "str(uuid.uuid4().int)",
    "uuid.uuid4().node",
    "os.urandom(24)",
    "str(os.urandom(24))",
    "str(random.random())",
    "str(random.getrandbits(128))",
    "''.join(secrets.choice(unknown()) for _ in range(20))",
    "''.join(secrets.choice(string.digits) for _ in range(unknown()))",
    "'-'.join(secrets.choice(['abc', 'de']) for _ in range(5))",
    "''.join(str(random.choice([1, 22])) for _ in range(5))",
    "secrets.token_hex(16).strip(unknown())",
]


def value_of(expression: str, path: str = "shop/settings.py", before: str = "", after: str = "") -> object:
    text = f"{IMPORTS}{before}SECRET_KEY = {expression}\n{after}"
    (fact,) = read(SourceFile(path, text.encode(), path))
    assert isinstance(fact, Binding)
    return fact.value


@pytest.mark.parametrize("expression", MEASURED)
def test_the_length_is_what_the_generator_yields(expression: str) -> None:
    value = value_of(expression)
    assert isinstance(value, Random)
    assert value.length == len(eval(expression, dict(NAMES)))


@pytest.mark.parametrize("expression", NOT_MEASURED)
def test_a_length_that_is_not_known_is_none(expression: str) -> None:
    value = value_of(expression)
    assert isinstance(value, Random)
    assert value.length is None


@given(st.integers(0, 400))
def test_all_lengths(count: int) -> None:
    """The arithmetic of encodings has its odd ends."""
    for path, function in [
        ("secrets.token_hex", secrets.token_hex),
        ("secrets.token_urlsafe", secrets.token_urlsafe),
        ("django.utils.crypto.get_random_string", get_random_string),
    ]:
        assert generators.length(generators.samples(path, (count,), {})) == len(function(count))


def test_what_grows_in_a_loop() -> None:
    """A key that is put together letter by letter."""
    before = "key = ''\nfor _ in range(20):\n    key += random.choice(string.digits)\n"
    value = value_of("key", before=before)
    assert isinstance(value, Random)
    assert value.length == 20


def test_samples_are_not_shown() -> None:
    """Texts of the repository may have gone into them."""
    from secretkey_lint.readers.python import syntax
    from secretkey_lint.readers.python.objects import Opaque

    node = syntax.parse("a\n")
    assert "k9w2x7p4z1" not in repr(Opaque("random", node, samples=("k9w2x7p4z1A", "k9w2x7p4z1b")))


MAKE = "secrets.token_urlsafe(64)"


@pytest.mark.parametrize(
    "after",
    [
        "with open('key', 'w') as file:\n    file.write(SECRET_KEY)\n",
        "open('key', 'w').write(SECRET_KEY)\n",
        "from pathlib import Path\nPath('key').write_text(SECRET_KEY)\n",
        "import json\njson.dump({'SECRET_KEY': SECRET_KEY}, open('key', 'w'))\n",
        "print(SECRET_KEY, file=open('key', 'w'))\n",
        "from dotenv import set_key\nset_key('.env', 'SECRET_KEY', SECRET_KEY)\n",
        "import sys\nsys.stderr.write('a key is made')\nopen('key', 'w').write(SECRET_KEY)\n",
    ],
)
def test_a_module_that_writes_keeps_what_it_makes(after: str) -> None:
    """Then the key may be the same at every start."""
    assert not isinstance(value_of(MAKE, after=after), Random)
    value = value_of(f"os.environ.get('SECRET_KEY', {MAKE})", after=after)
    assert isinstance(value, EnvLookup)
    assert value.default is None


@pytest.mark.parametrize(
    "after",
    [
        "",
        "print('a key is made')\n",
        "import sys\nsys.stderr.write('a key is made')\n",
        "import sys\nprint('a key is made', file=sys.stderr)\n",
    ],
)
def test_what_is_told_is_not_kept(after: str) -> None:
    assert isinstance(value_of(MAKE, after=after), Random)


@pytest.mark.parametrize(
    ("path", "is_settings"),
    [
        ("shop/settings.py", True),
        ("shop/settings/production.py", True),
        ("config.py", True),
        ("bin/make_key.py", False),
        ("shop/management/commands/make_key.py", False),
        ("hooks/post_gen_project.py", False),
    ],
)
def test_a_script_that_makes_a_key_starts_nothing_with_it(path: str, is_settings: bool) -> None:
    assert isinstance(value_of(MAKE, path), Random) is is_settings


def test_any_function_of_samples_is_bounded() -> None:
    """What fails for one of them is said of neither."""

    def fails(turn: int) -> object:
        if turn:
            raise generators.operations.NotComputedError
        return "a"

    assert generators.tried(fails) == ()
