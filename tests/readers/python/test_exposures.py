"""Where a module shows the key, and all that only looks as if it did.

A case is a piece of code in which `«…»` marks what is to be reported, and the words for how it is shown.
"""

import ast
import sysconfig
from pathlib import Path

import pytest

from secretkey_lint.model.binding import Exposure, Guard
from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers.python import audiences
from secretkey_lint.readers.python.exposures import exposures
from secretkey_lint.readers.python.source import Source
from secretkey_lint.readers.python.syntax import ParseFailure

HEAD = "from django.conf import settings\n"


def shown(code: str, path: str = "shop/views.py", *, is_settings: bool = False) -> list[Exposure]:
    return list(exposures(Source(code, path, LineIndex(code)), is_settings=is_settings))


def places(found: list[Exposure]) -> list[tuple[int, int, int]]:
    return sorted((each.span.start.line, each.span.start.column, each.span.end.column) for each in found)


def marked(code: str) -> tuple[str, list[tuple[int, int, int]]]:
    """Part code from its marks: the code, and the places that were marked."""
    expected = []
    lines = []
    for number, line in enumerate(code.split("\n"), 1):
        plain = ""
        for piece in line.split("«"):
            name, mark, rest = piece.partition("»")
            if mark:
                expected.append((number, len(plain) + 1, len(plain) + len(name) + 1))
            plain += name + rest
        lines.append(plain)
    return "\n".join(lines), sorted(expected)


SHOWN = [
    # printed
    ("print(«settings.SECRET_KEY»)", audiences.PRINTED),
    ("print('key', «settings.SECRET_KEY», sep='=')", audiences.PRINTED),
    ("import sys\nprint(«settings.SECRET_KEY», file=sys.stderr)", audiences.PRINTED),
    ("pprint(«settings.SECRET_KEY»)", audiences.PRINTED),
    ("sys.stdout.write(«settings.SECRET_KEY» + '\\n')", audiences.PRINTED),
    ("sys.stderr.write('%s' % «settings.SECRET_KEY»)", audiences.PRINTED),
    ("sys.stdout.buffer.write(«settings.SECRET_KEY».encode())", audiences.PRINTED),
    ("self.stdout.write(self.style.SUCCESS(f'key: {«settings.SECRET_KEY»}'))", audiences.PRINTED),
    ("click.echo(click.style(«settings.SECRET_KEY», fg='red'))", audiences.PRINTED),
    ("typer.echo(«settings.SECRET_KEY»)", audiences.PRINTED),
    ("print(json.dumps({'key': «settings.SECRET_KEY»}, indent=1))", audiences.PRINTED),
    ("console.print(f'[b]{«settings.SECRET_KEY»}[/b]')", audiences.PRINTED),
    ("console.log(«settings.SECRET_KEY»)", audiences.PRINTED),
    ("sys.exit(f'bad key {«settings.SECRET_KEY»!r}')", audiences.PRINTED),
    ("exit(«settings.SECRET_KEY»)", audiences.PRINTED),
    ("input(«settings.SECRET_KEY»)", audiences.PRINTED),
    # logged
    ("logger.info(«settings.SECRET_KEY»)", audiences.LOGGED),
    ("logging.debug('%s', «settings.SECRET_KEY»)", audiences.LOGGED),
    ("logging.getLogger(__name__).info('key=%s', «settings.SECRET_KEY»)", audiences.LOGGED),
    ("self.logger.exception('%(k)s', {'k': «settings.SECRET_KEY»})", audiences.LOGGED),
    ("current_app.logger.warning(«current_app.config['SECRET_KEY']»)", audiences.LOGGED),
    ("structlog.get_logger().info('start', key=«settings.SECRET_KEY»)", audiences.LOGGED),
    ("log.exception('x', extra={'key': «settings.SECRET_KEY»})", audiences.LOGGED),
    ("LOGGER.log(10, «settings.SECRET_KEY»)", audiences.LOGGED),
    ("logger.warn(«settings.SECRET_KEY»)", audiences.LOGGED),
    ("warnings.warn(f'insecure: {«settings.SECRET_KEY»}')", audiences.WARNED),
    ("warn(«settings.SECRET_KEY»)", audiences.WARNED),
    # responses
    ("HttpResponse(«settings.SECRET_KEY»)", audiences.ANSWERED),
    ("JsonResponse({'key': «settings.SECRET_KEY»})", audiences.ANSWERED),
    ("Response(data={'a': [1, («settings.SECRET_KEY»,)]}, status=200)", audiences.ANSWERED),
    ("jsonify(key=«app.config['SECRET_KEY']»)", audiences.ANSWERED),
    ("StreamingHttpResponse(«x» for x in [settings.SECRET_KEY])", audiences.ANSWERED),
    ("http.HttpResponseServerError(str(«settings.SECRET_KEY»))", audiences.ANSWERED),
    ("make_response(«app.secret_key»)", audiences.ANSWERED),
    ("response.write(«settings.SECRET_KEY»)", audiences.ANSWERED),
    ("response['X-Key'] = «settings.SECRET_KEY»", audiences.ANSWERED),
    ("response.headers['X-Key'] = «settings.SECRET_KEY»", audiences.ANSWERED),
    ("self.wfile.write(«settings.SECRET_KEY».encode('utf-8'))", audiences.ANSWERED),
    ("response.set_cookie('k', «settings.SECRET_KEY»)", audiences.COOKIE),
    ("@app.route('/key')\ndef key():\n    return «app.secret_key»", audiences.ANSWERED),
    ("@router.get('/key')\nasync def key():\n    return {'key': «settings.SECRET_KEY»}", audiences.ANSWERED),
    # templates
    ("render(request, 'debug.html', {'key': «settings.SECRET_KEY»})", audiences.RENDERED),
    ("shortcuts.render(request, 'debug.html', {'key': «settings.SECRET_KEY»})", audiences.RENDERED),
    ("render_template('debug.html', key=«app.config.get('SECRET_KEY')»)", audiences.RENDERED),
    ("render_to_string('mail.txt', dict(key=«settings.SECRET_KEY»))", audiences.RENDERED),
    ("TemplateResponse(request, 'x.html', {'s': {'key': «settings.SECRET_KEY»}})", audiences.RENDERED),
    ("Template('{{ key }}').render(Context({'key': «settings.SECRET_KEY»}))", audiences.RENDERED),
    ("get_template('a/b.html').render({'key': «settings.SECRET_KEY»})", audiences.RENDERED),
    ("engine.get_template('a/b.html.j2').render(key=«settings.SECRET_KEY»)", audiences.RENDERED),
    ("template.render(Context({'key': «settings.SECRET_KEY»}))", audiences.RENDERED),
    ("t.render(Context({'key': «settings.SECRET_KEY»}))", audiences.RENDERED),
    ("class V:\n    extra_context = {'key': «settings.SECRET_KEY»}", audiences.RENDERED),
    ("V.as_view(extra_context={'key': «settings.SECRET_KEY»})", audiences.RENDERED),
    (
        (
            "class V:\n    def get_context_data(self, **kwargs):\n"
            "        return super().get_context_data(key=«settings.SECRET_KEY», **kwargs)"
        ),
        audiences.RENDERED,
    ),
    (
        (
            "class V:\n    def get_context_data(self, **kwargs):\n        context = super().get_context_data(**kwargs)\n"
            "        context['key'] = «settings.SECRET_KEY»\n        return context"
        ),
        audiences.RENDERED,
    ),
    (
        (
            "class V:\n    def get_context_data(self, **kwargs):\n        context = super().get_context_data(**kwargs)\n"
            "        context.update({'key': «settings.SECRET_KEY»})\n        return context"
        ),
        audiences.RENDERED,
    ),
    (
        (
            "class V:\n    def get_context_data(self, **kwargs):\n"
            "        return {**super().get_context_data(), 'key': «settings.SECRET_KEY»}"
        ),
        audiences.RENDERED,
    ),
    ("@app.context_processor\ndef key():\n    return {'key': «app.secret_key»}", audiences.RENDERED),
    ("@register.simple_tag\ndef key():\n    return «settings.SECRET_KEY»", audiences.SHOWN),
    ("@register.simple_tag(takes_context=True)\ndef key(context):\n    return «settings.SECRET_KEY»", audiences.SHOWN),
    # errors
    ("raise ValueError(«settings.SECRET_KEY»)", audiences.RAISED),
    ("raise ImproperlyConfigured(f'{«settings.SECRET_KEY»} is weak') from error", audiences.RAISED),
    ("raise CommandError('{}'.format(«settings.SECRET_KEY»))", audiences.RAISED),
    ("raise HTTPException(500, detail=«settings.SECRET_KEY»)", audiences.RAISED),
    ("assert x, f'{«settings.SECRET_KEY»}'", audiences.RAISED),
    ("error.add_note(«settings.SECRET_KEY»)", audiences.RAISED),
    # people and services
    ("messages.info(request, f'key {«settings.SECRET_KEY»}')", audiences.TOLD),
    ("messages.add_message(request, messages.INFO, «settings.SECRET_KEY»)", audiences.TOLD),
    ("sentry_sdk.set_extra('key', «settings.SECRET_KEY»)", audiences.TRACKED),
    ("scope.set_context('settings', {'key': «settings.SECRET_KEY»})", audiences.TRACKED),
    ("capture_message(f'{«settings.SECRET_KEY»}')", audiences.TRACKED),
    ("add_breadcrumb(data={'k': «settings.SECRET_KEY»})", audiences.TRACKED),
    ("send_mail('Key', «settings.SECRET_KEY», None, [])", audiences.MAILED),
    ("EmailMessage('Key', body=«settings.SECRET_KEY»).send()", audiences.MAILED),
    # how it is read
    ("print(«settings.SECRET_KEY_FALLBACKS»)", audiences.PRINTED),
    ("print(«settings.SECRET_KEY_FALLBACKS»[0])", audiences.PRINTED),
    ("print(«django_settings.SECRET_KEY»)", audiences.PRINTED),
    ("from django import conf\nprint(«conf.settings.SECRET_KEY»)", audiences.PRINTED),
    ("print(«self.settings.SECRET_KEY»)", audiences.PRINTED),
    ("print(«get_settings().SECRET_KEY»)", audiences.PRINTED),
    ("print(«getattr(settings, 'SECRET_KEY', None)»)", audiences.PRINTED),
    ("print(«current_app.config['SECRET_KEY']», «current_app.secret_key»)", audiences.PRINTED),
    ("print(«os.environ['SECRET_KEY']»)", audiences.PRINTED),
    ("print(«os.environ.get('DJANGO_SECRET_KEY')»)", audiences.PRINTED),
    ("print(«os.getenv('SECRET_KEY', '')»)", audiences.PRINTED),
    ("from os import getenv\nprint(«getenv('SECRET_KEY')»)", audiences.PRINTED),
    ("from decouple import config\nprint(«config('SECRET_KEY')»)", audiences.PRINTED),
    ("print(«env.str('SECRET_KEY')», «env('SECRET_KEY')»)", audiences.PRINTED),
    ("print(«vars(settings)['SECRET_KEY']», «settings.__dict__['SECRET_KEY']»)", audiences.PRINTED),
    ("print(«globals()['SECRET_KEY']»)", audiences.PRINTED),
    ("from django.conf import settings as s\nprint(«s.SECRET_KEY»)", audiences.PRINTED),
    ("import shop.settings as s\nprint(«s.SECRET_KEY»)", audiences.PRINTED),
    ("conf = settings\nx = conf\nprint(«x.SECRET_KEY»)", audiences.PRINTED),
    ("from shop.settings import SECRET_KEY\nprint(«SECRET_KEY»)", audiences.PRINTED),
    ("from .settings import SECRET_KEY as KEY\ndef view():\n    print(«KEY»)", audiences.PRINTED),
    ("from .settings import *\nprint(«SECRET_KEY»)", audiences.PRINTED),
    ("SECRET_KEY = load()\nprint(«SECRET_KEY»)", audiences.PRINTED),
    ("SECRET_KEY: str = load()\ndef f():\n    print(«SECRET_KEY»)", audiences.PRINTED),
    ("if x:\n    SECRET_KEY = load()\nprint(«SECRET_KEY»)", audiences.PRINTED),
    ("class Config:\n    SECRET_KEY = load()\n    def f(self):\n        print(«self.SECRET_KEY»)", audiences.PRINTED),
    ("class Config:\n    SECRET_KEY = load()\nprint(«Config.SECRET_KEY»)", audiences.PRINTED),
    # all settings
    ("settings.SECRET_KEY\nprint(«vars(settings)»)", audiences.PRINTED),
    ("settings.SECRET_KEY\npprint(«settings.__dict__»)", audiences.PRINTED),
    ("import flask\napp.config['SECRET_KEY'] = x\nprint(«app.config»)", audiences.PRINTED),
    ("from flask import current_app\napp.secret_key = x\njsonify(dict(«current_app.config»))", audiences.ANSWERED),
    # through names and operations
    ("key = settings.SECRET_KEY\nprint(«key»)", audiences.PRINTED),
    ("key = settings.SECRET_KEY\nother = key.strip()\nprint(f'{«other»}')", audiences.PRINTED),
    ("a, b = 1, settings.SECRET_KEY\nprint(a, «b»)", audiences.PRINTED),
    ("[a, b] = settings.SECRET_KEY.split('-')\nprint(«b»)", audiences.PRINTED),
    ("a = b = settings.SECRET_KEY\nprint(«a», «b»)", audiences.PRINTED),
    ("text = 'key: '\ntext += settings.SECRET_KEY\nprint(«text»)", audiences.PRINTED),
    ("if (key := settings.SECRET_KEY):\n    print(«key»)", audiences.PRINTED),
    ("if x:\n    key = settings.SECRET_KEY\nelse:\n    key = ''\nprint(«key»)", audiences.PRINTED),
    ("for key in [settings.SECRET_KEY]:\n    print(«key»)", audiences.PRINTED),
    ("for key in settings.SECRET_KEY_FALLBACKS:\n    print(«key»)", audiences.PRINTED),
    ("for i, key in enumerate(settings.SECRET_KEY_FALLBACKS):\n    print(i, «key»)", audiences.PRINTED),
    ("for n, key in zip('ab', [settings.SECRET_KEY]):\n    print(n, «key»)", audiences.PRINTED),
    ("for n, key in {'a': settings.SECRET_KEY}.items():\n    print(n, «key»)", audiences.PRINTED),
    ("for key in {'a': settings.SECRET_KEY}.values():\n    print(«key»)", audiences.PRINTED),
    ("while x:\n    key = settings.SECRET_KEY\nelse:\n    pass\nprint(«key»)", audiences.PRINTED),
    ("with x as y:\n    key = settings.SECRET_KEY\nprint(«key»)", audiences.PRINTED),
    ("try:\n    key = settings.SECRET_KEY\nexcept E:\n    key = ''\nfinally:\n    print(«key»)", audiences.PRINTED),
    ("try:\n    key = settings.SECRET_KEY\nexcept E:\n    raise\nelse:\n    print(«key»)", audiences.PRINTED),
    ("match x:\n    case 1:\n        key = settings.SECRET_KEY\nprint(«key»)", audiences.PRINTED),
    ("data = {'a': settings.SECRET_KEY}\nprint(«data['a']»)", audiences.PRINTED),
    ("data = {'a': settings.SECRET_KEY}\nprint(«data.get('a')»)", audiences.PRINTED),
    ("data = {'a': «settings.SECRET_KEY»}\nprint(data)", audiences.PRINTED),
    ("data = {}\ndata['a']['b'] = «settings.SECRET_KEY»\nlogger.info(data)", audiences.LOGGED),
    ("rows = []\nrows.append(«settings.SECRET_KEY»)\nprint(rows)", audiences.PRINTED),
    ("rows = []\nrows.extend([«settings.SECRET_KEY»])\nprint(rows)", audiences.PRINTED),
    ("data = {}\ndata.update(key=«settings.SECRET_KEY»)\nprint(data)", audiences.PRINTED),
    ("data = {}\ndata.setdefault('key', «settings.SECRET_KEY»)\nprint(json.dumps(data))", audiences.PRINTED),
    ("print('\\n'.join([«settings.SECRET_KEY», 'x']))", audiences.PRINTED),
    ("print('a' + 'b' + «settings.SECRET_KEY» + 'c')", audiences.PRINTED),
    ("print('a' f'{«settings.SECRET_KEY»}' 'c')", audiences.PRINTED),
    ("print('%s %s' % (1, «settings.SECRET_KEY»))", audiences.PRINTED),
    ("print('{k}'.format(**{'k': «settings.SECRET_KEY»}))", audiences.PRINTED),
    ("print({'a': 1} | {'k': «settings.SECRET_KEY»})", audiences.PRINTED),
    ("print(«settings.SECRET_KEY» or 'none')", audiences.PRINTED),
    ("print(debug and «settings.SECRET_KEY»)", audiences.PRINTED),
    ("print(«settings.SECRET_KEY» if settings.SECRET_KEY else 'missing')", audiences.PRINTED),
    ("print('x'.replace('x', «settings.SECRET_KEY»))", audiences.PRINTED),
    ("print(base64.b64encode(«settings.SECRET_KEY».encode()).decode())", audiences.PRINTED),
    ("print(*[«settings.SECRET_KEY»])", audiences.PRINTED),
    ("print([*[«settings.SECRET_KEY»], {*()}])", audiences.PRINTED),
    ("print({k: «v» for k, v in [('a', settings.SECRET_KEY)]})", audiences.PRINTED),
    ("print(list(map(str, [«settings.SECRET_KEY»])), next(iter([1])))", audiences.PRINTED),
    ("f = lambda: print(«settings.SECRET_KEY»)", audiences.PRINTED),
    ("async def f():\n    print(await g(), await «settings.SECRET_KEY»)", audiences.PRINTED),
    ("print(«settings.SECRET_KEY»[:12], «settings.SECRET_KEY»[n:], «settings.SECRET_KEY»[4:])", audiences.PRINTED),
    ("print(«settings.SECRET_KEY»[:-4], f'{«settings.SECRET_KEY»:>60}')", audiences.PRINTED),
    # functions of the module
    ("def say(text):\n    print(text)\nsay(«settings.SECRET_KEY»)", audiences.PRINTED),
    (
        "def say(level, *, text):\n    logger.log(level, f'{text}')\nsay(1, text=«settings.SECRET_KEY»)",
        audiences.LOGGED,
    ),
    (
        (
            "class C:\n    def say(self, text):\n        self.stdout.write(text)\n"
            "    def handle(self):\n        self.say(«settings.SECRET_KEY»)"
        ),
        audiences.PRINTED,
    ),
    ("def key():\n    return settings.SECRET_KEY\nprint(«key()»)", audiences.PRINTED),
    (
        (
            "class C:\n    def __init__(self):\n        self.key = settings.SECRET_KEY\n"
            "    def f(self):\n        print(«self.key»)"
        ),
        audiences.PRINTED,
    ),
    ("class C:\n    key = settings.SECRET_KEY\n    def f(self):\n        print(«self.key»)", audiences.PRINTED),
    ("def f():\n    key = settings.SECRET_KEY\n    def g():\n        print(«key»)\n    return g", audiences.PRINTED),
]


@pytest.mark.parametrize(("code", "sink"), SHOWN, ids=[code for code, _ in SHOWN])
def test_what_is_shown_is_found(code: str, sink: str) -> None:
    plain, expected = marked(HEAD + code + "\n")
    found = shown(plain)
    assert places(found) == expected
    assert {each.sink for each in found} == {sink}


CLEAN = [
    # another key, or only a name
    "print(settings.AWS_SECRET_KEY, STRIPE_SECRET_KEY)",
    "print(aws_settings.SECRET_KEY, stripe.config.SECRET_KEY_ID)",
    "print(storage_config.SECRET_KEY)",
    "print(session.SECRET_KEY)",
    "print('SECRET_KEY is not set')",
    "logger.info('using key %s', SECRET_KEY_NAME)",
    "def f(secret_key):\n    print(secret_key)",
    "def f(SECRET_KEY):\n    print(SECRET_KEY)",
    "def f(*SECRET_KEY, **secret_key):\n    print(SECRET_KEY, secret_key)",
    "print(client.secret_key, settings.secret_key)",
    "boto3.client('s3', aws_secret_access_key=settings.SECRET_KEY)",
    "Minio(url, secret_key=settings.SECRET_KEY)",
    "print(SECRET_KEY)",
    "from minio.config import SECRET_KEY\nprint(SECRET_KEY)",
    "ACCESS_KEY = load()\nSECRET_KEY = load()\nprint(SECRET_KEY)",
    "class Keys:\n    ACCESS_KEY = load()\n    SECRET_KEY = load()\n    def f(self):\n        print(self.SECRET_KEY)",
    "print(getattr(settings, 'DEBUG'), getattr(other, 'SECRET_KEY'), getattr(settings, name))",
    "print(os.environ.get('AWS_SECRET_KEY'), data.get('SECRET_KEY'), data['SECRET_KEY'])",
    "print(os.environ[name], os.environ['DEBUG'], lookup('SECRET_KEY'), f()('SECRET_KEY'))",
    # a new key
    "print(generate_secret_key())",
    "print(get_random_secret_key())",
    "SECRET_KEY = get_random_secret_key()\nprint(SECRET_KEY)",
    "SECRET_KEY = ''.join(random.choice(chars) for _ in range(50))\nprint('SECRET_KEY =', SECRET_KEY)",
    "def handle():\n    SECRET_KEY = make()\n    print(SECRET_KEY)",
    "SECRET_KEY = None\nprint(SECRET_KEY)",
    "SECRET_KEY = ''\nprint(SECRET_KEY)",
    # not the key but something made from it
    "print(hashlib.sha256(settings.SECRET_KEY.encode()).hexdigest())",
    "print(hmac.new(settings.SECRET_KEY.encode(), b'').hexdigest())",
    "JsonResponse({'token': jwt.encode(payload, settings.SECRET_KEY, algorithm='HS256')})",
    "print(signing.dumps({'id': 1}, key=settings.SECRET_KEY, salt='links'))",
    "print(Signer(key=settings.SECRET_KEY).sign('x'))",
    "print(Fernet(settings.SECRET_KEY).encrypt(b''))",
    "print(len(settings.SECRET_KEY), bool(settings.SECRET_KEY))",
    "print(settings.SECRET_KEY is None, settings.SECRET_KEY == '', not settings.SECRET_KEY)",
    "print(settings.SECRET_KEY.startswith('django-insecure-'))",
    "print('set' if settings.SECRET_KEY else 'missing')",
    "print(settings.SECRET_KEY and 'set')",
    "print(mask(settings.SECRET_KEY))",
    "print(re.sub('.', '*', settings.SECRET_KEY))",
    "print('*' * len(settings.SECRET_KEY))",
    "print(message.replace(settings.SECRET_KEY, '***'))",
    "print(settings.SECRET_KEY[:4] + '…', settings.SECRET_KEY[-4:], settings.SECRET_KEY[0], settings.SECRET_KEY[2:5])",
    "print(f'{settings.SECRET_KEY:.4}…', f'{settings.SECRET_KEY:.3s}')",
    "print([len(k) for k in settings.SECRET_KEY_FALLBACKS])",
    "print(lambda: settings.SECRET_KEY)",
    "print(x if settings.SECRET_KEY else y, -settings.SECRET_KEY, a @ settings.SECRET_KEY)",
    # nobody sees it
    "x = settings.SECRET_KEY",
    "def f():\n    return settings.SECRET_KEY",
    "cache.set('key', settings.SECRET_KEY)",
    "print(settings.SECRET_KEY, file=handle)",
    "open('.env', 'w').write(f'SECRET_KEY={settings.SECRET_KEY}')",
    "SECRET_KEY = load()",
    "# print(settings.SECRET_KEY)",
    "math.log(settings.SECRET_KEY)",
    "self.input(settings.SECRET_KEY)",
    "other.write(settings.SECRET_KEY)",
    "form.warn(settings.SECRET_KEY)",
    "widget.render(settings.SECRET_KEY)",
    "render_to_string('settings.py.j2', {'key': settings.SECRET_KEY})",
    "render_to_string('env.tpl/.env', {'key': settings.SECRET_KEY})",
    "environment.get_template('app.conf').render(key=settings.SECRET_KEY)",
    "@app.get('name')\ndef f():\n    return settings.SECRET_KEY",
    "@app.task\ndef f():\n    return settings.SECRET_KEY",
    "@cache(settings.SECRET_KEY)\ndef f(x=settings.SECRET_KEY): ...",
    "raise ValueError\nraise\nassert settings.SECRET_KEY",
    "assert settings.SECRET_KEY, 'SECRET_KEY is empty'",
    "raise ImproperlyConfigured('SECRET_KEY is missing') from error(settings.SECRET_KEY)",
    "import flask\napp.secret_key = x\nrender_template('x.html', config=app.config)",
    "import flask\napp.secret_key = x\nprint(app.config['DEBUG'], app.config.get('PORT'), len(app.config))",
    "import flask\napp.secret_key = x\nfor name, value in app.config.items():\n    print(name)\nprint([v for v in app.config.values()])",
    "app.secret_key = x\nprint(app.config)",
    "settings.SECRET_KEY\nprint(vars(settings)['DEBUG'], vars(thing), settings.__dict__.keys())",
    # no longer the key, or only what is empty
    "key = settings.SECRET_KEY\nkey = 'x'\nprint(key)",
    "key = settings.SECRET_KEY\ndel key",
    "data = {'a': settings.SECRET_KEY, 'b': 1}\nprint(data['b'], data.get('c'))",
    "data = {'a': settings.SECRET_KEY}\ndata['a'] = '***'\nprint(data)",
    "pair = ('SECRET_KEY', settings.SECRET_KEY)\nprint(pair[0])",
    "name, key = 'SECRET_KEY', settings.SECRET_KEY\nprint(name)",
    "for name, key in {'a': settings.SECRET_KEY}.items():\n    print(name)",
    "import flask\napp.secret_key = x\nfor name, key in app.config.items():\n    print(key)",
    "self.key = settings.SECRET_KEY\nself = other\nprint(self.key)",
    "if not settings.SECRET_KEY:\n    raise ValueError(f'bad key {settings.SECRET_KEY!r}')",
    "if settings.SECRET_KEY is None or settings.SECRET_KEY == 'changeme':\n    print(settings.SECRET_KEY)",
    "if settings.SECRET_KEY in ('', 'x', None):\n    print(settings.SECRET_KEY)",
    "if settings.SECRET_KEY:\n    pass\nelif x:\n    print(settings.SECRET_KEY)\nelse:\n    print(settings.SECRET_KEY)",
    "def f():\n    if settings.SECRET_KEY != '':\n        return\n    print(settings.SECRET_KEY)",
    "if not settings.SECRET_KEY.strip():\n    print(settings.SECRET_KEY)",
    "def say(text):\n    print(len(text))\nsay(settings.SECRET_KEY)",
    "def say(text):\n    print('x')\nsay(settings.SECRET_KEY, 1)\nsay(*x, y=settings.SECRET_KEY)",
    "def key():\n    return hash(settings.SECRET_KEY)\nprint(key())",
    "f = lambda SECRET_KEY: print(SECRET_KEY)",
]


@pytest.mark.parametrize("code", CLEAN)
def test_what_is_not_shown_is_left_alone(code: str) -> None:
    assert not shown(HEAD + code + "\n")


def test_a_context_processor_shows_what_it_returns() -> None:
    code = HEAD + "def key(request):\n    return {'key': settings.SECRET_KEY}\n"
    assert [each.sink for each in shown(code, "shop/context_processors.py")] == [audiences.RENDERED]
    assert not shown(code)


def test_settings_may_show_a_key_that_they_made() -> None:
    """In a script such a key is a new one for somebody to take; in settings it is the key."""
    code = "SECRET_KEY = token_urlsafe(50)\nprint(f'key: {SECRET_KEY}')\n"
    assert not shown(code, "make_key.py")
    assert len(shown(code, "settings.py", is_settings=True)) == 1


GUARDED = [
    ("if settings.DEBUG:\n    {}", {Guard("debug")}),
    ("if not settings.DEBUG:\n    pass\nelse:\n    {}", {Guard("debug")}),
    ("if DEBUG and x:\n    {}", {Guard("debug")}),
    ("if DEBUG or x:\n    {}", set()),
    ("if os.environ.get('DJANGO_DEBUG', '').lower() in ('1', 'true'):\n    {}", {Guard("debug")}),
    ("if app.config['DEBUG']:\n    {}", {Guard("debug")}),
    ("if bool(DEBUG) is True:\n    {}", {Guard("debug")}),
    ("if DEBUG == 'no':\n    {}", set()),
    ("if 'test' in sys.argv:\n    {}", {Guard("testing")}),
    ("if 'runserver' in sys.argv:\n    {}", set()),
    ("if x[0] < 1 < 2:\n    {}", set()),
    ("def f():\n    if not DEBUG:\n        return\n    {}", {Guard("debug")}),
    ("def f():\n    if not DEBUG:\n        sys.exit(1)\n    {}", {Guard("debug")}),
    ("def f():\n    if not DEBUG: return\n    {}", {Guard("debug")}),
    ("if DEBUG:\n    x()\n{}", set()),
    ("if DEBUG:\n    def f():\n        {}", {Guard("debug")}),
    ("class TestKey:\n    def f(self):\n        {}", {Guard("scope", True, "TestKey")}),
    ("class DebugView:\n    def f(self):\n        {}", set()),
    ("if x in (1, y):\n    {}", set()),
]


@pytest.mark.parametrize(("code", "guards"), GUARDED, ids=[code for code, _ in GUARDED])
def test_conditions_are_told(code: str, guards: set[Guard]) -> None:
    (found,) = shown(HEAD + code.format("print(settings.SECRET_KEY)") + "\n")
    assert found.guards - {Guard("production", False)} == guards


def test_the_way_is_told() -> None:
    """A name leads back to where the key is read, a container ahead to where it is shown."""
    (found,) = shown(HEAD + "key = settings.SECRET_KEY\nother = key\nprint(other)\n")
    assert [(step.span.start.line, step.message) for step in found.via] == [(2, "SECRET_KEY is read here")]
    (found,) = shown(HEAD + "data = {'key': settings.SECRET_KEY}\nlogger.info(data)\n")
    assert [(step.span.start.line, step.message) for step in found.via] == [(3, "SECRET_KEY is logged here")]
    (found,) = shown(HEAD + "print(settings.SECRET_KEY_FALLBACKS)\n")
    assert (found.name, found.via) == ("SECRET_KEY_FALLBACKS", ())


def test_one_place_is_told_once() -> None:
    code = HEAD + "def f():\n    raise HttpResponse(logger.info(settings.SECRET_KEY))\n"
    assert len(shown(code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "print(" + "str(" * 70 + "settings.SECRET_KEY" + ")" * 70 + ")",
        "print(" + "x + " * 150 + "settings.SECRET_KEY)",
        "if " + "not " * 60 + "settings.SECRET_KEY:\n    print(1)",
        "if x: pass\n" + "elif x: pass\n" * 500 + "else: print(settings.SECRET_KEY)",
        "".join("    " * depth + "if x:\n" for depth in range(90)) + "    " * 90 + "print(settings.SECRET_KEY)",
        "print(" + "settings.SECRET_KEY, " * 500 + ")",
        "x = [" + "settings.SECRET_KEY, " * 500 + "]\nprint(x)",
        "def f():\n    return f() + g() + settings.SECRET_KEY\ndef g():\n    return f()\nprint(f(), g())",
        "def f(x):\n    f(x)\n    g(x)\ndef g(x):\n    f(x)\nf(settings.SECRET_KEY)",
    ],
    ids=lambda code: f"{code[:20]}…{len(code)}",
)
def test_nothing_is_too_deep(code: str) -> None:
    shown(HEAD + code + "\n")


def library() -> list[Path]:
    """A sample of the modules of the interpreter that runs this, those that take no time to parse."""
    modules = sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py"))
    return [path for path in modules[::10] if "site-packages" not in path.parts and path.stat().st_size < 10_000]


def test_any_module_is_read() -> None:
    """Modules are walked whole once they name the key; none of them may end the walk, nor be said to show anything."""
    read = 0
    for path in library():
        try:
            code = path.read_text(encoding="utf-8")
            ast.parse(code)
            code += "\nimport x.settings; x.settings.SECRET_KEY\n"
            assert not shown(code)
        except (OSError, SyntaxError, ValueError, ParseFailure):
            continue
        read += 1
    assert read > 10
