"""JUnit's XML, read by junitparser."""

import junitparser

from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, junit


def cases(report: Report) -> list[junitparser.TestCase]:
    suites = junitparser.JUnitXml.fromstring(junit.render(report, Style()).encode())
    (suite,) = suites
    found = list(suite)
    assert suites.tests == suite.tests == len(found)
    assert (
        suites.failures
        == suite.failures
        == sum(isinstance(each, junitparser.Failure) for c in found for each in c.result)
    )
    assert suites.errors == suite.errors == sum(isinstance(each, junitparser.Error) for c in found for each in c.result)
    return found


def test_failures(report: Report) -> None:
    """A finding is a failed test of its file, named so that two on a line are two."""
    found = cases(report)
    assert [(each.classname, each.name, each.result[0].type) for each in found] == [
        ("fallbacks.py", "SKL004 hardcoded-fallback-key at 1:25", "error"),
        ("fallbacks.py", "SKL004 hardcoded-fallback-key at 1:49", "error"),
        ("lines.py", "SKL001 hardcoded-secret-key at 1:14", "error"),
        ("shop/keys.py", "SKL003 unsafe-default at 1:11", "error"),
        ("tests/settings.py", "SKL001 hardcoded-secret-key at 1:14", "note"),
    ]
    text = found[3].result[0].text
    assert "shop/settings.py:1:23: imported here\n" in text
    assert report.diagnostics[3].help in text


def test_nothing_to_report() -> None:
    """One test that passed, since a report without tests is taken for a mistake."""
    (case,) = cases(Report((), 1, 0))
    assert case.is_passed


def test_what_could_not_be_done() -> None:
    """It is an error and not a test that passed."""
    (case,) = cases(Report((), 1, 0, failures=("clé.py could not be checked",)))
    assert case.is_error
    assert case.name == "clé.py could not be checked"
    assert junit.render(Report((), 1, 0, failures=("clé.py",)), Style()).isascii()
