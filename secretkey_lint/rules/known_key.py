"""The key is a published one: from a tutorial, a template, the defaults of a program, a word list.

## Why is this bad?
Nobody has to read your repository to know such a key, nor to know that you use it: tools try all of them against one
signed cookie within a second. Apache Superset was taken over by the thousand that way (CVE-2023-27524). A key of your own that
leaks is found by those who look; a published one is found by everybody who tries.

Keys are recognised by digest, so that neither this program nor its repository has them. Where they come from is said in
[known keys](../known-keys.md). Stand-ins that everybody writes (`changeme`, `secret`) are in no publication in particular; other
rules speak for them.

How loudly follows from where the key stands, as for every other literal: an error in production, a warning in
development, a note in tests. In an example, a published stand-in is what should stand there. A published key that looks
generated is a warning there, like any other: it is of no harm itself, but who copies the example starts with it.

## Bad
```python title="web/config.py"
import os


class Config:
    SECRET_KEY = os.environ.get("SECRET_KEY") or "you-will-never-guess"
    #                                            ^^^^^^^^^^^^^^^^^^^^^^ SKL006 error
```

```python title="shop/settings.py"
SECRET_KEY = "CHANGEME!!!"
#            ^^^^^^^^^^^^^ SKL006 error
```

```dotenv title="deploy/superset.env"
SECRET_KEY=TEST_NON_DEV_SECRET
#          ^^^^^^^^^^^^^^^^^^^ SKL006 error
```

```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = ["hard to guess " + "string"]
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL006 error
```

In tests it does what it was published for.
```python title="tests/settings.py"
SECRET_KEY = "django_tests_secret_key"
#            ^^^^^^^^^^^^^^^^^^^^^^^^^ SKL006 note
```

## Good
```python title="web/config.py"
import os


class Config:
    SECRET_KEY = os.environ["SECRET_KEY"]
```

A stand-in in an example is what belongs there.
```dotenv title=".env.example"
DJANGO_SECRET_KEY=!!!SET DJANGO_SECRET_KEY!!!
```

```markdown title="docs/deployment.md"
Set `SECRET_KEY = "you-will-never-guess"` to something that nobody will guess.
```

To refuse a published key is no use of it.
```python title="shop/settings.py"
import os

from django.core.exceptions import ImproperlyConfigured

SECRET_KEY = os.environ["SECRET_KEY"]
if SECRET_KEY in ("CHANGEME!!!", "you-will-never-guess", "hard to guess string"):
    raise ImproperlyConfigured("SECRET_KEY is a published one")
```

What a publication has elsewhere than in the key is not asked for.
```python title="shop/settings.py"
import os

PASSPHRASE = "hard to guess string"
SECRET_KEY = os.environ["SECRET_KEY"]
```
"""

from __future__ import annotations

from secretkey_lint.appearance import looks_generated
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.rule import Rule, Violation
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.publications import where_published

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a key that is published elsewhere."""
    match fact:
        case Binding(value=Literal() as literal) | Binding(value=EnvLookup(default=Literal() as literal)):
            said = where_published(literal.text)
            if said is not None:
                name = fact.name or "this"
                if not fact.is_used:
                    begins = f"an unused key for {name} is the one"
                elif fact.fallback or isinstance(fact.value, EnvLookup):
                    begins = f"{name} falls back to a key"
                else:
                    begins = f"{name} is a key"
                yield Violation(
                    literal.span,
                    f"{begins} that is published in {said}",
                    looks_generated(literal.text),
                    literal.via,
                )


RULE = Rule(
    code="SKL006",
    name="known-key",
    since="0.1.0",
    verdict="leak",
    help="Make a key of your own with django.core.management.utils.get_random_secret_key(), keep it outside the "
    'repository, and read it without a default: os.environ["SECRET_KEY"].',
    check=check,
    documentation=__doc__,
    fixes=("drop_default", "read_from_environment", "drop_former_key", "require_variable", "empty_value"),
    rank=2,
)
