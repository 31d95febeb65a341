"""Whatever the input, the command ends, tells no traceback, and finds the key beside the damage."""

import os
import subprocess
import sysconfig
from pathlib import Path
from typing import NamedTuple

import pytest

COMMAND = os.path.join(sysconfig.get_path("scripts"), "secretkey-lint")
LEAK = b'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'

pytestmark = pytest.mark.usefixtures("unmeasured")


class Outcome(NamedTuple):
    status: int
    found: set[str]
    """Lines and codes: `2 SKL001`."""
    output: str


def check(folder: Path, content: bytes, name: str = "settings.py") -> Outcome:
    (folder / name).write_bytes(content)
    done = subprocess.run(
        [COMMAND, "check", "--output-format", "concise", "--min-severity", "note", name],
        cwd=folder, capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    output, errors = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in output + errors
    assert errors == ""
    assert done.returncode in (0, 1)
    found = set()
    for line in output.splitlines():
        place, said = line.split(": ", 1)
        found.add(f"{place.split(':')[1]} {said.split()[0]}")
    return Outcome(done.returncode, found, output)


def codes(outcome: Outcome) -> set[str]:
    return {each.split()[1] for each in outcome.found}


@pytest.mark.parametrize("content", [b"", b"\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"#", b"\\"])
@pytest.mark.parametrize("name", ["settings.py", ".env", "notes.txt"])
def test_next_to_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    """A file without a key is clean, however odd."""
    assert check(tmp_path, content, name) == Outcome(0, set(), "")


@pytest.mark.parametrize(
    "content",
    [b"SECRET_KEY", b"SECRET_KEY =", b"SECRET_KEY = '", b'SECRET_KEY = """', b"SECRET_KEY=\\", b"SECRET_KEY = (", b"\0SECRET_KEY"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["settings.py", ".env", "notes.txt"])
def test_a_key_that_is_cut_off(tmp_path: Path, name: str, content: bytes) -> None:
    """A file that ends in the midst of a binding is said not to be read, or holds nothing."""
    assert codes(check(tmp_path, content, name)) <= {"SKL900", "SKL005"}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"x = '\0'\n" + LEAK, 2),
        (LEAK + b"\0", 1),
        (b"x = '\xff\xfe'\n" + LEAK, 2),
        (b"# \xe9\n" + LEAK, 2),
        (b"# coding: nonsense\n" + LEAK, 2),
        (b"# coding: ascii\nx = '\xc3\xa9'\n" + LEAK, 3),
        (b'print "hello"\n' + LEAK, 2),
        (b"exec 'x = 1'\nraise E, 'text'\n" + LEAK + b"print `x`\n", 3),
        (b"<<<<<<< HEAD\n" + LEAK + b"=======\nSECRET_KEY = x\n>>>>>>> other\n", 2),
        (b"if x:\n" + LEAK, 2),
        (b"  \t x = 1\n" + LEAK, 2),
        (b"\t" + LEAK + b"        y = 1\n  z\n", 1),
        (b"def f(:\n    pass\n" + LEAK, 3),
        (b"x = '\n" + LEAK, 2),
        (b"x = (\n" + LEAK, 2),
        (LEAK + b"x = ((((\n", 1),
        (LEAK + b'"""\n', 1),
        (b"x = $y\n" + LEAK, 2),
        (b"{% if x %}\n" + LEAK + b"{% endif %}\n", 2),
        (b"x = 0777L\n" + LEAK, 2),
    ],
    ids=range(20),
)  # fmt: skip
def test_the_key_beside_the_damage_is_found(tmp_path: Path, content: bytes, line: int) -> None:
    """A file that could not be read in full is said to be so, and the key in it is reported at its line."""
    outcome = check(tmp_path, content)
    assert outcome.status == 1
    assert f"{line} SKL001" in outcome.found
    assert "SKL900" in codes(outcome)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xef\xbb\xbf" + LEAK, 1),
        (b"\xef\xbb\xbf# coding: utf-8\n" + LEAK, 2),
        (b"import os\r\n" + LEAK.replace(b"\n", b"\r\n"), 2),
        (b"import os\r" + LEAK.replace(b"\n", b"\r"), 2),
        (b"import os\r\n\r" + LEAK, 3),
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n" + LEAK, 3),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n" + LEAK, 4),
        (b"\f\n" + LEAK, 2),
        (b"x = 1\f\n" + LEAK, 2),
        (LEAK.rstrip(b"\n"), 1),
        (b"\xc3\xa9 = '\xf0\x9f\x98\x80'; " + LEAK, 1),
        (b"x = \\\n    1\n" + LEAK, 3),
        (b"match x:\n    case 1:\n        pass\n" + LEAK, 4),
        (b"try:\n    pass\nexcept* E:\n    pass\n" + LEAK, 5),
        (b"type X = int\ndef f[T](x: T) -> T: return x\n" + LEAK, 3),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_is_unusual_is_no_damage(tmp_path: Path, content: bytes, line: int) -> None:
    """All of these Python reads without complaint, some of it only since a later version."""
    assert check(tmp_path, content).found == {f"{line} SKL001"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16(tmp_path: Path, encoding: str) -> None:
    """PowerShell's `>` writes it; it takes a byte order mark to be recognised."""
    mark = {"utf-16": b"", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
    text = "A=1\r\nSECRET_KEY=8f3k2q9x7v5n1m4b6c0z\r\n"
    assert check(tmp_path, mark + text.encode(encoding), ".env").found == {"2 SKL005"}
    outcome = check(tmp_path, mark + ("x = 1\n" + LEAK.decode()).encode(encoding))
    assert {"2 SKL001", "1 SKL900"} <= outcome.found
    assert check(tmp_path, mark + b"", ".env").found == set()
    assert check(tmp_path, mark + (text + "é").encode(encoding) + b"\n", ".env").found == {"2 SKL005"}


def nested(opening: bytes, closing: bytes, count: int) -> bytes:
    return b"x = " + opening * count + b"1" + closing * count + b"\n"


@pytest.mark.parametrize(
    "content",
    [
        nested(b"(", b")", 10_000),
        nested(b"[", b"]", 10_000),
        nested(b"{1:", b"}", 10_000),
        nested(b"f(", b")", 10_000),
        nested(b"-", b"", 10_000),
        nested(b"not ", b"", 10_000),
        nested(b"lambda: ", b"", 10_000),
        nested(b"1 if 1 else ", b"", 10_000),
        nested(b"1 ** ", b"", 10_000),
        b"x = " + b"(" * 10_000 + b"\n",
        b"x = a" + b".a" * 10_000 + b"\n",
        b"x = a" + b"()" * 10_000 + b"\n",
        b"x = a" + b"[0]" * 10_000 + b"\n",
        b"x = " + b"1 + " * 20_000 + b"1\n",
        b"x = " + b"a and " * 20_000 + b"a\n",
        b"x = " + b"a < " * 20_000 + b"a\n",
        b"x = " + b"'a' " * 20_000 + b"\n",
        b"x = f'" + b"{x}" * 10_000 + b"'\n",
        b"if x:\n    pass\n" + b"elif x:\n    pass\n" * 5_000,
        b"".join(b" " * depth + b"if x:\n" for depth in range(99)) + b" " * 99 + b"pass\n",
        b"".join(b" " * depth + b"def f():\n" for depth in range(99)) + b" " * 99 + b"pass\n",
        b"x = {" + b"".join(b"'k%d': %d, " % (at, at) for at in range(10_000)) + b"}\n",
        b"x = [" + b"1, " * 20_000 + b"]\n",
        b"x = 1\n" * 15_000,
        b"x = '" + b"a" * 1_000_000 + b"'\n",
        b"# " + b"a" * 1_000_000 + b"\n",
        b"x = 1" + b"0" * 100_000 + b"\n",
        b";".join([b"x = 1"] * 10_000) + b"\n",
        b"\\\n" * 10_000 + b"x = 1\n",
        b"def f():\n    return f()\nx = f()\n",
        b"def f(): return g()\ndef g(): return f()\nx = f()\n",
        b"class A(A): pass\nx = A()\n",
        b"x = x\nx = [x]\nx = lambda: x()\nx()\n",
    ],
    ids=range(33),
)  # fmt: skip
def test_size_and_depth(tmp_path: Path, content: bytes) -> None:
    """Generated code, data written as code and attacks on parsers: the key behind is found, or before."""
    line = content.count(b"\n") + 1
    outcome = check(tmp_path, content + LEAK)
    assert outcome.status == 1
    assert f"{line} SKL001" in outcome.found
    assert codes(outcome) <= {"SKL001", "SKL900"}
    assert "1 SKL001" in check(tmp_path, LEAK + content).found


@pytest.mark.parametrize(
    ("content", "is_leak"),
    [
        (b'x = "k"\n' + b"x = x + x\n" * 100 + b"SECRET_KEY = x\n", None),
        (b'SECRET_KEY = "k" * 10 ** 10\n', None),
        (b'SECRET_KEY = "%01000000000d" % 1\n', None),
        (b'SECRET_KEY = f"{1:01000000000d}"\n', None),
        (b'SECRET_KEY = "{:>1000000000}".format(1)\n', None),
        (b'SECRET_KEY = "k".ljust(10 ** 10)\n', None),
        (b"SECRET_KEY = str(9 ** 9 ** 9)\n", None),
        (b"SECRET_KEY = str(1 << 10 ** 10)\n", None),
        (b"SECRET_KEY = ''.join(str(i) for i in range(10 ** 10))\n", None),
        (b"SECRET_KEY = list(range(10 ** 10))\n", None),
        (b"x = 'k'\nwhile True:\n    x += x\nSECRET_KEY = x\n", None),
        (b"x = ''\nfor i in range(10 ** 10):\n    x += 'k'\nSECRET_KEY = x\n", None),
        (b"def f(x): return f(x + 'k')\nSECRET_KEY = f('')\n", None),
        (b"def f(n): return f(n - 1) + f(n - 1) if n else 'k'\nSECRET_KEY = f(40)\n", None),
        (b'import hashlib\nSECRET_KEY = hashlib.pbkdf2_hmac("sha256", b"a", b"b", 10 ** 9)\n', None),
        (b'SECRET_KEY = "x".replace("", "k" * 100000).replace("", "k" * 100000)\n', None),
        (b"import json\nSECRET_KEY = json.loads('[' * 100000)\n", None),
        (b"SECRET_KEY = int('9' * 5000)\n", None),
        (b"x = []\nx.append(x)\nSECRET_KEY = x\n", None),
        (b"SECRET_KEY = [[[x for x in 'abc'] for y in 'abc'] for z in 'abc']\n", None),
        (b"SECRET_KEY = " + b" + ".join([b'"k"'] * 20_000) + b"\n", None),
        (b"SECRET_KEY = " + b" ".join([b'"k"'] * 20_000) + b"\n", None),
        (b"SECRET_KEY = {" + b"".join(b"'k%d': '%d', " % (at, at) for at in range(10_000)) + b"}['k7']\n", None),
        (b"import os\nx = ''\n" + b"if os.environ.get('A'): x += 'a'\nelse: x += 'b'\n" * 30 + b"SECRET_KEY = x\n", None),
        (b"import os\n" + b"if os.environ.get('A'): SECRET_KEY = 'abcdefgh'\nelse: SECRET_KEY = 'zyxwvuts'\n" * 30, True),
        (b"if a: SECRET_KEY = 'abcdefgh'\n" + b"".join(b"elif a == %d: SECRET_KEY = 'k%d'\n" % (at, at) for at in range(300)), True),
        (b"SECRET_KEY = " + b"a or " * 5_000 + b"'abcdefgh'\n", None),
        (b"SECRET_KEY = " + b"(" * 150 + b"'abcdefgh'" + b")" * 150 + b"\n", True),
        (b"SECRET_KEY = 'abcdefgh'" + b".strip()" * 2_000 + b"\n", None),
    ],
    ids=range(29),
)  # fmt: skip
def test_what_would_cost_too_much_is_not_computed(tmp_path: Path, content: bytes, is_leak: bool | None) -> None:
    """The value of the key itself may be an attack; where it is not computed and may matter, that is said."""
    outcome = check(tmp_path, content)
    if is_leak:
        assert outcome.status == 1
    assert codes(outcome) <= {"SKL001", "SKL003", "SKL900"}


def test_50_megabytes_in_a_line(tmp_path: Path) -> None:
    """A bundle, a dump: what is in the midst of it is found by its prefix, and the key behind it, too."""
    padding = b"x" * (25 << 20)
    insecure = b" django-insecure-8f3k2q9x7v5n1m4b6c0z8f3k2q9x7v5 "
    assert check(tmp_path, padding + b"SECRET_KEY" + insecure + padding, "bundle.js").found == {"1 SKL002"}
    outcome = check(tmp_path, b"x = '" + padding + padding + b"'\n" + LEAK)
    assert "2 SKL001" in outcome.found


def test_a_megabyte_of_mentions(tmp_path: Path) -> None:
    """Neither the lines that name the key nor the comments may cost more than their length."""
    for content in (
        b"# SECRET_KEY = x\n" * 10_000,
        b"print SECRET_KEY\n" * 10_000,
        b"SECRET_KEY " * 20_000,
        b"#" * 500_000 + b"SECRET_KEY = 'x'\n",
        b"SECRET_KEY = 'x' #" * 10_000,
        b"django-insecure-" * 10_000,
    ):
        for name in ("settings.py", ".env", "notes.txt"):
            assert codes(check(tmp_path, content, name)) <= {"SKL001", "SKL002", "SKL005", "SKL900"}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"SECRET_KEY=8f3k2q9x7v5n1m4b6c0z", {"1 SKL005"}),
        (b"A='\nSECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n", {"2 SKL005"}),
        (b"\xff\xff\nSECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n", {"2 SKL005"}),
        (b"\0\nSECRET_KEY=8f3k2q9x7v5n1m4b6c0z\0\n", {"2 SKL005"}),
        (b"A=1\rSECRET_KEY=8f3k2q9x7v5n1m4b6c0z\r", {"2 SKL005"}),
        (b"<<<<<<< HEAD\nSECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n=======\n", {"2 SKL005"}),
        (b"=\n==\n 'a\nSECRET_KEY=8f3k2q9x7v5n1m4b6c0z\n", {"4 SKL005"}),
        (b'SECRET_KEY="8f3k2q9x7v5n1m4b6c0z\n', {"1 SKL005", "1 SKL900"}),
        (b"SECRET_KEY='8f3k2q9x7v5n1m4b6c0z' junk\n", {"1 SKL005", "1 SKL900"}),
        (b"SECRET_KEY\n", set()),
    ],
    ids=range(10),
)  # fmt: skip
def test_damaged_environment_files(tmp_path: Path, content: bytes, found: set[str]) -> None:
    """A line that is no entry hides neither the next nor itself."""
    outcome = check(tmp_path, content, ".env")
    assert outcome.found >= found
    assert codes(outcome) <= {"SKL005", "SKL900"}
