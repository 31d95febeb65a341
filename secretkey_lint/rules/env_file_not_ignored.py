"""An environment file holds the key, and nothing keeps it out of the repository.

## Why is this bad?
The key belongs in a file such as `.env`, and that file out of the repository. As long as no line in `.gitignore` names
it, the next `git add .` publishes it, and what has been pushed once stays in the history.

Where git tracks the file already, the key is published: that is SKL005, whose message then says that the file is not
ignored either. A file that is only lying there is looked for when a whole folder is checked, not in a commit hook.

## Bad
```dotenv title=".env" untracked
DEBUG=off
SECRET_KEY=q1w2e3r4t5z6u7
#          ^^^^^^^^^^^^^^ SKL012 warning
```

```dotenv title=".envs/.production/.django" untracked
DJANGO_SECRET_KEY='v9#2kq$7x!m4@w8z&b5^n1*r3(t6)y0p_d-f=g+hj%ls1'
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL012 warning
```

## Good
With `.env` in `.gitignore`, nothing is said of the file. Nor is it of one that holds no key, or that is made to be read.
```dotenv title=".env" untracked
SECRET_KEY=
SECRET_KEY_FILE=/run/secrets/django
```

```dotenv title=".env.example" untracked
SECRET_KEY=change-me
```

```dotenv title=".env" untracked
# SECRET_KEY=change-me
SECRET_KEY=${KEY_FROM_VAULT}
```
"""

from __future__ import annotations

from secretkey_lint.model.binding import EnvironmentFile
from secretkey_lint.model.rule import Rule, Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a file with the key that git tracks, or that it would track after `git add .`."""
    match fact:
        case EnvironmentFile(tracked=False, ignored=False):
            yield Violation(
                fact.span,
                f"{fact.name} is in a file that git neither tracks nor ignores, so that the next git add would publish it; "
                f"put {fact.line} into .gitignore",
            )
        case EnvironmentFile(tracked=True):
            yield Violation(
                fact.span,
                f"{fact.name} is in an environment file that git tracks",
                also="" if fact.ignored else f"nothing in .gitignore keeps the file out ({fact.line} would)",
            )


RULE = Rule(
    code="SKL012",
    name="env-file-not-ignored",
    since="0.1.0",
    verdict="unprotected",
    help="Name the file in .gitignore; if git tracks it already, take it out (git rm --cached) and make a new key.",
    check=check,
    documentation=__doc__,
    rank=-1,
)
