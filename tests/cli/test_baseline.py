"""Living with a baseline, from end to end: the installed command in real git repositories."""

import contextlib
import io
import json
import os
import subprocess
from hashlib import sha1
from pathlib import Path

import pytest

from secretkey_lint import api, baselines, cli
from secretkey_lint.baseline import read
from secretkey_lint.config import BASELINE, Configurations
from secretkey_lint.trees.worktree import named_source
from tests.cli.test_check import command

KEYS = [f"8f3k2q9x7v5n1m4b6c0z{letter * 20}w7" for letter in "abcdefgh"]


def leak(key: str, name: str = "SECRET_KEY") -> str:
    return f'{name} = "{key}"\n'


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def commit(folder: Path) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "Change")


def installed(folder: Path, *arguments: str, status: int = 0) -> str:
    """Run the installed command, which is to end with a status, and return what it says."""
    done = command(folder, *arguments)
    return checked((done.stdout + done.stderr).decode(), done.returncode, status)


def run(folder: Path, *arguments: str, status: int = 0) -> str:
    """Do the same in this process, which takes less time."""
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(said):
        left = cli.main([*arguments])
    return checked(said.getvalue(), left, status)


def checked(said: str, left: int, status: int) -> str:
    assert left == status, said
    assert not [key for key in KEYS if key[:8] in said]
    return said


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An old repository with a finding of each kind: values, a place that shows the key, and a broken file."""
    git(tmp_path, "init", "--quiet", "-b", "main")
    for folder in ("shop", "blog", "ops"):
        (tmp_path / folder).mkdir()
    (tmp_path / "shop" / "settings.py").write_text("DEBUG = False\n" + leak(KEYS[0]))
    (tmp_path / "blog" / "settings.py").write_text(
        f"import os\nSECRET_KEY = os.environ.get('K', '{KEYS[1]}')\nprint(SECRET_KEY)\n"
    )
    (tmp_path / "ops" / ".env").write_text(f"SECRET_KEY={KEYS[2]}\n")
    (tmp_path / "ops" / "old.py").write_text("SECRET_KEY = (\n")
    commit(tmp_path)
    return tmp_path


def adopted(folder: Path) -> Path:
    run(folder, "baseline", "create")
    commit(folder)
    return folder / BASELINE


def entries(folder: Path) -> list[str]:
    return [line for line in (folder / BASELINE).read_text().splitlines() if line.startswith("SKL")]


def test_adopting(old: Path) -> None:
    """What is there is accepted, in a file of one line each; `create` does not overwrite."""
    count = len(installed(old, "check", "--output-format", "concise", status=1).splitlines())
    said = installed(old, "baseline", "create")
    assert said.startswith(f"{BASELINE}: {count} entries\n")
    assert f".gitattributes: {BASELINE} merge=union" in said
    assert len(entries(old)) == count >= 4
    assert b"\r" not in (old / BASELINE).read_bytes()
    assert installed(old, "check") == f"Nothing to report: 4 files looked at, 4 analysed, {count} in the baseline.\n"
    assert "baseline update" in installed(old, "baseline", "create", status=2)
    assert installed(old, "baseline", "update") == f"{BASELINE}: {count} entries, unchanged\n"
    assert installed(old, "baseline", "prune") == f"{BASELINE}: {count} entries, unchanged\n"


def test_the_hint_is_given_until_it_is_followed(old: Path) -> None:
    """git itself is asked what it does with the file."""
    (old / ".gitattributes").write_text(f"{BASELINE} merge=union\n")
    assert "merge=union" not in run(old, "baseline", "create")


def test_check_only_reads_it(old: Path) -> None:
    """Whatever it finds: neither the bytes nor the time of the file change, and nothing comes beside it."""
    file = adopted(old)
    (old / "shop" / "settings.py").write_text(leak(KEYS[5]))
    before, names = (file.read_bytes(), file.stat().st_mtime_ns), sorted(os.listdir(old))
    run(old, "check", status=1)
    run(old, "check", "shop/settings.py", status=1)
    run(old, "baseline", "audit")
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert sorted(os.listdir(old)) == names


def test_moved_lines(old: Path) -> None:
    """Nothing is reported, and an update changes no byte."""
    file = adopted(old)
    before = file.read_bytes()
    for path in ("shop/settings.py", "blog/settings.py", "ops/.env"):
        (old / path).write_text("# new\n\n" + (old / path).read_text())
    assert run(old, "check").startswith("Nothing to report")
    run(old, "baseline", "update")
    run(old, "baseline", "prune")
    assert file.read_bytes() == before


def test_a_renamed_file(old: Path) -> None:
    """Nothing is reported, in the hook neither; an update moves the entry with its reason."""
    file = adopted(old)
    file.write_text(
        "".join(
            f"{line}  # rotated in May\n" if "shop/settings.py" in line else f"{line}\n"
            for line in file.read_text().splitlines()
        )
    )
    git(old, "mv", "shop", "store shop")
    assert installed(old, "check").startswith("Nothing to report")
    assert installed(old, "check", "store shop/settings.py").startswith("Nothing to report")
    assert ", 1 moved\n" in installed(old, "baseline", "update")
    (line,) = [each for each in entries(old) if "shop/settings.py" in each]
    assert line.startswith("SKL001 SECRET_KEY store%20shop/settings.py ")
    assert line.endswith(" # rotated in May")
    assert installed(old, "check").count("stale") == 0


def test_a_changed_key(old: Path) -> None:
    """It is reported, the old entry is said to be stale, and pruned."""
    adopted(old)
    count = len(entries(old))
    (old / "shop" / "settings.py").write_text(leak(KEYS[5]))
    said = run(old, "check", status=1)
    assert "shop/settings.py:1:14: error: SKL001" in said
    assert said.endswith(
        f"{count - 1} in the baseline.\n"
        "1 can be mended with --fix --unsafe-fixes; --diff in the place of --fix shows how.\n"
        "1 entry of the baseline is stale; `secretkey-lint baseline audit` lists what is, `prune` drops it.\n"
    )
    said = run(old, "baseline", "update")
    assert said.splitlines() == [
        f"{BASELINE}: {count + 1} entries, 1 added",
        "1 entry stale: `secretkey-lint baseline prune` drops what is found no more.",
    ]
    assert run(old, "baseline", "prune") == f"{BASELINE}: {count} entries, 1 dropped\n"
    assert "stale" not in run(old, "check")


def test_a_copied_key(old: Path) -> None:
    """The same key in a second file is another finding."""
    adopted(old)
    (old / "shop" / "other_settings.py").write_text(leak(KEYS[0]))
    git(old, "add", ".")
    assert "shop/other_settings.py:1:14: error: SKL001" in run(old, "check", status=1)
    assert "shop/settings.py" not in run(old, "check", "--output-format", "concise", status=1)


def test_two_branches(old: Path) -> None:
    """Each adds a finding and an entry; with git's union nobody has to resolve anything."""
    adopted(old)
    (old / ".gitattributes").write_text(f"{BASELINE} merge=union\n")
    commit(old)
    for branch, key in (("one", KEYS[3]), ("two", KEYS[4])):
        git(old, "checkout", "--quiet", "-b", branch, "main")
        (old / "shop" / f"settings_{branch}.py").write_text(leak(key))
        git(old, "add", ".")
        installed(old, "check", status=1)
        installed(old, "baseline", "update")
        commit(old)
    git(old, "merge", "--quiet", "one", "-m", "Merge")
    assert installed(old, "check").startswith("Nothing to report")
    assert "stale" not in installed(old, "check")
    merged = sorted(entries(old))
    installed(old, "baseline", "update")
    assert sorted(entries(old)) == merged


def test_stale_is_said_only_by_who_can_tell(old: Path) -> None:
    """A hook sees a file, `--select` a rule, `--exclude` leaves files out: what was not looked for is not gone."""
    adopted(old)
    (old / "shop" / "settings.py").write_text("DEBUG = True\n")
    for arguments in (["shop/settings.py"], ["shop"], ["--select", "SKL003"], ["--exclude", "shop/"], ["--quiet"]):
        assert "stale" not in run(old, "check", *arguments)
    assert "1 entry of the baseline is stale" in run(old, "check")
    assert json.loads(run(old, "check", "--output-format", "json"))["summary"]["stale"] == 1
    (old / "shop" / "settings.py").write_text("SECRET_KEY = (\n")
    assert "stale" not in run(old, "check")


def test_stale_is_said_where_nothing_is_left(tmp_path: Path) -> None:
    """Without a candidate, too."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "settings.py").write_text(leak(KEYS[0]))
    git(tmp_path, "add", ".")
    run(tmp_path, "baseline", "create")
    (tmp_path / "settings.py").write_text("x = 1\n")
    assert "1 entry of the baseline is stale" in run(tmp_path, "check")
    git(tmp_path, "rm", "--quiet", "--force", "settings.py")
    git(tmp_path, "add", ".")
    assert "1 entry of the baseline is stale" in run(tmp_path, "check")
    run(tmp_path, "baseline", "prune")
    assert entries(tmp_path) == []


def test_the_hook_with_one_file(old: Path) -> None:
    """The baseline of the root counts, from wherever the command is run."""
    adopted(old)
    assert "1 in the baseline" in run(old, "check", "shop/settings.py")
    assert "1 in the baseline" in run(old / "shop", "check", "settings.py")
    assert "1 in the baseline" in run(old / "blog", "check", str(old / "shop" / "settings.py"))


def test_suppressed_and_accepted(old: Path) -> None:
    """What a comment suppresses is not counted twice, and its entry is of no use."""
    adopted(old)
    (old / "shop" / "settings.py").write_text(
        leak(KEYS[0]).rstrip("\n") + "  # secretkey-lint: ignore[SKL001] a demo\n"
    )
    said = run(old, "check")
    assert f"1 suppressed, {len(entries(old)) - 1} in the baseline" in said
    assert "1 entry of the baseline is stale" in said


def test_another_file_and_none(old: Path) -> None:
    """`--baseline` names another, `--no-baseline` none; a mistake in either ends with 2."""
    run(old, "baseline", "create", "--file", "ops/accepted.txt")
    assert not (old / BASELINE).exists()
    run(old, "check", status=1)
    assert "in the baseline" in run(old, "check", "--baseline", "ops/accepted.txt")
    run(old, "check", "--no-baseline", status=1)
    for wrong in (["--baseline", ""], ["--baseline", "x", "--no-baseline"], ["--baseline", "missing"]):
        run(old, "check", *wrong, status=2)
    assert "cannot be written" in run(old, "baseline", "create", "--file", "missing/file", status=2)
    assert "create" in run(old, "baseline", "update", status=2)
    run(old, "baseline", "create", "--file", "", status=2)


@pytest.mark.parametrize("wrong", ["<<<<<<< HEAD\n", "salt 00\nnonsense\n", "\xff\xfe", None])
def test_a_broken_baseline_fails(old: Path, wrong: str | None) -> None:
    """It accepts nothing, and no run is clean with it."""
    file = old / BASELINE
    if wrong is None:
        file.mkdir()
    else:
        file.write_bytes(wrong.encode("latin-1"))
    for arguments in (["check"], ["check", "shop/settings.py"], ["baseline", "update"], ["baseline", "audit"]):
        assert BASELINE in run(old, *arguments, status=2)


def test_what_was_edited_by_hand(old: Path) -> None:
    """Lines in any order, twice, with CRLF or a reason of any form; an update puts them right and keeps reasons."""
    file = adopted(old)
    before = file.read_text().splitlines()
    reversed_lines = [*before[:3], *(f"{line}   #why not" for line in reversed(before[3:])), *before[3:]]
    file.write_bytes("\r\n".join(reversed_lines).encode())
    assert run(old, "check").startswith("Nothing to report")
    git(old, "mv", "ops/.env", "ops/.env.old")
    run(old, "baseline", "update")
    assert b"\r" not in file.read_bytes()
    assert [line.endswith(" # why not") for line in entries(old)] == [True] * len(before[3:])


def test_audit(old: Path) -> None:
    """Each entry with its place, rule, severity, context and reason."""
    file = adopted(old)
    text = file.read_text()
    (line,) = [each for each in entries(old) if "shop/settings.py" in each]
    file.write_text(text.replace(line, f"{line} # the demo, {KEYS[0]}"))
    (old / "ops" / ".env").write_text("A=b\n")
    said = run(old, "baseline", "audit")
    assert "shop/settings.py:2: error (production): SKL001 hardcoded-secret-key: SECRET_KEY: the demo, •" in said
    assert "blog/settings.py:3: " in said
    assert "no reason given" in said
    assert "ops/.env: stale: SKL005 key-in-committed-file: SECRET_KEY: no reason given" in said
    document = json.loads(run(old, "baseline", "audit", "--output-format", "json"))
    assert document["version"] == 1
    assert [each["state"] for each in document["entries"]].count("stale") == 1
    (shop,) = [each for each in document["entries"] if each["path"] == "shop/settings.py"]
    assert list(shop) == [
        "code", "name", "subject", "path", "state", "severity", "context", "places", "reason",
    ]  # fmt: skip
    assert shop["places"] == [{"path": "shop/settings.py", "line": 2}]


def test_every_project_has_its_own(old: Path) -> None:
    """In a monorepo what a project configures is its own; the others have that of the root."""
    (old / "shop" / "pyproject.toml").write_text('[tool.secretkey-lint]\nbaseline = "accepted.txt"\n')
    commit(old)
    assert "shop/accepted.txt is missing; `secretkey-lint baseline create`" in run(old, "check", status=2)
    said = run(old, "baseline", "create")
    assert "For a part of what is reported other baselines count: shop/accepted.txt." in said
    assert run(old / "shop", "baseline", "create").startswith("accepted.txt: 1 entry\n")
    assert [each for each in entries(old) if "shop" in each] == []
    assert "SECRET_KEY settings.py" in (old / "shop" / "accepted.txt").read_text()
    assert run(old, "check").startswith("Nothing to report")
    assert run(old / "shop", "check").startswith("Nothing to report")
    (old / "shop" / "settings.py").write_text("DEBUG = True\n")
    assert "1 entry of the baseline is stale" in run(old, "check")
    assert "1 entry of the baseline is stale" in run(old / "shop", "check")
    assert "stale" not in run(old / "blog", "check")


def test_severity_decides_what_goes_in(old: Path) -> None:
    """What `check` would report with the same option."""
    (old / "tests").mkdir()
    (old / "tests" / "settings.py").write_text(leak(KEYS[6]))
    commit(old)
    run(old, "baseline", "create", "--file", "few")
    run(old, "baseline", "create", "--file", "many", "--min-severity", "note")
    assert "tests/settings.py" not in (old / "few").read_text()
    assert "tests/settings.py" in (old / "many").read_text()
    before = (old / "many").read_text()
    git(old, "mv", "tests/settings.py", "tests/base_settings.py")
    run(old, "baseline", "update", "--file", "many")
    assert (old / "many").read_text() == before.replace("tests/settings.py", "tests/base_settings.py")


def imported(old: Path, results: dict[str, object]) -> str:
    (old / ".secrets.baseline").write_text(json.dumps({"version": "1.5.0", "results": results}))
    return run(old, "baseline", "create", "--import", ".secrets.baseline")


def secret(key: str, **more: object) -> dict[str, object]:
    return {"type": "Secret Keyword", "hashed_secret": sha1(key.encode()).hexdigest(), "line_number": 9, **more}


def test_importing_from_detect_secrets(old: Path) -> None:
    """What was accepted there is accepted here, for its file and its value, and nothing else is."""
    said = imported(
        old,
        {
            "shop/settings.py": [secret("other"), secret(KEYS[0], is_secret=False), secret(KEYS[0])],
            "blog\\settings.py": [secret(KEYS[1], is_secret=True)],
            "ops/.env": [secret(KEYS[0])],
        },
    )
    assert said.startswith(f"{BASELINE}: 2 entries\n")
    assert "of what is reported is not in it: `secretkey-lint baseline update` adds that." in said
    blog, shop = entries(old)
    assert blog.startswith("SKL003 SECRET_KEY blog/settings.py ")
    assert blog.endswith(" # imported from .secrets.baseline")
    assert shop.endswith(" # imported from .secrets.baseline, marked as no secret")
    assert "ops/.env" in run(old, "check", status=1)
    (old / ".secrets.baseline").write_text(json.dumps({"results": {"ops/.env": [secret(KEYS[2])]}}))
    assert f"{BASELINE}: 3 entries, 1 added\n" in run(old, "baseline", "update", "--import", ".secrets.baseline")
    assert entries(old)[0] == blog


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"results": []}', "[" * 100_000, None])
def test_what_is_no_baseline_of_detect_secrets(old: Path, text: str | None) -> None:
    """It is said, and nothing is written."""
    if text is not None:
        (old / "theirs").write_text(text)
    assert "theirs" in run(old, "baseline", "create", "--import", "theirs", status=2)
    assert not (old / BASELINE).exists()


def test_odd_results_accept_nothing(old: Path) -> None:
    """Whatever else stands in them."""
    said = imported(old, {"shop/settings.py": ["x", {}, {"hashed_secret": 1}], "blog": "x"})
    assert said.startswith(f"{BASELINE}: 0 entries\n")


def test_windows_paths(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Separators of Windows are written as `/`; on another drive the path stays whole."""
    from secretkey_lint import baseline

    class Windows:
        sep = "\\"

        class path:  # noqa: N801
            @staticmethod
            def relpath(path: str, folder: str) -> str:
                if path[0] != folder[0]:
                    raise ValueError("path is on another mount")
                return path.removeprefix(folder + "\\")

    monkeypatch.setattr(baseline, "os", Windows)
    assert baseline.relative("C:\\p\\shop\\settings.py", "C:\\p") == "shop/settings.py"
    assert baseline.relative("D:\\shop\\settings.py", "C:\\p") == "D:/shop/settings.py"


def test_a_baseline_that_is_given(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Programs read configuration, and with it a baseline, only if they say so; a report says why."""
    file = adopted(old)
    file.write_text(file.read_text().replace("\n", " # May\n").replace("May\nsalt", "\nsalt"))
    text = "\n".join(line.split(" # ")[0] if "salt" in line else line for line in file.read_text().splitlines())
    file.write_text(text)
    monkeypatch.chdir(old)
    assert api.check_paths(["shop"]).diagnostics
    report = api.check_paths(["shop"], configurations=Configurations())
    assert (report.diagnostics, report.baselined, report.suppressed) == ((), 1, 0)
    (accepted,) = report.suppressed_diagnostics
    assert (accepted.kind, accepted.reason) == ("baseline", "May")
    assert len(accepted.diagnostic.digest) == 32
    configurations = Configurations()
    given = baselines.Baselines(configurations, {str(file): read(BASELINE)})
    source = named_source("shop/settings.py", leak(KEYS[0]).encode())
    assert api.check_files([source], configurations=configurations, baselines=given).baselined == 1
