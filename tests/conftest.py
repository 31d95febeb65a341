"""What all tests share."""

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes is no failure, since machines differ. The suite draws the same examples each time, so
# that it fails for what a change did; `pytest --hypothesis-profile hunt` looks for what nobody has seen yet.
UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("suite", derandomize=True, **UNHURRIED)
settings.register_profile("hunt", max_examples=5_000, print_blob=True, **UNHURRIED)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-fixtures", action="store_true", help="write what is reported now as what is expected")


@pytest.fixture(scope="session", autouse=True)
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests run in an empty folder: in this repository, what they check is part of a project of all the fixtures."""
    with contextlib.chdir(tmp_path_factory.mktemp("nowhere")):
        yield


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that are started are not measured: that would double what they cost, and others run the same lines."""
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
