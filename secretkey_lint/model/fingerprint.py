"""Names a finding so that it is known again when lines move; nothing of a key goes into it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic


def fingerprint(diagnostic: Diagnostic) -> str:
    """Return 32 hexadecimal digits from the rule, the path, the name that is bound and its turn among the same."""
    from hashlib import sha256

    parts = (diagnostic.code, diagnostic.span.path, diagnostic.subject, str(diagnostic.ordinal))
    return sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]
