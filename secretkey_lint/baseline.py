"""The baseline: findings that a team has accepted for now, one a line, in a file that is committed.

    # What secretkey-lint has found and is not to report again. …
    salt 5f0c…
    SKL001 SECRET_KEY shop/settings.py 9d2e… # until the next release

An entry says which rule, which name, which file, and which value: a salted scrypt digest of it, which tells a new key
at the same place apart and nothing of the key. No line, no date and no version stands there, so that nothing changes
when code moves, and lines are sorted, so that branches merge. An entry follows its value when the file is renamed.
"""

from __future__ import annotations

import os

from secretkey_lint.errors import ConfigError, ReadError
from secretkey_lint.model.record import Record, replace
from secretkey_lint.trees.worktree import content

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.model.diagnostic import Diagnostic

HEADER = (
    "# What secretkey-lint has found and is not to report again, by rule, name, file and a digest of the value.\n"
    "# `secretkey-lint baseline update` adds what is new, `prune` drops what is gone; a reason may stand behind a #.\n"
)

NO_VALUE = "-"
"""Stands for the digest of a finding that is about no value."""

HISTORY = "SKL-history"
"""Stands for the rule where a value is accepted in the history alone: a key that is dead. In a file of today it is reported."""

_COST = {"n": 1 << 13, "r": 8, "p": 1, "dklen": 16}
"""Of scrypt: about 25 ms a value, which nobody notices for a few findings and who guesses notices very much."""


class Entry(Record):
    """A finding that is accepted: `path` is relative to the baseline's folder, with `/`; `digest` is of the value."""

    code: str
    subject: str
    path: str
    digest: str
    reason: str = ""

    @property
    def line(self) -> str:
        """The entry as it is written; what in a path would be misread is escaped as in a URL."""
        fields = (self.code, _quoted(self.subject) or NO_VALUE, _quoted(self.path), self.digest)
        return " ".join(fields) + (f" # {self.reason}" if self.reason else "")


class Baseline:
    """The accepted findings of one repository; `met` are those that a run has met, with what it has found."""

    def __init__(self, folder: str, entries: Iterable[Entry] = (), salt: str = "") -> None:
        """`folder` is the absolute path of that which entries are relative to."""
        self.folder = folder
        # of two lines that say the same, which git's union of two branches may leave, the one with a reason counts
        ordered = sorted(entries, key=lambda entry: (*_place(entry), not entry.reason, entry.reason))
        self.entries = [entry for at, entry in enumerate(ordered) if not at or _place(entry) != _place(ordered[at - 1])]
        self.salt = salt or os.urandom(16).hex()
        self.met: dict[Entry, list[Diagnostic]] = {}
        self._digests: dict[str, str] = {}
        self._by_finding: dict[tuple[str, str, str], list[Entry]] = {}
        for entry in self.entries:
            self._by_finding.setdefault((entry.code, entry.subject, entry.digest), []).append(entry)

    def digest(self, text: str) -> str:
        """Return what the baseline knows a value by: 32 hexadecimal digits."""
        if text not in self._digests:
            from hashlib import scrypt

            made = scrypt(text.encode("utf-8", "surrogatepass"), salt=bytes.fromhex(self.salt), **_COST)
            self._digests[text] = made.hex()
        return self._digests[text]

    def entry_of(self, diagnostic: Diagnostic) -> Entry:
        """Return the entry that accepts a finding.

        What is about no value is known by the code that is shown of it, in which all texts are masked.
        """
        digest = diagnostic.digest
        if not digest:
            frame = diagnostic.frame
            digest = self.digest(f"{frame.text}:{frame.column}") if frame is not None else NO_VALUE
        path = relative(os.path.abspath(diagnostic.span.path), self.folder)
        return Entry(diagnostic.code, diagnostic.subject, path, digest)

    def accepting(self, diagnostic: Diagnostic) -> Entry | None:
        """Return the entry by which a finding is in the baseline: at its place, or at one that is gone."""
        finding = self.entry_of(diagnostic)
        known = self._by_finding.get((finding.code, finding.subject, finding.digest), [])
        found = [entry for entry in known if entry.path == finding.path]
        if not found:
            found = [entry for entry in known if not os.path.lexists(os.path.join(self.folder, entry.path))]
        for entry in found:
            self.met.setdefault(entry, []).append(diagnostic)
        return found[0] if found else None

    def accepts(self, digest: str) -> bool:
        """Whether a finding with the value of this digest is accepted, wherever it is."""
        return any(entry.digest == digest for entry in self.entries)

    def unmet(self) -> list[Entry]:
        """Return the entries that a run has not met."""
        return [entry for entry in self.entries if entry not in self.met]

    def updated(self, diagnostics: Iterable[Diagnostic]) -> Baseline:
        """Return a baseline that accepts these findings too; what follows a renamed file keeps its reason."""
        entries = set(self.entries)
        for diagnostic in diagnostics:
            finding = self.entry_of(diagnostic)
            known = self._by_finding.get((finding.code, finding.subject, finding.digest), [])
            if any(entry.path == finding.path for entry in known):
                continue
            gone = next((e for e in known if not os.path.lexists(os.path.join(self.folder, e.path))), None)
            if gone is not None:
                entries.discard(gone)
            entries.add(replace(finding, reason=gone.reason if gone is not None else ""))
        return Baseline(self.folder, entries, self.salt)

    def without(self, entries: Iterable[Entry]) -> Baseline:
        """Return the baseline without some entries."""
        dropped = set(entries)
        return Baseline(self.folder, (entry for entry in self.entries if entry not in dropped), self.salt)

    def render(self) -> str:
        """Return the text of the file, with LF at the end of each line."""
        return "".join([HEADER, f"salt {self.salt}\n", *(f"{entry.line}\n" for entry in self.entries)])


def _place(entry: Entry) -> tuple[str, str, str, str]:
    """What entries are told apart by, in their order."""
    return entry.path, entry.code, entry.subject, entry.digest


def relative(path: str, folder: str) -> str:
    """Return an absolute path as entries have it; on another drive of Windows, where there is no way, as it is."""
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:
        return path.replace(os.sep, "/")


def read(path: str) -> Baseline:
    """Return the baseline in a file; raises ConfigError, with every line that is wrong, where it is none."""
    try:
        text = (content(path, named=True) or b"").decode("utf-8-sig")
    except ReadError as error:
        raise ConfigError(f"the baseline {path} cannot be read: {error}") from None
    except ValueError:
        raise ConfigError(f"the baseline {path} is not UTF-8") from None
    folder = os.path.dirname(os.path.abspath(path))
    salts: list[str] = []
    entries: list[Entry] = []
    wrong: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        fields = line.strip()
        if not fields or fields.startswith("#"):
            continue
        if fields.startswith("salt "):
            salts.append(fields.removeprefix("salt ").strip())
            continue
        entry = _parsed(fields)
        if entry is None:
            conflict = fields.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||"))
            wrong.append(f"{path}:{number}: " + ("a conflict of a merge is left" if conflict else "this is no entry"))
        else:
            entries.append(entry)
    if not wrong and (len(set(salts)) != 1 or not _is_hexadecimal(salts[0])):
        wrong.append(
            f"{path}: it needs one line `salt` with hexadecimal digits; two baselines cannot be joined by hand"
        )
    if wrong:
        raise ConfigError("\n".join(wrong))
    return Baseline(folder, entries, salts[0])


def _parsed(line: str) -> Entry | None:
    said, _, reason = line.partition("#")  # which no field holds: it is escaped there
    fields = said.split()
    if len(fields) != 4 or not fields[0].startswith("SKL"):
        return None
    code, subject, path, digest = fields
    if digest != NO_VALUE and not _is_hexadecimal(digest):
        return None
    return Entry(code, "" if subject == NO_VALUE else _unquoted(subject), _unquoted(path), digest, reason.strip())


def _is_hexadecimal(text: str) -> bool:
    return bool(text) and len(text) % 2 == 0 and set(text) <= set("0123456789abcdef")


def _quoted(path: str) -> str:
    """A text without blanks and other characters that lines and fields are told apart by."""
    return "".join(
        character
        if character.isprintable() and character not in " %#"
        else "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogateescape"))
        for character in path
    )


def _unquoted(path: str) -> str:
    from urllib.parse import unquote

    return unquote(path, "utf-8", "surrogateescape")
