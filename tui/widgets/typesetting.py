"""Laying an episode out in a column, line by line, only as far as it is looked at.

The episode becomes a row of items: the masthead, then each heading and each block. An item's lines
are made when they are asked for and kept for a while, so a page costs what it shows, whatever the
size of the episode. A position is an ``Anchor``: an item and a line in it.
"""

from bisect import bisect_left
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from tui.core.episode import LIST_KINDS, Block, BlockKind, Episode, Place, Section, Span, clock
from tui.widgets.wrapping import cells, cut, wrap

KEPT_ITEMS = 1024
"""How many items' lines are kept."""

BULLETS = "•◦▪"


class LineKind(Enum):
    """What a line shows; the widget has a style for each."""

    BLANK = auto()
    TITLE = auto()
    META = auto()
    NOTICE = auto()
    HEADING = auto()
    SUBHEADING = auto()
    SPEAKER = auto()
    TEXT = auto()
    QUOTE = auto()
    CODE = auto()
    RULE = auto()


PLACED = frozenset({LineKind.HEADING, LineKind.SUBHEADING, LineKind.TEXT, LineKind.QUOTE, LineKind.CODE})
"""Lines whose offsets are places in the episode."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an item."""

    kind: LineKind
    source: str = ""
    """The text that the offsets count in."""

    start: int = 0
    end: int = 0
    prefix: str = ""
    """What stands before the text: indent, bullet, number."""

    is_last: bool = False
    """Whether the paragraph ends here (such a line is never justified)."""

    aside: str = ""
    """Quiet text after the line's own: the time of a heading or a speaker's turn."""


BLANK = Line(LineKind.BLANK)


class Item(NamedTuple):
    """The masthead (section -1), a heading (block -1) or a block."""

    section: int
    block: int


MASTHEAD = Item(-1, -1)


class Anchor(NamedTuple):
    """A line of the laid-out episode."""

    item: int
    line: int


class Typesetter:
    """Lays one episode out in a column of a given width."""

    def __init__(self, episode: Episode, width: int) -> None:
        self.episode = episode
        self.width = max(width, 1)
        """Of the text column, in cells."""

        self.items: list[Item] = [MASTHEAD]
        for section in episode.sections:
            if section.title:
                self.items.append(Item(section.ordinal, -1))
            self.items.extend(Item(section.ordinal, number) for number in range(len(section.blocks)))
        self._lines: OrderedDict[int, tuple[Line, ...]] = OrderedDict()
        levels = {section.level for section in episode.sections if section.title}
        self._top_levels = set(sorted(levels)[:2])

    def lines(self, item: int) -> tuple[Line, ...]:
        """Return the lines of an item, blank ones above it included; never empty."""
        lines = self._lines.get(item)
        if lines is None:
            lines = self._lines[item] = self._set(item)
            if len(self._lines) > KEPT_ITEMS:
                self._lines.popitem(last=False)
        return lines

    def line(self, anchor: Anchor) -> Line:
        """Return the line at an anchor."""
        return self.lines(anchor.item)[anchor.line]

    def run(self, anchor: Anchor, count: int) -> list[Anchor]:
        """Return up to ``count`` anchors from one on, in reading order."""
        found: list[Anchor] = []
        item, line = anchor
        while item < len(self.items) and len(found) < count:
            last = min(len(self.lines(item)), line + count - len(found))
            found.extend(Anchor(item, number) for number in range(line, last))
            item, line = item + 1, 0
        return found

    def back(self, anchor: Anchor, count: int) -> Anchor:
        """Return the anchor ``count`` lines above one, or the very first."""
        item, line = anchor
        while count > line and item > 0:
            count -= line + 1
            item -= 1
            line = len(self.lines(item)) - 1
        return Anchor(item, max(line - count, 0))

    @property
    def end(self) -> Anchor:
        """The very last line."""
        last = len(self.items) - 1
        return Anchor(last, len(self.lines(last)) - 1)

    def anchor(self, place: Place) -> Anchor:
        """Return the line that shows a place, or what comes next after it."""
        if place.block < -1:
            return Anchor(0, 0)
        wanted = Item(place.section, place.block)
        item = min(bisect_left(self.items, wanted), len(self.items) - 1)
        lines = self.lines(item)
        placed = [number for number, line in enumerate(lines) if line.kind in PLACED]
        if not placed or self.items[item] != wanted:
            return Anchor(item, self.first_line(item))
        # The last line that begins at or before the offset.
        fitting = [number for number in placed if lines[number].start <= place.offset]
        return Anchor(item, fitting[-1] if fitting else placed[0])

    def first_item(self, ordinal: int) -> int:
        """Return the number of a section's first item: its heading, if it has one."""
        return min(bisect_left(self.items, Item(ordinal, -1)), len(self.items) - 1)

    def first_line(self, item: int) -> int:
        """Return the number of an item's first line that is not blank."""
        return next((number for number, line in enumerate(self.lines(item)) if line is not BLANK), 0)

    def place(self, anchor: Anchor) -> Place:
        """Return the place that a line begins with (for blank lines and labels, what they stand above)."""
        section, block = self.items[anchor.item]
        if section < 0:
            return Place()
        line = self.line(anchor)
        return Place(section, block, line.start if line.kind in PLACED else 0)

    def spans(self, item: int) -> tuple[Span, ...]:
        """Return the spans of an item's text."""
        section, block = self.items[item]
        if section < 0:
            return ()
        whole = self.episode.sections[section]
        return whole.spans if block < 0 else whole.blocks[block].spans

    def _set(self, number: int) -> tuple[Line, ...]:
        item = self.items[number]
        if item == MASTHEAD:
            return self._masthead()
        section = self.episode.sections[item.section]
        if item.block < 0:
            return self._heading(section)
        return self._block(section, item.block)

    def _masthead(self) -> tuple[Line, ...]:
        episode = self.episode
        show = " ".join(
            part
            for part in (episode.show or "", f"#{episode.number}" if episode.number is not None else "")
            if part
        )
        duration = clock(episode.duration_s) if episode.duration_s else ""
        about = " · ".join(part for part in (show, episode.date or "", duration) if part)
        lines = self._wrapped(LineKind.TITLE, episode.title)
        for kind, text in (
            (LineKind.META, about),
            (LineKind.META, ", ".join(episode.people)),
        ):
            if text:
                lines += self._wrapped(kind, text)
        for notice in episode.notices:
            # One quiet line each; the whole of it is in what ``pullquote show`` prints.
            text = cut(notice, self.width)
            lines.append(Line(LineKind.NOTICE, text, 0, len(text)))
        return tuple(lines)

    def _heading(self, section: Section) -> tuple[Line, ...]:
        kind = LineKind.HEADING if section.level in self._top_levels else LineKind.SUBHEADING
        lines = self._wrapped(kind, section.title)
        if section.start_s is not None and section.title != clock(section.start_s):
            last = lines[-1]
            lines[-1] = Line(
                kind, last.source, last.start, last.end, is_last=True, aside=clock(section.start_s)
            )
        return (BLANK, *lines)

    def _block(self, section: Section, number: int) -> tuple[Line, ...]:
        block = section.blocks[number]
        before = section.blocks[number - 1] if number else None
        lines: list[Line] = []
        if before is None or not _are_close(before, block):
            lines.append(BLANK)
        if block.speaker and (before is None or before.speaker != block.speaker):
            aside = clock(block.start_s) if block.start_s is not None else ""
            lines.append(Line(LineKind.SPEAKER, block.speaker, 0, len(block.speaker), aside=aside))
        if block.kind == BlockKind.RULE:
            return (*lines, Line(LineKind.RULE))
        first, rest, kind = _dress(block)
        lines += self._wrapped(kind, block.text, first, rest)
        return tuple(lines)

    def _wrapped(self, kind: LineKind, text: str, first: str = "", rest: str = "") -> list[Line]:
        spans = wrap(text, max(self.width - cells(rest), 8))
        return [
            Line(kind, text, start, end, rest if number else first, number == len(spans) - 1)
            for number, (start, end) in enumerate(spans)
        ]


def _are_close(before: Block, block: Block) -> bool:
    """Say whether two blocks follow each other without a blank line."""
    if before.kind in LIST_KINDS and block.kind in LIST_KINDS:
        return True
    return before.kind == block.kind == BlockKind.TABLE_ROW


def _dress(block: Block) -> tuple[str, str, LineKind]:
    """Return what stands before a block's first line and its other lines, and their kind."""
    inset = "  " * max(block.depth - 1, 0)
    if block.kind == BlockKind.BULLET:
        mark = f"{inset}{BULLETS[min(max(block.depth, 1), len(BULLETS)) - 1]} "
        return mark, " " * len(mark), LineKind.TEXT
    if block.kind == BlockKind.NUMBERED:
        mark = f"{inset}{block.number if block.number is not None else 1}. "
        return mark, " " * len(mark), LineKind.TEXT
    if block.kind == BlockKind.QUOTE:
        mark = "│ " * max(block.depth, 1)
        return mark, mark, LineKind.QUOTE
    if block.kind == BlockKind.CODE:
        mark = "  " * (block.depth + 1)
        return mark, mark, LineKind.CODE
    mark = "  " * block.depth
    return mark, mark, LineKind.TEXT
