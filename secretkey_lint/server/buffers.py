"""What an editor holds open: texts that take the place of files on disk, and the folder that each is checked in."""

from __future__ import annotations

import os

from secretkey_lint.model.record import Record
from secretkey_lint.model.source import SourceFile
from secretkey_lint.readers import reader_for
from secretkey_lint.trees.ignored import is_ignored
from secretkey_lint.trees.worktree import named_source, root_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class Buffer(Record):
    """A text that is open, at an absolute path."""

    path: str
    text: str

    def __repr__(self) -> str:
        return f"Buffer({self.path!r}, <{len(self.text)} characters>)"


def source(path: str, text: str) -> SourceFile:
    """Return a text as the file at `path`, relative to the working directory, with the bytes that it would be saved as."""
    content = text.encode("utf-8", "replace")  # half of a pair of surrogates is no text
    file = named_source(path, content)
    if reader_for(file.project_path) == "python":
        from secretkey_lint.readers.python.encoding import cookie

        try:
            return SourceFile(file.path, text.encode(cookie(content) or "utf-8", "replace"), file.project_path)
        except (LookupError, ValueError):
            pass  # what is wrong with the encoding is said of its content
    return file


def by_folder(buffers: Iterable[Buffer], folders: Iterable[str], ignored: dict[str, bool]) -> dict[str, list[Buffer]]:
    """Return the buffers that are to be checked, by the folder whose working directory they are checked from.

    That is the innermost of the `folders` that the editor has open, else the repository. Left out are files that git
    ignores, since nobody commits them, its own files, and, where folders are open, what is in none and no repository:
    installed packages that somebody looks into. `ignored` remembers of which paths git says so.
    """
    outer = sorted((os.path.normpath(folder) for folder in folders), key=len, reverse=True)
    found: dict[str, list[Buffer]] = {}
    for buffer in buffers:
        path = buffer.path
        root = root_of(os.path.dirname(path))
        home = next((each for each in outer if path.startswith(each.rstrip(os.sep) + os.sep)), root)
        if f"{os.sep}.git{os.sep}" in path or (home is None and outer):
            continue
        if path not in ignored:
            ignored[path] = root is not None and is_ignored(path, root)
        if not ignored[path]:
            found.setdefault(home or os.path.dirname(path), []).append(buffer)
    return found
