"""Programs, and how loudly what they do is to be reported: what SECRET_KEY can be, in all the ways people write it.

`programs.txt` holds them, each under a heading that says the loudest severity, or `nothing`, and the path that the
program is read as: without one `shop/settings.py`, a production module.
"""

import re
from pathlib import Path

import pytest

from secretkey_lint import api
from secretkey_lint.model.source import LineIndex, SourceFile
from secretkey_lint.readers.python.interpreter import Interpreter
from secretkey_lint.readers.python.source import Source

PROGRAMS = [
    (severity, path or "shop/settings.py", source)
    for severity, path, source in re.findall(
        r"^#### (\w+) ?(\S*)\n(.*?)(?=^#### |\Z)",
        Path(__file__).with_name("programs.txt").read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
]

IDS = [f"{number}-{severity}" for number, (severity, _, _) in enumerate(PROGRAMS)]


def interpreted(source: str) -> Interpreter:
    """Walk a module that stands alone."""
    interpreter = Interpreter()
    file = SourceFile("settings.py", source.encode(), "settings.py")
    interpreter.run(interpreter.modules.add(file, source, LineIndex(source)))
    return interpreter


def loudest(source: str, path: str) -> str:
    report = api.check_source(source.encode(), path)
    assert not any(diagnostic.code == "SKL900" for diagnostic in report.diagnostics)
    order = ["nothing", "note", "warning", "error"]
    return max((diagnostic.severity for diagnostic in report.diagnostics), key=order.index, default="nothing")


@pytest.mark.parametrize(("expected", "path", "source"), PROGRAMS, ids=IDS)
def test_program(expected: str, path: str, source: str) -> None:
    assert loudest(source, path) == expected


@pytest.mark.parametrize(("expected", "path", "source"), PROGRAMS, ids=IDS)
def test_program_among_irrelevant_code(expected: str, path: str, source: str) -> None:
    """Leaving out what cannot matter must not change the answer, whatever stands around the program."""
    before = "APPS = ['a', 'b']\nDATABASES = {'default': {'NAME': APPS[0]}}\n\n\ndef unused(x):\n    return x\n\n\n"
    after = "\nfor app in APPS:\n    print(unused(app))\n"
    assert loudest(before + source + after, path) == expected


def test_only_what_reaches_the_key_is_evaluated() -> None:
    """A settings module costs its parse: two thousand lines that have nothing to do with the key are not evaluated."""
    lines = [f"SETTING_{number} = ['{number}', {{'a': {number}}}]" for number in range(2000)]
    interpreter = interpreted("\n".join([*lines, 'SECRET_KEY = "abc"', *lines]) + "\n")
    assert interpreter.steps < 10
    assert len(Source("X = 1\nY = X\n", "a.py", LineIndex("")).relevance.slice().statements) == 0


@pytest.mark.parametrize(
    "source",
    [
        "import os\n"
        + "".join(f"if os.environ.get('A{n}'):\n    X = '{n}'\nelse:\n    X = 'b' + X\n" for n in range(30)).replace(
            "'b' + X", "'b'"
        )
        + "SECRET_KEY = X\n",
        "def f(n):\n    return f(n) + f(n)\n\n\nSECRET_KEY = f('a')\n",
        "TABLE = {" + ", ".join(f"'{n}': '{n}'" for n in range(10_000)) + "}\nSECRET_KEY = TABLE[unknown()]\n",
        "X = 'a'\n" + "X = X + X\n" * 60 + "SECRET_KEY = X\n",
        "SECRET_KEY = '{:>999999999}'.format('a')\n",
        "SECRET_KEY = 'a' * 10 ** 12\n",
        "SECRET_KEY = 'a'.ljust(10 ** 9)\n",
        "SECRET_KEY = '%999999999d' % 1\n",
        "SECRET_KEY = 'a'.replace('a', 'b' * 90000).replace('b', 'c' * 90000)\n",
        "from itertools import count\nfor x in count():\n    SECRET_KEY = str(x)\n",
    ],
    ids=["branches", "recursion", "table", "doubling", "width", "power", "pad", "percent", "replace", "endless"],
)
def test_limits_end_it_soon_and_say_nothing_wrong(source: str) -> None:
    """What would take too long is unknown, and never an error that is not there."""
    interpreter = interpreted(source)
    assert interpreter.steps <= 100_001
