"""What follows from conditions: guards may say less than the code does, and never more."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretkey_lint.model.binding import Binding, Guard
from secretkey_lint.model.source import SourceFile
from secretkey_lint.model.value import EnvLookup, Literal
from secretkey_lint.readers.python.reader import read

ATOMS = [
    "DEBUG", "FLAG", "TESTING", "True", "False", "UNKNOWN", "DEBUG is True", "DEBUG == False", "DEBUG != True",
    "bool(DEBUG)", "FLAG == True",
]  # fmt: skip
CONDITIONS = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(lambda each: f"not ({each})"),
        st.tuples(inner, inner).map(lambda each: f"({each[0]}) and ({each[1]})"),
        st.tuples(inner, inner).map(lambda each: f"({each[0]}) or ({each[1]})"),
        st.tuples(inner, inner, inner).map(lambda each: f"(({each[0]}) if ({each[1]}) else ({each[2]}))"),
    ),
    max_leaves=5,
)
HEAD = (
    'import os\nimport sys\nfrom elsewhere import UNKNOWN\nDEBUG = os.environ.get("DEBUG") == "1"\n'
    'FLAG = os.environ.get("FLAG") == "1"\nTESTING = "test" in sys.argv\n'
)
ONE, TWO = "one-8f3k2q9x7v5n1m4b6c0z", "two-8f3k2q9x7v5n1m4b6c0z"
SHAPES = [
    'if {0}:\n    SECRET_KEY = "{1}"\nelse:\n    SECRET_KEY = "{2}"\n',
    'SECRET_KEY = "{1}" if {0} else "{2}"\n',
    'SECRET_KEY = "{2}"\nif {0}:\n    SECRET_KEY = "{1}"\n',
    'def key():\n    if {0}:\n        return "{1}"\n    return "{2}"\nSECRET_KEY = key()\n',
    'SECRET_KEY = {{True: "{1}", False: "{2}"}}[bool({0})]\n',
    'x = ({0})\nSECRET_KEY = "{2}" if not x else "{1}"\n',
]


def literal_of(binding: Binding) -> str:
    match binding.value:
        case Literal(text=text) | EnvLookup(default=Literal(text=text)):
            return text
        case _:
            return ""


def may_hold(guard: Guard, world: dict[str, bool]) -> bool:
    """Whether a guard may hold in a world; of what it does not know it says nothing."""
    if guard.kind == "debug":
        return guard.holds == world["DEBUG"]
    if guard.kind == "testing":
        return guard.holds == world["TESTING"]
    if guard.kind == "unset":
        return guard.subject not in world or guard.holds != world[guard.subject]
    return guard.kind != "unreachable"


@given(CONDITIONS, st.sampled_from(SHAPES))
def test_no_value_is_explained_away(condition: str, shape: str) -> None:
    """In every world in which a literal becomes the key, its guards hold: a leak in production stays one."""
    source = HEAD + shape.format(condition, ONE, TWO)
    bindings = [
        each for each in read(SourceFile("settings.py", source.encode(), "settings.py")) if isinstance(each, Binding)
    ]
    for values in itertools.product([True, False], repeat=4):
        world = dict(zip(("DEBUG", "FLAG", "TESTING", "UNKNOWN"), values, strict=True))
        text = ONE if eval(condition, {}, world) else TWO
        candidates = [each for each in bindings if literal_of(each) == text]
        if "{{" in shape and not candidates:
            continue  # an entry that is looked up by an unknown key is not known; silence is allowed
        assert any(all(may_hold(guard, world) for guard in each.guards) for each in candidates), (condition, world)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("DEBUG", Guard("debug", True)),
        ("not DEBUG", Guard("debug", False)),
        ("DEBUG and UNKNOWN", Guard("debug", True)),
        ("not (not DEBUG or UNKNOWN)", Guard("debug", True)),
        ("DEBUG == True", Guard("debug", True)),
        ("TESTING", Guard("testing", True)),
        ("'pytest' in sys.modules", Guard("testing", True)),
        ("sys.argv[1:2] == ['test']", Guard("testing", True)),
        ("os.environ.get('ENV') == 'production'", Guard("production", True)),
        ("os.environ.get('ENV') != 'production'", Guard("production", False)),
    ],
)
def test_what_is_said_is_understood(condition: str, expected: Guard) -> None:
    """Without this, guards that say nothing at all would pass the test above."""
    source = HEAD + SHAPES[0].format(condition, ONE, TWO)
    bindings = [
        each for each in read(SourceFile("settings.py", source.encode(), "settings.py")) if isinstance(each, Binding)
    ]
    (found,) = [each for each in bindings if literal_of(each) == ONE]
    assert expected in found.guards


@pytest.mark.parametrize("condition", ["DEBUG or UNKNOWN", "UNKNOWN", "not (DEBUG and UNKNOWN)", "DEBUG == UNKNOWN"])
def test_what_is_not_said_is_not_assumed(condition: str) -> None:
    """An alternative that needs no debug mode leaves a leak in production."""
    source = HEAD + SHAPES[0].format(condition, ONE, TWO)
    bindings = [
        each for each in read(SourceFile("settings.py", source.encode(), "settings.py")) if isinstance(each, Binding)
    ]
    for each in bindings:
        if literal_of(each) == ONE:
            assert not {guard.kind for guard in each.guards} & {"debug", "testing", "unreachable"}
