"""Carriers: variables of the environment, and entries, that the settings of a repository read the key from."""

from __future__ import annotations

from secretkey_lint.contexts import is_settings
from secretkey_lint.model.binding import Binding
from secretkey_lint.model.value import EnvLookup
from secretkey_lint.vocabulary import KEY, may_carry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile, Span
    from secretkey_lint.trees.repository import Repository


def carriers(
    repository: Repository, facts_of: Callable[[SourceFile], list[Fact]], names: Iterable[str] = ()
) -> dict[str, Span]:
    """Return the names of variables that the settings read the key from, each with a place that does.

    `names` are the key's besides those that always are.
    """
    found: dict[str, Span] = {}
    for path in repository.search([KEY, *sorted(names)], (".py",)):
        file = repository.read(path)
        if file is None or not (is_settings(path) or f"\n{KEY}".encode() in b"\n" + file.content):
            continue
        for fact in facts_of(file):
            match fact:
                case Binding(value=EnvLookup(name=name, span=span)) if may_carry(name):
                    found.setdefault(name, span)
    return found
