"""One page of HTML that needs nothing else: to be kept with a build, sent, or opened from the disk."""

from __future__ import annotations

from html import escape

from secretkey_lint import __version__
from secretkey_lint.model.diagnostic import SEVERITIES
from secretkey_lint.reporters import printable, summary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report
    from secretkey_lint.model.source import Span
    from secretkey_lint.reporters import Style

_STYLE = """
:root { color-scheme: light dark; --text: #1f2328; --dim: #59636e; --page: #fff; --panel: #f6f8fa; --line: #d1d9e0;
  --error: #c4222c; --warning: #8f5a00; --note: #0860ca }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --dim: #9198a1; --page: #0d1117; --panel: #161b22;
  --line: #3d444d; --error: #ff7b72; --warning: #e3a33a; --note: #58a6ff } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; margin: 0 } h2 { font: 600 1rem/1.5 ui-monospace, monospace; margin: 2rem 0 .5rem }
a { color: var(--note) } code, pre { font: .875rem/1.5 ui-monospace, monospace }
.counts { display: flex; gap: 1rem; list-style: none; padding: 0; margin: 1rem 0 }
.counts li { flex: 1; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem; color: var(--dim) }
.counts b { display: block; font-size: 1.5rem; color: var(--dim) }
.error { --tone: var(--error) } .warning { --tone: var(--warning) } .note { --tone: var(--note) }
.counts .error b, .counts .warning b, .counts .note b { color: var(--tone) }
article { margin: .5rem 0 1rem; padding: .75rem 1rem; border: 1px solid var(--line);
  border-left: .25rem solid var(--tone); border-radius: .25rem }
article h3 { font-size: 1rem; margin: 0 } article h3 b { color: var(--tone) }
article p { margin: .25rem 0 } .dim { color: var(--dim); font-weight: 400 }
pre { background: var(--panel); padding: .5rem .75rem; border-radius: .25rem; overflow-x: auto; margin: .5rem 0 }
mark { background: none; color: var(--tone); text-decoration: underline wavy; text-underline-offset: .25rem }
.way { list-style: none; margin: .75rem 0; padding: 0 }
.way li { position: relative; padding: 0 0 .5rem 1.5rem }
.way li::before { content: ""; position: absolute; left: 0; top: .4rem; width: .7rem; height: .7rem;
  border: 2px solid var(--tone); border-radius: 50%; background: var(--page); z-index: 1 }
.way li:last-child::before { background: var(--tone) }
.way li:not(:last-child)::after { content: ""; position: absolute; left: calc(.35rem - 1px); top: .6rem; bottom: -.6rem;
  border-left: 2px solid var(--tone) }
.failed { border: 1px solid var(--error); border-radius: .25rem; padding: .5rem 1rem; color: var(--error) }
summary { cursor: pointer; margin-top: 2rem } footer { margin-top: 3rem; color: var(--dim); font-size: .875rem }
"""


def render(report: Report, _style: Style) -> str:
    """Return the page: how much was found, each finding by its file, and what was suppressed."""
    counts = "".join(_count(report.count(severity), severity) for severity in reversed(SEVERITIES))
    failed = "".join(f"<li>{_text(failure)}</li>\n" for failure in report.failures)
    failed = f'<div class="failed">Could not be checked:<ul>\n{failed}</ul></div>\n' if failed else ""
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>secretkey-lint</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<h1>secretkey-lint</h1>
<ul class="counts">
{counts}</ul>
<p>{summary(report)}</p>
{failed}</header>
<main>
{_by_file(report.diagnostics)}{_suppressed(report)}</main>
<footer>secretkey-lint {__version__}. Nothing of a key is in this page.</footer>
</body>
</html>
"""
    return page.encode("ascii", "xmlcharrefreplace").decode("ascii")  # the same page in whatever encoding it is sent


def _count(number: int, severity: str) -> str:
    tone, plural = (severity if number else "none"), ("" if number == 1 else "s")
    return f'<li class="{tone}"><b>{number}</b> {severity}{plural}</li>\n'


def _by_file(diagnostics: tuple[Diagnostic, ...]) -> str:
    parts, path = [], None
    for diagnostic in diagnostics:
        if diagnostic.span.path != path:
            path = diagnostic.span.path
            parts.append(f"<h2>{_text(path)}</h2>\n")
        parts.append(_finding(diagnostic))
    return "".join(parts)


def _finding(diagnostic: Diagnostic) -> str:
    line = diagnostic.span.start.line
    link = f'<a href="{escape(diagnostic.url)}">{diagnostic.code} {_text(diagnostic.name)}</a>'
    where = f'<span class="dim">{diagnostic.context}, line {line}</span>'
    parts = [
        f'<article class="{diagnostic.severity}">\n<h3><b>{diagnostic.severity}</b> {link} {where}</h3>\n',
        f"<p>{_text(diagnostic.message)}</p>\n",
    ]
    if diagnostic.frame is not None:
        text, start = diagnostic.frame.text, diagnostic.frame.column - 1
        end = start + diagnostic.frame.width
        marked = f"{_text(text[:start])}<mark>{_text(text[start:end])}</mark>{_text(text[end:])}"
        parts.append(f'<pre><span class="dim">{line}</span> {marked}</pre>\n')
    if diagnostic.related:
        steps = [(diagnostic.span, "the value"), *((step.span, step.message) for step in diagnostic.related)]
        way = "".join(f"<li><code>{_place(span)}</code> {_text(message)}</li>\n" for span, message in steps)
        parts.append(f'<ol class="way">\n{way}</ol>\n')
    parts.append(f'<p class="dim">{_text(diagnostic.help)}</p>\n</article>\n')
    return "".join(parts)


def _suppressed(report: Report) -> str:
    items = "".join(
        f"<li><code>{_place(each.diagnostic.span)}</code> {each.diagnostic.code} {_text(each.diagnostic.name)}"
        f'<br><span class="dim">{_text(each.reason or "no reason given")}</span></li>\n'
        for each in report.suppressed_diagnostics
    )
    return (
        f"<details><summary>{report.suppressed} suppressed</summary>\n<ul>\n{items}</ul></details>\n" if items else ""
    )


def _place(span: Span) -> str:
    return _text(f"{span.path}:{span.start.line}:{span.start.column}")


def _text(text: str) -> str:
    return escape(printable(text))
