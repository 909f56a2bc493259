"""What the elements of a page with a meaning of their own do to its text: headings, lists, tables and more.

Each function enters one element and returns what leaves it again, or None if nothing in it is read.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.core.cleaning import clean_line
from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Item, same_title
from tui.core.formats.html_elements import Attributes
from tui.core.formats.html_flow import Container, Flow, ListNumbers
from tui.core.formats.html_table import is_data_table
from tui.core.formats.lines import shifted, squeeze

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Leave = Callable[[], None]

DETAILS = "details"
DIAGRAM = "diagram"
"""What folded stretches are called."""

FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp)", re.I)
NUMBER = re.compile(r"\s*(-?\d{1,6})\s*")
PAIRED_ITEMS = 400
PAIR_CHARS = 120
"""A term and its definition stand on one line if neither is longer."""


def enter_plain(flow: Flow) -> Leave:
    """Enter a block without a meaning of its own."""
    flow.break_line()
    return flow.break_line


def enter_heading(flow: Flow, node: "LexborNode", _attributes: Attributes) -> Leave:
    """Enter a heading."""
    flow.break_line()
    if flow.in_cell or flow.heading or flow.code:
        return flow.break_line
    flow.heading = int((node.tag or "h1")[1])
    return flow.end_heading


def enter_list(flow: Flow, node: "LexborNode", attributes: Attributes) -> Leave:
    """Enter a list, numbered or not."""
    flow.break_line()
    numbers = ListNumbers(None)
    if node.tag == "ol":
        start = list_number(attributes.get("start"))
        backwards = "reversed" in attributes
        if backwards and start is None:
            start = sum(1 for child in node.iter() if child.tag == "li")
        numbers = ListNumbers(1 if start is None else start, -1 if backwards else 1)
    flow.lists.append(numbers)

    def leave() -> None:
        flow.break_line()
        flow.lists.pop()

    return leave


def enter_item(flow: Flow, _node: "LexborNode", attributes: Attributes) -> Leave:
    """Enter an item of a list."""
    numbers = flow.lists[-1] if flow.lists else ListNumbers(None)
    number = numbers.next
    if number is not None:
        value = list_number(attributes.get("value"))
        number = number if value is None else value
        numbers.next = number + numbers.step
    return enter_container(flow, Container(is_quote=False, number=number))


def enter_container(flow: Flow, container: Container) -> Leave:
    """Enter a list item or quotation."""
    flow.break_line()
    flow.containers.append(container)

    def leave() -> None:
        flow.break_line()
        flow.containers.pop()

    return leave


def enter_quote(flow: Flow, _node: "LexborNode", _attributes: Attributes) -> Leave:
    """Enter a quotation."""
    return enter_container(flow, Container(is_quote=True))


def enter_definition(flow: Flow, _node: "LexborNode", _attributes: Attributes) -> Leave:
    """Enter the definition of a term."""
    return enter_container(flow, Container(is_quote=False))


def enter_definitions(flow: Flow, _node: "LexborNode", _attributes: Attributes) -> Leave:
    """Enter a list of terms."""
    flow.break_line()
    begin = len(flow.items)

    def leave() -> None:
        flow.break_line()
        if len(flow.items) - begin <= PAIRED_ITEMS:
            flow.items[begin:] = paired(flow.items[begin:])

    return leave


def enter_code(flow: Flow, _node: "LexborNode", _attributes: Attributes) -> Leave:
    """Enter text whose line breaks stay."""
    flow.break_line()
    flow.code += 1
    return flow.end_code


def enter_term(flow: Flow, _node: "LexborNode", _attributes: Attributes) -> Leave:
    """Enter a line in bold: a term, a summary."""
    flow.break_line()
    was_bold, flow.is_bold = flow.is_bold, True

    def leave() -> None:
        flow.break_line()
        flow.is_bold = was_bold

    return leave


def enter_details(flow: Flow, node: "LexborNode", attributes: Attributes) -> Leave:
    """Enter what unfolds below a summary."""
    flow.break_line()
    outer = flow.fold
    if "open" not in attributes and not any(child.tag == "summary" for child in node.iter()):
        flow.fold = outer or DETAILS

    def leave() -> None:
        flow.break_line()
        flow.fold = outer

    return leave


def enter_summary(flow: Flow, node: "LexborNode", attributes: Attributes) -> Leave:
    """Enter a summary, below which the rest is folded away."""
    leave_term = enter_term(flow, node, attributes)
    details = node.parent
    folds = details is not None and details.tag == "details" and "open" not in details.attributes

    def leave() -> None:
        leave_term()
        if folds:
            flow.fold = flow.fold or DETAILS

    return leave


def enter_figure(flow: Flow, _node: "LexborNode", _attributes: Attributes) -> Leave:
    """Enter a picture with its caption, which often repeats the picture's description."""
    flow.break_line()
    begin = len(flow.items)

    def leave() -> None:
        flow.break_line()
        drawn = flow.items[begin : begin + 2]
        if len(drawn) == 2 and same_title(drawn[0].text, drawn[1].text):
            del flow.items[begin]

    return leave


def enter_table(flow: Flow, node: "LexborNode", _attributes: Attributes) -> Leave:
    """Enter a table; one that lays out the page is passed through."""
    flow.break_line()
    outer, outer_cell = flow.row, flow.in_cell
    flow.row = [] if not flow.in_cell and is_data_table(node) else None

    def leave() -> None:
        flow.break_line()
        flow.row, flow.in_cell = outer, outer_cell

    return leave


def enter_row(flow: Flow, node: "LexborNode", attributes: Attributes) -> Leave:
    """Enter a row of a table."""
    if flow.row is None or flow.in_cell:
        return enter_plain(flow)
    flow.break_line()

    def leave() -> None:
        flow.end_row()
        flow.row = []

    return leave


def enter_cell(flow: Flow, node: "LexborNode", attributes: Attributes) -> Leave:
    """Enter a cell of a table."""
    if flow.row is None or flow.in_cell:
        return enter_plain(flow)
    flow.break_line()
    flow.in_cell = True
    return flow.end_cell


def pass_break(flow: Flow, _node: "LexborNode", _attributes: Attributes) -> None:
    """Break the line."""
    flow.break_line()


def pass_rule(flow: Flow, _node: "LexborNode", _attributes: Attributes) -> None:
    """Add a rule."""
    flow.add_rule()


def pass_nothing(flow: Flow, _node: "LexborNode", _attributes: Attributes) -> None:
    """Pass over a place where a word may be broken."""


def pass_image(flow: Flow, _node: "LexborNode", attributes: Attributes) -> None:
    """Add the description of an image."""
    description = squeeze(clean_line(attributes.get("alt") or ""))
    if description and not FILE_NAME.fullmatch(description):
        flow.line.add(description)


def pass_input(flow: Flow, _node: "LexborNode", attributes: Attributes) -> None:
    """Add the box of a task."""
    if (attributes.get("type") or "").lower() == "checkbox" and flow.containers:
        flow.line.add("☑ " if "checked" in attributes else "☐ ")


def pass_diagram(flow: Flow, node: "LexborNode", _attributes: Attributes) -> None:
    """Add the words of a drawing, folded; icons have none."""
    labels = [squeeze(clean_line(label.text())) for label in node.css("text, foreignObject")]
    text = " · ".join(label for label in labels if label)
    if flow.in_cell or flow.heading or flow.line.pieces:
        flow.line.add(text)
    elif text:
        flow.items.append(Block(BlockKind.PARAGRAPH, text, fold=flow.fold or DIAGRAM))


SPECIAL: dict[str, Callable[[Flow, "LexborNode", Attributes], Leave | None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), enter_heading),
    **dict.fromkeys(("ul", "ol"), enter_list),
    "li": enter_item,
    "blockquote": enter_quote,
    "dl": enter_definitions,
    "dt": enter_term,
    "dd": enter_definition,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), enter_code),
    "details": enter_details,
    "summary": enter_summary,
    "figure": enter_figure,
    "table": enter_table,
    "tr": enter_row,
    **dict.fromkeys(("td", "th"), enter_cell),
    "br": pass_break,
    "hr": pass_rule,
    "wbr": pass_nothing,
    "img": pass_image,
    "input": pass_input,
    "svg": pass_diagram,
}
"""Elements with a meaning of their own; any other is a block like the next."""


def list_number(text: str | None) -> int | None:
    """Return a number that a list's markup gives, or None."""
    found = NUMBER.fullmatch(text or "")
    return int(found[1]) if found else None


def paired(items: list[Item]) -> list[Item]:
    """Return terms and definitions as lines ``Term: definition``, if each term has one, and all are short."""
    terms, definitions = items[::2], items[1::2]
    if len(terms) != len(definitions):
        return items
    if not all(isinstance(item, Block) and len(item.text) <= PAIR_CHARS for item in items):
        return items
    if any(item.kind is not BlockKind.PARAGRAPH for item in terms if isinstance(item, Block)):
        return items
    if any(item.kind is not BlockKind.BULLET for item in definitions if isinstance(item, Block)):
        return items
    return [
        joined(term, definition)
        for term, definition in zip(terms, definitions, strict=True)
        if isinstance(term, Block) and isinstance(definition, Block)
    ]


def joined(term: Block, definition: Block) -> Block:
    """Return a term and its definition on one line."""
    lead = f"{term.text.rstrip(':： ')}: "
    text = lead + definition.text
    spans = (*shifted(term.spans, 0, len(lead) - 2), *shifted(definition.spans, len(lead), len(text)))
    return replace(term, text=text, spans=spans)
