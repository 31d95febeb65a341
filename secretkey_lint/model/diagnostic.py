"""What is told to people: free of secrets by type, since nothing here can hold a key."""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    from secretkey_lint.model.source import Span, Step

    Severity = typing.Literal["error", "warning", "note"]
    Context = typing.Literal["production", "development", "test", "example"]
    Applicability = typing.Literal["safe", "unsafe"]

SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")
"""From the quietest to the loudest, in SARIF's words."""


class Frame(Record):
    """One line of code around a diagnostic, with everything that may be secret masked.

    `column` and `width` say, in code points from 1, what of `text` is to be underlined.
    """

    text: str
    column: int
    width: int


class Edit(Record):
    """Puts `text` in the place of what `span` covers, or before it where the span is empty.

    `text` holds nothing of what stood there, nor of anything else in the file. `byte_columns` are those of a diagnostic.
    """

    span: Span
    text: str
    byte_columns: tuple[int, int] | None = None


class Fix(Record):
    """A change that mends the finding: `edits`, of the file of the finding, in rising order and apart from each other.

    It is `safe` where the project does the same before and after, whatever is or is not set around it, so that it can be
    applied unseen; and `unsafe` otherwise: a project that reads its key from the environment no longer starts without.
    `remaining` is a sentence about what is left to do for people, empty where nothing is.
    """

    title: str
    applicability: Applicability
    edits: tuple[Edit, ...] = ()
    remaining: str = ""


class Diagnostic(Record):
    """One finding as users see it; `binding` names what is bound, never its value."""

    code: str
    name: str
    severity: Severity
    context: Context
    span: Span
    message: str
    help: str
    url: str
    subject: str = ""
    related: tuple[Step, ...] = ()
    fix: Fix | None = None
    frame: Frame | None = None
    ordinal: int = 0
    """Tells apart findings of one rule about one name in one file, counted from 0 in their order."""
    digest: str = ""
    """What a baseline knows the value by, where there is a baseline; never to be shown beside anything but itself."""
    byte_columns: tuple[int, int] | None = None
    """The columns of the span, counted in bytes, as tools do that know nothing of text; None where a file is no UTF-8."""


def at_least(severity: Severity, threshold: Severity) -> bool:
    """Whether `severity` is as loud as `threshold` or louder."""
    return SEVERITIES.index(severity) >= SEVERITIES.index(threshold)
