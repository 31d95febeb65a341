"""Files that the settings read: what the repository tracks is known to its readers, everything else is not."""

from __future__ import annotations

from secretkey_lint.readers.python import libraries, paths
from secretkey_lint.readers.python.builtin_functions import Builtins
from secretkey_lint.readers.python.objects import (
    Alternative,
    Const,
    Entry,
    Items,
    Mapping,
    Opaque,
    Place,
    Symbol,
    Truth,
    Unknown,
    one,
)
from secretkey_lint.readers.python.strings import text_of, unescape
from secretkey_lint.readers.python.variable_files import SEARCHED, gives, variables
from secretkey_lint.vocabulary import is_key_name, may_carry

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


_SOURCES = ("env_file", "path", "stream")
"""Words for what variables are read from."""

_VARIABLES = frozenset(
    {"dotenv.load_dotenv", "dotenv.main.load_dotenv", "dotenv.dotenv_values", "dotenv.main.dotenv_values"}
)
"""Functions that read environment files."""


class Files(Builtins):
    """Evaluates what reads files, or computes where they are."""

    def file_call(self, path: str, arguments: Arguments, node: cst.Call) -> Alternatives | None:
        """Return what a function of a library yields that is given a path, or None where it is given none."""
        first = arguments.get(0, "file") or arguments.get(None, "path") or arguments.get(None, "dotenv_path")
        if path in ("dotenv.find_dotenv", "dotenv.main.find_dotenv"):
            name = _text(arguments.get(0, "filename") or one(Const(".env", node)))
            found = self._upward(paths.parent(self.here), (name,)) if name is not None else None
            return one(Place(found, node) if found is not None else Unknown(node))
        if first is None or not all(isinstance(each.value, Place | Const | Opaque) for each in first):
            return None
        if path in libraries.FILES:
            return self.each(first, lambda value: one(self._content(value, node)))
        if path.startswith("decouple."):  # which are made with a folder, or with a file
            return None
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
        given = tuple(self._given(instance, arguments)) if instance != path else ()
        source = arguments.get(0, "dotenv_path") or next(
            filter(None, (arguments.get(None, key) for key in _SOURCES)), None
        )
        value = source[0].value if source is not None and len(source) == 1 else None
        if isinstance(value, Symbol) and value.path == "io.StringIO()" and value.arguments is not None:
            texts = value.arguments.get(0, "initial_value") or ()
            return Mapping((*given, *_variables_in(texts, node)), node, complete=False)
        place = self._source(instance, source, value, arguments)
        file = self.modules.surroundings.read(place)
        if (
            file is None
        ):  # what is given beside a file counts where there is one, as on machines that have an ignored one
            may_be_there = not place or self.modules.surroundings.ignores(place)
            return Mapping(given if may_be_there else (), node, complete=False)
        entries = (
            Entry(name, one(Opaque("committed", node, file=file.project_path)), node)
            for name, _ in variables(file.text())
        )
        return Mapping((*given, *entries), node, complete=False)

    def _given(self, instance: str, arguments: Arguments) -> Iterator[Entry]:
        """The variables that `read_env(path, SECRET_KEY="…")` of django-environ is given beside a file."""
        if instance.startswith("environ."):
            yield from (entry for entry in arguments.named if str(entry.key).isupper())

    def _source(self, instance: str, source: Alternatives | None, value: Object | None, arguments: Arguments) -> str:
        """The path of the file that variables are read from, whether it is there or not; "" where that is not known."""
        if source is None:
            if instance.startswith("environ."):  # it looks beside the module alone
                return paths.join(paths.parent(self.here), ".env")
            return self._upward(paths.parent(self.here), (".env",)) or ""
        if isinstance(value, Opaque):
            return value.file
        path = value.path if isinstance(value, Place) else self._beside(_text(source) or "")
        recurses = arguments.get(None, "recurse")
        is_searched = recurses is None or not (isinstance(recurses[0].value, Const) and not recurses[0].value.value)
        if instance == "environs.Env()" and is_searched:
            return self._upward(paths.parent(path), (path.rpartition("/")[2],)) or path
        return path

    def of_file(self, symbol: Symbol, names: Alternatives, node: cst.CSTNode) -> Alternatives | None:
        """Return what python-decouple finds in a tracked file, or None.

        It looks from the folder of the module upward, or from the one that `AutoConfig` is given; `Config` is given a
        file.
        """
        name = _text(names)
        given = symbol.arguments.get(0, "search_path") if symbol.arguments is not None else None
        source = given[0].value if given is not None and len(given) == 1 else None
        path: str | None
        if isinstance(source, Symbol) and source.path.startswith("decouple.Repository"):
            of = source.arguments.get(0, "source") if source.arguments is not None else None
            place = of[0].value if of is not None and len(of) == 1 else None
            path = place.path if isinstance(place, Place) else self._beside(_text(of or ()) or "/")
        elif isinstance(source, Place) or given is None:
            path = self._upward(source.path if isinstance(source, Place) else paths.parent(self.here), SEARCHED)
        else:
            return None
        found = self._given_by(path, (name,), node) if path is not None and name is not None else None
        return one(found) if found is not None else None

    def _given_by(self, path: str, names: tuple[str, ...], node: cst.CSTNode) -> Object | None:
        """What a tracked file gives to a variable, by one of its names, or None."""
        file = self.modules.surroundings.read(path)
        if file is None or not any(gives(file, name) for name in names):
            return None
        if is_key_name(names[0]) or may_carry(names[0]):  # the file's own reader says so, where it stands
            return None
        return Opaque("committed", node, file=file.project_path)

    def in_files(self, name: str, source: Alternatives, node: cst.CSTNode) -> Object | None:
        """Return what tracked files, of which the last ones count most, give a variable in whatever case, or None."""
        for each in source:
            found: Object | None = None
            match each.value:
                case Items(items=items):
                    for item in reversed(items):
                        found = found or self.in_files(name, item, node)
                case Place(path=path):
                    found = self._given_by(path, (name, name.lower()), node)
                case Const(value=str() as path):
                    found = self._given_by(self._beside(path), (name, name.lower()), node)
            if found is not None:
                return found
        return None

    def _upward(self, folder: str, names: tuple[str, ...]) -> str | None:
        """The first tracked file of one of some names, in a folder or those that it is in, or None."""
        while True:
            for name in names:
                path = paths.join(folder, name)
                if self.modules.surroundings.read(path) is not None:
                    return path
            if not folder or folder.startswith(".."):  # nothing that lies further up is the project's
                return None
            folder = paths.parent(folder)

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


def _variables_in(texts: Alternatives, node: cst.CSTNode) -> Iterator[Entry]:
    """The variables of a text in memory, as far as it is known: `io.StringIO("NAME=value")`."""
    for each in texts:
        for name, value in variables(_known(each.value)):
            if _UNKNOWN not in value:
                yield Entry(name, (Alternative(Const(value, each.value.node), each.guards),), node)


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
