"""The language server as an editor sees it."""


from lsprotocol import types

KEY = "8f3k2q9x7v5n1m4b6c0z"
LEAK = f'SECRET_KEY = "{KEY}"\n'


def at(diagnostic: types.Diagnostic) -> tuple[int, int, int, int]:
    start, end = diagnostic.range.start, diagnostic.range.end
    return start.line, start.character, end.line, end.character


def test_what_is_typed_is_checked(edit, commit) -> None:
    """On opening, on typing, and no longer once it is mended; the file on disk does not matter."""
    commit({"shop/settings.py": "DEBUG = False\n"})

    async def scenario(editor):
        assert await editor.open("shop/settings.py") == []
        (found,) = await editor.change("shop/settings.py", f"\n{LEAK}")
        assert at(found) == (1, 13, 1, 35)
        assert (found.code, found.source, found.severity) == (
            "SKL001",
            "secretkey-lint",
            types.DiagnosticSeverity.Error,
        )
        assert found.code_description.href.endswith("/docs/rules/SKL001.md")
        assert found.tags is None
        assert await editor.change("shop/settings.py", "SECRET_KEY = os.environ['KEY']\n") == []

    edit(scenario)
