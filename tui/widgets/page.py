"""The section reader pane: one continuous page, moved through by lines, pages, paragraphs and sections.

The page's position is the place its first line begins with, never a row number, so it survives any
change of width. There is no animation: a key moves the text at once.
"""

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.timer import Timer

from tui.core.episode import WORDS_A_MINUTE, Episode, Place
from tui.messages import TextPointed
from tui.widgets.page_view import PageView
from tui.widgets.typesetting import BLANK, Anchor, LineKind

OVERLAP = 2
"""Lines of the last page that are still shown after a page key."""

LEFT_BUTTON = 1

PULL_S = 0.06
"""While the mouse is held beyond an edge the text moves on by a line in this many seconds."""

CONTEXT_LINES = 2
"""Lines kept above and below what is jumped to, if it was out of sight."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is."""

    section: int
    """The ordinal of the section at the reading position."""

    percent: int
    """Of the words, 0 to 100."""

    minutes_left: int


class Page(PageView, can_focus=True):
    """Shows an episode and moves through it."""

    def __init__(self, episode: Episode, *, id: str | None = None) -> None:
        super().__init__(episode, id=id)
        self.read_sections: set[int] = set()
        """Ordinals of the sections that were read to their end."""

        self.on_moved: Callable[[], None] | None = None
        """Called when other text is in sight: as a message it would come a frame too late."""

        self._pressed: Place | None = None
        """Where the mouse button went down."""

        self._pointer = (0, 0)
        """Where the mouse was last, in cells of the pane."""

        self._pulled_to: Place | None = None
        self._pull: Timer | None = None
        """Runs while the button is held."""

        self.was_dragged = False
        """Whether the last button that went up had been dragged."""

    def show(self, episode: Episode, place: Place | None = None) -> None:
        """Show an episode, another one or the same read again, from a place (None: where the page is)."""
        if episode.id != self.episode.id:
            self.selection = None
        self.episode = episode
        self.hits, self.current_hit, self.labels = None, None, {}
        self._place = place if place is not None else self._place
        self.__dict__.pop("_words_before", None)
        self._forget_layout()

    # Where the reading is

    @property
    def place(self) -> Place:
        """Where the first line begins."""
        return self._place

    @property
    def reading_place(self) -> Place:
        """The place that is being read: what is selected or found if it is in sight, else the first line.

        A heading that begins in the first three lines counts: what stands above it is a remainder.
        """
        for focus in (self.selection.start if self.selection else None, self._current_hit_place()):
            if focus is not None and self.is_in_sight(focus):
                return focus
        typesetter = self.typesetter
        for anchor in self.frame[:3]:
            if typesetter.line(anchor).kind in (LineKind.HEADING, LineKind.SUBHEADING):
                return typesetter.place(anchor)
        return typesetter.place(self.top_line)

    @property
    def progress(self) -> Progress:
        """How far the reading is."""
        place = self.reading_place
        before = self._words_before
        total = before[-1]
        if self.at_end:
            return Progress(place.section, 100, 0)
        top = self.typesetter.place(self.top_line)
        section = self.episode.sections[top.section]
        inside = 0.0
        if top.block >= 0 and section.text:
            inside = (section.starts[top.block] + top.offset) / len(section.text)
        done = before[top.section] + inside * section.words
        left = -(-(total - done) // WORDS_A_MINUTE)
        return Progress(place.section, int(100 * done / total) if total else 0, int(left))

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return bool(self.frame) and self.frame[-1] == self.typesetter.end

    # Moving

    def go(self, place: Place, *, row: int = 0) -> None:
        """Put the line that shows a place at a row of the pane, the top one if it isn't said otherwise."""
        typesetter = self.typesetter
        anchor = typesetter.anchor(place)
        item_top = Anchor(anchor.item, typesetter.first_line(anchor.item))
        # A speaker's name belongs to the first line of what is said.
        if place.offset == 0 and anchor.item:
            anchor = min(anchor, item_top)
        self._move_to(typesetter.back(anchor, row))

    def reveal(self, place: Place) -> None:
        """Go to a place unless it is in sight with some lines around it."""
        anchor = self.typesetter.anchor(place)
        inner = self.frame[CONTEXT_LINES : -CONTEXT_LINES or None]
        top = self.frame[:CONTEXT_LINES] if self.frame and self.frame[0] == Anchor(0, 0) else []
        end = self.frame[-CONTEXT_LINES:] if self.at_end else []
        if anchor not in inner and anchor not in top and anchor not in end:
            self.go(place, row=self.size.height // 3)

    def scroll_lines(self, count: int) -> None:
        """Move the text by lines, on if positive; stops with the last line at the foot of the pane."""
        typesetter = self.typesetter
        old = self.top_line
        if count < 0:
            self._move_to(typesetter.back(old, -count))
            return
        last_top = max(old, typesetter.back(typesetter.end, max(self.size.height - 1, 0)))
        ahead = typesetter.run(old, count + 1)
        self._move_to(min(ahead[-1], last_top), is_reading=True)

    def scroll_pages(self, pages: float) -> None:
        """Move by pages (0.5 is half of one), on if positive; a mark shows where the last page ended."""
        height = self.size.height
        whole = abs(pages) >= 1
        lines = max(height - OVERLAP, 1) if whole else max(height // 2, 1)
        end = self.frame[-1] if self.frame else None
        before = self.top_line
        self.scroll_lines(lines if pages > 0 else -lines)
        if pages > 0 and whole and end is not None and self.top_line != before:
            after = self.typesetter.run(end, 3)[1:]
            self._seam = next((anchor for anchor in after if self.typesetter.line(anchor) is not BLANK), None)
            self.refresh()

    def go_top(self) -> None:
        """Go to the first line."""
        self._move_to(Anchor(0, 0))

    def go_end(self) -> None:
        """Go to the last page."""
        typesetter = self.typesetter
        self._move_to(typesetter.back(typesetter.end, max(self.size.height - 1, 0)))

    def step_section(self, step: int) -> None:
        """Go to the heading of the next section (1), or of this one or the one before (-1)."""
        here = self.typesetter.place(self.top_line)
        if step > 0:
            at_masthead = self.top_line.item == 0 and here.section == 0
            ordinal = 0 if at_masthead else here.section + 1
        else:
            is_at_heading = self.top_line <= self._section_top(here.section)
            ordinal = here.section - 1 if is_at_heading else here.section
        if ordinal < 0:
            self.go_top()
        elif ordinal < len(self.episode.sections):
            self.go_section(ordinal)

    def go_section(self, ordinal: int) -> None:
        """Put a section's heading on the top line."""
        self._move_to(self._section_top(ordinal))

    def step_paragraph(self, step: int) -> None:
        """Put the next block or heading (1), or the start of this or the one before (-1), on the top line."""
        typesetter = self.typesetter
        item = self.top_line.item
        if step < 0 and self.top_line <= Anchor(item, typesetter.first_line(item)):
            item -= 1
        elif step > 0:
            item += 1
        if 0 <= item < len(typesetter.items):
            self._move_to(Anchor(item, typesetter.first_line(item)), is_reading=step > 0)
        elif item < 0:
            self.go_top()

    def _section_top(self, ordinal: int) -> Anchor:
        item = self.typesetter.first_item(ordinal)
        return Anchor(item, self.typesetter.first_line(item))

    def _move_to(self, anchor: Anchor, *, is_reading: bool = False) -> None:
        before = self.typesetter.place(self.top_line)
        self._top_line, self._frame, self._seam = anchor, None, None
        self._place = self.typesetter.place(anchor)
        if is_reading:
            last = len(self.episode.sections) if self.at_end else self._place.section
            self.read_sections.update(range(before.section, last))
        self.refresh()
        self._tell()

    # Laying out

    def _forget_layout(self) -> None:
        if self._typesetter is not None and self._top_line is not None:
            # A blank line at the top has no place of its own: it is kept as a distance.
            self._lead = max(self._typesetter.first_line(self._top_line.item) - self._top_line.line, 0)
        self._typesetter, self._top_line, self._frame, self._seam = None, None, None, None
        self.refresh()
        self._tell_later()

    def _tell_later(self) -> None:
        """Tell the screen what is in sight once that is known again."""
        if self.is_mounted:
            self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        """Tell whoever follows the reading that other text is in sight."""
        if self.on_moved is not None:
            self.on_moved()

    def on_resize(self) -> None:
        """Lay out anew, from the same place; where only the height changes, from the same line."""
        if self._typesetter is not None and self._typesetter.width == self._text_width:
            self._frame = None
            self._tell_later()
        else:
            self._forget_layout()

    def watch_column(self) -> None:
        """Lay out anew in a column of another width."""
        self._forget_layout()

    def watch_justified(self) -> None:
        """Draw the other right edge."""
        self.refresh()

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select, where text is."""
        place = self.place_at(event.x, event.y)
        if event.button == LEFT_BUTTON and place is not None:
            self._pressed, self._pulled_to, self.was_dragged = place, place, False
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the mouse."""
        if self._pressed is None:
            return
        self._pointer = (event.x, event.y)
        self._select_to_pointer()
        if self._pull is None:
            # The terminal is silent while the mouse stands still beyond the edge.
            self._pull = self.set_interval(PULL_S, self._select_to_pointer)

    def _select_to_pointer(self) -> None:
        """Select up to the text nearest to the mouse; beyond the edges the text moves on."""
        x, y = self._pointer
        if not 0 <= y < self.size.height:
            self.scroll_lines(1 if y > 0 else -1)
        rows = sorted(range(len(self.frame)), key=lambda row: abs(row - y))
        place = next((place for row in rows if (place := self.place_at(x, row)) is not None), None)
        if place is not None and self._pressed is not None and place != self._pulled_to:
            self._pulled_to = place
            self.was_dragged = True
            self.post_message(TextPointed(place, self._pressed))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the selecting."""
        self._pressed = None
        self.release_mouse()
        if self._pull is not None:
            self._pull.stop()
            self._pull = None

    def on_click(self, event: events.Click) -> None:
        """Tell what was clicked, and how often in a row."""
        place = self.place_at(event.x, event.y)
        if place is not None and event.button == LEFT_BUTTON:
            self.post_message(TextPointed(place, None, event.chain))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on by three lines."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back by three lines."""
        event.stop()
        self.scroll_lines(-3)

    def _current_hit_place(self) -> Place | None:
        if self.hits is None or self.current_hit is None:
            return None
        return self.hits.place(self.current_hit)
