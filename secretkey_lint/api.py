"""The public functions: what the command line, hooks and other programs call.

`check_paths(["."])` checks what git tracks in the working directory, `check_source(b"…", "settings.py")` a text that
need not be on disk. Both return a `Report`, which holds nothing of a key.
"""

from __future__ import annotations

from secretkey_lint.config import Configurations
from secretkey_lint.errors import ReadError
from secretkey_lint.model.report import Report
from secretkey_lint.model.source import Searched, SourceFile
from secretkey_lint.prefilter import is_environment_file, may_hold_a_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.engine import Run
    from secretkey_lint.errors import SecretKeyLintError
    from secretkey_lint.model.diagnostic import Diagnostic, Severity

__all__ = ["check_files", "check_paths", "check_source"]


def check_paths(
    paths: Iterable[str] = (".",),
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    configurations: Configurations | None = None,
) -> Report:
    """Check files as they are and folders by what git tracks in them.

    `select` and `ignore` take codes of rules, or beginnings of codes, with commas between them. Configuration files
    are read if `configurations` says so, as `Configurations()` does; it takes the place of the other options. Raises
    `ConfigError` for codes and paths that do not exist and for wrong configuration, `GitError` where git fails.
    """
    from secretkey_lint.trees.worktree import read

    configurations = configurations or _given(select, ignore, min_severity)
    return check_files(read(list(paths), configurations.prepare), configurations=configurations)


def check_source(
    content: bytes,
    path: str,
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    configurations: Configurations | None = None,
) -> Report:
    """Check `content` as if it were the file at `path`, relative to the working directory."""
    from secretkey_lint.trees.worktree import named_source

    configurations = configurations or _given(select, ignore, min_severity)
    return check_files([named_source(path, content)], configurations=configurations)


def check_files(
    files: Iterable[SourceFile | Searched | ReadError],
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    configurations: Configurations | None = None,
) -> Report:
    """Check files from wherever they come.

    What could not be read takes the place of its file.
    """
    configurations = configurations or _given(select, ignore, min_severity)
    looked_at = analysed = excluded = 0
    failures: list[SecretKeyLintError] = []
    run: Run | None = None
    environments: list[SourceFile] = []
    for file in files:
        if isinstance(file, Searched):
            is_excluded = configurations.is_excluding and configurations.of(file.path).exclusion(file.path) is not None
            excluded += is_excluded
            looked_at += not is_excluded
            continue
        config = configurations.of(file.path)
        if config.exclusion(file.path) is not None:
            excluded += 1
            continue
        looked_at += 1
        if isinstance(file, ReadError):
            if file.named:
                failures.append(ReadError(f"{file.path} could not be checked: {file}"))
        elif not may_hold_a_key(file.content, file.path, config.needles):
            if is_environment_file(file.path) and file.content:
                environments.append(file)
            continue
        analysed += 1
        if run is None:
            from secretkey_lint.engine import Run

            run = Run(configurations, failures.append)
        run.add(file)
    for file in environments:  # variables that only the settings say carry the key
        if run is None:
            from secretkey_lint.engine import Run

            run = Run(configurations, failures.append)
        run.add(file)
    diagnostics = run.diagnostics() if run is not None else []
    if diagnostics:
        diagnostics = _shown(diagnostics, configurations)
    return Report(tuple(diagnostics), looked_at, analysed, excluded=excluded, failures=tuple(map(str, failures)))


def _given(select: str, ignore: str, least: Severity) -> Configurations:
    """What a caller asks for, and nothing from configuration files; raises ConfigError for codes that do not exist."""
    return Configurations({"select": select, "ignore": ignore, "min-severity": least}, reads=False)


def _shown(diagnostics: list[Diagnostic], configurations: Configurations) -> list[Diagnostic]:
    """Those that are loud enough, in the order of their places."""
    from secretkey_lint.model.diagnostic import at_least

    return sorted(
        (each for each in diagnostics if at_least(each.severity, configurations.of(each.span.path).least_shown())),
        key=lambda each: (each.span.path, each.span.start.line, each.span.start.column, each.code),
    )
