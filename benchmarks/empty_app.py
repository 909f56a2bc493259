"""The smallest Textual program: what no program made with Textual can be faster than."""

from textual.app import App, ComposeResult
from textual.widgets import Static

TEXT = "An empty application"


class EmptyApp(App[None]):
    """Shows its own name."""

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static(TEXT)


if __name__ == "__main__":
    EmptyApp().run()
