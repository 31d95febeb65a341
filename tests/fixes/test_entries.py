"""Keys in other files than Python's, and former keys: what is taken out, and what takes its place."""

import pytest

from secretkey_lint import api

KEY = "q7w2x9p4z1v8k3b6y5"
REAL = "v9f2kq7x1m4Tw8zKb5Qn1Zr3t6Cy0pBdWfBgUhjYls1"
WEB = "services:\n  web:\n    environment:\n"
OS = 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n'

CASES = [
    ("compose.yml", f"{WEB}      SECRET_KEY: {KEY}\n", f'{WEB}      SECRET_KEY: "${{SECRET_KEY:?}}"\n'),
    ("compose.yml", f"{WEB}      SECRET_KEY: '{KEY}' # a\n", f"{WEB}      SECRET_KEY: '${{SECRET_KEY:?}}' # a\n"),
    (
        "deploy/docker-compose.prod.yaml",
        f"{WEB}      - SECRET_KEY={KEY}\n",
        f"{WEB}      - SECRET_KEY=${{SECRET_KEY:?}}\n",
    ),
    ("compose.yml", f'{WEB}      - "SECRET_KEY={KEY}"\n', f'{WEB}      - "SECRET_KEY=${{SECRET_KEY:?}}"\n'),
    ("compose.yml", f"{WEB}      SECRET_KEY: ${{ACME:-{KEY}}}\n", f"{WEB}      SECRET_KEY: ${{ACME:?}}\n"),
    ("compose.yml", f"{WEB}      SECRET_KEY: '${{ACME-{KEY}}}'\n", f"{WEB}      SECRET_KEY: '${{ACME:?}}'\n"),
    ("run.sh", f'export SECRET_KEY="${{SECRET_KEY:-{KEY}}}"\n', 'export SECRET_KEY="${SECRET_KEY:?}"\n'),
    (".env.example", f"SECRET_KEY={REAL}\nA=b\n", "SECRET_KEY=\nA=b\n"),
    (".env.sample", f'export SECRET_KEY="{REAL}" # yours\n', "export SECRET_KEY= # yours\n"),
    ("settings.py", f'{OS}SECRET_KEY_FALLBACKS = ["{KEY}"]\n', f"{OS}SECRET_KEY_FALLBACKS = []\n"),
    ("settings.py", f'{OS}SECRET_KEY_FALLBACKS = ["{KEY}",]\n', f"{OS}SECRET_KEY_FALLBACKS = []\n"),
    (
        "settings.py",
        f'{OS}SECRET_KEY_FALLBACKS = [os.environ["OLD"], "{KEY}"]\n',
        f'{OS}SECRET_KEY_FALLBACKS = [os.environ["OLD"]]\n',
    ),
    (
        "settings.py",
        f'{OS}SECRET_KEY_FALLBACKS = ["{KEY}", os.environ["OLD"]]\n',
        f'{OS}SECRET_KEY_FALLBACKS = [os.environ["OLD"]]\n',
    ),
    (
        "settings.py",
        f'{OS}SECRET_KEY_FALLBACKS = [\n    os.environ["OLD"],\n    "{KEY}",  # of 2019\n]\n',
        f'{OS}SECRET_KEY_FALLBACKS = [\n    os.environ["OLD"],\n]\n',
    ),
    (
        "settings.py",
        f'{OS}SECRET_KEY_FALLBACKS = []\nSECRET_KEY_FALLBACKS.append("{KEY}")\nA = 1\n',
        f"{OS}SECRET_KEY_FALLBACKS = []\nA = 1\n",
    ),
    # what is left to people
    (".env", f"SECRET_KEY={KEY}\n", None),
    ("Dockerfile", f"FROM x\nENV SECRET_KEY={KEY}\n", None),
    ("run.sh", f"export SECRET_KEY={KEY}\n", None),
    ("deployment.yaml", f"env:\n  - name: SECRET_KEY\n    value: {KEY}\n", None),
    ("compose.dev.yml", f"{WEB}      SECRET_KEY: {KEY}\n", None),
    ("settings.py", f'{OS}SECRET_KEY_FALLBACKS = (os.environ["OLD"], "{KEY}")\n', None),
    ("settings.py", f'{OS}SECRET_KEY_FALLBACKS = []\nif True:\n    SECRET_KEY_FALLBACKS.append("{KEY}")\n', None),
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("path", "before", "after"), CASES)
def test_what_becomes_of_it(path: str, before: str, after: str | None, end: str) -> None:
    content = before.replace("\n", end).encode()
    found = api.fix_source(content, path, unsafe=True)
    assert found.content.decode() == (before if after is None else after).replace("\n", end)
    assert len(found.mended) == (after is not None)
    if after is not None:
        assert not [each for each in api.check_source(found.content, path).diagnostics if each.code != "SKL012"]
        assert api.fix_source(found.content, path, unsafe=True).content == found.content
    for each in api.check_source(content, path).diagnostics:
        assert KEY not in repr(each) and REAL not in repr(each)


def test_all_former_keys_go() -> None:
    """Edits that touch each other are applied one after the other."""
    keys = ", ".join(f'"{KEY}{number}"' for number in range(8))
    found = api.fix_source(f"{OS}SECRET_KEY_FALLBACKS = [{keys}]\n".encode(), "settings.py", unsafe=True)
    assert found.content.decode() == f"{OS}SECRET_KEY_FALLBACKS = []\n"
    assert len(found.mended) == 8
