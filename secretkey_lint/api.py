"""The public functions: what the command line, hooks and other programs call.

`check_paths(["."])` checks what git tracks in the working directory, `check_source(b"…", "settings.py")` a text that
need not be on disk. Both return a `Report`, which holds nothing of a key.
"""

from __future__ import annotations

from secretkey_lint.model.report import Report
from secretkey_lint.model.source import Searched, SourceFile
from secretkey_lint.prefilter import is_environment_file, may_be_marked, may_hold_a_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.engine import Run
    from secretkey_lint.errors import ReadError, SecretKeyLintError
    from secretkey_lint.model.diagnostic import Diagnostic, Severity
    from secretkey_lint.model.rule import Rule
    from secretkey_lint.suppression import Options

__all__ = ["check_files", "check_paths", "check_source", "remove_unused_suppressions"]


def check_paths(
    paths: Iterable[str] = (".",),
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    suppressions: Options | None = None,
) -> Report:
    """Check files as they are and folders by what git tracks in them.

    `select` and `ignore` take codes of rules, or beginnings of codes, with commas between them; `suppressions` says
    what counts as one (`secretkey_lint.suppression.Options`). Raises `ConfigError` for codes and paths that do not
    exist and `GitError` where git fails.
    """
    from secretkey_lint.trees.worktree import read

    return check_files(
        read(list(paths)), select=select, ignore=ignore, min_severity=min_severity, suppressions=suppressions
    )


def check_source(
    content: bytes,
    path: str,
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    suppressions: Options | None = None,
) -> Report:
    """Check `content` as if it were the file at `path`, relative to the working directory."""
    from secretkey_lint.trees.worktree import named_source

    return check_files(
        [named_source(path, content)],
        select=select,
        ignore=ignore,
        min_severity=min_severity,
        suppressions=suppressions,
    )


def check_files(
    files: Iterable[SourceFile | Searched | ReadError],
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
    suppressions: Options | None = None,
) -> Report:
    """Check files from wherever they come.

    What could not be read takes the place of its file.
    """
    if select or ignore:
        _chosen_rules(select, ignore)  # a code that does not exist is to be said, whether or not there is a candidate
    looked_at = analysed = 0
    failures: list[SecretKeyLintError] = []
    run: Run | None = None
    environments: list[SourceFile] = []
    for file in files:
        looked_at += 1
        if isinstance(file, Searched) or (
            isinstance(file, SourceFile)
            and not may_hold_a_key(file.content, file.path)
            and not may_be_marked(file.content)
        ):
            if isinstance(file, SourceFile) and is_environment_file(file.path) and file.content:
                environments.append(file)
            continue
        analysed += 1
        if run is None:
            from secretkey_lint.engine import Run

            run = Run(_chosen_rules(select, ignore), failures.append, suppressions)
        run.add(file)
    for file in environments:  # variables that only the settings say carry the key
        if run is None:
            from secretkey_lint.engine import Run

            run = Run(_chosen_rules(select, ignore), failures.append, suppressions)
        run.add(file)
    diagnostics = run.diagnostics() if run is not None else []
    suppressed = run.suppressed if run is not None else []
    if not diagnostics and not suppressed:
        return Report((), looked_at, analysed, failures=tuple(map(str, failures)))
    from secretkey_lint.model.diagnostic import at_least

    reported = sorted((each for each in diagnostics if at_least(each.severity, min_severity)), key=_order)
    silenced = sorted(
        (each for each in suppressed if at_least(each.diagnostic.severity, min_severity)),
        key=lambda each: _order(each.diagnostic),
    )
    return Report(
        tuple(reported),
        looked_at,
        analysed,
        len(silenced),
        tuple(map(str, failures)),
        suppressed_diagnostics=tuple(silenced),
    )


def remove_unused_suppressions(
    content: bytes, path: str, *, select: str = "", ignore: str = "", suppressions: Options | None = None
) -> bytes:
    """Return `content` without the suppressions that SKL901 reports as unused if it is the file at `path`.

    Nothing else changes. Suppressions of rules that are not selected stay, and so do those that name no rule.
    """
    from secretkey_lint.engine import Run
    from secretkey_lint.suppression.removal import without
    from secretkey_lint.trees.worktree import named_source

    file = named_source(path, content)
    failures: list[SecretKeyLintError] = []
    run = Run(_chosen_rules(select, ignore), failures.append, suppressions)
    run.add(file)
    reported = {each.span for each in run.diagnostics() if each.code == "SKL901"}
    if failures:
        raise failures[0]  # a rule that has failed has not said what there is to suppress
    return without(file, [each for each in run.unused.get(file, []) if each.fact.span in reported])


def _order(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    start = diagnostic.span.start
    return diagnostic.span.path, start.line, start.column, diagnostic.code


def _chosen_rules(select: str, ignore: str) -> list[Rule]:
    """The rules that are to report; raises ConfigError for codes that no rule has, all in one message."""
    from secretkey_lint import rules
    from secretkey_lint.errors import ConfigError, nearest

    known = rules.load()
    codes = [rule.code for rule in known]
    selected, ignored = _codes(select), _codes(ignore)
    wrong = [code for code in (*selected, *ignored) if not any(each.startswith(code) for each in codes)]
    if wrong:
        raise ConfigError("\n".join(f"there is no rule {code}{nearest(code, codes)}" for code in wrong))
    return [
        rule
        for rule in known
        if (not selected or rule.code.startswith(tuple(selected))) and not rule.code.startswith(tuple(ignored))
    ]


def _codes(text: str) -> list[str]:
    return [code.strip().upper() for code in text.split(",") if code.strip()]
