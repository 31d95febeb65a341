"""Ties the layers: a file becomes facts, facts become diagnostics. It holds no knowledge of its own."""

from __future__ import annotations

import os

from secretkey_lint import frames, readers, severity
from secretkey_lint.contexts import ByPath, ByStart, is_settings
from secretkey_lint.errors import ReadError, RuleError
from secretkey_lint.model.binding import Binding, Damage, EnvironmentFile
from secretkey_lint.model.diagnostic import Diagnostic
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.source import Position, SourceFile, Span, Step
from secretkey_lint.model.value import EnvLookup
from secretkey_lint.prefilter import is_environment_file
from secretkey_lint.project.project import Project
from secretkey_lint.readers import reading
from secretkey_lint.readers.reading import overlap
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.trees.repository import Repository
from secretkey_lint.vocabulary import may_carry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from secretkey_lint.errors import SecretKeyLintError
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.rule import Rule, Violation
    from secretkey_lint.model.source import Searched
    from secretkey_lint.readers.surroundings import Surroundings

DOCUMENTATION = "https://github.com/secretkey-lint/secretkey-lint/blob/main/docs/rules"
"""Where the rules' pages are read."""


class Candidate(Record):
    """A violation, with what decides whether it is the one that is reported for its place."""

    rule: Rule
    fact: Fact
    violation: Violation
    context: Context
    severity: Severity


def facts_of(file: SourceFile | ReadError, surroundings: Surroundings = ALONE) -> list[Fact]:
    """Return what the readers find in a file, or that it could not be read."""
    if isinstance(file, ReadError):
        start = Position(1, 1)
        return [Damage(Span(file.path, start, start), str(file), scanned=False)]
    return reading.read(file, surroundings)


class Run:
    """One run over files, of however many repositories: first all are taken, then they are judged together."""

    def __init__(self, rules: Iterable[Rule], on_error: Callable[[SecretKeyLintError], None]) -> None:
        """Judge by `rules`; one that fails is told to `on_error`, as is what git could not tell; the others report."""
        self._rules = list(rules)
        self._on_error = on_error
        self._files: list[SourceFile | ReadError] = []
        self._held: list[SourceFile] = []
        self._searched: list[Searched] = []
        self._projects: dict[str, tuple[Repository, Project]] = {}
        self._facts: dict[str, list[Fact]] = {}

    def add(self, file: SourceFile | ReadError) -> None:
        """Take a file that may hold a key, or that could not be read."""
        self._files.append(file)

    def hold(self, files: Iterable[SourceFile], searched: Iterable[Searched]) -> None:
        """Take files that do not name the key, and may name a variable that the settings read it from."""
        self._held += files
        self._searched += searched

    def diagnostics(self) -> list[Diagnostic]:
        """Return what there is to say of the files, in the order of their places."""
        for file in self._files:
            if isinstance(file, SourceFile):
                self._around(file)[0].add(file)
        self._files += self._naming_carriers()
        candidates: list[Candidate] = []
        for file in self._files:
            contexts = ByPath(file.project_path)
            if isinstance(file, ReadError):
                facts = facts_of(file)
            else:
                _, project = self._around(file)
                if readers.reader_for(file.project_path, file.content) == "python":
                    contexts = ByStart(file, project)
                facts = self._facts_of(file, project)
                protection = self._protection(file, facts)
                facts = [*facts, *protection] if file.tracked else [*protection]
            candidates += _candidates(file, facts, contexts, self._rules, self._on_error)
        return self._reported(_one_a_place(candidates))

    def _naming_carriers(self) -> list[SourceFile]:
        """The files that were held and do name a variable which the settings read the key from."""
        found: list[SourceFile] = []
        for file in self._held:
            repository, project = self._around(file)
            repository.add(file)
            if any(name in file.text() for name in project.carriers):
                found.append(file)
        for repository, _ in self._projects.values() if self._held else ():
            if repository.failure is not None:  # nobody knows what the settings read the key from
                self._on_error(repository.failure)
        if self._searched:
            named = [
                (os.path.join(root, path), repository.read(path))
                for root, (repository, project) in list(self._projects.items())
                for path in (repository.search(project.carriers) if project.carriers else ())
                if not path.endswith(".py")
            ]
            paths = {os.path.abspath(each.path): each.path for each in self._searched} if named else {}
            found += [replace(file, path=paths[place]) for place, file in named if file is not None and place in paths]
        return found

    def _protection(self, file: SourceFile, facts: Iterable[Fact]) -> Iterator[EnvironmentFile]:
        """Whether a file of variables that holds the key is kept out of the repository, for each place that does."""
        if not is_environment_file(file.project_path):
            return
        for fact in facts:
            if not isinstance(fact, Binding) or fact.medium != "file" or not fact.is_used:
                continue
            for literal in reading.literals(fact):
                ignored = self._around(file)[0].ignores(file.project_path) if file.tracked else False
                if ignored is not None:
                    line = file.project_path.rpartition("/")[2]
                    yield EnvironmentFile(fact.name, literal.span, file.tracked, ignored, line, fact.guards)

    def _carriers(self, repository: Repository, project: Project) -> dict[str, Span]:
        """The variables that the settings of a repository read the key from, each with the place that does."""
        found: dict[str, Span] = {}
        for path in repository.search(["SECRET_KEY"], (".py",)):
            file = repository.read(path) if is_settings(path) else None
            for fact in self._facts_of(file, project) if file is not None else ():
                match fact:
                    case Binding(value=EnvLookup(name=name, span=span)) if may_carry(name):
                        found.setdefault(name, span)
        return found

    def _facts_of(self, file: SourceFile, project: Project) -> list[Fact]:
        """What the readers find in a file; it is read once, whoever asks."""
        if file.path not in self._facts:
            self._facts[file.path] = facts_of(file, project)
        return self._facts[file.path]

    def _around(self, file: SourceFile) -> tuple[Repository, Project]:
        """The repository that a file is in, and what is known of its project."""
        absolute = os.path.abspath(file.path)
        root = absolute.removesuffix(file.project_path.replace("/", os.sep)).rstrip(os.sep) or os.sep
        found = self._projects.get(root)
        if found is None:
            repository = Repository(root)
            found = self._projects[root] = (
                repository,
                Project(repository, lambda project: self._carriers(repository, project)),
            )
        return found

    def _reported(self, chosen: list[Candidate]) -> list[Diagnostic]:
        """Make diagnostics of what is to be reported, with the lines that they are about."""
        files = {file.path: file for file in self._files if isinstance(file, SourceFile)}
        spans: dict[str, list[Span]] = {}
        for candidate in chosen:
            spans.setdefault(candidate.violation.span.path, []).append(candidate.violation.span)
        lines = {path: _lines(files.get(path) or self._known(path), places) for path, places in spans.items()}
        ordinals: dict[tuple[str, str, str], int] = {}
        diagnostics: list[Diagnostic] = []
        for candidate in chosen:
            diagnostic = _diagnostic(candidate, lines[candidate.violation.span.path])
            identity = diagnostic.span.path, diagnostic.code, diagnostic.subject
            ordinals[identity] = ordinals.get(identity, -1) + 1
            diagnostics.append(replace(diagnostic, ordinal=ordinals[identity]))
        return diagnostics

    def _known(self, path: str) -> SourceFile | None:
        """A file that was read on the way of a value, by the path that it is shown under."""
        for repository, _ in self._projects.values():
            file = repository.shown_as(path)
            if file is not None:
                return file
        return None


def _candidates(
    file: SourceFile | ReadError,
    facts: list[Fact],
    contexts: ByPath,
    rules: Iterable[Rule],
    on_error: Callable[[RuleError], None],
) -> Iterator[Candidate]:
    for rule in rules:
        failed = False
        for fact in facts:
            try:
                violations = list(rule.check(fact))
            except Exception:
                failed = True
                continue
            if not violations:
                continue
            where = contexts.context(fact)
            for violation in violations:
                loudness = severity.of(rule.verdict, where, looks_generated=violation.looks_generated)
                if loudness is not None:
                    yield Candidate(rule, fact, violation, where, loudness)
        if failed:  # what was raised may hold a key, so that nothing of it is passed on
            on_error(RuleError(f"the rule {rule.code} {rule.name} failed on {file.path}; please report it"))


def _one_a_place(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep one violation a place: the most severe, among equals the most specific; it says what else holds."""
    places: dict[Span, list[Candidate]] = {}
    for candidate in candidates:
        places.setdefault(candidate.violation.span, []).append(candidate)
    chosen: list[Candidate] = []
    for span in sorted(places, key=_order):
        best, *others = sorted(places[span], key=_weight, reverse=True)
        also = dict.fromkeys(each.violation.also for each in others if each.rule is not best.rule)
        message = "; ".join([best.violation.message, *filter(None, also)])
        chosen.append(replace(best, violation=replace(best.violation, message=message)))
    return chosen


def _weight(candidate: Candidate) -> tuple[int, int]:
    return ("note", "warning", "error").index(candidate.severity), candidate.rule.rank


def _order(span: Span) -> tuple[str, int, int]:
    return span.path, span.start.line, span.start.column


def _diagnostic(candidate: Candidate, lines: dict[int, str]) -> Diagnostic:
    rule, fact, violation = candidate.rule, candidate.fact, candidate.violation
    span = violation.span
    related = violation.related
    if (
        isinstance(fact, Binding)
        and not related
        and fact.name
        and fact.span.start.line != span.start.line
        and not overlap(fact.span, span)
    ):
        related = (Step(fact.span, f"reaches {fact.name} here"),)
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=candidate.severity,
        context=candidate.context,
        span=span,
        message=violation.message,
        help=rule.help,
        url=f"{DOCUMENTATION}/{rule.code}.md",
        subject="" if isinstance(fact, Damage) else fact.name,
        related=related,
        frame=frames.frame(lines.get(span.start.line, ""), span),
    )


def _lines(file: SourceFile | None, spans: list[Span]) -> dict[int, str]:
    """The lines at which `spans` begin, by their numbers."""
    wanted = {span.start.line for span in spans}
    if not wanted or file is None or not _is_utf_8(file.content):
        return {}  # without the columns being sure, nothing of a line may be shown
    text = file.text().replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n", max(wanted))
    return {number: lines[number - 1] for number in wanted if number <= len(lines)}


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except ValueError:
        return False
    return True
