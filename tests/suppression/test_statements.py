"""Which lines of Python a marker counts on: those of the statement, and in a list or call those of its item.

A line begins with `+` where a marker counts, with `!` where it does not, and with `.` where none can stand.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint import api

KEY = "8f3k2q9x7v5n1m4b6c0z"
MARKER = "  # secretkey-lint: ignore[SKL001, SKL003, SKL004, SKL005, SKL010]"

CASES = {
    "one line": f"""
+SECRET_KEY = "{KEY}"
!x = 1
""",
    "in brackets": f"""
!x = 1
+SECRET_KEY = (
+    "{KEY[:10]}"
+    # more to come
+    "{KEY[10:]}"
+)
!x = 1
""",
    "continued": f"""
.SECRET_KEY = \\
+    "{KEY}"
!x = 1
""",
    "in three quotes": f"""
.SECRET_KEY = \"\"\"{KEY[:10]}
.# {KEY[10:]}
+\"\"\"
!x = 1
""",
    "default": f"""
!import os
+SECRET_KEY = os.environ.get(
+    "SECRET_KEY",
+    "{KEY}",
+)
!x = 1
""",
    "one of several arguments": f"""
!from django.conf import settings
+settings.configure(
!    DEBUG=True,
+    SECRET_KEY=
+    "{KEY}",
!    X=(1, 2),
+)
!x = 1
""",
    "entry": f"""
+app.config.update({{
!    "A": 1,
+    "SECRET_KEY": "{KEY}",
!    "B": [1, 2],
+}})
!x = 1
""",
    "last entry, without a comma": f"""
+app.config.update({{
!    "A": 1,
+    "SECRET_KEY": "{KEY}"
+}})
""",
    "only fallback": f"""
+SECRET_KEY_FALLBACKS = [
+    "{KEY}",
+]
!x = 1
""",
    "one of the fallbacks": f"""
+SECRET_KEY_FALLBACKS = [
!    os.environ["OLD"],
+    "{KEY}",
!    os.environ["OLDER"],
+]
""",
    "in a block": f"""
!if x:
+    SECRET_KEY = (
+        "{KEY}"
+    )
!else:
!    y = 1
""",
    "two statements on a line": f"""
+x = [1,]; SECRET_KEY = "{KEY}"
!x = 1
""",
    "where it is defined, and where it reaches the key": f"""
+KEY = "{KEY}"
!x = 1
+SECRET_KEY = (
+    KEY
+)
!x = 1
""",
    "in a broken file": f"""
!print "x"
+SECRET_KEY = "{KEY}"
!x = 1
""",
    "commented out, with a real key": """
!x = 1
+# SECRET_KEY = "Xk2#qp9!mz7@wv4&rb8^tn1*"
!x = 1
""",
    "shown": """
!from django.conf import settings
+print(
!    "the key is",
+    settings.SECRET_KEY,
+)
""",
    "brackets in texts and comments": f"""
!x = "([{{" # ([{{
!y = '''
.(
.'''
+SECRET_KEY = "{KEY}"
!x = 1
""",
}


@pytest.mark.parametrize("name", CASES)
def test_lines_on_which_a_marker_counts(name: str) -> None:
    """A marker on a line marked `+` suppresses what there is, on one marked `!` it has no effect; `.` takes none."""
    rows = CASES[name].strip("\n").split("\n")
    lines = [row[1:] for row in rows]
    unmarked = api.check_source("\n".join(lines).encode(), "settings.py")
    findings = [each for each in unmarked.diagnostics if each.code != "SKL900"]
    assert len(findings) == 1
    for at, row in enumerate(rows):
        if row[0] == ".":
            continue
        marked = [*lines]
        marked[at] += MARKER
        report = api.check_source("\n".join(marked).encode(), "settings.py")
        left = [each for each in report.diagnostics if each.code not in ("SKL900", "SKL901")]
        assert left == ([] if row[0] == "+" else findings), f"line {at + 1} of {name}"


def test_a_marker_in_a_list_is_for_its_item_alone() -> None:
    """A former key that comes to stand beside one that was looked at is not silenced with it."""
    source = f'SECRET_KEY_FALLBACKS = [\n    "{KEY}",  # secretkey-lint: ignore[SKL004]\n    "new-{KEY}",\n]\n'
    report = api.check_source(source.encode(), "settings.py")
    assert [(each.code, each.span.start.line) for each in report.diagnostics] == [("SKL004", 3)]


def test_the_next_line_is_that_of_an_item_or_of_a_statement() -> None:
    """The line above a statement is for all of it, that above an item for the item."""
    marker = "# secretkey-lint: ignore-next-line[SKL004]\n"
    source = f'SECRET_KEY_FALLBACKS = [\n    {marker}    "{KEY}",\n    "new-{KEY}",\n]\n'
    report = api.check_source(source.encode(), "settings.py")
    assert [each.span.start.line for each in report.diagnostics] == [4]
    assert api.check_source((marker + source).encode(), "settings.py").suppressed == 2


def test_what_only_the_binding_is_marked_for_is_reported_for_another() -> None:
    """One literal that two bindings take is reported for the one that nobody has looked at."""
    source = f'KEY = "{KEY}"\nSECRET_KEY = KEY  # noqa: SKL001\nDJANGO_SECRET_KEY = KEY\n'
    report = api.check_source(source.encode(), "settings.py")
    assert [(each.code, each.subject) for each in report.diagnostics] == [("SKL001", "DJANGO_SECRET_KEY")]


def test_a_bracket_that_is_never_closed_opens_no_statement_over_the_rest() -> None:
    """In a broken file a marker far below is not taken for one of the line with the key."""
    source = f'x = (\nSECRET_KEY = "{KEY}"\ny = 1  # secretkey-lint: ignore[SKL001]\n'
    report = api.check_source(source.encode(), "settings.py")
    assert "SKL001" in [each.code for each in report.diagnostics]


@given(st.text(alphabet="()[]{},\"'\\\n\r#ab =:ü\U0001f600"), st.integers(0, 40), st.integers(0, 40))
def test_any_text_has_lines(text: str, first: int, second: int) -> None:
    """Whatever the text, the lines of a place are its own and those around it, and there is no failure."""
    from secretkey_lint.suppression.lines import Lines
    from secretkey_lint.suppression.statements import Statements

    start, end = sorted((min(first, len(text)), min(second, len(text))))
    lines = Lines(text)
    found = {line for each in Statements(text, lines).lines_of(start, end) for line in each}
    assert {lines.number(start), lines.number(max(end - 1, start))} <= found
    assert found <= set(range(1, len(lines.starts) + 1))
