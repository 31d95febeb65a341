"""Notebooks: what a cell says is reported by cell and line, at the place in the file where it is written."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from secretkey_lint import api
from secretkey_lint.model.binding import Binding, Damage, Part
from secretkey_lint.model.source import SourceFile
from secretkey_lint.readers.notebook import read

KEY = "m4x$k2v9!q7z@w8b&n5^t1*r3(y6)p0d-f=g+hj%l"


def notebook(*cells: dict[str, object]) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def code(*lines: str) -> dict[str, object]:
    return {"cell_type": "code", "outputs": [], "source": list(lines)}


def reported(content: str) -> list[tuple[str, str, str]]:
    """Code, what stands at the place, and the message."""
    lines = content.split("\n")
    return [
        (
            each.code,
            lines[each.span.start.line - 1][each.span.start.column - 1 : each.span.end.column - 1],
            each.message,
        )
        for each in api.check_source(content.encode(), "explore.ipynb").diagnostics
    ]


@given(
    st.lists(st.text(max_size=20).filter(lambda text: "\r" not in text), max_size=4),
    st.text('ab"\\\u00e9\U0001f600/\t ', min_size=1, max_size=12),
    st.booleans(),
    st.booleans(),
)
@example([], "\U0001f600", True, True)
def test_a_value_is_found_where_it_is_written(before: list[str], middle: str, ascii_only: bool, as_list: bool) -> None:
    """However JSON escapes what stands before it and in it."""
    key = KEY + middle + "z"
    lines = [*(f"# {line!a}\n" for line in before), f"SECRET_KEY = {key!r}\n"]
    cell = {"cell_type": "code", "source": lines if as_list else "".join(lines), "outputs": before}
    content = json.dumps({"cells": [{"cell_type": "raw", "source": before}, cell]}, ensure_ascii=ascii_only, indent=1)
    (found,) = reported(content)
    escaped = json.dumps(repr(key), ensure_ascii=ascii_only)[1:-1]
    assert found[:2] == ("SKL001", escaped)
    assert found[2].endswith(f"(cell 2, line {len(lines)})")


def test_magics() -> None:
    """What a cell says in other languages is read as these."""
    content = notebook(
        code("%matplotlib inline\n", "import os\n", f"%env SECRET_KEY={KEY}\n", f"!export SECRET_KEY='{KEY}2'\n"),
        code("%%writefile .env\n", f"SECRET_KEY={KEY}3\n"),
        code("%%bash\n", f"export DJANGO_SECRET_KEY='{KEY}4' # now\n"),
        code("%%time\n", f"SECRET_KEY = '{KEY}5'\n"),
        code("%%html\n", "<b>none</b>\n"),
    )
    assert [(rule, message.partition(" (cell")[2]) for rule, _, message in reported(content)] == [
        ("SKL005", " 1, line 3)"),
        ("SKL005", " 1, line 4)"),
        ("SKL005", " 2, line 2)"),
        ("SKL005", " 3, line 2)"),
        ("SKL001", " 4, line 2)"),
    ]


def test_prose_in_a_notebook_is_an_example() -> None:
    """A stand-in there is silent, a real key is published."""
    fence = ["```python\n", f"SECRET_KEY = '{KEY}'\n", "SECRET_KEY = 'changeme'\n", "```\n"]
    report = api.check_source(notebook({"cell_type": "markdown", "source": fence}).encode(), "explore.ipynb")
    assert [(each.code, each.severity, each.context) for each in report.diagnostics] == [
        ("SKL001", "warning", "example")
    ]


def test_outputs_are_read_by_their_lines() -> None:
    """A key that was printed is published, an image is nothing."""
    cell = code("settings.SECRET_KEY\n")
    cell["outputs"] = [
        {
            "data": {"image/png": "QUJD" * 5000, "text/plain": [f"SECRET_KEY = '{KEY}'\n"]},
            "output_type": "execute_result",
        }
    ]
    content = notebook(cell)
    assert [each[0] for each in reported(content)] == ["SKL005"]


def test_the_format_before() -> None:
    """nbformat 3 has sheets of cells, and calls their source `input`."""
    cell = {"cell_type": "code", "input": [f"SECRET_KEY = '{KEY}'"], "language": "python"}
    assert [each[0] for each in reported(json.dumps({"worksheets": [{"cells": [cell]}]}))] == ["SKL001"]


@pytest.mark.parametrize(
    "content",
    [
        "", "SECRET_KEY", "[", "{", '{"cells": [', '{"cells": nul', "{1: 2}", '{"cells": [{"source": "\\u12"}]}', "[" * 5000, '{"a":' * 5000,
        "<<<<<<< HEAD\n{}\n=======\n",
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_said(content: str) -> None:
    """Broken JSON is damage, and scanned as text."""
    (found,) = read(SourceFile("a.ipynb", content.encode(), "a.ipynb"))
    assert isinstance(found, Damage)
    assert found.scanned


@pytest.mark.parametrize(
    "content", ["[]", "3", '{"cells": 3}', '{"cells": [3, {}, {"cell_type": 3}, {"cell_type": "code", "source": 3}]}', '{"worksheets": [3]}']
)  # fmt: skip
def test_other_documents_hold_no_cells(content: str) -> None:
    """JSON of another shape is no notebook with cells, and nothing goes wrong."""
    assert read(SourceFile("a.ipynb", content.encode(), "a.ipynb")) == []


def test_texts_are_not_shown() -> None:
    """What is read may be a key."""
    facts = read(SourceFile("a.ipynb", notebook(code(f"SECRET_KEY = '{KEY}'")).encode(), "a.ipynb"))
    assert len(facts) == 1
    assert isinstance(facts[0], Part)
    assert KEY not in repr(facts)
    assert not isinstance(facts[0], Binding)
