"""Decides by its bytes whether a file can bind a key at all; nothing heavy is imported for it."""

from __future__ import annotations

from secretkey_lint.vocabulary import KEY_NAMES, NEEDLES

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def may_hold_a_key(content: bytes, path: str) -> bool:
    """Whether a file with this content can bind a key or hold one."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as PowerShell's `>` writes it
        content = content.replace(b"\0", b"")
    upper, lower, insecure = (needle in content for needle in NEEDLES)
    if not (upper or lower or insecure):
        return False
    return insecure or not path.endswith(".py") or _python_may_bind_the_key(content)


def _python_may_bind_the_key(python: bytes) -> bool:
    """Whether any mention of the key is more than a read of it, or than its safest binding."""
    for needle in NEEDLES[:2]:
        at = python.find(needle)
        while at >= 0:
            if not _is_harmless(python, at, at + len(needle)):
                return True
            at = python.find(needle, at + len(needle))
    return False


def _is_harmless(python: bytes, start: int, end: int) -> bool:
    """Whether a mention is part of another name, a read (`settings.SECRET_KEY`), or in a binding that is safe."""
    while start and python[start - 1] in _WORD:
        start -= 1
    while end < len(python) and python[end] in _WORD:
        end += 1
    name = python[start:end].decode("ascii")
    if name.upper() not in KEY_NAMES:
        return True
    before, behind = python[start - 1 : start], python[end : end + 200].lstrip(b" \t\\\r\n)]}")
    if behind[:1] in (b"=", b":", b"+") and behind[:2] != b"==":  # bound, as far as one can see
        return _is_read_from_the_environment(python, start)
    if name.islower():  # bound as an argument or attribute, or not at all; a text may be the key of an entry
        return before not in (b'"', b"'") and not behind.startswith(b",")
    if before == b"." and python[end : end + 1] in (b"", b",", b")", b"]", b"}", b"\r", b"\n"):
        return not behind.startswith(b",") or b"(" in python[python.rfind(b"\n", 0, start) + 1 : start]
    return _is_read_from_the_environment(python, start)


def _is_read_from_the_environment(python: bytes, at: int) -> bool:
    """Whether the mention is in a line `SECRET_KEY = os.environ["NAME"]`, and the file names NAME nowhere else."""
    stop = python.find(b"\n", at)
    line = python[python.rfind(b"\n", 0, at) + 1 : stop if stop >= 0 else len(python)].rstrip()
    opening = b"SECRET_KEY = os.environ["
    variable = line[len(opening) + 1 : -2]
    return (
        line in (opening + b'"' + variable + b'"]', opening + b"'" + variable + b"']")
        and _WORD.issuperset(variable)
        and python.count(variable) == (2 if variable == NEEDLES[0] else 1)
    )


def is_environment_file(path: str) -> bool:
    """Whether a file sets variables of the environment, by its name; templates of such files do not."""
    name = path.rpartition("/")[2]
    return ".env" in name and not name.endswith(
        (".example", ".sample", ".template", ".dist", ".py", ".md", ".ts", ".js")
    )
