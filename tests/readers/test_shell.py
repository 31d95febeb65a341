"""Shell scripts: what a command gives to the key, wherever it is written, and what only speaks of it."""

import shlex

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from written import found, sliced, values

from secretkey_lint.model.binding import Binding, Part
from secretkey_lint.model.source import SourceFile
from secretkey_lint.model.value import Literal
from secretkey_lint.readers import reading
from secretkey_lint.readers.words import commands


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("export SECRET_KEY=q1w2e3", "q1w2e3"),
        ("export SECRET_KEY='q1w2e3'", "'q1w2e3'"),
        ("export SECRET_KEY=q1'w2'\"e3\"", "q1'w2'\"e3\""),
        ("export SECRET_KEY=$'q1\\'w2'", "$'q1\\'w2'"),
        ("export 'SECRET_KEY=q1w2e3'", "q1w2e3"),
        ("declare -x SECRET_KEY=q1w2e3", "q1w2e3"),
        ("readonly A=1 SECRET_KEY=q1w2e3;", "q1w2e3"),
        ("SECRET_KEY=q1w2e3 python manage.py migrate", "q1w2e3"),
        ("A=1 && SECRET_KEY=q1w2e3 ./run | tee log", "q1w2e3"),
        ("if true; then export SECRET_KEY=q1w2e3; fi", "q1w2e3"),
        ("sudo -E env SECRET_KEY=q1w2e3 ./run", "q1w2e3"),
        (': "${SECRET_KEY:=q1w2e3}"', "q1w2e3"),
        ("export SECRET_KEY=${SECRET_KEY:-q1w2e3}", "q1w2e3"),
        ("export SECRET_KEY=\"${SECRET_KEY:-'q1w2e3'}\"", "q1w2e3"),
        ("SECRET_KEY=\"8f3k2q9x7v5n1m4b6c0z#p0w3e$a\"", '"8f3k2q9x7v5n1m4b6c0z#p0w3e$a"'),
        ("X=$(SECRET_KEY=q1w2e3 ./run)", "q1w2e3"),
        ("set -gx SECRET_KEY q1w2e3", "q1w2e3"),
        ("setenv SECRET_KEY 'q1w2e3'", "'q1w2e3'"),
        ("cf set-env shop SECRET_KEY q1w2e3", "q1w2e3"),
        ("gh secret set SECRET_KEY --body \"q1w2e3\"", '"q1w2e3"'),
        ("heroku config:set A=1 SECRET_KEY=q1w2e3", "q1w2e3"),
        ("fly secrets set SECRET_KEY='q1w2e3'", "'q1w2e3'"),
        ("kubectl create secret generic x --from-literal=SECRET_KEY=q1w2e3", "q1w2e3"),
        ("docker run -d -e SECRET_KEY=q1w2e3 shop", "q1w2e3"),
        ("docker run --env=SECRET_KEY=q1w2e3 shop", "q1w2e3"),
        ("docker run -e \"SECRET_KEY=q1w2e3\" shop", "q1w2e3"),
        ("gcloud run deploy --set-env-vars A=1,SECRET_KEY=q1w2e3,B=2", "q1w2e3"),
        ("gcloud run deploy --set-env-vars=A=1,SECRET_KEY='q1w2e3',B=2", "'q1w2e3'"),
        ("terraform apply -var=django_secret_key=q1w2e3", "q1w2e3"),
        ("bash -c 'SECRET_KEY=q1w2e3 ./run'", "q1w2e3"),
        ("ssh host \"cd x && SECRET_KEY=q1w2e3 ./run\"", "q1w2e3"),
        ("python -c \"import os; os.environ['SECRET_KEY'] = 'q1w2e3'\"", "'q1w2e3'"),
        ("echo SECRET_KEY=q1w2e3 > .env", "q1w2e3"),
        ("printf 'SECRET_KEY=%s\\n' q1w2e3 > .env", "q1w2e3"),
        ("printf -- '%s=%s\\n' A 1 SECRET_KEY 'q1w2e3' >> .env", "q1w2e3"),
        ("printf '%s\\n' A=1 'SECRET_KEY=q1w2e3' | tee .env", "q1w2e3"),
        ("printf 'A=50%%\\nSECRET_KEY=q1w2e3\\n' > .env", "q1w2e3"),
        ("echo \"SECRET_KEY='q1w2e3'\" >> \"$HOME/app/.env\"", "'q1w2e3'"),
        ("echo -e \"A=1\\nSECRET_KEY=q1w2e3\\n\" > .env", "q1w2e3"),
        ("echo \"SECRET_KEY=q1w2e3\" | sudo tee -a .env", "q1w2e3"),
        ("echo \"SECRET_KEY = 'q1w2e3'\" >> shop/settings.py", "'q1w2e3'"),
        ("cat > .env <<EOF\nA=1\nSECRET_KEY=q1w2e3\nEOF\necho done", "q1w2e3"),
        ("cat <<-'EOF' > x/settings.py\n\tif True:\n\t    SECRET_KEY = 'q1w2e3'\n\tEOF", "'q1w2e3'"),
        ("cat <<EOF | sudo tee /etc/x.env >/dev/null\nSECRET_KEY=q1w2e3\nEOF", "q1w2e3"),
        ("cat <<EOF >.env && echo \"SECRET_KEY=<key>\"\nSECRET_KEY=q1w2e3\nEOF", "q1w2e3"),
        ("ssh host bash <<EOF\nexport SECRET_KEY=q1w2e3\nEOF", "q1w2e3"),
        ("sed -i \"s/^SECRET_KEY=.*/SECRET_KEY=q1w2e3/\" .env", "q1w2e3"),
        ("sed -i -e \"s|^SECRET_KEY = .*|SECRET_KEY = 'q1w2e3'|\" shop/settings.py", "'q1w2e3'"),
        ("KEY=q1w2e3\nexport SECRET_KEY=\"$KEY\"", "q1w2e3"),
        ("docker run \\\n  -e A=1 \\\n  -e SECRET_KEY=q1w2e3 \\\n  shop", "q1w2e3"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_gives_the_key(line: str, written: str, newline: str) -> None:
    assert values("deploy.sh", line.replace("\n", newline)) == [written]


@pytest.mark.parametrize(
    "line",
    [
        "export SECRET_KEY=$(openssl rand -base64 48 | tr -d '\\n')",
        "export SECRET_KEY=`python -c 'print(\"x\")'`",
        "SECRET_KEY=$(LC_ALL=C tr -dc 'a-zA-Z0-9!#$%&()*+,-./:;<=>?@[\\]^_`{|}~' < /dev/urandom | dd bs=1 count=64)",
        "export SECRET_KEY=$KEY_FROM_VAULT SECRET_KEY=${SECRET_KEY:?set SECRET_KEY=value}",
        "export SECRET_KEY=${SECRET_KEY:-}",
        "export SECRET_KEY=${SECRET_KEY:-$(cat /run/secrets/key)}",
        "export SECRET_KEY",
        "export SECRET_KEY=",
        'export SECRET_KEY=""',
        "export AWS_SECRET_KEY=q1w2e3 SECRET_KEY_FILE=/run/x SECRET_KEYS=x",
        'echo "set SECRET_KEY=q1w2e3 first"',
        'echo "SECRET_KEY=<key>" >&2',
        "printf 'SECRET_KEY=x\\n' > /dev/stderr",
        'echo "Usage: SECRET_KEY=abc $0"',
        'warn "SECRET_KEY=x"',
        'complain "SECRET_KEY=value is missing"',
        "cat <<EOF\nusage: SECRET_KEY=value ./run\nEOF",
        "grep -q SECRET_KEY=changeme .env && exit 1",
        'if [ "$SECRET_KEY" = "changeme" ]; then exit 1; fi',
        'echo "SECRET_KEY=$(openssl rand -hex 32)" >> .env',
        'printf "SECRET_KEY=%s\\n" "$(openssl rand -hex 32)" >> .env',
        'printf "SECRET_KEY=%s" "$KEY" > .env',
        "printf 'SECRET_KEY=%s' > .env",
        "printf -v line 'SECRET_KEY=q1w2e3' > .env",
        "printf > .env",
        "echo \"SECRET_KEY = '$(python make.py)'\" >> settings.py",
        "echo \"SECRET_KEY='`python make.py`'\" >> .env",
        'sed -i "s/SECRET_KEY=.*/SECRET_KEY=$NEW/" .env',
        'sed -i "s/SECRET_KEY=.*/SECRET_KEY=\\1x/" .env',
        "# export SECRET_KEY=changeme",
        "true # SECRET_KEY=changeme",
        "docker run -e SECRET_KEY shop",
        "echo SECRET_KEY | tee names.txt",
        "| tee x",
        "docker run -e 'SECRET_KEY='",
    ],
)
def test_what_does_not(line: str) -> None:
    assert values("deploy.sh", line) == []


@pytest.mark.parametrize(
    ("path", "text", "where"),
    [
        ("deploy.sh", "export SECRET_KEY=q1w2e3", "production"),
        ("scripts/run_dev.sh", "export SECRET_KEY=q1w2e3", "development"),
        ("bin/dev/start", "#!/usr/bin/env bash\nexport SECRET_KEY=q1w2e3", "development"),
        ("x.sh", "SECRET_KEY=q1w2e3 python manage.py collectstatic", "example"),
        ("x.sh", "docker run -e SECRET_KEY=q1w2e3 shop manage.py compilemessages", "example"),
        ("x.sh", "export SECRET_KEY=q1w2e3 && python manage.py collectstatic", "production"),
        ("x.sh", "docker build --build-arg SECRET_KEY=q1w2e3 .", "example"),
        ("x.sh", "SECRET_KEY=q1w2e3 pytest", "test"),
        ("deploy/production.dist/start.sh", "SECRET_KEY=q1w2e3", "example"),
        ("run_tests.sh", "export SECRET_KEY=q1w2e3", "test"),
        ("ci/run.sh", "export SECRET_KEY=q1w2e3", "example"),
        ("run", "#!/bin/sh\nexport SECRET_KEY=q1w2e3", "production"),
        ("x.sh", "if [ \"$ENV\" = 'development' ]; then\nSECRET_KEY=q1w2e3\nfi", "development"),
        ("x.sh", "if [ \"$ENV\" = 'test' ]\nthen\nif x; then :; fi\nSECRET_KEY=q1w2e3\nfi", "test"),
        ("x.sh", "if [ \"$ENV\" != 'dev' ]; then\nSECRET_KEY=q1w2e3\nfi", "production"),
        ("x.sh", 'if test -z "$SECRET_KEY"; then\nSECRET_KEY=q1w2e3\nfi', "production"),
        ("x.sh", "if [ \"$ENV\" = 'dev' ]; then\n:\nelse\nSECRET_KEY=q1w2e3\nfi", "production"),
        ("x.sh", "if [ \"$ENV\" = 'dev' ]; then\n:\nfi\nSECRET_KEY=q1w2e3", "production"),
        ("x.sh", "echo SECRET_KEY=q1w2e3 > .env.test", "test"),
        ("x.sh", "echo SECRET_KEY=q1w2e3 > .env.example", "example"),
        ("x.sh", "echo SECRET_KEY=q1w2e3 > .env.dev", "development"),
    ],
)
def test_contexts(path: str, text: str, where: str) -> None:
    assert found(path, text) == [("SECRET_KEY", "q1w2e3", where)]


def test_a_line_that_is_put_into_a_file_need_not_be_a_whole_file() -> None:
    text = "echo A = 1 and >> settings.py\necho \"SECRET_KEY = 'q1w2e3'\" >> settings.py\n"
    facts = reading.read(SourceFile("x.sh", text.encode(), "x.sh"))
    assert all(isinstance(each, Binding) for each in facts)


PIECES = st.one_of(
    st.text("abcXYZ019%^@(_=+:/é\U0001f600", min_size=1, max_size=6).map(lambda text: f"'{text}'"),
    st.text("abcXYZ019%^@(_=+:/ \t#;é\U0001f600'", min_size=1, max_size=6).map(lambda text: f'"{text}"'),
    st.text("abcXYZ019%^@_=+:/é\U0001f600", min_size=1, max_size=6),
    st.sampled_from(["\\ ", "\\'", '\\"', '"\\""', '"\\\\"', "\\$", "\\&"]),
)


@given(
    pieces=st.lists(PIECES, min_size=1, max_size=5),
    before=st.sampled_from(
        ["", "export ", "A='b c' ", "cd x;", "  ", "\t", "true &&\\\n ", "# é\n", "echo \U0001f600\n"]
    ),
    after=st.sampled_from(["", " ./run", ";", " # it's", "\n", " && true\n", " \\\n  ./run"]),
    newline=st.sampled_from(["\n", "\r\n"]),
    mark=st.booleans(),
)
@example(["'a'", '"b c"', "\\'"], "", "", "\n", True)
def test_the_place_and_the_value(pieces: list[str], before: str, after: str, newline: str, mark: bool) -> None:
    """The source at the span is exactly what was written, and the value what Python's own splitter makes of it."""
    written = "".join(pieces)
    text = f"{before}SECRET_KEY={written}{after}".replace("\n", newline)
    said = shlex.split(f"SECRET_KEY={written}", posix=True)[0].partition("=")[2]
    assume(",SECRET" not in said and said.strip("`$"))
    content = (b"\xef\xbb\xbf" if mark else b"") + text.encode()
    facts = reading.read(SourceFile("x.sh", content, "x.sh"))
    literals = [each.value for each in facts if isinstance(each, Binding) and isinstance(each.value, Literal)]
    assert [literal.text for literal in literals] == [said]
    assert sliced(text, literals[0].span) == written


@given(st.text("SECRET_KEY=export'\"\\ #\n\r\t${}()`:-<>|;&abEOF", max_size=80))
@example("<<A <<B\nA\nB\nSECRET_KEY=x")
@example("SECRET_KEY=$'")
@example('SECRET_KEY="$(')
@example("echo <<E > .env\n")
def test_nothing_fails(text: str) -> None:
    """Whatever stands in a script, it is read to its end, and each word says where its characters are."""
    for command in commands(text, 0, len(text)):
        for word in (*command.words, *(each.body for each in command.heredocs)):
            assert all(text[word.source(at)] == character for at, character in enumerate(word.text)
                       if character not in "\n\t\a\b\x1b\f\r")  # fmt: skip
    assert not any(isinstance(each, Part) for each in reading.read(SourceFile("x.sh", text.encode(), "x.sh")))


@pytest.mark.parametrize(
    "text",
    ["printf %s " + "a " * 10_000 + "> .env\n", "$(" * 10_000, "${" * 10_000, "(" * 10_000, "'\"" * 10_000, "`" * 9_999, "a-" * 200_000, "<<E\n" * 10_000,
     "X=" + "y" * 1_000_000, "if x\n" * 10_000, "\\\n" * 50_000],
    ids=lambda text: text[:4].strip(),
)  # fmt: skip
def test_what_is_made_to_cost_much(text: str) -> None:
    """What is nested deeply or never closed does not keep the key behind it from being found."""
    closing = "'" if text.count("'") % 2 else ""
    found_values = values("x.sh", f"{text}{closing}\n\nSECRET_KEY=q1w2e3\n")
    assert found_values in (["q1w2e3"], [])
    assert values("x.sh", f"SECRET_KEY=q1w2e3\n{text}") == ["q1w2e3"]
