"""SKL008: what it calls weak is what Django itself calls weak."""

import pytest
from django.core.checks.security.base import _check_secret_key
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint import api
from secretkey_lint.appearance import is_insecure_key, is_known_text, is_weak
from secretkey_lint.model.binding import Binding, Guard
from secretkey_lint.model.source import Position, Span
from secretkey_lint.model.value import Derived, EnvLookup, External, Literal, Random, Unknown, Value
from secretkey_lint.rules.weak_key import RULE

HERE = Span("shop/settings.py", Position(1, 14), Position(1, 30))
THERE = Span("shop/settings.py", Position(1, 40), Position(1, 60))

ALPHABETS = ("ab", "abcd", "abcde", "abcdefghijkmnpqrstuvwxyz0123456789")
LENGTHS = st.integers(0, 8) | st.integers(45, 55)
KEYS = st.tuples(st.sampled_from(ALPHABETS), LENGTHS).flatmap(
    lambda chosen: st.text(chosen[0], min_size=chosen[1], max_size=chosen[1])
)
PREFIXED = st.builds("{}{}".format, st.sampled_from(["", "django-insecure", "django-insecure-", "xdjango-"]), KEYS)


@given(PREFIXED | st.text())
def test_it_agrees_with_django(text: str) -> None:
    """The predicate is Django's, in our words."""
    assert is_weak(text) is not _check_secret_key(text)


@given(PREFIXED.filter(bool))
def test_literals_are_judged_like_django_does(text: str) -> None:
    """But for the prefix, which is another rule's."""
    source = f'SECRET_KEY = "{text}"\nSECRET_KEY_FALLBACKS = ["{text}"]\n'
    report = api.check_source(source.encode(), "shop/settings.py", select="SKL008")
    is_refused = not _check_secret_key(text) and not is_insecure_key(text)
    assert [each.span.start.line for each in report.diagnostics] == ([1, 2] if is_refused else [])
    assert all(identity in each.message for identity, each in zip(("W009", "W025"), report.diagnostics, strict=False))
    assert all(len(text) < 6 or text not in each.message for each in report.diagnostics)


SCRIPTS = ("äöüßéè", "日本語漢字", "🔑🗝️🔐", "aä日🔑\ud800")


@given(st.sampled_from(SCRIPTS).flatmap(lambda letters: st.text(letters, min_size=1, max_size=60)))
def test_characters_count_and_not_their_bytes(text: str) -> None:
    """A key in any script, written out or escaped, is as long as Django finds it."""
    for written in (repr(text), ascii(text)):
        report = api.check_source(f"SECRET_KEY = {written}\n".encode(), "shop/settings.py", select="SKL008")
        assert bool(report.diagnostics) is not _check_secret_key(text)


@given(st.binary(min_size=1, max_size=60) | st.sampled_from([b"ab" * 25, bytes(range(49)), bytes(range(50, 100))]))
def test_bytes_are_measured_like_text(key: bytes) -> None:
    """Django measures bytes alike, and then fails on those that are long enough, since it looks for a prefix of text."""
    try:
        accepted = _check_secret_key(key)  # type: ignore[arg-type]
    except TypeError:
        accepted = True
    report = api.check_source(f"SECRET_KEY = {key!r}\n".encode(), "shop/settings.py", select="SKL008")
    text = key.decode("latin-1")
    assert bool(report.diagnostics) is (not accepted and is_known_text(text) and not is_insecure_key(text))
    assert is_weak(text) is not accepted or text.startswith("django-insecure-")


@given(st.integers(0, 120))
def test_generators_are_judged_by_their_length(length: int) -> None:
    """Django asks for 50 characters; that they vary enough need not be asked."""
    found = list(RULE.check(Binding("SECRET_KEY", Random(THERE, length), HERE)))
    assert [each.span for each in found] == ([THERE] if length < 50 else [])
    assert found == list(RULE.check(Binding("SECRET_KEY", EnvLookup(HERE, "A", Random(THERE, length)), HERE)))


@pytest.mark.parametrize(
    "value",
    [Random(HERE), External(HERE), Derived(HERE), Unknown(HERE), EnvLookup(HERE, "A"), Literal(HERE, "k9w2x7p4z1" * 5)],
    ids=lambda value: type(value).__name__,
)
def test_other_values_are_not_its_business(value: Value) -> None:
    assert list(RULE.check(Binding("SECRET_KEY", value, HERE))) == []


@pytest.mark.parametrize("kind", ["commented", "unreachable"])
def test_a_key_that_is_not_used_protects_nothing(kind: str) -> None:
    guards = frozenset({Guard(kind)})  # type: ignore[arg-type]
    assert list(RULE.check(Binding("SECRET_KEY", Random(HERE, 12), HERE, guards))) == []
    assert list(RULE.check(Binding("SECRET_KEY", Literal(HERE, "k9w2x7p4z1"), HERE, guards))) == []


def test_what_merely_stands_in_a_text_is_bound_to_nothing() -> None:
    assert list(RULE.check(Binding("", Literal(HERE, "k9w2x7p4z1"), HERE, medium="text"))) == []


@pytest.mark.parametrize(
    ("path", "source", "code"),
    [
        ("shop/settings.py", 'SECRET_KEY = "k9w2x7p4z1"\n', "SKL001"),
        ("shop/settings.py", 'import os\nSECRET_KEY = os.environ.get("SECRET_KEY", "k9w2x7p4z1")\n', "SKL003"),
        ("shop/settings.py", 'SECRET_KEY_FALLBACKS = ["k9w2x7p4z1"]\n', "SKL004"),
        (".env", "SECRET_KEY=k9w2x7p4z1\n", "SKL005"),
        ("shop/settings/dev.py", 'SECRET_KEY = "k9w2x7p4z1"\n', "SKL001"),
    ],
)
def test_one_place_gets_one_diagnostic_that_says_both(path: str, source: str, code: str) -> None:
    """The leak is worse, and speaks; its message ends with what else holds."""
    (diagnostic,) = api.check_source(source.encode(), path).diagnostics
    assert diagnostic.code == code
    identity = "W025" if code == "SKL004" else "W009"
    assert f"; Django itself calls it weak, too (security.{identity})" in diagnostic.message
    assert "k9w2x7p4z1" not in diagnostic.message + diagnostic.help


def test_a_literal_in_tests_is_not_said_to_be_weak() -> None:
    """There it protects nothing."""
    (diagnostic,) = api.check_source(b'SECRET_KEY = "k9w2x7p4z1"\n', "tests/settings.py").diagnostics
    assert "weak" not in diagnostic.message


def test_the_prefix_is_said_once() -> None:
    (diagnostic,) = api.check_source(b'SECRET_KEY = "django-insecure-k9w2x7p4z1"\n', "shop/settings.py").diagnostics
    assert diagnostic.code == "SKL002"
    assert "weak" not in diagnostic.message


def test_a_generator_that_runs_at_every_start_is_said_to() -> None:
    """Both are warnings; that it yields too little is the more specific, and the message says the other."""
    source = b"from django.utils.crypto import get_random_string\n\nSECRET_KEY = get_random_string(20)\n"
    (diagnostic,) = api.check_source(source, "shop/settings.py").diagnostics
    assert diagnostic.code == "SKL008"
    assert "20 random characters" in diagnostic.message
    assert diagnostic.message.endswith("; every restart and every worker has another key, too")
