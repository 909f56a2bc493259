"""Who speaks and when, where a page's markup tells: ``<span class="speaker">Ann</span> <time>0:12</time>``.

As with labels in plain text, a page is a transcript only as a whole: names that come back, times that rise.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.core.episode import Block, BlockKind
from tui.core.formats.draft import Heading, Item
from tui.core.formats.lines import shifted, word_set
from tui.core.formats.times import STAMP, seconds
from tui.core.formats.turn_labels import RISING, is_plausible

SPEAKER_NAMES = word_set("speaker ts-name speaker-name speakername speaker-label transcript-speaker voice")
TIME_NAMES = word_set("timestamp ts-timestamp timecode time-code ts-time segment-timestamp start-time")
"""Classes of what names a speaker or a time."""

STAMP_ALONE = re.compile(rf"\s*[\[(]?(?P<stamp>{STAMP})[\])]?\s*[-–—:]?\s*")
NO_WORDS = re.compile(r"[\W_]*")
FEWEST_TURNS = 4
NAME_CHARS = 60


@dataclass(frozen=True, slots=True)
class LabelPart:
    """A stretch of a line that an element marks as a speaker's name or a time."""

    is_time: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What the beginning of a block says about it."""

    speaker: str | None
    start_s: float | None
    length: int
    """How many characters of the block it takes."""


def marks_time(tag: str, names: frozenset[str]) -> bool | None:
    """Return whether an element marks a time (else a speaker), or None if it marks neither."""
    if tag == "time" or not names.isdisjoint(TIME_NAMES):
        return True
    return None if names.isdisjoint(SPEAKER_NAMES) else False


def turn_of(parts: Sequence[LabelPart], text: str) -> Turn | None:
    """Return the label that marked stretches at the beginning of a block make, or None."""
    speaker: str | None = None
    start_s: float | None = None
    length = 0
    for part in sorted(parts, key=lambda part: part.start):
        if part.start < length or not NO_WORDS.fullmatch(text, length, part.start):
            break
        words = text[part.start : part.end]
        stamp = STAMP_ALONE.fullmatch(words)
        if stamp:
            start_s = seconds(stamp["stamp"]) if start_s is None else start_s
        elif part.is_time or speaker is not None:
            break
        else:
            speaker = words.strip(" :：-–—,\xa0")
            if not 0 < len(speaker) <= NAME_CHARS or not is_plausible(speaker):
                return None
        length = part.end
    if not length:
        return None
    blanks = re.compile(r"[\s:：)\]]*").match(text, length)
    return Turn(speaker, start_s, blanks.end() if blanks else length)


def are_turns(turns: Sequence[Turn]) -> bool:
    """Say whether labels make a transcript: enough of them, names that come back or times that rise."""
    if len(turns) < FEWEST_TURNS:
        return False
    uses = Counter(turn.speaker for turn in turns if turn.speaker)
    if uses and len(uses) * 2 <= sum(uses.values()):
        return True
    times = [turn.start_s for turn in turns if turn.start_s is not None]
    rising = sum(1 for before, after in pairwise(times) if before <= after)
    return len(times) >= FEWEST_TURNS and rising >= RISING * (len(times) - 1)


def with_turns(items: Sequence[Item], turns: Mapping[int, Turn]) -> list[Item]:
    """Return the items with their labels taken out of the text into ``speaker`` and ``start_s``.

    A speaker goes on until the next label that names one, or the next heading; a label that stands alone
    belongs to what comes next, and stays as text where nothing does.

    Args:
        items: A document.
        turns: The labels, by the ``id`` of their blocks.
    """
    read: list[Item] = []
    speaker: str | None = None
    waiting: tuple[Block, Turn] | None = None
    for item in items:
        turn = turns.get(id(item))
        if isinstance(item, Heading):
            read += [waiting[0]] if waiting else []
            read.append(item)
            speaker = waiting = None
        elif turn is None:
            speaker = speaker if waiting is None else waiting[1].speaker or speaker
            start_s = waiting[1].start_s if waiting else None
            waiting = None
            is_said = item.kind is not BlockKind.RULE and not item.fold
            read.append(replace(item, speaker=speaker, start_s=start_s) if is_said else item)
        else:
            turn = joined(waiting, turn)
            text = item.text[turn.length :]
            if not text:
                waiting = (item, turn)
                continue
            waiting = None
            speaker = turn.speaker or speaker
            spans = shifted(item.spans, -turn.length, len(text))
            read.append(replace(item, text=text, spans=spans, speaker=speaker, start_s=turn.start_s))
    return [*read, *([waiting[0]] if waiting else [])]


def joined(waiting: tuple[Block, Turn] | None, turn: Turn) -> Turn:
    """Return a label with what a label alone before it adds: a name above a time, or a time above a name."""
    if waiting is None:
        return turn
    before = waiting[1]
    start_s = before.start_s if turn.start_s is None else turn.start_s
    return replace(turn, speaker=turn.speaker or before.speaker, start_s=start_s)
