"""Readers turn the bytes of one file into facts, and into parts for other readers: `read` of the module `reader_for` names."""

from __future__ import annotations

from secretkey_lint.readers import naming

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from secretkey_lint.model.binding import Fact, Part
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

    Reader = Callable[[SourceFile, Surroundings], Sequence[Fact | Part]]

_PYTHON_SUFFIXES = (
    ".py",
    ".pyw",
    ".py-tpl",
    ".py.example",
    ".py.sample",
    ".py.dist",
    ".py.template",
    ".py.tmpl",
)


def reader_for(path: str, content: bytes = b"") -> str:
    """Return the name of the reader for a file: that of its format, or `text` for all that has none of its own."""
    name = path.rpartition("/")[2].lower()
    if name.endswith(_PYTHON_SUFFIXES):
        return "python"
    return naming.reader_for(path, content) or "text"


def load(name: str) -> Reader:
    """Import a reader and return its `read`; for a dialect of one (`directives:make`), what its `dialect` makes of that."""
    name, _, dialect = name.partition(":")
    module = __import__(f"{__name__}.{'python.reader' if name == 'python' else name}", fromlist=["read"])
    read: Reader = module.dialect(dialect) if dialect else module.read
    return read
