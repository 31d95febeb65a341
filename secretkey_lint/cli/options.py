"""The options of `check`, in one table: the quick parser and argparse both read it."""

from __future__ import annotations

from secretkey_lint.model.record import Record

FORMATS = ("text", "concise", "json")
LEVELS = ("error", "warning", "note")


class Option(Record):
    """An option that takes a value: its choices, or () for any text."""

    name: str
    help: str
    default: str
    choices: tuple[str, ...] = ()
    metavar: str = ""


CHECK = (
    Option("output-format", "how findings are written (default: text)", "text", FORMATS),
    Option("select", "report these rules only, by code or beginning of a code", "", metavar="CODES"),
    Option("ignore", "do not report these rules", "", metavar="CODES"),
    Option("fail-on", "the least severity that makes the exit status 1 (default: error)", "error", LEVELS),
    Option("min-severity", "the least severity that is reported (default: warning)", "warning", LEVELS),
    Option("stdin-filename", "the path that the content of - is checked as", "", metavar="PATH"),
)


class Arguments:
    """What `check` was asked for: values by option, and paths."""

    def __init__(self) -> None:
        self.values = {option.name: option.default for option in CHECK}
        self.paths: list[str] = []


def parse_quickly(argv: list[str]) -> Arguments | None:
    """Parse the arguments of `check`, or return None where there is anything to complain of or to explain."""
    arguments = Arguments()
    choices = {option.name: option.choices for option in CHECK}
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
        if not argument.startswith("--") or name not in choices:
            return None
        if not sign:
            if at == len(argv):
                return None
            value = argv[at]
            at += 1
        if choices[name] and value not in choices[name]:
            return None
        arguments.values[name] = value
    return arguments
