"""What is reported of a history: each key once, with the commits that it came and went with."""

from pathlib import Path

import pytest

from tests.cli.test_baseline import run
from tests.history.repository import KEY, MENDED, OTHER, History, leak, places


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "site")


def test_a_key_that_is_gone_is_reported_with_the_commits_that_had_it(history: History) -> None:
    first = history.commit({"shop/settings.py": leak()})
    last = history.commit({"shop/views.py": "x = 1\n"})
    removed = history.commit({"shop/settings.py": MENDED})
    history.commit({"shop/views.py": "x = 2\n"})
    [found] = history.leaks()
    assert (found["first"]["commit"], found["last"]["commit"], found["removed"]["commit"]) == (first, last, removed)
    assert places(found) == [("shop/settings.py", 1)]
    assert found["still_in"] == found["published"] == []
    assert found["places"][0] | {"message": ""} == {
        "path": "shop/settings.py", "line": 1, "column": 14, "code": "SKL001", "name": "hardcoded-secret-key",
        "severity": "error", "context": "production", "subject": "SECRET_KEY", "message": "", "in_head": False,
        "first": found["first"], "last": found["last"],
    }  # fmt: skip
    assert "taken out by 2026-01-01 " + removed[:12] in history.run(status=1)


def test_a_key_that_is_still_there_says_so(history: History) -> None:
    history.commit({"settings.py": leak()})
    history.git("branch", "old")
    [found] = history.leaks()
    assert found["still_in"] == ["HEAD", "main", "old"]
    assert found["removed"] is None
    history.commit({"settings.py": MENDED})
    assert history.leaks()[0]["still_in"] == ["old"]


def test_nothing_to_report(history: History) -> None:
    history.commit({"settings.py": MENDED})
    history.commit({"notes.txt": "nothing\n"})
    assert history.run() == "Nothing to report: 2 commits with 2 versions of files looked at, 0 analysed.\n"
    assert history.run("--quiet") == ""


def test_a_key_in_many_versions_files_and_branches_is_one(history: History) -> None:
    """Its places are told in the order in which they came; another key is another one."""
    history.commit({"settings.py": leak()})
    history.commit({"settings.py": "DEBUG = False\n" + leak()})
    history.git("mv", "settings.py", "config.py")
    history.commit({})
    history.commit({"prod.env": f"SECRET_KEY={KEY}\n"})
    history.commit({"config.py": leak(OTHER)})
    found = history.leaks()
    assert [places(each) for each in found] == [
        [("settings.py", 1), ("config.py", 2), ("prod.env", 1)],
        [("config.py", 1)],
    ]


def test_a_version_is_judged_among_the_other_files_of_its_commit(history: History) -> None:
    """The module that has the key never names it; what it is imported by does not change."""
    history.commit({"shop/__init__.py": "", "shop/settings.py": "from shop.keys import DEFAULT as SECRET_KEY\n"})
    assert history.leaks(status=0) == []
    added = history.commit({"shop/keys.py": f'DEFAULT = "{KEY}"\n'})
    other = history.commit({"shop/keys.py": f'\nDEFAULT = "{OTHER}"\n'})
    removed = history.commit({"shop/keys.py": None})
    found = history.leaks()
    assert [(each["first"]["commit"], places(each), each["removed"]["commit"]) for each in found] == [
        (added, [("shop/keys.py", 1)], other),
        (other, [("shop/keys.py", 2)], removed),
    ]


def test_what_starts_at_the_time_decides_how_loud_it_is(history: History) -> None:
    """Settings for development are production's where `wsgi.py` starts with them, which comes later here."""
    history.commit({"shop/__init__.py": "", "shop/settings_dev.py": leak(), "shop/settings.py": MENDED})
    assert [each["severity"] for each in history.leaks(status=0)] == ["warning"]
    wsgi = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings_dev")\n'
    history.commit({"shop/wsgi.py": wsgi})
    history.commit({"shop/settings_dev.py": MENDED})
    assert [(each["severity"], each["places"][0]["context"]) for each in history.leaks()] == [("error", "production")]


def test_a_carrier_that_only_old_settings_have_is_one(history: History) -> None:
    history.commit({"settings.py": 'import os\nSECRET_KEY = os.environ["ACME_SIGNING"]\n'})
    history.commit({"deploy/values.conf": f"ACME_SIGNING={KEY}\n"})
    history.commit({"deploy/values.conf": None})
    history.commit({"settings.py": MENDED})
    [found] = history.leaks()
    assert places(found) == [("deploy/values.conf", 1)]


def test_a_key_that_is_read_from_a_committed_file(history: History) -> None:
    read = 'from pathlib import Path\nSECRET_KEY = (Path(__file__).parent / "key.txt").read_text()\n'
    history.commit({"settings.py": read, "key.txt": f"{KEY}\n"})
    history.commit({"key.txt": f"{OTHER}\n"})
    history.commit({"settings.py": MENDED, "key.txt": None})
    assert len(history.leaks()) == 2


def test_a_merge_that_brings_in_what_no_parent_has(history: History) -> None:
    history.commit({"settings.py": MENDED})
    history.git("checkout", "--quiet", "-b", "side")
    history.commit({"a.txt": "a\n"})
    history.git("checkout", "--quiet", "main")
    history.commit({"b.txt": "b\n"})
    history.git("merge", "--quiet", "--no-commit", "side")
    merged = history.commit({"settings.py": leak()})
    history.commit({"settings.py": MENDED})
    assert history.leaks()[0]["first"]["commit"] == merged


def test_an_octopus_says_of_each_key_which_branch_had_it_first(history: History) -> None:
    history.commit({"x.txt": "x\n"})
    commits = []
    for name, key in (("one", KEY), ("two", OTHER)):
        history.git("checkout", "--quiet", "-b", name, "main")
        commits.append(history.commit({f"{name}/settings.py": leak(key)}))
    history.git("checkout", "--quiet", "main")
    history.commit({"y.txt": "y\n"})
    history.record("merge", "--quiet", "-m", "Merge", "one", "two")
    found = history.leaks()
    assert [each["first"]["commit"] for each in found] == commits
    assert all("HEAD" in each["still_in"] for each in found)


def test_a_range_reports_what_its_commits_bring_in(history: History) -> None:
    history.commit({"settings.py": leak(), "app.py": "x = 1\n"})
    history.git("branch", "base")
    history.commit({"app.py": "x = 2\n", "copy/settings.py": leak()})
    assert history.leaks("base..HEAD", status=0) == []
    added = history.commit({"keys.py": f'KEY = "{OTHER}"\n', "settings.py": "from keys import KEY as SECRET_KEY\n"})
    history.commit({"keys.py": None, "settings.py": MENDED})
    [found] = history.leaks("base..HEAD")
    assert found["first"]["commit"] == added
    assert history.leaks("HEAD", "^" + added, status=0) == []


def test_a_key_in_a_module_that_a_range_only_edits_is_no_news(history: History) -> None:
    """Whether or not the module names the setting in capitals."""
    application = f'from flask import Flask\napp = Flask(__name__)\napp.secret_key = "{KEY}"\n'
    history.commit({"app.py": application, "same.py": application})
    history.git("branch", "base")
    history.commit({"app.py": application + "x = 1\n"})
    assert history.leaks("base..", status=0) == []
    history.commit({"app.py": application.replace(KEY, OTHER)})
    assert len(history.leaks("base..")) == 1


def test_a_range_judges_by_files_that_it_does_not_change(history: History) -> None:
    history.commit({"shop/__init__.py": "", "shop/settings.py": "from shop.keys import DEFAULT as SECRET_KEY\n"})
    history.git("branch", "base")
    history.commit({"shop/keys.py": f'DEFAULT = "{KEY}"\n'})
    history.commit({"shop/keys.py": None})
    assert [places(each) for each in history.leaks("base..")] == [[("shop/keys.py", 1)]]


def test_what_is_merged_from_outside_of_a_range_is_no_news(history: History) -> None:
    history.commit({"x.txt": "x\n"})
    history.git("checkout", "--quiet", "-b", "feature")
    history.commit({"y.txt": "y\n"})
    history.git("checkout", "--quiet", "main")
    history.commit({"settings.py": leak()})
    history.git("checkout", "--quiet", "feature")
    history.record("merge", "--quiet", "-m", "Merge", "main")
    assert history.leaks("main..feature", status=0) == []


def test_all_looks_at_branches_that_head_has_nothing_of(history: History) -> None:
    history.commit({"x.txt": "x\n"})
    history.git("checkout", "--quiet", "-b", "side")
    history.commit({"settings.py": leak()})
    history.git("checkout", "--quiet", "main")
    assert history.leaks(status=0) == []
    assert history.leaks("--all")[0]["still_in"] == ["side"]
    history.git("checkout", "--quiet", "--detach", "side")
    assert history.leaks()[0]["still_in"] == ["HEAD", "side"]


def test_published_names_the_branches_of_remotes(history: History, tmp_path: Path) -> None:
    history.git("init", "--quiet", "--bare", str(tmp_path / "remote"))
    history.git("remote", "add", "origin", str(tmp_path / "remote"))
    history.commit({"settings.py": leak()})
    history.git("push", "--quiet", "origin", "main")
    history.commit({"settings.py": leak(OTHER)})
    found = history.leaks()
    assert [each["published"] for each in found] == [["origin/main"], []]
    said = history.run(status=1)
    assert "pushed: origin/main" in said
    assert "not pushed" in said


def test_a_suppression_counts_for_its_value_in_all_versions(history: History) -> None:
    history.commit({"settings.py": leak()})
    history.commit({"settings.py": leak().strip() + "  # secretkey-lint: ignore[SKL001] the key of the demo\n"})
    assert "1 suppressed" in history.run()


def test_configuration_of_the_working_tree_applies_to_old_versions(history: History) -> None:
    history.commit(
        {"demo/settings.py": leak(), "app/settings.py": leak(OTHER), "x/conf.py": f'SIGNING_SECRET = "{KEY[::-1]}"\n'}
    )
    history.commit({"demo/settings.py": None, "app/settings.py": MENDED})
    (history.folder / "secretkey-lint.toml").write_text(
        'exclude = ["demo/"]\ncontexts = { "app/settings.py" = "test" }\nsecret-names = ["SIGNING_SECRET"]\n'
    )
    found = history.leaks()
    assert [(each["places"][0]["path"], each["severity"]) for each in found] == [
        ("app/settings.py", "note"),
        ("x/conf.py", "error"),
    ]
    assert history.run("--fail-on", "note", status=1).count("error:") == 1


def test_what_the_baseline_has_is_accepted_in_the_history_too(history: History) -> None:
    history.commit({"old/settings.py": leak()})
    history.git("mv", "old", "new")
    history.commit({})
    run(history.folder, "baseline", "create")
    assert "1 in the baseline" in history.run()
    assert len(history.leaks("--no-baseline")) == 1


def test_dead_keys_are_accepted_and_come_back_as_news(history: History) -> None:
    """What stands in files of today is not accepted with them, nor is a dead key that comes back."""
    history.commit({"settings.py": leak()})
    history.commit({"settings.py": leak(OTHER)})
    assert "1 added, 1 still in files and left out" in history.run("--accept")
    assert len(history.leaks()) == 1
    text = (history.folder / ".secretkey-lint-baseline").read_text()
    assert "SKL-history SECRET_KEY settings.py" in text
    assert KEY not in text
    assert "SKL-history key-in-history" in run(history.folder, "baseline", "audit")
    run(history.folder, "baseline", "prune")
    assert (history.folder / ".secretkey-lint-baseline").read_text() == text
    (history.folder / "settings.py").write_text(leak())
    assert "SKL001" in run(history.folder, "check", status=1)


def test_what_settings_refused_once_is_a_leak_where_they_take_it(history: History) -> None:
    """What is known from one commit of what settings take is not said of another."""
    refusing = MENDED + 'if SECRET_KEY == "changeme":\n    raise SystemExit\n'
    manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n'
    history.commit({"settings.py": refusing, "wsgi.py": manage, "prod.env": "SECRET_KEY=changeme\n"})
    assert history.leaks(status=0) == []
    taking = history.commit({"settings.py": MENDED})
    [found] = history.leaks()
    assert found["first"]["commit"] == taking


def test_files_are_analysed_again_only_where_the_answers_differ_that_they_depend_on(history: History) -> None:
    """Settings change all the time, and seldom in the variables that they read the key from, or in what starts them."""
    settings = 'import os\nSECRET_KEY = os.environ["ACME_SIGNING"]\n'
    wsgi = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n'
    history.commit({"settings.py": settings, "wsgi.py": wsgi, "acme.env": f"ACME_SIGNING={KEY}\n"})
    for number in range(5):
        history.commit({"settings.py": settings + f"PAGE_SIZE = {number}\n", "wsgi.py": wsgi + f"# {number}\n"})
    assert "7 analysed" in history.run(status=1)
    removed = history.commit({"settings.py": settings.replace("ACME", "OTHER")})
    assert [each["removed"]["commit"] for each in history.leaks()] == [removed]


def test_a_folder_has_names_of_the_key_that_the_repository_does_not_have(history: History) -> None:
    """They are searched for in all files."""
    settings = 'import os\nSIGNING = os.environ["ACME_SIGNING"]\n'
    history.commit({"one/settings.py": settings, "one/acme.env": f"SECRET_KEY=\nACME_SIGNING={KEY}\n"})
    removed = history.commit({"one/settings.py": settings.replace("ACME", "OTHER")})
    (history.folder / "one/secretkey-lint.toml").write_text('secret-names = ["SIGNING"]\n')
    [found] = history.leaks()
    assert (places(found), found["removed"]["commit"]) == ([("one/acme.env", 2)], removed)
