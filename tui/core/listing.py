"""A list of episodes in columns, as wide as a terminal in cells."""

import unicodedata
from collections.abc import Iterable, Iterator

from tui.core.catalogue.rows import Row
from tui.core.episode import reading_minutes

WIDEST_SHOW = 24
"""How many cells a show's name may take in a list."""

NARROWEST_TITLE = 16
"""How many cells a title keeps even where the terminal is too narrow for all columns."""


def columns(row: Row) -> tuple[str, str, str, str]:
    """Return an episode's title, show, date and minutes to read."""
    return row.title, row.show, row.date, str(reading_minutes(row.words))


def aligned(episodes: Iterable[Row], width: int) -> Iterator[str]:
    """Yield one line an episode, in columns cut to the width in cells."""
    rows = [columns(row) for row in episodes]
    title, show, date, minutes = (max((cells(row[index]) for row in rows), default=0) for index in range(4))
    gaps, unit = "  ", " min"
    room = width - date - minutes - len(unit) - 3 * len(gaps)
    show = min(show, WIDEST_SHOW, max(room - NARROWEST_TITLE, 0))
    title = min(title, max(room - show, NARROWEST_TITLE))
    for row in rows:
        line = (fitted(row[0], title), fitted(row[1], show), row[2].ljust(date), row[3].rjust(minutes))
        yield gaps.join(line) + unit


def cells(text: str) -> int:
    """Return how many terminal cells a text takes (Unicode UAX #11: wide and full-width signs take two)."""
    return len(text) if text.isascii() else sum(map(cell_width, text))


def cell_width(char: str) -> int:
    """Return how many cells one character takes: marks and joiners none."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def fitted(text: str, width: int) -> str:
    """Return a text cut, with an ellipsis, or filled up to exactly so many cells."""
    if cells(text) > width:
        text = cut(text, width - 1) + "…" if width else ""
    return text + " " * (width - cells(text))


def cut(text: str, width: int) -> str:
    """Return as much of a text as fits into so many cells."""
    taken = 0
    for index, char in enumerate(text):
        taken += cell_width(char)
        if taken > width:
            return text[:index]
    return text
