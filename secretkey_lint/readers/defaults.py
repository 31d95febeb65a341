"""Literals that a template reference falls back to: `{{ key | default('…') }}`, `${{ secrets.KEY || '…' }}`, `${env:KEY, '…'}`.

What a shell's `${NAME:-…}` falls back to is said by `entries`.
"""

from __future__ import annotations

import re

_QUOTED = r"(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|\\\"((?:[^\"\\])*)\\\")"
_BEFORE = (
    r"\bd(?:efault)?\s*\(\s*(?:default_value\s*=\s*)?",  # Jinja's filter
    r"\bdefault\s*=\s*",  # Ansible's lookup
    r"\bdefault\s+",  # Go's and Sprig's function, and Helm's pipe
    r"\bor\s+",
    r"\|\|\s*",  # GitHub's expressions
    r"\$\{[^{}]*,\s*",  # Serverless Framework's variables
    r"\A\s*[\"']?\{\{-?\s*(?:quote\s+)?",  # nothing but the literal
)
_DEFAULT = re.compile(rf"(?:{'|'.join(_BEFORE)}){_QUOTED}", re.DOTALL)


def literal_default(text: str) -> tuple[int, int] | None:
    """Return where, in the text of a reference, the literal stands that it falls back to; None where there is none."""
    for match in _DEFAULT.finditer(text):
        group = match.lastindex
        if group is not None and match[group] and "{{" not in match[group]:
            return match.start(group), match.end(group)
    return None
