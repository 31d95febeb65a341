"""Asks git, in bytes and with `-z`, without the cost of importing `subprocess`."""

from __future__ import annotations

import os

from secretkey_lint.errors import GitError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Process:
    """A run of git, which goes on while we do other things until its `result` is asked for."""

    def __init__(self, arguments: list[str], folder: str, variables: Mapping[str, str] | None = None) -> None:
        """Start `git arguments` in `folder`, with `variables` of the environment besides those that are there."""
        self.name = arguments[0]
        self.folder = folder
        self._environment = environment(variables)
        command = ["git", "-C", folder, *arguments]
        if hasattr(os, "posix_spawnp") and hasattr(os, "memfd_create"):
            self._start(command)
        else:
            self._outcome: tuple[int, bytes, bytes] | None = _run(command, self._environment)

    def _start(self, command: list[str]) -> None:
        # errors go to a file without a name, so that two streams need not be read at once
        self._errors = os.memfd_create("errors")
        self._output, write = os.pipe()
        self._outcome = None
        actions = [(os.POSIX_SPAWN_DUP2, write, 1), (os.POSIX_SPAWN_DUP2, self._errors, 2)]
        try:
            self._child = os.posix_spawnp(command[0], command, self._environment, file_actions=actions)
        except FileNotFoundError:
            self._outcome = _NOT_INSTALLED
            os.close(self._output)
            os.close(self._errors)
        finally:
            os.close(write)

    def result(self) -> tuple[int, bytes, bytes]:
        """Wait for the end and return the exit status, and what was written to the two outputs."""
        if self._outcome is None:
            output = read_all(self._output)
            status = os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])
            os.lseek(self._errors, 0, os.SEEK_SET)
            self._outcome = status, output, read_all(self._errors)
            os.close(self._output)
            os.close(self._errors)
        return self._outcome

    def output(self, successes: tuple[int, ...] = (0,)) -> bytes:
        """Return what was written; raises GitError with git's own cause where the exit status is no success."""
        status, output, errors = self.result()
        if status not in successes:
            raise failure(self.name, self.folder, status, errors)
        return output


NOT_INSTALLED = "git is not installed, or not on the PATH"
_NOT_INSTALLED = 127, b"", NOT_INSTALLED.encode()


def failure(name: str, folder: str, status: int, errors: bytes) -> GitError:
    """Return the error for a run of `git name` that was no success, with git's own cause."""
    said = errors.decode("utf-8", "replace").strip().splitlines() or [f"exit status {status}"]
    cause = next((line for line in said if line.startswith(("fatal:", "error:"))), said[-1])
    return GitError(f"git {name} failed in {folder}: {cause}")


def environment(variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for git: ours, with `variables`, in which it says what it always says and locks nothing."""
    return {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", **(variables or {})}


def _run(command: list[str], environment: dict[str, str]) -> tuple[int, bytes, bytes]:
    import subprocess

    try:
        done = subprocess.run(command, capture_output=True, check=False, env=environment)  # noqa: S603
    except FileNotFoundError:
        return _NOT_INSTALLED
    return done.returncode, done.stdout, done.stderr


def read_all(descriptor: int) -> bytes:
    """Return everything that can be read from a descriptor."""
    chunks: list[bytes] = []
    while chunk := os.read(descriptor, 1 << 20):
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
