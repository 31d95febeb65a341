"""Which modules import a module: they may take a value from it to the key."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.project.imports import Imports
    from secretkey_lint.project.tree import Tree

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<source>\.*[\w.]*)[ \t]*\bimport\b[ \t]*(?:\((?P<many>[^)]*)\)|(?P<names>[^\r\n]*))"
    r"|import[ \t]+(?P<modules>[^\r\n]*))",
    re.MULTILINE,
)
_NAME = re.compile(r"(?:^|,)\s*([\w.]+)")


def users(module: str, tree: Tree, imports: Imports) -> Iterator[str]:
    """Yield the Python files that import the module in the file `module`, or a name from it."""
    for path in tree.search([imports.name_of(module)], (".py",)):
        file = tree.read(path) if path != module else None
        if file is not None and any(imports.resolve(name, path) == module for name in _imported(file.text())):
            yield path


def _imported(text: str) -> Iterator[str]:
    """The modules that a text imports, and what may be modules among the names that it imports from them."""
    for match in _IMPORT.finditer(text):
        if match["modules"] is not None:
            yield from _NAME.findall(match["modules"])
            continue
        source = match["source"]
        yield source
        for name in _NAME.findall(match["many"] or match["names"] or ""):
            yield f"{source}{name}" if source.endswith(".") else f"{source}.{name}"
