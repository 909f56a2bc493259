"""A piece of text on one row, with some of its stretches marked."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style

from tui.widgets.wrapping import character_cells, cut, displayed, wrap


class Piece(NamedTuple):
    """A text with marks, from a character on."""

    text: str
    spans: Sequence[tuple[int, int]]
    """What is marked: first character and one past the last, in characters of the whole text."""

    start: int = 0


def marked(piece: Piece, room: int, style: Style, mark: Style) -> list[Segment]:
    """Return a text as far as it fits in so many cells, with its marks.

    Args:
        piece: The text and what is marked in it.
        room: Cells.
        style: Of the text.
        mark: What lies over what is marked.
    """
    text, spans, start = piece
    is_cut = cut(text[start:], room) != displayed(text[start:])
    end = start + fitting(text[start:], room - 1) if is_cut else len(text)
    edges = sorted({start, end, *(min(max(edge, start), end) for span in spans for edge in span)})
    segments = [
        Segment(
            displayed(text[first:last]),
            style + mark if any(begin <= first and last <= until for begin, until in spans) else style,
        )
        for first, last in pairwise(edges)
    ]
    return [*segments, Segment("…", style)] if is_cut else segments


def wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines of so many cells."""
    return [text[start:end] for start, end in wrap(text, width)]


def fitting(text: str, room: int) -> int:
    """Return how many characters of a text fit in so many cells, blanks at their end left out."""
    end, used = 0, 0
    for end, char in enumerate(text):  # noqa: B007 - the offset is used after the loop
        used += character_cells(char)
        if used > room:
            break
    return len(text[:end].rstrip())
