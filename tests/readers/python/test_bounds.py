"""What would take too long to follow: it ends, nothing wrong is said of it, and that it was followed only in part is.

Asserted on the outcome alone. Whoever broke a bound would notice by waiting.
"""

from pathlib import Path

import pytest

from secretkey_lint import api

BRANCHES = "import os\nX = ''\n" + "".join(
    f"if os.environ.get('A{n}'):\n    X = X + 'a{n}'\nelse:\n    X = X + 'b{n}'\n" for n in range(30)
)
GROWING = "import os\nX = []\n" + "".join(f"if os.environ.get('A{n}'):\n    X.append('a{n}')\n" for n in range(30))
DEEP = "'a'" + " + 'a'" * 300

PROGRAMS = {
    "branches": BRANCHES + "SECRET_KEY = X\n",
    "a list that grows on some ways": GROWING + "SECRET_KEY = X[0]\n",
    "recursion": "def f(n):\n    return f(n + 1) + f(n + 2)\n\n\nSECRET_KEY = f(1)\n",
    "mutual recursion": "def f(n):\n    return g(n)\n\n\ndef g(n):\n    return f(n)\n\n\nSECRET_KEY = f(1)\n",
    "a property that asks for itself": "class A:\n    @property\n    def k(self):\n        return self.k\n\n\n"
    "SECRET_KEY = A().k\n",
    "a class that makes itself": "class A:\n    def __init__(self):\n        self.a = A()\n\n\nSECRET_KEY = A().a\n",
    "a generator of itself": "def f():\n    yield from f()\n\n\nSECRET_KEY = next(f())\n",
    "table": "import os\nTABLE = {"
    + ", ".join(f"'{n}': '{n}'" for n in range(10_000))
    + "}\nSECRET_KEY = TABLE[os.name]\n",
}
SILENT = {
    "a loop without end": "while True:\n    SECRET_KEY = 'a'\n    SECRET_KEY = None\n",
}


def said(report: object) -> list[tuple[str, str]]:
    return [(each.code, each.severity) for each in report.diagnostics]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", PROGRAMS)
def test_what_is_followed_in_part_is_said_to_be(name: str) -> None:
    assert [code for code, _ in said(api.check_source(PROGRAMS[name].encode(), "shop/settings.py"))] == ["SKL900"]


@pytest.mark.parametrize("name", SILENT)
def test_what_turns_in_circles_ends(name: str) -> None:
    assert ("SKL001", "error") not in said(api.check_source(SILENT[name].encode(), "shop/settings.py"))


def test_a_start_that_fails_without_many_variables() -> None:
    """Each of them is set behind its lookup: that is not said anew of every name that there is."""
    names = [f"X_{number}" for number in range(1000)]
    lines = [f'{name} = os.environ["{name}"]' for name in names]
    program = "\n".join(
        ["import os", *lines, 'SECRET_KEY = os.environ.get("A", "a")', f"assert SECRET_KEY not in [{', '.join(names)}]"]
    )
    assert ("SKL003", "error") in said(api.check_source(program.encode(), "shop/settings.py"))


def test_deep_nesting_is_a_literal_still() -> None:
    report = api.check_source(f"SECRET_KEY = {DEEP}\n".encode(), "shop/settings.py")
    assert said(report) in ([("SKL001", "error")], [("SKL900", "warning")])


def test_a_chain_of_imports_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred modules, each of which takes the key from the next; the last has a literal, and is reported."""
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    for number in range(100):
        (package / f"settings{number}.py").write_text(f"from .settings{number + 1} import *\n")
    (package / "settings100.py").write_text('SECRET_KEY = "k9w2x7p4z1"\n')
    monkeypatch.chdir(tmp_path)
    assert {code for code, severity in said(api.check_paths(["."])) if severity == "error"} <= {"SKL001"}
    assert "shop/settings100.py" in {each.span.path for each in api.check_paths(["."]).diagnostics}


def test_a_circle_of_imports_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "settings.py").write_text('from .base import *\nSECRET_KEY = BASE or "k9w2x7p4z1"\n')
    (package / "base.py").write_text("from .settings import *\nBASE = None\n")
    monkeypatch.chdir(tmp_path)
    assert ("SKL003", "error") in said(api.check_paths(["."])) or ("SKL001", "error") in said(api.check_paths(["."]))
