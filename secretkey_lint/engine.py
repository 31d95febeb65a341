"""Ties the layers: a file becomes facts, facts become diagnostics. It holds no knowledge of its own."""

from __future__ import annotations

import os

from secretkey_lint import frames, readers, reuses, severity
from secretkey_lint.appearance import is_distinctive
from secretkey_lint.contexts import ByPath, ByStart, is_settings, may_carry
from secretkey_lint.errors import ReadError, RuleError
from secretkey_lint.model.binding import Binding, Damage
from secretkey_lint.model.diagnostic import Diagnostic
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.source import Position, SourceFile, Span, Step
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.project.project import NONE, Project
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.reuses import Place
from secretkey_lint.trees.repository import Repository

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.rule import Rule, Violation
    from secretkey_lint.readers.surroundings import Surroundings

DOCUMENTATION = "https://github.com/secretkey-lint/secretkey-lint/blob/main/docs/rules"
"""Where the rules' pages are read."""


SETTINGS_SUFFIXES = (".py", ".env", ".env.production", ".env.prod")
"""How the names of files end in which production may have its key."""

MANY = 100
"""Texts that a file is not searched for one by one before it is read."""


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
    name = readers.reader_for(file.project_path)
    facts = readers.load(name)(file, surroundings)
    if name == "dotenv":
        covered: dict[int, list[Span]] = {}
        for fact in facts:
            for literal in _literals(fact):
                for line in range(literal.span.start.line, literal.span.end.line + 1):
                    covered.setdefault(line, []).append(literal.span)
        facts += [
            fact
            for fact in readers.load("text")(file, surroundings)
            if not any(_overlap(fact.span, span) for span in covered.get(fact.span.start.line, ()))
        ]
    return facts


class Run:
    """One run over files, of however many repositories: first all are taken, then they are judged together."""

    def __init__(self, rules: Iterable[Rule], on_error: Callable[[RuleError], None]) -> None:
        """Judge by `rules`; one that fails is told to `on_error`, and the others still report."""
        self._rules = list(rules)
        self._on_error = on_error
        self._files: list[SourceFile | ReadError] = []
        self._projects: dict[str, tuple[Repository, Project]] = {}

    def add(self, file: SourceFile | ReadError) -> None:
        """Take a file that may hold a key, or that could not be read."""
        self._files.append(file)

    def diagnostics(self) -> list[Diagnostic]:
        """Return what there is to say of the files, in the order of their places."""
        for file in self._files:
            if isinstance(file, SourceFile):
                self._around(file)[0].add(file)
        read = [(file, *self._read(file)) for file in self._files]
        candidates = [
            candidate
            for file, facts, contexts in read
            for candidate in _candidates(file, facts, contexts, self._rules, self._on_error)
        ]
        places = [place for file, facts, contexts in read for place in self._places(file, facts, contexts)]
        checked = {file.path for file in self._files}
        for place, reuse in reuses.of([*places, *self._production_of(places)], self._text):
            if place.file.path in checked:
                candidates += _candidates(place.file, [reuse], ByPath(""), self._rules, self._on_error)
        return self._reported(_one_a_place(candidates))

    def _read(self, file: SourceFile | ReadError) -> tuple[list[Fact], ByPath]:
        """What is found in a file, and what says in which context that holds."""
        if isinstance(file, ReadError):
            return facts_of(file), ByPath(file.project_path)
        repository, project = self._around(file)
        reader = readers.reader_for(file.project_path)
        if reader == "dotenv" and project.carriers is NONE:
            project.carriers = self._carriers(repository, project)
        contexts = ByStart(file, project) if reader == "python" else ByPath(file.project_path)
        return facts_of(file, project), contexts

    def _places(self, file: SourceFile | ReadError, facts: list[Fact], contexts: ByPath) -> Iterator[Place]:
        """The places of keys that may be copies of each other."""
        if isinstance(file, SourceFile):
            repository, _ = self._around(file)
            for fact in facts:
                for literal in _literals(fact):
                    if isinstance(fact, Binding) and is_distinctive(literal.text):
                        yield Place(repository.root, file, fact, literal, contexts.context(fact))

    def _production_of(self, places: list[Place]) -> Iterator[Place]:
        """The places in production, in files that are not checked, of keys that were found outside of it.

        It costs a search, and only where there is such a key. What is searched for is the name of the setting.
        """
        used = {(place.root, place.literal.text) for place in places if place.is_production}
        checked = {file.path for file in self._files}
        for repository, _ in list(self._projects.values()):
            root = repository.root
            wanted = {each.literal.text for each in places if each.root == root} - {
                text for at, text in used if at == root
            }
            for path in repository.search(["SECRET_KEY"], SETTINGS_SUFFIXES) if wanted else ():
                file = repository.read(path) if is_settings(path) or not path.endswith(".py") else None
                if file is None or file.path in checked:
                    continue
                if len(wanted) > MANY or any(text.encode("utf-8", "replace") in file.content for text in wanted):
                    for place in self._places(file, *self._read(file)):
                        if place.is_production and place.literal.text in wanted:
                            yield place

    def _text(self, path: str) -> str:
        """The text of a file that was read, by the path that it is shown under."""
        file = self._known(path)
        return file.text() if file is not None else ""

    def _carriers(self, repository: Repository, project: Project) -> dict[str, Span]:
        """The variables that the settings of a repository read the key from, each with the place that does."""
        found: dict[str, Span] = {}
        for path in repository.search(["SECRET_KEY"], (".py",)):
            file = repository.read(path) if is_settings(path) else None
            for fact in facts_of(file, project) if file is not None else ():
                match fact:
                    case Binding(value=EnvLookup(name=name, span=span)) if may_carry(name):
                        found.setdefault(name, span)
        return found

    def _around(self, file: SourceFile) -> tuple[Repository, Project]:
        """The repository that a file is in, and what is known of its project."""
        absolute = os.path.abspath(file.path)
        root = absolute.removesuffix(file.project_path.replace("/", os.sep)).rstrip(os.sep) or os.sep
        found = self._projects.get(root)
        if found is None:
            repository = Repository(root)
            found = self._projects[root] = repository, Project(repository)
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
        if not best.violation.message:  # it only adds to what nothing is said of
            continue
        also = dict.fromkeys(each.violation.also for each in others if each.rule is not best.rule)
        message = "; ".join([best.violation.message, *filter(None, also)])
        chosen.append(replace(best, violation=replace(best.violation, message=message)))
    return chosen


def _weight(candidate: Candidate) -> tuple[bool, int, int]:
    """How much a candidate is to be preferred; one that only adds to others comes behind them all."""
    said = bool(candidate.violation.message)
    return said, ("note", "warning", "error").index(candidate.severity), candidate.rule.rank


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
        and not _overlap(fact.span, span)
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


def _literals(fact: Fact) -> Iterator[Literal]:
    match fact:
        case Binding(value=Literal() as literal) | Binding(value=EnvLookup(default=Literal() as literal)):
            yield literal


def _overlap(first: Span, second: Span) -> bool:
    return first.path == second.path and _before(first, second) and _before(second, first)


def _before(first: Span, second: Span) -> bool:
    """Whether `first` begins before `second` ends."""
    return (first.start.line, first.start.column) < (second.end.line, second.end.column)
