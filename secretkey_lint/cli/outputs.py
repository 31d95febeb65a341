"""Files that reports go to: refused before the check where they cannot be, written whole or not at all."""

from __future__ import annotations

import os

from secretkey_lint.cli.replacing import replace
from secretkey_lint.errors import ConfigError


def refuse(paths: list[str]) -> None:
    """Raise ConfigError for paths that no report can be written to, so that nobody waits for one in vain."""
    real: set[str] = set()
    for path in paths:
        folder = os.path.dirname(path) or "."
        if os.path.isdir(path):
            raise ConfigError(f"the report cannot be written to {path}: it is a folder")
        if not os.path.isdir(folder):
            raise ConfigError(f"the report cannot be written to {path}: there is no folder {folder}")
        if os.path.realpath(path) in real:
            raise ConfigError(f"two reports would be written to {path}")
        real.add(os.path.realpath(path))


def write_file(path: str, text: str) -> None:
    """Write a report as UTF-8; whoever reads the file meanwhile sees the old one or the new one, never a part.

    What is no regular file, a pipe for instance, is written to as it is. Raises ConfigError where the system refuses.
    """
    content = text.encode("utf-8", "backslashreplace")
    try:
        target = os.path.realpath(path)  # a link stays one
        if os.path.exists(target) and not os.path.isfile(target):
            with open(path, "wb") as file:
                file.write(content)
        else:
            replace(target, content)
    except OSError as error:
        raise ConfigError(f"the report cannot be written to {path}: {error.strerror}") from None
