"""Errors that end a run or keep it from being clean; each says who can mend it, none holds text of a file."""

from __future__ import annotations


class SecretKeyLintError(Exception):
    """Base of all; its text is what the user is shown."""


class ConfigError(SecretKeyLintError):
    """The user asked for something that does not exist or makes no sense; the user can mend it."""


class GitError(SecretKeyLintError):
    """git could not be run or refused to answer; the state of the repository or of git is to be mended."""


class ReadError(SecretKeyLintError):
    """A file could not be read; its permissions or its content are to be mended.

    `path` is where it is, as the user would name it, `project_path` the same from the root of the repository. `named`
    says that the user did name it: then the run is not what was asked for.
    """

    def __init__(self, reason: str, path: str = "", project_path: str = "", *, named: bool = False) -> None:
        super().__init__(reason)
        self.named = named
        self.path = path
        self.project_path = project_path


class RuleError(SecretKeyLintError):
    """A rule failed; we are to mend it."""


def internal(error: Exception) -> str:
    """Return what people are told of an error that is ours, by its kind and place: its text may hold a key."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    place = "an unknown place"
    if traceback is not None:
        place = f"{traceback.tb_frame.f_globals.get('__name__')}:{traceback.tb_lineno}"
    return f"internal error: {type(error).__name__} at {place}; please report it"


def nearest(word: str, known: list[str]) -> str:
    """Return " (did you mean …?)" for the known word that is nearest to `word`, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.5) or get_close_matches(word.upper(), known, n=1, cutoff=0.5)
    return f" (did you mean {close[0]}?)" if close else ""
