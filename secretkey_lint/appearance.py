"""What the text of a value looks like: predicates on text, the only thing said of a key being yes or no."""

from __future__ import annotations

from secretkey_lint.vocabulary import INSECURE_PREFIX, STAND_IN_TOKENS, STAND_IN_WORDS, words

GENERATED_LENGTH = 20
"""The least number of characters that a generator is thought to yield."""

GENERATED_VARIETY = 10
"""The least number of different characters among them."""

DISTINCTIVE_LENGTH = 12
"""The least number of characters of a text that is a copy of another rather than chosen again."""

DISTINCTIVE_VARIETY = 6
"""The least number of different characters in it."""

MIXED_LENGTH = 40
"""The least number of characters over which a mixture of them is no accident."""

STRONG_LENGTH = 50
"""The least number of characters that Django's own check asks of a key."""

STRONG_VARIETY = 5
"""The least number of different characters that it asks for."""

_CIPHERTEXT = ("ENC[", "EV[", "$ANSIBLE_VAULT;", "vault:v1:", "{cipher}", "-----BEGIN PGP MESSAGE", "encrypted:")
_REFERENCES = (
    "op://", "vault:", "ref+", "awssm://", "awsssm://", "gcpsm://", "azurekv://", "bws://", "doppler://",
    "{env:", "@format ", "@jinja ", "@env ", "@get ", "@read_file ", "@Microsoft.KeyVault(",
    "[parameters(", "[variables(", "[reference(", "[concat(", "[listSecrets(",
    "sm://", "arn:", "secretref:",
)  # fmt: skip
_NAMING = frozenset(
    "access app aws config django env environment flask key name secret secretkey setting settings var variable".split()
)
_WORD_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def looks_generated(text: str) -> bool:
    """Whether `text` looks like a real key: long and varied enough, and no word says that it is a stand-in."""
    text = text.removeprefix(INSECURE_PREFIX)
    if len(text) < GENERATED_LENGTH or len(set(text)) < GENERATED_VARIETY or any(map(str.isspace, text)):
        return False
    return not _is_a_stand_in(text) and not _is_a_sequence(text) and not _reads_as_words(text)


def is_distinctive(text: str) -> bool:
    """Whether two people would hardly choose `text` apart from each other: not short, and no stand-in."""
    text = text.removeprefix(INSECURE_PREFIX)
    if len(text) < DISTINCTIVE_LENGTH or len(set(text)) < DISTINCTIVE_VARIETY:
        return False
    return not _is_a_stand_in(text) and not _is_a_sequence(text)


def _is_a_stand_in(text: str) -> bool:
    """Whether a word says that something else is to be put here, and is not there by chance."""
    lowered = text.lower()
    has_word = any(word in lowered for word in STAND_IN_WORDS) or not STAND_IN_TOKENS.isdisjoint(_tokens(lowered))
    return has_word and not _is_mixed(text)


def _is_mixed(text: str) -> bool:
    """Whether letters, digits and symbols take turns over a length where only a generator goes on like that.

    One in two hundred keys of `startproject` has a `me` or a `todo` in it by chance, and one in sixteen begins with what
    opens a placeholder. What separates words tells nothing here, nor do spaces, which no generator yields.
    """
    kinds = ["a" if character.isalpha() else character.isdigit() for character in text if character not in "-_."]
    changes = sum(before != after for before, after in zip(kinds, kinds[1:], strict=False))
    return len(text) >= MIXED_LENGTH and changes * 6 > len(text) and not any(map(str.isspace, text))


def _tokens(text: str) -> set[str]:
    return set("".join(character if character.isalnum() else " " for character in text).split())


def _is_a_sequence(text: str) -> bool:
    """Whether a third of the characters follow their neighbour (`abcdef`, `123456`) or repeat it."""
    steps = sum(0 <= ord(after) - ord(before) <= 1 for before, after in zip(text, text[1:], strict=False))
    return steps * 3 > len(text)


def _reads_as_words(text: str) -> bool:
    """Whether there are only words here: letters of one case, apart from initials, and what separates words."""
    letters = text.replace("-", "").replace("_", "").replace(".", "")
    if not letters.isalpha():
        return False
    changes = sum(a.isupper() != b.isupper() for a, b in zip(letters, letters[1:], strict=False))
    return changes * 4 < len(letters)


def is_template_reference(text: str) -> bool:
    """Whether a template engine or a shell puts the value in: `{{ … }}`, `{% … %}`, `<%= … %>`, `${NAME}`, `$NAME`, `%NAME%`, `op://…`."""
    for opening, closing in (("{{", "}}"), ("{%", "%}"), ("<%", "%>"), ("${", "}"), ("#{", "}")):
        start = text.find(opening)
        if start >= 0 and text.find(closing, start + len(opening)) >= 0:
            return True
    text = text.strip()
    if text.startswith(_REFERENCES) or (len(text) > 2 and text[0] == text[-1] == "`"):
        return True
    if len(text) > 2 and text[0] == text[-1] and text[0] in "@%":
        return _is_name(text[1:-1])
    if text.startswith("%(") and text.endswith(")s"):
        return _is_name(text[2:-2])
    if 0 <= text.find("$((") < text.rfind("))") or (text.startswith("$(") and text.endswith(")")):
        return not _is_mixed(text)
    return text.startswith("$") and _is_name(text[1:])


def _is_name(text: str) -> bool:
    return bool(text) and not text[0].isdigit() and _WORD_CHARACTERS.issuperset(text) and text.upper() == text


def is_ciphertext(text: str) -> bool:
    """Whether the value is encrypted: SOPS, eyaml, DigitalOcean, ansible-vault, Vault's transit, PGP."""
    return text.startswith(_CIPHERTEXT)


def is_insecure_key(text: str) -> bool:
    """Whether `text` is a key with the prefix that `startproject` gives, not the bare prefix or a format of it."""
    key = text.removeprefix(INSECURE_PREFIX)
    return text.startswith(INSECURE_PREFIX) and len(key) > 2 and (key[0] not in "%{[(<$\\." or looks_generated(key))


def is_weak(text: str) -> bool:
    """Whether Django's own check refuses `text` as a key: `security.W009`, and `W025` for former keys."""
    return len(text) < STRONG_LENGTH or len(set(text)) < STRONG_VARIETY or text.startswith(INSECURE_PREFIX)


def is_variable_name(text: str) -> bool:
    """Whether a text is the name of an environment variable or setting, in the shape that these have.

    What stands in the place of a name may be a key by mistake (`os.environ["the key itself"]`).
    """
    return "_" in text and text.isidentifier() and text.isupper() and not any(map(str.isdigit, text))


def names_a_key(text: str) -> bool:
    """Whether a text is what a key is called somewhere (`secret_key`, `AWS_SECRET_ACCESS_KEY`), rather than one."""
    parts = words(text)
    return "secret" in "".join(parts) and "key" in "".join(parts) and _NAMING.issuperset(parts)


def is_known_text(text: str) -> bool:
    """Whether the text itself could serve as a key: not empty, not a reference, not encrypted."""
    return bool(text) and not is_template_reference(text) and not is_ciphertext(text)


_KEY_CHARACTERS = _WORD_CHARACTERS | frozenset("!@#$%^&*(-_=+).~")


def insecure_keys(text: str) -> list[tuple[int, int]]:
    """Return where, as offsets, keys with the insecure prefix stand in any text; the bare prefix is none."""
    found: list[tuple[int, int]] = []
    at = text.find(INSECURE_PREFIX)
    while at >= 0:
        end = at + len(INSECURE_PREFIX)
        while end < len(text) and end - at < 512 and text[end] in _KEY_CHARACTERS:
            end += 1
        key = text[at + len(INSECURE_PREFIX) : end]
        if len(key) >= GENERATED_LENGTH and len(set(key)) >= GENERATED_VARIETY // 2:
            found.append((at, end))
        at = text.find(INSECURE_PREFIX, end)
    return found
