"""Whether the editor has said something that nobody has listened to yet."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO


class Arrivals:
    """The stream that an editor writes to. It is read by another thread, while a check keeps the one that answers busy.

    A message has `come` from when its first line is there until the next one is waited for, when it has been dealt with.
    """

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.come = False

    def readline(self) -> bytes:
        """Wait for a line and return it, or nothing at the end."""
        self.come = False
        line = self._source.readline()
        self.come = True
        return line

    def read(self, size: int) -> bytes:
        """Wait for so many bytes and return them, fewer at the end; they belong to the message whose lines were read."""
        return self._source.read(size)


class SupersededError(BaseException):
    """A check is not to be gone on with; like the end of the program, nobody may take it for a failure of a file."""
