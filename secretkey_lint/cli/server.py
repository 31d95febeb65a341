"""`secretkey-lint server`: the language server, for editors."""

from __future__ import annotations

import os
import sys

from secretkey_lint.cli import CLEAN, complain
from secretkey_lint.errors import ConfigError

LEFT = 1
"""The exit status that the protocol asks for where the editor went without taking its leave."""


def server() -> int:
    """Serve the editor at the standard streams, and return the exit status. Raises ConfigError without the extra `lsp`."""
    missing = ""
    try:
        from secretkey_lint.server.serving import serve
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing == "secretkey_lint":
            raise
    if missing:
        raise ConfigError(f"the server needs {missing}, which the extra lsp has: pip install 'secretkey-lint[lsp]'")
    if sys.stdin is None:
        raise ConfigError("the standard input is closed; an editor is to speak to the server through it")
    if sys.stdin.isatty():
        complain("an editor is to start this, and to speak the Language Server Protocol with it; Ctrl+C ends it")
    target = os.fdopen(os.dup(sys.stdout.fileno()), "wb")  # its end is not that of our own
    return CLEAN if serve(sys.stdin.buffer, target) else LEFT
