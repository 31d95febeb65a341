"""Matches files against the patterns of a configuration, and says which patterns match none."""

from __future__ import annotations

import os

from secretkey_lint.config import Exclusion
from secretkey_lint.config.patterns import Patterns
from secretkey_lint.errors import ConfigError, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.config import Config

MAX_NEAR = 3000
"""Paths among which the one is looked for that a pattern may mean."""

MAX_DEAD = 20
"""Patterns of one option, or modules, that match nothing and are told of: looking for what they may mean costs."""

_FILES = ("exclude", "extend-exclude", "per-file-ignores", "contexts")
"""The options that hold patterns."""


class Exclusions:
    """What excludes the files of one configuration: the patterns of the command line, and those of the file."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._given = Patterns(given_patterns(config))
        self._options = [(name, each) for name in ("exclude", "extend-exclude") for each in _of_file(config, name)]
        self._patterns = Patterns(each for _, each in self._options)
        self._here = os.getcwd()

    def of(self, path: str) -> Exclusion | None:
        """Return why a file is excluded, or None."""
        absolute = os.path.abspath(path)
        if self._given.patterns:
            decided_by = self._given.deciding(_below(absolute, self._here) or absolute)
            if decided_by is not None:
                return Exclusion(self._given.patterns[decided_by], "command line")
        relative = _relative(self._config, absolute) if self._options else None
        decided_by = self._patterns.deciding(relative) if relative is not None else None
        if decided_by is None:
            return None
        name, pattern = self._options[decided_by]
        return Exclusion(pattern, self._config.line(name, pattern))


def given_patterns(config: Config) -> list[str]:
    """Return the patterns of `--exclude`."""
    return [pattern.strip() for pattern in config.given.get("exclude", "").split(",") if pattern.strip()]


def check_given(config: Config) -> None:
    """Raise ConfigError for what is no pattern in `--exclude`."""
    from secretkey_lint.config.patterns import flaw

    wrong = [f"--exclude: the pattern {each!r} {said}" for each in given_patterns(config) if (said := flaw(each))]
    if wrong:
        raise ConfigError("\n".join(wrong))


def _of_file(config: Config, name: str) -> tuple[str, ...]:
    """The patterns of an option in the file, as far as the command line does not replace them."""
    if name == "exclude" and config.given.get("exclude"):
        return ()
    return tuple(config.value(name))


def matching(config: Config, name: str, path: str) -> Iterator[object]:
    """Yield what an option says for each pattern that matches a file."""
    relative = _relative(config, os.path.abspath(path))
    for pattern, said in config.value(name).items():
        if relative is not None and config.patterns(f"{name} {pattern}", [pattern]).deciding(relative) is not None:
            yield said


def decided(config: Config, name: str, path: str) -> object:
    """Return what an option says for the last pattern that matches a file, or None."""
    relative = _relative(config, os.path.abspath(path))
    table = config.value(name)
    if relative is None:
        return None
    index = config.patterns(name, table).deciding(relative)
    return list(table.values())[index] if index is not None else None


def _relative(config: Config, absolute: str) -> str | None:
    """A path relative to the folder of the file; elsewhere, where that was named, to the working directory."""
    below = _below(absolute, config.folder)
    return below if below is not None else _below(absolute, os.getcwd())


def _below(path: str, folder: str) -> str | None:
    start = folder.rstrip(os.sep) + os.sep
    return path[len(start) :].replace(os.sep, "/") if path.startswith(start) else None


def dead(config: Config, folder: str, files: list[str], *, named: bool) -> Iterator[str]:
    """Yield what a configuration says of files and modules that there are none of.

    Only if all files that it is for are in `folder`, an absolute path; `named` says that it was named, not found.
    """
    absolute = [os.path.abspath(path) for path in files]
    here = os.getcwd()
    given = given_patterns(config)
    if given and _covers(folder, here):
        paths = [below for path in absolute if (below := _below(path, here)) is not None]
        for pattern in config.patterns("--exclude", given).unmatched(paths):
            yield f"--exclude: the pattern {pattern!r} matches no file{nearest(pattern, _near(pattern, paths))}"
    if config.table is None or not _covers(folder, here if named else config.folder):
        return
    paths = [below for path in absolute if (below := _relative(config, path)) is not None]
    lines = config.table.lines
    found: list[tuple[int, str]] = []
    for name in _FILES:
        for pattern in Patterns(_of_file(config, name)).unmatched(paths)[:MAX_DEAD]:
            near = nearest(pattern, _near(pattern, paths))
            found.append((lines.of(name, pattern), f'{name}: the pattern "{pattern}" matches no file{near}'))
    name = "settings-modules"
    for module in [each for each in config.value(name) if not is_module(each, paths)][:MAX_DEAD]:
        near = nearest(module, [_module(path) for path in paths if path.endswith(".py")][:MAX_NEAR])
        found.append((lines.of(name, module), f'{name}: there is no module "{module}"{near}'))
    yield from (f"{config.file}:{line}: {text}" for line, text in sorted(found))


def _covers(folder: str, other: str) -> bool:
    return folder == other or _below(other, folder) is not None


def _near(pattern: str, paths: list[str]) -> list[str]:
    """The paths that a pattern without wildcards may mean: folders for one that ends with `/`."""
    wanted = pattern.strip("!/")
    if pattern.endswith("/"):
        folders = dict.fromkeys(path.rpartition("/")[0] for path in paths)
        found = dict.fromkeys("/".join(parts[:length]) for each in folders for parts in (each.split("/"),)
                              for length in range(1, len(parts) + 1) if each)  # fmt: skip
        return [f"{each}/" for each in found if each.count("/") == wanted.count("/")][:MAX_NEAR]
    if "/" not in wanted:
        return list(dict.fromkeys(path.rpartition("/")[2] for path in paths))[:MAX_NEAR]
    return [path for path in paths if path.count("/") == wanted.count("/")][:MAX_NEAR]


def is_module(module: str, paths: list[str]) -> bool:
    """Whether one of `paths` can be the module with this name, wherever its top package lies."""
    end = "/" + module.replace(".", "/")
    ends = (f"{end}.py", f"{end}/__init__.py")
    return any(f"/{path}".endswith(ends) for path in paths)


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
