"""Episode, Section, Block and Span: the frozen values everything else works on.

All text in them is clean (``core.cleaning``) and unwrapped. Offsets are characters (Python string
indices) into the ``text`` of one block. The text of a section is defined once, by ``Section.text``,
for showing, finding and quoting alike.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path


class BlockKind(StrEnum):
    """What a block is; the value is its name in JSON."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBERED = "numbered"
    QUOTE = "quote"
    CODE = "code"
    TABLE_ROW = "table_row"
    RULE = "rule"


CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""A character of a script written without blanks between words (kana and Han)."""

WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction: Brysbaert (2019) finds 238 words a minute; rounded down."""

LIST_KINDS = frozenset({BlockKind.BULLET, BlockKind.NUMBERED})
"""Blocks that follow each other without a blank line."""

CELL_BORDER = " | "
"""What joins the cells of a table row in a block's text."""


class SpanKind(StrEnum):
    """What a stretch of a block's text is."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    LINK = "link"
    MARK = "mark"
    STRIKE = "strike"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a block's text that is set differently."""

    start: int
    """First character, counted in the block's text."""

    end: int
    """One past the last character; always greater than ``start``."""

    kind: SpanKind

    target: str | None = None
    """Where a link leads: an http, https or mailto address, cleaned."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, bullet, quotation, line of a table … of a section."""

    kind: BlockKind

    text: str
    """Clean and unwrapped: only code holds line breaks. Table rows join their cells with ``' | '``.
    A rule's text is empty. Bullets and numbers are without their marks."""

    depth: int = 0
    """How deep in lists or quotations: 0 is none, a first-level bullet or quotation is 1.
    A paragraph with a depth goes on inside the list item above it."""

    spans: tuple[Span, ...] = ()
    """Inside ``text``, ordered by start; they may nest or overlap."""

    number: int | None = None
    """The number of a numbered item."""

    speaker: str | None = None
    """Who says it, where the text shows that for this block."""

    start_s: float | None = None
    """When it is said, in seconds, where the text shows that for this block."""

    fold: str | None = None
    """What the folded stretch is called that it belongs to, with its neighbours of the same name:
    ``transcript``, ``sponsor``, ``show notes``, ``page furniture`` … None is shown."""

    language: str | None = None
    """What code is written in, where the text says that: ``python``."""


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it, up to the next heading of any level."""

    ordinal: int
    """Its place in the episode, from 0. Headings repeat; this never does."""

    level: int
    """1 to 6, a hint only: files start at any level and skip levels."""

    title: str
    """The heading as it is shown; empty for text that stands before the first heading."""

    blocks: tuple[Block, ...] = ()
    part: str | None = None
    """The larger part of the episode it belongs to, where the text shows one."""

    speaker: str | None = None
    """Who speaks in it, where the text shows that."""

    start_s: float | None = None
    """When it begins, in seconds, where the text shows that."""

    spans: tuple[Span, ...] = ()
    """Inside ``title``."""

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each block's text begins inside ``text``, in characters."""
        starts, at = [], 0
        for index, block in enumerate(self.blocks):
            if index:
                at += len(separator(self.blocks[index - 1], block))
            starts.append(at)
            at += len(block.text)
        return tuple(starts)

    @cached_property
    def text(self) -> str:
        """The blocks' texts, a blank line between paragraphs, none between list items or table rows."""
        parts: list[str] = []
        for index, block in enumerate(self.blocks):
            if index:
                parts.append(separator(self.blocks[index - 1], block))
            parts.append(block.text)
        return "".join(parts)

    @cached_property
    def block_words(self) -> tuple[int, ...]:
        """How many words each block has (``count_words``)."""
        return tuple([count_words(block.text) for block in self.blocks])

    @cached_property
    def words(self) -> int:
        """How many words its text has, the heading left out."""
        return sum(self.block_words)


def separator(before: Block, after: Block) -> str:
    """Return what stands between two neighbouring blocks: one line break or a blank line."""
    both_list = before.kind in LIST_KINDS and after.kind in LIST_KINDS
    both_rows = before.kind == after.kind == BlockKind.TABLE_ROW
    return "\n" if both_list or both_rows else "\n\n"


def count_words(text: str) -> int:
    """Return the number of words: runs between white space, and each CJK character by itself."""
    if text.isascii():
        return len(text.split())
    spaced, cjk = CJK.subn(" ", text)
    return cjk + len(spaced.split())


def reading_minutes(words: int) -> int:
    """Return how long it takes to read so many words, in whole minutes, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def clock(seconds: float) -> str:
    """Return a time as ``2:03``, or ``1:02:03`` from the first hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@dataclass(frozen=True)
class Episode:
    """One episode's summary, notes or transcript, as read from one file."""

    id: str
    """12 hexadecimal digits made from the file's bytes: the same wherever the file lies."""

    path: Path
    format: str
    """The reader that understood the file: ``page-text``, ``markdown`` …"""

    title: str
    """Never empty: the file's name stands in where the text has none."""

    sections: tuple[Section, ...]
    """Never empty; ordinals count from 0 without gaps."""

    show: str | None = None
    number: int | None = None
    people: tuple[str, ...] = ()
    date: str | None = None
    """``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

    url: str | None = None
    duration_s: int | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    """What was changed or left out while reading, in words for the reader."""

    why: str = ""
    """The cue by which the reader knew the file, in one sentence."""

    count: int = 1
    """How many episodes the file at ``path`` holds. Of several, each has a path below the file's own, as if
    that were a folder: ``export.md/1``, ``export.md/2`` …"""

    partial: bool = False
    """Only the head of a large file so far; the sections are those of the whole, up to the last."""

    @cached_property
    def words(self) -> int:
        """How many words the sections have, headings left out."""
        return sum(section.words for section in self.sections)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A point in an episode that survives resizing, reloading and rewrapping."""

    section: int = 0
    """The section's ordinal."""

    block: int = -2
    """The block's index in the section; -1 is the heading, -2 (in section 0) the title above everything."""

    offset: int = 0
    """A character in that block's text (or heading)."""
