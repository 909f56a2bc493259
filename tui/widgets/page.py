"""The section reader pane: one continuous page, drawn line by line, only what is seen.

The page's position is the place its first line begins with, never a row number, so it survives any
change of width. There is no animation: a key moves the text at once.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.reactive import reactive
from textual.strip import Strip

from tui.core.episode import WORDS_A_MINUTE, Episode, Place, SpanKind
from tui.core.finding import Hits
from tui.messages import PlaceMoved
from tui.widgets.drawn import Drawn
from tui.widgets.typesetting import BLANK, PLACED, Anchor, Line, LineKind, Typesetter
from tui.widgets.wrapping import cells, displayed

GUTTER = 3
"""Cells kept free on the left of the column, for marks."""

OVERLAP = 2
"""Lines of the last page that are still shown after a page key."""

CONTEXT_LINES = 2
"""Lines kept above and below what is jumped to, if it was out of sight."""

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


@dataclass(frozen=True, slots=True)
class Selection:
    """What is marked for copying: from a place to a place, in reading order."""

    start: Place
    end: Place
    """Its offset is one past the last character."""

    def within(self, section: int, block: int, length: int) -> tuple[int, int] | None:
        """Return the selected characters of a heading (block -1) or block of ``length`` characters."""
        here = (section, block)
        first, last = (self.start.section, self.start.block), (self.end.section, self.end.block)
        if not first <= here <= last:
            return None
        start = self.start.offset if here == first else 0
        end = min(self.end.offset, length) if here == last else length
        return (start, end) if start < end else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is."""

    section: int
    """The ordinal of the section at the reading position."""

    percent: int
    """Of the words, 0 to 100."""

    minutes_left: int


class Page(Drawn, can_focus=True):
    """Shows an episode and moves through it."""

    STYLE_PREFIX = "page"
    OVERLAYS = frozenset({*SPAN_STYLES.values(), "hit", "current-hit", "selection"})
    COMPONENT_CLASSES = {
        f"page--{name}" for name in (*LINE_STYLES.values(), *OVERLAYS, "aside", "mark-bar", "seam")
    }

    column: reactive[int] = reactive(70)
    """The widest the text may be, in cells."""

    justified: reactive[bool] = reactive(False)

    def __init__(self, episode: Episode, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.episode = episode
        self.hits: Hits | None = None
        self.current_hit: int | None = None
        self.selection: Selection | None = None
        self.read_sections: set[int] = set()
        """Ordinals of the sections that were read to their end."""

        self._place = Place()
        self._anchor: Anchor | None = Anchor(0, 0)
        self._typesetter: Typesetter | None = None
        self._frame: list[Anchor] | None = None
        self._seam: Anchor | None = None
        """The first line that the last page key brought in."""

    # What is shown

    def show(self, episode: Episode, place: Place | None = None) -> None:
        """Show an episode, another one or the same read again, from a place (None: where the page is)."""
        if episode.id != self.episode.id:
            self.selection = None
        self.episode = episode
        self.hits, self.current_hit = None, None
        self._place = place if place is not None else self._place
        self._forget_layout()
        self.__dict__.pop("_words_before", None)

    def show_hits(self, hits: Hits | None, current: int | None) -> None:
        """Mark hits, one of them as the current one."""
        self.hits, self.current_hit = hits, current
        self.refresh()

    def select(self, selection: Selection | None) -> None:
        """Mark what is selected for copying."""
        self.selection = selection
        self.refresh()

    @property
    def place(self) -> Place:
        """Where the first line begins."""
        return self._place

    @property
    def typesetter(self) -> Typesetter:
        """The layout for the present width."""
        if self._typesetter is None:
            self._typesetter = Typesetter(self.episode, self._text_width)
        return self._typesetter

    @property
    def top_line(self) -> Anchor:
        """The first line."""
        if self._anchor is None:
            self._anchor = self.typesetter.anchor(self._place)
        return self._anchor

    @property
    def frame(self) -> list[Anchor]:
        """The lines in sight; shorter than the pane after the end of the text."""
        if self._frame is None:
            self._frame = self.typesetter.run(self.top_line, max(self.size.height, 1))
        return self._frame

    @property
    def reading_place(self) -> Place:
        """The place that is being read: what is selected or found if it is in sight, else the first line.

        A heading that begins in the first three lines counts: what stands above it is a remainder.
        """
        for focus in (self.selection.start if self.selection else None, self._current_hit_place()):
            if focus is not None and self.is_in_sight(focus):
                return focus
        typesetter = self.typesetter
        for anchor in self.frame[:3]:
            if typesetter.line(anchor).kind in (LineKind.HEADING, LineKind.SUBHEADING):
                return typesetter.place(anchor)
        return typesetter.place(self.top_line)

    @property
    def reading_block(self) -> Place:
        """The first block with text at or below the reading position; its heading if the episode has none."""
        start = self.typesetter.anchor(self.reading_place)
        for item in range(start.item, len(self.typesetter.items)):
            section, block = self.typesetter.items[item]
            if block >= 0 and self.episode.sections[section].blocks[block].text:
                return Place(section, block, 0)
        return self.reading_place

    @property
    def progress(self) -> Progress:
        """How far the reading is."""
        place = self.reading_place
        before = self._words_before
        total = before[-1]
        if self.at_end:
            return Progress(place.section, 100, 0)
        top = self.typesetter.place(self.top_line)
        section = self.episode.sections[top.section]
        inside = 0.0
        if top.block >= 0 and section.text:
            inside = (section.starts[top.block] + top.offset) / len(section.text)
        done = before[top.section] + inside * section.words
        left = -(-(total - done) // WORDS_A_MINUTE)
        return Progress(place.section, int(100 * done / total) if total else 0, int(left))

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        return bool(self.frame) and self.frame[-1] == self.typesetter.end

    def is_in_sight(self, place: Place) -> bool:
        """Say whether the line that shows a place is on the screen."""
        anchor = self.typesetter.anchor(place)
        return bool(self.frame) and self.frame[0] <= anchor <= self.frame[-1]

    # Moving

    def go(self, place: Place, *, row: int = 0) -> None:
        """Put the line that shows a place at a row of the pane, the top one if it isn't said otherwise."""
        typesetter = self.typesetter
        anchor = typesetter.anchor(place)
        item_top = Anchor(anchor.item, typesetter.first_line(anchor.item))
        # A speaker's name belongs to the first line of what is said.
        if place.offset == 0 and anchor.item:
            anchor = min(anchor, item_top)
        self._move_to(typesetter.back(anchor, row))

    def reveal(self, place: Place) -> None:
        """Go to a place unless it is in sight with some lines around it."""
        anchor = self.typesetter.anchor(place)
        inner = self.frame[CONTEXT_LINES : -CONTEXT_LINES or None]
        top = self.frame[:CONTEXT_LINES] if self.frame and self.frame[0] == Anchor(0, 0) else []
        end = self.frame[-CONTEXT_LINES:] if self.at_end else []
        if anchor not in inner and anchor not in top and anchor not in end:
            self.go(place, row=self.size.height // 3)

    def scroll_lines(self, count: int) -> None:
        """Move the text by lines, on if positive; stops with the last line at the foot of the pane."""
        typesetter = self.typesetter
        old = self.top_line
        if count < 0:
            self._move_to(typesetter.back(old, -count))
            return
        last_top = max(old, typesetter.back(typesetter.end, max(self.size.height - 1, 0)))
        ahead = typesetter.run(old, count + 1)
        self._move_to(min(ahead[-1], last_top), is_reading=True)

    def scroll_pages(self, pages: float) -> None:
        """Move by pages (0.5 is half of one), on if positive; a mark shows where the last page ended."""
        height = self.size.height
        whole = abs(pages) >= 1
        lines = max(height - OVERLAP, 1) if whole else max(height // 2, 1)
        end = self.frame[-1] if self.frame else None
        before = self.top_line
        self.scroll_lines(lines if pages > 0 else -lines)
        if pages > 0 and whole and end is not None and self.top_line != before:
            after = self.typesetter.run(end, 3)[1:]
            self._seam = next((anchor for anchor in after if self.typesetter.line(anchor) is not BLANK), None)
            self.refresh()

    def go_top(self) -> None:
        """Go to the first line."""
        self._move_to(Anchor(0, 0))

    def go_end(self) -> None:
        """Go to the last page."""
        typesetter = self.typesetter
        self._move_to(typesetter.back(typesetter.end, max(self.size.height - 1, 0)))

    def step_section(self, step: int) -> None:
        """Go to the heading of the next section (1), or of this one or the one before (-1)."""
        here = self.typesetter.place(self.top_line)
        if step > 0:
            at_masthead = self.top_line.item == 0 and here.section == 0
            ordinal = 0 if at_masthead else here.section + 1
        else:
            is_at_heading = self.top_line <= self._section_top(here.section)
            ordinal = here.section - 1 if is_at_heading else here.section
        if ordinal < 0:
            self.go_top()
        elif ordinal < len(self.episode.sections):
            self.go_section(ordinal)

    def go_section(self, ordinal: int) -> None:
        """Put a section's heading on the top line."""
        self._move_to(self._section_top(ordinal))

    def step_paragraph(self, step: int) -> None:
        """Put the next block or heading (1), or the start of this or the one before (-1), on the top line."""
        typesetter = self.typesetter
        item = self.top_line.item
        if step < 0 and self.top_line <= Anchor(item, typesetter.first_line(item)):
            item -= 1
        elif step > 0:
            item += 1
        if 0 <= item < len(typesetter.items):
            self._move_to(Anchor(item, typesetter.first_line(item)), is_reading=step > 0)
        elif item < 0:
            self.go_top()

    def _section_top(self, ordinal: int) -> Anchor:
        item = next(
            (number for number, (section, _block) in enumerate(self.typesetter.items) if section == ordinal),
            0,
        )
        return Anchor(item, self.typesetter.first_line(item))

    def _move_to(self, anchor: Anchor, *, is_reading: bool = False) -> None:
        before = self.typesetter.place(self.top_line)
        self._anchor, self._frame, self._seam = anchor, None, None
        self._place = self.typesetter.place(anchor)
        if is_reading:
            last = len(self.episode.sections) if self.at_end else self._place.section
            self.read_sections.update(range(before.section, last))
        self.refresh()
        self.post_message(PlaceMoved(self._place))

    # Laying out

    @cached_property
    def _words_before(self) -> list[int]:
        """How many words stand before each section; one more entry holds the total."""
        totals = [0]
        for section in self.episode.sections:
            totals.append(totals[-1] + section.words)
        return totals

    @property
    def _text_width(self) -> int:
        return max(min(self.column, self.size.width - GUTTER - 1), 1)

    @property
    def margin(self) -> int:
        """Cells to the left of the text: the column is centred, with room for marks."""
        return max((self.size.width - self._text_width) // 2, GUTTER)

    def _forget_layout(self) -> None:
        self._typesetter, self._anchor, self._frame, self._seam = None, None, None, None
        self.refresh()
        self._tell_later()

    def _tell_later(self) -> None:
        """Tell the screen what is in sight once that is known again."""
        if self.is_mounted:
            self.call_after_refresh(self.post_message, PlaceMoved(self._place))

    def on_resize(self) -> None:
        """Lay out anew, from the same place; where only the height changes, from the same line."""
        if self._typesetter is not None and self._typesetter.width == self._text_width:
            self._frame = None
            self._tell_later()
        else:
            self._forget_layout()

    def watch_column(self) -> None:
        """Lay out anew in a column of another width."""
        self._forget_layout()

    def watch_justified(self) -> None:
        """Draw the other right edge."""
        self.refresh()

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
        body = self._segments(anchor, line)
        used = sum(cells(segment.text) for segment in body)
        gutter = self._gutter(anchor, line)
        rest = max(self.size.width - self.margin - used, 0)
        segments = [*gutter, *body, Segment(" " * rest, base)]
        return Strip(segments, self.margin + used + rest).crop(0, self.size.width)

    def _gutter(self, anchor: Anchor, line: Line) -> list[Segment]:
        base = self.ground
        mark, style = "  ", base
        if self._selected(anchor, line) is not None:
            mark, style = "▎ ", self.ink("mark-bar")
        elif anchor == self._seam:
            mark, style = "╶ ", self.ink("seam")
        return [Segment(" " * (self.margin - 2), base), Segment(mark, style)]

    def _segments(self, anchor: Anchor, line: Line) -> list[Segment]:
        """Return a line's own segments, cut where its styles change."""
        base = self.ink(LINE_STYLES[line.kind])
        if line.kind is LineKind.RULE:
            return [Segment("─" * max(self.typesetter.width // 3, 1), base)]
        segments = [Segment(line.prefix, self.ink("aside") if line.kind is LineKind.QUOTE else base)]
        layers = self._layers(anchor, line)
        edges = sorted({line.start, line.end, *(edge for start, end, _ in layers for edge in (start, end))})
        gaps = self._wide_gaps(line) if self.justified else None
        for start, end in pairwise(edges):
            style = base
            for first, last, layer in layers:
                if first <= start and end <= last:
                    style += layer
            text = displayed(line.source[start:end])
            segments.append(Segment(_spread(line.source, start, end, gaps) if gaps else text, style))
        if line.aside:
            segments.append(Segment(f"  {line.aside}", self.ink("aside")))
        return segments

    def _layers(self, anchor: Anchor, line: Line) -> list[tuple[int, int, Style]]:
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

    def _current_hit_place(self) -> Place | None:
        if self.hits is None or self.current_hit is None:
            return None
        return self.hits.place(self.current_hit)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on by three lines."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back by three lines."""
        event.stop()
        self.scroll_lines(-3)


def _spread(source: str, start: int, end: int, gaps: dict[int, int]) -> str:
    """Return a stretch of a justified line with its wider gaps."""
    return "".join(displayed(source[offset]) + " " * gaps.get(offset, 0) for offset in range(start, end))
