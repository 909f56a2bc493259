"""The notebook screen: a title, the quotes, the line in which they are filtered."""

from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.dom import DOMNode

from tui.paths import STYLES
from tui.screens.notebook.taking import Taking

TALL_FROM = 30
"""Rows from which there is air around the title."""


class NotebookScreen(Taking):
    """Lists what was marked, of the library or of one episode."""

    CSS_PATH = STYLES / "notebook.tcss"
    AUTO_FOCUS = "HighlightList"

    def key_tables(self) -> Iterator[tuple[str, DOMNode]]:
        """Yield the notebook's table: the list carries out what moves in it, the screen the rest."""
        yield "Notebook", self.list
        yield "Notebook", self

    def compose(self) -> ComposeResult:
        """A title, the list, the line for typing, the hints."""
        self.set_class(self.app.size.height < TALL_FROM, "-short")
        with Vertical(id="shelf"):
            yield self.heading
            yield self.list
        yield self.bar
        yield self.hints

    def on_click(self, event: events.Click) -> None:
        """Change the scope where its name is clicked in the title."""
        if event.widget is self.heading and event.y == 0 and event.x < self.scopes_end:
            self.action_next_scope()

    def on_resize(self, event: events.Resize) -> None:
        """Arrange the parts for another size of the terminal."""
        self.set_class(event.size.height < TALL_FROM, "-short")
        self.say_title()
