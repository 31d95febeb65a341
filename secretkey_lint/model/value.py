"""What a value can be: a closed set, one class a row of the policy's table."""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.source import Span, Step


class Literal(Record):
    """Text known from the repository alone; `via` is the way that it took to the key, nearest step last."""

    span: Span
    text: str
    via: tuple[Step, ...] = ()

    def __repr__(self) -> str:
        return f"Literal(<{len(self.text)} characters>)"

    @property
    def in_words(self) -> str:
        """What it is, with nothing of its text: "a 50-character literal", "an 18-character literal"."""
        length = str(len(self.text))
        article = "an" if length.startswith("8") or length in ("11", "18") else "a"
        return f"{article} {length}-character literal"


class EnvLookup(Record):
    """A lookup in the environment, or in what a settings library reads instead of it.

    `default` is what the lookup yields where nothing is set; None means that it then fails, or yields
    nothing that Django would start with.
    """

    span: Span
    name: str
    default: Value | None = None


class External(Record):
    """Kept outside the repository: a secret manager, a file that is mounted or made at deployment."""

    span: Span


class CommittedFile(Record):
    """Read from the file `file`, which the repository tracks."""

    span: Span
    file: str


class Random(Record):
    """Made afresh at every start; `length` is how many characters that yields, None where it cannot be said."""

    span: Span
    length: int | None = None


class Derived(Record):
    """Computed from what an attacker can guess: a host name, a path, a MAC address, a date."""

    span: Span


class Unknown(Record):
    """Nothing can be said; never makes a violation."""

    span: Span


Value = Literal | EnvLookup | External | CommittedFile | Random | Derived | Unknown
