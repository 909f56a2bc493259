"""Finding a stretch of an episode again after its text was edited.

First it is looked for as it was, between the characters that stood around it. What is not there any more
is looked for by its words and theirs (``words``, ``seeding``, ``aligning``), and every place that may be
the one is weighed (``weighing``); where too little speaks for the best, the stretch has lost its place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from tui.core.folding import fold
from tui.core.notebook.aligning import Aligned, aligned
from tui.core.notebook.seeding import windows_of
from tui.core.notebook.text import HEADING_BLOCK, EpisodeText
from tui.core.notebook.values import CONTEXT, Anchor
from tui.core.notebook.wanted import Wanted, wanted_of
from tui.core.notebook.weighing import similarity, strength, strength_of_signs

if TYPE_CHECKING:
    from tui.core.stretches import Stretch

ENOUGH = 0.63
"""How much must speak for a place, from 0 to 1: chosen so that a wrong one is rarer than one in 200."""

MOST_OCCURRENCES = 32
"""How many occurrences of one quote are compared: the first, and the first near where it stood."""

MOST_SECTIONS = 3
"""How many sections of the same heading are searched one by one, the nearest first."""

QUICK = 1_000_000
"""Characters of a text that are searched for an unchanged quote; in the rest its words find it."""

AROUND = 20_000
"""How many characters before where a quote stood its occurrences are near."""

SHORT = 8
"""Up to how many words a quote's occurrences are all looked at."""

SURE = 32
"""How many characters a quote must have to be found by itself where nothing stood before or after it."""

LONGEST = 20_000
"""Characters up to which a quote is compared as a whole."""

END = 2_000
"""How many characters of the beginning and of the end of a longer one are."""

MORE_SIGNS = 3
"""How many signs more than a quote had at its end may be its own: three dots for an ellipsis."""

HINT = 0.01
"""What a place's nearness to where the quote stood counts beside its strength: it decides between equals."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where a quote may stand."""

    span: Span
    strength: float
    """How much speaks for it, from 0 to 1."""

    nearness: float
    """How near it is to where the quote stood, from 0 to 1."""


def locate(anchor: Anchor, text: EpisodeText, *, is_same: bool = False) -> "Stretch | None":
    """Return where a stretch stands now; None if it lost its place.

    Args:
        anchor: How it is found again.
        text: The text as it is now.
        is_same: Whether the episode is, byte for byte, the one in which the anchor was made.
    """
    return locate_all([anchor], text, is_same=is_same)[0]


def locate_all(
    anchors: Sequence[Anchor], text: EpisodeText, *, is_same: bool = False
) -> "list[Stretch | None]":
    """Return for each of many anchors what ``locate`` returns."""
    spans = spans_of(anchors, text, is_same=is_same)
    return [None if span is None else quotable(text, *span) for span in spans]


def quotable(text: EpisodeText, start: int, end: int) -> "Stretch | None":
    """Return the stretch between two characters, less what can't be quoted at its ends; None if that is all.

    That are headings, and blocks without text.
    """
    blocks = [
        (begin, begin + length)
        for begin, (_, block, length) in text.pieces(start, end)
        if block != HEADING_BLOCK and length and begin < end and start < begin + length
    ]
    if not blocks:
        return None
    return text.stretch(max(start, blocks[0][0]), min(end, blocks[-1][1]))


def spans_of(anchors: Sequence[Anchor], text: EpisodeText, *, is_same: bool = False) -> list[Span | None]:
    """Return for each anchor from which character up to which its words stand, headings included."""
    found = [unchanged(anchor, text, is_same=is_same) for anchor in anchors]
    changed = [number for number, span in enumerate(found) if span is None and anchors[number].exact.strip()]
    short = [number for number in changed if len(anchors[number].exact) <= LONGEST]
    for number, candidates in zip(short, candidates_of([anchors[one] for one in short], text), strict=True):
        found[number] = best(candidates)
    for number in {*changed}.difference(short):
        found[number] = between_ends(anchors[number], text)
    return found


def between_ends(anchor: Anchor, text: EpisodeText) -> Span | None:
    """Return where a very long quote stands, by its beginning and its end alone."""
    exact = anchor.exact
    head = replace(anchor, exact=exact[:END], suffix=exact[END : END + CONTEXT])
    tail = replace(anchor, exact=exact[-END:], prefix=exact[-END - CONTEXT : -END], start=anchor.end - END)
    first, last = spans_of([head, tail], text)
    if first and last and len(exact) / 2 <= last[1] - first[0] <= 2 * len(exact):
        return first[0], last[1]
    return None


def unchanged(anchor: Anchor, text: EpisodeText, *, is_same: bool) -> Span | None:
    """Return where a quote stands as it did, between what stood around it; the nearest of several.

    It is looked for where it stood, then in the sections of its section's heading, then, if that does not
    take long, everywhere.
    """
    if not anchor.exact.strip():
        return None
    if is_same and text.has(anchor.exact, anchor.start):
        return anchor.start, anchor.start + len(anchor.exact)
    if len(anchor.exact) < SURE and not (anchor.prefix and anchor.suffix):
        return None
    whole, before = anchor.prefix + anchor.exact + anchor.suffix, len(anchor.prefix)
    if anchor.start >= before and text.has(whole, anchor.start - before):
        return anchor.start, anchor.start + len(anchor.exact)
    ranges = [text.section_span(ordinal) for ordinal in text.same_headings(anchor.heading, anchor.section)]
    for begin, end in [*ranges[:MOST_SECTIONS], (0, min(text.length, QUICK))]:
        spots = occurrences(whole, text.text, anchor.start, (max(begin - CONTEXT, 0), end + CONTEXT))
        if spots:
            start = before + max(spots, key=lambda at: nearness(anchor, text, at + before))
            return start, start + len(anchor.exact)
    return None


def occurrences(quote: str, text: str, near: int, within: Span) -> list[int]:
    """Return where a quote begins within a text; of many, the first ones and some near a place."""
    begin, end = within
    first = list(islice(_occurrences(quote, text, begin, end), MOST_OCCURRENCES))
    if len(first) < MOST_OCCURRENCES:
        return first
    others = _occurrences(quote, text, max(near - AROUND, begin), end)
    return sorted({*first, *islice(others, MOST_OCCURRENCES)})


def _occurrences(quote: str, text: str, at: int, end: int) -> Iterator[int]:
    at = text.find(quote, at, end)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1, end)


def nearness(anchor: Anchor, text: EpisodeText, at: int) -> float:
    """Return how near a character is to where a quote stood, from 0 to 1.

    First by its section's heading, then by which of the sections of that heading it is, then by its position.
    """
    section = text.episode.sections[text.place(at).section]
    near = 1 - min(abs(at - anchor.start) / max(text.length, 1), 1.0)
    if section.title == anchor.heading:
        near += 1 + (section.ordinal == anchor.section)
    return near / 3


def candidates_of(anchors: Sequence[Anchor], text: EpisodeText) -> Iterator[list[Candidate]]:
    """Yield for each anchor the places where its quote may stand."""
    if not anchors:
        return
    wanted = [wanted_of(anchor, text.words) for anchor in anchors]
    windows = iter(windows_of([each for each in wanted if each], text.words))
    for anchor, each in zip(anchors, wanted, strict=True):
        places = of_words(anchor, each, text, next(windows)) if each else of_signs(anchor, text)
        yield [] if is_anywhere(anchor, text) else list(places)


def is_anywhere(anchor: Anchor, text: EpisodeText) -> bool:
    """Say whether a short quote, of which nothing tells what stood around it, stands in several places."""
    has_context = anchor.prefix or anchor.suffix
    return not has_context and len(anchor.exact) < SURE and text.text.count(anchor.exact) > 1


def of_signs(anchor: Anchor, text: EpisodeText) -> Iterator[Candidate]:
    """Yield the occurrences of a quote that has no words."""
    for at in occurrences(anchor.exact, text.text, anchor.start, (0, text.length)):
        end = at + len(anchor.exact)
        before = text.text[max(at - len(anchor.prefix), 0) : at]
        speaks = strength_of_signs(anchor, before, text.text[end : end + len(anchor.suffix)])
        yield Candidate((at, end), speaks, nearness(anchor, text, at))


def of_words(
    anchor: Anchor, wanted: Wanted, text: EpisodeText, windows: Sequence[Span]
) -> Iterator[Candidate]:
    """Yield the places where most of a quote's words stand, and the occurrences of a short or common one."""
    seen: list[Aligned] = []
    for window in windows:
        place = aligned(wanted, text.words, *window)
        # What a likelier window holds is there as a whole, and may be cut off in this one.
        if place is not None and not any(place.touches(other) for other in seen):
            seen.append(place)
            yield candidate(anchor, wanted, text, place, characters(wanted, text, place))
    if not windows or (wanted.length <= SHORT and text.length <= QUICK):
        for at in occurrences(anchor.exact, text.text, anchor.start, (0, text.length)):
            span = at, at + len(anchor.exact)
            there = text.words.between(*span)
            matched = [*zip(range(wanted.first, wanted.last), range(*there), strict=False)]
            # An accent alone, say, is part of a word in one place and of none in another.
            if matched:
                yield candidate(anchor, wanted, text, Aligned(*there, matched), span)


def candidate(anchor: Anchor, wanted: Wanted, text: EpisodeText, place: Aligned, span: Span) -> Candidate:
    """Return a place with what speaks for it."""
    speaks = strength(anchor, wanted, text.words, place, text.text[slice(*span)])
    return Candidate(span, speaks, nearness(anchor, text, span[0]))


def characters(wanted: Wanted, text: EpisodeText, place: Aligned) -> Span:
    """Return the characters of a place: its words, and the signs beside them that the quote had.

    A quote that began or ended inside a word does so again where that is the same word.
    """
    words, lead, trail = text.words, wanted.lead, wanted.trail
    (begin, start), (end, until) = words.gap(place.first), words.gap(place.last)
    head = text.text[max(begin, start - len(lead) - MORE_SIGNS) : start]
    tail = text.text[end : min(until, end + len(trail) + MORE_SIGNS)]
    first, last = wanted.skipped
    if first and words.word(place.first) == wanted.words[wanted.first]:
        start = min(start + first, end - 1)
    if last and words.word(place.last - 1) == wanted.words[wanted.last - 1]:
        end = max(end - last, start + 1)
    return start - signs(lead[::-1], head[::-1]), end + signs(trail, tail)


def signs(wanted: str, there: str) -> int:
    """Return how many of the signs beside a word are those that are wanted, in another form perhaps."""
    if not wanted:
        return 0
    folded = fold(wanted).text
    if not wanted[0].isspace():
        there = "".join(takewhile(lambda sign: not sign.isspace(), there))
    likeness = {count: similarity(folded, fold(there[:count]).text) for count in range(len(there) + 1)}
    return max(likeness, key=lambda count: (likeness[count], -abs(count - len(wanted))))


def best(candidates: Sequence[Candidate]) -> Span | None:
    """Return the place for which most speaks, if it is enough."""
    strong = [each for each in candidates if each.strength >= ENOUGH]
    chosen = max(strong, key=lambda each: each.strength + HINT * each.nearness, default=None)
    return chosen.span if chosen else None
