"""An environment lookup, `or`, `except` or `else` falls back to a literal.

## Why is this bad?
Where the variable is missing nothing fails: the application starts with a key that everybody can read here, and
nobody notices. That is how most keys that were "moved to the environment" still leak.

## Bad
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ.get("SECRET_KEY", "dev-key-123456")
#                                         ^^^^^^^^^^^^^^^^ SKL003 error
```

`check --fix --unsafe-fixes` makes of it:
```python title="shop/settings.py" fixed
import os

SECRET_KEY = os.environ["SECRET_KEY"]
```

```python title="shop/settings.py"
from decouple import config

DEFAULT = "dev-key-123456"
#         ^^^^^^^^^^^^^^^^ SKL003 error
SECRET_KEY = config("SECRET_KEY", default=DEFAULT, cast=str)
```

```python title="shop/settings.py"
import environ

env = environ.Env(SECRET_KEY=(str, "dev-key-123456"))
#                                  ^^^^^^^^^^^^^^^^ SKL003 error
SECRET_KEY = env("SECRET_KEY")
```

`check --fix --unsafe-fixes` makes of it:
```python title="shop/settings.py" fixed
import environ

env = environ.Env(SECRET_KEY=str)
SECRET_KEY = env("SECRET_KEY")
```

```python title="shop/settings.py"
import os

SECRET_KEY = os.environ.get("SECRET_KEY") or "dev-key-123456"
#                                            ^^^^^^^^^^^^^^^^ SKL003 error
```

```python title="shop/settings.py"
import os

try:
    SECRET_KEY = os.environ["SECRET_KEY"]
except KeyError:
    SECRET_KEY = "dev-key-123456"
    #            ^^^^^^^^^^^^^^^^ SKL003 error
```

```python title="shop/settings.py"
import os


def get_secret(name, default="dev-key-123456"):
    #                        ^^^^^^^^^^^^^^^^ SKL003 error
    return os.environ.get(name, default)


SECRET_KEY = get_secret("SECRET_KEY")
```

A variable that is not set is turned into the text `None` here, which is a key like any other.
```python title="shop/settings.py"
import os

SECRET_KEY = str(os.environ.get("SECRET_KEY"))
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL003 error
```

```python title="shop/conf.py"
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class Conf(BaseSettings):
    secret_key: SecretStr = Field(default=SecretStr("dev-key-123456"))
    #                                               ^^^^^^^^^^^^^^^^ SKL003 error
```

A default that is refused outside of development is one for development.
```python title="shop/settings.py"
import os

DEBUG = os.environ.get("DEBUG") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "dev-key-123456")
#                                         ^^^^^^^^^^^^^^^^ SKL003 warning
if not DEBUG and SECRET_KEY == "dev-key-123456":
    raise RuntimeError("SECRET_KEY is not set")
```

## Good
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY")
```

Django refuses to start with an empty key.
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ.get("SECRET_KEY", "")
```

A default that is refused everywhere can do no harm.
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ.get("SECRET_KEY", "changeme")
if SECRET_KEY == "changeme":
    raise RuntimeError("SECRET_KEY is not set")
```

```python title="shop/settings.py"
import environ

env = environ.Env(SECRET_KEY=str)
SECRET_KEY = env("SECRET_KEY", str)
```

A default that is no text, or that is empty, is none.
```python title="shop/settings.py"
from decouple import config

SECRET_KEY = config("SECRET_KEY", default=None)
```

```python title="shop/settings.py"
import os

SECRET_KEY = os.environ.get("SECRET_KEY") or os.environ["DJANGO_SECRET_KEY"]
```

```python title="shop/settings.py"
import os
import sys

try:
    SECRET_KEY = os.environ["SECRET_KEY"]
except KeyError:
    sys.exit("SECRET_KEY is not set")
```

```python title="shop/settings.py"
import os


def get_secret(name, default=None):
    return os.environ.get(name, default)


SECRET_KEY = get_secret("SECRET_KEY")
LANGUAGE_CODE = get_secret("LANGUAGE_CODE", "en-us")
```

```python title="shop/conf.py"
from pydantic import SecretStr
from pydantic_settings import BaseSettings


class Conf(BaseSettings):
    secret_key: SecretStr
    site_name: str = "Shop"
```
"""

from __future__ import annotations

from secretkey_lint.appearance import is_variable_name, looks_generated
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.rule import Rule, Violation
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a literal that stands in where a lookup yields nothing."""
    match fact:
        case Binding(value=EnvLookup(name=variable, default=Literal() as literal), medium="python"):
            missing = f"where {variable} is not set" if is_variable_name(variable) else "where nothing else is set"
        case Binding(value=Literal() as literal, medium="python", fallback=True) if not is_fallbacks_name(fact.name):
            missing = "where its other source is missing"
        case _:
            return
    said = f"{fact.name} falls back to {literal.in_words} {missing}"
    if not fact.is_used:
        said = f"{literal.in_words} for {fact.name} is published here, though it is never fallen back to"
    yield Violation(
        literal.span,
        said,
        looks_generated(literal.text),
        literal.via,
    )


RULE = Rule(
    code="SKL003",
    name="unsafe-default",
    since="0.1.0",
    verdict="leak",
    help='Take the default away, so that a missing variable stops the start: os.environ["SECRET_KEY"].',
    check=check,
    documentation=__doc__,
    fixes=("drop_default",),
)
