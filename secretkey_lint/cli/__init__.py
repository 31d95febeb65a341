"""The command line: arguments in, exit status out, and the only place that prints."""

from __future__ import annotations

import os
import sys

from secretkey_lint.errors import SecretKeyLintError, internal

CLEAN, FINDINGS, FAILED = 0, 1, 2
"""The exit status: nothing to report, findings, wrong usage or something that went wrong."""


def main(argv: list[str] | None = None) -> int:
    """Run a command and return the exit status."""
    argv = sys.argv[1:] if argv is None else argv
    if sys.stdout is None:  # closed by whoever called: a report that nobody can read is no clean run
        complain("the standard output is closed")
        return FAILED
    try:
        if argv[:1] == ["check"]:
            from secretkey_lint.cli.options import parse_quickly

            arguments = parse_quickly(argv[1:])
            if arguments is not None:
                from secretkey_lint.cli.check import check

                return check(arguments)
        from secretkey_lint.cli.parser import run

        return run(argv)
    except SecretKeyLintError as error:
        complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        complain("interrupted")
        return FAILED
    except BrokenPipeError:
        return _leave_pipe()
    except Exception as error:
        complain(internal(error))
        return FAILED


def run() -> None:
    """Run the command line and end the process: what the command `secretkey-lint` does."""
    import gc

    gc.set_threshold(50_000)  # a syntax tree is many objects and no garbage
    status = main()
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        status = status or FAILED
    os._exit(status)  # taking the interpreter apart would cost as much as parsing a settings module


def complain(message: str) -> None:
    """Say on stderr what is wrong, a line for each line of `message`; a terminal obeys nothing of it."""
    from secretkey_lint.reporters import printable

    for line in message.splitlines():
        if sys.stderr is not None:
            sys.stderr.write(f"secretkey-lint: {printable(line)}\n")


def _leave_pipe() -> int:
    """End in silence where nobody reads on, as `| head` does; what is buffered goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED
