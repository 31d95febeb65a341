"""What the commands of a script give to the key: variables that they set, files that they write, scripts that they run.

The same commands stand in shell scripts, Dockerfiles, Makefiles, Procfiles and crontabs; the dialect says how.
"""

from __future__ import annotations

import re
from collections import deque

from secretkey_lint.appearance import looks_generated
from secretkey_lint.model.binding import Guard, Part
from secretkey_lint.model.record import replace
from secretkey_lint.model.source import Step
from secretkey_lint.readers.entries import Entry
from secretkey_lint.readers.words import SHELL, Command, Word, commands
from secretkey_lint.vocabulary import DEVELOPMENT_WORDS, EXAMPLE_WORDS, TEST_WORDS, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from secretkey_lint.model.binding import Binding
    from secretkey_lint.readers.entries import Document
    from secretkey_lint.readers.words import Dialect

MAX_DEPTH = 4
"""Commands within `$(…)` within others that are read."""

_PREFIXES = frozenset(
    "! { ( command do elif else env eval exec if nohup not sudo then time until while builtin -E @ -".split()
)
"""Words after which a command begins as it would at the start of a line."""

_QUIET = frozenset(
    """
    [ [[ awk case command_not_found_handle comment debug die dig echo egrep error fail fatal fgrep find git grep info
    log logger man message msg notice perl pgrep print print_error print_info printf read rg say sed test unset usage
    warn warning write-error write-host write-output write-warning
    """.split()
)
"""Commands whose arguments set nothing: they say or look for something."""

_BUILDING = frozenset(
    {"collectstatic", "compilemessages", "compress", "makemessages", "tailwind", "spectacular", "--build-arg"}
)
"""Commands of a project that need a key to start and put nothing of it anywhere, and what only builds an image."""

_TESTING = frozenset({"pytest", "tox", "test", "py.test", "nox"})
_DECLARING = frozenset({"export", "declare", "typeset", "local", "readonly", "env"})
_COPIERS = frozenset({"tee", "out-file", "add-content", "set-content"})
_WRITERS = frozenset({"echo", "printf", "print", "say"})
_INTERPRETERS = {
    "bash": ".sh", "sh": ".sh", "zsh": ".sh", "ksh": ".sh", "dash": ".sh", "ash": ".sh", "su": ".sh", "ssh": ".sh",
    "python": ".py", "python3": ".py", "python2": ".py", "manage.py": ".py", "./manage.py": ".py",
}  # fmt: skip
"""Commands that run what they are given, by `-c` or as their input, and the suffix of its language."""

_PAIRS = frozenset({"set", "setenv", "set-env", "setx", "secret", "ssm", "keyvault", "put-parameter", "secretsmanager"})
"""Words of a command that give a value to a name in two words: `set -x NAME value`, `cf set-env app NAME value`."""

_VALUE_OPTIONS = frozenset({"--value", "--body", "-b", "--secret-string", "--data"})
_NAME = r"[A-Za-z_][\w-]{0,100}"
_SETTING = re.compile(rf"(?:\A(?:-{{1,2}}[\w-]+[=:])?(?:\A-[eDv])?-{{0,2}}|,)({_NAME})\+?=")
_NEXT = re.compile(rf",{_NAME}=")
_DEFAULT = re.compile(r"\$\{(\w+):?=(.*)\}\Z", re.DOTALL)
_REFERENCE = re.compile(r"\$\{?([A-Za-z_]\w*)\}?\Z")
_SUBSTITUTE = re.compile(r"(?:\A|[;{/\s])s([/|#,@%!:~^])")
_CONVERSION = re.compile(r"%(?:%|[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[bcdiouqsxX])")
"""What `printf` puts its arguments in the place of."""

_FOLDER = re.compile(r".*[/\\]", re.DOTALL)


def said_by(name: str) -> frozenset[Guard]:
    """Return the conditions that a name states: of a target (`test:`), a stage, a file that is written."""
    said = set(words(name))
    if not TEST_WORDS.isdisjoint(said):
        return frozenset({Guard("testing")})
    if not EXAMPLE_WORDS.isdisjoint(said):
        return frozenset({Guard("build")})
    return frozenset() if DEVELOPMENT_WORDS.isdisjoint(said) else frozenset({Guard("debug")})


def _served_by(given: Iterable[Word]) -> frozenset[Guard]:
    """Conditions under which variables of one command alone hold: it prepares a build, or tests."""
    said = {word.text for word in given}
    if not _BUILDING.isdisjoint(said):
        return frozenset({Guard("build")})
    return frozenset() if _TESTING.isdisjoint(said) else frozenset({Guard("testing")})


class Script:
    """Commands of one file that share variables.

    `setting` are the conditions under which variables hold that its commands set, `writing` those under which files do
    that they write; in a Dockerfile, the first are gone when the command has ended.
    """

    def __init__(
        self,
        document: Document,
        dialect: Dialect = SHELL,
        setting: frozenset[Guard] = frozenset(),
        writing: frozenset[Guard] = frozenset(),
    ) -> None:
        """Read commands in `document`."""
        self._document = document
        self._dialect = dialect
        self._setting = setting
        self._writing = writing
        self._branches: list[frozenset[Guard]] = [frozenset()]
        self.variables: dict[str, Entry] = {}

    def facts(self, start: int, end: int, depth: int = 0) -> Iterator[Binding | Part]:
        """Yield what the commands between two offsets of the text say."""
        before: Command | None = None
        for command in commands(self._document.text, start, end, self._dialect):
            yield from self._command(command, before, depth)
            before = command if command.piped else None

    def words(self, start: int, end: int) -> Iterator[Binding]:
        """Yield what the words `NAME=value` between two offsets say, whatever they are given to."""
        for command in commands(self._document.text, start, end, self._dialect):
            for word in command.words:
                parted = self._document.text.startswith(",", word.end - 1)  # from the next of them
                said = _shortened(word) if parted else word
                yield from self._document.bindings(self._settings(said, self._setting))

    def pair(self, name: str, begin: int, start: int, end: int) -> Iterator[Binding]:
        """Yield what a name says, that stands at `begin`, and whose value is all that stands between two offsets."""
        found = [word for each in commands(self._document.text, start, end, self._dialect) for word in each.words]
        said = self._document.text[start:end].rstrip()
        word = found[0] if len(found) == 1 else Word(said, start, start + len(said), ((0, start),))
        entry = self._entry(name, begin, word, 0, len(word.text), self._setting)
        yield from self._document.bindings([entry] if entry is not None else [])

    def called(self, given: Iterable[Word]) -> Iterator[Binding | Part]:
        """Yield what one command says, of which the words are given."""
        yield from self._command(Command(tuple(given)), None, 0)

    def _command(self, command: Command, before: Command | None, depth: int) -> Iterator[Binding | Part]:
        self._branch(command)
        name, arguments = _named(command.words)
        guards = self._setting | self._branches[-1]
        if name not in _DECLARING:
            guards |= _served_by(command.words)
        plain = name.lower() not in _QUIET
        if plain:
            leading = len(command.words) - len(arguments)
            for at, word in enumerate(command.words):
                entries = self._settings(word, guards)
                if at >= leading and name not in _DECLARING:  # prose goes on behind a word
                    entries = (entry for entry in entries if " " not in entry.text)
                yield from self._document.bindings(entries)
            yield from self._document.bindings(self._pairs(name, arguments, guards))
        for word in command.words:
            for first, last in word.expansions:
                yield from self._expansion(word, first, last, guards, depth)
        yield from self._written(command, before, name, arguments)
        if name == "sed":
            yield from self._substituted(arguments)
        yield from self._run(name, arguments)

    def _branch(self, command: Command) -> None:
        """Keep account of the conditions that commands stand under."""
        first = command.words[0].text if command.words else ""
        if first == "if":
            compared = [
                behind.text
                for sign, behind in zip(command.words, command.words[1:], strict=False)
                if sign.text in ("=", "==", "=~")
            ]
            self._branches.append(self._branches[-1] | said_by(" ".join(compared)))
        elif first in ("elif", "else") and len(self._branches) > 1:
            self._branches[-1] = self._branches[-2]
        elif first == "fi" and len(self._branches) > 1:
            self._branches.pop()

    def _settings(self, word: Word, guards: frozenset[Guard]) -> Iterator[Entry]:
        """Entries `NAME=value` in a word; several with commas between them, if an option has them."""
        at = 0
        while found := _SETTING.search(word.text, at):
            following = _NEXT.search(word.text, found.end())
            at = following.start() if following is not None else len(word.text)
            entry = self._entry(found[1], word.source(found.start(1)), word, found.end(), at, guards)
            if entry is not None:
                yield entry
            if following is None:
                return

    def _entry(
        self, name: str, begin: int, word: Word, first: int, last: int, guards: frozenset[Guard]
    ) -> Entry | None:
        """The entry of a name that stands at `begin` and whose value is a stretch of a word."""
        source = self._document.text
        said = word.text[first:last]
        start = word.source(first - 1) + 1 if first else word.start
        whole = last == len(word.text) and not _opens_a_quote(source[word.start : start])
        end = word.end if whole else word.source(last - 1) + 1
        if not whole and source[start : start + 1] in ("'", '"') and source[start] == source[end : end + 1]:
            end += 1
        entry = Entry(name, said, start, end, guards, begin=begin)
        expansions = [each for each in word.expansions if first <= each[0] and each[1] <= last]
        if not expansions:
            if not self._branches[-1]:
                self.variables[name] = entry
            return entry
        if expansions == [(first, last)]:
            reference = _REFERENCE.match(said)
            known = self.variables.get(reference[1]) if reference is not None else None
            if known is not None:
                step = Step(self._document.span(begin, end), f"put into {name} here")
                return Entry(name, known.text, known.start, known.end, guards, via=(step,))
            return Entry(name, _default_of(said), start, end, guards, begin=begin)
        rest = said
        for opening, closing in reversed(expansions):
            rest = rest[: opening - first] + rest[closing - first :]
        return Entry(name, rest, start, end, guards, begin=begin) if looks_generated(rest) else None

    def _pairs(self, name: str, arguments: tuple[Word, ...], guards: frozenset[Guard]) -> Iterator[Entry]:
        """Entries that are two words: `set -gx NAME value`, `secret set NAME --body value`."""
        if _PAIRS.isdisjoint((name.lower(), *(word.text for word in arguments))):
            return
        options = [at for at, each in enumerate(arguments[:-1]) if each.text in _VALUE_OPTIONS]
        for at, word in enumerate(arguments[:-1]):
            value = arguments[options[0] + 1 if options else at + 1]
            if re.fullmatch(_NAME, word.text) is not None and value.text[:1] != "-":
                entry = self._entry(word.text, word.start, value, 0, len(value.text), guards)
                if entry is not None:
                    yield entry

    def _expansion(
        self, word: Word, first: int, last: int, guards: frozenset[Guard], depth: int
    ) -> Iterator[Binding | Part]:
        """What an expansion does besides being replaced: set a default, run commands."""
        said = word.text[first:last]
        start = word.source(first)
        assigned = _DEFAULT.match(said)
        if assigned is not None:
            text = _unquoted(assigned[2])
            end = word.source(last - 1)
            yield from self._document.bindings(
                [Entry(assigned[1], text, end - len(assigned[2]), end, guards, begin=start)]
            )
        elif said.startswith("$(") and depth < MAX_DEPTH and not self._dialect.doubled:
            yield from self.facts(start + 2, word.source(last - 1), depth + 1)

    def _written(
        self, command: Command, before: Command | None, name: str, arguments: tuple[Word, ...]
    ) -> Iterator[Part]:
        """The texts that go to files: of `echo`, of lines behind a command, through `tee`."""
        source = command
        files = [word.text for word in command.targets]
        if name.lower() in _COPIERS:
            files += [word.text for word in arguments if word.text[:1] != "-"][:1]
            if before is not None:
                source = before
                name, arguments = _named(before.words)
        files = [file for file in files if not file.startswith("/dev/")]
        language = _INTERPRETERS.get(name)
        if source is before or not command.piped:
            for heredoc in source.heredocs:
                for file in files:
                    yield self._part(file, heredoc.body, escaped=False, guards=self._writing)
                if language is not None and not files:
                    yield self._part(f"here{language}", heredoc.body, escaped=False, guards=self._setting)
        if name.lower() in _WRITERS:
            escaped = name == "printf" or any(word.text in ("-e", "-ne", "-en") for word in arguments)
            written = _formatted(arguments) if name == "printf" else arguments
            for file in files:
                for word in written:
                    part = self._part(file, word, escaped=escaped, guards=self._writing)
                    yield replace(part, is_excerpt=True)

    def _part(self, target: str, word: Word, *, escaped: bool, guards: frozenset[Guard]) -> Part:
        """A word as the text of the file that it goes to."""
        name = _FOLDER.sub("", target) or "text"
        runs: list[tuple[int, int]] = []
        text = ""
        at = 0
        pieces = [(first, last, "${_}") for first, last in word.expansions if word.text[first + 1 : first + 2] != "{"]
        if escaped:
            pieces += [(each.start(), each.end(), "\n") for each in re.finditer(r"\\n", word.text)]
        for first, last, instead in sorted(pieces):
            if first < at:
                continue
            runs += _runs(word, at, first, len(text))
            text += word.text[at:first]
            runs.append((len(text), word.source(first)))
            text += instead
            at = last
        runs += _runs(word, at, len(word.text), len(text))
        text += word.text[at:]
        return Part(name, text, tuple(runs) or ((0, word.start),), guards | said_by(name) | self._branches[-1])

    def _substituted(self, arguments: tuple[Word, ...]) -> Iterator[Part]:
        """What `sed 's/SECRET_KEY=.*/SECRET_KEY=value/' file` puts into a file."""
        files = [word.text for word in arguments[1:] if word.text[:1] != "-"]
        for word in arguments:
            for found in _SUBSTITUTE.finditer(word.text):
                sign = found[1]
                middle = word.text.find(sign, found.end())
                last = word.text.find(sign, middle + 1)
                if 0 < middle < last and files and "\\" not in word.text[middle:last]:
                    yield self._part(files[-1], _cut(word, middle + 1, last), escaped=False, guards=self._writing)

    def _run(self, name: str, arguments: tuple[Word, ...]) -> Iterator[Part]:
        """The script that an interpreter is given as an argument."""
        language = _INTERPRETERS.get(name.rpartition("/")[2])
        if language is None:
            return
        for option, word in zip(arguments, arguments[1:], strict=False):
            if option.text in ("-c", "-lc", "-ec", "-xc", "--command") or (name == "ssh" and " " in word.text):
                yield self._part(f"run{language}", word, escaped=False, guards=self._setting)


def _named(given: tuple[Word, ...]) -> tuple[str, tuple[Word, ...]]:
    """The name of a command, and the words behind it."""
    for at, word in enumerate(given):
        text = word.text.lstrip("@-") if at == 0 else word.text
        assigned = re.match(rf"{_NAME}(?:\[\w*\])?\+?=", text)
        if text and assigned is None and text not in _PREFIXES and not word.expansions:
            return text, given[at + 1 :]
    return "", ()


def _opens_a_quote(written: str) -> bool:
    """Whether a quote that is opened in a piece of a word is still open behind it."""
    return (written.count('"') + written.count("'")) % 2 == 1


def _default_of(reference: str) -> str:
    """A reference as an entry's value is written, its default without quotes: `${NAME:-default}`."""
    found = re.match(r"(\$\{\w+):?[-=](.*)\}\Z", reference, re.DOTALL)
    return f"{found[1]}:-{_unquoted(found[2])}}}" if found is not None else reference


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" else text


def _runs(word: Word, first: int, last: int, at: int) -> list[tuple[int, int]]:
    """The runs of a stretch of a word, when it begins at `at` of another text."""
    if first >= last:
        return []
    inner = [(start - first + at, place) for start, place in word.runs if first < start < last]
    return [(at, word.source(first)), *inner]


def _formatted(arguments: tuple[Word, ...]) -> tuple[Word, ...]:
    """What `printf` writes, as one word: its format, again and again while there is something to put into it."""
    if arguments[:1] and arguments[0].text == "--":
        arguments = arguments[1:]
    if not arguments or arguments[0].text.startswith("-"):  # `-v NAME`: nothing is written
        return ()
    template, values = arguments[0], deque(arguments[1:])
    conversions = [
        found
        for found in _CONVERSION.finditer(template.text)
        if not any(first <= found.start() < last for first, last in template.expansions)
    ]
    takes = any(found[0] != "%%" for found in conversions)
    pieces: list[Word] = []
    while True:
        at = 0
        for found in conversions:
            pieces.append(_cut(template, at, found.start()))
            at = found.end() - 1 if found[0] == "%%" else found.end()
            if found[0] != "%%" and values:
                pieces.append(values.popleft())
        pieces.append(_cut(template, at, len(template.text)))
        if not (takes and values):
            break
    text = ""
    runs: list[tuple[int, int]] = []
    expansions: list[tuple[int, int]] = []
    for piece in pieces:
        if piece.text:
            runs += [(at + len(text), place) for at, place in piece.runs]
            expansions += [(first + len(text), last + len(text)) for first, last in piece.expansions]
            text += piece.text
    return (Word(text, template.start, arguments[-1].end, tuple(runs), tuple(expansions)),) if text else ()


def _cut(word: Word, first: int, last: int) -> Word:
    """A stretch of a word as a word."""
    runs = tuple(_runs(word, first, last, 0)) or ((0, word.source(first)),)
    expansions = tuple((a - first, b - first) for a, b in word.expansions if first <= a and b <= last)
    return Word(word.text[first:last], runs[0][1], word.source(last), runs, expansions)


def _shortened(word: Word) -> Word:
    """A word without its last character, which is written as it is."""
    return Word(word.text[:-1], word.start, word.end - 1, word.runs, word.expansions)
