"""The JSON schema of the options, for editors: draft 7, in the form that SchemaStore takes for a tool's table."""

from __future__ import annotations

from secretkey_lint import rules
from secretkey_lint.config.keys import CONTEXTS, KEYS, READER_KEYS, SEVERITIES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.config.keys import Key

IDENTITY = "https://json.schemastore.org/secretkey-lint.json"

_TYPES = {int: "integer", str: "string", bool: "boolean"}
_PATTERN = {"type": "string", "minLength": 1}


def schema() -> dict[str, object]:
    """Return the schema of `[tool.secretkey-lint]` in `pyproject.toml`, and of a whole `secretkey-lint.toml`."""
    codes = [rule.code for rule in rules.load()]
    beginnings = {code[:length] for code in codes for length in range(len("SKL"), len(code))}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": IDENTITY,
        "title": "secretkey-lint",
        "description": "Options of secretkey-lint, which keeps Django's SECRET_KEY out of repositories.",
        "type": "object",
        "additionalProperties": False,
        "definitions": {
            "code": {"description": "A rule, or the beginning of a code.", "enum": [*codes, *sorted(beginnings)]},
            "context": {"description": "What the settings in a file are for.", "enum": list(CONTEXTS)},
        },
        "properties": {key.name: _property(key) for key in sorted(KEYS, key=lambda key: key.name)},
    }


def _property(key: Key) -> dict[str, object]:
    default = list(key.default) if isinstance(key.default, tuple) else key.default
    return {"description": key.description, **_type(key), "default": default}


def _type(key: Key) -> dict[str, object]:
    """What values of a kind are, in the words of JSON schema."""
    code = {"$ref": "#/definitions/code"}
    match key.kind:
        case "codes":
            return {"type": "array", "items": code}
        case "patterns":
            return {"type": "array", "items": _PATTERN}
        case "names":
            return {"type": "array", "items": {"type": "string", "pattern": r"^[A-Za-z_][A-Za-z0-9_.-]{1,199}$"}}
        case "modules":
            return {"type": "array", "items": {"type": "string", "pattern": r"^[^\W\d]\w*(\.[^\W\d]\w*)*$"}}
        case "codes by pattern":
            return {"type": "object", "additionalProperties": {"type": "array", "items": code}}
        case "context by pattern":
            return {"type": "object", "additionalProperties": {"$ref": "#/definitions/context"}}
        case "readers":
            fields = {
                name: {
                    "description": said,
                    "type": _TYPES[kind],
                    **({"minimum": 0, "maximum": 99} if kind is int else {}),
                    **({"default": default} if default is not None else {}),
                }
                for name, (kind, default, said) in READER_KEYS.items()
            }
            return {
                "type": "object",
                "additionalProperties": {"type": "object", "additionalProperties": False, "properties": fields},
            }
        case "severity":
            return {"enum": list(SEVERITIES)}
        case "path":
            return {"type": "string"}
        case "flag":
            return {"type": "boolean"}
