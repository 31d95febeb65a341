"""What the nodes of a document say: entries of names and values, and texts in other languages.

Three mechanisms serve all formats: a pair of a mapping (`SECRET_KEY: …`, or `name: SECRET_KEY` beside `value: …`), an
assignment in a string (`- SECRET_KEY=…`), and a text that is a file or a script, by the key that it has.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Guard, Part
from secretkey_lint.readers.yaml.nodes import Mapping, Scalar, Sequence
from secretkey_lint.readers.yaml.places import SEALED_KINDS, Place, root, simple
from secretkey_lint.readers.yaml.writing import written
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from secretkey_lint.readers.entries import Entry
    from secretkey_lint.readers.yaml.nodes import Node

_NAMES = ("name", "Name", "key", "Key", "ParameterKey", "option_name", "OptionName", "variable")
_VALUES = ("value", "Value", "ParameterValue", "default_value")
_DEFAULTS = ("default", "Default")

_KNOWN_TAGS = frozenset({"", "!", "!unsafe", "!Sub", "tag:yaml.org,2002:str"})
"""Tags under which a text is what is written; all others call for something."""

_SCRIPTS = frozenset(
    """
    after_script after_success args bash before_install before_script bootcmd build build_command buildcommand cmd command
    commands deploy entry entrypoint exec inline inlinescript install pre_deploy_command predeploycommand release run
    run_command runcmd script sh shell start_command startcommand user_data userdata
    """.split()
)
"""Keys whose texts are run by a shell."""

_BUILD_COMMANDS = frozenset({"build_command", "buildcommand"})
_ENVIRONMENTS = frozenset(
    """
    build_args dotenv env env_file env_vars environment environment_variables envfile envs global jobs literals matrix
    set_env_vars variables vars
    """.split()
)
"""Keys whose texts are lines of an environment file."""

_CONTENTS = frozenset({"block", "content", "contents", "line"})
"""Keys whose texts are (part of) the file that a key beside them names."""

_DESTINATIONS = ("dest", "path", "file", "filename", "target", "destination")

_FILE_NAME = re.compile(r"(?:.*/)?([\w-]*\.[\w.-]*[A-Za-z]|env)\Z")
_ASSIGNMENT = re.compile(
    r"(?:\A|(?<=\s))(?:(?:-e|export)\s+|--env[= ]|-e)?(?P<build>--build-arg[= ])?([A-Za-z_][\w.-]*)(?:=|[ \t]+=[ \t]*(?=[\"']))",
    re.ASCII,
)


def said(
    source: str, node: Node, path: str, matters: Callable[[str], bool], *, is_compose: bool = False
) -> Iterator[Entry | Part]:
    """Yield what a document says; `matters` tells whether a text in another language is worth reading."""
    tables = [key.value for key, _ in node.pairs if isinstance(key, Scalar)] if isinstance(node, Mapping) else []
    reader = _Reader(source, matters, is_compose)
    pending: list[tuple[Node, Place, str]] = [(node, root(path, tables), "")]
    while pending:
        each, place, key = pending.pop()
        match each:
            case Mapping():
                found, inner = reader.mapping(each, place)
            case Sequence():
                found, inner = reader.sequence(each, place, key)
            case _:
                continue
        yield from found
        pending += reversed(inner)


class _Reader:
    def __init__(self, source: str, matters: Callable[[str], bool], is_compose: bool) -> None:
        self._source = source
        self._matters = matters
        self._is_compose = is_compose

    def mapping(self, node: Mapping, place: Place) -> tuple[list[Entry | Part], list[tuple[Node, Place, str]]]:
        """What a mapping says, and what is in it."""
        found: list[Entry | Part] = []
        inner: list[tuple[Node, Place, str]] = []
        beside = {key.value: value for key, value in node.pairs if isinstance(key, Scalar)}
        place = _of_kind(place, beside)
        found += self._pair(beside, place)
        for key, value in node.pairs:
            if not isinstance(key, Scalar):
                inner.append((value, place, ""))
                continue
            name = key.value
            match value:
                case Scalar():
                    found += self._entry(name, value, place, key.start)
                    found += self._text(name, value, place, beside)
                case Mapping() if self._is_template(value):
                    found.append(self._templated(name, value, place, key.start))
                case Sequence() if is_fallbacks_name(name.upper()) or value.tag.lower() == "!env":
                    items = value.items if not value.tag else value.items[1:]
                    for item in items:
                        if isinstance(item, Scalar):
                            found += self._entry(name, item, place, item.start)
                case _:
                    if isinstance(value, Mapping):
                        found += self._described(name, value, place)
                    inner.append((value, place.inside(name), name))
        return found, inner

    def sequence(
        self, node: Sequence, place: Place, key: str
    ) -> tuple[list[Entry | Part], list[tuple[Node, Place, str]]]:
        """What the items of a sequence say that is the value of `key`, and what is in it."""
        found: list[Entry | Part] = []
        inner: list[tuple[Node, Place, str]] = []
        for item in node.items:
            if isinstance(item, Scalar):
                is_script = simple(key) in _SCRIPTS
                assignments = list(self._assignments(item, place))
                found += assignments
                if is_script and not assignments:
                    found += self._script(key, item, place, {})
            else:
                inner.append((item, place, key))
        return found, inner

    def _pair(self, beside: dict[str, Node], place: Place) -> Iterator[Entry]:
        """The entry that two entries of a mapping are, one for its name and one for its value."""
        for key in _NAMES:
            name = beside.get(key)
            if not isinstance(name, Scalar):
                continue
            for keys, where in ((_VALUES, place), (_DEFAULTS, place.generated_only())):
                for each in keys:
                    value = beside.get(each)
                    if isinstance(value, Scalar):
                        yield from self._entry(name.value, value, where, value.start)
                    elif isinstance(value, Mapping) and self._is_template(value):
                        yield self._templated(name.value, value, where, value.start)

    def _is_template(self, value: Mapping) -> bool:
        """Whether a mapping is a template's expression (`{{ … }}`), which may happen to be YAML."""
        return self._source.startswith("{{", value.start) and self._source[value.start : value.end].endswith("}}")

    def _templated(self, name: str, value: Mapping, place: Place, begin: int) -> Entry:
        return place.entry(name, self._source[value.start : value.end], value.start, value.end, begin=begin)

    def _described(self, name: str, value: Mapping, place: Place) -> Iterator[Entry]:
        """The entry that a mapping is which describes a variable: its value, or its default."""
        beside = {key.value: each for key, each in value.pairs if isinstance(key, Scalar)}
        is_parameter = place.tables[-1:] == ("Parameters",)  # CloudFormation's
        for key in (*_VALUES, *_DEFAULTS):
            each = beside.get(key)
            if isinstance(each, Scalar):
                where = place if key in _VALUES or is_parameter else place.generated_only()
                yield from self._entry(name, each, where, each.start)

    def _entry(self, name: str, value: Scalar, place: Place, begin: int) -> Iterator[Entry]:
        """The entry of a name and a scalar."""
        if not ("ecret" in name or name.isupper()):
            return
        start, end, text = value.start, value.end, value.value
        if value.style in ("|", ">"):
            text = text.strip("\n")
            how = written(self._source, value)
            if how is not None and text:
                at = how.text.find(text)
                start, end = how.place(at, at + len(text))
        if value.tag not in _KNOWN_TAGS:
            place = Place(place.tables, "sealed", place.guards)
        elif self._is_compose:
            text = text.replace("$$", "$")
        yield place.entry(name, text, start, end, is_plain=not value.style and not value.tag, begin=min(begin, start))

    def _text(self, name: str, value: Scalar, place: Place, beside: dict[str, Node]) -> Iterator[Entry | Part]:
        """What a text says that is a file, a script or assignments, by the key that it has."""
        key = simple(name)
        file = _FILE_NAME.match(name)
        has_lines = value.style in ("|", ">") or "\n" in value.value
        if place.kind != "plain":
            return
        if has_lines and file is not None:
            yield from self._part(file[1], value, place)
        elif key in _CONTENTS:
            yield from self._part(_destination(beside, place), value, place)
        elif key in _SCRIPTS or (has_lines and value.value.startswith("#!")):
            yield from self._script(name, value, place, beside)
        elif key in _ENVIRONMENTS:
            inside = place.inside(name)
            yield from self._part(".env", value, inside) if has_lines else self._assignments(value, inside)

    def _script(self, name: str, value: Scalar, place: Place, beside: dict[str, Node]) -> Iterator[Part]:
        shell = beside.get("shell")
        is_python = value.value.partition("\n")[0].startswith("#!") and "python" in value.value.partition("\n")[0]
        is_python |= isinstance(shell, Scalar) and shell.value.startswith("python")
        if simple(name) in _BUILD_COMMANDS:
            place = Place(place.tables, place.kind, place.guards | {Guard("build")})
        yield from self._part("script.py" if is_python else "script.sh", value, place)

    def _part(self, name: str, value: Scalar, place: Place) -> Iterator[Part]:
        if self._matters(value.value):
            how = written(self._source, value)
            if how is not None:
                yield Part(name, how.text, how.runs, place.guards)

    def _assignments(self, value: Scalar, place: Place) -> Iterator[Entry]:
        """The entries of a string: one (`SECRET_KEY=…`), or as a shell has them (`A=1 SECRET_KEY=…`)."""
        text = value.value
        first = _ASSIGNMENT.match(text)
        if first is None or not self._matters(text):
            return
        how = written(self._source, value)
        matches = [first, *_ASSIGNMENT.finditer(text, first.end())]
        for match, following in zip(matches, [*matches[1:], None], strict=True):
            begin, end = match.end(), len(text) if following is None else following.start()
            end = begin + len(text[begin:end].rstrip())
            if end - begin > 1 and text[begin] in "\"'" and text[begin] == text[end - 1]:
                begin, end = begin + 1, end - 1
            if begin < end:
                start, stop = (value.start, value.end) if how is None else how.place(begin, end)
                where = place.inside("build_args") if match["build"] else place
                said = text[begin:end].replace("$$", "$") if self._is_compose else text[begin:end]
                yield where.entry(match[2], said, start, stop)


def _of_kind(place: Place, beside: dict[str, Node]) -> Place:
    """The place of what is in a Kubernetes object, by its kind."""
    kind = beside.get("kind")
    if not isinstance(kind, Scalar) or place.kind != "plain":
        return place
    if kind.value == "Secret":
        return Place(place.tables, "encoded", place.guards)
    if kind.value in SEALED_KINDS:
        return Place(place.tables, "sealed", place.guards)
    return place.generated_only() if kind.value == "CustomResourceDefinition" else place


def _destination(beside: dict[str, Node], place: Place) -> str:
    """The name of the file that a text is, or is put into."""
    named = [beside.get(key) for key in _DESTINATIONS]
    for name in [*(each.value for each in named if isinstance(each, Scalar)), *reversed(place.tables)]:
        file = _FILE_NAME.match(name)
        if file is not None:
            return file[1].removesuffix(".j2")
    return ".env"
