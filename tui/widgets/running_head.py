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

BEFORE, AFTER = "… ", " …"
"""Stand for names that have no room."""


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
        for number, text in variant_names(heading):
            style = "variant" if number == heading.variant else "other-variant"
            segments.append(Segment(text, self.ink(style)))
        return self.line(segments)

    def on_click(self, event: events.Click) -> None:
        """Ask for the text whose name was clicked."""
        heading = self._tell()
        at = heading.margin
        for number, text in variant_names(heading):
            if number is not None and event.y == 1 and at <= event.x < at + cells(text):
                self.post_message(VariantAsked(number))
            at += cells(text)


def variant_names(heading: Heading) -> Iterator[tuple[int | None, str]]:
    """Yield the names of an episode's texts that fit into the column with their numbers.

    What stands between and around them has none. The text that is shown is always among them.
    """
    names, width = heading.variants, heading.width
    if not names:
        return
    first, end = 0, heading.variant + 1
    while first < heading.variant and names_width(names, first, end) > width:
        first += 1
    while end < len(names) and names_width(names, first, end + 1) <= width:
        end += 1
    if names_width(names, first, end) > width:
        yield heading.variant, cut(names[heading.variant], width)
        return
    for number in range(first, end):
        if number:
            yield None, BETWEEN if number > first else BEFORE
        yield number, names[number]
    if end < len(names):
        yield None, AFTER


def names_width(names: Sequence[str], first: int, end: int) -> int:
    """Return how many cells some of several names take, with what stands between and around them."""
    around = (len(BEFORE) if first else 0) + (len(AFTER) if end < len(names) else 0)
    return sum(map(cells, names[first:end])) + len(BETWEEN) * (end - first - 1) + around
