"""The scanners of nested data find what each format's library reads, at the places where it is written."""

import configparser
import json
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from secretkey_lint.readers import ini, properties, structure, toml, xml
from secretkey_lint.readers import json as json_reader
from secretkey_lint.readers.nested.nodes import Leaf, Scalar
from secretkey_lint.readers.structure import Broken, Comment, aligned

Path = tuple[str | int, ...]

TEXTS = st.text("abcXYZ019 _-.#;=:'\"\\/{}[],&<>%!\t\né\U0001f600\u2028", max_size=12)
NAMES = st.one_of(st.sampled_from(["SECRET_KEY", "a", "name", "value", "x.y", "", "é", 'q"t']), TEXTS)
LEAVES = st.one_of(TEXTS, st.integers(-5, 5), st.booleans(), st.floats(-9, 9))
TREES = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)), max_leaves=12
)  # fmt: skip
TABLES = st.dictionaries(NAMES, TREES, max_size=4)


def flat(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """The paths and values of what a library makes of a document; truth values and nothing are no texts."""
    match data:
        case dict():
            for key, value in data.items():
                yield from flat(value, (*path, key))
        case list():
            for at, value in enumerate(data):
                yield from flat(value, (*path, at))
        case True | False | None:
            pass
        case _:
            yield path, data


def scalars(found: Iterable[Leaf | Comment]) -> list[Leaf]:
    return [each for each in found if isinstance(each, Leaf)]


def agree(found: list[Leaf], data: Any, kinds: tuple[type, ...] = (object,)) -> None:
    """What was found are the paths of the data of these kinds, with the texts at them."""
    expected = {path: value for path, value in flat(data) if isinstance(value, kinds)}
    assert {each.path for each in found} == {path for path in expected if path}
    assert len({each.path for each in found}) == len(found)
    for each in found:
        if isinstance(expected[each.path], str):
            assert each.text == expected[each.path]


# TOML

QUOTES = st.sampled_from(["basic", "literal", "long basic", "long literal"])


def toml_text(draw: st.DrawFn, said: str) -> str:
    """A text as TOML, in one of its four ways, if it can be written so."""
    kind = draw(QUOTES)
    if kind == "literal" and not {"'", "\n"} & set(said):
        return f"'{said}'"
    if kind == "long literal" and "'" not in said:
        return f"'''\n{said}'''" if draw(st.booleans()) else f"'''{said}''''"
    escaped = said.replace("\\", "\\\\")
    if kind == "long basic" and not escaped.endswith('"'):
        return '"""' + escaped.replace('"""', '""\\"') + '"""'
    return '"' + escaped.replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t").replace("é", "\\u00e9") + '"'


def toml_value(draw: st.DrawFn, data: Any) -> str:
    match data:
        case bool():
            return str(data).lower()
        case str():
            return toml_text(draw, data)
        case list():
            gap = draw(st.sampled_from(["", " ", "\n", "  # note, ]\n"]))
            return "[" + gap + f",{gap}".join(toml_value(draw, each) + gap for each in data) + "]"
        case dict():
            return "{ " + ", ".join(f"{toml_key(draw, key)} = {toml_value(draw, each)}" for key, each in data.items()) + " }"  # fmt: skip
        case _:
            return repr(data)


def toml_key(draw: st.DrawFn, name: str) -> str:
    if name and name.isascii() and name.replace("_", "").replace("-", "").isalnum() and draw(st.booleans()):
        return name
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'
    return draw(st.sampled_from([quoted, f" {quoted}\t"]))


@st.composite
def toml_documents(draw: st.DrawFn) -> str:
    lines: list[str] = []
    for name, data in sorted(draw(TABLES).items(), key=lambda item: isinstance(item[1], dict)):
        if isinstance(data, dict) and draw(st.booleans()):
            header = f"[{toml_key(draw, name)}]" if draw(st.booleans()) else f"[[{toml_key(draw, name)}]]"
            lines += [header, *(f"{toml_key(draw, key)}={toml_value(draw, each)}" for key, each in data.items())]
            if header.startswith("[["):
                lines += [header, "again = 1979-05-27 07:32:00", header[1:-2] + ".inner]", "b.c = 'x' # end"]
        else:
            lines.append(f"{toml_key(draw, name)} = {toml_value(draw, data)}")
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return ("\n".join(lines) + draw(st.sampled_from(["", "\n", "\n# the end"]))).replace("\n", newline)


@given(toml_documents())
@example('a = """\\\n   b"""\n')
@example("a.b.\"c d\" = 'x'\n[e]\n  f = ''''it''s''''\n")
@example('a = [\n # one ]\n "x", # two\n\n {b = "y"},\n]')
def test_toml(text: str) -> None:
    """Whatever tomllib accepts has the paths and texts that it says."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # a table that is defined twice, for instance
        assume(False)
    found = scalars(toml.scan(text))
    agree(found, data)
    for each in found:
        raw = text[each.start : each.end]
        assert raw == raw.strip()
        if isinstance(dict(flat(data))[each.path], str):
            assert tomllib.loads(f"v = {raw}")["v"] == each.text


@given(st.text("a=\"'[]{}.,#\n\r \\SECRET_KEY", max_size=40))
def test_toml_that_is_none(text: str) -> None:
    """Anything ends, and what tomllib accepts is not said to be broken."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        broken = True
    else:
        broken = False
    try:
        list(toml.scan(text))
    except Broken as failure:
        assert broken
        assert 0 <= failure.at <= len(text)


# JSON


@given(TABLES | st.lists(TREES), st.sampled_from([None, 1, "\t"]), st.booleans())
def test_json(data: Any, indent: Any, ascii_only: bool) -> None:
    """Whatever json writes is read as it does."""
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    found = scalars(json_reader.scan(text))
    agree(found, data, (str,))
    for each in found:
        if text[each.start] == '"':
            assert json.loads(text[each.start : each.end]) == each.text
        assert each.begin is None or text[each.begin] == '"' or isinstance(each.path[-1], int)


@given(st.text('{}[],:"\\ a1/*\nu', max_size=30))
def test_json_that_is_none(text: str) -> None:
    """Anything ends, and what json accepts is not said to be broken."""
    try:
        data = json.loads(text)
    except ValueError:
        broken = True
    else:
        broken = False
    try:
        found = scalars(json_reader.scan(text))
    except Broken as failure:
        assert broken
        assert 0 <= failure.at <= len(text)
    else:
        if not broken and len([each for _, each in flat(data) if isinstance(each, str)]) == len(found):
            agree([each for each in found if each.path], data, (str,))


def test_json_as_people_write_it() -> None:
    """Comments, commas at the end, other quotes, names without any, and several documents."""
    text = """// one
{SECRET_KEY: 'it\\'s "x"', /* two * */ "b": [1, -.5, 0x1F, NaN,], 'c': "\\u0041\\'",}
{"d": "e"}"""
    found = list(json_reader.scan(text))
    assert [(each.path, each.text) for each in found if isinstance(each, Leaf)] == [
        (("SECRET_KEY",), 'it\'s "x"'),
        (("c",), "\\u0041\\'"),
        ((1, "d"), "e"),
    ]
    assert [text[each.start : each.end] for each in found if isinstance(each, Comment)] == ["// one", "/* two * */"]


# INI

VALUES = st.text("abcXYZ019_-!@$%^&*(=+):'\"é\U0001f600", min_size=1, max_size=12)


@given(
    st.dictionaries(
        st.sampled_from(["settings", "a b", "testenv:x", "é"]),
        st.dictionaries(st.sampled_from(["SECRET_KEY", "env", "x y", "é-1"]), st.lists(VALUES, max_size=3), max_size=3),
        max_size=3,
    ),
    st.sampled_from([" = ", "=", ": ", " :"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["  ", "\t"]),
    st.sampled_from(["", "; note\n", "\n", "   # note\n"]),
)
def test_ini(
    data: dict[str, dict[str, list[str]]], sign: str, newline: str, indent: str, between: str
) -> None:  # fmt: skip
    """Options are those of configparser, without quotes around them, one value for each line."""
    lines = []
    for section, options in data.items():
        lines.append(f"[{section}]\n")
        for name, values in options.items():
            lines.append(f"{name}{sign}" + f"\n{between if between != chr(10) else ''}{indent}".join(values) + "\n" + between)  # fmt: skip
    text = "".join(lines).replace("\n", newline)
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(text.replace("\r\n", "\n").replace("\r", "\n"))
    found = scalars(ini.scan(text))
    for section, options in data.items():
        for name in options:
            said = parser.get(section, name).split("\n")
            lines_of = [each for each in found if each.path[:2] == (section, name)]
            if len(lines_of) > 1 and len(lines_of[0].path) == 2:  # the whole, before its lines
                whole = lines_of.pop(0)
                assert "".join(whole.text.split()).strip("'\"") in "".join(said)
            assert [text[each.start : each.end] for each in lines_of] == [line for line in said if line]
            for each in lines_of:
                assert each.text in (text[each.start : each.end], text[each.start + 1 : each.end - 1])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]\nk = v ; note", "v"),
        ("[a]\nk = v # note", "v"),
        ("[a]\nk = v#no;note", "v#no;note"),
        ("[a]\nk = #v", "#v"),
        ("[a]\nk = # note", None),
        ("[a]\nk = ''", ""),
        ("[a]\nk = x%(other)s", None),
        ("[a]\nk", None),
        ("k = v", "v"),
        ("[a]\nk =\n  v", "v"),
    ],
)
def test_values_of_ini(text: str, said: str | None) -> None:
    """Comments behind values and what other options put in."""
    assert [each.text for each in scalars(ini.scan(text))] == ([] if said is None else [said])


# Properties


@given(
    st.dictionaries(st.text("abé_ =:#!\\\t", min_size=1, max_size=6), TEXTS, max_size=3),
    st.sampled_from(["=", ":", " = ", " ", "\t:"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_properties(data: dict[str, str], sign: str, newline: str, continued: bool) -> None:
    """What is written by the rules of `java.util.Properties` is read by them."""
    escapes = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "é": "\\u00e9", "=": "\\=", ":": "\\:", "#": "\\#", "!": "\\!"}
    more = f"\\{newline}  " if continued else ""
    pieces = ["# note" + newline]
    for name, said in data.items():
        key = "".join(escapes.get(character, character).replace(" ", "\\ ") for character in name)
        value = "".join(escapes.get(character, character) for character in said)
        pieces.append(key + sign + more + ("\\" if value[:1] == " " else "") + value + newline)
    text = "".join(pieces)
    found = scalars(properties.scan(text))
    assert [(".".join(map(str, each.path)), each.text) for each in found] == list(data.items())


# XML

WORDS = st.text("abcé&<>\"' \U0001f600", max_size=8)


@given(st.dictionaries(st.sampled_from(["name", "value", "key", "x-y"]), WORDS, max_size=3), WORDS, st.booleans())
def test_xml(attributes: dict[str, str], said: str, data_section: bool) -> None:
    """Attributes and texts are those of ET."""
    root = ET.Element("é")
    inner = ET.SubElement(root, "env", attributes)
    inner.text = said
    text = ET.tostring(root, encoding="unicode")
    if data_section and said and "]]>" not in said:
        text = text.replace(">" + said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</env>", f"><![CDATA[{said}]]></env>")  # fmt: skip
    found = {each.path[-1]: each for each in scalars(xml.scan(text))}
    path: Path = ("é", 0, "env")
    for name, value in attributes.items():
        if name != "value" or not said.strip():
            assert found[name].path == (*path, name)
            assert found[name].text == value
            assert ET.fromstring(f"<a b={text[found[name].start : found[name].end]}/>").get("b") == value
    if said.strip():
        leaf = found["value" if attributes else "env"]
        assert leaf.text == said.strip()
        raw = text[leaf.start : leaf.end]
        assert (ET.fromstring(f"<a>{raw}</a>").text or "").strip() == said.strip()


@given(st.text("<>/!-[]&;\"'= aenv\n", max_size=40))
def test_xml_that_is_none(text: str) -> None:
    """Anything ends."""
    try:
        found = list(xml.scan(text))
    except Broken as failure:
        assert 0 <= failure.at <= len(text)
    else:
        ET.fromstring(text)
        assert all(0 <= each.start <= each.end <= len(text) for each in found)


# Parts


@given(TEXTS.filter(bool))
def test_parts_are_aligned(said: str) -> None:
    """Each character of a part is where it is written, or its escape is."""
    text = '{"run": ' + json.dumps(said, ensure_ascii=True) + "}"
    (leaf,) = scalars(json_reader.scan(text))
    made = aligned(text, Scalar(leaf.text, leaf.start, leaf.end, '"'))
    assert made.text == said
    for at, character in enumerate(said):
        begin, place = [run for run in made.runs if run[0] <= at][-1]
        there = place + at - begin
        assert text[there] in (character, "\\")
        if text[there] == "\\":
            found = structure._ESCAPE.match(text, there)
            assert found is not None
            assert json.loads(f'"{found[0]}"') == character
