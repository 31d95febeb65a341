"""Files of nested data as projects have them: what binds the key there, where, and under which condition."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint.model.binding import Binding, Damage, Part
from secretkey_lint.model.source import SourceFile, Span
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.project.context import of_path
from secretkey_lint.readers import load, reader_for, reading
from secretkey_lint.readers.surroundings import ALONE

KEY = "v9#2kq$7x!m4@w8z&b5^n1*r3(t6)y0p_d-f=g+hj%ls1"


def facts(path: str, text: str) -> list[Any]:
    file = SourceFile(path, text.encode(), path)
    return list(load(reader_for(path, file.content))(file, ALONE))


def sliced(text: str, span: Span) -> str:
    """What stands at a span."""
    starts = [0]
    for at, character in enumerate(text):
        if character == "\n" or (character == "\r" and text[at + 1 : at + 2] != "\n"):
            starts.append(at + 1)
    start, end = (starts[place.line - 1] + place.column - 1 for place in (span.start, span.end))
    return text[start:end]


def said(path: str, text: str) -> list[str]:
    """The bindings of literals: name, what is written at the literal's place, and the kinds of guards."""
    found = []
    for fact in facts(path, text):
        match fact:
            case Binding(value=Literal() as literal) | Binding(value=EnvLookup(default=Literal() as literal)):
                kinds = sorted(guard.kind for guard in fact.guards)
                found.append(" ".join([fact.name, sliced(text, literal.span), *kinds]))
    return found


CASES = {
    "dynaconf": (
        "settings.toml",
        "[default]\nsecret_key = 'q1'\n[development]\nSECRET_KEY = \"q2\"\n[testing]\nSecret_Key = 'q3'\n[aws]\nsecret_key = 'q4'\n",
        ["SECRET_KEY 'q1'", 'SECRET_KEY "q2" scope', "SECRET_KEY 'q3' scope"],
    ),
    "dynaconf's markers": (
        ".secrets.toml",
        "[default]\nSECRET_KEY = '@format {env[KEY]}'\ndynaconf_merge = true\n[production]\nSECRET_KEY = '@jinja {{ env.KEY }}'\n",
        [],
    ),
    "somebody else's settings": ("Settings.toml", "[storage]\nsecret_key = 'q1'\n[a.b]\nsecret_key = 'q2'\n", []),
    "pytest-env": (
        "pyproject.toml",
        "[tool.pytest.ini_options]\nenv = ['SECRET_KEY=q1', 'D:SECRET_KEY = q2']\n[tool.pytest_env]\nSECRET_KEY = 'q3'\n",
        ["SECRET_KEY q1 scope", "SECRET_KEY q2 scope", "SECRET_KEY 'q3' scope"],
    ),
    "tools of developers": (
        "pyproject.toml",
        ("[tool.poe.env]\nSECRET_KEY = 'q1'\n[tool.hatch.envs.docs.env-vars]\nSECRET_KEY = 'q2'\n"
         "[tool.pixi.activation.env]\nSECRET_KEY = 'q3'\n[tool.hatch.envs.test.env-vars]\nSECRET_KEY = 'q4'\n"),
        ["SECRET_KEY 'q1' debug", "SECRET_KEY 'q2' debug", "SECRET_KEY 'q3' debug", "SECRET_KEY 'q4' debug scope"],
    ),
    "fly": ("fly.toml", "app = 'shop'\n\n[env]\n  SECRET_KEY = 'q1'\n  AWS_SECRET_KEY = 'q2'\n", ["SECRET_KEY 'q1'"]),
    "streamlit": (".streamlit/secrets.toml", "django_secret_key = 'q1'\n", ["DJANGO_SECRET_KEY 'q1'"]),
    "TOML's comments": ("fly.toml", f"[env]\n# SECRET_KEY = '{KEY}'\n", [f"SECRET_KEY '{KEY}' commented"]),
    "decouple": (
        "settings.ini",
        f"[settings]\nsecret_key = q1 ; old\nAWS_SECRET_KEY: q2\n; SECRET_KEY = {KEY}\n[other]\nsecret_key = q3\n",
        ["SECRET_KEY q1", f"SECRET_KEY {KEY} commented"],
    ),
    "tox": (
        "tox.ini",
        "[testenv]\nsetenv =\n    A = b\n    SECRET_KEY = q1\n    py311: SECRET_KEY=q2\n    SECRET_KEY={env:KEY:q3}\nset_env = SECRET_KEY=q4\n",
        ["SECRET_KEY q1 testing", "SECRET_KEY q2 testing", "SECRET_KEY q4 testing"],
    ),
    "pytest.ini": (
        "setup.cfg",
        "[metadata]\nname = shop\n[tool:pytest]\nenv =\n    D:SECRET_KEY=q1\n",
        ["SECRET_KEY q1 scope"],
    ),
    "supervisor": (
        "supervisord.conf",
        ("; here\n[program:shop]\nenvironment=A=\"b,c\",SECRET_KEY=\"q,1\",DJANGO_SECRET_KEY='q2'\n[program:b]\n"
         'environment =\n  SECRET_KEY=%(ENV_SECRET_KEY)s,\n  DJANGO_SECRET_KEY="q3"\n'),
        ['SECRET_KEY "q,1"', "DJANGO_SECRET_KEY 'q2'", 'DJANGO_SECRET_KEY "q3"'],
    ),
    "uWSGI": ("uwsgi.ini", "[uwsgi]\nenv = A=b\nenv = SECRET_KEY=q1\n", ["SECRET_KEY q1"]),
    "former keys": (
        "settings.ini",
        "[settings]\nSECRET_KEY_FALLBACKS =\n  q1\n  q2\n",
        ["SECRET_KEY_FALLBACKS q1", "SECRET_KEY_FALLBACKS q2"],
    ),
    "INI's empty values": ("settings.ini", "[settings]\nSECRET_KEY =\nDJANGO_SECRET_KEY = \"\"\nFLASK_SECRET_KEY = ; x\n", []),
    "a .conf of variables": ("paperless.conf", "# about\nDEBUG=false\nSECRET_KEY=q1\n", ["SECRET_KEY q1"]),
    "a .cfg of Flask": ("application.cfg", "# about\nDEBUG = False\nSECRET_KEY = 'q1'\n", ["SECRET_KEY 'q1'"]),
    "properties": (
        "application.properties",
        "django.secret_key=q\\\n  1\nSECRET_KEY : q2\nthem.secret_key=q3\nDJANGO_SECRET_KEY=${KEY}\n",
        ["SECRET_KEY q\\\n  1", "SECRET_KEY q2"],
    ),
    "an editor": (
        ".vscode/launch.json",
        '{\n  // "SECRET_KEY": "' + KEY + '"\n  "configurations": [{"env": {"SECRET_KEY": "q1",},},]\n}',
        [f'SECRET_KEY "{KEY}" commented', 'SECRET_KEY "q1"'],
    ),
    "a container": (
        ".devcontainer/devcontainer.json",
        '{"containerEnv": {"SECRET_KEY": "${localEnv:SECRET_KEY}"}, "runArgs": ["-e", "SECRET_KEY=q1"]}',
        ["SECRET_KEY q1"],
    ),
    "Heroku": (
        "app.json",
        '{"env": {"SECRET_KEY": {"generator": "secret"}, "DJANGO_SECRET_KEY": {"description": "x y", "value": "q1"}}}',
        ['DJANGO_SECRET_KEY "q1"'],
    ),
    "zappa": (
        "zappa_settings.json",
        '{"dev": {"environment_variables": {"SECRET_KEY": "q1"}}, "live": {"environment_variables": {"SECRET_KEY": "q2"}}}',
        ['SECRET_KEY "q1" scope', 'SECRET_KEY "q2"'],
    ),
    "ECS": (
        "task-definition.json",
        ('{"containerDefinitions": [{"environment": [{"name": "A", "value": "b"}, {"name": "SECRET_KEY", "value": "q1"}],'
         ' "secrets": [{"name": "DJANGO_SECRET_KEY", "valueFrom": "arn:aws:ssm:eu:1:parameter/key"}]}]}'),
        ['SECRET_KEY "q1"'],
    ),
    "Azure": (
        "azuredeploy.parameters.json",
        '{"parameters": {"SECRET_KEY": {"value": "q1"}, "DJANGO_SECRET_KEY": {"value": "[parameters(\'key\')]"}}}',
        ['SECRET_KEY "q1"'],
    ),
    "Terraform": ("prod.tfvars.json", '{"django_secret_key": "q\\u0031"}', ['DJANGO_SECRET_KEY "q\\u0031"']),
    "a schema": ("schema.json", '{"properties": {"SECRET_KEY": {"type": "string", "default": "q1", "example": "q2"}}}', []),
    "types": ("types.json", '{"SECRET_KEY": "string", "DJANGO_SECRET_KEY": null, "FLASK_SECRET_KEY": true}', []),
    "counts": ("findings.json", '{"django_secret_key": 1, "SECRET_KEY": 2.5}', []),
    "dynaconf's JSON": ("settings.json", '{"testing": {"secret_key": "q1"}, "aws": {"secret_key": "q2"}}', ['SECRET_KEY "q1" scope']),
    "XML's comments": ("a.xml", f"<a><!-- SECRET_KEY='{KEY}' --><!-- <b key='SECRET_KEY' value='a&b'/> --></a>", [f"SECRET_KEY '{KEY}' commented", "SECRET_KEY 'a&b' commented"]),
    "a run configuration": (
        ".idea/runConfigurations/shop.xml",
        ('<component><configuration name="shop"><envs>\n  <env name="DJANGO_SETTINGS_MODULE" value="shop.settings" />\n'
         '  <env name="SECRET_KEY" value="&lt;é&amp;" />\n</envs></configuration></component>'),
        ['SECRET_KEY "&lt;é&amp;"'],
    ),
    "IIS": (
        "web.config",
        ("<?xml version='1.0'?>\n<configuration><appSettings><add value='q1' key='SECRET_KEY'/></appSettings>\n"
         f'<!-- <environmentVariable name="DJANGO_SECRET_KEY" value="{KEY}" /> --></configuration>'),
        ["SECRET_KEY 'q1'", f'DJANGO_SECRET_KEY "{KEY}" commented'],
    ),
    "a property list": (
        "Info.plist",
        "<plist><dict><key>A</key><true/><key>SECRET_KEY</key>\n <string> q1 </string><string>x</string></dict></plist>",
        ["SECRET_KEY q1"],
    ),
    "Java": (
        "keys.xml",
        "<properties><entry key='SECRET_KEY'>q1</entry><DJANGO_SECRET_KEY>q2</DJANGO_SECRET_KEY></properties>",
        ["SECRET_KEY q1", "DJANGO_SECRET_KEY q2"],
    ),
    "resources": (
        "app.resx",
        '<root><data name="SECRET_KEY" xml:space="preserve"><value>q1</value></data><env><name>DJANGO_SECRET_KEY</name><value>q2</value></env></root>',
        ["SECRET_KEY q1", "DJANGO_SECRET_KEY q2"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_files_of_projects(case: str) -> None:
    """Each is read as the program reads it that it is for."""
    path, text, expected = CASES[case]
    assert sorted(said(path, text)) == sorted(expected)
    assert not [fact for fact in facts(path, text) if isinstance(fact, Damage)]


@pytest.mark.parametrize("case", [case for case in CASES if CASES[case][1].isascii()])
@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_marks_and_ends_of_lines(case: str, newline: str) -> None:
    """Nothing depends on them; TOML and JSON's comments know no lone CR."""
    path, text, expected = CASES[case]
    if newline == "\r" and (path.endswith((".toml", ".cfg")) or "\n# " in text):
        return
    text = text.replace("\n", newline)
    assert sorted(said(path, text)) == sorted(each.replace("\n", newline) for each in expected)
    marked = SourceFile(path, b"\xef\xbb\xbf" + text.encode(), path)
    assert len(load(reader_for(path, marked.content))(marked, ALONE)) == len(facts(path, text))


@pytest.mark.parametrize(
    ("path", "text", "name", "written"),
    [
        ("package.json", '{"scripts": {"start": "SECRET_KEY=q1 python manage.py"}}', "script.sh", "SECRET_KEY=q1 python manage.py"),
        ("pyproject.toml", "[tool.taskipy.tasks]\nrun = 'SECRET_KEY=q1 x'\n", "script.sh", "SECRET_KEY=q1 x"),
        ("tox.ini", "[testenv]\ncommands = sh -c 'SECRET_KEY=q1'\n", "script.sh", "sh -c 'SECRET_KEY=q1'"),
        ("pyproject.toml", "[tool.tox]\nlegacy_tox_ini = '''\n[testenv]\nSECRET_KEY=b\n'''", "tox.ini", "[testenv]\nSECRET_KEY=b\n"),
    ],
)  # fmt: skip
def test_texts_in_other_languages(path: str, text: str, name: str, written: str) -> None:
    """Scripts and files within files are for other readers, who are told where they stand."""
    (part,) = [fact for fact in facts(path, text) if isinstance(fact, Part)]
    assert (part.name, part.text) == (name, written)
    ((at, place),) = part.runs
    assert (at, text[place : place + len(written)]) == (0, written)


def test_parts_with_escapes() -> None:
    """Each kind of escape is counted as what it stands for; what cannot be aligned is passed on as it is written."""
    text = '[tool.tox]\nlegacy_tox_ini = """\n[testenv]\\\n  \nx = \\"a\\U0001f600\\u00e9\\"\nsetenv =\n SECRET_KEY = q1"""\n'
    file = SourceFile("pyproject.toml", text.encode(), "pyproject.toml")
    (binding,) = [fact for fact in reading.read(file) if isinstance(fact, Binding)]
    assert sliced(text, binding.value.span) == "q1"
    text = '{"cmd": "SECRET_KEY=\\ud83d\\ude00 \\"x\\""}'
    (part,) = [fact for fact in facts("package.json", text) if isinstance(fact, Part)]
    assert part.text == 'SECRET_KEY=\U0001f600 "x"'
    text = "{cmd: 'SECRET_KEY=\\v\\\n'}"
    (part,) = [fact for fact in facts("package.json", text) if isinstance(fact, Part)]
    assert "SECRET_KEY=" in part.text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.json", '{"a": 1\n "SECRET_KEY": "q1"}'),
        ("a.json", '{"SECRET_KEY": "q1", "a": [1}'),
        ("a.json", '{"SECRET_KEY": "q1", "a"}'),
        ("a.json", '{"SECRET_KEY": "q1"'),
        ("a.json", '{"SECRET_KEY": "q1", "a": x}'),
        ("a.json", '{"SECRET_KEY": "q1", {}: 1}'),
        ("a.json", '{,"SECRET_KEY": "q1"}'),
        ("a.json", '{"SECRET_KEY": "q1"}, "'),
        ("a.toml", "SECRET_KEY = 'q1'\na = [1"),
        ("a.toml", "a b\nSECRET_KEY = 'q1'"),
        ("a.toml", "SECRET_KEY = 'q1' x"),
        ("a.xml", "<a><SECRET_KEY>q1</SECRET_KEY>"),
        ("a.xml", "<a></b><add key='SECRET_KEY' value='q1'/></a>"),
        ("a.xml", "<a></b><SECRET_KEY>q1</SECRET_KEY></a>"),
        ("a.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a><add key='SECRET_KEY' value='q1'/><FLASK_SECRET_KEY>&b;</FLASK_SECRET_KEY></a>"),
    ],
)  # fmt: skip
def test_broken_files(path: str, text: str) -> None:
    """What can be had of them is had, before and behind the place, and it is said that there is more."""
    assert [" ".join(each.split()[:2]).replace("'", "").replace('"', "") for each in said(path, text)] == [
        "SECRET_KEY q1"
    ]
    (damage,) = [fact for fact in facts(path, text) if isinstance(fact, Damage)]
    assert "q1" not in damage.reason


def test_a_text_that_is_nothing_to_toml() -> None:
    """An escape that there is not does not hide the key."""
    assert said("a.toml", 'SECRET_KEY = "q\\y1"') == ['SECRET_KEY "q\\y1"']


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.json.j2", '{{ header }}\n{\n  "SECRET_KEY": "q1",\n  "x": {{ x }}\n}'),
        ("a.toml", "{% if x %}\nSECRET_KEY = 'q1'\n{% endif %}\n"),
        ("a.xml", "<% if x %>\n<a><add key='SECRET_KEY' value='q1'/></a>"),
    ],
)
def test_templates(path: str, text: str) -> None:
    """The syntax of a template breaks the format, and nothing is wrong with that."""
    assert len(said(path, text)) == 1
    assert not [fact for fact in facts(path, text) if isinstance(fact, Damage)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.json", "[" * 10_000 + '{"SECRET_KEY": "q1"}' + "]" * 10_000),
        ("a.json", '{"a":' * 10_000 + '{"SECRET_KEY": "q1"}' + "}" * 10_000),
        ("a.toml", "a = " + "[" * 10_000 + "]" * 10_000 + "\nSECRET_KEY = 'q1'"),
        ("a.toml", "a." * 10_000 + "b = 1\nSECRET_KEY = 'q1'"),
        ("a.toml", "a = " + "{a=" * 10_000 + "}" * 10_000 + "\nSECRET_KEY = 'q1'"),
        ("a.xml", "<a>" * 10_000 + "<add key='SECRET_KEY' value='q1'/>" + "</a>" * 10_000),
        ("a.xml", '<!DOCTYPE a [<!ENTITY a "aaaa">' + "".join(f'<!ENTITY a{n + 1} "&a{n};&a{n};&a{n};">' for n in range(40)) + "]><a><add key='SECRET_KEY' value='q1'/>&a40;</a>"),
    ],
)  # fmt: skip
def test_bombs(path: str, text: str) -> None:
    """What nests too deep, or would grow, is read by lines from there on, and that is said."""
    assert len(said(path, text)) == 1
    (damage,) = [fact for fact in facts(path, text) if isinstance(fact, Damage)]
    assert "nests" in damage.reason or "entities" in damage.reason


@pytest.mark.parametrize("path", ["a.json", "a.toml", "a.ini", "a.properties", "a.xml"])
def test_long_files(path: str) -> None:
    """Length alone is no damage."""
    sizes = {
        "a.json": '{"a":[' + '{"name":"x","value":"y"},' * 10_000 + ' 1],"SECRET_KEY":"q1"}',
        "a.toml": "a = 'x'\n" * 20_000 + "SECRET_KEY = 'q1'",
        "a.ini": "[a]\n" + "a = x\n" * 30_000 + "SECRET_KEY = q1",
        "a.properties": "a = x\n" * 30_000 + "SECRET_KEY = q1",
        "a.xml": "<a>" + "<b c='d'/>\n" * 10_000 + "<SECRET_KEY>q1</SECRET_KEY></a>",
    }
    (binding,) = facts(path, sizes[path])
    assert isinstance(binding, Binding)


@given(
    st.sampled_from(["a.json", "a.toml", "a.ini", "a.properties", "a.xml"]),
    st.text("SECRET_KEY=:\"'{}[]<>/\\&;#\r\n a1\0", max_size=60),
)
def test_nothing_fails(path: str, text: str) -> None:
    """Whatever stands in a file, it is read to its end, and each span lies in it."""
    count = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for fact in facts(path, text):
        if not isinstance(fact, Part):
            assert 1 <= fact.span.start.line <= fact.span.end.line <= count


@pytest.mark.parametrize(
    ("path", "content", "reader"),
    [
        ("config.json.example", b"", "json"), ("settings.ini.j2", b"", "ini"), ("Pipfile", b"", "toml"),
        ("package-lock.json", b"", "text"), ("web/locales/en.json", b"", "text"), ("lang/x.json", b"", "text"),
        ("de.json", b"", "text"), ("pt-BR.json", b"", "text"), ("messages_de.properties", b"", "text"),
        ("messages.properties", b"", "text"), ("db.properties", b"", "properties"), ("app.json", b"", "json"),
        ("a.conf", b"[a]\n", "ini"), ("a.conf", b"A=b\n", "dotenv"), ("a.conf", b"server {\n}\n", "directives:service"),
        ("a.conf", b"export A=b\n", "dotenv"), ("a.conf", b"", "directives:service"), ("a.conf", b"user = x y; z\n", "dotenv"),
        ("setup.cfg", b"\xef\xbb\xbf\n# a\n[b]\n", "ini"), ("a.cfg", b"A = 'b'\n", "python"), ("a.cfg", b"a = b c\n", "dotenv"), ("web.config", b"<a/>", "xml"),
        ("a.json.bak", b"", "json"), (".example", b"", "text"), ("x.ipynb", b"", "notebook"), ("README", b"", "text"),
    ],
)  # fmt: skip
def test_which_reader(path: str, content: bytes, reader: str) -> None:
    """By name, by what a template's name is without that, by folder, and by the first line of what many formats share."""
    assert reader_for(path, content) == reader


@pytest.mark.parametrize(
    ("path", "context"),
    [
        (".vscode/launch.json", "development"), (".idea/workspace.xml", "development"), (".run/shop.run.xml", "development"),
        (".devcontainer/devcontainer.json", "development"), ("shop.code-workspace", "development"), ("fly.toml", "production"),
        ("web.config", "production"), ("config.json.example", "example"), ("appsettings.Development.json", "development"),
        ("local.settings.json", "development"), ("appsettings.json", "production"), ("pytest.ini", "test"),
        ("tests/config.json", "test"), ("phpunit.xml", "test"),
    ],
)  # fmt: skip
def test_contexts(path: str, context: str) -> None:
    """Where files of these formats stand says what they serve."""
    assert of_path(path) == context


def test_json_of_a_dump() -> None:
    """Documents beside one another are no pair."""
    assert said("dump.jsonl", '{"name": "SECRET_KEY"}\n{"value": "q1"}\n') == []
    assert said("dump.json", json.dumps([{"fields": {"key": "SECRET_KEY", "value": "q1"}}])) == ['SECRET_KEY "q1"']
