"""What a row of the library's list holds, column by column."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.catalogue.arranging import Heading
from tui.core.catalogue.rows import Row
from tui.core.episode import reading_minutes
from tui.widgets.wrapping import cells, cut

if TYPE_CHECKING:
    from tui.core.notebook.values import Reading

PEOPLE_FROM, DATE_FROM, SHOW_FROM, LENGTH_FROM = 130, 76, 60, 44
"""Cells from which a column has room beside the title."""

PEOPLE_CELLS, SHOW_CELLS, DATE_CELLS, LENGTH_CELLS, STATE_CELLS = 30, 28, 10, 7, 4
NUMBER_CELLS = 6
SIDE_SHARE = 4
"""People and shows take at most this part of the width."""

INDENT = 2
"""Blank cells before a title below a heading."""

NARROWEST_TITLE = 8

LONG_MINUTES = 600
"""From so many on, hours are told."""

TICK = "✓"
FOLDED, UNFOLDED = "▸", "▾"

MARGIN = 2
GAP = 2
"""Blank cells before the row, and between columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A text in a row, filled up to its column's width."""

    text: str
    ink: str
    """The name of its style."""

    is_marked: bool = True
    """Whether words that were typed are marked in it."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns there are."""

    width: int
    """Of the list, in cells."""

    has_states: bool = False
    """Whether any episode of the library was read."""

    is_grouped: bool = False
    """Whether the shows are headings: then only the numbers stand in their column."""


def row_columns(row: Row, layout: Layout, reading: "Reading | None" = None) -> list[Column]:
    """Return the columns of a row; they and the gaps between them are as wide as the list."""
    asides = list(problem_column(row, layout) if row.problem else aside_columns(row, layout, reading))
    room = layout.width - MARGIN - sum(cells(column.text) + GAP for column in asides)
    is_finished = reading is not None and reading.state == "finished"
    ink = "problem" if row.problem else "finished" if is_finished else "title"
    title = (" " * INDENT if layout.is_grouped else "") + row.title
    while asides and cells(title) > room and not asides[0].text.strip():
        # A long title goes on where its neighbour has nothing to say.
        room += cells(asides.pop(0).text) + GAP
    return [Column(fit(title, max(room, NARROWEST_TITLE)), ink), *asides]


def problem_column(row: Row, layout: Layout) -> Iterator[Column]:
    """Yield why a file can't be read."""
    yield Column(cut(row.problem, max(layout.width // 2, 1)), "problem", is_marked=False)


def aside_columns(row: Row, layout: Layout, reading: "Reading | None") -> Iterator[Column]:
    """Yield the columns behind the title that there is room for."""
    width = layout.width
    if width >= PEOPLE_FROM:
        yield Column(fit(", ".join(row.people), min(width // SIDE_SHARE, PEOPLE_CELLS)), "aside")
    if width >= SHOW_FROM:
        number = "" if row.number is None else f"#{row.number}"
        room = NUMBER_CELLS if layout.is_grouped else min(width // SIDE_SHARE, SHOW_CELLS)
        yield Column(fit(number if layout.is_grouped else show_text(row.show, number, room), room), "show")
    if width >= DATE_FROM:
        yield Column(fit(row.date, DATE_CELLS), "aside", is_marked=False)
    if width >= LENGTH_FROM:
        yield Column(fit(length_text(row.words), LENGTH_CELLS, right=True), "aside", is_marked=False)
    if layout.has_states:
        yield state_column(reading)


def show_text(show: str, number: str, room: int) -> str:
    """Return a show with the number of the episode, which is never cut."""
    if not show or not number:
        return show
    return f"{cut(show, max(room - len(number) - 1, 1))} {number}"


def length_text(words: int) -> str:
    """Return how long it takes to read so many words."""
    if not words:
        return ""
    minutes = reading_minutes(words)
    return f"{minutes} min" if minutes < LONG_MINUTES else f"{minutes // 60} h"


def state_column(reading: "Reading | None") -> Column:
    """Return how far the reader is with an episode: a tick, a share, or nothing."""
    if reading is not None and reading.state == "finished":
        return Column(fit(TICK, STATE_CELLS, right=True), "tick", is_marked=False)
    is_begun = reading is not None and reading.state == "reading"
    share = f"{min(round(reading.share * 100), 99)}%" if reading is not None and is_begun else ""
    return Column(fit(share, STATE_CELLS, right=True), "share", is_marked=False)


def heading_columns(heading: Heading, layout: Layout) -> list[Column]:
    """Return the columns of a heading: what it says, and how many rows it has below it."""
    sign = f"{FOLDED if heading.is_folded else UNFOLDED} " if heading.show is not None else ""
    number = f"{heading.count:,}"
    room = layout.width - MARGIN - GAP - len(number)
    text = sign + cut(heading.text, max(room - len(sign), NARROWEST_TITLE))
    return [Column(text, "heading"), Column(number, "aside", is_marked=False)]


def fit(text: str, room: int, *, right: bool = False) -> str:
    """Return a text in exactly ``room`` cells."""
    text = cut(text, room)
    blanks = " " * (room - cells(text))
    return blanks + text if right else text + blanks
