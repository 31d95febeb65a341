"""Which fix a finding has."""

from __future__ import annotations

from secretkey_lint import fixes
from secretkey_lint.fixing.finding import Draft, Finding
from secretkey_lint.model.binding import Binding, Damage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from secretkey_lint.judging import Candidate
    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.diagnostic import Fix
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.suppression.marked import Unused

CONFLICT = b"<<<<<<< "
"""How a line begins where a merge has left two versions, of which nobody knows which one is to stay."""


class Fixes:
    """The fixes of the findings of a run."""

    def __init__(self) -> None:
        self._drafts: dict[SourceFile, Draft | None] = {}

    def of(
        self,
        candidate: Candidate,
        file: SourceFile | None,
        facts: list[Fact],
        unused: Unused | None,
        memory: Mapping[str, object],
    ) -> Fix | None:
        """Return how a finding in a file is mended, or None where nobody can say without knowing the project.

        `facts` is what was found in the file, `unused` the marker that the finding is about, `memory` what
        readers remember of the project. What comes to the key from another file is left alone, as is a file that
        could not be read as what it is.
        """
        fact, span = candidate.fact, candidate.violation.span
        if file is None or not candidate.rule.fixes or (isinstance(fact, Binding) and fact.span.path != span.path):
            return None
        if file not in self._drafts:
            self._drafts[file] = Draft(file, memory) if _is_whole(file, facts) else None
        draft = self._drafts[file]
        if draft is None:
            return None
        finding = Finding(draft, fact, span, candidate.context, unused)
        for name in candidate.rule.fixes:
            found = fixes.load(name)(finding)
            if found is not None:
                return found
        return None


def _is_whole(file: SourceFile, facts: list[Fact]) -> bool:
    if any(isinstance(fact, Damage) for fact in facts):
        return False
    return not (file.content.startswith(CONFLICT) or b"\n" + CONFLICT in file.content)
