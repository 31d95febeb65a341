"""Times edits in an editor beside a peer in one run: from what is typed to the diagnostics of that version.

usage: edits.py [--edits N] [--lines N] [--peers FOLDER]

A client of the protocol opens a settings module of 500 lines that takes all over from a base module of 300, in a
repository with what starts it, and edits it in turn: far from the key, in the text of the key, and in what the key is
looked up by; then in a place where the text is no Python for as long. `secretkey-lint server` and `ruff server`, which has
to be in FOLDER/bin, or on the PATH, take turns at each edit. Figures are medians, in ms: `wall` is what somebody waits who
types, the moment included for which a server waits for more to be typed; `cpu` (Linux) is what the server and the
processes that it starts compute.
"""

import argparse
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HEAD = 'import os\n\nfrom .base import *\n\nENVIRONMENT = "production"\n'
KEY = 'SECRET_KEY = os.environ.get("SHOP_KEY", "{}")\n'
STARTER = 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n'
PARTS = (
    '# Part {n} of the options\nTIMEOUT_{n} = int(os.environ.get("TIMEOUT_{n}", "{n}"))\n',
    'APPS_{n} = [\n    "shop.apps.orders{n}",\n    "shop.apps.customers{n}",\n    "shop.apps.invoices{n}",\n]\n',
    ('CACHES_{n} = {{\n    "default": {{\n        "BACKEND": "django.core.cache.backends.redis.RedisCache",\n'
    '        "LOCATION": os.environ.get("REDIS_{n}", "redis://localhost:6379/{n}"),\n    }},\n}}\n'),
    'if DEBUG:\n    EMAIL_{n} = "console"\nelse:\n    EMAIL_{n} = "smtp"\n',
    'PATH_{n} = BASE_DIR / "files" / "part{n}"\nURL_{n} = f"/files/{{PATH_{n}.name}}/"\n',
    ('LOGGING_{n} = {{\n    "version": 1,\n    "handlers": {{"console": {{"class": "logging.StreamHandler", "level": "INFO"}}}},\n'
    '    "root": {{"handlers": ["console"], "level": "WARNING"}},\n}}\n'),
)  # fmt: skip


def settings(head: str, lines: int, tail: str = "") -> str:
    """A settings module of so many lines."""
    text, number = head, 0
    while text.count("\n") + tail.count("\n") < lines:
        text += "\n" + PARTS[number % len(PARTS)].format(n=number)
        number += 1
    return text + tail


def make(folder: Path, lines: int) -> tuple[Path, str]:
    """Write a project; return the module that is edited, and its text."""
    package = folder / "shop" / "settings"
    package.mkdir(parents=True)
    text = settings(HEAD, lines, KEY.format(secrets.token_urlsafe(37)))
    base = "import os\nfrom pathlib import Path\n\nBASE_DIR = Path(__file__).parent\nDEBUG = False\n"
    files = {
        "shop/settings/production.py": text, "shop/settings/base.py": settings(base, 300), "shop/settings/__init__.py": "",
        "shop/__init__.py": "", "shop/wsgi.py": STARTER, "manage.py": STARTER,
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_text(content)
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "--all"], cwd=folder, check=True)
    return package / "production.py", text


class Editor:
    """A client of one server, with the module open; it speaks no more of the protocol than that takes."""

    def __init__(self, command: list[str], folder: Path, module: Path, text: str) -> None:
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self._uri = module.as_uri()
        self._version = 0
        root = folder.as_uri()
        parameters = {"processId": None, "rootUri": root, "workspaceFolders": [{"uri": root, "name": "shop"}]}
        self._send({"id": 1, "method": "initialize", "params": {**parameters, "capabilities": {}}})
        while self._received().get("id") != 1:
            pass
        self._send({"method": "initialized", "params": {}})
        document = {"uri": self._uri, "languageId": "python", "version": 0, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        self._wait()

    def edit(self, text: str) -> tuple[float, float]:
        """Type; return the seconds until the answer, and those that were computed."""
        self._version += 1
        document = {"uri": self._uri, "version": self._version}
        before, started = self._computed(), time.perf_counter()
        self._send(
            {
                "method": "textDocument/didChange",
                "params": {"textDocument": document, "contentChanges": [{"text": text}]},
            }
        )
        self._wait()
        return time.perf_counter() - started, self._computed() - before

    def stop(self) -> None:
        self._send({"id": 2, "method": "shutdown"})
        while self._received().get("id") != 2:
            pass
        self._send({"method": "exit"})
        self._server.wait(10)

    def _wait(self) -> None:
        """Wait for the diagnostics of the text as it is by now."""
        while True:
            message = self._received()
            if message.get("method") == "textDocument/publishDiagnostics":
                said = message["params"]
                if said["uri"] == self._uri and said.get("version") == self._version:
                    return

    def _send(self, message: dict[str, object]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._server.stdin.flush()

    def _received(self) -> dict[str, Any]:
        length = 0
        while header := self._server.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        return json.loads(self._server.stdout.read(length))

    def _computed(self) -> float:
        """The seconds that the server and what it has started have computed, where the system tells."""
        try:
            fields = Path(f"/proc/{self._server.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def edits(text: str, count: int) -> list[tuple[str, str]]:
    """What is typed, by kinds."""
    kinds = {
        "elsewhere": lambda n: text.replace('"production"', f'"production{n}"', 1),
        "the key": lambda n: text.replace('"SHOP_KEY", "', f'"SHOP_KEY", "{n}', 1),
        "its lookup": lambda n: text.replace('"SHOP_KEY"', f'"SHOP_KEY_{n}"', 1),
        "no Python": lambda n: text.replace('"production"', f'"production{n}" +', 1),
    }
    return [(kind, change(n)) for n in range(count) for kind, change in kinds.items()]


def compare(commands: dict[str, list[str]], lines: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        module, text = make(folder, lines)
        editors = {name: Editor(command, folder, module, text) for name, command in commands.items()}
        taken: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for kind, edited in [*edits(text, 2), *edits(text, count + 2)]:
            for name, editor in editors.items():
                time.sleep(0.05)
                taken.setdefault((kind, name), []).append(editor.edit(edited))
        for editor in editors.values():
            editor.stop()
    print(
        f"{'edit of ' + str(lines) + ' lines':24}"
        + "".join(f"{f'{name}: wall, cpu':>28}" for name in editors)
        + "   ratio of wall"
    )
    for kind in dict(edits(text, 1)):
        walls, row = [], f"{kind:24}"
        for name in editors:
            figures = taken[kind, name][2:]  # the first are those that bytecode, caches and pieces are made for
            wall = statistics.median(each[0] for each in figures) * 1000
            walls.append(wall)
            row += f"{wall:19.1f}{statistics.mean(each[1] for each in figures) * 1000:9.1f}"
        print(row + (f"{walls[0] / walls[1]:16.1f}" if len(walls) > 1 else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=20)
    parser.add_argument("--lines", type=int, default=500)
    parser.add_argument("--peers", type=Path)
    arguments = parser.parse_args()
    ours = str(Path(sys.executable).parent / "secretkey-lint")
    ruff = str(arguments.peers / "bin" / "ruff") if arguments.peers else "ruff"
    compare({"ours": [ours, "server"], "ruff": [ruff, "server"]}, arguments.lines, arguments.edits)


if __name__ == "__main__":
    main()
