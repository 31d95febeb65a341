"""What is shown of a line: names and signs, and nothing that may be a part of a key."""

import pytest

from secretkey_lint import api
from secretkey_lint.frames import step_frame
from secretkey_lint.model.source import Position, Span

KEY = "8f3k2q9x7v5n1m4b6c0z"


def framed(line: str, marked: str, message: str = "", path: str = "settings.py") -> list[str]:
    """The frame of `marked` in a line, with its marks below."""
    start = line.index(marked)
    span = Span(path, Position(3, start + 1), Position(3, start + 1 + len(marked)))
    frame = step_frame(line, span, message)
    return [] if frame is None else [frame.text, " " * (frame.column - 1) + "^" * frame.width]


def test_a_place_is_shown_with_its_line() -> None:
    """All of it, since what is done there is what the place is shown for."""
    assert framed('    KEY = os.environ.get("SHOP_KEY", DEFAULT)  # the default', "DEFAULT") == [
        'KEY = os.environ.get("SHOP_KEY", DEFAULT)',
        "                                 ^^^^^^^",
    ]


@pytest.mark.parametrize(
    ("line", "marked", "text", "marks"),
    [
        (f'KEY = "{KEY}" + A', "A", 'KEY = "••••••••" + A', "                   ^"),
        (f"KEY = f'{KEY}{{A}}'", "{A}", "KEY = f'••••••••'", "       ^^^^^^^^^^"),
        (f'KEY = """{KEY}"x""" + A', "A", 'KEY = """••••••••""" + A', "                       ^"),
        (f'KEY = "a\\"{KEY}" + A', "A", 'KEY = "••••••••" + A', "                   ^"),
        ('KEY = A + f"{get("abcdef")}ghijkl"', "A", 'KEY = A + f"••••••••"', "      ^"),
        (f'KEY = A + """{KEY}', "A", 'KEY = A + """••••••••', "      ^"),
        ("KEY = A + 4815162342", "A", "KEY = A + ••••••••", "      ^"),
        (f"KEY = A + x{KEY}", "A", "KEY = A + ••••••••", "      ^"),
        ("KEY = A + 48151", "48151", "KEY = A + 48151", "          ^^^^^"),
        (f'KEY =\tget("{KEY}")  # {KEY}', "get", 'KEY = get("••••••••")', "      ^^^"),
    ],
)
def test_values_are_masked(line: str, marked: str, text: str, marks: str) -> None:
    """In texts of every kind, closed or not, in numbers and in words that nobody writes by hand."""
    assert framed(line, marked) == [text, marks]


def test_a_module_is_named_where_the_message_names_it() -> None:
    """What else is in quotes may be a key, even with points in it."""
    line = 'setdefault("A_B", "shop.settings")'
    assert framed(line, "shop.settings", "production starts with shop.settings here")[0] == line
    assert framed(line, "shop.settings", "imported here")[0] == 'setdefault("A_B", "••••••••")'


def test_no_line_is_shown_of_other_formats_of_comments_and_of_endless_lines() -> None:
    assert framed("KEY: A", "A", path="deploy.yaml") == []
    assert framed("# KEY = A", "KEY") == []
    assert framed("KEY = A + '" + "a" * 1000 + "'", "A") == []


def test_a_span_over_lines_is_marked_to_the_end_of_its_first() -> None:
    span = Span("settings.py", Position(1, 7), Position(2, 9))
    frame = step_frame("KEY = get(  # why", span, "")
    assert frame is not None
    assert (frame.text, frame.column, frame.width) == ("KEY = get(", 7, 4)


def test_a_line_that_begins_within_a_text_is_not_shown() -> None:
    """What stands there before the closing quotes is text, and looks like code."""
    source = (
        f'A = "{KEY}"\nB = "{KEY[::-1]}"\nNOTE = """\nabcdef""" ; SECRET_KEY = A\nSECRET_KEY_FALLBACKS = [B]  # {KEY}\n'
    )
    diagnostics = api.check_source(source.encode(), "settings.py").diagnostics
    shown = {step.span.start.line: step.frame for each in diagnostics for step in each.related}
    assert shown[4] is None
    frame = shown[5]
    assert frame is not None
    assert frame.text == "SECRET_KEY_FALLBACKS = [B]"
