"""What is kept of the text of a comment beside a key: the reason, without what may be a key or a part of one."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint import api, reporters
from secretkey_lint.suppression.reasons import masked

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)"
FORMATS = ("text", "concise", "json")
MASK = "•" * 8


@pytest.mark.parametrize(
    "reason",
    [
        "replaced at deployment",
        "see SEC-1234, and https://wiki.example.com/keys/2024#django",
        "(OPS) it's only for the demo; ask @anna.b or ops@example.com",
        "Schlüssel für die Vorführung, 日本語も",
        "docker-compose on a laptop / CI",
        "until 2027-01-31: rotated by 4711",
    ],
)
def test_prose_is_kept(reason: str) -> None:
    assert masked(reason, ()) == reason


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("was Xk2qp9mz7wv4rb8tn1Lq3 before", f"was {MASK} before"),
        ('was "short" before', f'was "{MASK}" before'),
        ('was "short"=Zm9v12xyz before', f"was {MASK} before"),
        ("was `short`, and 'this' before", f"was `{MASK}`, and '{MASK}' before"),
        ('was "short and never closed', f'was "{MASK}"'),
        ("was x!y before", f"was {MASK} before"),
        ("was hunter2secret before", f"was {MASK} before"),
        ("was changeme-now before", f"was {MASK} before"),
        ("was qwErTyUiOpAsDf before", f"was {MASK} before"),
        ("was abcdefghijklmnopqrstuvwxyzab before", f"was {MASK} before"),
        ("was 12345678901234567890 before", f"was {MASK} before"),
    ],
)
def test_what_may_be_a_key_is_masked(reason: str, kept: str) -> None:
    """Quoted texts, mixtures, long words, and whatever a key of the same file has."""
    assert masked(reason, {"changeme-now"}) == kept


def test_a_reason_has_an_end() -> None:
    assert len(masked("word " * 1000, ())) <= 200


def parts(key: str) -> set[str]:
    return {key[at : at + 6] for at in range(len(key) - 5)}


@given(st.integers(0, 2**32))
def test_no_key_of_the_file_is_in_a_report(seed: int) -> None:
    """Neither the key of the line, nor one that is quoted in the reason, in the place of a code, or beside the marker."""
    chosen = random.Random(seed)
    first, second, third, fourth = ("".join(chosen.choice(ALPHABET) for _ in range(50)) for _ in range(4))
    code = "".join(each for each in fourth if each.isalnum())
    content = (
        f'SECRET_KEY = "{first}"  # old: {second} secretkey-lint: ignore[SKL001] was {first}, then {third}\n'
        f'x = 1  # "{second}" secretkey-lint: ignore[{code}] {third} secretkey-lint: {code}[SKL001]\n'
        f"SECRET_KEY = os.environ['KEY']  # {second} # noqa: SKL001 {third}\n"
    ).encode()
    report = api.check_source(content, "settings.py")
    assert report.suppressed == 1
    assert [each.code for each in report.diagnostics].count("SKL901") >= 2
    shown = repr(report) + "".join(reporters.load(each)(report, reporters.Style()) for each in FORMATS)
    for key in (first, second, third, code):
        assert not {part for part in parts(key) if part in shown}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (".env", "SECRET_KEY=Xk2qp9mz7wv4rb8tn1Lq3"),
        ("a.yml", "SECRET_KEY: Xk2qp9mz7wv4rb8tn1Lq3  # secretkey-lint: ignore[SKL777]"),
        ("a.sh", "SECRET_KEY=Xk2qp9mz7wv4rb8tn1Lq3 # secretkey-lint: ignore[SKL777]"),
        ("a.html", "Xk2qp9mz7wv4rb8tn1Lq3 <!-- secretkey-lint: ignore[SKL777] -->"),
    ],
)
@pytest.mark.parametrize("output_format", FORMATS)
def test_nothing_of_the_line_is_shown_beside_a_marker(path: str, line: str, output_format: str) -> None:
    """A key without quotes stands before the marker."""
    report = api.check_source(f"# secretkey-lint: ignore-file[SKL777]\n{line}\n".encode(), path)
    assert "SKL901" in [each.code for each in report.diagnostics]
    assert "Xk2qp9" not in reporters.load(output_format)(report, reporters.Style())


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("# secretkey-lint: ignore[SKL001] made later", "made later"),
        ("# secretkey-lint: ignore[SKL001]: made later ", "made later"),
        ("# secretkey-lint: ignore[SKL001] -- made later -- really", "made later -- really"),
        ("# secretkey-lint: ignore[SKL001] \u2014 made later # noqa: E501", "made later"),
        ("# made before secretkey-lint: ignore[SKL001]", ""),
        ("# noqa: SKL001 made later", "made later"),
        ("# noqa made later", ""),
        ("# pragma: allowlist secret made later", ""),
        ("# noqa # secretkey-lint: ignore[SKL001] made later", "made later"),
        ("# secretkey-lint: ignore[SKL001] made later pragma: allowlist secret", "made later"),
    ],
)
def test_the_reason_is_what_stands_behind_the_marker(comment: str, reason: str) -> None:
    """Up to the next comment or marker; ours is asked first where there are several."""
    report = api.check_source(f'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"  {comment}\n'.encode(), "settings.py")
    (suppressed,) = report.suppressed_diagnostics
    assert (suppressed.kind, suppressed.reason) == ("inline", reason)
    assert report.diagnostics == ()
