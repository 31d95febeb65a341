"""What is shown of a line: names and signs, and nothing that may be a part of a key."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from secretkey_lint import api
from secretkey_lint.frames import _FORMATS as FORMAT_WORDS
from secretkey_lint.frames import frame, step_frame
from secretkey_lint.model.source import Position, Span

KEY = "8f3k2q9x7v5n1m4b6c0z"


def framed(line: str, marked: str, message: str = "", path: str = "settings.py", values: str = "") -> list[str]:
    """The frame of `marked` in a line, with its marks below; the words of `values` are known for values."""
    start = line.index(marked)
    span = Span(path, Position(3, start + 1), Position(3, start + 1 + len(marked)))
    stretches = [(line.index(each), line.index(each) + len(each)) for each in values.split()]
    frame = step_frame(line, span, message, stretches)
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


def test_no_line_is_shown_of_comments_and_of_endless_lines() -> None:
    assert framed("# KEY = A", "KEY") == []
    assert framed("KEY = A + '" + "a" * 1000 + "'", "A") == []
    assert framed("KEY: A  " + "a" * 1000, "A", path="deploy.yaml") == []


STARTS = "production starts with shop.settings here"


@pytest.mark.parametrize(
    ("path", "line", "text", "marks"),
    [
        ("Dockerfile", "ENV DJANGO_SETTINGS_MODULE=shop.settings PORT=80", "ENV DJANGO_SETTINGS_MODULE=shop.settings", 27),
        ("Dockerfile", f"ENV A_KEY={KEY} B_MODULE=shop.settings", "ENV A_KEY=•••••••• B_MODULE=shop.settings", 28),
        ("compose.yml", '  DJANGO_MODULE: "shop.settings" # x', 'DJANGO_MODULE: "shop.settings"', 16),
        ("compose.yml", f"- {KEY}: x:y DJANGO_MODULE=shop.settings", "- •••••••• DJANGO_MODULE=shop.settings", 25),
        ("x.json", '{"env": {"DJANGO_MODULE":\t"shop.settings"}}', '{"env": {"DJANGO_MODULE": "shop.settings"}}', 27),
        ("x.json", f'{{"x":"{KEY}","DJANGO_MODULE":"shop.settings"}}', '••••••••shop.settings"}', 8),
        ("pytest.ini", "DJANGO_MODULE = shop.settings", "DJANGO_MODULE = shop.settings", 16),
        ("Procfile", f"web: SECRET_KEY='a = {KEY}' run --settings=shop.settings", "web: SECRET_KEY=•••••••• --settings=shop.settings", 36),
        ("run.sh", f"export secretKey={KEY}=b; gunicorn -e X_Y=shop.settings", "export secretKey=•••••••• X_Y=shop.settings", 30),
    ],
)  # fmt: skip
def test_where_a_start_names_its_settings(path: str, line: str, text: str, marks: int) -> None:
    """Names that are given something are shown, and the module, which the message names; nothing behind it."""
    assert framed(line, "shop.settings", STARTS, path) == [text, " " * marks + "^" * 13]


@pytest.mark.parametrize(
    ("line", "marked", "values", "text", "marked_text"),
    [
        ("    SECRET_KEY=$KEY \\", "SECRET_KEY=$KEY", "", "SECRET_KEY=$KEY", "SECRET_KEY=$KEY"),
        ('  SECRET_KEY: "${KEY}"', 'SECRET_KEY: "${KEY}"', "", "SECRET_KEY: ••••••••", "SECRET_KEY: ••••••••"),
        ("SECRET_KEY=$a1b2", "SECRET_KEY=$a1b2", "", "SECRET_KEY=••••••••", "SECRET_KEY=••••••••"),
        ("SECRET_KEY: *key", "SECRET_KEY: *key", "", "SECRET_KEY: ••••••••", "SECRET_KEY: ••••••••"),
        ("SECRET_KEY=A_B=c", "SECRET_KEY=A_B=c", "A_B=c", "SECRET_KEY=••••••••", "SECRET_KEY=••••••••"),
        ('- {A_B: "x", S_K: "y"}', '"y"', '"x" "y"', '- {A_B: "••••••••", S_K: "••••••••"}', '"••••••••"'),
    ],
)
def test_what_is_given_is_masked(line: str, marked: str, values: str, text: str, marked_text: str) -> None:
    """Unless it is one variable; where readers know of a value, it is masked whatever it looks like."""
    start = text.rindex(marked_text)
    assert framed(line, marked, "", "x.yaml", values) == [text, " " * start + "^" * len(marked_text)]


def test_a_long_line_of_another_format_is_cut_before_what_is_marked() -> None:
    """As code is before a value."""
    line = "ENV " + "".join(f"A_{'B' * at}={KEY} " for at in range(1, 12)) + "DJANGO_MODULE=shop.settings"
    text, marks = framed(line, "shop.settings", STARTS, "Dockerfile")
    assert text.startswith("… ") and text.endswith(" DJANGO_MODULE=shop.settings")
    assert marks == " " * (len(text) - 13) + "^" * 13


def test_nothing_is_shown_of_an_empty_place() -> None:
    """The beginning of a file that is the key."""
    assert step_frame(KEY, Span("key.txt", Position(1, 1), Position(1, 1)), "the key is in this file") is None
    assert step_frame("", Span("key.txt", Position(1, 1), Position(1, 9)), "") is None


def test_what_looks_like_a_name_in_another_value_is_masked() -> None:
    """A line of YAML may begin within a text, and with what a name is in any other line."""
    line = 'part_of=a_key", SECRET_KEY: "x"}'
    start = line.index('"x"')
    span = Span("x.yaml", Position(2, start + 1), Position(2, start + 4))
    shown = frame(line, span, [(0, line.index(","))])
    assert shown is not None
    assert shown.text == '••••••••, SECRET_KEY: "••••••••"}'


LINES = (
    "ENV OTHER_KEY={} DJANGO_MODULE=shop.settings",
    'ENV OTHER_KEY="{}" DJANGO_MODULE=shop.settings',
    "- {} DJANGO_MODULE=shop.settings",
    "{}, DJANGO_MODULE: shop.settings",
    '{{"a":"{}","DJANGO_MODULE":"shop.settings"}}',
    "{} DJANGO_MODULE = shop.settings # {}",
    "DJANGO_MODULE = shop.settings {}",
    "DJANGO_MODULE='shop.settings{}'",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)" + "ABCXYZ:,;'\"`{}[]<> "
PART = 3
"""So many characters of a key in a row would be a part of it, however little that tells."""


@given(st.sampled_from(LINES), st.text(LETTERS, min_size=20, max_size=60), st.sampled_from(["x.env", "x.yaml"]))
@example("- {} DJANGO_MODULE=shop.settings", "run=name: ENV=abc = $abc shop.setting 'x'", "Dockerfile")
def test_nothing_of_a_key_that_no_reader_knows_is_shown(line: str, key: str, path: str) -> None:
    """Not all that is on the way was read: what is masked does not rest on knowing where the key stands."""
    start = line.format("x" * 40, "").index("shop.settings") - (
        40 - len(key) if line.index("{}") < line.index("shop") else 0
    )
    text = line.format(key, key)
    span = Span(path, Position(1, start + 1), Position(1, start + 1 + len("shop.settings")))
    shown = step_frame(text, span, STARTS)
    assert shown is not None
    known = line.format("", "") + "".join(f" {word} {word}= {word}: " for word in FORMAT_WORDS)
    parts = {key[at : at + PART] for at in range(len(key) - PART + 1)}
    assert not {part for part in parts if part in shown.text and part not in known}


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
