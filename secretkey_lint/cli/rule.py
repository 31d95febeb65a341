"""`secretkey-lint rule CODE`: prints a rule's page."""

from __future__ import annotations

import sys

from secretkey_lint import rules
from secretkey_lint.cli import CLEAN
from secretkey_lint.errors import ConfigError, nearest


def rule(wanted: str | None) -> int:
    """Print the page of the rule with this code or name, or the list of all."""
    known = rules.load()
    if wanted is None:
        width = max(len(each.name) for each in known)
        for each in known:
            summary = each.documentation.splitlines()[0]
            sys.stdout.write(f"{each.code}  {each.name:{width}}  {summary}\n")
        return CLEAN
    found = next((each for each in known if wanted.upper() == each.code or wanted.lower() == each.name), None)
    if found is None:
        names = [name for each in known for name in (each.code, each.name)]
        raise ConfigError(f"there is no rule {wanted}{nearest(wanted, names)}")
    sys.stdout.write(page(found.code, found.name, found.documentation))
    return CLEAN


def page(code: str, name: str, documentation: str) -> str:
    """Return a rule's page in Markdown."""
    return f"# {code} {name}\n\n{documentation.strip()}\n"
