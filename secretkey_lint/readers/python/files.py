"""Files that the settings read: what the repository tracks is known to its readers, everything else is not."""

from __future__ import annotations

from secretkey_lint.readers.python import libraries, paths
from secretkey_lint.readers.python.builtin_functions import Builtins
from secretkey_lint.readers.python.objects import (
    Alternative,
    Const,
    Entry,
    Mapping,
    Opaque,
    Place,
    Symbol,
    Truth,
    Unknown,
    one,
)
from secretkey_lint.readers.python.strings import text_of, unescape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from secretkey_lint.readers.python.objects import Alternatives, Arguments, Object
else:
    from secretkey_lint.readers.python import syntax as cst

_READING_METHODS = frozenset({"read_text", "read_bytes", "open"})
_TESTS = frozenset({"exists", "is_file"})
_UNKNOWN = "\0"
"""What stands for a piece of a text that is not known."""


_VARIABLES = frozenset(
    {"dotenv.load_dotenv", "dotenv.main.load_dotenv", "dotenv.dotenv_values", "dotenv.main.dotenv_values"}
)
"""Functions that read environment files."""


def variables(text: str) -> Iterator[tuple[str, str]]:
    """Yield the names of the variables that the text of an environment file gives a value, and that."""
    from io import StringIO

    from dotenv.parser import parse_stream

    for entry in parse_stream(StringIO(text, newline="")):
        if entry.key is not None and entry.value:
            yield entry.key, entry.value


class Files(Builtins):
    """Evaluates what reads files, or computes where they are."""

    def file_call(self, path: str, arguments: Arguments, node: cst.Call) -> Alternatives | None:
        """Return what a function of a library yields that is given a path, or None where it is given none."""
        first = arguments.get(0, "file") or arguments.get(None, "path") or arguments.get(None, "dotenv_path")
        if first is None or not all(isinstance(each.value, Place | Const | Opaque) for each in first):
            return None
        if path in libraries.FILES:
            return self.each(first, lambda value: one(self._content(value, node)))
        names = [_text(each) for each in arguments.positional[1:]]
        known = [name for name in names if name is not None]

        def result(value: Object) -> Alternatives:
            if isinstance(value, Place):
                if path in ("os.path.exists", "os.path.isfile"):
                    return one(self._existence(value.path, node))
                made = paths.call(path, value.path, known, node) if len(known) == len(names) else None
                return one(made if made is not None else Unknown(node))
            if isinstance(value, Const) and path in ("pathlib.Path", "os.path.join", "os.path.abspath"):
                text = _text(one(value))
                if text is not None and not text.startswith("/") and len(known) == len(names):
                    return one(Place(paths.join("", self._beside(text), *known), node))
            return one(Unknown(node))

        if any(isinstance(each.value, Place) for each in first) or path == "pathlib.Path":
            return self.each(first, result)
        return None

    def variables_of(self, path: str, arguments: Arguments, node: cst.Call) -> Mapping | None:
        """Return the variables that a call takes from an environment file that the repository tracks; None for others."""
        instance = path.removesuffix(".read_env")
        if path not in _VARIABLES and not (
            instance in ("environ.Env", "environ.Env()", "environs.Env()") and instance != path
        ):
            return None
        first = arguments.get(0, "dotenv_path") or arguments.get(None, "env_file") or arguments.get(None, "path")
        stream = (arguments.get(1, "stream") or first or (None,))[0]
        if stream is not None and isinstance(stream.value, Symbol) and stream.value.path == "io.StringIO()":
            return self._variables_in(stream.value, node)
        place = first[0].value if first is not None and len(first) == 1 else None
        if place is None or isinstance(place, Const):
            name = _text(first) if first is not None else ".env"
            file = self._beside(name) if name is not None else ""
        else:
            file = place.path if isinstance(place, Place) else ""
        found = self.modules.surroundings.read(file)
        if found is None:
            return Mapping((), node, complete=False)
        return Mapping(
            tuple(Entry(name, one(Opaque("committed", node, file=file)), node) for name, _ in variables(found.text())),
            node,
            False,
        )

    def _variables_in(self, stream: Symbol, node: cst.CSTNode) -> Mapping:
        """The variables of a text in memory, as far as it is known: `io.StringIO("NAME=value")`."""
        texts = stream.arguments.get(0, "initial_value") if stream.arguments is not None else None
        entries = tuple(
            Entry(name, (Alternative(Const(value, each.value.node), each.guards),), node)
            for each in texts or ()
            for name, value in variables(_known(each.value))
            if _UNKNOWN not in value
        )
        return Mapping(entries, node, complete=False)

    def path_method(self, place: Place, name: str, arguments: Arguments, node: cst.Call) -> Alternatives:
        """Return what a method of a path yields."""
        if name in _READING_METHODS:
            return one(self._content(place, node))
        if name in _TESTS:
            return one(self._existence(place.path, node))
        names = [_text(each) for each in arguments.positional]
        known = [each for each in names if each is not None]
        made = paths.method(place.path, name, known, node) if len(known) == len(names) else None
        return one(made if made is not None else Unknown(node))

    def _content(self, value: Object, node: cst.CSTNode) -> Object:
        """What reading a file yields, given its path or what `open` gave of it."""
        if isinstance(value, Opaque):
            return value
        path = value.path if isinstance(value, Place) else self._beside(_text(one(value)) or "/")
        tracked = self._tracked(path)
        return Opaque("external", node) if tracked is None else Opaque("committed", node, file=tracked)

    def _existence(self, path: str, node: cst.CSTNode) -> Truth:
        """What it says that a path leads to something: what the repository tracks is always there."""
        return Truth(node, None if self._tracked(path) is None else True)

    def _tracked(self, path: str) -> str | None:
        """The path of a tracked file that says something, or None."""
        file = self.modules.surroundings.read(path)
        return path if file is not None and file.content.strip() else None

    def _beside(self, name: str) -> str:
        """Where a path that is relative to the working directory leads: to the project's root, or the module's folder."""
        if name.startswith("/"):
            return ".." + name
        folder = self.here
        while folder:
            folder = paths.parent(folder)
            path = paths.join(folder, name)
            if self._tracked(path) is not None:
                return path
        return name

    def committed_entry(self, value: Opaque, keys: Alternatives, node: cst.CSTNode) -> Object:
        """Return what an entry of a file's content is: nothing where the file doesn't name it."""
        file = self.modules.surroundings.read(value.file)
        texts = [each.value.value for each in keys if isinstance(each.value, Const)]
        if file is not None and all(isinstance(text, int) or str(text).encode() in file.content for text in texts):
            return Opaque("committed", node, file=value.file)
        return Unknown(node)


def _known(value: Object) -> str:
    """The text of a value; what is not known of it is a character that no text has."""
    if isinstance(value, Const):
        return value.value if isinstance(value.value, str) else _UNKNOWN
    return _pieces(value.node)


def _pieces(node: cst.CSTNode) -> str:
    match node:
        case cst.SimpleString(value=token):
            text = text_of(token)
            return text if isinstance(text, str) else _UNKNOWN
        case cst.ConcatenatedString(left=left, right=right):
            return _pieces(left) + _pieces(right)
        case cst.FormattedString(parts=parts, start=start) if "r" not in start.lower():
            return "".join(map(_pieces, parts))
        case cst.FormattedStringText(value=written):
            return unescape(written).replace("{{", "{").replace("}}", "}")
        case _:
            return _UNKNOWN


def _text(values: Alternatives) -> str | None:
    """The only text that values can be, or None."""
    value = values[0].value if len(values) == 1 else None
    if isinstance(value, Const) and isinstance(value.value, str):
        return value.value
    return None
