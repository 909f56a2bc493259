"""The line above the page: the section that is being read, and how far the reading is."""

from collections.abc import Callable
from dataclasses import dataclass

from rich.segment import Segment
from textual.strip import Strip

from tui.widgets.drawn import Drawn
from tui.widgets.wrapping import cells, cut


@dataclass(frozen=True, slots=True)
class Heading:
    """What the line says, and the column it stands over."""

    title: str
    progress: str
    """A few words and figures."""

    margin: int
    """Cells to the left of the column."""

    width: int
    """Of the column, in cells."""


class RunningHead(Drawn):
    """Keeps the current section's title in sight, in line with the text column."""

    STYLE_PREFIX = "running-head"
    INKS = frozenset({"title", "progress"})

    def __init__(self, tell: Callable[[], Heading], *, id: str | None = None) -> None:
        """Take a function that tells what to say: it is asked while drawing, when all sizes are known."""
        super().__init__(id=id)
        self._tell = tell
        self._shown: Heading | None = None

    def follow(self) -> None:
        """Draw again if there is something else to say."""
        if self._tell() != self._shown:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the line of cells; rows below it are blank."""
        if y:
            return Strip.blank(self.size.width, self.ground)
        self._shown = heading = self._tell()
        progress = cut(heading.progress, heading.width)
        title = cut(heading.title, max(heading.width - cells(progress) - 2, 0))
        gap = max(heading.width - cells(title) - cells(progress), 0)
        return self.line(
            [
                Segment(" " * heading.margin, self.ground),
                Segment(title, self.ink("title")),
                Segment(" " * gap, self.ground),
                Segment(progress, self.ink("progress")),
            ]
        )
