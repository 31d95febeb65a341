"""Where the tests of suppressions run: beside no repository, so that none is searched for each example."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(tmp_path_factory.mktemp("alone"))
    yield
    os.chdir(before)
