"""A literal becomes a lookup, in the way of the module that it stands in, and nothing else changes."""

import pytest

from secretkey_lint import api

KEY = "8f3k2q9x7v5n1m4b6c0z"

CASES = {
    "alone": (f'SECRET_KEY = "{KEY}"\nA = 1', 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\nA = 1'),
    "single quotes": (f"import os\nSECRET_KEY = '{KEY}'\n", "import os\nSECRET_KEY = os.environ['SECRET_KEY']\n"),
    "in parentheses": (
        f'import os\nSECRET_KEY = (\n    "{KEY}"\n    "and more"\n)  # why\n',
        'import os\nSECRET_KEY = os.environ["SECRET_KEY"]  # why\n',
    ),
    "behind a docstring": (
        f'"""Settings."""\n\nSECRET_KEY = "{KEY}"\n',
        '"""Settings."""\n\nimport os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    "above a comment": (
        f'"""Settings."""\n# keep it secret\nSECRET_KEY = "{KEY}"\n',
        '"""Settings."""\n\nimport os\n\n# keep it secret\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    "below a coding cookie": (
        f'#!/usr/bin/env python\n# coding: utf-8\nSECRET_KEY = "{KEY}"\n',
        '#!/usr/bin/env python\n# coding: utf-8\n\nimport os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    "behind the future": (
        f'from __future__ import annotations\n\nimport sys\n\nSECRET_KEY = "{KEY}"\n',
        'from __future__ import annotations\n\nimport os\nimport sys\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    "among imports": (
        f'import json\nimport sys\nfrom pathlib import Path\n\nSECRET_KEY = "{KEY}"\n',
        'import json\nimport os\nimport sys\nfrom pathlib import Path\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    "before imports of others": (
        f'import environs\n\nSECRET_KEY = "{KEY}"\n',
        'import os\n\nimport environs\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    "django-environ": (
        f'import environ\n\nenv = environ.Env()\nDEBUG = env.bool("DEBUG", False)\nSECRET_KEY = "{KEY}"\n',
        'import environ\n\nenv = environ.Env()\nDEBUG = env.bool("DEBUG", False)\nSECRET_KEY = env("SECRET_KEY")\n',
    ),
    "of another module": (
        f'from .base import env\n\nDEBUG = env("DJANGO_DEBUG")\nSECRET_KEY = "{KEY}"\n',
        'from .base import env\n\nDEBUG = env("DJANGO_DEBUG")\nSECRET_KEY = env("DJANGO_SECRET_KEY")\n',
    ),
    "decouple": (
        f"from decouple import config\n\nSECRET_KEY = '{KEY}'\n",
        "from decouple import config\n\nSECRET_KEY = config('SECRET_KEY')\n",
    ),
    "environ alone": (
        f'from os import environ\n\nSECRET_KEY = "{KEY}"\n',
        'from os import environ\n\nSECRET_KEY = environ["SECRET_KEY"]\n',
    ),
    "named as others are": (
        f'import os\n\nDEBUG = os.getenv("DJANGO_DEBUG") == "1"\nSECRET_KEY = "{KEY}"\n',
        'import os\n\nDEBUG = os.getenv("DJANGO_DEBUG") == "1"\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\n',
    ),
    "annotated": (
        f'import os\nfrom typing import Final\n\nSECRET_KEY: Final = "{KEY}"\n',
        'import os\nfrom typing import Final\n\nSECRET_KEY: Final = os.environ["SECRET_KEY"]\n',
    ),
    "one of several": (
        f'import os\nDEBUG, SECRET_KEY = False, "{KEY}"\n',
        'import os\nDEBUG, SECRET_KEY = False, os.environ["SECRET_KEY"]\n',
    ),
    "by way of a name": (
        f'import os\n_signing = "{KEY}"\nSECRET_KEY = _signing\n',
        'import os\n_signing = os.environ["SECRET_KEY"]\nSECRET_KEY = _signing\n',
    ),
    "Flask": (
        f'import os\nfrom flask import Flask\n\napp = Flask(__name__)\napp.config["SECRET_KEY"] = "{KEY}"\n',
        'import os\nfrom flask import Flask\n\napp = Flask(__name__)\napp.config["SECRET_KEY"] = os.environ["SECRET_KEY"]\n',
    ),
    "configured": (
        f'import os\nfrom django.conf import settings\n\nsettings.configure(DEBUG=True, SECRET_KEY="{KEY}")\n',
        (
            "import os\nfrom django.conf import settings\n\n"
            'settings.configure(DEBUG=True, SECRET_KEY=os.environ["SECRET_KEY"])\n'
        ),
    ),
    "a class of django-configurations": (
        f'from configurations import Configuration, values\n\n\nclass Prod(Configuration):\n    SECRET_KEY = "{KEY}"\n',
        (
            "from configurations import Configuration, values\n\n\nclass Prod(Configuration):\n"
            "    SECRET_KEY = values.SecretValue()\n"
        ),
    ),
    "above decorators": (
        f'@app.task\ndef f():\n    pass\n\n\nSECRET_KEY = "{KEY}"\n',
        'import os\n\n@app.task\ndef f():\n    pass\n\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    "behind a docstring with company": (
        f'"""Settings."""; A = 1\nSECRET_KEY = "{KEY}"\n',
        '"""Settings."""; A = 1\n\nimport os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    "a reader that is none any more": (
        f'import os\nfrom decouple import config\n\nconfig = 3\nSECRET_KEY = "{KEY}"\n',
        'import os\nfrom decouple import config\n\nconfig = 3\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ),
    # what nobody can say without knowing the project
    "a part of it": (f'import os\nSECRET_KEY = "{KEY}"\nSECRET_KEY += "{KEY}"\n', None),
    "put together": (f'import os\nPART = "{KEY}"\nSECRET_KEY = f"{{PART}}-{KEY}"\n', None),
    "a name with other uses": (f'import os\nTOKEN = "{KEY}"\nSECRET_KEY = TOKEN\nOTHER = TOKEN\n', None),
    "decoded": (f'import base64\nimport os\n\nraw = base64.b64decode("{KEY}")\nSECRET_KEY = raw.decode()\n', None),
    "chained": (f'import os\nSECRET_KEY = SIGNING = "{KEY}"\n', None),
    "the variable itself": (f'import os\nos.environ["DJANGO_SECRET_KEY"] = "{KEY}"\n', None),
    "for development": (
        (
            f'import os\nDEBUG = os.environ.get("DEBUG") == "1"\nif DEBUG:\n    SECRET_KEY = "{KEY}"\n'
            'else:\n    SECRET_KEY = os.environ["SECRET_KEY"]\n'
        ),
        None,
    ),
    "replaced anyhow": (f'import os\nSECRET_KEY = "{KEY}"\nSECRET_KEY = os.environ["SECRET_KEY"]\n', None),
    "another os": (f'os = None\nSECRET_KEY = "{KEY}"\n', None),
    "bytes by annotation": (f'import os\nSECRET_KEY: bytes = b"{KEY}"\n', None),
    "two versions": (f'SECRET_KEY = "{KEY}"\n"""\n<<<<<<< ours\n"""\n', None),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CASES)
def test_what_becomes_of_it(name: str, end: str) -> None:
    """Also with a byte order mark, other line ends, and a last line without one."""
    before, after = CASES[name]
    content = ("\ufeff" + before.replace("\n", end).removesuffix(end)).encode()
    found = api.fix_source(content, "shop/settings.py", unsafe=True)
    if after is None:
        assert found.content == content
        assert not found.mended
        return
    assert found.content.decode() == "\ufeff" + after.replace("\n", end).removesuffix(end)
    assert [each.code for each in found.mended] == ["SKL001"]
    assert not api.check_source(found.content, "shop/settings.py").diagnostics
    assert api.fix_source(found.content, "shop/settings.py", unsafe=True).content == found.content


def test_it_is_not_applied_unless_asked_for() -> None:
    """A project that reads its key from the environment no longer starts without."""
    content = f'SECRET_KEY = "{KEY}"\n'.encode()
    assert api.fix_source(content, "settings.py").content == content
    (diagnostic,) = api.check_source(content, "settings.py").diagnostics
    assert diagnostic.fix is not None
    assert diagnostic.fix.applicability == "unsafe"
    assert KEY not in repr(diagnostic)


def test_tests_start_without_variables() -> None:
    content = f'SECRET_KEY = "{KEY}"\n'.encode()
    assert api.fix_source(content, "tests/settings.py", unsafe=True).content == content
