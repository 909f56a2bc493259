"""The lines above the page: the section that is being read, how far the reading is, the episode's texts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from tui.messages import VariantAsked
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

    variants: tuple[str, ...] = ()
    """What the episode's texts are called, if it has several."""

    variant: int = 0
    """Which of them is shown."""


BETWEEN = " · "
"""Stands between the names of the episode's texts."""


class RunningHead(Drawn):
    """Keeps the current section's title in sight, in line with the text column."""

    STYLE_PREFIX = "running-head"
    INKS = frozenset({"title", "progress", "variant", "other-variant"})

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
            return self._variants_line(self._tell()) if y == 1 else Strip.blank(self.size.width, self.ground)
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

    def _variants_line(self, heading: Heading) -> Strip:
        """Return the line of the episode's texts, the one that is shown apart from the others."""
        segments = [Segment(" " * heading.margin, self.ground)]
        for number, start, label in variant_labels(heading):
            style = "variant" if number == heading.variant else "other-variant"
            separator = BETWEEN if start else ""
            segments += [Segment(separator, self.ink("other-variant")), Segment(label, self.ink(style))]
        return self.line(segments)

    def on_click(self, event: events.Click) -> None:
        """Ask for the text whose name was clicked."""
        heading = self._tell()
        x = event.x - heading.margin
        for number, start, label in variant_labels(heading):
            if event.y == 1 and start <= x - (len(BETWEEN) if start else 0) < start + cells(label):
                self.post_message(VariantAsked(number))


def variant_labels(heading: Heading) -> Iterator[tuple[int, int, str]]:
    """Yield the names of an episode's texts that fit into the column: number, first cell, name.

    The first cell is that of the separator, if there is one. The text that is shown is always among them.
    """
    first = 0
    while (
        first < heading.variant
        and labels_width(heading.variants[first : heading.variant + 1]) > heading.width
    ):
        first += 1
    at = 0
    for number, label in enumerate(heading.variants[first:], start=first):
        room = heading.width - at - (len(BETWEEN) if at else 0)
        if at and cells(label) > room:
            return
        label = cut(label, room)
        yield number, at, label
        at += cells(label) + (len(BETWEEN) if at else 0)


def labels_width(labels: Sequence[str]) -> int:
    """Return how many cells names take, with what stands between them."""
    return sum(map(cells, labels)) + len(BETWEEN) * (len(labels) - 1)
