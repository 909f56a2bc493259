"""Moving through a page by lines, pages, paragraphs and sections, and opening its folds.

The page's position is the place its first line begins with, never a row number, so it survives any
change of width. There is no animation: a key moves the text at once.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass

from tui.core.episode import WORDS_A_MINUTE, Episode, Place
from tui.core.folds import OTHERS, Fold, FoldKey, Folds, FoldState
from tui.widgets.lines import BLANK, LineKind
from tui.widgets.page_marks import PageNotes
from tui.widgets.page_view import PageView
from tui.widgets.typesetting import Anchor

OVERLAP = 2
"""Lines of the last page that are still shown after a page key."""

MOST_LEAD = 6
"""More lines than these never stand between a line and the place it stands above."""

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


class PageMoving(PageView):
    """Moves through the episode it shows, and opens and closes its folds."""

    def __init__(
        self, episode: Episode, *, fold_state: FoldState | None = None, id: str | None = None
    ) -> None:
        super().__init__(episode, fold_state=fold_state, id=id)
        self.read_sections: set[int] = set()
        """Ordinals of the sections that were read to their end."""

        self.was_read_on = False
        """Whether the text was moved on as by reading, since the episode is shown."""

        self.on_moved: Callable[[], None] | None = None
        """Called when other text is in sight: as a message it would come a frame too late."""

    def show(self, episode: Episode, place: Place | None = None, fold_state: FoldState | None = None) -> None:
        """Show an episode, another one or the same read again.

        Args:
            episode: What to show.
            place: From where on; None for where the page is.
            fold_state: What was done to its folds; None for what was done to those of the last episode.
        """
        if episode.id != self.episode.id:
            self.selection = None
        if episode.path != self.episode.path:
            self.was_read_on = False
        self.episode = episode
        self.hits, self.current_hit, self.labels, self.notes = None, None, {}, PageNotes()
        if place is not None:
            self._place, self._lead, self._typesetter = place, 0, None
        self.folds = Folds(episode, fold_state or self.folds.state)
        self._open_around(self._place)
        self.__dict__.pop("_speaker_numbers", None)
        self._forget_layout()

    # Where the reading is

    @property
    def place(self) -> Place:
        """Where the first line begins."""
        hiding = self.folds.closed_at(self._place)
        return Place(hiding.section, hiding.start) if hiding is not None else self._place

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
        place, total, done = self.reading_place, self._words, self._words_done
        if self.at_end:
            return Progress(place.section, 100, 0)
        left = -(-(total - done) // WORDS_A_MINUTE)
        return Progress(place.section, int(100 * done / total) if total else 0, int(left))

    @property
    def share(self) -> float:
        """How much of the words lies before the first line, from 0 to 1; all once the last is in sight."""
        if self.at_end:
            return 1.0
        return self._words_done / self._words if self._words else 0.0

    @property
    def _words(self) -> int:
        return self.folds.words_before(len(self.episode.sections))

    @property
    def _words_done(self) -> float:
        """How many words that are shown stand before the first line."""
        folds = self.folds
        top = self.typesetter.place(self.top_line)
        done: float = folds.words_before(top.section)
        if top.block >= 0:
            upto = folds.words_before_block(top.section, top.block)
            block = self.episode.sections[top.section].blocks[top.block]
            of_block = folds.words_before_block(top.section, top.block + 1) - upto
            done += upto + of_block * top.offset / max(len(block.text), 1)
        return done

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return bool(self.frame) and self.frame[-1] == self.typesetter.end

    # Moving

    def go(self, place: Place, *, row: int = 0) -> None:
        """Put the line that shows a place at a row of the pane, the top one if it isn't said otherwise.

        A closed fold is opened, unless its line stands for the place: the place its first block begins at.
        """
        self._open_around(place)
        typesetter = self.typesetter
        anchor = typesetter.anchor(place)
        # The line of an open fold belongs to the first line of what it holds,
        fold = self.folds.at(place)
        if fold is not None and place == Place(fold.section, fold.start):
            anchor = typesetter.fold_anchor(fold)
        item_top = Anchor(anchor.item, typesetter.first_line(anchor.item))
        # and a speaker's name to the first line of what is said.
        if place.offset == 0 and anchor.item:
            anchor = min(anchor, item_top)
        self._move_to(typesetter.back(anchor, row))

    def go_back(self, top: Anchor) -> None:
        """Put a line on top that was there before, in the same layout of the same text."""
        self._move_to(top)

    def reveal(self, place: Place) -> None:
        """Go to a place unless it is in sight with some lines around it; the fold that hides it is opened."""
        hiding = self.folds.closed_at(place)
        if hiding is not None:
            self.set_folds([hiding], is_open=True)
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
        while 0 <= ordinal < len(self.episode.sections) and self._is_passed_over(ordinal):
            ordinal += step
        if ordinal < 0:
            self.go_top()
        elif ordinal < len(self.episode.sections):
            self.go_section(ordinal)

    def _is_passed_over(self, ordinal: int) -> bool:
        """Say whether a section has none of the words of the one speaker who is asked for."""
        folds = self.folds
        return folds.state.only is not None and folds.words_before(ordinal) == folds.words_before(ordinal + 1)

    def go_section(self, ordinal: int) -> None:
        """Put a section's heading on the top line."""
        self._move_to(self._section_top(ordinal))

    def step_paragraph(self, step: int) -> None:
        """Put the next block or heading (1), or the start of this or the one before (-1), on the top line."""
        typesetter = self.typesetter
        item = self.top_line.item
        if step > 0 or self.top_line <= Anchor(item, typesetter.first_line(item)):
            item += step
            while self._is_closed_fold(item):
                item += step
        if 0 <= item < len(typesetter.items):
            self._move_to(Anchor(item, typesetter.first_line(item)), is_reading=step > 0)
        elif item < 0:
            self.go_top()

    def _is_closed_fold(self, item: int) -> bool:
        fold = self.typesetter.fold_lines.get(item)
        return fold is not None and not self.folds.is_open(fold)

    def _section_top(self, ordinal: int) -> Anchor:
        item = self.typesetter.first_item(ordinal)
        return Anchor(item, self.typesetter.first_line(item))

    def _move_to(self, anchor: Anchor, *, is_reading: bool = False) -> None:
        before = self.typesetter.place(self.top_line)
        self._top_line, self._frame, self._seam = anchor, None, None
        self._place = self.typesetter.place(anchor)
        if is_reading:
            self.was_read_on = True
            last = len(self.episode.sections) if self.at_end else self._place.section
            self.read_sections.update(range(before.section, last))
        self.refresh()
        self._tell()

    # Folds and speakers

    def toggle_fold(self, fold: Fold) -> None:
        """Open a fold or close it; its line stays where it is on the screen."""
        self.set_folds([fold], is_open=not self.folds.is_open(fold))

    def set_folds(self, folds: Sequence[Fold], *, is_open: bool) -> None:
        """Open folds or close them. The line of a single one that is in sight stays where it is."""
        old, top, place = self.typesetter, self.top_line, self._place
        kept = old.fold_lines.get(top.item)
        row, line = 0, top.line
        if len(folds) == 1:
            anchor = old.fold_anchor(folds[0])
            if anchor in self.frame:
                kept, row, line = folds[0], self.frame.index(anchor), anchor.line
            elif not is_open and folds[0].holds(place):
                kept, line = folds[0], anchor.line
        self.folds.set_open(folds, is_open=is_open)
        self._typesetter, self._frame, self._seam = None, None, None
        typesetter = self.typesetter
        if kept is not None:
            anchor = typesetter.fold_anchor(kept)
            self._top_line = typesetter.back(Anchor(anchor.item, min(line, anchor.line)), row)
            self._place = typesetter.place(self._top_line)
        else:
            self._top_line = typesetter.anchor(place)
        self.refresh()
        self._tell()

    def open_only(self, keys: Set[FoldKey]) -> None:
        """Open just these folds, and close all others."""
        if keys != self.folds.state.opened:
            self.folds.set_opened(keys)
            self._forget_layout()

    def show_only(self, speaker: str | None) -> None:
        """Fold what all others say than one speaker; None shows everyone's words again."""
        state = self.folds.state
        if speaker != state.only:
            state.only = speaker
            state.opened = {key for key in state.opened if key[2] != OTHERS}
            self.folds = Folds(self.episode, state)
            self._forget_layout()

    def _open_around(self, place: Place) -> None:
        """Open the fold that hides a place, unless its line stands for the place."""
        hiding = self.folds.closed_at(place)
        if hiding is not None and place > Place(hiding.section, hiding.start):
            self.folds.set_open([hiding], is_open=True)
            self._typesetter, self._top_line, self._frame = None, None, None

    # Laying out

    def _forget_layout(self) -> None:
        if self._typesetter is not None and self._top_line is not None:
            # Lines above the place that have none of their own (blank, a name) are kept as a distance.
            ahead = self._typesetter.run(self._top_line, MOST_LEAD)
            shown = self._typesetter.anchor(self._place)
            self._lead = ahead.index(shown) if shown in ahead else 0
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
        """Lay out anew."""
        self._fit_in()

    def _fit_in(self) -> None:
        """Lay out anew, from the same place; where only the height changes, from the same line."""
        if self._typesetter is not None and self._typesetter.width == self._text_width:
            self._frame = None
            self.refresh()  # the column may stand elsewhere
            self._tell_later()
        else:
            self._forget_layout()

    def watch_column(self) -> None:
        """Lay out anew in a column of another width."""
        self._forget_layout()

    def watch_justified(self) -> None:
        """Draw the other right edge."""
        self.refresh()

    def _current_hit_place(self) -> Place | None:
        if self.hits is None or self.current_hit is None:
            return None
        return self.hits.place(self.current_hit)
