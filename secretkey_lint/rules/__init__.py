"""The rules: every module here but this one is one, with its page in the docstring.

Named here rather than found in the folder, since a zipped or frozen package has none; a test compares the two.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.rule import Rule

_MODULES = (
    "env_file_not_ignored",
    "ephemeral_key",
    "exposed_key",
    "hardcoded_fallback_key",
    "hardcoded_secret_key",
    "insecure_prefix",
    "key_in_committed_file",
    "known_key",
    "predictable_key",
    "reused_key",
    "unreadable_file",
    "unsafe_default",
    "unused_suppression",
    "weak_key",
)


def load() -> tuple[Rule, ...]:
    """Return all rules, by code."""
    rules = [__import__(f"{__name__}.{name}", fromlist=["RULE"]).RULE for name in _MODULES]
    return tuple(sorted(rules, key=lambda rule: rule.code))
