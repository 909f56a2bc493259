"""Where in a text a changed quote may stand: wherever many of its rarer words stand in its order.

Words vote for the place at which the quote would begin if they were its own, as q-grams do in approximate
string matching; common words vote together with their neighbour.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from tui.core.notebook.aligning import Wanted
from tui.core.notebook.words import UNKNOWN, Words

RARE = 256
"""How often a word may stand in a text to vote by itself."""

MOST_PLACES = 1_024
"""How often two neighbouring words may stand in a text to vote."""

MOST_VOTES = 6_000
"""How many places the words of one quote vote for; the rarest vote first."""

MOST_WINDOWS = 6
"""How many places are looked at more closely."""

Seed = int | tuple[int, int]
"""A rare word, or two neighbouring ones."""

Window = tuple[int, int]
"""The first word of a stretch of the text, and one past its last."""


def windows_of(all_wanted: Sequence[Wanted], words: Words) -> list[list[Window]]:
    """Return for each quote the stretches of the text in which it may stand, the likeliest first."""
    seeds = [list(_seeds(wanted, words)) for wanted in all_wanted]
    places = _places({seed for each in seeds for _, seed in each}, words)
    return [_windows(wanted, each, places, words) for wanted, each in zip(all_wanted, seeds, strict=True)]


def _seeds(wanted: Wanted, words: Words) -> Iterator[tuple[int, Seed]]:
    """Yield which words of a quote vote, each with its index."""
    is_rare = [number == UNKNOWN or words.counts[number] <= RARE for number in wanted.ids]
    for index, (number, rare) in enumerate(zip(wanted.ids, is_rare, strict=True)):
        if rare and number != UNKNOWN:
            yield index, number
    for index, (one, other) in enumerate(pairwise(wanted.ids)):
        if not (is_rare[index] or is_rare[index + 1]):
            yield index, (one, other)


def _places(seeds: Iterable[Seed], words: Words) -> Mapping[Seed, list[int]]:
    """Return where each seed stands in the text."""
    places: dict[Seed, list[int]] = defaultdict(list)
    single = {seed for seed in seeds if isinstance(seed, int)}
    if single:
        for at, number in enumerate(words.ids):
            if number in single:
                places[number].append(at)
    double = {seed for seed in seeds if isinstance(seed, tuple)}
    if double:
        for at, pair in enumerate(zip(words.ids, islice(words.ids, 1, None), strict=False)):
            if pair in double:
                places[pair].append(at)
    return places


def _windows(
    wanted: Wanted, seeds: Iterable[tuple[int, Seed]], places: Mapping[Seed, list[int]], words: Words
) -> list[Window]:
    length = len(wanted.ids)
    width = max(8, length // 3)
    votes: dict[int, float] = defaultdict(float)
    left = MOST_VOTES
    for index, seed in sorted(seeds, key=lambda each: len(places[each[1]])):
        there = places[seed]
        left -= len(there)
        if left < 0 or len(there) > MOST_PLACES:
            break
        for bucket in {(at - index) // width for at in there}:
            votes[bucket] += wanted.bits[index]
    buckets = {bucket for known in votes for bucket in (known - 1, known)}
    totals = {bucket: votes.get(bucket, 0) + votes.get(bucket + 1, 0) for bucket in buckets}
    margin = 8 + length // 4
    found: list[Window] = []
    taken: set[int] = set()
    for bucket in sorted(totals, key=lambda each: (-totals[each], each)):
        if bucket in taken:
            continue
        taken.update((bucket - 1, bucket, bucket + 1))
        begin = bucket * width
        end = begin + 2 * width + length + margin
        found.append((max(begin - margin, 0), min(end, len(words.ids))))
        if len(found) == MOST_WINDOWS:
            break
    return found
