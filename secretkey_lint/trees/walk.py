"""Lists a folder that no repository holds, without what its `.gitignore` files ignore."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathspec import GitIgnoreSpec


_FOREIGN = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__"})


def walk(folder: str) -> Iterator[str]:
    """Yield the paths of the files under `folder`, in order; links are not followed, installed packages left out."""
    yield from _walk(folder, [])


def ignores(root: str, path: str) -> bool:
    """Whether a `.gitignore` in `root`, or in a folder on the way, ignores the file at `path`, relative to it."""
    folder, specs = root, []
    for part in ("", *path.split("/")[:-1]):
        folder = os.path.join(folder, part) if part else folder
        spec = _ignore_file(folder)
        if spec is not None:
            specs.append((folder, spec))
    return _is_ignored(os.path.join(root, path), False, specs)


def _walk(folder: str, ignored: list[tuple[str, GitIgnoreSpec]]) -> Iterator[str]:
    spec = _ignore_file(folder)
    if spec is not None:
        ignored = [*ignored, (folder, spec)]
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        yield os.path.normpath(folder)  # whoever reads it says why it cannot be read
        return
    for entry in listed:
        is_folder = entry.is_dir(follow_symlinks=False)
        if (is_folder and _is_foreign(entry)) or _is_ignored(entry.path, is_folder, ignored):
            continue
        if is_folder:
            yield from _walk(entry.path, ignored)
        elif not entry.is_symlink():
            yield os.path.normpath(entry.path)


def _is_foreign(entry: os.DirEntry[str]) -> bool:
    """Whether a folder holds what others wrote: the data of a version control, installed packages."""
    return entry.name in _FOREIGN or os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))


def _ignore_file(folder: str) -> GitIgnoreSpec | None:
    path = os.path.join(folder, ".gitignore")
    if not os.path.isfile(path):
        return None
    from pathspec import GitIgnoreSpec

    with open(path, encoding="utf-8", errors="replace") as lines:
        return GitIgnoreSpec.from_lines(lines)


def _is_ignored(path: str, is_folder: bool, ignored: list[tuple[str, GitIgnoreSpec]]) -> bool:
    """Whether the nearest `.gitignore` that says something of `path` ignores it."""
    for base, spec in reversed(ignored):
        name = os.path.relpath(path, base).replace(os.sep, "/")
        said: bool | None = spec.check_file(f"{name}/" if is_folder else name).include
        if said is not None:
            return said
    return False
