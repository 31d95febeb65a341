"""Environment files: what an entry says is python-dotenv's to say, and where it stands is what its author wrote."""

from io import StringIO

import pytest
from dotenv import dotenv_values
from hypothesis import assume, example, given
from hypothesis import strategies as st

from secretkey_lint.appearance import is_known_text
from secretkey_lint.model.binding import Binding, Damage, Guard
from secretkey_lint.model.source import SourceFile, Span
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.readers.dotenv import read

CHARACTERS = "abcXYZ019!@%^&*(-_=+)#$:/\\ éß\U0001f600"
BARE = st.text(CHARACTERS + "'\"`;", min_size=1, max_size=20)
QUOTED = st.text(CHARACTERS + "\n\t`;", max_size=20)


@st.composite
def written_values(draw: st.DrawFn) -> str:
    quote = draw(st.sampled_from(["", "'", '"']))
    if not quote:
        value = draw(BARE).strip()
        assume(value and value[0] not in "'\"#" and " #" not in value)
        return value
    other = "'" if quote == '"' else '"'
    pieces = draw(st.lists(st.one_of(QUOTED, st.just(other), st.just("\\" + quote), st.just("\\\\")), max_size=5))
    value = "".join(pieces)
    assume(not value.endswith("\\"))
    return quote + value + quote


LINES = st.sampled_from(
    ["", "A=1", "# a comment", "export B='two words'", "C", "D=", 'E="a\nb"', "  F = x # y", "é=\U0001f600", "AWS_SECRET_KEY=zzz", "\t"]
)  # fmt: skip


def sliced(text: str, span: Span, newline: str) -> str:
    """What stands at a span, counted by the lines that `newline` parts."""
    lines = text.split(newline)
    start, end = span.start, span.end
    if start.line == end.line:
        return lines[start.line - 1][start.column - 1 : end.column - 1]
    between = lines[start.line : end.line - 1]
    return newline.join([lines[start.line - 1][start.column - 1 :], *between, lines[end.line - 1][: end.column - 1]])


def bindings(content: bytes) -> list[Binding]:
    return [each for each in read(SourceFile(".env", content, ".env")) if isinstance(each, Binding)]


@given(
    before=st.lists(LINES, max_size=3),
    after=st.lists(LINES, max_size=2),
    written=written_values(),
    indent=st.sampled_from(["", " ", "\t", "export ", "  export\t"]),
    name=st.sampled_from(["SECRET_KEY", "DJANGO_SECRET_KEY", "'SECRET_KEY'"]),
    sign=st.sampled_from(["=", " = ", "=\t", "  ="]),
    trailing=st.sampled_from(["", " ", " # a comment", "\t# 'quoted'", "  "]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
    mark=st.booleans(),
)
@example([], [], "'it\\'s'", "", "SECRET_KEY", "=", "", "\n", False, False)
@example([], [], '"a\\\\"', "", "SECRET_KEY", "=", "", "\r\n", False, True)
@example([], [], "a'b#c", "", "SECRET_KEY", "=", " # d", "\n", False, True)
@example([], [], "'\\\\''", "", "SECRET_KEY", "=", "", "\n", False, False)
def test_the_place_and_the_value(
    before: list[str], after: list[str], written: str, indent: str, name: str, sign: str, trailing: str, newline: str,
    last: bool, mark: bool,
) -> None:  # fmt: skip
    """The source at the span is exactly what was written, whatever is around it, and the value is python-dotenv's."""
    text = "\n".join([*before, f"{indent}{name}{sign}{written}{trailing}", *after]) + ("\n" if last else "")
    text = text.replace("\n", newline)
    written = written.replace("\n", newline)
    key = name.strip("'")
    said = dotenv_values(stream=StringIO(text, newline=""), interpolate=False).get(key)
    found = [each for each in bindings((b"\xef\xbb\xbf" if mark else b"") + text.encode()) if not each.guards]
    if said is None:  # python-dotenv cannot read it: what may be a key is kept, and said to be no entry
        assert not found or any(isinstance(each, Damage) for each in read(SourceFile(".env", text.encode(), ".env")))
        return
    if not is_known_text(said):
        assert not any(isinstance(each.value, Literal) for each in found)
        return
    (binding,) = found
    assert binding.name == key
    assert isinstance(binding.value, Literal)
    assert binding.value.text == said
    assert sliced(text, binding.value.span, newline) == written


@given(st.text("SECRET_KEY='\"\\ #\n\r\t${}:-ab=export", max_size=80))
@example("SECRET_KEY='\\")
@example('SECRET_KEY="\\"')
@example("SECRET_KEY\r=\r'")
@example("# SECRET_KEY='")
@example("export SECRET_KEY")
@example("SECRET_KEY=\v#")
def test_nothing_fails(text: str) -> None:
    """Whatever stands in a file, it is read to its end, and each span lies in it."""
    count = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for fact in read(SourceFile(".env", text.encode(), ".env")):
        assert 1 <= fact.span.start.line <= fact.span.end.line <= count
        assert isinstance(fact, Binding | Damage)


@pytest.mark.parametrize(
    ("text", "name", "default"),
    [
        ("SECRET_KEY=${KEY:-abcdef}", "KEY", "abcdef"),
        ("SECRET_KEY=${KEY-abcdef}", "KEY", "abcdef"),
        ('SECRET_KEY="${KEY:-abc def}"', "KEY", "abc def"),
        ("SECRET_KEY='${KEY:-abc-def}'", "KEY", "abc-def"),
    ],
)
def test_defaults_of_references(text: str, name: str, default: str) -> None:
    """A shell and compose put the default in where the variable is missing."""
    (binding,) = bindings(text.encode())
    assert isinstance(binding.value, EnvLookup)
    assert isinstance(binding.value.default, Literal)
    assert (binding.value.name, binding.value.default.text) == (name, default)
    assert sliced(text, binding.value.default.span, "\n") == default


@pytest.mark.parametrize(
    "text",
    ["SECRET_KEY=$KEY", "SECRET_KEY=${KEY}", "SECRET_KEY=${KEY:-}", "SECRET_KEY={{ key }}", "SECRET_KEY=ENC[AES256,x]",
     "SECRET_KEY=", "SECRET_KEY=''", "SECRET_KEY", "# SECRET_KEY", "SECRET_KEY_FILE=/run/x", "MY_SECRET_KEY=x", "SECRET_KEYS=x"],
)  # fmt: skip
def test_what_is_no_literal(text: str) -> None:
    """References, ciphertext, nothing at all and other names."""
    assert not any(isinstance(each.value, Literal) for each in bindings(text.encode()))


def test_comments() -> None:
    """An entry that is commented out is one, under that guard, at its place."""
    text = "A=1\n  ## export SECRET_KEY='8f3k2q' # old\nSECRET_KEY=x\n"
    first, second = bindings(text.encode())
    assert first.guards == {Guard("commented")}
    assert not second.guards
    assert sliced(text, first.value.span, "\n") == "'8f3k2q'"
    assert sliced(text, second.value.span, "\n") == "x"


def test_the_last_of_two_does_not_hide_the_first() -> None:
    """Both are published, whichever of them counts."""
    assert [
        each.value.text for each in bindings(b"SECRET_KEY=a\nSECRET_KEY=b\n") if isinstance(each.value, Literal)
    ] == ["a", "b"]
