"""Names and values in nested data, whatever format the scalars come from."""

from collections.abc import Iterator
from typing import Any

import pytest

from secretkey_lint.model.binding import Guard
from secretkey_lint.readers.entries import Entry
from secretkey_lint.readers.pairs import Scalar, context_of, entries, is_script

TESTING, DEBUG = Guard("testing"), Guard("debug")


def scalars(data: Any, text: str, path: tuple[str | int, ...] = ()) -> Iterator[Scalar]:
    """The scalars of data that was made from literals, each standing where its text first does."""
    match data:
        case dict():
            for key, value in data.items():
                yield from scalars(value, text, (*path, key))
        case list():
            for at, value in enumerate(data):
                yield from scalars(value, text, (*path, at))
        case str():
            yield Scalar(path, data, text.index(data), text.index(data) + len(data))


def found(data: Any) -> list[Entry]:
    text = repr(data)
    return list(entries(text, scalars(data, text)))


def said(data: Any, name: str = "SECRET_KEY") -> list[str]:
    text = repr(data)
    here = [entry for entry in found(data) if entry.name == name]
    assert all(text[entry.start : entry.end].strip("'\"") == entry.text for entry in here)
    return [entry.text for entry in here]


@pytest.mark.parametrize(
    "data",
    [
        {"SECRET_KEY": "q1w2e3"},
        {"env": {"SECRET_KEY": {"value": "q1w2e3"}}},
        {"env": {"SECRET_KEY": {"description": "signs", "default": "q1w2e3"}}},
        {"env": [{"name": "A", "value": "b"}, {"name": "SECRET_KEY", "value": "q1w2e3"}]},
        {"env": [{"value": "q1w2e3", "name": "SECRET_KEY"}]},
        [{"Key": "SECRET_KEY", "other": {"name": "inner", "value": "x"}, "Value": "q1w2e3"}],
        [{"ParameterKey": "SECRET_KEY", "ParameterValue": "q1w2e3"}],
        [{"OptionName": "SECRET_KEY", "Value": "q1w2e3"}],
        {"environment": ["A=b", "SECRET_KEY=q1w2e3"]},
        {"environment": "SECRET_KEY=q1w2e3"},
        {"env": ["D:SECRET_KEY = q1w2e3"]},
        {"env": ["SECRET_KEY='q1w2e3'"]},
        {"runArgs": ["-e", "SECRET_KEY=q1w2e3"]},
        {"runArgs": ["-e SECRET_KEY=q1w2e3"]},
        {"runArgs": ["--env=SECRET_KEY=q1w2e3"]},
    ],
)
def test_ways_to_write_a_pair(data: Any) -> None:
    """All say the same, at the place of the value."""
    assert said(data) == ["q1w2e3"]


@pytest.mark.parametrize(
    "data",
    [
        {"env": [{"name": "SECRET_KEY", "valueFrom": "arn:aws:ssm:1:parameter/key"}]},
        {"env": [{"name": "SECRET_KEY", "type": "PARAMETER_STORE", "value": "/app/key"}]},
        {"env": [{"name": "SECRET_KEY"}, {"value": "q1w2e3"}]},
        {"env": {"SECRET_KEY": {"generator": "secret"}}},
        {"properties": {"SECRET_KEY": {"type": "string", "default": "q1w2e3"}}},
        {"SECRET_KEY": {"type": "string", "example": "q1w2e3"}},
        {"SECRET_KEY": "string"},
        {"description": "SECRET_KEY=q1w2e3"},
        {"scripts": ["SECRET_KEY=q1w2e3 python manage.py check"]},
        ["SECRET_KEY=", "SECRET_KEY", "== SECRET_KEY", "SECRET_KEY_FILE=/run/key"],
    ],
)
def test_what_gives_the_name_nothing(data: Any) -> None:
    """References, schemas, names alone and values alone; what scripts do is for a shell to say."""
    assert said(data) == []


def test_lists_of_former_keys() -> None:
    """Each item is one."""
    assert said({"SECRET_KEY_FALLBACKS": ["q1w2", "e3r4"]}, "SECRET_KEY_FALLBACKS") == ["q1w2", "e3r4"]
    assert said({"secret_key_fallbacks": ["q1w2"]}, "secret_key_fallbacks") == ["q1w2"]


def test_tables_are_told_outermost_first() -> None:
    """Whether a name is the key's may depend on them; indexes are none."""
    (entry,) = found({"apps": [{"django": {"secret_key": "q1w2e3"}}]})
    assert entry.outer == ("apps", "django")
    (entry,) = [entry for entry in found({"django": [{"name": "secret_key", "value": "x"}]}) if entry.text == "x" and entry.name == "secret_key"]  # fmt: skip
    assert entry.outer == ("django",)


@pytest.mark.parametrize(
    ("path", "guards"),
    [
        (("production",), ()),
        (("template", "spec"), ()),
        (("default",), ()),
        (("testing",), (TESTING,)),
        (("tool", "pytest_env"), (TESTING,)),
        (("testenv:py312",), (TESTING,)),
        (("development", 0), (DEBUG,)),
        (("stages", "dev"), (DEBUG,)),
        (("dev", "test"), (TESTING,)),
        (("components", "examples"), (Guard("commented"),)),
    ],
)
def test_contexts_of_tables(path: tuple[str | int, ...], guards: tuple[Guard, ...]) -> None:
    """Tables are named for what they serve."""
    assert context_of(path) == frozenset(guards)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (("scripts", "start"), True),
        (("tasks", "check", "cmd"), True),
        (("jobs", "a", "before_script", 3), True),
        (("postCreateCommand",), True),
        (("tasks", "check", "env", "A"), False),
        (("description",), False),
    ],
)
def test_scripts(path: tuple[str | int, ...], answer: bool) -> None:
    """What the last two names say."""
    assert is_script(path) is answer


def test_nothing_of_a_value_is_shown() -> None:
    """Records of values say how long they are."""
    assert repr(Scalar(("SECRET_KEY",), "q1w2e3", 0, 6)) == "Scalar(('SECRET_KEY',), <6 characters>)"
