"""Reads Dockerfiles: what stays in the image that is built, and what only builds it.

`ENV` stays in the image, and so does a file that `RUN` or `COPY` writes; `ARG` and the variables of a `RUN` are gone
when it is built. What a stage is given that the last one is not built from is gone, too.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Binding, Guard, Part
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers.commands import Script, said_by
from secretkey_lint.readers.entries import Document, Entry
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.readers.words import Dialect, Word, commands, line_end, next_line
from secretkey_lint.vocabulary import PRODUCTION_WORDS, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

_PLAIN = Dialect(escape="\0")
_BUILD = frozenset({Guard("build")})
_ESCAPE = re.compile(
    r"(?:[ \t]*#[ \t]*\w+[ \t]*=.*(?:\r\n?|\n))*?[ \t]*#[ \t]*escape[ \t]*=[ \t]*([\\`])[ \t]*\r?$", re.MULTILINE
)
_KEYWORD = re.compile(r"[ \t]*(?:ONBUILD[ \t]+)?([A-Za-z]+)(?=[ \t\\`])[ \t]*", re.IGNORECASE)
_HEREDOC = re.compile(r"(?<!<)<<-?[ \t]*([\"']?)(\w[\w.-]*)\1")
_STRING = re.compile(r'"((?:[^"\\\r\n]|\\.)*)"')
_EMPTY = re.compile(r"(?<!\S)([A-Za-z_]\w{0,100})(?:=(?:\"\"|'')?|[ \t]+(?:\"\"|''))(?!\S)")
_NEWLINE = re.compile(r"\r\n?|\n")
_LEGACY = re.compile(r"([A-Za-z_]\w*)[ \t]+(?=[^\s=])")


class Instruction(Record):
    """One instruction: its keyword in capitals, and the offsets between which what it is given stands."""

    keyword: str
    start: int
    end: int


class Stage(Record):
    """A part of the file from one `FROM` to the next: its name, and what it is built from."""

    name: str
    origin: str
    instructions: list[Instruction]


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact | Part]:
    """Return the bindings of the key in a Dockerfile, and the texts that it writes into files."""
    text = file.text()
    escape = _ESCAPE.match(text)
    dialect = Dialect(escape=escape[1] if escape is not None else "\\", interrupted=True, substitutes=False)
    document = Document(text, LineIndex(text), file.path, surroundings)
    stages = _stages(text, dialect)
    shipped = _shipped(stages)
    arguments = Script(document, dialect, setting=_BUILD)
    facts: list[Fact | Part] = []
    known: dict[str, dict[str, Entry]] = {}
    for number, stage in enumerate(stages):
        guards = said_by(stage.name) if number in shipped else _BUILD
        # a stage begins with the variables of the one that it is built from
        arguments.variables = {**arguments.variables, **known.get(stage.origin, {})}
        emptied = _emptied(text, stage.instructions)
        for at, instruction in enumerate(stage.instructions):
            for fact in _facts(instruction, document, dialect, guards, arguments):
                taken_back = (
                    instruction.keyword == "ENV" and isinstance(fact, Binding) and emptied.get(fact.name, 0) > at
                )
                facts.append(replace(fact, guards=fact.guards | _BUILD) if taken_back else fact)
        known[stage.name] = arguments.variables
    return facts


def _facts(
    instruction: Instruction, document: Document, dialect: Dialect, guards: frozenset[Guard], arguments: Script
) -> Iterator[Binding | Part]:
    """What an instruction says, in a stage to which `guards` apply."""
    text, start, end = document.text, instruction.start, instruction.end
    match instruction.keyword:
        case "ARG":
            yield from arguments.words(start, end)
        case "ENV":
            lasting = Script(document, dialect, setting=guards)
            lasting.variables = arguments.variables
            legacy = _LEGACY.match(text, start, end)
            if legacy is None:
                yield from lasting.words(start, end)
            else:
                yield from lasting.pair(legacy[1], legacy.start(1), legacy.end(), end)
        case "RUN":
            script = Script(document, dialect, setting=guards | _BUILD, writing=guards)
            yield from _script(script, text, start, end)
        case "CMD" | "ENTRYPOINT" | "HEALTHCHECK" | "SHELL":
            yield from _script(Script(document, dialect, guards, guards), text, start, end)
        case "COPY" | "ADD":
            for command in commands(text, start, end, dialect):
                target = command.words[-1].text if command.words else ""
                for heredoc in command.heredocs:
                    name = target.rpartition("/")[2] or "text"
                    yield Part(name, heredoc.body.text, heredoc.body.runs, guards | said_by(name))
        case _:
            return


def _emptied(text: str, instructions: list[Instruction]) -> dict[str, int]:
    """The variables that an `ENV` makes empty, by name, each with the number of the last that does."""
    return {
        found[1]: at
        for at, instruction in enumerate(instructions)
        if instruction.keyword == "ENV"
        for found in _EMPTY.finditer(text, instruction.start, instruction.end)
    }


def _script(script: Script, text: str, start: int, end: int) -> Iterator[Binding | Part]:
    """What a command does, written as one of a shell or as a list of texts."""
    if not text.startswith("[", start):
        heredoc = _HEREDOC.match(text, start, end)
        begin = _NEWLINE.search(text, start, end) if heredoc is not None else None
        yield from script.facts(begin.end() if begin is not None else start, end)
        return
    yield from script.called([_word(found) for found in _STRING.finditer(text, start, end)])


def _word(found: re.Match[str]) -> Word:
    """A text in a list as a word."""
    return Word(found[1], found.start(1), found.end(1), ((0, found.start(1)),))


def _stages(text: str, dialect: Dialect) -> list[Stage]:
    """The stages of a file; what stands before the first `FROM` is one without a name."""
    stages = [Stage("", "", [])]
    for instruction in _instructions(text, dialect):
        if instruction.keyword == "FROM":
            said = [word for word in text[instruction.start : instruction.end].split() if not word.startswith("--")]
            name = said[2] if len(said) > 2 and said[1].lower() == "as" else str(len(stages) - 1)
            stages.append(Stage(name.lower(), said[0].lower() if said else "", []))
        stages[-1].instructions.append(instruction)
    return stages


def _shipped(stages: list[Stage]) -> set[int]:
    """Which stages have their variables in an image: the last, those named for production, and what they are from."""
    numbers = {stage.name: number for number, stage in enumerate(stages)}
    found: set[int] = set()
    for last, stage in enumerate(stages):
        if last < len(stages) - 1 and PRODUCTION_WORDS.isdisjoint(words(stage.name)):
            continue
        number = last
        while number not in found:
            found.add(number)
            before = numbers.get(stages[number].origin, number)
            number = min(number, before)
    return found


def _instructions(text: str, dialect: Dialect) -> Iterator[Instruction]:
    """The instructions of a file, each with its continued lines and the lines that it reads."""
    at = 0
    while at < len(text):
        keyword = _KEYWORD.match(text, at)
        end = line_end(text, at, dialect if keyword is not None else _PLAIN)
        if keyword is not None:
            reads = keyword[1].upper() in ("RUN", "COPY", "ADD")
            for heredoc in _HEREDOC.finditer(text, keyword.end(), end) if reads else ():
                end = _end_of_heredoc(text, end, heredoc[2])
            yield Instruction(keyword[1].upper(), keyword.end(), end)
        at = next_line(text, end)


def _end_of_heredoc(text: str, end: int, delimiter: str) -> int:
    """Where the line ends that ends the lines behind `end` which an instruction reads; nothing is moved without one."""
    found = re.compile(rf"^\t*{re.escape(delimiter)}\r?$", re.MULTILINE).search(text, next_line(text, end))
    return found.end() if found is not None else end
