"""The first lines of a library's list, kept by themselves: they are painted before anything else is known."""

from typing import Any

from tui.core.catalogue.arranging import Heading, Line, Listing, View
from tui.core.catalogue.rows import Row
from tui.core.sorting import SortKey

MOST_LINES = 100
"""More than any terminal shows."""

PACKED_HEADINGS = 4
"""How many fields a heading has when it is packed; a row has more."""


def packed(listing: Listing) -> Any:
    """Return how a list begins, and how its reader wants to see it, as ``marshal`` can write it."""
    view = listing.view
    lines = [
        tuple(line) if isinstance(line, Row) else (line.text, line.count, line.show, line.is_folded)
        for line in listing.lines[:MOST_LINES]
    ]
    chosen = (view.sort.value, view.is_reversed, view.is_grouped, tuple(view.folded))
    return (chosen, listing.total, lines)


def unpacked(front: Any) -> Listing | None:
    """Return the beginning of a list that was packed; None if it is damaged."""
    try:
        (sort, is_reversed, is_grouped, folded), total, lines = front
        view = View(SortKey(sort), is_reversed, is_grouped, frozenset(folded))
        return Listing([line_from(line) for line in lines], total, total, view=view)
    except (TypeError, ValueError):
        return None


def line_from(fields: tuple[Any, ...]) -> Line:
    """Return a line from its fields."""
    return Heading(*fields) if len(fields) == PACKED_HEADINGS else Row._make(fields)
