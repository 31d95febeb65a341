"""What an editor is offered to do about a finding, and what comes of it when it is done."""

from lsprotocol import types

KEY = "8f3k2q9x7v5n1m4b6c0z"
ANYWHERE = types.Range(types.Position(0, 0), types.Position(1000, 0))


def applied(text: str, action: types.CodeAction, uri: str) -> str:
    """Return an ASCII text with the edits of an action, which are apart from each other."""
    assert action.edit is not None and action.edit.changes is not None
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]

    def offset(position: types.Position) -> int:
        return starts[position.line] + position.character

    edits = sorted(action.edit.changes[uri], key=lambda edit: offset(edit.range.start), reverse=True)
    assert {uri} == set(action.edit.changes)
    end = len(text)
    for edit in edits:
        assert offset(edit.range.start) <= offset(edit.range.end) <= end
        end = offset(edit.range.start)
        assert isinstance(edit, types.TextEdit)
        text = text[:end] + edit.new_text + text[offset(edit.range.end) :]
    return text


def mending(actions: list[types.CodeAction]) -> list[types.CodeAction]:
    return [each for each in actions if each.edit is not None and not each.title.startswith("Suppress ")]


def test_findings_are_mended(edit, commit) -> None:
    """As `check --fix` does it, in the text as it is typed, and nothing is found any more."""
    commit({"settings.py": "", "manage.py": ""})

    async def scenario(editor):
        text = f'import os\nMOOD = "fine"\nSECRET_KEY = os.environ.get("SHOP_KEY", "{KEY}")\n'
        (found,) = await editor.open("settings.py", text)
        assert found.code == "SKL003"
        (action,) = mending(await editor.actions("settings.py", found.range))
        assert action.kind == types.CodeActionKind.QuickFix
        assert [each.range for each in action.diagnostics] == [found.range]
        assert not action.is_preferred
        assert mending(await editor.actions("settings.py", ANYWHERE, ["refactor"])) == []
        mended = applied(text, action, editor.uri("settings.py"))
        assert mended == 'import os\nMOOD = "fine"\nSECRET_KEY = os.environ["SHOP_KEY"]\n'
        assert await editor.change("settings.py", mended) == []
        editor.type("settings.py", f"\n\n{text}")  # what is offered is for the text as it is by now
        (action,) = mending(await editor.actions("settings.py", ANYWHERE))
        assert applied(f"\n\n{text}", action, editor.uri("settings.py")) == f"\n\n{mended}"

    edit(scenario)


def test_columns_are_those_of_the_client(edit, commit) -> None:
    """A character beyond the basic plane is two units of UTF-16."""
    commit({"settings.py": "", "manage.py": ""})

    async def scenario(editor):
        text = f'import os\nMOOD = "😀"; SECRET_KEY = os.environ.get("SHOP_KEY", "{KEY}")\n'
        (found,) = await editor.open("settings.py", text)
        (action,) = mending(await editor.actions("settings.py", found.range))
        changed = [each.range for each in action.edit.changes[editor.uri("settings.py")]]
        assert {each.end.line for each in changed} == {1}
        units = text.splitlines()[1].encode("utf-16-le")
        kept = units[: 2 * changed[0].start.character].decode("utf-16-le")
        assert kept.startswith('MOOD = "😀"; SECRET_KEY = os.environ')

    edit(scenario)


IDLE = "DEBUG = False  # secretkey-lint: ignore[SKL001] it was once\n"


def test_what_suppresses_nothing_is_taken_out(edit, commit) -> None:
    """It is faded, and goes by a quick fix, or with all else that is safe to mend when a file is saved."""
    commit({"settings.py": ""})

    async def scenario(editor):
        text = f"{IDLE}{IDLE.replace('DEBUG', 'USE_TZ')}SECRET_KEY = '{KEY}'\n"
        first, second, leak = await editor.open("settings.py", text)
        assert [each.code for each in (first, second, leak)] == ["SKL901", "SKL901", "SKL001"]
        assert list(first.tags) == [types.DiagnosticTag.Unnecessary]
        assert leak.tags is None
        (action,) = mending(await editor.actions("settings.py", second.range))
        assert action.is_preferred
        assert applied(text, action, editor.uri("settings.py")).splitlines()[:2] == [IDLE.rstrip(), "USE_TZ = False"]
        for only in ("source", "source.fixAll", "source.fixAll.secretkey-lint"):
            (action,) = await editor.actions("settings.py", ANYWHERE, [only])
            assert action.kind == "source.fixAll.secretkey-lint"
            mended = applied(text, action, editor.uri("settings.py"))
            assert mended == f"DEBUG = False\nUSE_TZ = False\nSECRET_KEY = '{KEY}'\n"  # the leak is for people to mend
        assert await editor.actions("settings.py", ANYWHERE, ["source.fixAll.other", "source.organizeImports"]) == []
        (stays,) = await editor.change("settings.py", mended)
        assert stays.code == "SKL001"
        assert await editor.actions("settings.py", ANYWHERE, ["source.fixAll"]) == []

    edit(scenario)


def test_the_page_of_a_rule(edit, commit) -> None:
    """Is opened by the client, in a browser; only of rules that exist."""
    commit({"settings.py": f"SECRET_KEY = '{KEY}'\n"})

    async def scenario(editor):
        (found,) = await editor.open("settings.py")
        (command,) = await editor.commands("settings.py", found.range)
        assert command["title"] == "Open the page of SKL001 hardcoded-secret-key"
        for arguments in (["file:///etc/passwd"], command["arguments"]):
            await editor.client.workspace_execute_command_async(
                types.ExecuteCommandParams(command["command"], arguments=arguments)
            )
        await editor.until(lambda: bool(editor.pages))
        (page,) = editor.pages
        assert page.uri == found.code_description.href
        assert page.external

    window = types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True))
    edit(scenario, window=window)


def test_a_client_that_opens_no_pages(edit, commit) -> None:
    """Is not offered any; the page is on hover, and linked from the code."""
    commit({"settings.py": f"SECRET_KEY = '{KEY}'\n"})

    async def scenario(editor):
        (found,) = await editor.open("settings.py")
        assert await editor.commands("settings.py", found.range) == []

    edit(scenario)
