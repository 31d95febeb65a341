"""Reads YAML: its nodes where it is valid, its lines where it is a template or broken, and its comments."""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Damage, Guard, Part
from secretkey_lint.model.record import replace
from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers.entries import Document
from secretkey_lint.readers.lines import matters, named_entries
from secretkey_lint.readers.nested.meaning import said
from secretkey_lint.readers.nested.places import Place, root
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.readers.yaml.composing import NotYAML, compose, documents
from secretkey_lint.readers.yaml.writing import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.entries import Entry
    from secretkey_lint.readers.surroundings import Surroundings

_TEMPLATE_MARKS = ("{{", "{%", "<%")
_SECRET_KIND = re.compile(r"^kind:[ \t]*[\"']?Secret[\"']?[ \t]*\r?$", re.MULTILINE)
_TABLE = re.compile(r"([ \t#-]*)[\"']?([\w./-]+)[\"']?[ \t]*:[ \t]*(?:&[\w.-]+[ \t]*)?(?:#.*)?\r?\Z")
_NO_TEXT = re.compile(r"[|>][0-9+-]*\Z|\*[\w.-]+\Z|[\[{]+\Z")
_MAX_LINES = 500
"""Lines above an entry in which the tables around it are looked for."""


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact | Part]:
    """Return the bindings of the key in a YAML file, and the texts in it that other readers read."""
    text = file.text()
    if "\0" in text or text.lstrip().startswith("$ANSIBLE_VAULT;"):
        return []
    return list(_Reader(file, text, surroundings).facts())


class _Reader:
    """Reads one file."""

    def __init__(self, file: SourceFile, text: str, surroundings: Surroundings) -> None:
        self._file = file
        self._text = text
        self._surroundings = surroundings
        self._document = Document(text, LineIndex(text), file.path, surroundings)

    def facts(self) -> Iterator[Fact | Part]:
        """Yield what there is in the file, document by document."""
        is_damaged = False
        for start, end in documents(self._text):
            if not self._matters(self._text, start, end):
                continue
            damage: Damage | None = None
            entries: list[Entry] = []
            try:
                for node in compose(self._text, start, end):
                    for found in said(self._text, node, self._file.project_path, self._matters, written):
                        if isinstance(found, Part):
                            yield found
                        else:
                            entries.append(found)
            except NotYAML as error:
                damage = Damage(self._document.span(error.offset, error.offset), error.reason)
            if damage is not None and not is_damaged and not self._is_template(start, end):
                is_damaged = True
                yield damage
            entries += self._lines(start, end, comments_only=damage is None)
            yield from self._document.bindings(entries)

    def _matters(self, text: str, start: int = 0, end: int | None = None) -> bool:
        return matters(text, self._surroundings.carriers, start, end)

    def _is_template(self, start: int, end: int) -> bool:
        """Whether a document is none yet: what fills it in makes it one."""
        return any(self._text.find(mark, start, end) >= 0 for mark in _TEMPLATE_MARKS)

    def _lines(self, start: int, end: int, *, comments_only: bool) -> Iterator[Entry]:
        """The entries that lines of a document are, or its comments alone."""
        is_secret = not comments_only and _SECRET_KIND.search(self._text, start, end) is not None
        for entry in named_entries(self._text, start, end):
            is_comment = Guard("commented") in entry.guards
            if (comments_only and not is_comment) or _NO_TEXT.match(entry.text):
                continue
            at = entry.start if entry.begin is None else entry.begin
            is_plain = self._text[entry.start : entry.end] == entry.text
            if is_plain and self._text[at : entry.start].endswith(("= ", "=\t")):  # code: a call, another name
                continue
            tables = self._tables(at, start)
            place = root(self._file.project_path)
            if is_secret and tables[:1] == ["data"]:
                place = replace(place, kind="encoded")
            place = place.within(tables)
            place = Place(place.tables, place.kind, place.guards | entry.guards)
            yield place.entry(entry.name, entry.text, entry.start, entry.end, is_plain=is_plain, begin=entry.begin)

    def _tables(self, offset: int, first: int) -> list[str]:
        """The tables around an entry by indentation, outermost first."""
        line = self._text.rfind("\n", first, offset) + 1 or first
        before = self._text[line:offset]
        indent = len(before) - len(before.lstrip(" \t#-"))
        found: list[str] = []
        for _ in range(_MAX_LINES):
            if indent == 0 or line <= first:
                break
            end = line - 1
            line = self._text.rfind("\n", first, end) + 1 or first
            table = _TABLE.match(self._text, line, end)
            if table is not None and len(table[1]) < indent:
                indent = len(table[1])
                found.append(table[2])
        return found[::-1]
