"""What is said of generated settings projects, compared with what Django does when it starts with them.

`benchmarks/oracle.py` does the same with thousands. Hypothesis draws the projects, the same ones at each run (`pytest
--hypothesis-profile hunt` draws others), and makes a counter-example small; those whose mending is worth remembering
are kept by their seeds, as small projects in `tests/readers/python`, or in `fixtures`. One that is in `OPEN` is known to
be judged wrongly, and the test says so once it no longer is.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from oracle import generator, judge

KEPT = tuple(f"suite:{number}" for number in range(20))
"""Seeds of projects that are drawn by their numbers."""

OPEN: dict[str, str] = {}
"""Projects that are not judged rightly yet, by what `digest` makes of them, and what is wrong."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the oracle starts Django in forks")


@pytest.fixture(scope="module")
def oracle() -> Iterator[judge.Oracle]:
    with judge.Oracle() as running:
        yield running


def digest(project: generator.Project) -> str:
    """Return what a project is known by, for as long as it is written in the same way."""
    return hashlib.sha256(repr(project).encode()).hexdigest()[:12]


def assert_rightly_judged(judgement: judge.Judgement) -> None:
    problems = ", ".join(judgement.problems)
    known = digest(judgement.project)
    assert problems == OPEN.get(known, ""), f"{known}: {judgement}"


@settings(max_examples=200)
@given(project=generator.projects())
def test_what_django_starts_with_is_what_is_reported(oracle: judge.Oracle, project: generator.Project) -> None:
    """No key that stands in the repository is missed, and no error is said of a project that starts with none."""
    assert_rightly_judged(oracle.judge(project))


@pytest.mark.parametrize("seed", KEPT)
def test_what_is_kept(oracle: judge.Oracle, seed: str) -> None:
    """Projects that are known by their seeds."""
    assert_rightly_judged(oracle.judge(generator.drawn(seed)))


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
