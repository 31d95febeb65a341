"""What one version of a file leaks, among the other files of its commit; and for how long that holds."""

from __future__ import annotations

from hashlib import blake2b
from os import urandom

from secretkey_lint.contexts import is_settings
from secretkey_lint.engine import Run
from secretkey_lint.memory import Memory
from secretkey_lint.model.binding import Binding, Damage
from secretkey_lint.model.record import Record
from secretkey_lint.model.value import CommittedFile, EnvLookup
from secretkey_lint.readers import reading
from secretkey_lint.trees.commit import CommitTree
from secretkey_lint.vocabulary import KEY_NAMES, may_carry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, MutableMapping

    from secretkey_lint.config import Configurations
    from secretkey_lint.errors import SecretKeyLintError
    from secretkey_lint.judging import Candidate
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Context, Severity
    from secretkey_lint.model.source import Position
    from secretkey_lint.trees.commit import Contents
    from secretkey_lint.trees.repository import Repository

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


class Judgement:
    """What a version of a file leaks, as long as the files stay as they are that it `asked` for, and what it `sought`."""

    def __init__(
        self, found: tuple[Found, ...], asked: set[str], sought: int, files: dict[str, str], contents: Contents
    ) -> None:
        self.found = found
        self.asked = frozenset(asked)
        self.sought = sought
        self._had = {path: files.get(path) for path in self.asked}
        self._having = having(files, self.sought, contents)

    def holds(self, files: dict[str, str], contents: Contents) -> bool:
        """Whether it holds among these files, too."""
        return all(files.get(path) == blob for path, blob in self._had.items()) and (
            having(files, self.sought, contents) == self._having
        )


def having(files: dict[str, str], bits: int, contents: Contents) -> frozenset[tuple[str, str]]:
    """Return the files that have any of what was sought."""
    if not bits:
        return frozenset()
    return frozenset((path, blob) for path, blob in files.items() if contents.bits(blob) & bits)


class _Memory(Memory):
    """What is known of files from other commits, and the `tree` of the one that is being looked at."""

    tree: CommitTree

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, object] = {}

    def begin(self) -> None:
        """Begin another run: what is remembered is bounded."""
        if len(self._made) > MAX_REMEMBERED:
            self._made.clear()

    def repository(self, root: str) -> Repository:
        """Return the files of the commit."""
        return self.tree

    def read(self, root: str, names: frozenset[str]) -> MutableMapping[str, object]:
        """Return what readers have made of files."""
        return self._made


class Judge:
    """Judges versions of files, each once among the same others."""

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
        self._memory = _Memory()
        self._known: dict[tuple[str, str], list[Judgement]] = {}
        self._values: set[tuple[bytes, str]] = set()
        self.analysed = 0
        self.unparsed: set[tuple[str, str]] = set()
        self.carriers: set[str] = set()
        """Variables that settings read the key from, which are not always its names."""

    def judge(self, paths: Iterable[str], files: dict[str, str]) -> dict[str, Judgement]:
        """Return what is to be said of some of the files of a commit, by their paths."""
        judged: dict[str, Judgement] = {}
        left: list[str] = []
        for path in paths:
            known = self._known.get((path, files[path]), ())
            found = next((each for each in known if each.holds(files, self._contents)), None)
            if found is None:
                left.append(path)
            else:
                judged[path] = found
        if left:
            tree = CommitTree(self._root, files, self._contents)
            self._memory.tree = tree
            run = Run(self._configurations, self._on_error, memory=self._memory)
            for path in sorted(left):
                judgement = self._judged(path, run, tree, files)
                judged[path] = judgement
                self._known.setdefault((path, files[path]), []).append(judgement)
        return judged

    def _judged(self, path: str, run: Run, tree: CommitTree, files: dict[str, str]) -> Judgement:
        file = tree.read(path)
        found: tuple[Found, ...] = ()
        if file is not None and self._configurations.of(file.path).exclusion(file.path) is None:
            self.analysed += 1
            facts, candidates = run.leaks(file)
            found = tuple(each for candidate in candidates for each in self._leaks(candidate, tree))
            if any(isinstance(fact, Damage) for fact in facts):
                self.unparsed.add((path, files[path]))
            if is_settings(path):
                self.carriers.update(_carriers(facts))
        if self._contents.may_take_a_key(path, files[path]):
            return Judgement(found, tree.asked, tree.sought, files, self._contents)
        return Judgement(found, {path}, 0, files, self._contents)

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
