"""Patterns match as pathspec has them, whatever is decided without it."""

import pathspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint.config.patterns import Patterns, flaw

PARTS = st.sampled_from(["a", "b", "ab", "*", "**", "?", "/", "/", ".", "[ab]", "\\", "!", "#", " ", "..", "é", "-"])
PATTERNS = st.lists(PARTS, min_size=1, max_size=6).map("".join)
PATHS = st.lists(st.sampled_from(["a", "b", "ab", "a.b", "aé", "!a", "#", "-"]), min_size=1, max_size=4).map("/".join)


@given(st.lists(PATTERNS, max_size=4), st.lists(PATHS, min_size=1, max_size=5))
def test_they_match_as_pathspec_has_them(patterns: list[str], paths: list[str]) -> None:
    patterns = [pattern for pattern in patterns if flaw(pattern) is None]
    ours, spec = Patterns(patterns), pathspec.GitIgnoreSpec.from_lines(patterns)
    for path in paths:
        said = spec.check_file(path)
        assert ours.deciding(path) == (said.index if said.include else None)
    for pattern in ours.unmatched(paths):
        alone = pathspec.GitIgnoreSpec.from_lines([pattern.removeprefix("!")])
        assert not any(alone.match_file(path) for path in paths)


@given(st.text())
def test_any_text_is_a_pattern_or_has_a_flaw(text: str) -> None:
    """What has none is understood by pathspec; no text breaks anything."""
    if flaw(text) is None:
        assert pathspec.GitIgnoreSpec.from_lines([text]).patterns[0].include is not None
        Patterns([text]).deciding("a/b.py")
        Patterns([text]).unmatched(["a/b.py"])


@pytest.mark.parametrize("pattern", ["", " ", "/", "#a", "!", "a\nb", "\\", "../a", "a/../b", "["])
def test_what_never_matches_has_a_flaw(pattern: str) -> None:
    assert flaw(pattern)
