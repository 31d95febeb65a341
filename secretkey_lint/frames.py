"""Code frames: the line that a diagnostic, or a step of its way, is about, with everything in it masked that may be secret."""

from __future__ import annotations

from secretkey_lint.appearance import is_variable_name, looks_generated, names_a_key
from secretkey_lint.model.diagnostic import Frame
from secretkey_lint.quoting import end_of_text, quotes_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from secretkey_lint.model.source import Span

    Stretch = tuple[int, int]
    """Offsets in a line between which a value stands, quotes included."""

MASK = "•" * 8
"""What stands in the place of a value, however long it is."""

MAX_BEFORE = 500
"""Characters before a value beyond which nothing of them is shown, since masking them would cost too much."""

MAX_WIDTH = 100
"""Characters of code that are shown before a value."""

PYTHON = (".py", ".pyi", ".pyw")
"""Files in which a text is quoted; elsewhere any word may be a value."""

_SEPARATORS = "=:,;([{<>}])\"'"

_CLOSING = ")]},;"

_OPENING = "-{[(<\"',"

_FORMATS = frozenset(
    """
    - ARG CMD ENTRYPOINT ENV Environment LABEL RUN args command ds data entrypoint env environment envs exec export key
    name release run script set setenv settings stringData value variables vars web worker
    """.split()
)
"""Words that formats and commands are made of: what is told of a line by showing them is nothing of a key."""


def frame(line: str, span: Span, values: Sequence[Stretch] = ()) -> Frame | None:
    """Return the masked frame for `span`, whose first line is `line`; None where the span is empty.

    Shown is what stands before the value, in which quoted texts are masked unless they are names of variables, and
    the closing brackets behind it. Nothing else of the line is, since it may hold another key. `values` are those of
    the line that readers know of; what looks like a name in one of them is none.
    """
    start = span.start.column - 1
    if start > MAX_BEFORE:  # no line that anybody reads
        line, start = "", 0
    one_line = span.start.line == span.end.line
    if one_line and span.end.column <= span.start.column:
        return None
    end = span.end.column - 1 if one_line and line else len(line)
    before, value, behind = (
        _hidden(line[:start], values),
        line[start:end],
        line[end : end + MAX_BEFORE] if one_line else "",
    )
    opening = value[:1] if value[:1] in "'\"" and len(value) > 1 else ""
    hidden = f"{opening}{MASK}{opening if one_line else ''}"
    closing = behind[: len(behind) - len(behind.lstrip(_CLOSING))]
    indent = len(before) - len(before.lstrip())
    shown = masked(before[indent:].replace("\t", " "), span.path)
    if len(shown) > MAX_WIDTH:
        shown = "… " + shown[-MAX_WIDTH:]
    return Frame(shown + hidden + closing, len(shown) + 1, len(hidden))


def masked(code: str, path: str) -> str:
    """Return code of the file at `path` with what may be a key masked: quoted texts, and words that are values."""
    shown = _masked_texts(code)
    return shown if path.endswith(PYTHON) else _masked_words(shown)


def step_frame(line: str, span: Span, message: str, values: Sequence[Stretch] = ()) -> Frame | None:
    """Return the masked frame of a place that a value comes by; None where there is nothing to be shown.

    `line` is that on which `span` begins. One of Python does not begin within a text. All of it is shown up to a comment,
    with texts masked unless they are names of variables or of a module that `message` names, and with what may be
    generated. Of other formats little is shown but names that are given something, up to the end of the span; `values`
    are those of the line that readers know of.
    """
    if len(line) > MAX_BEFORE:
        return None
    if not span.path.endswith(PYTHON):
        return _entry_frame(line, span, message, values)
    indent = len(line) - len(line.lstrip())
    start = span.start.column - 1 - indent
    end = (span.end.column - 1 if span.end.line == span.start.line else len(line.rstrip())) - indent
    shown, at, first, behind = "", 0, -1, -1
    for code, piece in _pieces_of_code(line[indent:].rstrip().replace("\t", " "), message):
        exact = code == piece
        if at <= start < at + len(code):
            first = len(shown) + (start - at if exact else 0)
        if at < end <= at + len(code):
            behind = len(shown) + (end - at if exact else len(piece))
        shown, at = shown + piece, at + len(code)
    if first < 0:
        return None
    shown = shown.rstrip()  # behind it stood a comment
    return Frame(shown, first + 1, max(1, (behind if behind >= 0 else len(shown)) - first))


def _entry_frame(line: str, span: Span, message: str, values: Sequence[Stretch]) -> Frame | None:
    """The frame of a place in a file that is no Python: a value, a name with what it is given, or a module's name."""
    start = span.start.column - 1
    end = span.end.column - 1 if span.end.line == span.start.line else len(line)
    if not line or end <= start or (start, end) in values:
        return frame(line, span, values) if line else None
    named = line[start:end] in message.split()  # which tells nothing that the message does not
    within = [(begin - start, behind - start) for begin, behind in values]
    shown = _entry(_hidden(line[:start], values).lstrip())
    marked = line[start:end] if named else _entry(_hidden(line[start:end], within))
    behind = line[end:] if span.end.line == span.start.line else ""
    closing = behind[: len(behind) - len(behind.lstrip(_CLOSING + "\"'"))] if named else ""
    if len(shown) > MAX_WIDTH:
        shown = "… " + shown[-MAX_WIDTH:]
    return Frame(shown + marked + closing, len(shown) + 1, len(marked))


def _hidden(code: str, values: Iterable[Stretch]) -> str:
    """The beginning of a line with the values masked that readers know of; quotes are kept around them."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(values):
        begin = max(start, at)
        if at <= begin < min(end, len(code)):
            quote = code[start] if start >= at and code[start] in "'\"" else ""
            pieces += [code[at:begin], quote, MASK, quote if end <= len(code) else ""]
            at = end
    return "".join(pieces) + code[at:]


def _entry(code: str) -> str:
    """What is shown of a piece of a line: words of formats where it begins, names that are given something, references."""
    pieces: list[str] = []
    is_plain = True  # whether all is shown so far
    at = 0
    while at < len(code):
        end = at
        while end < len(code) and not code[end].isspace():
            end += 1
        if end > at:
            word = code[at:end]
            piece = _entry_word(word, code[end:].lstrip()[:1], is_plain, end == len(code))
            is_plain = is_plain and piece == word
            if piece == MASK and len(pieces) > 1 and pieces[-2].endswith(MASK):
                pieces.pop()
            else:
                pieces.append(piece)
        if end < len(code):
            pieces.append(" ")
        at = end + 1
    return "".join(pieces)


def _entry_word(word: str, following: str, is_plain: bool, is_last: bool) -> str:
    """What is shown of a word, and of what it is given in it; `following` is the sign behind it, or what else is there."""
    core = word.lstrip(_OPENING)
    opening = word[: len(word) - len(core)]
    if not core or core in ("=", ":"):
        return word if is_plain or (is_last and not core) else MASK
    at = next((at for at, character in enumerate(core) if character in "=:"), len(core))
    name, given = core[:at].rstrip("\"'"), core[at + 1 :]
    if (at < len(core) or following in ("=", ":")) and _is_name(name):
        return opening + core[: at + 1] + (given if _is_reference(given) else MASK if given else "")
    return word if is_plain and core in _FORMATS else MASK


def _is_name(word: str) -> bool:
    return is_variable_name(word) or word in _FORMATS or names_a_key(word)


def _is_reference(text: str) -> bool:
    """Whether a text is one variable: `$NAME`, `${NAME}`, `"$NAME"`; or nothing but quotes. `$name` may be a key."""
    said = text.strip("\"'")
    name = said.strip("${}")
    return not said or (said.startswith("$") and name.isidentifier() and name.isupper())


def _pieces_of_code(code: str, message: str) -> Iterator[tuple[str, str]]:
    """The texts, words and signs of a line up to a comment, each with what is shown of it."""
    at = 0
    while at < len(code) and code[at] != "#":
        end = at + 1
        if code[at] in "'\"":
            end = _end_of_masked(code, at)
            yield code[at:end], _masked_text(code[at:end], message)
        elif _is_in_word(code[at]):
            while end < len(code) and _is_in_word(code[end]):
                end += 1
            word = code[at:end]
            is_code = word.isidentifier() and len(word) < 40 and not looks_generated(word)
            yield word, word if is_code or len(word) < 6 else MASK
        else:
            yield code[at], code[at]
        at = end


def _end_of_masked(code: str, start: int) -> int:
    """The offset behind a text, or the end: a brace left open may be of an f-string, in which texts have the same quotes."""
    end = end_of_text(code, start)
    return end if code.count("{", start, end) == code.count("}", start, end) else len(code)


def _is_in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _masked_text(quoted: str, message: str = "") -> str:
    """A text with its quotes, or as much of it as a line has, masked unless it is empty or a name."""
    quotes = quotes_at(quoted, 0)
    closing = quotes if len(quoted) >= 2 * len(quotes) and quoted.endswith(quotes) else ""
    text = quoted[len(quotes) : len(quoted) - len(closing)]
    is_module = "." in text and text.replace(".", "_").isidentifier() and text in message.split()
    return quotes + (text if is_module or is_variable_name(text) else MASK if text else "") + closing


def _masked_texts(code: str) -> str:
    """`code` with quoted texts masked, and long words outside of them: both may be keys."""
    pieces: list[str] = []
    at = 0
    while at < len(code):
        character = code[at]
        if character in "'\"":
            end = _end_of_masked(code, at)
            pieces.append(_masked_text(code[at:end]))
            at = end
        else:
            end = at
            while end < len(code) and code[end] not in "'\"" and not code[end].isspace():
                end += 1
            word = code[at:end] or character
            pieces.append(word if len(word) < 40 or word.replace(".", "_").isidentifier() else MASK)
            at += len(word)
    return "".join(pieces)


def _masked_words(shown: str) -> str:
    """`shown` with unquoted values masked: words behind a separator that are no name of what follows."""
    pieces: list[str] = []
    at, behind = 0, False
    while at < len(shown):
        end = at
        while end < len(shown) and shown[end] not in _SEPARATORS and not shown[end].isspace():
            end += 1
        word = shown[at:end]
        names = shown[end:].lstrip()[:1] in ("=", ":", "(") or is_variable_name(word)
        pieces.append(word if not behind or names or len(word) < 3 or word == MASK else MASK)
        if end < len(shown):
            behind = behind or shown[end] in _SEPARATORS
            pieces.append(shown[end])
        at = end + 1
    return "".join(pieces)
