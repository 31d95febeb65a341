"""What generators of random texts yield: not the text, but how long it is, and whether the module keeps it.

A generator is stood for by two samples of what it yields, which differ in every character. What pure functions make
of both (slices, joins, encodings) is computed like anything else; where the two results are as long as one another,
so is what the program gets.
"""

from __future__ import annotations

from secretkey_lint.readers.python import operations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    Samples = tuple[object, ...]

_LETTERS = "Ab"
"""What the samples consist of: one of them of the first, the other of the second."""

_DEFAULT_BYTES = 32
"""The bytes that `secrets` takes where it is not told how many, in all versions so far."""

_WRITES = (".write(", ".write_text(", ".write_bytes(", ".writelines(", "dump(", "set_key(", "set_password(", "file=")
_STREAMS = ("stderr", "stdout")


def samples(path: str, positional: tuple[object, ...], named: dict[str, object]) -> Samples:
    """Return two samples of what a call of the generator at `path` yields, or none where that cannot be said.

    Arguments whose value is not known are passed as any object: those that do not decide the length do no harm.
    """
    function = _YIELDS.get(path)
    if function is None:
        return ()
    return tried(lambda turn: operations.compute(function, _LETTERS[turn], *positional, **named))


def tried(function: Callable[[int], object]) -> Samples:
    """Return what `function` yields in both turns, or nothing where it fails."""
    try:
        return function(0), function(1)
    except operations.NotComputedError:
        return ()


def length(found: Samples) -> int | None:
    """Return how many characters a text has of which these are samples; None where that cannot be said.

    Raw bytes are not counted: one of them is worth more than a character that somebody typed.
    """
    match found:
        case (str() as first, str() as second) if len(first) == len(second):
            return len(first)
        case _:
            return None


def attribute(sample: object, name: str) -> object:
    """Return an attribute of a sample: a UUID in one of its forms."""
    if type(sample).__name__ == "UUID" and name in ("bytes", "hex", "urn"):
        return getattr(sample, name)
    raise operations.NotComputedError


def keeps_what_it_makes(text: str) -> bool:
    """Whether a module writes something to a file: what it makes once and keeps there is the same at every start."""
    for mark in _WRITES:
        at = text.find(mark)
        while at >= 0:
            if not text.endswith(_STREAMS, 0, at) and not text[at + len(mark) :].lstrip().startswith(
                ("sys.stderr", "sys.stdout")
            ):
                return True
            at = text.find(mark, at + 1)
    return False


def _count(nbytes: int | None) -> int:
    return _DEFAULT_BYTES if nbytes is None else nbytes


def _raw(letter: str, size: int) -> bytes:
    """Bytes of which some are no text, whose `str` is longer than they are."""
    return (b"A" if letter == _LETTERS[0] else b"\xff") * size


def _element(letter: str, elements: object) -> str:
    """One of `elements`, which are texts of one length."""
    (found,) = {len(element) for element in elements if isinstance(element, str)}  # type: ignore[attr-defined]
    if not all(isinstance(element, str) for element in elements):  # type: ignore[attr-defined]
        raise operations.NotComputedError
    return letter * found


def _uuid(letter: str) -> UUID:
    from uuid import UUID

    return UUID(int=0 if letter == _LETTERS[0] else (1 << 128) - 1)


_YIELDS: dict[str, Callable[..., object]] = {
    # https://docs.djangoproject.com; up to Django 3.2 get_random_string had a default
    "django.core.management.utils.get_random_secret_key": lambda letter: letter * 50,
    "django.utils.crypto.get_random_string": lambda letter, length=12, *_, **__: letter * length,
    # https://docs.python.org/3/library/secrets.html
    "secrets.token_hex": lambda letter, nbytes=None: letter * (2 * _count(nbytes)),
    "secrets.token_urlsafe": lambda letter, nbytes=None: letter * ((4 * _count(nbytes) + 2) // 3),
    "secrets.token_bytes": lambda letter, nbytes=None: _raw(letter, _count(nbytes)),
    "secrets.choice": _element,
    # https://docs.python.org/3/library/random.html
    "random.choice": _element,
    "random.choices": lambda letter, population, *_, k=1, **__: [_element(letter, population)] * k,
    "random.sample": lambda letter, population, k, **_: [_element(letter, population)] * k,
    "random.randbytes": _raw,
    "os.urandom": _raw,
    "uuid.uuid4": _uuid,
    "cryptography.fernet.Fernet.generate_key": lambda letter: letter.encode() * 44,
    "shortuuid.uuid": lambda letter, *_, pad_length=22, **__: letter * pad_length,
}
"""What calls yield, made of one letter; by the way to them, as in the table of libraries."""
