"""A page for a browser."""

import re

import html5lib

from secretkey_lint import __version__
from secretkey_lint.model.diagnostic import SEVERITIES
from secretkey_lint.model.record import replace
from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, html


def test_the_page(report: Report) -> None:
    """It parses without an error, and has everything that the report has."""
    text = html.render(report, Style())
    page = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(text)
    counts = ["".join(each.itertext()) for each in page.findall(".//ul[@class='counts']/li")]
    assert counts == ["4 errors", "0 warnings", "1 note"]
    articles = page.findall("body/main/article")
    assert [each.get("class") for each in articles] == [each.severity for each in report.diagnostics]
    assert [each.text for each in page.findall("body/main/h2")] == [
        "fallbacks.py", "lines.py", "shop/keys.py", "tests/settings.py",
    ]  # fmt: skip
    assert [each.find("pre/mark").text for each in articles[:2]] == ['"••••••••"'] * 2
    way = ["".join(each.itertext()) for each in articles[3].findall("ol/li")]
    assert way[0] == "shop/keys.py:1:11 the value"
    assert way[-1].endswith("reaches SECRET_KEY here")
    (suppressed,) = page.findall("body/main/details/ul/li")
    assert "".join(suppressed.itertext()) == "demo.py:1:14 SKL001 hardcoded-secret-keyreplaced at deployment"


def test_it_needs_nothing_else(report: Report) -> None:
    """No script, no image, no style sheet, no font is loaded, and the page itself forbids it; links are those of rules."""
    text = html.render(report, Style())
    assert "default-src 'none'" in text
    assert not re.search(r"<(script|img|link|iframe|object)|\bsrc=|url\(|@import", text)
    assert set(re.findall(r'href="([^"]*)"', text)) == {each.url for each in report.diagnostics}
    assert text.isascii()


def test_light_and_dark(report: Report) -> None:
    """Each colour that is used is given for both; each severity has one."""
    style = html.render(report, Style()).partition("<style>")[2].partition("</style>")[0]
    light, _, dark = style.partition("@media (prefers-color-scheme: dark)")
    named = set(re.findall(r"(--[a-z]+):", light))
    assert named == set(re.findall(r"(--[a-z]+):", dark.partition("} }")[0]))
    assert set(re.findall(r"var\((--[a-z]+)\)", style)) == named | {"--tone"}
    assert {f"--{each}" for each in SEVERITIES} <= named


def test_nothing_to_report() -> None:
    """A page that says so, and by which release."""
    text = html.render(Report((), 3, 1), Style())
    assert "Nothing to report: 3 files looked at, 1 analysed." in text
    assert f"secretkey-lint {__version__}" in text
    assert "<article" not in text and "<details" not in text


def test_without_a_line_of_code_and_without_a_reason(report: Report) -> None:
    """What is missing leaves no empty box."""
    suppressed = replace(report.suppressed_diagnostics[0], reason="")
    diagnostic = replace(report.diagnostics[-1], frame=None, related=())
    text = html.render(Report((diagnostic,), 1, 1, suppressed=1, suppressed_diagnostics=(suppressed,)), Style())
    assert "<pre>" not in text and "<ol" not in text
    assert "no reason given" in text
