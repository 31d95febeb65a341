"""What one version of a file leaks, among the other files of its commit; and for how long that holds."""

from __future__ import annotations

from hashlib import blake2b
from os import urandom

from secretkey_lint.config import Config
from secretkey_lint.contexts import is_settings
from secretkey_lint.engine import Run
from secretkey_lint.memory import Memory
from secretkey_lint.model.binding import Binding, Damage
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.value import CommittedFile, EnvLookup
from secretkey_lint.readers import reading
from secretkey_lint.trees.answers import Answers
from secretkey_lint.trees.noting import CommitTree, Notes, Reach
from secretkey_lint.vocabulary import KEY_NAMES, may_carry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, MutableMapping
    from typing import TypeVar

    from secretkey_lint.config import Configurations
    from secretkey_lint.errors import SecretKeyLintError
    from secretkey_lint.judging import Candidate
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.source import Position
    from secretkey_lint.project.recalling import Recall
    from secretkey_lint.trees.commit import Contents, Files
    from secretkey_lint.trees.noting import Answer, Question
    from secretkey_lint.trees.repository import Repository

    Result = TypeVar("Result")

MAX_REMEMBERED = 300
"""Files whose syntax trees are kept from one commit to the next."""


class Found(Record):
    """A key that a version of a file has; `key` stands for its value in this run, and says nothing of it."""

    key: bytes
    path: str
    start: Position
    code: str
    name: str
    severity: Severity
    context: Context
    subject: str
    message: str
    is_suppressed: bool


class Judgement(Record):
    """What a version of a file leaks, wherever what is in `notes` is as it is noted; `reach` is where that comes from."""

    found: tuple[Found, ...]
    notes: Notes
    reach: Reach = Reach()


class _Memory(Memory):
    """What a run is told that is to answer a question, or to judge a file, among the files of a commit."""

    def __init__(self, tree: CommitTree, read: dict[str, object], question: Question = ()) -> None:
        super().__init__()
        self._tree = tree
        self._made = read
        self._question = question

    def repository(self, root: str) -> Repository:
        """Return the files of the commit."""
        return self._tree

    def read(self, root: str, names: frozenset[str]) -> MutableMapping[str, object]:
        """Return what readers have made of files."""
        return self._made

    def recall(self, config: Config) -> Recall:
        """Return what knows the answers to all other questions."""

        def recall(question: tuple[str, ...], find: Callable[[], Result]) -> Result:
            asked = config, *question
            return find() if asked == self._question else self._tree.answer(asked)  # type: ignore[return-value]

        return recall


class Judge:
    """Judges versions of files, each once among others of which the same is to be said as far as it has asked.

    What a run knows by itself it does not ask again, so that there is one for each thing that is remembered.
    """

    def __init__(
        self,
        root: str,
        configurations: Configurations,
        contents: Contents,
        on_error: Callable[[SecretKeyLintError], None],
        on_value: Callable[[bytes, str, str], None],
    ) -> None:
        """`on_value` is told of each value, once a path that it is shown under: what stands for it, itself, and the path."""
        self._root = root
        self._configurations = configurations
        self._contents = contents
        self._on_error = on_error
        self._on_value = on_value
        self._salt = urandom(32)
        self._made: dict[str, object] = {}
        self._known: dict[tuple[str, str], list[Judgement]] = {}
        self._remembered: dict[Question, list[Answer]] = {}
        self._answers = Answers(root)
        self._values: set[tuple[bytes, str]] = set()
        self.analysed = 0
        self.unparsed: set[tuple[str, str]] = set()
        self.carriers: set[str] = set()
        """Variables that settings read the key from, which are not always its names."""

    def judge(self, paths: Iterable[str], files: Files) -> dict[str, Judgement]:
        """Return what is to be said of some of the files of a commit, by their paths."""
        judged: dict[str, Judgement] = {}
        if len(self._made) > MAX_REMEMBERED:
            self._made.clear()
        tree = CommitTree(self._root, files, self._contents, self._find, self._remembered, self._answers)
        for path in sorted(paths):
            known = self._known.setdefault((path, files.blobs[path]), [])
            judgement = next((each for each in reversed(known) if tree.holds(each.notes)), None)
            if judgement is None:
                judgement = self._judged(path, tree, files.blobs[path])
                known.append(judgement)
            judged[path] = replace(judgement, reach=tree.reach(judgement.notes))
        return judged

    def _judged(self, path: str, tree: CommitTree, blob: str) -> Judgement:
        found, notes = tree.noted(lambda: self._found(path, tree, blob))
        if not self._contents.may_take_a_key(path, blob):
            notes = Notes()
            notes.blobs[path] = blob
        return Judgement(found, notes)

    def _found(self, path: str, tree: CommitTree, blob: str) -> tuple[Found, ...]:
        file = tree.read(path)
        if file is None or self._configurations.of(file.path).exclusion(file.path) is not None:
            return ()
        self.analysed += 1
        facts, candidates = self._run(tree).leaks(file)
        if any(isinstance(fact, Damage) for fact in facts):
            self.unparsed.add((path, blob))
        if is_settings(path):
            self.carriers.update(_carriers(facts))
        return tuple(each for candidate in candidates for each in self._leaks(candidate, tree))

    def _run(self, tree: CommitTree, question: Question = ()) -> Run:
        memory = _Memory(tree, self._made, question)
        return Run(self._configurations, self._on_error, memory=memory, fixes=False, exposures=False)

    def _find(self, tree: CommitTree, question: Question) -> tuple[object, object]:
        """Answer a question of those that projects ask; places make no difference but in what is found in a file."""
        run = self._run(tree, question)
        match question:
            case (_, "facts", str(path)):
                file = tree.read(path)
                facts = run.facts(file) if file is not None else []
                return facts, facts
            case (Config() as config, name):
                project = run.project(self._root, config)
        if name == "entries":
            entries = project.settings.entries
            return entries, [(each.module, each.name, each.role) for each in entries]
        if name == "carriers":
            return project.carriers, frozenset(project.carriers)
        return project.environment_files, project.environment_files

    def _leaks(self, candidate: Candidate, tree: CommitTree) -> Iterator[Found]:
        """The keys that a violation is about, if it is about any that stand in the repository."""
        if not isinstance(candidate.fact, Binding):
            return
        span = candidate.violation.span
        for text in _texts(candidate.fact, tree):
            key = blake2b(text.encode("utf-8", "surrogatepass"), key=self._salt, digest_size=16).digest()
            if (key, span.path) not in self._values:
                self._values.add((key, span.path))
                self._on_value(key, text, span.path)
            yield Found(
                key,
                span.path,
                span.start,
                candidate.rule.code,
                candidate.rule.name,
                candidate.severity,
                candidate.context,
                candidate.fact.name,
                candidate.violation.message,
                candidate.suppression is not None,
            )


def _texts(fact: Binding, tree: CommitTree) -> Iterator[str]:
    """The key itself, as it stands in the repository."""
    for literal in reading.literals(fact):
        yield literal.text
    match fact.value:
        case CommittedFile(file=path) | EnvLookup(default=CommittedFile(file=path)):
            file = tree.read(path)
            if file is not None and file.content.strip():
                yield file.text().strip()


def _carriers(facts: list[Fact]) -> Iterator[str]:
    for fact in facts:
        match fact:
            case Binding(value=EnvLookup(name=name)) if may_carry(name) and name not in KEY_NAMES:
                yield name
