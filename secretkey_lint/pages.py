"""What a report says of the rules, whose pages are text alone."""

from __future__ import annotations

from secretkey_lint import rules, severity
from secretkey_lint.diagnosing import DOCUMENTATION
from secretkey_lint.model.report import RulePage


def pages() -> tuple[RulePage, ...]:
    """Return each rule with its page, by code."""
    return tuple(
        RulePage(
            rule.code,
            rule.name,
            severity.of(rule.verdict, "production", looks_generated=True) or "note",
            rule.documentation.partition("\n")[0],
            rule.documentation.partition("## Why is this bad?\n")[2].partition("\n\n")[0].replace("\n", " "),
            rule.help,
            f"{DOCUMENTATION}/{rule.code}.md",
            rule.documentation,
        )
        for rule in rules.load()
    )
