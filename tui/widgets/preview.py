"""The page beside the list of hits: the section of the hit under the cursor, never any other."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

from tui.core.episode import Episode, Place, Section
from tui.core.folds import FoldState
from tui.messages import PreviewPointed
from tui.widgets.page_moving import PageMoving

if TYPE_CHECKING:
    from tui.core.search.previews import Preview

LEAST_BELOW = 3
"""So many lines are shown below the words that were found, if they are shown below their heading."""

LEFT_BUTTON = 1


NOTHING = Episode("", Path(), "", "", (Section(0, 1, ""),))
"""What stands in for an episode while none is shown."""


class PreviewPage(PageMoving):
    """Shows where a hit stands; it is only looked at, and opened with a click."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(NOTHING, id=id)
        self.preview: Preview | None = None
        """What is shown."""

        self._is_at_words = False
        """Nobody has moved the text since."""

    def show_preview(self, preview: "Preview | None") -> None:
        """Show a hit's section, and mark the words; without one show nothing."""
        before, self.preview = self.preview, preview
        self.cover(is_covered=preview is None)
        if preview is None:
            return
        if preview.episode is not self.episode:
            self.show(preview.episode, preview.place, FoldState())
        self.show_hits(preview.hits, preview.current)
        if self._is_at_words or before is None or where(before) != where(preview):
            self._go_to_words()

    def clear(self) -> None:
        """Let go of what was shown: it may be large."""
        self.show(NOTHING, Place(), FoldState())

    def _go_to_words(self) -> None:
        """Put the section's heading on the top line, or the words where they are too far below it."""
        preview = self.preview
        if preview is None:
            return
        self.go_section(preview.place.section)
        below = self.frame[:-LEAST_BELOW]
        if self.folds.closed_at(preview.place) or self.typesetter.anchor(preview.place) not in below:
            self.go(preview.place, row=self.size.height // 3)
        self._is_at_words = True

    @property
    def words_row(self) -> int | None:
        """The row that shows the words; None if they are out of sight."""
        if self.preview is None or not self.is_in_sight(self.preview.place):
            return None
        return self.frame.index(self.typesetter.anchor(self.preview.place))

    def _fit_in(self) -> None:
        """Lay out anew, from the same place; the words stay in sight if they were."""
        super()._fit_in()
        if self._is_at_words:
            self._go_to_words()

    def on_click(self, event: events.Click) -> None:
        """Ask for the episode."""
        if event.button == LEFT_BUTTON and self.preview is not None:
            self.post_message(PreviewPointed())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on by three lines."""
        event.stop()
        self._is_at_words = False
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back by three lines."""
        event.stop()
        self._is_at_words = False
        self.scroll_lines(-3)


def where(preview: "Preview") -> tuple[int, Place]:
    """Return what tells whether two previews show the same place of the same text."""
    return id(preview.episode), preview.place
