"""A Secret Detection report, which GitLab makes vulnerabilities of.

https://docs.gitlab.com/user/application_security/secret_detection/pipeline/ and
https://gitlab.com/gitlab-org/security-products/security-report-schemas
"""

from __future__ import annotations

import os

from secretkey_lint import __version__
from secretkey_lint.model.fingerprint import fingerprint
from secretkey_lint.reporters import path_from, printable, way_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style

SCHEMA_VERSION = "15.2.1"
ADDRESS = "https://github.com/secretkey-lint/secretkey-lint"
NO_COMMIT = "0000000"
"""The commit, where nobody says which one is checked; GitLab's own analyzer writes the same."""

ABOUT_THE_CHECK = "SKL9"
"""How the codes of rules begin that report no leak, but what kept one from being found, or is left of one."""

_SEVERITIES = {"error": "Critical", "warning": "Medium", "note": "Info"}


def render(report: Report, _style: Style) -> str:
    """Return the report; it has places, and no extract of the source."""
    import json
    import time

    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())
    leaks = [each for each in report.diagnostics if not each.code.startswith(ABOUT_THE_CHECK)]
    others = [each for each in report.diagnostics if each.code.startswith(ABOUT_THE_CHECK)]
    messages = [{"level": "fatal", "value": printable(failure)} for failure in report.failures]
    messages += [{"level": "warn", "value": _told(each)} for each in others]
    tool = {
        "id": "secretkey-lint",
        "name": "secretkey-lint",
        "url": ADDRESS,
        "version": __version__,
        "vendor": {"name": "secretkey-lint"},
    }
    document = {
        "version": SCHEMA_VERSION,
        "scan": {
            "analyzer": tool,
            "scanner": tool,
            "type": "secret_detection",
            "start_time": moment,
            "end_time": moment,
            "status": "failure" if report.failures else "success",
            "messages": messages,
        },
        "vulnerabilities": [_vulnerability(each) for each in leaks],
    }
    return json.dumps(document, indent=2) + "\n"


def _told(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span.path}:{diagnostic.span.start.line}"
    return printable(f"{place}: {diagnostic.code} {diagnostic.name}: {diagnostic.message}")


def _vulnerability(diagnostic: Diagnostic) -> dict[str, object]:
    path = printable(path_from("CI_PROJECT_DIR", diagnostic.span.path))
    digits = fingerprint(diagnostic)
    return {
        "id": "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])),
        "name": f"{diagnostic.code} {diagnostic.name}",
        "description": "\n".join(map(_literally, [printable(diagnostic.message), *way_of(diagnostic)])),
        "severity": _SEVERITIES[diagnostic.severity],
        "solution": diagnostic.help,
        "identifiers": [
            {
                "type": "secretkey_lint_rule",
                "name": f"secretkey-lint {diagnostic.code}",
                "value": diagnostic.code,
                "url": diagnostic.url,
            }
        ],
        "location": {
            "file": path,
            "commit": {"sha": os.environ.get("CI_COMMIT_SHA") or NO_COMMIT},
            "start_line": diagnostic.span.start.line,
            "end_line": diagnostic.span.end.line,
        },
        "links": [{"name": f"{diagnostic.code} {diagnostic.name}", "url": diagnostic.url}],
    }


def _literally(text: str) -> str:
    """A line as code, since GitLab takes descriptions for Markdown: it links nothing there, and mentions nobody."""
    longest = max((len(run) for run in "".join(each if each == "`" else " " for each in text).split()), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}"
