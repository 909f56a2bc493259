"""Drawing a page: the lines in sight, with everything that lies over them.

Nothing here moves the text; ``widgets.page`` does. What lies over a line, from below: how the source
sets it (strong, code …), the selection, the hits, the labels of the sentences.
"""

from collections.abc import Mapping
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from tui.core.episode import Episode, Place, SpanKind
from tui.core.finding import Hits
from tui.widgets.drawn import Drawn
from tui.widgets.typesetting import PLACED, Anchor, Line, LineKind, Typesetter
from tui.widgets.wrapping import cells, displayed, offset_at_cell

if TYPE_CHECKING:
    from tui.core.stretches import Stretch

GUTTER = 3
"""Cells kept free on the left of the column, for marks."""

LINE_STYLES = {
    LineKind.TITLE: "title",
    LineKind.META: "meta",
    LineKind.NOTICE: "notice",
    LineKind.HEADING: "heading",
    LineKind.SUBHEADING: "subheading",
    LineKind.SPEAKER: "speaker",
    LineKind.TEXT: "text",
    LineKind.QUOTE: "quote",
    LineKind.CODE: "code",
    LineKind.RULE: "rule",
}

SPAN_STYLES = {
    SpanKind.STRONG: "strong",
    SpanKind.EMPHASIS: "emphasis",
    SpanKind.CODE: "inline-code",
    SpanKind.LINK: "link",
    SpanKind.MARK: "mark",
    SpanKind.STRIKE: "strike",
}

Layer = tuple[int, int, Style]
"""A style from a character to another, in the line's source."""


class PageView(Drawn):
    """A widget that draws an episode from a line on."""

    STYLE_PREFIX = "page"
    OVERLAYS = frozenset({*SPAN_STYLES.values(), "hit", "current-hit", "selection"})
    INKS = frozenset({*LINE_STYLES.values(), *OVERLAYS, "aside", "mark-bar", "seam", "label"})

    column: reactive[int] = reactive(70)
    """The widest the text may be, in cells."""

    justified: reactive[bool] = reactive(False)

    def __init__(self, episode: Episode, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.episode = episode
        self.hits: Hits | None = None
        self.current_hit: int | None = None
        self.selection: Stretch | None = None
        self.labels: Mapping[Place, str] = {}
        """What is drawn over the first characters at a place."""

        self._place = Place()
        self._top_line: Anchor | None = Anchor(0, 0)
        self._lead = 0
        """How many blank lines stood above the place before the layout was forgotten."""

        self._typesetter: Typesetter | None = None
        self._frame: list[Anchor] | None = None
        self._drawn_margin = GUTTER
        """The margin of the present frame, in cells."""

        self._seam: Anchor | None = None
        """The first line that the last page key brought in."""

    # What lies over the text

    def show_hits(self, hits: Hits | None, current: int | None) -> None:
        """Mark hits, one of them as the current one."""
        self.hits, self.current_hit = hits, current
        self.refresh()

    def select(self, selection: "Stretch | None") -> None:
        """Mark what is selected."""
        if selection != self.selection:
            self.selection = selection
            self.refresh()

    def show_labels(self, labels: Mapping[Place, str]) -> None:
        """Draw labels over the text; none for an empty mapping. Nothing moves."""
        self.labels = labels
        self.refresh()

    # Layout

    @property
    def typesetter(self) -> Typesetter:
        """The layout for the present width."""
        if self._typesetter is None:
            self._typesetter = Typesetter(self.episode, self._text_width)
        return self._typesetter

    @property
    def top_line(self) -> Anchor:
        """The first line in sight."""
        if self._top_line is None:
            self._top_line = self.typesetter.back(self.typesetter.anchor(self._place), self._lead)
            self._lead = 0
        return self._top_line

    @property
    def frame(self) -> list[Anchor]:
        """The lines in sight; shorter than the pane after the end of the text."""
        if self._frame is None:
            self._frame = self.typesetter.run(self.top_line, max(self.size.height, 1))
            # Asking Textual for the size takes longer than drawing a line.
            self._drawn_margin = self.margin
        return self._frame

    @property
    def _text_width(self) -> int:
        return max(min(self.column, self.size.width - GUTTER - 1), 1)

    @property
    def margin(self) -> int:
        """Cells to the left of the text: the column is centred, with room for marks."""
        return max((self.size.width - self._text_width) // 2, GUTTER)

    def is_in_sight(self, place: Place) -> bool:
        """Say whether the line that shows a place is on the screen."""
        anchor = self.typesetter.anchor(place)
        return bool(self.frame) and self.frame[0] <= anchor <= self.frame[-1]

    def text_in_sight(self) -> tuple[Place, Place] | None:
        """Return the first character of the blocks in sight and one past the last; None without text."""
        typesetter = self.typesetter
        shown = [
            (place, typesetter.line(anchor).end)
            for anchor in self.frame
            if typesetter.line(anchor).kind in PLACED and (place := typesetter.place(anchor)).block >= 0
        ]
        if not shown:
            return None
        last, end = shown[-1]
        return shown[0][0], Place(last.section, last.block, end)

    def place_at(self, x: int, y: int) -> Place | None:
        """Return the place of the character drawn at a cell of the pane, or the nearest in its line.

        None where the line shows no text of a block.
        """
        if not 0 <= y < len(self.frame):
            return None
        anchor = self.frame[y]
        line = self.typesetter.line(anchor)
        section, block = self.typesetter.items[anchor.item]
        if line.kind not in PLACED or block < 0:
            return None
        cell = max(x - self.margin - cells(line.prefix), 0)
        text = line.source[line.start : line.end]
        gaps = self._wide_gaps(line) if self.justified else None
        if gaps:
            text, starts = _spread(line.source, line.start, line.end, gaps)
            drawn = offset_at_cell(text, cell)
            return Place(section, block, line.start + sum(start <= drawn for start in starts) - 1)
        return Place(section, block, line.start + offset_at_cell(text, cell))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return the line of cells at a row of the pane."""
        base = self.ground
        if y >= len(self.frame):
            return Strip.blank(self.size.width, base)
        anchor = self.frame[y]
        line = self.typesetter.line(anchor)
        if line.kind is LineKind.BLANK:
            return Strip.blank(self.size.width, base)
        return self.line([*self._gutter(anchor, line), *self._segments(anchor, line)])

    def _gutter(self, anchor: Anchor, line: Line) -> list[Segment]:
        mark, style = "  ", self.ground
        if self._selected(anchor, line) is not None:
            mark, style = "▎ ", self.ink("mark-bar")
        elif anchor == self._seam:
            mark, style = "╶ ", self.ink("seam")
        return [Segment(" " * (self._drawn_margin - 2), self.ground), Segment(mark, style)]

    def _segments(self, anchor: Anchor, line: Line) -> list[Segment]:
        """Return a line's own segments, cut where its styles change."""
        base = self.ink(LINE_STYLES[line.kind])
        if line.kind is LineKind.RULE:
            return [Segment("─" * max(self.typesetter.width // 3, 1), base)]
        segments = [Segment(line.prefix, self.ink("aside") if line.kind is LineKind.QUOTE else base)]
        layers = self._layers(anchor, line)
        gaps = self._wide_gaps(line) if self.justified else None
        labels = self._labels(anchor, line, gaps or {})
        edges = {line.start, line.end, *(edge for start, end, _ in layers for edge in (start, end))}
        edges.update(edge for start, (end, _label) in labels.items() for edge in (start, end))
        covered = line.start
        for start, end in pairwise(sorted(edges)):
            if start < covered:
                continue
            if start in labels:
                covered, label = labels[start]
                segments.append(Segment(label, self.ink("label")))
                continue
            style = base
            for first, last, layer in layers:
                if first <= start and end <= last:
                    style += layer
            text = _spread(line.source, start, end, gaps)[0] if gaps else displayed(line.source[start:end])
            segments.append(Segment(text, style))
        if line.aside:
            segments.append(Segment(f"  {line.aside}", self.ink("aside")))
        return segments

    def _layers(self, anchor: Anchor, line: Line) -> list[Layer]:
        """Return what lies over a line's text, cut to the line, the topmost last."""
        if line.kind not in PLACED:
            return []
        section, block = self.typesetter.items[anchor.item]
        layers = [
            (span.start, span.end, self.ink(SPAN_STYLES[span.kind]))
            for span in self.typesetter.spans(anchor.item)
            if span.start < line.end and span.end > line.start
        ]
        selected = self._selected(anchor, line)
        if selected is not None:
            layers.append((*selected, self.ink("selection")))
        if self.hits is not None:
            layers += [
                (start, end, self.ink("current-hit" if hit == self.current_hit else "hit"))
                for start, end, hit in self.hits.in_unit(section, block, line.start, line.end)
            ]
        return [(max(start, line.start), min(end, line.end), style) for start, end, style in layers]

    def _labels(self, anchor: Anchor, line: Line, gaps: Mapping[int, int]) -> dict[int, tuple[int, str]]:
        """Return the labels of a line: by where they begin, where they end and what is drawn.

        A label covers as many characters as it needs, and fills the last one's cells.
        """
        if not self.labels or line.kind not in PLACED:
            return {}
        section, block = self.typesetter.items[anchor.item]
        found: dict[int, tuple[int, str]] = {}
        for place, label in self.labels.items():
            if (place.section, place.block) != (section, block) or not line.start <= place.offset < line.end:
                continue
            end, room = place.offset, 0
            # Marks that combine with what is covered are covered too: they would be drawn over the label.
            while end < line.end and (room < len(label) or not cells(line.source[end])):
                room += cells(line.source[end]) + gaps.get(end, 0)
                end += 1
            found[place.offset] = (end, label.ljust(room))
        return found

    def _selected(self, anchor: Anchor, line: Line) -> tuple[int, int] | None:
        """Return the selected characters of a line, if any."""
        if self.selection is None or line.kind not in PLACED:
            return None
        section, block = self.typesetter.items[anchor.item]
        within = self.selection.within(section, block, len(line.source))
        if within is None:
            return None
        start, end = max(within[0], line.start), min(within[1], line.end)
        return (start, end) if start < end else None

    def _wide_gaps(self, line: Line) -> dict[int, int] | None:
        """Return how many blanks to add after which blanks of a justified line; None if it isn't one."""
        if line.is_last or line.kind not in (LineKind.TEXT, LineKind.QUOTE):
            return None
        text = line.source[line.start : line.end]
        blanks = [line.start + offset for offset, char in enumerate(text) if char == " "]
        missing = self.typesetter.width - cells(line.prefix) - cells(text)
        if not blanks or not 0 < missing <= len(blanks) * 2:
            return None
        each, extra = divmod(missing, len(blanks))
        # The wider gaps are spread over the line instead of gathering at one side.
        return {
            offset: each + ((number + 1) * extra // len(blanks) - number * extra // len(blanks))
            for number, offset in enumerate(blanks)
        }

    @cached_property
    def _words_before(self) -> list[int]:
        """How many words stand before each section; one more entry holds the total."""
        totals = [0]
        for section in self.episode.sections:
            totals.append(totals[-1] + section.words)
        return totals


def _spread(source: str, start: int, end: int, gaps: dict[int, int]) -> tuple[str, list[int]]:
    """Return a stretch of a justified line as it is drawn, and where each character begins in that."""
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for offset in range(start, end):
        starts.append(at)
        parts.append(displayed(source[offset]) + " " * gaps.get(offset, 0))
        at += len(parts[-1])
    return "".join(parts), starts
