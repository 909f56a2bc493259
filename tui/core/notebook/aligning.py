"""A quote's words laid against those of a text: where they match best, and from which word to which.

The words before and after the quote take part, so that a short quote is held by what surrounds it and
the ends of a changed one are known. Word against word, the alignment is Levenshtein's (rapidfuzz); of
its matches the best run counts, as in local alignment (Smith and Waterman 1981), gaps priced by the
logarithm of their length.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import log2

from tui.core.notebook.wanted import Wanted
from tui.core.notebook.words import Words

GAP_BITS = 4.0
"""What a gap of one word between two matches costs, in bits; every doubling costs as much again."""

ALIKE = 0.6
"""How much alike words at the end of a quote and words of the text must be to be the same, changed."""

MOST_GUESSED = 6
"""How many changed words at an end are taken to be the quote's where nothing beyond them is known."""

NEAR, FURTHER = 2, 8
"""How many words more a quote's first or last sentence may have now, and how many where what stood next to it
is still there."""

Match = tuple[int, int]
"""A word of what is wanted, and the word of the text that it matches."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Where a quote's words are found in a text."""

    first: int
    last: int
    """One past the last word."""

    matched: Sequence[Match]
    """Those of the quote's own words that match, in order; never none."""

    def touches(self, other: "Aligned") -> bool:
        """Say whether two places have words in common."""
        return self.first < other.last and other.first < self.last


def aligned(wanted: Wanted, words: Words, begin: int, end: int) -> Aligned | None:
    """Return where a quote stands among some words of a text; None if it does not.

    Args:
        wanted: What is looked for.
        words: The text's.
        begin: The first word that is looked at.
        end: One past the last.
    """
    run = best_run(matches(wanted.ids, words.ids[begin:end].tolist(), begin), wanted.bits)
    # Once more of the quote's own: its first or last word, if it is a common one, may have matched far off.
    inside = best_run([match for match in run if wanted.first <= match[0] < wanted.last], wanted.bits)
    if not inside:
        return None
    (first, first_there), (last, last_there) = inside[0], inside[-1]
    before = next((match for match in reversed(run) if match[0] < wanted.first), None)
    after = next((match for match in run if match[0] >= wanted.last), None)
    head = _End(
        wanted.words[wanted.first : first][::-1],
        range(first_there - 1, begin - 1 if before is None else before[1], -1),
        None if before is None else wanted.first - 1 - before[0],
        sum(wanted.breaks[wanted.first : first + 1]) if wanted.breaks[wanted.first] else 0,
    )
    tail = _End(
        wanted.words[last + 1 : wanted.last],
        range(last_there + 1, end if after is None else after[1]),
        None if after is None else after[0] - wanted.last,
        sum(wanted.breaks[last + 1 : wanted.last + 1]) if wanted.breaks[wanted.last] else 0,
    )
    return Aligned(
        first_there - head.taken(words, lambda taken: words.is_break(first_there - taken)),
        last_there + 1 + tail.taken(words, lambda taken: words.is_break(last_there + 1 + taken)),
        inside,
    )


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
    last = found[0] if found else (0, 0)
    for index, match in enumerate(found):
        score -= GAP_BITS * log2(max(match[0] - last[0], match[1] - last[1], 1))
        if score <= 0:
            score, start = 0.0, index
        score += bits[match[0]]
        last = match
        if score > best:
            best, best_start, best_end = score, start, index + 1
    return found[best_start:best_end]


@dataclass(frozen=True, slots=True)
class _End:
    """What is known of one end of a quote beyond its outermost match; everything is told outwards."""

    unmatched: list[str]
    """The quote's words there."""

    gap: range
    """The text's words there, up to where what stood around the quote begins."""

    around: int | None
    """How many words stood between the quote and the nearest around it that is found; None without one."""

    breaks: int
    """How many sentences and blocks end there, the quote's last included; 0 if it ended inside one."""

    def taken(self, words: Words, is_break: Callable[[int], bool]) -> int:
        """Return how many words of the gap are the quote's, changed.

        Args:
            words: The text's.
            is_break: Whether a sentence or block ends where so many words are taken.
        """
        count = len(self.unmatched)
        most = min(len(self.gap), 2 * count + (FURTHER if self.around == 0 else NEAR))
        if count <= MOST_GUESSED:
            by_break = self._to_break(most, is_break)
            if by_break is not None:
                return by_break
            alike = self._alike([words.word(index) for index in self.gap[:most]])
            if alike:
                return alike
        if self.around is not None:
            most = min(most, 2 * count + NEAR)
            return round(most * count / max(count + self.around, 1))
        if count > MOST_GUESSED:
            return 0
        count = min(count, most)
        return next((taken for taken in range(count) if is_break(taken)), count)

    def _to_break(self, most: int, is_break: Callable[[int], bool]) -> int | None:
        """Return how many words there are to the end of the sentence with which the quote ended."""
        ends = (taken for taken in range(most + 1) if self.breaks and is_break(taken))
        return next(islice(ends, max(self.breaks - 1, 0), None), None)

    def _alike(self, gap: Sequence[str]) -> int:
        """Return how many words of the gap are most like the unmatched ones; 0 if none are."""
        from rapidfuzz.distance import Levenshtein

        own = " ".join(self.unmatched)
        likeness = {
            taken: Levenshtein.normalized_similarity(own, " ".join(gap[:taken]), score_cutoff=ALIKE)
            for taken in range(1, len(gap) + 1)
        }
        best = max(likeness, key=likeness.__getitem__, default=0)
        return best if self.unmatched and best and likeness[best] else 0
