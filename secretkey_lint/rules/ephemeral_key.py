"""SECRET_KEY is made afresh at every start.

## Why is this bad?
Every restart and every worker has another key. What one has signed the next one refuses: people are logged out,
password-reset links and signed cookies fail, at random where several workers answer. Nothing says why, since a missing
variable stopped nothing.

## Bad
```python title="shop/settings.py"
from django.core.management.utils import get_random_secret_key

SECRET_KEY = get_random_secret_key()
#            ^^^^^^^^^^^^^^^^^^^^^^^ SKL007 warning
```

```python title="shop/settings.py"
import os

from django.core.management.utils import get_random_secret_key

SECRET_KEY = os.environ.get("SECRET_KEY", get_random_secret_key())
#                                         ^^^^^^^^^^^^^^^^^^^^^^^ SKL007 warning
```

```python title="shop/settings.py"
import os
import secrets

SECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_urlsafe(64)
#                                            ^^^^^^^^^^^^^^^^^^^^^^^^^ SKL007 warning
```

```python title="shop/settings.py"
import os

from django.utils.crypto import get_random_string

try:
    SECRET_KEY = os.environ["SECRET_KEY"]
except KeyError:
    SECRET_KEY = get_random_string(50)
    #            ^^^^^^^^^^^^^^^^^^^^^ SKL007 warning
```

```python title="shop/settings.py"
import os
import uuid

if "SECRET_KEY" in os.environ:
    SECRET_KEY = os.environ["SECRET_KEY"]
else:
    SECRET_KEY = f"{uuid.uuid4()}{uuid.uuid4()}"
    #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL007 warning
```

```python title="web/app.py"
import os

from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = os.urandom(32)
#                          ^^^^^^^^^^^^^^ SKL007 warning
```

Who develops restarts all day and is alone: this is said only on request.
```python title="shop/settings/dev.py"
from django.core.management.utils import get_random_secret_key

SECRET_KEY = get_random_secret_key()
#            ^^^^^^^^^^^^^^^^^^^^^^^ SKL007 note
```

## Good
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
```

A key that is made once and kept is the same at every start.
```python title="shop/settings.py"
from django.core.management.utils import get_random_secret_key

try:
    with open("/var/lib/shop/secret_key") as file:
        SECRET_KEY = file.read()
except FileNotFoundError:
    SECRET_KEY = get_random_secret_key()
    with open("/var/lib/shop/secret_key", "w") as file:
        file.write(SECRET_KEY)
```

A script that makes a key for others starts nothing with it.
```python title="bin/make_secret_key.py"
from django.core.management.utils import get_random_secret_key

SECRET_KEY = get_random_secret_key()
print(f"SECRET_KEY={SECRET_KEY}")
```

In tests a key that nobody keeps is as good as any.
```python title="tests/settings.py"
from django.core.management.utils import get_random_secret_key

SECRET_KEY = get_random_secret_key()
```

```python title="shop/settings.py"
import os

# SECRET_KEY = get_random_secret_key()
SECRET_KEY = os.environ["SECRET_KEY"]
```

What is random besides the key is none.
```python title="shop/settings.py"
import os
import secrets

SECRET_KEY = os.environ["SECRET_KEY"]
RUN_ID = secrets.token_hex(8)
```

```python title="tests/conftest.py"
import secrets

from django.conf import settings

settings.configure(SECRET_KEY=secrets.token_urlsafe(64))
```
"""

from __future__ import annotations

from secretkey_lint.appearance import is_variable_name
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.rule import Rule, Violation
from secretkey_lint.model.value import EnvLookup, Random
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact

_HARM = "every restart and every worker has another key, which breaks sessions, reset links and signed cookies"


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a key that is made afresh at every start.

    Not for one in SECRET_KEY_FALLBACKS: nothing was ever signed with it, so that nothing breaks.
    """
    match fact:
        case Binding(value=EnvLookup(name=variable, default=Random() as made)):
            missing = f"where {variable} is not set" if is_variable_name(variable) else "where nothing else is set"
            said = f"{fact.name} is made afresh {missing}"
        case Binding(value=Random() as made):
            said = f"{fact.name} is made afresh here"
        case _:
            return
    if is_fallbacks_name(fact.name) or not fact.is_used:
        return
    yield Violation(made.span, f"{said}: {_HARM}", also="every restart and every worker has another key, too")


RULE = Rule(
    code="SKL007",
    name="ephemeral-key",
    since="0.1.0",
    verdict="ephemeral",
    help='Make one key, keep it outside the repository, and read it without a default: os.environ["SECRET_KEY"].',
    check=check,
    documentation=__doc__,
)
