"""Every rule's page is its own test: what its examples underline is reported, at that place, and nothing else is.

A caret line stands under the line it is about, behind the comment mark of the format; a mark that adjoins the carets
counts as one of them. The words behind are the rule's code and the severity.
"""

import re
from typing import NamedTuple

import pytest

from secretkey_lint import api, rules
from secretkey_lint.model.record import replace
from secretkey_lint.model.rule import Rule
from secretkey_lint.trees.worktree import named_source

FENCE = re.compile(
    r'^```(?P<language>\w+) title="(?P<title>[^"]+)"(?P<untracked> untracked)?\n(?P<code>.*?)^```$',
    re.DOTALL | re.MULTILINE,
)
FIXED = re.compile(
    r'^```\w+ title="(?P<title>[^"]+)"\n(?P<code>(?:(?!```).)*?)^```\n\n[^\n]+\n'
    r'^```\w+ title="(?P=title)" fixed\n(?P<fixed>.*?)^```$',
    re.DOTALL | re.MULTILINE,
)
CARETS = re.compile(r"^\s*(?:#|//|--)?\s*(?P<carets>(?<=#)?\^+) (?P<code>SKL\d{3}) (?P<severity>\w+)$")


class Expected(NamedTuple):
    line: int
    column: int
    end_column: int
    code: str
    severity: str


class Example(NamedTuple):
    rule: Rule
    heading: str
    title: str
    source: str
    tracked: bool
    expected: list[Expected]


def examples_of(rule: Rule) -> list[Example]:
    found = []
    for section in re.split(r"^## ", rule.documentation, flags=re.MULTILINE)[1:]:
        heading = section.partition("\n")[0]
        for match in FENCE.finditer(section):
            source, expected = split(match["code"])
            found.append(Example(rule, heading, match["title"], source, not match["untracked"], expected))
    return found


def split(code: str) -> tuple[str, list[Expected]]:
    """Part an example into what is checked and what is to be reported; caret lines are no part of the file."""
    lines: list[str] = []
    expected = []
    for line in code.splitlines():
        match = CARETS.match(line)
        if match is None:
            lines.append(line)
            continue
        start = match.start("carets")
        if line[start - 1 : start] == "#":
            start -= 1
        expected.append(Expected(len(lines), start + 1, match.end("carets") + 1, match["code"], match["severity"]))
    return "\n".join(lines) + "\n", expected


ALL = [example for rule in rules.load() for example in examples_of(rule)]


@pytest.mark.parametrize("example", ALL, ids=lambda each: f"{each.rule.code}-{each.heading}-{ALL.index(each)}")
def test_example_is_reported_as_underlined(example: Example) -> None:
    file = named_source(example.title, example.source.encode())
    report = api.check_files([replace(file, tracked=example.tracked)])
    found = [
        Expected(each.span.start.line, each.span.start.column, each.span.end.column, each.code, each.severity)
        for each in report.diagnostics
    ]
    if "SKL900" in {each.code for each in example.expected}:  # a place without extent is drawn as one caret
        found = [
            each._replace(end_column=each.end_column + 1) if each.column == each.end_column else each for each in found
        ]
    assert found == sorted(example.expected)


MENDED = [
    (rule.code, *match.group("title", "code", "fixed"))
    for rule in rules.load()
    for match in FIXED.finditer(rule.documentation)
]


@pytest.mark.parametrize(("code", "title", "before", "after"), MENDED)
def test_example_is_mended_as_shown(code: str, title: str, before: str, after: str) -> None:
    """A block marked `fixed` is what fixes make of the one above."""
    source, _ = split(before)
    found = api.fix_source(source.encode(), title, unsafe=True)
    assert found.content.decode() == after
    assert code in {each.code for each in found.mended}


def test_examples_of_fixes_are_found() -> None:
    """Every block that is marked belongs to one above, and the fixes of Python have one each."""
    marked = sum(rule.documentation.count('" fixed\n') for rule in rules.load())
    assert marked == len(MENDED) > 3
    assert {code for code, *_ in MENDED} >= {"SKL001", "SKL003", "SKL004", "SKL005"}


@pytest.mark.parametrize("rule", rules.load(), ids=lambda rule: rule.code)
def test_page_is_complete(rule: Rule) -> None:
    """A page has the headings that readers look for, a case for each claim, and near misses in plenty."""
    headings = re.findall(r"^## (.+)$", rule.documentation, flags=re.MULTILINE)
    assert headings == ["Why is this bad?", "Bad", "Good"]
    examples = examples_of(rule)
    bad = [example for example in examples if example.heading == "Bad"]
    good = [example for example in examples if example.heading == "Good"]
    assert any(each.code == rule.code for example in bad for each in example.expected)
    assert all(example.expected for example in bad)
    assert good
    assert not any(example.expected for example in good)
    summary = rule.documentation.splitlines()[0]
    assert summary.endswith(".") and len(summary) < 100


def test_codes_and_names_are_unique() -> None:
    known = rules.load()
    assert len({rule.code for rule in known}) == len(known)
    assert len({rule.name for rule in known}) == len(known)
    assert all(re.fullmatch(r"SKL\d{3}", rule.code) and re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name) for rule in known)


def test_every_rule_module_is_listed() -> None:
    """A rule that is written but not listed would never run."""
    from pathlib import Path

    modules = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}
    assert modules == {rule.name.replace("-", "_") for rule in rules.load()} == set(rules._MODULES)
