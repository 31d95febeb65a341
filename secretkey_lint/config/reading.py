"""Reads a configuration file: TOML in, checked values out, or all mistakes in one message.

A value is quoted in a message only where it looks like a word, since nobody knows what was pasted into the file.
"""

from __future__ import annotations

import re

from secretkey_lint.config.keys import BY_NAME, CONTEXTS, READER_KEYS, SEVERITIES
from secretkey_lint.config.lines import Lines
from secretkey_lint.errors import ConfigError, nearest
from secretkey_lint.model.env_reader import EnvReader
from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from secretkey_lint.config.keys import Key

MAX_SIZE = 1 << 20
"""Bytes of a file that is parsed."""

MAX_MISTAKES = 50
"""Mistakes that are told of one file."""

# Expressions are compiled where they are needed: most files need none.
_NAME = r"[A-Za-z_][A-Za-z0-9_.-]{1,199}"
_MODULE = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
_FUNCTION = r"[^\W\d]\w*(?:\(\))?(?:\.[^\W\d]\w*(?:\(\))?)+"
_WORD = r"[\w*?!./ -]{1,40}"


class Table(Record):
    """What a file says: checked values by option, and where each stands."""

    values: Mapping[str, object]
    lines: Lines


def read(content: bytes, shown: str, table: tuple[str, ...]) -> Table | None:
    """Return what the table with this path says, or None where the file has none.

    `shown` is how the file is called in messages. Raises ConfigError with all mistakes.
    """
    text = _text(content, shown)
    found: object = _parsed(text, shown)
    for name in table:
        found = found.get(name) if isinstance(found, dict) else None
    if found is None:
        return None
    lines = Lines(text, table)
    if not isinstance(found, dict):
        raise ConfigError(f"{shown}:{lines.of()}: {'.'.join(table)} is to be a table, not {_kind(found)}")
    checker = _Checker(lines, shown, in_table=bool(table))
    try:
        values = checker.checked(found)
    except _TooManyError:
        raise ConfigError(checker.message()) from None
    if checker.mistakes:
        raise ConfigError(checker.message())
    return Table(values, lines)


def _text(content: bytes, shown: str) -> str:
    if len(content) > MAX_SIZE:
        raise ConfigError(f"{shown}: it is larger than {MAX_SIZE >> 20} MB, which no configuration is")
    line = None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    raise ConfigError(f"{shown}:{line}: it is not UTF-8, which TOML has to be")


def _parsed(text: str, shown: str) -> dict[str, object]:
    import tomllib

    said = None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
    except RecursionError:
        raise ConfigError(f"{shown}: it is nested too deeply to be read") from None
    place = re.search(r" \(at (?:line (\d+)|end of document).*\)$", said)
    line = place[1] if place is not None and place[1] else str(text.count("\n") + 1)
    cause = re.split(r"[:(]? ?['\"]", said[: place.start()] if place is not None else said)[0]
    raise ConfigError(f"{shown}:{line}: it is no TOML: {cause[:1].lower()}{cause[1:]}")


class _TooManyError(Exception):
    """There are more mistakes than anybody reads."""


class _Checker:
    """Checks the values of one table, and collects what is wrong."""

    def __init__(self, lines: Lines, shown: str, *, in_table: bool) -> None:
        self._lines = lines
        self._shown = shown
        self._in_table = in_table
        self._codes: list[str] | None = None
        self.mistakes: list[tuple[int, str]] = []

    def checked(self, found: dict[str, object]) -> dict[str, object]:
        """Return the values, of those options that are given and that make sense."""
        values: dict[str, object] = {}
        for name, value in found.items():
            key = BY_NAME.get(name)
            if key is None:
                hint = nearest(name, list(BY_NAME))
                if name == "tool" and not self._in_table:
                    hint = "; options stand at the top of this file, without a table around them"
                self._wrong(f"there is no option {_quoted(name)}{hint}", name)
                continue
            result = self._value(key, value)
            if result is not None:
                values[name] = result
        return values

    def message(self) -> str:
        """Return all mistakes, in the order of their lines."""
        ordered = sorted(self.mistakes, key=lambda mistake: mistake[0])
        said = [f"{self._shown}:{line}: {text}" for line, text in dict.fromkeys(ordered)]
        if len(self.mistakes) == MAX_MISTAKES:
            said.append(f"{self._shown}: there may be more mistakes")
        return "\n".join(said)

    def _wrong(self, message: str, *path: str) -> None:
        self.mistakes.append((self._lines.of(*path), message))
        if len(self.mistakes) == MAX_MISTAKES:
            raise _TooManyError

    def _value(self, key: Key, value: object) -> object:
        """Return the checked value of an option, or None where it is wrong."""
        match key.kind:
            case "codes":
                return self._list(value, "codes of rules", self._code, key.name)
            case "patterns":
                return self._list(value, "patterns", self._pattern, key.name)
            case "names":
                return self._list(value, "names", self._secret_name, key.name)
            case "modules":
                return self._list(value, "names of modules", self._module, key.name)
            case "codes by pattern":
                return self._by_pattern(
                    value, key.name, lambda each, *path: self._list(each, "codes of rules", self._code, *path)
                )
            case "context by pattern":
                return self._by_pattern(value, key.name, self._context)
            case "readers":
                return self._readers(value, key.name)
            case "severity":
                return self._choice(value, "severity", SEVERITIES, key.name)
            case "path":
                return self._path(value, key.name)
            case "flag":
                return self._typed(value, bool, "true or false", key.name)

    def _typed(self, value: object, wanted: type, said: str, *path: str) -> object:
        """Return `value` if it is of the type that is wanted, and None if not; `True` is no number."""
        if type(value) is wanted:
            return value
        self._wrong(f"{_dotted(path)} takes {said}, not {_kind(value)}", *path)
        return None

    def _list(self, value: object, said: str, check: Callable[..., str | None], *path: str) -> tuple[str, ...] | None:
        items = self._typed(value, list, f"a list of {said}", *path)
        if not isinstance(items, list):
            return None
        found: list[str] = []
        for item in items:
            if not isinstance(item, str):
                self._wrong(f"{_dotted(path)} takes a list of {said}; {_kind(item)} is none", *path)
                continue
            result = check(item, *path)
            if result is not None:
                found.append(result)
        return tuple(found)

    def _code(self, text: str, *path: str) -> str | None:
        if self._codes is None:
            from secretkey_lint import rules

            self._codes = [rule.code for rule in rules.load()]
        code = text.strip().upper()
        if code and any(each.startswith(code) for each in self._codes):
            return code
        self._wrong(f"{_dotted(path)}: there is no rule {_quoted(text)}{nearest(code, self._codes)}", *path, text)
        return None

    def _pattern(self, text: str, *path: str) -> str | None:
        from secretkey_lint.config.patterns import flaw

        said = flaw(text)
        if said is None:
            return text
        self._wrong(f"{_dotted(path)}: the pattern {_quoted(text)} {said}", *path, text)
        return None

    def _secret_name(self, text: str, *path: str) -> str | None:
        words = re.split(r"[_.-]", text)
        is_pasted = any(len(word) >= 20 and sum(map(str.isdigit, word)) >= 3 for word in words)  # the key for its name
        if re.fullmatch(_NAME, text) and not is_pasted:
            return text
        self._wrong(f"{_dotted(path)}: {_length(text)} is no name of a setting, a variable or an entry", *path, text)
        return None

    def _module(self, text: str, *path: str) -> str | None:
        if re.fullmatch(_MODULE, text):
            return text
        said = "; write it with dots and without .py" if "/" in text or text.endswith(".py") else ""
        self._wrong(f"{_dotted(path)}: {_quoted(text)} is no name of a module{said}", *path, text)
        return None

    def _context(self, value: object, *path: str) -> str | None:
        return self._choice(value, "context", CONTEXTS, *path)

    def _choice(self, value: object, said: str, choices: tuple[str, ...], *path: str) -> str | None:
        text = self._typed(value, str, "a string", *path)
        if not isinstance(text, str) or text in choices:
            return text if isinstance(text, str) else None
        near = nearest(text, list(choices)) or f"; it is one of {', '.join(choices)}"
        self._wrong(f"{_dotted(path)}: there is no {said} {_quoted(text)}{near}", *path)
        return None

    def _by_pattern(self, value: object, name: str, check: Callable[..., object]) -> dict[str, object] | None:
        table = self._typed(value, dict, "a table of patterns", name)
        if not isinstance(table, dict):
            return None
        found: dict[str, object] = {}
        for pattern, each in table.items():
            if pattern.startswith("!"):
                self._wrong(f"{name}: the pattern {_quoted(pattern)} cannot begin with !", name, pattern)
            elif self._pattern(pattern, name, pattern) is not None:
                result = check(each, name, pattern)
                if result is not None:
                    found[pattern] = result
        return found

    def _readers(self, value: object, name: str) -> dict[str, EnvReader] | None:
        table = self._typed(value, dict, "a table of functions", name)
        if not isinstance(table, dict):
            return None
        found: dict[str, EnvReader] = {}
        for function, said in table.items():
            if not re.fullmatch(_FUNCTION, function):
                self._wrong(
                    f"{name}: {_quoted(function)} is no qualified name, package.module.function", name, function
                )
            elif isinstance(self._typed(said, dict, "a table such as { name = 0, default = 1 }", name, function), dict):
                found[function] = EnvReader(**dict(self._reader_fields(said, name, function)))  # type: ignore[arg-type]
        return found

    def _reader_fields(self, said: dict[str, object], *path: str) -> Iterator[tuple[str, object]]:
        for field, value in said.items():
            if field not in READER_KEYS:
                self._wrong(
                    f"{_dotted(path)}: there is no {_quoted(field)}{nearest(field, list(READER_KEYS))}", *path, field
                )
                continue
            wanted, _, _ = READER_KEYS[field]
            checked = self._typed(value, wanted, _TYPES[wanted], *path, field)
            if isinstance(checked, int) and not 0 <= checked < 100:
                self._wrong(f"{_dotted((*path, field))} is a position, counted from 0", *path, field)
            elif isinstance(checked, str) and not checked.isidentifier():
                self._wrong(f"{_dotted((*path, field))} is the keyword of an argument", *path, field)
            elif checked is not None:
                yield field.replace("-", "_"), checked

    def _path(self, value: object, name: str) -> str | None:
        text = self._typed(value, str, "a path", name)
        if not isinstance(text, str):
            return None
        if not text.isprintable() or text.endswith(("/", "\\", " ")):
            self._wrong(f"{name} is to be the path of a file", name)
        elif text.startswith(("/", "\\", "~")) or text[1:2] == ":":
            self._wrong(f"{name} is to be a path relative to the folder of this file", name)
        else:
            return text
        return None


_TYPES: dict[type, str] = {
    str: "a string",
    bool: "true or false",
    int: "a whole number",
    float: "a number with a fraction",
    list: "a list",
    dict: "a table",
}


def _kind(value: object) -> str:
    return _TYPES.get(type(value), "a date or time")


def _dotted(path: tuple[str, ...]) -> str:
    return ".".join(part if part in BY_NAME or part in READER_KEYS else _quoted(part) for part in path)


def _quoted(text: str) -> str:
    from secretkey_lint.appearance import looks_generated

    return f'"{text}"' if re.fullmatch(_WORD, text) and not looks_generated(text) else _length(text)


def _length(text: str) -> str:
    return f"a text of {len(text)} characters"
