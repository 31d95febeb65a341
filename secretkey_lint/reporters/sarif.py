"""SARIF 2.1.0, for code scanning and for editors: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from __future__ import annotations

import os

from secretkey_lint import __version__
from secretkey_lint.model.fingerprint import fingerprint
from secretkey_lint.reporters import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic, Fix
    from secretkey_lint.model.report import Report, RulePage, Suppressed
    from secretkey_lint.model.source import Span
    from secretkey_lint.reporters import Style

    Document = dict[str, object]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
BASE = "%SRCROOT%"
"""What paths are relative to: the working directory, by the name that code scanning knows."""

_KINDS = {"inline": "inSource", "baseline": "external"}


def render(report: Report, _style: Style) -> str:
    """Return the report as a log with one run."""
    import json

    indices = {rule.code: index for index, rule in enumerate(report.rules)}
    results = [_result(each, indices) for each in report.diagnostics]
    results += [_result(each.diagnostic, indices, each) for each in report.suppressed_diagnostics]
    run = {
        "tool": {
            "driver": {
                "name": "secretkey-lint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": "https://github.com/secretkey-lint/secretkey-lint",
                "rules": [_rule(each) for each in report.rules],
            }
        },
        "invocations": [_invocation(report)],
        "originalUriBaseIds": {BASE: {"uri": _folder_uri(os.getcwd())}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(rule: RulePage) -> Document:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary.replace("`", ""), "markdown": rule.summary},
        "fullDescription": {"text": rule.reason.replace("`", ""), "markdown": rule.reason},
        "help": {"text": rule.help, "markdown": f"# {rule.code} {rule.name}\n\n{rule.page.strip()}\n"},
        "helpUri": rule.url,
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": ["security"], "precision": "high"},
    }


def _invocation(report: Report) -> Document:
    invocation: Document = {"executionSuccessful": not report.failures}
    if report.status is not None:
        invocation["exitCode"] = report.status
    invocation["toolExecutionNotifications"] = [
        {"level": "error", "message": _message(failure)} for failure in report.failures
    ]
    return invocation


def _result(diagnostic: Diagnostic, indices: dict[str, int], suppressed: Suppressed | None = None) -> Document:
    result: Document = {"ruleId": diagnostic.code}
    if diagnostic.code in indices:
        result["ruleIndex"] = indices[diagnostic.code]
    known_by = fingerprint(diagnostic)
    result |= {
        "level": diagnostic.severity,
        "message": _message(diagnostic.message),
        "locations": [_location(diagnostic.span)],
        # Code scanning makes the second itself where it is missing: from the line, which two findings may share.
        "partialFingerprints": {"secretkeyLint/v1": known_by, "primaryLocationLineHash": known_by},
        "suppressions": [] if suppressed is None else [_suppression(suppressed)],
        "properties": {"context": diagnostic.context},
    }
    if diagnostic.fix is not None and diagnostic.fix.edits:
        result["fixes"] = [_fix(diagnostic.fix)]
    if diagnostic.related:
        steps = [(diagnostic.span, "the value"), *((step.span, step.message) for step in diagnostic.related)]
        result["relatedLocations"] = [
            {"id": number, **_location(span, message)} for number, (span, message) in enumerate(steps[1:], 1)
        ]
        way = [{"location": _location(span, message)} for span, message in steps]
        result["codeFlows"] = [{"threadFlows": [{"locations": way}]}]
    return result


def _fix(fix: Fix) -> Document:
    """What to put in the place of what, which is not repeated: it is the key."""
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    change = {"artifactLocation": _artifact(fix.edits[0].span.path), "replacements": replacements}
    return {
        "description": _message(f"{fix.title}. {fix.remaining}".rstrip()),
        "artifactChanges": [change],
        "properties": {"applicability": fix.applicability},
    }


def _region(span: Span) -> Document:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _suppression(suppressed: Suppressed) -> Document:
    suppression: Document = {"kind": _KINDS[suppressed.kind], "status": "accepted"}
    if suppressed.reason:
        suppression["justification"] = printable(suppressed.reason)
    return suppression


def _message(text: str) -> Document:
    """A message, in which `[text](target)` would be a link, whoever has put it into a name."""
    return {"text": printable(text).replace("](", "]\\(")}


def _location(span: Span, message: str = "") -> Document:
    """A place, without a snippet: that would be the key."""
    location: Document = {
        "physicalLocation": {
            "artifactLocation": _artifact(span.path),
            "region": _region(span),
        }
    }
    if message:
        location["message"] = _message(message)
    return location


def _artifact(path: str) -> Document:
    if os.path.isabs(path):
        return {"uri": _folder_uri(path).rstrip("/")}
    return {"uri": _quoted(path), "uriBaseId": BASE}


def _folder_uri(path: str) -> str:
    path = path.replace(os.sep, "/").strip("/")
    return f"file:///{_quoted(path)}/" if path else "file:///"


def _quoted(path: str) -> str:
    """A path as part of a URI, byte by byte, whatever its encoding."""
    from urllib.parse import quote

    return quote(path.encode("utf-8", "surrogateescape"))
