"""Which rules are to report, by what the file and the command line say."""

from __future__ import annotations

from secretkey_lint import rules
from secretkey_lint.errors import ConfigError, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.config import Config
    from secretkey_lint.model.rule import Rule


def chosen(config: Config) -> list[Rule]:
    """Return the rules that report; raises ConfigError for codes that no rule has, all in one message.

    `--select` takes the place of all that the file says; `--ignore` adds to what it ignores.
    """
    known = rules.load()
    codes = [rule.code for rule in known]
    selected, ignored = (_codes(config.given.get(name, "")) for name in ("select", "ignore"))
    wrong = [code for code in (*selected, *ignored) if not any(each.startswith(code) for each in codes)]
    if wrong:
        raise ConfigError("\n".join(f"there is no rule {code}{nearest(code, codes)}" for code in wrong))
    if not selected:
        selected = (*config.value("select"), *config.value("extend-select"))
        ignored = (*config.value("ignore"), *ignored)
    return [rule for rule in known if rule.code.startswith(selected) and not rule.code.startswith(ignored)]


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())
