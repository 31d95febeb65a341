"""Judges where a binding stands: production, development, test or example."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.vocabulary import DEVELOPMENT_WORDS, EXAMPLE_WORDS, TEST_WORDS, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.model.diagnostic import Context

_TEST_FOLDERS = frozenset(
    {"test", "tests", "testing", "molecule", "unittests", "e2e", "testproject", "test_project", "testapp"}
)
_TEST_FILES = frozenset({"conftest.py", "runtests.py", "tox.ini", "noxfile.py", "pytest.ini", "phpunit.xml"})
_EXAMPLE_FOLDERS = frozenset({"doc", "docs", "documentation", "template", "templates", "tutorial", "tutorials"})
_EXAMPLE_FOLDER_WORDS = frozenset({"demo", "demos", "example", "examples", "sample", "samples"})
_EXAMPLE_SUFFIXES = (
    ".md",
    ".rst",
    ".markdown",
    ".adoc",
    ".example",
    ".sample",
    ".template",
    ".dist",
    ".tpl",
    "-tpl",
    ".j2",
    ".jinja",
    ".jinja2",
    ".tmpl",
    ".in",
)
_CI_FILES = frozenset(
    {".gitlab-ci.yml", ".travis.yml", "appveyor.yml", ".appveyor.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml",
     ".drone.yml", ".woodpecker.yml", "jenkinsfile", "cloudbuild.yaml", "cloudbuild.yml", "buildspec.yml",
     "buildspec.yaml", ".cirrus.yml", "circle.yml", "wercker.yml", ".pre-commit-config.yaml", ".readthedocs.yaml",
     ".readthedocs.yml"}
)  # fmt: skip
_CI_STEMS = (".gitlab-ci", "azure-pipelines", "bitbucket-pipelines", "cloudbuild", "buildspec")
"""How the names of files begin that configure CI beside another one: `.gitlab-ci.deploy.yml`."""

_CI_FOLDERS = (
    (".github", "workflows"), (".github", "actions"), (".gitea", "workflows"), (".forgejo", "workflows"), (".circleci",),
    (".buildkite",), (".woodpecker",), (".gitlab",), (".gitlab-ci",), (".azure-pipelines",), (".semaphore",), ("ci",), (".ci",),
)  # fmt: skip
_YAML_WORDS = frozenset({"yaml", "yml", "gotmpl"})
_OVERRIDES = frozenset({"override", "skaffold", "tilt"})
"""What compose puts over its file on the machine of a developer, and what builds there at every change."""

_TEMPLATE_WORDS = frozenset({"template", "tpl", "tmpl"})
_DEPLOYED_SUFFIXES = (".yaml", ".yml", ".tpl", ".gotmpl", ".j2", ".jinja2")
_DEPLOYMENT_WORDS = frozenset({"chart", "charts", "helm", "roles"})
_OBJECT_WORDS = frozenset(
    "configmap cronjob daemonset deployment helpers ingress job pod secret secrets service statefulset".split()
)
_EDITORS = frozenset({".idea", ".run", ".vscode", ".devcontainer"})
"""Folders that hold what editors start a project with."""

_SETTINGS_WORDS = frozenset(
    {"settings", "setting", "appsettings", "config", "conf", "configuration", "env", "environment", "compose", "configs", "envs",
     "dockerfile", "containerfile", "procfile", "makefile", "vars", *_YAML_WORDS}
)  # fmt: skip
_SCRIPT_SUFFIXES = (
    ".sh", ".bash", ".zsh", ".ksh", ".fish", ".csh", ".mk", ".ps1", ".psm1", ".bat", ".cmd", ".tf", ".tfvars", ".hcl",
    ".service", ".conf", ".just", ".ini",
)  # fmt: skip
_DEVELOPMENT_FILES = frozenset({"vagrantfile", ".devcontainer.json"})


def of_path(path: str) -> Context:
    """Return the context that a path says, relative to the root of the repository and with `/`."""
    *folders, name = path.split("/")
    lowered = name.lower()
    folders = [folder.lower() for folder in folders]
    if _is_for_ci(folders, lowered):
        return "example"
    if _is_test(folders, lowered):
        return "test"
    if _is_example(folders, lowered):
        return "example"
    if lowered in _DEVELOPMENT_FILES or not _EDITORS.isdisjoint(folders) or name.endswith(".code-workspace"):
        return "development"
    if _is_a_settings_module(folders, lowered) and (
        not DEVELOPMENT_WORDS.isdisjoint(words(name))
        or any(_is_for_development(folder) for folder in folders)
        or (lowered.endswith((".yml", ".yaml")) and not _OVERRIDES.isdisjoint(words(name)))
    ):
        return "development"
    return "production"


def _is_test(folders: list[str], name: str) -> bool:
    if not _TEST_FOLDERS.isdisjoint(folder.strip("._") for folder in folders) or name in _TEST_FILES:
        return True
    if any("tests" in (*words(folder)[:1], *words(folder)[-1:]) for folder in folders):  # `functional_tests`
        return True
    stem = name.removesuffix(".py")
    if name.endswith(".py") and (stem.startswith("test_") or stem.endswith(("_test", "_tests")) or stem == "tests"):
        return True
    return _is_a_settings_module(folders, name) and not TEST_WORDS.isdisjoint(words(name))


def _is_for_ci(folders: list[str], name: str) -> bool:
    if name in _CI_FILES or (name.startswith(_CI_STEMS) and name.endswith((".yml", ".yaml"))):
        return True
    return any(_contains(folders, run) for run in _CI_FOLDERS)


def _is_example(folders: list[str], name: str) -> bool:
    if _is_deployed(folders, name):
        return not EXAMPLE_WORDS.difference(_TEMPLATE_WORDS).isdisjoint(words(name))
    if any("{{" in part for part in (*folders, name)):
        return True
    if is_page(name) and "templates" in folders:
        folders = [folder for folder in folders if folder != "templates"]  # what a site is made of
    elif name.endswith(_EXAMPLE_SUFFIXES):
        return True
    if any(folder.endswith(_EXAMPLE_SUFFIXES) for folder in folders):
        return True
    if any(folder in _EXAMPLE_FOLDERS or not _EXAMPLE_FOLDER_WORDS.isdisjoint(words(folder)) for folder in folders):
        return True
    if name in ("template.yaml", "template.yml"):  # CloudFormation's name for all that it deploys
        return False
    return not is_page(name) and not EXAMPLE_WORDS.isdisjoint(words(name))


_PAGES = (".html", ".htm", ".xhtml", ".djhtml")
_PAGE_ENGINES = (".jinja", ".jinja2", ".j2", ".mako", ".txt", ".xml", ".js")


def is_page(name: str) -> bool:
    """Whether a file's name says that it is a page, or the template of one: `mail.html`, `index.html.j2`, `base.jinja`."""
    stem = name
    for engine in _PAGE_ENGINES:
        stem = stem.removesuffix(engine)
    return name.endswith(_PAGES) or stem.endswith(_PAGES)


def _is_deployed(folders: list[str], name: str) -> bool:
    """Whether a file is a template that is deployed: of a Helm chart, of an Ansible role, not of another project."""
    if "templates" not in folders or not name.endswith(_DEPLOYED_SUFFIXES):
        return False
    at = folders.index("templates")
    around = {word for folder in folders[:at] for word in words(folder)}
    if not _EXAMPLE_FOLDER_WORDS.isdisjoint(around) or not _EXAMPLE_FOLDERS.isdisjoint(folders[:at]):
        return False
    if any("{{" in folder for folder in folders):
        return False
    is_manifest = not name.endswith((".j2", ".jinja2")) and not _OBJECT_WORDS.isdisjoint(words(name))
    return is_manifest or not _DEPLOYMENT_WORDS.isdisjoint(around)


def _is_for_development(folder: str) -> bool:
    said = words(folder)
    return folder == ".devcontainer" or (len(said) < 4 and not DEVELOPMENT_WORDS.isdisjoint(said[:1] + said[-1:]))


def _contains(folders: list[str], run: tuple[str, ...]) -> bool:
    return any(tuple(folders[at : at + len(run)]) == run for at in range(len(folders)))


def _is_a_settings_module(folders: list[str], name: str) -> bool:
    """Whether a file says by its name or its folder that it configures something, or starts it."""
    said = set(words(name)) | ({*words(folders[-1])} if folders else set())
    if not _SETTINGS_WORDS.isdisjoint(said) or name.startswith(".env") or name.endswith(_SCRIPT_SUFFIXES):
        return True
    return "." not in name


def of_binding(path_context: Context, guards: Iterable[Guard]) -> Context:
    """Return the context of a binding in a file of `path_context`, given the conditions under which it holds."""
    contexts: set[Context] = {path_context}
    for guard in guards:
        match guard:
            case Guard(kind="debug", holds=True) | Guard(kind="production", holds=False):
                contexts.add("development")
            case Guard(kind="testing", holds=True):
                contexts.add("test")
            case Guard(kind="commented" | "unreachable" | "build"):
                contexts.add("example")
            case Guard(kind="scope", subject=name) if path_context != "example":  # the tests of CI are its own
                contexts.add(_of_class(name))
    for context in ("test", "example", "development"):
        if context in contexts:
            return context
    return "production"


def _of_class(name: str) -> Context:
    """What the name of a settings class says: `TestingConfig`, `Dev`, `LocalSettings`."""
    said = words(name)
    if not TEST_WORDS.isdisjoint(said) or said == ["continuous", "integration"]:
        return "test"
    return "development" if not DEVELOPMENT_WORDS.isdisjoint(said) else "production"
