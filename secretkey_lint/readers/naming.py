"""Names the reader of each file: by its name, its folder, and where these do not say it, by what it begins with."""

from __future__ import annotations

_CODE_SUFFIXES = (".js", ".ts", ".mjs", ".json", ".yml", ".yaml", ".toml", ".md", ".rst", ".html", ".sh", ".d", ".go")

_BY_NAME = {
    "procfile": "directives:procfile",
    "makefile": "directives:make",
    "gnumakefile": "directives:make",
    "justfile": "directives:just",
    ".justfile": "directives:just",
    "vagrantfile": "directives:ruby",
    "crontab": "shell",
    ".htaccess": "directives:service",
    ".envrc": "shell",
    ".profile": "shell",
}
"""Readers by the name of a file, in lower case."""

_BY_STEM = {
    "dockerfile": "dockerfile",
    "containerfile": "dockerfile",
    "procfile": "directives:procfile",
    "makefile": "directives:make",
    "vagrantfile": "directives:ruby",
}
"""Readers by what stands before or after a dot in a name: `Dockerfile.prod`, `web.Dockerfile`, `Procfile.dev`."""

_BY_SUFFIX = {
    ".sh": "shell", ".bash": "shell", ".zsh": "shell", ".ksh": "shell", ".fish": "shell", ".csh": "shell",
    ".bashrc": "shell", ".zshrc": "shell", ".bash_profile": "shell", ".zshenv": "shell", ".cron": "shell", ".crontab": "shell",
    ".mk": "directives:make", ".make": "directives:make", ".just": "directives:just",
    ".service": "directives:service", ".container": "directives:service",
    ".vhost": "directives:service", ".nginx": "directives:service", ".apache": "directives:service",
    ".tf": "directives:hcl", ".tfvars": "directives:hcl", ".hcl": "directives:hcl", ".tofu": "directives:hcl",
    ".nomad": "directives:hcl",
    ".ps1": "directives:powershell", ".psm1": "directives:powershell",
    ".bat": "directives:batch", ".cmd": "directives:batch",
}  # fmt: skip
"""Readers by how a name ends."""

_TEMPLATE_SUFFIXES = (
    ".example", ".sample", ".template", ".dist", ".tpl", ".tmpl", ".j2", ".jinja", ".jinja2", ".erb", ".in", ".default", ".bak",
    ".orig", ".old",
)  # fmt: skip
"""What a name has behind its own suffix when the file is made into one of its kind."""

_ENVIRONMENT_FOLDERS = frozenset({"env.d", ".envs", "envs", "env", ".env", "dotenv", "environments"})
_SERVICES = (b"[uwsgi]", b"[program:", b"[Service]")
_SHELLS = (b"sh", b"bash", b"zsh", b"ksh", b"dash", b"ash", b"fish", b"csh", b"tcsh", b"openrc-run")


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
_DATA_SUFFIXES = {
    ".toml": "toml", ".ini": "ini", ".pylintrc": "ini", ".properties": "properties",
    ".json": "json", ".json5": "json", ".jsonc": "json", ".jsonl": "json", ".ndjson": "json", ".code-workspace": "json",
    ".xml": "xml", ".plist": "xml", ".iml": "xml", ".csproj": "xml", ".props": "xml", ".pubxml": "xml", ".resx": "xml",
}  # fmt: skip
_DATA_NAMES = {"pipfile": "toml", "pylintrc": "ini", "uwsgi": "ini", "supervisord": "ini"}
_PYTHON_VALUES = (b"'", b'"', b"True", b"False", b"None", b"os.", b"[", b"{", b"(", b"b'", b'b"')
"""How values begin in a module of Flask's settings, which may be called `.cfg`."""

_LOCKS = frozenset({"package-lock.json", "composer.lock", "npm-shrinkwrap.json", "pipfile.lock"})
_TRANSLATIONS = frozenset({"locale", "locales", "i18n", "l10n", "lang", "langs", "languages", "translations"})
_LANGUAGES = frozenset(
    """
    ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id it ja ko lt lv ms nb nl nn pl pt ro ru sk sl sr sv ta te
    th tr uk vi zh
    """.split()
)
_TRANSLATED = frozenset({".json", ".json5", ".properties"})

_DOCUMENTS = {
    **dict.fromkeys((".md", ".markdown", ".mdx", ".rst", ".adoc", ".asciidoc"), "prose"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".djhtml", ".jinja", ".jinja2", ".mako"), "page"),
    **dict.fromkeys(
        (".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte", ".astro"), "script"
    ),
    ".ipynb": "notebook",
}
"""Readers by the end of a file's name."""


def reader_for(path: str, content: bytes = b"") -> str:
    """Return the name of the reader for a file: that of its format, or `text` for all that has none of its own.

    What stands behind a colon in it is the dialect that the reader is to take the file for.
    """
    name = path.rpartition("/")[2].lower()
    if name.endswith(_PYTHON_SUFFIXES):
        return "python"
    if _is_yaml(path, name):
        return "yaml"
    return _of_variables(path, content) or _of_data(path, name, content)


def _is_yaml(path: str, name: str) -> bool:
    """Whether a file is YAML, or a template of it: Ansible's variables need no suffix, Helm's templates have others."""
    suffixes = name.split(".")[1:]
    if not _YAML_SUFFIXES.isdisjoint(suffixes[-1:]) or (
        suffixes and f".{suffixes[-1]}" in (*_TEMPLATE_SUFFIXES, ".gotmpl") and not _YAML_SUFFIXES.isdisjoint(suffixes)
    ):
        return True
    if name.endswith((".tpl", ".gotmpl")):
        return "templates" in path.split("/")
    if name.endswith(".config"):
        return ".ebextensions" in path.split("/")
    return not suffixes and not {"group_vars", "host_vars"}.isdisjoint(path.split("/")[:-1])


def _of_variables(path: str, content: bytes) -> str | None:
    """Return the name of the reader for a file that sets variables, None for any other."""
    *folders, name = path.lower().split("/")
    while name.endswith(_TEMPLATE_SUFFIXES) and not name.startswith("."):
        name = name.rpartition(".")[0]
    pieces = name.split(".")
    suffix = f".{pieces[-1]}" if len(pieces) > 1 else ""
    found = _BY_NAME.get(name) or _BY_SUFFIX.get(suffix)
    if found is None:
        stems = (_BY_STEM.get(piece) for piece in (pieces[0], pieces[-1], *name.replace("-", "_").split("_")[:1]))
        found = next((each for each in stems if each is not None), None)
    if found is None and suffix in (".ini", ".conf") and any(section in content for section in _SERVICES):
        found = "directives:service"
    if found is None and content.startswith(b"#!"):
        found = "shell" if content.split(b"\n", 1)[0].rstrip().rpartition(b"/")[2].split(b" ")[-1] in _SHELLS else None
    if found is None and _is_environment(folders, name):
        return "dotenv"
    return found


def _is_environment(folders: list[str], name: str) -> bool:
    """Whether a file holds variables and nothing else, by its name or, where that is without a suffix, its folder."""
    if name.endswith(_CODE_SUFFIXES):
        return False
    if (
        name.startswith((".env", "env.", "dotenv"))
        or name.endswith((".env", ".flaskenv", "envfile"))
        or ".env." in name
    ):
        return True
    said = name.replace("-", "_").strip("_").split("_")
    if "." not in name and (said[0] == "env" or said[-1] == "env"):
        return True
    return not _ENVIRONMENT_FOLDERS.isdisjoint(folders) and "." not in name[1:]


def _of_data(path: str, name: str, content: bytes) -> str:
    """Return the name of the reader for a file of nested data, or `text` for all other files."""
    while (stem := name.removesuffix(name[name.rfind(".") :])) and name.endswith(_TEMPLATE_SUFFIXES):
        name = stem
    suffix = name[name.rfind(".") :] if "." in name else name
    folders = path.lower().split("/")[:-1]
    if name in _LOCKS or not _TRANSLATIONS.isdisjoint(folders) or (suffix in _TRANSLATED and _is_a_language(name)):
        return "text"
    if suffix in (".conf", ".cnf", ".cfg", ".config"):
        found = _by_content(suffix, content)
        return "directives:service" if found == "text" and suffix == ".conf" else found
    return _DATA_NAMES.get(name) or _DATA_SUFFIXES.get(suffix) or _DOCUMENTS.get(suffix, "text")


def _by_content(suffix: str, content: bytes) -> str:
    """Return the name of the reader for a file whose suffix many formats have, by the lines that say something."""
    found = "text"
    for each in content.removeprefix(b"\xef\xbb\xbf").splitlines():
        line = each.strip()
        if found == "text" and line.startswith((b"<", b"[")):
            return "xml" if line.startswith(b"<") else "ini"
        if line and not line.startswith((b"#", b";")):
            name, sign, value = line.partition(b"=")
            if not sign or not name.strip().removeprefix(b"export ").replace(b"_", b"").isalnum():
                return "text"
            found = "dotenv"
            if suffix == ".cfg" and value.strip().startswith(_PYTHON_VALUES):
                return "python"
            if suffix != ".conf":  # which other formats have that may begin alike
                return found
    return found


def _is_a_language(name: str) -> bool:
    """Whether a file is called by a language (`de.json`, `pt-BR.json`, `messages_de.properties`), as translations are."""
    stem = name[: name.rfind(".")].replace("-", "_")
    return stem.removeprefix("messages_").partition("_")[0] in _LANGUAGES or stem == "messages"
