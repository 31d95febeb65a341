"""No key in any output: neither the whole nor a part of one, in any format, when all goes well or when it does not."""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from secretkey_lint import api, baseline, cli, diagnosing, engine, pages, readers, reporters, rules
from secretkey_lint.carriers import carriers
from secretkey_lint.cli.options import FORMATS
from secretkey_lint.config import BASELINE
from secretkey_lint.model.binding import Binding, Damage
from secretkey_lint.model.record import Record, replace
from secretkey_lint.model.report import Report
from secretkey_lint.model.source import LineIndex, Position, SourceFile, Span
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.project.project import Project
from secretkey_lint.readers import reading
from secretkey_lint.readers.python.fragments import Fragment
from secretkey_lint.readers.python.interpreter import Interpreter
from secretkey_lint.readers.python.objects import Const
from secretkey_lint.readers.python.syntax import ParseFailure, parse
from secretkey_lint.tracing import formats
from secretkey_lint.trees.repository import Repository

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)"
"""What Django makes keys of."""

PART = 6
"""So many characters of a key in a row are no coincidence."""

FIXTURES = Path(__file__).parents[2] / "fixtures"
_random = random.Random(20240229)


def key(length: int = 50, prefix: str = "") -> str:
    return prefix + "".join(_random.choice(ALPHABET) for _ in range(length))


class Case(NamedTuple):
    name: str
    path: str
    content: bytes
    keys: tuple[str, ...]
    leaks: bool = True
    """Whether something is to be reported at all; a case that is not read proves nothing."""


def case(name: str, path: str, template: str | bytes, *keys: str, leaks: bool = True) -> Case:
    """Put `keys` in the places of `<1>`, `<2>` … of a template."""
    content = template.encode() if isinstance(template, str) else template
    for number, each in enumerate(keys, 1):
        content = content.replace(b"<%d>" % number, each.encode())
    return Case(name, path, content, keys, leaks)


def insecure() -> str:
    return key(50, "django-insecure-")


CASES = [
    case("plain", "settings.py", 'SECRET_KEY = "<1>"\n', key()),
    case("two on one line", "settings.py", 'SECRET_KEY = "<1>"; DJANGO_SECRET_KEY = "<2>"\n', key(), key()),
    case("old one in a comment behind", "settings.py", 'SECRET_KEY = "<1>"  # was <2>\n', key(), key()),
    case("old one in a comment before", "settings.py", '# "<2>"\nSECRET_KEY = "<1>"\n', key(), key()),
    case("fallbacks in one line", "settings.py", 'SECRET_KEY_FALLBACKS = ["<1>", "<2>", "<3>"]\n', key(), key(), key()),
    case("tuple", "settings.py", 'OTHER, SECRET_KEY = "<1>", "<2>"\n', key(), key()),
    case("chained", "settings.py", 'PEPPER = SECRET_KEY = "<1>"\n', key()),
    case("implicit concatenation", "settings.py", 'SECRET_KEY = (\n    "<1>"\n    "<2>"\n)\n', key(25), key(25)),
    case("concatenation in one line", "settings.py", 'SECRET_KEY = "<1>" + "<2>"\n', key(25), key(25)),
    case("short pieces", "settings.py", 'SECRET_KEY = "".join(["<1>", "<2>", "<3>"])\n', key(9), key(9), key(9)),
    case("triple quotes", "settings.py", 'SECRET_KEY = """<1>\n<2>"""\n', key(25), key(25)),
    case("raw bytes", "settings.py", "SECRET_KEY = rb'<1>'\n", key()),
    case("f-string", "settings.py", 'a = "<1>"\nSECRET_KEY = f"<2>{a}<3>"\n', key(20), key(20), key(20)),
    case("key twice", "settings.py", 'SECRET_KEY = "<1>"\nDJANGO_SECRET_KEY = "<1>"\n', key()),
    case("default", "settings.py", 'import os\nSECRET_KEY = os.environ.get("KEY", "<1>")\n', key()),
    case("key in the place of the variable", "settings.py",
         'import os\nSECRET_KEY = os.environ.get("<1>", "<2>")\n', key(), key()),
    case("default after a default", "settings.py",
         'import os\nSECRET_KEY = os.getenv("SECRET_KEY", os.getenv("DJANGO_SECRET_KEY", "<1>")) or "<2>"\n', key(), key()),
    case("dictionary", "settings.py", 'app.config.update({"A": "<1>", "SECRET_KEY": "<2>", "B": "<3>"})\n', key(), key(), key()),
    case("keyword", "settings.py",
         'from django.conf import settings\nsettings.configure(A="<1>", SECRET_KEY="<2>", B="<3>")\n', key(), key(), key()),
    case("other things on the line", "settings.py", 'AWS = call("<1>", x=<2>); SECRET_KEY = "<3>"\n', key(),
         "4815162342481516234248151623424815162342", key()),
    case("commented out", "settings.py", '# SECRET_KEY = "<1>"\n', "Xk2#qp9!mz7@wv4&rb8^tn1*"),
    case("conditional", "settings.py", 'import os\nDEBUG = bool(os.environ.get("D"))\nSECRET_KEY = "<1>" if DEBUG else "<2>"\n', key(), key()),
    case("guard that names it", "settings.py",
         'import os\nSECRET_KEY = os.getenv("K", "<1>")\nif SECRET_KEY == "<1>":\n    raise ValueError("<1>")\n', key(), leaks=False),
    case("broken", "settings.py", 'def (:\nSECRET_KEY = "<1>"  # <2>\n', key(), key()),
    case("broken at the key", "settings.py", 'SECRET_KEY = "<1>\n', key()),
    case("broken behind the key", "settings.py", 'SECRET_KEY = "<1>" <2>\n', key(), "Z9Y8X7W6V5U4T3S2R1Q0"),
    case("malformed token", "settings.py", "SECRET_KEY = 0x<1>\n", "Zz9Yy8Xx7Ww6Vv5"),
    case("Python 2", "settings.py", 'print "<1>"\nSECRET_KEY = "<2>"\n', key(), key()),
    case("insecure in a broken file", "settings.py", 'print "<1>"\nx = ["<2>"\n', key(), insecure()),
    case("insecure twice", "settings.py", 'SECRET_KEY = "<1>"  # <2>\n', insecure(), insecure()),
    case("insecure in a docstring", "settings.py", '"""Never <1>."""\nSECRET_KEY = "<2>"\n', insecure(), key()),
    case("insecure in text", "notes.txt", "the key is <1>, and before it was <2>\n", insecure(), insecure()),
    case("insecure in html", "page.html", '<input value="<1>"><input value="<2>">\n', insecure(), insecure()),
    case("invalid UTF-8", "settings.py", b'x = "\xff\xfe"\nSECRET_KEY = "<1>"  # <2>\n', key(), key()),
    case("invalid UTF-8 in the key", "settings.py", b'SECRET_KEY = "<1>\xff<2>"\n', key(25), key(25)),
    case("latin-1", "settings.py", b'# coding: latin-1\nx = "\xe9\xe8"; SECRET_KEY = "<1>"  # \xe9 <2>\n', key(), key()),
    case("unknown encoding", "settings.py", b'# coding: nonsense\nSECRET_KEY = "<1>"  # <2>\n', key(), key()),
    case("UTF-16", "settings.py", 'SECRET_KEY = "<1>"\n', key()),
    case("NUL", "settings.py", b'SECRET_KEY = "<1>"\x00\n', key()),
    case("NUL in text", "data.bin", b"\x00\x01<1>\x00<2>", insecure(), insecure()),
    case("lone CR", "settings.py", 'x = "<1>"\rSECRET_KEY = "<2>"\rDJANGO_SECRET_KEY = "<3>"\r', key(), key(), key()),
    case("tabs and emoji", "settings.py", '\U0001f600 = "<1>"\nif x:\n\tSECRET_KEY =\t"<2>"\t# <3>\n', key(), key(), key()),
    case("form feeds", "settings.py", 'A = "<1>"\nB = "x\x0cy"; SECRET_KEY = "<2>"  # <3>\n', key(), key(), key()),
    case("line separators", "settings.py", 'A = "\u2028<1>\x85<2>"; SECRET_KEY = "<3>"\n', key(), key(), key()),
    case("same key in two classes", "config.py",
         'class Dev:\n    SECRET_KEY = "<1>"\n\n\nclass Prod:\n    SECRET_KEY = "<1>"  # <2>\n', key(), key()),
    case("same key as another credential", "settings.py", 'SECRET_KEY = JWT_SIGNING_KEY = "<1>"\nPASSWORD = "<1>"\n', key()),
    case("same key as what a key names", "settings.py", 'SECRET_KEY = "<1>"\nx = {"<2>": "<1>"}\n', key(), key(20) + "9zyxwvutsr_key"),
    case("dotenv", ".env", "SECRET_KEY=<1>\n", key().replace("#", "x")),
    case("dotenv with a comment", ".env", "A=<1>\nSECRET_KEY='<2>' # was <3>\n", key(), key(), key()),
    case("dotenv unquoted with a comment", ".env", "SECRET_KEY=<1> # was <2>\n", "k" + key(20).replace("#", "x"), key()),
    case("dotenv unclosed", ".env", 'SECRET_KEY="<1>\nB=<2>\n', key(), key()),
    case("dotenv in a comment", ".env", "# SECRET_KEY=<1>\n", "Xk2qp9mz7wv4rb8tn1Lq3"),
    case("dotenv default", ".env", "SECRET_KEY=${A:-<1>}\n", "Xk2qp9mz7wv4rb8tn1Lq3"),
    case("dotenv in quotes over lines", ".env", 'SECRET_KEY="<1>\n<2>"\n', key(), key()),
    case("YAML in one line", "deploy.yaml", "{OTHER: <1>, SECRET_KEY: <2>}\n", "k7q2m9x4w8z3v6b1n5", "p4t8r2y6d1h9j3f7c5"),
    case("YAML list in one line", "deploy.yaml", "SECRET_KEY_FALLBACKS: [<1>, <2>]\n", "k7q2m9x4w8z3v6b1n5", "p4t8r2y6d1h9j3f7c5"),
    case("Dockerfile in one line", "Dockerfile", "FROM x\nENV OTHER=<1> SECRET_KEY=<2>\n", "k7q2m9x4w8z3v6b1n5", "p4t8r2y6d1h9j3f7c5"),
    case("dotenv insecure", ".env", "A=<1>\nSECRET_KEY=<2>\n", insecure(), insecure()),
]  # fmt: skip
CASES = [
    each._replace(content=each.content.decode().encode("utf-16")) if each.name == "UTF-16" else each for each in CASES
]

ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"'})


def parts_shown(secret: str, output: str, elsewhere: str = "") -> set[str]:
    """Return the parts of a key that stand in `output`, apart from those that stand `elsewhere`, too."""
    parts = {secret[at : at + PART] for at in range(len(secret) - PART + 1)}
    parts |= {part.translate(ESCAPED) for part in parts}
    return {part for part in parts if part in output and part not in elsewhere}


def run(folder: Path, path: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Check a path once, with a report in each format, and return the status and all that was written."""
    reports = folder.parent / "reports"
    reports.mkdir(exist_ok=True)
    wanted = [f"--output-format={each}={reports / each}" for each in FORMATS]
    capsys.readouterr()
    status = cli.main(["check", path, "--min-severity", "note", "--color", "always", *wanted])
    captured = capsys.readouterr()
    assert ("\x1b[" in captured.out) == ("SKL" in captured.out)  # drawn as on a terminal
    written = {each.name: each.read_text(encoding="utf-8") for each in reports.iterdir()}
    assert written.keys() in ({*FORMATS}, set())
    assert all("SKL" in each for each in written.values()) or "SKL" not in captured.out
    drawn = re.sub(r"\x1b\[[0-9;]*m", "", captured.out)
    return status, "\n".join([captured.out, drawn, captured.err, *written.values()])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "folder"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


PREFIX = "django-insecure-"
"""Part of what SKL002 says; published, and so no secret."""


def assert_silent(one: Case, output: str) -> None:
    for secret in one.keys:
        assert parts_shown(secret, output, PREFIX) == set()


@pytest.mark.parametrize("one", CASES, ids=lambda each: each.name)
def test_no_key_in_any_format(one: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is read in full or in part is reported without any of it."""
    (folder / one.path).write_bytes(one.content)
    status, output = run(folder, one.path, capsys)
    assert status in (0, 1)
    assert ("SKL" in output) or not one.leaks
    assert_silent(one, output)


FENCE = re.compile(r'^```\w+ title="(?P<title>[^"]+)"\n(?P<code>.*?)^```$', re.DOTALL | re.MULTILINE)
EXAMPLES = [
    (f"{rule.code}-{number}", match["title"], re.sub(r"(?m)^ *#? *\^+ SKL.*\n", "", match["code"]))
    for rule in rules.load()
    for number, match in enumerate(FENCE.finditer(rule.documentation))
]


EMPTY = "".join(reporters.load(each)(Report((), 0, 0), reporters.Style()) for each in FORMATS)
"""What reports hold whatever there is to report."""


@pytest.mark.parametrize(("title", "source"), [each[1:] for each in EXAMPLES], ids=[each[0] for each in EXAMPLES])
def test_no_key_of_the_documentation(
    title: str, source: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rules' pages hold a case for each claim: none of the values that are reported is shown.

    Apart from the pages, that is, which go with some reports as they are.
    """
    monkeypatch.setattr(pages, "pages", lambda: ())
    place = folder / title
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(source)
    facts = engine.facts_of(SourceFile(title, source.encode(), title))
    known = [literal.text for fact in facts for literal in reading.literals(fact)]
    _, output = run(folder, title, capsys)
    ours = " ".join(f"{each.help} {each.code} {each.name} {diagnosing.DOCUMENTATION}" for each in rules.load())
    ours += f"{PREFIX} {EMPTY} {folder}"
    for text in known:
        assert parts_shown(text, output, ours) == set()


TRACE_FORMATS = ("text", "terminal", "json", "mermaid")


def trace(path: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Trace a path once, in all formats, and return the status and what was written."""
    loaded = [formats.load(each) for each in TRACE_FORMATS]
    capsys.readouterr()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "load", lambda _: lambda *report: "\n".join(each(*report) for each in loaded))
        status = cli.main(["trace", path])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


@pytest.mark.parametrize("one", CASES, ids=lambda each: each.name)
def test_no_key_in_any_trace(one: Case, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A trace says where a value stands and how long it is; what is no module is refused without a word of it."""
    (folder / one.path).write_bytes(one.content)
    status, output = trace(one.path, capsys)
    assert status == (0 if one.path.endswith(".py") else 2)
    assert_silent(one, output)


@pytest.mark.parametrize(("title", "source"), [each[1:] for each in EXAMPLES], ids=[each[0] for each in EXAMPLES])
def test_no_key_of_the_documentation_in_any_trace(
    title: str, source: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nor of the rules' pages."""
    place = folder / title
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(source)
    _, output = trace(title, capsys)
    assert_no_literal_of(SourceFile(title, source.encode(), title), output)


def assert_no_literal_of(file: SourceFile, output: str) -> None:
    ours = " ".join(f"{each.help} {each.code} {each.name}" for each in rules.load()) + PREFIX + output_words()
    for fact in engine.facts_of(file):
        for literal in reading.literals(fact):
            assert parts_shown(literal.text, output, ours) == set()


def output_words() -> str:
    """What a trace says of itself, whatever it is of."""
    from secretkey_lint.tracing import words

    return " ".join(str(each) for each in vars(words).values() if isinstance(each, dict | str))


@pytest.fixture(scope="module", params=sorted(FIXTURES.iterdir()), ids=lambda path: path.name)
def repository(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A fixture as a repository, and the keys that were put into it."""
    folder = tmp_path_factory.mktemp(request.param.name) / "repo"
    shutil.copytree(request.param / "repo", folder)
    paths = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "--all", "--force"], cwd=folder, check=True)
    keys = with_real_keys(folder, paths)
    assert keys or request.param.name.startswith("clean-")
    return folder, keys


def test_no_key_of_the_fixtures_in_any_format(
    repository: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole repositories, with the ways that values take from file to file."""
    folder, keys = repository
    monkeypatch.chdir(folder)
    status, output = run(folder, ".", capsys)
    assert status in (0, 1)
    for secret in keys:
        assert parts_shown(secret, output) == set()


def test_no_key_of_the_fixtures_in_any_trace(
    repository: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What starts, and each module that is asked for, with all that it takes from the others."""
    folder, keys = repository
    monkeypatch.chdir(folder)
    modules = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.py"))
    outputs = [trace(path, capsys) for path in [".", *modules]]
    assert {status for status, _ in outputs} <= {0, 2}
    for secret in keys:
        for _, output in outputs:
            assert parts_shown(secret, output) == set()


def with_real_keys(folder: Path, paths: list[str]) -> list[str]:
    """Put keys that share no part with any sentence in the places of the texts that stand for keys."""
    repository = Repository(str(folder))
    files = filter(None, map(repository.read, paths))
    project = Project(repository, lambda each: carriers(repository, lambda file: engine.facts_of(file, each)))
    texts = {
        literal.text for file in files for fact in engine.facts_of(file, project) for literal in reading.literals(fact)
    }
    keys = {
        text: "".join(_random.choice("bdfghjkmpqrstvwxz0123456789") for _ in text)
        for text in sorted(texts)
        if len(text) >= PART
    }
    for path in paths:
        content = (folder / path).read_bytes()
        for text, secret in keys.items():
            content = content.replace(text.encode(), secret.encode())
        (folder / path).write_bytes(content)
    return list(keys.values())


class Crash(Exception):
    """Quotes what it failed on, as many exceptions of the standard library do."""


def crash_in_a_rule(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    def check(fact: object) -> Iterator[Any]:
        raise Crash(f"{fact!r} {content}")
        yield

    broken = [replace(rule, check=check) for rule in rules.load()]
    monkeypatch.setattr(rules, "load", lambda: tuple(broken))


def crash_in_the_interpreter(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    def run(self: Interpreter, *arguments: object) -> None:
        raise Crash(content) from KeyError(content)

    monkeypatch.setattr(Interpreter, "run", run)


def crash_in_the_reporters(monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    def render(*_: object) -> str:
        raise UnicodeEncodeError("ascii", content, 0, 1, content)

    monkeypatch.setattr(reporters, "load", lambda name: render)


@pytest.mark.parametrize("crash", [crash_in_a_rule, crash_in_the_interpreter, crash_in_the_reporters])
def test_no_key_when_we_fail(
    crash: Callable[[pytest.MonkeyPatch, str], None],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An exception whose message holds the file is told by its kind and place alone, and is not taken for clean."""
    one = CASES[0]
    (folder / one.path).write_bytes(one.content)
    crash(monkeypatch, one.content.decode())
    status, output = run(folder, one.path, capsys)
    assert status == cli.FAILED
    assert "secretkey-lint: " in output
    assert "Traceback" not in output
    assert_silent(one, output)


def test_no_key_when_the_process_fails(tmp_path: Path) -> None:
    """Nor does the interpreter's own traceback quote the line of a failure, with all that it chains to."""
    one = CASES[0]
    (tmp_path / one.path).write_bytes(one.content)
    program = (
        "import sys\nfrom secretkey_lint.readers.python import interpreter\nfrom secretkey_lint.cli import main\n"
        "def run(self, module, imported=None):\n    raise ValueError(open('settings.py').read())\n"
        "interpreter.Interpreter.run = run\nraise SystemExit(main(['check', 'settings.py']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == cli.FAILED
    assert_silent(one, done.stdout + done.stderr)


def test_one_broken_file_does_not_hide_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that fails may look clean, and what was found before is still told."""
    (folder / "settings.py").write_text(f'SECRET_KEY = "{key()}"\n')
    known = rules.load()

    def check(fact: object) -> Iterator[Any]:
        raise Crash(repr(fact))
        yield

    broken = [replace(rule, check=check) if rule.code == "SKL002" else rule for rule in known]
    monkeypatch.setattr(rules, "load", lambda: tuple(broken))
    status, output = run(folder, "settings.py", capsys)
    assert status == cli.FAILED
    assert "SKL001" in output
    assert "SKL002 insecure-prefix failed on settings.py" in output


def test_a_key_in_a_file_name_is_no_more_than_a_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path is shown as it is, since nothing else names the file; the key in the file still is not."""
    name, secret = "abc-def-0123456789.py", key()
    (folder / name).write_text(f'SECRET_KEY = "{secret}"\n')
    status, output = run(folder, name, capsys)
    assert status == cli.FINDINGS
    assert name in output
    assert not parts_shown(secret, output, name)


def nouns(secret: str) -> Iterator[object]:
    """Every kind of record that may hold a key."""
    span = Span("settings.py", Position(1, 1), Position(1, 9))
    content = f'SECRET_KEY = "{secret}"\nSECRET_KEY_FALLBACKS = ["{secret}"]\n# SECRET_KEY = "{secret}"\n'
    literal = Literal(span, secret)
    yield literal
    yield EnvLookup(span, "SECRET_KEY", literal)
    yield Binding("SECRET_KEY", literal, span)
    yield SourceFile("settings.py", content.encode(), "settings.py")
    yield Fragment(content, 0)
    module = parse(content)
    yield module
    yield module.body[0]
    yield Const(secret, module)
    interpreter = Interpreter()
    file = SourceFile("settings.py", content.encode(), "settings.py")
    interpreter.run(interpreter.modules.add(file, content, LineIndex(content)))
    yield interpreter
    yield interpreter.found
    for path in ("settings.py", ".env", "notes.txt"):
        text = (
            content
            if path.endswith(".py")
            else f"SECRET_KEY={secret}\n# SECRET_KEY={secret}\ndjango-insecure-{secret}\n"
        )
        file = SourceFile(path, text.encode(), path)
        yield readers.load(readers.reader_for(path))(file)
        yield api.check_source(text.encode(), path)


def test_no_record_shows_a_key() -> None:
    """What a debugger, an assertion or a log would print of an object says how long a key is, no more."""
    for _ in range(20):
        secret = "".join(each if each.isalnum() else "Q" for each in key())
        for noun in nouns(secret):
            for shown in (repr(noun), str(noun), f"{noun}", ascii(noun)):
                assert parts_shown(secret, shown) == set(), type(noun).__name__


def test_no_type_of_record_shows_a_text() -> None:
    """Whatever record is written next: one with a field that holds text of a file has a `repr` of its own."""
    silent = {"Literal", "SourceFile", "Fragment", "Const"}
    pending: list[type] = [Record]
    while pending:
        kind = pending.pop()
        pending += kind.__subclasses__()
        if {"text", "content", "code", "value"} & set(getattr(kind, "_fields", ())) and kind.__name__ in silent:
            assert "__repr__" in vars(kind)


def test_a_parse_failure_keeps_nothing() -> None:
    """LibCST's own error holds the source; ours, its causes and its traceback do not."""
    secret = key().replace("\\", "x")
    source = f'SECRET_KEY = "{secret}" "{secret}\n'
    with pytest.raises(ParseFailure) as caught:
        parse(source)
    error: BaseException | None = caught.value
    while error is not None:
        assert parts_shown(secret, repr(error) + str(error)) == set()
        assert error.__cause__ is None
        error = error.__context__


def test_no_key_that_is_published_or_copied(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said of publications and of other places are names and paths, whether one or all files are checked."""
    from secretkey_lint import publications

    known, copied = key(), key()
    data = publications.MAGIC + b"the handbook\tMIT\t2026-11-24\t1\n\n" + publications.digest(known) + b"\0"
    monkeypatch.setattr(publications, "_loaded", [publications.Publications(data)])
    prints = []
    for name, text in {
        "settings.py": f'SECRET_KEY = AWS_SECRET = "{copied}"\n',
        "settings/dev.py": f'SECRET_KEY = "{copied}"  # {known}\n',
        "config/published.py": f'SECRET_KEY = "{known}"\n',
        ".env.example": f"SECRET_KEY={copied.replace('#', 'x')}\n",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    for path in (".", "settings/dev.py", "config/published.py"):
        _, output = run(folder, path, capsys)
        prints.append(output)
        for secret in (known, copied, publications.digest(known).hex(), publications.digest(copied).hex()):
            assert parts_shown(secret, output) == set()
    assert "SKL011" in prints[0] and "SKL006" in prints[0]
    assert "SKL011" in prints[1]
    assert "the handbook" in prints[2]


def test_fingerprints_of_copies_do_not_tell_what_is_copied() -> None:
    from secretkey_lint.model.fingerprint import fingerprint

    prints = set()
    for _ in range(3):
        secret = key()
        source = f'class Dev:\n    SECRET_KEY = "{secret}"\n\n\nclass Prod:\n    SECRET_KEY = "{secret}"\n'
        report = api.check_source(source.encode(), "config.py")
        assert [each.code for each in report.diagnostics] == ["SKL011", "SKL001"]
        prints.add(tuple(fingerprint(each) for each in report.diagnostics))
    assert len(prints) == 1


def test_damage_and_fingerprints_keep_nothing() -> None:
    """What is said of damage holds no text of the file; fingerprints do not change with the key."""
    from secretkey_lint.model.fingerprint import fingerprint

    prints = set()
    for _ in range(5):
        secret = key()
        content = f'def (:\nSECRET_KEY = "{secret}"\n'.encode()
        for fact in engine.facts_of(SourceFile("settings.py", content, "settings.py")):
            if isinstance(fact, Damage):
                assert parts_shown(secret, fact.reason) == set()
        report = api.check_source(content, "settings.py")
        prints.add(tuple(fingerprint(each) for each in report.diagnostics))
    assert len(prints) == 1


def test_no_key_in_a_baseline(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither in the file nor in what the commands say, of what is accepted, new, or gone."""
    monkeypatch.setitem(baseline._COST, "n", 2)  # digests look the same, however hard it was to compute them
    keys = {secret for one in CASES for secret in one.keys}
    for number, one in enumerate(CASES):
        (folder / f"case_{number}").mkdir()
        (folder / f"case_{number}" / one.path).write_bytes(one.content)
    commands = [
        ["create", "--min-severity", "note"], ["update", "--min-severity", "note"], ["audit"],
        ["audit", "--output-format", "json"], ["prune"],
    ]  # fmt: skip
    said = ""
    for action in (*commands, None, *commands[1:]):
        if action is None:
            for number, one in enumerate(CASES[::2]):
                (folder / f"case_{number * 2}" / one.path).write_text("SECRET_KEY = 1\n")
            continue
        assert cli.main(["baseline", *action]) == cli.CLEAN
        captured = capsys.readouterr()
        said += captured.out + captured.err + (folder / BASELINE).read_text()
    assert said.count("\nSKL") > len(CASES)
    assert "stale" in said
    for secret in keys:
        assert parts_shown(secret, said, PREFIX) == set()


def test_nothing_is_left_on_the_disk(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run writes no file: no cache, no log."""
    (folder / "settings.py").write_text(f'SECRET_KEY = "{key()}"\n')
    before = sorted(os.listdir(folder))
    assert cli.main(["check", "."]) == cli.FINDINGS
    assert sorted(os.listdir(folder)) == before
