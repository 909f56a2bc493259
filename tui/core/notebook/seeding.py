"""Where in a text a changed quote may stand: wherever many of its rarer words stand in its order.

Words vote for the place at which the quote would begin if they were its own, as q-grams do in approximate
string matching; common words vote together with their neighbour.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import pairwise

from tui.core.notebook.wanted import Wanted
from tui.core.notebook.words import Words

RARE = 256
"""How often a word may stand in a text to vote by itself."""

MOST_PLACES = 1_024
"""How often two neighbouring words may stand in a text to vote."""

MOST_VOTES = 4_000
"""How many places the words of one quote vote for; the rarest vote first."""

MOST_WINDOWS = 6
"""How many places are looked at more closely."""

NARROWEST = 8
"""How many words may have been put in or left out before a short quote is looked for elsewhere."""

ENOUGH_SINGLE = 8
"""How many rare words a quote and its context must have to do without pairs of common ones."""

Seed = int | tuple[int, int]
"""A rare word, or two neighbouring ones."""

Window = tuple[int, int]
"""The first word of a stretch of the text, and one past its last."""


def windows_of(all_wanted: Sequence[Wanted], words: Words) -> list[list[Window]]:
    """Return for each quote the stretches of the text in which it may stand, the likeliest first."""
    seeds = [_seeds(wanted, words) for wanted in all_wanted]
    places = _places({seed for each in seeds for _, seed in each}, words)
    return [_windows(wanted, each, places, words) for wanted, each in zip(all_wanted, seeds, strict=True)]


def _seeds(wanted: Wanted, words: Words) -> list[tuple[int, Seed]]:
    """Return which words of a quote vote, each with its index; pairs only where rare words are few."""
    counts = [words.counts[number] for number in wanted.ids]
    single = [(index, number) for index, number in enumerate(wanted.ids) if 0 < counts[index] <= RARE]
    if len(single) >= ENOUGH_SINGLE:
        return [*single]
    pairs = enumerate(pairwise(wanted.ids))
    return [*single, *((index, pair) for index, pair in pairs if min(counts[index : index + 2]) > RARE)]


def _places(seeds: set[Seed], words: Words) -> Mapping[Seed, list[int]]:
    """Return where each seed stands in the text."""
    places: dict[Seed, list[int]] = {seed: [] for seed in seeds}
    if any(isinstance(seed, int) for seed in seeds):
        for at, number in enumerate(words.ids):
            if number in places:
                places[number].append(at)
    if any(isinstance(seed, tuple) for seed in seeds):
        for at, pair in enumerate(pairwise(words.ids)):
            if pair in places:
                places[pair].append(at)
    return places


def _windows(
    wanted: Wanted, seeds: Iterable[tuple[int, Seed]], places: Mapping[Seed, list[int]], words: Words
) -> list[Window]:
    length = len(wanted.ids)
    width = max(NARROWEST, length // 3)
    votes: dict[int, float] = defaultdict(float)
    left = MOST_VOTES
    for index, seed in sorted(seeds, key=lambda each: len(places[each[1]])):
        left -= len(places[seed])
        if left < 0 or len(places[seed]) > MOST_PLACES:
            break
        for bucket in {(at - index) // width for at in places[seed]}:
            votes[bucket] += wanted.bits[index]
    margin = NARROWEST + length // 4
    return [
        (
            max(bucket * width - margin, 0),
            min((bucket + 2) * width + length + margin, len(words)),
        )
        for bucket in _most_voted(votes)
    ]


def _most_voted(votes: Mapping[int, float]) -> list[int]:
    """Return the buckets that got most votes together with the next one, no two of them neighbours."""
    totals = {bucket: count + votes.get(bucket + 1, 0.0) for bucket, count in votes.items()}
    found: list[int] = []
    for bucket in nlargest(3 * MOST_WINDOWS, totals, key=totals.__getitem__):
        if not {bucket - 1, bucket, bucket + 1}.intersection(found) and len(found) < MOST_WINDOWS:
            found.append(bucket)
    return found
