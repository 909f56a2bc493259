"""A text field of one line that takes whatever is pasted into it."""

from textual import events
from textual.binding import Binding
from textual.widgets import Input

from tui.core.cleaning import clean_line

EDITS = {
    key: binding.action
    for binding in Input.BINDINGS
    if isinstance(binding, Binding) and binding.action not in ("submit", "copy")
    for key in binding.key.split(",")
}
"""What keys do in a text field, by Textual's own table: moving the cursor, deleting, selecting.

Copying is ours: ctrl+c also says how to leave.
"""


class LineInput(Input):
    """Textual's field takes the first line of what is pasted, and nothing at all of what is too long."""

    def on_paste(self, event: events.Paste) -> None:
        """Put the pasted lines in as one, clean, cut to the room there is."""
        event.stop()
        event.prevent_default()
        line = " ".join(clean_line(event.text).split())
        if not line:
            return
        start, end = sorted(self.selection)
        kept = len(self.value) - (end - start)
        room = len(line) if self.max_length is None else max(self.max_length - kept, 0)
        self.replace(line[:room], start, end)
