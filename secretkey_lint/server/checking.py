"""Checks what is open in a folder, and what a marker would make of it."""

from __future__ import annotations

import contextlib
import os
from collections import Counter

from secretkey_lint import api
from secretkey_lint.config import Configurations
from secretkey_lint.errors import SecretKeyLintError, internal
from secretkey_lint.model.record import Record, replace
from secretkey_lint.server.buffers import Buffer, source
from secretkey_lint.suppression.insertion import Insertion, insertions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.memory import Memory
    from secretkey_lint.model.diagnostic import Diagnostic


class Outcome(Record):
    """What there is to say of the buffers of a folder, and what is suppressed; `failures` says what could not be done.

    With `is_complete` false nothing was checked, and what was said before may still hold.
    """

    diagnostics: tuple[Diagnostic, ...]
    suppressed: tuple[Diagnostic, ...] = ()
    failures: tuple[str, ...] = ()
    is_complete: bool = True


def check(folder: str, buffers: list[Buffer], memory: Memory | None = None, *, fixes: bool = False) -> Outcome:
    """Check buffers, all of them at once and each in the place of its file, with the configuration that is on disk.

    Paths in diagnostics are relative to `folder`. `memory` is what earlier checks of it have left. Diagnostics have their fixes if asked for.
    """
    try:
        with contextlib.chdir(folder):
            files = [source(os.path.relpath(buffer.path, folder), buffer.text) for buffer in buffers]
            report = api.check_files(files, configurations=Configurations(), unsaved=files, memory=memory, fixes=fixes)
    except SecretKeyLintError as error:
        return Outcome((), failures=(str(error),), is_complete=False)
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        return Outcome((), failures=(f"{folder} could not be checked: {reason}",), is_complete=False)
    except Exception as error:  # other folders are checked all the same
        return Outcome((), failures=(internal(error),), is_complete=False)
    suppressed = tuple(each.diagnostic for each in report.suppressed_diagnostics)
    return Outcome(report.diagnostics, suppressed, report.failures)


def without_fix(diagnostic: Diagnostic) -> Diagnostic:
    """Return a diagnostic as it is said where nobody asks how it is mended."""
    return replace(diagnostic, fix=None)  # type: ignore[no-any-return]


def suppressing(
    folder: str, buffers: list[Buffer], found: Outcome, diagnostic: Diagnostic, memory: Memory | None = None
) -> Insertion | None:
    """Return what is to be written into a buffer so that a diagnostic is suppressed and no other comes, or None.

    `found` is what is said of the buffers as they are.
    """
    path = os.path.normpath(os.path.join(folder, diagnostic.span.path))
    buffer = next((each for each in buffers if each.path == path), None)
    if buffer is None:
        return None
    with contextlib.chdir(folder):
        file = source(os.path.relpath(path, folder), buffer.text)
    kind = _kind(diagnostic)
    wanted = Counter(map(_kind, found.diagnostics))
    wanted[kind] -= 1
    suppressed = [_kind(each) for each in found.suppressed].count(kind)
    for insertion in insertions(file, diagnostic.code, diagnostic.span):
        text = buffer.text[: insertion.offset] + _with_reason(insertion.text) + buffer.text[insertion.offset :]
        changed = [Buffer(path, text) if each is buffer else each for each in buffers]
        outcome = check(folder, changed, memory)
        is_suppressed = [_kind(each) for each in outcome.suppressed].count(kind) > suppressed
        if is_suppressed and not Counter(map(_kind, outcome.diagnostics)) - wanted:
            return insertion
    return None


def _kind(diagnostic: Diagnostic) -> tuple[str, str]:
    """What of a diagnostic stays when lines move."""
    return diagnostic.span.path, diagnostic.code


def _with_reason(comment: str) -> str:
    """A marker as it is once somebody has written why, which a configuration may ask for."""
    return comment.replace("]", "] a reason", 1)
