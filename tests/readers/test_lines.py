"""Entries by lines: one mechanism for all formats whose own reader cannot say more."""

import pytest

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.lines import MAX_ENTRIES, named_entries


@pytest.mark.parametrize(
    ("text", "name", "said", "written"),
    [
        ('SECRET_KEY = "a b"', "SECRET_KEY", "a b", '"a b"'),
        ("- SECRET_KEY=abc", "SECRET_KEY", "abc", "abc"),
        ('- "SECRET_KEY=a$(b" # c', "SECRET_KEY", "a$(b", "a$(b"),
        ("djangoSecretKey: &key 'abc'", "djangoSecretKey", "abc", "'abc'"),
        ("SECRET_KEY: !!str abc", "SECRET_KEY", "abc", "abc"),
        ('SECRET_KEY: {{ default "a" .b | quote }}', "SECRET_KEY", '{{ default "a" .b | quote }}', '{{ default "a" .b | quote }}'),
        ("- name: SECRET_KEY\n  value: abc\n", "SECRET_KEY", "abc", "abc"),
        ('"Name": "SECRET_KEY",\r\n"Value": "abc"', "SECRET_KEY", "abc", '"abc"'),
        ("ParameterKey: SECRET_KEY\nParameterValue: abc", "SECRET_KEY", "abc", "abc"),
        ('"SECRET_KEY": "abc",', "SECRET_KEY", "abc", '"abc"'),
    ],
)  # fmt: skip
def test_entries(text: str, name: str, said: str, written: str) -> None:
    (entry,) = named_entries(text)
    assert (entry.name, entry.text, text[entry.start : entry.end]) == (name, said, written)
    assert not entry.guards


@pytest.mark.parametrize(
    "text", ["# - name: SECRET_KEY\n#   value: abc\n", "  // SECRET_KEY: 'abc'", '#- "SECRET_KEY=abc"']
)
def test_entries_in_comments(text: str) -> None:
    (entry,) = named_entries(text)
    assert entry.text == "abc"
    assert entry.guards == {Guard("commented")}


@pytest.mark.parametrize(
    "text",
    [
        "SECRET_KEY is a setting", "SECRET_KEY: the key of it", "key: SECRET_KEY\nvalueFrom: a", "key: SECRET_KEY\n\nvalue: a",
        "the SECRET_KEY\nvalue: a", "$SECRET_KEY=a", "settings.SECRET_KEY = 'a'", "SECRET_KEY == 'a'", "SECRET_KEY=\"a", "SECRET_KEY:", "SECRET_KEY: !Ref Key",
    ],
)  # fmt: skip
def test_what_is_no_entry(text: str) -> None:
    assert list(named_entries(text)) == []


def test_entries_are_bounded() -> None:
    assert len(list(named_entries("SECRET_KEY=a\n" * (MAX_ENTRIES + 9)))) == MAX_ENTRIES
