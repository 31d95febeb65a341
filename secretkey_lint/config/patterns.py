"""Patterns as `.gitignore` has them, matched against paths below a folder."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec import GitIgnoreSpec


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./*?")


def flaw(pattern: str) -> str | None:
    """Return what keeps a pattern from ever matching a file, as the end of a sentence, or None."""
    if not pattern.strip():
        return "is empty"
    if "\n" in pattern or "\r" in pattern or "\0" in pattern:
        return "is no single line"
    if pattern.startswith("#"):
        return r"is a comment; write \# for a name that begins so"
    if ".." in pattern.split("/"):
        return "leads out of the folder"
    if _PLAIN.issuperset(pattern) and any(each.isalnum() for each in pattern):
        return None  # without the cost of loading pathspec
    from pathspec import GitIgnoreSpec

    try:
        (made,) = GitIgnoreSpec.from_lines([pattern]).patterns
    except ValueError:
        return "is no pattern that git knows"
    return None if made.include is not None else "matches nothing"


class Patterns:
    """Patterns in their order, of which the last that matches a path decides."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self.patterns = tuple(patterns)
        self._pieces = [_piece(pattern) for pattern in self.patterns]
        self._compiled: GitIgnoreSpec | None = None

    def deciding(self, path: str) -> int | None:
        """Return which pattern matches `path`, relative and with `/`, by its index; None for none, or for `!pattern`."""
        if not any(piece in path for piece in self._pieces):
            return None  # without the cost of loading pathspec
        if self._compiled is None:
            from pathspec import GitIgnoreSpec

            self._compiled = GitIgnoreSpec.from_lines(self.patterns)
        result = self._compiled.check_file(path)
        return result.index if result.include else None

    def unmatched(self, paths: list[str]) -> list[str]:
        """Return the patterns that match none of `paths`."""
        from pathspec import GitIgnoreSpec

        found: list[str] = []
        for pattern, piece in zip(self.patterns, self._pieces, strict=True):
            alone = GitIgnoreSpec.from_lines([pattern.removeprefix("!")])
            if not any(piece in path and alone.match_file(path) for path in paths):
                found.append(pattern)
        return found


def _piece(pattern: str) -> str:
    """The longest text that every path has which the pattern matches."""
    text = pattern.removeprefix("!").strip()
    if any(mark in text for mark in "\\["):
        return ""
    pieces = text.replace("?", "*").split("*")
    return max((piece.strip("/") for piece in pieces), key=len)
