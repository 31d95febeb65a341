"""What a rule is, and what it answers."""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing
    from collections.abc import Callable, Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import Span, Step

    Verdict = typing.Literal["leak", "ephemeral", "weak", "exposed", "unprotected", "unreadable", "unused"]


class Violation(Record):
    """A rule's answer: what is wrong at `span`, in words that hold nothing of a key.

    `looks_generated` says whether the value looks like a real key rather than a stand-in, which is what
    decides about findings in examples. `also` is what to add to the message of another rule that speaks for the
    same place: a clause such as "it is weak, too". Where `message` is empty that is all: it is no violation by itself.
    """

    span: Span
    message: str
    looks_generated: bool = False
    related: tuple[Step, ...] = ()
    also: str = ""


class Rule(Record):
    """A pure function from facts to violations, with its page.

    `documentation` is the page: a sentence, then Markdown under fixed headings, whose examples are run as tests.
    `rank` settles which of two rules speaks for one place: the higher is the more specific. `fixes` names modules of
    `secretkey_lint.fixes`; the first that knows how to mend a finding does.
    """

    code: str
    name: str
    since: str
    verdict: Verdict
    help: str
    check: Callable[[Fact], Iterator[Violation]]
    documentation: str
    rank: int = 0
    fixes: tuple[str, ...] = ()
