"""Stretches that a reader might mark, drawn from real documents."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.anchors_edits import GRAIN
from tui.core.episode import BlockKind
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Anchor
from tui.core.sentences import sentences

LONG = 1_000

SIZES = ("1 or 2 words", "3 to 5 words", "sentence", "repeated sentence", "sentences", "over blocks", "long")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch that somebody marked."""

    size: str
    anchor: Anchor


def marked(text: EpisodeText, chance: random.Random, each: int) -> list[Marked]:
    """Return up to ``each`` stretches of every size."""
    found: list[Marked] = []
    spans = sentence_spans(text)
    if not spans:
        return []
    counts = Counter(text.text[start:end] for start, end in spans)
    again = [span for span in spans if counts[text.text[slice(*span)]] > 1]
    makers: dict[str, Callable[[], tuple[int, int] | None]] = {
        "1 or 2 words": lambda: few_words(text, spans, chance, 1, 2),
        "3 to 5 words": lambda: few_words(text, spans, chance, 3, 5),
        "sentence": lambda: chance.choice(spans),
        "repeated sentence": lambda: chance.choice(again) if again else None,
        "sentences": lambda: several(spans, chance, 2, 4),
        "over blocks": lambda: over_blocks(text, chance),
        "long": lambda: long_one(text, spans, chance),
    }
    for size, make in makers.items():
        drawn = {span for _ in range(3 * each) if (span := make()) and text.text[slice(*span)].strip()}
        for start, end in sorted(drawn, key=lambda _: chance.random())[:each]:
            found.append(Marked(size, text.anchor(text.stretch(start, end))))
    return found


def sentence_spans(text: EpisodeText) -> list[tuple[int, int]]:
    """Return the sentences of the blocks of prose, in characters of the text."""
    prose = {
        (section.ordinal, index)
        for section in text.episode.sections
        for index, block in enumerate(section.blocks)
        if block.kind not in {BlockKind.CODE, BlockKind.RULE, BlockKind.TABLE_ROW}
    }
    return [
        (begin + start, begin + end)
        for begin, (section, block, length) in zip(text.starts, text.places, strict=True)
        if (section, block) in prose
        for start, end in sentences(text.text[begin : begin + length])
    ]


def few_words(
    text: EpisodeText, spans: list[tuple[int, int]], chance: random.Random, least: int, most: int
) -> tuple[int, int] | None:
    """Return some neighbouring words of a sentence; None if it has too few."""
    start, end = chance.choice(spans)
    words = [match.span() for match in GRAIN.finditer(text.text, start, end) if match[0][0].isalnum()]
    count = chance.randint(least, most)
    if len(words) < count:
        return None
    first = chance.randrange(len(words) - count + 1)
    return words[first][0], words[first + count - 1][1]


def several(spans: list[tuple[int, int]], chance: random.Random, least: int, most: int) -> tuple[int, int]:
    """Return some neighbouring sentences."""
    first = chance.randrange(len(spans))
    last = min(first + chance.randint(least, most) - 1, len(spans) - 1)
    return spans[first][0], spans[last][1]


def over_blocks(text: EpisodeText, chance: random.Random) -> tuple[int, int] | None:
    """Return a stretch from the middle of a block to the middle of one of the next, in the same section."""
    number = chance.randrange(len(text.places))
    other = number + chance.randint(1, 3)
    section, block, _ = text.places[number]
    if other >= len(text.places) or block < 0 or text.places[other][0] != section:
        return None
    ends = [words_of(text, which) for which in (number, other)]
    if not all(ends):
        return None
    return chance.choice(ends[0])[0], chance.choice(ends[1])[1]


def words_of(text: EpisodeText, number: int) -> list[tuple[int, int]]:
    """Return the words of a heading or block, in characters of the text."""
    start = text.starts[number]
    found = GRAIN.finditer(text.text, start, start + text.places[number][2])
    return [match.span() for match in found if match[0][0].isalnum()]


def long_one(
    text: EpisodeText, spans: list[tuple[int, int]], chance: random.Random
) -> tuple[int, int] | None:
    """Return sentences of one section that make a long quote; None if there are too few."""
    first = chance.randrange(len(spans))
    section = text.place(spans[first][0]).section
    goal = spans[first][0] + chance.choice((LONG, 2 * LONG, 10 * LONG))
    inside = [span for span in spans[first:] if text.place(span[0]).section == section and span[0] < goal]
    return (spans[first][0], inside[-1][1]) if inside[-1][1] - spans[first][0] >= LONG else None
