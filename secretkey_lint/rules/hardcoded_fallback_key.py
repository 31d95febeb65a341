"""A literal in SECRET_KEY_FALLBACKS.

## Why is this bad?
Django accepts what was signed with any of the fallbacks: a former key that everybody can read is as good for
forging sessions as the present one, until it is taken out.

## Bad
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = [
    os.environ["OLD_SECRET_KEY"],
    "the-key-of-last-year",
    #^^^^^^^^^^^^^^^^^^^^^ SKL004 error
]
```

`check --fix --unsafe-fixes` makes of it:
```python title="shop/settings.py" fixed
import os

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = [
    os.environ["OLD_SECRET_KEY"],
]
```

```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = []
SECRET_KEY_FALLBACKS.append("the-key-of-last-year")
#                           ^^^^^^^^^^^^^^^^^^^^^^ SKL004 error
SECRET_KEY_FALLBACKS += ["the-key-of-the-year-before"]
#                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL004 error
```

## Good
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = [os.environ["OLD_SECRET_KEY"]]
```

```python title="shop/settings.py"
SECRET_KEY_FALLBACKS = []
```

```python title="shop/settings.py"
import os

SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split(",")
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
    """Yield a violation for a literal among the former keys."""
    match fact:
        case Binding(value=Literal() as literal, medium="python", name=name) if is_fallbacks_name(name):
            yield Violation(
                literal.span,
                f"{name} holds {literal.in_words}, with which sessions can still be forged",
                looks_generated(literal.text),
                literal.via,
            )


RULE = Rule(
    code="SKL004",
    name="hardcoded-fallback-key",
    since="0.1.0",
    verdict="leak",
    help="Take former keys that were ever committed out; read others from the environment.",
    check=check,
    documentation=__doc__,
    fixes=("drop_former_key",),
)
