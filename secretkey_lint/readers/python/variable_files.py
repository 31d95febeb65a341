"""What files, and texts like them in the code, give to variables: environment files, and python-decouple's `settings.ini`."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.source import SourceFile

SEARCHED = ("settings.ini", ".env")
"""What python-decouple looks for in a folder, and then in those that it is in: the first one that is there counts."""

_SECTION = "settings"
"""The section of an INI file that python-decouple reads."""


def variables(text: str) -> Iterator[tuple[str, str]]:
    """Yield the variables that the text of an environment file gives a value, each with it."""
    from io import StringIO

    from dotenv.parser import parse_stream

    for entry in parse_stream(StringIO(text, newline="")):
        if entry.key is not None and entry.value:
            yield entry.key, entry.value


def gives(file: SourceFile, name: str) -> bool:
    """Whether a file that python-decouple reads gives a variable a value."""
    if not file.project_path.endswith(".ini"):
        return any(key == name for key, _ in variables(file.text()))
    from configparser import ConfigParser, Error

    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(file.text())
    except Error:
        return False
    return bool(parser.get(_SECTION, name, fallback=""))
