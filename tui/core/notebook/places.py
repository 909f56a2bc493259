"""Places that are kept: bookmarks, letters, and where reading was left.

That is found before the first frame: what an episode that has not changed does not need is imported later.
"""

from tui.core.episode import Place
from tui.core.notebook.text import HEADING_BLOCK, EpisodeText
from tui.core.notebook.values import CONTEXT, Anchor

LONGEST_EXACT = 120
"""How many characters of what stands at a place are kept, at most."""


def place_anchor(text: EpisodeText, place: Place) -> Anchor:
    """Return how a place is found again: by what its heading or block says from there on.

    Of a place without words behind it in its block that is the next block; of the title above everything
    the anchor is empty.
    """
    if place <= Place() or not text.starts:
        return Anchor("")
    start = text.offset(place)
    for begin, (_, _, length) in text.pieces(start, text.length):
        start = max(start, begin)
        end = min(begin + length, start + LONGEST_EXACT)
        if text.between(start, end).strip():
            break
    else:
        end = start
    section = text.episode.sections[text.place(start).section]
    return Anchor(
        text.between(start, end),
        text.between(start - CONTEXT, start),
        text.between(end, end + CONTEXT),
        start,
        end,
        section.ordinal,
        section.title,
    )


def place_of(
    anchor: Anchor, text: EpisodeText, *, is_same: bool = False, share: float | None = None
) -> Place:
    """Return where a place is now: at its words, else in the section of its heading, else as far down.

    Args:
        anchor: How the place is found again.
        text: The text as it is now.
        is_same: Whether the episode is, byte for byte, the one in which the anchor was made.
        share: How much of the text lay before the place, from 0 to 1, where that is known.
    """
    if not anchor.exact and not anchor.start:
        return Place()
    if is_same and text.has(anchor.exact, anchor.start):
        return text.place(anchor.start)
    from tui.core.formats.draft import same_title
    from tui.core.notebook.anchoring import spans_of

    (span,) = spans_of([anchor], text, is_same=is_same)
    if span is not None:
        return text.place(span[0])
    same = [one.ordinal for one in text.episode.sections if same_title(one.title, anchor.heading)]
    if same:
        return Place(min(same, key=lambda ordinal: abs(ordinal - anchor.section)), HEADING_BLOCK)
    at = anchor.start if share is None else int(share * text.length)
    block = text.place(min(max(at, 0), text.length))
    return Place(block.section, block.block)
