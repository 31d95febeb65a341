"""JUnit's XML, which CI services show as results of tests: a finding is a test that failed.

Nothing is in it but what the schema of Jenkins's xUnit plugin has, which is the strictest of those who read it.
"""

from __future__ import annotations

from secretkey_lint.reporters import printable, way_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.diagnostic import Diagnostic
    from secretkey_lint.model.report import Report
    from secretkey_lint.reporters import Style


def render(report: Report, _style: Style) -> str:
    """Return a suite with a failed test for each diagnostic, an error for what could not be done, or one that passed."""
    from xml.etree import ElementTree as ET

    failures, errors = len(report.diagnostics), len(report.failures)
    counts = {"tests": str(failures + errors or 1), "failures": str(failures), "errors": str(errors)}
    suites = ET.Element("testsuites", {"name": "secretkey-lint", **counts})
    suite = ET.SubElement(suites, "testsuite", {"name": "secretkey-lint", **counts})
    for diagnostic in report.diagnostics:
        start = diagnostic.span.start
        path = printable(diagnostic.span.path)
        name = f"{diagnostic.code} {diagnostic.name} at {start.line}:{start.column}"
        case = ET.SubElement(suite, "testcase", {"classname": path, "name": name, "time": "0"})
        message = printable(diagnostic.message)
        failure = ET.SubElement(case, "failure", {"type": diagnostic.severity, "message": message})
        failure.text = _details(diagnostic)
    for said in report.failures:
        case = ET.SubElement(suite, "testcase", {"classname": "secretkey-lint", "name": printable(said), "time": "0"})
        ET.SubElement(case, "error", {"type": "failure", "message": printable(said)})
    if not len(suite):
        ET.SubElement(suite, "testcase", {"classname": "secretkey-lint", "name": "nothing to report", "time": "0"})
    ET.indent(suites)
    # In ASCII, with references for the rest, it is UTF-8 whatever the console makes of it.
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(suites, encoding="us-ascii").decode("ascii")}\n'


def _details(diagnostic: Diagnostic) -> str:
    start = diagnostic.span.start
    place = f"{diagnostic.span.path}:{start.line}:{start.column}: {diagnostic.message} ({diagnostic.context})"
    return "\n".join([printable(place), *way_of(diagnostic), diagnostic.help, diagnostic.url])
