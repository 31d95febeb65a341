"""Dockerfiles: what stays in the image is production's, and what only builds it is nobody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from written import found, values

from secretkey_lint.model.source import SourceFile
from secretkey_lint.readers import reading

HEAD = "FROM python:3\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ENV SECRET_KEY=q1w2e3", "q1w2e3"),
        ("ENV SECRET_KEY q1w2e3 two", "q1w2e3 two"),
        ("ENV SECRET_KEY 'q1w2e3'", "'q1w2e3'"),
        ("env A=1 SECRET_KEY=\"q1 w2\" B=2", '"q1 w2"'),
        ("ENV A=1 \\\n    # why\n\n    SECRET_KEY=q1w2e3 \\\n    B=2", "q1w2e3"),
        ("ENV A=1 \\  \n    SECRET_KEY=q1w2e3", "q1w2e3"),
        ("ENV SECRET_KEY=${SECRET_KEY:-q1w2e3}", "q1w2e3"),
        ("CMD SECRET_KEY=q1w2e3 gunicorn", "q1w2e3"),
        ('CMD ["sh", "-c", "SECRET_KEY=q1w2e3 gunicorn"]', "q1w2e3"),
        ('ENTRYPOINT ["gunicorn", "--env", "SECRET_KEY=q1w2e3"]', "q1w2e3"),
        ("ONBUILD ENV SECRET_KEY=q1w2e3", "q1w2e3"),
        ("RUN echo SECRET_KEY=q1w2e3 > .env", "q1w2e3"),
        ("RUN true && \\\n  # why\n  echo \"SECRET_KEY = 'q1w2e3'\" >> settings.py", "'q1w2e3'"),
        ("RUN <<EOF\ncd x\necho SECRET_KEY=q1w2e3 > .env\nEOF\nRUN true", "q1w2e3"),
        ("COPY <<EOF /app/.env\nSECRET_KEY=q1w2e3\nEOF", "q1w2e3"),
        ("COPY --chown=x <<-\"E\" /app/settings.py\n\tSECRET_KEY = 'q1w2e3'\n\tE", "'q1w2e3'"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_stays_in_the_image(text: str, written: str, newline: str) -> None:
    text = (HEAD + text).replace("\n", newline)
    assert [(value, where) for _, value, where in found("Dockerfile", text)] == [(written, "production")]


@pytest.mark.parametrize(
    "text",
    [
        "ARG SECRET_KEY=q1w2e3",
        "ENV A=1 SECRET_KEY=q1w2e3\nRUN ./build\nENV SECRET_KEY=\nCMD x",
        'ENV SECRET_KEY q1w2e3\nENV SECRET_KEY ""',
        "RUN SECRET_KEY=q1w2e3 python manage.py collectstatic",
        "RUN export SECRET_KEY=q1w2e3 && \\\n    python manage.py collectstatic",
        "RUN <<EOF\nexport SECRET_KEY=q1w2e3\nEOF",
        'RUN ["sh", "-c", "SECRET_KEY=q1w2e3 ./run"]',
        "FROM x AS b\nENV SECRET_KEY=q1w2e3\nRUN echo SECRET_KEY=q1w2e3 > .env\nFROM y\nCOPY --from=b /x /y",
    ],
)
def test_what_only_builds_it(text: str) -> None:
    assert {where for _, _, where in found("Dockerfile", HEAD + text)} == {"example"}


@pytest.mark.parametrize(
    "text",
    [
        "ENV SECRET_KEY=",
        'ENV SECRET_KEY ""',
        "ENV SECRET_KEY=$SECRET_KEY",
        "ENV SECRET_KEY=${SECRET_KEY}",
        "ARG SECRET_KEY\nENV SECRET_KEY=$SECRET_KEY",
        "RUN --mount=type=secret,id=SECRET_KEY SECRET_KEY=$(cat /run/secrets/key) ./run",
        "# ENV SECRET_KEY=changeme",
        "LABEL SECRET_KEY=x",
        "COPY SECRET_KEY=x .",
        "ENV SECRET_KEY_FILE=/run/x AWS_SECRET_KEY=x",
        'RUN echo "set SECRET_KEY=value"',
    ],
)
def test_what_is_none(text: str) -> None:
    assert values("Dockerfile", HEAD + text) == []


def test_what_is_set_again_stays() -> None:
    """Only a variable that is empty in the end is taken back."""
    assert [where for *_, where in found("Dockerfile", HEAD + "ENV SECRET_KEY=\nENV SECRET_KEY=q1w2e3\n")] == [
        "production"
    ]
    assert [where for *_, where in found("Dockerfile", HEAD + "ENV SECRET_KEY=q1w2e3\nENV A=\n")] == ["production"]


@pytest.mark.parametrize("env", ["$KEY", "${KEY}", '"$KEY"'])
def test_an_argument_that_stays(env: str) -> None:
    """A default of `ARG` that `ENV` takes over is in the image; it is reported where it stands, with the way there."""
    file = SourceFile("Dockerfile", f"ARG KEY=q1w2e3\nFROM x\nENV SECRET_KEY={env}\n".encode(), "Dockerfile")
    assert found("Dockerfile", file.text()) == [("SECRET_KEY", "q1w2e3", "production")]
    (fact,) = reading.read(file)
    assert [step.span.start.line for step in fact.value.via] == [3]  # type: ignore[union-attr]


STAGES = "FROM a AS base\nENV SECRET_KEY=base\nFROM base AS dev\nENV SECRET_KEY=dev\nFROM base AS production\nENV SECRET_KEY=prod\n"


def test_stages() -> None:
    """The last stage counts, those it is built from, and those that are named for production."""
    assert found("Dockerfile", STAGES) == [
        ("SECRET_KEY", "base", "production"),
        ("SECRET_KEY", "dev", "example"),
        ("SECRET_KEY", "prod", "production"),
    ]
    assert [where for _, _, where in found("Dockerfile", STAGES + "FROM dev AS test\nENV SECRET_KEY=test")] == [
        "production", "development", "production", "test",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["Dockerfile", "Containerfile", "deploy/web.Dockerfile", "docker/Dockerfile.prod", "x.containerfile"]
)
def test_names(name: str) -> None:
    assert found(name, "FROM x\nENV SECRET_KEY=q1w2e3") == [("SECRET_KEY", "q1w2e3", "production")]
    assert found("Dockerfile.dev", "FROM x\nENV SECRET_KEY=q1w2e3") == [("SECRET_KEY", "q1w2e3", "development")]


def test_the_escape_directive() -> None:
    """On Windows, where `\\` parts folders, another character continues lines."""
    text = "# syntax=x\n# escape=`\nFROM x\nWORKDIR C:\\\nENV A=C:\\ `\n  SECRET_KEY=q1w2e3\n"
    assert values("Dockerfile", text) == ["q1w2e3"]


@given(
    before=st.lists(st.sampled_from(["RUN a && \\\n  b", "# \U0001f600", "", "ENV A='b c'", "COPY <<E x\né\nE", "USER x"]), max_size=3),
    written=st.text("abcXYZ019%^@(_=+:/é\U0001f600", min_size=1, max_size=9).flatmap(lambda text: st.sampled_from([f'"{text} x"', f"'{text}#'", f"x{text.replace('(', '')}"])),
    form=st.sampled_from(["ENV SECRET_KEY=", "ENV SECRET_KEY ", "ENV A=1 \\\n\tSECRET_KEY=", "CMD SECRET_KEY="]),
    newline=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)  # fmt: skip
def test_the_place(before: list[str], written: str, form: str, newline: str, last: bool) -> None:
    """What stands at the span is what was written."""
    text = "\n".join(["FROM x", *before, form + written]) + "\n" * last
    assert values("Dockerfile", text.replace("\n", newline)) == [written]


@given(st.text("FROMENVRUNCPY SECRET_KEY='\"\\ #\n\r\t${}[]<`=", max_size=80))
def test_nothing_fails(text: str) -> None:
    reading.read(SourceFile("Dockerfile", text.encode(), "Dockerfile"))


@pytest.mark.parametrize(
    "text",
    ["FROM a AS a\n" * 10_000, "ENV A=1 \\\n" * 10_000, "RUN <<E\n" * 5_000, "ENV SECRET_KEY=$SECRET_KEY\n" * 5_000],
)
def test_what_is_made_to_cost_much(text: str) -> None:
    assert values("Dockerfile", f"{text}\n\nENV SECRET_KEY=q1w2e3\n") == ["q1w2e3"]
