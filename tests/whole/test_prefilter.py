"""What is decided by bytes alone never hides what the readers would find."""

import pytest

from secretkey_lint import engine
from secretkey_lint.config import Configurations
from secretkey_lint.model.source import SourceFile
from secretkey_lint.prefilter import SHOWING, may_hold_a_key
from secretkey_lint.readers.python import audiences, carrying

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


def reported(file: SourceFile) -> set[str]:
    """The codes of what is said of a file that is read in any case."""
    run = engine.Run(Configurations(reads=False), lambda _: None)
    run.add(file)
    return {each.code for each in run.diagnostics()}


EXPOSURES = [
    "print(settings.SECRET_KEY)\n",
    "print(\n    'key',\n    settings.SECRET_KEY,\n)\n",
    "print(f'{settings.SECRET_KEY}')\n",
    "print('%s' % (settings.SECRET_KEY,))\n",
    "print((settings.SECRET_KEY))\n",
    "print(str(settings.SECRET_KEY))\n",
    "print(settings.SECRET_KEY[:9])\n",
    "print(settings.SECRET_KEY or x)\n",
    "print(settings.SECRET_KEY if x else y)\n",
    "print(x if y else (settings.SECRET_KEY))\n",
    "print(settings.SECRET_KEY.strip())\n",
    "print(settings.SECRET_KEY_FALLBACKS)\n",
    "key = settings.SECRET_KEY\nprint(key)\n",
    "key = (yield settings.SECRET_KEY) or (settings.SECRET_KEY)\nprint(key)\n",
    "print(app.secret_key)\n",
    "key = current_app.secret_key\nlogger.info(key)\n",
    "print(app.config['SECRET_KEY'])\n",
    "logger.info('%s', settings.SECRET_KEY)\n",
    "self.stdout.write(self.style.SUCCESS(settings.SECRET_KEY))\n",
    "JsonResponse({'key': settings.SECRET_KEY})\n",
    "HttpResponseServerError(settings.SECRET_KEY)\n",
    "render(request, 'x.html', {'a': [settings.SECRET_KEY]})\n",
    "raise shop.Error(settings.SECRET_KEY)\n",
    "assert x, settings.SECRET_KEY\n",
    "response['X'] = settings.SECRET_KEY\n",
    "def say(x):\n    print(x)\nsay(settings.SECRET_KEY)\n",
    "rows = []\nrows.append(settings.SECRET_KEY)\nprint(rows)\n",
    "class V:\n    extra_context = {'key': settings.SECRET_KEY}\n",
    "class V:\n    def get_context_data(self):\n        return {'key': settings.SECRET_KEY}\n",
    "@app.route('/key')\ndef key():\n    return settings.SECRET_KEY\n",
    "@register.simple_tag\ndef key():\n    return settings.SECRET_KEY\n",
]


@pytest.mark.parametrize("exposure", EXPOSURES)
def test_no_exposure_is_hidden(exposure: str) -> None:
    content = (HEAD + exposure).encode()
    assert reported(SourceFile("views.py", content, "views.py")) == {"SKL010"}
    assert may_hold_a_key(content, "views.py")


def test_the_calls_that_show_are_those_that_the_reader_knows() -> None:
    """A call that the reader knows to show its arguments, and the bytes do not, would never be looked at."""
    known = carrying.KEEPING_FUNCTIONS | audiences.FUNCTIONS.keys() | audiences.LOG_METHODS
    assert {name.encode() for name in known} <= SHOWING


@pytest.mark.parametrize("path", ["settings.py", "settings.pyi", "settings.py.example"])
@pytest.mark.parametrize("binding", BINDINGS, ids=range(len(BINDINGS)))
def test_nothing_is_hidden(binding: str, path: str) -> None:
    """A binding that is found where the file is read must not be dropped before, however it is spelt."""
    content = (HEAD + binding).encode()
    if reported(SourceFile(path, content, path)):
        assert may_hold_a_key(content, path)


@pytest.mark.parametrize(
    "text",
    [
        "djangoSecretKey: q1w2e3r4t5z6u7\n",
        "django-secret-key: q1w2e3r4t5z6u7\n",
        "django: {env: {secretKey: q1w2e3r4t5z6u7}}\n",
        "django:\n  secret_key: q1w2e3r4t5z6u7\n",
        "env: [SECRET_KEY=q1w2e3r4t5z6u7]\n",
        "kind: Secret\ndata: {SECRET_KEY: cTF3MmUzcjR0NXo2dTc=}\n",
        "env: [{name: django.secretKey, value: q1w2e3r4t5z6u7}]\n",
    ],
)
def test_no_spelling_in_yaml_is_hidden(text: str) -> None:
    assert reported(SourceFile("a.yaml", text.encode(), "a.yaml")) == {"SKL005"}
    assert may_hold_a_key(text.encode(), "a.yaml")


@pytest.mark.parametrize("text", ["secretKey: minio\n", "env: [{valueFrom: {secretKeyRef: {name: django}}}]\n"])
def test_what_others_call_so_is_not_read(text: str) -> None:
    """Manifests are full of references to secrets."""
    assert not may_hold_a_key(text.encode(), "a.yaml")


@pytest.mark.parametrize(
    "harmless",
    [
        "import os\n\nx = os.environ\n",
        "from django.conf import settings\n\nsign(settings.SECRET_KEY)\n",
        "AWS_SECRET_KEY = 'x'\n",
        "from django.conf import settings\n\nprint(jwt.encode({'a': 1}, settings.SECRET_KEY))\n",
        "from django.conf import settings\n\nprint(hmac.new(\n    settings.SECRET_KEY\n))\n",
        "from django.conf import settings\n\nkey = settings.SECRET_KEY\n",
        "print(client.secret_key)\n",
        "print(Serializer(app.secret_key))\n",
        'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    ],
)
def test_what_is_harmless_costs_no_parse(harmless: str) -> None:
    """Most files that mention the key only read it, or bind it in the way that our own help recommends."""
    assert not may_hold_a_key(harmless.encode(), "views.py")
