"""Finding a stretch of an episode again after its text was edited.

The scoring of a candidate is that of Hypothesis' client (``anchoring/match-quote.ts``): the quote counts
50, what stands before and after it 20 each, its position 2.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.core.notebook.text import HEADING_BLOCK, EpisodeText
from tui.core.notebook.values import Anchor

if TYPE_CHECKING:
    from tui.core.stretches import Stretch

BEFORE, AFTER, POSITION = 20.0, 20.0, 2.0
"""What the prefix, the suffix and the position count for."""

MOST_OCCURRENCES = 10_000
"""How many occurrences of one quote are looked at."""


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


def spans_of(
    anchors: Sequence[Anchor], text: EpisodeText, *, is_same: bool = False
) -> list[tuple[int, int] | None]:
    """Return for each anchor from which character up to which its words stand, headings included."""
    return [_span(anchor, text, is_same=is_same) for anchor in anchors]


def quotable(text: EpisodeText, start: int, end: int) -> "Stretch | None":
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


def _span(anchor: Anchor, text: EpisodeText, *, is_same: bool) -> tuple[int, int] | None:
    if not anchor.exact.strip():
        return None
    if is_same and text.text[anchor.start : anchor.end] == anchor.exact:
        return anchor.start, anchor.end
    spots = _occurrences(anchor.exact, text.text)
    found = max(spots, key=lambda at: _score(anchor, text.text, at), default=None)
    return None if found is None else (found, found + len(anchor.exact))


def _occurrences(exact: str, text: str) -> Iterator[int]:
    at = text.find(exact)
    for _ in range(MOST_OCCURRENCES):
        if at < 0:
            return
        yield at
        at = text.find(exact, at + 1)


def _score(anchor: Anchor, text: str, at: int) -> float:
    # Loaded here: a text that did not change needs no comparing.
    from rapidfuzz.fuzz import ratio

    end = at + len(anchor.exact)
    before = text[max(at - len(anchor.prefix), 0) : at]
    after = text[end : end + len(anchor.suffix)]
    position = 1 - abs(at - anchor.start) / max(len(text), 1)
    score = BEFORE * (ratio(anchor.prefix, before) / 100 if anchor.prefix else 1.0)
    score += AFTER * (ratio(anchor.suffix, after) / 100 if anchor.suffix else 1.0)
    return score + POSITION * max(position, 0.0)
