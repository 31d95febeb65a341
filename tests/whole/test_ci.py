"""What runs in CI: the GitHub Action, the GitLab component, the recipes of the documentation.

Schemas are those of the services, which check-jsonschema has with it; scripts are run as the services run them.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from secretkey_lint import __version__
from secretkey_lint.cli.options import CHECK

PROJECT = Path(__file__).parents[2]
SCRIPTS = Path(sysconfig.get_path("scripts"))
ACTION = yaml.safe_load((PROJECT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"] if "id" in step}
COMPONENT = (PROJECT / "templates" / "secretkey-lint.yml").read_text(encoding="utf-8")
GUIDE = (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8")
FORMATS = next(option.choices for option in CHECK if option.name == "output-format")
LEAK = 'SECRET_KEY = "8f3k2q9x7v5n1m4b6c0z"\n'

pytestmark = pytest.mark.usefixtures("unmeasured")

writes_for_services = pytest.mark.skipif("sarif" not in FORMATS, reason="there are no reporters for services yet")


def assert_valid(path: Path, schema: str) -> None:
    command = [str(SCRIPTS / "check-jsonschema"), "--builtin-schema", f"vendor.{schema}", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a leak in a file whose name has a blank."""
    folder = tmp_path / "work"
    (folder / "two words").mkdir(parents=True)
    (folder / "two words" / "settings.py").write_text(LEAK)
    (folder / "clean.py").write_text("import os\n\nSECRET_KEY = os.environ['SECRET_KEY']\n")
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "--all"], cwd=folder, check=True)
    return folder


def run_step(name: str, folder: Path, **variables: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run a step of the action as the runner does; return what it printed, and its outputs."""
    outputs = folder.parent / "outputs"
    outputs.write_text("")
    (folder.parent / "summary").write_text("")
    script = folder.parent / "step.sh"
    script.write_text(STEPS[name]["run"])
    assert set(variables) == set(STEPS[name]["env"])
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        cwd=folder,
        env={
            **os.environ,
            **variables,
            "GITHUB_ACTION_PATH": str(PROJECT),
            "GITHUB_OUTPUT": str(outputs),
            "GITHUB_STEP_SUMMARY": str(folder.parent / "summary"),
            "GITHUB_WORKSPACE": str(folder),
            "RUNNER_TEMP": str(folder.parent),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return done, dict(line.split("=", 1) for line in outputs.read_text().splitlines())


def test_the_action_is_one() -> None:
    """GitHub refuses what its schema does, when somebody uses it."""
    assert_valid(PROJECT / "action.yml", "github-actions")


def test_the_action_is_pinned_and_takes_no_text_into_scripts() -> None:
    """Other actions stand by commit; an input in a script would be run as a part of it."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        if "uses" in step:
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", step["uses"])


def test_the_action_installs_what_it_lies_in(repository: Path) -> None:
    """Without a version it is that of the action; modules of the checked repository are not run."""
    for name in ("venv", "pip", "json", "secretkey_lint"):
        (repository / f"{name}.py").write_text("raise SystemExit('a module of the checked repository was run')\n")
    done, outputs = run_step("install", repository, PYTHON=sys.executable, VERSION="")
    assert done.returncode == 0, done.stdout + done.stderr
    said = subprocess.run([outputs["program"], "--version"], capture_output=True, text=True, cwd=repository, check=True)
    assert said.stdout.strip() == f"secretkey-lint {__version__}"


@pytest.mark.parametrize("version", ["main", "0.1.0; true", "--help", "0.1.0\n--help", "$(true)"])
def test_the_action_takes_versions_only(repository: Path, version: str) -> None:
    """What is no version is refused before anything is installed."""
    done, outputs = run_step("install", repository, PYTHON="false", VERSION=version)
    assert done.returncode == 2
    assert "::error" in done.stdout
    assert outputs == {}


@writes_for_services
@pytest.mark.parametrize(
    ("paths", "args", "status"),
    [
        (".", "", 1),
        ("clean.py\n", "", 0),
        ("two words", "", 1),
        ("clean.py\ntwo words/settings.py\n", "", 1),
        (".", "--select SKL002   --min-severity\tnote\n", 0),
        (".", "--no-such-option", 2),
        ("missing.py", "", 2),
        ("--help", "", 2),
        ("$(touch run)", "`touch run` $(touch run) ; touch run", 2),
    ],
)
def test_the_action_checks(repository: Path, paths: str, args: str, status: int) -> None:
    """Annotations, a summary, a SARIF file and the status of the command; inputs are data."""
    done, outputs = run_step("check", repository, PROGRAM=str(SCRIPTS / "secretkey-lint"), PATHS=paths, ARGS=args)
    assert done.returncode == status, done.stdout + done.stderr
    assert not (repository / "run").exists()
    assert ("::error file=two words/settings.py,line=1" in done.stdout) is (status == 1)
    if status < 2:
        found = json.loads(Path(outputs["sarif"]).read_text())["runs"][0]["results"]
        assert bool(found) is (status == 1)
        assert ("SKL001" in (repository.parent / "summary").read_text()) is (status == 1)


def component(**inputs: str) -> dict[str, Any]:
    """The job of the component as GitLab makes it of inputs and defaults."""
    header, job = COMPONENT.split("\n---\n")
    values = {name: said["default"] for name, said in yaml.safe_load(header)["spec"]["inputs"].items()} | inputs
    made: dict[str, Any] = yaml.safe_load(re.sub(r"\$\[\[ inputs\.(\w+) \]\]", lambda match: values[match[1]], job))
    return made


def test_the_component_is_one(tmp_path: Path) -> None:
    """With its defaults it is a configuration that GitLab takes."""
    path = tmp_path / "job.yml"
    path.write_text(json.dumps(component()))
    assert_valid(path, "gitlab-ci")
    (job,) = component().values()
    assert job["stage"] == "test"


@writes_for_services
def test_the_component_checks(repository: Path) -> None:
    """Its last line finds the leak, and writes the report that the job keeps."""
    (job,) = component(paths="clean.py 'two words'").values()
    program = shutil.which("secretkey-lint", path=SCRIPTS)
    line = job["script"][-1].replace("/tmp/secretkey-lint/bin/secretkey-lint", program)
    done = subprocess.run(["sh", "-eu", "-c", line], cwd=repository, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    reports = {name: json.loads((repository / path).read_text()) for name, path in job["artifacts"]["reports"].items()}
    (found,) = reports["codequality"]
    assert found["location"]["path"] == "two words/settings.py"
    (found,) = reports["secret_detection"]["vulnerabilities"]
    assert found["location"]["file"] == "two words/settings.py"


RECIPES = re.findall(r'^```yaml title="([^"]+)"\n(.*?)^```$', GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("title", "text"), RECIPES)
def test_recipes_are_right(title: str, text: str, tmp_path: Path) -> None:
    """What is copied from the guide is what the service takes, and pins this version."""
    path = tmp_path / Path(title).name
    path.write_text(text)
    if title.startswith(".github/"):
        assert_valid(path, "github-workflows")
        used = [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
        (ours,) = [step for step in used if step["uses"].startswith("secretkey-lint/")]
        assert set(ours.get("with", {})) <= set(ACTION["inputs"])
    elif title == ".gitlab-ci.yml":
        assert_valid(path, "gitlab-ci")
    else:
        done = subprocess.run([SCRIPTS / "pre-commit", "validate-config", path], capture_output=True, check=False)
        assert done.returncode == 0, done.stdout
    assert __version__ in text


def test_what_is_pinned_is_this_version() -> None:
    """Nothing that people copy lags behind a release."""
    for text in (COMPONENT, GUIDE, (PROJECT / "README.md").read_text(), (PROJECT / "docs/first-steps.md").read_text()):
        assert set(re.findall(r"secretkey-lint(?:\.git)?[@#]v?(\d[\w.]*)", text)) == {__version__}
    assert set(re.findall(r"^\| `([\w-]+)` \|", GUIDE, re.MULTILINE)) == {
        *ACTION["inputs"],
        *yaml.safe_load(COMPONENT.split("\n---\n")[0])["spec"]["inputs"],
    }


def test_the_container_needs_no_rights() -> None:
    """It runs as a user by number, and holds what the build needs and no more of the repository."""
    text = (PROJECT / "Containerfile").read_text(encoding="utf-8")
    final = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d+$", final, re.MULTILINE)
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()}
    kept = set(re.findall(r"^!(\S+)$", (PROJECT / ".containerignore").read_text(), re.MULTILINE))
    assert copied == kept
    assert all((PROJECT / name).exists() for name in copied)


def instructions(stage: str, name: str) -> list[str]:
    """What an instruction is given in a stage of the container file, lines that go on as one."""
    text = stage.replace("\\\n", "")
    return re.findall(rf"^{name} (.+)$", text, re.MULTILINE)


def test_the_container_is_built_and_checks(repository: Path, tmp_path: Path) -> None:
    """Without a builder: what its stages run, below another root, with nothing but what they copy.

    The project is mounted from somebody else, whose repository git reads only for what the image has set.
    """
    _, build, final = (PROJECT / "Containerfile").read_text(encoding="utf-8").split("\nFROM ", 2)[-3:]
    root = tmp_path / "root"

    def below(command: str) -> str:
        return re.sub(r"(?<![\w/])/(source|opt)/", rf"{root}/\1/", f"{command} ").replace(
            " /source ", f" {root}/source "
        )

    for copied in instructions(build, "COPY"):
        *names, target = copied.split()
        for name in names:
            place = Path(below(target).strip())
            if (PROJECT / name).is_dir():
                shutil.copytree(PROJECT / name, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy(PROJECT / name, place)
    environment = {
        **os.environ,
        "PATH": f"{SCRIPTS}:{os.environ['PATH']}",
        "GIT_CONFIG_SYSTEM": str(tmp_path / "gitconfig"),
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    environment.pop("GIT_CONFIG_NOSYSTEM", None)
    (command,) = instructions(build, "RUN")
    built = subprocess.run(
        ["sh", "-eu", "-c", below(command)], env=environment, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (command,) = instructions(final, "RUN")
    (configures,) = [part for part in command.split("&&") if " git config " in part]  # the others are of Alpine alone
    subprocess.run(["sh", "-eu", "-c", configures], env=environment, check=True)

    if os.geteuid() == 0:
        for path in (repository, *repository.rglob("*")):
            os.chown(path, 10001, 10001)
    (entry,), (default,) = (instructions(final, name) for name in ("ENTRYPOINT", "CMD"))
    command = [below(word).strip() for word in json.loads(entry)] + json.loads(default)
    done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "two words/settings.py:1:14: error: SKL001" in done.stdout
    assert "2 files looked at" in done.stdout
    assert not list((root / "opt").rglob("site-packages/pip"))
