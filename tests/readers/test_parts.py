"""What is found in a part is reported where its author wrote it in the file around the part."""

from hypothesis import assume, given
from hypothesis import strategies as st

from secretkey_lint.model.binding import Binding, Guard, Part
from secretkey_lint.model.source import LineIndex, Position, SourceFile, Span, Step
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.readers.parts import Mover, source_of

LINES = st.lists(st.text("ab \u00e9\U0001f600\t", max_size=6), min_size=1, max_size=6)


@given(
    LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.text(" >\t", max_size=4), st.text("xy\n", max_size=8), st.data()
)
def test_spans_move_to_what_they_are_of(
    lines: list[str], newline: str, indent: str, before: str, data: st.DataObject
) -> None:
    """Each line of the part stands behind an indent in the file; a span of the part has the same text in the file."""
    text = newline.join(lines)
    whole = before
    runs: list[tuple[int, int]] = []
    at = 0
    for line in lines:
        whole += indent
        runs.append((at, len(whole)))
        whole += line + newline
        at += len(line) + len(newline)
    part = Part("settings.py", text, tuple(runs))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assume("\r\n" not in (text[start - 1 : start + 1], text[end - 1 : end + 1]))  # nothing ends between the two
    span = LineIndex(text).span("a.md", start, end)
    fact = Binding("SECRET_KEY", Literal(span, "k", (Step(span, "defined here"),)), span)
    (moved,) = Mover(part, "a.md", LineIndex(whole)).moved([fact])
    assert isinstance(moved, Binding)
    assert isinstance(moved.value, Literal)
    assert moved.span == moved.value.span == moved.value.via[0].span
    begin, stop = offset(whole, moved.span.start), offset(whole, moved.span.end)
    assert whole[begin:stop].replace(newline + indent, newline) == text[start:end]


def test_what_stands_in_other_files_stays_there() -> None:
    """A value that a part imports is in the module that it comes from."""
    elsewhere = Span("keys.py", Position(3, 1), Position(3, 9))
    here = Span("a.md", Position(1, 1), Position(1, 2))
    part = Part("settings.py", "ab", ((0, 5),), frozenset({Guard("commented")}))
    fact = Binding("K", EnvLookup(here, "K", Literal(elsewhere, "x")), here)
    (moved,) = Mover(part, "a.md", LineIndex("01234ab")).moved([fact])
    assert isinstance(moved, Binding)
    assert isinstance(moved.value, EnvLookup)
    assert moved.value.span == Span("a.md", Position(1, 6), Position(1, 7))
    assert moved.value.default == Literal(elsewhere, "x")
    assert moved.guards == {Guard("commented")}


def test_a_part_is_a_file_beside_its_own() -> None:
    """Modules are found from where the file is, and people are shown the file."""
    file = SourceFile("../docs/a.md", b"", "docs/a.md")
    assert source_of(Part("settings.py", "é", ((0, 0),)), file) == SourceFile(
        "../docs/a.md", "é".encode(), "docs/settings.py"
    )
    assert source_of(Part(".env", "", ((0, 0),)), SourceFile("a.md", b"", "a.md")).project_path == ".env"


def offset(text: str, position: Position) -> int:
    """The offset of a position, by the lines that LF, CR LF and CR end."""
    line, at = 1, 0
    while line < position.line:
        ends_here = text[at] == "\n" or (text[at] == "\r" and text[at + 1 : at + 2] != "\n")
        line += ends_here
        at += 1
    return at + position.column - 1
