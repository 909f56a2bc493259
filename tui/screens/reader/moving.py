"""Moving through the episode, and how it looks."""

from tui.messages import LibraryAsked, NeighbourAsked
from tui.screens.reader.base import ReaderBase

COLUMNS = range(40, 121)
"""How wide the text column can be made, in cells."""

COLUMN_STEP = 4


class Moving(ReaderBase):
    """The keys that move the text, and those that set it."""

    def action_line_down(self) -> None:
        """Move one line on."""
        self.page.scroll_lines(1)

    def action_line_up(self) -> None:
        """Move one line back."""
        self.page.scroll_lines(-1)

    def action_half_down(self) -> None:
        """Move half a page on."""
        self.page.scroll_pages(0.5)

    def action_half_up(self) -> None:
        """Move half a page back."""
        self.page.scroll_pages(-0.5)

    def action_page_down(self) -> None:
        """Move a page on."""
        self.page.scroll_pages(1)

    def action_page_up(self) -> None:
        """Move a page back."""
        self.page.scroll_pages(-1)

    def action_top(self) -> None:
        """Go to the top."""
        self._jump_from_here()
        self.page.go_top()

    def action_bottom(self) -> None:
        """Go to the end."""
        self._jump_from_here()
        self.page.go_end()

    def action_next_paragraph(self) -> None:
        """Go to the next paragraph."""
        self.page.step_paragraph(1)

    def action_previous_paragraph(self) -> None:
        """Go to the paragraph before."""
        self.page.step_paragraph(-1)

    def action_next_section(self) -> None:
        """Go to the next section."""
        self._jump_from_here()
        self.page.step_section(1)

    def action_previous_section(self) -> None:
        """Go to the section before."""
        self._jump_from_here()
        self.page.step_section(-1)

    def action_next_episode(self) -> None:
        """Open the next episode of the folder."""
        self.post_message(NeighbourAsked(1))

    def action_previous_episode(self) -> None:
        """Open the episode before."""
        self.post_message(NeighbourAsked(-1))

    def action_library(self) -> None:
        """Show the library."""
        self._remember()
        self.post_message(LibraryAsked())

    # Looks

    def action_wider(self) -> None:
        """Widen the text column."""
        self._set_column(COLUMN_STEP)

    def action_narrower(self) -> None:
        """Narrow the text column."""
        self._set_column(-COLUMN_STEP)

    def _set_column(self, step: int) -> None:
        page = self.page
        width = min(page.column, page.typesetter.width if step < 0 else page.column) + step
        page.column = min(max(width, COLUMNS.start), COLUMNS.stop - 1)

    def action_focus_mode(self) -> None:
        """Show only the text, or everything again."""
        self.toggle_class("-focus-mode")

    def action_justify(self) -> None:
        """Make the right edge even, or ragged again."""
        self.page.justified = not self.page.justified
