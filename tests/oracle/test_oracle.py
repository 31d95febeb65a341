"""What is said of generated settings projects, compared with what Django does when it starts with them.

`benchmarks/oracle.py` does the same with thousands. The projects are the same ones at each run; one whose number is
in `OPEN` is known to be judged wrongly, and the test says so once it no longer is.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from oracle import generator, judge

PROGRAMS = 150
SEED = "suite"
OPEN: dict[int, str] = {}
"""Numbers of projects that are not judged rightly yet, and what is wrong."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the oracle starts Django in forks")


@pytest.fixture(scope="module")
def oracle() -> Iterator[judge.Oracle]:
    with judge.Oracle() as running:
        yield running


@pytest.mark.parametrize("first", range(0, PROGRAMS, 50))
def test_what_django_starts_with_is_what_is_reported(oracle: judge.Oracle, first: int) -> None:
    """No key that stands in the repository is missed, and no error is said of a project that starts with none."""
    wrong: dict[int, str] = {}
    for number in range(first, first + 50):
        problems = oracle.judge(generator.drawn(f"{SEED}:{number}")).problems
        if problems:
            wrong[number] = ", ".join(problems)
    assert wrong == {number: said for number, said in OPEN.items() if first <= number < first + 50}


def test_every_construct_is_drawn() -> None:
    """A construct that is never drawn proves nothing; those whose library is not installed are not there at all."""
    used: Counter[str] = Counter()
    for number in range(1500):
        used.update(generator.drawn(f"coverage:{number}").constructs.keys())
    assert sorted(generator.ALL - used.keys()) == []
    families = {each.family for each in generator.CONSTRUCTS.values()}
    assert {"text", "class", "lookup", "helper", "condition", "refuse", "bind", "place", "body", "read"} <= families


def test_a_seed_is_a_project() -> None:
    """Counter-examples can be had again by their number."""
    assert generator.drawn("suite:7").files == generator.drawn("suite:7").files


@settings(max_examples=20)
@given(generator.projects())
def test_hypothesis_draws_projects_that_python_understands(project: generator.Project) -> None:
    """So that counter-examples can be shrunk, too."""
    for path, text in project.files.items():
        if path.endswith(".py"):
            compile(text, path, "exec")


def test_the_oracle_notices_a_miss_and_a_false_alarm(oracle: judge.Oracle) -> None:
    """A judge that finds nothing wrong proves nothing."""
    known = generator.Project({"shop/settings.py": 'SECRET_KEY = "k" * 60\n'})
    assert oracle.judge(known).problems == []
    outcomes = oracle.judge(known).outcomes
    assert judge.compared(known, outcomes, "nothing", [], []).problems == ["miss"]
    free = generator.Project({"shop/settings.py": 'import os\nSECRET_KEY = os.environ["A"]\n'}, variables=("A",))
    outcomes = oracle.judge(free).outcomes
    said = ["shop/settings.py:2: SKL001 error …"]
    assert judge.compared(free, outcomes, "error", said, []).problems == ["false alarm"]
