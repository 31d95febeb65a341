"""Where code reads the key: `settings.SECRET_KEY`, `app.config["SECRET_KEY"]`, `os.environ["SECRET_KEY"]` and the like.

By the look of an expression alone. What the receiver is called decides: a name that says more than "settings" (that
they are those of a storage, a payment service) may hold another key of the same name, and is not ours.
"""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.readers.python.strings import text_of
from secretkey_lint.vocabulary import KEY, NEEDLES, further_names, is_fallbacks_name, is_key_name, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    import libcst as cst

    from secretkey_lint.readers.python.objects import Hop
else:
    from secretkey_lint.readers.python import syntax as cst

ANY = None
"""In the path of a mention: an element that cannot be told from the others."""

_NAMES = tuple(needle.decode() for needle in NEEDLES[:2])
_BINDINGS = ("#", "SECRET_KEY =", "SECRET_KEY=", "SECRET_KEY:")
_HOLDER_WORDS = frozenset({"cfg", "conf", "config", "configuration", "setting", "settings"})
_PLAIN_WORDS = _HOLDER_WORDS | frozenset(
    """
    app base common core current default dev development django fetch flask get global lazy load local main my obj old
    prod production project root self site test the
    """.split()
)
APPLICATIONS = frozenset({"app", "application", "current_app", "flask_app"})
"""What Flask's applications are called, whose `secret_key` is the key."""

_ENVIRONMENTS = frozenset({"environ", "environb"})
_LOOKUPS = frozenset({"bytes", "get", "get_value", "getenv", "pop", "str"})
_ENVIRONMENT_CALLS = frozenset({"config", "env", "getenv"})
_NAMESPACES = frozenset({"globals", "locals", "vars"})


class Mention(Record):
    """The key as what an expression yields, or as a part of that.

    `node` is where it is read, `path` where it is in a container that the expression yields: keys and indices, `ANY`
    where they are not known; empty if the expression is the text of the key, or one made with it. `via` is the way from
    there. `whole` says that all settings are shown, the key among them; `parameter` names what may be the key, in a
    function that is looked at on its own. `holder` is where a container with it is used, if that has a name.
    """

    node: cst.CSTNode
    name: str = KEY
    path: tuple[str | int | None, ...] = ()
    via: tuple[Hop, ...] = ()
    whole: bool = False
    parameter: str = ""
    holder: cst.CSTNode | None = None


class Readings:
    """Knows the key where it is read; `aliases` says what the names of a module are called where they come from."""

    def __init__(self) -> None:
        self.aliases: dict[str, str] = {}
        self.flask = False
        """Whether the module knows Flask, whose applications have a `config` that is a dictionary."""

    def of(self, node: cst.CSTNode) -> Mention | None:
        """Return the key if `node` reads it out of settings, the environment or an application."""
        match node:
            case cst.Attribute(value=holder, attr=cst.Name(value=name)):
                if is_key_name(name) and self.is_holder(holder):
                    return _mention(node, name)
                if name == KEY.lower() and self._is_application(holder):
                    return _mention(node, KEY)
                if (name == "config" and self.flask and self._is_application(holder)) or (
                    name == "__dict__" and self.is_holder(holder)
                ):
                    return Mention(node, KEY, (KEY,), whole=True)
            case cst.Subscript(value=holder):
                entry = entry_of(node)
                if isinstance(entry, str) and is_key_name(entry) and self._is_mapping(holder):
                    return _mention(node, entry)
            case cst.Call(func=function, args=arguments):
                return self._of_call(node, function, arguments)
        return None

    def _of_call(self, node: cst.CSTNode, function: cst.CSTNode, arguments: Sequence[cst.Arg]) -> Mention | None:
        called = last_name(function)
        if called == "getattr" and len(arguments) > 1:
            sought = constant(arguments[1].value)
            return (
                _mention(node, sought)
                if sought and is_key_name(sought) and self.is_holder(arguments[0].value)
                else None
            )
        if called == "vars" and len(arguments) == 1 and self.is_holder(arguments[0].value):
            return Mention(node, KEY, (KEY,), whole=True)
        name = constant(arguments[0].value) if arguments else None
        if name is None or not is_key_name(name):
            return None
        match function:
            case cst.Name(value=alias):
                asks = self.aliases.get(alias, alias) in _ENVIRONMENT_CALLS
            case cst.Attribute(value=cst.Name(value="os")):
                asks = called == "getenv"
            case cst.Attribute(value=holder):
                asks = called in _LOOKUPS and (self._is_mapping(holder) or last_name(holder) == "env")
            case _:
                asks = False
        return _mention(node, name) if asks else None

    def is_holder(self, node: cst.CSTNode) -> bool:
        """Whether an expression is called as the settings are: `settings`, `django_settings`, `get_config()`."""
        if isinstance(node, cst.Call):
            node = node.func
        name = last_name(node)
        parts = words(self.aliases.get(name, name) if isinstance(node, cst.Name) else name)
        return not _HOLDER_WORDS.isdisjoint(parts) and _PLAIN_WORDS.issuperset(parts)

    def _is_application(self, node: cst.CSTNode) -> bool:
        name = last_name(node)
        return (self.aliases.get(name, name) if isinstance(node, cst.Name) else name) in APPLICATIONS

    def _is_mapping(self, node: cst.CSTNode) -> bool:
        """Whether an expression is a mapping with the settings or the environment variables."""
        match node:
            case cst.Call(func=cst.Name(value=name)) if name in _NAMESPACES:
                return True
            case cst.Attribute(attr=cst.Name(value="__dict__")):
                return True
        name = last_name(node)
        if isinstance(node, cst.Name):
            name = self.aliases.get(name, name)
        return name in _ENVIRONMENTS or name == "env" or self.is_holder(node)


def _mention(node: cst.CSTNode, name: str) -> Mention:
    return Mention(node, name, (ANY,) if is_fallbacks_name(name) else ())


def last_name(node: object) -> str:
    """Return the last name of `a.b.c`, of what is called in `a.b.c()`, or nothing."""
    while isinstance(node, cst.Call):
        node = node.func
    match node:
        case cst.Name(value=name) | cst.Attribute(attr=cst.Name(value=name)):
            return name
    return ""


def dotted(node: object) -> str:
    """Return `a.b.c` as text, or nothing for what is no chain of names."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    return ".".join([node.value, *reversed(parts)]) if isinstance(node, cst.Name) else ""


def constant(node: object) -> str | None:
    """Return the text of a plain string, or None."""
    if isinstance(node, cst.SimpleString):
        text = text_of(node.value)
        return text if isinstance(text, str) else None
    return None


def integer(node: object) -> int | None:
    """Return the value of a small whole number, or None."""
    match node:
        case cst.Integer(value=digits) if digits.isdecimal() and len(digits) < 10:
            return int(digits)
        case cst.UnaryOperation(operator=cst.Minus(), expression=cst.Integer(value=digits)) if digits.isdecimal():
            return -int(digits[:10])
    return None


def entry_of(node: cst.Subscript) -> str | int | None:
    """Return the constant key or index of a subscript, or `ANY`."""
    match node.slice:
        case (cst.SubscriptElement(slice=cst.Index(value=index)),):
            text = constant(index)
            return text if text is not None else integer(index)
    return ANY


def may_read_the_key(text: str) -> bool:
    """Whether a line of a module names the key and does more than bind it."""
    names = (*_NAMES, *further_names())
    return any(
        any(name in line for name in names) and (not line.lstrip().startswith(_BINDINGS) or ";" in line)
        for line in text.splitlines()
    )
