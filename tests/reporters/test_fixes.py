"""Which formats tell how findings are mended: for the others nobody finds it out."""

import pytest

from secretkey_lint.cli.options import FORMATS
from secretkey_lint.model.record import replace
from secretkey_lint.model.report import Report
from secretkey_lint.reporters import Style, load, tells_of_fixes


@pytest.mark.parametrize("quiet", [False, True])
@pytest.mark.parametrize("output_format", FORMATS)
def test_what_tells_of_fixes_differs_without_them(report: Report, output_format: str, quiet: bool) -> None:
    """And what does not is the same; a text that is to be quiet has no summary that would count them."""
    without = replace(report, diagnostics=tuple(replace(each, fix=None) for each in report.diagnostics))
    render, style = load(output_format), Style(quiet=quiet)
    is_told = render(report, style) != render(without, style)
    is_late = output_format == "gitlab-secret-detection"  # which says when it was made
    assert is_late or is_told == tells_of_fixes(output_format, quiet=quiet)


@pytest.mark.parametrize("quiet", [False, True])
def test_what_is_drawn_tells_of_fixes_as_text_does(report: Report, quiet: bool) -> None:
    """Which of the two it will be is not known while fixes are looked for."""
    without = replace(report, diagnostics=tuple(replace(each, fix=None) for each in report.diagnostics))
    render, style = load("terminal"), Style(quiet=quiet)
    assert (render(report, style) != render(without, style)) == tells_of_fixes("text", quiet=quiet)
