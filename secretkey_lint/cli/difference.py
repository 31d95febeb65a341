"""What fixes change in a file, in the form of a unified diff, with all that may be a key masked."""

from __future__ import annotations

from difflib import SequenceMatcher

from secretkey_lint.frames import MASK, masked
from secretkey_lint.reporters import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.cli.fixing import Change

_CLOSING = ")]},;\"'"


def difference(change: Change) -> str:
    """Return the changed lines alone, since those around them may hold other keys; it is to be read, not to be applied."""
    before, after = _lines(change.before), _lines(change.fixed.content)
    path = printable(change.path)
    lines = [f"--- {path}", f"+++ {path}"]
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        lines.append(f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@")
        lines += _shown(before[start:end], after[new_start:new_end], change.path)
    return "\n".join(lines) + "\n"


def _lines(content: bytes) -> list[str]:
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _range(start: int, end: int) -> str:
    count = end - start
    return f"{start + (count > 0)},{count}" if count != 1 else str(start + 1)


def _shown(old: list[str], new: list[str], path: str) -> Iterator[str]:
    """The lines of a change: of those that go what stays of them; of those that come what the fix has put there."""
    if not old:
        yield from (f"+{printable(masked(line, path))}" for line in new)
        return
    one, other = "\n".join(old), "\n".join(new)
    start = next(
        (at for at, both in enumerate(zip(one, other, strict=False)) if both[0] != both[1]), min(map(len, (one, other)))
    )
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    start -= len(one[:start]) - len(one[:start].rstrip(_CLOSING[-2:]))  # a quotation mark belongs to what it opens
    begin = one.rfind("\n", 0, start) + 1
    kept = masked(one[begin:start], path)
    behind = one[len(one) - end :].partition("\n")[0]
    closing = behind[: len(behind) - len(behind.lstrip(_CLOSING))]
    hidden = f" {MASK}" if behind[len(closing) :].strip() else ""
    first, *rest = one[start : len(one) - end].split("\n")
    yield f"-{printable(kept)}{MASK if first else ''}{'' if rest else closing + hidden}"
    for number, line in enumerate(rest, 1):
        indent = line[: len(line) - len(line.lstrip())]
        yield f"-{printable(indent)}{MASK if line.strip() else ''}{closing + hidden if number == len(rest) else ''}"
    put = masked(other[start : len(other) - end], path).split("\n")
    put = [kept + put[0], *put[1:]]
    put[-1] += closing + hidden
    yield from (f"+{printable(line)}" for line in put if new)
