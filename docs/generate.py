"""Writes what is made from the code: rules, stand-in words, known keys, options and their schema; a test compares."""

import json
from pathlib import Path

from secretkey_lint import publications, rules, vocabulary
from secretkey_lint.cli.rule import page
from secretkey_lint.config.keys import KEYS, Key
from secretkey_lint.config.schema import schema

DOCS = Path(__file__).parent


def pages() -> dict[str, str]:
    """Return the text of each generated page by its path relative to this folder."""
    texts = {f"rules/{rule.code}.md": page(rule.code, rule.name, rule.documentation) for rule in rules.load()}
    texts["stand-in-words.md"] = stand_in_words()
    guide = (DOCS / "configuration.in.md").read_text(encoding="utf-8")
    texts["configuration.md"] = guide + "".join(map(option, KEYS))
    texts["secretkey-lint.schema.json"] = json.dumps(schema(), indent=2) + "\n"
    texts["known-keys.md"] = known_keys()
    return texts


KINDS = {
    "codes": "a list of codes",
    "patterns": "a list of patterns",
    "codes by pattern": "a table of patterns, each with a list of codes",
    "context by pattern": "a table of patterns, each with `production`, `development`, `test` or `example`",
    "names": "a list of names",
    "readers": "a table of functions",
    "modules": "a list of names of modules, with dots",
    "severity": "`error`, `warning` or `note`",
    "path": "a path",
    "flag": "`true` or `false`",
}
"""What an option takes, in words."""


def option(key: Key) -> str:
    """Return the section of an option."""
    default = list(key.default) if isinstance(key.default, tuple) else key.default
    lines = [
        "",
        f"### {key.name}",
        "",
        key.description,
        "",
        f"Takes {KINDS[key.kind]}. Default: `{json.dumps(default)}`.",
    ]
    return "\n".join([*lines, "", "```toml", key.example, "```", ""])


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


def known_keys() -> str:
    """Return the page that says where the keys come from that SKL006 recognises."""
    known = publications.load()
    return "\n".join(
        [
            "# Known keys",
            "",
            f"[SKL006](rules/SKL006.md) recognises {len(known):,} published keys. Neither the package nor this repository",
            "has them: it has the beginnings of their SHA-256 digests, and where each was found. A key of which several",
            "publications have a copy counts for the first that is named here. Of word lists only what looks generated is",
            "taken (see [stand-in words](stand-in-words.md) for what that means): words are guessed without a list.",
            "",
            "| published in | licence | looked at | keys |",
            "| --- | --- | --- | ---: |",
            *(f"| {each.said} | {each.licence} | {each.date} | {each.count} |" for each in known.sources),
            "",
            "Flask-Unsign's word list is",
            "Copyright (c) 2024 Luke Paris (Paradoxis), under the MIT licence.",
            "",
            "`data/make_known_keys.py` makes the data from text files of keys; what it takes is written at its beginning.",
            "",
        ]
    )


if __name__ == "__main__":
    for name, text in pages().items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
