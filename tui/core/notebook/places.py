"""Places that are kept: bookmarks, letters, and where reading was left."""

from tui.core.episode import Episode, Place
from tui.core.notebook.anchoring import spans_of
from tui.core.notebook.text import HEADING_BLOCK, EpisodeText
from tui.core.notebook.values import CONTEXT, Anchor

LONGEST_EXACT = 120
"""How many characters of what stands at a place are kept, at most."""


def place_anchor(text: EpisodeText, place: Place) -> Anchor:
    """Return how a place is found again: by what is left of its heading or block from there on.

    That is empty for the title above everything, and where there are no words.
    """
    if place <= Place():
        return Anchor("")
    start = text.offset(place)
    number = text.number_at(start)
    end = min(text.starts[number] + text.places[number][2], start + LONGEST_EXACT) if text.starts else start
    sections = text.episode.sections
    section = min(max(place.section, 0), len(sections) - 1)
    return Anchor(
        text.text[start:end],
        text.text[max(start - CONTEXT, 0) : start],
        text.text[end : end + CONTEXT],
        start,
        end,
        section,
        sections[section].title,
    )


def place_of(
    anchor: Anchor, text: EpisodeText, *, is_same: bool = False, share: float | None = None
) -> Place:
    """Return where a place is now: at its words, else in its section, else as far down the text.

    Args:
        anchor: How the place is found again.
        text: The text as it is now.
        is_same: Whether the episode is, byte for byte, the one in which the anchor was made.
        share: How much of the text lay before the place, from 0 to 1, where that is known.
    """
    if not (anchor.exact or anchor.prefix or anchor.suffix or anchor.start):
        return Place()
    (span,) = spans_of([anchor], text, is_same=is_same)
    if span is not None:
        return text.place(span[0])
    section = _section(anchor, text.episode)
    if section is not None:
        return Place(section, HEADING_BLOCK if anchor.heading else 0)
    at = anchor.start if share is None else round(share * len(text.text))
    block = text.place(min(max(at, 0), max(len(text.text) - 1, 0)))
    return Place(block.section, block.block)


def _section(anchor: Anchor, episode: Episode) -> int | None:
    """Return the section of the same heading, of several the nearest; None if there is none."""
    same = (section.ordinal for section in episode.sections if section.title == anchor.heading)
    return min(same, key=lambda ordinal: abs(ordinal - anchor.section), default=None)
