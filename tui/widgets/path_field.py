"""A text field for the path of a file or folder."""

from collections.abc import Callable

from textual.widgets import Input

from tui.core.notebook.destinations import completed
from tui.widgets.keys import bindings


class PathField(Input):
    """What is typed is a path; its names can be completed."""

    BINDINGS = bindings("Export to")

    on_left: Callable[[], None] | None = None
    """Is told that the reader wants back."""

    def action_complete(self) -> None:
        """Add what is certain of the name that was begun."""
        self.value = completed(self.value)
        self.cursor_position = len(self.value)

    def action_leave(self) -> None:
        """Go back to the formats."""
        if self.on_left is not None:
            self.on_left()
