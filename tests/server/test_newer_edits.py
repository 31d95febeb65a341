"""A check of a text that has been edited since is not gone on with, and what waits for its answer gets it all the same."""

import asyncio
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("pygls", reason="the language server is an extra")

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import Workspace

from secretkey_lint.server import session
from secretkey_lint.server.arrivals import Arrivals
from secretkey_lint.server.session import Session

KEY = "8f3k2q9x7v5n1m4b6c0z"
LEAK = f'SECRET_KEY = "{KEY}"\n'
IMPORTING = "from shop.keys import KEY\nSECRET_KEY = KEY\n"
GIT = """#!/bin/sh
if test -e "{folder}/hold"; then
    touch "{folder}/held"
    while test -e "{folder}/hold"; do sleep 0.02; done
fi
exec "{git}" "$@"
"""
FILES = {"shop/settings.py": "", "shop/keys.py": f'KEY = "{KEY}"\n', "manage.py": ""}
SETTINGS = "shop/settings.py"


class Git:
    """A git that does not answer while it is held: a check that needs it lasts for as long as the test wants."""

    def __init__(self, folder: Path) -> None:
        self._hold, self._held = folder / "hold", folder / "held"
        path = folder / "git"
        path.write_text(GIT.format(folder=folder, git=shutil.which("git")))
        path.chmod(0o755)

    def hold(self) -> None:
        self._hold.touch()

    async def is_asked(self) -> None:
        """Wait for a check to come to it."""
        async with asyncio.timeout(30):
            while not self._held.exists():
                await asyncio.sleep(0.01)

    async def let_go(self) -> None:
        """Answer, once the server has heard of what was said before: its other thread listens, and is told by a pipe."""
        await asyncio.sleep(0.2)
        self._hold.unlink()


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return Git(folder)


def test_a_check_ends_where_a_newer_edit_has_come(edit, commit, git) -> None:
    """Nothing is said of the older text; what holds of the newer one is said at once."""
    commit(FILES)

    async def scenario(editor) -> None:
        await editor.open(SETTINGS, "X = 1\n")
        git.hold()
        old = editor.type(SETTINGS, IMPORTING)  # what it imports is git's to say
        await git.is_asked()
        new = editor.type(SETTINGS, LEAK)
        await git.let_go()
        await editor.until(lambda: editor.versions[SETTINGS] == new)
        assert old not in editor.published
        assert editor.codes(SETTINGS) == ["SKL001"]
        assert "shop/keys.py" not in editor.shown

    edit(scenario)


def test_a_question_is_answered_for_the_text_as_it_is(edit, commit, git) -> None:
    """It interrupts the check, too, since nobody can tell before it is read; then the check is made for it."""
    commit(FILES)

    async def scenario(editor) -> None:
        await editor.open(SETTINGS, "X = 1\n")
        git.hold()
        version = editor.type(SETTINGS, f"from shop.keys import KEY\n{LEAK}")
        await git.is_asked()
        hover = asyncio.ensure_future(editor.hover(SETTINGS, 1, 20))
        await git.let_go()
        shown = await hover
        assert shown is not None and "SKL001" in shown.contents.value
        await editor.until(lambda: editor.versions[SETTINGS] == version)
        assert editor.codes(SETTINGS) == ["SKL001"]

    edit(scenario)


def test_a_check_that_nothing_interrupts(edit, commit, git) -> None:
    """However long it lasts."""
    commit(FILES)

    async def scenario(editor) -> None:
        await editor.open(SETTINGS, "X = 1\n")
        git.hold()
        version = editor.type(SETTINGS, IMPORTING)
        await git.is_asked()
        await git.let_go()
        await editor.until(lambda: editor.versions[SETTINGS] == version)
        await editor.until(lambda: editor.codes("shop/keys.py") == ["SKL001"])

    edit(scenario)


class Client(LanguageServer):
    """A server whose editor is not there: what would be said to it is kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__("tests", "1")
        self.said: list[types.PublishDiagnosticsParams] = []
        self.protocol._workspace = _workspace(folder)

    def text_document_publish_diagnostics(self, params: types.PublishDiagnosticsParams) -> None:
        self.said.append(params)


def _workspace(folder: Path) -> Workspace:
    workspace = Workspace(folder.as_uri(), types.TextDocumentSyncKind.Full)
    workspace.put_text_document(types.TextDocumentItem((folder / "settings.py").as_uri(), "python", 1, LEAK))
    return workspace


def fails(action: Callable[[], None]) -> None:
    action()


def test_who_types_without_a_pause_is_told_of_something(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something is always unheard: the check is put off, again and again, and no longer when that has lasted too long."""
    arrivals = Arrivals(io.BytesIO())
    assert arrivals.readline() == b""
    assert arrivals.come
    now = [100.0]
    monkeypatch.setattr(session, "time", SimpleNamespace(monotonic=lambda: now[0]))
    client = Client(tmp_path)
    typing = Session(client, fails, arrivals)

    async def scenario() -> None:
        typing.later()
        for _ in range(5):
            typing._unless_superseded()
            now[0] += session.PATIENCE / 6
        assert client.said == []
        assert typing._timer is not None
        now[0] += session.PATIENCE
        typing._took = 60.0  # after which one would wait for a pause that never comes
        typing.later()
        assert typing._timer.when() <= asyncio.get_running_loop().time()
        typing._unless_superseded()
        assert [each.diagnostics[0].code for each in client.said] == ["SKL001"]
        typing.later()  # what is typed from here on is put off as long as before
        typing._unless_superseded()
        assert len(client.said) == 1
        typing._cancel()
        if typing._renewal is not None:
            typing._renewal.cancel()

    asyncio.run(scenario())
