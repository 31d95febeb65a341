"""The names that are ours, and the words by which people say what a name or a value is for.

Data and predicates on single words; standard library only, and nothing to import.
"""

from __future__ import annotations

from _thread import _local

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

KEY = "SECRET_KEY"
FALLBACKS = "SECRET_KEY_FALLBACKS"
INSECURE_PREFIX = "django-insecure-"

CARRIERS = frozenset({"DJANGO_SECRET_KEY", "FLASK_SECRET_KEY"})
"""Environment variables and entries that carry the key whatever the settings say."""

NEEDLES = (
    b"SECRET_KEY",
    b"secret_key",
    b"django-insecure-",
    b"jangoSecretKey",
    b"jango-secret-key",
    b"jango.secretKey",
    b"secretKey:",
    b'secretKey":',
)
"""What a file must contain, one of them, to be looked at at all. Much is called like the last two: they count beside the
word `django` alone."""

MARKER = b"secretkey-lint:"
"""What our own suppressions begin with: a file with one is looked at, too, since it may have no effect."""

KEY_NAMES = frozenset({KEY, FALLBACKS, "DJANGO_SECRET_KEY_FALLBACKS"}) | CARRIERS

STAND_IN_WORDS = frozenset(
    """
    changeit changeme changethis complete default demo development django dummy enter example fake fixme foobar
    generate hackme here insecure insert invalid keep letmein local lorem missing mysecret never notasecret
    notreal nothing notsecret pass password placeholder please production random real replace sample secret
    something string super test testing this todo unsafe unset value whatever xxxx your
    """.split()
)
"""A value that contains one of these, in any case, says itself that it is a stand-in."""

STAND_IN_TOKENS = frozenset("abc bar baz change ci dev foo key me my none not null qwerty set tbd temp tmp".split())
"""The same for short words, which count only where they stand apart (`my-dev-key`)."""

DEVELOPMENT_WORDS = frozenset(
    {"dev", "devel", "develop", "development", "devstack", "local", "localdev", "debug", "vagrant"}
)
TEST_WORDS = frozenset({"test", "tests", "testing", "ci", "unittest", "pytest", "e2e"})
EXAMPLE_WORDS = frozenset({"example", "examples", "sample", "samples", "template", "tpl", "tmpl", "dist", "demo"})
PRODUCTION_WORDS = frozenset({"prod", "production", "live"})


class Naming:
    """While it is entered, `further` names are the key's, too: those that the project says at hand is configured with.

    Readers ask for names at a hundred places, so that they are not handed through. Other threads see nothing of it.
    """

    def __init__(self, further: Iterable[str]) -> None:
        self._names = KEY_NAMES.union(further)
        self._outer = KEY_NAMES

    def __enter__(self) -> None:
        self._outer = _SCOPE.names
        _SCOPE.names = self._names

    def __exit__(self, *_: object) -> None:
        _SCOPE.names = self._outer


class _Scope(_local):
    """The names that are the key's at the moment."""

    names = KEY_NAMES


_SCOPE = _Scope()


def key_names() -> frozenset[str]:
    """Return all names that are the key's."""
    return _SCOPE.names


def further_names() -> frozenset[str]:
    """Return the names that are the key's because the project says so."""
    return _SCOPE.names - KEY_NAMES


def is_key_name(name: str) -> bool:
    """Whether `name`, of a setting, an environment variable or an entry, is the key's."""
    return name in _SCOPE.names


def is_fallbacks_name(name: str) -> bool:
    """Whether `name` holds the list of former keys."""
    return name.endswith("_FALLBACKS")


def may_carry(name: str) -> bool:
    """Whether the name of a variable may be the key's own: not one that many read for many things."""
    return name.isupper() and not is_key_name(name) and name.isidentifier() and len(words(name)) > 1


def entry_name(name: str, outer: Iterable[str] = ()) -> str | None:
    """Return which of the key's names an entry of a file has, or None.

    Formats spell names in their own ways: `django_secret_key`, `djangoSecretKey`, `django-secret-key`. What is called
    `secret_key` alone may be anybody's, unless a table around it (`outer`) is Django's or Flask's.
    """
    if is_key_name(name):
        return name
    said = words(name) if "ecret" in name else []
    if said[:1] in (["django"], ["flask"]):
        framework, *said = said
    elif {"django", "flask", "dynaconf"}.isdisjoint(word for each in outer for word in words(each)):
        return None
    else:
        framework = ""
    canonical = "_".join([framework, *said] if framework else said).upper()
    return canonical if is_key_name(canonical) else None


def words(name: str) -> list[str]:
    """Split an identifier or a file name into lower-case words: `ProdSettings2.py` → prod, settings, 2, py."""
    parts: list[str] = []
    word = ""
    previous = ""
    for character in name:
        if not character.isalnum():
            parts.append(word)
            word = ""
        elif word and ((character.isupper() and previous.islower()) or character.isdigit() != previous.isdigit()):
            parts.append(word)
            word = character
        else:
            word += character
        previous = character
    parts.append(word)
    return [part.lower() for part in parts if part]
