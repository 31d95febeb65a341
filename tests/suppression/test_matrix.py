"""Every form of suppression, in every format, in every place: what counts, and what does not."""

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint import api
from secretkey_lint.config import Configurations
from secretkey_lint.model.fingerprint import fingerprint
from secretkey_lint.model.record import replace
from secretkey_lint.model.report import Report
from secretkey_lint.readers import reader_for
from secretkey_lint.suppression import comments

KEY = "django-insecure-7kw2q9xm4z8vb5n1r3t6y0pdfghjs2uc8e"


class Format(NamedTuple):
    path: str
    comment: str
    """A comment, with `{}` for what stands in it."""
    line: str
    """A line with `{}` for a key, which a comment may follow."""
    trailing: bool = True
    """Whether a comment may stand behind something."""


FORMATS = [
    Format("shop/settings.py", "# {}", 'PEPPER = "{}"'),
    Format("shop/signing.pyw", "# {}", "PEPPER = '{}'"),
    Format("shop/project.py-tpl", "# {}", 'PEPPER = "{}"'),
    Format("shop/.env", "# {}", "PEPPER={}", trailing=False),
    Format("deploy/web.env", "# {}", "PEPPER={}", trailing=False),
    Format("deploy/values.yaml", "# {}", "pepper: {}"),
    Format("deploy/values.yml", "# {}", "pepper: '{}'"),
    Format("deploy/values.yaml.j2", "# {}", "pepper: '{}'"),
    Format("shop/app.toml", "# {}", 'pepper = "{}"'),
    Format("Pipfile", "# {}", 'pepper = "{}"'),
    Format("shop/app.ini", "; {}", "pepper = {}", trailing=False),
    Format("setup.cfg", "# {}", "pepper = {}", trailing=False),
    Format("shop/app.properties", "# {}", "pepper={}", trailing=False),
    Format("deploy/web.service", "# {}", "Environment=PEPPER={}", trailing=False),
    Format("Dockerfile", "# {}", "LABEL pepper={}", trailing=False),
    Format("deploy/Dockerfile.web", "# {}", "LABEL pepper={}", trailing=False),
    Format(".gitignore", "# {}", "{}", trailing=False),
    Format("deploy/start.sh", "# {}", "export PEPPER='{}'"),
    Format("Makefile", "# {}", "PEPPER = {}"),
    Format("deploy/main.tf", "// {}", 'pepper = "{}"'),
    Format("deploy/more.tf", "# {}", 'pepper = "{}"'),
    Format("deploy/start.ps1", "<# {} #>", '$pepper = "{}"'),
    Format("web/app.js", "// {}", 'const pepper = "{}";'),
    Format("web/app.ts", "/* {} */", "const pepper = `{}`;"),
    Format("web/app.css", "/* {} */", "a {{ content: '{}' }}"),
    Format("web/tsconfig.jsonc", "// {}", '"pepper": "{}",'),
    Format("Jenkinsfile", "// {}", 'pepper = "{}"'),
    Format("src/lib.rs", "// {}", 'const PEPPER: &\'static str = "{}";'),
    Format("src/app.php", "# {}", "$pepper = '{}';"),
    Format("shop/templates/page.html", "<!-- {} -->", "<code>it's {}</code>"),
    Format("shop/templates/page.htm", "{{# {} #}}", "<code>{}</code>"),
    Format("shop/templates/page.djhtml", "{{% comment %}} {} {{% endcomment %}}", "<code>{}</code>"),
    Format("web/feed.xml", "<!-- {} -->", "<pepper>{}</pepper>"),
    Format("notes/page.md", "<!-- {} -->", "the key is {}"),
    Format("notes/page.rst", ".. {}", "the key is {}", trailing=False),
    Format("shop/fill.sql", "-- {}", "INSERT INTO t VALUES ('{}');"),
    Format("shop/more.sql", "/* {} */", "INSERT INTO t VALUES ('{}');"),
    Format("shop/run.lua", "-- {}", 'pepper = "{}"'),
    Format("deploy/start.bat", "REM {}", "set PEPPER={}", trailing=False),
    Format("deploy/start.cmd", ":: {}", "set PEPPER={}", trailing=False),
    Format("paper.tex", "% {}", "\\pepper{{{}}}"),
    Format("configure.ac", "dnl {}", "PEPPER={}"),
    Format("init.el", "; {}", '(setq pepper "{}")'),
    Format(".vimrc.vim", '" {}', "let g:pepper = '{}'", trailing=False),
    Format("shop/work.ipynb", "# {}", "\"pepper = '{}'", True),
]

ON_LINE = [
    "secretkey-lint: ignore[SKL002]",
    "secretkey-lint:ignore[skl002] a reason",
    "secretkey-lint: ignore[insecure-prefix] - a reason: it is made at deployment",
    "secretkey-lint: ignore[SKL001, SKL002,SKL003]",
    "secretkey-lint: ignore[ SKL002 ]",
    "noqa: SKL002",
    "noqa:E501,SKL002",
    "NOQA : E501 SKL002 a reason",
    "noqa",
    "pragma: allowlist secret",
    "pragma: whitelist secret",
    "pragma: allowlist secret  a reason",
    "gitleaks:allow",
    "nosec",
    "nosec B105",
    "nosec: B105, B608",
    "nosec hardcoded_password_string",
]
ON_NEXT_LINE = [
    "secretkey-lint: ignore-next-line[SKL002] a reason",
    "secretkey-lint: ignore-next-line[SKL001, insecure-prefix]",
    "pragma: allowlist nextline secret",
]
IN_FILE = [
    "secretkey-lint: ignore-file[SKL002] a reason",
    "secretkey-lint: ignore-file[insecure-prefix]",
    "ruff: noqa",
    "ruff: noqa: E501, SKL002",
    "flake8: noqa",
]
NOT_AT_ALL = [
    "secretkey-lint: ignore",
    "secretkey-lint: ignore[]",
    "secretkey-lint: ignore[SKL001]",
    "secretkey-lint: ignore[SKL999]",
    "secretkey-lint: ignore[SKL]",
    "secretkey-lint: ignore[SKL00]",
    "secretkey-lint: ignore[*]",
    "secretkey-lint: ignore[SKL002",
    "secretkey-lint: disable[SKL002]",
    "secretkey-lint: ignore-next[SKL002]",
    "secretkey-lint ignore[SKL002]",
    "my-secretkey-lint: ignore[SKL002]",
    "noqa: E501",
    "noqa: SKL001",
    "noqa: for reasons of our own",
    "noqabene",
    "nosec B608",
    "nosec assert_used",
    "nosecret",
    "pragma: no cover",
    "pragma: allowlist secrets",
    "gitleaks:allowed",
    "ruff: noqa: E501",
    "see ruff: noqa",
]


def check(one: Format, lines: list[str], end: str = "\n", last: bool = True) -> Report:
    content = end.join(lines) + (end if last else "")
    return api.check_source(content.encode(), one.path)


def keys(report: Report) -> list[int]:
    """The lines at which keys are reported."""
    return [each.span.start.line for each in report.diagnostics if each.code == "SKL002"]


def finding(one: Format) -> str:
    return one.line.format(KEY)


def behind(one: Format, marker: str) -> str:
    """The line with the finding, and a comment behind it."""
    line = f"{finding(one)}  {one.comment.format(marker)}"
    return line + '\\n",' if one.path.endswith(".ipynb") else line


def above(one: Format, marker: str) -> str:
    comment = one.comment.format(marker)
    return f'"{comment}\\n",' if one.path.endswith(".ipynb") else comment


IDS = [each.path for each in FORMATS]


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_the_key_is_found_without_a_suppression(one: Format) -> None:
    """Else everything below would prove nothing."""
    assert keys(check(one, [above(one, "a comment"), finding(one)])) == [2]
    assert keys(check(one, [behind(one, "a comment")])) == [1]


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_on_the_line(one: Format) -> None:
    """Behind the value, and there alone; where a format has no comments there, it is no marker."""
    for marker in ON_LINE:
        report = check(one, [behind(one, marker)])
        assert keys(report) == ([] if one.trailing else [1])
        assert report.suppressed == len(report.suppressed_diagnostics) == int(one.trailing)
        assert keys(check(one, [above(one, marker), finding(one)])) == [2]
        assert keys(check(one, [finding(one), above(one, marker)])) == [1]


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_on_the_line_above(one: Format) -> None:
    """For the line below, over other comments, and for no other."""
    for marker in ON_NEXT_LINE:
        assert keys(check(one, [above(one, marker), finding(one)])) == []
        assert keys(check(one, [above(one, marker), finding(one), finding(one)])) == [3]
        assert keys(check(one, [finding(one), above(one, marker)])) == [1]
        if not one.path.endswith(".ipynb"):  # whose comments stand in texts, of which JSON has one a line
            assert keys(check(one, [above(one, marker), above(one, "more"), finding(one)])) == []
            assert keys(check(one, [above(one, marker), "", finding(one)])) == [3]
        if one.trailing:
            assert keys(check(one, [behind(one, marker)])) == [1]


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_in_the_file(one: Format) -> None:
    """Wherever it stands on a line of its own, for all of the file."""
    for marker in IN_FILE:
        assert keys(check(one, [above(one, marker), "", finding(one), finding(one)])) == []
        assert keys(check(one, [finding(one), "", above(one, marker)])) == []


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_what_is_no_suppression(one: Format) -> None:
    """What names no rule, another one, or is merely like a marker suppresses nothing."""
    for marker in NOT_AT_ALL:
        assert keys(check(one, [above(one, marker), behind(one, marker), above(one, marker)])) == [2]


@pytest.mark.parametrize("one", FORMATS, ids=IDS)
def test_outside_of_comments(one: Format) -> None:
    """The same words are no marker where they are no comment: in a text of quotes, or in prose."""
    for marker in [*ON_LINE, *ON_NEXT_LINE, *IN_FILE]:
        text = f"'{one.comment.format(marker)}'" if one.path.endswith((".py", ".js", ".yml", ".sh")) else marker
        assert keys(check(one, [f"x = {text}", f"{text} {finding(one)}", f"x = {text}"])) == [2]


@pytest.mark.parametrize("marker", [*ON_LINE, *ON_NEXT_LINE, *IN_FILE])
@pytest.mark.parametrize("path", ["data.json", "notes.txt", "LICENSE", "data.csv", "data.bin"])
def test_formats_without_comments(path: str, marker: str) -> None:
    """JSON and plain text have none, whatever looks like one."""
    lines = [f"# {marker}", f"// {marker}", f'"{KEY}" # {marker}', f"<!-- {marker} -->"]
    assert keys(check(Format(path, "", ""), lines)) == [3]


def ours_alone(folder: Path) -> Configurations:
    (folder / "secretkey-lint.toml").write_text("foreign-suppressions = false\n")
    return Configurations(file=str(folder / "secretkey-lint.toml"))


@pytest.mark.parametrize(
    "marker", [each for each in [*ON_LINE, *ON_NEXT_LINE, *IN_FILE] if "secretkey-lint" not in each]
)
def test_markers_of_others_can_be_turned_off(marker: str, tmp_path: Path) -> None:
    """An option takes away what is not ours; then nothing is said of it either."""
    content = f'# {marker}\nPEPPER = "{KEY}"  # {marker}\n'.encode()
    assert keys(api.check_source(content, "settings.py")) == []
    report = api.check_source(content, "settings.py", configurations=ours_alone(tmp_path))
    assert [each.code for each in report.diagnostics] == ["SKL002"]
    assert report.suppressed == 0


@pytest.mark.parametrize("marker", [each for each in [*ON_LINE, *ON_NEXT_LINE, *IN_FILE] if "secretkey-lint" in each])
def test_ours_stay_where_those_of_others_are_turned_off(marker: str, tmp_path: Path) -> None:
    content = f'# {marker}\nPEPPER = "{KEY}"  # {marker}\n'.encode()
    assert keys(api.check_source(content, "settings.py", configurations=ours_alone(tmp_path))) == []


def test_python_and_environment_files_are_what_the_readers_say() -> None:
    """What is read as Python has Python's comments, whatever else the table knows."""
    for path in (
        "a.py",
        "a.pyw",
        "a.py.example",
        "a.py-tpl",
        ".env",
        "a.env",
        ".env.local",
        ".envs/.production/.django",
    ):
        reader = reader_for(path)
        assert (comments.syntax_of(path) is comments.PYTHON) == (reader == "python")
        assert (comments.syntax_of(path) is comments.syntax_of(".env")) == (reader == "dotenv")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\t", "# \U0001f600 é\n"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_encodings(end: str, before: str, last: bool) -> None:
    """Byte order marks, tabs, characters outside of the basic plane, and whatever ends a line, or does not."""
    head = before.replace("\n", end)
    tab = "\t" if before == "\t" else ""
    lines = [f'{head}if x:{end}{tab or " "}PEPPER = "{KEY}"\t# \U0001f511 secretkey-lint: ignore[SKL002] ✓', "# end"]
    report = check(FORMATS[0], lines if before != "\t" else [lines[0][1:], lines[1]], end, last)
    assert report.diagnostics == ()
    assert report.suppressed == 1
    wrong = [each.replace("SKL002", "SKL003") for each in lines]
    report = check(FORMATS[0], wrong if before != "\t" else [wrong[0][1:], wrong[1]], end, last)
    assert [each.code for each in report.diagnostics] == ["SKL002", "SKL901"]
    place = report.diagnostics[1].span
    line = (end.join(wrong).removeprefix("\ufeff")).split(end)[place.start.line - 1]
    if before == "\t":
        line = (end.join(wrong)[1:]).split(end)[place.start.line - 1]
    assert line[place.start.column - 1 : place.end.column - 1] == "secretkey-lint: ignore[SKL003]"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_encodings_of_windows(encoding: str) -> None:
    """As PowerShell and editors write them."""
    content = f"# secretkey-lint: ignore-next-line[SKL002]\nPEPPER={KEY}\nOTHER={KEY}x\n".encode(encoding)
    assert keys(api.check_source(content, ".env")) == [3]


LINES = st.lists(
    st.sampled_from(
        [
            f'PEPPER = "{KEY}"',
            'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"',
            'SECRET_KEY = (\n    "8f3k2q9x7v5n"\n    "1m4b6c0z"\n)',
            'SECRET_KEY_FALLBACKS = [\n    "8f3k2q9x7v5n1m4b6c0z",\n    "another-8f3k2q9x7v5n1",\n]',
            "import os",
            "",
            "# a comment",
            'SECRET_KEY = os.environ.get("KEY", "8f3k2q9x7v5n1m4b6c0z")',
            "\t",
            'x = "\U0001f600"',
            'text = """\n# no comment\n"""',
        ]
    ),
    min_size=1,
    max_size=6,
)


@given(LINES, st.data(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]), st.booleans())
def test_a_marker_changes_nothing_but_what_it_suppresses(
    blocks: list[str], data: st.DataObject, end: str, mark: str, last: bool
) -> None:
    """What else is reported stays as it is: its place, its words, its fingerprint."""
    lines = "\n".join(blocks).split("\n")

    def checked(lines: list[str]) -> Report:
        return api.check_source((mark + end.join(lines) + (end if last else "")).encode(), "settings.py")

    before = checked(lines)
    if not before.diagnostics:
        return
    target = data.draw(st.sampled_from(before.diagnostics))
    at = target.span.end.line - 1
    marked = [*lines]
    marked[at] += f"  # secretkey-lint: ignore[{target.code}] a reason"
    after = checked(marked)
    suppressed = [each.diagnostic for each in after.suppressed_diagnostics]
    assert replace(target, fix=None) in suppressed
    assert all(each.code == target.code and each.span.end.line - 1 == at for each in suppressed)
    said = [repr(replace(each, fix=None)) for each in before.diagnostics]  # how to mend it is said of what is reported
    assert sorted(repr(replace(each, fix=None)) for each in (*after.diagnostics, *suppressed)) == sorted(said)
    assert {fingerprint(each) for each in (*after.diagnostics, *suppressed)} == set(
        map(fingerprint, before.diagnostics)
    )
    assert all(each.kind == "inline" and each.reason == "a reason" for each in after.suppressed_diagnostics)
