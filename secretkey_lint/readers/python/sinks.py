"""Where values become the key: assignments, attributes, entries and arguments that reach settings."""

from __future__ import annotations

from secretkey_lint.appearance import names_a_key
from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import Record
from secretkey_lint.readers.python import libraries
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.calls import Caller
from secretkey_lint.readers.python.displays import mapping_of
from secretkey_lint.readers.python.mentions import APPLICATIONS
from secretkey_lint.readers.python.objects import (
    ENVIRONMENT,
    Alternative,
    Arguments,
    Class,
    Const,
    Entry,
    Instance,
    Items,
    Lookup,
    Mapping,
    Scope,
    Symbol,
    Unknown,
    one,
)
from secretkey_lint.readers.python.units import configures_sessions
from secretkey_lint.vocabulary import KEY, is_fallbacks_name, is_key_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

    from secretkey_lint.readers.python.modules import Modules
    from secretkey_lint.readers.python.objects import Alternatives, Guards, Object
else:
    from secretkey_lint.readers.python import syntax as cst

NAMESPACES = ("builtins.globals()", "builtins.locals()", "builtins.vars()")
"""Ways to the names of the module itself."""

_TEST_ONLY = frozenset({"override_settings", "modify_settings", "settings"})
_HOLDERS = frozenset(
    {"app", "application", "conf", "config", "configuration", "env", "environ", "flask_app", "settings"}
)
_SETS_ONE = frozenset({"setdefault", "setenv", "putenv", "set", "__setitem__", "setattr", "setitem"})
_SETS_MANY = frozenset({"update", "from_mapping", "configure", "dict", "config", "from_dict"})
_ACCESS_KEYS = frozenset({"ACCESS_KEY", "ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID"})


class Found(Record):
    """A place that gives the key `name` values; `scope` is the class whose attribute it is, or nothing.

    `has_safe_value` says that one of the values that it may have is no literal: the literals stand in for that.
    """

    name: str
    values: Alternatives
    place: cst.CSTNode
    scope: str = ""
    has_safe_value: bool = False


class Sinks(Caller):
    """Notes what reaches the key, in `found`."""

    def __init__(self, modules: Modules | None = None) -> None:
        super().__init__(modules)
        self.found: list[Found] = []
        self.scope_name = ""
        self.debug: Alternatives = ()
        self.is_settings = True
        """Whether the module looks like settings; elsewhere a constant may hold a name, or another service's key."""
        self.is_followed = True
        """Whether it is followed into all that may change what it finds in the environment."""

    def note(self, name: str, values: Alternatives, place: cst.CSTNode, flow: Flow) -> None:
        """Note that `place` gives the key `name` these values, on the path that `flow` is on."""
        values = self.settled(values, flow)
        guarded = tuple(Alternative(each.value, each.guards | flow.path, place) for each in values)
        self.found.append(Found(name, guarded, place, self.scope_name, _has_safe_value(values)))

    def note_names(self, names: dict[str, Alternatives], *, lower: bool = False) -> None:
        """Note what the key's names hold when a module or the body of a class is over."""
        if not self.scope_name:
            scope = Scope(names)
            self.debug = self.held("DEBUG", scope, Flow(scope)) or self.debug
        if not self.is_settings and not _ACCESS_KEYS.isdisjoint(names):
            return  # one half of a pair that a cloud service gives
        started = _guards_of_a_start(names.get(KEY, ()))
        for name, values in names.items():
            if is_key_name(name) or (lower and is_key_name(name.upper())):
                more = started if is_fallbacks_name(name) else frozenset()
                safe = _has_safe_value(values)
                for each in (Alternative(held.value, held.guards | more, held.place) for held in values):
                    if each.place is not None and (self.is_settings or not _is_a_name(each.value)):
                        self.found.append(Found(name, (each,), each.place, self.scope_name, safe))

    def bind(self, target: cst.CSTNode, value: Alternatives, flow: Flow) -> None:
        """Give `target` a value."""
        match target:
            case cst.Name(value=name):
                self._bind_name(name, value, target, flow)
            case cst.Tuple(elements=elements) | cst.List(elements=elements):
                star = next((at for at, each in enumerate(elements) if isinstance(each, cst.StarredElement)), None)
                for position, element in enumerate(elements):
                    if position == star:
                        self.bind(element.value, one(Unknown(target)), flow)
                        continue
                    # what stands behind the star is counted from the end
                    at = position if star is None or position < star else position - len(elements)
                    self.bind(element.value, self._unpacked(value, at, target), flow)
            case cst.Attribute(attr=cst.Name(value=name)):
                owners = self.evaluate(target.value, flow)
                if is_key_name(name) or (
                    name == "secret_key"
                    and (
                        _called_name(target.value) in APPLICATIONS
                        or any(_is_application(each.value) for each in owners)
                    )
                ):
                    self.note(name, value, target, flow)
                for owner in owners:
                    self.set_attribute(owner.value, name, value, flow)
            case cst.Subscript():
                self._bind_subscript(target, value, flow)

    def set_attribute(self, owner: Object, name: str, value: Alternatives, flow: Flow) -> None:
        """Give an object of the project an attribute."""
        if isinstance(owner, Instance | Class):
            owner.attributes.names[name] = tuple(Alternative(each.value, each.guards | flow.path) for each in value)

    def _bind_global(self, name: str, value: Alternatives, place: cst.CSTNode, flow: Flow) -> None:
        """Give a name of the module a value, from wherever that is done."""
        if flow.scope.outer is not None and name in flow.scope.names and name not in flow.scope.shared:
            found = tuple(Alternative(each.value, each.guards | flow.path, place) for each in value)
            self.replace(name, found, flow.scope.root)  # the function has another of that name for itself
            return
        if flow.scope.outer is not None:
            flow.scope.shared.add(name)
        self._bind_name(name, value, place, flow)

    def replace(self, name: str, value: Alternatives, scope: Scope) -> None:
        """Give a name the value that a function gave it."""
        if is_key_name(name):
            self._note_replaced(name, scope.names.get(name, ()), value)
        scope.names[name] = value

    def _bind_name(self, name: str, value: Alternatives, place: cst.CSTNode, flow: Flow) -> None:
        names = flow.scope.names
        if is_key_name(name):
            value = self.settled(value, flow)
            self._note_replaced(name, names.get(name, ()), value)
            if flow.scope.outer is not None and not self.scope_name and name not in flow.scope.shared:
                self.note(name, value, place, flow)
        elif name.startswith(ENVIRONMENT) and flow.scope.outer is not None:
            flow.scope.shared.add(name)
        names[name] = tuple(Alternative(each.value, each.guards | flow.path, place) for each in value)

    def _note_replaced(self, name: str, old: Alternatives, new: Alternatives) -> None:
        """Note values that are never used because others take their place: they are published all the same."""
        kept = {id(node) for each in new for node in constants_in(each.value)}
        for each in old:
            if each.place is not None and any(id(node) not in kept for node in constants_in(each.value)):
                guards = each.guards | {Guard("unreachable")}
                self.found.append(
                    Found(name, (Alternative(each.value, guards, each.place),), each.place, self.scope_name)
                )

    def _unpacked(self, value: Alternatives, position: int, node: cst.CSTNode) -> Alternatives:
        def element(each: Object) -> Alternatives:
            if isinstance(each, Items) and each.complete and -len(each.items) <= position < len(each.items):
                return each.items[position]
            return one(Unknown(node))

        return self.each(value, element)

    def _bind_subscript(self, target: cst.Subscript, value: Alternatives, flow: Flow) -> None:
        index = target.slice[0].slice if len(target.slice) == 1 else None
        if not isinstance(index, cst.Index):
            return
        owners = self.evaluate(target.value, flow)
        for key in self.evaluate(index.value, flow):
            if not isinstance(key.value, Const) or not isinstance(key.value.value, str):
                continue
            name = key.value.value
            for owner in owners:
                match owner.value:
                    case Symbol(path=path) if path in NAMESPACES:
                        if path != NAMESPACES[0] and flow.scope.outer is not None and not flow.scope.of_class:
                            continue  # a function's own names cannot be bound so
                        self._bind_global(name, value, target, flow)
                    case Symbol(path="os.environ"):
                        self._bind_name(f"{ENVIRONMENT}{name}", value, target, flow)
                        if is_key_name(name):
                            self.note(name, value, target, flow)
                    case Mapping(entries=entries, complete=complete) if isinstance(target.value, cst.Name):
                        changed = Mapping((*entries, Entry(name, value, target)), target, complete)
                        self.bind(target.value, one(changed), flow)
                    case _:
                        if is_key_name(name) and _called_name(target.value) in _HOLDERS:
                            self.note(name, value, target, flow)

    # calls

    def entries_of(self, arguments: Arguments, method: str) -> tuple[Entry, ...]:
        """Return the entries that `update(…)` or `setdefault(key, value)` adds to a dictionary."""
        if method == "setdefault":
            key, value = arguments.get(0, None), arguments.get(1, None)
            if key and value and isinstance(key[0].value, Const):
                return (Entry(key[0].value.value, value, key[0].value.node),)
            return ()
        found: list[Entry] = []
        for positional in arguments.positional:
            for each in positional:
                if isinstance(each.value, Mapping):
                    found += each.value.entries
                elif isinstance(each.value, Items):
                    pairs = mapping_of(each.value.items, each.value.node)
                    found += pairs.entries if isinstance(pairs, Mapping) else ()
        return (*found, *arguments.named)

    def note_call(self, node: cst.Call, arguments: Arguments, flow: Flow) -> None:
        """Note what a call gives to the key by its arguments."""
        method = _called_name(node.func)
        if method in ("Env", "FileAwareEnv"):
            return  # a scheme: what it says counts where the name is looked up
        for entry in () if method in _SETS_MANY and self._is_of_names(node.func, flow) else arguments.named:
            name = str(entry.key)
            if is_key_name(name) or (name == "secret_key" and configures_sessions(node)):
                value = entry.value
                if method in _TEST_ONLY:
                    value = tuple(Alternative(each.value, each.guards | {Guard("testing")}) for each in value)
                self.note(name.upper(), value, entry.node, flow)
        if method in _SETS_MANY:
            self._note_many(node, method, arguments, flow)
        elif method in _SETS_ONE:
            self._note_one(node, method, arguments, flow)
        elif method == "Validator":
            self._note_validator(node, arguments, flow)
        elif method == "settings":
            self._note_platform(node, arguments, flow)

    def _is_of_names(self, method: cst.CSTNode, flow: Flow) -> bool:
        """Whether a method is one of the names of a module, so that what it gives them is bound, and may be replaced."""
        owners = self.evaluate(method.value, flow) if isinstance(method, cst.Attribute) else ()
        return any(isinstance(each.value, Symbol) and each.value.path in NAMESPACES for each in owners)

    def _note_many(self, node: cst.Call, method: str, arguments: Arguments, flow: Flow) -> None:
        """`globals().update({…})`, `settings.configure(**{…})`, `app.config.update({…})`, `os.environ.update({…})`."""
        if not isinstance(node.func, cst.Attribute):
            return
        owners = self.evaluate(node.func.value, flow)
        entries = self.entries_of(arguments, method)
        for owner in owners:
            if isinstance(owner.value, Mapping):
                return
            path = owner.value.path if isinstance(owner.value, Symbol) else ""
            for entry in entries:
                if path in NAMESPACES and isinstance(entry.key, str):
                    self._bind_global(entry.key, entry.value, entry.node, flow)
                elif path == "os.environ":
                    self._bind_name(f"{ENVIRONMENT}{entry.key}", entry.value, entry.node, flow)
                if is_key_name(str(entry.key)) and path not in NAMESPACES and entry not in arguments.named:
                    self.note(str(entry.key), entry.value, entry.node, flow)

    def _note_one(self, node: cst.Call, method: str, arguments: Arguments, flow: Flow) -> None:
        """`os.environ.setdefault(name, value)`, `setattr(settings, name, value)`, `monkeypatch.setenv(name, value)`."""
        first = 1 if method in ("setattr", "setitem") else 0
        names, value = arguments.get(first, "name"), arguments.get(first + 1, "value")
        if names is None or value is None:
            return
        owners = self.evaluate(node.func.value, flow) if isinstance(node.func, cst.Attribute) else None
        if owners is None and method == "setattr":
            owners = arguments.get(0, None)
        owner = owners[0].value if owners else None
        for each in names:
            if not isinstance(each.value, Const) or not isinstance(each.value.value, str) or isinstance(owner, Mapping):
                continue
            name = each.value.value
            if isinstance(owner, Symbol) and owner.path in NAMESPACES:
                held = flow.scope.root.names.get(name) if method == "setdefault" else None
                if held is None:
                    self._bind_global(name, value, node, flow)
                continue
            if owner is not None and method == "setattr":
                self.set_attribute(owner, name, value, flow)
            if isinstance(owner, Symbol) and owner.path == "os.environ":
                value = tuple(Alternative(self._lookup(name, default.value, node), default.guards) for default in value)
                self._bind_name(f"{ENVIRONMENT}{name}", value, node, flow)
            if is_key_name(name):
                self.note(name, value, node, flow)

    def set_variables(self, read: Mapping, node: cst.CSTNode, flow: Flow, *, missing: bool = False) -> None:
        """Set variables; if asked, those of them that are missing."""
        for entry in read.entries:
            value = entry.value
            if missing:
                value = tuple(
                    Alternative(self._lookup(str(entry.key), each.value, node), each.guards) for each in value
                )
            self._bind_name(f"{ENVIRONMENT}{entry.key}", value, node, flow)

    def _note_platform(self, node: cst.Call, arguments: Arguments, flow: Flow) -> None:
        """`django_heroku.settings(locals())`: the variable of the key takes the place of what the module says."""
        called = self.evaluate(node.func, flow)
        if not any(isinstance(each.value, Symbol) and each.value.path in libraries.CONFIGURE for each in called):
            return
        given = arguments.get(0, "config")
        namespaces = [each.value.path for each in given or () if isinstance(each.value, Symbol)]
        asked = arguments.get(None, "secret_key") or ()
        is_off = any(isinstance(each.value, Const) and each.value.value is False for each in asked)
        if is_off or not namespaces or not set(namespaces) <= set(NAMESPACES):
            return
        held = flow.scope.root.names.get(KEY) or one(Const(None, node))
        looked_up = tuple(Alternative(self._lookup(KEY, each.value, node), each.guards) for each in held)
        self._bind_global(KEY, looked_up, node, flow)

    def _note_validator(self, node: cst.Call, arguments: Arguments, flow: Flow) -> None:
        """Dynaconf's `Validator("SECRET_KEY", default=…)`."""
        default = arguments.get(None, "default")
        for name in arguments.get(0, None) or ():
            if isinstance(name.value, Const) and is_key_name(str(name.value.value)) and default is not None:
                found = tuple(
                    Alternative(Lookup(str(name.value.value), node, each.value), each.guards) for each in default
                )
                self.note(str(name.value.value), found, node, flow)


def _guards_of_a_start(keys: Alternatives) -> Guards:
    """What holds wherever there is a key: former keys count only there."""
    guards = [
        each.guards | _is_set(each.value)
        for each in keys
        if not (isinstance(each.value, Const) and not each.value.value)
    ]
    return frozenset.intersection(*guards) if guards else frozenset()


def _is_set(value: Object) -> Guards:
    """What holds where a lookup yields a key that has no default to yield."""
    match value:
        case Lookup(name=name, default=None) | Lookup(name=name, default=Const(value="" | None)):
            return frozenset({Guard("unset", False, name)})
        case _:
            return frozenset()


def _is_a_name(value: Object) -> bool:
    """Whether a constant, or the first of several, says what a key is called."""
    if isinstance(value, Items) and value.items and len(value.items[0]) == 1:
        value = value.items[0][0].value
    return isinstance(value, Const) and isinstance(value.value, str) and names_a_key(value.value)


def _has_safe_value(values: Alternatives) -> bool:
    return any(not isinstance(each.value, Const | Items) for each in values)


def constants_in(value: object) -> list[cst.CSTNode]:
    """Return the nodes of the texts that `value` may give to the key."""
    match value:
        case Const(value=str() | bytes(), node=node):
            return [node]
        case Lookup(default=default) if default is not None:
            return constants_in(default)
        case Items(items=items):
            return [node for item in items for each in item for node in constants_in(each.value)]
        case _:
            return []


def _called_name(node: cst.CSTNode) -> str:
    match node:
        case cst.Attribute(attr=cst.Name(value=name)) | cst.Name(value=name):
            return name
        case _:
            return ""


def _is_application(value: object) -> bool:
    """Whether an object is a Flask application, by what made it."""
    return isinstance(value, Symbol) and value.path.endswith(("Flask()", "Quart()"))
