"""What nested data says, whatever format its texts come from."""

from collections.abc import Iterator
from typing import Any

import pytest

from secretkey_lint.model.binding import Guard, Part
from secretkey_lint.readers.entries import Entry
from secretkey_lint.readers.nested.meaning import said
from secretkey_lint.readers.nested.nodes import Leaf, Mapping, Scalar, Sequence, tree
from secretkey_lint.readers.structure import aligned


def leaves(data: Any, text: str, path: tuple[str | int, ...] = ()) -> Iterator[Leaf]:
    """The texts of data that was made from literals, each standing where it first does."""
    match data:
        case dict():
            for key, value in data.items():
                yield from leaves(value, text, (*path, key))
        case list():
            for at, value in enumerate(data):
                yield from leaves(value, text, (*path, at))
        case str():
            yield Leaf(path, data, text.index(data), text.index(data) + len(data))


def found(data: Any, path: str = "app.json") -> list[Entry | Part]:
    text = repr(data).replace("\\n", "\n")
    return list(said(text, tree(leaves(data, text)), path, lambda inner: "SECRET_KEY" in inner, aligned))


def entries(data: Any, path: str = "app.json") -> list[Entry]:
    return [each for each in found(data, path) if isinstance(each, Entry)]


def values(data: Any, name: str = "SECRET_KEY") -> list[str]:
    """The texts that are given to a name and that could be its value; each stands at its place."""
    text = repr(data)
    here = [entry for entry in entries(data) if entry.name == name and entry.is_known]
    assert all(text[entry.start : entry.end].strip("'\"") == entry.text for entry in here)
    return [entry.text for entry in here]


@pytest.mark.parametrize(
    "data",
    [
        {"SECRET_KEY": "q1w2e3"},
        {"env": {"SECRET_KEY": {"value": "q1w2e3"}}},
        {"env": [{"name": "A", "value": "b"}, {"name": "SECRET_KEY", "value": "q1w2e3"}]},
        {"env": [{"value": "q1w2e3", "name": "SECRET_KEY"}]},
        [{"Key": "SECRET_KEY", "other": {"name": "inner", "value": "x"}, "Value": "q1w2e3"}],
        [{"ParameterKey": "SECRET_KEY", "ParameterValue": "q1w2e3"}],
        [{"OptionName": "SECRET_KEY", "Value": "q1w2e3"}],
        {"environment": ["A=b", "SECRET_KEY=q1w2e3"]},
        {"environment": "SECRET_KEY=q1w2e3"},
        {"environment": ["A=b SECRET_KEY=q1w2e3 B=c"]},
        {"env": ["D:SECRET_KEY = q1w2e3"]},
        {"env": ["R:D:SECRET_KEY=q1w2e3"]},
        {"env": ["SECRET_KEY='q1w2e3'"]},
        {"containerEnv": "SECRET_KEY='q1w2e3'"},
        {"runArgs": ["-e", "SECRET_KEY=q1w2e3"]},
        {"runArgs": ["-e SECRET_KEY=q1w2e3"]},
        {"runArgs": ["--env=SECRET_KEY=q1w2e3"]},
        {"Properties": {"Environment": {"Variables": {"SECRET_KEY": "q1w2e3"}}}},
    ],
)
def test_ways_to_write_a_pair(data: Any) -> None:
    """All say the same, at the place of the value."""
    assert values(data) == ["q1w2e3"]


@pytest.mark.parametrize(
    "data",
    [
        {"env": [{"name": "SECRET_KEY", "valueFrom": "arn:aws:ssm:1:parameter/key"}]},
        {"env": [{"name": "SECRET_KEY", "type": "PARAMETER_STORE", "value": "/app/key"}]},
        {"env": [{"name": "SECRET_KEY"}, {"value": "q1w2e3"}]},
        {"env": {"SECRET_KEY": {"generator": "secret"}}},
        {"env": {"SECRET_KEY": {"description": "signs", "default": "q1w2e3"}}},
        {"properties": {"SECRET_KEY": {"type": "string", "default": "q1w2e3"}}},
        {"SECRET_KEY": {"type": "string", "example": "q1w2e3"}},
        {"SECRET_KEY": "string"},
        {"description": "SECRET_KEY=q1w2e3"},
        {"notes": ["SECRET_KEY = what signs the cookies"]},
        ["SECRET_KEY=", "SECRET_KEY", "== SECRET_KEY", "SECRET_KEY_FILE=/run/key"],
        {"jwt": {"SECRET_KEY": "q1w2e3"}},
        {"s3": {"env": {"SECRET_KEY": "q1w2e3"}}},
        {"kind": "SealedSecret", "spec": {"encryptedData": {"SECRET_KEY": "q1w2e3"}}},
    ],
)
def test_what_gives_the_name_nothing(data: Any) -> None:
    """References, schemas, names alone and values alone, what is encrypted or another program's."""
    assert values(data) == []


def test_a_default_is_believed_when_it_looks_like_a_key() -> None:
    """Defaults in descriptions are placeholders as a rule."""
    key = "kq8w2z7xv5m2b5n9r3t6y0pd1f4g7hj"
    assert values({"env": {"SECRET_KEY": {"default": key}}}) == [key]


def test_an_encoded_secret() -> None:
    """Kubernetes keeps what it calls data in base64, in JSON as in YAML."""
    (entry,) = entries({"kind": "Secret", "data": {"SECRET_KEY": "cTF3MmUz"}})
    assert (entry.text, entry.is_known) == ("q1w2e3", True)


def test_lists_of_former_keys() -> None:
    """Each item is one."""
    assert values({"SECRET_KEY_FALLBACKS": ["q1w2", "e3r4"]}, "SECRET_KEY_FALLBACKS") == ["q1w2", "e3r4"]
    assert values({"secret-key-fallbacks": ["q1w2"]}, "secret-key-fallbacks") == ["q1w2"]


def test_tables_are_told_outermost_first() -> None:
    """Whether a name is the key's may depend on them: up to the first from within that says anything; no index is one."""
    (entry,) = entries({"django": {"secret_key": "q1w2e3"}})
    assert entry.outer == ("django",)
    (entry,) = entries({"shop": [{"django": [{"config": {"secret_key": "q1w2e3"}}]}]})
    assert entry.outer == ("django", "config")
    (entry,) = [each for each in entries({"django": [{"name": "secret_key", "value": "x"}]}) if each.text == "x"]
    assert entry.outer == ("django",)


@pytest.mark.parametrize(
    ("tables", "guards"),
    [
        (("production",), ()),
        (("template", "spec"), ()),
        (("default",), ()),
        (("testing",), (Guard("scope", True, "testing"),)),
        (("tool", "pytest_env"), (Guard("scope", True, "pytest_env"),)),
        (("testenv:py312",), (Guard("testing"),)),
        (("stages", "dev"), (Guard("scope", True, "dev"),)),
        (("components", "examples"), (Guard("commented"),)),
        (("services", "web", "build", "args"), (Guard("build"),)),
    ],
)
def test_contexts_of_tables(tables: tuple[str, ...], guards: tuple[Guard, ...]) -> None:
    """Tables are named for what they serve."""
    data: Any = {"SECRET_KEY": "q1w2e3"}
    for table in reversed(tables):
        data = {table: data}
    (entry,) = entries(data)
    assert entry.guards == frozenset(guards)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"scripts": {"start": "x SECRET_KEY"}}, "script.sh"),
        ({"tasks": {"check": "x SECRET_KEY"}}, "script.sh"),
        ({"tasks": {"check": {"cmd": "x SECRET_KEY"}}}, "script.sh"),
        ({"jobs": {"a": {"before_script": ["x SECRET_KEY"]}}}, "script.sh"),
        ({"postCreateCommand": "x SECRET_KEY"}, "script.sh"),
        ({"kind": "ConfigMap", "data": {".env": "A=1\nSECRET_KEY=b"}}, ".env"),
        ({"tox": {"legacy_tox_ini": "[testenv]\nSECRET_KEY=b"}}, "tox.ini"),
        ({"tasks": [{"name": "x SECRET_KEY"}]}, None),
        ({"tasks": {"check": {"env": {"A": "x SECRET_KEY"}}}}, None),
        ({"description": "x SECRET_KEY"}, None),
        ({"scripts": {"start": "x"}}, None),
    ],
)
def test_texts_in_other_languages(data: Any, name: str | None) -> None:
    """Keys say which they are in; those that say nothing of the key are not read."""
    parts = [each.name for each in found(data) if isinstance(each, Part)]
    assert parts == ([] if name is None else [name])


@pytest.mark.parametrize(
    ("path", "data", "is_settings"),
    [
        ("config/settings.json", {"secret_key": "q1"}, True),
        ("config/.secrets.yaml", {"production": {"secret_key": "q1"}}, True),
        ("settings.local.toml", {"default": {"secret_key": "q1"}}, True),
        ("settings.json", {"aws": {"secret_key": "q1"}}, False),
        ("settings.json", {"default": {"aws": {"secret_key": "q1"}}}, False),
        ("options.json", {"secret_key": "q1"}, False),
        ("settings", {"secret_key": "q1"}, False),
    ],
)
def test_settings_files_of_dynaconf(path: str, data: Any, is_settings: bool) -> None:
    """In those, names are Django's in any case, at the top or in the table of an environment."""
    (entry,) = entries(data, path)
    assert ("dynaconf" in entry.outer) is is_settings


def test_paths_make_a_tree() -> None:
    """Tables that are left and opened again are two; what has a name among items is an item."""
    root = tree(
        Leaf(path, str(at), at, at + 1)
        for at, path in enumerate([("a", "x"), ("b",), ("a", "y"), ("c", 0), ("c", 1, "z"), ("c", "w"), (3, "v")])
    )

    def plain(node: object) -> object:
        match node:
            case Mapping():
                return [(plain(key), plain(value)) for key, value in node.pairs]
            case Sequence():
                return [plain(item) for item in node.items]
            case Scalar():
                return node.value
        return None

    assert plain(root) == [
        ("a", [("x", "0")]),
        ("b", "1"),
        ("a", [("y", "2")]),
        ("c", ["3", [("z", "4")], [("w", "5")]]),
        (None, [("v", "6")]),
    ]


def test_nothing_of_a_value_is_shown() -> None:
    """Records of values say how long they are."""
    assert repr(Leaf(("SECRET_KEY",), "q1w2e3", 0, 6)) == "Leaf(('SECRET_KEY',), <6 characters>)"
