"""Places are where the text is: of every kind of node, in deep trees, and without the grammar.

That every place is LibCST's is compared in `test_syntax`, over real modules and every construct.
"""

import subprocess
import sys
from collections.abc import Iterator

import libcst
import pytest

from secretkey_lint.readers.python import grammar, spans, syntax


def nodes_of(module: object) -> Iterator[syntax.Node]:
    pending: list[object] = [module]
    while pending:
        value = pending.pop()
        if isinstance(value, tuple):
            pending += value
        elif isinstance(value, syntax.Node):
            yield value
            pending += vars(value).values()


def texts(source: str, kind: str) -> list[str]:
    """The texts of the nodes of a kind, in the order of the source."""
    module = syntax.parse(source)
    found = [node for node in nodes_of(module) if type(node).__name__ == kind]
    places = spans.locate(source, module, found)  # type: ignore[arg-type]
    return [source[start:end] for start, end in sorted(places.values())]


@pytest.mark.parametrize(
    ("source", "kind", "expected"),
    [
        ("x = ( # why\n  'a'   'b'\n)", "ConcatenatedString", ["'a'   'b'"]),
        ("x = ('a')", "SimpleString", ["'a'"]),
        ("x = f'{ a !r:>{ w }} b'", "FormattedStringExpression", ["{ a !r:>{ w }}", "{ w }"]),
        ("x = f'{ a !r:>{ w }} b'", "FormattedStringText", [">", " b"]),
        ("x = f'{{}} {y = }'", "FormattedString", ["f'{{}} {y = }'"]),
        ("x = t'{ a } b'", "TemplatedString", ["t'{ a } b'"]),
        ("f ( a , * b , c = 1 , )", "Arg", ["a", "* b", "c = 1"]),
        ("f(x for x in y)", "GeneratorExp", ["x for x in y"]),
        ("def f(a: int = 1, /, *b, c, **d): pass", "Param", ["a", "*b", "c", "**d"]),
        ("lambda: 0", "Parameters", [""]),
        ("if a: x = 1; y = 2;  # end", "SimpleStatementSuite", ["x = 1; y = 2"]),
        ("if a:\n  x;\n", "If", ["if a:\n  x"]),
        ("if a: x\nelif b: y\nelse: z\n", "If", ["if a: x\nelif b: y\nelse: z", "elif b: y\nelse: z"]),
        ("if a:\n  @b\n  def f(): pass\n", "IndentedBlock", ["def f(): pass"]),
        ("@a\n# b\nasync def f(): pass\n", "FunctionDef", ["async def f(): pass"]),
        ("x = y; z", "Semicolon", [";"]),
        ("type X = int;", "TypeAlias", ["type X = int"]),
        ("from . import (a as b, c,)\n", "ImportAlias", ["a as b", "c"]),
        ("a \\\n  not \\\r\n in b\n", "NotIn", ["not \\\r\n in"]),
        ("a != b", "NotEqual", ["!="]),
        ("match a:\n  case A(b=1, ) as c: pass\n", "MatchAs", ["A(b=1, ) as c"]),
        ("match a:\n  case {'k': 1, **rest}: pass\n", "MatchMapping", ["{'k': 1, **rest}"]),
        ("\ufeffx = 'é𝒳' + y", "Name", ["x", "y"]),
        ("x = '''a\r\nb\rc'''\r\ny = 'd'\r", "SimpleString", ["'''a\r\nb\rc'''", "'d'"]),
        ("\fx\t=\f1", "Assign", ["x\t=\f1"]),
        ("try: pass\nexcept* A: pass\n", "ExceptStarHandler", ["except* A: pass"]),
    ],
)
def test_the_place_is_the_text(source: str, kind: str, expected: list[str]) -> None:
    """Hand-written expectations, so that an error that LibCST and the grammar shared would show."""
    assert texts(source, kind) == expected


def test_the_grammar_knows_every_node() -> None:
    """A node that a new LibCST adds, or a field, is to be added to the grammar: until then its files are slow."""
    concrete = {
        name: kind
        for name, kind in vars(libcst).items()
        if isinstance(kind, type)
        and issubclass(kind, libcst.CSTNode)
        and not getattr(kind, "__abstractmethods__", None)
    }
    whitespace = syntax._WHITESPACE
    assert concrete.keys() - whitespace - grammar.ENTRIES.keys() == set()
    for name in concrete.keys() & grammar.ENTRIES.keys():
        said = {field for _, field, _ in spans._steps(syntax._node_class(name)(), set()) if field}
        children = {
            field
            for field in concrete[name].__dataclass_fields__
            if field in {"value", "body", "args", "elements", "left", "right", "target", "comma", "lpar", "rpar"}
        }
        assert children <= said, name


def test_only_what_is_asked_for() -> None:
    source = "x = 1\ny = 2\n"
    module = syntax.parse(source)
    second = module.body[1]
    assert spans.locate(source, module, []) == {}
    assert spans.locate(source, module, iter([second])) == {id(second): (6, 11)}


def test_a_node_of_another_tree() -> None:
    source = "x = 1\n"
    module, other = syntax.parse(source), syntax.parse(source)
    with pytest.raises(LookupError):
        spans.locate(source, module, [other.body[0]])


@pytest.mark.parametrize(
    "source", ["x = " + "1 + " * 1_500 + "y", "x = " + "'a' " * 1_500 + "'b'", "if a: b\n" + "elif c: d\n" * 1_900]
)
def test_deep_trees(source: str) -> None:
    """Reading is a loop: Python's recursion limit is no limit to what can be reported."""
    module = syntax.parse(source)
    nodes = list(nodes_of(module))
    places = spans.locate(source, module, nodes)  # type: ignore[arg-type]
    assert places[id(module)] == (0, len(source.rstrip()))
    assert len(places) == len(nodes)


def test_another_source_than_the_tree_s() -> None:
    """A tree beside a source that is not its own is a fault of the caller's, and no place is made up."""
    module = syntax.parse("x = 1\n")
    with pytest.raises((LookupError, ValueError, AttributeError)):
        spans.locate("def f(): pass\n", module, [module.body[0]])


def test_new_nodes_are_located_by_libcst(monkeypatch: pytest.MonkeyPatch) -> None:
    """With an entry missing, or wrong, every place is as with it."""
    source = "# head\nif a:\n  x = f(  'value' , *b)  # tail\n\nelse: y = f'{z}'\n"
    module = syntax.parse(source)
    nodes = [
        node
        for node in nodes_of(module)
        if type(node).__name__ in {"Call", "SimpleString", "Arg", "Name", "Assign", "If", "FormattedString"}
    ]
    expected = spans.locate(source, module, nodes)  # type: ignore[arg-type]
    for entry in (None, "'nowhere'"):
        monkeypatch.setattr(spans, "_compiled", {})
        monkeypatch.setattr(spans, "ENTRIES", grammar.ENTRIES | {"Call": entry} if entry else {})
        assert spans.locate(source, module, nodes) == expected  # type: ignore[arg-type]


def test_too_deep_for_libcst_to_locate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the grammar, a deep tree fails with our error, not with RecursionError."""
    monkeypatch.setattr(spans, "ENTRIES", {})
    monkeypatch.setattr(spans, "_compiled", {})
    source = "x = " + "1 + " * 1_500 + "y"
    module = syntax.parse(source)
    with pytest.raises(syntax.ParseFailure, match="too deeply nested"):
        spans.locate(source, module, [module])


def test_no_whole_libcst_is_loaded() -> None:
    """Reporting a violation must not cost the start-up that the light nodes save."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "from secretkey_lint.readers.python import spans, syntax\n"
        "source = 'x = 1'; module = syntax.parse(source); spans.locate(source, module, module.body)\n"
        "print(sorted(name for name in set(sys.modules) - before if not name.startswith(('secretkey_lint', '__'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
