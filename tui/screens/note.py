"""Write the note on a highlight, over the foot of the page."""

from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from tui.core.cleaning import clean
from tui.core.notebook.values import Highlight
from tui.paths import STYLES
from tui.widgets.hints import Hints
from tui.widgets.keys import app_bindings, bindings

QUOTED = 400
"""Characters of the highlight that are shown above its note."""


class NoteScreen(ModalScreen[str]):
    """Returns the note. However it is left, what was typed is kept: the change can be taken back."""

    # The app's own too: a modal screen hides them.
    BINDINGS = [*bindings("Note"), *app_bindings("Everywhere")]
    CSS_PATH = STYLES / "note.tcss"
    AUTO_FOCUS = "TextArea"

    def __init__(self, highlight: Highlight) -> None:
        super().__init__()
        self.highlight = highlight
        self.field = TextArea(
            highlight.note,
            compact=True,
            highlight_cursor_line=False,
            tab_behavior="focus",
            placeholder="your note",
        )
        self.field.cursor_blink = False

    def compose(self) -> ComposeResult:
        """The words that the note is about, the note, the hints."""
        words = " ".join(self.highlight.text.split())
        quoted = words if len(words) <= QUOTED else words[: QUOTED - 1] + "…"
        with Vertical(id="panel"):
            yield Static(Content(quoted), id="quote", markup=False)
            yield self.field
        yield Hints("Note", id="hints")

    def on_mount(self) -> None:
        """Go on behind what is written already; show no hints of keys that are letters here."""
        self.field.move_cursor(self.field.document.end)
        self.query_one(Hints).show("Note", typing=True)

    @property
    def note(self) -> str:
        """The note as it is now, clean."""
        return clean(self.field.text).text.strip()

    def action_close(self) -> None:
        """Keep the note."""
        self.dismiss(self.note)

    def action_edit(self) -> None:
        """Write the note in the reader's editor."""
        from tui.core.editing import edited

        note, problem = self.field.text, ""
        try:
            with self.app.suspend():
                # Caught in there: an error that left the block would leave the terminal as it is.
                note, problem = edited(note)
        except SuspendNotSupported:
            problem = "this terminal can't be lent to it"
        self.refresh(layout=True)
        if problem:
            self.notify(f"The editor could not be started: {problem}", severity="error", markup=False)
        else:
            self.field.text = note
            self.field.move_cursor(self.field.document.end)
