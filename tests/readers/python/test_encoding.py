"""Bytes become the text that Python would see; a wrong guess hides a key or shifts its place."""

import io
import tokenize

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from secretkey_lint.readers.python.encoding import cookie, decode

LINES = st.sampled_from(
    [b"", b"#!/usr/bin/python", b"# x", b"x = 1", b"# coding: latin-1", b"# -*- coding: cp1252 -*-", b"# vim: set fileencoding=koi8-r :",
     b"#coding=utf-8", b"  # coding: iso-8859-15", b"\t\f# coding: latin-1", b"# coding:\tutf-8-sig", b"# coding : latin-1",
     b"# encoding of coding: latin-1", b"# coding=latin-1 coding=cp1252", b"x = '# coding: latin-1'", b"# coding: nonsense",
     b"# CODING: latin-1", b"#coding:latin_1", b"# coding: utf8", b"# coding: ascii", b"# coding: hex", b"\r", b"# x\r", b"# coding:",
     b"# coding: Latin-1-Unix", b"# coding: UTF-8-mac", b"\xc3\xa9 = 1", b"x = '\xe9'", b"# \xe9 coding: latin-1", b"\f", b" \t"]
)  # fmt: skip


@given(st.booleans(), st.lists(LINES, max_size=4), st.sampled_from([b"\n", b"\r\n"]))
@example(False, [b"# encoding of coding: latin-1", b"x = '\xe9'"], b"\n")
@example(False, [b"x = 1", b"# coding: latin-1", b"x = '\xe9'"], b"\n")
@example(False, [b"", b"# coding: latin-1", b"x = '\xe9'"], b"\n")
def test_the_text_is_what_python_reads(with_mark: bool, lines: list[bytes], newline: bytes) -> None:
    """Where `tokenize.open` can read a file, the text is the same, line ends apart, and nothing is complained of."""
    content = (b"\xef\xbb\xbf" if with_mark else b"") + newline.join(lines) + newline
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
        expected = io.TextIOWrapper(io.BytesIO(content), encoding, newline="").read()
    except (SyntaxError, ValueError, LookupError):
        assume(False)
    assert decode(content) == (expected, None)


@given(st.binary(max_size=60))
def test_anything_can_be_decoded(content: bytes) -> None:
    """Whatever the bytes, there is a text to look for a key in; where it may be wrong, that is said."""
    text, problem = decode(content)
    assert isinstance(text, str)
    if problem is None:
        text.encode("utf-8")
    else:
        assert len(problem) < 80  # a sentence of ours, with nothing of the file in it


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=30))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    """The usual case: nothing is lost or added, and a mark at the start is no character."""
    assume(cookie(text.encode()) is None)
    assert decode(text.encode()) == (text, None)
    assert decode(b"\xef\xbb\xbf" + text.encode()) == (text, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"# coding: nonsense\nx", "not known"),
        (b"x = '\xff'", "not valid"),
        (b"# coding: ascii\nx = '\xc3\xa9'", "not valid"),
        (b"\xef\xbb\xbf# coding: utf-8\nx = '\xff'", "not valid"),
        (b"# coding: hex\n6a", "not known"),
        (b"# coding: utf-16\nx = 1\n", ""),
        ("x = 1".encode("utf-16"), "UTF-16"),
        (b"x\0", "null"),
    ],
)
def test_what_is_wrong_is_said(content: bytes, said: str) -> None:
    """A file that Python would refuse is read all the same, and told of."""
    text, problem = decode(content)
    assert problem is not None and said in problem
    assert "x" in text or "6a" in text
