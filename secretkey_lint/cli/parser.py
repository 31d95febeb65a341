"""The whole command line by argparse: for help, for errors, and for the commands that need not be quick."""

from __future__ import annotations

import argparse
import sys

from secretkey_lint import __version__
from secretkey_lint.cli import CLEAN
from secretkey_lint.cli.options import CHECK, LEVELS, Arguments, Option
from secretkey_lint.errors import nearest
from secretkey_lint.reporters import COLOURS


def run(argv: list[str]) -> int:
    """Run the command that `argv` names; argparse leaves with status 2 where it cannot be understood."""
    parsed = build().parse_args(argv)
    if parsed.command == "rule":
        from secretkey_lint.cli.rule import rule

        return rule(parsed.code)
    if parsed.command == "trace":
        from secretkey_lint.cli.trace import trace

        return trace(parsed.target, parsed.output_format, parsed.color)
    if parsed.command == "baseline":
        from secretkey_lint.cli.baseline import baseline

        return baseline(parsed)
    if parsed.command == "history":
        from secretkey_lint.cli.history import history

        return history(parsed)
    if parsed.command == "server":
        from secretkey_lint.cli.server import server

        return server()
    if parsed.command == "check":
        from secretkey_lint.cli.check import check

        return check(arguments_of(parsed))
    build().print_help(sys.stdout)
    return CLEAN


def arguments_of(parsed: argparse.Namespace) -> Arguments:
    """Return what `check` was asked for."""
    arguments = Arguments()
    arguments.paths = parsed.paths
    for option in CHECK:
        for value in getattr(parsed, option.name.replace("-", "_")) or ():
            arguments.give(option, value)
    return arguments


class _Value:
    """Refuses what is no value of an option, as argparse wants it refused."""

    def __init__(self, option: Option) -> None:
        self.option = option

    def __call__(self, value: str) -> str:
        if Arguments().give(self.option, value):
            return value
        known = list(self.option.choices)
        path = ", and the path of a file behind =" if value.endswith("=") else nearest(value.partition("=")[0], known)
        raise argparse.ArgumentTypeError(f"{value!r} is none of {', '.join(known)}{path}")


def build() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="secretkey-lint", description="Keeps Django's SECRET_KEY out of repositories.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"secretkey-lint {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="look for keys in files, and in folders by what git tracks",
        description="Look for keys in files as they are, and in folders by what git tracks in them. "
        "Exit status: 0 nothing to report, 1 findings, 2 something went wrong.",
        allow_abbrev=False,
    )
    check.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders (default: .), or - for the standard input"
    )
    for option in CHECK:
        if option.flag:
            check.add_argument(f"--{option.name}", action="append_const", const="yes", help=option.help)
            continue
        check.add_argument(
            f"--{option.name}",
            action="append",
            type=_Value(option),
            metavar=option.metavar or f"{{{','.join(option.choices)}}}",
            help=option.help,
        )
    _add_history(commands)
    _add_baseline(commands)
    trace = commands.add_parser(
        "trace",
        help="explain what the key can be where the project starts",
        description="Explain what SECRET_KEY and SECRET_KEY_FALLBACKS can be where the project starts, under which "
        "conditions, by which way, and what check says of it. Exit status: 0 whatever is found, 2 where there is "
        "nothing to trace or something went wrong.",
        allow_abbrev=False,
    )
    trace.add_argument(
        "target",
        nargs="?",
        metavar="MODULE|PATH",
        help="a settings module by name or path, what starts one (wsgi.py), or a folder (default: all that the "
        "project starts with)",
    )
    trace.add_argument(
        "--output-format", default="text", choices=("text", "json", "mermaid"), help="how it is written (default: text)"
    )
    trace.add_argument("--color", default="auto", choices=COLOURS, help="whether text has colour (default: auto)")
    rule = commands.add_parser("rule", help="print the page of a rule, or the list of all rules")
    rule.add_argument("code", nargs="?", metavar="CODE", help="a rule's code or name, SKL001 for instance")
    commands.add_parser(
        "server",
        help="serve an editor, by the Language Server Protocol over the standard streams",
        description="Serve an editor by the Language Server Protocol, over the standard streams. It needs the extra lsp: "
        "pip install 'secretkey-lint[lsp]'.",
        allow_abbrev=False,
    )
    return parser


def _add_history(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command that looks at commits."""
    command = commands.add_parser(
        "history",
        help="look for keys in all commits, whether or not they are still there",
        description="Look for keys in commits, each version of a file among the others of its commit. Of a range, what its "
        "commits bring in is reported. Exit status: 0 nothing to report, 1 findings, 2 something went wrong, or could "
        "not be looked at.",
        allow_abbrev=False,
    )
    command.add_argument(
        "revisions", nargs="*", metavar="REVISION", help="branches, or ranges such as origin/main..HEAD (default: HEAD)"
    )
    command.add_argument("--all", action="store_true", help="look at all branches, tags and stashes")
    command.add_argument(
        "--pre-push",
        action="store_true",
        help="look at what is pushed, as git or pre-commit tell their hooks; by hand, at all of HEAD",
    )
    command.add_argument(
        "--output-format", default="text", choices=("text", "json"), help="how it is written (default: text)"
    )
    command.add_argument("--fail-on", choices=LEVELS, help="the least severity that makes the exit status 1")
    command.add_argument("--min-severity", choices=LEVELS, help="the least severity that is reported")
    command.add_argument("--config", metavar="FILE", help="the configuration file")
    command.add_argument("--baseline", metavar="FILE", help="the baseline, in the place of the one that check reads")
    command.add_argument("--no-baseline", action="store_true", help="report what is in the baseline, too")
    command.add_argument(
        "--accept", action="store_true", help="put what no branch has any more into the baseline: keys that are dead"
    )
    command.add_argument("--quiet", action="store_true", help="write findings and errors only")


def _add_baseline(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its four actions."""
    command = commands.add_parser(
        "baseline",
        help="accept what is found now, so that only what is new is reported",
        description="Keep the findings that a team accepts for now in a file that is committed, by rule, name, file and "
        "a salted digest of the value. check only reads it. Exit status: 0, or 2 where something went wrong; then "
        "nothing was written.",
        allow_abbrev=False,
    )
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, said in (
        ("create", "accept what check reports"),
        ("update", "accept what is new, follow renamed files, and keep reasons"),
        ("prune", "drop what is no longer found"),
        ("audit", "list each entry with where it is now and its reason"),
    ):
        action = actions.add_parser(name, help=said, description=f"{said.capitalize()}.", allow_abbrev=False)
        action.add_argument("--file", metavar="PATH", help="the baseline (default: that which check reads)")
        action.add_argument("--config", metavar="FILE", help="the configuration file")
        if name in ("create", "update"):
            action.add_argument("--min-severity", choices=LEVELS, help="the least severity that is accepted")
            action.add_argument(
                "--import",
                dest="import_from",
                metavar="FILE",
                help="accept only what is accepted in this .secrets.baseline of detect-secrets",
            )
        if name == "audit":
            action.add_argument(
                "--output-format", default="text", choices=("text", "json"), help="how it is written (default: text)"
            )
