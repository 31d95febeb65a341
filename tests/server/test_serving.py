"""The language server as an editor sees it."""

import subprocess

import pytest
from lsprotocol import types
from pygls import uris

KEY = "8f3k2q9x7v5n1m4b6c0z"
LEAK = f'SECRET_KEY = "{KEY}"\n'
ANYWHERE = types.Range(types.Position(0, 0), types.Position(1000, 0))


def at(place: types.Range) -> tuple[int, int, int, int]:
    return place.start.line, place.start.character, place.end.line, place.end.character


def applied(text: str, action: types.CodeAction, uri: str) -> str:
    """Return an ASCII text with what an action inserts."""
    assert action.edit is not None and action.edit.changes is not None
    (edit,) = action.edit.changes[uri]
    assert isinstance(edit, types.TextEdit)
    assert edit.range.start == edit.range.end
    lines = text.splitlines(keepends=True)
    line = lines[edit.range.start.line]
    here = edit.range.start.character
    lines[edit.range.start.line] = line[:here] + edit.new_text + line[here:]
    return "".join(lines)


def test_what_is_typed_is_checked(edit, commit) -> None:
    """On opening, on typing, and no longer once it is mended; the file on disk does not matter."""
    commit({"shop/settings.py": "DEBUG = False\n"})

    async def scenario(editor):
        assert await editor.open("shop/settings.py") == []
        (found,) = await editor.change("shop/settings.py", f"\n{LEAK}")
        assert at(found.range) == (1, 13, 1, 35)
        assert (found.code, found.source) == ("SKL001", "secretkey-lint")
        assert found.severity == types.DiagnosticSeverity.Error
        assert found.code_description.href.endswith("/docs/rules/SKL001.md")
        assert found.tags is None
        assert await editor.change("shop/settings.py", "SECRET_KEY = os.environ['KEY']\n") == []

    edit(scenario)


@pytest.mark.parametrize(("units", "before"), [(None, 2), (["utf-8"], 4), (["utf-32", "utf-16"], 1)])
def test_columns_are_counted_as_the_client_counts(edit, commit, units, before) -> None:
    """In UTF-16 units, in which a character beyond the basic plane is two, unless the client has said otherwise."""
    commit({"settings.py": ""})
    text = f'MOOD = "😀"; SECRET_KEY = "{KEY}"\n'

    async def scenario(editor):
        (found,) = await editor.open("settings.py", text)
        shift = before - 1
        assert at(found.range) == (0, 25 + shift, 0, 47 + shift)
        assert await editor.hover("settings.py", 0, 47 + shift) is not None
        assert await editor.hover("settings.py", 0, 24 + shift) is None
        (action,) = await editor.suppressions("settings.py", found.range)
        (inserted,) = action.edit.changes[editor.uri("settings.py")]
        assert inserted.range.start.character == 47 + shift

    edit(scenario, general=types.GeneralClientCapabilities(position_encodings=units))


def test_lines_end_where_the_protocol_has_them_end(edit, commit) -> None:
    """Not at a form feed or a line separator, at which Python's own `splitlines` breaks."""
    commit({"settings.py": ""})

    async def scenario(editor):
        (found,) = await editor.open("settings.py", f"\x0c# \u2028 \x85\r\n\r{LEAK}")
        assert at(found.range) == (2, 13, 2, 35)

    edit(scenario)


def test_an_encoding_that_a_file_declares(edit, commit) -> None:
    """The text of an editor is checked as the bytes that it would be saved as, and is never refused."""
    commit({"settings.py": ""})

    async def scenario(editor):
        await editor.open("settings.py", "")
        for line, codes in (
            ("# coding: latin-1", {"SKL001"}),
            ("# coding: rot13", {"SKL900", "SKL001"}),
            ("# \ud83d", {"SKL001"}),
        ):
            found = await editor.change("settings.py", f'{line}\nA = "é"; {LEAK}')
            assert {each.code for each in found} == codes
            assert at(found[-1].range) == (1, 22, 1, 44)

    edit(scenario)


def test_the_way_of_a_value_is_related(edit, commit) -> None:
    """A key of a module that is not open is shown there, with where it goes; it goes away when it is mended."""
    commit({
        "shop/keys.py": f'KEY = "{KEY}"\n',
        "shop/settings.py": "from shop.keys import KEY\n\nSECRET_KEY = KEY\n",
        "manage.py": "",
    })  # fmt: skip

    async def scenario(editor):
        assert await editor.open("shop/settings.py") == []
        await editor.until(lambda: bool(editor.shown.get("shop/keys.py")))
        (found,) = editor.shown["shop/keys.py"]
        assert at(found.range) == (0, 6, 0, 28)
        assert editor.versions["shop/keys.py"] is None
        related = {(each.location.uri, at(each.location.range)[:2]) for each in found.related_information}
        assert (editor.uri("shop/settings.py"), (2, 0)) in related
        # what is typed into the other counts at once, and is saved nowhere
        assert await editor.open("shop/keys.py", "import os\nKEY = os.environ['KEY']\n") == []
        (found,) = await editor.change("shop/keys.py", f'\nKEY = "{KEY}"\n')
        assert at(found.range)[0] == 1
        await editor.change("shop/settings.py", "SECRET_KEY = None\n")
        await editor.until(lambda: editor.shown["shop/keys.py"] == [])

    edit(scenario)


def test_severities(edit, commit) -> None:
    """Errors, warnings and notes; notes only where the configuration shows them."""
    commit({
        "settings/production.py": LEAK,
        "settings/development.py": LEAK.replace("8", "7"),
        "tests/settings.py": LEAK.replace("8", "6"),
        "secretkey-lint.toml": 'min-severity = "note"\n',
    })  # fmt: skip

    async def scenario(editor):
        for name, severity in (
            ("settings/production.py", types.DiagnosticSeverity.Error),
            ("settings/development.py", types.DiagnosticSeverity.Warning),
            ("tests/settings.py", types.DiagnosticSeverity.Information),
        ):
            (found,) = await editor.open(name)
            assert found.severity == severity

    edit(scenario)


def test_hovering_shows_the_page(edit, commit) -> None:
    """In Markdown, with links that lead somewhere, over the diagnostic and nowhere else."""
    commit({"settings.py": LEAK})

    async def scenario(editor):
        (found,) = await editor.open("settings.py")
        hover = await editor.hover("settings.py", 0, 20)
        assert hover.range == found.range
        assert hover.contents.kind == types.MarkupKind.Markdown
        assert hover.contents.value.startswith(f"# [SKL001]({found.code_description.href}) hardcoded-secret-key\n")
        assert "20-character literal" in hover.contents.value
        assert "## " in hover.contents.value
        assert await editor.hover("settings.py", 0, 3) is None
        # the text as it is by now, not as it was when it was last checked
        editor.type("settings.py", f"\n{LEAK}")
        assert await editor.hover("settings.py", 0, 20) is None
        editor.type("settings.py", f'import os\nSECRET_KEY = os.environ.get("A", "{KEY}")\n')
        assert "SKL003" in (await editor.hover("settings.py", 1, 40)).contents.value
        for code, text in (("SKL006", 'SECRET_KEY = "your-secret-key"\n'),):
            editor.type("settings.py", text)
            hover = await editor.hover("settings.py", 0, 20)
            assert "](../" not in hover.contents.value, code

    edit(scenario)


SUPPRESSED = [
    ("settings.py", LEAK, f"{LEAK[:-1]}  # secretkey-lint: ignore[SKL001] \n"),
    ("settings.py", LEAK[:-1], f"{LEAK[:-1]}  # secretkey-lint: ignore[SKL001] "),
    (
        "settings.py",
        f'if True:\n    SECRET_KEY = \\\n        "{KEY}" \\\n        "x"\n',
        f'if True:\n    SECRET_KEY = \\\n        "{KEY}" \\\n        "x"  # secretkey-lint: ignore[SKL001] \n',
    ),
    (
        "settings.py",
        f'SECRET_KEY = ["{KEY}", \\\n  1][0]\n',
        f'# secretkey-lint: ignore-next-line[SKL001] \nSECRET_KEY = ["{KEY}", \\\n  1][0]\n',
    ),
    (
        ".env",
        f"A=1\r\nSECRET_KEY={KEY}\r\n",
        f"A=1\r\n# secretkey-lint: ignore-next-line[SKL005] \r\nSECRET_KEY={KEY}\r\n",
    ),
    ("values.yaml", f"SECRET_KEY: {KEY}\n", f"SECRET_KEY: {KEY} # secretkey-lint: ignore[SKL005] \n"),
    (
        "Dockerfile",
        f"FROM x\nENV A=1 \\\n    SECRET_KEY={KEY}\n",
        f"FROM x\nENV A=1 \\\n    # secretkey-lint: ignore-next-line[SKL005] \n    SECRET_KEY={KEY}\n",
    ),
    (
        "web.config",
        f'<a><add key="SECRET_KEY" value="{KEY}"/></a>\n',
        f'<a><add key="SECRET_KEY" value="{KEY}"/></a> <!-- secretkey-lint: ignore[SKL005] -->\n',
    ),
    ("app.json", f'{{"SECRET_KEY": "{KEY}"}}\n', None),
    ("README.md", f"```sh\nexport SECRET_KEY={KEY}\n```\n", None),
]
"""Names and texts, and what the text is with what is offered; None where nothing is."""


def test_suppressing(edit, commit) -> None:
    """In the way of the format, and not where no comment can stand; what is offered has been tried out."""
    commit({name: "" for name, *_ in SUPPRESSED})

    async def scenario(editor):
        for name, text, suppressed in SUPPRESSED:
            (found,) = await editor.open(name, text)
            actions = await editor.suppressions(name, found.range)
            if suppressed is None:
                assert actions == [], name
            else:
                (action,) = actions
                assert action.title.startswith(f"Suppress {found.code} ")
                assert action.kind == types.CodeActionKind.QuickFix
                assert [each.range for each in action.diagnostics] == [found.range]
                assert applied(text, action, editor.uri(name)) == suppressed
                assert await editor.change(name, suppressed) == []
            editor.close(name)

    edit(scenario)


def test_actions_are_for_what_is_asked(edit, commit) -> None:
    """Of the stretch and the kind that the editor asks for; of a file as a whole where a rule is about that."""
    commit({"settings.py": "", "broken.py": ""})

    async def scenario(editor):
        _, second = await editor.open("settings.py", f"{LEAK}\nclass A:\n    {LEAK}")
        (action,) = await editor.suppressions("settings.py", second.range)
        assert action.diagnostics[0].range == second.range
        assert len(await editor.suppressions("settings.py", ANYWHERE)) == 2
        assert len(await editor.suppressions("settings.py", ANYWHERE, ["quickfix"])) == 2
        assert await editor.suppressions("settings.py", ANYWHERE, ["refactor", "source.fixAll"]) == []
        assert await editor.suppressions("settings.py", types.Range(types.Position(1, 0), types.Position(1, 0))) == []
        text = "#!/usr/bin/env python\n# coding: utf-8\ndef (:\nSECRET_KEY\n"
        (found,) = await editor.open("broken.py", text)
        assert found.code == "SKL900"
        (action,) = await editor.suppressions("broken.py", found.range)
        assert action.title == "Suppress SKL900 unreadable-file in this file"
        mended = applied(text, action, editor.uri("broken.py"))
        assert mended.splitlines()[2] == "# secretkey-lint: ignore-file[SKL900] "
        assert await editor.change("broken.py", mended) == []

    edit(scenario)


def test_a_reason_that_is_asked_for_can_be_given(edit, commit) -> None:
    """A marker without one suppresses nothing there, and is offered all the same: the reason is for people to write."""
    commit({"settings.py": LEAK, "secretkey-lint.toml": "require-suppression-reason = true\n"})

    async def scenario(editor):
        (found,) = await editor.open("settings.py")
        (action,) = await editor.suppressions("settings.py", found.range)
        marked = applied(LEAK, action, editor.uri("settings.py"))
        assert {each.code for each in await editor.change("settings.py", marked)} == {"SKL001", "SKL901"}
        assert await editor.change("settings.py", marked.replace("] ", "] replaced at deployment")) == []

    edit(scenario)


def test_configuration_is_read_anew(edit, commit, repository) -> None:
    """When it changes on disk; a mistake in it is told once, and what was said before stays."""
    commit({"settings.py": LEAK, "pyproject.toml": ""})

    async def scenario(editor):
        await editor.open("settings.py")
        (registration,) = editor.registered
        assert registration.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES

        def write(text: str) -> None:
            (repository / "pyproject.toml").write_text(text)
            change = types.FileEvent(editor.uri("pyproject.toml"), types.FileChangeType.Changed)
            editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))

        write('[tool.secretkey-lint]\nignore = ["SKL0"]\n')
        await editor.until(lambda: editor.codes("settings.py") == [])
        write("")
        await editor.until(lambda: editor.codes("settings.py") == ["SKL001"])
        write('[tool.secretkey-lint]\nignored = ["SKL001"]\n')
        await editor.until(lambda: bool(editor.messages))
        assert len(await editor.change("settings.py", f"\n{LEAK}")) == 1
        assert editor.messages == [
            'secretkey-lint: pyproject.toml:2: there is no option "ignored" (did you mean ignore?)'
        ]
        write('[tool.secretkey-lint]\nexclude = ["settings.py"]\n')
        await editor.until(lambda: editor.codes("settings.py") == [])
        assert len(editor.messages) == 1

    watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
    edit(scenario, workspace=types.WorkspaceClientCapabilities(did_change_watched_files=watching))


def test_saving_reads_the_configuration_anew(edit, commit, repository) -> None:
    """For clients that watch no files."""
    commit({"settings.py": LEAK})

    async def scenario(editor):
        await editor.open("settings.py")
        assert editor.registered == []
        (repository / "secretkey-lint.toml").write_text('select = ["SKL002"]\n')
        editor.save("settings.py")
        await editor.until(lambda: editor.codes("settings.py") == [])

    edit(scenario)


def test_what_nobody_tells_of_is_seen(edit, commit, repository) -> None:
    """A file that another program has written, which only a search finds: what git said before is not kept for long."""
    commit({"settings/local.py": LEAK, "start.py": "", "wsgi.py": ""})

    async def scenario(editor):
        (found,) = await editor.open("settings/local.py")
        assert found.severity == types.DiagnosticSeverity.Warning
        (repository / "wsgi.py").write_text('DJANGO_SETTINGS_MODULE = "settings.local"\n')
        await editor.change("settings/local.py", f"\n{LEAK}")
        await editor.until(lambda: editor.shown["settings/local.py"][0].severity == types.DiagnosticSeverity.Error)

    edit(scenario)


def test_files_are_closed(edit, commit) -> None:
    """What is closed is no longer shown, unless something that is open leads there."""
    commit({"keys.py": f'KEY = "{KEY}"\n', "settings.py": "from keys import KEY\nSECRET_KEY = KEY\n"})

    async def scenario(editor):
        await editor.open("settings.py")
        await editor.open("keys.py")
        assert editor.codes("keys.py") == ["SKL001"]
        editor.close("keys.py")
        await editor.until(lambda: editor.versions["keys.py"] is None)
        assert editor.codes("keys.py") == ["SKL001"]
        editor.close("settings.py")
        await editor.until(lambda: editor.codes("keys.py") == [])

    edit(scenario)


def test_what_nobody_commits_is_left_alone(edit, commit, repository) -> None:
    """A `.env` that git ignores is where the key belongs; one that it does not ignore is about to be committed."""
    commit({".gitignore": ".env\n.venv/\n", "tracked/.env": f"SECRET_KEY={KEY}\n"})
    (repository / ".venv").mkdir()

    async def scenario(editor):
        await editor.open("tracked/.env")
        editor.client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(editor.uri(".env"), "", 9, f"SECRET_KEY={KEY}\n"))
        )
        for name in (".venv/settings.py", ".git/COMMIT_EDITMSG", "../elsewhere/settings.py"):
            assert await editor.open(name, LEAK) == [], name
        assert editor.codes(".env") == []
        assert editor.codes("tracked/.env") == ["SKL005"]
        assert len(await editor.open("new.env", f"SECRET_KEY={KEY}\n")) == 1

    edit(scenario)


def test_several_folders(edit, commit, repository, tmp_path) -> None:
    """Each has its own configuration; folders come and go; a file of none is checked in its repository, if it has one."""
    other = tmp_path / "other"
    subprocess.run(["git", "init", "--quiet", other], check=True)
    (other / "secretkey-lint.toml").write_text('ignore = ["SKL0"]\n')
    (tmp_path / "plain").mkdir()
    commit({"settings.py": LEAK})

    async def scenario(editor):
        assert len(await editor.open("settings.py")) == 1
        assert await editor.open("../other/settings.py", LEAK) == []
        assert await editor.open("../plain/settings.py", LEAK) == []
        plain = types.WorkspaceFolder(editor.uri("../plain"), "plain")
        editor.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent([plain], []))
        )
        await editor.until(lambda: len(editor.codes("../plain/settings.py")) == 1)

    edit(scenario, [repository, other])


def test_no_folder_at_all(edit, repository, tmp_path) -> None:
    """A single file is checked in its repository, or by itself; what has no path is not."""

    async def scenario(editor):
        assert len(await editor.open("settings.py", LEAK)) == 1
        assert len(await editor.open("../settings.py", LEAK)) == 1
        item = types.TextDocumentItem("untitled:Untitled-1", "python", 1, LEAK)
        editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        assert len(await editor.change("settings.py", f"\n{LEAK}")) == 1
        assert len(editor.shown) == 2

    edit(scenario, [])


def test_a_folder_that_is_a_link(edit, commit, repository, tmp_path) -> None:
    """Files are called as the client calls them."""
    commit({"settings.py": LEAK})
    (tmp_path / "link").symlink_to(repository)

    async def scenario(editor):
        assert len(await editor.open("../link/settings.py")) == 1
        assert set(editor.shown) == {"../link/settings.py"}

    edit(scenario, [tmp_path / "link"])


def test_a_folder_that_is_gone(edit, repository, tmp_path) -> None:
    """It is told once, and others are checked."""
    uri = uris.from_fs_path(str(tmp_path / "gone"))

    async def scenario(editor):
        assert await editor.open("../gone/settings.py", LEAK) == []
        assert len(await editor.open("settings.py", LEAK)) == 1
        assert [message.partition(" could")[2] for message in editor.messages] == [
            " not be checked: no such file or directory"
        ]

    assert uri
    edit(scenario, [tmp_path / "gone", repository])
