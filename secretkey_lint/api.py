"""The public functions: what the command line, hooks and other programs call.

`check_paths(["."])` checks what git tracks in the working directory, `check_source(b"…", "settings.py")` a text that
need not be on disk. Both return a `Report`, which holds nothing of a key.
"""

from __future__ import annotations

from secretkey_lint.config import Configurations
from secretkey_lint.errors import ReadError
from secretkey_lint.model.report import Report
from secretkey_lint.model.source import Searched, SourceFile
from secretkey_lint.prefilter import may_be_marked, may_hold_a_key, sets_variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import TypeVar

    from secretkey_lint.baselines import Baselines
    from secretkey_lint.errors import SecretKeyLintError
    from secretkey_lint.fixing.applying import Fixed
    from secretkey_lint.memory import Memory
    from secretkey_lint.model.diagnostic import Diagnostic, Severity
    from secretkey_lint.model.history import HistoryReport
    from secretkey_lint.model.report import RulePage, Suppressed
    from secretkey_lint.progress import Progress

    T = TypeVar("T")

__all__ = ["check_files", "check_history", "check_paths", "check_source", "fix_source", "remove_unused_suppressions"]


def check_paths(
    paths: Iterable[str] = (".",),
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    configurations: Configurations | None = None,
    progress: Progress | None = None,
    fixes: bool = True,
) -> Report:
    """Check files as they are and folders by what git tracks in them.

    `select` and `ignore` take codes of rules, or beginnings of codes, with commas between them. Configuration files
    are read if `configurations` says so, as `Configurations()` does; it takes the place of the other options. `progress`
    is told how far the run is, for another thread to show. Without `fixes` diagnostics come without theirs, for those who
    have no use for them. Raises `ConfigError` for codes and paths that do not exist and for wrong configuration,
    `GitError` where git fails.
    """
    from secretkey_lint.trees.worktree import read

    configurations = configurations or _given(select, ignore, min_severity)
    files = read(list(paths), configurations.prepare)
    return check_files(files, configurations=configurations, progress=progress, fixes=fixes)


def check_source(
    content: bytes,
    path: str,
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    configurations: Configurations | None = None,
    fixes: bool = True,
) -> Report:
    """Check `content` as if it were the file at `path`, relative to the working directory; `fixes` as for `check_paths`."""
    from secretkey_lint.trees.worktree import named_source

    configurations = configurations or _given(select, ignore, min_severity)
    return check_files([named_source(path, content)], configurations=configurations, fixes=fixes)


def check_files(
    files: Iterable[SourceFile | Searched | ReadError],
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    configurations: Configurations | None = None,
    baselines: Baselines | None = None,
    unsaved: Iterable[SourceFile] = (),
    progress: Progress | None = None,
    memory: Memory | None = None,
    fixes: bool = True,
) -> Report:
    """Check files from wherever they come.

    What could not be read takes the place of its file. What is in the baselines that `configurations` say, or in
    `baselines`, is not reported; they are only read. What editors have not saved yet, `unsaved`, takes the place of what is
    on disk wherever a checked file leads there. `memory` is what earlier calls have left, and takes what this one does;
    without `fixes` diagnostics come without theirs, for those who have no use for them. Raises `ConfigError` for a
    baseline that cannot be read.
    """
    configurations = configurations or _given(select, ignore, min_severity)
    looked_at = analysed = excluded = 0
    failures: list[SecretKeyLintError] = []
    candidates: list[SourceFile | ReadError] = []
    held: list[SourceFile] = []
    searched: list[Searched] = []
    for file in files if progress is None else progress.looking_at(files):
        if isinstance(file, Searched):
            is_excluded = configurations.is_excluding and configurations.of(file.path).exclusion(file.path) is not None
            excluded += is_excluded
            looked_at += not is_excluded
            if not is_excluded:
                searched.append(file)
            continue
        config = configurations.of(file.path)
        if config.exclusion(file.path) is not None:
            excluded += 1
            continue
        looked_at += 1
        if isinstance(file, ReadError):
            if file.named:
                failures.append(ReadError(f"{file.path} could not be checked: {file}"))
        elif not may_hold_a_key(file.content, file.path, config.needles) and not may_be_marked(file.content):
            if file.content and sets_variables(file.path):
                held.append(file)
            continue
        analysed += 1
        candidates.append(file)
    if baselines is None and (candidates or held or configurations.baselines()):
        from secretkey_lint.baselines import Baselines

        baselines = Baselines(configurations)
    diagnostics: list[Diagnostic] = []
    suppressed: list[Suppressed] = []
    unread: set[str] = set()
    rules: tuple[RulePage, ...] = ()
    if candidates or held:
        assert baselines is not None
        from secretkey_lint.engine import Run
        from secretkey_lint.pages import pages

        run = Run(configurations, failures.append, progress, memory, fixes=fixes)
        for each in candidates:
            run.add(each)
        run.take(unsaved)
        run.hold(held, searched)
        diagnostics, accepted = baselines.divided(run.diagnostics(), run.texts)
        suppressed, unread = [*run.suppressed, *accepted], run.unread
        rules = pages()
    stale = len(baselines.stale(unread)) if baselines is not None and not failures else 0
    if diagnostics or suppressed:
        diagnostics = _shown(diagnostics, configurations, lambda each: each)
        suppressed = _shown(suppressed, configurations, lambda each: each.diagnostic)
    return Report(
        tuple(diagnostics),
        looked_at,
        analysed,
        suppressed=sum(each.kind == "inline" for each in suppressed),
        baselined=sum(each.kind == "baseline" for each in suppressed),
        excluded=excluded,
        failures=tuple(map(str, failures)),
        suppressed_diagnostics=tuple(suppressed),
        rules=rules,
        stale=stale,
    )


def check_history(
    revisions: Iterable[str] | None = (),
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    configurations: Configurations | None = None,
    baselines: Baselines | None = None,
) -> HistoryReport:
    """Check the history of the repository that the working directory is in, each version of a file once.

    `revisions` are what `git rev-list` takes: branches, ranges such as `origin/main..HEAD`, `--all`; by default all that
    led to `HEAD`, and with None nothing. Of a range, what its commits bring in is reported. What is in the baselines that
    `configurations` say, or in `baselines`, is not, whichever file has it. Raises `ConfigError` for revisions
    that do not exist and for wrong configuration, `GitError` where git fails.
    """
    from secretkey_lint.baselines import Baselines
    from secretkey_lint.history.checking import check
    from secretkey_lint.trees.history import Revisions, repository_root

    configurations = configurations or _given(select, ignore, min_severity)
    said = None if revisions is None else list(revisions)
    return check(Revisions(repository_root(), said), configurations, baselines or Baselines(configurations))


def fix_source(
    content: bytes,
    path: str,
    *,
    unsafe: bool = False,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    configurations: Configurations | None = None,
) -> Fixed:
    """Return what the fixes of all that is reported make of `content`, as if it were the file at `path`.

    Fixes that are not safe are applied with `unsafe` only: a project that is made to read its key from the environment
    does not start without. The result was checked again; what a fix is not about stays as it is, byte for byte. Raises
    `ReadError` where the content could not be checked in full, and like `check_source`.
    """
    from secretkey_lint.fixing.applying import fixed
    from secretkey_lint.trees.worktree import named_source

    configurations = configurations or _given(select, ignore, min_severity)

    def check(file: SourceFile) -> tuple[Diagnostic, ...]:
        report = check_files([file], configurations=configurations)
        if report.failures:
            raise ReadError(f"{path} could not be fixed: {report.failures[0]}")
        return report.diagnostics

    return fixed(named_source(path, content), check, unsafe=unsafe)


def remove_unused_suppressions(
    content: bytes, path: str, *, select: str = "", ignore: str = "", configurations: Configurations | None = None
) -> bytes:
    """Return `content` without the suppressions that SKL901 reports as unused if it is the file at `path`.

    Nothing else changes. Suppressions of rules that are not selected stay, and so do those that name no rule.
    """
    from secretkey_lint.engine import Run
    from secretkey_lint.suppression.removal import without
    from secretkey_lint.trees.worktree import named_source

    file = named_source(path, content)
    failures: list[SecretKeyLintError] = []
    run = Run(configurations or _given(select, ignore, "note"), failures.append, fixes=False)
    run.add(file)
    reported = {each.span for each in run.diagnostics() if each.code == "SKL901"}
    if failures:
        raise failures[0]  # a rule that has failed has not said what there is to suppress
    return without(file, [each for each in run.unused.get(file, []) if each.fact.span in reported])


def _given(select: str, ignore: str, least: Severity) -> Configurations:
    """What a caller asks for, and nothing from configuration files; raises ConfigError for codes that do not exist."""
    return Configurations({"select": select, "ignore": ignore, "min-severity": least}, reads=False)


def _shown(found: list[T], configurations: Configurations, diagnostic_of: Callable[[T], Diagnostic]) -> list[T]:
    """Those that are loud enough, in the order of their places."""
    from secretkey_lint.model.diagnostic import at_least

    def is_loud(each: T) -> bool:
        diagnostic = diagnostic_of(each)
        return at_least(diagnostic.severity, configurations.of(diagnostic.span.path).least_shown())

    def order(each: T) -> tuple[str, int, int, str]:
        diagnostic = diagnostic_of(each)
        start = diagnostic.span.start
        return diagnostic.span.path, start.line, start.column, diagnostic.code

    return sorted(filter(is_loud, found), key=order)
