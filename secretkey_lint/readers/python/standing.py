"""Keys with the prefix of `startproject` that merely stand in a module: in strings, whatever they are bound to, and in comments."""

from __future__ import annotations

from secretkey_lint.appearance import insecure_keys
from secretkey_lint.model.binding import Binding, Guard
from secretkey_lint.model.value import Literal
from secretkey_lint.readers.python.strings import text_of
from secretkey_lint.vocabulary import INSECURE_PREFIX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import libcst as cst

    from secretkey_lint.model.source import LineIndex
    from secretkey_lint.readers.python.source import Source
else:
    from secretkey_lint.readers.python import syntax as cst

_COMMENTED = frozenset({Guard("commented")})


def standing_keys(source: Source) -> Iterator[Binding]:
    """Yield the keys that stand in a module that was parsed.

    What is only compared with is left out: such a key is refused, not used.
    """
    strings = list(_strings(source.module))
    source.locate([node for node, _ in strings])
    places = [(*source.offsets(node), node, compared) for node, compared in strings]
    for start, end, node, compared in places:
        if compared:
            continue
        text = text_of(node.value)
        whole = text if isinstance(text, str) else text.decode("latin-1")
        if whole.startswith(INSECURE_PREFIX) and not any(map(str.isspace, whole)):
            if insecure_keys(whole) == [(0, len(whole))]:
                yield _binding(source, start, end, whole)
        else:
            for begin, stop in insecure_keys(source.text[start:end]):
                yield _binding(source, start + begin, start + stop, source.text[start + begin : start + stop])
    for begin, stop in insecure_keys(source.text):
        if not any(start <= begin < end for start, end, _, _ in places):
            yield _binding(source, begin, stop, source.text[begin:stop], _COMMENTED)


def keys_in_text(text: str, index: LineIndex, path: str) -> Iterator[Binding]:
    """Yield the keys that stand in a module that does not parse."""
    for start, end in insecure_keys(text):
        line = text[text.rfind("\n", 0, start) + 1 : start]
        span = index.span(path, start, end)
        guards = _COMMENTED if line.lstrip().startswith("#") else frozenset()
        yield Binding("", Literal(span, text[start:end]), span, guards, medium="text")


def _binding(source: Source, start: int, end: int, text: str, guards: frozenset[Guard] = frozenset()) -> Binding:
    span = source.stretch(start, end)
    return Binding("", Literal(span, text), span, guards, medium="text")


def _strings(module: cst.Module) -> Iterable[tuple[cst.SimpleString, bool]]:
    """The strings that name the prefix, and whether they are only compared with."""
    pending: list[tuple[object, bool]] = [(module, False)]
    while pending:
        each, compared = pending.pop()
        if isinstance(each, list | tuple):
            pending.extend((item, compared) for item in each)
        elif isinstance(each, cst.SimpleString):
            if INSECURE_PREFIX in each.value:
                yield each, compared
        elif hasattr(each, "__dict__"):
            inside = compared or isinstance(each, cst.Comparison)
            pending.extend((field, inside) for field in vars(each).values())
