"""Asks git, in bytes and with `-z`, without the cost of importing `subprocess`."""

from __future__ import annotations

import os

from secretkey_lint.errors import GitError


def run(arguments: list[str], folder: str) -> bytes:
    """Return what `git arguments` prints, run in `folder`; raises GitError with what git says where it fails."""
    command = ["git", "-C", folder, *arguments]
    status, output, errors = _spawn(command) if hasattr(os, "posix_spawnp") else _run(command)
    if status != 0:
        said = errors.decode("utf-8", "replace").strip().splitlines() or [f"exit status {status}"]
        cause = next((line for line in said if line.startswith(("fatal:", "error:"))), said[-1])
        raise GitError(f"git {arguments[0]} failed in {folder}: {cause}")
    return output


def _spawn(command: list[str]) -> tuple[int, bytes, bytes]:
    """Run a command; its two streams are read one after the other, so errors go through a file without a name."""
    out_read, out_write = os.pipe()
    error_file = os.memfd_create("errors") if hasattr(os, "memfd_create") else os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, out_write, 1), (os.POSIX_SPAWN_DUP2, error_file, 2)]
    try:
        environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
        try:
            child = os.posix_spawnp(command[0], command, environment, file_actions=actions)
        finally:
            os.close(out_write)
        output = read_all(out_read)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.lseek(error_file, 0, os.SEEK_SET)
        return status, output, read_all(error_file)
    except FileNotFoundError:
        return 127, b"", b"git is not installed, or not on the PATH"
    finally:
        os.close(out_read)
        os.close(error_file)


def _run(command: list[str]) -> tuple[int, bytes, bytes]:
    import subprocess

    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        return 127, b"", b"git is not installed, or not on the PATH"
    return done.returncode, done.stdout, done.stderr


def read_all(descriptor: int) -> bytes:
    """Return everything that can be read from a descriptor."""
    chunks: list[bytes] = []
    while chunk := os.read(descriptor, 1 << 20):
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)
