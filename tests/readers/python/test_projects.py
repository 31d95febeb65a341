"""Small projects of several modules, and how loudly what they start with is to be reported."""

from pathlib import Path

import pytest

from secretkey_lint import api

WSGI = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n'
KEY = '"k9w2x7p4z1k9w2x7p4z1k9w2x7p4z1k9w2x7p4z1"'

PROJECTS = {
    "what is given to variables beside a file counts only where that is": (
        "nothing",
        {"__init__": 'import environ\nenv = environ.Env()\nenv.read_env(A="k9w2x7p4z1")\nSECRET_KEY = env("A")\n'},
    ),
    "what is given beside a file that is there": (
        "error",
        {
            "__init__": "import environ\nfrom pathlib import Path\nenv = environ.Env()\n"
            'env.read_env(Path(__file__).parent / "base.py", A="k9w2x7p4z1")\nSECRET_KEY = env("A")\n',
            "base": "B = 1\n",
        },
    ),
    "a default that is never asked for, since a module that is imported for nothing else ends the start": (
        "warning",
        {
            "__init__": "from .live import *\n",
            "live": "import os\nfrom . import checks\n"
            'SECRET_KEY = os.environ.get("A", "m4x7k2v9q7zw8bn5t1r3y6p0dfghjl2c8s4e9u")\n',
            "checks": 'import os\nif "A" not in os.environ:\n    raise SystemExit("A is not set")\n',
        },
    ),
    "a module whose functions raise, which is no refusal by itself": (
        "error",
        {
            "__init__": "from .live import *\n",
            "live": f"from . import checks\nSECRET_KEY = {KEY}\n",
            "checks": 'def refuse():\n    raise SystemExit("no")\n',
        },
    ),
    "a default that is never asked for, since a function of another module has ended the start": (
        "warning",
        {
            "__init__": "from .live import *\n",
            "live": "import os\nfrom .checks import require\nrequire('A')\n"
            'SECRET_KEY = os.environ.get("A", "m4x7k2v9q7zw8bn5t1r3y6p0dfghjl2c8s4e9u")\n',
            "checks": "import os, sys\ndef require(name):\n    if name not in os.environ:\n        sys.exit(1)\n",
        },
    ),
    "a default that a function of a module refuses": (
        "nothing",
        {
            "__init__": "from .live import *\n",
            "live": f"import os\nfrom . import checks\nSECRET_KEY = os.environ.get('A', {KEY})\n"
            f"if SECRET_KEY == {KEY}:\n    checks.refuse()\n",
            "checks": 'def refuse():\n    raise SystemExit("no")\n',
        },
    ),
    "a variable that is set where a module is taken in for development alone": (
        "warning",
        {
            "__init__": "from .live import *\n",
            "live": "import os\nSECRET_KEY = os.environ['B']\n"
            "if os.environ.get('ENVIRONMENT') == 'development':\n    from .base import *\n"
            "SECRET_KEY_FALLBACKS = [os.environ.get('A', '')]\n",
            "base": f"import os\nos.environ.setdefault('A', {KEY})\n",
        },
    ),
    "names of a loop that is not run to its end for all": (
        "error",
        {
            "__init__": "from .live import *\n",
            "live": f"import os\nfrom .general import *\nos.environ['A'] = {KEY}\nSECRET_KEY = os.environ.get('A')\n",
            "general": "from . import base\nfor name in dir(base):\n"
            "    if name.isupper():\n        globals()[name] = getattr(base, name)\n",
            "base": "import os\nTIME_ZONE = os.environ.get('TZ')\n",
        },
    ),
    "a default that is never asked for, since what is taken over has asked for the variable": (
        "warning",
        {
            "__init__": "from .live import *\n",
            "base": 'import os\nSECRET_KEY = os.environ["A"]\n',
            "live": "import os\nfrom .base import *\n"
            'SECRET_KEY = os.environ.get("A", "m4x7k2v9q7zw8bn5t1r3y6p0dfghjl2c8s4e9u")\n',
        },
    ),
    "a package that takes all over from the module that imports from it": (
        "error",
        {
            "__init__": "from .live import *\n",
            "live": "from . import keys\nSECRET_KEY = keys.key\n",
            "keys": f"key = {KEY}\n",
        },
    ),
    "what is inherited under conditions that exclude each other": (
        "error",
        {
            "__init__": "from .live import *\n",
            "live": "import os\n"
            'if not os.environ.get("A"):\n'
            f"    SECRET_KEY = {KEY}\n"
            '    if all([os.environ.get("A")]):\n'
            f"        SECRET_KEY = {KEY}\n"
            "else:\n"
            '    SECRET_KEY = os.environ["A"]\n',
        },
    ),
    "an entry of a module's names, by its name": (
        "error",
        {
            "__init__": "from .live import *\n",
            "live": 'keys = __import__("shop.settings.keys", fromlist=["x"])\nSECRET_KEY = next(vars(keys)["make"]())\n',
            "keys": f"def make():\n    yield {KEY}\n",
        },
    ),
    "a name that a module had before it imported the one that asks for it": (
        "error",
        {
            "__init__": "from .live import *\n",
            "live": f"DEFAULT = {KEY}\nfrom .keys import key\nSECRET_KEY = key\n",
            "keys": "from .live import DEFAULT\nkey = DEFAULT\n",
        },
    ),
    "a base that asks for what the module has that takes all over from it": (
        "error",
        {
            "__init__": f"DEFAULT = {KEY}\nfrom .base import *\n",
            "base": "from shop.settings import DEFAULT\nSECRET_KEY = DEFAULT\n",
        },
    ),
    "a function that asks for what came after it was imported": (
        "error",
        {
            "__init__": f"from .keys import get\nDEFAULT = {KEY}\nSECRET_KEY = get()\n",
            "keys": "def get():\n    from shop.settings import DEFAULT\n    return DEFAULT\n",
        },
    ),
    "a module had from `sys.modules`": (
        "error",
        {
            "__init__": f"DEFAULT = {KEY}\nfrom .keys import key as SECRET_KEY\n",
            "keys": 'import sys\nkey = sys.modules["shop.settings"].DEFAULT\n',
        },
    ),
    "modules that ask each other in a circle that Python does not survive": (
        "nothing",
        {
            "__init__": "from .keys import key as SECRET_KEY\n",
            "keys": "from .live import key\n",
            "live": "from .keys import key\n",
        },
    ),
    "a module whose own DEBUG is nothing but true": (
        "error",
        {
            "__init__": "from .keys import key as SECRET_KEY\n",
            "keys": f"DEBUG = True\nkey = {KEY}\nassert DEBUG\n",
        },
    ),
    "a variable that is set before a module is imported, which reads the key from it": (
        "error",
        {
            "__init__": f"import os\nos.environ['ACME_TOKEN'] = {KEY}\n"
            "SECRET_KEY = os.getenv('ACME_TOKEN')\nfrom .live import *\n",
            "live": 'import os\nSECRET_KEY = os.environ["ACME_TOKEN"]\n',
        },
    ),
    "a default that is never asked for, since the variable is set before the module is imported": (
        "warning",
        {
            "__init__": 'import os, secrets\nos.environ["A"] = secrets.token_urlsafe(50)\n'
            'SECRET_KEY = os.getenv("A")\nfrom .live import *\n',
            "live": f"import os\ntry:\n    SECRET_KEY = os.environ['A']\nexcept KeyError:\n    SECRET_KEY = {KEY}\n",
        },
    ),
    "a default that a function refuses which comes from elsewhere with all others": (
        "warning",
        {
            "__init__": "from .checks import *\nfrom .live import *\nif SECRET_KEY == DEFAULT:\n    refuse()\n",
            "live": f"import os\nDEFAULT = {KEY}\nSECRET_KEY = os.environ.get('A', DEFAULT)\n",
            "checks": 'def refuse():\n    raise SystemExit("no")\n',
        },
    ),
    "a default in a tracked file in which the key must not be": (
        "nothing",
        {
            "__init__": "import os\nfrom pathlib import Path\n"
            'TEXT = (Path(__file__).parent / "live.py").read_text()\n'
            'SECRET_KEY = os.environ.get("A", TEXT)\nassert SECRET_KEY not in TEXT\n',
            "live": "B = 1\n",
        },
    ),
    "a field of a settings class that a tracked file gives, under a name that many have": (
        "error",
        {
            "__init__": "from pathlib import Path\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\n"
            "HERE = Path(__file__).parent\nclass Conf(BaseSettings):\n"
            '    model_config = SettingsConfigDict(env_file=("absent.env", HERE / "base.py"))\n    key: str\n'
            "SECRET_KEY = Conf().key\n",
            "base": "KEY = 1\n",
        },
    ),
    "a field of a settings class whose base says which file it is read from": (
        "error",
        {
            "__init__": "from pydantic import BaseSettings\nclass Common(BaseSettings):\n    class Config:\n"
            '        env_file = "shop/settings/base.py"\nclass Conf(Common):\n    key: str\nSECRET_KEY = Conf().key\n',
            "base": "KEY = 1\n",
        },
    ),
    "a field of a settings class that no file gives": (
        "nothing",
        {
            "__init__": "from pydantic_settings import BaseSettings\nclass Conf(BaseSettings):\n"
            '    model_config = {"env_file": "shop/settings/base.py"}\n    key: str\nSECRET_KEY = Conf().key\n',
            "base": "OTHER = 1\n",
        },
    ),
    "a module loaded by its name, which sets the variable that is read behind it": (
        "error",
        {
            "__init__": "import os\nfrom importlib import import_module\nimport_module('.keys', __package__)\n"
            'SECRET_KEY = os.environ.get("ACME_TOKEN")\n',
            "keys": f"import os\nos.environ['ACME_TOKEN'] = {KEY}\n",
        },
    ),
    "a module that calls a function of its own which ends the start": (
        "warning",
        {
            "__init__": f"import os\nfrom . import checks\nSECRET_KEY = os.environ.get('A', {KEY})\n",
            "checks": "import os, sys\ndef check():\n    if 'A' not in os.environ:\n        sys.exit(1)\ncheck()\n",
        },
    ),
    "a class whose key may be given to the module in a way that is not followed": (
        "error",
        {
            "__init__": f"class Keys:\n    SECRET_KEY = {KEY}\nimport os\nSECRET_KEY = os.environ['A']\n"
            "for name in dir(Keys):\n    globals()[name.upper()] = getattr(Keys, name)\n"
        },
    ),
    "a default in a tracked file that the key must not be, among others": (
        "nothing",
        {
            "__init__": "import os\nfrom pathlib import Path\n"
            'TEXT = (Path(__file__).parent / "live.py").read_text()[::-1]\n'
            'SECRET_KEY = os.environ.get("A", TEXT)\nif SECRET_KEY in [TEXT, ""]:\n    raise ValueError("no key")\n',
            "live": "B = 1\n",
        },
    ),
    "a key that another module takes the place of in one case alone": (
        "error",
        {
            "__init__": f"SECRET_KEY = {KEY}\nfrom .live import *\n",
            "live": 'import os\nif "A" in os.environ:\n    SECRET_KEY = os.environ["A"]\n',
        },
    ),
    "a key that another module takes the place of in each case": (
        "nothing",
        {
            "__init__": f"SECRET_KEY = {KEY}\nfrom .live import *\n",
            "live": 'import os\nif "A" in os.environ:\n    SECRET_KEY = os.environ["A"]\n'
            'else:\n    SECRET_KEY = os.environ["B"]\n',
        },
    ),
    "a flag of another module that is nothing but true": (
        "error",
        {
            "__init__": f"import os\nfrom . import base\nif base.DEBUG:\n    SECRET_KEY = {KEY}\n"
            'else:\n    SECRET_KEY = os.environ["A"]\n',
            "base": "DEBUG = True\n",
        },
    ),
    "a flag of another module that the environment switches": (
        "warning",
        {
            "__init__": f"import os\nfrom . import base\nif base.DEBUG:\n    SECRET_KEY = {KEY}\n"
            'else:\n    SECRET_KEY = os.environ["A"]\n',
            "base": 'import os\nDEBUG = os.environ.get("DEBUG") == "1"\n',
        },
    ),
    "a base that asks for what the module makes with a function that it has from a third": (
        "error",
        {
            "__init__": "from .keys import *\nDEFAULT = make()\nfrom .base import *\n",
            "base": "from shop.settings import DEFAULT\nSECRET_KEY = DEFAULT\n",
            "keys": f"def make():\n    return {KEY}.lower()\n",
        },
    ),
    "a name that a module binds again among others, by a table": (
        "error",
        {
            "__init__": "from .keys import key as SECRET_KEY\n",
            "keys": f"TABLE = {{'key': {KEY}, 'language': 'en'}}\nkey = ''\n"
            "for name, value in TABLE.items():\n    globals()[name] = value\n",
        },
    ),
    "a variable that the module sets itself, and that a function of another one requires": (
        "error",
        {
            "__init__": f"import os\nfrom .helpers import get\nos.environ['ACME_TOKEN'] = {KEY}\n"
            "SECRET_KEY = os.environ['ACME_TOKEN']\nSECRET_KEY_FALLBACKS = [get('ACME_TOKEN')]\n",
            "helpers": "import os\ndef get(name):\n    return os.environ[name]\n",
        },
    ),
    "a key had by a way that is not followed": (
        "error",
        {
            "__init__": "from .live import *\n",
            "live": "from . import base\nfor name in dir(base):\n    if name.isupper():\n"
            "        globals()[name] = getattr(base, name)\n",
            "base": f"import os\nSECRET_KEY = {KEY}\nif 'A' in os.environ:\n    SECRET_KEY = os.environ['A']\n",
        },
    ),
    "a module imported by its dotted name, which sets the variable that is read behind it": (
        "error",
        {
            "__init__": 'import os\nimport shop.settings.keys\nSECRET_KEY = os.environ.get("ACME_TOKEN")\n',
            "keys": f"import os\nos.environ['ACME_TOKEN'] = {KEY}\n",
        },
    ),
    "an environment file of which it can't be told where it is": (
        "error",
        {
            "__init__": f"import os\nfrom environs import Env\nenv = Env()\nenv.read_env(os.environ.get('FILE'))\n"
            f"env.read_env('../../../.env')\nSECRET_KEY = env.str('ACME_TOKEN', {KEY})\n",
        },
    ),
    "a function of a library that another module imports, too, in one case": (
        "error",
        {
            "__init__": "from pathlib import Path\nfrom .live import *\n"
            'SECRET_KEY = Path(__file__).with_name("base.py").read_text()\n',
            "live": 'import os\nif "A" in os.environ:\n    from pathlib import Path\n',
            "base": "B = 1\n",
        },
    ),
    "a class with another key, which production does not start with": (
        "warning",
        {"__init__": f"import os\nclass Keys:\n    SECRET_KEY = {KEY}\nSECRET_KEY = os.environ['A']\n"},
    ),
    "a class with the key that production starts with": (
        "error",
        {"__init__": f"class Keys:\n    SECRET_KEY = {KEY}\nSECRET_KEY = Keys.SECRET_KEY\n"},
    ),
    "a class with a key, where it can't be told what the module's key is": (
        "error",
        {"__init__": f"from keys import find\nclass Keys:\n    SECRET_KEY = {KEY}\nfind(Keys, globals())\n"},
    ),
    "a loop that is left before it comes to refuse": (
        "error",
        {
            "__init__": "from .live import *\n",
            "live": f"for SECRET_KEY in [{KEY}]:\n    break\nelse:\n    raise RuntimeError\n",
        },
    ),
}


@pytest.mark.parametrize(("expected", "modules"), PROJECTS.values(), ids=PROJECTS)
def test_project(expected: str, modules: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "shop" / "settings"
    package.mkdir(parents=True)
    (package.parent / "wsgi.py").write_text(WSGI)
    for name, text in modules.items():
        (package / f"{name}.py").write_text(text)
    monkeypatch.chdir(tmp_path)
    report = api.check_paths(["."])
    assert not report.failures
    order = ["nothing", "note", "warning", "error"]
    assert max((each.severity for each in report.diagnostics), key=order.index, default="nothing") == expected
