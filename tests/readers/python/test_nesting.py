"""What the native parser must not be given is refused, and nothing else is."""

import io
import subprocess
import sys
import sysconfig
import textwrap
import tokenize
from pathlib import Path

import pytest

from secretkey_lint.readers.python import nesting, syntax

MODULES = sorted(Path(sysconfig.get_path("stdlib")).glob("[a-m]*.py"))


def run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, (done.returncode, done.stderr)
    return done.stdout


@pytest.mark.parametrize("brackets", ["()", "[]", "{}"])
def test_brackets_as_cpython(brackets: str) -> None:
    """CPython takes 200 and refuses 201."""
    opening, closing = brackets
    syntax.parse("x = " + opening * 200 + closing * 200)
    with pytest.raises(syntax.ParseFailure, match="too many nested parentheses") as caught:
        syntax.parse("\n x = " + opening * 201 + closing * 201)
    assert (caught.value.line, caught.value.column) == (2, 206)


@pytest.mark.parametrize(
    "source",
    [
        "x = '" + "(" * 500 + "'\n",
        "x = '''\n" + "((\n" * 500 + "'''\n",
        'x = "\\"' + "(" * 500 + '\\\\"\n',
        "x = r'\\'" + "(" * 500 + "'\n".replace("'", "'", 1),
        "# " + "(" * 500 + "\nx = 1\n",
        "x = f'" + "{{" * 500 + "'\n",
        "x = f'" + "{a}" * 500 + "'\n",
        "x = f'" + "{a:{b}}" * 300 + "'\n",
        "x = f'\\N{LEFT PARENTHESIS}" + "(" * 500 + "'\n",
        "x = rb'" + "[" * 500 + "' + b'" + "{" * 500 + "'\n",
        "x = [" + "(), " * 500 + "]\n",
        "x = [" + "a.b(c)[d] + 1, " * 1_000 + "]\n",
        "x = {" + "'a': os.environ.get('B', 'c') or 'd',\n" * 1_000 + "}\n",
        "x = 1 + 1; y = 2 - 2\n" * 2_000,
        "x(1, 2 \\\n)\n" * 500,
        "\n".join(f"if a: {'x' * 9}.y.z" for _ in range(2_000)),
        "if a: b\nelif c: d\n" * 3_000,
        "case(f(g(h(i(j(k(l(m(n(o(p)))))))))))\n",
        "match x:\n  case 1 if f(g(h(i(j(k(l(m(n(o(p)))))))))): f(g(h(i(j(k(l(m(n(o(p))))))))))\n",
        "del x\ny = " + "(" * 100 + ")" * 100 + "\n",
        "delete = del_ = 1; y = " + "(" * 100 + ")" * 100 + "\n",
    ],
)
def test_much_is_not_deep(source: str) -> None:
    """Brackets in strings and comments, long tables and long modules: however many, nothing is nested."""
    assert nesting.refusal(source) is None
    syntax.parse(source)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_brackets_of_real_modules(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The depth of brackets is that which CPython's tokenizer finds."""
    with tokenize.open(path) as file:
        source = file.read()
    assert nesting.refusal(source) is None
    depth = deepest = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.OP and token.string in set("([{"):
            depth += 1
        elif token.type == tokenize.OP and token.string in set(")]}"):
            depth -= 1
        deepest = max(deepest, depth)
    fields = "f'" in source or 'f"' in source  # of which CPython 3.11 makes no tokens
    if deepest and not fields:
        monkeypatch.setattr(nesting, "_BRACKETS", deepest)
        assert nesting.refusal(source) is None
        monkeypatch.setattr(nesting, "_BRACKETS", deepest - 1)
        assert nesting.refusal(source) is not None


@pytest.mark.parametrize(
    "source",
    [
        "x = " + "1 + " * 3_000 + "1",
        "x = a" + ".b" * 3_000,
        "x = a" + "[0]" * 3_000,
        "x = " + "not " * 3_000 + "a",
        "x = " + "lambda: " * 3_000 + "a",
        "x = " + "lambda a=" * 3_000 + "a" + ": a" * 3_000,
        "x = " + "a if b else " * 3_000 + "c",
        "x = [a " + "for a in b " * 3_000 + "]",
        "x = " + "(a + " * 100 + "b" + " + c" * 3_000 + ")" * 100,
        "x = " + "-" * 3_000 + "1",
        "x = f'{" + "a." * 3_000 + "b}'",
        "x = " + "'a' " * 2_500 + "f'{b}'",
        "if a: b\n" + "elif a: b\n" * 3_000,
        "x = 1 + \\\r\n" * 3_000 + "1",
        "match a:\n  case " + "[" * 9 + "]" * 9 + ": pass",
        "match a:\n  case " + "{1: " * 30 + "b" + "}" * 30 + ": pass",
        "if a: del " + "(" * 30 + "a b" + ")" * 30,
        "x = f'" + "{a:" * 300 + "}" * 300 + "'",
    ],
)
def test_deep_is_refused_at_once(source: str) -> None:
    """What would overflow the parser's stack, or take it hours, is not given to it."""
    assert not nesting.is_flat(source)
    assert nesting.refusal(source) is not None


def test_the_deepest_that_is_allowed() -> None:
    """What is just within the limits does not overflow the stack, also in a thread whose own is that of macOS: 512 KiB."""
    out = run("""
        import _thread
        from secretkey_lint.readers.python import syntax

        def parse():
            blocks = "".join(" " * level + "if a:\\n" for level in range(98)) + " " * 98
            for source in (
                "x = " + "lambda a=" * 500 + "1" + ": 1" * 500,
                "x = " + "1 + " * 1_500 + "1",
                "x = a" + ".b" * 1_500,
                "x = " + "1 if a else " * 900 + "1",
                "x = " + "(lambda: " * 199 + "1" + ")" * 199,
                "x = " + "f'{" * 199 + "1" + "}'" * 199,
                "x = " + "'a' " * 1_900 + "f'{b}'",
                "x = [a " + "for a in b " * 1_900 + "]",
                "if a: b\\n" + "elif a: b\\n" * 1_999,
                "match a:\\n  case " + "[" * 8 + "a" + "]" * 8 + ": pass",
                blocks + "x = " + "f(" * 199 + ")" * 199,
            ):
                try:
                    syntax.parse(source)
                except syntax.ParseFailure as failure:
                    print(failure, source[:20])

        done = _thread.allocate_lock()
        done.acquire()
        _thread.stack_size(512 * 1024)
        _thread.start_new_thread(lambda: (parse(), done.release()), ())
        done.acquire()
        print("alive")
    """)
    assert out == "alive\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there, everything is parsed in a thread")
def test_the_deepest_that_is_flat() -> None:
    """What is parsed on the stack of the main thread fits into 8 MiB, with the limits of `is_flat` all reached at once."""
    out = run("""
        from secretkey_lint.readers.python import nesting, syntax

        blocks = "".join(" " * level + "if a:\\n" for level in range(98)) + " " * 98
        inner = "f(" * 190 + "1 + " * 250 + "1" + ")" * 190
        inner = "lambda a=" * 49 + inner + ": 1" * 49
        source = blocks + "x = " + "'a' " * 900 + "f'{(" + inner + ")}'"
        assert nesting.is_flat(source)
        syntax.parse(source)
        print("alive")
    """)
    assert out == "alive\n"


def test_the_usual_is_flat() -> None:
    """Most settings need no thread and no second look."""
    source = "".join(
        f"SETTING_{number} = os.environ.get('SETTING_{number}', ['a', 'b'])  # see https://x.y/z/\n"
        for number in range(40)
    )
    assert nesting.is_flat(source)
