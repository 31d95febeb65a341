"""Where texts begin and end: compared with Python's own tokenizer, and where nothing is closed."""

import io
import tokenize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint.quoting import end_of_text, lines_within_texts

PIECES = ['"', "'", '"""', "'''", "\\", "\n", "#", "a", " ", "b = ", '\\"', "r", "\\\n"]


def lines_of_tokens(source: str) -> set[int]:
    """The same by `tokenize`; ValueError for what it does not take."""
    found: set[int] = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.ERRORTOKEN:
                raise ValueError(source)
            if token.type == tokenize.STRING:
                found.update(range(token.start[0] + 1, token.end[0] + 1))
    except (tokenize.TokenError, SyntaxError) as error:
        raise ValueError(source) from error
    return found


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_lines_within_texts_are_those_that_python_says(source: str) -> None:
    try:
        expected = lines_of_tokens(source)
    except ValueError:
        lines_within_texts(source)  # raises nothing, and ends
        return
    assert lines_within_texts(source) == expected


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("", set()),
        ('"""a\nb\n"""\nc = 1\n', {2, 3}),
        ('# it\'s\nx = "a"\n', set()),
        ('x = "a\ny = 1\n', set()),
        ('x = """a\ny = 1', {2}),
        ("x = '''a''' '''b\nc'''  # '''\nd", {2}),
        ("x = 'a\\\nb'\nc", {2}),
    ],
)
def test_lines_within_texts(source: str, lines: set[int]) -> None:
    assert lines_within_texts(source) == lines


@pytest.mark.parametrize(
    ("source", "end"),
    [('"a"b', 3), ('"a', 2), ('""b', 2), ('"""a"b"""c', 9), ('"\\"a"b', 5), ('"a\nb"', 2), ('"a\\', 3)],
)
def test_the_end_of_a_text(source: str, end: int) -> None:
    assert end_of_text(source, 0) == end
