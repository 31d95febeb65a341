"""The public functions: what the command line, hooks and other programs call.

`check_paths(["."])` checks what git tracks in the working directory, `check_source(b"…", "settings.py")` a text that
need not be on disk. Both return a `Report`, which holds nothing of a key.
"""

from __future__ import annotations

from secretkey_lint.model.report import Report
from secretkey_lint.model.source import Searched, SourceFile
from secretkey_lint.prefilter import may_hold_a_key, sets_variables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from secretkey_lint.engine import Run
    from secretkey_lint.errors import ReadError, SecretKeyLintError
    from secretkey_lint.model.diagnostic import Diagnostic, Severity
    from secretkey_lint.model.rule import Rule

__all__ = ["check_files", "check_paths", "check_source"]


def check_paths(
    paths: Iterable[str] = (".",), *, select: str = "", ignore: str = "", min_severity: Severity = "note"
) -> Report:
    """Check files as they are and folders by what git tracks in them.

    `select` and `ignore` take codes of rules, or beginnings of codes, with commas between them. Raises
    `ConfigError` for codes and paths that do not exist and `GitError` where git fails.
    """
    from secretkey_lint.trees.worktree import read

    return check_files(read(list(paths)), select=select, ignore=ignore, min_severity=min_severity)


def check_source(
    content: bytes, path: str, *, select: str = "", ignore: str = "", min_severity: Severity = "note"
) -> Report:
    """Check `content` as if it were the file at `path`, relative to the working directory."""
    from secretkey_lint.trees.worktree import named_source

    return check_files([named_source(path, content)], select=select, ignore=ignore, min_severity=min_severity)


def check_files(
    files: Iterable[SourceFile | Searched | ReadError],
    *,
    select: str = "",
    ignore: str = "",
    min_severity: Severity = "note",
) -> Report:
    """Check files from wherever they come.

    What could not be read takes the place of its file.
    """
    if select or ignore:
        _chosen_rules(select, ignore)  # a code that does not exist is to be said, whether or not there is a candidate
    looked_at = analysed = 0
    failures: list[SecretKeyLintError] = []
    run: Run | None = None
    held: list[SourceFile] = []
    searched: list[Searched] = []
    for file in files:
        looked_at += 1
        if isinstance(file, Searched):
            searched.append(file)
            continue
        if isinstance(file, SourceFile) and not may_hold_a_key(file.content, file.path):
            if file.content and sets_variables(file.path):
                held.append(file)
            continue
        analysed += 1
        if run is None:
            from secretkey_lint.engine import Run

            run = Run(_chosen_rules(select, ignore), failures.append)
        run.add(file)
    if held and run is None:
        from secretkey_lint.engine import Run

        run = Run(_chosen_rules(select, ignore), failures.append)
    if run is not None:
        run.hold(held, searched)
    diagnostics = run.diagnostics() if run is not None else []
    if not diagnostics:
        return Report((), looked_at, analysed, failures=tuple(map(str, failures)))
    return _report(diagnostics, looked_at, analysed, failures, min_severity)


def _report(
    diagnostics: list[Diagnostic], files: int, analysed: int, failures: list[SecretKeyLintError], least: Severity
) -> Report:
    from secretkey_lint.model.diagnostic import at_least

    reported = sorted(
        (diagnostic for diagnostic in diagnostics if at_least(diagnostic.severity, least)),
        key=lambda diagnostic: (
            diagnostic.span.path,
            diagnostic.span.start.line,
            diagnostic.span.start.column,
            diagnostic.code,
        ),
    )
    return Report(tuple(reported), files, analysed, failures=tuple(map(str, failures)))


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
