"""Takes over what a team has accepted in a `.secrets.baseline` of detect-secrets: values by file, as SHA-1 digests.

The format: https://github.com/Yelp/detect-secrets/blob/master/docs/design.md#potentialsecret. `results` has, for each
path, what was found, with `hashed_secret`, and `is_secret`, false where an audit has said that it is none.
"""

from __future__ import annotations

import os
from hashlib import sha1

from secretkey_lint.baseline import Baseline, relative
from secretkey_lint.errors import ConfigError, ReadError
from secretkey_lint.model.record import replace
from secretkey_lint.trees.worktree import content

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.baseline import Entry
    from secretkey_lint.model.diagnostic import Diagnostic


class Accepted:
    """What a `.secrets.baseline` accepts; its paths are relative to the folder that it is in."""

    def __init__(self, path: str) -> None:
        """Read the file; raises ConfigError where it is none."""
        import json

        self.name = os.path.basename(path)
        self.folder = os.path.dirname(os.path.abspath(path))
        try:
            document = json.loads(content(path, named=True) or b"")
        except ReadError as error:
            raise ConfigError(f"{path} cannot be read: {error}") from None
        except (ValueError, RecursionError):
            raise ConfigError(f"{path} is not JSON") from None
        results = document.get("results") if isinstance(document, dict) else None
        if not isinstance(results, dict):
            raise ConfigError(f"{path} is no baseline of detect-secrets: it has no results")
        self._reasons: dict[tuple[str, str], str] = {}
        for name, found in results.items():
            for each in found if isinstance(found, list) else ():
                if isinstance(each, dict) and isinstance(each.get("hashed_secret"), str):
                    place = os.path.normpath(name.replace("\\", "/")), each["hashed_secret"]
                    reason = f"imported from {self.name}"
                    if each.get("is_secret") is False:
                        self._reasons[place] = f"{reason}, marked as no secret"
                    self._reasons.setdefault(place, reason)  # several plugins may have found the same

    def reason(self, path: str, digests: Iterable[str]) -> str:
        """Return why a value is accepted in the file at an absolute path, or "" if it is not."""
        place = os.path.normpath(relative(path, self.folder))
        return next(filter(None, (self._reasons.get((place, digest)) for digest in digests)), "")


class Importing(Baseline):
    """A baseline that can say, for what a run has found, whether it was accepted elsewhere."""

    def __init__(self, folder: str, entries: Iterable[Entry] = (), salt: str = "") -> None:
        super().__init__(folder, entries, salt)
        self._foreign: dict[str, list[str]] = {}

    def digest(self, text: str) -> str:
        """Return the digest, and keep those that detect-secrets has for the same value while the run lasts."""
        digest = super().digest(text)
        self._foreign[digest] = [
            sha1(each.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest() for each in text.split("\0")
        ]
        return digest

    def imported(self, diagnostics: Iterable[Diagnostic], accepted: Accepted) -> Baseline:
        """Return a baseline with those findings, too, that were accepted there."""
        known = set(self.entries)
        reasons: dict[Entry, str] = {}
        chosen: list[Diagnostic] = []
        for each in diagnostics:
            digests = self._foreign.get(each.digest, [])
            reason = accepted.reason(os.path.abspath(each.span.path), digests)
            if reason:
                chosen.append(each)
                reasons[self.entry_of(each)] = reason
        updated = self.updated(chosen)
        entries = [
            each if each in known or each.reason else replace(each, reason=reasons.get(each, ""))
            for each in updated.entries
        ]
        return Baseline(self.folder, entries, self.salt)
