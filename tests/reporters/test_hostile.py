"""Names of files are not trusted: whatever they are, each format can be read back, and says what was found."""

import json
import os
import re
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

import html5lib
import junitparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from secretkey_lint.cli.options import FORMATS
from secretkey_lint.model.diagnostic import SEVERITIES, Diagnostic, Frame
from secretkey_lint.model.report import Report, Suppressed
from secretkey_lint.model.source import Position, Span, Step
from secretkey_lint.reporters import Style, load, printable, terminal


class Read(NamedTuple):
    """What a reader of a format learns of a finding; None is what the format does not say."""

    path: str | None
    line: int
    column: int | None
    severity: str | None
    code: str
    message: str
    steps: tuple[str, ...] | None = None


def read_text(output: str) -> list[Read]:
    found = []
    for paragraph in output.split("\n\n")[:-1]:
        lines = paragraph.split("\n")
        match = re.fullmatch(r"(.+):(\d+):(\d+): (\w+): (\w+) rule-name(?: \(test\))?", lines[0])
        assert match, lines[0]
        assert lines[-1] == f"  help: {HELP}"
        steps = [line.strip(" ").partition(": ")[2] for line in lines[4:-1]]
        found.append(Read(match[1], int(match[2]), int(match[3]), match[4], match[5], lines[1][2:], tuple(steps)))
    return found


def read_concise(output: str) -> list[Read]:
    matches = [re.fullmatch(r"(.+?):(\d+):(\d+): (\w+) (\w+) (.*)", line) for line in output.splitlines()]
    return [Read(m[1], int(m[2]), int(m[3]), m[5], m[4], m[6]) for m in matches if m]


def read_json(output: str) -> list[Read]:
    return [
        Read(
            printable(each["path"]), each["line"], each["column"], each["severity"], each["code"],
            printable(each["message"]), tuple(printable(step["message"]) for step in each["related"]),
        )
        for each in json.loads(output)["diagnostics"]
    ]  # fmt: skip


def uri_path(location: Any) -> str:
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii() and ":" not in uri.removeprefix("file:///")
    return printable(os.fsdecode(unquote_to_bytes(uri)).removeprefix("file://"))


def unlinked(message: Any) -> str:
    """The text of a message of SARIF, in which nothing is a link."""
    assert "](" not in message["text"]
    return str(message["text"]).replace("]\\(", "](")


def read_sarif(output: str) -> list[Read]:
    (run,) = json.loads(output)["runs"]
    assert [each["suppressions"][0]["justification"] for each in run["results"] if each["suppressions"]] == [REASON]
    found = []
    for each in run["results"]:
        region = each["locations"][0]["physicalLocation"]["region"]
        steps = [(uri_path(step), unlinked(step["message"])) for step in each.get("relatedLocations", ())]
        if not each["suppressions"]:
            found.append(
                Read(
                    uri_path(each["locations"][0]), region["startLine"], region["startColumn"], each["level"],
                    each["ruleId"], unlinked(each["message"]), tuple(text for _, text in steps),
                )
            )  # fmt: skip
    return found


def command_of(line: str) -> tuple[str, dict[str, str], str]:
    """As the runner of GitHub Actions takes a line apart."""
    assert line.startswith("::")
    head, _, data = line[2:].partition("::")
    name, _, listed = head.partition(" ")
    properties = dict(each.split("=", 1) for each in listed.split(","))
    for characters, code in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        properties = {key: value.replace(code, characters) for key, value in properties.items()}
        data = data.replace(code, characters) if characters not in (":", ",") else data
    return name, properties, data


def read_github(output: str) -> list[Read]:
    names = {"error": "error", "warning": "warning", "notice": "note"}
    found = []
    assert output.endswith("\n")
    *lines, failed = output.removesuffix("\n").split("\n")
    assert command_of(failed) == ("error", {"title": "secretkey-lint"}, FAILURE)
    for line in lines:
        name, properties, data = command_of(line)
        body = data.split("\n")
        assert body.pop() == HELP
        assert properties["title"].split()[1] == "rule-name"
        column = int(properties["col"]) if "col" in properties else None
        found.append(
            Read(
                printable(properties["file"]), int(properties["line"]), column, names[name],
                properties["title"].split()[0], printable("\n".join(body[:1])), tuple(map(last, body[1:])),
            )
        )  # fmt: skip
    return found


def last(step: str) -> str:
    """The message of a step that begins with its place."""
    return re.split(r":\d+:\d+: ", step)[-1]


def read_gitlab(output: str) -> list[Read]:
    words = {"critical": "error", "major": "warning", "info": "note"}
    return [
        Read(
            each["location"]["path"], each["location"]["positions"]["begin"]["line"],
            each["location"]["positions"]["begin"]["column"], words[each["severity"]], each["check_name"],
            each["description"].partition(": ")[2],
        )
        for each in json.loads(output)
    ]  # fmt: skip


def read_gitlab_secret_detection(output: str) -> list[Read]:
    words = {"Critical": "error", "Medium": "warning", "Info": "note"}
    document = json.loads(output)
    assert document["scan"]["status"] == "failure"
    assert document["scan"]["messages"] == [{"level": "fatal", "value": FAILURE}]
    found = []
    for each in document["vulnerabilities"]:
        message, *steps = [re.fullmatch(r"(`+) (.*) \1", line)[2] for line in each["description"].split("\n")]
        assert each["solution"] == HELP
        location = each["location"]
        found.append(
            Read(
                location["file"], location["start_line"], None, words[each["severity"]],
                each["identifiers"][0]["value"], message, tuple(map(last, steps)),
            )
        )  # fmt: skip
    return found


def read_rdjson(output: str) -> list[Read]:
    words = {"ERROR": "error", "WARNING": "warning", "INFO": "note"}
    found = []
    for each in json.loads(output)["diagnostics"]:
        message, *steps = each["message"].split("\n")
        assert steps.pop() == HELP
        location = each["location"]
        found.append(
            Read(
                location["path"], location["range"]["start"]["line"], None, words[each["severity"]],
                each["code"]["value"], message, tuple(map(last, steps)),
            )
        )  # fmt: skip
    return found


def read_junit(output: str) -> list[Read]:
    suites = junitparser.JUnitXml.fromstring(output.encode("utf-8"))
    assert (suites.tests, suites.failures, suites.errors) == (len(REPORTED) + 1, len(REPORTED), 1)
    *cases, failed = [case for suite in suites for case in suite]
    assert failed.name == FAILURE
    found = []
    for case in cases:
        (failure,) = case.result
        lines = failure.text.split("\n")
        code, _, at = case.name.split(" ", 2)
        line, column = at.removeprefix("at ").split(":")
        assert lines[-2:] == [HELP, URL]
        found.append(
            Read(
                case.classname,
                int(line),
                int(column),
                failure.type,
                code,
                failure.message,
                tuple(map(last, lines[1:-2])),
            )
        )
    return found


def words(element: Any) -> str:
    """The text of an element, without that of comments."""
    inner = ((words(each) if isinstance(each.tag, str) else "") + (each.tail or "") for each in element)
    return (element.text or "") + "".join(inner)


def tree(document: str, *, fragment: bool = False) -> Any:
    """What a browser makes of HTML; unlike a browser it forgives nothing."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=not fragment)
    return parser.parseFragment(document, container="body") if fragment else parser.parse(document)


def split_place(place: str) -> tuple[str, int, int]:
    path, line, column = place.rsplit(":", 2)
    return path, int(line), int(column)


def read_markdown(output: str) -> list[Read]:
    parser = MarkdownIt("gfm-like", {"html": True})
    parser.linkify.set({"fuzzy_link": False})  # as GitHub does: `a.py` is no link there, though .py is a domain
    rendered = parser.render(output)
    page = tree(rendered, fragment=True)
    links = {each.get("href") for each in page.iter("a")}
    assert links == {URL}
    assert not [
        each
        for each in page.iter()
        if each.tag in ("img", "script", "em", "strong", "del", "s") and words(each) != "Could not be checked:"
    ]
    assert [words(each) for each in page.findall("ul/li")] == [FAILURE]
    found = []
    details = page.findall("details")
    for row, detail in zip(page.iter("tr"), [None, *details], strict=True):
        if detail is not None:
            sign, place, rule, what = map(words, row)
            assert words(detail.find("summary")) == place
            pre = detail.find("pre")
            steps = [pre.text, *(each.tail for each in pre)][2:]
            found.append(
                Read(
                    *split_place(place),
                    sign.split()[1],
                    rule.split()[0],
                    what,
                    tuple(last(each or "") for each in steps),
                )
            )
    return found


def read_html(output: str) -> list[Read]:
    page = tree(output)
    assert not [each for each in page.iter() if each.tag in ("script", "img", "b") and set(each.keys()) & {"src"}]
    assert [words(each) for each in page.findall(".//div[@class='failed']/ul/li")] == [FAILURE]
    (suppressed,) = page.findall("body/main/details/ul/li")
    assert words(suppressed).endswith(REASON)
    found, path = [], ""
    for each in page.find("body/main"):
        if each.tag == "h2":
            path = words(each)
        if each.tag == "article":
            steps = each.findall("ol/li")[1:]
            line = words(each.find("h3/span")).rpartition(" ")[2]
            found.append(
                Read(
                    path, int(line), None, each.get("class"), words(each.find("h3/a")).split()[0], words(each.find("p")),
                    tuple(step[0].tail[1:] for step in steps),
                )
            )  # fmt: skip
    return found


READERS: dict[str, Callable[[str], list[Read]]] = {
    name.removeprefix("read_").replace("_", "-"): reader
    for name, reader in list(globals().items())
    if name.startswith("read_")
}
HELP, URL, REASON, FAILURE = "Do something.", "https://example.org/SKL001.md", "it's <b>fine</b>", "a.py: 100% & gone"
REPORTED: list[Diagnostic] = []
"""What is in the report that is being read."""

PIECES = [
    "\n", "\r\n", "'", '"', "`", "```", "::", ":1:1: ", "%0A", "%25", ",", "|", "\\", "<script>", "</script>", "<!--", "-->", "]]>", "&amp;",
    "&#60;", "](https://example.org)", "![x](y)", "@team", "#1", "https://example.org/", "www.example.org", "**", "__", "~~", "$x$", "../",
    "😀", "é", "\u202e", "\u2028", "\x85", "\x00", "\x1b[31m", "\ufeff", "\ufffe", os.fsdecode(b"\xff\xfe"), "::error file=a::", " ", "\t", "-",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), min_size=1, max_size=8).map("".join)
messages = texts.map(lambda text: text.strip(" \t") or "x")
names = (texts | st.binary(min_size=1).map(os.fsdecode)).map(lambda name: f"a{name}.py".replace("\0", "0"))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    line, column, lines, columns = (draw(st.integers(minimum, 90)) for minimum in (1, 1, 0, 0))
    return Span(draw(names), Position(line, column), Position(line + lines, 1 + columns if lines else column + columns))


@st.composite
def diagnostics(draw: st.DrawFn) -> Diagnostic:
    return Diagnostic(
        draw(st.sampled_from(["SKL001", "SKL003"])), "rule-name", draw(st.sampled_from(SEVERITIES)),
        draw(st.sampled_from(["production", "test"])), draw(spans()), draw(messages), HELP, URL, "SECRET_KEY",
        tuple(draw(st.lists(st.builds(Step, spans(), messages), max_size=2))), None, Frame(draw(texts), 2, 3), draw(st.integers(0, 9)),
    )  # fmt: skip


def expected(diagnostic: Diagnostic) -> Read:
    start = diagnostic.span.start
    return Read(
        printable(diagnostic.span.path), start.line, start.column, diagnostic.severity, diagnostic.code,
        printable(diagnostic.message), tuple(printable(step.message) for step in diagnostic.related),
    )  # fmt: skip


def test_every_format_is_read() -> None:
    """A format that nobody reads back would escape all of this."""
    assert READERS.keys() == {*FORMATS}


@pytest.mark.parametrize("output_format", FORMATS)
@settings(max_examples=40)
@given(found=st.lists(diagnostics(), min_size=1, max_size=3))
def test_what_was_found_is_read_back(output_format: str, found: list[Diagnostic]) -> None:
    """Path, place, severity, rule and message, as far as the format has them, of all findings, in their order."""
    REPORTED[:] = found
    suppressed = (Suppressed(found[0], "inline", REASON),)
    report = Report(tuple(found), 1, 1, suppressed=1, failures=(FAILURE,), suppressed_diagnostics=suppressed)
    output = load(output_format)(report, Style())
    output.encode("utf-8")  # no half of a character that an encoder refuses
    for character in ("\x1b", "\x85", "\u202e", "\u2028", "\r"):
        assert character not in output
    back = READERS[output_format](output)
    assert len(back) == len(found)
    for read, wanted in zip(back, map(expected, found), strict=True):
        known = {name: value for name, value in read._asdict().items() if value is not None}
        asked = wanted._asdict() | ({"steps": tuple(map(last, wanted.steps or ()))} if read.steps is not None else {})
        shown = {**known, "steps": tuple(map(last, read.steps or ()))} if read.steps is not None else known
        assert shown == {name: asked[name] for name in known}


@given(
    st.lists(diagnostics(), min_size=1, max_size=3), st.integers(0, 200), st.sampled_from(["utf-8", "cp1252", "ascii"])
)
def test_a_picture_is_not_moved(found: list[Diagnostic], width: int, encoding: str) -> None:
    """What is drawn at a terminal are lines of printable characters that it can be sent, with all places in their order."""
    style = Style()
    style.width, style.encoding, style.ascii = width, encoding, encoding != "utf-8"
    output = terminal.render(Report(tuple(found), 1, 1), style)
    output.encode(encoding)
    assert output.replace("\n", "").isprintable()
    at = 0
    for each in found:
        for span in (each.span, *(step.span for step in each.related)):
            name = printable(span.path).encode(encoding, "backslashreplace").decode(encoding).split()[0]
            at = output.index(name.replace("•", "*") if style.ascii else name, at)
