"""Files in which what is to be reported is marked: `«SKL005 warning|the value as it is written»`, and nothing else is.

They stand in the text files beside this one, each behind a line `=== path: what it shows`.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from secretkey_lint import api

MARK = re.compile(r"«(?P<code>SKL\d{3}) (?P<severity>\w+)\|(?P<value>.*?)»", re.DOTALL)


class Case(NamedTuple):
    path: str
    claim: str
    marked: str

    @property
    def id(self) -> str:
        return f"{self.path}: {self.claim}"


def cases() -> list[Case]:
    """Return the cases of all files beside this one."""
    found = []
    for file in sorted(Path(__file__).parent.glob("*.txt")):
        for piece in re.split(r"^=== ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head, _, body = piece.partition("\n")
            path, _, claim = head.partition(": ")
            found.append(Case(path, claim, body.rstrip("\n") + "\n"))
    return found


def told(case: Case, newline: str = "\n", start: str = "") -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return what is reported of a case and what is marked in it, each as code, severity and what stands at the place."""
    source = MARK.sub(lambda match: match["value"], case.marked).replace("\n", newline)
    expected = [
        (match["code"], match["severity"], match["value"].replace("\n", newline))
        for match in MARK.finditer(case.marked)
    ]
    report = api.check_source((start + source).encode(), case.path)
    lines = source.split(newline)
    reported = []
    for each in report.diagnostics:
        first, last = each.span.start, each.span.end
        rows = lines[first.line - 1 : last.line]
        rows[-1] = rows[-1][: last.column - 1]
        rows[0] = rows[0][first.column - 1 :]
        reported.append((each.code, each.severity, newline.join(rows)))
    return reported, expected


CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_what_is_marked_is_reported(case: Case) -> None:
    """Code, severity and the exact place."""
    reported, expected = told(case)
    assert reported == expected


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_however_lines_end(case: Case) -> None:
    """CR LF ends lines as well, and a byte order mark is no part of the text."""
    reported, expected = told(case, "\r\n", "\ufeff")
    assert reported == expected


def test_there_are_cases() -> None:
    """Marks that are not found would let everything pass."""
    marks = sum(len(MARK.findall(case.marked)) for case in CASES)
    assert len(CASES) > 20
    assert marks > 20
    assert not [case.id for case in CASES if case.marked.count("«") != len(MARK.findall(case.marked))]


HOSTILE = {
    "a.yaml": "SECRET_KEY: " + "[" * 100_000,
    "a.md": "`SECRET_KEY=" * 50_000,
    "a.html": "{{ SECRET_KEY " * 50_000,
    "b.html": "<script>SECRET_KEY" * 50_000,
    "c.html": "<pre SECRET_KEY " * 50_000,
    "a.js": 'x={SECRET_KEY:"abc",' * 50_000,
    "a.txt": "SECRET_KEY " * 200_000,
    "b.txt": "SECRET_KEY='" * 50_000,
    "a.sh": "export SECRET_KEY=" + "$(" * 20_000,
    "Dockerfile": "RUN SECRET_KEY=1 \\\n" * 5_000,
    "a.toml": "a=[" * 50_000 + "SECRET_KEY",
    "a.json": '{"a":' * 50_000 + '"SECRET_KEY"',
    "a.xml": '<a SECRET_KEY="1">' * 3_000,
    "a.ipynb": '{"cells":[' + '{"cell_type":"code","source":["SECRET_KEY=1"]},' * 2_000 + "1]}",
    ".env": "K=v\n" * 20_000 + "SECRET_KEY=",
}
"""Texts on which work that grows with the square of their length would take minutes."""


@pytest.mark.parametrize("path", HOSTILE)
def test_what_nobody_writes_ends_all_the_same(path: str) -> None:
    """No error is made of it either, and no key is."""
    report = api.check_source(HOSTILE[path].encode(), path)
    assert report.failures == ()
    assert {each.code for each in report.diagnostics} <= {"SKL001", "SKL005", "SKL010", "SKL900"}
