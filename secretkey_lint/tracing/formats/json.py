"""JSON for programs, stable across releases.

```
{"version": 1,
 "tool": {"name": "secretkey-lint", "version": "…"},
 "traces": [{
   "module": "shop.settings.production", "path": "shop/settings/production.py", "context": "production",
   "problem": "…",                                          // or null: all could be followed
   "started_by": [{"role": "production", "path": "shop/wsgi.py", "line": 6, "column": 47}],
   "values": [{
     "setting": "SECRET_KEY", "value": "a 14-character literal", "conditions": ["where SHOP_KEY is not set"],
     "steps": [{"path": "shop/settings/base.py", "line": 3, "column": 11, "message": "defined here"}],
     "verdict": "reported",                                  // or "allowed", "safe", "unknown"
     "reason": "…", "context": "production",
     "code": "SKL003", "name": "unsafe-default", "severity": "error"}]}]}    // null where nothing is reported
```
"""

from __future__ import annotations

from secretkey_lint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.source import Span
    from secretkey_lint.model.trace import Possibility, Trace, TraceReport
    from secretkey_lint.reporters import Style


def render(report: TraceReport, _style: Style) -> str:
    """Return the traces as one JSON document."""
    import json

    document = {
        "version": 1,
        "tool": {"name": "secretkey-lint", "version": __version__},
        "traces": [_trace(each) for each in report.traces],
    }
    return json.dumps(document, indent=2) + "\n"


def _trace(trace: Trace) -> dict[str, object]:
    return {
        "module": trace.module,
        "path": trace.path,
        "context": trace.context,
        "problem": trace.problem or None,
        "started_by": [{"role": each.role, **_place(each.span)} for each in trace.starts],
        "values": [_value(each) for each in trace.possibilities],
    }


def _value(possibility: Possibility) -> dict[str, object]:
    judgement = possibility.judgement
    return {
        "setting": possibility.setting,
        "value": possibility.value,
        "conditions": list(possibility.conditions),
        "steps": [{**_place(step.span), "message": step.message} for step in possibility.steps],
        "verdict": judgement.state,
        "reason": judgement.reason,
        "context": judgement.context,
        "code": judgement.code or None,
        "name": judgement.rule or None,
        "severity": judgement.severity,
    }


def _place(span: Span) -> dict[str, object]:
    return {"path": span.path, "line": span.start.line, "column": span.start.column}
