"""Tables: the rows of one, set in columns by adding blanks when they are drawn; the text stays as it is.

A last column without room is wrapped below its beginning; where the others have none, there are no columns.
"""

from collections.abc import Iterator, Sequence

from tui.core.episode import Block, BlockKind
from tui.widgets.wrapping import cells, wrap

SEPARATOR = " | "
"""What stands between the cells of a row (``Block.text``)."""

MOST_ROWS = 500
"""Rows from which a table is not set in columns: all of them would have to be measured for the first."""

LEAST_LAST = 20
"""How narrow, in cells, a last column may become that is wrapped."""


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


def column_widths(rows: Sequence[Block], width: int) -> tuple[int, ...]:
    """Return how many cells each column takes; nothing where they do not fit in ``width`` together."""
    widths: list[int] = []
    for row in rows:
        sizes = [cells(cell) for cell in row.text.split(SEPARATOR)]
        widths += [0] * (len(sizes) - len(widths))
        for column, size in enumerate(sizes):
            widths[column] = max(widths[column], size)
    if len(widths) < 2:
        return ()
    room = width - indent(widths)
    widths[-1] = min(widths[-1], max(room, LEAST_LAST))
    return tuple(widths) if widths[-1] <= room else ()


def indent(widths: Sequence[int]) -> int:
    """Return how many cells stand before the last column."""
    return sum(widths[:-1]) + len(SEPARATOR) * (len(widths) - 1)


def row_lines(text: str, widths: Sequence[int], width: int) -> Iterator[tuple[int, int, int]]:
    """Yield the lines of a row: first character, one past the last, and how many blank cells stand before.

    Args:
        text: The row's.
        widths: Of the columns; none for a table that is not set in columns.
        width: That there is for a row without columns.
    """
    row = text.split(SEPARATOR)
    if len(row) != len(widths):
        yield from ((start, end, 0) for start, end in wrap(text, width))
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
