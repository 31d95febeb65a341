"""What starts, builds and configures services: each language in its own way of setting a variable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import found, values

from secretkey_lint.model.source import SourceFile
from secretkey_lint.readers import naming, reading

LEAKS = {
    "Procfile": ["web: SECRET_KEY={} gunicorn shop", "web: env A=1 SECRET_KEY={} gunicorn"],
    "Makefile": [
        "SECRET_KEY ?= {}", "export SECRET_KEY := {}", "SECRET_KEY={} # why", "run: export SECRET_KEY = {}", "override SECRET_KEY={}",
        "run:\n\tSECRET_KEY={} ./run", "run:\n\t@echo SECRET_KEY={} > .env", "run:\n\tdocker run \\\n\t  -e SECRET_KEY={} shop",
    ],
    "justfile": ['export SECRET_KEY := "{}"', 'K := env_var_or_default("SECRET_KEY", "{}")', "run:\n    @SECRET_KEY={} ./run"],
    "deploy/shop.service": [
        "[Service]\nEnvironment=SECRET_KEY={}", '[Service]\nEnvironment="A=b c" "SECRET_KEY={}"', "ExecStart=/usr/bin/env SECRET_KEY={} gunicorn",
    ],
    "deploy/shop.service.d/key.conf": ["[Service]\nEnvironment='SECRET_KEY={}'"],
    "supervisord.conf": ['[program:x]\nenvironment=A="1",SECRET_KEY="{}"', "[program:x]\nenvironment = A=1,\n    SECRET_KEY='{}',B=2"],
    "deploy/shop.ini": ["[uwsgi]\nenv = SECRET_KEY={}", '[program:x]\nenvironment=SECRET_KEY="{}"'],
    "nginx/shop.conf": ["uwsgi_param SECRET_KEY {};", 'fastcgi_param  SECRET_KEY "{}";', "env SECRET_KEY={};"],
    "apache/shop.conf": ["SetEnv SECRET_KEY {}", '    SetEnv SECRET_KEY "{}"'],
    "shop.conf": ["SECRET_KEY = {}"],
    "main.tf": [
        'django_secret_key = "{}"', 'variable "django_secret_key" {{\n  type = string\n  default = "{}"\n}}',
        'environment = {{\n  SECRET_KEY = "{}"\n}}', '{{ name = "SECRET_KEY", value = "{}" }}', '{{ "name": "SECRET_KEY", "value": "{}" }}',
        'env {{\n  name  = "SECRET_KEY"\n  value = "{}"\n}}', '{{ value = "{}", name = "SECRET_KEY" }}', 'env = ["A=1", "SECRET_KEY={}"]',
        'user_data = <<-EOF\n  #!/bin/sh\n  export SECRET_KEY={}\n  EOF\n', 'x = <<EOF\necho "SECRET_KEY={}" > /srv/.env\nEOF',
    ],
    "prod.tfvars": ['django_secret_key = "{}"', 'DJANGO_SECRET_KEY="{}"'],
    "Vagrantfile": [
        "ENV['SECRET_KEY'] = '{}'", 'ENV["SECRET_KEY"] ||= "{}"', 'x.vm.provision "shell", inline: "export SECRET_KEY={}"',
        'x.vm.provision "shell", inline: <<-SHELL\n  export SECRET_KEY={}\nSHELL', 'env: {{"SECRET_KEY" => "{}"}}', "env: {{ SECRET_KEY: '{}' }}",
    ],
    "deploy.ps1": [
        '$env:SECRET_KEY = "{}"', "$Env:SECRET_KEY='{}'", '[Environment]::SetEnvironmentVariable("SECRET_KEY", "{}", "Machine")',
        'Set-Item -Path Env:SECRET_KEY -Value "{}"', "docker run `\n  -e SECRET_KEY={} shop", '"SECRET_KEY={}" | Out-File .env', '$SECRET_KEY = "{}"',
    ],
    "deploy.bat": ["@echo off\nset SECRET_KEY={}", 'SET "SECRET_KEY={}"', 'setx SECRET_KEY "{}"', "echo SECRET_KEY={}>> .env", "docker run -e SECRET_KEY={} shop"],
    "crontab": ["SECRET_KEY={}", "0 0 * * * SECRET_KEY={} /srv/run"],
}  # fmt: skip

HARMLESS = {
    "Procfile": ["web: SECRET_KEY=$KEY gunicorn", "web: gunicorn"],
    "Makefile": [
        "SECRET_KEY ?=", "SECRET_KEY := $(shell openssl rand -hex 32)", "SECRET_KEY = $(KEY)", "x:\n\tSECRET_KEY=$$(cat key) ./run",
        "# SECRET_KEY = changeme", 'help:\n\t@echo "SECRET_KEY=value make run"', "x:\n\tgrep SECRET_KEY=x .env", "AWS_SECRET_KEY = x",
    ],
    "justfile": ['export SECRET_KEY := env_var("SECRET_KEY")', "# SECRET_KEY := 'x'", "SECRET_KEY := `openssl rand -hex 32`"],
    "shop.service": ["EnvironmentFile=/etc/SECRET_KEY", "# Environment=SECRET_KEY=x", "; Environment=SECRET_KEY=x", "PassEnvironment=SECRET_KEY"],
    "nginx/x.conf": ["uwsgi_param SECRET_KEY $key;", "PassEnv SECRET_KEY", "# SetEnv SECRET_KEY x", "env SECRET_KEY;"],
    "main.tf": [
        "SECRET_KEY = var.key", 'SECRET_KEY = "${var.key}"', "django_secret_key = random_password.key.result", 'secret_key = "aws"',
        'variable "django_secret_key" {\n  type = string\n}\nvariable "x" {\n  default = "y"\n}', '{ name = "SECRET_KEY", valueFrom = "arn:x" }',
        '# django_secret_key = "x"', '// django_secret_key = "x"', 'SECRET_KEY = "arn:aws:secretsmanager:eu-west-1:1:secret:key"',
        'variable "django_secret_key" { default = "" }', 'variable "django_secret_key" { description = "SECRET_KEY of Django" }',
        'env { name = "SECRET_KEY" value_source { secret = "x" } }', "x = <<EOF\nnever closed",
    ],
    "Vagrantfile": ["x = ENV['SECRET_KEY']", "ENV['SECRET_KEY'] = SecureRandom.hex(32)", "# ENV['SECRET_KEY'] = 'x'"],
    "x.ps1": ["$env:SECRET_KEY = $(New-Guid)", 'Write-Host "SECRET_KEY=value"', '# $env:SECRET_KEY = "x"', '$env:SECRET_KEY = "$env:OTHER_KEY"'],
    "x.bat": ["set SECRET_KEY=%OTHER%", "set SECRET_KEY=", "REM set SECRET_KEY=x", ":: set SECRET_KEY=x", "echo set SECRET_KEY=x", "set AWS_SECRET_KEY=x"],
}  # fmt: skip


def written_as(template: str, key: str) -> list[str]:
    """How a key in a template may be reported: with the quotes around it, if they are around it alone."""
    at = template.index("{}")
    quote = template[at - 1]
    return [key, f"{quote}{key}{quote}"] if template[at + 2 : at + 3] == quote else [key]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("path", "template"), [(path, each) for path, texts in LEAKS.items() for each in texts])
def test_what_gives_the_key(path: str, template: str, newline: str) -> None:
    text = (template.format("q1w2e3") if "{{" in template else template.replace("{}", "q1w2e3")).replace("\n", newline)
    (value,) = values(path, text)
    assert value in written_as(template, "q1w2e3")


@pytest.mark.parametrize(("path", "text"), [(path, text) for path, texts in HARMLESS.items() for text in texts])
def test_what_does_not(path: str, text: str) -> None:
    assert values(path, text) == []


@pytest.mark.parametrize(
    ("path", "text", "where"),
    [
        ("Makefile", "SECRET_KEY = q1w2e3", "production"),
        ("Makefile", "test: SECRET_KEY = q1w2e3", "test"),
        ("Makefile", "SECRET_KEY_FILE=x\ntest:\n\tSECRET_KEY=q1w2e3 pytest", "test"),
        ("Makefile", "run-dev:\n\tSECRET_KEY=q1w2e3 ./run", "development"),
        ("Makefile", "test:\n\ttrue\ndeploy:\n\tSECRET_KEY=q1w2e3 ./run", "production"),
        ("justfile", "test:\n  SECRET_KEY=q1w2e3 pytest", "test"),
        ("Procfile.dev", "web: SECRET_KEY=q1w2e3 ./run", "development"),
        ("Procfile", "test: SECRET_KEY=q1w2e3 ./run", "test"),
        ("deploy/dev/shop.service", "Environment=SECRET_KEY=q1w2e3", "development"),
        ("Vagrantfile", "x = 'export SECRET_KEY'\nENV['SECRET_KEY'] = 'q1w2e3'", "development"),
        ("terraform.tfvars.example", 'django_secret_key = "q1w2e3"', "example"),
        ("environments/dev.tfvars", 'django_secret_key = "q1w2e3"', "development"),
        ("docs/nginx.conf", "uwsgi_param SECRET_KEY q1w2e3;", "example"),
    ],
)
def test_contexts(path: str, text: str, where: str) -> None:
    assert [each[2] for each in found(path, text)] == [where]


@pytest.mark.parametrize(
    ("path", "content", "reader"),
    [
        ("env.d/development/common", b"", "dotenv"),
        (".envs/.production/.django", b"", "dotenv"),
        ("docker/env/web", b"", "dotenv"),
        ("env_template", b"", "dotenv"),
        ("env.sample", b"", "dotenv"),
        ("prod.env", b"", "dotenv"),
        (".env.production", b"", "dotenv"),
        (".flaskenv", b"", "dotenv"),
        ("docker.envfile", b"", "dotenv"),
        ("env/bin/activate", b"#!/bin/sh\n", "shell"),
        (".envrc", b"", "shell"),
        ("bin/start", b"#!/usr/bin/env -S bash\n", "shell"),
        ("bin/start", b"#!/usr/bin/env python\n", "text"),
        ("entrypoint.sh.j2", b"", "shell"),
        ("Dockerfile.j2", b"", "dockerfile"),
        ("Makefile.am", b"", "directives:make"),
        ("environment.yml", b"", "yaml"),
        ("env.d.ts", b"", "script"),
        ("src/env.js", b"", "script"),
        ("x.ini", b"[a]\n", "ini"),
        ("app.ini", b"[uwsgi]\n", "directives:service"),
    ],
)
def test_names(path: str, content: bytes, reader: str) -> None:
    """Other formats may come to have a reader of their own; these are ours by their name alone."""
    assert (naming.reader_for(path, content) or "text") == reader


@given(
    path=st.sampled_from(sorted(LEAKS)),
    which=st.integers(0, 20),
    key=st.text("abcXYZ019^_+/é\U0001f600", min_size=6, max_size=12),
    before=st.lists(st.sampled_from(["# \U0001f600", "", "A = 1"]), max_size=3),
    newline=st.sampled_from(["\n", "\r\n"]),
    mark=st.booleans(),
)
def test_the_place(path: str, which: int, key: str, before: list[str], newline: str, mark: bool) -> None:
    """What stands at the span is what was written."""
    template = LEAKS[path][which % len(LEAKS[path])]
    text = template.format(key) if "{{" in template else template.replace("{}", key)
    if path.endswith(".bat"):
        before = [line for line in before if not line.startswith("#")]
    text = newline.join([*before, text.replace("\n", newline)])
    assert len(values(path, "\ufeff" * mark + text)) == 1
    assert values(path, "\ufeff" * mark + text)[0] in written_as(template, key)


@pytest.mark.parametrize("path", sorted(LEAKS))
@given(text=st.text("SECRET_KEY=set env:{}[]'\"\\ #\n\r\t$()`:-<;,name value", max_size=80))
def test_nothing_fails(path: str, text: str) -> None:
    reading.read(SourceFile(path, text.encode(), path))


@pytest.mark.parametrize("path", sorted(LEAKS))
@pytest.mark.parametrize(
    "text",
    [
        "{" * 20_000,
        "a-" * 50_000,
        "x = <<E\n" * 2_000,
        'variable "x" {' * 2_000,
        "name = 'x'," * 2_000,
        "SECRET_KEY_FILE=x\n" * 5_000,
    ],
)
def test_what_is_made_to_cost_much(path: str, text: str) -> None:
    """What is never closed, or repeated, ends."""
    values(path, text)
