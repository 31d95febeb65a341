"""SECRET_KEY is computed from what an attacker can find out or guess.

## Why is this bad?
A host name stands in every certificate and mail header, a path in every traceback, a MAC address and the time of the
start are a few million guesses. Whoever knows the formula from the repository and guesses what goes in has the key.
A hash makes it no better: others compute it as easily.

## Bad
```python title="shop/settings.py"
import hashlib
import socket

SECRET_KEY = hashlib.sha256(socket.gethostname().encode()).hexdigest()
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL009 error
```

```python title="shop/settings.py"
import os

SECRET_KEY = os.getcwd() + "/signing"
#            ^^^^^^^^^^^^^^^^^^^^^^^^ SKL009 error
```

```python title="shop/settings.py"
import os
import uuid

SECRET_KEY = os.environ.get("SECRET_KEY", str(uuid.getnode()))
#                                         ^^^^^^^^^^^^^^^^^^^ SKL009 error
```

```python title="shop/settings.py"
import uuid

SECRET_KEY = uuid.uuid5(uuid.NAMESPACE_DNS, str(uuid.getnode())).hex
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL009 error
```

```python title="shop/settings.py"
import datetime
import os

SECRET_KEY = os.environ.get("SECRET_KEY") or f"shop-{datetime.date.today()}"
#                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL009 error
```

```python title="shop/settings.py"
import time

SECRET_KEY = str(time.time())
#            ^^^^^^^^^^^^^^^^ SKL009 error
```

```python title="shop/settings.py"
import getpass
import os

try:
    SECRET_KEY = os.environ["SECRET_KEY"]
except KeyError:
    SECRET_KEY = f"{getpass.getuser()}:{os.getpid()}"
    #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL009 error
```

On a machine for development it is a warning, like a literal.
```python title="shop/settings/dev.py"
import platform

SECRET_KEY = f"dev-{platform.node()}"
#            ^^^^^^^^^^^^^^^^^^^^^^^^ SKL009 warning
```

## Good
What is added to a secret, or to what is random, does not make it known.
```python title="shop/settings.py"
import os
import socket

SECRET_KEY = os.environ["SECRET_KEY"] + socket.gethostname()
```

A path or a date by which the key is found is none.
```python title="shop/settings.py"
import os

HERE = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(HERE, "..", "secret_key.txt")) as file:
    SECRET_KEY = file.read().strip()
```

```python title="shop/settings.py"
import os
import socket

SECRET_KEY = os.environ[f"SECRET_KEY_{socket.gethostname()}"]
```

```python title="shop/settings.py"
import datetime
import os
import socket

STARTED = datetime.datetime.now()
HOST_NAME = socket.gethostname()
SECRET_KEY = os.environ["SECRET_KEY"]
```

```python title="shop/settings.py"
import os
import time

SECRET_KEY = os.environ["SECRET_KEY"]
CACHE_KEY_PREFIX = f"shop-{time.time()}"
```

```python title="shop/settings.py"
import os
import socket

if socket.gethostname().endswith(".internal"):
    SECRET_KEY = os.environ["INTERNAL_SECRET_KEY"]
else:
    SECRET_KEY = os.environ["SECRET_KEY"]
```

```python title="shop/settings.py"
import hashlib
import os
import socket

SECRET_KEY = hashlib.sha256((os.environ["MASTER_KEY"] + socket.gethostname()).encode()).hexdigest()
```

```python title="shop/settings.py"
from pathlib import Path

SECRET_KEY = (Path.home() / ".shop" / "secret_key").read_text()
```
"""

from __future__ import annotations

from secretkey_lint.appearance import is_variable_name
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.rule import Rule, Violation
from secretkey_lint.model.value import Derived, EnvLookup
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact

_GUESSED = "what an attacker can find out or guess: a host name, path, address, user, process, version or time"


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a key that is computed from what can be guessed.

    Unlike a literal one that is not used is not published either: only its formula is.
    """
    match fact:
        case Binding(value=EnvLookup(name=variable, default=Derived() as derived)):
            missing = f"where {variable} is not set" if is_variable_name(variable) else "where nothing else is set"
            said = f"{fact.name} falls back {missing} to"
        case Binding(value=Derived() as derived):
            said = f"{fact.name} holds" if is_fallbacks_name(fact.name) else f"{fact.name} is"
        case _:
            return
    if fact.is_used:
        yield Violation(derived.span, f"{said} a value computed from {_GUESSED}")


RULE = Rule(
    code="SKL009",
    name="predictable-key",
    since="0.1.0",
    verdict="leak",
    help="Make the key with a generator for secrets, django.core.management.utils.get_random_secret_key(), once, keep it "
    'outside the repository, and read it without a default: os.environ["SECRET_KEY"].',
    check=check,
    documentation=__doc__,
)
