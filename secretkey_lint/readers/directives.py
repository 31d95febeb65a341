"""Reads what starts, builds and configures services, line by line; what sets a variable in each language is data.

A dialect has forms: patterns that end where a value begins, and how that is written. Lines that are commands of a
shell go to what reads those.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Part
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers.commands import Script, said_by
from secretkey_lint.readers.entries import Document, Entry
from secretkey_lint.readers.lines import named_entries
from secretkey_lint.readers.words import MAKE, POWERSHELL, SHELL, Dialect, line_end, next_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing
    from collections.abc import Callable, Iterator

    from secretkey_lint.model.binding import Fact, Guard
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

    Writing = typing.Literal["text", "rest", "words", "commands"]

_NAME = r"(?P<name>[A-Za-z_][\w-]{0,100})"
_TEXT = re.compile(r"\"((?:[^\"\\\r\n]|\\.)*)\"|'((?:[^'\\\r\n]|\\.)*)'")
_REST = re.compile(r"[^\r\n]*")
_REFERENCE = re.compile(r"\$[\w:.]+|%\w+%")
_ESCAPED = re.compile(r"\\(.)")
_NOTHING: frozenset[Guard] = frozenset()


class Form(Record):
    """A way to set a variable: `opening` matches up to where its value begins, the name as the group `name`.

    `writing` says how the value is written: as a text in quotes; as the rest of the line up to `ending`, in quotes or
    not; as words `NAME=value`; as commands.
    """

    opening: str
    writing: Writing = "text"
    ending: str = r"\s*$"


class Language(Record):
    """How a language sets variables: its forms, the dialect of its commands, and what its lines look like.

    `recipe` matches the start of lines that are commands, `target` those that name what the next ones are for.
    `anywhere` says that forms may stand anywhere in a line. `heredoc` matches what lines behind it are a text after.
    `lenient` says that lines `NAME = value` of no form count as well.
    """

    forms: tuple[Form, ...]
    comment: str = "#"  # a pattern, as all here
    commands: Dialect = SHELL
    recipe: str | None = None
    target: str | None = None
    anywhere: bool = False
    heredoc: str | None = None
    lenient: bool = False


_PAIR = r"[\"']?\b(?:name|key|Name|Key)[\"']?\s*(?:=>|[=:])\s*[\"'](?P<name>[A-Za-z_]\w*)[\"']\s*,?\s*[\"']?(?:value|Value)[\"']?\s*(?:=>|[=:])\s*(?=[\"'])"
_REVERSED_PAIR = r"[\"']?\bvalue[\"']?\s*[=:]\s*(?P<value>\"(?:[^\"\\\r\n]|\\.)*\")\s*,?\s*[\"']?\bname[\"']?\s*[=:]\s*\"(?P<name>[A-Za-z_]\w*)\""
_ITEM = r"(?<=[\"'])(?P<name>[A-Z_][A-Z0-9_]*)="

_LANGUAGES = {
    "make": Language(
        (Form(rf"(?:[^\s:=#][^:=#\r\n]*:(?![:=])[ \t]*)?(?:(?:export|override|private)[ \t]+)*{_NAME}[ \t]*(?:\?|:{{1,3}}|\+)?=[ \t]*", "rest", r"\s*(?<!\\)#|\s*$"),),
        commands=MAKE,
        recipe=r"\t",
        target=r"(?P<name>[^\s:=#][^:=#\r\n]*):(?!=)",
    ),
    "just": Language(
        (
            Form(rf"(?:export[ \t]+)?{_NAME}[ \t]*:=[ \t]*(?=[\"'])"),
            Form(rf"[^\r\n]{{0,500}}?\benv(?:_var_or_default)?\([ \t]*[\"']{_NAME}[\"'][ \t]*,[ \t]*(?=[\"'])"),
        ),
        recipe=r"[ \t]+",
        target=r"@?(?P<name>[\w-]{1,100})[^:\r\n]{0,500}:(?!=)",
    ),
    "procfile": Language((), recipe=r"[\w-]{1,100}:[ \t]*", target=r"(?P<name>[\w-]{1,100}):"),
    "service": Language(
        (
            Form(r"[ \t]*Environment[ \t]*=[ \t]*", "words"),
            Form(r"[ \t]*(?:environment|env)[ \t]*=[ \t]*", "words"),
            Form(rf"[ \t]*(?:(?:uwsgi|fastcgi|scgi|grpc|proxy)_param|(?i:SetEnv))[ \t]+[\"']?{_NAME}[\"']?[ \t]+", "rest", r"\s*;.*|\s*$"),
            Form(rf"[ \t]*(?:env|export|setenv)[ \t]+{_NAME}[ \t]*=[ \t]*", "rest", r"\s*;.*|\s*$"),
            Form(r"[ \t]*(?:Exec\w+|command)[ \t]*=[ \t]*", "commands"),
        ),
        comment="[#;]",
        lenient=True,
    ),
    "hcl": Language(
        (
            Form(_PAIR),
            Form(_REVERSED_PAIR),
            Form(r"\bvariable[ \t]+\"(?P<name>\w+)\"\s*\{[^{}]*?\bdefault[ \t]*=[ \t]*(?=\")"),
            Form(rf"(?<![\w.])\"?{_NAME}\"?[ \t]*[=:][ \t]*(?=\")"),
            Form(_ITEM, "rest", r"(?=\")"),
        ),
        comment=r"#|//|/\*",
        anywhere=True,
        heredoc=r"<<[-~]?(?P<delimiter>\w+)[ \t]*$",
    ),
    "ruby": Language(
        (
            Form(rf"ENV\[[\"']{_NAME}[\"']\][ \t]*(?:\|\|)?=[ \t]*(?=[\"'])"),
            Form(rf"ENV\.fetch\([\"']{_NAME}[\"'],[ \t]*(?=[\"'])"),
            Form(rf"[\"':]?{_NAME}[\"']?[ \t]*(?:=>|:)[ \t]*(?=[\"'])"),
            Form(r"\binline[ \t]*[:=]>?[ \t]*(?=[\"'])", "commands"),
        ),
        anywhere=True,
        heredoc=r"<<[-~]?[\"']?(?P<delimiter>\w+)[\"']?",
    ),
    "powershell": Language(
        (
            Form(rf"\$(?i:env):{_NAME}[ \t]*=[ \t]*(?=[\"'])"),
            Form(rf"(?i:SetEnvironmentVariable)\([ \t]*[\"']{_NAME}[\"'][ \t]*,[ \t]*(?=[\"'])"),
            Form(rf"\b(?i:Env):[\\/]?{_NAME}[ \t]+(?:-Value[ \t]+)?(?=[\"'])"),
            Form(rf"(?<![\w:])[$\"']?{_NAME}[\"']?[ \t]*=[ \t]*(?=[\"'])"),
        ),
        commands=POWERSHELL,
        recipe=r"",
        anywhere=True,
    ),
    "batch": Language(
        (
            Form(rf"(?:^|[&(@ \t])(?i:set)[ \t]+\"{_NAME}=", "rest", r"(?=\")"),
            Form(rf"(?:^|[&(@ \t])(?i:set)[ \t]+{_NAME}=", "rest", r"\s*(?:&|\)|$)"),
            Form(rf"(?:^|[&(@ \t])(?i:setx)[ \t]+{_NAME}[ \t]+", "rest", r"\s+/m\b|\s*$"),
            Form(rf"(?:--env|-e|--build-arg)[ \t=]\"?{_NAME}=", "rest", r"[\s\"]|$"),
            Form(rf"\b(?i:echo)[ \t]+\"?{_NAME}=(?=[^>\r\n]*>)", "rest", r"\s*\"?\s*>"),
        ),
        comment=r"@?(?i:rem\b|::|echo\b(?![^\r\n]*>))",
        anywhere=True,
    ),
}  # fmt: skip
"""The languages, by the names that files are given them by."""


def dialect(name: str) -> Callable[[SourceFile, Surroundings], list[Fact | Part]]:
    """Return the reader of one language."""
    language = _LANGUAGES[name]
    return lambda file, surroundings: _read(file, surroundings, language)


def _read(file: SourceFile, surroundings: Surroundings, language: Language) -> list[Fact | Part]:
    """Return the bindings of the key in a file of a language, and the texts that it writes into files."""
    text = file.text()
    return list(_File(text, Document(text, LineIndex(text), file.path, surroundings), language).facts())


class _File:
    """A text of one language."""

    def __init__(self, text: str, document: Document, language: Language) -> None:
        self._text = text
        self._document = document
        self._language = language
        self._comment = re.compile(rf"[ \t]*(?:{language.comment})")
        self._recipe = _compiled(language.recipe)
        self._target = _compiled(language.target)
        self._heredoc = _compiled(language.heredoc)
        self._forms = [
            (form, re.compile(form.opening, re.MULTILINE), re.compile(form.ending)) for form in language.forms
        ]

    def facts(self) -> Iterator[Fact | Part]:
        text, language = self._text, self._language
        if language.anywhere:
            yield from self._formed(0, len(text), _NOTHING)
        guards = _NOTHING
        at = 0
        while at < len(text):
            end = line_end(text, at, language.commands)
            recipe = self._recipe.match(text, at, end) if self._recipe is not None else None
            target = self._target.match(text, at, end) if self._target is not None else None
            if target is not None:
                guards = said_by(target["name"])
            if recipe is not None:
                begin = recipe.end()
                while text[begin : begin + 1] in ("@", "-", "+") and begin < end:
                    begin += 1
                yield from Script(self._document, language.commands, guards, guards).facts(begin, end)
            elif not language.anywhere and self._comment.match(text, at, end) is None:
                yield from self._formed(at, end, guards if target is not None else _NOTHING)
            heredoc = self._heredoc.search(text, at, end) if self._heredoc is not None else None
            if heredoc is not None:
                after = next_line(text, end)
                closing = re.compile(rf"^[ \t]*{heredoc['delimiter']}\b", re.MULTILINE).search(text, after)
                if closing is not None:
                    yield self._script(after, closing.start())
                    end = line_end(text, closing.start())
            at = next_line(text, end)

    def _script(self, start: int, end: int) -> Part:
        """Lines that are a text of their own."""
        return Part("here.sh", self._text[start:end], ((0, start),))

    def _formed(self, start: int, end: int, guards: frozenset[Guard]) -> Iterator[Fact | Part]:
        """What the forms of the language say between two offsets."""
        text, language = self._text, self._language
        found = False
        for form, opening, ending in self._forms:
            matches = (
                opening.finditer(text, start, end)
                if language.anywhere
                else filter(None, [opening.match(text, start, end)])
            )
            for match in matches:
                line = text.rfind("\n", 0, match.end()) + 1
                if language.anywhere and self._comment.match(text, line) is not None:
                    continue
                found = True
                if form.writing in ("words", "commands"):
                    yield from self._commanded(form, match.end(), end, guards)
                    continue
                entry = self._entry(form, match, ending, end, guards)
                if entry is not None:
                    yield from self._document.bindings([entry])
            if found and not language.anywhere:
                return
        if language.lenient and not found:
            yield from self._document.bindings(named_entries(text, start, end))

    def _commanded(self, form: Form, start: int, end: int, guards: frozenset[Guard]) -> Iterator[Fact | Part]:
        """What words or commands say that a value consists of."""
        script = Script(self._document, self._language.commands, guards, guards)
        if self._language.anywhere:
            end = line_end(self._text, start)
        if form.writing == "words":
            yield from script.words(start, end)
            return
        said = _TEXT.match(self._text, start, end)
        if said is not None:
            start, end = said.start() + 1, said.end() - 1
        yield from script.facts(start, end)

    def _entry(
        self, form: Form, match: re.Match[str], ending: re.Pattern[str], end: int, guards: frozenset[Guard]
    ) -> Entry | None:
        """The entry that a form has matched the beginning of."""
        text = self._text
        start = match.start("value") if "value" in match.re.groupindex else match.end()
        said = _TEXT.match(text, start, end)
        if said is not None:
            stop = said.end()
            value = _ESCAPED.sub(r"\1", text[start + 1 : stop - 1])
        elif form.writing == "rest":
            rest = _REST.match(text, start, min(end, line_end(text, start)))
            assert rest is not None
            closing = ending.search(text, start, rest.end())
            stop = closing.start() if closing is not None else rest.end()
            value = text[start:stop]
        else:
            return None
        if _REFERENCE.fullmatch(value) is not None:
            return None
        return Entry(match["name"], value, start, stop, guards, begin=match.start("name"))


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern is not None else None
