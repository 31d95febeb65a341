"""Where comments stand in a file, by its format: a marker counts there and nowhere else.

Formats are a table of patterns. What is quoted is passed over; what is left open ends with the line, or with the file,
so that any text is read in one pass.
"""

from __future__ import annotations

import re

from secretkey_lint.model.record import Record
from secretkey_lint.readers import reader_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class Comment(Record):
    """A comment, as offsets into the text: the whole of it, and what stands between its marks."""

    start: int
    end: int
    inside: int
    inside_end: int


class Kind(Record):
    """A kind of comment: patterns of its opening mark, of what stands in it, and of its closing mark.

    `form` is how one is written, with `%s` for what stands in it.
    """

    opening: str
    inside: str = r"[^\r\n]*+"
    closing: str = ""
    form: str = "# %s"


class Syntax(Record):
    """What a format has: its kinds of comments, and patterns of what is passed over, for instance texts in quotes.

    `mistaken` is a pattern of what is no mark of a comment behind a value, though people take it for one.
    """

    kinds: tuple[Kind, ...]
    passed: tuple[str, ...] = ()
    mistaken: str = ""


_LINE_END = re.compile(r"[\r\n]|\Z")
_LINE_START = r"(?<![^\r\n])[ \t]*+"
_APART = r"(?<!\S)"
_TO_END = r"(?:{}|\Z)"


def _block(opening: str, closing: str, form: str) -> Kind:
    return Kind(opening, r"[\s\S]*?", _TO_END.format(closing), form)


def _to_line_end(opening: str, form: str) -> Kind:
    return Kind(opening, form=form)


_HASH = Kind("#")
_HASH_APART = Kind(_APART + "#")
_HASH_LINE = Kind(_LINE_START + "#")
_SLASHES = _to_line_end("//", "// %s")
_DASHES = _to_line_end("--", "-- %s")
_SLASH_STAR = _block(r"/\*", r"\*/", "/* %s */")
_MARKUP = _block("<!--", "-->", "<!-- %s -->")
_TEMPLATE = (
    Kind(r"\{#", r"(?:[^#\r\n]|#(?!\}))*+", r"#\}", "{# %s #}"),
    _block(r"\{%-?\s*+comment\b[^%\r\n]*+%\}", r"\{%-?\s*endcomment\s*-?%\}", "{%% comment %%}%s{%% endcomment %%}"),
)
_UNCLOSED_TEMPLATE = r"\{#[^\r\n]*+"

_NOT_IN_A_WORD = r"(?<!\w)"
_QUOTED = (
    _NOT_IN_A_WORD + r'"(?:\\[^\r\n]|[^"\\\r\n])*+"?',
    _NOT_IN_A_WORD + r"'(?:\\[^\r\n]|[^'\\\r\n])*+'?",
)
_DOUBLE_QUOTED = _QUOTED[:1]
_BACKTICKS = r"`(?:\\[\s\S]|[^`\\])*+`?"
_TRIPLE = (
    r'"""(?:\\[\s\S]|[^"\\]|"(?!""))*+(?:"""|\\?\Z)',
    r"'''(?:\\[\s\S]|[^'\\]|'(?!''))*+(?:'''|\\?\Z)",
)
_PYTHON_QUOTED = (
    r'"(?:\\(?:\r\n|[\s\S])|[^"\\\r\n])*+"?',
    r"'(?:\\(?:\r\n|[\s\S])|[^'\\\r\n])*+'?",
)
_SQL_QUOTED = (r"'[^'\r\n]*+'?", r'"[^"\r\n]*+"?')
_FENCES = (
    r"(?<![^\r\n])[ \t]*+(?P<fence>`{3,}|~{3,})[\s\S]*?(?:(?<![^\r\n])[ \t]*+(?P=fence)|\Z)",
    r"(?<!`)`[^`\r\n]*+`?",
)
_ASSIGNED = (r'=[ \t]*+"(?:\\[\s\S]|[^"\\])*+"?', r"=[ \t]*+'(?:\\[\s\S]|[^'\\])*+'?")

PYTHON = Syntax((_HASH,), _TRIPLE + _PYTHON_QUOTED)
_SCRIPT = Syntax((_HASH_APART,), _QUOTED)
_LIKE_C = Syntax((_SLASHES, _SLASH_STAR), (*_QUOTED, _BACKTICKS))
_NONE = Syntax(())

_SYNTAXES: dict[str, Syntax] = {
    "py pyi": PYTHON,
    "yaml yml sh bash zsh fish ksh rb pl pm r jl ex exs coffee tcl awk cmake mk nix graphql conf": _SCRIPT,
    "toml": Syntax((_HASH,), (*_TRIPLE, *_QUOTED)),
    "tf tfvars hcl": Syntax((_HASH, _SLASHES, _SLASH_STAR), _QUOTED),
    "ps1 psm1": Syntax((_block("<#", "#>", "<# %s #>"), _HASH_APART), _QUOTED),
    "env": Syntax((_HASH_LINE,), _ASSIGNED, "#"),
    "ini cfg properties service editorconfig npmrc": Syntax((Kind(_LINE_START + "[#;!]"),), mistaken="[#;]"),
    "json": Syntax((), mistaken=r"//|/\*|#"),
    "gitignore dockerignore gitattributes dockerfile containerfile": Syntax((_HASH_LINE,), mistaken="#"),
    "js mjs cjs jsx ts mts cts tsx java kt kts c h cc cpp hpp cs swift scala go dart groovy gradle proto jsonc json5": (
        _LIKE_C
    ),
    "scss sass less": _LIKE_C,
    "rs": Syntax((_SLASHES, _SLASH_STAR), _DOUBLE_QUOTED),
    "css": Syntax((_SLASH_STAR,), _QUOTED),
    "php": Syntax((_SLASHES, _HASH, _SLASH_STAR), _QUOTED),
    "html htm xhtml djhtml jinja jinja2 j2 vue svelte": Syntax((_MARKUP, *_TEMPLATE), (_UNCLOSED_TEMPLATE,)),
    "xml svg xsl xslt plist csproj config": Syntax((_MARKUP,)),
    "md markdown": Syntax((_MARKUP,), _FENCES),
    "rst": Syntax((_to_line_end(_LINE_START + r"\.\.(?=[ \t])", ".. %s"),)),
    "sql": Syntax((_DASHES, _SLASH_STAR), _SQL_QUOTED),
    "lua": Syntax((_block(r"--\[\[", r"\]\]", "--[[ %s ]]"), _DASHES), _QUOTED),
    "hs elm": Syntax((_DASHES, _block(r"\{-", r"-\}", "{- %s -}")), _DOUBLE_QUOTED),
    "bat cmd": Syntax((_to_line_end(_LINE_START + r"(?:@?[Rr][Ee][Mm](?=\s)|::)", "REM %s"),)),
    "vb vbs bas": Syntax(
        (_to_line_end("'", "' %s"), _to_line_end(_LINE_START + r"[Rr][Ee][Mm](?=\s)", "REM %s")), _DOUBLE_QUOTED
    ),
    "tex sty cls erl hrl": Syntax((_to_line_end("%", "%% %s"),), (r"\\%", *_DOUBLE_QUOTED)),
    "m4 ac": Syntax((_to_line_end(r"\bdnl\b", "dnl %s"), _HASH_APART)),
    "el lisp clj cljs edn scm asm": Syntax((_to_line_end(";", "; %s"),), _DOUBLE_QUOTED),
    "vim": Syntax((_to_line_end(_LINE_START + '"', '" %s'),)),
    "ipynb": Syntax(
        (Kind(r'(?<![^\s"])#', r'[^"\\\r\n]*+', form=""),), (r'\\"(?:[^"\\\r\n]|\\\\)*+(?:\\")?', r"'[^'\"\\\r\n]*+'?")
    ),
}
"""What comments look like, by the endings of names. In a notebook they are those of the cells, inside of JSON's texts."""

_BY_ENDING = {ending: syntax for endings, syntax in _SYNTAXES.items() for ending in endings.split()}
_SCRIPT_NAMES = (
    "makefile",
    "gnumakefile",
    "rakefile",
    "gemfile",
    "vagrantfile",
    "caddyfile",
    "justfile",
    "requirements",
)
_BY_NAME = {**dict.fromkeys(_SCRIPT_NAMES, _SCRIPT), "jenkinsfile": _LIKE_C, "pipfile": _BY_ENDING["toml"]}
_TEMPLATE_ENDINGS = frozenset("j2 jinja jinja2 tpl tmpl template example sample dist erb in orig bak".split())
"""Endings before which another one says what the file is."""

_compiled: dict[int, re.Pattern[str]] = {}


def syntax_of(path: str, text: str = "") -> Syntax:
    """Return how comments are written in a file, by its path, and by the first line of a script without an ending."""
    reader = reader_for(path)
    if reader == "python":
        return PYTHON
    if reader == "dotenv":
        return _BY_ENDING["env"]
    name = path.rpartition("/")[2].lower()
    first, *endings = name.removeprefix(".").split(".")
    for ending in reversed(endings):
        if ending in _BY_ENDING and not (ending in _TEMPLATE_ENDINGS and len(endings) > 1):
            return _BY_ENDING[ending]
        if ending not in _TEMPLATE_ENDINGS:
            break
    for word in (first, first.partition("-")[0]):
        if word in _BY_NAME:
            return _BY_NAME[word]
        if word in ("dockerfile", "containerfile") or (name.startswith(".") and word in _BY_ENDING):
            return _BY_ENDING[word]
    if text.startswith("#!"):
        return PYTHON if "python" in text[:100].partition("\n")[0] else _SCRIPT
    return _NONE


def of(path: str, text: str) -> Iterator[Comment]:
    """Yield the comments of a file in their order; none of a format that has no comments, such as JSON."""
    syntax = syntax_of(path, text)
    if not syntax.kinds:
        return
    for match in _pattern(syntax).finditer(text):
        kind = match.lastgroup
        if kind is not None and kind.startswith("inside"):
            start = match.start()
            while text[start] in " \t":
                start += 1
            yield Comment(start, match.end(), match.start(kind), match.end(kind))


def _pattern(syntax: Syntax) -> re.Pattern[str]:
    pattern = _compiled.get(id(syntax))
    if pattern is None:
        kinds = [f"{kind.opening}(?P<inside{at}>{kind.inside}){kind.closing}" for at, kind in enumerate(syntax.kinds)]
        passed = [f"(?P<passed{at}>{each})" for at, each in enumerate(syntax.passed)]
        pattern = _compiled[id(syntax)] = re.compile("|".join([*kinds, *passed]))
    return pattern


def mistaken(path: str, text: str, words: str) -> Iterator[Comment]:
    """Yield what stands behind a value as a comment would, begins with `words`, and is no comment in the file's format.

    What does stand in a comment is among it, too, where it begins a second one there.
    """
    syntax = syntax_of(path, text)
    if not syntax.mistaken:
        return
    mark = re.compile(rf"(?:\A|[\s,])(?:{syntax.mistaken})[ \t]{{0,4}}\Z")
    at = text.find(words)
    while at >= 0:
        end = _LINE_END.search(text, at).start()  # type: ignore[union-attr]
        if mark.search(text[max(at - 8, 0) : at]):
            yield Comment(at, end, at, end)
        at = text.find(words, end)
