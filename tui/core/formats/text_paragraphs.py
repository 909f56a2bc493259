"""The paragraphs of a text without marks: what their lines hold, one by one and together.

Lines that were broken to a width are joined; items of lists, turns of a transcript, and headings that
stand right above their text are blocks of their own.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tui.core.episode import CJK, Block, BlockKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.lines import (
    BULLET,
    MOST_STACKED,
    RULE,
    UNDERLINE,
    Candidate,
    heading_level,
    is_capitals,
    may_be_heading,
    squeeze,
    width,
    without_mark,
)
from tui.core.formats.times import closing_range
from tui.core.formats.turn_labels import Voices, is_alone, read_label
from tui.core.metadata import field_line

Paragraph = list[str]
"""Lines between two blank ones."""

WRAP_CHARS = 120
"""Lines of hard-wrapped text are not longer; in other text a line is a paragraph."""

NARROWEST_WRAP = 60
"""Text is seldom wrapped to less; shorter lines are a list or a poem."""

WRAP_SLACK = 10
"""How much short of the longest lines a line may end and still have been wrapped there."""


def is_field(line: str) -> bool:
    """Say whether a line is one of metadata, such as ``Show: …``."""
    return field_line(line) is not None


def wrap_width(paragraphs: Sequence[Paragraph]) -> int:
    """Return how wide lines get in paragraphs of several, in columns: the ninetieth of a hundred."""
    lengths = sorted(width(line) for paragraph in paragraphs if len(paragraph) > 1 for line in paragraph)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


class Lines:
    """How the paragraphs of one document are read."""

    def __init__(self, voices: Voices, width: int, *, use_capitals: bool) -> None:
        self.voices = voices
        self.spoken = voices.timed or (bool(voices.names or voices.bare) and voices.lasting)
        """Nearly all is said by somebody."""

        self.width = width
        self.use_capitals = use_capitals

    def read_all(self, paragraphs: list[Paragraph]) -> list[Item | Candidate]:
        """Return what the paragraphs hold; in a transcript only what heads a turn or a list is a heading."""
        items: list[Item | Candidate] = []
        names = tuple(name + colon for name in self.voices.names for colon in ":：")
        opens_turn = [
            paragraph[0].startswith(names) or self.is_label(paragraph[0]) for paragraph in paragraphs
        ]
        for index, paragraph in enumerate(paragraphs):
            *others, last = self.read(paragraph)
            after = paragraphs[index + 1][0] if index + 1 < len(paragraphs) else ""
            known = is_field(after) or (bool(after) and opens_turn[index + 1])
            if self.spoken:
                others = self.heads_within(others, last)
                heads = self.heads_turn(paragraphs, opens_turn, index) or self.heads_list(last, after)
                last = last if heads else without_doubt(last)
            items += [*others, replace(last, opens_known=known) if isinstance(last, Candidate) else last]
        return items

    def heads_within(self, items: list[Item | Candidate], last: Item | Candidate) -> list[Item | Candidate]:
        """Return the items of a paragraph but the last, candidates only where a turn follows right below."""
        read: list[Item | Candidate] = []
        for item, below in pairwise([*items, last]):
            if isinstance(item, Candidate) and isinstance(below, Block) and self.is_label(below.text):
                read.append(replace(item, opens_known=True))
            else:
                read.append(without_doubt(item))
        return read

    def heads_turn(self, paragraphs: list[Paragraph], opens_turn: list[bool], index: int) -> bool:
        """Say whether a paragraph stands right above a turn, or above a heading there."""
        if index and len(paragraphs[index - 1]) == 1 and self.is_label_alone(paragraphs[index - 1][0]):
            return False
        turn = index + 1
        if turn < len(paragraphs) and not opens_turn[turn] and len(paragraphs[turn]) == 1:
            turn += may_be_heading(squeeze(paragraphs[turn][0]))
        return turn < len(paragraphs) and opens_turn[turn]

    def heads_list(self, item: Item | Candidate, after: str) -> bool:
        """Say whether a line in a transcript shows that it is a heading, or stands above a list."""
        return isinstance(item, Candidate) and (
            item.otherwise.kind is BlockKind.NUMBERED or BULLET.match(after) is not None
        )

    def is_label_alone(self, line: str) -> bool:
        """Say whether a line is one of the document's labels and no more."""
        label = read_label(line.strip(), self.voices)
        return label is not None and is_alone(line.strip(), label.length)

    def is_label(self, line: str) -> bool:
        """Say whether a line begins with one of the document's labels."""
        return bool(self.voices) and read_label(line.strip(), self.voices) is not None

    def read(self, paragraph: Paragraph) -> list[Item | Candidate]:
        """Return what one paragraph holds."""
        items: list[Item | Candidate] = []
        begun = 0
        while len(paragraph) - begun > 1:
            heading = self.first_line_heading(paragraph[begun], paragraph[begun + 1])
            if heading is None:
                break
            items.append(heading)
            begun += 2 if UNDERLINE.fullmatch(paragraph[begun + 1]) else 1
        rest = paragraph[begun:] if begun else paragraph
        if len(rest) > 1:
            return items + self.read_below(rest)
        return items + [self.read_single(line) for line in rest]

    def read_below(self, paragraph: Paragraph) -> list[Item | Candidate]:
        """Return the blocks of several lines; headings may stand right above them, without a blank line."""
        blocks = self.read_several(paragraph)
        items: list[Item | Candidate] = []
        for line, block in zip(paragraph, blocks[: min(MOST_STACKED, len(blocks) - 1)], strict=False):
            single = self.read_single(line)
            if block.text != squeeze(line) or not isinstance(single, Candidate):
                break
            items.append(replace(single, tight=True))
        return [*items, *blocks[len(items) :]]

    def read_single(self, line: str) -> Item | Candidate:
        """Return a line that stands alone: it may be a heading."""
        text = squeeze(line)
        if RULE.fullmatch(line):
            return Block(BlockKind.RULE, "")
        block = without_mark(line) or Block(BlockKind.PARAGRAPH, text)
        if not may_be_heading(text) or self.is_label(text) or is_field(text):
            return block
        sure = self.use_capitals and is_capitals(text)
        return Candidate(Heading(text, heading_level(text), start_s=closing_range(text)), block, sure)

    def first_line_heading(self, line: str, below: str) -> Candidate | None:
        """Return the heading a line is that has another right below it: underlined or in capitals."""
        text = squeeze(line)
        underline = UNDERLINE.fullmatch(below)
        capitals = self.use_capitals and is_capitals(text) and may_be_heading(text)
        if underline and not RULE.fullmatch(line):
            level = 1 if "=" in underline[1] else 2
        elif capitals and not is_capitals(below.strip()):
            level = heading_level(text)
        else:
            return None
        return Candidate(Heading(text, level), Block(BlockKind.PARAGRAPH, text), sure=True)

    def read_several(self, paragraph: Paragraph) -> list[Block]:
        """Return the blocks of several lines: wrapped lines joined, list items and turns apart."""
        blocks: list[tuple[Block, list[str]]] = []
        indents: list[int] = []
        last = ""
        for line in paragraph:
            opened = self.opening(line, indents)
            if opened is None and blocks and self.goes_on(last, line, blocks[-1][0], in_list=bool(indents)):
                blocks[-1][1].append(squeeze(line))
            else:
                if opened is None:
                    indents.clear()
                block = opened or Block(BlockKind.PARAGRAPH, squeeze(line))
                blocks.append((block, [block.text]))
            last = line
        return [block if len(lines) == 1 else replace(block, text=joined(lines)) for block, lines in blocks]

    def opening(self, line: str, indents: list[int]) -> Block | None:
        """Return the block that a line opens by its mark, or None; keeps the indents of open lists."""
        if RULE.fullmatch(line):
            indents.clear()
            return Block(BlockKind.RULE, "")
        marked = without_mark(line)
        if marked is None:
            is_turn = self.is_label(line)
            if is_turn:
                indents.clear()
            return Block(BlockKind.PARAGRAPH, squeeze(line)) if is_turn else None
        indent = len(line) - len(line.lstrip())
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        return replace(marked, depth=len(indents))

    def goes_on(self, last: str, line: str, block: Block, *, in_list: bool) -> bool:
        """Say whether a line without a mark goes on where the last one was broken off."""
        if block.kind is BlockKind.RULE or (self.voices and self.is_label_alone(last)):
            return False
        if in_list and line[0].isspace():
            return True
        if self.width > WRAP_CHARS:
            return False
        stripped = line.strip()
        # Scripts without blanks between words are broken anywhere.
        first_word = stripped[0] if CJK.match(stripped) else stripped.split(None, 1)[0]
        if width(last) + 1 + width(first_word) > max(self.width, NARROWEST_WRAP) - WRAP_SLACK:
            return True
        return stripped[0].islower() and last[-1] not in ".!?:;…"


def without_doubt(item: Item | Candidate) -> Item | Candidate:
    """Return what merely looks like a heading as the block it is otherwise."""
    return item.otherwise if isinstance(item, Candidate) and not item.sure else item


def joined(lines: list[str]) -> str:
    """Return wrapped lines as one: a blank between them, or none between characters of CJK scripts."""
    pieces = [lines[0]]
    for before, line in pairwise(lines):
        if not (before and CJK.match(before[-1]) and CJK.match(line[0])):
            pieces.append(" ")
        pieces.append(line)
    return "".join(pieces)
