"""What a settings module leaves the key as when it is over: what Django would start with."""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers.python.assumptions import Flow
from secretkey_lint.readers.python.encoding import decode
from secretkey_lint.readers.python.evaluator import TooManyStepsError
from secretkey_lint.readers.python.imports import SETTINGS
from secretkey_lint.readers.python.interpreter import Interpreter
from secretkey_lint.readers.python.modules import Modules
from secretkey_lint.readers.python.objects import Alternative
from secretkey_lint.readers.python.reporting import to_bindings
from secretkey_lint.readers.python.sinks import Found
from secretkey_lint.readers.python.source import Sources
from secretkey_lint.readers.python.syntax import ParseFailure
from secretkey_lint.vocabulary import FALLBACKS, KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from secretkey_lint.model.binding import Binding
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.surroundings import Surroundings


class Outcome(Record):
    """What a settings module leaves the key, and the former keys, as; `modules` are those that had a part in it.

    The span of a binding is that of its value's source, which may stand in another module. `bindings` are None where
    it cannot be told what they are.
    """

    bindings: tuple[Binding, ...] | None
    modules: frozenset[str]


def outcome(file: SourceFile, surroundings: Surroundings) -> Outcome:
    """Return what Django would start with."""
    text, _ = decode(file.content)
    modules = Modules(surroundings)
    interpreter = Interpreter(modules)
    try:
        main = modules.add(file, text, LineIndex(text))
        main.is_running = True
        flow = Flow(main.scope)
        interpreter.start(main, SETTINGS, flow)
    except (ParseFailure, TooManyStepsError, RecursionError):
        return Outcome(None, modules.loaded)
    if not flow.alive:
        return Outcome((), modules.loaded)
    names = flow.scope.names
    interpreter.debug = interpreter.held("DEBUG", flow.scope, flow) or ()
    interpreter.found = [
        Found(
            name,
            tuple(Alternative(each.value, each.guards, each.value.node) for each in names[name]),
            main.source.module,
        )
        for name in (KEY, FALLBACKS)
        if name in names
    ]
    bindings = to_bindings(interpreter, Sources(modules.sources, modules.surroundings))
    return Outcome(tuple(bindings), modules.loaded)
