"""What is found in files: bindings of the key, what is done with it, and damage that kept us from reading."""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.source import Span, Step
    from secretkey_lint.model.value import Value

    Medium = typing.Literal["python", "file", "text"]
    GuardKind = typing.Literal[
        "debug", "production", "testing", "unset", "commented", "unreachable", "scope", "build", "other"
    ]


class Guard(Record):
    """A condition under which a binding holds.

    `kind` says what the condition is about:

    - `debug`, `production`, `testing`: whether the project runs in debug mode, in production, under a test runner;
    - `unset`: whether `subject`, an environment variable, is missing;
    - `scope`: the binding belongs to the class or function named `subject`;
    - `build`: it serves while an image is built, and is not in what comes of that;
    - `commented`: it stands in a comment; `unreachable`: another value replaces it, or its branch is never taken;
    - `other`: anything else.
    """

    kind: GuardKind
    holds: bool = True
    subject: str = ""


class Binding(Record):
    """A place that gives the key a value.

    `name` is the name that is bound, `span` where; `guards` all hold when `value` is used.
    `fallback` says that the value stands in for a safe one that is missing. `medium` is `python` for code,
    `file` for an entry of an environment or configuration file, `text` for a key that merely stands in a text.
    `within` says in which part of its file it is, where people count by such: "cell 3, line 2".
    """

    name: str
    value: Value
    span: Span
    guards: frozenset[Guard] = frozenset()
    fallback: bool = False
    medium: Medium = "python"
    within: str = ""

    @property
    def is_used(self) -> bool:
        """Whether the key may be this one, rather than that it merely stands here."""
        return not any(guard.kind in ("commented", "unreachable") for guard in self.guards)


class Damage(Record):
    """What could not be read as what it is; `reason` is a sentence without any text of the file."""

    span: Span
    reason: str
    scanned: bool = True
    """Whether the file was scanned as text instead; False when its content could not be had at all."""


class Exposure(Record):
    """A place where the key itself is shown: printed, logged, put into a response, a page, an error.

    `name` is the key's; `span` is the expression that shows it, `sink` what it is given to, in words that complete
    "SECRET_KEY is …": "printed", "logged", "put into a response". `via` is its way there, nearest step last.
    """

    name: str
    span: Span
    sink: str
    guards: frozenset[Guard] = frozenset()
    via: tuple[Step, ...] = ()
    within: str = ""


class IdleSuppression(Record):
    """A suppression that has no effect, in whole or in part.

    `reason` is a sentence, `shown` the marker, both without anything of the file that may be part of a key.
    """

    span: Span
    reason: str
    shown: str


class Reuse(Record):
    """A place of a key whose value is used for more than one thing; `name` and `span` are the binding's.

    `length` is how many characters the value has. `context` is the most serious one that the value is used in,
    `in_production` whether that is so at this very place. `elsewhere` are other places that have the value: those of
    production first, or alone where this place is none of them. `credential` is the name of something else in the file
    that is the same text, "" if there is nothing.
    """

    name: str
    span: Span
    length: int
    context: Context
    in_production: bool = True
    elsewhere: tuple[Step, ...] = ()
    credential: str = ""
    looks_generated: bool = False
    guards: frozenset[Guard] = frozenset()


class EnvironmentFile(Record):
    """A file of variables that gives the key a value, and that is in the repository or about to be.

    `name` is the key's, `span` its value. `tracked` says whether git tracks the file, `ignored` whether it would ignore
    it if it did not. `line` would make it ignore it, in `.gitignore`.
    """

    name: str
    span: Span
    tracked: bool
    ignored: bool
    line: str
    guards: frozenset[Guard] = frozenset()


Fact = Binding | Damage | Exposure | IdleSuppression | Reuse | EnvironmentFile
"""What rules look at."""


class Part(Record):
    """A text within a file, and the file's name by which its reader is found: `settings.py`, `.env`, `script.sh`.

    `runs` are pairs of offsets, in `text` and in the text of the file around it, in rising order: from each on, both
    go on alike up to the next. `guards` are added to what is found in it. An excerpt need not be whole: what of it
    cannot be read is no damage. `label` is how people call the part: "cell 3".
    """

    name: str
    text: str
    runs: tuple[tuple[int, int], ...]
    guards: frozenset[Guard] = frozenset()
    is_excerpt: bool = False
    label: str = ""

    def __repr__(self) -> str:
        return f"Part({self.name!r}, <{len(self.text)} characters>)"
