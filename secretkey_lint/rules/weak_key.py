"""A key that Django itself calls weak, or a generator that yields too little.

## Why is this bad?
A short or monotonous key is found by trying: whoever has one signed cookie tries keys against it at home, billions
a second, unseen. Django's `check --deploy` therefore asks for 50 characters, 5 of them different, in SECRET_KEY
(`security.W009`) and in SECRET_KEY_FALLBACKS (`security.W025`), but it sees only the key it is run with.

What is written out in the repository is known to everybody, which is worse: other rules speak for it, and their message
says that it is weak, too. The prefix `django-insecure-`, of which Django warns in the same breath, is SKL002's.

## Bad
```python title="shop/settings.py"
SECRET_KEY = "k7w3p9"
#            ^^^^^^^^ SKL001 error
```

```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = ["abababababababababababababababababababababababababab"]
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL004 error
```

A generator that is asked for too little is also one that runs at every start, which the message says, too.
```python title="shop/settings.py"
import os

from django.utils.crypto import get_random_string

SECRET_KEY = os.environ.get("SECRET_KEY") or get_random_string(20)
#                                            ^^^^^^^^^^^^^^^^^^^^^ SKL008 warning
```

```python title="shop/settings.py"
import os
import secrets

try:
    SECRET_KEY = os.environ["SECRET_KEY"]
except KeyError:
    SECRET_KEY = secrets.token_hex(16)
    #            ^^^^^^^^^^^^^^^^^^^^^ SKL008 warning
```

```python title="shop/settings.py"
import random
import string

CHARACTERS = string.ascii_letters + string.digits
SECRET_KEY = "".join(random.choice(CHARACTERS) for _ in range(20))
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL008 warning
```

```python title="shop/settings.py"
import os
import uuid

SECRET_KEY = os.environ.get("SECRET_KEY", uuid.uuid4().hex)
#                                         ^^^^^^^^^^^^^^^^ SKL008 warning
SECRET_KEY_FALLBACKS = [str(uuid.uuid4())]
#                       ^^^^^^^^^^^^^^^^^ SKL008 warning
```

## Good
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = [os.environ["OLD_SECRET_KEY"]]
```

What a generator yields is not measured where its length is not known.
```python title="shop/settings.py"
import os
import secrets

SECRET_KEY_FALLBACKS = [secrets.token_urlsafe(int(os.environ["BYTES"]))]
```

A short key in tests harms nobody.
```python title="tests/settings.py"
import secrets

SECRET_KEY = secrets.token_hex(8)
```

```python title="shop/settings.py"
import os

SECRET_KEY = os.environ.get("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = []
```

What is long enough is not weak; that it is made afresh is SKL007's business, and nobody's in tests.
```python title="tests/settings.py"
import secrets

SECRET_KEY = secrets.token_hex(25)
```

What is short besides the key is not asked about.
```python title="shop/settings.py"
import os
import secrets

SECRET_KEY = os.environ["SECRET_KEY"]
CSP_NONCE = secrets.token_hex(4)
CSRF_COOKIE_NAME = "csrf"
```
"""

from __future__ import annotations

from secretkey_lint.appearance import STRONG_LENGTH, STRONG_VARIETY, is_insecure_key, is_weak
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.rule import Rule, Violation
from secretkey_lint.model.value import EnvLookup, Literal, Random
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a key that Django's own check would refuse."""
    match fact:
        case Binding(medium="text"):  # what it is bound to is not known
            return
        case (
            Binding(value=Literal() | Random() as value)
            | Binding(value=EnvLookup(default=Literal() | Random() as value))
        ) if fact.is_used:
            pass
        case _:
            return
    identity = "security.W025" if is_fallbacks_name(fact.name) else "security.W009"
    match value:
        case Literal(span=span, text=text, via=via) as literal if is_weak(text) and not is_insecure_key(text):
            yield Violation(
                span,
                f"{fact.name} is {literal.in_words} that Django itself calls weak: it asks for "
                f"{STRONG_LENGTH} characters, {STRONG_VARIETY} of them different ({identity})",
                related=via,
                also=f"Django itself calls it weak, too ({identity})",
            )
        case Random(span=span, length=int() as length) if length < STRONG_LENGTH:
            yield Violation(
                span,
                f"{fact.name} is made of {length} random characters, where Django itself asks for "
                f"{STRONG_LENGTH} ({identity})",
                also=f"Django itself calls {length} characters weak ({identity})",
            )


RULE = Rule(
    code="SKL008",
    name="weak-key",
    since="0.1.0",
    verdict="weak",
    help="Make a key with django.core.management.utils.get_random_secret_key(), once, keep it outside the repository, "
    'and read it without a default: os.environ["SECRET_KEY"].',
    check=check,
    documentation=__doc__,
    rank=1,
)
