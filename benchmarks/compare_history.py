"""Times a look through a history beside git's own and beside peers in one run, and prints the ratios.

usage: compare_history.py [--runs N] [--range REVISIONS] REPOSITORY

Peers are gitleaks and kingfisher, where they are on the PATH. `git log -G` finds the lines with the name of the key and
judges nothing; `blobs` is the limit: git writing all blobs, and nobody reading them. Figures are medians of processor
time, that of children included, since other work on the machine changes it least; the time on the clock is beside it.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path


def commands(revisions: str) -> dict[str, list[str]]:
    """Each of those to compare, by its name."""
    listing = "git rev-list --objects --no-object-names --filter=object:type=blob --missing=print"
    found = {
        "blobs": ["sh", "-c", f"{listing} {revisions} | git cat-file --batch --buffer > /dev/null"],
        "git log -G": ["sh", "-c", f"git log -p -G SECRET_KEY {revisions} > /dev/null"],
        "secretkey-lint": [sys.executable, "-m", "secretkey_lint", "history", "--no-baseline", revisions],
    }
    if shutil.which("gitleaks"):
        found["gitleaks"] = ["gitleaks", "git", "--no-banner", "--exit-code", "0", f"--log-opts={revisions}", "."]
    if shutil.which("kingfisher"):
        found["kingfisher"] = ["kingfisher", "scan", "--quiet", "--no-validate", "."]
    return found


def run(command: list[str], repository: Path) -> tuple[float, float]:
    """Return the seconds of processor time, and on the clock, that a command takes."""
    before, start = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=repository, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = os.times()
    if done.returncode not in (0, 1, 2):
        raise SystemExit(f"{command[0]} ended with {done.returncode}")
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return spent, time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--range", default="HEAD")
    parser.add_argument("repository", type=Path)
    arguments = parser.parse_args()
    compared = commands(arguments.range)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in compared}
    for _ in range(arguments.runs):
        for name, command in compared.items():
            taken[name].append(run(command, arguments.repository))
    medians = {name: [statistics.median(each) for each in zip(*runs, strict=True)] for name, runs in taken.items()}
    beside = medians["git log -G"][0]
    for name, (spent, clock) in medians.items():
        print(f"{name:16} {spent:8.2f} s {clock:8.2f} s on the clock {spent / beside:8.2f} x git log -G")


if __name__ == "__main__":
    main()
