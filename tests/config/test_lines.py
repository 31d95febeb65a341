"""On which line something stands: found by looking, so that what cannot be found is answered by what is around it."""

import pytest

from secretkey_lint.config.lines import Lines

TEXT = """\
[tool.other]
exclude = ["x/"]
[tool.secretkey-lint]
"exclude" = [
  "a/", # "b/"
  'c/',
    "d/e",
]
ignore = ["SKL001", "SKL002"]
contexts."a.b/" = "test"
per-file-ignores = { "a.py" = ["SKL001"],
    "b.py" = ["SKL002"] }
[tool.secretkey-lint.env-readers]
'p.get' = { name = 1 }
"p.\\"odd" = { name = 1 }
[tool.secretkey-lint.env-readers."p.read"]
name = 0
[[tool.uv.index]]
ignore = 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 3),
        (("exclude",), 4),
        (("exclude", "c/"), 6),
        (("exclude", "d/e"), 7),
        (("exclude", "nowhere/"), 4),
        (("ignore", "SKL002"), 9),
        (("contexts", "a.b/"), 10),
        (("per-file-ignores", "b.py"), 12),
        (("env-readers", "p.get"), 14),
        (("env-readers", "p.read"), 16),
        (("env-readers", "p.read", "name"), 17),
        (("select",), 3),
    ],
)
def test_lines(path: tuple[str, ...], line: int) -> None:
    assert Lines(TEXT, ("tool", "secretkey-lint")).of(*path) == line
    assert Lines(TEXT.replace("\n", "\r\n"), ("tool", "secretkey-lint")).of(*path) == line


def test_a_table_that_is_not_there() -> None:
    assert Lines("", ("tool", "secretkey-lint")).of("select", "SKL001") == 1
    assert Lines("\n\nselect = []\n", ()).of("select") == 3


def test_hostile_lines_cost_no_more_than_their_length() -> None:
    """Nothing here grows with the square of what it is given."""
    for line in (
        "a." * 500_000 + "b = 1",
        '"' * 1_000_000,
        "[" * 1_000_000,
        "a" * 1_000_000,
        " " * 1_000_000,
        '"\\' * 500_000,
    ):
        assert Lines(f"{line}\nselect = 1\n", ()).of("select") in (1, 2)
    assert Lines("a.b.c.d.e = 1\n" * 50_000, ()).of("a", "b", "zzz") == 1
