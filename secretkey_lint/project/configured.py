"""What the configuration says of a project, and nothing in its files does."""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.project import context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.model.env_reader import EnvReader
    from secretkey_lint.model.source import Span


class Configured(Record):
    """Further names of the key, functions that look variables up, contexts of paths, and what production starts with.

    `modules` are the names of settings modules, each with the place that says so; `folder` is where they are looked
    for first, relative to the root of the repository.
    """

    names: frozenset[str] = frozenset()
    env_readers: Mapping[str, EnvReader] = {}
    context_of: Callable[[str], Context] = context.of_path
    modules: Mapping[str, Span] = {}
    folder: str = ""
