"""Where comments stand: what looks like one in a text of quotes is none, and what is left open hides nothing for long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint.suppression import comments

CASES = [
    ("a.py", 'x = \'# no\' # yes\ny = """\n# no\n"""\n# more', [" yes", " more"]),
    ("a.py", "x = 'it\\'s # no' # yes", [" yes"]),
    ("a.py", "x = 'open\n# yes\ny = r'\\' # no\n'", [" yes"]),
    ("a.py", "x = '''open\n# no", []),
    ("a.yml", "a: it's # yes\nb: 'x # no' # more\nc: http://x#no", [" yes", " more"]),
    ("a.sh", 'echo "$# no" $# # yes', [" yes"]),
    ("a.toml", "a = '''\n# no\n''' # yes", [" yes"]),
    (".env", 'A=b # no\n  # yes\nB="\n# no\n"\n#more', [" yes", "more"]),
    ("a.ini", "; yes\n  # more\nc = d ; no", [" yes", " more"]),
    ("Dockerfile", "# yes\nENV a=b # no", [" yes"]),
    ("Dockerfile.prod", "# yes\nENV a=b # no", [" yes"]),
    ("deploy/web.dockerfile", "# yes\nENV a=b # no", [" yes"]),
    ("a.js", "x = '// no' // yes\n`\n// no\n` /* more\n */ + 'open\n// end", [" yes", " more\n ", " end"]),
    ("a.css", "a { b: url(//no) } /* yes */", [" yes "]),
    ("a.rs", "fn f<'a>(x: &'a str) // yes", [" yes"]),
    ("a.sql", "SELECT 'it''s -- no' -- yes", [" yes"]),
    ("a.html", "<!-- yes --> {# more #} {# no\n{% comment 'x' %}end\n{% endcomment %}", [" yes ", " more ", "end\n"]),
    ("a.html", "<a href='//no'># no</a><!-- open", [" open"]),
    ("a.md", "<!-- yes -->\n```\n<!-- no -->\n```\n`<!-- no -->` # no", [" yes "]),
    ("a.rst", ".. yes\nno .. no\n..no", [" yes"]),
    ("a.bat", "@REM yes\nrem more\n:: end\nremark no\nset A=b REM no", [" yes", " more", " end"]),
    ("a.tex", "100\\% no % yes", [" yes"]),
    ("a.m4", "x dnl yes\nxdnl no\n# more", [" yes", " more"]),
    ("a.ipynb", '"x = \'# no\'  # yes\\n",\n"y = \\"# no\\" # more"', [" yes", " more"]),
    ("a.json", '// no\n{"a": "# no"} /* no */', []),
    ("a.txt", "# no // no <!-- no -->", []),
    ("requirements-dev.txt", "django # yes", [" yes"]),
    ("values.yaml.example", "a: b # yes", [" yes"]),
    ("a.py.j2", "x = '#no' # yes", [" yes"]),
    ("page.j2", "{# yes #} # no", [" yes "]),
    ("page.unknown.j2", "{# no #} # no", []),
    ("bin/run", "#!/bin/sh\necho # yes", ["!/bin/sh", " yes"]),
    ("bin/run", "#!/usr/bin/env python3\nx='#no'# yes", ["!/usr/bin/env python3", " yes"]),
    ("bin/run", "echo # no", []),
    (".gitlab-ci.yml", "a: b # yes", [" yes"]),
]


@pytest.mark.parametrize(("path", "text", "expected"), CASES)
def test_comments(path: str, text: str, expected: list[str]) -> None:
    assert [text[each.inside : each.inside_end] for each in comments.of(path, text)] == expected


@pytest.mark.parametrize("path", sorted({each[0] for each in CASES}))
@given(text=st.text(alphabet="#/*-<!>{%}`'\"\\=;. \t\n\rabcdnlcommentREMrem::~"))
def test_any_text(path: str, text: str) -> None:
    """Comments come in their order, do not overlap, and lie within the text."""
    last = 0
    for each in comments.of(path, text):
        assert last <= each.start <= each.inside <= each.inside_end <= each.end <= len(text)
        assert each.start < each.end
        last = each.end
