"""What is known of one editor: what it has open, what has been said of that, and when to say it anew."""

from __future__ import annotations

import asyncio
import os
import time

from lsprotocol import types
from pygls import uris

from secretkey_lint.memory import Memory
from secretkey_lint.server import checking
from secretkey_lint.server.arrivals import Arrivals, SupersededError
from secretkey_lint.server.buffers import Buffer, by_folder
from secretkey_lint.server.places import Places, touch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pygls.lsp.server import LanguageServer
    from pygls.workspace import TextDocument

    from secretkey_lint.model.diagnostic import Diagnostic, Fix
    from secretkey_lint.server.checking import Outcome

SHORTEST, LONGEST = 0.01, 1.0
"""Seconds without another edit after which is checked: a quarter of what the last check took, within these bounds."""

PATIENCE = 2.0
"""Seconds after an edit from which on its check is no longer put off: who types without a pause is told of something, too."""

RENEWAL = 1.0
"""Seconds after which a check with answers that git gave earlier is done again with new ones, for what nobody told us."""


class Checked:
    """A folder whose buffers were checked, with what came of it, and `fixes`, once they are asked for."""

    def __init__(self, folder: str, buffers: list[Buffer], outcome: Outcome, places: Places, memory: Memory) -> None:
        self.folder = folder
        self.buffers = buffers
        self.outcome = outcome
        self.places = places
        self.memory = memory
        self.fixes: dict[Diagnostic, Fix] | None = None


class Session:
    """Checks what is open, and publishes what there is to say."""

    def __init__(self, server: LanguageServer, guard: Callable[[Callable[[], None]], None], arrivals: Arrivals) -> None:
        """Speak through `server`; what goes wrong in a check that a timer starts is `guard`'s to tell.

        Such a check ends early where something has come by then that nobody has listened to.
        """
        self._server = server
        self._guard = guard
        self._arrivals = arrivals
        self._gives_way = False
        self._since: float | None = None
        """Since when there is something to check that the editor has changed."""
        self._timer: asyncio.TimerHandle | None = None
        self._renewal: asyncio.TimerHandle | None = None
        self._checked: dict[str, Checked] = {}
        self._memories: dict[str, Memory] = {}
        self._published: dict[str, types.PublishDiagnosticsParams] = {}
        self._told: set[str] = set()
        self._took = 0.0
        self._ignored: dict[str, bool] = {}

    def forget(self) -> None:
        """Ask git anew: what it ignores, and all else."""
        self._ignored.clear()
        for memory in self._memories.values():
            memory.forget()

    def later(self) -> None:
        """Check when nothing has been typed for a moment."""
        self._cancel()
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        delay = min(max(self._took / 4, SHORTEST), LONGEST, max(self._since + PATIENCE - now, 0))
        self._timer = asyncio.get_running_loop().call_later(delay, self._guard, self._unless_superseded)

    def _unless_superseded(self) -> None:
        """Check, but let what has come meanwhile be heard first: it may be another edit. Then the check begins anew."""
        self._gives_way = True
        try:
            self._between_modules()
            self.now()
        except SupersededError:
            self.later()
        finally:
            self._gives_way = False

    def _between_modules(self) -> None:
        """Raise SupersededError where the check that runs is to give way."""
        is_early = self._since is None or time.monotonic() - self._since < PATIENCE
        if self._gives_way and self._arrivals.come and is_early:
            raise SupersededError

    def now(self) -> None:
        """Check all that is open, and publish what has changed; what could not be done is told once."""
        self._cancel()
        started = time.monotonic()
        documents = self._documents()
        # a byte order mark is no part of a text; most clients keep it to themselves
        buffers = [Buffer(path, document.source.removeprefix("\ufeff")) for path, document in documents.items()]
        open_texts = {buffer.path: buffer.text for buffer in buffers}
        names = {path: document.uri for path, document in documents.items()}
        workspace = self._server.workspace
        folders = [path for uri in self._folders() if (path := uris.to_fs_path(uri))]
        checked: dict[str, Checked] = {}
        failures: set[str] = set()
        for folder, listed in by_folder(buffers, folders, self._ignored).items():
            memory = self._memories.setdefault(folder, Memory(self._between_modules))
            outcome = checking.check(folder, listed, memory)
            failures.update(outcome.failures)
            if not outcome.is_complete and folder in self._checked:
                outcome = self._checked[folder].outcome
            places = Places(folder, open_texts, names, workspace.position_codec)
            checked[folder] = Checked(folder, listed, outcome, places, memory)
        self._checked = checked
        self._memories = {folder: memory for folder, memory in self._memories.items() if folder in checked}
        self._publish({name: documents[path].version for path, name in names.items()})
        for failure in sorted(failures - self._told):
            self.tell(failure)
        self._told = failures
        self._took, self._since = time.monotonic() - started, None
        if self._renewal is None and any(memory.may_be_old for memory in self._memories.values()):
            self._renewal = asyncio.get_running_loop().call_later(RENEWAL, self._guard, self._renew)

    def _renew(self) -> None:
        """Check anew, with nothing that git has said before."""
        self._renewal = None
        self.forget()
        self._unless_superseded()

    def _folders(self) -> list[str]:
        """The URIs of the folders that are open."""
        workspace = self._server.workspace
        return list(workspace.folders) or ([workspace.root_uri] if workspace.root_uri else [])

    def _documents(self) -> dict[str, TextDocument]:
        """The files that are open, by their absolute paths; what has never been saved anywhere has none."""
        documents = self._server.workspace.text_documents.values()
        return {
            os.path.normpath(path): document
            for document in documents
            if document.uri.startswith("file:") and (path := uris.to_fs_path(document.uri))
        }

    def _publish(self, versions: dict[str, int | None]) -> None:
        """Say what holds of each file, and nothing of those of which nothing holds any more."""
        said_of: dict[str, types.PublishDiagnosticsParams] = {}
        by_uri: dict[str, list[types.Diagnostic]] = {name: [] for name in (*versions, *sorted(self._published))}
        for each in self._checked.values():
            for diagnostic in each.outcome.diagnostics:
                uri = each.places.uri(each.places.path(diagnostic.span.path))
                by_uri.setdefault(uri, []).append(each.places.diagnostic(diagnostic))
        for uri, diagnostics in by_uri.items():
            said = types.PublishDiagnosticsParams(uri, diagnostics, versions.get(uri))
            if said != self._published.get(uri):
                self._server.text_document_publish_diagnostics(said)
            said_of[uri] = said
        self._published = {uri: said for uri, said in said_of.items() if uri in versions or said.diagnostics}

    def tell(self, message: str) -> None:
        """Show the user what is wrong, a message a line."""
        for line in message.splitlines():
            self._server.window_show_message(
                types.ShowMessageParams(types.MessageType.Error, f"secretkey-lint: {line}")
            )

    def at(self, uri: str, place: types.Range) -> Iterator[tuple[Checked, Diagnostic]]:
        """Yield what is said at a place, of the text as it is now."""
        for each, diagnostics in self.of(uri):
            for diagnostic in diagnostics:
                if touch(each.places.range(diagnostic.span), place):
                    yield each, diagnostic

    def of(self, uri: str) -> Iterator[tuple[Checked, list[Diagnostic]]]:
        """Yield what is said of a file, of the text as it is now."""
        if self._timer is not None:
            self.now()
        for each in self._checked.values():
            places = each.places
            found = [said for said in each.outcome.diagnostics if places.uri(places.path(said.span.path)) == uri]
            if found:
                yield each, found

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
