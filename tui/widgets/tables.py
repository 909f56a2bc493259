"""Tables: the rows of one, set in columns by adding blanks when they are drawn; the text stays as it is.

A last column without room is wrapped below its beginning. Where the others have none, the columns are made
narrower and each cell is wrapped in its own; where not even the words fit, there are no columns.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.core.episode import CELL_BORDER as SEPARATOR
from tui.core.episode import Block, BlockKind
from tui.widgets.wrapping import cells, wrap

MOST_ROWS = 500
"""Rows from which a table is not set in columns: all of them would have to be measured for the first."""

LEAST_LAST = 20
"""How narrow, in cells, a last column may become that is wrapped."""

LONGEST_WORD = 14
"""A longer word, in cells, may be broken in a column that is made narrower."""

WIDE_WORD = 6
"""The same where a run is of a script written without blanks."""

BETWEEN = 2
"""How many blank cells stand between columns that are made narrower."""

HANGING = 2
"""How many cells the further lines of a row without columns stand to the right."""


class Columns(NamedTuple):
    """How a table is set."""

    widths: tuple[int, ...] = ()
    """How many cells each column takes; nothing for rows without columns."""

    are_narrow: bool = False
    """Whether the cells of all columns are wrapped."""

    @property
    def are_loose(self) -> bool:
        """Whether a blank line parts the rows that take several lines from others."""
        return self.are_narrow or not self.widths


class Piece(NamedTuple):
    """A line of a cell."""

    start: int
    """First character, counted in the row's text."""

    end: int
    """One past the last character."""

    blanks: int
    """How many blank cells stand before it, after the line's last piece."""


def rows_around(blocks: Sequence[Block], number: int) -> tuple[int, int] | None:
    """Return the first row of the table a row is in and one past its last; None for one that is too long."""
    first, end = number, number + 1
    while first and _are_of_one_table(blocks[first - 1], blocks[number]):
        first -= 1
        if end - first > MOST_ROWS:
            return None
    while end < len(blocks) and _are_of_one_table(blocks[end], blocks[number]):
        end += 1
        if end - first > MOST_ROWS:
            return None
    return first, end


def _are_of_one_table(one: Block, other: Block) -> bool:
    return one.kind == BlockKind.TABLE_ROW and (one.fold, one.depth) == (other.fold, other.depth)


def is_head(blocks: Sequence[Block], number: int) -> bool:
    """Say whether a block is the first of several rows of a table."""
    row, following = blocks[number], blocks[number + 1 : number + 2]
    if row.kind != BlockKind.TABLE_ROW or not following or not _are_of_one_table(following[0], row):
        return False
    return not number or not _are_of_one_table(blocks[number - 1], row)


def columns_of(rows: Sequence[Block], width: int) -> Columns:
    """Return how a table's columns are set in ``width`` cells."""
    widths: list[int] = []
    words: list[int] = []
    for row in rows:
        row_cells = row.text.split(SEPARATOR)
        widths += [0] * (len(row_cells) - len(widths))
        words += [1] * (len(row_cells) - len(words))
        for column, cell in enumerate(row_cells):
            widths[column] = max(widths[column], cells(cell))
            words[column] = max([words[column], *map(_unbroken, cell.split())])
    if len(widths) < 2:
        return Columns()
    room = width - indent(widths)
    last = min(widths[-1], max(room, LEAST_LAST))
    if last <= room:
        return Columns((*widths[:-1], last))
    narrow = _narrowed(widths, words, width - BETWEEN * (len(widths) - 1))
    return Columns(narrow, are_narrow=True) if narrow else Columns()


def _unbroken(word: str) -> int:
    """Return how many cells a column must have for the sake of a word."""
    size = cells(word)
    return min(size, LONGEST_WORD if size <= len(word) else WIDE_WORD)


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> tuple[int, ...]:
    """Return widths that fill a room, the narrowest growing first; nothing where the least do not fit."""
    found = list(least)
    if sum(found) > room:
        return ()
    for _ in range(room - sum(found)):
        short = [column for column, width in enumerate(widths) if found[column] < width]
        if short:
            found[min(short, key=found.__getitem__)] += 1
    return tuple(found)


def indent(widths: Sequence[int]) -> int:
    """Return how many cells stand before the last column."""
    return sum(widths[:-1]) + len(SEPARATOR) * (len(widths) - 1)


def narrow_lines(text: str, widths: Sequence[int]) -> Iterator[list[Piece]]:
    """Yield the lines of a row whose cells are wrapped, each in its column: never without a piece."""
    columns = []
    at = 0
    for cell, width in zip(text.split(SEPARATOR), widths, strict=False):
        columns.append([(at + start, at + end) for start, end in wrap(cell, width) if start < end])
        at += len(cell) + len(SEPARATOR)
    # What a row's label is drawn over where its first cell is empty: the blank before the border.
    columns[0] = columns[0] or [(0, 1)]
    for number in range(max(map(len, columns))):
        pieces = []
        used = left = 0
        for lines, width in zip(columns, widths, strict=False):
            if number < len(lines):
                start, end = lines[number]
                pieces.append(Piece(start, end, max(left - used, 0)))
                used = left + cells(text[start:end])
            left += width + BETWEEN
        yield pieces


def row_lines(text: str, widths: Sequence[int], width: int) -> Iterator[tuple[int, int, int]]:
    """Yield the lines of a row: first character, one past the last, and how many blank cells stand before.

    Args:
        text: The row's.
        widths: Of the columns; none for a table that is not set in columns.
        width: That there is for a row without columns.
    """
    row = text.split(SEPARATOR)
    if len(row) != len(widths):
        for start, end in wrap(text, width - HANGING) if cells(text) > width else ((0, len(text)),):
            yield start, end, HANGING if start else 0
        return
    last = len(text) - len(row[-1])
    for start, end in wrap(row[-1], widths[-1]):
        yield (last + start, last + end, indent(widths)) if start else (0, last + end, 0)


def column_gaps(text: str, widths: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return after which characters of a row blanks are drawn, and how many: after those before ``|``."""
    gaps: list[tuple[int, int]] = []
    at = 0
    for cell, width in zip(text.split(SEPARATOR)[:-1], widths, strict=False):
        at += len(cell)
        if cells(cell) < width:
            gaps.append((at, width - cells(cell)))
        at += len(SEPARATOR)
    return tuple(gaps)
