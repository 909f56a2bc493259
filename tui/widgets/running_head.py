"""The line above the page: the section that is being read, and how far the reading is."""

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from tui.widgets.wrapping import cells, cut


class RunningHead(Widget):
    """Keeps the current section's title in sight, in line with the text column."""

    COMPONENT_CLASSES = {"running-head--title", "running-head--progress"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = ("", "", 0, 0)

    def show(self, title: str, progress: str, margin: int, width: int) -> None:
        """Show a title on the left and the progress on the right of a column.

        Args:
            title: The section's title.
            progress: A few words and figures.
            margin: Cells to the left of the column.
            width: Of the column, in cells.
        """
        if (title, progress, margin, width) != self._shown:
            self._shown = (title, progress, margin, width)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line of cells; rows below it are blank."""
        base = self.rich_style
        if y:
            return Strip.blank(self.size.width, base)
        title, progress, margin, width = self._shown
        progress = cut(progress, max(width, 0))
        title = cut(title, max(width - cells(progress) - 2, 0))
        gap = max(width - cells(title) - cells(progress), 0)
        return Strip(
            [
                Segment(" " * margin, base),
                Segment(title, self.get_component_rich_style("running-head--title")),
                Segment(" " * gap, base),
                Segment(progress, self.get_component_rich_style("running-head--progress")),
            ]
        ).adjust_cell_length(self.size.width, base)
