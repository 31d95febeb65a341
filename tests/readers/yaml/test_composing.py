"""Nodes stand where their author wrote them, whichever of PyYAML's parsers reads, and whatever is made of a document."""

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from secretkey_lint.readers.nested.nodes import Mapping, Scalar, Sequence
from secretkey_lint.readers.yaml import composing
from secretkey_lint.readers.yaml.composing import MAX_DEPTH, NotYAML, compose, documents

TEXT = st.text("ab:#&!*|>-'\"{}[],?% \t\n\ré\U0001f600\u2028", max_size=60)


def outline(text: str) -> object:
    """All nodes of a text as tuples of what they hold and where they stand; None where it is no YAML."""

    def of(node: object) -> object:
        match node:
            case Scalar():
                return node.value, node.start, node.end, node.style, node.tag
            case Mapping():
                return node.start, node.end, node.tag, [(of(key), of(value)) for key, value in node.pairs]
            case Sequence():
                return node.start, node.end, node.tag, [of(item) for item in node.items]
        return node

    try:
        return [of(node) for node in compose(text, 0, len(text))]
    except NotYAML:
        return None


@given(TEXT)
@example("a: &x\n  # c\n  !t 'v'\nb: *x\n")
def test_both_parsers_agree(text: str) -> None:
    """Where libyaml is not there, the parser in Python says the same."""
    assert yaml.__with_libyaml__
    fast = outline(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(yaml, "CSafeLoader")
        slow = outline(text)
    assume(fast is not None and slow is not None)  # they differ in what they refuse
    assert fast == slow


@given(TEXT)
@example("&a")
@example("!t")
@example("*a")
@example("--- &a\n--- *a\n")
@example("%YAML 1.1\n---\na\n")
@example("---\n...\n")
def test_nothing_fails(text: str) -> None:
    """A text is composed or refused, at a place in it; its documents are all of it."""
    places = list(documents(text))
    assert "".join(text[start:end] for start, end in places) == text
    for start, end in places:
        try:
            compose(text, start, end)
        except NotYAML as error:
            assert start <= error.offset <= end
            assert error.__cause__ is error.__context__ is None


def test_properties_are_no_part_of_a_scalar() -> None:
    """An anchor and a tag stand before the value."""
    text = "a: &x !t 'v' \nb: !u  # c\n  &y w\nc: *x\nd: !empty\n"
    (root,) = compose(text, 0, len(text))
    assert isinstance(root, Mapping)
    values = [value for _, value in root.pairs if isinstance(value, Scalar)]
    assert [text[each.start : each.end] for each in values] == ["'v'", "w", "'v'", ""]
    assert [each.tag for each in values] == ["!t", "!u", "!t", "!empty"]


def test_names_and_anchors_that_are_given_twice() -> None:
    """All pairs are there, and an alias means the anchor before it; that of a collection stands for nothing."""
    text = "a: &x 1\na: &x 2\nb: *x\nc: &y {d: *x}\ne: *y\n"
    (root,) = compose(text, 0, len(text))
    assert isinstance(root, Mapping)
    assert [value.value if isinstance(value, Scalar) else value and "…" for _, value in root.pairs] == [
        "1", "2", "2", "…", None,
    ]  # fmt: skip


def test_a_broken_document_takes_no_other_with_it() -> None:
    """Each document is composed for itself."""
    text = "a: 1\n---\n{b: [}\n---\nc: 3\n"
    composed = []
    for start, end in documents(text):
        try:
            composed += compose(text, start, end)
        except NotYAML as error:
            assert text[error.offset] == "}"
    assert len(composed) == 2


@pytest.mark.parametrize("text", ["[" * 10_000, "{a: " * 10_000, "- " * 10_000, "? " * 10_000], ids="[{-?")
@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_depth_is_bounded(text: str, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, loader))
    with pytest.raises(NotYAML):
        compose(text, 0, len(text))
    assert MAX_DEPTH < 1000


def test_size_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "MAX_SIZE", 10)
    with pytest.raises(NotYAML, match="larger"):
        compose("a: 1234567890", 0, 13)


def test_aliases_are_not_expanded() -> None:
    """Nine levels of nine aliases would be a billion nodes."""
    text = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    (root,) = compose(text, 0, len(text))
    assert isinstance(root, Mapping)
    assert sum(len(value.items) for _, value in root.pairs if isinstance(value, Sequence)) == 82
