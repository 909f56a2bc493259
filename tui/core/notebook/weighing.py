"""How much speaks for a place where a quote may stand.

As in Hypothesis' client (``anchoring/match-quote.ts``) it is the words of the quote, and those before and
after it. How much the quote counts beside its context depends on its length: a sentence is itself wherever
it stands, a word only between its neighbours.
"""

from collections.abc import Iterable
from math import log

from tui.core.notebook.aligning import Aligned
from tui.core.notebook.values import Anchor
from tui.core.notebook.wanted import Wanted
from tui.core.notebook.words import Words

SHORT, LONG = 4, 24
"""Up to how many words a quote counts least, and from how many it counts most."""

LEAST, MOST = 0.15, 0.8
"""What the quote counts then, from 0 to 1; its context counts the rest."""

SIGNS = 0.05
"""What signs and case count of a quote's likeness, so that they decide where words don't."""

LEAST_TOLD = 0.4
"""How much of what a quote tells must be told at a place, whatever stands around it: other words in the same
frame are not the quote, changed."""

LONG_ENOUGH = 32
"""How many characters a quote must have to be known by itself, whatever stands around it."""

UNCHANGED, ALONE = 0.95, 0.7
"""How much alike it must be for that, and what its likeness counts then."""

STRICTER = 4
"""To which power the likeness of a quote stands for its context where none is known: an import's, often."""

MOST_LEFT = 2 / 3
"""How much of a quote must be left to count as much as all of it."""

NEXT = 2
"""How many words of the text more than stood around the quote are compared with those."""

FURTHER = 10
"""How many more, for less: a heading may have been put between."""

FURTHER_COUNTS = 0.8


def strength(anchor: Anchor, wanted: Wanted, words: Words, place: Aligned, there: str) -> float:
    """Return how much speaks for a place, from 0 to 1.

    Args:
        anchor: What is looked for.
        wanted: Its words.
        words: The text's.
        place: Where it may stand.
        there: The characters of the text that stand there.
    """
    alike = SIGNS * similarity(anchor.exact, there) + (1 - SIGNS) * likeness(wanted, words, place)
    if told(wanted, words, place) < LEAST_TOLD:
        return 0.0
    itself = ALONE * alike if len(anchor.exact) >= LONG_ENOUGH and alike >= UNCHANGED else 0.0
    around = context(wanted, words, place)
    return max(itself, weighed(wanted.length, alike, alike**STRICTER if around is None else around))


def strength_of_signs(anchor: Anchor, before: str, after: str) -> float:
    """Return how much speaks for an occurrence of a quote that has no words, from 0 to 1."""
    sides = [
        similarity(own, there) for own, there in ((anchor.prefix, before), (anchor.suffix, after)) if own
    ]
    return weighed(1, 1.0, sum(sides) / len(sides) if sides else 1.0)


def weighed(length: int, quote: float, around: float) -> float:
    """Return the sum of a quote's likeness and its context's, weighed by its length in words."""
    longer = log(max(length, 1) / SHORT) / log(LONG / SHORT)
    own = LEAST + (MOST - LEAST) * min(max(longer, 0.0), 1.0)
    return own * quote + (1 - own) * around


def likeness(wanted: Wanted, words: Words, place: Aligned) -> float:
    """Return how much alike a quote and the words at a place are, from 0 to 1.

    Of a quote of which a part was cut, what is left counts, fully where that is two thirds.
    """
    (first, first_there), (last, last_there) = place.matched[0], place.matched[-1]
    whole = similar_words(wanted.quote, words.some(place.first, place.last))
    core = similar_words(wanted.words[first : last + 1], words.some(first_there, last_there + 1))
    left = (last + 1 - first) / wanted.length
    part: float = core * min(left / MOST_LEFT, 1.0)
    return max(whole, part)


def told(wanted: Wanted, words: Words, place: Aligned) -> float:
    """Return how much of what a quote's words tell is told at a place, from 0 to 1.

    Common words tell little: “Guest: Ida Brandt” is not “Guest: Max Weber”, changed.
    """
    own, there = {one for one, _ in place.matched}, {other for _, other in place.matched}
    rest = [index for index in range(wanted.first, wanted.last) if index not in own]
    alike = similar_words(
        [wanted.words[index] for index in rest],
        [words.word(index) for index in range(place.first, place.last) if index not in there],
    )
    missing = sum(wanted.bits[index] for index in rest) / sum(wanted.bits[wanted.first : wanted.last])
    return 1 - missing * (1 - alike)


def context(wanted: Wanted, words: Words, place: Aligned) -> float | None:
    """Return how much of what stood around a quote stands around a place, from 0 to 1; None of nothing."""
    before = range(wanted.first - 1, -1, -1)
    after = range(wanted.last, len(wanted.ids))
    begin, end = (
        max(place.first - len(before) - FURTHER, 0),
        min(place.last + len(after) + FURTHER, len(words)),
    )
    sides = [
        agreement(wanted, own, words, there)
        for own, there in ((before, range(place.first - 1, begin - 1, -1)), (after, range(place.last, end)))
        if own
    ]
    return sum(sides) / len(sides) if sides else None


def agreement(wanted: Wanted, own: range, words: Words, there: range) -> float:
    """Return how much of the words on one side of a quote stand on that side of a place, from 0 to 1.

    Args:
        wanted: The quote.
        own: Which of its words, outwards.
        words: The text's.
        there: Which of those, outwards.
    """
    from rapidfuzz.distance import Levenshtein

    own_ids, ids = [wanted.ids[index] for index in own], [words.ids[index] for index in there]
    bits = [wanted.bits[index] for index in own]

    def found(among: list[int]) -> float:
        blocks = Levenshtein.editops(own_ids, among).as_matching_blocks()
        return sum(sum(bits[block.a : block.a + block.size]) for block in blocks) / sum(bits)

    letters = similar_words([wanted.words[index] for index in own], map(words.word, there[: len(own)]))
    return max(letters, found(ids[: len(own) + NEXT]), FURTHER_COUNTS * found(ids))


def similar_words(one: Iterable[str], other: Iterable[str]) -> float:
    """Return how much alike two sequences of words are, from 0 to 1."""
    return similarity(" ".join(one), " ".join(other))


def similarity(one: str, other: str) -> float:
    """Return how much alike two texts are, from 0 to 1: what share needs no edit (Levenshtein)."""
    # Loaded here: a text that did not change needs no comparing.
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(one, other)
