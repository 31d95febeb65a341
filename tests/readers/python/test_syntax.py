"""The light tree is LibCST's tree, its places are LibCST's places, and the process is left as it was."""

import importlib.util
import subprocess
import sys
import textwrap
from pathlib import Path
from types import ModuleType

import pytest
from modules import EVERY_CONSTRUCT, sample

from secretkey_lint.readers.python import spans, syntax

BENCHMARK = Path(__file__).parents[3] / "benchmarks" / "compare_parsers.py"


@pytest.fixture(scope="module")
def comparison() -> ModuleType:
    """The benchmark that compares the parsers, which is run over many more files."""
    specification = importlib.util.spec_from_file_location("compare_parsers", BENCHMARK)
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", sample(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_standard_library(comparison: ModuleType, path: Path) -> None:
    """Every node of real modules: class, fields and place are LibCST's."""
    _, differences = comparison.compare_here(str(path))
    assert differences == []


def test_every_construct(comparison: ModuleType, tmp_path: Path) -> None:
    """Every construct of the language, with both usual line ends."""
    for number, newline in enumerate(("\n", "\r\n")):
        path = tmp_path / f"constructs{number}.py"
        path.write_bytes(EVERY_CONSTRUCT.replace("\n", newline).encode())
        counts, differences = comparison.compare_here(str(path))
        assert differences == []
        assert counts["nodes"] > 500


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_whole_of_libcst_is_not_loaded_and_can_be_later() -> None:
    """Whoever imports LibCST before, after or between gets the real one."""
    out = run("""
        import sys
        from secretkey_lint.readers.python import syntax
        tree = syntax.parse("x = 1\\n")
        assert type(tree).__name__ == "Module" and "libcst" not in sys.modules
        import libcst, libcst.native
        assert isinstance(libcst.parse_module("x = 1\\n"), libcst.Module)
        assert type(syntax.parse("x = 1\\n")) is type(tree)
        assert isinstance(libcst.parse_module("x = 1\\n"), libcst.Module)
        print("fine")
    """)
    assert out == "fine\n"


def test_the_real_one_first() -> None:
    out = run("""
        import libcst
        from secretkey_lint.readers.python import syntax
        assert not isinstance(syntax.parse("x = 1\\n"), libcst.CSTNode)
        assert isinstance(libcst.parse_module("x = 1\\n"), libcst.Module)
        print("fine")
    """)
    assert out == "fine\n"


def test_fall_back_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LibCST's insides are not as expected, LibCST itself parses, and the tree is the same."""

    light = syntax.parse(EVERY_CONSTRUCT)

    def fail(*_: object) -> None:
        raise AttributeError

    monkeypatch.setattr(syntax, "_parse_light", fail)
    pending: list[tuple[object, object]] = [(light, syntax.parse(EVERY_CONSTRUCT))]
    while pending:
        ours, theirs = pending.pop()
        assert type(ours) is type(theirs)
        if isinstance(ours, syntax.Node):
            pending += [(getattr(ours, name), getattr(theirs, name)) for name in {*vars(ours), *vars(theirs)}]
        elif isinstance(ours, tuple):
            assert isinstance(theirs, tuple)
            pending += zip(ours, theirs, strict=True)
        else:
            assert ours == theirs


@pytest.mark.parametrize(
    "source", ["print 'x'\n", "x = (\n", "'''", "a\n  b\n", "<<<<<<< HEAD\n", "x = '\n", "\x00", "\ud800"]
)
def test_what_does_not_parse_says_so_without_its_text(source: str) -> None:
    try:
        syntax.parse(source)
    except syntax.ParseFailure as failure:
        assert failure.__context__ is None and failure.__cause__ is None
        assert failure.line >= 1 and failure.column >= 1
        assert len(source) < 4 or source.strip() not in str(failure)


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "(" * 10_000 + ")" * 10_000,
        "x = " + "1 + " * 20_000 + "1",
        "x = a" + ".b" * 20_000,
        "x = f" + "()" * 20_000,
        "x = " + "not " * 20_000 + "1",
        "x = " + "- " * 20_000 + "1",
        "x = " + "lambda: " * 5_000 + "1",
        "x = " + "1 if a else " * 5_000 + "1",
        "if a: pass\n" + "elif b: pass\n" * 5_000,
        "x = " + "[" * 150 + "]" * 150,
    ],
    ids=range(10),
)
def test_depth_kills_nothing(source: str) -> None:
    """The native parser recurses; what overflows its stack would end the process without a word."""
    out = run(f"""
        from secretkey_lint.readers.python import syntax
        try:
            syntax.parse({source!r})
        except syntax.ParseFailure:
            pass
        print("alive")
    """)
    assert out == "alive\n"


def test_places_without_the_grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    """A node that the grammar does not know is located by LibCST."""
    source = 'x = f(  "value" )\n'
    module = syntax.parse(source)
    string = module.body[0].body[0].value.args[0].value  # type: ignore[union-attr]
    assert spans.locate(source, module, [string]) == {id(string): (8, 15)}

    def fail(*_: object) -> None:
        raise spans._Mismatch

    monkeypatch.setattr(spans, "_read", fail)
    assert spans.locate(source, module, [string]) == {id(string): (8, 15)}


def test_the_namespace_and_its_nodes() -> None:
    """Nodes match by class and field, are told apart by identity, and show nothing of what is in them."""
    module = syntax.parse("KEY = call('secret', a=1)\nKEY = call('secret', a=1)\n")
    match module.body[0]:
        case syntax.SimpleStatementLine(body=[syntax.Assign(targets=[target], value=syntax.Call(args=[_, second]))]):
            assert isinstance(target, syntax.AssignTarget) and isinstance(second, syntax.Node)
            assert second.keyword.value == "a" and second.comma is None and second.no_such_field is None
        case _:
            pytest.fail("the pattern does not match")
    assert module.body[0] != module.body[1]
    assert len({module.body[0], module.body[1]}) == 2
    assert "secret" not in repr(module) + repr(module.body)
    for name in ("BaseExpression", "SimpleWhitespace", "parse_module", "__wrapped__"):
        with pytest.raises(AttributeError):
            getattr(syntax, name)
    with pytest.raises(AttributeError):
        _ = module.__wrapped__  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("source", "line", "column"),
    [
        ("x = 1\ny = = 2\n", 2, 5),
        ("x = 1\r\ny = = 2\r\n", 2, 5),
        ("x = 1\ry = = 2\r", 2, 5),
        ("é𝒳 = = 2\n", 1, 6),
        ("\ufeffx = = 2\n", 1, 5),
        ("x = 1 if 2\n", 1, 10),
        ("\n\nif x:\n", 3, 5),
        ("x = 'a'\ny = '\ud800'\n", 2, 6),
        ("x = 'abc\n", 1, 1),
    ],
)
def test_the_place_of_a_failure(source: str, line: int, column: int) -> None:
    """LibCST's `raw_line` is one too many, and its tokenizer names no place at all."""
    with pytest.raises(syntax.ParseFailure) as caught:
        syntax.parse(source)
    assert (caught.value.line, caught.value.column) == (line, column)


@pytest.mark.parametrize(
    "source", ["KEY = s3cr€t\n", "KEY = (s3cr€t]\n", "KEY = 's3cr€t\n", "s3cr = = 't'\n", "KEY = $s3cr\n"]
)
@pytest.mark.parametrize("whole", [False, True])
def test_failures_hold_no_source(source: str, whole: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key without its quotes is a token at fault: LibCST quotes it, and its exceptions hold every line."""

    def fail(*_: object) -> None:
        raise TypeError(source)

    if whole:
        monkeypatch.setattr(syntax, "_parse_light", fail)
    with pytest.raises(syntax.ParseFailure) as caught:
        syntax.parse(source)
    failure = caught.value
    assert "s3cr" not in f"{failure} {failure!r} {failure.args}"
    assert failure.__context__ is None and failure.__cause__ is None
    trace = failure.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals["__name__"] == syntax.__name__:
            held = [value for name, value in trace.tb_frame.f_locals.items() if name != "source"]
            assert not any(isinstance(value, BaseException) or "s3cr" in repr(value) for value in held)
        trace = trace.tb_next


@pytest.mark.parametrize("source", ["x = 1\n", "x = (\n", "x = " + "1 + " * 600 + "1"])
def test_sys_modules_is_as_before(source: str) -> None:
    """After a tree and after a failure, with LibCST imported and without."""
    code = f"""
        import sys
        from secretkey_lint.readers.python import syntax

        def parse():
            before = list(sys.modules.items())
            try:
                syntax.parse({source!r})
            except syntax.ParseFailure:
                pass
            assert list(sys.modules.items()) == before

        parse()
        parse()
        import libcst.native
        parse()
        assert libcst.native.parse_module and sys.modules["libcst"] is libcst
        print("fine")
    """
    assert run(code) == "fine\n"


@pytest.mark.parametrize(
    "breakage",
    [
        "syntax._make_stand_in = lambda make=syntax._make_stand_in: setattr(m := make(), '__path__', []) or m",
        "syntax._nothing = None",
        "syntax._call = lambda function, argument: 1 / 0",
        "syntax._node_class = lambda name, real=syntax._node_class: real(name) if 'libcst.native' in sys.modules else 1 / 0",
    ],
)
def test_changed_insides_of_libcst(breakage: str) -> None:
    """A native module that moved, or wants other things: the tree is the same, LibCST is usable, nothing is left over."""
    out = run(f"""
        import sys
        from secretkey_lint.readers.python import syntax
        {breakage}
        module = syntax.parse("x = f(1)\\n")
        sys.modules.pop("libcst.native", None)
        assert type(module.body[0].body[0].value).__name__ == "Call"
        assert module.body[0].body[0].value.func.value == "f"
        assert isinstance(module, syntax.Node)
        import libcst
        assert isinstance(libcst.parse_module("x = 1"), libcst.Module)
        print("fine")
    """)
    assert out == "fine\n"


def test_without_libcst() -> None:
    """An installation without LibCST says so, as any import does."""
    out = run("""
        import sys
        sys.path = [entry for entry in sys.path if "site-packages" not in entry]
        sys.path_importer_cache.clear()
        from secretkey_lint.readers.python import syntax
        try:
            syntax.parse("x = 1")
        except ModuleNotFoundError as error:
            print(error.name)
    """)
    assert out == "libcst\n"


def test_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the process; it is no error of the light way."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(syntax, "_parse_light", interrupt)
    for source in ("x = 1\n", "x = " + "1 + " * 600 + "1"):
        with pytest.raises(KeyboardInterrupt):
            syntax.parse(source)


def test_in_threads() -> None:
    """Threads that parse at the same time do not take each other's stand-in for the package."""
    out = run("""
        import sys, threading
        from secretkey_lint.readers.python import syntax
        failures = []

        def work():
            for _ in range(200):
                if syntax.parse("x = f(1)\\n").body[0].body[0].value.func.value != "f":
                    failures.append(1)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        assert not failures and "libcst" not in sys.modules
        print("fine")
    """)
    assert out == "fine\n"


@pytest.mark.parametrize(
    "source", ["", "\n", "#", "x", "\ufeff", "\ufeffx\n", "\f\n", "x='\x00'", "\tx\\\n", "if x:\r\ty\r", "\r"]
)
def test_odd_files(source: str) -> None:
    """Each gives a tree whose place is known, or a failure."""
    try:
        module = syntax.parse(source)
    except syntax.ParseFailure:
        return
    start, end = spans.locate(source, module, [module])[id(module)]
    assert 0 <= start <= end <= len(source)


def test_imports_nothing() -> None:
    """Start-up is the point: no `typing`, `re`, `dataclasses`, `threading`, `enum`."""
    out = run("""
        import sys
        before = set(sys.modules)
        from secretkey_lint.readers.python import syntax
        syntax.parse("x = 1\\n")
        syntax.parse("x = " + "1 + " * 600 + "1")
        print(*(name for name in set(sys.modules) - before if not name.startswith(("secretkey_lint", "__"))))
    """)
    assert out == "\n"
