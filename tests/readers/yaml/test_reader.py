"""YAML files: what a value says is PyYAML's to say, and where it stands is what its author wrote."""

import base64

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from secretkey_lint.model.binding import Binding, Damage, Guard, Part
from secretkey_lint.model.source import Position, SourceFile, Span
from secretkey_lint.model.value import EnvLookup, Literal, Unknown
from secretkey_lint.readers import reader_for
from secretkey_lint.readers.reading import read as read_whole
from secretkey_lint.readers.yaml.reader import read

CHARACTERS = "abXY019!@%^&*(-_=+)#: /\\é\U0001f600"
PIECES = st.text(CHARACTERS, min_size=1, max_size=20)


class Settings:
    """Surroundings whose settings read the key from `ACME_SIGNING`."""

    def __init__(self) -> None:
        self.carriers = {"ACME_SIGNING": Span("settings.py", Position(1, 1), Position(1, 2))}

    def is_environment_file(self, path: str) -> bool:
        return False

    def resolve(self, module: str, importer: str) -> str | None:
        return None

    def find(self, pattern: str):  # type: ignore[no-untyped-def]
        yield from ()

    def read(self, path: str) -> SourceFile | None:
        return None


def facts(text: str, path: str = "a.yaml") -> list[Binding | Damage | Part]:
    return [each for each in read(SourceFile(path, text.encode(), path)) if isinstance(each, Binding | Damage | Part)]


def said(text: str, path: str = "a.yaml") -> list[tuple[str, str]]:
    """The names and literals of the bindings, `?` for what is no literal, with the text at the span."""
    found = []
    for fact in facts(text, path):
        if isinstance(fact, Binding):
            literal = fact.value.default if isinstance(fact.value, EnvLookup) else fact.value
            assert literal is not None
            found.append((fact.name, literal.text if isinstance(literal, Literal) else "?"))
    return found


def sliced(text: str, span: Span) -> str:
    """What stands at a span, lines being ended by LF, CR LF and CR."""
    lines = text.replace("\r\n", "\x01").replace("\r", "\x01").replace("\n", "\x01").split("\x01")
    start, end = span.start, span.end
    if start.line == end.line:
        return lines[start.line - 1][start.column - 1 : end.column - 1]
    between = lines[start.line : end.line - 1]
    return "\n".join([lines[start.line - 1][start.column - 1 :], *between, lines[end.line - 1][: end.column - 1]])


@given(
    piece=PIECES,
    quote=st.sampled_from(["", "'", '"']),
    properties=st.sampled_from(["", "&a ", "!!str ", "&a !!str "]),
    shape=st.sampled_from(
        [
            "SECRET_KEY: {}", "env:\n- name: SECRET_KEY\n  value: {}", "a:\n  b:\n    'SECRET_KEY' : {}  # c",
            "x: {{SECRET_KEY: {}}}", "- [a, {{name: SECRET_KEY, value: {}}}]", "? SECRET_KEY\n: {}", "k: &k\n  - SECRET_KEY: {}\n    z: *k",
        ]
    ),
    before=st.sampled_from(["", "a: é\U0001f600\n---\n", "%YAML 1.1\n---\n", "# SECRET\n\n"]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
    mark=st.booleans(),
)  # fmt: skip
@example("it''s", "'", "&a ", "SECRET_KEY: {}", "", "\r\n", False, True)
@example("a\\tb\\\\", '"', "", "SECRET_KEY: {}", "", "\n", True, False)
def test_the_place_and_the_value(
    piece: str, quote: str, properties: str, shape: str, before: str, newline: str, last: bool, mark: bool
) -> None:
    """The source at the span is exactly what was written, whatever is around it, and the value is PyYAML's."""
    raw = f"{quote}{piece.strip() if not quote else piece}{quote}"
    text = (before + shape.format(properties + raw) + ("\n" if last else "")).replace("\n", newline)
    try:
        value = yaml.safe_load(properties + raw)
        *_, document = yaml.compose_all(text)
    except yaml.YAMLError:
        assume(False)
    assert document is not None
    assume(isinstance(value, str) and value and value.lower() not in ("on", "off", "yes", "no"))
    content = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    found = [each for each in read(SourceFile("a.yaml", content, "a.yaml")) if isinstance(each, Binding)]
    assume(len(found) == 1)  # what is written plain may end elsewhere, or be more than a scalar
    (binding,) = found
    if isinstance(binding.value, Literal):
        assume(quote or binding.value.text == value)
        assert (binding.name, binding.value.text) == ("SECRET_KEY", value)
        assert sliced(text, binding.value.span) == raw


@given(PIECES, st.sampled_from(["", "'", '"']), st.sampled_from(["env: [{}]", "env:\n  - {}\n", "- - {} # c\n"]))
def test_assignments_in_lists(piece: str, quote: str, shape: str) -> None:
    """The value is what stands behind the sign, in the quotes of YAML."""
    piece = piece.strip()
    text = shape.format(f"{quote}SECRET_KEY={piece}{quote}")
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError:
        assume(False)
    while isinstance(document, dict | list):
        document = (
            document["env"]
            if isinstance(document, dict) and "env" in document
            else (document[0] if isinstance(document, list) else None)
        )
    assume(isinstance(document, str) and "\\" not in piece and "=" not in piece)
    value = str(document).partition("=")[2]
    assume(value)
    (binding,) = [each for each in facts(text) if isinstance(each, Binding)]
    if isinstance(binding.value, Literal):
        assert binding.value.text == value == sliced(text, binding.value.span)


@given(st.text("SECRET_KEY:='\"{}[]|>&*!- \n\tab#%$", max_size=80))
@example("kind: Secret\ndata: {SECRET_KEY: =}")
@example("SECRET_KEY: {{")
@example("SECRET_KEY: {{}}")
@example("name: SECRET_KEY\nvalue: {{a}}")
@example("'.': &a\n  SECRET_KEY: *a")
@example("run: |\n  SECRET_KEY")
def test_nothing_fails(text: str) -> None:
    """Whatever stands in a file, it is read to its end, and each span lies in it."""
    count = text.count("\n") + 1
    for fact in read_whole(SourceFile("a.yaml", text.encode(), "a.yaml")):
        assert 1 <= fact.span.start.line <= fact.span.end.line <= count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SECRET_KEY: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6131\n", "?"),
        ("SECRET_KEY: !Ref Key", "?"),
        ("SECRET_KEY: !Sub abc", "abc"),
        ("SECRET_KEY: !unsafe '{a}'", "{a}"),
        ("SECRET_KEY: !ENV [SECRET_KEY, abc]", "abc"),
        ("SECRET_KEY: ~", "?"),
        ("SECRET_KEY: 'null'", "null"),
        ("SECRET_KEY: string", "?"),
        ("SECRET_KEY: 12345", "12345"),
        ("SECRET_KEY: |\n  abc\n\n", "abc"),
        ("SECRET_KEY: >-\n  abc\n  def\n", "abc def"),
        ("SECRET_KEY: {value: abc, description: d}", "abc"),
        ("django_secret_key: abc", "abc"),
        ("djangoSecretKey: secret-key", "?"),
        ("django: {secrets: {secretKey: abc}}", "abc"),
        ("set: {name: django.secretKey, value: abc}", "abc"),
        ("substitutions: {_SECRET_KEY: abc}", "abc"),
        ("Parameters: {DjangoSecretKey: {Default: abc}}", "abc"),
        ("vars: {django_secret_key: {default: abc}}", "?"),
        ("SECRET_KEY: {{ .Values.key }}", "?"),
        ("SECRET_KEY: {{ .Values.key | default \"abc\" }}", "abc"),
        ("SECRET_KEY: ${{ secrets.KEY || 'abc' }}", "abc"),
        ("SECRET_KEY: ${env:KEY, 'abc'}", "abc"),
        ("SECRET_KEY: ENC[AES256_GCM,data:a,type:str]", "?"),
        ("SECRET_KEY: EV[1:a:b]", "?"),
        ("? [a]\n: {SECRET_KEY: abc}", "abc"),
        ('SECRET_KEY: "{{ x | default(\\"abc\\") }}"', "abc"),
        ("SECRET_KEY: ${A:-abc}", "abc"),
        ("SECRET_KEY: ${A:-${B-ab-c}}", "ab-c"),
        ("SECRET_KEY: ${A:-${B}}", "?"),
        ("SECRET_KEY: ${A:?${B:-abc}}", "?"),
        ("SECRET_KEY: ${A}${B:-abc}", "?"),
        ("kind: Secret\ndata:\n  SECRET_KEY: YWJj", "abc"),
        ("kind: Secret\ndata:\n  SECRET_KEY: YWJ", "?"),
        ("kind: Secret\ndata:\n  SECRET_KEY: /w==", "?"),
        ("kind: Secret\nstringData:\n  SECRET_KEY: YWJj", "YWJj"),
        ("kind: SealedSecret\nspec: {encryptedData: {SECRET_KEY: YWJj}}", "?"),
        ("properties: {SECRET_KEY: {type: string, default: abc}}", "?"),
        ("Properties: {Environment: {Variables: {SECRET_KEY: abc}}}", "abc"),
        ("jwt: {SECRET_KEY: abc}", "?"),
        ("env: A=1 SECRET_KEY='abc' B=2", "abc"),
        ("args: ['--build-arg=SECRET_KEY=abc']", "abc"),
        ("args: [-e, SECRET_KEY=abc]", "abc"),
        ("settings: ['DEBUG = False', 'SECRET_KEY = \"abc\"']", "abc"),
        ("args: ['-e SECRET_KEY=abc']", "abc"),
        ('- "SECRET_KEY=a\\x62c"', "abc"),
    ],
)  # fmt: skip
def test_what_entries_say(text: str, expected: str) -> None:
    assert [value for _, value in said(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "AWS_SECRET_KEY: abc", "SECRET_KEY_FILE: abc", "secret_key: abc", "secretKeyRef: {name: a, key: SECRET_KEY}",
        "secrets: [django_secret_key]", "django: {s3: {secretKey: abc}}", "name: SECRET_KEY\nvalueFrom: abc",
        "SECRET_KEY: {secure: abc}", "SECRET_KEY:", "$ANSIBLE_VAULT;1.1\nSECRET_KEY: abc", "a: \0\nSECRET_KEY: abc",
        "key: SECRET_KEY\ngenerateValue: true", "description: 'SECRET_KEY=abc'", "[SECRET_KEY, abc]",
    ],
)  # fmt: skip
def test_what_is_no_entry(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "guards"),
    [
        ("testing: {SECRET_KEY: a}", {Guard("scope", True, "testing")}),
        ("services: {web-dev: {environment: [SECRET_KEY=a]}}", {Guard("scope", True, "web-dev")}),
        ("build: {args: {SECRET_KEY: a}}", {Guard("build")}),
        ("build: {args: [SECRET_KEY=a]}", {Guard("build")}),
        ("with: {build-args: SECRET_KEY=a}", {Guard("build")}),
        ("args: ['--build-arg SECRET_KEY=a']", {Guard("build")}),
        ("b: 1\n  # SECRET_KEY: a\n", {Guard("commented")}),
        ("b: 1\n# - name: SECRET_KEY\n#   value: 'a'\n", {Guard("commented")}),
        ("b: 1\n# - \"SECRET_KEY=a\"\n", {Guard("commented")}),
        ("production: {SECRET_KEY: a}", set()),
    ],
)  # fmt: skip
def test_conditions(text: str, guards: set[Guard]) -> None:
    (binding,) = [each for each in facts(text) if isinstance(each, Binding)]
    assert isinstance(binding.value, Literal)
    assert (binding.value.text, binding.guards) == ("a", guards)


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("data:\n  settings.py: |\n    SECRET_KEY = 'a'\n", "settings.py", "SECRET_KEY = 'a'"),
        ("data:\n  .env: |\n    SECRET_KEY=a\n    B=1\n", ".env", "SECRET_KEY=a\nB=1"),
        ("run: |\n  export SECRET_KEY=a\n", "script.sh", "export SECRET_KEY=a"),
        ("run: SECRET_KEY=a manage.py\nshell: python", "script.py", "SECRET_KEY=a manage.py"),
        ("a: |\n  #!/usr/bin/env python\n  SECRET_KEY = 'a'\n", "script.py", "#!/usr/bin/env python\nSECRET_KEY = 'a'"),
        ("copy: {dest: /a/b.conf, content: 'SECRET_KEY=a'}", "b.conf", "SECRET_KEY=a"),
        ("files: {/etc/app.env: {content: 'SECRET_KEY=a'}}", "app.env", "SECRET_KEY=a"),
        ("copy: {content: 'SECRET_KEY=a', dest: '{{ path }}'}", ".env", "SECRET_KEY=a"),
        ("env_vars: |\n  SECRET_KEY=a\n", ".env", "SECRET_KEY=a"),
        ("command: [sh, -c, 'export SECRET_KEY=a']", None, None),
        ("script:\n  - echo SECRET_KEY\n", "script.sh", "echo SECRET_KEY"),
    ],
)
def test_texts_in_other_languages(text: str, name: str | None, part: str | None) -> None:
    """A script and a file are left to the readers of their languages, at the place where they stand."""
    found = [each for each in facts(text) if isinstance(each, Part)]
    assert [(each.name, each.text) for each in found] == ([(name, part)] if name else [])
    for each in found:
        for (at, place), (stop, _) in zip(each.runs, [*each.runs[1:], (len(each.text), 0)], strict=True):
            if each.text[at:stop].strip():
                assert text[place : place + stop - at] == each.text[at:stop]


def test_a_build_command_is_of_the_build() -> None:
    (part,) = facts("buildCommand: SECRET_KEY=a manage.py collectstatic")
    assert isinstance(part, Part)
    assert part.guards == {Guard("build")}


def test_carriers() -> None:
    """What the settings read the key from is the key, in every shape."""
    text = "environment: {ACME_SIGNING: a}\nenv: [ACME_SIGNING=b, OTHER=c]\n"
    found = read(SourceFile("a.yaml", text.encode(), "a.yaml"), Settings())
    assert [each.value.text for each in found if isinstance(each, Binding) and isinstance(each.value, Literal)] == [
        "a",
        "b",
    ]


def test_dollars_of_compose() -> None:
    """Compose files double the dollars that are meant; other files do not."""
    text = "services: {web: {environment: [SECRET_KEY=a$$b], x: {SECRET_KEY: a$$b}}}"
    assert [value for _, value in said(text)] == ["a$b", "a$b"]
    assert said("env: [SECRET_KEY=a$$b]") == [("SECRET_KEY", "a$$b")]


def test_former_keys() -> None:
    assert said("SECRET_KEY_FALLBACKS: [a, 'b', {c: d}]") == [
        ("SECRET_KEY_FALLBACKS", "a"),
        ("SECRET_KEY_FALLBACKS", "b"),
    ]


def test_an_alias_leads_to_where_the_key_stands() -> None:
    text = "a: &k 'abc'\nSECRET_KEY: *k\n"
    (binding,) = facts(text)
    assert isinstance(binding, Binding)
    assert sliced(text, binding.value.span) == "'abc'"


@pytest.mark.parametrize("mark", ["{{ if x }}\n", "{% if x %}\n", "<% if x %>\n"])
def test_templates_are_read_by_lines(mark: str) -> None:
    """A template is no YAML yet, and nothing is wrong with that."""
    text = f"{mark}kind: Secret\ndata:\n  SECRET_KEY: YWJj\n  DJANGO_SECRET_KEY: |\n  x: *y\nstringData: {{\n"
    assert said(text) == [("SECRET_KEY", "abc")]
    assert not any(isinstance(each, Damage) for each in facts(text))


def test_tables_of_templates() -> None:
    """Tables are told by their indentation where nothing else tells them."""
    text = "{{ if x }}\ndjango:\n  # why\n  secretKey: a\n  s3:\n    secretKey: b\ntesting:\n  SECRET_KEY: c\n- SECRET_KEY: *d\ndata:\n  settings.py: |\n    SECRET_KEY = get_it()\n"
    assert said(text) == [("SECRET_KEY", "a"), ("SECRET_KEY", "c")]
    (_, last) = facts(text)
    assert isinstance(last, Binding)
    assert last.guards == {Guard("scope", True, "testing")}


def test_a_broken_file_is_said_to_be_broken() -> None:
    """Once, at the place where it breaks, and only where a key may be lost."""
    found = facts("a: [\n---\nSECRET_KEY: abc\nb: [}\n---\nSECRET_KEY: def\nb: [}\n")
    damages = [each for each in found if isinstance(each, Damage)]
    assert [(each.span.start.line, each.reason) for each in damages] == [(4, "it is not valid YAML")]
    assert [each.value.text for each in found if isinstance(each, Binding) and isinstance(each.value, Literal)] == [
        "abc",
        "def",
    ]
    assert facts("a: [}\nAWS_SECRET_KEY: abc") == []


def test_what_yaml_has_judged_is_not_judged_as_text() -> None:
    """Ciphertext looks generated; the insecure prefix counts wherever it stands."""
    key = base64.b64encode(bytes(range(100, 130))).decode()
    text = f"kind: SealedSecret\nencryptedData: {{SECRET_KEY: {key}}}\n"
    (binding,) = read_whole(SourceFile("a.yaml", text.encode(), "a.yaml"))
    assert isinstance(binding, Binding)
    assert isinstance(binding.value, Unknown)
    text = "SECRET_KEY: '{{ x }}django-insecure-8f3k2q9x7v5n1m4b6c0zw'\n"
    assert len(read_whole(SourceFile("a.yaml", text.encode(), "a.yaml"))) == 2


@pytest.mark.parametrize(
    ("path", "reader"),
    [
        ("a.yml", "yaml"), ("a.YAML", "yaml"), ("values.yaml.gotmpl", "yaml"), ("a.yml.j2", "yaml"), ("a.yaml.example", "yaml"),
        ("chart/templates/_helpers.tpl", "yaml"), ("group_vars/all", "yaml"), ("x/host_vars/web1", "yaml"), ("a.sls", "yaml"),
        ("group_vars/readme.md", "prose"), ("a.tpl", "text"), ("a.yaml.py", "python"), ("group_vars", "text"), ("a.yaml.gz", "text"),
        (".ebextensions/a.config", "yaml"), ("a.config", "text"),
    ],
)  # fmt: skip
def test_files_that_are_yaml(path: str, reader: str) -> None:
    assert reader_for(path) == reader


def test_large_files() -> None:
    """A hundred thousand lines, and a bomb of aliases, end; the key in them is found."""
    lines = "".join(f"name{number}: value\n" for number in range(100_000))
    assert said(f"{lines}SECRET_KEY: abc\n") == [("SECRET_KEY", "abc")]
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert said(f"{bomb}SECRET_KEY: abc\n") == [("SECRET_KEY", "abc")]
    assert said(f"{'SECRET_KEY: abc' + chr(10)}a: {'[' * 10_000}\n") == [("SECRET_KEY", "abc")]
    (minified,) = [
        each for each in facts(f"SECRET_KEY: abc\nb: {{{'a: 1, ' * 1_000_000}}}") if isinstance(each, Damage)
    ]
    assert "larger" in minified.reason
