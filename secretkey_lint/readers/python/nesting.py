"""How deeply a source is nested: what the native parser must not be given.

The native parser recurses. What is nested too deeply overflows its stack, which kills the process; chains of
operators take it quadratic time, nested patterns exponential time. `is_flat` tells cheaply of most sources that they
are far from that; `refusal` looks at every token.

Stack was measured with LibCST 1.9.0 on x86-64, in the deepest trees of each kind: 28 kB for a block, 8 kB for a bracket,
14 kB for the default of a lambda's parameter, 2.4 kB for other operators, 1 kB for an `elif` and for each of adjacent
strings. Two things need no look, since LibCST itself refuses them: more than 100 blocks, more than 3,000 strings.
"""

# CPython's own limit: "too many nested parentheses".
_BRACKETS = 200
# A link each, of `a + b + …`, `a.b.c…`, `f()()…`, `not not …`, `lambda: lambda: …`, along one path through the
# tree. CPython 3.12 takes 2,950. 2,000 take LibCST 1 to 10 seconds.
_CHAIN = 2_000
# Of `elif`s, in a statement that is in no block. CPython 3.12 takes 2,950 in a row. (Here the limit is not the parser,
# but that CPython 3.13 needs 170 bytes of the caller's stack for each to free the tree.)
_ELIFS = 2_000
# Within a pattern, and in the targets of `del`, a bracket takes LibCST up to 6 and 2 times as long: half a second.
_BRACKETS_AFTER = {"case": 8, "del": 16}

# Bytes of stack that the parser needs for what these limits allow: 38 MiB, and some to spare.
STACK = 64 << 20

_OPENING = "([{"
_OPERATORS = "+-*/%@&|^~<>"
_OPERATOR_WORDS = ("and", "await", "for", "if", "lambda", "not", "or")
_STRING_PREFIXES = frozenset(("b", "br", "f", "fr", "r", "rb", "rf", "rt", "t", "tr", "u"))


def is_flat(source: str) -> bool:
    """Whether `source` has so few brackets and operators that there is no refusal, and 7 MiB of stack are enough."""
    count = source.count
    brackets = sum(map(count, _OPENING))
    return (
        brackets <= _BRACKETS
        and count("lambda") <= 50
        and count('"') + count("'") <= 2_000
        and count(".") + sum(map(count, _OPERATORS)) + sum(map(count, _OPERATOR_WORDS)) <= 500
        and (brackets <= _BRACKETS_AFTER["case"] or not (_has_word(source, "case") and _has_word(source, "match")))
        and (brackets <= _BRACKETS_AFTER["del"] or not _has_word(source, "del"))
    )


def _has_word(source: str, word: str) -> bool:
    start = source.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_in_word(source[start - 1 : start]) or _in_word(source[end : end + 1])):
            return True
        start = source.find(word, end)
    return False


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_" or character > "\x7f"  # false of ""


class _Level:
    """What is open: the module, a bracket, or, of an f-string, itself, a replacement field or its format specification."""

    __slots__ = ("kind", "links", "longest", "outer", "quotes", "raw", "run", "strings")

    def __init__(self, kind: str, outer: int, quotes: str = "", raw: bool = False) -> None:
        self.kind = kind
        self.outer = outer  # the depth of what this is within
        self.quotes = quotes
        self.raw = raw
        self.start_again()

    def start_again(self) -> None:
        """After a comma, or a statement: what follows is beside what was before, not below it."""
        self.links = 0  # operators
        self.run = 0  # attributes, calls and subscripts since the last operator
        self.longest = 0  # of the runs
        self.strings = 0  # before this one, of an implicit concatenation

    def operate(self) -> None:
        self.links += 1
        self.longest = max(self.longest, self.run)
        self.run = 0

    def depth(self) -> int:
        return self.outer + self.links + max(self.longest, self.run)


def refusal(source: str) -> tuple[str, int] | None:
    """Why `source` must not be parsed, and the offset where it gets too deep; None if it may be.

    Of a source that has no tokens (a quote is left open) anything may be said: the parser gives up before it recurses.
    """
    levels = [_Level("module", 0)]
    brackets = elifs = position = 0
    limit = _BRACKETS
    matching = False  # there was a statement that may be `match`
    first = True  # the next token is the first of a statement
    while position < len(source):
        level = levels[-1]
        start = position
        character = source[start]

        if level.kind in ("string", "specification"):
            if character == "\\":
                position += 2 - source.startswith(("{", "}"), start + 1)
                if level.raw:
                    position = start + 1 + source.startswith(("'", '"', "\\"), start + 1)
                elif level.kind == "string" and source.startswith("N{", start + 1):
                    position = source.find("}", start) + 1 or len(source)
            elif character == "{" and not (level.kind == "string" and source.startswith("{{", start)):
                brackets += 1
                levels.append(_Level("field", level.depth(), level.quotes, level.raw))
                position += 1
            elif character == "}" and level.kind == "specification":
                brackets -= 1
                del levels[-2:]
                position += 1
            elif character in "{}":
                position += 2
            elif source.startswith(level.quotes, start):
                while levels.pop().kind != "string":
                    brackets -= level.kind == "field"
                position += len(level.quotes)
            else:
                position += 1
            if brackets > limit:
                break
            continue

        if character in " \t\f":
            position += 1
            continue
        if character == "\\":
            position += 3 if source.startswith("\r\n", start + 1) else 2
            continue
        if character == "#":
            position = _end_of_line(source, start)
            continue
        if character in "\r\n;" and len(levels) == 1:
            level.start_again()
            first, limit = True, _BRACKETS
            position += 1
            continue

        first, is_first = False, first
        position += 1
        quoted = character in "'\""
        if _in_word(character):
            while _in_word(source[position : position + 1]):
                position += 1
            word = source[start:position]
            quoted = source.startswith(("'", '"'), position) and word.lower() in _STRING_PREFIXES
            if word in _OPERATOR_WORDS:
                level.operate()
            if is_first and word == "elif":
                elifs += 1
            elif is_first and source[start - 1 : start] in ("", "\r", "\n"):
                elifs = 0
            if is_first and word == "match":
                matching = True
            elif is_first and (word == "del" or (word == "case" and matching)):
                limit = _BRACKETS_AFTER[word]
            elif word == "if" and len(levels) == 1:
                limit = _BRACKETS
        level.strings = level.strings + 1 if quoted else 0
        if quoted:
            prefix = source[start:position].rstrip("'\"").lower()
            quote = source[start + len(prefix)]
            quotes = quote * 3 if source.startswith(quote * 3, start + len(prefix)) else quote
            position = start + len(prefix) + len(quotes)
            if "f" in prefix or "t" in prefix:
                levels.append(_Level("string", level.depth() + level.strings, quotes, "r" in prefix))
            else:
                position = _end_of_string(source, position, quotes)
        elif character in _OPENING:
            brackets += 1
            level.run += character != "{"
            levels.append(_Level(character, level.depth()))
        elif character in ")]}" and len(levels) > 1:
            brackets -= 1
            levels.pop()
        elif character == ",":
            level.start_again()
        elif character == ":" and level.kind == "field":
            levels.append(_Level("specification", level.depth(), level.quotes, level.raw))
        elif character == ":" and len(levels) == 1:
            first, limit = True, _BRACKETS
        elif source.startswith("...", start):
            position += 2
        elif character == ".":
            level.run += 1
        elif character in _OPERATORS:
            position += character in "*/<>" and source.startswith(character, position)
            level.operate()

        if brackets > limit or elifs > _ELIFS or levels[-1].depth() > _CHAIN:
            break
    else:
        return None
    return ("too many nested parentheses" if brackets > _BRACKETS else "too deeply nested"), start


def _end_of_line(source: str, start: int) -> int:
    line_feed, carriage_return = source.find("\n", start), source.find("\r", start)
    ends = [end for end in (line_feed, carriage_return) if end >= 0]
    return min(ends, default=len(source))


def _end_of_string(source: str, start: int, quotes: str) -> int:
    """The offset after the string whose text begins at `start`."""
    end = start
    while (end := source.find(quotes, end)) >= 0:
        text_end = end
        while text_end > start and source[text_end - 1] == "\\":
            text_end -= 1
        if (end - text_end) % 2 == 0:
            return end + len(quotes)
        end += 1
    return len(source)
