"""A page's text on its way into headings and blocks, with what it stands in: lists, quotations, a table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tui.core.episode import Block, BlockKind, Span, SpanKind
from tui.core.formats.draft import Item
from tui.core.formats.html_line import Line
from tui.core.formats.html_table import Cell, row_of
from tui.core.formats.html_turns import LabelPart, Turn, turn_of
from tui.core.formats.lines import shifted
from tui.core.formats.markdown_blocks import timed_heading
from tui.core.formats.times import STAMP

FURNITURE = "page furniture"
"""What the folded stretch of it is called."""


FEWEST_TIMES = 3
TIME_AT_BEGINNING = re.compile(rf"^[\[(]?{STAMP}\b", re.M)
MOST_WORK = 1_000_000
"""How many pairs of lines and spans are looked at."""


@dataclass(slots=True)
class Container:
    """An open list item or quotation."""

    is_quote: bool
    number: int | None = None
    fresh: bool = True
    """Its first text is still to come, which gets its mark."""

    headed: bool = False
    """A heading stands in it: what follows is that section's text, not the item's."""


@dataclass(slots=True)
class ListNumbers:
    """An open list, and the number of its next item if it is a numbered one."""

    next: int | None
    step: int = 1


class Flow:
    """Text on its way into items: the page's own, or furniture."""

    def __init__(self, items: list[Item], *, is_furniture: bool = False) -> None:
        self.items = items
        self.is_furniture = is_furniture
        self.line = Line()
        self.containers: list[Container] = []
        self.lists: list[ListNumbers] = []
        self.fold: str | None = FURNITURE if is_furniture else None
        self.heading = 0
        """The level of the open heading, or 0."""

        self.code = 0
        """How many elements are open whose line breaks stay."""

        self.row: list[Cell] | None = None
        """The cells so far of the open row of a table of data."""

        self.in_cell = False
        self.is_bold = False
        """The line is a term or a summary, which is set in bold."""

        self.label: list[LabelPart] = []
        self.turns: dict[int, Turn] = {}
        """What the beginnings of blocks say about them, by the ``id`` of the block."""

        self.linked: set[int] = set()
        """Which blocks are links and nothing else, by their ``id``."""

    def break_line(self) -> None:
        """End the line: inside a cell or heading that is a blank, in code a line break, else a block."""
        if self.in_cell or self.heading:
            self.line.add(" ")
        elif self.code:
            self.line.add_code("\n")
        else:
            self.end_block()

    def end_block(self) -> None:
        """Add what the line holds as a block, or as one for each line of a list of times."""
        if not self.line.pieces:
            return
        label, self.label = self.label, []
        linked = self.line.linked
        text, spans = self.line.take_lines()
        if is_list_of_times(text, spans):
            at = 0
            for line in text.split("\n"):
                if line.strip():
                    self.add_block(line.strip(), shifted(spans, -at, len(line.rstrip())))
                at += len(line) + 1
        elif text:
            block = self.add_block(text.replace("\n", " "), spans)
            turn = turn_of(label, block.text) if label else None
            if turn is not None:
                self.turns[id(block)] = turn
            if linked and linked >= sum(map(str.isalnum, text)):
                self.linked.add(id(block))

    def add_block(self, text: str, spans: tuple[Span, ...]) -> Block:
        """Add a text as a block of the kind that is due, and return it."""
        if self.is_bold:
            inner = (span for span in spans if span.kind is not SpanKind.STRONG)
            spans = (Span(0, len(text), SpanKind.STRONG), *inner)
        kind, depth, number = self.next_kind()
        block = Block(kind, text, depth, spans, number, fold=self.fold)
        self.items.append(block)
        return block

    def next_kind(self) -> tuple[BlockKind, int, int | None]:
        """Return the kind, depth and number of the next block."""
        containers = [container for container in self.containers if not container.headed]
        if not containers:
            return BlockKind.PARAGRAPH, 0, None
        innermost = containers[-1]
        if innermost.is_quote:
            return BlockKind.QUOTE, len(containers), None
        if not innermost.fresh:
            return BlockKind.PARAGRAPH, len(containers), None
        innermost.fresh = False
        kind = BlockKind.BULLET if innermost.number is None else BlockKind.NUMBERED
        return kind, len(containers), innermost.number

    def end_heading(self) -> None:
        """Add what the line holds as a heading; in furniture as a line in bold."""
        level, self.heading = self.heading, 0
        self.label = []
        text, spans = self.line.take()
        if not text:
            return
        if self.is_furniture:
            bold = (Span(0, len(text), SpanKind.STRONG),)
            self.items.append(Block(BlockKind.PARAGRAPH, text, spans=bold, fold=self.fold))
            return
        for container in self.containers:
            container.headed = not container.is_quote
        spans = tuple(span for span in spans if span.kind is not SpanKind.STRONG)
        self.items.append(timed_heading(text, level, spans))

    def end_code(self) -> None:
        """Add what the line holds as code."""
        self.code -= 1
        text = "" if self.code or self.in_cell or self.heading else self.line.take_code()
        if text:
            depth = sum(1 for container in self.containers if not container.headed)
            self.items.append(Block(BlockKind.CODE, text, depth, fold=self.fold))

    def end_cell(self) -> None:
        """Add what the line holds to the open row."""
        self.in_cell = False
        self.label = []
        cell = self.line.take()
        if self.row is not None:
            self.row.append(cell)

    def end_row(self) -> None:
        """Add the open row."""
        text, spans = row_of(self.row or ())
        self.row = None
        if text:
            self.items.append(Block(BlockKind.TABLE_ROW, text, spans=spans, fold=self.fold))

    def add_rule(self) -> None:
        """Add a rule."""
        self.break_line()
        if not (self.is_furniture or self.in_cell or self.heading or self.code):
            self.items.append(Block(BlockKind.RULE, "", fold=self.fold))


def is_list_of_times(text: str, spans: Sequence[Span]) -> bool:
    """Say whether a text has line ends that the page shows: several lines begin with a time.

    Some pages, those of video sites above all, keep the lines of a description by their style.
    """
    if text.count("\n") < FEWEST_TIMES or text.count("\n") * len(spans) > MOST_WORK:
        return False
    return sum(1 for _ in TIME_AT_BEGINNING.finditer(text)) >= FEWEST_TIMES
