"""`secretkey-lint server`: speaks the Language Server Protocol over the standard streams.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

from __future__ import annotations

import logging

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol

from secretkey_lint import __version__, rules
from secretkey_lint.diagnosing import DOCUMENTATION, page_of
from secretkey_lint.errors import internal
from secretkey_lint.server import actions
from secretkey_lint.server.arrivals import Arrivals
from secretkey_lint.server.session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

    from secretkey_lint.model.diagnostic import Diagnostic

WATCHED = (
    "**/{pyproject,secretkey-lint}.toml", "**/*.py", "**/*.env", "**/.env*", "**/.gitignore",
)  # fmt: skip
"""Files on disk that decide about what is said of those that are open."""


class SilentProtocol(LanguageServerProtocol):
    """Answers a request that failed by the number of its error: texts of exceptions may hold a key."""

    def _send_response(
        self, msg_id: str | int, result: Any | None = None, error: types.ResponseError | None = None
    ) -> None:
        if error is not None:
            error = types.ResponseError(error.code, f"the request failed with {error.code}")
        super()._send_response(msg_id, result, error)


class Server(LanguageServer):
    """The language server; whatever fails in it is told by its kind and place, and it goes on."""

    def __init__(self, arrivals: Arrivals) -> None:
        super().__init__(
            "secretkey-lint",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Full,  # lines are split in more ways than one
            protocol_cls=SilentProtocol,
        )
        self.session = Session(self, self.guard, arrivals)

    def report_server_error(self, error: Exception, source: object) -> None:
        """Tell what failed outside of our own handlers, a message that can't be read for instance."""
        self.session.tell(internal(error))

    def guard(self, action: Callable[[], None]) -> None:
        """Do something of which a failure is told and goes no further."""
        try:
            action()
        except Exception as error:
            self.session.tell(internal(error))

    def handle(self, method: str, options: object = None) -> Callable[[Callable[[Server, Any], Any]], None]:
        """Have a function handle a request or notification; where it fails that is told, and the answer is nothing."""

        def register(handler: Callable[[Server, Any], Any]) -> None:
            def handled(params: Any) -> Any:
                try:
                    return handler(self, params)
                except Exception as error:
                    self.session.tell(internal(error))
                    return None

            self.feature(method, options)(handled)

        return register


def serve(source: BinaryIO, target: BinaryIO) -> bool:
    """Serve the editor at two streams, which are closed then, until it leaves; return whether it took its leave as the protocol has it."""
    # Records of pygls and asyncio quote messages, which hold the files that are open, and editors keep what is logged.
    logging.disable(logging.CRITICAL)
    arrivals = Arrivals(source)
    server = build(arrivals)
    server.start_io(arrivals, target)  # type: ignore[arg-type]  # it reads, and nothing else
    return server.protocol._shutdown  # noqa: SLF001


def build(arrivals: Arrivals) -> Server:
    """Return the server with all that it answers to."""
    server = Server(arrivals)
    server.handle(types.INITIALIZED)(_watch)
    server.handle(types.TEXT_DOCUMENT_DID_CHANGE)(lambda server, _: server.session.later())
    for method in (types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_SAVE, types.TEXT_DOCUMENT_DID_CLOSE):
        server.handle(method)(_check)
    for method in (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS):
        server.handle(method)(_check_later)
    server.handle(types.TEXT_DOCUMENT_HOVER)(_hover)
    server.handle(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=list(actions.KINDS)))(
        _actions
    )

    def open_page(code: str) -> None:
        server.guard(lambda: _open_page(server, code))

    server.command(actions.OPEN_PAGE)(open_page)
    return server


def _check(server: Server, _: object) -> None:
    server.session.forget()
    server.session.now()


def _check_later(server: Server, _: object) -> None:
    """Check once all is told: a branch that is checked out changes many files."""
    server.session.forget()
    server.session.later()


def _watch(server: Server, _: types.InitializedParams) -> None:
    """Ask to be told when files change on disk; clients that can't say so tell of what is saved in them."""
    workspace = server.client_capabilities.workspace
    watching = workspace.did_change_watched_files if workspace is not None else None
    if watching is None or not watching.dynamic_registration:
        return
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(each) for each in WATCHED])
    registration = types.Registration("watching", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([registration]), lambda _: None)


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    """The pages of the rules that report at a position."""
    place = types.Range(params.position, params.position)
    found = list(server.session.at(params.text_document.uri, place))
    if not found:
        return None
    texts = [_page(diagnostic) for _, diagnostic in found]
    checked, diagnostic = found[0]
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(dict.fromkeys(texts)))
    return types.Hover(content, checked.places.range(diagnostic.span))


def _page(diagnostic: Diagnostic) -> str:
    """What is wrong, what helps, and the page of the rule, its links made whole."""
    rule = next(each for each in rules.load() if each.code == diagnostic.code)
    documentation = rule.documentation.strip().replace("](../", f"]({DOCUMENTATION.rpartition('/')[0]}/")
    return "\n\n".join(
        [
            f"# [{diagnostic.code}]({diagnostic.url}) {diagnostic.name}",
            f"{diagnostic.message} ({diagnostic.severity}, {diagnostic.context}).",
            diagnostic.help,
            documentation,
        ]
    )


def _actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about what is reported in a stretch."""
    window = server.client_capabilities.window
    opens_pages = window is not None and window.show_document is not None and window.show_document.support
    return list(actions.actions(server.session, params, opens_pages=opens_pages))


def _open_page(server: Server, code: str) -> None:
    """Have the client show the page of a rule, in a browser."""
    if any(rule.code == code for rule in rules.load()):
        server.window_show_document(types.ShowDocumentParams(page_of(code), external=True), lambda _: None)
