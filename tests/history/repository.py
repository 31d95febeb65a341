"""A git repository to write histories into."""

import contextlib
import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from secretkey_lint import cli

KEY = "8f3k2q9x7v5n1m4b6c0zaaaaaaaaaaaaaaaaaaaaw7"
OTHER = "5h7j2k9m4n6b8v1c3x0zqqqqqqqqqqqqqqqqqqqqr2"
MENDED = 'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\n'
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{who}_NAME": "Somebody" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "somebody@example.org" for who in ("AUTHOR", "COMMITTER")},
}


def leak(key: str = KEY) -> str:
    return f'SECRET_KEY = "{key}"\n'


class History:
    """A repository whose commits are a minute apart."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self._minutes = 0
        folder.mkdir(exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *arguments: str, content: bytes | None = None, at: Path | None = None) -> str:
        """Run git, which is to succeed, and return what it writes."""
        date = f"2026-01-01T{self._minutes // 60:02}:{self._minutes % 60:02}:00+00:00"
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        done = subprocess.run(
            command, cwd=at or self.folder, input=content, capture_output=True, check=False, env=ENVIRONMENT | dates
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def commit(self, files: dict[str, str | bytes | None]) -> str:
        """Write files, or delete those that are None, commit, and return the commit."""
        for name, content in files.items():
            path = self.folder / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.git("add", "--all")
        return self.record("commit", "--quiet", "--allow-empty", "-m", "Change")

    def record(self, *arguments: str) -> str:
        """Run what makes a commit, a minute after the last one, and return the commit."""
        self._minutes += 1
        self.git(*arguments)
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str, status: int = 0, at: Path | None = None) -> str:
        """Run `secretkey-lint history`, which is to end with a status and to say nothing of a key; return what it says."""
        said = io.StringIO()
        with contextlib.chdir(at or self.folder), contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            left = cli.main(["history", *arguments])
        assert KEY not in said.getvalue() and OTHER not in said.getvalue()
        assert left == status, said.getvalue()
        return said.getvalue()

    def leaks(self, *arguments: str, status: int = 1, at: Path | None = None) -> list[Any]:
        """Return what is reported as JSON."""
        text = self.run("--output-format", "json", "--min-severity", "note", *arguments, status=status, at=at)
        leaks: list[Any] = json.loads(text[: text.rindex("}") + 1])["leaks"]
        return leaks


def places(leak: Any) -> list[tuple[str, int]]:
    return [(place["path"], place["line"]) for place in leak["places"]]
