"""A list whose rows are of any height, laid out only where somebody looks.

What is in sight is known by its first line: a row and a line of it. All that moves starts from there, so
that a list of 50,000 rows costs what is on the screen.
"""

from abc import abstractmethod
from typing import Self

from textual.geometry import Region

from tui.widgets.drawn import Drawn

Top = tuple[int, int]
"""The first line in sight: its row, and which of the row's lines it is."""


class TallRows(Drawn, can_focus=True):
    """Knows which lines are in sight, and keeps the row under the cursor among them."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0
        """The row that is meant by what is typed."""

        self._top: Top = (0, 0)
        self._in_sight: list[Top] | None = None
        """The lines that are drawn, until something changes."""

    @property
    @abstractmethod
    def row_count(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def height_of(self, row: int) -> int:
        """Return how many lines a row has now."""

    @abstractmethod
    def may_stop(self, row: int) -> bool:
        """Say whether the cursor may be on a row; headings are passed over."""

    @property
    def room(self) -> int:
        """How many lines of rows are in sight."""
        return max(self.size.height, 1)

    def lines_in_sight(self) -> list[Top]:
        """Return the lines that are drawn, from the top."""
        if self._in_sight is not None:
            return self._in_sight
        row, line = self._top
        found: list[Top] = []
        while row < self.row_count and len(found) < self.room:
            found += [(row, number) for number in range(line, self.height_of(row))]
            row, line = row + 1, 0
        self._in_sight = found[: self.room]
        return self._in_sight

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw again, whatever is in sight by now."""
        self._in_sight = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _moved(self, top: Top, lines: int) -> Top:
        """Return the line that is so many lines further on, or back where it is less than none."""
        row, line = top
        line += lines
        while line < 0 and row > 0:
            row -= 1
            line += self.height_of(row)
        while row < self.row_count - 1 and line >= self.height_of(row):
            line -= self.height_of(row)
            row += 1
        return row, max(line, 0)

    def _distance(self, row: int) -> int | None:
        """Return how far below the first line in sight a row begins; None if it is not near."""
        top, line = self._top
        if row < top:
            return (
                -line - sum(self.height_of(other) for other in range(row, top))
                if top - row < self.room
                else None
            )
        at = -line
        for other in range(top, row):
            at += self.height_of(other)
            if at > self.room:
                return None
        return at

    def _last_top(self) -> Top:
        """Return the first line in sight at the very end."""
        if not self.row_count:
            return 0, 0
        last = self.row_count - 1
        return self._moved((last, self.height_of(last) - 1), 1 - self.room)

    def _set_top(self, top: Top) -> None:
        """Show what begins with a line, without leaving room free below the end."""
        row, line = max(min(top, self._last_top()), (0, 0))
        # It may have been opened when it was higher.
        self._top = row, min(line, self.height_of(row) - 1) if self.row_count else 0
        self.refresh()

    # Moving

    def put_cursor(self, row: int, *, step: int = 1) -> None:
        """Put the cursor on a row, or the next one it may be on, in the direction of ``step`` first.

        What the reader looks at stays where it is: the row moves on the screen only if it is out of sight.
        """
        if not self.row_count:
            self.cursor, self._top = 0, (0, 0)
            self.refresh()
            return
        row = self._stop(row, step)
        at = self._distance(row)
        self.cursor = row
        # Both rows may have changed their heights by now.
        self._set_top(self._moved((row, 0), -at) if at is not None and at >= 0 else self._top)
        self.reveal()

    def _stop(self, row: int, step: int) -> int:
        row = max(0, min(row, self.row_count - 1))
        for way in (step, -step):
            at = row
            while 0 <= at < self.row_count:
                if self.may_stop(at):
                    return at
                at += way
        return row

    def reveal(self) -> None:
        """Bring the row under the cursor into sight, the heading above it too."""
        if not self.row_count:
            return
        first = self.cursor
        while first > 0 and not self.may_stop(first - 1):
            first -= 1
        height = self.height_of(self.cursor)
        above = sum(self.height_of(row) for row in range(first, self.cursor))
        at = self._distance(self.cursor)
        if at is None:
            at = -1 if (self.cursor, 0) < self._top else self.room
        if at - above < 0 and height + above <= self.room:
            self._set_top((first, 0))
        elif at < 0 or height > self.room:
            self._set_top((self.cursor, 0))
        elif at + height > self.room:
            self._set_top(self._moved((self.cursor, height - 1), 1 - self.room))
        else:
            self.refresh()

    def scroll_lines(self, lines: int) -> None:
        """Move what is in sight, and the cursor with it if it would be left behind."""
        self._set_top(self._moved(self._top, lines))
        if not self._lines_of_cursor():
            self._take_along(self._stops_in_sight()[0 if lines > 0 else -1 :])

    def step(self, step: int) -> None:
        """Move the cursor a row on (1) or back (-1); of a row higher than the screen the rest comes first."""
        at = self._distance(self.cursor) if self.row_count else None
        below = 0 if at is None else at + self.height_of(self.cursor) - self.room
        if at is not None and step > 0 and below > 0:
            self._set_top(self._moved(self._top, min(below, self.room - 1)))
        elif at is not None and step < 0 and at < 0:
            self._set_top(self._moved(self._top, max(at, 1 - self.room)))
        else:
            self.put_cursor(self.cursor + step, step=step)

    def page(self, step: int) -> None:
        """Move what is in sight by a page, and the cursor to its first row."""
        before = self._top
        goes_on = self.row_count > 0 and self._lines_of_cursor() < self.height_of(self.cursor)
        self._set_top(self._moved(self._top, step * max(self.room - 2, 1)))
        if self._top == before:
            self.put_cursor(self.row_count - 1 if step > 0 else 0, step=-step)
        elif not (goes_on and self._lines_of_cursor()):
            # Else the rest of the row would be gone before it was read: only the cursor's is open.
            self._take_along(self._stops_in_sight())

    def _stops_in_sight(self) -> list[int]:
        """Return the rows that begin in sight and may have the cursor; else the one that goes on there."""
        lines = [(row, line) for row, line in self.lines_in_sight() if self.may_stop(row)]
        return [row for row, line in lines if line == 0] or [row for row, _ in lines[:1]]

    def _take_along(self, rows: list[int]) -> None:
        """Put the cursor on the first of some rows in sight; what is in sight stays if it can."""
        if rows:
            self.cursor = rows[0]
            self._set_top(self._top)
        if not self._lines_of_cursor():
            self.reveal()

    def _lines_of_cursor(self) -> int:
        """Return how many lines of the row under the cursor are in sight."""
        return sum(row == self.cursor for row, _ in self.lines_in_sight())
