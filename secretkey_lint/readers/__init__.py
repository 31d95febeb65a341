"""Readers turn the bytes of one file into facts, and into parts for other readers: `read` of the module `reader_for` names."""

from __future__ import annotations

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
_CODE_SUFFIXES = (".js", ".ts", ".mjs", ".json", ".yml", ".yaml", ".toml", ".md", ".rst", ".html", ".sh", ".d", ".go")


_BY_SUFFIX = {
    **dict.fromkeys((".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc"), "prose"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".djhtml", ".jinja", ".jinja2", ".mako"), "page"),
    **dict.fromkeys(
        (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte", ".astro"), "script"
    ),
    ".ipynb": "notebook",
}
"""Readers by the end of a file's name."""


def reader_for(path: str, content: bytes = b"") -> str:  # noqa: ARG001 - some formats show in the content alone
    """Return the name of the reader for a file: that of its format, or `text` for all that has none of its own."""
    name = path.rpartition("/")[2].lower()
    if name.endswith(_PYTHON_SUFFIXES):
        return "python"
    named = name.startswith((".env", "env.", "dotenv")) or name.endswith((".env", ".flaskenv")) or ".env." in name
    if (named or name in ("env", "_env") or "/.envs/" in f"/{path}") and not name.endswith(_CODE_SUFFIXES):
        return "dotenv"
    suffix = name[name.rfind(".") :]
    return _BY_SUFFIX.get(suffix, "text")


def load(name: str) -> Reader:
    """Import a reader and return its `read`."""
    module = "python.reader" if name == "python" else name
    read: Reader = __import__(f"{__name__}.{module}", fromlist=["read"]).read
    return read
