"""Decides by its bytes whether a file can bind a key at all; no module is imported for it."""

from __future__ import annotations

NEEDLES = (b"SECRET_KEY", b"secret_key", b"django-insecure-")
"""What a file must contain, one of them, to be looked at more closely."""


def may_hold_a_key(content: bytes) -> bool:
    """Whether a file with this content can bind a key or hold one."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as PowerShell's `>` writes it
        content = content.replace(b"\0", b"")
    return any(needle in content for needle in NEEDLES)
