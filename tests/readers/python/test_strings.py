"""What a string literal says is what Python says of it: a value that is read wrongly is judged wrongly."""

import ast
import io
import tokenize
import warnings

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from secretkey_lint.readers.python.strings import text_of

PREFIXES = ["", "r", "R", "u", "U", "b", "B", "br", "bR", "Br", "BR", "rb", "rB", "Rb", "RB"]
PIECES = st.one_of(
    st.sampled_from(
        ["\\n", "\\t", "\\\\", "\\'", '\\"', "\\a", "\\b", "\\f", "\\r", "\\v", "\\0", "\\7", "\\12", "\\123", "\\1234",
         "\\377", "\\x41", "\\xff", "\\u00e9", "\\ud800", "\\U0001f600", "\\N{BULLET}", "\\N{latin small letter a}",
         "\\\n", "\\\r\n", "\\\r", "\n", "\r\n", "\r", "'", '"', "''", '""', "\\q", "\\8", "\\ ", "#", "{", "}",
         "\\N{LINE FEED}", "\\89", "\\xg1", "\\u12", "\\", "\u2028", "\x0c", "\x85"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3),
    st.text("abc123!@#$%^&*(-_=+)", max_size=10),
)  # fmt: skip


@st.composite
def tokens(draw: st.DrawFn) -> str:
    quote = draw(st.sampled_from(["'", '"', "'''", '"""']))
    return draw(st.sampled_from(PREFIXES)) + quote + "".join(draw(st.lists(PIECES, max_size=8))) + quote


def evaluated(token: str) -> str | bytes:
    """What Python makes of a token; no example where it is none, or several."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an unknown escape is said, and stands for itself
        try:
            value: str | bytes = ast.literal_eval(token)
        except (SyntaxError, ValueError):
            assume(False)
    lines = io.StringIO(token.replace("\r\n", "\n").replace("\r", "\n"))
    kinds = [each.type for each in tokenize.generate_tokens(lines.readline)]
    assume(kinds == [tokenize.STRING, tokenize.NEWLINE, tokenize.ENDMARKER])
    return value


@given(tokens())
@example('"\\N{LATIN SMALL LETTER A WITH GRAVE}"')
@example("'''\\\r\n'''")
@example("'\\r\\\r\n'")
@example("b'\\u0041\\N{x}'")
@example("r'\\''")
@example("''")
@example("''''''")
@example('"""a"b""c"""')
def test_the_text_is_what_python_says(token: str) -> None:
    """For every prefix, quote and escape."""
    assert text_of(token) == evaluated(token)


@pytest.mark.parametrize("token", ["b'\\400'", "b'\\777'", "'\\400'", "'\\777'"])
def test_octal_escapes_beyond_a_byte(token: str) -> None:
    """Python warns of them and takes the lowest eight bits in bytes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert text_of(token) == ast.literal_eval(token)


@given(st.text(PREFIXES[1] + "'\"\\abN{}xuU01 \r\n", max_size=12))
def test_nothing_fails(content: str) -> None:
    """Pieces of f-strings and tokens of broken files come by, too: whatever they are, there is an answer."""
    for quote in ("'", '"""'):
        assert isinstance(text_of(f"{quote}{content}{quote}"), str)
        assert isinstance(text_of(f"b{quote}{content}{quote}"), bytes)
