"""Entries of files whose value the settings refuse: what nothing starts with is no leak."""

from __future__ import annotations

from secretkey_lint.appearance import looks_generated
from secretkey_lint.model.binding import Binding, Guard
from secretkey_lint.model.record import replace
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.project import context
from secretkey_lint.vocabulary import INSECURE_PREFIX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context
    from secretkey_lint.project.project import Project

_ANY = "8f3k2q9x7v5n1m4b6c0zp4w8e1r6t3y5u9i2o7a0s8d4g1h6j3"
"""What settings refuse that refuse everything: where this is not seen to arrive, nothing is known of other values."""


def as_taken(facts: Iterable[Fact], path: str, project: Project) -> list[Fact]:
    """Return the facts of a file with the conditions under which the settings take what it sets for the key.

    It costs following the settings, and only for what production would have, and does not look like a real key.
    """
    where = context.of_path(path)
    return [_as_taken(fact, where, project) for fact in facts]


def _as_taken(fact: Fact, where: Context, project: Project) -> Fact:
    match fact:
        case Binding(medium="file", value=Literal(text=text)) if fact.is_used:
            is_suspect = not looks_generated(text) or text.startswith(INSECURE_PREFIX)
            if is_suspect and context.of_binding(where, fact.guards) == "production":
                return replace(fact, guards=fact.guards | _guards(fact.name, text, project))  # type: ignore[no-any-return]
    return fact


def _guards(name: str, text: str, project: Project) -> frozenset[Guard]:
    """The conditions under which some module that is started takes a text for the key; none where that is not known."""
    settings = project.settings
    modules = settings.started() or sorted({entry.module for entry in settings.entries})
    contexts: set[Context] = set()
    for module in modules:
        if _taken(module, name, _ANY, project):  # it is the variable that the module reads
            contexts |= _taken(module, name, text, project) or {"example"}
    if not contexts or "production" in contexts:
        return frozenset()
    return frozenset({Guard("unreachable") if contexts == {"example"} else Guard("production", False)})


def _taken(module: str, name: str, text: str, project: Project) -> set[Context]:
    """The contexts in which a module takes a text for the key where the variable has it; worked out once a run."""
    key = module, name, text
    if key not in project.taken:
        project.taken[key] = _contexts(module, name, text, project)
    return project.taken[key]


def _contexts(module: str, name: str, text: str, project: Project) -> set[Context]:
    from secretkey_lint.readers.python.outcome import outcome

    file = project.read(module)
    result = outcome(file, project, {name: text}) if file is not None else None
    if result is None or result.problem or result.is_partial:
        return set() if text == _ANY else {"production"}
    return {
        context.of_binding("production", each.binding.guards)
        for each in result.reached
        if isinstance(each.binding.value, EnvLookup) and each.binding.value.name == name
        if each.binding.value.default is not None
    }
