"""A `django-insecure-` key, wherever it stands.

## Why is this bad?
`startproject` writes such a key into the settings, so that a new project runs, and marks it with this prefix as
one that must not be used. It is in the repository from the first commit on. Django itself warns of it only when
`check --deploy` is asked for.

Unlike other rules this one looks at every committed text file, whatever the key is bound to there.

## Bad
```python title="shop/settings.py"
SECRET_KEY = "django-insecure-7k#w2$q9x!m4@z8v&b5^n1*r3(t6)y0p_d-f=g+hj%s"
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL002 error
```

```python title="shop/settings.py"
import os

SECRET_KEY = os.getenv("SECRET_KEY", "django-insecure-for-local")
#                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL002 error
```

```python title="shop/signing.py"
PEPPER = "django-insecure-7k#w2$q9x!m4@z8v&b5^n1*r3(t6)y0p_d-f=g+hj%s"
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL002 error
```

```text title="deploy/notes.txt"
The key is django-insecure-7k#w2$q9x!m4@z8v&b5^n1*r3(t6)y0p_d-f=g+hj%s for now.
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL002 error
```

## Good
The bare prefix is none, nor is a key that is only compared with.
```python title="shop/checks.py"
from django.conf import settings

PREFIX = "django-insecure-"


def is_unsafe() -> bool:
    if settings.SECRET_KEY == "django-insecure-7k#w2$q9x!m4@z8v&b5^n1*r3(t6)y0p_d-f=g+hj%s":
        return True
    return settings.SECRET_KEY.startswith("django-insecure-")
```

```text title="CHANGELOG"
Keys with the prefix django-insecure- are refused (django-insecure-<key> as startproject makes them).
```

```python title="shop/settings.py"
import os

INSECURE_PREFIX = "django-insecure-"
SECRET_KEY = os.environ["SECRET_KEY"]
assert not SECRET_KEY.startswith(INSECURE_PREFIX)
```

```html title="templates/checks.html"
<p>Replace the key if it begins with <code>django-insecure-</code>, as startproject's keys do.</p>
```
"""

from __future__ import annotations

from secretkey_lint.appearance import is_insecure_key, looks_generated
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.rule import Rule, Violation
from secretkey_lint.model.value import EnvLookup, Literal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a key with the prefix of `startproject`."""
    match fact:
        case Binding(value=Literal() as literal) | Binding(value=EnvLookup(default=Literal() as literal)):
            if is_insecure_key(literal.text):
                yield Violation(
                    literal.span,
                    f"{fact.name or 'this'} is a django-insecure- key, which startproject made for development only",
                    looks_generated(literal.text),
                    literal.via,
                    also="it is a django-insecure- key, too",
                )


RULE = Rule(
    code="SKL002",
    name="insecure-prefix",
    since="0.1.0",
    verdict="leak",
    help='Read the key from the environment, without a default: os.environ["SECRET_KEY"]. '
    "A key that was committed stays in the history: make a new one.",
    check=check,
    documentation=__doc__,
    fixes=("drop_default", "read_from_environment", "drop_former_key", "require_variable", "empty_value"),
    rank=1,
)
