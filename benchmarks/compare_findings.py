"""Counts which of our rules' examples peers report, and prints the table of docs/comparison.md.

usage: compare_findings.py [--peers FOLDER]

Needs ruff, bandit and detect-secrets in FOLDER/bin (default: those on the PATH). The examples are those in Python on the
pages of the rules that are about a key that can be read or guessed: those under "Bad" hold a leak, those under "Good"
none. Each is a file of its own; it counts as reported where a tool, run as its users run it, says anything of it. Where
we report no more than a note, which is not shown unless asked for, an example is left out.
"""

import argparse
import json
import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from secretkey_lint import api, rules

CODES = ("SKL001", "SKL002", "SKL003", "SKL004", "SKL009")
FENCE = re.compile(r'^```python title="(?P<title>[^"]+)"\n(?P<code>.*?)^```$', re.DOTALL | re.MULTILINE)
CARETS = re.compile(r"^\s*#?\s*\^+ SKL\d{3} (\w+)\n", re.MULTILINE)


def write_examples(folder: Path) -> dict[str, set[str]]:
    """Write each example to a folder of its own; return the names of these by the heading that the example is under."""
    names: dict[str, set[str]] = {"Bad": set(), "Good": set()}
    for rule in rules.load():
        for section in re.split(r"^## ", rule.documentation, flags=re.MULTILINE)[1:] if rule.code in CODES else ():
            heading = section.partition("\n")[0]
            for number, match in enumerate(FENCE.finditer(section)):
                severities = set(CARETS.findall(match["code"]))
                if severities == {"note"}:
                    continue
                path = folder / f"{rule.code}-{heading}-{number}" / match["title"]
                path.parent.mkdir(parents=True)
                path.write_text(CARETS.sub("", match["code"]), encoding="utf-8")
                names[heading].add(path.relative_to(folder).parts[0])
    return names


def ours(folder: Path) -> Iterable[str]:
    """The files that we report, each by itself."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        example, *title = path.relative_to(folder).parts
        if api.check_source(path.read_bytes(), "/".join(title), min_severity="warning").diagnostics:
            yield example


def theirs(folder: Path, command: str) -> Iterable[str]:
    """The files that a peer reports, in one run over all."""
    run = subprocess.run(command.split(), cwd=folder, capture_output=True, text=True, check=False)
    said = json.loads(run.stdout)
    found = said if isinstance(said, list) else said["results"]
    names = found if isinstance(found, dict) else [each["filename"] for each in found]
    return [Path(folder, name).relative_to(folder).parts[0] for name in names]


def version(command: str) -> str:
    """The version that a program says it has."""
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
    return re.search(r"\d+(\.\d+)+", said)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path)
    arguments = parser.parse_args()
    at = f"{arguments.peers.resolve() / 'bin'}/" if arguments.peers else ""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        names = write_examples(folder)
        found = {
            "secretkey-lint": ours(folder),
            f"ruff {version(at + 'ruff')}, `S105` to `S107`": theirs(
                folder, f"{at}ruff check --isolated --no-cache --select S105,S106,S107 --output-format json ."
            ),
            f"bandit {version(at + 'bandit')}, `B105` to `B107`": theirs(
                folder, f"{at}bandit --quiet --recursive --tests B105,B106,B107 --format json ."
            ),
            f"detect-secrets {version(at + 'detect-secrets')}": theirs(
                folder, f"{at}detect-secrets scan --all-files --no-verify"
            ),
        }
        print(f"| tool | reports, of {len(names['Bad'])} with a leak | of {len(names['Good'])} without |")
        print("| --- | ---: | ---: |")
        for tool, examples in found.items():
            reported = set(examples)
            print(f"| {tool} | {len(reported & names['Bad'])} | {len(reported & names['Good'])} |")


if __name__ == "__main__":
    main()
