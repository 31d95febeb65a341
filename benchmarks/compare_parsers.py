"""Compare the light parser with the whole of LibCST, over every Python file under the given paths.

    python benchmarks/compare_parsers.py [--limit N] PATH...

For each file that LibCST parses, the light tree must be LibCST's tree in every class name and every field but the
whitespace, and `locate` must give for every node the place that LibCST's PositionProvider gives; for each file that
LibCST does not parse, `parse` must raise ParseFailure. Prints counts and differences; exits with 1 if there are any.

The places differ by definition in two ways, which `equal_places` allows for. PositionProvider gives the whitespace and
comments that a node owns to some nodes, `(` and `not` among them, and `locate` to none. And PositionProvider gives a
semicolon to a `type` statement alone, and so to what ends with it.
"""

import argparse
import importlib.metadata
import random
import sys
import time
import tokenize
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import libcst
from libcst.metadata import MetadataWrapper, PositionProvider

sys.path.insert(0, str(Path(__file__).parents[1]))

from secretkey_lint.readers.python import spans, syntax

WHITESPACE = (
    libcst.BaseParenthesizableWhitespace
    | libcst.EmptyLine
    | libcst.TrailingWhitespace
    | libcst.Newline
    | libcst.Comment
)


def pairs(light: Any, whole: Any, differences: list[str]) -> Iterator[tuple[Any, Any]]:
    """Every light node with the node of LibCST's tree in its place, as long as the trees are equal."""
    pending: list[tuple[Any, Any, str]] = [(light, whole, "Module")]
    while pending:
        light, whole, where = pending.pop()
        if isinstance(whole, libcst.CSTNode) and not isinstance(whole, WHITESPACE):
            if type(light).__name__ != type(whole).__name__:
                differences.append(f"{where}: {light!r} is not {type(whole).__name__}")
                continue
            yield light, whole
            names = {name for name in whole.__dataclass_fields__ if name != "__slots__"}
            differences += [f"{where}.{name} is not in LibCST's" for name in vars(light).keys() - names]
            pending += [(getattr(light, name), getattr(whole, name), f"{where}.{name}") for name in sorted(names)]
        elif isinstance(whole, list | tuple):
            if not isinstance(light, tuple) or len(light) != len(whole):
                differences.append(f"{where}: {light!r} is not {whole!r}")
                continue
            pending += [(*items, f"{where}[{index}]") for index, items in enumerate(zip(light, whole, strict=True))]
        else:
            expected = None if isinstance(whole, WHITESPACE | libcst.MaybeSentinel) else whole
            if light != expected or type(light) is not type(expected):
                differences.append(f"{where}: {light!r} is not {expected!r}")


def equal_places(source: str, ours: tuple[int, int], theirs: tuple[int, int], ends_with_type: bool) -> bool:
    """Whether the places are equal but for whitespace and comments (and the semicolon of a `type` statement)."""
    after = spans._after_blanks
    end = after(source, ours[1])
    if ends_with_type and source.startswith(";", end):
        end = after(source, end + 1)
    empty = theirs[0] == theirs[1] and ours[0] == ours[1]
    return ours == theirs or (ours[0] == after(source, theirs[0]) and (empty or ours[1] <= theirs[1] <= end))


def compare(path: str) -> tuple[Counter[str], list[str]]:
    """What was counted and what differs in one file. On a large stack, since LibCST computes its positions recursively."""
    sys.setrecursionlimit(30_000)
    return syntax.on_large_stack(lambda: compare_here(path))


def compare_here(path: str) -> tuple[Counter[str], list[str]]:
    counts: Counter[str] = Counter(files=1)
    try:
        with tokenize.open(path) as file:
            file.reconfigure(newline="")
            source = file.read()
    except (SyntaxError, UnicodeDecodeError):
        return Counter(undecodable=1), []
    try:
        started = time.perf_counter()
        whole = libcst.parse_module(source)
        counts["whole us"] += int((time.perf_counter() - started) * 1e6)
    except Exception as error:
        try:
            syntax.parse(source)
        except syntax.ParseFailure:
            return Counter(refused=1), []
        return Counter(refused=1), [f"{path}: parsed, but {error!r}"]

    started = time.perf_counter()
    try:
        light = syntax.parse(source)
    except syntax.ParseFailure as failure:
        return counts, [f"{path}: {failure}, but LibCST parses it"]
    counts["light us"] += int((time.perf_counter() - started) * 1e6)
    differences: list[str] = []
    both = list(pairs(light, whole, differences))
    counts["nodes"] += len(both)
    ranges = MetadataWrapper(whole, unsafe_skip_copy=True).resolve(PositionProvider)
    lines = spans._line_starts(source)
    read_whole = spans._locate_whole
    try:
        spans._locate_whole = None  # type: ignore[assignment]
        started = time.perf_counter()
        ours = spans.locate(source, light, [node for node, _ in both])
        counts["locate us"] += int((time.perf_counter() - started) * 1e6)
    except TypeError:
        return counts, [f"{path}: does not fit the grammar"]
    finally:
        spans._locate_whole = read_whole
    has_type = any(isinstance(node, libcst.TypeAlias) for _, node in both)
    if whole.code != source.removeprefix("\ufeff"):
        return counts, [f"{path}: LibCST does not give the source back"]
    for light_node, node in both:
        start, end = ranges[node].start, ranges[node].end
        theirs = lines[start.line - 1] + start.column, lines[end.line - 1] + end.column
        place = ours[id(light_node)]
        counts["exact places"] += place == theirs
        if not equal_places(source, place, theirs, has_type):
            differences.append(f"{type(node).__name__} at {start.line}:{start.column}: {place} is not {theirs}")
    return counts, [f"{path}: {difference}" for difference in differences]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--limit", type=int, metavar="N", help="compare no more than N files, the same ones each time")
    arguments = parser.parse_args()
    files = sorted(str(path) for folder in arguments.paths for path in folder.rglob("*.py") if path.is_file())
    if arguments.limit is not None and arguments.limit < len(files):
        files = random.Random(0).sample(files, arguments.limit)
    counts: Counter[str] = Counter()
    differences: list[str] = []
    with ProcessPoolExecutor() as pool:
        for counted, differing in pool.map(compare, files, chunksize=8):
            counts += counted
            differences += differing
    print("LibCST", importlib.metadata.version("libcst"), dict(counts))
    print(f"{len(differences)} differences", *differences[:40], sep="\n")
    return bool(differences)


if __name__ == "__main__":
    sys.exit(main())
