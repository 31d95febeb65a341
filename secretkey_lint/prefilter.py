"""Decides by its bytes whether a file can bind a key, or show one, at all; nothing heavy is imported for it."""

from __future__ import annotations

import sys

from secretkey_lint.vocabulary import KEY_NAMES, MARKER, NEEDLES

_AUDIENCES = (
    b"print", b"log", b"warn", b"echo", b"exit", b"input", b"write", b"raise ", b"assert ", b"_note", b"esponse", b"render",
    b"jsonify", b"abort", b"context", b"request", b"messages", b"mail", b"Mail", b"cookie", b"capture_", b"report_", b"set_",
    b"add_", b"emplate", b'("/', b"('/", b"register.",
)  # fmt: skip
"""What a module has, one of them, that shows anything to anybody."""

SHOWING = frozenset(
    b"""
    Context EmailMessage EmailMultiAlternatives Markup Panel RequestContext Response SimpleTemplateResponse
    TemplateResponse Text abort add add_breadcrumb add_custom_attribute add_custom_attributes add_message add_note append
    as_view ascii b64encode bytes capture_event capture_exception capture_message colored conditional_escape copy critical
    debug deepcopy dict dumps echo email_user enumerate error escape escapejs exception exit extend fatal force_bytes
    force_str force_text format format_html format_html_join format_map frozenset get get_context_data hexlify ic info
    input insert iter join jsonify linebreaks list log mail_admins mail_managers make_response map mark_safe model_dump
    msg next notice pformat pop pp pprint print quote quote_plus render render_block_to_string render_template
    render_template_string render_to_response render_to_string replace report_exc_info report_message repr reversed
    rprint safe_substitute secho send_mail send_mass_mail sendmail set set_context set_cookie set_extra set_extras
    set_tag set_tags setdefault smart_bytes smart_str smart_text sorted str style substitute success trace tuple unstyle
    update urlencode urlsafe_b64encode urlsafe_base64_encode warn warn_explicit warning write writelines zip
    """.split()
)
"""Calls that show what they are given, or that put its text into what they return; all others keep it to themselves."""

_NEAR = 1000
"""Bytes before a read in which the call is looked for that it is an argument of."""

_KNOWN_MODULES = sys.stdlib_module_names | {"django", "whitenoise", "dj_database_url"}
_KEYWORDS = frozenset((b"and", b"assert", b"await", b"elif", b"else", b"if", b"in", b"not", b"or", b"return", b"yield"))
_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def may_hold_a_key(content: bytes, path: str, further: tuple[bytes, ...] = ()) -> bool:
    """Whether a file with this content can bind a key or hold one; `further` are names that are the key's as well."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, as PowerShell's `>` writes it
        content = content.replace(b"\0", b"")
    if further and any(needle in content for needle in further):
        return True
    if not any(needle in content for needle in NEEDLES[: None if b"jango" in content else -2]):
        return False
    return not path.endswith(".py") or NEEDLES[2] in content or _python_may_bind_the_key(content)


def may_be_marked(content: bytes) -> bool:
    """Whether a file may hold a suppression that names us or, beside the name of the key, a rule of ours."""
    return MARKER in content or (b"SKL" in content and any(needle in content for needle in NEEDLES))


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
    """Whether a mention is part of another name, a read (`settings.SECRET_KEY`) that shows nothing, or safely bound."""
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
        unbound = before not in (b'"', b"'") and not behind.startswith(b",")
        return unbound and not (python[start - 4 : start] == b"app." and _may_be_shown(python, start))
    if before == b"." and python[end : end + 1] in (b"", b",", b")", b"]", b"}", b"\r", b"\n"):
        unbound = not behind.startswith(b",") or b"(" in python[python.rfind(b"\n", 0, start) + 1 : start]
        return unbound and not _may_be_shown(python, start)
    return _is_read_from_the_environment(python, start)


def _may_be_shown(python: bytes, at: int) -> bool:
    """Whether a read is no argument of a call that keeps it to itself, as those that sign and hash do."""
    if not any(word in python for word in _AUDIENCES):
        return False
    start, end = _enclosing_call(python, at)
    name = python[start:end]
    return (
        not name
        or name in SHOWING
        or name.endswith(b"Response")
        or name.startswith(b"HttpResponse")
        or python[start - 6 : start] == b"style."
        or b"raise" in python[python.rfind(b"\n", 0, start) + 1 : start]
        or b"def " + name + b"(" in python
    )


def _enclosing_call(python: bytes, at: int) -> tuple[int, int]:
    """Return where the last name of the call is of which what stands at `at` is an argument; no extent if there is none.

    Brackets in strings and comments are taken for brackets of code.
    """
    closed = 0
    for here in range(at - 1, max(at - _NEAR, 0) - 1, -1):
        byte = python[here]
        if byte in b")]}":
            closed += 1
        elif byte in b"([{":
            closed -= 1
            if closed < 0:
                closed = 0
                end = here if byte == 40 else 0  # an opening parenthesis
                start = end
                while start and python[start - 1] in _WORD:
                    start -= 1
                if start < end and python[start:end] not in _KEYWORDS:
                    return start, end
    return 0, 0


def _is_read_from_the_environment(python: bytes, at: int) -> bool:
    """Whether the mention is in a line `SECRET_KEY = os.environ["NAME"]`, and the file names NAME nowhere else."""
    stop = python.find(b"\n", at)
    line = python[python.rfind(b"\n", 0, at) + 1 : stop if stop >= 0 else len(python)].rstrip()
    opening = b"SECRET_KEY = os.environ["
    variable = line[len(opening) + 1 : -2]
    return (
        line in (opening + b'"' + variable + b'"]', opening + b"'" + variable + b"']")
        and variable.decode("utf-8", "replace") in KEY_NAMES  # of any other, files that set it have to be asked
        and _WORD.issuperset(variable)
        and python.count(variable) == (2 if variable == NEEDLES[0] else 1)
        and not _imports_from_the_project(python)
    )


def _imports_from_the_project(python: bytes) -> bool:
    """Whether a module imports what may set variables: anything but the standard library and Django."""
    at = python.find(b"import ")
    while at >= 0:
        start = python.rfind(b"\n", 0, at) + 1
        words = python[start : at + 200].split(None, 2)
        name = words[1].partition(b".")[0].rstrip(b",;") if words[0] in (b"import", b"from") and len(words) > 1 else b""
        if words[0] not in (b"import", b"from") or name.decode("ascii", "replace") not in _KNOWN_MODULES:
            return True
        at = python.find(b"import ", python.find(b"\n", at) if b"\n" in python[at:] else len(python))
    return False


_TEMPLATES = (".example", ".sample", ".template", ".dist", ".tpl", ".py", ".md", ".ts", ".js")
_SETTING_NAMES = (
    "dockerfile", "containerfile", "procfile", "makefile", "justfile", "vagrantfile", "docker-compose", "compose.", "fly.toml",
    "render.y", "app.y", "serverless.y", "crontab",
)  # fmt: skip
_SETTING_SUFFIXES = (
    ".sh", ".bash", ".zsh", ".fish", ".envrc", ".mk", ".service", ".conf", ".tf", ".tfvars", ".ps1", ".bat", ".cmd",
    ".dockerfile", ".containerfile",
)  # fmt: skip
_DEPLOYING = ("compose", "k8s", "kube", "helm", "chart", "deploy", "manifest", "ansible", "group_vars")


def is_environment_file(path: str) -> bool:
    """Whether a file holds variables of the environment and nothing else, by its name; templates of such do not."""
    name = path.rpartition("/")[2]
    return (".env" in name or name == ".flaskenv" or "/.envs/" in f"/{path}") and not name.endswith(_TEMPLATES)


def sets_variables(path: str) -> bool:
    """Whether a file sets variables of the environment, by its name: as one of them, in an image, a service, a script."""
    if is_environment_file(path):
        return True
    lowered = path.lower()
    name = lowered.rpartition("/")[2]
    if name.startswith(_SETTING_NAMES) or name.endswith(_SETTING_SUFFIXES):
        return True
    return name.endswith((".yml", ".yaml")) and any(word in lowered for word in _DEPLOYING)
