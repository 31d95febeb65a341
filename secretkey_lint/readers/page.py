"""Reads pages and their templates: where a template shows the key, and the code that stands in them."""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Exposure, Part
from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.vocabulary import KEY, further_names

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

_KEY = r"""(?<![\w.])(?:(?:\w+\.)*SECRET_KEY(?:_FALLBACKS)?|\w+\[["']SECRET_KEY(?:_FALLBACKS)?["']\]|\w+\.get\(["']SECRET_KEY["']\))(?![\w.(])"""
_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_NAME = re.compile(r"[-\s]*(?P<name>\w+)")
_ALIAS = rf"(?P<name>\w+)[ \t]*=[ \t]*(?P<key>{_KEY})|(?P<key2>{_KEY})[ \t]+as[ \t]+(?P<name2>\w+)"
_SILENT = frozenset({"yesno", "length", "length_is", "bool", "count", "pluralize", "default_if_none_only"})
"""Filters whose result tells nothing of the key."""

_ENDS = {"comment": "endcomment", "verbatim": "endverbatim", "raw": "endraw"}
"""Tags between which nothing is rendered, and those that end them."""

_SHOWING = frozenset({"firstof", "print", "cycle"})
"""Tags that show what they are given."""

_BLOCK = re.compile(r"<(?P<name>script|pre|code)\b(?P<attributes>[^<>]{0,1000})>", re.IGNORECASE)
_MAX = 2000
"""Blocks of one page that are looked at for what they hold."""


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> Sequence[Fact | Part]:  # noqa: ARG001 - all are asked alike
    """Return the places where a page shows the key, and its scripts as parts."""
    text = file.text()
    return [*_exposures(text, LineIndex(text), file.path), *_scripts(text)]


def _exposures(text: str, index: LineIndex, path: str) -> Iterator[Exposure]:
    for name in (KEY, *sorted(further_names())):
        if name in text:
            yield from _exposures_of(name, text, index, path)


def _exposures_of(shown_name: str, text: str, index: LineIndex, path: str) -> Iterator[Exposure]:
    """Where the key is shown under one of its names."""
    key, alias = (re.compile(each.replace(KEY, re.escape(shown_name))) for each in (_KEY, _ALIAS))
    aliases: list[str] = []
    until = ""
    for opening, start, end in _tags(text):
        match = _NAME.match(text, start, end) if opening == "{%" else None
        name = match["name"] if match is not None else ""
        if until:
            until = "" if name == until else until
            continue
        until = _ENDS.get(name, "")
        said = text[start:end]
        if name in ("with", "set", "include", "blocktrans", "blocktranslate"):
            aliases += [each["name"] or each["name2"] for each in alias.finditer(said)]
        if opening != "{{" and name not in _SHOWING:
            continue
        shown = key.search(said)
        if shown is None and aliases:
            shown = re.search(rf"(?<![\w.])(?:{'|'.join(aliases)})(?![\w.(])", said)
        if shown is not None and not _tells_nothing(said, shown.start(), shown.end()):
            span = index.span(path, start + shown.start(), start + shown.end())
            yield Exposure(shown_name, span, "put into a page by its template")


def _tags(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield how each tag of a template begins, and the offsets of what is in it; one that is not closed is none."""
    unclosed: set[str] = set()
    at = 0
    while (match := _OPENING.search(text, at)) is not None:
        opening, at = match.group(), match.end()
        if opening in unclosed:
            continue
        end = text.find(_CLOSING[opening], at)
        if end < 0:
            unclosed.add(opening)  # nor is any behind it
            continue
        yield opening, at, end
        at = end + 2


def _tells_nothing(expression: str, start: int, end: int) -> bool:
    """Whether an expression only says something of the key: whether there is one, how long it is."""
    filters = re.findall(r"\|\s*(\w+)", expression[end:])
    before, behind = expression[:start], expression[end:]
    if not _SILENT.isdisjoint(filters):
        return True
    is_condition = re.search(r"\bif\s+(?:not\s+)?\Z", before) is not None
    is_compared = re.match(r"\s*(?:==|!=|is\b|in\b)", behind) is not None
    is_text = before.count('"') % 2 == 1 or before.count("'") % 2 == 1
    return is_condition or is_compared or is_text


def _scripts(text: str) -> Iterator[Part]:
    unclosed: set[str] = set()
    at = 0
    for _ in range(_MAX):
        block = _BLOCK.search(text, at)
        if block is None:
            return
        name, start = block["name"].lower(), block.end()
        closing = None if name in unclosed else re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, start)
        if closing is None:
            unclosed.add(name)
            at = start
            continue
        end, at = closing.span()
        if name == "script":
            file = "script.json" if "json" in block["attributes"].lower() else "script.js"
            yield Part(file, text[start:end], ((0, start),), is_excerpt=True)
        elif "SECRET_KEY" in text[start:end]:
            yield _shown_code(text, start, end)


_MARKUP = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def _shown_code(text: str, start: int, end: int) -> Part:
    """What a page shows as code: without the tags that colour it, its entities replaced."""
    from html import unescape

    pieces: list[str] = []
    runs = [(0, start)]
    at, length = start, 0
    for mark in _MARKUP.finditer(text, start, end):
        said = unescape(mark.group()) if mark.group()[0] == "&" else ""
        pieces += [text[at : mark.start()], said]
        length += mark.start() - at
        if said:
            runs.append((length, mark.start()))
            length += len(said)
        at = mark.end()
        runs.append((length, at))
    pieces.append(text[at:end])
    code = "".join(pieces)
    name = "settings.py" if re.search(r"^\s*(?:import|from|SECRET_KEY\s*=)", code, re.MULTILINE) else "code.txt"
    return Part(name, code, tuple(runs), is_excerpt=True)
