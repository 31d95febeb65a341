"""Generates settings projects: files, what the key depends on, and the constructs that were used.

Constructs are drawn by a `Builder`; they stand by families in `oracle.constructs`.
"""

from __future__ import annotations

import random

from hypothesis import strategies as st

import oracle.constructs  # noqa: F401 registers them
from oracle.builder import FAMILIES, Builder, Construct
from oracle.project import SECRET, Project

__all__ = ["ALL", "CONSTRUCTS", "ONE_MODULE", "SECRET", "Project", "drawn", "projects"]

CONSTRUCTS: dict[str, Construct] = {each.name: each for family in FAMILIES.values() for each in family}
"""All constructs by their names."""

ALL = frozenset(CONSTRUCTS)
ONE_MODULE = frozenset(name for name, each in CONSTRUCTS.items() if not each.across)
"""The constructs that take one file."""


def drawn(seed: object, enabled: frozenset[str] = ALL) -> Project:
    """Return the project that belongs to a seed."""
    return Builder(random.Random(str(seed)).randrange, enabled).build()


@st.composite
def projects(draw: st.DrawFn, enabled: frozenset[str] = ALL) -> Project:
    """Draw projects that Hypothesis can shrink."""
    return Builder(lambda limit: draw(st.integers(0, limit - 1)), enabled).build()
