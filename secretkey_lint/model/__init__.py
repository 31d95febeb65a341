"""The nouns: immutable records that every layer speaks in."""
