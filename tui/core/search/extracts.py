"""Where the words of a query stand in a text, and the piece of the text that shows them best.

The text is cut as the index was (``core.search.tokens``), so what matched is what is marked. Only pieces that
hold the letters of a word are cut: a section may be a whole transcript.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tui.core.folding import Folded, fold
from tui.core.search.query import Words, as_in_text
from tui.core.search.tokens import Token, tokens_of

EXTRACT_CHARS = 160
"""How long an extract is, in characters, dots aside."""

LEAD_CHARS = 40
"""How much of it stands before the first mark; of a short one, a quarter at most."""

WORD_REACH = 20
"""How far an end is moved to fall between two words, in characters; of a short extract, an eighth of it."""

PIECE_CHARS = 2_000
"""Longer lines are cut in parts: a paragraph may be a whole transcript."""

PHRASE_CHARS = 500
"""How far a phrase may reach beyond the part in which it begins."""

WORD_CHARS = 200
"""No word is longer; scripts without blanks can be cut anywhere."""

MOST_MARKS = 500
"""Of so many marks in a text the best piece is chosen."""

Spans = tuple[tuple[int, int], ...]
"""Marks in a text: first character and one past the last, in order, apart from each other."""

HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or phrase of a query in a text."""

    start: int
    end: int
    leaf: int
    """Which of the words and phrases it is."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A piece of a text, on one line."""

    text: str
    spans: Spans
    """What is marked in it, in characters of ``text``."""

    at: int | None = None
    """Where the first mark in it begins in the text that it is a piece of; None without marks."""


def in_text(wanted: Iterable[Words]) -> tuple[Words, ...]:
    """Return the words of a query that are looked for in the text of sections."""
    return tuple(as_in_text(leaf) for leaf in wanted if leaf.field is None)


def in_headings(wanted: Iterable[Words]) -> tuple[Words, ...]:
    """Return the words of a query that are looked for in headings."""
    return tuple(leaf for leaf in wanted if leaf.field in (None, HEADING))


def marks(text: str, wanted: Sequence[Words]) -> Iterator[Mark]:
    """Yield where words and phrases stand in a text, piece by piece; those of one piece in no certain order.

    Args:
        text: A section's, a block's or a heading.
        wanted: What is looked for; its fields are not looked at.
    """
    for start, end, reach in pieces(text) if wanted else ():
        folded = fold(text[start:reach])
        fitting = [(number, leaf) for number, leaf in enumerate(wanted) if may_be_in(folded, leaf)]
        if fitting:
            yield from (mark for mark in piece_marks(folded, fitting, start) if mark.start < end)


def pieces(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield the pieces of a text that are cut by themselves: lines, and the parts of long ones.

    Each is its first character, one past its last, and how far a phrase that begins in it may reach.
    """
    start = 0
    while start < len(text):
        line_end = text.find("\n", start)
        line_end = len(text) if line_end < 0 else line_end
        end = next_blank(text, start + PIECE_CHARS, line_end)
        yield start, end, next_blank(text, end + PHRASE_CHARS, line_end)
        start = end + 1 if end == line_end else end


def next_blank(text: str, at: int, end: int) -> int:
    """Return the next blank from a character on, not too far away; else where it may be cut anyway."""
    if at >= end:
        return end
    found = text.find(" ", at, min(at + WORD_CHARS, end))
    return found if found >= 0 else min(at + WORD_CHARS, end)


def may_be_in(folded: Folded, leaf: Words) -> bool:
    """Say whether a folded text has the letters of all words of a leaf."""
    return all(token in folded.text for token in leaf.tokens)


def piece_marks(folded: Folded, wanted: Iterable[tuple[int, Words]], at: int) -> Iterator[Mark]:
    """Yield where numbered words and phrases stand in a piece that begins at a character of its text."""
    found = tokens_of(folded)
    by_text: dict[str, list[int]] = {}
    for number, token in enumerate(found):
        by_text.setdefault(token.text, []).append(number)
    known = sorted(by_text)
    for leaf_number, leaf in wanted:
        for first, last in leaf_places(leaf, found, by_text, known):
            yield Mark(at + found[first].start, at + found[last].end, leaf_number)


def leaf_places(
    leaf: Words, found: Sequence[Token], by_text: dict[str, list[int]], known: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each place where a word or phrase stands."""
    *first, last = leaf.tokens
    for text in beginnings(known, last) if leaf.is_prefix else [last]:
        for end in by_text.get(text, ()):
            begin = end - len(first)
            if begin >= 0 and all(found[begin + step].text == token for step, token in enumerate(first)):
                yield begin, end


def beginnings(known: Sequence[str], prefix: str) -> list[str]:
    """Return the sorted words that begin with a prefix."""
    fitting = []
    for number in range(bisect_left(known, prefix), len(known)):
        if not known[number].startswith(prefix):
            break
        fitting.append(known[number])
    return fitting


def spans_of(found: Iterable[Mark]) -> Spans:
    """Return marks as spans in order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((mark.start, mark.end) for mark in found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def extract(text: str, wanted: Sequence[Words], chars: int = EXTRACT_CHARS) -> Extract:
    """Return the piece of a text that shows most of a query, cut between words, line breaks as blanks.

    Args:
        text: A section's text.
        wanted: The words and phrases; where there are none of them the piece is the text's beginning.
        chars: How long the piece may be, in characters, dots at its ends aside.
    """
    found = sorted(islice(marks(text, wanted), MOST_MARKS), key=lambda mark: mark.start)
    start = piece_start(text, found, chars)
    end = len(text) if len(text) - start <= chars else between_words(text, start + chars, -1, chars)
    piece = text[start:end].replace("\n", " ")
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    inside = [mark for mark in found if mark.start < end and mark.end > start]
    spans = tuple((max(first, start) + shift, min(last, end) + shift) for first, last in spans_of(inside))
    return Extract(f"{before}{piece}{after}", spans, inside[0].start if inside else None)


def piece_start(text: str, found: Sequence[Mark], chars: int) -> int:
    """Return where the piece of a text begins that shows most of a query; the first of equals.

    Pieces with more of its words are better, then those with more marks.
    """
    lead = min(LEAD_CHARS, chars // 4)
    room = max(chars - lead, 1)
    best, most, last = 0, (0, 0), 0
    counts: dict[int, int] = {}
    for first, mark in enumerate(found):
        while last < len(found) and (last <= first or found[last].end <= mark.start + room):
            counts[found[last].leaf] = counts.get(found[last].leaf, 0) + 1
            last += 1
        worth = (len(counts), last - first)
        if worth > most:
            best, most = mark.start, worth
        counts[mark.leaf] -= 1
        if not counts[mark.leaf]:
            del counts[mark.leaf]
    start = max(0, min(best - lead, len(text) - chars))
    return min(between_words(text, start, 1, chars), best) if start else 0


def between_words(text: str, at: int, step: int, chars: int) -> int:
    """Return a place near a character where a word begins (step 1) or ends (-1), if there is one.

    Args:
        text: What is cut.
        at: Where it would be cut.
        step: Which way another place is looked for.
        chars: How long the piece is.
    """
    for distance in range(min(WORD_REACH, chars // 8)):
        place = at + step * distance
        if 0 < place < len(text) and text[place - 1 if step > 0 else place].isspace():
            return place
    return at
