"""The library's list: one row an episode, drawn from its file's name until the file is read."""

from dataclasses import dataclass
from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.core.episode import reading_minutes
from tui.core.folding import fold
from tui.core.library import Entry
from tui.core.sorting import natural_key
from tui.messages import EpisodeChosen
from tui.widgets.drawn import Drawn
from tui.widgets.wrapping import cells, cut, displayed, wrap

UNKNOWN_LAST = "\uffff"


@dataclass(frozen=True, slots=True)
class Details:
    """What a row shows of an episode once its file was read."""

    title: str
    show: str = ""
    number: int | None = None
    date: str = ""
    people: tuple[str, ...] = ()
    words: int = 0
    problem: str = ""
    """Why the file can't be read, if it can't."""


@dataclass(frozen=True, slots=True)
class Row:
    """One episode of the list."""

    entry: Entry
    details: Details | None = None

    @property
    def title(self) -> str:
        """The episode's title, or the file's name so far."""
        return self.details.title if self.details else self.entry.name

    @property
    def searched(self) -> str:
        """All that the filter looks at, folded."""
        parts = [self.entry.name]
        if self.details:
            parts += [self.details.title, self.details.show, self.details.date, *self.details.people]
        return fold(" ".join(parts)).text


SORTS = ("name", "title", "date", "show", "length")
"""What the list can be sorted by, in the order in which the key goes through them."""


def sort_rows(rows: list[Row], by: str) -> list[Row]:
    """Return rows in an order: dates and lengths from the top, what is unknown last."""

    def key(row: Row) -> tuple[object, ...]:
        name = natural_key(row.entry.name)
        if by == "title":
            return (natural_key(row.title), name)
        if row.details is None or by == "name":
            return (2, name)  # after everything known: what follows differs from order to order
        if by == "length":
            return (False, -row.details.words, name)
        if by == "date":
            return (not row.details.date, [-ord(char) for char in row.details.date], name)
        number = row.details.number
        return (False, natural_key(row.details.show or UNKNOWN_LAST), -(number or 0), name)

    return sorted(rows, key=key)


class EpisodeList(Drawn, can_focus=True):
    """Lists episodes; draws only the rows in sight."""

    STYLE_PREFIX = "episode-list"
    INKS = frozenset({"title", "cursor", "show", "aside", "bar", "problem", "current"})

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: list[Row] = []
        """Every episode, sorted."""

        self.shown: list[Row] = []
        """Those that pass the filter."""

        self.cursor = 0
        self.sort = SORTS[0]
        self.wanted = ""
        self.current_path: Path | None = None
        """The episode that is open in the reader."""

        self.begins_at: Path | None = None
        """Where the cursor is at first."""

        self.message = ""
        """What is said when there is nothing to list."""

        self._scroll = 0
        self._meant: Path | None = None
        """The episode the cursor was put on when the list was filled last."""

    def fill(self, rows: list[Row]) -> None:
        """Show these episodes, keeping the cursor on the episode it is on."""
        begins_at = self.current_path or self.begins_at
        under = self.shown[self.cursor].entry.path if self.cursor < len(self.shown) else begins_at
        if self._meant is not None and self._meant.parent == under:
            under = self._meant
        self.rows = sort_rows(rows, self.sort)
        self._refill(under)

    def show_current(self, path: Path | None) -> None:
        """Mark the episode that is open in the reader; if it is another one by now, the cursor goes there."""
        if path is not None and path != self.current_path:
            row = self._row_of(path)
            self._put_cursor(self.cursor if row is None else row)
        self.current_path = path
        self.refresh()

    def filter(self, wanted: str) -> None:
        """Show only the episodes that have all words of ``wanted``."""
        self.wanted = wanted
        self._refill(None)

    def sort_by(self, sort: str) -> None:
        """Sort by one of ``SORTS``, keeping the cursor on its episode."""
        self.sort = sort
        self.fill(self.rows)

    def _refill(self, under: Path | None) -> None:
        words = fold(self.wanted).text.split()
        self.shown = (
            [row for row in self.rows if all(word in row.searched for word in words)] if words else self.rows
        )
        # A file's row may have become those of its episodes, or the other way round while it is read again.
        like = (under, under / "1", under.parent) if under is not None else ()
        found = next((number for same in like if (number := self._row_of(same)) is not None), 0)
        self._meant = under
        self._put_cursor(found)

    def _row_of(self, path: Path) -> int | None:
        """Return the number of the row that shows the episode at a path."""
        return next((number for number, row in enumerate(self.shown) if row.entry.has(path)), None)

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    @property
    def in_sight(self) -> list[Row]:
        """The rows that are drawn now."""
        return self.shown[self._scroll : self._scroll + max(self.size.height, 1)]

    def _put_cursor(self, row: int) -> None:
        self.cursor = max(0, min(row, len(self.shown) - 1))
        room = max(self.size.height, 1)
        self._scroll = max(0, min(self._scroll, self.cursor), self.cursor + 1 - room)
        self._scroll = max(0, min(self._scroll, len(self.shown) - room))
        self.refresh()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._put_cursor(self.cursor)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return one row of cells."""
        number = y + self._scroll
        width = self.size.width
        if number < len(self.shown):
            return self.line(self._row(number, width))
        text = "" if self.shown else self._message_line(y, width - 4)
        return self.line([Segment(f"  {text}", self.ink("aside"))])

    def _message_line(self, y: int, width: int) -> str:
        """Return one line of what is said when nothing is listed."""
        message = self.message if not self.rows else "no episode has these words"
        lines = wrap(message, width)
        return displayed(message[slice(*lines[y])]) if y < len(lines) else ""

    def _row(self, number: int, width: int) -> list[Segment]:
        row = self.shown[number]
        is_cursor = number == self.cursor
        ground = Style(bgcolor=self.ink("cursor").bgcolor) if is_cursor else Style()
        title_style = self.ink("cursor" if is_cursor else "title")
        if row.details and row.details.problem:
            title_style = self.ink("problem")
        elif self.current_path and row.entry.has(self.current_path) and not is_cursor:
            title_style = self.ink("current")
        asides = self._asides(row, width)
        room = max(width - 3 - sum(cells(text) + 2 for text, _ in asides), 8)
        title = cut(row.title, room)
        segments = [
            Segment("▌ " if is_cursor else "  ", self.ink("bar") + ground),
            Segment(title + " " * (room - cells(title)), title_style + ground),
        ]
        segments += [Segment(f"  {text}", self.ink(style) + ground) for text, style in asides]
        return [*segments, Segment(" ", self.ground + ground)]

    def _asides(self, row: Row, width: int) -> list[tuple[str, str]]:
        """Return the columns after the title that there is room for, with their styles."""
        details = row.details or Details("")
        if details.problem:
            return [(cut(details.problem, max(width // 2, 1)), "problem")]
        show = (
            f"{details.show} #{details.number}"
            if details.show and details.number is not None
            else details.show
        )
        minutes = reading_minutes(details.words)
        length = "" if not details.words else f"{minutes} min" if minutes < 600 else f"{minutes // 60} h"
        columns = [
            (130, min(width // 4, 30), ", ".join(details.people), "aside"),
            (60, min(width // 4, 28), show, "show"),
            (76, 10, details.date, "aside"),
            (44, 7, length, "aside"),
        ]
        return [
            (_fit(text, room, right=style == "aside" and room == 7), style)
            for least, room, text, style in columns
            if width >= least
        ]

    # Keys and mouse

    def action_cursor_down(self) -> None:
        """Move the cursor one episode down."""
        self._put_cursor(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """Move the cursor one episode up."""
        self._put_cursor(self.cursor - 1)

    def action_cursor_page_down(self) -> None:
        """Move the cursor a page down."""
        self._put_cursor(self.cursor + max(self.size.height - 1, 1))

    def action_cursor_page_up(self) -> None:
        """Move the cursor a page up."""
        self._put_cursor(self.cursor - max(self.size.height - 1, 1))

    def action_cursor_first(self) -> None:
        """Move the cursor to the first episode."""
        self._put_cursor(0)

    def action_cursor_last(self) -> None:
        """Move the cursor to the last episode."""
        self._put_cursor(len(self.shown) - 1)

    def action_open(self) -> None:
        """Open the episode under the cursor."""
        if self.chosen is not None:
            self.post_message(EpisodeChosen(self.chosen.entry.path))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on an episode; open it if it is there already."""
        row = event.y + self._scroll
        if row >= len(self.shown):
            return
        if row == self.cursor:
            self.action_open()
        else:
            self._put_cursor(row)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down by three episodes."""
        event.stop()
        self._put_cursor(self.cursor + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up by three episodes."""
        event.stop()
        self._put_cursor(self.cursor - 3)


def _fit(text: str, room: int, *, right: bool = False) -> str:
    """Return a text in exactly ``room`` cells."""
    text = cut(text, room)
    blanks = " " * (room - cells(text))
    return blanks + text if right else text + blanks
