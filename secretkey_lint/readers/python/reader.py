"""Reads Python: what the interpreter found, as bindings with exact places, and keys that merely stand in the text.

A file that does not parse is read by its lines, each that names the key on its own.
"""

from __future__ import annotations

from secretkey_lint.appearance import insecure_keys, is_insecure_key
from secretkey_lint.model.binding import Binding, Damage, Guard
from secretkey_lint.model.record import replace
from secretkey_lint.model.source import LineIndex, Position, Span
from secretkey_lint.model.value import Literal
from secretkey_lint.readers.python.encoding import decode
from secretkey_lint.readers.python.fragments import comments, lines_naming_the_key
from secretkey_lint.readers.python.interpreter import Interpreter
from secretkey_lint.readers.python.reporting import Source, to_bindings
from secretkey_lint.readers.python.strings import text_of
from secretkey_lint.readers.python.syntax import ParseFailure, parse
from secretkey_lint.vocabulary import INSECURE_PREFIX

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.python.fragments import Fragment
else:
    from secretkey_lint.readers.python import syntax as cst

_START = Position(1, 1)


def read(file: SourceFile) -> list[Fact]:
    """Return the bindings of the key in a Python file, and what kept it from being read."""
    text, problem = decode(file.content)
    index = LineIndex(text)
    facts: list[Fact] = []
    if problem is not None:
        facts.append(Damage(Span(file.path, _START, _START), f"it is {problem}"))
    failure = None
    try:
        module = parse(text)
    except ParseFailure as error:
        failure = error
    if failure is not None:
        place = Position(failure.line, failure.column)
        facts.append(
            Damage(
                Span(file.path, place, place),
                f"it does not parse as Python ({failure.message.partition(': expected')[0]})",
            )
        )
        fragments = lines_naming_the_key(text)
    else:
        interpreter = Interpreter()
        interpreter.run(module)
        standing = list(_unbound_insecure_keys(module)) if INSECURE_PREFIX in text else []
        facts += to_bindings(interpreter, standing, Source(text, module, file.path, index))
        if interpreter.partial:
            facts.append(Damage(Span(file.path, _START, _START), "it could be followed only in part"))
        fragments = lines_naming_the_key(text) if interpreter.exhausted else comments(text)
    for fragment in fragments:
        facts += _read_fragment(fragment, index, file.path)
    if INSECURE_PREFIX in text:
        facts += _insecure_text(text, index, file.path, in_comments_only=failure is None)
    return facts


def _read_fragment(fragment: Fragment, index: LineIndex, path: str) -> Iterator[Binding]:
    """The bindings of a piece of code that stands on its own: a comment, a line of a broken file."""
    try:
        module = parse(fragment.code)
    except ParseFailure:
        return
    interpreter = Interpreter()
    interpreter.run(module, _FRAGMENT_NAMES)
    guards = frozenset({Guard("commented")}) if fragment.commented else frozenset()
    for binding in to_bindings(interpreter, [], Source(fragment.code, module, path, index, fragment.offset)):
        yield replace(binding, guards=binding.guards | guards)


_FRAGMENT_NAMES = {
    "os": "os", "environ": "os.environ", "getenv": "os.getenv", "env": "environ.Env()", "config": "decouple.config",
}  # fmt: skip
"""What names most likely mean where the imports are not seen."""


def _unbound_insecure_keys(module: cst.Module) -> Iterator[cst.SimpleString]:
    """Strings with an insecure key, whatever they are bound to; what is only compared with is refused, not used."""
    pending: list[object] = [module]
    while pending:
        each = pending.pop()
        match each:
            case list() | tuple():
                pending.extend(reversed(each))
            case cst.Comparison():
                pass
            case cst.SimpleString(value=token):
                if INSECURE_PREFIX in token:
                    text = text_of(token)
                    if is_insecure_key(text if isinstance(text, str) else text.decode("latin-1")):
                        yield each
            case _ if hasattr(each, "__dict__"):
                pending.extend(reversed(list(vars(each).values())))


def _insecure_text(text: str, index: LineIndex, path: str, *, in_comments_only: bool) -> Iterator[Binding]:
    """Insecure keys in comments, or anywhere in a file that does not parse."""
    for start, end in insecure_keys(text):
        line = text[text.rfind("\n", 0, start) + 1 : start]
        if not in_comments_only or line.lstrip().startswith("#"):
            span = index.span(path, start, end)
            guards = frozenset({Guard("commented")}) if line.lstrip().startswith("#") else frozenset()
            yield Binding("", Literal(span, text[start:end]), span, guards, medium="text")
