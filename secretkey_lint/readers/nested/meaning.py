"""What nested data says, whatever the format: entries of names and values, and texts in other languages.

Three mechanisms serve all formats: a pair of a mapping (`SECRET_KEY: …`, or `name: SECRET_KEY` beside `value: …`, as
Kubernetes, ECS, `web.config` and many others write it), an assignment in a string (`- SECRET_KEY=…`, as compose,
pytest-env, tox and supervisor do), and a text that is a file or a script, by the key that it has.
"""

from __future__ import annotations

import re

from secretkey_lint.model.binding import Guard, Part
from secretkey_lint.readers.nested.nodes import Mapping, Scalar, Sequence
from secretkey_lint.readers.nested.places import SEALED_KINDS, Place, root, simple
from secretkey_lint.vocabulary import is_fallbacks_name, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from secretkey_lint.readers.entries import Entry
    from secretkey_lint.readers.nested.nodes import Node, Writing

_NAMES = ("name", "key", "parameterkey", "parametername", "optionname", "option_name", "variable")
"""What the member is called, in any case, that holds the name of a pair."""

_VALUES = ("value", "parametervalue", "default_value", "plaintext")
_DEFAULTS = ("default", "defaultvalue")
"""What the member is called, in any case, that holds the text of a pair, or what it is unless somebody says another."""

_ELSEWHERE = frozenset({"PARAMETER_STORE", "SECRETS_MANAGER"})
"""What a pair's `type` is when its value names a place from which the key is fetched."""

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

_COMMAND_WORDS = frozenset({"cmd", "command", "commands", "run", "script", "scripts"})
"""Words that end such keys."""

_TASKS = frozenset({"scripts", "tasks"})
"""Mappings of which every text is run by a shell."""

_BUILD_COMMANDS = frozenset({"build_command", "buildcommand"})
_ENVIRONMENTS = frozenset(
    """
    build_args dotenv env env_file env_vars environment environment_variables envfile envs global jobs literals matrix
    set_env_vars variables vars
    """.split()
)
"""Keys whose texts are lines of an environment file."""

_ENVIRONMENT_WORDS = frozenset({"env", "envs", "environment", "setenv"})
"""Words of such keys."""

_CONTENTS = frozenset({"block", "content", "contents", "line"})
"""Keys whose texts are (part of) the file that a key beside them names."""

_DESTINATIONS = ("dest", "path", "file", "filename", "target", "destination")

_DESCRIBED = frozenset({"$ref", "allOf", "anyOf", "enum", "oneOf", "type"})
"""What a schema says of a property."""

_FILE_NAME = re.compile(r"(?:.*/)?([\w-]*\.[\w.-]*[A-Za-z]|env)\Z")
_NAME = r"(?P<name>[A-Za-z_][\w.-]*)"
_FIRST = re.compile(
    r"\s*(?:(?P<build>--build-arg)[\s=]\s*|-{1,2}[\w-]+[\s=]\s*|-e|export\s+)?(?:[A-Z]:)*"
    + _NAME
    + r"(?:=|[ \t]*=[ \t]*(?=[\"']|\S+\s*\Z))",
    re.ASCII,
)
"""The assignment that a string begins with: perhaps an option's argument, and blanks around the sign if it is alone."""

_FURTHER = re.compile(
    r"(?<=\s)(?:(?:-e|export)\s+|--env[= ]|-e)?(?P<build>--build-arg[= ])?" + _NAME + r"(?:=|[ \t]+=[ \t]*(?=[\"']))",
    re.ASCII,
)
"""One that follows, as in a command."""


_FILES = {"legacy_tox_ini": "tox.ini"}
"""Keys whose texts are a file of that name."""


def said(
    source: str, node: Node, path: str, matters: Callable[[str], bool], written: Writing
) -> Iterator[Entry | Part]:
    """Yield what a document of the file at `path` says.

    `matters` tells whether a text in another language is worth reading, `written` how a scalar is written.
    """
    tables = [key.value for key, _ in node.pairs if isinstance(key, Scalar)] if isinstance(node, Mapping) else []
    is_compose = "compose" in path.rpartition("/")[2].lower() or "services" in tables
    reader = _Reader(source, matters, written, is_compose)
    pending: list[tuple[Node, Place, str]] = [(node, root(path), "")]
    while pending:
        each, place, key = pending.pop()
        match each:
            case Mapping():
                found, inner = reader.mapping(each, place, key)
            case Sequence():
                found, inner = reader.sequence(each, place, key)
            case _:
                continue
        yield from found
        pending += reversed(inner)


class _Reader:
    def __init__(self, source: str, matters: Callable[[str], bool], written: Writing, is_compose: bool) -> None:
        self._source = source
        self._matters = matters
        self._written = written
        self._is_compose = is_compose

    def mapping(
        self, node: Mapping, place: Place, called: str
    ) -> tuple[list[Entry | Part], list[tuple[Node, Place, str]]]:
        """What a mapping says that is the value of `called`, and what is in it."""
        found: list[Entry | Part] = []
        inner: list[tuple[Node, Place, str]] = []
        beside = {key.value.lower(): value for key, value in node.pairs if isinstance(key, Scalar)}
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
                    found += self._text(name, value, place, beside, is_task=called in _TASKS)
                case Mapping() if self._is_template(value):
                    found.append(self._templated(name, value, place, key.start))
                case Sequence() if is_fallbacks_name(name.upper().replace("-", "_")) or value.tag.lower() == "!env":
                    items = value.items if not value.tag else value.items[1:]
                    for item in items:
                        if isinstance(item, Scalar):
                            found += self._entry(name, item, place, item.start)
                case _:
                    if isinstance(value, Mapping):
                        found += self._described(name, value, place)
                    is_plain = simple(name) == "properties" and not _is_schema(value)
                    inner.append((value, place.inside(name, is_plain=is_plain), name))
        return found, inner

    def sequence(
        self, node: Sequence, place: Place, key: str
    ) -> tuple[list[Entry | Part], list[tuple[Node, Place, str]]]:
        """What the items of a sequence say that is the value of `key`, and what is in it."""
        found: list[Entry | Part] = []
        inner: list[tuple[Node, Place, str]] = []
        for item in node.items:
            if isinstance(item, Scalar):
                assignments = list(self._assignments(item, place))
                found += assignments
                if _is_script(key) and not assignments:
                    found += self._script(key, item, place, {})
            else:
                inner.append((item, place, key if isinstance(item, Sequence) else ""))
        return found, inner

    def _pair(self, beside: dict[str, Node], place: Place) -> Iterator[Entry]:
        """The entry that two entries of a mapping are, one for its name and one for its value."""
        kind = beside.get("type")
        if isinstance(kind, Scalar) and kind.value in _ELSEWHERE:
            return
        for key in _NAMES:
            name = beside.get(key)
            if not isinstance(name, Scalar):
                continue
            for keys, where in ((_VALUES, place), (_DEFAULTS, place.generated_only())):
                for each in keys:
                    value = beside.get(each)
                    if isinstance(value, Scalar):
                        yield from self._entry(name.value, value, where, min(name.start, value.start))
                    elif isinstance(value, Mapping) and self._is_template(value):
                        yield self._templated(name.value, value, where, value.start)

    def _is_template(self, value: Mapping) -> bool:
        """Whether a mapping is a template's expression (`{{ … }}`), which may happen to be YAML."""
        return self._source.startswith("{{", value.start) and self._source[value.start : value.end].endswith("}}")

    def _templated(self, name: str, value: Mapping, place: Place, begin: int) -> Entry:
        return place.entry(name, self._source[value.start : value.end], value.start, value.end, begin=begin)

    def _described(self, name: str, value: Mapping, place: Place) -> Iterator[Entry]:
        """The entry that a mapping is which describes a variable: its value, or its default."""
        beside = {key.value.lower(): each for key, each in value.pairs if isinstance(key, Scalar)}
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
            how = self._written(self._source, value)
            if how is not None and text:
                at = how.text.find(text)
                start, end = how.place(at, at + len(text))
        if value.tag not in _KNOWN_TAGS:
            place = Place(place.tables, "sealed", place.guards)
        elif self._is_compose:
            text = text.replace("$$", "$")
        place = place.under(value.guards)
        yield place.entry(name, text, start, end, is_plain=not value.style and not value.tag, begin=min(begin, start))

    def _text(
        self, name: str, value: Scalar, place: Place, beside: dict[str, Node], *, is_task: bool
    ) -> Iterator[Entry | Part]:
        """What a text says that is a file, a script or assignments, by the key that it has."""
        key = simple(name)
        file = _FILE_NAME.match(name)
        has_lines = value.style in ("|", ">") or "\n" in value.value
        if place.kind != "plain":
            return
        if name in _FILES:
            yield from self._part(_FILES[name], value, place)
        elif has_lines and file is not None:
            yield from self._part(file[1], value, place)
        elif key in _CONTENTS:
            yield from self._part(_destination(beside, place), value, place)
        elif is_task or _is_script(name) or (has_lines and value.value.startswith("#!")):
            yield from self._script(name, value, place, beside)
        elif key in _ENVIRONMENTS or not _ENVIRONMENT_WORDS.isdisjoint(words(name)):
            inside = place.inside(name)
            yield from self._part(".env", value, inside) if has_lines else self._assignments(value, inside)

    def _script(self, name: str, value: Scalar, place: Place, beside: dict[str, Node]) -> Iterator[Part]:
        shell = beside.get("shell")
        is_python = value.value.partition("\n")[0].startswith("#!") and "python" in value.value.partition("\n")[0]
        is_python |= isinstance(shell, Scalar) and shell.value.startswith("python")
        if simple(name) in _BUILD_COMMANDS:
            place = place.under({Guard("build")})
        yield from self._part("script.py" if is_python else "script.sh", value, place)

    def _part(self, name: str, value: Scalar, place: Place) -> Iterator[Part]:
        if self._matters(value.value):
            how = self._written(self._source, value)
            if how is not None:
                yield Part(name, how.text, how.runs, place.guards | value.guards)

    def _assignments(self, value: Scalar, place: Place) -> Iterator[Entry]:
        """The entries of a string: one (`SECRET_KEY=…`), or as a shell has them (`A=1 SECRET_KEY=…`)."""
        text = value.value
        first = _FIRST.match(text)
        if first is None or not self._matters(text):
            return
        how = self._written(self._source, value)
        matches = [first, *_FURTHER.finditer(text, first.end())]
        for match, following in zip(matches, [*matches[1:], None], strict=True):
            begin, end = match.end(), len(text) if following is None else following.start()
            end = begin + len(text[begin:end].rstrip())
            if end - begin > 1 and text[begin] in "\"'" and text[begin] == text[end - 1]:
                begin, end = begin + 1, end - 1
            if begin < end:
                start, stop = (value.start, value.end) if how is None else how.place(begin, end)
                where = (place.inside("build_args") if match["build"] else place).under(value.guards)
                said = text[begin:end].replace("$$", "$") if self._is_compose else text[begin:end]
                yield where.entry(match["name"], said, start, stop)


def _is_schema(properties: Node) -> bool:
    """Whether properties are those of a schema, which describes each, and not CloudFormation's or Java's."""
    described = [value for _, value in properties.pairs] if isinstance(properties, Mapping) else []
    return all(isinstance(each, Mapping) for each in described) and any(
        isinstance(key, Scalar) and key.value in _DESCRIBED
        for each in described
        if isinstance(each, Mapping)
        for key, _ in each.pairs
    )


def _is_script(key: str) -> bool:
    """Whether the texts of a key are run by a shell."""
    return simple(key) in _SCRIPTS or not _COMMAND_WORDS.isdisjoint(words(key)[-1:])


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
