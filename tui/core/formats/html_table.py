"""Tables of a page: which hold data, row by row, and which only lay the page out."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from tui.core.episode import Span
from tui.core.formats.lines import shifted

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Cell = tuple[str, tuple[Span, ...]]

CELL_GAP = " | "
JUDGED_ROWS = 8
LONG_CELL = 600
"""A cell with more characters is a piece of the page, not a datum."""

GROUPS = frozenset({"thead", "tbody", "tfoot"})
CELLS = frozenset({"td", "th"})
LAYOUT = frozenset(
    {"table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "form", "article", "main"}
)
LISTS = frozenset({"ul", "ol", "hr"})
"""What cells hold where a table lays out the page; lists are also found under column headings."""


def is_data_table(table: "LexborNode") -> bool:
    """Say whether a table has rows of data: more than one column, and small cells without structure."""
    if table.attributes.get("role") in ("presentation", "none"):
        return False
    first = list(islice(rows(table), JUDGED_ROWS))
    widths = [len(row) for row in first]
    if not first or max(widths) < 2:
        return False
    headed = any(cell.tag == "th" for row in first for cell in row)
    refused = LAYOUT if headed else LAYOUT | LISTS
    return all(is_datum(cell, refused) for row in first for cell in row)


def rows(table: "LexborNode") -> Iterator[list["LexborNode"]]:
    """Yield the cells of a table's own rows."""
    for child in table.iter():
        for row in child.iter() if child.tag in GROUPS else (child,):
            if row.tag == "tr":
                yield [cell for cell in row.iter() if cell.tag in CELLS]


def is_datum(cell: "LexborNode", refused: frozenset[str]) -> bool:
    """Say whether a cell holds a piece of data."""
    # Each search ends at the first of its kind: nested tables cost no more than their length.
    if any(cell.css_first(name) is not None for name in refused):
        return False
    return len(cell.text()) <= LONG_CELL


def row_of(cells: Sequence[Cell]) -> Cell:
    """Return a row's cells as one text, and the spans in it; "" for a row without words."""
    spans: list[Span] = []
    at = 0
    for text, inside in cells:
        spans += shifted(inside, at, at + len(text))
        at += len(text) + len(CELL_GAP)
    row = CELL_GAP.join(text for text, _ in cells)
    return (row, tuple(spans)) if row.strip(" |") else ("", ())
