"""Names the reader of files that set variables: environment files, scripts, and what starts or builds a service."""

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
    ".service": "directives:service", ".container": "directives:service", ".conf": "directives:service",
    ".vhost": "directives:service", ".nginx": "directives:service", ".apache": "directives:service",
    ".tf": "directives:hcl", ".tfvars": "directives:hcl", ".hcl": "directives:hcl", ".tofu": "directives:hcl",
    ".nomad": "directives:hcl",
    ".ps1": "directives:powershell", ".psm1": "directives:powershell",
    ".bat": "directives:batch", ".cmd": "directives:batch",
}  # fmt: skip
"""Readers by how a name ends."""

_TEMPLATE_SUFFIXES = (
    ".example", ".sample", ".template", ".dist", ".tpl", ".tmpl", ".j2", ".jinja", ".jinja2", ".erb", ".in", ".default",
)  # fmt: skip
"""What a name has behind its own suffix when the file is made into one of its kind."""

_ENVIRONMENT_FOLDERS = frozenset({"env.d", ".envs", "envs", "env", ".env", "dotenv", "environments"})
_SHELLS = (b"sh", b"bash", b"zsh", b"ksh", b"dash", b"ash", b"fish", b"csh", b"tcsh", b"openrc-run")


def reader_for(path: str, content: bytes) -> str | None:
    """Return the name of the reader for a file that sets variables, None for any other.

    What stands behind a colon in it is the dialect that the reader is to take the file for.
    """
    *folders, name = path.lower().split("/")
    while name.endswith(_TEMPLATE_SUFFIXES) and not name.startswith("."):
        name = name.rpartition(".")[0]
    pieces = name.split(".")
    suffix = f".{pieces[-1]}" if len(pieces) > 1 else ""
    found = _BY_NAME.get(name) or _BY_SUFFIX.get(suffix)
    if found is None:
        stems = (_BY_STEM.get(piece) for piece in (pieces[0], pieces[-1], *name.replace("-", "_").split("_")[:1]))
        found = next((each for each in stems if each is not None), None)
    if found is None and suffix == ".ini" and (b"[uwsgi]" in content or b"[program:" in content):
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
    if name.startswith((".env", "env.", "dotenv")) or name.endswith((".env", ".flaskenv")) or ".env." in name:
        return True
    said = name.replace("-", "_").strip("_").split("_")
    if "." not in name and (said[0] == "env" or said[-1] == "env"):
        return True
    return not _ENVIRONMENT_FOLDERS.isdisjoint(folders) and "." not in name[1:]
