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

_DATA_SUFFIXES = {
    ".toml": "toml", ".ini": "ini", ".pylintrc": "ini", ".properties": "properties",
    ".json": "json", ".json5": "json", ".jsonc": "json", ".jsonl": "json", ".ndjson": "json", ".code-workspace": "json",
    ".xml": "xml", ".plist": "xml", ".iml": "xml", ".csproj": "xml", ".props": "xml", ".pubxml": "xml", ".resx": "xml",
}  # fmt: skip
_DATA_NAMES = {"pipfile": "toml", "pylintrc": "ini", "uwsgi": "ini", "supervisord": "ini"}
_TEMPLATE_SUFFIXES = (
    ".example", ".sample", ".template", ".dist", ".tpl", ".tmpl", ".j2", ".jinja", ".jinja2", ".in", ".default", ".bak", ".orig",
    ".old",
)  # fmt: skip
_LOCKS = frozenset({"package-lock.json", "composer.lock", "npm-shrinkwrap.json", "pipfile.lock"})
_TRANSLATIONS = frozenset({"locale", "locales", "i18n", "l10n", "lang", "langs", "languages", "translations"})
_TRANSLATED = frozenset({".json", ".json5", ".properties"})

_BY_SUFFIX = {
    **dict.fromkeys((".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc"), "prose"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".djhtml", ".jinja", ".jinja2", ".mako"), "page"),
    **dict.fromkeys(
        (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte", ".astro"), "script"
    ),
    ".ipynb": "notebook",
}
"""Readers by the end of a file's name."""


def reader_for(path: str, content: bytes = b"") -> str:
    """Return the name of the reader for a file: that of its format, or `text` for all that has none of its own."""
    name = path.rpartition("/")[2].lower()
    if name.endswith(_PYTHON_SUFFIXES):
        return "python"
    named = name.startswith((".env", "env.", "dotenv")) or name.endswith((".env", ".flaskenv")) or ".env." in name
    if (named or name in ("env", "_env") or "/.envs/" in f"/{path}") and not name.endswith(_CODE_SUFFIXES):
        return "dotenv"
    return _of_data(path, name, content)


def _of_data(path: str, name: str, content: bytes) -> str:
    """Return the name of the reader for a file of nested data, or `text` for all other files."""
    while (stem := name.removesuffix(name[name.rfind(".") :])) and name.endswith(_TEMPLATE_SUFFIXES):
        name = stem
    suffix = name[name.rfind(".") :] if "." in name else name
    folders = path.lower().split("/")[:-1]
    if name in _LOCKS or not _TRANSLATIONS.isdisjoint(folders) or (suffix in _TRANSLATED and _is_a_language(name)):
        return "text"
    if suffix in (".conf", ".cnf", ".cfg", ".config"):
        return _by_content(suffix, content)
    return _DATA_NAMES.get(name) or _DATA_SUFFIXES.get(suffix) or _BY_SUFFIX.get(suffix, "text")


def _by_content(suffix: str, content: bytes) -> str:
    """Return the name of the reader for a file whose suffix many formats have, by the first line that says something."""
    for each in content.removeprefix(b"\xef\xbb\xbf").splitlines():
        line = each.strip()
        if line.startswith(b"<"):
            return "xml"
        if line.startswith(b"["):
            return "ini"
        if line and not line.startswith((b"#", b";")):
            name, sign, value = line.partition(b"=")
            if not sign or not name.strip().removeprefix(b"export ").replace(b"_", b"").isalnum():
                return "text"
            return "python" if suffix == ".cfg" and name.endswith(b" ") and value.startswith(b" ") else "dotenv"
    return "text"


def _is_a_language(name: str) -> bool:
    """Whether a file is called by a language (`de.json`, `pt-BR.json`, `messages_de.properties`), as translations are."""
    stem = name[: name.rfind(".")].replace("-", "_")
    language = stem.removeprefix("messages_").partition("_")[0]
    return stem == "messages" or (len(language) == 2 and len(stem.removeprefix("messages_")) in (2, 5, 7))


def load(name: str) -> Reader:
    """Import a reader and return its `read`."""
    module = "python.reader" if name == "python" else name
    read: Reader = __import__(f"{__name__}.{module}", fromlist=["read"]).read
    return read
