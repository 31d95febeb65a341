"""What is computed is what Python computes, or nothing; and it is never more than the bounds allow."""

import base64
import contextlib
import importlib
import operator
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint.readers.python import operations
from secretkey_lint.readers.python.operations import MAX_LENGTH, NotComputedError

TEXTS = st.one_of(
    st.text(max_size=12), st.sampled_from(["%s", "{}", "{0:>9}", "%(a)s", "a b", "Ab\tc\n", "é", "0", "61"])
)
NUMBERS = st.one_of(st.integers(-5, 60), st.sampled_from([10**4, 10**5, -(10**9), 10**12, 1 << 300]))
SCALARS = st.one_of(TEXTS, st.binary(max_size=8), NUMBERS, st.booleans(), st.none(), st.floats(allow_nan=False))
VALUES = st.one_of(
    SCALARS,
    st.lists(TEXTS, max_size=4),
    st.lists(NUMBERS, max_size=4),
    st.tuples(TEXTS, TEXTS),
    st.dictionaries(TEXTS, SCALARS, max_size=3),
    st.sets(TEXTS, max_size=3),
)

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add, "Multiply": operator.mul, "Modulo": operator.mod, "Subtract": operator.sub,
    "BitXor": operator.xor, "BitOr": operator.or_, "BitAnd": operator.and_, "FloorDivide": operator.floordiv,
}  # fmt: skip
COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "Equal": operator.eq, "NotEqual": operator.ne, "In": lambda a, b: a in b, "NotIn": lambda a, b: a not in b,
    "LessThan": operator.lt, "LessThanEqual": operator.le, "GreaterThan": operator.gt, "GreaterThanEqual": operator.ge,
}  # fmt: skip


def same(first: object, second: object) -> bool:
    return type(first) is type(second) and (first == second or repr(first) == repr(second) == "nan")


def is_bounded(value: object) -> bool:
    if isinstance(value, str | bytes | list | tuple | set | dict):
        return len(value) <= MAX_LENGTH
    return not isinstance(value, int) or abs(value) <= 1 << 256


@given(
    st.one_of(TEXTS, st.binary(max_size=8)),
    st.sampled_from(sorted(operations.TEXT_METHODS)),
    st.lists(VALUES, max_size=3),
)
def test_methods_of_texts(value: str | bytes, method: str, arguments: list[object]) -> None:
    """A method of a text gives what Python gives, is not computed, and raises nothing else."""
    with contextlib.suppress(NotComputedError):
        result = operations.call_method(value, method, *arguments)
        assert is_bounded(result)
        assert same(result, getattr(value, method)(*arguments))


@given(st.sampled_from(sorted(BINARY)), VALUES, VALUES)
def test_binary_operators(name: str, left: object, right: object) -> None:
    """So does an operator."""
    with contextlib.suppress(NotComputedError):
        result = operations.binary(name, left, right)
        assert is_bounded(result)
        assert same(result, BINARY[name](left, right))


@given(st.sampled_from(sorted(COMPARISONS)), VALUES, VALUES)
def test_comparisons(name: str, left: object, right: object) -> None:
    """And so does a comparison, which settles the branch that is walked."""
    with contextlib.suppress(NotComputedError):
        assert operations.compare(name, left, right) is bool(COMPARISONS[name](left, right))


@given(st.text(max_size=20), st.text(max_size=3))
def test_what_is_simple_is_computed(text: str, other: str) -> None:
    """Without this, a function that computes nothing at all would pass the tests above."""
    assert operations.binary("Add", text, other) == text + other
    assert operations.binary("Multiply", text, 3) == text * 3
    assert operations.binary("Modulo", "%s-%s", (text, other)) == f"{text}-{other}"
    assert operations.call_method(other, "join", [text, text]) == f"{text}{other}{text}"
    assert operations.call_method(text, "replace", "a", "b") == text.replace("a", "b")
    assert operations.call_method("{}{x}", "format", text, x=other) == text + other
    assert operations.compare("Equal", text, other) is (text == other)
    assert operations.compare("In", other, text) is (other in text)


@pytest.mark.parametrize(
    "compute",
    [
        lambda: operations.binary("Multiply", "k", 10**9),
        lambda: operations.binary("Multiply", 10**9, "k"),
        lambda: operations.binary("Multiply", [1], 10**9),
        lambda: operations.binary("Multiply", b"k" * 1000, 1000),
        lambda: operations.binary("Multiply", 1 << 200, 1 << 200),
        lambda: operations.binary("Add", "k" * MAX_LENGTH, "k"),
        lambda: operations.binary("Modulo", "%1000000000d", 1),
        lambda: operations.binary("Modulo", "%*d", (10**9, 1)),
        lambda: operations.binary("Modulo", "%.1000000000f", 1.0),
        lambda: operations.binary("Modulo", b"%1000000000d", 1),
        lambda: operations.binary("Modulo", b"%*d", (10**9, 1)),
        lambda: operations.binary("Power", 10, 10**9),
        lambda: operations.binary("LeftShift", 1, 10**9),
        lambda: operations.call_method("k", "ljust", 10**9),
        lambda: operations.call_method("k", "zfill", 10**9),
        lambda: operations.call_method("\t" * 1000, "expandtabs", 10**6),
        lambda: operations.call_method("\t" * 50_000, "expandtabs", 9_999),
        lambda: operations.call_method("{:1000000000}", "format", 1),
        lambda: operations.call_method("{:{}}", "format", 1, 10**9),
        lambda: operations.call_method("{:.1000000000f}", "format", 1.0),
        lambda: operations.call_method("k" * 50_000, "join", ["a"] * 50_000),
        lambda: operations.call_method("k" * 50_000, "replace", "k", "k" * 50_000),
        lambda: operations.call_method("", "join", ["k" * 1000] * 1000),
        lambda: operations.call_method("k" * 1000, "translate", {107: "k" * 90_000}),
        lambda: operations.call_method("{0}" * 1_000, "format", "k" * 90_000),
        lambda: operations.call_method("{x}" * 1_000, "format", x="k" * 90_000),
        lambda: operations.binary("Modulo", "%(x)s" * 1_000, {"x": "k" * 90_000}),
        lambda: operations.compute(operations.BUILTINS["range"], 10**9),
        lambda: operations.compute(operations.BUILTINS["bytes"], 10**9),
        lambda: operations.compute(operations.BUILTINS["list"], "k" * (MAX_LENGTH + 1)),
        lambda: operations.compute(operations.BUILTINS["format"], 1, "1000000000d"),
        lambda: operations.call_method("k", "encode", "no such encoding"),
        lambda: operations.call_method("{0.__class__}", "__format__", "x"),
        lambda: operations.call_method([], "append", 1),
        lambda: operations.digest("hashlib.scrypt", "digest", (b"x",)),
        lambda: operations.digest("hashlib.sha256", "update", (b"x",)),
    ],
    ids=range(36),
)  # fmt: skip
def test_what_costs_too_much_is_not_computed(compute: Callable[[], object]) -> None:
    """A line of settings must not take the memory of the machine; an error of Python's is no answer, either."""
    with pytest.raises(NotComputedError) as caught:
        compute()
    assert str(caught.value) == "not computed"
    assert caught.value.__context__ is None


def test_every_library_function_is_there() -> None:
    """A name in the table that the standard library has not would fail a run."""
    for module, names in operations.PURE_MODULES.items():
        for name in names.split():
            assert hasattr(importlib.import_module(module), name)
            found = operations.library_function(f"{module}.{name}")
            assert found is None or callable(found)
    assert operations.library_function("base64.b64decode") is base64.b64decode
    assert operations.library_function("os.system") is None
    assert operations.library_function("json.load") is None


@given(st.sampled_from(sorted(operations.HASHES)), st.binary(max_size=20))
def test_hashes(name: str, data: bytes) -> None:
    """A hash of what everybody reads is known to everybody."""
    import hashlib

    expected = hashlib.new(name, data)
    assert operations.digest(f"hashlib.{name}", "hexdigest", (data,)) == expected.hexdigest()
    assert operations.digest("hashlib.new", "digest", (name, data)) == expected.digest()
