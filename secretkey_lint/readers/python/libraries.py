"""What library calls yield: a table of qualified names, data rather than code.

A way to something is written as it is reached: `environ.Env()` is an instance, `environ.Env().str` its method,
`os.environ[]` a subscript. Sources: the documentation of each library, as named beside its rows.
"""

from __future__ import annotations

from secretkey_lint.model.record import Record


class Reads(Record):
    """A call that looks a name up: where its name and its default stand, by position and by keyword.

    `fails` says that it raises where nothing is set and no default is given; otherwise it yields None.
    `scheme` says that the instance may hold defaults by name (`Env(SECRET_KEY=(str, "…"))`).
    `prefix` is what names begin with, and a `_` behind it, unless the call says otherwise (`environ_prefix`).
    """

    name: int = 0
    default: int | None = 1
    keyword: str = "default"
    fails: bool = True
    scheme: bool = False
    name_keyword: str = ""
    prefix: str = ""


ALIASES = {
    # django-environ
    "environ.FileAwareEnv": "environ.Env",
    # environs: the module has an instance of its own
    "environs.env": "environs.Env()",
    "environs.FileAwareEnv": "environs.Env",
    # python-decouple: config is an instance of AutoConfig
    "decouple.AutoConfig()": "decouple.config",
    "decouple.Config()": "decouple.config",
    "envparse.Env()": "envparse.env",
    "os.environb": "os.environ",
    "os.environ.copy()": "os.environ",
    "django.core.cache.os.environ": "os.environ",
    "codecs.open": "builtins.open",
    "io.open": "builtins.open",
    "pathlib.PosixPath": "pathlib.Path",
    "pathlib.PurePath": "pathlib.Path",
    "environ.Path": "pathlib.Path",
    "path.Path": "pathlib.Path",
    "unipath.Path": "pathlib.Path",
    "configparser.SafeConfigParser": "configparser.ConfigParser",
    "configparser.RawConfigParser": "configparser.ConfigParser",
    "ConfigParser.ConfigParser": "configparser.ConfigParser",
    "ConfigParser.RawConfigParser": "configparser.ConfigParser",
    "ConfigParser.SafeConfigParser": "configparser.ConfigParser",
    "six.moves.configparser.ConfigParser": "configparser.ConfigParser",
    "pydantic.v1.Field": "pydantic.Field",
    "pydantic.fields.Field": "pydantic.Field",
    "pydantic_settings.Field": "pydantic.Field",
    "goodconf.Field": "pydantic.Field",
    "pydantic.v1.SecretStr": "pydantic.SecretStr",
    "pydantic.types.SecretStr": "pydantic.SecretStr",
}

_DJANGO_ENVIRON = Reads(default=2, scheme=True, name_keyword="var")
_DJANGO_ENVIRON_TEXT = Reads(default=1, scheme=True, name_keyword="var")

READS = {
    # https://docs.python.org/3/library/os.html#os.environ
    "os.environ[]": Reads(default=None),
    "os.environ.get": Reads(fails=False),
    "os.environ.pop": Reads(),
    "os.environ.setdefault": Reads(fails=False),
    "os.environ.__getitem__": Reads(default=None),
    "os.getenv": Reads(fails=False, name_keyword="key"),
    "os.getenvb": Reads(fails=False, name_keyword="key"),
    # https://django-environ.readthedocs.io
    "environ.Env()": _DJANGO_ENVIRON,
    "environ.Env().get_value": _DJANGO_ENVIRON,
    "environ.Env().str": _DJANGO_ENVIRON_TEXT,
    "environ.Env().unicode": _DJANGO_ENVIRON_TEXT,
    "environ.Env().bytes": _DJANGO_ENVIRON_TEXT,
    "environ.Env().bool": _DJANGO_ENVIRON_TEXT,
    "environ.Env().int": _DJANGO_ENVIRON_TEXT,
    "environ.Env().float": _DJANGO_ENVIRON_TEXT,
    "environ.Env().path": _DJANGO_ENVIRON_TEXT,
    "environ.Env().url": _DJANGO_ENVIRON_TEXT,
    "environ.Env().list": _DJANGO_ENVIRON,
    "environ.Env().tuple": _DJANGO_ENVIRON,
    "environ.Env().json": _DJANGO_ENVIRON_TEXT,
    # https://github.com/HBNetwork/python-decouple
    "decouple.config": Reads(name_keyword="option"),
    "decouple.config.get": Reads(name_keyword="option"),
    # https://github.com/sloria/environs
    "environs.Env()": Reads(),
    "environs.Env().str": Reads(),
    "environs.Env().list": Reads(),
    "environs.Env().json": Reads(),
    # https://github.com/rconradharris/envparse
    "envparse.env": Reads(),
    "envparse.env.str": Reads(),
    # https://www.starlette.io/config/
    "starlette.config.Config()": Reads(default=2),
    "starlette.config.Config().get": Reads(default=2),
    # https://docs.python.org/3/library/configparser.html
    "configparser.ConfigParser().get": Reads(name=1, default=None, keyword="fallback"),
    "configparser.ConfigParser()[].get": Reads(fails=False, keyword="fallback"),
    # https://www.dynaconf.com
    "dynaconf.Dynaconf().get": Reads(fails=False),
    "dynaconf.LazySettings().get": Reads(fails=False),
    "dynaconf.settings.get": Reads(fails=False),
    "dynaconf.DjangoDynaconf().get": Reads(fails=False),
    "dynaconf.Validator": Reads(default=None, fails=False),
}

READ_METHODS = frozenset({"environs.Env()", "environ.Env()", "envparse.env"})
"""Instances whose methods not named above (`env.url`, `env.path`, …) read like the instance itself."""

FIELDS = {
    # django-configurations: https://django-configurations.readthedocs.io/en/stable/values/
    "configurations.values.Value": Reads(name=-1, default=0, prefix="DJANGO"),
    "configurations.values.SecretValue": Reads(name=-1, default=None, keyword="", prefix="DJANGO"),
    "configurations.values.ListValue": Reads(name=-1, default=0, prefix="DJANGO"),
    "configurations.values.TupleValue": Reads(name=-1, default=0, prefix="DJANGO"),
    # django-lasuite, whose field looks for a file under `…_FILE` first: https://pypi.org/project/django-lasuite/
    "lasuite.configuration.values.SecretFileValue": Reads(name=-1, default=0, prefix="DJANGO"),
    # pydantic: https://docs.pydantic.dev/latest/concepts/fields/
    "pydantic.Field": Reads(name=-1, default=0),
}
"""Calls whose value is that of the class attribute they are bound to, read from the environment by its name."""

SETTINGS_CLASSES = frozenset(
    {
        "pydantic_settings.BaseSettings",
        "pydantic.BaseSettings",
        "pydantic.v1.BaseSettings",
        "pydantic.env_settings.BaseSettings",
        "goodconf.GoodConf",
        "goodconf.contrib.django.GoodConf",
        "ninja.conf.BaseSettings",
        "starlette_settings.BaseSettings",
    }
)
"""Classes whose attributes are read from the environment, the value in the body being the default."""

CONFIGURE = frozenset({"django_heroku.settings", "django_heroku.core.settings", "django_on_heroku.settings"})
"""Functions that set the settings which they are given as a dictionary, the key by the variable `SECRET_KEY`.

https://github.com/heroku/django-heroku; django-on-heroku goes on with it.
"""

PASSES_ON = {
    "pydantic.SecretStr": 0,
    "pydantic.SecretBytes": 0,
    "pydantic.SecretStr().get_secret_value": None,
    "starlette.datastructures.Secret": 0,
    "django.utils.encoding.force_str": 0,
    "django.utils.encoding.force_text": 0,
    "django.utils.encoding.smart_str": 0,
    "django.utils.encoding.smart_text": 0,
    "django.utils.encoding.force_bytes": 0,
    "django.utils.safestring.mark_safe": 0,
    "django.utils.functional.lazystr": 0,
    "typing.cast": 1,
    "copy.copy": 0,
    "copy.deepcopy": 0,
    "sys.intern": 0,
    "builtins.memoryview": 0,
    "builtins.compile": 0,
    "split_settings.tools.optional": 0,
}
"""Calls that yield one of their arguments, by its position."""

EXTERNAL = (
    "aiobotocore",
    "akeyless",
    "aws_lambda_powertools",
    "aws_secretsmanager_caching",
    "azure",
    "boto",
    "boto3",
    "botocore",
    "chamber",
    "consul",
    "dopplersdk",
    "google.cloud",
    "hvac",
    "infisical_client",
    "infisical_sdk",
    "keyring",
    "kubernetes",
    "onepassword",
    "onepasswordconnectsdk",
    "pykeepass",
    "requests",
    "tss",
    "subprocess",
)
"""Packages whose answers come from outside the repository."""

FILES = frozenset(
    {
        "builtins.open",
        "pathlib.Path().read_text",
        "pathlib.Path().read_bytes",
        "pathlib.Path().open",
        "decouple.RepositorySecret",
        "linecache.getline",
        "json.load",
        "toml.load",
        "tomli.load",
        "tomllib.load",
        "yaml.load",
        "yaml.safe_load",
        "environ.Env.parse_file",
    }
)
"""Calls that read a file; whether the repository tracks it is the project's to say."""

RANDOM = (
    "django.core.management.utils.get_random_secret_key",
    "django.utils.crypto.get_random_string",
    "django.utils.crypto.secrets",
    "Crypto.Random",
    "cryptography.fernet.Fernet.generate_key",
    "numpy.random",
    "os.urandom",
    "random",
    "secrets",
    "shortuuid",
    "uuid.uuid4",
)
"""Ways to values that are made afresh each time."""

DERIVED = (
    "builtins.__file__",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "django.get_version",
    "django.VERSION",
    "django.utils.timezone.now",
    "getpass.getuser",
    "os.getcwd",
    "os.getlogin",
    "os.getpid",
    "os.uname",
    "platform",
    "socket.getfqdn",
    "socket.gethostname",
    "sys.version",
    "time.ctime",
    "time.time",
    "uuid.getnode",
    "uuid.uuid1",
)
"""Ways to values that an attacker can guess."""


def canonical(path: str) -> str:
    """Return the way under which the tables know `path`."""
    for alias, target in ALIASES.items():
        if path == alias or (path.startswith(alias) and path[len(alias)] in ".(["):
            return canonical(target + path[len(alias) :])
    return path


def is_under(path: str, roots: tuple[str, ...]) -> bool:
    """Whether `path` leads through one of `roots`."""
    return any(path == root or (path.startswith(root) and path[len(root)] in ".([") for root in roots)


def origin(path: str) -> str | None:
    """Return `external`, `random` or `derived` for a way to a value whose text is not known, or None."""
    if is_under(path, RANDOM):
        return "random"
    if is_under(path, DERIVED):
        return "derived"
    if is_under(path, EXTERNAL) or any(is_under(path, (f"{call}()",)) or path == call for call in FILES):
        return "external"
    return None
