"""The letters and bookmarks that can be gone to, over the foot of the page while one is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.strip import Strip

from tui.widgets.drawn import Drawn
from tui.widgets.wrapping import cells, cut

MOST_ROWS = 12

MARGIN = 3
"""Blank cells on the left."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A place that can be gone to."""

    key: str
    """What is pressed for it."""

    where: str
    """The section, or another episode's title."""

    words: str
    """What stands there."""


class MarkList(Drawn):
    """Shows as many places as there is room for, a row each; takes no keys and no room while it is hidden."""

    STYLE_PREFIX = "mark-list"
    INKS = frozenset({"key", "where", "words"})

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[MarkRow] = ()
        self.display = False

    def show(self, rows: Sequence[MarkRow]) -> None:
        """Show some places; nothing at all if there is none."""
        self.rows = rows
        self.display = bool(rows)
        self.styles.height = min(len(rows), MOST_ROWS)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one row of cells."""
        if y >= len(self.rows):
            return self.line([])
        row = self.rows[y]
        room = max(self.size.width - MARGIN - 4, 1)
        where = cut(row.where, max(room * 2 // 5, 1))
        words = cut(row.words, max(room - cells(where) - 3, 0))
        return self.line(
            [
                Segment(" " * MARGIN, self.ground),
                Segment(row.key, self.ink("key")),
                Segment("  ", self.ground),
                Segment(where, self.ink("where")),
                Segment("   ", self.ground),
                Segment(words, self.ink("words")),
            ]
        )
