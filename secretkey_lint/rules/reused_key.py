"""One key is used for more than one thing: by production and elsewhere, or as another credential.

## Why is this bad?
What is copied is known to more people, and stays behind when the original is changed. A key in development settings, a
test or an example is harmless as long as it is theirs alone: where production starts with the same one, that place is
one of production's leaks, whatever its file is called, and is reported as such. So it is an error, which names the
place in production.

Where several files of production have the same key, each is reported already, and its message tells of the
others. The same goes for a key that is a database password or a token key as well: who has one has both, and neither can
be changed without the other. `SIGNING_KEY = SECRET_KEY` is not meant: that changes with the key.

Only what somebody must have copied counts: at least 12 characters, 6 of them different, none of the
[stand-in words](../stand-in-words.md). That two files say `changeme` is no reuse; where production says it, that is an error there.
What development and tests share and production does not have is nobody's concern.

When only the development file is checked, as in a commit, the settings modules and environment files of the repository
are looked through for production's.

## Bad
```python title="shop/config.py"
class Development:
    SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"
    #            ^^^^^^^^^^^^^^^^^^^^^^ SKL011 error


class Testing:
    SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"
    #            ^^^^^^^^^^^^^^^^^^^^^^ SKL011 error


class Production:
    SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"
    #            ^^^^^^^^^^^^^^^^^^^^^^ SKL001 error
```

What is commented out beside its copy is to be taken out with it.
```python title="shop/settings.py"
import os

# SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"
#              ^^^^^^^^^^^^^^^^^^^^^^ SKL011 error
SECRET_KEY = os.environ.get("SECRET_KEY", "8f3k2q9x7v5n1m4b6c0z")
#                                         ^^^^^^^^^^^^^^^^^^^^^^ SKL003 error
```

One place has one diagnostic. That the key is another credential, too, is in its message.
```python title="shop/settings.py"
SECRET_KEY = JWT_SIGNING_KEY = "8f3k2q9x7v5n1m4b6c0z"
#                              ^^^^^^^^^^^^^^^^^^^^^^ SKL001 error
```

## Good
```python title="shop/config.py"
import os


class Testing:
    SECRET_KEY = os.environ["SECRET_KEY"]


class Production:
    SECRET_KEY = os.environ["SECRET_KEY"]
    JWT_SIGNING_KEY = os.environ["JWT_SIGNING_KEY"]
```

A key that is read twice from outside is for whoever keeps it to judge.
```dotenv title=".env.example"
SECRET_KEY=<a key of your own>
JWT_SIGNING_KEY=<another one>
```

Tokens that are signed with the setting change with it.
```python title="shop/settings.py"
import os

SECRET_KEY = os.environ["SECRET_KEY"]
SIMPLE_JWT = {"SIGNING_KEY": SECRET_KEY}
```
"""

from __future__ import annotations

from secretkey_lint.model.binding import Reuse
from secretkey_lint.model.rule import Rule, Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import Step


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a place of a key that is used for more than one thing."""
    match fact:
        case Reuse(elsewhere=elsewhere, in_production=False, credential=credential) if elsewhere:
            said = f"{fact.name or 'this'} is the {fact.length}-character literal that production has in {_paths(elsewhere)}"
            if credential:
                said += f"; {credential} is the same literal"
            yield Violation(fact.span, said, fact.looks_generated, elsewhere)
        case Reuse(elsewhere=elsewhere, credential=credential):  # a leak that is reported: there is only more to say
            also = [f"the same key stands in {_paths(elsewhere)}"] if elsewhere else []
            also += [f"{credential} is the same literal"] if credential else []
            yield Violation(fact.span, "", fact.looks_generated, also="; ".join(also))


def _paths(steps: tuple[Step, ...]) -> str:
    """The files of steps, as words."""
    paths = list(dict.fromkeys(step.span.path for step in steps))
    if len(paths) > 3:
        return f"{paths[0]}, {paths[1]} and others"
    return " and ".join(filter(None, (", ".join(paths[:-1]), paths[-1])))


RULE = Rule(
    code="SKL011",
    name="reused-key",
    since="0.1.0",
    verdict="leak",
    help="Give production a key of its own, which no file has, and every other use another one. "
    "The old one stays in the history: it is to be changed wherever it is used.",
    check=check,
    documentation=__doc__,
    rank=-1,
)
