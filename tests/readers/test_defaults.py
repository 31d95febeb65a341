"""The literal that a template's expression yields where nothing else is set."""

import pytest

from secretkey_lint.readers.defaults import literal_default


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("{{ key | default('abc') }}", "abc"),
        ('{{ key | d("abc") }}', "abc"),
        ('{{ lookup("env", "KEY") | default("abc", true) }}', "abc"),
        ("{{ lookup('env', 'KEY', default='abc') }}", "abc"),
        ('{{ .Values.key | default "abc" | quote }}', "abc"),
        ('{{- default "abc" .Values.key -}}', "abc"),
        ('"{{ env "KEY" | default "abc" }}"', "abc"),
        ("${{ secrets.KEY || 'abc' }}", "abc"),
        ("${env:KEY, 'abc'}", "abc"),
        ("{{ key or 'abc' }}", "abc"),
        ('{{ "abc" | b64enc }}', "abc"),
        ("{{ key }}", None),
        ('{{ required "a message" .Values.key }}', None),
        ("{{ default (randAlphaNum 50) .Values.key }}", None),
        ("{{ key | default('') }}", None),
        ("{{ lookup('password', '/dev/null') }}", None),
        ("{{ key | default(lookup('password', '/dev/null')) }}", None),
        ("{{ '{{' }} key }}", None),
        ('{{ include "shop.key" . }}', None),
        ("${KEY}", None),
    ],
)
def test_literal_defaults(text: str, literal: str | None) -> None:
    place = literal_default(text)
    assert (None if place is None else text[slice(*place)]) == literal
