"""Laying an episode out in a column, line by line, only as far as it is looked at.

The episode becomes a row of items: the masthead, then each heading and each block. What is folded
(``core.folds``) is one item, the fold's line, which the blocks follow only while it is open. An item's
lines are made when they are asked for and kept for a while, so a page costs what it shows, whatever the
size of the episode. A position is an ``Anchor``: an item and a line in it.
"""

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from typing import NamedTuple

from tui.core.episode import LIST_KINDS, Block, BlockKind, Episode, Place, Section, Span, SpanKind, clock
from tui.core.folds import Fold, Folds
from tui.widgets.lines import BLANK, GAP, PLACED, Line, LineKind
from tui.widgets.tables import (
    Columns,
    Piece,
    column_gaps,
    columns_of,
    is_head,
    narrow_lines,
    row_lines,
    rows_around,
)
from tui.widgets.wrapping import cells, cut, wrap

KEPT_ITEMS = 1024
"""How many items' lines are kept."""

BULLETS = "•◦▪"

CLOSED, OPEN = "▸ ", "▾ "
"""What a fold's line begins with."""

TIMED_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NUMBERED, BlockKind.QUOTE})
"""Blocks that show when they are said, where neither their text nor the line above says it."""

Item = tuple[int, int]
"""Section and block: the masthead (section -1), a heading (block -1), a block, or a fold's line (its first
block). A plain tuple: a long episode has tens of thousands, made anew whenever a fold is opened."""

MASTHEAD: Item = (-1, -1)


class Anchor(NamedTuple):
    """A line of the laid-out episode."""

    item: int
    line: int


class Typesetter:
    """Lays one episode out in a column of a given width."""

    def __init__(self, episode: Episode, width: int, folds: Folds | None = None) -> None:
        self.episode = episode
        self.width = max(width, 1)
        """Of the text column, in cells."""

        self.folds = folds if folds is not None else Folds(episode)
        self.items: list[Item] = [MASTHEAD]
        """In the order of the text; an open fold's line and its first block are equal neighbours."""

        self.fold_lines: dict[int, Fold] = {}
        """The items that are lines of folds."""

        for section in episode.sections:
            if section.title:
                self.items.append((section.ordinal, -1))
            self._add_blocks(section)
        self._columns: dict[tuple[int, int], Columns] = {}
        """How a table's columns are set, by its section and first row."""

        self._lines: OrderedDict[int, tuple[Line, ...]] = OrderedDict()
        levels = {section.level for section in episode.sections if section.title}
        self._top_levels = set(sorted(levels)[:2])

    def _add_blocks(self, section: Section) -> None:
        """Add the items of a section's blocks."""
        at, ordinal = 0, section.ordinal
        for fold in self.folds.in_section(ordinal):
            self.items.extend(zip(repeat(ordinal), range(at, fold.start), strict=False))
            self.fold_lines[len(self.items)] = fold
            self.items.append((ordinal, fold.start))
            at = fold.start if self.folds.is_open(fold) else fold.end
        self.items.extend(zip(repeat(ordinal), range(at, len(section.blocks)), strict=False))

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
        """Return the line that shows a place or the closed fold it is in, or what comes next after it."""
        if place.block < -1:
            return Anchor(0, 0)
        wanted = (place.section, place.block)
        item = bisect_right(self.items, wanted) - 1
        fold = self.fold_lines.get(item)
        if fold is not None and fold.holds(place):
            return Anchor(item, self.first_line(item))
        if self.items[item] != wanted:
            item = min(item + 1, len(self.items) - 1)
            return Anchor(item, self.first_line(item))
        lines = self.lines(item)
        placed = [number for number, line in enumerate(lines) if line.kind in PLACED]
        if not placed:
            return Anchor(item, self.first_line(item))
        # The line of what begins last at or before the offset.
        begun = [
            (piece.start, number)
            for number in placed
            for piece in lines[number].pieces
            if piece.start <= place.offset
        ]
        return Anchor(item, max(begun)[1] if begun else placed[0])

    def fold_anchor(self, fold: Fold) -> Anchor:
        """Return the line of a fold."""
        item = bisect_left(self.items, (fold.section, fold.start))
        return Anchor(item, self.first_line(item))

    def first_item(self, ordinal: int) -> int:
        """Return the number of a section's first item: its heading, if it has one."""
        return min(bisect_left(self.items, (ordinal, -1)), len(self.items) - 1)

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
        """Return the spans of an item's text; the first row of a table is set in bold."""
        section, block = self.items[item]
        if section < 0 or item in self.fold_lines:
            return ()
        whole = self.episode.sections[section]
        if block < 0:
            return whole.spans
        own = whole.blocks[block]
        if own.text and is_head(whole.blocks, block):
            return (Span(0, len(own.text), SpanKind.STRONG), *own.spans)
        return own.spans

    def _set(self, number: int) -> tuple[Line, ...]:
        item = self.items[number]
        if item == MASTHEAD:
            return self._masthead()
        ordinal, block = item
        section = self.episode.sections[ordinal]
        if block < 0:
            return self._heading(section)
        if number in self.fold_lines:
            return self._fold_line(number)
        return self._block(section, block, self._block_above(number))

    def _block_above(self, number: int) -> Block | None:
        """Return the block that is shown right above an item; None below a heading or a fold's line."""
        section, block = self.items[number - 1]
        if block < 0 or section != self.items[number][0] or number - 1 in self.fold_lines:
            return None
        return self.episode.sections[section].blocks[block]

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

    def _fold_line(self, number: int) -> tuple[Line, ...]:
        fold = self.fold_lines[number]
        mark = OPEN if self.folds.is_open(fold) else CLOSED
        amount = f" · {fold.words:,} {'word' if fold.words == 1 else 'words'}"
        room = self.width - len(mark) - len(amount)
        text = cut(fold.label, room) + amount if room > 0 else cut(fold.label, self.width - len(mark))
        line = Line(LineKind.FOLD, text, 0, len(text), mark, is_last=True)
        above = self.fold_lines.get(number - 1)
        return (line,) if above is not None and not self.folds.is_open(above) else (BLANK, line)

    def _block(self, section: Section, number: int, above: Block | None) -> tuple[Line, ...]:
        block = section.blocks[number]
        lines: list[Line] = []
        is_row = block.kind == BlockKind.TABLE_ROW
        if above is None or not _are_close(above, block) or (is_row and self._is_parted(section, number)):
            lines.append(BLANK)
        is_turn = bool(block.speaker) and (above is None or above.speaker != block.speaker)
        if block.speaker and is_turn:
            aside = clock(block.start_s) if block.start_s is not None else ""
            lines.append(Line(LineKind.SPEAKER, block.speaker, 0, len(block.speaker), aside=aside))
        if block.kind == BlockKind.RULE:
            return (*lines, Line(LineKind.RULE))
        first, rest, kind = _dress(block)
        text = self._row(section, number, rest) if is_row else self._wrapped(kind, block.text, first, rest)
        if not is_turn and self._needs_time(section, number):
            text = self._with_time(text, clock(block.start_s or 0), rest)
        return (*lines, *text)

    def _row(self, section: Section, number: int, inset: str) -> list[Line]:
        """Return the lines of a table's row."""
        text, width = section.blocks[number].text, max(self.width - len(inset), 8)
        columns = self._columns_at(section, number, width)
        widths = columns.widths
        if columns.are_narrow:
            return [_row_line(text, pieces, inset) for pieces in narrow_lines(text, widths)]
        # Each as if it were the last: blanks that make an edge even would move the columns.
        lines = [
            Line(LineKind.TEXT, text, start, end, inset + " " * blanks, is_last=True)
            for start, end, blanks in row_lines(text, widths, width)
        ]
        return [replace(lines[0], gaps=column_gaps(text, widths)), *lines[1:]]

    def _is_parted(self, section: Section, number: int) -> bool:
        """Say whether a blank line stands above a row because it or the one above takes several lines."""
        inset = _dress(section.blocks[number])[1]
        columns = self._columns_at(section, number, max(self.width - len(inset), 8))
        return columns.are_loose and any(
            len(self._row(section, row, inset)) > 1 for row in (number - 1, number)
        )

    def _columns_at(self, section: Section, number: int, width: int) -> Columns:
        """Return how the columns are set of the table a row is in."""
        rows = rows_around(section.blocks, number)
        if rows is None:
            return Columns()
        columns = self._columns.get((section.ordinal, rows[0]))
        if columns is None:
            columns = columns_of(section.blocks[slice(*rows)], width)
            self._columns[section.ordinal, rows[0]] = columns
        return columns

    def _needs_time(self, section: Section, number: int) -> bool:
        """Say whether a block's time is shown nowhere else."""
        block = section.blocks[number]
        if block.start_s is None or block.kind not in TIMED_KINDS:
            return False
        if number == 0 and section.title and section.start_s == block.start_s:
            return False
        from tui.core.links import shown_time  # only where there are times

        return shown_time(block.text, block.start_s) is None

    def _with_time(self, lines: list[Line], time: str, rest: str) -> list[Line]:
        """Return a block's lines with its time after the last one, or below where that has no room."""
        last = lines[-1]
        used = cells(last.prefix) + cells(last.source[last.start : last.end])
        if used + GAP + len(time) <= self.width:
            return [*lines[:-1], replace(last, aside=time)]
        return [*lines, Line(last.kind, last.source, last.end, last.end, rest, is_last=True, aside=time)]

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


def _row_line(text: str, pieces: Sequence[Piece], inset: str) -> Line:
    """Return the line of a row that shows pieces of its cells side by side."""
    first, *others = (
        Line(LineKind.TEXT, text, piece.start, piece.end, " " * piece.blanks, is_last=True)
        for piece in pieces
    )
    return replace(first, prefix=inset + first.prefix, beside=tuple(others))


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
