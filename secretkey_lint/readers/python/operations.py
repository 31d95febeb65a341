"""Pure functions of literals: what the interpreter computes, with bounds on what it costs.

Everything here takes and gives plain Python values; `NotComputed` says that nothing can be said.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

MAX_LENGTH = 100_000
"""Characters, bytes or elements that a computed value may have."""

MAX_NUMBER = 10_000
"""Numbers above this are not passed on, since they may say how long a result is to be."""

TEXT_METHODS = frozenset(
    """
    capitalize casefold center decode encode endswith expandtabs format format_map hex isalnum isalpha isascii
    isdigit islower isnumeric isspace isupper join ljust lower lstrip partition removeprefix removesuffix replace
    rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill count find
    index
    """.split()
)

BUILTINS: dict[str, Callable[..., object]] = {
    "bool": bool, "bytes": bytes, "chr": chr, "float": float, "hex": hex, "int": int, "len": len, "max": max,
    "min": min, "ord": ord, "repr": repr, "reversed": lambda *a: list(reversed(*a)), "sorted": sorted, "str": str,
    "sum": sum, "abs": abs, "ascii": ascii, "bin": bin, "oct": oct, "format": format, "list": list, "tuple": tuple,
    "set": set, "range": lambda *a: list(range(*a)), "bytearray": bytes, "round": round, "bytes.fromhex": bytes.fromhex,
    "str.maketrans": str.maketrans, "any": any, "all": all, "frozenset": frozenset,
    "zip": lambda *a: list(zip(*a, strict=False)), "enumerate": lambda *a: list(enumerate(*a)),
}  # fmt: skip
"""Builtin functions whose result their arguments determine."""

PURE_MODULES = {
    "base64": "b16decode b16encode b32decode b32encode b64decode b64encode b85decode b85encode a85decode a85encode "
    "decodebytes encodebytes standard_b64decode standard_b64encode urlsafe_b64decode urlsafe_b64encode",
    "binascii": "a2b_base64 a2b_hex b2a_base64 b2a_hex hexlify unhexlify crc32",
    "codecs": "decode encode",
    "html": "escape unescape",
    "json": "loads dumps",
    "hashlib": "pbkdf2_hmac",
    "string": "ascii_letters ascii_lowercase ascii_uppercase digits hexdigits octdigits printable punctuation",
    "textwrap": "dedent",
    "urllib.parse": "quote quote_plus unquote unquote_plus",
    "uuid": "NAMESPACE_DNS NAMESPACE_OID NAMESPACE_URL NAMESPACE_X500 UUID uuid3 uuid5",
    "zlib": "crc32 adler32",
}
"""Constants of the standard library, and functions whose result their arguments determine."""

HASHES = frozenset("md5 sha1 sha224 sha256 sha384 sha512 blake2b blake2s sha3_224 sha3_256 sha3_384 sha3_512".split())


class NotComputedError(Exception):
    """The operation is not one of ours, failed, or would cost too much."""

    def __init__(self) -> None:
        super().__init__("not computed")


def bounded(value: object) -> object:
    """Return `value` if it is small enough to be worked with."""
    if isinstance(value, str | bytes | list | tuple | set | frozenset | dict) and len(value) > MAX_LENGTH:
        raise NotComputedError
    if isinstance(value, int) and abs(value) > 1 << 256:
        raise NotComputedError
    return value


def _check(arguments: tuple[object, ...], named: dict[str, object]) -> None:
    for argument in (*arguments, *named.values()):
        if isinstance(argument, int) and abs(argument) > MAX_NUMBER:
            raise NotComputedError
        bounded(argument)


def compute(function: Callable[..., object], *arguments: object, **named: object) -> object:
    """Call a pure function within bounds; whatever it raises means that nothing can be said."""
    _check(arguments, named)
    try:
        result = function(*arguments, **named)
    except Exception:
        result = None
        failed = True
    else:
        failed = False
    if failed:
        raise NotComputedError  # outside the handler, so that no exception with a value in it is kept
    return bounded(result)


def call_method(value: object, method: str, *arguments: object, **named: object) -> object:
    """Return `value.method(*arguments)` for the methods of texts that are functions of their arguments."""
    if not isinstance(value, str | bytes) or method not in TEXT_METHODS:
        if method in ("bytes", "hex", "urn", "int", "get") and type(value).__name__ in ("UUID", "dict", "int"):
            return compute(getattr(value, method, None) or _fail, *arguments, **named)
        raise NotComputedError
    if method in ("format", "format_map") and _has_a_width(value):
        raise NotComputedError
    if method in ("replace", "join", "expandtabs", "translate"):
        _check_growth(value, arguments)
    return compute(getattr(value, method, None) or _fail, *arguments, **named)


def formatted(value: object, specification: str) -> object:
    """Return `f"{value:specification}"` of a text."""
    if not isinstance(value, str | int | float) or _has_a_width(specification):
        raise NotComputedError
    return format(value, specification)


def _check_growth(value: str | bytes, arguments: tuple[object, ...]) -> None:
    sizes = [len(value), *(len(each) for each in arguments if isinstance(each, str | bytes | list | tuple))]
    product = 1
    for size in sorted(sizes)[-2:]:
        product *= max(size, 1)
    if product > MAX_LENGTH * 10:
        raise NotComputedError


def _has_a_width(template: str | bytes) -> bool:
    """Whether a format asks for more than 999 of anything."""
    digits = 0
    for character in template if isinstance(template, str) else template.decode("latin-1"):
        digits = digits + 1 if character.isdigit() else 0
        if digits > 3:
            return True
    return False


def binary(operator: str, left: object, right: object) -> object:
    """Return the result of a binary operator, given by its LibCST class name."""
    if operator == "Add":
        return compute(lambda: left + right)  # type: ignore[operator]
    if operator == "Multiply":
        for count, text in ((left, right), (right, left)):
            if (
                isinstance(count, int)
                and isinstance(text, str | bytes | list | tuple)
                and count * len(text) > MAX_LENGTH
            ):
                raise NotComputedError
        return compute(lambda: left * right)  # type: ignore[operator]
    if operator == "Modulo":
        if isinstance(left, str | bytes) and (
            _has_a_width(left) or (isinstance(left, str) and "*" in left and "%" in left)
        ):
            raise NotComputedError
        return compute(lambda: left % right)  # type: ignore[operator]
    if operator in ("Subtract", "BitXor", "BitOr", "BitAnd", "FloorDivide"):
        name = {"Subtract": "__sub__", "BitXor": "__xor__", "BitOr": "__or__", "BitAnd": "__and__"}.get(
            operator, "__floordiv__"
        )
        result = compute(getattr(left, name, None) or _fail, right)
        if result is NotImplemented:
            raise NotComputedError
        return result
    raise NotComputedError


def _fail(*_arguments: object) -> object:
    raise NotComputedError


def compare(operator: str, left: object, right: object) -> bool:
    """Return the result of a comparison, given by its LibCST class name."""
    operations: dict[str, Callable[[], object]] = {
        "Equal": lambda: left == right,
        "NotEqual": lambda: left != right,
        "Is": lambda: left is right or (type(left) is type(right) and left == right),
        "IsNot": lambda: not (left is right or (type(left) is type(right) and left == right)),
        "In": lambda: left in right,  # type: ignore[operator]
        "NotIn": lambda: left not in right,  # type: ignore[operator]
        "LessThan": lambda: left < right,  # type: ignore[operator]
        "LessThanEqual": lambda: left <= right,  # type: ignore[operator]
        "GreaterThan": lambda: left > right,  # type: ignore[operator]
        "GreaterThanEqual": lambda: left >= right,  # type: ignore[operator]
    }
    if operator not in operations:
        raise NotComputedError
    return bool(compute(operations[operator]))


def library_function(path: str) -> Callable[..., object] | None:
    """Return the pure function at `path` (`len`, `base64.b64decode`), or None."""
    found = BUILTINS.get(path) or _member(path)
    return found if callable(found) else None


def library_constant(path: str) -> object:
    """Return the constant of the standard library at `path` (`string.digits`), or None."""
    found = _member(path)
    return None if callable(found) else found


def _member(path: str) -> object:
    module, _, name = path.rpartition(".")
    if name in PURE_MODULES.get(module, "").split():
        return getattr(__import__(module, fromlist=[name]), name)
    return None


def digest(path: str, method: str, data: tuple[object, ...]) -> object:
    """Return what `hashlib.sha256(data).hexdigest()` gives: `path` names the hash, `method` the form."""
    name = path.removeprefix("hashlib.")
    if name == "new" and data:
        name, data = str(data[0]), data[1:]
    if name not in HASHES or method not in ("digest", "hexdigest") or len(data) > 1:
        raise NotComputedError
    import hashlib

    return compute(lambda data: getattr(getattr(hashlib, name)(data), method)(), data[0] if data else b"")
