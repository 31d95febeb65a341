"""The options of a configuration file, in one table.

Validation, the JSON schema for editors, the page docs/configuration.md and `--show-config` are all made from it.
"""

from __future__ import annotations

from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    Kind = typing.Literal[
        "codes", "patterns", "codes by pattern", "context by pattern", "names", "readers", "modules", "severity", "path",
        "flag",
    ]  # fmt: skip

SEVERITIES = ("error", "warning", "note")
CONTEXTS = ("production", "development", "test", "example")


class Key(Record):
    """An option: what kind of value it takes, its default, what it does (Markdown), and an example (TOML)."""

    name: str
    kind: Kind
    default: object
    description: str
    example: str


KEYS = (
    Key(
        "select",
        "codes",
        ("SKL",),
        "The rules that report, by code or by the beginning of a code.",
        'select = ["SKL00", "SKL9"]',
    ),
    Key(
        "ignore",
        "codes",
        (),
        "The rules that do not report, though selected.",
        'ignore = ["SKL007"]',
    ),
    Key(
        "extend-select",
        "codes",
        (),
        "Rules that report besides those of `select`.",
        'extend-select = ["SKL010"]',
    ),
    Key(
        "per-file-ignores",
        "codes by pattern",
        {},
        "The rules that do not report in the files that a pattern matches. What counts is the file in which the finding "
        "is shown.",
        'per-file-ignores = { "scripts/" = ["SKL007", "SKL010"] }',
    ),
    Key(
        "exclude",
        "patterns",
        (),
        "The files that are not checked, even where they are named on the command line, as pre-commit does. They are "
        "still read where a settings module imports them. The summary counts them, `--show-files` lists them.",
        'exclude = ["legacy/"]',
    ),
    Key(
        "extend-exclude",
        "patterns",
        (),
        "Files that are not checked besides those of `exclude`; `--exclude` on the command line leaves these excluded.",
        'extend-exclude = ["*.min.js"]',
    ),
    Key(
        "contexts",
        "context by pattern",
        {},
        "The context of the files that a pattern matches, whatever their paths and the project's entry points say. "
        "Conditions such as `if DEBUG` still count. Of several patterns that match, the last counts.",
        'contexts = { "config/staging.py" = "production", "sandbox/" = "example" }',
    ),
    Key(
        "secret-names",
        "names",
        (),
        "Further names that are the key: of settings, environment variables and entries of files.",
        'secret-names = ["SIGNING_SECRET"]',
    ),
    Key(
        "env-readers",
        "readers",
        {},
        "Functions of the project, or of libraries that secretkey-lint does not know, that look a variable up: by "
        "qualified name, with the positions of the variable's name (`name`, 0 unless given) and of the default "
        "(`default`, none unless given), their keywords (`name-keyword`, `default-keyword`), and whether they raise an "
        "error where the variable is missing (`fails`, true unless given) or yield `None`.",
        'env-readers = { "proj.utils.get_env" = { name = 0, default = 1 } }',
    ),
    Key(
        "fail-on",
        "severity",
        "error",
        "The least severity that makes the exit status 1.",
        'fail-on = "warning"',
    ),
    Key(
        "min-severity",
        "severity",
        "warning",
        "The least severity that is reported. What fails the run is reported in any case.",
        'min-severity = "note"',
    ),
    Key(
        "settings-modules",
        "modules",
        (),
        "The settings modules that production starts with, besides those that `wsgi.py`, a Dockerfile and the like name.",
        'settings-modules = ["config.settings.production"]',
    ),
    Key(
        "baseline",
        "path",
        "",
        "The baseline file, relative to the folder of the configuration file. Unless given: `.secretkey-lint-baseline` in "
        "the root of the repository, if there is one.",
        'baseline = "secretkey-lint-baseline.txt"',
    ),
    Key(
        "foreign-suppressions",
        "flag",
        True,
        "Whether the markers of other tools suppress findings, too: `noqa`, `nosec`, `pragma: allowlist secret`, "
        "`gitleaks:allow`.",
        "foreign-suppressions = false",
    ),
    Key(
        "require-suppression-reason",
        "flag",
        False,
        "Whether a suppression has to give a reason.",
        "require-suppression-reason = true",
    ),
)

BY_NAME = {key.name: key for key in KEYS}

READER_KEYS: dict[str, tuple[type, object, str]] = {
    "name": (int, 0, "The position of the variable's name."),
    "default": (int, None, "The position of the default."),
    "name-keyword": (str, "name", "The keyword of the variable's name."),
    "default-keyword": (str, "default", "The keyword of the default."),
    "fails": (bool, True, "Whether an error is raised where the variable is missing and no default is given."),
}
"""What an entry of `env-readers` says: its type, its default, and what it means."""
