"""Which configuration applies to a file: that of the nearest folder upward that has one, and the command line's.

This module is loaded on every run. What reads, checks and matches is loaded where a configuration exists.
"""

from __future__ import annotations

import os
from stat import S_ISREG

from secretkey_lint.errors import ConfigError
from secretkey_lint.trees.git import read_all
from secretkey_lint.trees.worktree import root_of, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from secretkey_lint.config.matching import Exclusions
    from secretkey_lint.config.patterns import Patterns
    from secretkey_lint.config.reading import Table
    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.rule import Rule

OWN, SHARED = "secretkey-lint.toml", "pyproject.toml"
"""The names of configuration files: one that is ours alone, and one in which we have a table."""

BASELINE = ".secretkey-lint-baseline"
"""The name of the baseline in the root of the repository, where none is configured."""

TABLE = ("tool", "secretkey-lint")
"""Where options stand in a `pyproject.toml`."""


class Exclusion:
    """Why a file is excluded: by which pattern, and where that stands."""

    def __init__(self, pattern: str, origin: str) -> None:
        self.pattern = pattern
        self.origin = origin


class Config:
    """What applies to the files of one project: its configuration file's options, and those of the command line."""

    def __init__(self, given: Mapping[str, str], file: str = "", folder: str = "", table: Table | None = None) -> None:
        """Put the options of the command line before those of a file.

        `file` is how the file is called in messages, `folder` the absolute path that its patterns are relative to.
        """
        self.given = given
        self.file = file
        self.folder = folder
        self.table = table
        values: Mapping[str, Any] = table.values if table is not None else {}
        self.names: frozenset[str] = frozenset(values.get("secret-names", ()))
        self.needles = tuple(needle.encode() for name in sorted(self.names) for needle in {name, name.lower()})
        self.baseline = os.path.abspath(given["baseline"]) if given.get("baseline") else ""
        """The absolute path of the baseline that is named; "" where that of the repository counts, if it has one."""
        if not self.baseline and values.get("baseline"):
            self.baseline = os.path.normpath(os.path.join(folder, values["baseline"]))
        self.is_excluding = bool(given.get("exclude") or values.get("exclude") or values.get("extend-exclude"))
        self._exclusions: Exclusions | None = None
        self._patterns: dict[str, Patterns] = {}
        self._rules: list[Rule] | None = None

    def value(self, name: str) -> Any:
        """Return what an option is in the file, or by default."""
        if self.table is not None and name in self.table.values:
            return self.table.values[name]
        from secretkey_lint.config.keys import BY_NAME

        return BY_NAME[name].default

    def line(self, name: str, item: str = "") -> str:
        """Return where an option, or an item of its value, stands in the file: `pyproject.toml:12`."""
        assert self.table is not None
        return f"{self.file}:{self.table.lines.of(name, item)}"

    def exclusion(self, path: str) -> Exclusion | None:
        """Return why a file is excluded, or None if it is not."""
        if not self.is_excluding:
            return None
        if self._exclusions is None:
            from secretkey_lint.config.matching import Exclusions

            self._exclusions = Exclusions(self)
        return self._exclusions.of(path)

    def context_of(self, path: str) -> Context | None:
        """Return the context that the configuration says for a file, or None."""
        if self.table is None or not self.value("contexts"):
            return None
        from secretkey_lint.config.matching import decided

        return decided(self, "contexts", path)  # type: ignore[return-value]

    def ignores(self, code: str, path: str) -> bool:
        """Whether the rule is not to report in a file."""
        if self.table is None or not self.value("per-file-ignores"):
            return False
        from secretkey_lint.config.matching import matching

        return any(code.startswith(codes) for codes in matching(self, "per-file-ignores", path))  # type: ignore[arg-type]

    def patterns(self, name: str, patterns: Iterable[str]) -> Patterns:
        """Return the patterns of an option, which are compiled once."""
        if name not in self._patterns:
            from secretkey_lint.config.patterns import Patterns

            self._patterns[name] = Patterns(patterns)
        return self._patterns[name]

    def rules(self) -> list[Rule]:
        """Return the rules that are to report."""
        if self._rules is None:
            from secretkey_lint.config.selection import chosen

            self._rules = chosen(self)
        return self._rules

    def fails_on(self) -> Severity:
        """Return the least severity that makes the exit status 1."""
        return self.given.get("fail-on") or self.value("fail-on")  # type: ignore[return-value]

    def least_shown(self) -> Severity:
        """Return the least severity that is reported: what fails the run is, however quiet it is to be."""
        least: Severity = self.given.get("min-severity") or self.value("min-severity")  # type: ignore[assignment]
        return min(least, self.fails_on(), key=("note", "warning", "error").index)


class Configurations:
    """The configurations of all files of a run; each file is looked for and read once."""

    def __init__(self, given: Mapping[str, str] | None = None, file: str = "", *, reads: bool = True) -> None:
        """Take the options that the command line gives, and look for files, unless `file` is given, or not to be read.

        Raises ConfigError for codes of rules that do not exist, and for what is wrong with `file`.
        """
        self._given = dict(given or {})
        self._default = Config(self._given)
        self._by_folder: dict[str, Config] = {}
        self._roots: dict[str, str | None] = {}
        self._folders: list[str] = []
        self._has_baselines = reads and not self._given.get("no-baseline")
        self.is_excluding = self._default.is_excluding
        """Whether any of those that are known by now excludes files."""
        if self._given.get("select") or self._given.get("ignore"):
            self._default.rules()  # a code that does not exist is to be said, whether or not there is a candidate
        if self.is_excluding:
            from secretkey_lint.config.matching import check_given

            check_given(self._default)
        self.file = file
        self._only = self._named(file) if file else None if reads else self._default

    def of(self, path: str) -> Config:
        """Return what applies to a file, by the path that people are shown. Raises ConfigError."""
        if self._only is not None:
            return self._only
        folder = path[: path.rfind("/") + 1]
        found = self._by_folder.get(folder)
        if found is None:
            found = self._by_folder[folder] = self.of_folder(os.path.abspath(folder))
        return found

    def of_folder(self, folder: str) -> Config:
        """Return what applies to the files right in a folder, given by its absolute path. Raises ConfigError."""
        if self._only is not None:
            return self._only
        found = self._by_folder.get(folder)
        if found is None:
            above = self._default if folder == self._root(folder) else self.of_folder(os.path.dirname(folder))
            # what stands in a folder that is excluded as a whole is not read, either
            is_excluded = above.exclusion(os.path.join(folder, "_")) is not None
            found = self._by_folder[folder] = above if is_excluded else self._read(folder) or above
        return found

    def baseline_of(self, folder: str) -> str:
        """Return where the baseline is, or would be, that counts in a folder, both as absolute paths; "" for none."""
        return (
            (self.of_folder(folder).baseline or os.path.join(self._root(folder), BASELINE))
            if self._has_baselines
            else ""
        )

    def baseline_for(self, path: str) -> str:
        """Return the absolute path of the baseline that counts for a file: it is named, or it exists; "" for none."""
        named = self.of(path).baseline
        file = self.baseline_of(os.path.abspath(path[: path.rfind("/") + 1])) if self._has_baselines else ""
        return file if file == named or os.path.lexists(file) else ""

    def baselines(self) -> list[str]:
        """Return the baselines that count in the folders that are checked as a whole."""
        configs = {self.of_folder(folder): folder for folder in self._folders}
        for folder, config in self._by_folder.items() if self._folders else ():
            configs.setdefault(config, os.path.abspath(folder))
        found = dict.fromkeys(self.baseline_for(f"{folder}/") for folder in configs.values())
        return [file for file in found if file]

    def covers(self, folder: str) -> bool:
        """Whether a folder, given by its absolute path, is checked as a whole."""
        return any(f"{folder}{os.sep}".startswith(f"{each.rstrip(os.sep)}{os.sep}") for each in self._folders)

    def prepare(self, folder: str, files: list[str]) -> frozenset[str]:
        """Get ready for a folder whose files are all to be checked: return the further names of the key in it.

        Raises ConfigError with what is wrong in all of its configuration files, patterns that match nothing included.
        """
        if self._only is self._default:
            return frozenset()
        self._folders.append(os.path.abspath(folder))
        outer = self.of_folder(os.path.abspath(folder))
        configs = {outer: None}
        mistakes: list[str] = []
        for path in files:
            if path.endswith((OWN, SHARED)):
                try:
                    configs[self.of_folder(os.path.dirname(os.path.abspath(path)))] = None
                except ConfigError as error:
                    mistakes += str(error).splitlines()
        if self.is_excluding or any(config.table is not None for config in configs):
            from secretkey_lint.config.matching import dead

            for config in configs:
                mistakes += dead(config, os.path.abspath(folder), files, named=bool(self.file))
        if mistakes:
            raise ConfigError("\n".join(dict.fromkeys(mistakes)))
        return frozenset(name for config in configs for name in config.names)

    def _root(self, folder: str) -> str:
        """The folder above which nothing is looked for: the repository's, else the working directory."""
        if folder not in self._roots:
            self._roots[folder] = root_of(folder)
        here = os.getcwd()
        return self._roots[folder] or (here if f"{folder}{os.sep}".startswith(f"{here}{os.sep}") else folder)

    def _read(self, folder: str) -> Config | None:
        """What the configuration file in a folder says, or None where there is none."""
        own = _content(os.path.join(folder, OWN))
        shared = _content(os.path.join(folder, SHARED))
        if shared is not None and TABLE[1].encode() not in shared:
            shared = None
        config = self._parsed(os.path.join(folder, SHARED), shared, TABLE) if shared is not None else None
        if own is None:
            return config
        path = os.path.join(folder, OWN)
        if config is not None:
            raise ConfigError(f"{shown(path)} and {shown(os.path.join(folder, SHARED))} both configure; keep one")
        return self._parsed(path, own, ())

    def _named(self, file: str) -> Config:
        """What the file says that the command line names."""
        content = _content(file)
        if content is None:
            raise ConfigError(f"there is no configuration file {file!r}")
        table = TABLE if os.path.basename(file) == SHARED else ()
        config = self._parsed(os.path.abspath(file), content, table)
        if config is None:
            raise ConfigError(f"{shown(file)} has no table [{'.'.join(TABLE)}]")
        return config

    def _parsed(self, path: str, content: bytes, table: tuple[str, ...]) -> Config | None:
        from secretkey_lint.config.reading import read

        found = read(content, shown(path), table)
        if found is None:
            return None
        config = Config(self._given, shown(path), os.path.dirname(path), found)
        self.is_excluding |= config.is_excluding
        return config


def _content(path: str) -> bytes | None:
    """The bytes of a configuration file, or None where there is none; a `pyproject.toml` may be a folder."""
    reason = "it is no regular file"
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if not os.path.lexists(path):
            return None
        reason = (error.strerror or "it cannot be opened").lower()
    else:
        try:
            if S_ISREG(os.fstat(descriptor).st_mode):
                return read_all(descriptor)
        except OSError as error:
            reason = (error.strerror or "it cannot be read").lower()
        finally:
            os.close(descriptor)
    if os.path.isdir(path) and os.path.basename(path) == SHARED:
        return None
    raise ConfigError(f"{shown(path)} cannot be read: {reason}")
