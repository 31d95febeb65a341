"""The key stands in a committed file of variables or data, or in what builds or starts a service.

## Why is this bad?
A `.env` file is where the key belongs on a machine, and the last place where it belongs in a repository: everybody
who reads the repository reads it too. The same holds for what sets variables in an image, a service or a script.

## Bad
```dotenv title=".env"
DEBUG=off
SECRET_KEY=q1w2e3r4t5z6u7
#          ^^^^^^^^^^^^^^ SKL005 error
```

```dotenv title="deploy/production.env"
export DJANGO_SECRET_KEY="q1w2e3r4t5z6u7"
#                        ^^^^^^^^^^^^^^^^ SKL005 error
```

A placeholder is known to everybody as well.
```dotenv title=".env"
SECRET_KEY=changeme
#          ^^^^^^^^ SKL005 error
```

What a name says of development or an example counts.
```dotenv title=".env.local"
SECRET_KEY=q1w2e3r4t5z6u7
#          ^^^^^^^^^^^^^^ SKL005 warning
```

```dotenv title=".env.example"
SECRET_KEY=v9#2kq$7x!m4@w8z&b5^n1*r3(t6)y0p_d-f=g+hj%ls1
#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL005 warning
```

`check --fix --unsafe-fixes` makes of it:
```dotenv title=".env.example" fixed
SECRET_KEY=
```

```dotenv title=".env"
SECRET_KEY=${SECRET_KEY:-q1w2e3r4t5z6u7}
#                        ^^^^^^^^^^^^^^ SKL005 error
```

So do other files of a project, each read with the meaning of its format.
```toml title="settings.toml"
[production]
secret_key = "q1w2e3r4t5z6u7"
#            ^^^^^^^^^^^^^^^^ SKL005 error
[development]
secret_key = "devkey"
#            ^^^^^^^^ SKL005 warning
```

```ini title="supervisord.conf"
[program:shop]
environment=DEBUG="0",SECRET_KEY="q1w2e3r4t5z6u7"
#                                ^^^^^^^^^^^^^^^^ SKL005 error
```

```jsonc title=".vscode/launch.json"
{"configurations": [{"env": {"SECRET_KEY": "q1w2e3r4t5z6u7"}}]}
//                                         ^^^^^^^^^^^^^^^^ SKL005 warning
```

```json title="task-definition.json"
{"environment": [{"name": "SECRET_KEY", "value": "q1w2e3r4t5z6u7"}]}
//                                               ^^^^^^^^^^^^^^^^ SKL005 error
```

`ENV` stays in the image that is built.
```dockerfile title="Dockerfile"
FROM python:3.13
ENV DEBUG=off SECRET_KEY="q1w2e3r4t5z6u7"
#                        ^^^^^^^^^^^^^^^^ SKL005 error
```

```shell title="deploy.sh"
docker run -e SECRET_KEY=q1w2e3r4t5z6u7 shop
#                        ^^^^^^^^^^^^^^ SKL005 error
echo "SECRET_KEY=q1w2e3r4t5z6u7" >> /srv/shop/.env
#                ^^^^^^^^^^^^^^ SKL005 error
```

```hcl title="main.tf"
variable "django_secret_key" {
  default = "q1w2e3r4t5z6u7"
#           ^^^^^^^^^^^^^^^^ SKL005 error
}
```

A list of assignments, a pair of name and value, and a Secret, which is encoded and not encrypted, are entries too.
```yaml title="docker-compose.yml"
services:
  web:
    environment:
      - "SECRET_KEY=q1w2e3r4t5z6u7"
#                   ^^^^^^^^^^^^^^ SKL005 error
```

`check --fix --unsafe-fixes` makes of it:
```yaml title="docker-compose.yml" fixed
services:
  web:
    environment:
      - "SECRET_KEY=${SECRET_KEY:?}"
```

```yaml title="deployment.yaml"
env:
  - name: DJANGO_SECRET_KEY
    value: "q1w2e3r4t5z6u7"
#          ^^^^^^^^^^^^^^^^ SKL005 error
```

```yaml title="secret.yaml"
kind: Secret
data:
  SECRET_KEY: cTF3MmUzcjR0NXo2dTc=
#             ^^^^^^^^^^^^^^^^^^^^ SKL005 error
```

```yaml title="roles/web/defaults/main.yml"
django_secret_key: "{{ from_vault | default('q1w2e3r4t5z6u7') }}"
#                                            ^^^^^^^^^^^^^^ SKL005 error
```

## Good
What only builds an image is not in it, and what is made on the machine is in no repository.
```dockerfile title="Dockerfile"
FROM python:3.13
RUN SECRET_KEY=dummy python manage.py collectstatic
```

```shell title="deploy.sh"
export SECRET_KEY="$(openssl rand -base64 48)"
echo "usage: SECRET_KEY=value $0"
```

```dotenv title=".env.example"
SECRET_KEY=change-me
```

```dotenv title=".env.sample"
SECRET_KEY=<your secret key>
```

```dotenv title=".env"
SECRET_KEY=
AWS_SECRET_KEY=somebody-elses-business
DJANGO_SECRET_KEY=${KEY_FROM_VAULT}
```

```dotenv title=".env"
# SECRET_KEY=changeme
SECRET_KEY_FILE=/run/secrets/django
```

```dotenv title=".env.template"
SECRET_KEY={{ secret_key }}
DJANGO_SECRET_KEY=
```

```dotenv title=".env"
SECRET_KEY_NAME=shop/production/django
RECAPTCHA_SECRET_KEY=somebody-elses-business
```

```toml title="settings.toml"
[production]
secret_key = "@format {env[SECRET_KEY]}"
[storage]
secret_key = "somebody-elses-business"
```

```ini title="supervisord.conf"
[program:shop]
environment=SECRET_KEY="%(ENV_SECRET_KEY)s"
```

```json title="app.json"
{"env": {"SECRET_KEY": {"generator": "secret"}}}
```

```json title="locales/en.json"
{"SECRET_KEY": "Secret key"}
```

```yaml title="deployment.yaml"
env:
  - name: SECRET_KEY
    valueFrom:
      secretKeyRef: {name: django, key: SECRET_KEY}
```

```yaml title="group_vars/all.yml"
django_secret_key: !vault |
  $ANSIBLE_VAULT;1.1;AES256
  61353634323362653836
aws: {secret_key: somebody-elses-business}
```

```yaml title=".github/workflows/tests.yml"
env:
  SECRET_KEY: dummy
```
"""

from __future__ import annotations

from secretkey_lint.appearance import looks_generated
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.rule import Rule, Violation
from secretkey_lint.model.source import Position, Span, Step
from secretkey_lint.model.value import CommittedFile, EnvLookup, Literal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for a literal that an entry of a committed file gives to the key."""
    match fact:
        case Binding(value=Literal() as literal, medium="file"):
            said = f"{fact.name} is {literal.in_words} in a committed file"
        case Binding(value=EnvLookup(default=Literal() as literal), medium="file"):
            said = f"{fact.name} falls back to {literal.in_words} in a committed file"
        case Binding(value=CommittedFile() as read) | Binding(value=EnvLookup(default=CommittedFile() as read)):
            start = Position(1, 1)
            yield Violation(
                read.span,
                f"{fact.name} is read from {read.file}, which the repository tracks",
                related=(Step(Span(read.file, start, start), "the key is in this file"),),
            )
            return
        case _:
            return
    yield Violation(literal.span, said, looks_generated(literal.text), literal.via)


RULE = Rule(
    code="SKL005",
    name="key-in-committed-file",
    since="0.1.0",
    verdict="leak",
    help="Take the key out of the file, and an environment file out of the repository (git rm --cached) and into "
    ".gitignore; make a new key, since this one stays in the history.",
    check=check,
    documentation=__doc__,
    fixes=("require_variable", "empty_value"),
)
