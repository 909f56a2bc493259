"""The outline sidebar: the episode's shape, where you are in it, what was read, where the hits are."""

from textual import events

from tui.messages import OutlineLeft, SectionChosen
from tui.widgets.outline_view import HEADER_ROWS, INDENT, MARGIN, OutlineView


class Outline(OutlineView, can_focus=True):
    """Shows an episode's outline; jumps by ordinal, never by the heading's text."""

    def choose(self) -> None:
        """Go to the section under the cursor."""
        if self._rows:
            self.post_message(SectionChosen(self.entries[self._rows[self.cursor]].section))

    def move_cursor(self, step: int) -> None:
        """Move the cursor by rows."""
        self._put_cursor(self.cursor + step)

    def action_cursor_down(self) -> None:
        """Move the cursor one row down."""
        self.move_cursor(1)

    def action_cursor_up(self) -> None:
        """Move the cursor one row up."""
        self.move_cursor(-1)

    def action_cursor_page_down(self) -> None:
        """Move the cursor a page down."""
        self.move_cursor(self._room)

    def action_cursor_page_up(self) -> None:
        """Move the cursor a page up."""
        self.move_cursor(-self._room)

    def action_cursor_first(self) -> None:
        """Move the cursor to the first row."""
        self._put_cursor(0)

    def action_cursor_last(self) -> None:
        """Move the cursor to the last row."""
        self._put_cursor(len(self._rows) - 1)

    def action_choose(self) -> None:
        """Go to the section under the cursor."""
        self.choose()

    def action_close(self) -> None:
        """Clear the filter, or leave."""
        if self.wanted:
            self.filter("")
        else:
            self.post_message(OutlineLeft())

    def action_fold(self) -> None:
        """Fold the entry under the cursor, or the one above it."""
        if not self._rows:
            return
        index = self._rows[self.cursor]
        if index not in self._parents or index in self.folded:
            parent = self.entries[index].parent
            if parent is None:
                return
            index = parent
        self._set_folded(index, folded=True)

    def action_unfold(self) -> None:
        """Unfold the entry under the cursor."""
        if self._rows:
            self._set_folded(self._rows[self.cursor], folded=False)

    def action_fold_all(self) -> None:
        """Fold everything, or unfold everything if all is folded."""
        index = self._rows[self.cursor] if self._rows else None
        self.folded = set() if self.folded >= self._parents else set(self._parents)
        self._arrange()
        if index is not None:
            shown = next(entry for entry in self._with_ancestors(index) if entry in self._rows)
            self._put_cursor(self._rows.index(shown))

    def _set_folded(self, index: int, *, folded: bool) -> None:
        if folded and index in self._parents:
            self.folded.add(index)
        else:
            self.folded.discard(index)
        self._arrange()
        self._put_cursor(self._rows.index(index))

    def on_click(self, event: events.Click) -> None:
        """Go to the section that was clicked; a click on the triangle folds."""
        row = event.y - HEADER_ROWS + self._scroll
        if event.y < HEADER_ROWS or row >= len(self._rows):
            return
        index = self._rows[row]
        inset = MARGIN + INDENT * self.entries[index].depth
        self._put_cursor(row)
        if index in self._parents and inset <= event.x < inset + 2:
            self._set_folded(index, folded=index not in self.folded)
        else:
            self.choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Show entries further down."""
        event.stop()
        self._scroll = max(0, min(self._scroll + 3, len(self._rows) - self._room))
        self.refresh()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Show entries further up."""
        event.stop()
        self._scroll = max(0, self._scroll - 3)
        self.refresh()
