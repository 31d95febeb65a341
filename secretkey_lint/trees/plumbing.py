"""Runs of git that go on: what they write is read while they write it, so that no history has to fit into memory.

Objects are taken as they were made: neither replacements (`refs/replace`) nor grafts hide what everybody who clones the
repository gets. What is missing in a partial clone stays missing: nothing is fetched.
"""

from __future__ import annotations

import os
from contextlib import suppress
from tempfile import TemporaryFile

from secretkey_lint.errors import GitError
from secretkey_lint.trees import git

TYPE_CHECKING = False
if TYPE_CHECKING:
    from subprocess import Popen
    from typing import IO, NoReturn, Self

AS_MADE = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # what git before 2.44 knows of the last but one
}
"""Variables of the environment by which git shows what is there."""


class Running:
    """A run of git that is read from, and that may be written to, while it lasts."""

    def __init__(self, arguments: list[str], folder: str, source: Running | None = None) -> None:
        """Start `git arguments` in `folder`, reading what `source` writes, if there is one. Raises GitError."""
        from subprocess import PIPE, Popen

        self._name = arguments[0]
        self._folder = folder
        self._source = source
        self._errors = TemporaryFile()  # noqa: SIM115 -- closed in `__exit__`; so that two streams need not be read at once
        missing = False
        try:
            self._process: Popen[bytes] = Popen(  # noqa: S603
                ["git", "-C", folder, *arguments],  # noqa: S607
                stdin=source.output if source is not None else PIPE,
                stdout=PIPE,
                stderr=self._errors,
                env=git.environment(AS_MADE),
            )
        except FileNotFoundError:
            missing = True
        if missing:
            raise GitError(git.NOT_INSTALLED)
        if source is not None:
            source.output.close()  # which ends with an error, then, where we end early

    @property
    def output(self) -> IO[bytes]:
        """What git writes."""
        assert self._process.stdout is not None
        return self._process.stdout

    def ask(self, line: bytes) -> None:
        """Write a line to git."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self.failed()

    def failed(self) -> NoReturn:
        """Raise GitError with git's own cause: it ended where it should have gone on."""
        self._process.kill()
        status = self._process.wait()
        self._errors.seek(0)
        raise git.failure(self._name, self._folder, status, self._errors.read())

    def finish(self) -> None:
        """Wait for the end of a run whose output was read to its end; raises GitError where it was no success."""
        if self._source is not None:
            self._source.finish()
        if self._process.wait() != 0:
            self.failed()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End git, if it has not ended."""
        if self._source is not None:
            self._source.__exit__()
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        if not self.output.closed:
            self.output.close()
        self._process.kill()
        self._process.wait()
        self._errors.close()
