"""A literal reaches SECRET_KEY.

## Why is this bad?
Whoever can read the repository, now or at any time later, knows the key, and with it forges sessions,
password-reset links and signed cookies. That goes for everything that the repository alone determines: a string
put together from pieces, decoded, hashed or taken from another variable is as public as one that is written out.

## Bad
```python title="shop/settings.py"
SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"
#            ^^^^^^^^^^^^^^^^^^^^^^ SKL001 error
```

`check --fix --unsafe-fixes` makes of it:
```python title="shop/settings.py" fixed
import os

SECRET_KEY = os.environ["SECRET_KEY"]
```

```python title="shop/settings.py"
import base64

_signing = base64.b64decode("OGYzazJxOXg3djVuMW00YjZjMHo=")
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL001 error
SECRET_KEY = _signing.decode()
```

```python title="shop/settings.py"
class Production:
    DEBUG, SECRET_KEY = False, "k7" + "w3p9"
    #                          ^^^^^^^^^^^^^ SKL001 error
```

```python title="manage.py"
import os

os.environ["DJANGO_SECRET_KEY"] = "q1w2e3r4t5"
#                                 ^^^^^^^^^^^^ SKL001 error
```

```python title="web/app.py"
from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = "not very hidden"
#                          ^^^^^^^^^^^^^^^^^ SKL001 error
app.secret_key = "not very secret either"
#                ^^^^^^^^^^^^^^^^^^^^^^^^ SKL001 error
```

A literal that only a true `DEBUG` reaches is one for development: a warning, no error.
```python title="shop/settings.py"
import os

DEBUG = os.environ.get("DEBUG") == "1"
if DEBUG:
    SECRET_KEY = "for my machine"
    #            ^^^^^^^^^^^^^^^^ SKL003 warning
else:
    SECRET_KEY = os.environ["SECRET_KEY"]
```

In tests it is normal, and said only on request.
```python title="tests/settings.py"
SECRET_KEY = "in our tests"
#            ^^^^^^^^^^^^^^ SKL001 note
```

A key that is commented out is still published, if it is one.
```python title="shop/settings.py"
import os

# SECRET_KEY = "v9#2kq$7x!m4@w8z&b5^n1*r3(t6)y0p_d-f=g+hj%ls1"
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL001 warning
SECRET_KEY = os.environ["SECRET_KEY"]
```

## Good
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
```

```python title="shop/settings.py"
from pathlib import Path

SECRET_KEY_FILE = "/run/secrets/django_secret_key"
SECRET_KEY = Path(SECRET_KEY_FILE).read_text().strip()
```

Names that merely end alike, texts about the key and comparisons with one are no bindings.
```python title="shop/settings.py"
import os

from django.core.exceptions import ImproperlyConfigured

AWS_SECRET_KEY = "another tool's business"
SECRET_KEY_NAME = "DJANGO_SECRET_KEY"
HELP = {"SECRET_KEY": "Signs cookies, see the deployment guide."}
SECRET_KEY = os.environ["SECRET_KEY"]
if SECRET_KEY == "changeme":
    raise ImproperlyConfigured("SECRET_KEY is still the example's")
```

```python title="shop/settings.py"
SECRET_KEY = "{{ secret_key }}"
```

```python title="shop/settings.py"
# SECRET_KEY = "your key here"
SECRET_KEY = ""
```

A key that stands in for nothing: it is asked for, compared or only spoken of.
```python title="shop/forms.py"
from django import forms


class SetupForm(forms.Form):
    secret_key = forms.CharField(label="Secret key", initial="")
```

```python title="shop/middleware.py"
from django.conf import settings


def is_unsafe() -> bool:
    return settings.SECRET_KEY == "8f3k2q9x7v5n1m4b6c0z"
```

```python title="shop/settings.py"
import json

with open("/etc/shop/secrets.json") as file:
    SECRET_KEY = json.load(file)["SECRET_KEY"]
```
"""

from __future__ import annotations

from secretkey_lint.appearance import looks_generated
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.rule import Rule, Violation
from secretkey_lint.model.value import Literal
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a literal that is the key."""
    match fact:
        case Binding(value=Literal() as literal, medium="python", fallback=False, name=name) if not is_fallbacks_name(
            name
        ):
            is_used = not any(guard.kind in ("commented", "unreachable") for guard in fact.guards)
            yield Violation(
                literal.span,
                f"{name} is {literal.in_words} that everybody who reads the repository knows"
                if is_used
                else f"{literal.in_words} for {name} is published here, though it is not used",
                looks_generated(literal.text),
                literal.via,
            )


RULE = Rule(
    code="SKL001",
    name="hardcoded-secret-key",
    since="0.1.0",
    verdict="leak",
    help='Read the key from the environment, without a default: os.environ["SECRET_KEY"]. '
    "A key that was committed stays in the history: make a new one.",
    check=check,
    documentation=__doc__,
    fixes=("read_from_environment",),
)
