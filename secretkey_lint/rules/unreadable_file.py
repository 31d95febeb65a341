"""A file could not be parsed or decoded as what it is; it was scanned as text.

## Why is this bad?
What could not be read may hold a key all the same. Such a file is read line by line instead, so that a key that a
person would see is still found, but nobody can be sure: better to know than to take silence for a clean bill.

## Bad
```python title="shop/settings.py"
print "starting"
#              ^ SKL900 warning
SECRET_KEY = "q1w2e3r4t5z6u7"
#            ^^^^^^^^^^^^^^^^ SKL001 error
```

## Good
```python title="shop/settings.py"
print("starting")
SECRET_KEY = ""
```
"""

from __future__ import annotations

from secretkey_lint.model.binding import Damage
from secretkey_lint.model.rule import Rule, Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for what could not be read."""
    match fact:
        case Damage(span=span, reason=reason, scanned=scanned):
            outcome = "it was scanned as text" if scanned else "nothing of it was looked at"
            yield Violation(span, f"this file could not be read in full: {reason}; {outcome}")


RULE = Rule(
    code="SKL900",
    name="unreadable-file",
    since="0.1.0",
    verdict="unreadable",
    help="Mend the file, or look through it by eye.",
    check=check,
    documentation=__doc__,
)
