"""The library's list: one line an episode, or a heading above some; only what is in sight is drawn."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from tui.core.catalogue.arranging import Heading, Kept, Line, Listing, is_of, kept, position, reading_of
from tui.core.catalogue.marks import marks_of, spans_in
from tui.core.catalogue.rows import Row, place_of
from tui.messages import EpisodeChosen, FoldAsked
from tui.widgets.drawn import Drawn
from tui.widgets.episode_rows import GAP, MARGIN, Column, Layout, heading_columns, row_columns
from tui.widgets.wrapping import displayed, wrap

if TYPE_CHECKING:
    from tui.core.notebook.values import Reading

NOT_FOUND = "no episode has these words"

WHEEL_ROWS = 3


class EpisodeList(Drawn, can_focus=True):
    """Lists episodes."""

    STYLE_PREFIX = "episode-list"
    INKS = frozenset(
        {
            "title",
            "finished",
            "cursor",
            "show",
            "aside",
            "bar",
            "problem",
            "current",
            "heading",
            "tick",
            "share",
            "hit",
            "lost",
        }
    )
    OVERLAYS = frozenset({"hit"})

    on_moved: Callable[[], None] | None = None
    """Is told that other lines are in sight."""

    def __init__(self, base: Path, *, id: str | None = None) -> None:
        """Make an empty list.

        Args:
            base: The folder that the places of rows start from.
            id: The widget's id.
        """
        super().__init__(id=id)
        self.base = base
        self.listing = Listing()
        self.readings: Mapping[str, Reading] = {}
        """What is known of how the episodes were read, by the places of their rows."""

        self.is_lost = False
        """Whether the folder can't be looked through just now: what is shown is what was there."""

        self.message = ""
        """What is said when there is nothing to list."""

        self.cursor = 0
        self.current_place = ""
        """That of the episode that is open in the reader; empty if there is none."""

        self._kept = Kept()
        """What the cursor stays on."""

        self._marks: tuple[str, ...] = ()
        self._scroll = 0

    # What is listed

    @property
    def lines(self) -> Sequence[Line]:
        """Everything that is listed, headings too."""
        return self.listing.lines

    @property
    def kept(self) -> Kept:
        """What the cursor stays on when the list changes."""
        return self._kept

    def show(self, listing: Listing, *, from_top: bool = False, is_front: bool = False) -> None:
        """Show other lines.

        Args:
            listing: The lines.
            from_top: Put the cursor on the first episode, not on the one it is on.
            is_front: These are only the first ones, and what the cursor is to be on may be among the others.
        """
        before, ahead = self._kept, self.cursor - self._scroll
        self.listing = listing
        self._marks = marks_of(listing.view.wanted, listing.words)
        at = listing.at if listing.kept == before else position(listing.lines, before)
        if from_top:
            at = ahead = next((at for at, line in enumerate(listing.lines) if isinstance(line, Row)), 0)
        # What the cursor is on stays where it was on the screen; of what has gone, what is in its place now.
        # Who sees the top of the list goes on seeing it: that is where new episodes come.
        at_now = self.cursor if at is None else at
        self._scroll = at_now - ahead if self._scroll else 0
        self._put_cursor(at_now)
        if is_front and at is None:
            self._kept = before

    def stay_on(self, what: Kept) -> None:
        """Have the cursor on something when the list changes next."""
        self._kept = what

    def begin_at(self, path: Path | None) -> None:
        """Have the cursor on an episode once it is listed, unless none is named."""
        if path is not None:
            self.stay_on(Kept(place_of(path, self.base)))

    def show_current(self, path: Path | None) -> None:
        """Mark the episode that is open in the reader; if it is another one by now, the cursor goes there."""
        place = "" if path is None else place_of(path, self.base)
        if place and place != self.current_place:
            self._kept = Kept(place)
            at = position(self.lines, self._kept)
            if at is not None:
                self._put_cursor(at)
        self.current_place = place
        self.refresh()

    def show_lost(self, *, is_lost: bool) -> None:
        """Show that the folder can't be looked through, or can again."""
        self.is_lost = is_lost
        self.refresh()

    @property
    def is_at_top(self) -> bool:
        """Whether the cursor is on the first episode."""
        return not any(isinstance(line, Row) for line in self.lines[: self.cursor][:2])

    @property
    def chosen(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else None

    @property
    def chosen_path(self) -> Path | None:
        """The path of the episode under the cursor."""
        chosen = self.chosen
        return self.base / chosen.place if isinstance(chosen, Row) else None

    @property
    def in_sight(self) -> list[Row]:
        """The rows that are drawn now."""
        lines = self.lines[self._scroll : self._scroll + max(self.size.height, 1)]
        return [line for line in lines if isinstance(line, Row)]

    def _put_cursor(self, at: int) -> None:
        """Put the cursor on a line, and keep it in sight."""
        self.cursor = max(0, min(at, len(self.lines) - 1))
        if self.lines:
            self._kept = kept(self.lines[self.cursor])
        room = max(self.size.height, 1)
        self._scroll = max(0, min(self._scroll, self.cursor), self.cursor + 1 - room)
        self._scroll = max(0, min(self._scroll, len(self.lines) - room))
        self.refresh()
        if self.on_moved is not None:
            self.on_moved()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._put_cursor(self.cursor)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return one row of cells."""
        number = y + self._scroll
        if number < len(self.lines):
            return self.line(self._segments(number))
        text = "" if self.lines else self._message_line(y, self.size.width - 2 * MARGIN)
        return self.line([Segment(" " * MARGIN + text, self.ink("aside"))])

    def _message_line(self, y: int, width: int) -> str:
        """Return one line of what is said when nothing is listed."""
        message = NOT_FOUND if self.listing.view.wanted and self.listing.total else self.message
        lines = wrap(message, width)
        return displayed(message[slice(*lines[y])]) if y < len(lines) else ""

    def _segments(self, number: int) -> list[Segment]:
        """Return a line of the list, one cell narrower than it."""
        line, is_cursor = self.lines[number], number == self.cursor
        layout = Layout(self.size.width - 1, bool(self.readings), self.listing.view.is_grouped)
        if isinstance(line, Heading):
            columns = heading_columns(line, layout)
        else:
            columns = row_columns(line, layout, reading_of(line, self.readings))
        ground = Style(bgcolor=self.ink("cursor").bgcolor) if is_cursor else Style()
        segments = [Segment("▌ " if is_cursor else " " * MARGIN, self.ink("bar") + ground)]
        for index, column in enumerate(columns):
            if index:
                segments.append(Segment(" " * GAP, self.ground + ground))
            style = self._style(line, column, is_cursor=is_cursor) + ground
            segments += self._marked(column, style) if column.is_marked else [Segment(column.text, style)]
        return [*segments, Segment(" ", self.ground + ground)]

    def _style(self, line: Line, column: Column, *, is_cursor: bool) -> Style:
        """Return the style of a column."""
        if self.is_lost:
            return self.ink("lost")
        if column.ink in ("title", "finished"):
            if is_cursor:
                return self.ink("cursor")
            if isinstance(line, Row) and self.current_place and is_of(line, self.current_place):
                return self.ink("current")
        return self.ink(column.ink)

    def _marked(self, column: Column, style: Style) -> list[Segment]:
        """Return a column with the words marked that were typed."""
        segments, at = [], 0
        for start, end in spans_in(column.text, self._marks) if self._marks else ():
            segments.append(Segment(column.text[at:start], style))
            segments.append(Segment(column.text[start:end], style + self.ink("hit")))
            at = end
        return [*segments, Segment(column.text[at:], style)]

    # Keys and mouse

    def action_cursor_down(self) -> None:
        """Move the cursor one line down."""
        self._put_cursor(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """Move the cursor one line up."""
        self._put_cursor(self.cursor - 1)

    def action_cursor_page_down(self) -> None:
        """Move the cursor a page down."""
        self._put_cursor(self.cursor + max(self.size.height - 1, 1))

    def action_cursor_page_up(self) -> None:
        """Move the cursor a page up."""
        self._put_cursor(self.cursor - max(self.size.height - 1, 1))

    def action_cursor_first(self) -> None:
        """Move the cursor to the first line."""
        self._put_cursor(0)

    def action_cursor_last(self) -> None:
        """Move the cursor to the last line."""
        self._put_cursor(len(self.lines) - 1)

    def open_chosen(self) -> None:
        """Open the episode under the cursor; fold or unfold a show."""
        if self.chosen_path is not None:
            self.post_message(EpisodeChosen(self.chosen_path))
        elif isinstance(self.chosen, Heading) and self.chosen.show is not None:
            self.post_message(FoldAsked(self.chosen.show, is_folded=not self.chosen.is_folded))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a line; open it if it is there already."""
        line = event.y + self._scroll
        if line >= len(self.lines):
            return
        if line == self.cursor:
            self.open_chosen()
        else:
            self._put_cursor(line)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down by some lines."""
        event.stop()
        self._put_cursor(self.cursor + WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up by some lines."""
        event.stop()
        self._put_cursor(self.cursor - WHEEL_ROWS)
