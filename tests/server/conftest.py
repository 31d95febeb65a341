"""An editor: pygls' own client, which speaks to the installed command over pipes."""

import ast
import asyncio
import os
import subprocess
import sysconfig
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from lsprotocol import types
from pygls import uris
from pygls.lsp.client import LanguageClient

COMMAND = os.path.join(sysconfig.get_path("scripts"), "secretkey-lint")
PATIENCE = 30
"""Seconds after which something that was to come is missing."""


class Editor:
    """One editor with files open; `shown` are the diagnostics that it shows, by the name of the file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("tests", "1")
        self.shown: dict[str, list[types.Diagnostic]] = {}
        self.versions: dict[str, int | None] = {}
        self.published: list[int | None] = []
        self.messages: list[str] = []
        self.registered: list[types.Registration] = []
        self.pages: list[types.ShowDocumentParams] = []
        self._version = 0
        self._news = asyncio.Event()
        for method, handler in (
            (types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, self._publish),
            (types.WINDOW_SHOW_MESSAGE, self._message),
            (types.CLIENT_REGISTER_CAPABILITY, self._register),
            (types.WINDOW_SHOW_DOCUMENT, self._show),
        ):
            self.client.feature(method)(partial(handler))

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        path = uris.to_fs_path(params.uri)
        assert path is not None
        name = os.path.relpath(path, self.folder)
        self.shown[name] = list(params.diagnostics)
        self.versions[name] = params.version
        self.published.append(params.version)
        self._news.set()

    def _message(self, params: types.ShowMessageParams) -> None:
        self.messages.append(params.message)
        self._news.set()

    def _register(self, params: types.RegistrationParams) -> None:
        self.registered += params.registrations

    def _show(self, params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        self.pages.append(params)
        self._news.set()
        return types.ShowDocumentResult(success=True)

    def uri(self, name: str) -> str:
        uri = uris.from_fs_path(os.path.normpath(self.folder / name))
        assert uri is not None
        return uri

    def codes(self, name: str) -> list[object]:
        return [each.code for each in self.shown.get(name, [])]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something to be shown."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def open(self, name: str, text: str | None = None) -> list[types.Diagnostic]:
        """Open a file, with what is on disk unless a text is given, and return what is shown of it."""
        self._version += 1
        version = self._version
        text = (self.folder / name).read_text() if text is None else text
        item = types.TextDocumentItem(self.uri(name), "", version, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        await self.until(lambda: self.versions.get(name) == version)
        return self.shown[name]

    async def change(self, name: str, text: str) -> list[types.Diagnostic]:
        """Type, and return what is then shown of the file."""
        version = self.type(name, text)
        await self.until(lambda: self.versions.get(name) == version)
        return self.shown[name]

    def type(self, name: str, text: str) -> int:
        """Type without waiting for anything; return the version that the text is."""
        self._version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self._version, self.uri(name)),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return self._version

    def save(self, name: str) -> None:
        self.client.text_document_did_save(
            types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(self.uri(name)))
        )

    def close(self, name: str) -> None:
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(self.uri(name)))
        )

    async def actions(self, name: str, place: types.Range, only: list[str] | None = None) -> list[types.CodeAction]:
        return [each for each in await self._offered(name, place, only) if isinstance(each, types.CodeAction)]

    async def commands(self, name: str, place: types.Range) -> list[dict[str, Any]]:
        """Return the commands of the actions that are one; the client's library takes the actions for commands."""
        offered = await self._offered(name, place)
        return [ast.literal_eval(each.command) for each in offered if isinstance(each, types.Command)]

    async def _offered(
        self, name: str, place: types.Range, only: list[str] | None = None
    ) -> list[types.CodeAction | types.Command]:
        answer = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.uri(name)), place, types.CodeActionContext([], only=only)
            )
        )
        return list(answer or [])

    async def suppressions(
        self, name: str, place: types.Range, only: list[str] | None = None
    ) -> list[types.CodeAction]:
        """Return the actions that write a marker."""
        return [each for each in await self.actions(name, place, only) if each.title.startswith("Suppress ")]

    async def hover(self, name: str, line: int, character: int) -> types.Hover | None:
        return await self.client.text_document_hover_async(
            types.HoverParams(types.TextDocumentIdentifier(self.uri(name)), types.Position(line, character))
        )


@asynccontextmanager
async def editing(folder: Path, folders: list[Path] | None = None, **capabilities: Any):
    """An editor with `folders` open, which are the one by default; it takes its leave at the end."""
    editor = Editor(folder)
    await editor.client.start_io(COMMAND, "server", cwd="/")
    opened = [folder] if folders is None else folders
    try:
        async with asyncio.timeout(PATIENCE):
            await editor.client.initialize_async(
                types.InitializeParams(
                    types.ClientCapabilities(**capabilities),
                    workspace_folders=[types.WorkspaceFolder(uris.from_fs_path(str(each)), "x") for each in opened],
                )
            )
        editor.client.initialized(types.InitializedParams())
        yield editor
    finally:
        async with asyncio.timeout(PATIENCE):
            await editor.client.shutdown_async(None)
            editor.client.exit(None)
            server = editor.client._server
            editor.status = await server.wait()
            editor.errors = (await server.stderr.read()).decode()
        await editor.client.stop()
    assert editor.status == 0
    assert editor.errors == ""


@pytest.fixture
def edit(repository: Path) -> Callable[..., None]:
    """Runs what is to be done in an editor."""

    def run(
        scenario: Callable[[Editor], Awaitable[None]], folders: list[Path] | None = None, **capabilities: Any
    ) -> None:
        async def main() -> None:
            async with editing(repository, folders, **capabilities) as editor:
                await scenario(editor)

        asyncio.run(main())

    return run


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "a folder é"
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    return folder


@pytest.fixture
def commit(repository: Path) -> Callable[[dict[str, str]], None]:
    """Writes files and has git track them."""

    def run(files: dict[str, str]) -> None:
        for name, text in files.items():
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            (repository / name).write_text(text)
        subprocess.run(["git", "add", "--force", "--", *files], cwd=repository, check=True)

    return run
