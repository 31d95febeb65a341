"""Markers: what a comment says to silence findings, in our own words or in those of other tools."""

from __future__ import annotations

import re

from secretkey_lint import rules
from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing
    from collections.abc import Iterator

    from secretkey_lint.suppression.comments import Comment

    Scope = typing.Literal["line", "next", "file"]

SCOPES: dict[str, Scope] = {"ignore": "line", "ignore-next-line": "next", "ignore-file": "file"}
"""Our own markers, by what follows `secretkey-lint:`."""

NOQA = "noqa:"
"""The verb of a marker of flake8 or ruff that names our rules."""

FILE_ONLY = frozenset({"SKL900", "SKL901"})
"""Rules about whole files, and about suppressions: what they report is suppressed for a file, not for a line."""

_HARDCODED_PASSWORDS = frozenset(
    {
        *("B105", "B106", "B107"),
        *("hardcoded_password_string", "hardcoded_password_funcarg", "hardcoded_password_default"),
    }
)
"""Bandit's checks that find what we find, by code and name."""

_OURS = re.compile(
    r"(?<![\w-])secretkey-lint:[ \t]*(?P<verb>[A-Za-z]+(?:-[A-Za-z]+)*)?(?P<list>\[(?P<codes>[^\[\]\r\n]*)\])?"
)
_NOQA = re.compile(
    r"(?P<file>\b(?:ruff|flake8)[ \t]*:[ \t]*)?\bnoqa\b"
    r"(?P<colon>[ \t]*:[ \t]*(?P<codes>[A-Z]+[0-9]+\b(?:[ \t]*[, \t][ \t,]*[A-Z]+[0-9]+\b)*)?)?",
    re.IGNORECASE,
)
_NOSEC = re.compile(r"\bnosec\b:?[ \t]*(?P<checks>[^#\r\n]*)")
_PRAGMA = re.compile(r"\bpragma:?[ \t]*(?:allow|white)list[ -](?P<next>nextline[ -])?secret\b")
_GITLEAKS = re.compile(r"\bgitleaks:allow\b")
_WORD = re.compile(r"[^\s,]+")
_REASON_END = re.compile(r"[\r\n]|\s#|(?<![\w-])secretkey-lint:|\bpragma:|\bgitleaks:|\Z")
_NEAR = 40
"""Characters before a marker of other tools in which the mark is looked for that begins it."""

_SEPARATORS = " \t:,;-\u2013\u2014"  # dashes of any length


class Mention(Record):
    """A rule that a marker names: where, and its code; None where no rule is called so."""

    start: int
    end: int
    code: str | None


class Marker(Record):
    """A marker, as offsets into the text: its own, and those of the reason behind it.

    `scope` says what it silences: the statement or entry that it stands in, the next one, or the file. `mentions` are the
    rules that it names, None standing for all of them. `is_ours` says whether it names us or a rule of ours, `verb`
    how it does.
    """

    comment: Comment
    start: int
    end: int
    scope: Scope
    mentions: tuple[Mention, ...] | None
    is_ours: bool
    verb: str = ""
    reason_start: int = 0
    reason_end: int = 0


class Codes:
    """The codes and names of all rules."""

    def __init__(self) -> None:
        self._codes = {name: rule.code for rule in rules.load() for name in (rule.code, rule.name)}

    def of(self, word: str) -> str | None:
        """Return the code of the rule that a word names, in whatever case."""
        return self._codes.get(word.upper()) or self._codes.get(word.lower())

    def nearest(self, word: str) -> str:
        """Return " (did you mean …?)", or nothing where no rule is called nearly so."""
        from secretkey_lint.errors import nearest

        return nearest(word, list(self._codes))


def markers_in(text: str, comment: Comment, codes: Codes, *, foreign: bool) -> Iterator[Marker]:
    """Yield the markers of a comment, ours first; those of other tools if asked for."""
    inside = text[comment.inside : comment.inside_end]
    base = comment.inside
    yield from _ours(inside, base, comment, codes)
    if not foreign:
        return
    for match in _NOQA.finditer(inside):
        if _begins(inside, match.start()) and (match["codes"] or not match["colon"]):
            yield from _noqa(match, inside, base, comment, codes)
    for match in _NOSEC.finditer(inside):
        if _begins(inside, match.start()) and _is_about_passwords(match["checks"]):
            yield _foreign(match, base, comment)
    for match in _PRAGMA.finditer(inside):
        yield _foreign(match, base, comment, "next" if match["next"] else "line")
    for match in _GITLEAKS.finditer(inside):
        yield _foreign(match, base, comment)


def _ours(inside: str, base: int, comment: Comment, codes: Codes) -> Iterator[Marker]:
    for match in _OURS.finditer(inside):
        verb = match["verb"] or ""
        if not (verb in SCOPES or match["list"] is not None or _is_meant(verb)):
            continue  # prose that names us
        mentions = _mentions(match["codes"] or "", base + match.start("codes"), codes)
        reason = _reason(inside, match.end())
        yield Marker(
            comment, base + match.start(), base + match.end(), SCOPES.get(verb, "line"), mentions, True,
            verb, base + reason[0], base + reason[1],
        )  # fmt: skip


def _is_meant(verb: str) -> bool:
    """Whether a word is ours, misspelt, or one that other tools have in its place, rather than prose."""
    verb = verb.lower()
    return (
        verb.startswith("ign")
        or verb in ("allow", "disable", "noqa", "skip", "suppress")
        or (len(verb) > 4 and set(verb) <= set("ignore"))
    )


def _noqa(match: re.Match[str], inside: str, base: int, comment: Comment, codes: Codes) -> Iterator[Marker]:
    """The marker of flake8 and ruff, for a line, or for a file where it stands at the start of a comment."""
    if match["file"] and (match.start() > _NEAR or inside[: match.start()].strip()):
        return  # prose
    scope: Scope = "file" if match["file"] else "line"
    if match["codes"] is None:
        yield _foreign(match, base, comment, scope)
        return
    ours = _mentions(match["codes"], base + match.start("codes"), codes, prefix="SKL")
    if ours:
        reason = _reason(inside, match.end())
        yield Marker(
            comment, base + match.start(), base + match.end(), scope, ours, True,
            NOQA, base + reason[0], base + reason[1],
        )  # fmt: skip


def _foreign(match: re.Match[str], base: int, comment: Comment, scope: Scope = "line") -> Marker:
    return Marker(comment, base + match.start(), base + len(match[0].rstrip()) + match.start(), scope, None, False)


def _begins(inside: str, at: int) -> bool:
    """Whether what stands at `at` begins a comment, or one within it (`# type: ignore # noqa`)."""
    before = inside[max(at - _NEAR, 0) : at].rstrip(" \t")
    return before.endswith("#") or (not before and at <= _NEAR)


def _mentions(listed: str, base: int, codes: Codes, prefix: str = "") -> tuple[Mention, ...]:
    """The rules that a list names; of those whose codes begin with `prefix`, if asked."""
    return tuple(
        Mention(base + match.start(), base + match.end(), codes.of(match[0]))
        for match in _WORD.finditer(listed)
        if match[0][: len(prefix)].upper() == prefix
    )


def _is_about_passwords(checks: str) -> bool:
    """Whether bandit is told to pass over hard-coded passwords: all of its checks where none is named."""
    words = checks.replace(",", " ").split()
    named = {word for word in words if "_" in word or (word[:1] == "B" and word[1:].isdigit())}
    return not named or not named.isdisjoint(_HARDCODED_PASSWORDS)


def _reason(inside: str, start: int) -> tuple[int, int]:
    """Where the text behind a marker stands, up to the next one."""
    match = _REASON_END.search(inside, start)
    end = match.start() if match is not None else len(inside)
    while start < end and inside[start] in _SEPARATORS:
        start += 1
    while end > start and inside[end - 1].isspace():
        end -= 1
    return start, end
