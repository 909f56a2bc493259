"""A user's own template for quotes, filled in.

Templates are Jinja2, in its sandbox and cut down to what filling in takes: fields, ``if``, one level of
``for``, ``~`` and a dozen filters. Without assignments, macros, methods and arithmetic a template shared
by a stranger can neither reach the program nor run or grow without end.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import TYPE_CHECKING

from tui.errors import PullquoteError

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

LONGEST_TEMPLATE = 10_000
"""Characters a template may have."""

LONGEST_RESULT = 1_000_000
"""Characters a filter or a whole template may give."""

FILTERS = (
    *("capitalize", "default", "e", "first", "join", "last", "length", "lower"),
    *("replace", "title", "trim", "truncate", "unique", "upper", "urlencode"),
)
"""The filters a template may use; none of them makes text of a length that it is told."""

NODES = frozenset(
    {
        *("Template", "Output", "TemplateData", "Name", "Const", "List", "Tuple"),
        *("If", "CondExpr", "Compare", "Operand", "And", "Or", "Not", "Concat", "Filter", "Test", "For"),
        *("Getattr", "Getitem", "Slice", "Keyword"),
    }
)
"""What a template may be made of, as Jinja2 names it."""


def fill(source: str, fields: Mapping[str, object], name: str) -> str:
    """Return a template with the fields filled in, without its last line break.

    Args:
        source: The template.
        fields: What it may name; nothing is escaped.
        name: What the user calls the template, for the error.

    Raises:
        PullquoteError: The template is wrong or too long; the message says where, in one line.
    """
    # Imported here: Jinja2 takes 40 ms, and few readers have templates.
    from jinja2 import TemplateError, TemplateSyntaxError

    _refuse_long(source, name)
    try:
        environment = _environment()
        _check(environment.parse(source), name)
        return _bounded(environment.from_string(source).generate(dict(fields)), name)
    except TemplateSyntaxError as error:
        raise _failed(name, error.lineno, error.message or "syntax error", fields) from error
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        RecursionError,
        SyntaxError,
    ) as error:
        raise _failed(name, _line_of(error), str(error), fields) from error


def names_in(source: str, name: str) -> set[str]:
    """Return the fields that a template names.

    Raises:
        PullquoteError: It is wrong or too long.
    """
    from jinja2 import TemplateSyntaxError
    from jinja2.meta import find_undeclared_variables

    _refuse_long(source, name)
    try:
        return find_undeclared_variables(_environment().parse(source))
    except (TemplateSyntaxError, RecursionError) as error:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else 1
        raise _failed(name, line, str(error) or "syntax error", {}) from error


def _refuse_long(source: str, name: str) -> None:
    if len(source) > LONGEST_TEMPLATE:
        raise PullquoteError(f"template “{name}” is longer than {LONGEST_TEMPLATE:,} characters: shorten it")


def _environment() -> "Environment":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # Not HTML but any text: escaping would change the quote. A template that wants it has the filter "e".
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.globals.clear()
    environment.filters = {known: _limited(environment.filters[known]) for known in FILTERS}
    environment.filters["replace"] = _replace
    return environment


def _limited(made: Callable[..., object]) -> Callable[..., object]:
    """Return a filter that stops when its result is too long."""

    # Jinja2 marks filters that want its context: ``wraps`` keeps the mark.
    @wraps(made)
    def limited(*args: object, **named: object) -> object:
        result = made(*args, **named)
        if isinstance(result, str) and len(result) > LONGEST_RESULT:
            raise ValueError("the result is too long")
        return result

    return limited


def _replace(text: object, old: str, new: str) -> str:
    """Replace without making more than ``LONGEST_RESULT`` characters."""
    whole = str(text)
    if len(whole) + whole.count(old) * len(new) > LONGEST_RESULT:
        raise ValueError("the result is too long")
    return whole.replace(old, new)


def _check(tree: "nodes.Template", name: str) -> None:
    """Raise unless a template is made of what is allowed."""
    from jinja2 import nodes

    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        if kind not in NODES:
            raise PullquoteError(f"template “{name}”, line {node.lineno}: {kind.lower()} is not allowed here")
    for loop in tree.find_all(nodes.For):
        if loop.recursive or loop.find(nodes.For):
            raise PullquoteError(f"template “{name}”, line {loop.lineno}: loops can't be nested")


def _bounded(parts: Iterator[str], name: str) -> str:
    filled: list[str] = []
    length = 0
    for part in parts:
        length += len(part)
        if length > LONGEST_RESULT:
            raise PullquoteError(f"template “{name}” makes more than {LONGEST_RESULT:,} characters")
        filled.append(part)
    return "".join(filled).removesuffix("\n")


def _failed(name: str, line: int, reason: str, fields: Mapping[str, object]) -> PullquoteError:
    hint = f" (fields: {', '.join(fields)})" if "undefined" in reason else ""
    return PullquoteError(f"template “{name}”, line {line}: {' '.join(reason.split())}{hint}")


def _line_of(error: BaseException) -> int:
    """Return the template's line an error comes from; Jinja2 puts it into the traceback."""
    line, at = 1, error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == "<template>":
            line = at.tb_lineno
        at = at.tb_next
    return line
