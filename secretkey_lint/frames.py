"""Code frames: the line that a diagnostic is about, with everything in it masked that may be secret."""

from __future__ import annotations

from secretkey_lint.appearance import is_variable_name
from secretkey_lint.model.diagnostic import Frame

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.source import Span

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


def frame(line: str, span: Span) -> Frame | None:
    """Return the masked frame for `span`, whose first line is `line`; None where the span is empty.

    Shown is what stands before the value, in which quoted texts are masked unless they are names of variables, and
    the closing brackets behind it. Nothing else of the line is, since it may hold another key.
    """
    start = span.start.column - 1
    if start > MAX_BEFORE:  # no line that anybody reads
        line, start = "", 0
    one_line = span.start.line == span.end.line
    if one_line and span.end.column <= span.start.column:
        return None
    end = span.end.column - 1 if one_line and line else len(line)
    before, value, behind = line[:start], line[start:end], line[end : end + MAX_BEFORE] if one_line else ""
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


def _masked_texts(code: str) -> str:
    """`code` with quoted texts masked, and long words outside of them: both may be keys."""
    pieces: list[str] = []
    at = 0
    while at < len(code):
        character = code[at]
        if character in "'\"":
            end = code.find(character, at + 1)
            text = code[at + 1 : end] if end > 0 else code[at + 1 :]
            closing = character if end > 0 else ""
            pieces.append(character + (text if is_variable_name(text) else MASK if text else "") + closing)
            at = end + 1 if end > 0 else len(code)
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
