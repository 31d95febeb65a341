"""What `trace` tells people: what the key can be where a project starts with a settings module, by which way, and why.

Free of secrets by type, as diagnostics are: values appear in words such as "a 50-character literal".
"""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.source import Span, Step

    State = typing.Literal["reported", "allowed", "safe", "unknown"]
    Role = typing.Literal["production", "development", "test", "command"]


class Judgement(Record):
    """What is to be said of a possibility.

    - `reported`: a rule reports it, as `check` would in this context; `code`, `rule`, `severity` and `url`
      are set;
    - `allowed`: a rule would report it elsewhere, but not in this context;
    - `safe`: whoever reads the repository does not know it; `unknown`: it could not be followed.

    `reason` is a sentence that says why.
    """

    state: State
    reason: str
    context: Context
    code: str = ""
    rule: str = ""
    severity: Severity | None = None
    url: str = ""


class Possibility(Record):
    """One of the things that a setting can be: `value` in words, under all of `conditions`, by the way `steps`."""

    setting: str
    value: str
    conditions: tuple[str, ...]
    steps: tuple[Step, ...]
    judgement: Judgement


class Start(Record):
    """A place that names the module to start with, and what for."""

    role: Role
    span: Span


class Trace(Record):
    """What a project starts with where it starts with one settings module.

    `module` is the name by which Python imports it, `path` that of its file. `problem` says what kept it from being
    followed in full; then `possibilities` are not all that there are.
    """

    module: str
    path: str
    context: Context
    starts: tuple[Start, ...]
    possibilities: tuple[Possibility, ...]
    problem: str = ""

    @property
    def sets_the_key(self) -> bool:
        """Whether the module gives the key anything."""
        return bool(self.problem) or any(
            each.judgement.state != "unknown" or len(each.steps) > 1 for each in self.possibilities if each.steps
        )

    @property
    def settings(self) -> tuple[str, ...]:
        """The names that something is known of, the key's own always."""
        return tuple(dict.fromkeys(["SECRET_KEY", *(each.setting for each in self.possibilities)]))

    def of(self, setting: str) -> tuple[Possibility, ...]:
        """Return what a setting can be."""
        return tuple(each for each in self.possibilities if each.setting == setting)


class TraceReport(Record):
    """All traces of a run; `failures` says what went wrong inside of us."""

    traces: tuple[Trace, ...]
    failures: tuple[str, ...] = ()
