"""SKL009: keys that are computed from what can be guessed."""

import pytest

from secretkey_lint import api
from secretkey_lint.model.binding import Binding, Guard
from secretkey_lint.model.source import Position, Span
from secretkey_lint.model.value import Derived, EnvLookup, External, Literal, Random, Unknown, Value
from secretkey_lint.rules.predictable_key import RULE

HERE = Span("shop/settings.py", Position(1, 14), Position(1, 30))
THERE = Span("shop/settings.py", Position(1, 40), Position(1, 60))


def test_the_place_is_that_of_the_computation() -> None:
    """A default is reported where it stands, not with the lookup around it."""
    for value in (Derived(THERE), EnvLookup(HERE, "SECRET_KEY", Derived(THERE))):
        (violation,) = RULE.check(Binding("SECRET_KEY", value, HERE))
        assert violation.span == THERE
        assert not violation.looks_generated


def test_the_variable_is_named_where_it_is_one() -> None:
    """What stands in the place of a name may be a key by mistake."""
    (violation,) = RULE.check(Binding("SECRET_KEY", EnvLookup(HERE, "SHOP_KEY", Derived(THERE)), HERE))
    assert "where SHOP_KEY is not set" in violation.message
    (violation,) = RULE.check(Binding("SECRET_KEY", EnvLookup(HERE, "k9w2x7p4z1", Derived(THERE)), HERE))
    assert "k9w2x7p4z1" not in violation.message


def test_former_keys() -> None:
    """What can be guessed forges sessions as a former key, too."""
    (violation,) = RULE.check(Binding("SECRET_KEY_FALLBACKS", Derived(HERE), HERE))
    assert violation.message.startswith("SECRET_KEY_FALLBACKS holds ")


@pytest.mark.parametrize(
    "value",
    [
        Literal(HERE, "k9w2x7p4z1"),
        External(HERE),
        Random(HERE),
        Unknown(HERE),
        EnvLookup(HERE, "SECRET_KEY"),
        EnvLookup(HERE, "SECRET_KEY", Literal(HERE, "k9w2x7p4z1")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_values_are_not_its_business(value: Value) -> None:
    assert list(RULE.check(Binding("SECRET_KEY", value, HERE))) == []


@pytest.mark.parametrize("kind", ["commented", "unreachable"])
def test_a_formula_that_is_not_used_publishes_nothing(kind: str) -> None:
    """Unlike a literal: what it would yield does not stand here."""
    guards = frozenset({Guard(kind)})  # type: ignore[arg-type]
    assert list(RULE.check(Binding("SECRET_KEY", Derived(HERE), HERE, guards))) == []


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("shop/settings.py", "error"),
        ("shop/settings/local.py", "warning"),
        ("tests/settings.py", "note"),
        ("docs/conf.py", None),
    ],
)
def test_how_loudly(path: str, severity: str | None) -> None:
    source = b"import socket\n\nSECRET_KEY = socket.gethostname()\n"
    found = [(each.code, each.severity) for each in api.check_source(source, path).diagnostics]
    assert found == ([("SKL009", severity)] if severity else [])


@pytest.mark.parametrize(
    "expression",
    [
        "hashlib.md5(socket.getfqdn().encode()).hexdigest()",
        "hashlib.sha256(str(uuid.getnode()).encode()).hexdigest()",
        "base64.b64encode(socket.gethostname().encode()).decode()",
        "str(uuid.uuid1())",
        "hex(uuid.getnode())",
        "getpass.getuser() * 10",
        "datetime.datetime.now().isoformat()",
        "'{}-{}'.format(platform.node(), os.getpid())",
        "'-'.join([os.getcwd(), os.getlogin()])",
        "str(int(time.time()))",
    ],
)
def test_what_is_computed_of_it_is_no_better(expression: str) -> None:
    """Hashing, encoding and putting together: whoever knows what goes in knows what comes out."""
    source = (
        f"import base64, datetime, getpass, hashlib, os, platform, socket, time, uuid\n\nSECRET_KEY = {expression}\n"
    )
    report = api.check_source(source.encode(), "shop/settings.py")
    assert [each.code for each in report.diagnostics] == ["SKL009"]
