"""Captions pasted as text: a time, a few words, the next time, as video sites show them beside the picture.

What has a time of its own there is a line on a screen, no paragraph: most break off within a sentence, and
the next comes seconds later. Where paragraphs or turns have times, they are the transcript's own.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from tui.core.episode import Block, BlockKind
from tui.core.formats.cues import Cue, paragraphs_of, without_repeats
from tui.core.formats.draft import Item, judged_items
from tui.core.formats.lines import SENTENCE_END
from tui.core.formats.speech import ARROWS, turns_of

FEWEST_CAPTIONS = 6
CAPTION_CHARS = 100
"""Half of all captions are not longer: two lines on a screen."""

CAPTION_SECONDS = 12.0
"""Half of all captions give way to the next within so many seconds."""

BROKEN_OFF = 0.5
"""The share of captions that end within a sentence."""

USUAL_PACE_S = 0.06
"""Seconds for a character, where captions have none of their own."""


def joined_captions(items: Sequence[Item]) -> list[Item]:
    """Return a transcript with its captions joined into paragraphs, each with the time of its first.

    Names before what some captions say are taken out of it, as in files of captions.

    A transcript that has paragraphs of its own comes back as it is.
    """
    captions = [item for item in judged_items(list(items)) if isinstance(item, Block) and is_timed(item)]
    if not are_captions(captions):
        return list(items)
    from tui.core.formats.captions_voices import voiced_cues

    pace_s = pace(captions)
    judged = list(cues_of(captions, pace_s))
    joined: list[Item] = []
    for timed, group in groupby(items, key=is_timed):
        run = list(group)
        if timed:
            cues = voiced_cues(list(cues_of(run, pace_s)), judged)
            run = [*paragraphs_of(without_repeats(cues))[0]]
        joined += run
    return joined


def is_timed(item: Item) -> bool:
    """Say whether an item could be a caption: a plain paragraph with a time, and nobody's."""
    return (
        isinstance(item, Block)
        and item.kind is BlockKind.PARAGRAPH
        and item.start_s is not None
        and not (item.depth or item.speaker or item.spans)
    )


def are_captions(blocks: Sequence[Block]) -> bool:
    """Say whether paragraphs with times are rather lines on a screen: short, quick and broken off."""
    if len(blocks) < FEWEST_CAPTIONS:
        return False
    steps = [(after.start_s or 0.0) - (block.start_s or 0.0) for block, after in pairwise(blocks)]
    broken_off = sum(1 for block in blocks if not SENTENCE_END.search(block.text[-8:]))
    return (
        middle([len(block.text) for block in blocks]) <= CAPTION_CHARS
        and 0 < middle(steps) <= CAPTION_SECONDS
        and broken_off > BROKEN_OFF * len(blocks)
    )


def middle(values: Sequence[float]) -> float:
    """Return the value that half of some values are not above."""
    return sorted(values)[(len(values) - 1) // 2]


def pace(blocks: Sequence[Block]) -> float:
    """Return how many seconds a character takes to be said, as captions usually follow each other."""
    steps = [
        ((after.start_s or 0.0) - (block.start_s or 0.0)) / max(1, len(block.text))
        for block, after in pairwise(blocks)
    ]
    return max(middle(steps), 0.0) or USUAL_PACE_S


def cues_of(items: Sequence[Item], pace_s: float) -> Iterator[Cue]:
    """Yield the cues that captions are, one for each turn in them.

    When they end is not written; what is said at the usual pace and then followed by nothing is a silence.
    """
    for item in items:
        for index, turn in enumerate(turns_of(item, ARROWS)):
            if isinstance(turn, Block):
                start_s = item.start_s
                end_s = None if start_s is None else start_s + pace_s * len(item.text)
                is_turn = index > 0 or ARROWS.match(item.text) is not None
                yield Cue(start_s, end_s, turn.text, is_turn=is_turn)
