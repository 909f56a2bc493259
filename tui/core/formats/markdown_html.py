"""Elements of HTML around Markdown: details are folded, quotations and asides are set as such.

An element bears on what was read between its tags only once its end is there: nothing that is never
closed can swallow the rest of a document.
"""

from dataclasses import dataclass, field, replace

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.html_text import Edge
from tui.core.formats.markdown_folds import details_fold

MOST_OPEN = 20
"""How many elements may be open in each other; deeper ones are not heeded."""

QUOTABLE = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})


@dataclass(slots=True)
class Enclosure:
    """An element of HTML that is open."""

    element: str
    begin: int
    """How many items there were before."""

    heading: Heading | None
    """Under which it stands."""

    is_shown: bool = False
    """Details that are open from the start."""

    summary: str = ""


@dataclass(slots=True)
class Lists:
    """The lists of a piece of HTML that are open: the number of the last item, None in unnumbered ones."""

    numbers: list[int | None] = field(default_factory=list)

    def follow(self, edge: Edge) -> None:
        """Take in the beginning or end of a list."""
        if not edge.is_end:
            self.numbers.append(0 if edge.element == "ol" else None)
        elif self.numbers:
            self.numbers.pop()

    def next_number(self) -> int | None:
        """Return the number of a new item of the innermost list; None if it is not numbered."""
        number = self.numbers[-1] if self.numbers else None
        if number is None:
            return None
        self.numbers[-1] = number + 1
        return number + 1


class Enclosures:
    """The open elements, and the document's items, on which they bear when they end."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.open: list[Enclosure] = []
        self.heading: Heading | None = None

    def follow(self, edge: Edge) -> None:
        """Take in the beginning or end of an element."""
        if edge.element not in ("details", "blockquote", "aside"):
            return
        if not edge.is_end:
            if len(self.open) < MOST_OPEN:
                self.open.append(Enclosure(edge.element, len(self.items), self.heading, edge.is_open))
            return
        for index in reversed(range(len(self.open))):
            if self.open[index].element == edge.element:
                self.end(self.open.pop(index), len(self.items))
                return

    def note_summary(self, text: str) -> None:
        """Remember what the innermost details are called; their summary itself is not folded."""
        if self.open and self.open[-1].element == "details":
            self.open[-1].summary = text
            self.open[-1].begin = len(self.items)

    def finish(self) -> None:
        """End details that are never closed at the next heading that is no deeper than theirs."""
        for enclosure in reversed(self.open):
            if enclosure.element == "details":
                self.end(enclosure, self.next_heading(enclosure))

    def next_heading(self, enclosure: Enclosure) -> int:
        """Return where the next heading stands that is no deeper than the one an element stands under."""
        level = enclosure.heading.level if enclosure.heading else 6
        for index in range(enclosure.begin, len(self.items)):
            item = self.items[index]
            if isinstance(item, Heading) and item.level <= level:
                return index
        return len(self.items)

    def end(self, enclosure: Enclosure, end: int) -> None:
        """Fold the blocks of details, or set those of a quotation as one."""
        fold = None
        if enclosure.element == "details":
            self.set_summary(enclosure, end)
            if enclosure.is_shown:
                return
            fold = details_fold(enclosure.summary, enclosure.heading.text if enclosure.heading else "")
        for index in range(enclosure.begin, end):
            item = self.items[index]
            if isinstance(item, Block):
                self.items[index] = replace(item, fold=item.fold or fold) if fold else quoted(item)

    def set_summary(self, enclosure: Enclosure, end: int) -> None:
        """Make the summary of details with headings in them a heading above these."""
        before = self.items[enclosure.begin - 1] if enclosure.begin and enclosure.summary else None
        is_alone = isinstance(before, Block) and before.kind is BlockKind.PARAGRAPH and not before.depth
        if not is_alone or before is None or before.text != enclosure.summary:
            return
        inside = (self.items[index] for index in range(enclosure.begin, end))
        levels = [item.level for item in inside if isinstance(item, Heading) and item.text]
        if levels:
            self.items[enclosure.begin - 1] = Heading(before.text, max(1, min(levels) - 1))


def quoted(block: Block) -> Block:
    """Return a block as part of a quotation, as far as there are such blocks."""
    return replace(block, kind=BlockKind.QUOTE, depth=block.depth + 1) if block.kind in QUOTABLE else block
