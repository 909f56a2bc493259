"""Finding a stretch of an episode again after its text was edited.

The scoring of a candidate is that of Hypothesis' client (``anchoring/match-quote.ts``): the quote counts
50, what stands before and after it 20 each, its position 2; here its section counts 2 as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tui.core.notebook.aligning import Wanted, aligned, wanted_of
from tui.core.notebook.seeding import windows_of
from tui.core.notebook.text import HEADING_BLOCK, EpisodeText
from tui.core.notebook.values import Anchor
from tui.core.folding import fold
from tui.core.notebook.words import word_spans
from tui.core.stretches import Stretch

QUOTE, CONTEXT_SIDE, POSITION, SECTION = 50.0, 20.0, 2.0, 2.0
"""What the quote, each side of its context, its position and its section count for."""

MOST_OCCURRENCES = 200
"""How many occurrences of one quote are compared."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a quote may stand, and what speaks for it, each from 0 to 1."""

    start: int
    end: int
    quote: float
    """How much alike the words are."""

    kept: float
    before: float | None
    after: float | None
    position: float
    section: float

    @property
    def score(self) -> float:
        """How good it is, from 0 to 1."""
        before = 1.0 if self.before is None else self.before
        after = 1.0 if self.after is None else self.after
        total = QUOTE * self.quote + CONTEXT_SIDE * (before + after)
        total += POSITION * self.position + SECTION * self.section
        return total / (QUOTE + 2 * CONTEXT_SIDE + POSITION + SECTION)


def locate(anchor: Anchor, text: EpisodeText, *, is_same: bool = False) -> Stretch | None:
    """Return where a stretch stands now; None if it lost its place.

    Args:
        anchor: How it is found again.
        text: The text as it is now.
        is_same: Whether the episode is, byte for byte, the one in which the anchor was made.
    """
    return locate_all([anchor], text, is_same=is_same)[0]


def locate_all(
    anchors: Sequence[Anchor], text: EpisodeText, *, is_same: bool = False
) -> list[Stretch | None]:
    """Return for each of many anchors what ``locate`` returns."""
    spans = spans_of(anchors, text, is_same=is_same)
    return [None if span is None else quotable(text, *span) for span in spans]


def quotable(text: EpisodeText, start: int, end: int) -> Stretch | None:
    """Return the stretch between two characters, less headings at its ends; None if that is all."""
    number = text.number_at(start)
    while number < len(text.starts) and start < end:
        _, block, length = text.places[number]
        if block != HEADING_BLOCK and start < text.starts[number] + length:
            break
        number += 1
        start = text.starts[number] if number < len(text.starts) else end
    number = text.number_at(max(end - 1, 0))
    while number >= 0 and start < end:
        _, block, length = text.places[number]
        if block != HEADING_BLOCK and length and text.starts[number] < end:
            return text.stretch(start, min(end, text.starts[number] + length))
        number -= 1
        end = min(end, text.starts[number + 1])
    return None


def spans_of(anchors: Sequence[Anchor], text: EpisodeText, *, is_same: bool = False) -> list[Span | None]:
    """Return for each anchor from which character up to which its words stand, headings included."""
    found: list[Span | None] = []
    for anchor in anchors:
        found.append(unchanged(anchor, text, is_same=is_same))
    changed = [number for number, span in enumerate(found) if span is None and anchors[number].exact.strip()]
    for number, candidates in zip(changed, candidates_of([anchors[n] for n in changed], text), strict=True):
        found[number] = chosen(anchors[number], candidates)
    return found


def unchanged(anchor: Anchor, text: EpisodeText, *, is_same: bool) -> Span | None:
    whole = anchor.prefix + anchor.exact + anchor.suffix
    if not anchor.exact.strip():
        return None
    if is_same and text.text[anchor.start : anchor.end] == anchor.exact:
        return anchor.start, anchor.end
    spots = list(occurrences(whole, text.text, anchor.start))
    if not spots:
        return None
    if not anchor.prefix or not anchor.suffix:
        if len(spots) > 1 or len(anchor.exact) < 32:
            return None
    best = min(spots, key=lambda at: (-_section_of(text, at + len(anchor.prefix), anchor), abs(at + len(anchor.prefix) - anchor.start)))
    start = best + len(anchor.prefix)
    return start, start + len(anchor.exact)


def _section_of(text, at, anchor) -> float:
    section = text.episode.sections[text.place(at).section]
    same = section.title == anchor.heading
    return 0.75 * same + 0.25 * (section.ordinal == anchor.section)


def occurrences(needle: str, text: str, near: int) -> list[int]:
    found = _from(needle, text, 0)
    if len(found) == MOST_OCCURRENCES:
        found = sorted({*found, *_from(needle, text, max(near - 50_000, 0))}, key=lambda at: abs(at - near))[:MOST_OCCURRENCES]
    return found


def _from(needle, text, at) -> list[int]:
    found = []
    at = text.find(needle, at)
    while at >= 0 and len(found) < MOST_OCCURRENCES:
        found.append(at)
        at = text.find(needle, at + 1)
    return found


def candidates_of(anchors, text: EpisodeText) -> list[list[Candidate]]:
    words = text.words
    wanted = [wanted_of(anchor, words) for anchor in anchors]
    known = [each for each in wanted if each is not None]
    windows = iter(windows_of(known, words))
    result = []
    for anchor, each in zip(anchors, wanted, strict=True):
        found: dict[Span, Candidate] = {}
        for at in occurrences(anchor.exact, text.text, anchor.start):
            span = at, at + len(anchor.exact)
            if each is None:
                found[span] = plain_candidate(anchor, text, span)
            else:
                first = words.index_at(at)
                last = words.index_at(span[1] - 1) + 1
                found[span] = candidate(anchor, each, text, first, last, 1.0, span)
        if each is not None:
            for window in next(windows):
                place = aligned(each, words, *window)
                if place is not None and place.first < place.last:
                    span = characters(anchor, each, text, place.first, place.last)
                    if span not in found:
                        found[span] = candidate(anchor, each, text, place.first, place.last, place.kept, span)
        result.append(list(found.values()))
    return result


def candidate(anchor, wanted: Wanted, text: EpisodeText, first, last, kept, span) -> Candidate:
    from rapidfuzz.distance import Levenshtein

    words = text.words
    there = words.joined(first, last)
    quote = Levenshtein.normalized_similarity(" ".join(wanted.quote), there)
    quote = .95 * quote + .05 * Levenshtein.normalized_similarity(anchor.exact, text.text[span[0]:span[1]])
    n = wanted.first
    before = agreement(wanted, 0, wanted.first, words, max(first - n - 2, 0), first) if n else None
    m = len(wanted.ids) - wanted.last
    after = agreement(wanted, wanted.last, len(wanted.ids), words, last, min(last + m + 2, len(words.ids))) if m else None
    position = max(1 - abs(span[0] - anchor.start) / max(len(text.text), 1), 0)
    return Candidate(*span, quote, kept, before, after, position, _section_of(text, span[0], anchor))


def plain_candidate(anchor, text, span):
    from rapidfuzz.distance import Levenshtein
    before = Levenshtein.normalized_similarity(anchor.prefix, text.text[max(span[0]-len(anchor.prefix),0):span[0]]) if anchor.prefix else None
    after = Levenshtein.normalized_similarity(anchor.suffix, text.text[span[1]:span[1]+len(anchor.suffix)]) if anchor.suffix else None
    position = max(1 - abs(span[0] - anchor.start) / max(len(text.text), 1), 0)
    return Candidate(*span, 1.0, 1.0, before, after, position, _section_of(text, span[0], anchor))


def agreement(wanted, a, b, words, begin, end) -> float:
    from rapidfuzz.distance import Levenshtein
    there = words.ids[begin:end].tolist()
    own = wanted.ids[a:b]
    bits = wanted.bits[a:b]
    blocks = Levenshtein.editops(own, there).as_matching_blocks()
    share = sum(sum(bits[x.a:x.a+x.size]) for x in blocks) / sum(bits)
    at_end = a == 0
    cut = there[-len(own):] if at_end else there[:len(own)]
    char = Levenshtein.normalized_similarity(" ".join(wanted.words[a:b]), " ".join(words.numbers.words[n] for n in cut))
    return max(share, char)


def characters(anchor: Anchor, wanted: Wanted, text: EpisodeText, first: int, last: int) -> Span:
    """Return the characters from one word to another, with the signs at both ends that the quote had."""
    words, whole = text.words, text.text
    start, end = words.span(first)[0], words.span(last - 1)[1]
    own = word_spans(anchor.exact)
    lead, trail = anchor.exact[: own[0][0]], anchor.exact[own[-1][1] :]
    before = whole[max(start - len(lead) - 3, words.span(first - 1)[1] if first else 0) : start]
    after = whole[end : min(end + len(trail) + 3, words.span(last)[0] if last < len(words.ids) else len(whole))]
    return start - _signs(lead[::-1], before[::-1].split("\n")[0]), end + _signs(trail, after.split("\n")[0])


def _signs(wanted: str, there: str) -> int:
    """Return how many of the signs beside a word are those that are wanted, in another form perhaps."""
    from rapidfuzz.distance import Levenshtein

    if not wanted:
        return 0
    folded = fold(wanted).text
    likeness = {n: Levenshtein.normalized_similarity(folded, fold(there[:n]).text) for n in range(len(there) + 1)}
    return max(likeness, key=lambda n: (likeness[n], -abs(n - len(wanted))))


def chosen(anchor: Anchor, candidates: list[Candidate]) -> Span | None:
    best = max(candidates, key=lambda each: each.score, default=None)
    if best is None or best.score < 0.6:
        return None
    return best.start, best.end
