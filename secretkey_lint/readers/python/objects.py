"""What an expression can be while the interpreter works: its abstract values.

Richer than `model.value`, which is what rules see: lists, functions and classes of the project are objects here.
Every evaluation yields *alternatives*, each with the guards under which it holds.
"""

from __future__ import annotations

from secretkey_lint.model.binding import Guard
from secretkey_lint.model.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst

Guards = frozenset[Guard]
ENVIRONMENT = "os.environ:"
"""What names under which variables that the module itself sets are kept begin with; no identifier does."""

NO_GUARDS: Guards = frozenset()


class Hop(Record):
    """A step of the way of a constant: the node where it is passed on, and in which role."""

    node: cst.CSTNode
    message: str


class Const(Record):
    """A Python constant that the repository alone determines, and the node that it stands in."""

    value: object
    node: cst.CSTNode
    via: tuple[Hop, ...] = ()

    def __repr__(self) -> str:
        return f"Const(<{type(self.value).__name__}>)"


class Items(Record):
    """A list, tuple or set; not `complete` when elements are known to be missing."""

    items: tuple[Alternatives, ...]
    node: cst.CSTNode
    complete: bool = True


class Mapping(Record):
    """A dictionary with constant keys; not `complete` when there may be other entries."""

    entries: tuple[Entry, ...]
    node: cst.CSTNode
    complete: bool = True

    def entry(self, key: object) -> Entry | None:
        """Return the last entry with this key."""
        return next((entry for entry in reversed(self.entries) if entry.key == key), None)

    def without(self, key: object) -> Mapping:
        """Return the mapping that is left when the entry with this key is taken out."""
        return Mapping(tuple(entry for entry in self.entries if entry.key != key), self.node, self.complete)


class Entry(Record):
    """One entry of a mapping."""

    key: object
    value: Alternatives
    node: cst.CSTNode


class Lookup(Record):
    """A lookup of the environment variable `name`; `default` is None where the lookup fails when it is not set.

    Where `name` is empty, it is that of the attribute that the lookup is bound to, behind `prefix`.
    """

    name: str
    node: cst.CSTNode
    default: Object | None = None
    prefix: str = ""


class Opaque(Record):
    """A string whose text is not known but whose origin is: `external`, `random`, `derived`, `committed`.

    `file` is the path in the project of the file that it is read from. `samples` stand for what is random: two things
    of its kind, or none where nothing is known of it.
    """

    origin: str
    node: cst.CSTNode
    file: str = ""
    samples: tuple[object, ...] = ()

    def __repr__(self) -> str:  # texts of the repository may have gone into the samples
        return f"Opaque({self.origin!r})"


class Symbol(Record):
    """Something of a library, by the way to it: `os.environ`, `environ.Env()`, `boto3.client().get_secret_value()[]`.

    `arguments` are those of the last call on the way.
    """

    path: str
    node: cst.CSTNode
    arguments: Arguments | None = None


class Arguments(Record):
    """The arguments of a call; `complete` is False after a `*` or `**` that could not be followed."""

    positional: tuple[Alternatives, ...] = ()
    named: tuple[Entry, ...] = ()
    complete: bool = True

    def followed_by(self, other: Arguments) -> Arguments:
        """Return the arguments of a call that gives `other` after these."""
        return Arguments(self.positional + other.positional, self.named + other.named, self.complete and other.complete)

    def get(self, position: int | None, name: str | None) -> Alternatives | None:
        """Return the argument at `position` or of `name`, or None."""
        for entry in reversed(self.named):
            if entry.key == name:
                return entry.value
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None


class Function(Record):
    """A function or lambda of the project, with the names around it."""

    node: cst.FunctionDef | cst.Lambda
    scope: Scope
    defaults: tuple[tuple[str, Alternatives], ...] = ()
    receiver: Object | None = None
    kind: str = ""
    """`property`, `staticmethod` or `classmethod`, by its decorator."""


class Partial(Record):
    """A call that waits for the rest of its arguments: `functools.partial(called, …)`."""

    called: Object
    arguments: Arguments
    node: cst.CSTNode


class Class(Record):
    """A class of the project: its attributes as its body leaves them."""

    name: str
    node: cst.CSTNode
    attributes: Scope
    bases: tuple[Object, ...] = ()
    fields: tuple[str, ...] = ()
    """What its instances are made of, in the order of the arguments, where they are given it and no `__init__` is."""


class Instance(Record):
    """An instance of a class of the project, or of one that takes any attributes (`SimpleNamespace`)."""

    of: Class
    node: cst.CSTNode
    attributes: Scope


class Module(Record):
    """A module of the project: `path` is its file's in the project, or its folder's, which ends with `/`."""

    path: str
    node: cst.CSTNode


class Imported(Record):
    """What a module of the project calls `name`, which nobody has asked for yet; `path` is the module's."""

    path: str
    name: str
    node: cst.CSTNode


class Place(Record):
    """A path in the project, without a `/` at its end: "" is the project's own folder."""

    path: str
    node: cst.CSTNode


class Truth(Record):
    """A boolean that depends on conditions: what holds when it is true, and what when it is false."""

    node: cst.CSTNode
    known: bool | None = None
    when_true: Guards = NO_GUARDS
    when_false: Guards = NO_GUARDS


class Unknown(Record):
    """Nothing can be said; `limited` where a limit, not the code, is the cause."""

    node: cst.CSTNode
    limited: bool = False


Object = (
    Const
    | Items
    | Mapping
    | Lookup
    | Opaque
    | Symbol
    | Function
    | Partial
    | Class
    | Instance
    | Module
    | Imported
    | Place
    | Truth
    | Unknown
)


class Alternative(Record):
    """One of the things that an expression can be, and the conditions for it.

    `place` is the target that the value was bound to last.
    """

    value: Object
    guards: Guards = NO_GUARDS
    place: cst.CSTNode | None = None


Alternatives = tuple[Alternative, ...]


class Scope:
    """Names and what they can be; `outer` is where names that are not here are looked up."""

    __slots__ = ("names", "of_class", "outer", "shared")

    def __init__(
        self,
        names: dict[str, Alternatives] | None = None,
        outer: Scope | None = None,
        shared: set[str] | None = None,
        of_class: bool = False,
    ) -> None:
        self.names = names if names is not None else {}
        self.outer = outer
        self.shared: set[str] = shared if shared is not None else set()
        """Names of a function that are the module's: `global`, `globals()[…]`. They are handed back when it is over.

        One set for all copies of a scope, by which they are known as such.
        """
        self.of_class = of_class
        """Whether it is that of the body of a class, which functions in it do not see."""

    @property
    def root(self) -> Scope:
        """The module's names."""
        scope = self
        while scope.outer is not None:
            scope = scope.outer
        return scope

    def seen_from(self, root: Scope) -> Scope:
        """Return this scope where the module's names are those of `root`, if that is a state of the same module."""
        if self.outer is None:
            return root if root.shared is self.shared else self
        outer = self.outer.seen_from(root)
        return self if outer is self.outer else Scope(self.names, outer, self.shared, self.of_class)

    def find(self, name: str) -> Alternatives | None:
        """Return what `name` can be, or None where it was never bound."""
        scope: Scope | None = self
        while scope is not None:
            found = scope.names.get(name)
            if found is not None:
                return found
            scope = scope.outer
        return None


def one(value: Object) -> Alternatives:
    """Return `value` as the only alternative."""
    return (Alternative(value),)


def passed_on(value: Object, node: cst.CSTNode, message: str = "used here") -> Object:
    """Return a value where it is passed on at `node`: a text remembers the way it took."""
    match value:
        case Const(value=str() | bytes(), node=origin, via=via):
            return Const(value.value, origin, (*via, Hop(node, message)))
        case Lookup(name=name, node=origin, default=Const() as default, prefix=prefix):
            return Lookup(name, origin, passed_on(default, node, message), prefix)
        case _:
            return value


def may_be_text(value: Object) -> bool:
    """Whether a value may serve as a text."""
    return isinstance(value, Lookup | Opaque) or (isinstance(value, Const) and isinstance(value.value, str | bytes))


def is_hashable(value: object) -> bool:
    """Whether a constant may be the key of a dictionary."""
    return isinstance(value, str | bytes | int | float | bool | None)
