"""The reasons that people give for suppressions, masked: they stand beside keys, and may quote one."""

from __future__ import annotations

import re

from secretkey_lint.frames import MASK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

MAX_LENGTH = 200
"""Characters of a reason that are kept."""

_PART = 6
"""So many characters in a row that a key has, too, are taken for a part of it."""

_QUOTED = re.compile(r"(?<!\w)([\"'`]).+?(?:\1(?!\w)|\Z)")
_PIECE = re.compile(r"[^\W_]+")
_LINK = re.compile(r"https?://[\w.-]+(?:/[\w.~/#-]*)?\Z")


def masked(text: str, keys: Collection[str]) -> str:
    """Return a reason without what may be part of a key: quoted texts, what is no word, and what `keys` have, too."""
    unquoted = _QUOTED.sub(rf"\1{MASK}\1", text[:MAX_LENGTH])
    words = [word if _is_plain(word.replace(MASK, ""), keys) else MASK for word in unquoted.split()]
    return " ".join(words)


def _is_plain(word: str, keys: Collection[str]) -> bool:
    """Whether a word is one of a language, a name, a number or a link, and of no key."""
    if any(word[at : at + _PART] in key for key in keys for at in range(len(word) - _PART + 1)):
        return False
    bare = word.strip("()[]{}<>.,;:!?`'\"\u201c\u201d\u2018\u2019\u2026")
    if any(not (each.isalnum() or each in "-_./#@:&+'\u2019") for each in bare) and not _LINK.match(bare):
        return False
    return all(_is_plain_piece(piece) for piece in _PIECE.findall(bare))


def _is_plain_piece(piece: str) -> bool:
    if piece.isalpha():
        return len(piece) <= 24 and (piece.islower() or piece.isupper() or piece.istitle() or len(piece) <= 8)
    return len(piece) <= 8 if piece.isdecimal() else len(piece) <= 6
