"""Reads Python: what the interpreter found, as bindings with exact places, and keys that merely stand in the text.

A file that does not parse is read by its lines, each that names the key on its own.
"""

from __future__ import annotations

from secretkey_lint.model.binding import Binding, Damage, Guard
from secretkey_lint.model.record import replace
from secretkey_lint.model.source import LineIndex, Position, Span
from secretkey_lint.model.value import EnvLookup, Literal, Random, Unknown
from secretkey_lint.readers.python import generators
from secretkey_lint.readers.python.encoding import decode
from secretkey_lint.readers.python.fragments import comments, lines_naming_the_key
from secretkey_lint.readers.python.interpreter import Interpreter
from secretkey_lint.readers.python.mentions import may_read_the_key
from secretkey_lint.readers.python.modules import Loaded, Modules
from secretkey_lint.readers.python.reporting import to_bindings
from secretkey_lint.readers.python.source import Source, Sources
from secretkey_lint.readers.python.standing import keys_in_text, standing_keys
from secretkey_lint.readers.python.syntax import ParseFailure
from secretkey_lint.readers.surroundings import ALONE
from secretkey_lint.vocabulary import INSECURE_PREFIX, KEY, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from secretkey_lint.model.binding import Fact
    from secretkey_lint.model.source import SourceFile
    from secretkey_lint.readers.python.fragments import Fragment
    from secretkey_lint.readers.surroundings import Surroundings

_START = Position(1, 1)


def read(file: SourceFile, surroundings: Surroundings = ALONE) -> list[Fact]:
    """Return the bindings of the key in a Python file, and what kept it from being read."""
    modules = Modules(surroundings)
    text, problem = decode(file.content)
    index = LineIndex(text)
    facts: list[Fact] = []
    if problem is not None:
        facts.append(Damage(Span(file.path, _START, _START), f"it is {problem}"))
    failure = None
    try:
        main = modules.add(file, text, index)
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
        standing = list(keys_in_text(text, index, file.path))
    else:
        interpreter = _interpreted(main, modules, file)
        if interpreter.exhausted and len(modules.sources) > 1:  # the module alone may be small enough
            modules = Modules(ALONE)
            interpreter = _interpreted(modules.add(file, text, index), modules, file)
        bindings = to_bindings(interpreter, Sources(modules.sources, modules.surroundings), published=True)
        facts += bindings if _starts_with_it(interpreter, modules, file) else map(_without_random, bindings)
        if surroundings.exposures:
            facts += _exposures(main.source, is_settings=interpreter.is_settings)
        standing = list(standing_keys(main.source)) if INSECURE_PREFIX in text else []
        if interpreter.partial:
            facts.append(Damage(Span(file.path, _START, _START), "it could be followed only in part"))
        fragments = lines_naming_the_key(text) if interpreter.exhausted else comments(text)
    for fragment in fragments:
        facts += _read_fragment(fragment, index, file.path)
    facts += [each for each in standing if not _is_covered(each.span, facts)]
    return facts


def _exposures(source: Source, *, is_settings: bool) -> Iterator[Fact]:
    """The places that show the key; what looks for them is not loaded for a module that only binds it, as most do."""
    if may_read_the_key(source.text):
        from secretkey_lint.readers.python.exposures import exposures

        yield from exposures(source, is_settings=is_settings)


def _interpreted(main: Loaded, modules: Modules, file: SourceFile) -> Interpreter:
    """Walk a module."""
    interpreter = Interpreter(modules)
    interpreter.is_settings = looks_like_settings(main.source.text, file.project_path)
    interpreter.is_followed = interpreter.is_settings or f"\n{KEY}" in f"\n{main.source.text}"
    interpreter.run(main)
    return interpreter


def _read_fragment(fragment: Fragment, index: LineIndex, path: str) -> Iterator[Binding]:
    """The bindings of a piece of code that stands on its own: a comment, a line of a broken file."""
    try:
        source = Source(fragment.code, path, index, fragment.offset)
    except ParseFailure:
        return
    interpreter = Interpreter()
    interpreter.run(Loaded("", source), _FRAGMENT_NAMES)
    guards = frozenset({Guard("commented")}) if fragment.commented else frozenset()
    for binding in to_bindings(interpreter, Sources([source])):
        yield replace(binding, guards=binding.guards | guards)


_FRAGMENT_NAMES = {
    "os": "os", "environ": "os.environ", "getenv": "os.getenv", "env": "environ.Env()", "config": "decouple.config",
}  # fmt: skip
"""What names most likely mean where the imports are not seen."""


def looks_like_settings(text: str, path: str) -> bool:
    """Whether a module configures an application, by its name, by that of its folder or by what it sets."""
    if any(not _SETTINGS_WORDS.isdisjoint(words(part)) for part in path.split("/")[-2:]):
        return True
    return any(mark in text for mark in _SETTINGS_MARKS)


def _starts_with_it(interpreter: Interpreter, modules: Modules, file: SourceFile) -> bool:
    """Whether what a module makes afresh is the key of each start: not so in a script, nor where it is written down."""
    folder = file.project_path.rpartition("/")[0].rpartition("/")[2]
    if not interpreter.is_settings and _SETTINGS_WORDS.isdisjoint(words(folder)):
        return False
    return not any(generators.keeps_what_it_makes(source.text) for source in modules.sources)


def _without_random(binding: Binding) -> Binding:
    """A binding of which nothing is said where it is random."""
    match binding:
        case Binding(value=Random(span=span)):
            return replace(binding, value=Unknown(span))  # type: ignore[no-any-return]
        case Binding(value=EnvLookup(default=Random()) as lookup):
            return replace(binding, value=replace(lookup, default=None))  # type: ignore[no-any-return]
        case _:
            return binding


_SETTINGS_WORDS = frozenset({"settings", "setting", "config", "conf", "configuration"})
_SETTINGS_MARKS = ("INSTALLED_APPS", "DEBUG", "ALLOWED_HOSTS", "MIDDLEWARE", "ROOT_URLCONF", "Flask(")


def _is_covered(span: Span, facts: list[Fact]) -> bool:
    """Whether a place is within that of a value that is bound."""
    for fact in facts:
        match fact:
            case Binding(value=Literal(span=place)) | Binding(value=EnvLookup(default=Literal(span=place))):
                if _order(place.start) <= _order(span.start) and _order(span.end) <= _order(place.end):
                    return True
    return False


def _order(position: Position) -> tuple[int, int]:
    return position.line, position.column
