"""`python -m secretkey_lint`."""

from secretkey_lint.cli import run

run()
