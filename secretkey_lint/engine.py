"""Ties the layers: a file becomes facts, facts become diagnostics. It holds no knowledge of its own."""

from __future__ import annotations

import os

from secretkey_lint import diagnosing, readers, reuses
from secretkey_lint.appearance import is_distinctive
from secretkey_lint.carriers import carriers
from secretkey_lint.config.describing import describe
from secretkey_lint.contexts import ByPath, ByStart, is_settings
from secretkey_lint.errors import ReadError
from secretkey_lint.judging import Suppression, candidates, one_a_place
from secretkey_lint.memory import Memory
from secretkey_lint.model.binding import Binding, Damage, EnvironmentFile
from secretkey_lint.model.record import replace
from secretkey_lint.model.report import Suppressed
from secretkey_lint.model.source import Position, SourceFile, Span
from secretkey_lint.prefilter import is_environment_file, may_be_marked, may_hold_a_key
from secretkey_lint.project.project import Project
from secretkey_lint.readers import reading
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.refusals import as_taken
from secretkey_lint.reuses import Place
from secretkey_lint.suppression import Options, Suppressions
from secretkey_lint.vocabulary import Naming, is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from secretkey_lint.config import Config, Configurations
    from secretkey_lint.errors import SecretKeyLintError
    from secretkey_lint.judging import Candidate
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.source import Searched
    from secretkey_lint.progress import Progress
    from secretkey_lint.readers.surroundings import Surroundings
    from secretkey_lint.suppression.marked import Unused
    from secretkey_lint.trees.repository import Repository

SETTINGS_SUFFIXES = (".py", ".env", ".env.production", ".env.prod")
"""How the names of files end in which production may have its key."""

MANY = 100
"""Texts that a file is not searched for one by one before it is read."""


def facts_of(file: SourceFile | ReadError, surroundings: Surroundings = ALONE) -> list[Fact]:
    """Return what the readers find in a file, or that it could not be read."""
    if isinstance(file, ReadError):
        start = Position(1, 1)
        return [Damage(Span(file.path, start, start), str(file), scanned=False)]
    with Naming(surroundings.names):
        return reading.read(file, surroundings)


class Run:
    """One run over files, of however many repositories: first all are taken, then they are judged together."""

    def __init__(
        self,
        configurations: Configurations,
        on_error: Callable[[SecretKeyLintError], None],
        progress: Progress | None = None,
        memory: Memory | None = None,
        *,
        fixes: bool = True,
        exposures: bool = True,
    ) -> None:
        """Judge by the rules that are chosen; one that fails is told to `on_error`, as is what git could not tell.

        Once there are diagnostics, `suppressed` is what was suppressed, `unused` what of each file suppresses nothing,
        `texts` what the values are that stand at a place, and `unread` the files in which there may be more than was
        found. `memory` is what earlier runs have left. Without `fixes` nobody asks how what is found is mended, without
        `exposures` nobody asks where the key is shown.
        """
        self._configurations = configurations
        self._memory = Memory() if memory is None else memory
        self._with_fixes = fixes
        self._with_exposures = exposures
        self._memory.begin()
        self._on_error = on_error
        self._progress = progress
        self._files: list[SourceFile | ReadError] = []
        self._held: list[SourceFile] = []
        self._searched: list[Searched] = []
        self._repositories: dict[str, Repository] = {}
        self._projects: dict[tuple[str, Config], Project] = {}
        self._facts: dict[str, list[Fact]] = {}
        self._by_path: dict[str, SourceFile] | None = None
        self._suppressions = Suppressions(self._options, self._file)
        self.suppressed: list[Suppressed] = []
        self.unused: dict[SourceFile, list[Unused]] = {}
        self.texts: dict[Span, set[str]] = {}
        self.unread: set[str] = set()

    def add(self, file: SourceFile | ReadError) -> None:
        """Take a file that may hold a key, or that could not be read."""
        self._files.append(file)

    def hold(self, files: Iterable[SourceFile], searched: Iterable[Searched]) -> None:
        """Take files that do not name the key, and may name a variable that the settings read it from."""
        self._held += files
        self._searched += searched

    def take(self, files: Iterable[SourceFile]) -> None:
        """Take the content of files for what is on disk, without checking them."""
        for file in files:
            self._around(file)[0].add(file)

    def diagnostics(self) -> list[Diagnostic]:
        """Return what there is to say of the files, in the order of their places."""
        for file in self._files:
            if isinstance(file, SourceFile):
                self._around(file)[0].add(file)
        self._files += self._naming_carriers()
        files = self._files if self._progress is None else self._progress.analysing(self._files)
        read = [(file, *self._read(file)) for file in files]
        violations = [each for file, facts, contexts in read for each in self._judged(file, facts, contexts)]
        places = [place for file, facts, contexts in read for place in self._places(file, facts, contexts)]
        checked = {file.path for file in self._files}
        for place, reuse in reuses.of([*places, *self._production_of(places)], self._text):
            if place.file.path in checked:
                violations += self._judged(place.file, [reuse], ByPath(""))
        chosen = one_a_place(filter(self._is_wanted, violations), self._suppression)
        chosen += one_a_place(filter(self._is_wanted, self._idle()), self._suppression)
        for file, facts, _ in read:
            for fact in facts:
                if isinstance(fact, Damage):
                    self.unread.add(file.path)
                for literal in reading.literals(fact):
                    self.texts.setdefault(literal.span, set()).add(literal.text)
        diagnostics: list[Diagnostic] = []
        for candidate, diagnostic in zip(chosen, self._reported(chosen), strict=True):
            if candidate.suppression is None:
                diagnostics.append(diagnostic)
            else:
                self.suppressed.append(Suppressed(diagnostic, "inline", candidate.suppression.reason))
        return diagnostics

    def facts(self, file: SourceFile) -> list[Fact]:
        """Return what the readers find in a file; it is read once, whoever asks."""
        if file.path not in self._facts:
            _, project = self._around(file)
            self._facts[file.path] = project.recall(
                ("facts", file.project_path),
                lambda: as_taken(facts_of(file, project), file.project_path, project),
            )
        return self._facts[file.path]

    def project(self, root: str, config: Config) -> Project:
        """Return what is known of the project in the repository at `root`, as a configuration sees it."""
        found = self._projects.get((root, config))
        if found is None:
            repository = self._repository(root)
            found = self._projects[root, config] = Project(
                repository,
                lambda project: carriers(repository, self.facts, project.names),
                describe(config, root),
                self._memory.read(root, config.names),
                self._memory.recall(config),
                exposures=self._with_exposures,
            )
        return found

    def leaks(self, file: SourceFile) -> tuple[list[Fact], list[Candidate]]:
        """Return what is found in a file, and which keys that leaks by itself, whether or not that is suppressed."""
        self._around(file)[0].add(file)
        facts, contexts = self.facts(file), self._contexts(file)
        config = self._configurations.of(file.path)
        rules = [rule for rule in config.rules() if rule.verdict == "leak"]
        with Naming(config.names):
            found = list(candidates(file, facts, contexts, rules, self._on_error))
        return facts, one_a_place(filter(self._is_wanted, found), self._suppression)

    def _read(self, file: SourceFile | ReadError) -> tuple[list[Fact], ByPath]:
        """What is found in a file, and what says in which context that holds."""
        contexts = self._contexts(file)
        if isinstance(file, ReadError):
            return facts_of(file), contexts
        facts = self.facts(file)
        protection = self._protection(file, facts)
        return [*facts, *protection] if file.tracked else [*protection], contexts

    def _contexts(self, file: SourceFile | ReadError) -> ByPath:
        """What says in which context holds what is found in a file."""
        said = self._configurations.of(file.path).context_of(file.path)
        if isinstance(file, ReadError) or readers.reader_for(file.project_path, file.content) != "python":
            return ByPath(file.project_path, said)
        return ByStart(file, self._around(file)[1], said)

    def _judged(self, file: SourceFile | ReadError, facts: list[Fact], contexts: ByPath) -> list[Candidate]:
        """What the rules that are chosen for a file say of facts."""
        config = self._configurations.of(file.path)
        with Naming(config.names):  # what a project starts with is read where its context is asked for
            return list(candidates(file, facts, contexts, config.rules(), self._on_error))

    def _places(self, file: SourceFile | ReadError, facts: list[Fact], contexts: ByPath) -> Iterator[Place]:
        """The places of keys that may be copies of each other."""
        if isinstance(file, SourceFile):
            repository, _ = self._around(file)
            for fact in facts:
                for literal in reading.literals(fact):
                    if isinstance(fact, Binding) and is_distinctive(literal.text):
                        yield Place(repository.root, file, fact, literal, contexts.context(fact))

    def _production_of(self, places: list[Place]) -> Iterator[Place]:
        """The places in production, in files that are not checked, of keys that were found outside of it.

        It costs a search, and only where there is such a key. What is searched for is the name of the setting.
        """
        used = {(place.root, place.literal.text) for place in places if place.is_production}
        checked = {file.path for file in self._files}
        for root, repository in list(self._repositories.items()):
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
        file = self._file(path)
        return file.text() if file is not None else ""

    def _is_wanted(self, candidate: Candidate) -> bool:
        """Whether the rule is to report in the file in which the finding would be shown."""
        path = candidate.violation.span.path
        return not self._configurations.of(path).ignores(candidate.rule.code, path)

    def _options(self, path: str) -> Options:
        """What counts as a suppression in a file."""
        config = self._configurations.of(path)
        return Options(config.value("foreign-suppressions"), config.value("require-suppression-reason"))

    def _idle(self) -> Iterator[Candidate]:
        """What there is to say of suppressions that have no effect."""
        for file in self._files:
            if not isinstance(file, SourceFile) or not may_be_marked(file.content):
                continue
            config = self._configurations.of(file.path)
            judged = {rule.code for rule in config.rules()} - {"SKL011"}  # which may need files that are not of the run
            if "SKL901" in judged:
                self.unused[file] = self._unused(file, judged)
                facts: list[Fact] = [each.fact for each in self.unused[file]]
                contexts = ByPath(file.project_path, config.context_of(file.path))
                yield from self._judged(file, facts, contexts)

    def _unused(self, file: SourceFile, judged: set[str]) -> list[Unused]:
        marked = self._suppressions.of(file.path)
        return list(marked.unused(judged, lambda: self._is_whole(file))) if marked is not None else []

    def _suppression(self, candidate: Candidate) -> Suppression | None:
        """What suppresses a violation: a marker at its place, or where the value reaches the key."""
        fact = candidate.fact
        places = [candidate.violation.span]
        if isinstance(fact, Binding):
            places.append(fact.value.span if is_fallbacks_name(fact.name) else fact.span)
        found = self._suppressions.suppressing(candidate.rule.code, places)
        if found is None:
            return None
        marked, marker = found
        facts = [fact, *self._facts.get(marked.path, ())]
        return Suppression(marked.reason(marker, {each.text for fact in facts for each in reading.literals(fact)}))

    def _is_whole(self, file: SourceFile) -> bool:
        """Whether all has been looked at from which a rule could report in a file.

        Not so where the file could not be followed, or where a module that may take a value from it is not of the run.
        """
        facts = self._facts.get(file.path, [])
        if any(isinstance(fact, Damage) for fact in facts):
            return False
        if readers.reader_for(file.project_path, file.content) != "python":
            return True
        _, project = self._around(file)
        taken = {each.project_path for each in self._files}
        for path in project.users(file.project_path):
            user = project.read(path) if path not in taken else None
            if user is not None and may_hold_a_key(user.content, path):
                return False
        return True

    def _naming_carriers(self) -> list[SourceFile]:
        """The files that were held and do name a variable which the settings read the key from."""
        found: list[SourceFile] = []
        for file in self._held:
            repository, project = self._around(file)
            repository.add(file)
            if any(name in file.text() for name in project.carriers):
                found.append(file)
        for repository in self._repositories.values() if self._held else ():
            if repository.failure is not None:  # nobody knows what the settings read the key from
                self._on_error(repository.failure)
        if self._searched:
            named = [
                (os.path.join(root, path), repository.read(path))
                for (root, _), project in list(self._projects.items())
                for repository in (self._repositories[root],)
                for path in (repository.search(project.carriers) if project.carriers else ())
                if not path.endswith(".py")
            ]
            paths = {os.path.abspath(each.path): each.path for each in self._searched} if named else {}
            found += [replace(file, path=paths[place]) for place, file in named if file is not None and place in paths]
        return found

    def _protection(self, file: SourceFile, facts: Iterable[Fact]) -> Iterator[EnvironmentFile]:
        """Whether a file of variables that holds the key is kept out of the repository, for each place that does."""
        repository, _ = self._around(file)
        if not is_environment_file(file.project_path) or not repository.is_in_git:
            return
        for fact in facts:
            if not isinstance(fact, Binding) or fact.medium != "file" or not fact.is_used:
                continue
            for literal in reading.literals(fact):
                ignored = file.tracked and repository.ignores(file.project_path)
                line = file.project_path.rpartition("/")[2]
                yield EnvironmentFile(fact.name, literal.span, file.tracked, ignored, line, fact.guards)

    def _around(self, file: SourceFile) -> tuple[Repository, Project]:
        """The repository that a file is in, and what is known of its project."""
        absolute = os.path.abspath(file.path)
        root = absolute.removesuffix(file.project_path.replace("/", os.sep)).rstrip(os.sep) or os.sep
        return self._repository(root), self.project(root, self._configurations.of(file.path))

    def _repository(self, root: str) -> Repository:
        if root not in self._repositories:
            self._repositories[root] = self._memory.repository(root)
        return self._repositories[root]

    def _reported(self, chosen: list[Candidate]) -> list[Diagnostic]:
        """Make diagnostics of what is to be reported, with the lines that they are about and how they are mended."""
        fixes = None
        if chosen and self._with_fixes:
            from secretkey_lint.fixing.offering import Fixes

            fixes = Fixes()
        ways = [diagnosing.way_of(each) for each in chosen]
        spans: dict[str, list[Span]] = {}
        for candidate, way in zip(chosen, ways, strict=True):
            for span in (candidate.violation.span, *(step.span for step in way)):
                spans.setdefault(span.path, []).append(span)
        values: dict[str, list[Span]] = {path: [] for path in spans}
        for fact in (each for facts in self._facts.values() for each in facts):
            for literal in reading.literals(fact):
                values.get(literal.span.path, []).append(literal.span)
        lines = {path: diagnosing.Lines(self._file(path), places, values[path]) for path, places in spans.items()}
        ordinals: dict[tuple[str, str, str], int] = {}
        diagnostics: list[Diagnostic] = []
        for candidate, way in zip(chosen, ways, strict=True):
            diagnostic = diagnosing.diagnostic(candidate, way, lines)
            identity = diagnostic.span.path, diagnostic.code, diagnostic.subject
            ordinals[identity] = ordinals.get(identity, -1) + 1
            path, fix = diagnostic.span.path, None
            if candidate.suppression is None and fixes is not None:
                file = self._file(path)
                idle = self.unused.get(file, ()) if file is not None else ()
                marker = next((each for each in idle if each.fact == candidate.fact), None)
                memory = self._around(file)[1].memory if file is not None else {}
                fix = fixes.of(candidate, file, self._facts.get(path, []), marker, memory)
            diagnostics.append(replace(diagnostic, ordinal=ordinals[identity], fix=fix))
        return diagnostics

    def _file(self, path: str) -> SourceFile | None:
        """A file of the run, or one that was read on the way of a value, by the path that it is shown under."""
        if self._by_path is None:
            self._by_path = {file.path: file for file in self._files if isinstance(file, SourceFile)}
        if path in self._by_path:
            return self._by_path[path]
        for repository in self._repositories.values():
            file = repository.shown_as(path)
            if file is not None:
                return file
        return None
