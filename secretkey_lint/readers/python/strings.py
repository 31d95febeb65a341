"""What string literals say: prefixes, quotes and escapes, without evaluating anything."""

from __future__ import annotations

_SIMPLE_ESCAPES = {
    "\n": "", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}  # fmt: skip


def text_of(token: str) -> str | bytes:
    """Return the value of a string literal as it stands in the source, `rb"…"` for instance."""
    prefix, content = split(token)
    content = unescape(content, is_bytes="b" in prefix) if "r" not in prefix else _with_newlines(content)
    return content.encode("latin-1", "replace") if "b" in prefix else content


def split(token: str) -> tuple[str, str]:
    """Return the prefix, in lower case, and what stands between the quotes."""
    start = min(position for position in (token.find("'"), token.find('"')) if position >= 0)
    quote = 3 if token[start : start + 3] in ("'''", '"""') and len(token) >= start + 6 else 1
    return token[:start].lower(), token[start + quote : -quote]


def unescape(content: str, *, is_bytes: bool = False) -> str:
    """Resolve the escapes of a literal that is not raw; an unknown escape stands for itself."""
    content = _with_newlines(content)
    if "\\" not in content:
        return content
    pieces: list[str] = []
    at = 0
    while (backslash := content.find("\\", at)) >= 0 and backslash + 1 < len(content):
        pieces.append(content[at:backslash])
        piece, at = _escape(content, backslash + 1, is_bytes)
        pieces.append(piece)
    pieces.append(content[at:])
    return "".join(pieces)


def _with_newlines(content: str) -> str:
    """The source as Python reads it: a line ends in a line feed, however it was written."""
    return content.replace("\r\n", "\n").replace("\r", "\n") if "\r" in content else content


def _escape(content: str, at: int, is_bytes: bool) -> tuple[str, int]:
    """Return what the escape whose letter stands at `at` yields, and where it ends."""
    letter = content[at]
    if letter in _SIMPLE_ESCAPES:
        return _SIMPLE_ESCAPES[letter], at + 1
    if letter in "01234567":
        end = at + 1
        while end < at + 3 and content[end : end + 1] and content[end] in "01234567":
            end += 1
        number = int(content[at:end], 8)
        return chr(number & 0xFF if is_bytes else number), end
    width = {"x": 2, "u": 4, "U": 8}.get(letter, 0)
    if width and (letter == "x" or not is_bytes):
        digits = content[at + 1 : at + 1 + width]
        try:
            return chr(int(digits, 16)), at + 1 + width
        except (ValueError, OverflowError):
            return "\\" + letter, at + 1
    if letter == "N" and not is_bytes and content[at + 1 : at + 2] == "{":
        end = content.find("}", at)
        if end > 0:
            import unicodedata

            try:
                return unicodedata.lookup(content[at + 2 : end]), end + 1
            except KeyError:
                return "\ufffd", end + 1
    return "\\" + letter, at + 1
