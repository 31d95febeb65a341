"""Splits what a shell runs into commands and words, with the place of every character; the dialects of it are data.

Nothing is run or expanded: what a shell would put in (`$NAME`, `${…}`, `$(…)`, backticks) stays in a word as it is
written, and the word says where.
"""

from __future__ import annotations

import re

from secretkey_lint.model.record import Record
from secretkey_lint.model.source import placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_EXPANSION = 2000
"""Characters in which the end of an expansion is looked for; without one, its `$` is a character like any other."""

MAX_UNCLOSED = 50
"""Expansions without an end after which none is looked for any more."""


class Dialect(Record):
    """How a language writes words.

    `escape` takes the meaning from the character after it, and continues a line at its end; `comment` begins one where
    a word could. `doubled` says that a `$` for the shell is written `$$`, and that `$(…)` is a variable (make).
    `interrupted` says that lines of comment may stand within a continued line (Dockerfile). `substitutes` says that
    a text in backticks is run.
    """

    escape: str = "\\"
    comment: str = "#"
    doubled: bool = False
    interrupted: bool = False
    substitutes: bool = True


SHELL = Dialect()
MAKE = Dialect(doubled=True)
POWERSHELL = Dialect(escape="`", substitutes=False)


class Word(Record):
    """A word without its quotes.

    `runs` are pairs of offsets, in `text` and in the source: from each on, both go on alike up to the next.
    `expansions` are the stretches of `text` that a shell replaces.
    """

    text: str
    start: int
    end: int
    runs: tuple[tuple[int, int], ...]
    expansions: tuple[tuple[int, int], ...] = ()

    def source(self, at: int) -> int:
        """Return the offset in the source of the character at `at`."""
        return placed(self.runs, at)

    def __repr__(self) -> str:
        return f"Word(<{len(self.text)} characters>)"


class Heredoc(Record):
    """Lines that follow a command and that it reads: a word of them, and whether nothing in them is replaced."""

    body: Word
    quoted: bool


class Command(Record):
    """Words up to what ends a command; `targets` are the files that it writes to. `piped` says that a `|` follows."""

    words: tuple[Word, ...]
    targets: tuple[Word, ...] = ()
    heredocs: tuple[Heredoc, ...] = ()
    piped: bool = False


_EXPANSION = re.compile(r"\$(?:[A-Za-z_]\w*|[0-9@*#?$!-])")
_PLAIN = re.compile(r"[^\s\\'\"$`;&|()<>]+")
_IN_DOUBLE = re.compile(r"[^\\\"$`]+")
_REDIRECTION = re.compile(r"(?:[0-9]+|&)?(<<<|<<-?|>>|>\||[<>]&|<>|[<>])")
_BRACKET = re.compile(r"[(){}'\"\\`]")
_NEWLINE = re.compile(r"[\r\n]")
_TABS = re.compile(r"^\t+", re.MULTILINE)
_ANSI = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "e": "\x1b", "f": "\f"}
_CLOSING = {"(": ")", "{": "}"}


def commands(text: str, start: int, end: int, dialect: Dialect = SHELL) -> Iterator[Command]:
    """Yield the commands between two offsets of `text`."""
    yield from _Scanner(text, end, dialect).commands(start)


def word(text: str, start: int, end: int, dialect: Dialect = SHELL) -> Word | None:
    """Return the word that begins at `start`, or None where none does."""
    return _Scanner(text, end, dialect).word(start) if start < end else None


def line_end(text: str, start: int, dialect: Dialect = SHELL) -> int:
    """Return where the line that begins at `start` ends, with those that continue it."""
    scanner = _Scanner(text, len(text), dialect)
    while True:
        stop = scanner.line_end(start)
        if stop == len(text) or not text[start:stop].rstrip(" \t").endswith(dialect.escape):
            return stop
        start = scanner.behind_comments(scanner.next_line(stop))


def next_line(text: str, at: int) -> int:
    """Return where the line after the one that ends at `at` begins; one past the end where there is none."""
    return at + (2 if text.startswith("\r\n", at) else 1)


class _Scanner:
    """Goes through a text once."""

    def __init__(self, text: str, end: int, dialect: Dialect) -> None:
        self._text = text
        self._end = end
        self._dialect = dialect
        self._unclosed = 0

    def commands(self, at: int) -> Iterator[Command]:
        text, dialect = self._text, self._dialect
        words: list[Word] = []
        targets: list[Word] = []
        awaited: list[tuple[str, bool, bool]] = []
        delivered = 0
        while at <= self._end:
            character = text[at] if at < self._end else "\n"
            continued = self._continued(at)
            if continued:
                at = continued
                continue
            if character.isspace() and character not in "\r\n":
                at += 1
                continue
            redirection = _REDIRECTION.match(text, at, self._end)
            if character == dialect.comment:
                at = self.line_end(at)
            elif redirection is not None and text[redirection.end() : redirection.end() + 1] != "(":
                at = redirection.end()
                while at < self._end and text[at] in " \t":
                    at += 1
                found = self.word(at)
                at = found.end if found is not None else at
                if redirection[1] in ("<<", "<<-") and found is not None:
                    quoted = text[found.start : found.end] != found.text
                    awaited.append((found.text, redirection[1] == "<<-", quoted))
                elif redirection[1] in (">", ">>", ">|") and found is not None:
                    targets.append(found)
            elif character in ";&|()<>\r\n":
                piped = character == "|" and text[at + 1 : at + 2] != "|"
                at += 2 if text[at : at + 2] in ("\r\n", "&&", "||", "|&", ";;") else 1
                heredocs: list[Heredoc] = []
                after = at if character in "\r\n" else self.next_line(self.line_end(at)) if awaited else at
                for delimiter, stripped, quoted in awaited:  # what follows in the line is read after the bodies
                    body, after = self._body(after, delimiter, stripped)
                    heredocs.append(Heredoc(body, quoted))
                heredocs, delivered = heredocs[delivered:], len(awaited)
                if character in "\r\n":
                    at, awaited, delivered = after, [], 0
                if words or heredocs or targets:
                    yield Command(tuple(words), tuple(targets), tuple(heredocs), piped)
                words, targets = [], []
            else:
                found = self.word(at)
                assert found is not None
                words.append(found)
                at = found.end

    def word(self, at: int) -> Word | None:
        """Read the word at `at`; None where there is what ends one."""
        text, dialect = self._text, self._dialect
        builder = _Builder(at)
        while at < self._end:
            character = text[at]
            plain = _PLAIN.match(text, at, self._end) if character != dialect.escape else None
            continued = self._continued(at)
            if continued:
                at = continued
            elif plain is not None:
                builder.add(plain[0], at)
                at = plain.end()
            elif character.isspace() or character in ";&|()<>":
                break
            elif character == dialect.escape:
                builder.add(text[at + 1 : min(at + 2, self._end)], at + 1)
                at += 2
            elif character == "'" or text.startswith("$'", at):
                at = self._single(at, builder)
            elif character == '"':
                at = self._double(at, builder)
            else:
                at = self._expansion(at, builder)
        return builder.word(min(at, self._end))

    def _single(self, at: int, builder: _Builder) -> int:
        text = self._text
        if text[at] == "$":
            return self._ansi(at, builder)
        closing = text.find("'", at + 1, self._end)
        if closing < 0:
            builder.add("'", at)
            return at + 1
        builder.add(text[at + 1 : closing], at + 1)
        return closing + 1

    def _ansi(self, at: int, builder: _Builder) -> int:
        text, begin = self._text, at
        at += 2
        while at < self._end and text[at] != "'":
            if text[at] == "\\":
                escaped = text[at + 1 : at + 2]
                builder.add(_ANSI.get(escaped, escaped), at + 1)
                at += 2
            else:
                builder.add(text[at], at)
                at += 1
        if at >= self._end:
            builder.add("", begin)
        return at + 1

    def _double(self, at: int, builder: _Builder) -> int:
        text, dialect, begin = self._text, self._dialect, at
        inner = builder.copy()
        at += 1
        while at < self._end and text[at] != '"':
            plain = _IN_DOUBLE.match(text, at, self._end) if dialect.escape == "\\" else None
            if plain is not None:
                inner.add(plain[0], at)
                at = plain.end()
            elif text[at] == dialect.escape:
                continued = self._continued(at)
                if continued:
                    at = continued
                    continue
                if text[at + 1 : at + 2] not in ("$", "`", '"', "\\"):
                    inner.add(dialect.escape, at)
                inner.add(text[at + 1 : at + 2], at + 1)
                at += 2
            elif text[at] in "$`":
                at = self._expansion(at, inner)
            else:
                inner.add(text[at], at)
                at += 1
        if at >= self._end:
            builder.add('"', begin)
            return begin + 1
        builder.take(inner)
        return at + 1

    def _expansion(self, at: int, builder: _Builder) -> int:
        """Read what a shell replaces, or the character that only looks like its beginning."""
        text, dialect = self._text, self._dialect
        end = 0
        if text[at] == "`":
            end = text.find("`", at + 1, min(at + MAX_EXPANSION, self._end)) + 1 if dialect.substitutes else 0
        elif dialect.doubled and text.startswith("$$", at):
            return self._expansion(at + 1, builder) if text[at + 1 : at + 3] != "$$" else at + 2
        elif text[at + 1 : at + 2] in _CLOSING:
            end = self._closed(at + 1) if self._unclosed < MAX_UNCLOSED else 0
            self._unclosed += not end
        else:
            name = _EXPANSION.match(text, at, self._end)
            end = name.end() if name is not None else 0
        if end:
            builder.expand(text[at:end], at)
            return end
        builder.add(text[at], at)
        return at + 1

    def _closed(self, at: int) -> int:
        """Return the end of the bracket at `at`, 0 where it has none."""
        text = self._text
        limit = min(at + MAX_EXPANSION, self._end)
        awaited = [_CLOSING[text[at]]]
        at += 1
        while bracket := _BRACKET.search(text, at, limit):
            at = bracket.end()
            character = bracket[0]
            if character == awaited[-1]:
                awaited.pop()
                if not awaited:
                    return at
            elif character == "\\":
                at += 1
            elif character in "'`" and awaited[-1] != '"':
                closing = text.find(character, at, limit)
                at = closing + 1 if closing >= 0 else at
            elif character == '"':
                awaited.append('"')
            elif character in _CLOSING and text[at - 2] in "$({":
                awaited.append(_CLOSING[character])
            elif character == "(" and awaited[-1] == ")":
                awaited.append(")")
        return 0

    def _body(self, at: int, delimiter: str, stripped: bool) -> tuple[Word, int]:
        """Return the lines from `at` up to the delimiter, and where the line after it begins."""
        text, begin = self._text, at
        stop = after = self._end
        while at < self._end:
            line_end = self.line_end(at)
            line = text[at:line_end]
            if (line.lstrip("\t") if stripped else line).rstrip("\r") == delimiter:
                stop, after = at, self.next_line(line_end)
                break
            at = self.next_line(line_end)
        builder = _Builder(begin)
        at = begin
        for tabs in _TABS.finditer(text, begin, stop) if stripped else ():
            builder.add(text[at : tabs.start()], at)
            at = tabs.end()
        builder.add(text[at:stop], at)
        return builder.word(stop) or Word("", begin, stop, ((0, begin),)), after

    def _continued(self, at: int) -> int:
        """Return where a line goes on that is continued at `at`, 0 where it is not."""
        text, dialect = self._text, self._dialect
        if text[at : at + 1] != dialect.escape or text[at + 1 : at + 2] not in ("\r", "\n") or at >= self._end:
            return 0
        return self.behind_comments(self.next_line(at + 1))

    def behind_comments(self, at: int) -> int:
        """Return where a continued line goes on, which comments may interrupt."""
        while self._dialect.interrupted and at < self._end:
            stop = self.line_end(at)
            if self._text[at:stop].lstrip()[:1] not in ("", "#"):
                break
            at = self.next_line(stop)
        return at

    def line_end(self, at: int) -> int:
        """Return where a line ends, without what ends it."""
        found = _NEWLINE.search(self._text, at, self._end)
        return found.start() if found is not None else self._end

    def next_line(self, at: int) -> int:
        """Return where the line after the one that ends at `at` begins."""
        return min(next_line(self._text, at), self._end)


class _Builder:
    """A word as it grows."""

    def __init__(self, start: int) -> None:
        self._start = start
        self._pieces: list[str] = []
        self._length = 0
        self._runs: list[tuple[int, int]] = []
        self._expansions: list[tuple[int, int]] = []

    def add(self, piece: str, place: int) -> None:
        """Add characters that stand at `place`."""
        if not self._runs or self._runs[-1][1] + self._length - self._runs[-1][0] != place:
            self._runs.append((self._length, place))
        self._pieces.append(piece)
        self._length += len(piece)

    def expand(self, piece: str, place: int) -> None:
        """Add what a shell replaces."""
        self._expansions.append((self._length, self._length + len(piece)))
        self.add(piece, place)

    def copy(self) -> _Builder:
        """Return an empty builder that goes on where this one is."""
        other = _Builder(self._start)
        other._length = self._length
        return other

    def take(self, other: _Builder) -> None:
        """Take over what a copy has got."""
        self._pieces += other._pieces
        self._length = other._length
        self._runs += other._runs
        self._expansions += other._expansions

    def word(self, end: int) -> Word | None:
        """Return the word that ends at `end`; None where nothing has been read."""
        if end == self._start:
            return None
        return Word(
            "".join(self._pieces), self._start, end, tuple(self._runs) or ((0, self._start),), tuple(self._expansions)
        )
