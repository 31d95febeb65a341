"""The whole command line by argparse: for help, for errors, and for the commands that need not be quick."""

from __future__ import annotations

import argparse
import sys

from secretkey_lint import __version__
from secretkey_lint.cli import CLEAN
from secretkey_lint.cli.options import CHECK, Arguments


def run(argv: list[str]) -> int:
    """Run the command that `argv` names; argparse leaves with status 2 where it cannot be understood."""
    parsed = build().parse_args(argv)
    if parsed.command == "rule":
        from secretkey_lint.cli.rule import rule

        return rule(parsed.code)
    if parsed.command == "trace":
        from secretkey_lint.cli.trace import trace

        return trace(parsed.target, parsed.output_format)
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
    values = {option.name: getattr(parsed, option.name.replace("-", "_")) for option in CHECK}
    arguments.given = {name: value for name, value in values.items() if value is not None}
    return arguments


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
            check.add_argument(f"--{option.name}", action="store_const", const="yes", help=option.help)
            continue
        check.add_argument(
            f"--{option.name}",
            choices=option.choices or None,
            metavar=option.metavar or None,
            help=option.help,
        )
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
