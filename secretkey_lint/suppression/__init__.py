"""Suppressions: what people write beside a finding so that it is not reported, and what of that has no effect."""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.vocabulary import MARKER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.suppression.marked import MarkedFile
    from secretkey_lint.suppression.markers import Marker

_NEEDLES = (MARKER, b"noqa", b"nosec", b"allowlist", b"whitelist", b"gitleaks:allow")


class Options(Record):
    """What counts as a suppression.

    `foreign` says whether the markers of other tools do: `noqa`, `nosec`, `pragma: allowlist secret`, `gitleaks:allow`.
    `require_reason` says that one that names us or our rules suppresses nothing unless it gives a reason.
    """

    foreign: bool = True
    require_reason: bool = False


def _has_needle(content: bytes) -> bool:
    """Whether there can be a marker in a file, by its bytes: only then is it worth to look for comments."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.replace(b"\0", b"")
    content = content.lower()
    return any(needle in content for needle in _NEEDLES)


class Suppressions:
    """The suppressions in the files of a run; a file is looked through when something in it is asked for."""

    def __init__(self, options: Callable[[str], Options], read: Callable[[str], SourceFile | None]) -> None:
        """Find files, and what counts in them, by the paths that people are shown."""
        self._options = options
        self._read = read
        self._files: dict[str, MarkedFile | None] = {}

    def of(self, path: str) -> MarkedFile | None:
        """Return the markers of a file, or None where it has none."""
        if path not in self._files:
            self._files[path] = None
            file = self._read(path)
            if file is not None and _has_needle(file.content):
                from secretkey_lint.suppression.marked import MarkedFile

                found = MarkedFile(file, self._options(path))
                self._files[path] = found if found.markers else None
        return self._files[path]

    def suppressing(self, code: str, places: Iterable[Span]) -> tuple[MarkedFile, Marker] | None:
        """Return the marker that suppresses what the rule `code` reports at one of `places`, and its file, or None."""
        found = None
        for place in places:
            marked = self.of(place.path)
            marker = marked.suppressing(code, place) if marked is not None else None
            if marked is not None and marker is not None and found is None:
                found = marked, marker
        return found
