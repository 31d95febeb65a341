"""SKL006: published keys, which have to be made up here, since none stands in this repository."""

import pytest

from secretkey_lint import api, publications
from secretkey_lint.publications import MAGIC, Publications, digest

GENERATED = "v9#2kq$7x!m4@w8z&b5^n1*r3(t6)y0p_d-f=g+hj%ls1"
INSECURE = "django-insecure-" + GENERATED
WORDS = "what the handbook says"


@pytest.fixture(autouse=True)
def handbook(monkeypatch: pytest.MonkeyPatch) -> None:
    records = sorted(digest(key) + b"\0" for key in (GENERATED, INSECURE, WORDS))
    known = Publications(MAGIC + b"the handbook\tMIT\t2026-11-24\t3\n\n" + b"".join(records))
    monkeypatch.setattr(publications, "_loaded", [known])


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("shop/settings.py", "error"),
        ("shop/settings/dev.py", "warning"),
        ("tests/settings.py", "note"),
        ("docs/settings.py", "warning"),
    ],
)
def test_a_published_key_is_as_loud_as_any_other(path: str, severity: str) -> None:
    """What changes is what is said, not how loudly."""
    (diagnostic,) = api.check_source(f'SECRET_KEY = "{GENERATED}"\n'.encode(), path).diagnostics
    assert (diagnostic.code, diagnostic.severity) == ("SKL006", severity)
    assert diagnostic.message.startswith("SECRET_KEY is a key that is published in the handbook")
    (other,) = api.check_source(f'SECRET_KEY = "{GENERATED[::-1]}"\n'.encode(), path).diagnostics
    assert (other.code, other.severity) == ("SKL001", severity)


def test_a_published_stand_in_in_an_example_is_silent() -> None:
    assert not api.check_source(f'SECRET_KEY = "{WORDS}"\n'.encode(), "docs/settings.py").diagnostics
    assert not api.check_source(f"SECRET_KEY='{WORDS}'\n".encode(), ".env.example").diagnostics
    assert not api.check_source(f'# SECRET_KEY = "{WORDS}"\n'.encode(), "shop/settings.py").diagnostics


def test_what_else_holds_is_said() -> None:
    """One diagnostic a place: the publication, the prefix, and that Django calls it weak."""
    (insecure,) = api.check_source(f'SECRET_KEY = "{INSECURE}"\n'.encode(), "shop/settings.py").diagnostics
    assert insecure.code == "SKL006"
    assert insecure.message.endswith("published in the handbook; it is a django-insecure- key, too")
    (weak,) = api.check_source(f'SECRET_KEY = "{WORDS}"\n'.encode(), "shop/settings.py").diagnostics
    assert weak.code == "SKL006"
    assert "security.W009" in weak.message


def test_it_is_found_in_any_text_where_the_prefix_shows_it() -> None:
    (diagnostic,) = api.check_source(f"the key: {INSECURE}\n".encode(), "notes.txt").diagnostics
    assert diagnostic.code == "SKL006"
    assert diagnostic.message.startswith("this is a key that is published in the handbook")


def test_defaults_fall_back_to_it() -> None:
    source = f'import os\nSECRET_KEY = os.environ.get("SECRET_KEY", "{GENERATED}")\n'
    (diagnostic,) = api.check_source(source.encode(), "shop/settings.py").diagnostics
    assert diagnostic.message.startswith("SECRET_KEY falls back to a key that is published")


def test_one_that_is_not_used_is_said_to_be_so() -> None:
    (diagnostic,) = api.check_source(f'# SECRET_KEY = "{GENERATED}"\n'.encode(), "shop/settings.py").diagnostics
    assert diagnostic.message == "an unused key for SECRET_KEY is the one that is published in the handbook"


def test_bytes_are_known_as_well() -> None:
    (diagnostic,) = api.check_source(f'SECRET_KEY = b"{GENERATED}"\n'.encode(), "shop/settings.py").diagnostics
    assert diagnostic.code == "SKL006"


def test_data_that_cannot_be_read_fails_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that fails may look clean; what other rules say is still told."""
    monkeypatch.setattr(publications, "_loaded", [])
    monkeypatch.setattr(publications, "MAGIC", b"another form of it\n")
    report = api.check_source(f'SECRET_KEY = "{GENERATED}"\n'.encode(), "shop/settings.py")
    assert [each.code for each in report.diagnostics] == ["SKL001"]
    (failure,) = report.failures
    assert "SKL006 known-key failed on shop/settings.py" in failure
