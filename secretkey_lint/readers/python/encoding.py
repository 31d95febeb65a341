"""How the bytes of a Python file are to be decoded: byte order mark, coding cookie, UTF-8.

Source: https://docs.python.org/3/reference/lexical_analysis.html#encoding-declarations (PEP 263).
"""

from __future__ import annotations

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BLANK = b" \t\f"


def decode(content: bytes) -> tuple[str, str | None]:
    """Return the text, without a byte order mark, and what was wrong, if anything.

    Wrong bytes become U+FFFD, so that what stands beside them can be read.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "encoded in UTF-16, which Python does not read"
    if b"\0" in content:
        return content.removeprefix(_BYTE_ORDER_MARK).decode("utf-8", "replace"), "not text: it holds null bytes"
    encoding = cookie(content)
    if content.startswith(_BYTE_ORDER_MARK):
        content = content[len(_BYTE_ORDER_MARK) :]
        encoding = encoding if encoding is not None and _is_utf_8(encoding) else None
    try:
        return content.decode(encoding or "utf-8"), None
    except (LookupError, ValueError) as error:
        unknown = isinstance(error, LookupError)
    text = content.decode("utf-8", "replace")
    return text, "declared in an encoding that is not known" if unknown else "not valid in its encoding"


def cookie(content: bytes) -> str | None:
    """Return the encoding that a comment in one of the first two lines declares."""
    for line in content[:1024].removeprefix(_BYTE_ORDER_MARK).split(b"\n", 2)[:2]:
        stripped = line.lstrip(_BLANK)
        if not stripped.startswith(b"#"):
            if stripped.strip():
                return None
            continue
        start = stripped.find(b"coding")
        while start >= 0:
            if stripped[start + 6 : start + 7] in (b":", b"=") and (name := _name(stripped[start + 7 :])):
                return name
            start = stripped.find(b"coding", start + 1)
    return None


def _name(text: bytes) -> str:
    """The name of an encoding at the start of `text`, blanks left out; empty if there is none."""
    text = text.lstrip(_BLANK)
    end = 0
    while end < len(text) and (text[end : end + 1].isalnum() or text[end] in b"-_."):
        end += 1
    return _without_line_ends(text[:end].decode("ascii"))


def _without_line_ends(name: str) -> str:
    """An encoding as Python knows it: editors add how lines end (`latin-1-unix`)."""
    normal = name.lower().replace("_", "-")
    for known, standing_for in (
        ("utf-8", "utf-8"),
        ("latin-1", "latin-1"),
        ("iso-8859-1", "latin-1"),
        ("iso-latin-1", "latin-1"),
    ):
        if normal == known or normal.startswith(f"{known}-"):
            return standing_for
    return name


def _is_utf_8(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in ("utf-8", "utf8", "utf-8-sig")
