"""A report that has everything, made by a check of files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from secretkey_lint import api
from secretkey_lint.model.report import Report

FILES = {
    "shop/settings.py": "from shop.keys import DEFAULT\nimport os\n\nSECRET_KEY = os.environ.get('SHOP_KEY', DEFAULT)\n",
    "shop/keys.py": 'DEFAULT = "8f3k2q9x7v5n1m4b6c0z"\n',
    "tests/settings.py": 'SECRET_KEY = "2f3k2q9x7v5n1m4b6c0z"\n',
    "fallbacks.py": 'SECRET_KEY_FALLBACKS = ["3f3k2q9x7v5n1m4b6c0z", "9f3k2q9x7v5n1m4b6c0z"]\n',
    "demo.py": 'SECRET_KEY = "4f3k2q9x7v5n1m4b6c0z"  # secretkey-lint: ignore[SKL001] replaced at deployment\n',
    "lines.py": 'SECRET_KEY = """5f3k2q9x7v5n\n1m4b6c0z"""\n',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for path, content in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content)
    return tmp_path


@pytest.fixture
def report(folder: Path) -> Report:
    """Errors and a note, two of them on one line, one over two lines, one with a way, and one that is suppressed."""
    return api.check_paths(sorted(FILES))


@pytest.fixture(autouse=True, scope="session")
def elsewhere() -> Iterator[None]:
    """As if no CI service were running this."""
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
            patch.delenv(variable, raising=False)
        yield
