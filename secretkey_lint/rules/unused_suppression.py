"""A suppression that suppresses nothing.

## Why is this bad?
A suppression says that somebody has looked and that all is well. One that suppresses nothing says so of a key that
is gone, and will silence the next one that comes to stand there; one that is misspelt never did what it was written
for. So a marker that names no rule, or one that does not exist, is said as well, and suppresses nothing.

A marker of other tools (`noqa`, `nosec`, `pragma: allowlist secret`) is reported only where it names a rule of ours.

## Bad
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]  # secretkey-lint: ignore[SKL003] only used by the demo
#                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL901 warning
```

The rule that is named is not the one that reports.
```python title="shop/settings.py"
SECRET_KEY = "q1w2e3r4t5z6u7"  # secretkey-lint: ignore[unsafe-default]
#            ^^^^^^^^^^^^^^^^ SKL001 error
#                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL901 warning
```

A suppression names what it suppresses.
```python title="shop/settings.py"
SECRET_KEY = "q1w2e3r4t5z6u7"  # secretkey-lint: ignore
#            ^^^^^^^^^^^^^^^^ SKL001 error
#                                ^^^^^^^^^^^^^^^^^^^^^^ SKL901 warning
```

```python title="shop/settings.py"
SECRET_KEY = "q1w2e3r4t5z6u7"  # secretkey-lint: disable[SKL001]
#            ^^^^^^^^^^^^^^^^ SKL001 error
#                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL901 warning
```

```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]  # noqa: E501, SKL001
#                                        ^^^^^^^^^^^^^^^^^^ SKL901 warning
```

```yaml title="deploy/values.yaml"
# secretkey-lint: ignore-file[SKL1001] made at deployment
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL901 warning
replicas: 3
```

```python title="tests/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]  # secretkey-lint: ignore[SKL001]
#                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL901 note
```

## Good
A marker stands on any line of the statement, names rules by code or name, and may say why.
```python title="shop/settings.py"
SECRET_KEY = "q1w2e3r4t5z6u7"  # secretkey-lint: ignore[SKL001] replaced at deployment
```

```python title="shop/settings.py"
SECRET_KEY = (
    "q1w2e3r4"
    "t5z6u7"
)  # secretkey-lint: ignore[hardcoded-secret-key]
```

```python title="shop/settings.py"
# secretkey-lint: ignore-next-line[SKL001, SKL008]
SECRET_KEY = "q1w2e3r4t5z6u7"
```

In a list a marker is about the item that it stands beside.
```python title="shop/settings.py"
SECRET_KEY_FALLBACKS = [
    "a-former-key-of-ours",  # secretkey-lint: ignore[SKL004] out of use since March
    "a-former-key-of-theirs",  # noqa: SKL004
]
```

Environment files and INI files have no comments behind values.
```dotenv title=".env"
# secretkey-lint: ignore-next-line[SKL005] for docker compose on a laptop
SECRET_KEY=q1w2e3r4t5z6u7
```

```html title="shop/templates/page.html"
{# secretkey-lint: ignore-file[SKL002] #}
<code>django-insecure-7k#w2$q9x!m4@z8v&b5^n1*r3(t6)y0p_d-f=g+hj%s</code>
```

Markers of other tools are honoured, and are for those to judge.
```python title="shop/settings.py"
SECRET_KEY = "q1w2e3r4t5z6u7"  # pragma: allowlist secret
```

```python title="shop/signing.py"
import os

PEPPER = os.environ["PEPPER"]  # noqa
SECRET_KEY = os.environ["SECRET_KEY"]  # nosec B105
```

What stands in a text is no marker, nor is prose that names us.
```python title="shop/checks.py"
# How secretkey-lint: the linter, is run is said in the handbook.
HELP = "write # secretkey-lint: ignore[SKL001] behind it"
```

```markdown title="CONTRIBUTING.md"
Write `# secretkey-lint: ignore[SKL001]` behind the line, or <!-- a comment --> above it.
```
"""

from __future__ import annotations

from secretkey_lint.model.binding import IdleSuppression
from secretkey_lint.model.rule import Rule, Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a suppression that has no effect."""
    match fact:
        case IdleSuppression(span=span, reason=reason):
            yield Violation(span, f"a suppression without effect: {reason}")


RULE = Rule(
    code="SKL901",
    name="unused-suppression",
    since="0.1.0",
    verdict="unused",
    help="Take the marker away, or name the rule that it is meant for.",
    check=check,
    documentation=__doc__,
    fixes=("remove_suppression",),
)
