"""Readers turn the bytes of one file into facts, and into parts for other readers: `read` of the module `reader_for` names."""

from __future__ import annotations

from secretkey_lint.readers.naming import reader_for

__all__ = ["load", "reader_for"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from secretkey_lint.model.binding import Fact, Part
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings

    Reader = Callable[[SourceFile, Surroundings], Sequence[Fact | Part]]


_PACKAGES = ("python", "yaml")
"""Readers that take more than one module."""


def load(name: str) -> Reader:
    """Import a reader and return its `read`; for a dialect of one (`directives:make`), what its `dialect` makes of that."""
    name, _, dialect = name.partition(":")
    module = __import__(f"{__name__}.{f'{name}.reader' if name in _PACKAGES else name}", fromlist=["read"])
    read: Reader = module.dialect(dialect) if dialect else module.read
    return read
