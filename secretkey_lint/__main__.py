"""`python -m secretkey_lint`, and what the command `secretkey-lint` runs."""

import gc
import os
import sys

from secretkey_lint.cli import main


def run() -> None:
    """Run the command line and end the process."""
    gc.set_threshold(50_000)  # a syntax tree is many objects and no garbage
    status = main()
    try:
        sys.stdout.flush()
    except OSError:
        status = status or 2
    os._exit(status)  # taking the interpreter apart would cost as much as parsing a settings module


if __name__ == "__main__":
    run()
