"""The files of a commit as a project asks for them, and what it has asked: what came of it holds where all answers are the same."""

from __future__ import annotations

import os

from secretkey_lint.model.record import Record
from secretkey_lint.model.source import SourceFile
from secretkey_lint.trees.repository import Repository

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    from secretkey_lint.trees.answers import Answers
    from secretkey_lint.trees.commit import Contents, Files

    Question = tuple[object, ...]
    """What is asked of a project, and not of a file: a word for it first."""

    Result = TypeVar("Result")

MAX_REMEMBERED = 8
"""Answers to a question that are remembered, of different commits."""


class Notes:
    """What was asked, each with the answer."""

    __slots__ = ("answers", "blobs", "searches", "there")

    def __init__(self) -> None:
        self.blobs: dict[str, str | None] = {}
        """By the paths of files that were read."""
        self.there: dict[str, bool] = {}
        """By paths, whether there is a file."""
        self.searches: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, ...]] = {}
        """Paths of files, by the texts that they have and by how they end."""
        self.answers: dict[Question, object] = {}


class Answer(Record):
    """An answer to a question, what of it makes a difference, and what has been asked to find it."""

    value: object
    gist: object
    notes: Notes


class Reach(Record):
    """Where another answer may come from: paths, and bits of `Contents` that are searched for."""

    paths: frozenset[str] = frozenset()
    bits: int = 0


class CommitTree(Repository):
    """The files of a commit as a project asks for them; what is asked is noted."""

    def __init__(
        self,
        root: str,
        files: Files,
        contents: Contents,
        find: Callable[[CommitTree, Question], tuple[object, object]],
        remembered: dict[Question, list[Answer]],
        answers: Answers,
    ) -> None:
        """See the files that `files` is at, until it goes on.

        `find` finds an answer to a question, by asking these files, and its gist; `remembered` are answers at others,
        `answers` those of git about what is no matter of commits.
        """
        super().__init__(root, answers=answers)
        self._in_git = True
        self._blobs = files.blobs
        self._commit = files
        self._contents = contents
        self._find = find
        self._remembered = remembered
        self._found_here: dict[Question, Answer] = {}
        """Answers that are known to hold here."""
        self._searches: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[str, ...]] = {}
        self._reaches: dict[Question, Reach] = {}
        self._notes = Notes()

    def noted(self, work: Callable[[], Result]) -> tuple[Result, Notes]:
        """Do something, and return what comes of it with what it has asked."""
        before, self._notes = self._notes, Notes()
        try:
            return work(), self._notes
        finally:
            self._notes = before

    def holds(self, notes: Notes) -> bool:
        """Whether all answers are the same here."""
        blobs = self._blobs
        return (
            all(blobs.get(path) == blob for path, blob in notes.blobs.items())
            and all((path in blobs) == there for path, there in notes.there.items())
            and all(self._searched_for(*search) == found for search, found in notes.searches.items())
            and all(self._answer(question).gist == gist for question, gist in notes.answers.items())
        )

    def reach(self, notes: Notes) -> Reach:
        """Return where what is noted comes from here."""
        paths = {*notes.blobs, *notes.there}
        bits = 0
        for texts, _ in notes.searches:
            for text in texts:
                bits |= self._contents.bits_of(text)
        for question in notes.answers:
            if question not in self._reaches:
                self._reaches[question] = self.reach(self._answer(question).notes)
            paths |= self._reaches[question].paths
            bits |= self._reaches[question].bits
        return Reach(frozenset(paths), bits)

    def answer(self, question: Question) -> object:
        """Return the answer to a question, from other commits if it holds here, too."""
        answer = self._answer(question)
        self._notes.answers[question] = answer.gist
        return answer.value

    def _answer(self, question: Question) -> Answer:
        if question not in self._found_here:
            remembered = self._remembered.setdefault(question, [])
            answer = next((each for each in reversed(remembered) if self.holds(each.notes)), None)
            if answer is None:
                (value, gist), notes = self.noted(lambda: self._find(self, question))
                answer = Answer(value, gist, notes)
                remembered.append(answer)
                del remembered[:-MAX_REMEMBERED]
            self._found_here[question] = answer
        return self._found_here[question]

    @property
    def files(self) -> frozenset[str]:
        """The files of the commit; asking whether one is there is noted."""
        if self._files is None:
            self._files = _Paths(self._blobs)
            self._files.tree = self
        return self._files

    def note_presence(self, path: str) -> None:
        """Note that it was asked whether a file is there."""
        self._notes.there[path] = path in self._blobs

    def read(self, path: str) -> SourceFile | None:
        """Return a file of the commit, or None where there is none that can be read."""
        blob = self._notes.blobs[path] = self._blobs.get(path)
        if path not in self._known:
            content = self._contents.read(blob) if blob is not None else None
            self._known[path] = SourceFile(self.shown(path), content, path) if content is not None else None
        return self._known[path]

    def search(self, texts: Iterable[str], suffixes: tuple[str, ...] = ()) -> list[str]:
        """Return the files of the commit that contain one of `texts`; of those that end alike, if asked."""
        search = tuple(filter(None, texts)), suffixes
        found = self._notes.searches[search] = self._searched_for(*search)
        if not all(map(self._contents.bits_of, search[0])):
            self._notes.blobs.update(self._blobs)  # any of which may be another's answer
        return list(found)

    def _searched_for(self, texts: tuple[str, ...], suffixes: tuple[str, ...]) -> tuple[str, ...]:
        key = texts, suffixes
        if key not in self._searches:
            found: set[str] = set()
            for text in texts:
                found.update(path for path in self._with(text) if path.endswith(suffixes or ""))
            self._searches[key] = tuple(sorted(found))
        return self._searches[key]

    def _with(self, text: str) -> Iterator[str]:
        """The files that have a text: what they are marked with says which may."""
        contents = self._contents
        bits, needle = contents.bits_of(text), os.fsencode(text)
        marked = self._commit.marked()
        for path in marked if bits else self._blobs:
            if bits and marked[path] & bits != bits:
                continue
            if needle in contents.words or contents.has(self._blobs[path], needle):
                yield path


class _Paths(frozenset[str]):
    """Paths that are there; that one is asked for is noted."""

    tree: CommitTree

    def __contains__(self, path: object) -> bool:
        self.tree.note_presence(path)  # type: ignore[arg-type]
        return super().__contains__(path)
