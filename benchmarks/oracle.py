"""Compare secretkey-lint with Django itself, over generated settings projects.

    python benchmarks/oracle.py [--programs N] [--seed N] [--one-module] [--without CONSTRUCT]... [--save FOLDER]

Each project is started by Django in several worlds (variables set or not, DEBUG on or off, other environments) and
checked; see tests/oracle. A miss is a key that stands in the repository, with which Django starts, and that is not
reported; it is too quiet where production starts with it and no error says so. A false alarm is an error about a
project that starts with such a key in no world; it is too loud where only development does. Prints counts of these
and of the constructs that were drawn; counter-examples are made small and saved, each as a little project. Exits with
1 if there are any.

Project `N` of seed `S` is always the same one. Needs the test dependencies (`pip install -e '.[dev]'`) and `fork`.
"""

import argparse
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).absolute().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from oracle import generator, judge  # noqa: E402 found by what stands above
from oracle.reducing import reduced  # noqa: E402


def main() -> int:
    arguments = parsed()
    unknown = set(arguments.without) - generator.ALL
    if unknown:
        sys.exit(f"no such construct: {', '.join(sorted(unknown))}")
    enabled = (generator.ONE_MODULE if arguments.one_module else generator.ALL) - set(arguments.without)
    used: Counter[str] = Counter()
    problems: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    failing: dict[str, Counter[str]] = {}
    found: list[tuple[int, str, generator.Project]] = []
    worlds = faulty = idle = 0
    with judge.Oracle() as oracle:
        start = time.perf_counter()
        for number in range(arguments.programs):
            project = generator.drawn(f"{arguments.seed}:{number}", enabled)
            used.update(project.constructs.keys())
            judgement = oracle.judge(project)
            worlds += len(judgement.outcomes)
            faulty += bool(judgement.faults)
            faults.update({fault.strip().rpartition("\n")[2] for fault in judgement.faults})
            idle += not judgement.starts
            for problem in judgement.problems:
                kind = problem.partition(":")[0]
                problems[kind] += 1
                failing.setdefault(kind, Counter()).update(project.constructs.keys())
                found.append((number, kind, project))
        seconds = time.perf_counter() - start
        print(f"{arguments.programs} programs, {worlds} worlds, {arguments.programs / seconds:.0f} programs a second")
        print(f"{idle} never start, {faulty} are at fault and say nothing")
        for kind in ("miss", "too quiet", "false alarm", "too loud", "broken"):
            print(f"{kind}: {problems[kind]}")
        show_constructs(used, enabled, failing)
        for fault, count in faults.most_common(8):
            print(f"fault in {count}: {fault}")
        if arguments.save and found:
            save(found, Path(arguments.save), oracle, arguments.examples)
    return 1 if problems else 0


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=int, default=1000)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--one-module", action="store_true", help="only constructs that take one file")
    parser.add_argument("--without", action="append", default=[], metavar="CONSTRUCT")
    parser.add_argument("--save", metavar="FOLDER", help="where to put the counter-examples, made small")
    parser.add_argument("--examples", type=int, default=40, help="how many counter-examples are made small")
    return parser.parse_args()


def show_constructs(used: Counter[str], enabled: frozenset[str], failing: dict[str, Counter[str]]) -> None:
    """How often each construct was drawn, and in how many of the projects that it is in something was wrong."""
    total: Counter[str] = sum(failing.values(), Counter())
    print("\nprograms  wrong  construct")
    for name in sorted(enabled, key=lambda name: (-total[name] / (used[name] or 1), -used[name])):
        print(f"{used[name]:8} {total[name]:6}  {generator.CONSTRUCTS[name].family}: {name}")
    never = sorted(enabled - used.keys())
    if never:
        print(f"never drawn: {', '.join(never)}")


def save(found: list[tuple[int, str, generator.Project]], folder: Path, oracle: judge.Oracle, examples: int) -> None:
    """Write counter-examples down, each made small, none twice."""
    written: set[str] = set()
    for number, kind, project in found[:examples]:

        def still_fails(smaller: generator.Project, kind: str = kind) -> bool:
            judgement = oracle.judge(smaller)
            keys = [outcome.key for outcome in judgement.outcomes if outcome.known]
            return any(problem.startswith(kind) for problem in judgement.problems) and all(
                len(key) > 30 and "<" not in key for key in keys
            )

        small = reduced(replace(project), still_fails)
        judgement = oracle.judge(small)
        if repr(small) in written:
            continue
        written.add(repr(small))
        place = folder / f"{kind.replace(' ', '-')}-{number}"
        for path, text in small.files.items():
            target = place / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        (place / "judgement.txt").write_text(f"{judgement}\n", encoding="utf-8")
        print(f"\n--- {place}\n{judgement}")


if __name__ == "__main__":
    sys.exit(main())
