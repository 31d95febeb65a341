"""A module that is edited is what it would be if all of it were parsed: the tree, the places, and what is no Python."""

import random

import pytest
from modules import EVERY_CONSTRUCT, sample

from secretkey_lint.model.source import LineIndex
from secretkey_lint.readers.python import pieces, spans, syntax
from secretkey_lint.readers.python.pieces import Piece, revised
from secretkey_lint.readers.python.source import Source

AWKWARD = [
    "",
    "\n",
    "# alone",
    "x = 1",
    "x = 1\n",
    "x = 1\nx = 1\nx = 1\n",
    "\ufeffx = 1\ny = 2\n",
    "x = 1\n\ufeffy = 2\n",
    "x = 1 \\\n\ny = 2\n",
    "x = 1 \\\n",
    "x = 1\ny = 2 \\",
    "x = [\n1,\ny,\n]\nz = 1\n",
    "x = '''\nz = 1\n'''\ny = 1\n",
    "x = '''\nz = 1\ny = 1\n",
    "# don't say '''\nx = 1\ny = '''\nz = 1\n'''\n",
    "@f\n@g(\n1)\n# why\ndef h(): pass\ny = 1\n",
    "@f\n",
    "if a:\n  x = 1\n# else\nelse:\n  x = 2\ny = 1\n",
    "if a:\n  x = 1\ny = 1\nelse:\n  x = 2\n",
    "else_ = 1\nfinally_ = 2\n",
    "  x = 1\ny = 2\n",
    "x = 1\n  y = 2\n",
    "x = 1\r\ny = 2\r\n",
    "x = 1\ry = 2\r",
    "x = 1\n\x0cy = 2\n",
    "match x:\n  case 1: pass\ncase = 2\n",
    "x = (\n",
    "x = 1)\ny = 2\n",
    "try:\n  x\nexcept:\n  pass\nfinally:\n  y\nz\n",
    'def f():\n    """\n    Text.\n    """\nx = 1\n',
    "x = 1; y = 2\nz = 3;\n",
    "\x00\nx = 1\n",
]


def tree_of(node: object, source: Source) -> object:
    """A tree with the places of its nodes, as something to be compared; what is blank does not matter."""
    found: list[object] = []
    every: list[syntax.Node] = []
    pending: list[tuple[object, tuple[object, ...]]] = [(node, ())]
    while pending:
        each, way = pending.pop()
        if isinstance(each, tuple):
            pending += [(item, (*way, number)) for number, item in enumerate(each) if item is not None]
        elif isinstance(each, syntax.Node):
            every.append(each)
            found.append((way, type(each).__name__))
            fields = {name: value for name, value in vars(each).items() if name != "indent" and (way or name == "body")}
            pending += [(value, (*way, name)) for name, value in sorted(fields.items())]
        else:
            found.append((way, each))
    located = [
        each
        for each in every
        if type(each).__name__ in ("Module", "Name", "SimpleString", "Assign", "If", "Call", "Arg", "FunctionDef")
    ]
    assert source.locate(located) == []  # type: ignore[arg-type]
    return found, [source.offsets(each) for each in located]  # type: ignore[arg-type]


def parsed(text: str, known: list[Piece] | None = None) -> object:
    """What comes of a text: its tree with places, or where it is no Python."""
    try:
        source = Source(text, "a.py", LineIndex(text), pieces=known)
    except syntax.ParseFailure as failure:
        return failure.line, failure.column, failure.message
    return tree_of(source.module, source)


def check(text: str, known: list[Piece]) -> list[Piece]:
    """Compare a text that was parsed in pieces with the same as a whole; return the pieces."""
    found = revised(text, known)
    if found is None:
        return known
    assert "".join(piece.text for piece in found) == text
    assert parsed(text, found) == parsed(text)
    return found


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts(text: str) -> None:
    """Whatever one of them was before."""
    known: list[Piece] = []
    for before in AWKWARD:
        known = check(before, known)
        check(text, known)


def edits(text: str, dice: random.Random) -> str:
    """A text with something done to it that people do."""
    lines = text.splitlines(keepends=True) or [""]
    at = dice.randrange(len(lines))
    match dice.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(at, dice.choice(lines))
        case 2:
            lines[at] = "    " + lines[at]
        case 3:
            lines[at] = lines[at].lstrip()
        case 4:
            here = dice.randrange(len(lines[at]) + 1)
            lines[at] = (
                lines[at][:here] + dice.choice(["(", '"', "'''", "\\", "#", "x", "\n", ":", "else"]) + lines[at][here:]
            )
        case 5:
            other = dice.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
    return "".join(lines)


@pytest.mark.parametrize("seed", range(20))
def test_edits(seed: int) -> None:
    """Of a text with every construct, and of small ones in which anything may be broken."""
    dice = random.Random(seed)
    for text, times in ((EVERY_CONSTRUCT, 5), ("".join(dice.sample(AWKWARD, 3)), 40)):
        known: list[Piece] = []
        edited = text
        for _ in range(times):
            edited = edits(edited, dice)
            known = check(edited, known)


@pytest.mark.parametrize("path", sample()[::6], ids=lambda path: path.name)
def test_modules_fall_into_pieces(path) -> None:  # type: ignore[no-untyped-def]
    """Real ones do, and a line in one of them makes none but that one anew."""
    text = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    known = check(text, [])
    more = check(text + "\nADDED = 1\n", known)
    assert sum(piece not in known for piece in more) <= 2


def test_what_is_the_same_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor looked through for places, or for what it binds."""
    text = "".join(f"A{number} = B{number}\n" for number in range(50))
    known = revised(text, [])
    assert known is not None
    first = Source(text, "a.py", LineIndex(text), pieces=known)
    assert first.relevance.slice(frozenset({"A7"})).names == {"A7", "B7"}
    place = first.module.body[40]
    first.locate([place])
    done: list[str] = []

    def parse(text: str):  # type: ignore[no-untyped-def]
        done.append(f"parsed {text}")
        return syntax.parse(text)

    def find(text: str, *rest):  # type: ignore[no-untyped-def]
        done.append(f"read {text}")
        return spans.find(text, *rest)

    monkeypatch.setattr(pieces, "parse", parse)
    monkeypatch.setattr(pieces, "find", find)
    edited = text.replace("A7 = ", "A7 = 1 if C else ")
    found = revised(edited, known)
    assert found is not None
    second = Source(edited, "a.py", LineIndex(edited), pieces=found)
    assert second.relevance.slice(frozenset({"A7"})).names == {"A7", "B7", "C"}
    second.locate([place, second.module.body[7]])
    assert [edited[slice(*second.offsets(each))] for each in (place, second.module.body[7])] == [
        "A40 = B40",
        "A7 = 1 if C else B7",
    ]
    assert done == ["parsed A7 = 1 if C else B7\n", "read A7 = 1 if C else B7\n"]
