"""Transcripts: who says each paragraph and when, taken out of its text.

What the labels are, ``core.formats.turn_labels`` finds out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tui.core.episode import Block, BlockKind, SpanKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.lines import shifted
from tui.core.formats.times import STAMP
from tui.core.formats.turn_labels import Label, Voices, is_alone, read_label, read_stranger

BREAK_CHARS = 60
BREAK = re.compile(
    r"\W{0,4}(?:(?:ad|sponsor|music|commercial) )?"
    r"(?:break|music|intro|outro|jingle|advertisement|theme|sponsor|transcribed by https?://otter\.ai)"
    rf"\W{{0,6}}(?:{STAMP}\W{{0,4}})?",
    re.I,
)
"""What stands between two turns and is nobody's."""


def voiced(items: Sequence[Item], voices: Voices) -> list[Item]:
    """Return the items with labels taken out of their text into ``speaker`` and ``start_s``.

    A speaker goes on speaking until the next label or heading. A label without any text to go with
    stays as it stands.
    """
    return Turns(voices).read(items) if voices else list(items)


def is_item(item: Item) -> bool:
    """Say whether an item is a bullet of the first level, as turns with a dash are."""
    return isinstance(item, Block) and item.kind is BlockKind.BULLET and item.depth == 1


def merged(one: Label, other: Label) -> Label:
    """Return two labels as one, of the length of the second."""
    start_s = one.start_s if other.start_s is None else other.start_s
    return Label(other.speaker or one.speaker, start_s, other.length, other.aside or one.aside)


def mark_kinds(block: Block) -> frozenset[SpanKind]:
    """Return how the beginning of a block is set."""
    return frozenset(span.kind for span in block.spans if not span.start)


class Turns:
    """The turn being read: who speaks, and a label that waits for its text."""

    def __init__(self, voices: Voices) -> None:
        self.voices = voices
        self.read_so_far: list[Item] = []
        self.speaker: str | None = None
        self.marks: frozenset[SpanKind] = frozenset()
        """How the last label was set: in bold, say. Names set otherwise are mentioned, not speaking."""
        self.waiting: tuple[Block, Label] | None = None
        self.asides: set[tuple[str | None, str]] = set()
        """What labels said in brackets, of whom."""

    def read(self, items: Iterable[Item]) -> list[Item]:
        """Return the items with their labels read."""
        for item in items:
            if isinstance(item, Heading):
                self.stop()
                self.speaker = None
                self.read_so_far.append(item)
            else:
                self.read_block(item)
        self.stop()
        return self.read_so_far

    def read_block(self, block: Block) -> None:
        """Take in the next block."""
        if BREAK.fullmatch(block.text[:BREAK_CHARS]):
            self.read_break(block)
            return
        plain = block.kind is BlockKind.PARAGRAPH and not block.depth
        label = read_label(block.text, self.voices) if plain or is_item(block) else None
        if not plain and label and (label.speaker is None or is_alone(block.text, label.length)):
            label = None
        if plain and label and label.speaker:
            self.marks = mark_kinds(block)
        elif plain and self.speaker and self.voices.lasting and mark_kinds(block) == self.marks:
            label = read_stranger(block.text, self.voices) or label
        if label is None:
            self.go_on(block)
            return
        waiting = self.completed(label)
        if is_alone(block.text, label.length):
            self.wait_with(block, label, waiting)
            return
        if waiting:
            label = merged(waiting[1], label)
        else:
            self.stop()
        self.waiting = None
        self.speaker = label.speaker or self.speaker
        text = block.text[label.length :]
        spans = shifted(block.spans, -label.length, len(text))
        turn = Block(BlockKind.PARAGRAPH, text, 0, spans, speaker=self.speaker, start_s=label.start_s)
        self.read_so_far.append(self.with_aside(turn, label))

    def read_break(self, block: Block) -> None:
        """Take in what is nobody's; a time alone right above it says when it is heard."""
        if self.waiting and self.waiting[1].speaker is None:
            block = replace(block, start_s=self.waiting[1].start_s)
            self.waiting = None
        self.stop()
        self.read_so_far.append(block)

    def completed(self, label: Label) -> tuple[Block, Label] | None:
        """Return the label that waits, if another one says what it leaves open: who, or when."""
        if self.waiting is None:
            return None
        open_name = self.waiting[1].speaker is None and label.speaker is not None
        open_time = self.waiting[1].start_s is None and label.start_s is not None
        is_whole = label.speaker is not None and label.start_s is not None
        return self.waiting if (open_name or open_time) and not is_whole else None

    def wait_with(self, block: Block, label: Label, waiting: tuple[Block, Label] | None) -> None:
        """Keep a label without text, with the one before it that it completes."""
        if waiting:
            block = Block(BlockKind.PARAGRAPH, f"{waiting[0].text} {block.text}")
            label = merged(waiting[1], label)
        else:
            self.stop()
        self.waiting = (block, label)

    def go_on(self, block: Block) -> None:
        """Add a block without a label to the turn; it is what a waiting label was for."""
        start_s = None
        if self.waiting:
            label = self.waiting[1]
            self.waiting = None
            self.speaker, start_s = label.speaker or self.speaker, label.start_s
            block = self.with_aside(block, label)
        elif not self.voices.lasting:
            self.speaker = None
        spoken = self.speaker is not None or start_s is not None
        if spoken and block.kind is not BlockKind.RULE:
            block = replace(block, speaker=self.speaker, start_s=start_s)
        self.read_so_far.append(block)

    def with_aside(self, block: Block, label: Label) -> Block:
        """Return a block with what its label says in brackets before its text, the first time it is said."""
        if not label.aside or (label.speaker, label.aside) in self.asides or block.kind is BlockKind.RULE:
            return block
        self.asides.add((label.speaker, label.aside))
        text = f"{label.aside} {block.text}"
        return replace(block, text=text, spans=shifted(block.spans, len(label.aside) + 1, len(text)))

    def stop(self) -> None:
        """End the turn; a label that nothing followed is text of its own."""
        if self.waiting:
            self.read_so_far.append(self.waiting[0])
            self.waiting = None
