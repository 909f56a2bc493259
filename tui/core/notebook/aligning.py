"""A quote's words laid against those of a text: where they match best, and from which word to which.

The words before and after the quote take part, so that a short quote is held by what surrounds it and
the ends of a changed one are known. Word against word, the alignment is Levenshtein's (rapidfuzz); of
its matches the best run counts, as in the local alignment of Smith and Waterman (1981), with a
logarithmic price for gaps.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from tui.core.notebook.values import CONTEXT, Anchor
from tui.core.notebook.words import Words, folded_words, word_spans

GAP_BITS = 2.0
"""What a gap of one word between two matches costs, in bits; every doubling costs as much again."""

ALIKE = 0.6
"""How much alike an unmatched word at the end of a quote and one of the text must be to be the same one."""

Match = tuple[int, int]
"""A word of what is wanted, and the word of the text that it matches."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A quote's words and those around it, as a text numbers them."""

    words: list[str]
    ids: list[int]
    bits: list[float]
    """What each of them tells."""

    first: int
    """Which of them is the quote's first."""

    last: int
    """One past the quote's last."""

    starts_block: bool
    """Whether the quote began with its block."""

    ends_block: bool
    """Whether it ended with one."""

    @property
    def quote(self) -> list[str]:
        """The quote's own words."""
        return self.words[self.first : self.last]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Where a quote's words are found in a text."""

    first: int
    last: int
    """One past the last word."""

    kept: float
    """How much of what the quote's words tell is found, from 0 to 1."""


def wanted_of(anchor: Anchor, words: Words) -> Wanted | None:
    """Return the words of an anchor's quote and of its context; None if the quote has no words."""
    whole = anchor.prefix + anchor.exact + anchor.suffix
    start = len(anchor.prefix)
    spans = word_spans(whole)
    first = bisect_right(spans, start, key=lambda span: span[1])
    last = bisect_left(spans, start + len(anchor.exact), key=lambda span: span[0])
    if first >= last:
        return None
    # Where the context was cut off it may begin and end with parts of words.
    begin = 1 if first > 0 and len(anchor.prefix) >= CONTEXT else 0
    end = len(spans) - (1 if last < len(spans) and len(anchor.suffix) >= CONTEXT else 0)
    texts = folded_words(whole)[begin:end]
    ids = [words.number(text) for text in texts]
    return Wanted(
        texts,
        ids,
        [words.bits(number) for number in ids],
        first - begin,
        last - begin,
        not anchor.prefix or anchor.prefix.endswith("\n"),
        not anchor.suffix or anchor.suffix.startswith("\n"),
    )


def aligned(wanted: Wanted, words: Words, begin: int, end: int) -> Aligned | None:
    """Return where a quote stands among some words of a text; None if it does not.

    Args:
        wanted: What is looked for.
        words: The text's.
        begin: The first word that is looked at.
        end: One past the last.
    """
    run = best_run(matches(wanted.ids, words.ids[begin:end].tolist(), begin), wanted.bits)
    inside = [match for match in run if wanted.first <= match[0] < wanted.last]
    if not inside:
        return None
    before = [match for match in run if match[0] < wanted.first]
    after = [match for match in run if match[0] >= wanted.last]
    first = _head(wanted, words, inside[0], before[-1] if before else None, begin)
    last = _tail(wanted, words, inside[-1], after[0] if after else None, end)
    whole = sum(wanted.bits[wanted.first : wanted.last])
    return Aligned(first, last, sum(wanted.bits[own] for own, _ in inside) / whole)


def matches(ids: Sequence[int], there: Sequence[int], begin: int) -> list[Match]:
    """Return which words match, in their order; those of the text counted from ``begin``."""
    # Loaded here: a text that did not change needs no comparing.
    from rapidfuzz.distance import Levenshtein

    blocks = Levenshtein.editops(ids, there).as_matching_blocks()
    return [(block.a + at, begin + block.b + at) for block in blocks for at in range(block.size)]


def best_run(found: Sequence[Match], bits: Sequence[float]) -> Sequence[Match]:
    """Return the neighbouring matches that tell most after the gaps between them are paid for."""
    best, best_start, best_end = 0.0, 0, 0
    score, start = 0.0, 0
    for index, (own, there) in enumerate(found):
        if index:
            gap = max(own - found[index - 1][0], there - found[index - 1][1]) - 1
            score -= GAP_BITS * log2(1 + gap)
        if score <= 0:
            score, start = 0.0, index
        score += bits[own]
        if score > best:
            best, best_start, best_end = score, start, index + 1
    return found[best_start:best_end]


def _head(wanted: Wanted, words: Words, inside: Match, before: Match | None, begin: int) -> int:
    """Return the quote's first word in the text, from its first match on backwards."""
    own, there = inside
    unmatched = wanted.words[wanted.first : own][::-1]
    around = None if before is None else wanted.first - 1 - before[0]
    gap_start = max(begin if before is None else before[1] + 1, there - 2 * len(unmatched) - 2)
    border = words.piece_at(there) if wanted.starts_block else None
    to_border = there - border if border is not None and border >= gap_start else None
    gap = [words.word(index) for index in range(there - 1, gap_start - 1, -1)]
    return there - _taken(unmatched, gap, around, to_border)


def _tail(wanted: Wanted, words: Words, inside: Match, after: Match | None, end: int) -> int:
    """Return one past the quote's last word in the text, from its last match on."""
    own, there = inside
    unmatched = wanted.words[own + 1 : wanted.last]
    around = None if after is None else after[0] - wanted.last
    gap_end = min(end if after is None else after[1], there + 3 + 2 * len(unmatched))
    border = words.piece_end(there) if wanted.ends_block else None
    to_border = border - there - 1 if border is not None and border <= gap_end else None
    gap = [words.word(index) for index in range(there + 1, gap_end)]
    return there + 1 + _taken(unmatched, gap, around, to_border)


def _taken(unmatched: list[str], gap: list[str], around: int | None, to_border: int | None) -> int:
    """Return how many words beyond the outermost match are the quote's, changed.

    Args:
        unmatched: The quote's words beyond that match, outwards.
        gap: The text's, up to where what stood around the quote begins.
        around: How many words stood between the quote and the nearest of those; None without any.
        to_border: How many of the gap's words stand before the block's border, where the quote had one there.
    """
    from rapidfuzz.distance import Levenshtein

    if not unmatched:
        return 0
    if to_border is not None:
        return to_border
    whole = " ".join(unmatched)
    likeness = [
        Levenshtein.normalized_similarity(whole, " ".join(gap[:count])) for count in range(1, len(gap) + 1)
    ]
    if likeness and max(likeness) >= ALIKE:
        return likeness.index(max(likeness)) + 1
    if around is None:
        return min(len(unmatched), len(gap))
    return round(len(gap) * len(unmatched) / (len(unmatched) + around))
