"""What can be done about a diagnostic, as the protocol has it: mend it, suppress it, read the page of its rule."""

from __future__ import annotations

from lsprotocol import types

from secretkey_lint.server import checking

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from secretkey_lint.model.diagnostic import Diagnostic, Fix
    from secretkey_lint.server.session import Checked, Session
    from secretkey_lint.suppression.insertion import Insertion

MEND = types.CodeActionKind.QuickFix.value
MEND_ALL = f"{types.CodeActionKind.SourceFixAll.value}.secretkey-lint"
KINDS = (MEND, MEND_ALL)
"""The kinds of what is offered; `source.fixAll`, which editors do on saving if they are asked to, stands for ours."""

OPEN_PAGE = "secretkey-lint.openPage"
"""The command that opens the page of a rule, given its code."""

TITLES = {
    "line": "Suppress {} here",
    "next": "Suppress {} in the line above",
    "file": "Suppress {} in this file",
}


def actions(session: Session, params: types.CodeActionParams, *, opens_pages: bool) -> Iterator[types.CodeAction]:
    """Yield what is offered for a stretch of a file, of the kinds that are asked for; a page only if it can be opened."""
    uri, only = params.text_document.uri, params.context.only
    if _is_wanted(MEND, only):
        for checked, diagnostic in session.at(uri, params.range):
            yield from _mending(checked, uri, diagnostic)
            insertion = checking.suppressing(
                checked.folder, checked.buffers, checked.outcome, diagnostic, checked.memory
            )
            if insertion is not None:
                yield _suppressing(checked, uri, diagnostic, insertion)
            if opens_pages:
                title = f"Open the page of {diagnostic.code} {diagnostic.name}"
                command = types.Command(title, OPEN_PAGE, arguments=[diagnostic.code])
                yield types.CodeAction(title, MEND, [checked.places.diagnostic(diagnostic)], command=command)
    if only is not None and _is_wanted(MEND_ALL, only):  # nobody looks for these at a place
        yield from _mending_all(session, uri)


def _is_wanted(kind: str, only: Iterable[str] | None) -> bool:
    """Whether a kind is asked for, or one that it is a part of."""
    return only is None or any(f"{kind}.".startswith(f"{each}." if each else "") for each in only)


def _mending(checked: Checked, uri: str, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    fix = _fixes(checked).get(diagnostic)
    if fix is not None and fix.edits:
        yield types.CodeAction(
            title=fix.title,
            kind=MEND,
            diagnostics=[checked.places.diagnostic(diagnostic)],
            is_preferred=fix.applicability == "safe",
            edit=_edit(checked, uri, fix),
        )


def _mending_all(session: Session, uri: str) -> Iterator[types.CodeAction]:
    """All that can be mended unseen, in one edit; what overlaps has to wait until that is done."""
    for checked, diagnostics in session.of(uri):
        edits: list[types.TextEdit] = []
        for diagnostic in diagnostics:
            fix = _fixes(checked).get(diagnostic)
            if fix is not None and fix.applicability == "safe":
                new = _text_edits(checked, fix)
                if not any(_overlap(each.range, other.range) for each in new for other in edits):
                    edits += new
        if edits:
            yield types.CodeAction(
                "Mend what is safe to mend", MEND_ALL, edit=types.WorkspaceEdit(changes={uri: list(edits)})
            )


def _fixes(checked: Checked) -> dict[Diagnostic, Fix]:
    """How what is said of a folder is mended: found out when somebody asks, and once."""
    if checked.fixes is None:
        outcome = checking.check(checked.folder, checked.buffers, checked.memory, fixes=True)
        found = {checking.without_fix(each): each.fix for each in outcome.diagnostics if each.fix is not None}
        checked.fixes = found
    return checked.fixes


def _suppressing(checked: Checked, uri: str, diagnostic: Diagnostic, insertion: Insertion) -> types.CodeAction:
    path = checked.places.path(diagnostic.span.path)
    at = checked.places.position(path, checked.places.text(path).position(insertion.offset))
    return types.CodeAction(
        title=TITLES[insertion.scope].format(f"{diagnostic.code} {diagnostic.name}"),
        kind=MEND,
        diagnostics=[checked.places.diagnostic(diagnostic)],
        edit=types.WorkspaceEdit(changes={uri: [types.TextEdit(types.Range(at, at), insertion.text)]}),
    )


def _edit(checked: Checked, uri: str, fix: Fix) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(changes={uri: list(_text_edits(checked, fix))})


def _text_edits(checked: Checked, fix: Fix) -> list[types.TextEdit]:
    return [types.TextEdit(checked.places.range(each.span), each.text) for each in fix.edits]


def _overlap(one: types.Range, other: types.Range) -> bool:
    """Whether two stretches cannot both be replaced: they share something, or begin at one place."""
    first, second = sorted((one, other), key=lambda each: (each.start.line, each.start.character))
    starts = (first.start.line, first.start.character), (second.start.line, second.start.character)
    return starts[0] == starts[1] or starts[1] < (first.end.line, first.end.character)
