"""The options of `check`, in one table: the quick parser and argparse both read it."""

from __future__ import annotations

from secretkey_lint.model.record import Record

FORMATS = (
    "text", "concise", "json", "sarif", "github", "gitlab", "gitlab-secret-detection", "junit", "rdjson", "markdown", "html",
)  # fmt: skip
LEVELS = ("error", "warning", "note")


class Option(Record):
    """An option that takes a value: its choices, or () for any text. A `flag` takes none; given, it is "yes"."""

    name: str
    help: str
    default: str
    choices: tuple[str, ...] = ()
    metavar: str = ""
    flag: bool = False


CHECK = (
    Option(
        "output-format",
        f"how findings are written: {', '.join(FORMATS)} (default: text); with =PATH, one more report, in that file",
        "text",
        FORMATS,
        metavar="FORMAT[=PATH]",
    ),
    Option("output-file", "the file that findings are written to, instead of the standard output", "", metavar="PATH"),
    Option("select", "report these rules only, by code or beginning of a code", "", metavar="CODES"),
    Option("ignore", "do not report these rules", "", metavar="CODES"),
    Option("fail-on", "the least severity that makes the exit status 1 (default: error)", "error", LEVELS),
    Option("min-severity", "the least severity that is reported (default: warning)", "warning", LEVELS),
    Option("exclude", "do not check files that a pattern matches, as .gitignore has them", "", metavar="PATTERNS"),
    Option("config", "the configuration file, in the place of those that are near the files", "", metavar="FILE"),
    Option("baseline", "the baseline, in the place of the one that is configured, or in the root", "", metavar="FILE"),
    Option("no-baseline", "report what is in the baseline, too", "", flag=True),
    Option("fix", "mend what can be mended without a change of what the project does", "", flag=True),
    Option("unsafe-fixes", "mend keys, too: the project then needs a variable to be set", "", flag=True),
    Option("diff", "show what would be changed, with keys masked, and change nothing", "", flag=True),
    Option("quiet", "write findings and errors only", "", flag=True),
    Option("statistics", "write how often each rule reports", "", flag=True),
    Option("show-config", "write the configuration for a path, and where it comes from", "", flag=True),
    Option("show-files", "write which files would be checked, and why others would not", "", flag=True),
    Option("stdin-filename", "the path that the content of - is checked as", "", metavar="PATH"),
)


CONFIGURED = ("select", "ignore", "fail-on", "min-severity", "exclude", "baseline")
"""Those that a configuration file has as well."""


class Arguments:
    """What `check` was asked for: the options that were given, paths, and the formats of reports by their files."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}
        self.paths: list[str] = []
        self.files: dict[str, str] = {}

    @property
    def values(self) -> dict[str, str]:
        """All options, those that were not given by their defaults."""
        return {option.name: option.default for option in CHECK} | self.given

    def give(self, option: Option, value: str) -> bool:
        """Take an option, and return whether there is such a value; `FORMAT=PATH` asks for one more report."""
        path = ""
        if option.name == "output-format":
            value, sign, path = value.partition("=")
            if sign and not path:
                return False
        if option.choices and value not in option.choices:
            return False
        if path:
            self.files[path] = value
        else:
            self.given[option.name] = value
        return True


def parse_quickly(argv: list[str]) -> Arguments | None:
    """Parse the arguments of `check`, or return None where there is anything to complain of or to explain."""
    arguments = Arguments()
    options = {option.name: option for option in CHECK}
    at = 0
    while at < len(argv):
        argument = argv[at]
        at += 1
        if argument == "--":
            arguments.paths += argv[at:]
            break
        if not argument.startswith("-") or argument == "-":
            arguments.paths.append(argument)
            continue
        name, sign, value = argument.removeprefix("--").partition("=")
        if not argument.startswith("--") or name not in options:
            return None
        if options[name].flag:
            if sign:
                return None
            value = "yes"
        elif not sign:
            if at == len(argv):
                return None
            value = argv[at]
            at += 1
        if not arguments.give(options[name], value):
            return None
    return arguments
