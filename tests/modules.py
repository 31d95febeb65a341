"""Python that parsers are tried on: every construct of the language, and real modules."""

import random
import sysconfig
from pathlib import Path

STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))

EVERY_CONSTRUCT = '''
"""Docstring."""
from __future__ import annotations
from . import (a as b, c,)
from ..pkg.mod import *
import os.path as p, sys
x: int = 1; y: str
x += 1; x -= 1; x *= 2; x /= 2; x //= 2; x %= 2; x **= 2; x >>= 1; x <<= 1; x &= 1; x ^= 1; x |= 1; x @= y
a, *b = (1, 2.5, 3j, ..., None)
del a, b
assert x, "message"
global_name = [i for i in range(10) if i if not i] + [*b] + list(j async for j in k)
s = {1, *t} | {i for i in t}
d = {"a": 1, **e, 'b': (yield)}
dc = {k: v for k, v in d.items() for z in v}
sl = q[1:2, ::3, ..., *r]
comparison = 1 < 2 <= 3 != 4 > 5 >= 6 == 7 is 8 is not 9 in d not in e
boolean = not a and b or (c)
unary = -+~x
binary = (a + b - c * d / e // f % g ** h @ i << j >> k & l | m ^ n)
cond = a if b else c
lam = lambda x, /, y=1, *args, z, w=2, **kw: (x, y)
call(a, *b, c=d, **e)(f).g[h]
walrus = (n := 10)
strings = "a" 'b' f"{x!r:>{width}} {{}} {y=}" """t
t"""
@decorator
@other(1)
async def f(a: int, b: str = "x", *args: int, c, **kw) -> None:
    async with a as b, c: pass
    async for x in y:
        await z
    else: ...
    return
def g():
    global u
    nonlocal_ = 1
    def h():
        nonlocal nonlocal_
        yield
        yield from x
    raise E from None
    return (yield x)
class C(Base, *rest, metaclass=M): x = 1
class D: pass
with (open(a) as b, c): pass
with a, b as (c, d): pass
try:
    pass
except (A, B) as e:
    pass
except: raise
else:
    pass
finally:
    pass
try: pass
except* A as e: pass
for i in 1, 2:
    if i: continue
    elif j: break
    else: pass
else: pass
while x: break
else: pass
match x:
    case 1 | -2 | "s" | None | True: pass
    case [a, *_, b] if a: pass
    case (c, *rest): pass
    case {"k": v, **kw}: pass
    case P(a, b=c) as q: pass
    case a.b: pass
    case _: pass
if x: pass; \\
   y = 1  # comment
type X[T: int, *Ts, **P] = list[T]
def generic[T](x: T) -> T: return x
'''


def sample() -> list[Path]:
    files = sorted(path for path in STANDARD_LIBRARY.glob("*/*.py") if "site-packages" not in path.parts)
    small = [path for path in files if path.stat().st_size < 20_000]
    return random.Random(20261123).sample(small, min(60, len(small)))
