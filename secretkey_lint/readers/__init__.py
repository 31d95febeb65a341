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
_YAML_SUFFIXES = frozenset({"yml", "yaml", "eyaml", "sls"})
_TEMPLATE_SUFFIXES = frozenset(
    {"dist", "erb", "example", "gotmpl", "in", "j2", "jinja", "jinja2", "sample", "template", "tmpl", "tpl"}
)
_PACKAGES = ("python", "yaml")
"""Readers that take more than one module."""

_CODE_SUFFIXES = (".js", ".ts", ".mjs", ".json", ".yml", ".yaml", ".toml", ".md", ".rst", ".html", ".sh", ".d", ".go")


def reader_for(path: str, content: bytes = b"") -> str:  # noqa: ARG001 - some formats show in the content alone
    """Return the name of the reader for a file: that of its format, or `text` for all that has none of its own."""
    name = path.rpartition("/")[2].lower()
    if name.endswith(_PYTHON_SUFFIXES):
        return "python"
    named = name.startswith((".env", "env.", "dotenv")) or name.endswith((".env", ".flaskenv")) or ".env." in name
    if (named or name in ("env", "_env") or "/.envs/" in f"/{path}") and not name.endswith(_CODE_SUFFIXES):
        return "dotenv"
    return "yaml" if _is_yaml(path, name) else "text"


def _is_yaml(path: str, name: str) -> bool:
    """Whether a file is YAML, or a template of it: Ansible's variables need no suffix, Helm's templates have others."""
    suffixes = name.split(".")[1:]
    if not _YAML_SUFFIXES.isdisjoint(suffixes[-1:]) or (
        suffixes and suffixes[-1] in _TEMPLATE_SUFFIXES and not _YAML_SUFFIXES.isdisjoint(suffixes)
    ):
        return True
    if name.endswith((".tpl", ".gotmpl")):
        return "templates" in path.split("/")
    if name.endswith(".config"):
        return ".ebextensions" in path.split("/")
    return not suffixes and not {"group_vars", "host_vars"}.isdisjoint(path.split("/")[:-1])


def load(name: str) -> Reader:
    """Import a reader and return its `read`."""
    module = f"{name}.reader" if name in _PACKAGES else name
    read: Reader = __import__(f"{__name__}.{module}", fromlist=["read"]).read
    return read
