"""What is decided by bytes alone never hides what the readers would find."""

import pytest

from secretkey_lint import engine, rules
from secretkey_lint.model.source import SourceFile
from secretkey_lint.prefilter import may_hold_a_key

KEY = '"Xk2qp9mz7wv4rb8tn1Lq3"'
HEAD = "import os\nfrom django.conf import settings\nfrom flask import Flask\napp = Flask(__name__)\n"
BINDINGS = [
    f"SECRET_KEY = {KEY}\n",
    f"SECRET_KEY={KEY}",
    f"SECRET_KEY: str = {KEY}\n",
    f"SECRET_KEY\\\n = {KEY}\n",
    f"(SECRET_KEY) = {KEY}\n",
    f"X, SECRET_KEY = 1, {KEY}\n",
    f"app.secret_key = {KEY}\n",
    f"app.secret_key\\\n={KEY}\n",
    f"app.secret_key \\\n = {KEY}\n",
    f"(app.secret_key) = {KEY}\n",
    f"app.secret_key, x = {KEY}, 1\n",
    f"app.secret_key += {KEY}\n",
    f"settings.SECRET_KEY = {KEY}\n",
    f"(settings.SECRET_KEY) = {KEY}\n",
    f"x, settings.SECRET_KEY = 1, {KEY}\n",
    f"[settings.SECRET_KEY] = [{KEY}]\n",
    f"setattr(settings, 'SECRET_KEY', {KEY})\n",
    f"settings.configure(SECRET_KEY={KEY})\n",
    f"settings.configure(**{{'SECRET_KEY': {KEY}}})\n",
    f"os.environ['DJANGO_SECRET_KEY'] = {KEY}\n",
    f"os.environ.setdefault('SECRET_KEY', {KEY})\n",
    f"SECRET_KEY = os.environ['A'] or {KEY}\n",
    f"os.environ['A'] = {KEY}\nSECRET_KEY = os.environ['A']\n",
    f"SECRET_KEY = os.environ['A']\n# SECRET_KEY = {KEY}\n",
    f"SECRET_KEY_FALLBACKS = [{KEY}]\n",
    f"SECRET_KEY = os.environ['A']\nSECRET_KEY_FALLBACKS = [{KEY}]\n",
    f"class S:\n    secret_key: str = {KEY}\n",
]


def reported(file: SourceFile) -> bool:
    """Whether something is said of a file that is read in any case."""
    run = engine.Run(rules.load(), lambda _: None)
    run.add(file)
    return bool(run.diagnostics())


@pytest.mark.parametrize("path", ["settings.py", "settings.pyi", "settings.py.example"])
@pytest.mark.parametrize("binding", BINDINGS, ids=range(len(BINDINGS)))
def test_nothing_is_hidden(binding: str, path: str) -> None:
    """A binding that is found where the file is read must not be dropped before, however it is spelt."""
    content = (HEAD + binding).encode()
    if reported(SourceFile(path, content, path)):
        assert may_hold_a_key(content, path)


@pytest.mark.parametrize(
    "harmless",
    [
        "import os\n\nx = os.environ\n",
        "from django.conf import settings\n\nsign(settings.SECRET_KEY)\n",
        "AWS_SECRET_KEY = 'x'\n",
        'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ],
)
def test_what_is_harmless_costs_no_parse(harmless: str) -> None:
    """Most files that mention the key only read it, or bind it in the way that our own help recommends."""
    assert not may_hold_a_key(harmless.encode(), "views.py")
