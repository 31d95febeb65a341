"""Who gets to see a value: calls that print, log, answer, render, raise or send what they are given."""

from __future__ import annotations

from secretkey_lint.model.record import Record
from secretkey_lint.readers.python.mentions import constant, dotted, last_name
from secretkey_lint.vocabulary import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    import libcst as cst
else:
    from secretkey_lint.readers.python import syntax as cst

PRINTED = "printed"
LOGGED = "logged"
WARNED = "put into a warning"
ANSWERED = "put into a response"
RENDERED = "put into the context of a template"
SHOWN = "put into a page"
RAISED = "put into an error"
TOLD = "put into a message to the user"
TRACKED = "sent to an error tracker"
MAILED = "sent by e-mail"
COOKIE = "put into a cookie"

FUNCTIONS = {
    **dict.fromkeys("echo exit ic input pp pprint print rprint secho".split(), PRINTED),
    **dict.fromkeys("warn warn_explicit".split(), WARNED),
    **dict.fromkeys("abort jsonify make_response".split(), ANSWERED),
    **dict.fromkeys(
        "SimpleTemplateResponse TemplateResponse render render_block_to_string render_template render_template_string "
        "render_to_response render_to_string".split(),
        RENDERED,
    ),
    **dict.fromkeys(
        "add_breadcrumb add_custom_attribute add_custom_attributes capture_event capture_exception capture_message "
        "report_exc_info report_message set_context set_extra set_extras set_tag set_tags".split(),
        TRACKED,
    ),
    **dict.fromkeys(
        "EmailMessage EmailMultiAlternatives email_user mail_admins mail_managers send_mail send_mass_mail sendmail".split(),
        MAILED,
    ),
    "set_cookie": COOKIE,
    "add_note": RAISED,
}
"""What becomes of the arguments of a function or method, by its last name."""

_PLAIN = frozenset({"exit", "ic", "input"})
"""Those of them that mean something else as methods."""

LOG_METHODS = frozenset("critical debug error exception fatal info log msg notice success trace warn warning".split())
_LOG_WORDS = frozenset({"log", "logger", "loggers", "logging", "logs", "structlog"})
_LOG_MAKERS = frozenset({"bind", "getLogger", "get_logger", "opt"})
_MESSAGES = frozenset({"add_message", "debug", "error", "info", "success", "warning"})
_STREAMS = frozenset({"__stderr__", "__stdout__", "stderr", "stdout"})
_TEMPLATE_WORDS = frozenset({"template", "templates", "tmpl", "tpl"})
_TEMPLATE_MAKERS = frozenset({"Template", "from_string", "get_template", "select_template"})
_ENDPOINTS = frozenset({"api_route", "delete", "get", "patch", "post", "put", "route"})
_CONTEXT_FUNCTIONS = frozenset({"get_context", "get_context_data", "get_extra_context"})
_TAGS = frozenset({"filter", "inclusion_tag", "simple_block_tag", "simple_tag"})
_TEMPLATE_ARGUMENTS = frozenset({"name", "template", "template_name", "template_name_or_list"})
_ENGINE_SUFFIXES = (".j2", ".jinja", ".jinja2", ".tpl", ".tmpl", ".template")
_PAGE_SUFFIXES = (".eml", ".htm", ".html", ".js", ".md", ".mjml", ".svg", ".txt", ".xhtml", ".xml")


class Showing(Record):
    """What a call shows, and how: `sink` completes "SECRET_KEY is …"."""

    sink: str
    arguments: tuple[cst.CSTNode, ...]


def showing(call: cst.Call) -> Showing | None:
    """Return what a call shows of its arguments, or None."""
    sink = _sink(call)
    if sink is None:
        return None
    given = [
        each for each in call.args if not (each.keyword is not None and each.keyword.value in ("file", "sep", "end"))
    ]
    return Showing(sink, tuple(each.value for each in given))


def _sink(call: cst.Call) -> str | None:
    called = last_name(call.func) if not isinstance(call.func, cst.Call) else ""
    if called in ("print", "pprint", "pp") and not _is_for_people(call):
        return None
    if called in _PLAIN and isinstance(call.func, cst.Attribute) and last_name(call.func.value) != "sys":
        return None
    sink = FUNCTIONS.get(called)
    if sink == RENDERED:
        return None if _fills_a_file(call) else sink
    if sink is not None and not (sink == WARNED and isinstance(call.func, cst.Attribute)):
        return sink
    if called.endswith("Response") or called.startswith("HttpResponse"):
        return ANSWERED
    return _sink_of_method(call.func) if isinstance(call.func, cst.Attribute) else None


def _sink_of_method(method: cst.Attribute) -> str | None:
    called, owner = method.attr.value, method.value
    name = last_name(owner)
    if called == "warn" and name == "warnings":
        return WARNED
    if name == "messages" and called in _MESSAGES:
        return TOLD
    if called in LOG_METHODS:
        if not _LOG_WORDS.isdisjoint(words(name)) or name in _LOG_MAKERS:
            return LOGGED
        return PRINTED if called == "log" and name.lower() == "console" else None
    if called in ("write", "writelines"):
        if not _STREAMS.isdisjoint(dotted(owner).split(".")):
            return PRINTED
        return ANSWERED if name in ("response", "wfile") else None
    if called == "get_context_data" and name == "super":
        return RENDERED
    return None


def _is_for_people(call: cst.Call) -> bool:
    """Whether what is printed goes to the terminal; what becomes of a file cannot be seen."""
    for argument in call.args:
        if argument.keyword is not None and argument.keyword.value in ("file", "stream"):
            return last_name(argument.value) in _STREAMS
    return True


def _fills_a_file(call: cst.Call) -> bool:
    """Whether a template is no page: a configuration file that is made of one, or not known to be a template at all."""
    names = _file_names(call)
    if isinstance(call.func, cst.Attribute) and call.func.attr.value == "render" and not names:
        maker = last_name(call.func.value)
        contexts = {last_name(each.value) for each in call.args if isinstance(each.value, cst.Call)}
        if (
            maker not in _TEMPLATE_MAKERS
            and _TEMPLATE_WORDS.isdisjoint(words(maker))
            and contexts.isdisjoint({"Context", "RequestContext"})
        ):
            return True
    return not all(map(_is_page, names))


def _file_names(call: cst.Call) -> list[str]:
    """The names of files among the arguments of a call, and of the call that it is a method of."""
    found: list[str] = []
    inner: object = call
    while isinstance(inner, cst.Call):
        given = [each.value for each in inner.args if each.keyword is None or each.keyword.value in _TEMPLATE_ARGUMENTS]
        found += [text for text in map(constant, given) if text and _looks_like_a_file(text)]
        inner = inner.func.value if isinstance(inner.func, cst.Attribute) else None
    return found


def _looks_like_a_file(text: str) -> bool:
    return "." in text and "{" not in text and not any(map(str.isspace, text))


def _is_page(name: str) -> bool:
    name = name.lower()
    for suffix in _ENGINE_SUFFIXES:
        name = name.removesuffix(suffix)
    base = name.rpartition("/")[2]
    return "." not in base or base.endswith(_PAGE_SUFFIXES)


def returned_to(function: cst.FunctionDef, path: str) -> str | None:
    """Return what becomes of what a function returns, by its decorators, its name and the module it is in."""
    for each in function.decorators:
        match each.decorator:
            case cst.Call(func=cst.Attribute(attr=cst.Name(value=name)), args=arguments):
                route = constant(arguments[0].value) if arguments else None
                if name in _ENDPOINTS and route is not None and route.startswith("/"):
                    return ANSWERED
        if dotted(each.decorator).endswith(".context_processor") or last_name(each.decorator).endswith(
            "context_processor"
        ):
            return RENDERED
        if _is_tag(each.decorator):
            return SHOWN
    name = function.name.value
    if name in _CONTEXT_FUNCTIONS:
        return RENDERED
    parameters = function.params.params
    if "context_processor" in path.rpartition("/")[2] and parameters and parameters[0].name.value == "request":
        return RENDERED
    return None


def _is_tag(decorator: cst.CSTNode) -> bool:
    if isinstance(decorator, cst.Call):
        decorator = decorator.func
    match decorator:
        case cst.Attribute(value=cst.Name(value="register"), attr=cst.Name(value=name)):
            return name in _TAGS
    return False
