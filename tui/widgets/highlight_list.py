"""The notebook's list: quotes to be read, one below the other, with what was noted on them."""

from collections.abc import Callable, Iterable, Iterator

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.core.notebook.filtering import Filter, Listed
from tui.core.notebook.listing import Group, Grouping, Listing
from tui.core.notebook.values import Highlight
from tui.widgets.highlight_layout import SetLine, Setting, entry_lines, heading_lines, heading_pieces
from tui.widgets.tall_rows import TallRows
from tui.widgets.wrapping import cells, displayed, wrap

COLUMN = 70
"""The widest a quote may be, in cells."""

GUTTER = 4
"""Cells on the left of the column: the cursor's bar, a gap, the sign, a gap."""

MOST_LAID_OUT = 500
"""Entries whose lines are kept."""

CURSOR, PICKED = "▌", "✓"


class HighlightList(TallRows):
    """Lists highlights and bookmarks in groups; lays out only those in sight."""

    STYLE_PREFIX = "highlight-list"
    OVERLAYS = frozenset({"hit", "cursor", "picked"})
    INKS = frozenset(
        {
            "heading",
            "quote",
            "place",
            "note",
            "about",
            "title",
            "tag",
            "favourite",
            "mark",
            "bar",
            "hit",
            "cursor",
            "picked",
            "sign-amber",
            "sign-green",
            "sign-blue",
            "sign-rose",
        }
    )

    on_opened: Callable[[], None] | None = None
    """Is asked to open the entry under the cursor when it is clicked again."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.listing = Listing((), Grouping.EPISODE)
        self.message = ""
        """What is said when nothing is listed."""

        self.picked: dict[str, None] = {}
        """The ids of the entries that were picked, in the order in which they were."""

        self._picked_last: str | None = None
        self._laid_out: dict[object, tuple[SetLine, ...]] = {}

    # What is listed

    def show(self, listing: Listing, *, is_new: bool = False) -> None:
        """Show another listing.

        Args:
            listing: What to show.
            is_new: Whether nobody has seen all of it yet: a cursor that was not moved stays at the beginning.
        """
        is_at_start = not any(isinstance(row, Listed) for row in self.rows[: self.cursor])
        under, near = self.chosen, self.cursor
        self.listing = listing
        self.arranged(None if is_new and is_at_start else under, near)

    def arranged(self, under: Listed | None, near: int) -> None:
        """Take notice that the listing has changed.

        Args:
            under: The entry to put the cursor on, if it is there.
            near: The row to put it on else.
        """
        gone = [id for id in self.picked if id not in self.listing.entries]
        for id in gone:
            del self.picked[id]
        row = self.row_of(under.entry.id, near) if under is not None else None
        self.put_cursor(near if row is None else row)

    def go_to(self, id: str) -> None:
        """Put the cursor on an entry, if it is shown."""
        row = self.row_of(id) if id else None
        if row is not None:
            self.put_cursor(row)

    def narrow(self, wanted: Filter) -> None:
        """Show only the entries that pass a filter, the cursor on the first."""
        self.listing.narrow(wanted)
        self.put_cursor(0)

    def row_of(self, id: str, near: int = 0) -> int | None:
        """Return the row of an entry, of several the nearest to a row; None if it is not shown."""
        rows = (row for row, one in enumerate(self.rows) if isinstance(one, Listed) and one.entry.id == id)
        return min(rows, key=lambda row: abs(row - near), default=None)

    @property
    def rows(self) -> list[Group | Listed]:
        """The headings and entries that pass the filter."""
        return self.listing.rows

    @property
    def chosen(self) -> Listed | None:
        """The entry under the cursor."""
        row = self.rows[self.cursor] if self.cursor < len(self.rows) else None
        return row if isinstance(row, Listed) else None

    @property
    def meant(self) -> list[Listed]:
        """The entries a command is for: those that were picked, else the one under the cursor."""
        if self.picked:
            return [one for id, one in self.listing.entries.items() if id in self.picked]
        return [self.chosen] if self.chosen is not None else []

    # Picking

    def pick(self, *, is_range: bool = False) -> None:
        """Pick the entry under the cursor or let it go; or pick all from the last one that was picked."""
        chosen = self.chosen
        if chosen is None:
            return
        id = chosen.entry.id
        last = self.row_of(self._picked_last, self.cursor) if is_range and self._picked_last else None
        if last is not None:
            first, end = sorted((last, self.cursor))
            self.picked |= dict.fromkeys(
                one.entry.id for one in self.rows[first : end + 1] if isinstance(one, Listed)
            )
        elif id in self.picked and not is_range:
            del self.picked[id]
        else:
            self.picked[id] = None
        self._picked_last = id
        self.refresh()

    def pick_all(self) -> None:
        """Pick everything that is shown; if it is picked already, let everything go."""
        shown = dict.fromkeys(one.entry.id for one in self.rows if isinstance(one, Listed))
        self.picked = {} if shown.keys() <= self.picked.keys() else self.picked | shown
        self.refresh()

    def let_go(self) -> None:
        """Pick nothing."""
        self.picked, self._picked_last = {}, None
        self.refresh()

    # Layout

    @property
    def room(self) -> int:
        """How many lines of rows are in sight: the first line says in which group they are."""
        return max(self.size.height - 1, 1)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def may_stop(self, row: int) -> bool:
        """Say whether the cursor may be on a row."""
        return isinstance(self.rows[row], Listed)

    def height_of(self, row: int) -> int:
        """Return how many lines a row has now."""
        return len(self._lines(row))

    @property
    def column(self) -> int:
        """How wide the text is, in cells."""
        return max(min(COLUMN, self.size.width - GUTTER - 2), 1)

    def _lines(self, row: int) -> tuple[SetLine, ...]:
        one, width = self.rows[row], self.column
        if isinstance(one, Group):
            return heading_lines(one, width, is_first=row == 0)
        words = self.listing.filter.words
        setting = Setting(width, self.listing.grouping, words, is_open=row == self.cursor)
        key = (one, setting)
        lines = self._laid_out.get(key)
        if lines is None:
            if len(self._laid_out) >= MOST_LAID_OUT:
                self._laid_out = {}
            lines = self._laid_out[key] = entry_lines(one, setting)
        return lines

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.put_cursor(self.cursor)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return one row of cells."""
        margin = max((self.size.width - self.column - GUTTER) // 2, 0)
        if not self.rows:
            return self._message_line(y, margin)
        in_sight = self.lines_in_sight()
        if y == 0:
            return self._running_head(in_sight[0][0] if in_sight else 0, margin)
        if y > len(in_sight):
            return self.line([])
        row, number = in_sight[y - 1]
        return self.line(self._segments(row, number, margin))

    def _segments(self, row: int, number: int, margin: int) -> list[Segment]:
        one = self.rows[row]
        lines = self._lines(row)
        line = lines[number]
        sign, ink = line.sign
        is_inside = number < len(lines) - 1  # the last one is the gap to the next entry
        lies_under = Style()
        bar = " "
        if isinstance(one, Listed) and is_inside:
            if one.entry.id in self.picked:
                lies_under += self.ink("picked")
                bar = PICKED if not number else " "
            if row == self.cursor:
                lies_under += self.ink("cursor")
                bar = CURSOR if bar == " " else bar
        segments = [Segment(" " * margin, self.ground), Segment(f"{bar} ", self.ink("bar") + lies_under)]
        segments.append(Segment(f"{sign} ", (self.ink(ink) if sign.strip() else self.ground) + lies_under))
        used = 0
        for text, inks in line.pieces:
            name, *overlays = inks.split()
            style = self.ink(name) + lies_under
            for overlay in overlays:
                style += self.ink(overlay)
            segments.append(Segment(text, style))
            used += cells(text)
        return [*segments, Segment(" " * (self.column - used + 1), self.ground + lies_under)]

    def _running_head(self, row: int, margin: int) -> Strip:
        """Return the line above the rows: the group of the first of them, unless its heading is in sight."""
        group = self.listing.heading_of(row)
        if group is None or self.rows[row] is group:
            return self.line([])
        pieces = list(heading_pieces(group, self.column))
        text = "".join(text for text, _ in pieces)
        return self.line([Segment(" " * (margin + GUTTER), self.ground), Segment(text, self.ink("about"))])

    def _message_line(self, y: int, margin: int) -> Strip:
        """Return one line of what is said when nothing is listed."""
        lines = wrap(self.message, self.column)
        text = displayed(self.message[slice(*lines[y - 1])]) if 0 < y <= len(lines) else ""
        return self.line([Segment(" " * (margin + GUTTER), self.ground), Segment(text, self.ink("note"))])

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on an entry; open it if it is there already; with ctrl or shift, pick."""
        in_sight = self.lines_in_sight()
        if not 0 < event.y <= len(in_sight):
            return
        row = in_sight[event.y - 1][0]
        if not self.may_stop(row):
            return
        if event.ctrl or event.shift:
            self.put_cursor(row)
            self.pick(is_range=event.shift)
        elif row != self.cursor:
            self.put_cursor(row)
        elif self.on_opened is not None:
            self.on_opened()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on by three lines."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back by three lines."""
        event.stop()
        self.scroll_lines(-3)

    # Keys

    def action_cursor_down(self) -> None:
        """Move the cursor one entry down."""
        self.step(1)

    def action_cursor_up(self) -> None:
        """Move the cursor one entry up."""
        self.step(-1)

    def action_cursor_page_down(self) -> None:
        """Move a page down."""
        self.page(1)

    def action_cursor_page_up(self) -> None:
        """Move a page up."""
        self.page(-1)

    def action_first(self) -> None:
        """Move the cursor to the first entry."""
        self.put_cursor(0)

    def action_last(self) -> None:
        """Move the cursor to the last entry."""
        self.put_cursor(len(self.rows) - 1, step=-1)

    def action_next_group(self) -> None:
        """Move the cursor to the next group."""
        self._put_on(row for row in range(self.cursor, len(self.rows)) if isinstance(self.rows[row], Group))

    def action_previous_group(self) -> None:
        """Move the cursor to the group before."""
        if not self.rows:
            return
        headings = (row for row in range(self.cursor, -1, -1) if isinstance(self.rows[row], Group))
        next(headings, None)
        self._put_on(headings)

    def _put_on(self, headings: Iterator[int]) -> None:
        """Put the cursor below the first of some headings."""
        row = next(headings, None)
        if row is not None:
            self.put_cursor(row)


def highlights_of(entries: Iterable[Listed]) -> tuple[Highlight, ...]:
    """Return the highlights among entries."""
    return tuple(one.entry for one in entries if isinstance(one.entry, Highlight))
