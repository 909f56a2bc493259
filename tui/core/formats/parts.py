"""Parts of readable size for a transcript that has no headings of its own.

A part ends near its due length, where the transcript itself makes a break: at the longest silence, else at
a turn. Whether a part ends is known before much more text is seen, so that the beginning of a file is cut
like the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tui.core.episode import Block, BlockKind, clock, count_words
from tui.core.formats.draft import Heading, Item

SECTION_SECONDS = 300
SECTION_WORDS = 1500
"""How long a part is due to be, whichever comes first."""

EARLIEST = 0.75
LATEST = 1.35
"""Between these shares of its due length a part may end."""

SILENCE_WEIGHT = 0.15
LONGEST_SILENCE_S = 4.0
"""How much a second of silence counts against being near the due length, and for how many seconds."""

TURN_WEIGHT = 0.5
JUDGED_BLOCKS = 100


@dataclass(frozen=True, slots=True)
class Break:
    """A place between two blocks where a part may end."""

    index: int
    """Of the block that would begin the next part."""

    merit: float


def parted(items: Sequence[Item], silences: Sequence[float] = (), *, always: bool = False) -> list[Item]:
    """Return a transcript without headings with headings put in, about every five minutes.

    Where it has no times, about every 1,500 words. A short transcript stays in one piece.

    Args:
        items: A document; one with headings comes back as it is.
        silences: How long nothing is said before each item, in seconds, if that is known.
        always: A short transcript gets headings too.
    """
    blocks = [item for item in items if isinstance(item, Block)]
    words = [count_words(block.text) for block in blocks]
    is_short = sum(words) <= SECTION_WORDS and not always
    if len(blocks) < len(items) or is_short or not blocks:
        return list(items)
    timed = are_timed(blocks)
    above = lines_above(blocks)
    spoken = blocks[above:]
    found = part_begins(spoken, words[above:], silences[above:] or [0.0] * len(spoken), timed=timed)
    begins = {above + index for index in found}
    cut: list[Item] = []
    part = 0
    for index, block in enumerate(blocks):
        if index in begins:
            part += 1
            cut.append(part_heading(part, block.start_s if timed else None))
        cut.append(block)
    return cut


def lines_above(blocks: Sequence[Block]) -> int:
    """Return how many list items and rules, such as lines of metadata, stand above a transcript's text."""
    first = next((index for index, block in enumerate(blocks) if block.kind is BlockKind.PARAGRAPH), 0)
    return 0 if any(block.speaker or block.start_s is not None for block in blocks[:first]) else first


def part_begins(
    blocks: Sequence[Block], words: Sequence[int], silences: Sequence[float], *, timed: bool
) -> list[int]:
    """Return the indexes of the blocks with which parts begin, in order; the first is 0."""
    begins = [0]
    measure = Measure(blocks[0].start_s if timed else None)
    best: Break | None = None
    index = 1
    while index < len(blocks):
        measure.add(words[index - 1], blocks[index].start_s if timed else None)
        full = measure.fullness()
        turns = blocks[index].speaker != blocks[index - 1].speaker
        may_begin = blocks[index].start_s is not None or not timed
        if may_begin and full >= EARLIEST and (full <= LATEST or best is None):
            found = Break(index, merit(full, silences[index], turns=turns))
            best = found if best is None or found.merit > best.merit else best
        if best is not None and full > LATEST:
            begins.append(best.index)
            index = best.index
            measure = Measure(blocks[index].start_s if timed else None)
            best = None
        index += 1
    return begins


def merit(fullness: float, silence_s: float, *, turns: bool) -> float:
    """Return how good a place is for a part to end: near its due length, at a silence, at a turn."""
    silence = min(silence_s, LONGEST_SILENCE_S) * SILENCE_WEIGHT
    return silence + (TURN_WEIGHT if turns else 0.0) - abs(fullness - 1)


class Measure:
    """How long a part has become."""

    def __init__(self, begun_s: float | None) -> None:
        self.begun_s = begun_s
        self.now_s = begun_s
        self.words = 0

    def add(self, words: int, now_s: float | None) -> None:
        """Count a block's words, and the time at which the next begins, if that is known."""
        self.words += words
        if now_s is not None:
            self.begun_s = now_s if self.begun_s is None else self.begun_s
            self.now_s = now_s

    def fullness(self) -> float:
        """Return the share of its due length that a part has."""
        elapsed_s = (self.now_s or 0.0) - (self.begun_s or 0.0)
        return max(self.words / SECTION_WORDS, elapsed_s / SECTION_SECONDS)


def are_timed(blocks: Sequence[Block]) -> bool:
    """Say whether a transcript's turns have times: a few within its text are no clock."""
    judged = blocks[:JUDGED_BLOCKS]
    if len(judged) == 1:
        return judged[0].start_s is not None
    turns = [
        now for before, now in pairwise(judged) if now.start_s is not None or now.speaker != before.speaker
    ]
    return sum(turn.start_s is not None for turn in turns) > len(turns) / 2


def part_heading(part: int, start_s: float | None) -> Heading:
    """Return the heading of a part: its time where that is known, else its number."""
    return Heading(f"Part {part}" if start_s is None else clock(start_s), level=1, start_s=start_s)
