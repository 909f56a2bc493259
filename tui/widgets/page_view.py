"""Drawing a page: the lines in sight, with everything that lies over them.

Nothing here moves the text; ``widgets.page`` does. What lies over a line, from below: the highlights, how
the source sets it (strong, links …), the selection, the hits, the labels of the sentences.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.core.episode import Place, SpanKind
from tui.core.folds import Fold
from tui.core.speakers import speaker_names
from tui.widgets.highlight_signs import SIGNS
from tui.widgets.lines import GAP, PLACED, Line, LineKind
from tui.widgets.page_gutter import GUTTER_INKS, PageGutter
from tui.widgets.page_layout import ASIDE, spread
from tui.widgets.page_marks import Spot
from tui.widgets.typesetting import Anchor
from tui.widgets.wrapping import cells, displayed

LINE_STYLES = {
    LineKind.TITLE: "title",
    LineKind.META: "meta",
    LineKind.NOTICE: "notice",
    LineKind.HEADING: "heading",
    LineKind.SUBHEADING: "subheading",
    LineKind.TEXT: "text",
    LineKind.QUOTE: "quote",
    LineKind.CODE: "code",
    LineKind.RULE: "rule",
    LineKind.FOLD: "fold",
}

SPEAKER_INKS = tuple(f"speaker-{number}" for number in range(1, 7))
"""The styles of the speakers' names, in the order in which they appear; a seventh has the first's again."""

SPAN_STYLES = {
    SpanKind.STRONG: "strong",
    SpanKind.EMPHASIS: "emphasis",
    SpanKind.CODE: "inline-code",
    SpanKind.LINK: "link",
    SpanKind.MARK: "mark",
    SpanKind.STRIKE: "strike",
}

HIGHLIGHTS = frozenset(f"highlight-{colour}" for colour in SIGNS)

Layer = tuple[int, int, Style]
"""A style from a character to another, in the line's source."""


class PageView(PageGutter):
    """A widget that draws an episode from a line on."""

    STYLE_PREFIX = "page"
    OVERLAYS = frozenset({*SPAN_STYLES.values(), *HIGHLIGHTS, "hit", "current-hit", "selection"})
    INKS = frozenset(
        {
            *LINE_STYLES.values(),
            *SPEAKER_INKS,
            *OVERLAYS,
            *GUTTER_INKS,
            "aside",
            "fold-mark",
            "label",
        }
    )

    def render_line(self, y: int) -> Strip:
        """Return the line of cells at a row of the pane."""
        base = self.ground
        if self.is_covered or y >= len(self.frame):
            return Strip.blank(self.size.width, base)
        anchor = self.frame[y]
        line = self.typesetter.line(anchor)
        if line.kind is LineKind.BLANK:
            return Strip.blank(self.size.width, base)
        return self.line([*self._gutter(anchor, line), *self._segments(anchor, line)])

    def _segments(self, anchor: Anchor, line: Line) -> list[Segment]:
        """Return a line's own segments, cut where its styles change."""
        if line.kind is LineKind.RULE:
            return [Segment("─" * max(self.typesetter.width // 3, 1), self.ink("rule"))]
        if line.kind is LineKind.FOLD:
            return self._fold_segments(anchor, line)
        is_name = line.kind is LineKind.SPEAKER
        base = self.ink(self._speaker_ink(line.source) if is_name else LINE_STYLES[line.kind])
        text = self._text_segments(anchor, line, base)
        return [*text, *self._aside_segments(anchor, line, base)] if line.aside else text

    def _text_segments(self, anchor: Anchor, line: Line, base: Style) -> list[Segment]:
        """Return the text of a line, and of what stands beside it in its place."""
        if not line.beside:
            return self._piece_segments(anchor, line, base)
        segments: list[Segment] = []
        drawn = planned = 0
        for piece in line.pieces:
            # A label longer than its cell takes of the blanks after it.
            blanks = piece.prefix[max(drawn - planned, 0) :]
            segments += self._piece_segments(anchor, replace(piece, prefix=blanks), base)
            drawn = sum(cells(segment.text) for segment in segments)
            planned += cells(piece.prefix + piece.source[piece.start : piece.end])
        return segments

    def _piece_segments(self, anchor: Anchor, line: Line, base: Style) -> list[Segment]:
        segments = [Segment(line.prefix, self.ink("aside") if line.kind is LineKind.QUOTE else base)]
        layers = self._layers(anchor, line)
        gaps = self.gaps(line)
        labels = self._labels(anchor, line, gaps)
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
            text = spread(line.source, start, end, gaps)[0] if gaps else displayed(line.source[start:end])
            segments.append(Segment(text, style))
        return segments

    def _aside_segments(self, anchor: Anchor, line: Line, base: Style) -> list[Segment]:
        section, block = self.typesetter.items[anchor.item]
        label = self.labels.get(Place(section, block, ASIDE), "")
        return [
            Segment(" " * GAP, base),
            Segment(label, self.ink("label")),
            Segment(line.aside[len(label) :], self.ink("aside")),
        ]

    def _fold_segments(self, anchor: Anchor, line: Line) -> list[Segment]:
        """Return the segments of a fold's line, and how many hits it hides."""
        fold = self.typesetter.fold_lines[anchor.item]
        is_open = self.folds.is_open(fold)
        over = self.ink("selection") if self._selected(anchor, line) is not None else Style()
        mark = self.ink("fold-mark" if anchor.item == self.near_fold_item else "fold")
        said = "" if is_open else self._said_inside(fold)
        return [
            Segment(line.prefix, mark + over),
            Segment(line.source + (" · " if said else ""), self.ink("fold") + over),
            Segment(said, self.ink("fold-mark") + over),
        ]

    def _said_inside(self, fold: Fold) -> str:
        """Return how many hits and highlights a fold hides, in words."""
        hits = self._hits_inside(fold)
        first, last = Place(fold.section, fold.start), Place(fold.section, fold.end)
        marks = sum(mark.stretch.start < last and first < mark.stretch.end for mark in self.notes.marks.all)
        counted = [(hits, "hit"), (marks, "highlight")]
        return " · ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in counted if count)

    def _hits_inside(self, fold: Fold) -> int:
        if self.hits is None:
            return 0
        index, units = self.hits.index, self.hits.units
        first, last = (index.unit_at(Place(fold.section, block)) for block in (fold.start, fold.end))
        return bisect_left(units, last) - bisect_left(units, first)

    def _speaker_ink(self, name: str) -> str:
        return SPEAKER_INKS[self._speaker_numbers.get(name, 0) % len(SPEAKER_INKS)]

    @cached_property
    def _speaker_numbers(self) -> dict[str, int]:
        """The number of each speaker, in the order in which they appear."""
        return {name: number for number, name in enumerate(speaker_names(self.episode))}

    def _layers(self, anchor: Anchor, line: Line) -> list[Layer]:
        """Return what lies over a line's text, cut to the line, the topmost last."""
        if line.kind not in PLACED:
            return []
        section, block = self.typesetter.items[anchor.item]
        spans = [
            (span.start, span.end, self.ink(SPAN_STYLES[span.kind]))
            for span in self.typesetter.spans(anchor.item)
            if span.start < line.end and span.end > line.start
        ]
        layers = [*self._highlight_layers((section, block), line), *spans]
        selected = self._selected(anchor, line)
        if selected is not None:
            layers.append((*selected, self.ink("selection")))
        if self.hits is not None:
            layers += [
                (start, end, self.ink("current-hit" if hit == self.current_hit else "hit"))
                for start, end, hit in self.hits.in_unit(section, block, line.start, line.end)
            ]
        return [(max(start, line.start), min(end, line.end), style) for start, end, style in layers]

    def _highlight_layers(self, spot: Spot, line: Line) -> list[Layer]:
        if not self.notes.marks:
            return []
        found = self.notes.marks.within(spot, len(line.source), line.start, line.end)
        return [(start, end, self.ink(f"highlight-{mark.highlight.colour}")) for start, end, mark in found]

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
