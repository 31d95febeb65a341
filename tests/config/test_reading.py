"""What a configuration file may say, and how each mistake is told: all at once, with file, line and the nearest name."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint import cli
from secretkey_lint.config import Configurations
from secretkey_lint.config.keys import BY_NAME, KEYS
from secretkey_lint.config.reading import MAX_MISTAKES, MAX_SIZE, read
from secretkey_lint.errors import ConfigError
from secretkey_lint.model.env_reader import EnvReader

KEY = "v9x2kqq7xm4w8zb5n1r3t6y0pdfghjls1"


def values(text: str) -> dict[str, object]:
    table = read(text.encode(), "secretkey-lint.toml", ())
    assert table is not None
    return dict(table.values)


def mistakes(text: str | bytes, table: tuple[str, ...] = ()) -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(ConfigError) as caught:
        read(content, "x.toml", table)
    return str(caught.value).splitlines()


VALID = [
    ('select = ["SKL001", "skl9"]', {"select": ("SKL001", "SKL9")}),
    ("select = []", {"select": ()}),
    ('ignore = ["SKL00"]', {"ignore": ("SKL00",)}),
    ('extend-select = ["SKL010"]', {"extend-select": ("SKL010",)}),
    ('per-file-ignores = {"a/" = ["SKL001"]}', {"per-file-ignores": {"a/": ("SKL001",)}}),
    ('[per-file-ignores]\n"*.py" = ["SKL001"]', {"per-file-ignores": {"*.py": ("SKL001",)}}),
    ('exclude = ["a/", "!a/b.py"]', {"exclude": ("a/", "!a/b.py")}),
    ('extend-exclude = ["**/x"]', {"extend-exclude": ("**/x",)}),
    ('contexts = {"a.py" = "test", "b/" = "example"}', {"contexts": {"a.py": "test", "b/": "example"}}),
    ('secret-names = ["SIGNING_SECRET", "app.secret-key"]', {"secret-names": ("SIGNING_SECRET", "app.secret-key")}),
    ('secret-names = ["ACME_HMAC_SHA256_SIGNATURE_V2"]', {"secret-names": ("ACME_HMAC_SHA256_SIGNATURE_V2",)}),
    ('env-readers = {"p.get" = {}}', {"env-readers": {"p.get": EnvReader()}}),
    (
        '[env-readers."p.Env().get"]\nname = 1\ndefault = 2\nname-keyword = "key"\ndefault-keyword = "or_"\nfails = false',
        {"env-readers": {"p.Env().get": EnvReader(1, 2, "key", "or_", False)}},
    ),
    ('fail-on = "note"', {"fail-on": "note"}),
    ('min-severity = "error"', {"min-severity": "error"}),
    ('settings-modules = ["config.settings"]', {"settings-modules": ("config.settings",)}),
    ('baseline = "ci/baseline.txt"', {"baseline": "ci/baseline.txt"}),
    ("foreign-suppressions = false", {"foreign-suppressions": False}),
    ("require-suppression-reason = true", {"require-suppression-reason": True}),
    ("", {}),
]


@pytest.mark.parametrize(("text", "expected"), VALID)
def test_what_makes_sense_is_taken(text: str, expected: dict[str, object]) -> None:
    assert values(text) == expected


def test_every_option_is_tested() -> None:
    """An option that is added has to be added here, valid and wrong."""
    assert {name for _, expected in VALID for name in expected} == set(BY_NAME)
    assert {text.split(" ")[0].split("=")[0] for text, _ in WRONG} >= set(BY_NAME)


def test_the_examples_and_defaults_are_valid() -> None:
    """The page of an option shows what can be copied."""
    for key in KEYS:
        assert list(values(key.example)) == [key.name]


WRONG = [
    ('select = "SKL001"', "select takes a list of codes of rules, not a string"),
    ("select = [1]", "select takes a list of codes of rules; a whole number is none"),
    ('select = ["SKL02"]', 'select: there is no rule "SKL02" (did you mean SKL012?)'),
    ('select = [""]', "select: there is no rule a text of 0 characters"),
    ('ignore = ["nonsense"]', 'ignore: there is no rule "nonsense"'),
    ("extend-select = true", "extend-select takes a list of codes of rules, not true or false"),
    ('per-file-ignores = ["a"]', "per-file-ignores takes a table of patterns, not a list"),
    ('per-file-ignores = {"a.py" = "SKL001"}', 'per-file-ignores."a.py" takes a list of codes of rules, not a string'),
    ('per-file-ignores = {a = ["SKL0X"]}', 'per-file-ignores."a": there is no rule "SKL0X" (did you mean SKL'),
    ('per-file-ignores = {"!a" = []}', 'per-file-ignores: the pattern "!a" cannot begin with !'),
    ('exclude = {a = "b"}', "exclude takes a list of patterns, not a table"),
    ('exclude = [""]', "exclude: the pattern a text of 0 characters is empty"),
    ('exclude = ["# a"]', "exclude: the pattern a text of 3 characters is a comment; write \\# for a name"),
    ('exclude = ["!"]', 'exclude: the pattern "!" is no pattern that git knows'),
    ('exclude = ["../a"]', 'exclude: the pattern "../a" leads out of the folder'),
    ('exclude = ["a\\nb"]', "exclude: the pattern a text of 3 characters is no single line"),
    ("extend-exclude = [1.5]", "extend-exclude takes a list of patterns; a number with a fraction is none"),
    ('contexts = "test"', "contexts takes a table of patterns, not a string"),
    ('contexts = {a = "prod"}', 'contexts."a": there is no context "prod" (did you mean production?)'),
    (
        'contexts = {a = "x"}',
        'contexts."a": there is no context "x"; it is one of production, development, test, example',
    ),
    ("contexts = {a = 1}", 'contexts."a" takes a string, not a whole number'),
    ('secret-names = "A"', "secret-names takes a list of names, not a string"),
    ('secret-names = ["a b"]', "secret-names: a text of 3 characters is no name of a setting, a variable or an entry"),
    ("env-readers = []", "env-readers takes a table of functions, not a list"),
    ("env-readers = {get_env = {}}", 'env-readers: "get_env" is no qualified name, package.module.function'),
    ('env-readers = {"p.get" = 1}', 'env-readers."p.get" takes a table such as { name = 0, default = 1 }, not a whole'),
    ('env-readers = {"p.get" = {nme = 0}}', 'env-readers."p.get": there is no "nme" (did you mean name?)'),
    ('env-readers = {"p.get" = {name = true}}', 'env-readers."p.get".name takes a whole number, not true or false'),
    ('env-readers = {"p.get" = {name = -1}}', 'env-readers."p.get".name is a position, counted from 0'),
    ('env-readers = {"p.get" = {default-keyword = "a b"}}', 'env-readers."p.get".default-keyword is the keyword of'),
    ('fail-on = "eror"', 'fail-on: there is no severity "eror" (did you mean error?)'),
    ("min-severity = 2020-01-01", "min-severity takes a string, not a date or time"),
    (
        'settings-modules = ["config/prod.py"]',
        'settings-modules: "config/prod.py" is no name of a module; write it with',
    ),
    ("baseline = 1", "baseline takes a path, not a whole number"),
    ('baseline = "/etc/x"', "baseline is to be a path relative to the folder of this file"),
    ('baseline = "a/"', "baseline is to be the path of a file"),
    ('foreign-suppressions = "yes"', "foreign-suppressions takes true or false, not a string"),
    ("require-suppression-reason = 1", "require-suppression-reason takes true or false, not a whole number"),
    ('exlude = ["a"]', 'there is no option "exlude" (did you mean exclude?)'),
    ('secret_names = ["A_B"]', 'there is no option "secret_names" (did you mean secret-names?)'),
    ('zzz = "a"', 'there is no option "zzz"'),
    ("tool.secretkey-lint.select = []", 'there is no option "tool"; options stand at the top of this file'),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_makes_no_sense_is_told(text: str, said: str) -> None:
    (mistake,) = mistakes(text)
    assert mistake.startswith(f"x.toml:1: {said}")
    assert mistake == f"x.toml:1: {said}" or len(said) > 40


def test_all_mistakes_are_told_in_the_order_of_their_lines() -> None:
    """Each with its line, wherever in the table, a list or a sub-table it stands."""
    text = """\
[project]
name = "shop"
ignore = ["not ours"]

[tool.secretkey-lint]
selct = ["SKL001"]
ignore = [
    "SKL001",
    "SKL9000",
]
fail-on = "warn"

[tool.other]
fail-on = 1

[tool.secretkey-lint.contexts]
"a/" = "test"
"b/" = "tset"

[tool.secretkey-lint.env-readers."proj.get"]
default = "1"
"""
    assert mistakes(text, ("tool", "secretkey-lint")) == [
        'x.toml:6: there is no option "selct" (did you mean select?)',
        'x.toml:9: ignore: there is no rule "SKL9000" (did you mean SKL900?)',
        'x.toml:11: fail-on: there is no severity "warn" (did you mean warning?)',
        'x.toml:18: contexts."b/": there is no context "tset" (did you mean test?)',
        'x.toml:21: env-readers."proj.get".default takes a whole number, not a string',
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a = 1\n[tool]\nsecretkey-lint.fail-on = 1\n", 3),
        ("[tool]\nsecretkey-lint = {fail-on = 1}\n", 2),
        ("tool.secretkey-lint = {fail-on = 1}\n", 1),
        ("\n\n[tool . 'secretkey-lint']\n\n'fail-on' = 1\n", 5),
        ('\n[tool."secretkey-lint"]\n"fail-on"=1\n', 3),
        ("[tool.secretkey-lint]\r\n\r\nfail-on = 1\r\n", 3),
    ],
)
def test_the_line_is_found_in_every_spelling(text: str, line: int) -> None:
    """TOML spells a table in many ways."""
    assert mistakes(text, ("tool", "secretkey-lint")) == [
        f"x.toml:{line}: fail-on takes a string, not a whole number"
    ]  # fmt: skip


def test_a_table_that_is_none() -> None:
    assert mistakes("[tool]\nsecretkey-lint = 1\n", ("tool", "secretkey-lint")) == [
        "x.toml:2: tool.secretkey-lint is to be a table, not a whole number"
    ]


def test_a_file_without_the_table() -> None:
    for text in ("", "[tool.other]\na = 1\n", "tool = 1\n", '[project]\nname = "secretkey-lint"\n'):
        assert read(text.encode(), "x.toml", ("tool", "secretkey-lint")) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'a = "b"\nselect = [\n', "x.toml:3: it is no TOML: "),
        (b"a = 1\n\n<<<<<<< HEAD\nb = 2\n", "x.toml:3: it is no TOML: invalid statement"),
        (b"a = 1\na = 2\n", "x.toml:2: it is no TOML: cannot overwrite a value"),
        (b"a = 1\nselect\n", "x.toml:2: it is no TOML: expected"),
        (b"a = 1\nb = \x00\n", "x.toml:2: it is no TOML: "),
        (b"a = 1\n\nb = '\xff'\n", "x.toml:3: it is not UTF-8, which TOML has to be"),
        ("a = 1\n".encode("utf-16"), "x.toml:1: it is not UTF-8, which TOML has to be"),
        (b"#" * (MAX_SIZE + 1), "x.toml: it is larger than 1 MB, which no configuration is"),
        (b"a = " + b"[" * 100_000, "x.toml: it is nested too deeply to be read"),
    ],
    ids=range(9),
)
def test_what_is_no_toml_is_told_with_its_line(content: bytes, said: str) -> None:
    (mistake,) = mistakes(content)
    assert mistake.startswith(said)


def test_a_byte_order_mark_is_no_mistake() -> None:
    """Notepad writes one."""
    table = read(b'\xef\xbb\xbffail-on = "note"\r\n', "x.toml", ())
    assert table is not None and table.values == {"fail-on": "note"}


def test_endless_mistakes_are_cut() -> None:
    """Looking for the nearest name costs more than anybody waits for."""
    assert len(mistakes("ignore = [" + '"SKL0X", ' * 100_000 + "]")) == 2
    found = mistakes("".join(f"option{number} = 1\n" for number in range(1000)))
    assert len(found) == MAX_MISTAKES + 1
    assert found[-1] == "x.toml: there may be more mistakes"


@pytest.mark.parametrize(
    "text",
    [
        f'secret-names = ["{KEY}"]\nfail-on = "{KEY}"',
        f'select = ["{KEY}"]',
        f"{KEY} = 1",
        f'secret-names = [" {KEY}"]',
        f'secret-names = ["{KEY}"]',
        f'exclude = ["!!{KEY}", "../{KEY}"]',
        f'contexts = {{"{KEY}" = "{KEY}"}}',
        f'env-readers = {{"{KEY}" = {{}}}}',
        f'env-readers = {{"p.g" = {{"{KEY}" = 1}}}}',
        f'settings-modules = ["a/{KEY}"]',
        f'baseline = "/{KEY}"',
        f'secret-key = "{KEY}" "{KEY}"',
        f'secret-key = "{KEY}\n',
        f"secret-key = {KEY}\n",
    ],
)
def test_what_was_pasted_is_not_repeated(text: str) -> None:
    """Somebody may have put the key where only its name belongs."""
    assert KEY not in "\n".join(mistakes(text))


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.dates(),
    st.sampled_from(["SKL001", "note", "test", "a/", "a.b", "!a", "A_B"]),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3), max_leaves=6
)  # fmt: skip
TABLES = st.dictionaries(st.sampled_from([*BY_NAME, "exlude", "x"]) | st.text(max_size=20), VALUES, max_size=5)


@given(TABLES)
def test_no_table_breaks_it_and_no_option_is_passed_over(table: dict[str, object]) -> None:
    """Whatever TOML can say is either taken whole, or refused with a message for each option that is wrong."""
    import secretkey_lint.config.reading as reading

    real = reading._parsed
    reading._parsed = lambda *_: table
    try:
        found = read(b"", "x.toml", ())
    except ConfigError as error:
        assert str(error)
        assert all(line.startswith("x.toml:1: ") for line in str(error).splitlines())
        for name, value in table.items():
            alone = {name: value}
            reading._parsed = lambda *_, alone=alone: alone
            try:
                taken = read(b"", "x.toml", ())
            except ConfigError:
                continue
            assert taken is not None and set(taken.values) == {name}
    else:
        assert found is not None and set(found.values) == set(table)
    finally:
        reading._parsed = real


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_break_it(content: bytes) -> None:
    for table in ((), ("tool", "secretkey-lint")):
        try:
            read(content, "x.toml", table)
        except ConfigError as error:
            assert str(error).startswith("x.toml")


posix = pytest.mark.skipif(os.name == "nt", reason="links and pipes are POSIX's")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clean.py").write_text("x = 1\n")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is complained of; the run must not pass for a check."""
    capsys.readouterr()
    assert cli.main(["check", *(arguments or ("clean.py",))]) == cli.FAILED
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


@posix
def test_what_is_no_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A configuration that cannot be read is not the same as none."""
    own, shared = folder / "secretkey-lint.toml", folder / "pyproject.toml"
    for path, make, cause in (
        (own, own.mkdir, "it is no regular file"),
        (own, lambda: os.mkfifo(own), "it is no regular file"),
        (own, lambda: own.symlink_to("gone"), "no such file or directory"),
        (own, lambda: own.symlink_to(own), "too many levels of symbolic links"),
        (shared, lambda: shared.symlink_to("gone"), "no such file or directory"),
        (shared, lambda: os.mkfifo(shared), "it is no regular file"),
    ):
        make()
        assert said(capsys) == f"secretkey-lint: {path.name} cannot be read: {cause}\n"
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    shared.mkdir()  # which cannot have our table
    assert cli.main(["check", "clean.py"]) == cli.CLEAN


def test_what_may_not_be_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "secretkey-lint.toml").write_text("")
    really = os.open

    def refuse(path: str, *arguments: int, **more: int) -> int:
        if str(path).endswith(".toml"):
            raise PermissionError(13, "Permission denied", path)
        return really(path, *arguments, **more)

    monkeypatch.setattr(os, "open", refuse)
    assert said(capsys) == "secretkey-lint: secretkey-lint.toml cannot be read: permission denied\n"


def test_broken_toml_that_does_not_name_us_is_not_ours(folder: Path) -> None:
    """It is told where it is used; we only pass over it."""
    (folder / "pyproject.toml").write_bytes(b"<<<<<<< HEAD\n\xff")
    assert cli.main(["check", "clean.py"]) == cli.CLEAN
    assert Configurations().of("clean.py").table is None


def test_two_files_in_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One of them would count for nothing."""
    (folder / "secretkey-lint.toml").write_text("")
    (folder / "pyproject.toml").write_text('[project]\ndependencies = ["secretkey-lint"]\n')
    assert cli.main(["check", "clean.py"]) == cli.CLEAN
    (folder / "pyproject.toml").write_text("[tool.secretkey-lint]\n")
    assert said(capsys) == "secretkey-lint: secretkey-lint.toml and pyproject.toml both configure; keep one\n"


def test_a_file_that_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--config", "gone.toml", "clean.py") == (
        "secretkey-lint: there is no configuration file 'gone.toml'\n"
    )
    assert said(capsys, "--config=", "clean.py") == "secretkey-lint: --config needs the path of a file\n"
    assert said(capsys, "--config", ".", "clean.py") == "secretkey-lint: . cannot be read: it is no regular file\n"
    (folder / "pyproject.toml").write_text("[tool.other]\n")
    assert said(capsys, "--config", "pyproject.toml", "clean.py") == (
        "secretkey-lint: pyproject.toml has no table [tool.secretkey-lint]\n"
    )
    (folder / "ours.toml").write_text('x = 1\nfail-on = "x"\n')
    assert [line.split(": ")[1] for line in said(capsys, "--config=ours.toml", "clean.py").splitlines()] == [
        "ours.toml:1",
        "ours.toml:2",
    ]
