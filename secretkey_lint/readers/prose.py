"""Reads prose in which code stands: Markdown, reStructuredText, AsciiDoc. Each block goes to the reader of its language.

What no block holds is read by its lines, as all text is.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Part
from secretkey_lint.readers.surroundings import ALONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

    Line = tuple[int, str]
    """A line without its end, and the offset at which it begins."""

FILES = {
    "settings.py": "py py3 python python3 django",
    "session.pycon": "pycon python-console pyconsole doctest",
    "script.sh": "bash sh shell zsh ksh console terminal shell-session shellsession",
    "configuration.yaml": "yaml yml",
    "docker-compose.yml": "docker-compose compose",
    "configuration.json": "json json5 jsonc javascript-object-notation",
    "configuration.toml": "toml",
    "configuration.ini": "ini cfg conf dosini",
    "configuration.properties": "properties",
    "Dockerfile": "dockerfile docker containerfile",
    ".env": "env dotenv environment",
    "Makefile": "make makefile",
    "main.tf": "hcl tf terraform",
    "script.ps1": "powershell ps1 pwsh",
    "script.bat": "bat batch cmd dosbatch",
    "script.js": "js javascript jsx ts tsx typescript mjs",
    "page.html": "html html+django html+jinja django-html htmldjango jinja jinja2",
    "configuration.xml": "xml",
}
"""Files as which blocks are read, and how their languages are called."""

_FILE_OF = {language: name for name, languages in FILES.items() for language in languages.split()}
_FENCE = re.compile(r"(?P<prefix>(?:[ \t>]|[-*+] |\d+[.)] )*)(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\r\n]*)\Z")
_DIRECTIVE = re.compile(
    r"(?P<indent>[ \t]*)\.\. (?:code-block|code|sourcecode|literalinclude|parsed-literal)::[ \t]*(?P<info>\S*)"
)
_LISTING = re.compile(r"\[source,[ \t]*(?P<info>[\w+-]+)[^\]]*\][ \t]*\Z")
_TITLE = re.compile(r"""(?:title|file|filename|name)=["']?([\w./-]+)""")
_LINE = re.compile(r"[^\r\n]*")


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> Sequence[Fact | Part]:  # noqa: ARG001 - all are asked alike
    """Return the blocks of code of a text, each as a part."""
    return list(_blocks(list(_lines(file.text()))))


def _lines(text: str) -> Iterator[Line]:
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        assert match is not None
        yield at, match.group()
        at = match.end() + (2 if text.startswith("\r\n", match.end()) else 1)


def _blocks(lines: list[Line]) -> Iterator[Part]:
    """The blocks whose language is said: between fences, under a directive, in a listing."""
    number = 0
    while number < len(lines):
        text = lines[number][1]
        number += 1
        fence = _FENCE.match(text)
        directive = _DIRECTIVE.match(text)
        listing = _LISTING.match(text)
        if fence is not None:
            body, number = _fenced(lines, number, fence["prefix"], fence["fence"])
            info = fence["info"]
        elif directive is not None:
            body, number = _indented(lines, number, len(directive["indent"].expandtabs()))
            info = directive["info"]
        elif listing is not None and number < len(lines) and lines[number][1].startswith("----"):
            body, number = _fenced(lines, number + 1, "", lines[number][1].rstrip())
            info = listing["info"]
        else:
            continue
        name = _name(info)
        if name is not None:
            yield _part(name, body)


def _name(info: str) -> str | None:
    """The file as which a block is read, by what stands behind its fence: a language, perhaps the title of a file."""
    title = _TITLE.search(info)
    if title is not None and "." in title[1]:
        return title[1].rpartition("/")[2]
    language = re.split(r"[\s,:{}]", info.strip().strip("{}").removeprefix("."))[0].lower()
    return _FILE_OF.get(language)


def _fenced(lines: list[Line], number: int, prefix: str, fence: str) -> tuple[list[Line], int]:
    """The lines up to the closing fence, without what stands before the fence on its line; and the line behind it."""
    body: list[Line] = []
    depth = prefix.count(">")
    width = len(prefix)
    while number < len(lines):
        at, text = lines[number]
        number += 1
        inner = text
        for _ in range(depth):
            quoted = inner.lstrip(" \t")
            if quoted.startswith(">"):
                inner = quoted[1:]
        closing = inner.strip()
        if closing and len(closing) >= len(fence) and set(closing) == {fence[0]}:
            break
        dropped = len(text) - len(inner)
        while dropped < width and text[dropped : dropped + 1] in (" ", "\t"):
            dropped += 1
        body.append((at + dropped, text[dropped:]))
    return body, number


def _indented(lines: list[Line], number: int, indent: int) -> tuple[list[Line], int]:
    """The lines that are further in than `indent` columns, without options, and without their common indent."""
    block: list[Line] = []
    while number < len(lines):
        at, text = lines[number]
        if text.strip() and _columns(text) <= indent:
            break
        block.append((at, text))
        number += 1
    while block and (not block[0][1].strip() or re.match(r"[ \t]*:[\w-]+:", block[0][1])):
        block.pop(0)
    common = min((len(text) - len(text.lstrip()) for _, text in block if text.strip()), default=0)
    return [(at + min(common, len(text)), text[common:]) for at, text in block], number


def _columns(text: str) -> int:
    return len(text.expandtabs()) - len(text.expandtabs().lstrip())


def _part(name: str, body: list[Line]) -> Part:
    """A block as a part; what a session prompts with is left out, and so is what it answers."""
    if name == "session.pycon" or any(text.startswith(">>> ") for _, text in body):
        name = "session.py"
        body = [(at + 4, text[4:]) for at, text in body if text.startswith((">>> ", "... "))]
    elif name == "script.sh":
        body = [(at + 2, text[2:]) if text.startswith(("$ ", "% ")) else (at, text) for at, text in body]
    runs: list[tuple[int, int]] = []
    length = 0
    for at, text in body:
        runs.append((length, at))
        length += len(text) + 1
    return Part(name, "".join(f"{text}\n" for _, text in body), tuple(runs) or ((0, 0),), is_excerpt=True)
