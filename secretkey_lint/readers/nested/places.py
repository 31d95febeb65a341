"""Where in a document an entry stands, and what that says: an encoded Secret, a schema, a table for tests, a build."""

from __future__ import annotations

from secretkey_lint.appearance import looks_generated, names_a_key
from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import Record, replace
from secretkey_lint.readers.entries import Entry
from secretkey_lint.vocabulary import DEVELOPMENT_WORDS, TEST_WORDS, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing
    from collections.abc import Iterable

    Kind = typing.Literal["plain", "encoded", "sealed", "schema"]

_NEUTRAL = frozenset(
    """
    api app application args auth backend common config configs configuration core data default dev development env
    environment envs extra general global key keys local prod production secret secrets security server setting settings
    staging string test testing value values variables vars web
    """.split()
)
"""Words of tables that say nothing of whose key is in them."""

_FOREIGN = frozenset(
    """
    aws captcha cybersource gitea grafana hcaptcha jws jwt minio paypal recaptcha storage stripe turnstile twilio
    """.split()
)
"""Words of tables in which even `SECRET_KEY` is somebody else's."""

_ENVIRONMENTS = frozenset({"default", "development", "global", "local", "production", "staging", "testing"})
"""The tables of dynaconf's files that hold the settings of an environment, in any case."""

_DYNACONF = "dynaconf"
"""The table that all are in which dynaconf takes for settings, as if it were written."""

_SETTINGS_FILES = frozenset({"settings", "secrets"})
"""What dynaconf's files are called, before `.local` and their suffix."""

_SEALED = frozenset({"encrypteddata", "encrypted_data"})
_SCHEMAS = frozenset(
    {"properties", "schema", "schemas", "example", "examples", "definitions", "argument_specs", "inputs", "x_examples"}
)
_EXAMPLES = frozenset({"example", "examples"})
_TEST_ENVIRONMENTS = frozenset({"testenv", "tox"})
_TRANSLATIONS = frozenset({"locale", "locales", "i18n", "translations", "lang"})
_BUILD_ARGUMENTS = frozenset({"build_args", "buildargs"})

SEALED_KINDS = frozenset(
    {
        "SealedSecret",
        "ExternalSecret",
        "ClusterExternalSecret",
        "SecretProviderClass",
        "VaultStaticSecret",
        "PushSecret",
    }
)
"""Kinds of Kubernetes objects that hold ciphertext, or names of what is kept elsewhere."""

_NO_VALUES = frozenset(
    """
    ~ null true false yes no on off str string str? string? password password? text text? optional required
    """.split()
)
"""Plain scalars that are none, or that say of what type a value is to be."""

_TYPES = frozenset({"str", "string", "String", "SecretStr"})
"""What says so in quotes, too."""

_MAX_TABLES = 12
"""Tables around an entry that are looked at, innermost ones."""


class Place(Record):
    """The tables around an entry, innermost last, and what they say.

    What is `sealed` is no key that can be read here: ciphertext, a name of what is kept elsewhere, another one's key.
    """

    tables: tuple[str, ...] = ()
    kind: Kind = "plain"
    guards: frozenset[Guard] = frozenset()

    def inside(self, table: str, *, is_plain: bool = False) -> Place:
        """Return the place in a table of this one, which says no more than its name if it `is_plain`."""
        name = simple(table)
        kind, guards = self.kind, self.guards
        said = frozenset(words(table))
        if name in _SEALED or "s3" in name or not _FOREIGN.isdisjoint(said):
            kind = "sealed"
        elif name in _SCHEMAS and kind == "plain" and not is_plain:
            kind = "schema"
        elif kind == "encoded" and name != "data":
            kind = "plain"
        if name in _BUILD_ARGUMENTS or (name == "args" and self.tables[-1:] == ("build",)):
            guards |= {Guard("build")}
        if said & TEST_WORDS or said & DEVELOPMENT_WORDS:
            guards |= {Guard("scope", True, table)}
        if said & _TEST_ENVIRONMENTS:
            guards |= {Guard("testing")}
        if name in _EXAMPLES:
            guards |= {Guard("commented")}
        tables = self.tables
        if tables[:1] == (_DYNACONF,) and (len(tables) > 1 or name not in _ENVIRONMENTS):
            tables = tables[1:]
        return Place((*tables, table)[-_MAX_TABLES:], kind, guards)

    def within(self, tables: Iterable[str]) -> Place:
        """Return the place in tables that are in one another."""
        place = self
        for table in tables:
            place = place.inside(table)
        return place

    def under(self, guards: Iterable[Guard]) -> Place:
        """Return this place for what holds under further conditions."""
        return Place(self.tables, self.kind, self.guards.union(guards))

    def entry(
        self, name: str, text: str, start: int, end: int, *, is_plain: bool = False, begin: int | None = None
    ) -> Entry:
        """Return an entry of this place; `is_plain` says that the value is written without quotes and tag."""
        *tables, last = name.split(".") if name.strip(".") else [name]
        if self.tables[-1:] == ("substitutions",):  # Cloud Build's own ones begin so
            last = last.lstrip("_")
        is_known = self.kind != "sealed" and text not in _TYPES and not (is_plain and text.lower() in _NO_VALUES)
        if self.kind == "encoded":
            decoded = _decoded(text)
            text, is_known = (text, False) if decoded is None else (decoded, is_known)
        if self.kind == "schema" and not looks_generated(text):
            is_known = False
        if not last.isupper() and names_a_key(text):  # `djangoSecretKey: secret-key`: that of a Secret
            is_known = False
        outer = _owners((*self.tables, *tables))
        return Entry(last, text, start, end, self.guards, outer, begin, is_known=is_known)

    def generated_only(self) -> Place:
        """Return this place for what is rather an explanation than a value."""
        return replace(self, kind="schema") if self.kind == "plain" else self


def root(path: str) -> Place:
    """Return the place of what stands in no table of the file at `path`."""
    *folders, name = path.lower().split("/")
    if not _TRANSLATIONS.isdisjoint(folders):
        return Place(kind="schema")
    stem, _, rest = name.removeprefix(".").partition(".")
    return Place((_DYNACONF,)) if stem in _SETTINGS_FILES and rest else Place()


def simple(name: str) -> str:
    """Return a key of a mapping in one spelling for all formats: `build-args`, `ansible.builtin.shell`, `startCommand`."""
    return name.rpartition(".")[2].lower().replace("-", "_")


def _owners(tables: tuple[str, ...]) -> tuple[str, ...]:
    """The tables that say whose an entry is: up to the first, from within, that says anything.

    What is under `s3` in `django` is S3's, what is under `secrets` in `django` is Django's.
    """
    for at in range(len(tables) - 1, -1, -1):
        if not _NEUTRAL.issuperset(words(tables[at])):
            return tables[at:]
    return tables


def _decoded(text: str) -> str | None:
    """What a value of a Kubernetes Secret says; None where it is no base64 of a text."""
    from base64 import b64decode

    try:
        return b64decode("".join(text.split()), validate=True).decode().strip("\r\n")
    except ValueError:
        return None
