"""Times that blocks show at their beginnings or ends, as when they are said."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Heading, Item, judged_items
from tui.core.formats.lines import shifted
from tui.core.formats.times import STAMP, leading_time, seconds

CLOSING = re.compile(rf"[\[(（【`]{{1,2}}(?P<stamp>{STAMP})(?:\s*[-–—~]\s*{STAMP})?[\])）】`]{{1,2}}[.。]?$")
"""A time at the end of a block. It needs a bracket: sentences end in times of day too."""

CLOSING_CHARS = 40
FEWEST = 3
"""Fewer times are no clock."""

RISING = 0.8
"""The share of times that must not go back, below one heading."""

NEAR_S = 15
"""How far a link's time may be from the time it shows: players are sent some seconds ahead."""

TIMED_KINDS = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.BULLET, BlockKind.NUMBERED, BlockKind.QUOTE, BlockKind.TABLE_ROW}
)

Reading = Callable[[Block], float | None]


def with_times(items: Sequence[Item], address: str | None) -> list[Item]:
    """Return the items with the times at their beginnings and ends read, where these are a clock.

    A time at the beginning is taken out of the text, unless it links elsewhere than to the episode.

    Args:
        items: A document.
        address: Where the episode is, if that is known.
    """
    judged = judged_items(list(items))
    leading = is_clock(judged, leading_start)
    closing = is_clock(judged, closing_start)
    return [
        timed(item, address, leading=leading, closing=closing) if isinstance(item, Block) else item
        for item in items
    ]


def leading_start(block: Block) -> float | None:
    """Return the time a block begins with."""
    found = leading_time(block.text[:CLOSING_CHARS])
    return found[0] if found and found[1] < len(block.text) else None


def closing_start(block: Block) -> float | None:
    """Return the time a block ends in."""
    found = CLOSING.search(block.text[-CLOSING_CHARS:])
    return seconds(found["stamp"]) if found else None


def is_clock(items: Iterable[Item], reading: Reading) -> bool:
    """Say whether the times of a document are a clock: several, and rising below each of its headings."""
    runs: list[list[float]] = [[]]
    for item in items:
        if isinstance(item, Heading):
            runs.append([])
        elif item.kind in TIMED_KINDS:
            start_s = reading(item)
            if start_s is not None:
                runs[-1].append(start_s)
    steps = [step for run in runs for step in pairwise(run)]
    if not steps:  # One below each heading: these must rise together.
        steps = list(pairwise(start_s for run in runs for start_s in run))
    rising = sum(before <= after for before, after in steps)
    return sum(map(len, runs)) >= FEWEST and rising >= RISING * len(steps)


def timed(block: Block, address: str | None, *, leading: bool, closing: bool) -> Block:
    """Return a block with its time read."""
    if block.kind not in TIMED_KINDS:
        return block
    begins = leading_time(block.text[:CLOSING_CHARS])
    if begins and begins[1] < len(block.text):
        linked = block.start_s is not None and abs(block.start_s - begins[0]) <= NEAR_S
        if linked or (leading and block.start_s is None):
            return without_time(replace(block, start_s=begins[0]), begins[1], address)
    if closing and block.start_s is None:
        return replace(block, start_s=closing_start(block))
    return block


def without_time(block: Block, length: int, address: str | None) -> Block:
    """Return a block without the time it begins with; in a table, or as a link elsewhere, it stays."""
    targets = [span.target for span in block.spans if span.target and span.start < length]
    leads_elsewhere = any(not address or not target.startswith(stem(address)) for target in targets)
    if block.kind is BlockKind.TABLE_ROW or leads_elsewhere:
        return block
    text = block.text[length:]
    return replace(block, text=text, spans=shifted(block.spans, -length, len(text)))


def stem(address: str) -> str:
    """Return an address up to its last parameters, so that players' times make no difference."""
    return address.split("&")[0].split("#")[0]
