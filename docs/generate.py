"""Writes the pages that are made from the code: the rules' and the list of stand-in words; a test compares them."""

from pathlib import Path

from secretkey_lint import rules, vocabulary
from secretkey_lint.cli.rule import page

DOCS = Path(__file__).parent


def pages() -> dict[str, str]:
    """Return the text of each generated page by its path relative to this folder."""
    texts = {f"rules/{rule.code}.md": page(rule.code, rule.name, rule.documentation) for rule in rules.load()}
    texts["stand-in-words.md"] = stand_in_words()
    return texts


def stand_in_words() -> str:
    """Return the page that says which words make a value a stand-in."""
    return "\n".join(
        [
            "# Stand-in words",
            "",
            "In examples, templates, documentation and comments a value is reported only if it looks like a real key:",
            "at least 20 characters, 10 of them different, no blank, no sequence like `abcdef` or `123456`, more than",
            "plain words, and none of the words below. Everywhere else a stand-in is reported like any other literal:",
            "everybody knows it.",
            "",
            "Anywhere in the value, in any case:",
            "",
            ", ".join(f"`{word}`" for word in sorted(vocabulary.STAND_IN_WORDS)),
            "",
            "Where they stand apart (`my-dev-value`):",
            "",
            ", ".join(f"`{word}`" for word in sorted(vocabulary.STAND_IN_TOKENS)),
            "",
        ]
    )


if __name__ == "__main__":
    for name, text in pages().items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
