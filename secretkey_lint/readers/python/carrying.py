"""What of the key is in the value of an expression: through names, displays and operations that keep its text.

What a call of anything else returns is taken to be free of the key: hashes, signatures, tokens, lengths.
"""

from __future__ import annotations

from secretkey_lint.model.record import replace
from secretkey_lint.readers.python.mentions import (
    ANY,
    Mention,
    Readings,
    constant,
    dotted,
    entry_of,
    integer,
    last_name,
)
from secretkey_lint.readers.python.objects import Hop
from secretkey_lint.vocabulary import is_fallbacks_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import libcst as cst

    Mentions = tuple[Mention, ...]
    Environment = dict[str, Mentions]
    Evaluation = Callable[[object], Mentions]
else:
    from secretkey_lint.readers.python import syntax as cst

MAX_DEPTH = 60
"""Expressions in one another that are followed."""

MAX_MENTIONS = 20
"""Mentions that one value is taken to hold; what shows one shows all."""

HARMLESS_LENGTH = 4
"""The most characters that may be shown of a key, as people do to tell keys apart."""

KEEPING_FUNCTIONS = frozenset(
    """
    Context Markup Panel RequestContext Text ascii b64encode bytes colored conditional_escape copy deepcopy dict dumps
    enumerate escape escapejs force_bytes force_str force_text format format_html format_html_join format_map frozenset
    hexlify iter join linebreaks list mark_safe map model_dump next pformat quote quote_plus repr reversed
    set smart_bytes smart_str smart_text sorted str style substitute safe_substitute tuple unstyle urlencode
    urlsafe_b64encode urlsafe_base64_encode zip
    """.split()
)
"""Functions that put the text of their arguments into what they return, by their last name."""

KEEPING_METHODS = frozenset(
    """
    capitalize casefold center copy decode encode expandtabs format format_map hex join ljust lower lstrip partition
    removeprefix removesuffix replace rjust rpartition rsplit rstrip split splitlines strip swapcase title translate
    upper zfill
    """.split()
)
"""Methods that keep the text of what they are called on."""

_STYLES = frozenset({"style"})
_PARTS = frozenset({"get", "pop", "setdefault"})


class Carrier:
    """Tells which mentions of the key are in the value of an expression."""

    def __init__(self, readings: Readings) -> None:
        self.readings = readings

    def returned(self, function: cst.CSTNode) -> Mentions:
        """Return what a call of a function of the module returns of the key."""
        raise NotImplementedError

    def carried(self, node: object, names: Environment, depth: int = 0) -> Mentions:
        """Return the mentions in the value of `node`, where names hold what `names` says."""
        if depth > MAX_DEPTH:
            return ()

        def of(inner: object) -> Mentions:
            return self.carried(inner, names, depth + 1)

        match node:
            case cst.Name() | cst.Attribute():
                return self._of_name(node, names)
            case cst.Subscript(value=value):
                direct = self.readings.of(node)
                return (direct,) if direct else tuple(_taken(each, node) for each in _part(of(value), node))
            case cst.Call():
                return self._of_call(node, names, depth)
            case cst.FormattedString(parts=parts):
                shown = [part for part in parts if isinstance(part, cst.FormattedStringExpression)]
                return _flat(each for part in shown if not _is_short(part) for each in of(part.expression))
            case cst.ConcatenatedString(left=left, right=right):
                return _flat((*of(left), *of(right)))
            case cst.BinaryOperation():
                return self._of_operation(node, names, depth)
            case cst.BooleanOperation(operator=cst.And(), right=right):
                return of(right)
            case cst.BooleanOperation(left=left, right=right):
                return unique((*of(left), *of(right)))
            case cst.IfExp(body=body, orelse=orelse):
                return unique((*of(body), *of(orelse)))
            case cst.NamedExpr(value=value) | cst.Await(expression=value) | cst.StarredElement(value=value):
                return of(value)
            case cst.List(elements=elements) | cst.Tuple(elements=elements) | cst.Set(elements=elements):
                return unique(each for index, one in enumerate(elements) for each in _element(one, index, of))
            case cst.Dict(elements=entries):
                return unique(each for entry in entries for each in _entry(entry, of))
            case cst.ListComp(elt=elt, for_in=loop) | cst.SetComp(elt=elt, for_in=loop):
                return under(ANY, self.carried(elt, self.inside(loop, names, depth), depth + 1))
            case cst.GeneratorExp(elt=elt, for_in=loop):
                return under(ANY, self.carried(elt, self.inside(loop, names, depth), depth + 1))
            case cst.DictComp(key=key, value=value, for_in=loop):
                inner = self.inside(loop, names, depth)
                held = (*self.carried(key, inner, depth + 1), *self.carried(value, inner, depth + 1))
                return under(ANY, held)
        return ()

    def inside(self, loop: cst.CompFor, names: Environment, depth: int = 0) -> Environment:
        """Return what names hold inside of a comprehension."""
        names = dict(names)
        inner: cst.CompFor | None = loop
        while inner is not None:
            assign(inner.target, elements(self.carried(inner.iter, names, depth + 1)), names)
            inner = inner.inner_for_in
        return names

    def _of_name(self, node: cst.Name | cst.Attribute, names: Environment) -> Mentions:
        """What a name holds: the key's own name, a variable, an attribute of an object of the module."""
        held = names.get(dotted(node))
        if held is None:
            direct = self.readings.of(node)
            return (direct,) if direct else ()
        return tuple(_used(each, node) for each in held)

    def _of_operation(self, node: cst.BinaryOperation, names: Environment, depth: int) -> Mentions:
        """`+`, `%` and `|` keep what both sides hold; long chains of them lean to the left."""
        found: list[Mention] = []
        operand: cst.CSTNode = node
        while isinstance(operand, cst.BinaryOperation):
            if not isinstance(operand.operator, cst.Add | cst.Modulo | cst.BitOr):
                return tuple(found)
            right = self.carried(operand.right, names, depth + 1)
            found += _flat(right) if isinstance(operand.operator, cst.Modulo) else right
            operand = operand.left
        return unique((*self.carried(operand, names, depth + 1), *found))

    def _of_call(self, node: cst.Call, names: Environment, depth: int) -> Mentions:
        direct = self.readings.of(node)
        if direct is not None:
            return (direct,)
        called = last_name(node.func)
        held = [(argument, self.carried(argument.value, names, depth + 1)) for argument in node.args]
        receiver: Mentions = ()
        match node.func:
            case cst.Name() if called not in KEEPING_FUNCTIONS:
                return tuple(_used(each, node) for each in self.returned(node.func))
            case cst.Attribute(value=owner):
                receiver = self.carried(owner, names, depth + 1)
                if called == "items":
                    return tuple(replace(each, path=(ANY, 1, *each.path[1:])) for each in receiver if not each.whole)
                if called == "values":
                    return under(ANY, elements(receiver))
                if called in _PARTS and held:
                    found = _parts(receiver, _constant(held[0][0].value))
                    return unique((*(_taken(each, node) for each in found), *_all(held[1:])))
                if last_name(owner) in _STYLES:
                    return _flat(_all(held))
        match called:
            case "dict" | "copy" | "deepcopy" | "Context" | "RequestContext" | "model_dump":
                named = (under(argument.keyword.value, found) for argument, found in held if argument.keyword)
                plain = (found for argument, found in held if not argument.keyword)
                return unique((*receiver, *(each for found in (*plain, *named) for each in found)))
            case "list" | "tuple" | "set" | "frozenset" | "sorted" | "reversed" | "iter":
                return under(ANY, elements(_all(held)))
            case "map":
                return under(ANY, elements(_all(held[1:])))
            case "next":
                return elements(_all(held))
            case "enumerate":
                return under(ANY, under(1, elements(_all(held))))
            case "zip":
                pairs = (under(index, elements(found)) for index, (_, found) in enumerate(held))
                return under(ANY, unique(each for pair in pairs for each in pair))
            case "split" | "rsplit" | "partition" | "rpartition" | "splitlines":
                return under(ANY, receiver)
        if called == "dumps":  # of django.core.signing as well, which signs with these
            held = [each for each in held if each[0].keyword is None or each[0].keyword.value not in ("key", "salt")]
        kept = _all(held) if called in KEEPING_FUNCTIONS else _all(held[1:]) if called == "replace" else ()
        return _flat((*(receiver if called in KEEPING_METHODS else ()), *kept))


def assign(target: object, held: Mentions, names: Environment) -> None:
    """Note in `names` that `target` comes to hold `held`."""
    match target:
        case cst.Name() | cst.Attribute():
            name = dotted(target)
            if name:
                names[name] = tuple(read(each) for each in held)
                for other in [other for other in names if other.startswith(name + ".")]:
                    del names[other]
        case cst.Subscript():
            path: list[str | int | None] = []
            holder: object = target
            while isinstance(holder, cst.Subscript):
                path.insert(0, entry_of(holder))
                holder = holder.value
            name = dotted(holder)
            kept = [each for each in names.get(name, ()) if each.path[: len(path)] != tuple(path) or ANY in path]
            put = tuple(replace(each, path=(*path, *each.path)) for each in held)
            if name and (put or name in names):
                names[name] = unique((*kept, *put))
        case cst.Tuple(elements=targets) | cst.List(elements=targets):
            for index, each in enumerate(targets):
                assign(each.value, _parts(held, index), names)


def elements(held: Mentions) -> Mentions:
    """Return what the elements of a container hold; those of the whole settings are mostly not the key."""
    return tuple(replace(each, path=each.path[1:]) for each in held if not each.whole)


def _element(element: cst.BaseElement, index: int, of: Evaluation) -> Mentions:
    held = of(element.value)
    return under(ANY, elements(held)) if isinstance(element, cst.StarredElement) else under(index, held)


def _entry(entry: cst.BaseDictElement, of: Evaluation) -> Mentions:
    match entry:
        case cst.DictElement(key=key, value=value):
            return (*under(ANY, of(key)), *under(_constant(key), of(value)))
    return of(entry.value)


def _used(mention: Mention, node: cst.CSTNode) -> Mention:
    """A mention where it is used under a name: text is shown here; an entry was put into its container elsewhere."""
    if mention.path and not mention.whole and not is_fallbacks_name(mention.name):
        used: Mention = replace(mention, holder=node)
    else:
        used = replace(mention, node=node)
    return used


def _taken(mention: Mention, node: cst.CSTNode) -> Mention:
    """A mention that was taken out of a container with a name: the text is shown where it is taken."""
    if mention.path or mention.holder is None:
        return mention
    taken: Mention = replace(read(mention), node=node)
    return taken


def read(mention: Mention) -> Mention:
    """Return a mention that is given a name, with the step that leads there."""
    known = mention.via or mention.parameter or mention.path
    via = mention.via if known else (Hop(mention.node, f"{mention.name} is read here"),)
    result: Mention = replace(mention, via=via, holder=None)
    return result


def under(entry: str | int | None, held: Mentions) -> Mentions:
    """Return what a container holds that has `held` under `entry`."""
    return tuple(replace(each, path=(entry, *each.path)) for each in held)


def _parts(held: Mentions, entry: str | int | None) -> Mentions:
    """What is under `entry` of a container."""
    return tuple(replace(each, path=each.path[1:]) for each in held if not each.path or _may_be(each.path[0], entry))


def _may_be(entry: str | int | None, sought: str | int | None) -> bool:
    return ANY in (entry, sought) or entry == sought


def _part(held: Mentions, node: cst.Subscript) -> Mentions:
    """What a subscript yields: an entry of a container, some characters of a text."""
    containers = tuple(each for each in held if each.path)
    match node.slice:
        case (cst.SubscriptElement(slice=cst.Slice(lower=lower, upper=upper)),):
            texts = tuple(each for each in held if not each.path)
            parts = under(ANY, elements(containers))
            return parts if _length(lower, upper) <= HARMLESS_LENGTH else (*texts, *parts)
    return _parts(containers, entry_of(node))


def _length(lower: object, upper: object) -> int:
    """The most characters that a slice has, as far as its bounds say; else more than may be shown."""
    start, stop = integer(lower) if lower is not None else 0, integer(upper)
    if upper is None and start is not None and start < 0:
        return -start
    if start is None or stop is None or (start < 0) != (stop < 0):
        return HARMLESS_LENGTH + 1
    return stop - start


def _is_short(part: cst.FormattedStringExpression) -> bool:
    """Whether a format cuts what it shows down to a few characters: `{key:.4}`."""
    match part.format_spec:
        case (cst.FormattedStringText(value=spec),):
            digits = spec.partition(".")[2].removesuffix("s")
            return digits.isdecimal() and int(digits[:4]) <= HARMLESS_LENGTH
    return False


def _constant(node: cst.CSTNode) -> str | int | None:
    text = constant(node)
    return text if text is not None else integer(node)


def joined(outcomes: Iterable[Environment | None]) -> Environment:
    """Return what names hold that hold what they do in any of the outcomes; None is an outcome that does not come."""
    found: Environment = {}
    for outcome in outcomes:
        for name, held in (outcome or {}).items():
            found[name] = unique((*found.get(name, ()), *held))
    return found


def _all(held: Iterable[tuple[cst.Arg, Mentions]]) -> Mentions:
    return tuple(each for _, found in held for each in found)


def _flat(held: Iterable[Mention]) -> Mentions:
    """What a text holds that is made of these."""
    return unique(replace(each, path=()) for each in held)


def unique(held: Iterable[Mention]) -> Mentions:
    """Return the mentions, each once, as far as there are not too many."""
    return tuple({(id(each.node), each.path): each for each in held}.values())[:MAX_MENTIONS]
