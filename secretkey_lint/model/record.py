"""Immutable records: what frozen, slotted dataclasses give.

Importing `dataclasses` costs more than parsing a settings file does, on every commit; this costs nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, dataclass_transform
else:

    def dataclass_transform(**_options):  # noqa: D103
        return lambda decorated: decorated


@dataclass_transform(frozen_default=True)
class RecordType(type):
    """Makes the annotated names of a class body its slots and the parameters of its constructor."""

    def __new__(  # noqa: D102
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]
    ) -> RecordType:
        annotated = [field for field in namespace.get("__annotations__", {}) if not field.startswith("_")]
        defaults = {field: namespace.pop(field) for field in annotated if field in namespace}
        inherited = next((base for base in bases if isinstance(base, RecordType)), None)
        if inherited is not None:
            annotated = [*inherited._fields, *annotated]
            defaults = {**inherited._defaults, **defaults}  # noqa: SLF001
            namespace["__slots__"] = tuple(field for field in annotated if field not in inherited._fields)
        else:
            namespace["__slots__"] = tuple(annotated)
        namespace["_fields"] = namespace["__match_args__"] = tuple(annotated)
        namespace["_defaults"] = defaults
        return super().__new__(mcls, name, bases, namespace)

    _fields: tuple[str, ...]
    _defaults: dict[str, Any]


class Record(metaclass=RecordType):
    """Base of the nouns: fields are the annotated names of the class body, equality is by value."""

    _fields: ClassVar[tuple[str, ...]]
    _defaults: ClassVar[dict[str, Any]]

    if not TYPE_CHECKING:

        def __init__(self, *values, **named):
            fields = self._fields
            if len(values) > len(fields):
                raise TypeError(f"{type(self).__name__} takes {len(fields)} values, {len(values)} were given")
            put = object.__setattr__
            for field, value in zip(fields, values, strict=False):
                put(self, field, value)
            for field in fields[len(values) :]:
                if field in named:
                    put(self, field, named.pop(field))
                elif field in self._defaults:
                    put(self, field, self._defaults[field])
                else:
                    raise TypeError(f"{type(self).__name__} needs a value for {field}")
            if named:
                raise TypeError(f"{type(self).__name__} has no field {', '.join(named)} left to set")

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and all(
            getattr(self, field) == getattr(other, field) for field in self._fields
        )

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, field) for field in self._fields)))

    def __repr__(self) -> str:
        fields = ", ".join(f"{field}={getattr(self, field)!r}" for field in self._fields)
        return f"{type(self).__name__}({fields})"


def replace(record: Any, **changes: Any) -> Any:
    """Return a copy of `record` with the given fields changed."""
    return type(record)(**{**{field: getattr(record, field) for field in record._fields}, **changes})
