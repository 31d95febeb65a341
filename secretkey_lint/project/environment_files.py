"""Environment files that compose files name: `env_file: web.vars` makes one of a file, whatever it is called."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.project.tree import Tree


def environment_files(tree: Tree) -> frozenset[str]:
    """Return the tracked files that are named so, beside the compose file or from the root of the repository."""
    found: set[str] = set()
    for path in tree.search(["env_file"], (".yml", ".yaml")):
        file = tree.read(path)
        folder = path.rpartition("/")[0]
        for name in _named(file.text()) if file is not None else ():
            found.update((_joined(folder, name), _joined("", name)))
    return frozenset(path for path in found if path in tree.files)


def _named(text: str) -> Iterator[str]:
    """The names behind `env_file:`, on its line, or in the lines under it as a list of names or of `path: …`."""
    import re

    text = text.replace("\r\n", "\n")
    entry = r"(?:path:[ \t]*)?([^\s#\"']+)[\"']?[ \t]*(?:#.*)?$"
    for match in re.finditer(
        r"^(?:.*[{,])?[ \t-]*env_file:[ \t]*(.*)$((?:\n[ \t]*(?:-|path:|required:|format:|#|$).*)*)", text, re.MULTILINE
    ):
        yield from re.findall(r"[^\s#\[\]{},\"']+", match[1].partition(" #")[0])
        yield from re.findall(rf"^[ \t]*(?:-[ \t]*|(?=path:))[\"']?{entry}", match[2], re.MULTILINE)


def _joined(folder: str, name: str) -> str:
    """A path relative to a folder, in its shortest form; empty where it leads out."""
    parts: list[str] = []
    for part in f"{folder}/{name}".split("/"):
        if part == ".." and not parts:
            return ""
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
