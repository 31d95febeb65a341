"""What generators yield is told from stand-ins and placeholders, whatever characters chance gave it."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint.appearance import (
    is_distinctive,
    is_insecure_key,
    is_known_text,
    is_template_reference,
    looks_generated,
)

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)"
"""The characters that Django's `get_random_secret_key` draws from."""

KEYS = st.integers(0).map(lambda seed: "".join(random.Random(seed).choices(ALPHABET, k=50)))


@given(KEYS)
def test_what_django_generates_is_a_key(key: str) -> None:
    assert looks_generated(key) and looks_generated(f"django-insecure-{key}")
    assert is_distinctive(key)
    assert is_known_text(key)
    assert is_insecure_key(f"django-insecure-{key}")


@given(KEYS, st.sampled_from("%{[(<$\\."), st.sampled_from(["me", "todo", "this", "dev", "your"]), st.integers(0, 49))
def test_neither_its_first_character_nor_a_word_in_it_makes_it_a_stand_in(
    key: str, first: str, word: str, place: int
) -> None:
    key = first + key[1:place] + word + key[place + len(word) :]
    assert looks_generated(key)
    assert is_insecure_key(f"django-insecure-{key}")


@pytest.mark.parametrize(
    "rest", ["%s", "{}", "{key}", "<your key>", "$KEY", "(…)", "[...]", r"\w{50}", ".*", "%(key)s", ""]
)
def test_a_format_of_insecure_keys_is_none(rest: str) -> None:
    assert not is_insecure_key(f"django-insecure-{rest}")


@pytest.mark.parametrize(
    "text",
    [
        "please-change-this-key-in-production-or-your-site-is-open-to-all",
        "SECRET_KEY_FOR_LOCAL_DEVELOPMENT_ONLY_NEVER_USE_ON_A_SERVER_2024",
        "Change Me To Something Of 50 Characters And 5 Different Ones!",
        "ThisIsNotASecretKeyAtAllButAPlaceholderForTheRealOneOfYourSite1234",
        "changeme" * 8,
    ],
)
def test_long_stand_ins_are_stand_ins(text: str) -> None:
    assert not looks_generated(text)
    assert not is_distinctive(text)


@pytest.mark.parametrize("text", ["$(openssl rand -base64 48)", "$((RANDOM * RANDOM))", "id-$((1 + 1))-x", "$(KEY)"])
def test_what_a_shell_computes_is_a_reference(text: str) -> None:
    assert is_template_reference(text)
