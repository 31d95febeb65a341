"""The schema for editors is a schema, and accepts what the tool accepts."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint.config import reading
from secretkey_lint.config.keys import BY_NAME, KEYS
from secretkey_lint.config.schema import IDENTITY, schema
from secretkey_lint.errors import ConfigError
from tests.config.test_reading import VALID, WRONG

VALIDATOR = jsonschema.Draft7Validator(schema())


def test_it_is_a_schema_in_the_form_of_schemastore() -> None:
    """Draft 7, with an identity, strict, and every option with what it means and its default."""
    document = schema()
    jsonschema.Draft7Validator.check_schema(document)
    assert document["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert document["$id"] == IDENTITY
    assert document["additionalProperties"] is False
    properties = document["properties"]
    assert isinstance(properties, dict)
    assert set(properties) == set(BY_NAME)
    for name, each in properties.items():
        assert each["description"].endswith(".")
        assert VALIDATOR.evolve(schema={**document, "required": []}).is_valid({name: each["default"]})


def test_the_published_file_is_this_schema() -> None:
    published = Path(__file__).parents[2] / "docs" / "secretkey-lint.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == schema()


@pytest.mark.parametrize("text", [text for text, _ in VALID] + [key.example for key in KEYS])
def test_what_is_valid_is_valid_in_editors(text: str) -> None:
    VALIDATOR.validate(tomllib.loads(text.replace("skl9", "SKL9")))


NOT_IN_THE_SCHEMA = ("pattern", "baseline", "default-keyword", "qualified name")
"""What JSON schema could say only in regular expressions that nobody reads."""


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_is_wrong_in_editors(text: str, said: str) -> None:
    """Types, names and choices; what patterns and paths may be is the tool's to say."""
    if "2020" not in text and (not any(each in said for each in NOT_IN_THE_SCHEMA) or " takes " in said):
        assert not VALIDATOR.is_valid(tomllib.loads(text))


SCALARS = st.sampled_from(["SKL001", "SKL9", "note", "test", "a/", "a.b", "A_B", "x", True, 1, ""])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a/", "p.g", "name"]), inner), max_leaves=4
)  # fmt: skip


@given(st.sampled_from(list(BY_NAME)), VALUES)
def test_what_is_taken_is_valid(name: str, value: object) -> None:
    """No editor complains of what the tool takes."""
    real, reading._parsed = reading._parsed, lambda *_: {name: value}
    try:
        reading.read(b"", "x.toml", ())
    except ConfigError:
        return
    finally:
        reading._parsed = real
    VALIDATOR.validate({name: value})
