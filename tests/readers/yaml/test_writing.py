"""Each character of a scalar's text is found where it is written."""

from hypothesis import assume, example, given
from hypothesis import strategies as st

from secretkey_lint.readers.nested.nodes import Mapping, Scalar
from secretkey_lint.readers.yaml.composing import NotYAML, compose
from secretkey_lint.readers.yaml.writing import Written, written

LINES = st.lists(st.text("ab'\\ #:\té\U0001f600\"", max_size=6), min_size=1, max_size=5)
STYLES = st.sampled_from(["|", ">", "|-", ">+", ">-", "|2", '"', "'", ""])
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])


def scalar_of(document: str) -> Scalar | None:
    """The value of the first pair; None where the text is no YAML or has no such thing."""
    try:
        (root,) = compose(document, 0, len(document))
    except NotYAML:
        return None
    value = root.pairs[0][1] if isinstance(root, Mapping) else None
    return value if isinstance(value, Scalar) else None


@given(LINES, STYLES, NEWLINES)
@example(["a", "", "b", " c", "d"], ">", "\r\n")
@example(["a\\", "b"], '"', "\n")
@example(["\\x41\\u00e9\\U0001f600\\n\\\\"], '"', "\n")
@example(["it''s", "", "so"], "'", "\n")
def test_texts_stand_where_they_are_written(lines: list[str], style: str, newline: str) -> None:
    """The text is PyYAML's, and all of it that is no line break, blank or escape stands in the source as it is."""
    if style in ('"', "'", ""):
        document = "k: " + style + "\n  ".join(lines) + style + "\nz: 1\n"
    else:
        document = f"k: {style}\n" + "".join(f"  {line}\n" for line in lines) + "z: 1\n"
    document = document.replace("\n", newline)
    scalar = scalar_of(document)
    assume(scalar is not None)
    assert scalar is not None
    how = written(document, scalar)
    if how is None:  # an escaped line break before empty lines, or nothing at all
        assert not scalar.value.strip("\n") or (style == '"' and "\\" in "".join(lines))
        return
    assert how.text.rstrip("\n") == scalar.value.rstrip("\n")
    for at, character in enumerate(how.text):
        start, end = how.place(at, at + 1)
        assert scalar.start <= start < end <= scalar.end
        if character not in " \n\\'\"" and document[start] != "\\":
            assert document[start:end] == character


def test_a_stretch_over_several_lines() -> None:
    """What a part says of two of its lines is found with the indent that stands between them."""
    document = "k: |\n    one\n    two\n"
    scalar = scalar_of(document)
    assert scalar is not None
    how = written(document, scalar)
    assert isinstance(how, Written)
    start, end = how.place(1, 6)
    assert document[start:end] == "ne\n    tw"


def test_what_cannot_be_said() -> None:
    """An escape that YAML does not have never gets here; numbers beyond Unicode do."""
    assert written('"\\U99999999"', Scalar("\ufffd", 0, 12, '"', "")) is None
    assert written("''", Scalar("", 0, 2, "'", "")) is None
