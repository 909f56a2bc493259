"""A page of fixed text drawn line by line: an application that is empty but for what a reader must draw."""

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.strip import Strip
from textual.widget import Widget

TEXT = "A page of fixed text, as wide as a column of a book and a bit more."


class FixedPage(Widget):
    """Shows the same text on every line."""

    def render_line(self, y: int) -> Strip:
        """Return one line of the page."""
        text = f"{y:3} {TEXT}".ljust(self.size.width)
        return Strip([Segment(text[: self.size.width], self.rich_style)], self.size.width)


class TextApp(App[None]):
    """Shows one page."""

    CSS = "FixedPage { height: 1fr; }"

    def compose(self) -> ComposeResult:
        """One widget."""
        yield FixedPage()


if __name__ == "__main__":
    TextApp().run()
