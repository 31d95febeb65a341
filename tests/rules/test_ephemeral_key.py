"""SKL007: keys that are made afresh, as rules see them and in whole modules."""

import pytest

from secretkey_lint import api
from secretkey_lint.model.binding import Binding, Guard
from secretkey_lint.model.source import Position, Span
from secretkey_lint.model.value import Derived, EnvLookup, External, Literal, Random, Unknown, Value
from secretkey_lint.rules.ephemeral_key import RULE

HERE = Span("shop/settings.py", Position(1, 14), Position(1, 30))
THERE = Span("shop/settings.py", Position(1, 40), Position(1, 60))


def test_the_place_is_that_of_the_generator() -> None:
    """A default is reported where it stands, not with the lookup around it."""
    for value in (Random(THERE), EnvLookup(HERE, "SECRET_KEY", Random(THERE))):
        (violation,) = RULE.check(Binding("SECRET_KEY", value, HERE))
        assert violation.span == THERE
        assert violation.also


def test_the_variable_is_named_where_it_is_one() -> None:
    """What stands in the place of a name may be a key by mistake."""
    (violation,) = RULE.check(Binding("SECRET_KEY", EnvLookup(HERE, "SHOP_KEY", Random(THERE)), HERE))
    assert "where SHOP_KEY is not set" in violation.message
    (violation,) = RULE.check(Binding("SECRET_KEY", EnvLookup(HERE, "k9w2x7p4z1", Random(THERE)), HERE))
    assert "k9w2x7p4z1" not in violation.message


@pytest.mark.parametrize(
    "value",
    [
        Literal(HERE, "k9w2x7p4z1"),
        External(HERE),
        Derived(HERE),
        Unknown(HERE),
        EnvLookup(HERE, "SECRET_KEY"),
        EnvLookup(HERE, "SECRET_KEY", Literal(HERE, "k9w2x7p4z1")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_values_are_not_its_business(value: Value) -> None:
    assert list(RULE.check(Binding("SECRET_KEY", value, HERE))) == []


@pytest.mark.parametrize("kind", ["commented", "unreachable"])
def test_a_key_that_is_not_used_is_none(kind: str) -> None:
    """Nothing breaks where nothing is signed."""
    guards = frozenset({Guard(kind)})  # type: ignore[arg-type]
    assert list(RULE.check(Binding("SECRET_KEY", Random(HERE), HERE, guards))) == []


def test_former_keys() -> None:
    """Nothing was ever signed with a random former key: it is pointless, and breaks nothing."""
    assert list(RULE.check(Binding("SECRET_KEY_FALLBACKS", Random(HERE), HERE))) == []


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("shop/settings.py", "warning"),
        ("shop/settings/local.py", "note"),
        ("tests/settings.py", None),
        ("docs/conf.py", None),
    ],
)
def test_how_loudly(path: str, severity: str | None) -> None:
    source = b"import secrets\n\nSECRET_KEY = secrets.token_urlsafe(64)\n"
    found = [(each.code, each.severity) for each in api.check_source(source, path).diagnostics]
    assert found == ([("SKL007", severity)] if severity else [])
