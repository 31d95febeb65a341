"""The key is shown: printed, logged, put into a response, an error, a template or a page.

## Why is this bad?
What the key is given to is read by others than those who may know it: logs are shipped, kept and searched, errors go to
trackers and to debug pages, responses and pages to anyone. Whoever has the key can sign sessions and password-reset
links, and nothing shows that it was read.

Followed are names, containers and what keeps the text: f-strings, `+`, `%`, `format`, `join`, `str`, `json.dumps`,
base64. What is made from the key without giving it away is fine: hashes, signatures, tokens, its length, whether it
is set. A file that it is written to is not reported, as who reads that is not known.

A part of the key is a part of the key; only up to four characters of it are let pass, by which people tell keys apart.

## Bad
```python title="shop/management/commands/show.py"
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, **options):
        self.stdout.write(f"key: {settings.SECRET_KEY}")
#                                 ^^^^^^^^^^^^^^^^^^^ SKL010 error
        print("key:", settings.SECRET_KEY[:12] + "…")
#                     ^^^^^^^^^^^^^^^^^^^ SKL010 error
```

```python title="shop/apps.py"
import logging

from django.conf import settings

logger = logging.getLogger(__name__)


def ready():
    key = settings.SECRET_KEY
    logger.info("started with %s", key)
#                                  ^^^ SKL010 error
    if settings.DEBUG:
        logger.debug("started with %s", key)
#                                       ^^^ SKL010 warning
```

```python title="shop/views.py"
from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render


def status(request):
    return JsonResponse({"debug": settings.DEBUG, "key": settings.SECRET_KEY})
#                                                        ^^^^^^^^^^^^^^^^^^^ SKL010 error


def page(request):
    context = {"key": settings.SECRET_KEY}
#                     ^^^^^^^^^^^^^^^^^^^ SKL010 error
    return render(request, "page.html", context)


def tell(request):
    messages.info(request, "The key is " + settings.SECRET_KEY)
#                                          ^^^^^^^^^^^^^^^^^^^ SKL010 error
```

```python title="app/routes.py"
from flask import current_app

from app import bp


@bp.route("/key")
def key():
    return {"key": current_app.config["SECRET_KEY"]}
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SKL010 error
```

```python title="shop/settings.py"
import os

from django.core.exceptions import ImproperlyConfigured

SECRET_KEY = os.environ["SECRET_KEY"]
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(f"SECRET_KEY is too short: {SECRET_KEY}")
#                                                          ^^^^^^^^^^ SKL010 error
```

```python title="shop/reports.py"
import sentry_sdk
from django.conf import settings
from django.core.mail import send_mail

sentry_sdk.set_context("settings", {"key": settings.SECRET_KEY})
#                                          ^^^^^^^^^^^^^^^^^^^ SKL010 error
sentry_sdk.capture_message(f"starting with {settings.SECRET_KEY}")
#                                           ^^^^^^^^^^^^^^^^^^^ SKL010 error
send_mail("The key", settings.SECRET_KEY, None, ["admin@example.com"])
#                    ^^^^^^^^^^^^^^^^^^^ SKL010 error
```

## Good
What is made from the key may be shown, and whether there is one.
```python title="shop/views.py"
import hashlib
import logging

import jwt
from django.conf import settings
from django.core.signing import Signer
from django.http import JsonResponse

logger = logging.getLogger(__name__)


def token(request):
    logger.info("SECRET_KEY is %s", "set" if settings.SECRET_KEY else "missing")
    logger.info("%d characters, %s…", len(settings.SECRET_KEY), settings.SECRET_KEY[:4])
    logger.info("%s", hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest())
    signed = Signer(key=settings.SECRET_KEY).sign(request.user.pk)
    return JsonResponse({"token": jwt.encode({"id": signed}, settings.SECRET_KEY, algorithm="HS256")})
```

```python title="shop/links.py"
import hmac

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.utils.crypto import salted_hmac


def link(request):
    token = signing.dumps({"user": request.user.pk}, key=settings.SECRET_KEY)
    check = hmac.new(settings.SECRET_KEY.encode(), token.encode(), "sha256").hexdigest()
    print(salted_hmac("shop.links", token, secret=settings.SECRET_KEY).hexdigest())
    print(settings.SECRET_KEY == "changeme", not settings.SECRET_KEY, "-" in settings.SECRET_KEY)
    return HttpResponse(f"/links/{token}/{check}/")
```

A new key may be printed for somebody to take, and what is known to be empty shows nothing.
```python title="shop/management/commands/new_key.py"
from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.management.utils import get_random_secret_key


class Command(BaseCommand):
    def handle(self, **options):
        if not settings.SECRET_KEY:
            raise ValueError(f"SECRET_KEY is {settings.SECRET_KEY!r}")
        key = get_random_secret_key()
        self.stdout.write(f"SECRET_KEY={key}")
```

Other keys are not Django's.
```python title="shop/storage.py"
from django.conf import settings

print(settings.AWS_SECRET_KEY)


def connect(secret_key):
    print("SECRET_KEY", secret_key)
```

```python title="shop/checks.py"
from django.conf import settings
from django.core.checks import Warning, register


@register()
def key_is_long(app_configs, **options):
    if len(settings.SECRET_KEY) < 50:
        return [Warning(f"SECRET_KEY has {len(settings.SECRET_KEY)} characters", id="shop.W001")]
    return []
```

```python title="shop/views.py"
from django.conf import settings
from django.shortcuts import render


def page(request):
    return render(request, "page.html", {"debug": settings.DEBUG, "has_key": bool(settings.SECRET_KEY)})
```

```python title="shop/mail.py"
from django.conf import settings
from django.core.mail import send_mail
from django.core.signing import TimestampSigner


def send_link(user):
    token = TimestampSigner(key=settings.SECRET_KEY).sign(user.pk)
    send_mail("Your link", f"https://shop.example/{token}", None, [user.email])
```
"""

from __future__ import annotations

from secretkey_lint.model.binding import Exposure
from secretkey_lint.model.rule import Rule, Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact


def check(fact: Fact) -> Iterator[Violation]:
    """Yield a violation for each place that shows the key."""
    match fact:
        case Exposure(name=name, span=span, sink=sink, via=via):
            yield Violation(span, f"{name} is {sink}", related=via)


RULE = Rule(
    code="SKL010",
    name="exposed-key",
    since="0.1.0",
    verdict="exposed",
    help="Leave the key out: show whether it is set, or a hash of it. Where it was shown, make a new one.",
    check=check,
    documentation=__doc__,
)
