"""`check --show-config` and `check --show-files`: what would be done, and why."""

from __future__ import annotations

import os

from secretkey_lint.cli import CLEAN
from secretkey_lint.cli.check import write
from secretkey_lint.config.keys import KEYS
from secretkey_lint.config.matching import given_patterns
from secretkey_lint.errors import ConfigError, ReadError
from secretkey_lint.model.env_reader import EnvReader
from secretkey_lint.model.record import Record
from secretkey_lint.model.source import Searched
from secretkey_lint.prefilter import is_environment_file, may_be_marked, may_hold_a_key
from secretkey_lint.reporters import printable
from secretkey_lint.trees import git, worktree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from secretkey_lint.cli.options import Arguments
    from secretkey_lint.config import Config, Configurations
    from secretkey_lint.config.keys import Key


def show(arguments: Arguments, configurations: Configurations) -> int:
    """Write the configuration for a path, or the files that paths stand for; return the exit status."""
    values, paths = arguments.values, arguments.paths or ["."]
    if values["show-config"] and values["show-files"]:
        raise ConfigError("--show-config and --show-files go one at a time")
    if "-" in paths or values["stdin-filename"]:
        raise ConfigError("--show-config and --show-files take paths, not the standard input")
    if values["output-format"] not in ("text", "concise", "json"):
        raise ConfigError("--show-config and --show-files are written as text, or as json")
    as_json = values["output-format"] == "json"
    if values["show-files"]:
        listed = sorted(_states(paths, configurations), key=lambda each: each.path)
        write(_json([each.document() for each in listed]) if as_json else "".join(map(_line, listed)))
        return CLEAN
    if len(paths) > 1:
        raise ConfigError("--show-config takes one path")
    path = paths[0]
    if not os.path.lexists(path):
        raise ConfigError(f"there is no file or folder {path!r}")
    is_folder = os.path.isdir(path)
    config = configurations.of_folder(os.path.abspath(path)) if is_folder else configurations.of(_shown(path))
    settings = [(key, *_effective(config, key)) for key in KEYS]
    exclusion = None if is_folder else config.exclusion(_shown(path))
    if as_json:
        document = {
            "path": _shown(path),
            "file": config.file or None,
            "excluded_by": {"pattern": exclusion.pattern, "origin": exclusion.origin} if exclusion else None,
            "options": {key.name: {"value": _plain(value), "origin": origin} for key, value, origin in settings},
        }
        write(_json(document))
        return CLEAN
    lines = [f"# for {printable(_shown(path))}, by {printable(config.file or 'the defaults alone')}"]
    if exclusion is not None:
        lines.append(f"# excluded by {_text(exclusion.pattern)} ({printable(exclusion.origin)})")
    for key, value, origin in settings:
        lines += [f"# {printable(origin)}", f"{key.name} = {_toml(value)}"]
    write("\n".join(lines) + "\n")
    return CLEAN


class State(Record):
    """What becomes of a file: `analysed`, `looked at`, `excluded` or `skipped`, and why it is not analysed."""

    path: str
    state: str
    reason: str = ""

    def document(self) -> dict[str, object]:
        """Return it for JSON."""
        return {"path": self.path, "state": self.state, "reason": self.reason or None}


def _line(state: State) -> str:
    return f"{printable(state.path)}: {state.state}{': ' if state.reason else ''}{printable(state.reason)}\n"


def _states(paths: list[str], configurations: Configurations) -> Iterator[State]:
    """What becomes of each file that paths stand for, and of those beside them that are not checked."""
    told: set[str] = set()
    for file in worktree.read(paths, configurations.prepare):
        told.add(file.path)
        config = configurations.of(file.path)
        exclusion = config.exclusion(file.path)
        if exclusion is not None:
            yield State(file.path, "excluded", f"by {_text(exclusion.pattern)} ({exclusion.origin})")
        elif isinstance(file, ReadError):
            yield State(file.path, "skipped", f"it cannot be read: {file}")
        elif isinstance(file, Searched) and not os.path.lexists(file.path):
            yield State(file.path, "skipped", "it is deleted")
        elif isinstance(file, Searched):
            yield State(file.path, "looked at", "it names no key")
        elif may_hold_a_key(file.content, file.path, config.needles):
            yield State(file.path, "analysed")
        elif may_be_marked(file.content):
            yield State(file.path, "analysed", "for suppressions without effect")
        elif is_environment_file(file.path) and file.content:
            yield State(file.path, "analysed", "for variables that the settings read the key from")
        else:
            yield State(file.path, "looked at", "it binds no key")
    listing = worktree.Listing(paths, configurations.prepare)
    for path, what in listing.left_out.items():
        yield State(path.replace(os.sep, "/"), "skipped", f"it is {what}")
    for path in listing.files:
        if path.replace(os.sep, "/") not in told:
            gone = not os.path.lexists(path)
            yield State(path.replace(os.sep, "/"), "skipped", "it is deleted" if gone else "it is no regular file")
    for path in _untracked(paths):
        if path not in told and path not in listing.files:
            yield State(path, "skipped", "git does not track it")


def _untracked(paths: list[str]) -> Iterator[str]:
    """The files in folders that git neither tracks nor ignores."""
    for path in dict.fromkeys(map(os.path.normpath, paths)):
        if os.path.isdir(path) and worktree.root_of(os.path.abspath(path)) is not None:
            names = git.Process(["ls-files", "--others", "--exclude-standard", "-z"], path).output()
            for name in names.split(b"\0"):
                if name:
                    yield _shown(os.path.join(path, os.fsdecode(name)))


def _effective(config: Config, key: Key) -> tuple[object, str]:
    """What an option is, and where that was said."""
    given = config.given.get(key.name, "")
    if given:
        value: object = given
        if key.name == "exclude":
            value = given_patterns(config)
        elif key.name in ("select", "ignore"):
            value = [code.strip().upper() for code in given.split(",") if code.strip()]
        if key.name == "ignore" and not config.given.get("select") and config.value("ignore"):
            return [*config.value("ignore"), *value], f"{config.line('ignore')} and command line"  # type: ignore[misc]
        return value, "command line"
    if key.name in ("ignore", "extend-select") and config.given.get("select"):
        return [], "command line"  # what is selected there takes the place of all that the file says
    if config.table is not None and key.name in config.table.values:
        return config.value(key.name), config.line(key.name)
    return key.default, "default"


def _plain(value: object) -> object:
    """A value as JSON and TOML have it."""
    match value:
        case EnvReader():
            fields = {name.replace("_", "-"): getattr(value, name) for name in ("name", "default", "name_keyword",
                                                                               "default_keyword", "fails")}  # fmt: skip
            return {name: each for name, each in fields.items() if each is not None}
        case dict():
            return {str(name): _plain(each) for name, each in value.items()}
        case tuple() | list():
            return list(value)
    return value


def _toml(value: object) -> str:
    """A value in TOML."""
    match _plain(value):
        case bool() as flag:
            return "true" if flag else "false"
        case str() as text:
            return _text(text)
        case list() as items:
            return f"[{', '.join(map(_toml, items))}]"
        case dict() as table:
            return _inline(table)
        case other:
            return str(other)


def _inline(table: Mapping[str, object]) -> str:
    entries = [f"{name if name.replace('-', '').isalnum() and name.isascii() else _text(name)} = {_toml(each)}"
               for name, each in table.items()]  # fmt: skip
    return f"{{ {', '.join(entries)} }}" if entries else "{}"


def _text(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=not text.isprintable())


def _json(document: object) -> str:
    import json

    return json.dumps(document, indent=2) + "\n"


def _shown(path: str) -> str:
    return os.path.normpath(path).replace(os.sep, "/")
