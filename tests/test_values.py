"""What values are called: their texts are told by nothing but their lengths."""

import pytest

from secretkey_lint.model.source import Position, Span
from secretkey_lint.model.value import Literal


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (1, "a 1-character literal"),
        (8, "an 8-character literal"),
        (11, "an 11-character literal"),
        (18, "an 18-character literal"),
        (50, "a 50-character literal"),
        (80, "an 80-character literal"),
        (110, "a 110-character literal"),
        (880, "an 880-character literal"),
    ],
)
def test_a_literal_in_words(length: int, words: str) -> None:
    start = Position(1, 1)
    assert Literal(Span("settings.py", start, start), "x" * length).in_words == words
