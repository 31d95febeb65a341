"""Classes of the project: how they are defined, and what their instances are."""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import replace
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.definitions import Definitions
from secretkey_lint.readers.python.libraries import SETTINGS_CLASSES, canonical
from secretkey_lint.readers.python.lookups import required
from secretkey_lint.readers.python.mentions import last_name
from secretkey_lint.readers.python.objects import (
    ENVIRONMENT,
    Alternative,
    Arguments,
    Class,
    Const,
    Function,
    Instance,
    Lookup,
    Mapping,
    Opaque,
    Scope,
    Symbol,
    Unknown,
    one,
)
from secretkey_lint.readers.python.sinks import constants_in
from secretkey_lint.vocabulary import KEY, is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from secretkey_lint.readers.python.objects import Alternatives, Object
else:
    from secretkey_lint.readers.python import syntax as cst

_OF_FIELDS = frozenset({"dataclass", "define", "frozen", "attrs", "s"})
"""Decorators by which a class takes the values of its attributes."""

_FIELD_BASES = frozenset({"typing.NamedTuple", "pydantic.BaseModel", "msgspec.Struct"})


class Classes(Definitions):
    """Defines classes and makes instances of them."""

    def define_class(self, node: cst.ClassDef, flow: Flow) -> None:
        """Bind the name of a class, and note what its body gives to the key."""
        bases = tuple(each.value for arg in node.bases for each in self.evaluate(arg.value, flow))
        for decorator in node.decorators:
            if isinstance(decorator.decorator, cst.Call):
                self.evaluate(decorator.decorator, flow)
        inner = Flow(Scope({}, flow.scope, of_class=True), flow.path)
        outer_scope, self.scope_name = self.scope_name, node.name.value
        self.walk(node.body, inner)
        flow.hold(inner.path)
        made = Class(node.name.value, node, Scope(inner.scope.names), bases, _fields(node, bases))
        self._make_attributes(made, flow)
        self.note_names(inner.scope.names, lower=_is_settings_class(made))
        self.scope_name = outer_scope
        flow.scope.names[node.name.value] = (Alternative(made, flow.path, node.name),)

    def _make_attributes(self, made: Class, flow: Flow) -> None:
        """Give attributes the values that they have: of fields from the environment, of the key's properties."""
        read = _is_settings_class(made)
        names = made.attributes.names
        for name in _annotated(made.node) if read else ():
            if name not in names:
                names[name] = one(Lookup(name.upper(), made.node))
        for name, alternatives in names.items():
            values: list[Alternative] = []
            for each in alternatives:
                match each.value:
                    case Function() as function if is_key_name(name):
                        receiver = Instance(made, made.node, Scope())
                        method = Function(function.node, function.scope, function.defaults, receiver)
                        found = self.invoke(method, Arguments(), made.node, flow)
                        values += [
                            Alternative(result.value, result.guards | each.guards, each.place) for result in found
                        ]
                    case Lookup(name="") as lookup:
                        named = Lookup(lookup.prefix + name.upper(), lookup.node, lookup.default)
                        values.append(Alternative(named, each.guards, each.place))
                    case Symbol(
                        path="dataclasses.field()" | "attr.ib()" | "attrs.field()", arguments=Arguments() as given
                    ):
                        found = self._default_of_field(given, made.node, flow)
                        values += [Alternative(result.value, result.guards, each.place) for result in found]
                    case Const() if read and name != "model_config":
                        values.append(Alternative(Lookup(name.upper(), made.node, each.value), each.guards, each.place))
                    case _:
                        values.append(each)
            names[name] = tuple(values)
        source = _variable_files(made) if read else ()
        if source:
            for name, alternatives in names.items():
                names[name] = tuple(
                    replace(each, value=self._given_in_a_file(each.value, source, made.node)) for each in alternatives
                )

    def _given_in_a_file(self, value: Object, source: Alternatives, node: cst.CSTNode) -> Object:
        """What a field is whose variable a tracked file gives: that comes before the default of the field."""
        if isinstance(value, Lookup):
            found = self.in_files(value.name, source, node)
            if found is not None:
                return Lookup(value.name, value.node, found)
        return value

    def _default_of_field(self, given: Arguments, node: cst.CSTNode, flow: Flow) -> Alternatives:
        factory = given.get(None, "default_factory") or given.get(None, "factory")
        if factory is not None:
            return self.each(factory, lambda each: self.apply(each, Arguments(), node, flow))  # type: ignore[arg-type]
        return given.get(None, "default") or one(Unknown(node))

    def instance(self, of: Class, arguments: Arguments, node: cst.CSTNode, flow: Flow) -> Object:
        """Return what calling a class of the project yields."""
        made = Instance(of, node, Scope())
        for each in self.attribute(of, "__init__", node, flow):
            if isinstance(each.value, Function):
                function = Function(each.value.node, each.value.scope, each.value.defaults, made)
                self.invoke(function, arguments, node, flow)
                return made
        given = dict(zip(of.fields, arguments.positional, strict=False))
        given.update({str(entry.key): entry.value for entry in arguments.named if entry.key in of.fields})
        made.attributes.names.update(given)
        if _is_settings_class(of):
            for name in [name for name in of.fields if name not in given]:
                made.attributes.names[name] = self._read_field(self.attribute(of, name, node, flow), node, flow)
        return made

    def _read_field(self, values: Alternatives, node: cst.CSTNode, flow: Flow) -> Alternatives:
        """What an instance of a settings class has for a field: it fails where that has no default and is not set."""
        match values:
            case (Alternative(value=Lookup(name=str() as name, default=default) as lookup),) if name:
                if flow.scope.find(f"{ENVIRONMENT}{name}") is not None:
                    values = self._variables(
                        one(Const(name, node)), one(default) if default is not None else None, node, flow
                    )
                else:
                    self.lookups.append(lookup)
        needed = required(values)
        flow.needed |= needed
        self.risks += bool(needed)
        return values

    def set_aside(self, names: dict[str, Alternatives]) -> None:
        """Say of the key that settings classes have by default that it is not used, where the module's is another."""
        held = names.get(KEY, ())
        if not held or not all(isinstance(each.value, Const | Lookup | Opaque | Symbol) for each in held):
            return
        used = {
            id(node) for each in held if Guard("unreachable") not in each.guards for node in constants_in(each.value)
        }
        for at, found in enumerate(self.found):
            made = [each.value for each in names.get(found.scope, ())]
            is_default = any(isinstance(each, Class) and _is_settings_class(each) for each in made)
            if is_default and not any(id(node) in used for each in found.values for node in constants_in(each.value)):
                values = (replace(each, guards=each.guards | {Guard("unreachable")}) for each in found.values)
                self.found[at] = replace(found, values=tuple(values))

    def namespace_of(self, arguments: Arguments, node: cst.CSTNode) -> Object:
        """Return an object with the attributes that are given."""
        names = {str(entry.key): entry.value for entry in arguments.named}
        for each in (alternative for positional in arguments.positional for alternative in positional):
            if isinstance(each.value, Mapping):
                names.update({str(entry.key): entry.value for entry in each.value.entries})
        return Instance(Class("", node, Scope()), node, Scope(names))


def _variable_files(made: Class) -> Alternatives:
    """The environment files that a settings class says it reads: `SettingsConfigDict(env_file=…)`, or `class Config`."""
    for held in (*made.attributes.names.get("model_config", ()), *made.attributes.names.get("Config", ())):
        match held.value:
            case Symbol(arguments=Arguments() as given):
                found = given.get(None, "env_file")
            case Mapping() as table:
                entry = table.entry("env_file")
                found = entry.value if entry is not None else None
            case Class(attributes=attributes):
                found = attributes.names.get("env_file")
            case _:
                found = None
        if found is not None:
            return found
    inherited = (_variable_files(base) for base in made.bases if isinstance(base, Class))
    return next(filter(None, inherited), ())


def _fields(node: cst.ClassDef, bases: Iterable[Object]) -> tuple[str, ...]:
    """The fields of a class that is made of them, in order; those of its bases come first."""
    inherited = [field for base in bases if isinstance(base, Class) for field in base.fields]
    is_made_of_fields = (
        bool(inherited)
        or any(last_name(each.decorator) in _OF_FIELDS for each in node.decorators)
        or any(isinstance(base, Symbol) and canonical(base.path) in _FIELD_BASES | SETTINGS_CLASSES for base in bases)
    )
    return tuple(dict.fromkeys([*inherited, *_annotated(node)])) if is_made_of_fields else ()


def _annotated(node: cst.CSTNode) -> Iterator[str]:
    """The names that the body of a class annotates."""
    for line in node.body.body:  # type: ignore[attr-defined]
        for small in line.body if isinstance(line, cst.SimpleStatementLine) else ():
            if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                yield small.target.value


def _is_settings_class(made: Class) -> bool:
    """Whether attributes are read from the environment, as pydantic-settings does."""
    for base in made.bases:
        if isinstance(base, Symbol) and canonical(base.path) in SETTINGS_CLASSES:
            return True
        if isinstance(base, Class) and _is_settings_class(base):
            return True
    return False
