"""Writes files so that whoever reads one meanwhile sees the old one or the new one, never a part."""

from __future__ import annotations

import os
import stat


def replace(target: str, content: bytes) -> None:
    """Write a regular file, which keeps its permissions if there is one. Raises OSError where the system refuses."""
    beside = os.path.join(os.path.dirname(target), f".secretkey-lint-{os.getpid()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(beside, flags, 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if os.path.exists(target):
            os.chmod(beside, stat.S_IMODE(os.stat(target).st_mode))
        os.replace(beside, target)
    except BaseException:
        if os.path.lexists(beside):
            os.unlink(beside)
        raise
