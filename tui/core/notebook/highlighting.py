"""Highlights made of stretches of an episode, set down elsewhere, and quoted."""

from dataclasses import replace

from tui.core.episode import Episode
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Anchor, Colour, Highlight, Source, new_id, now
from tui.core.quotes import Quote, is_repeated, quote_blocks
from tui.core.stretches import Stretch


def highlight_of(
    episode: Episode, stretch: Stretch, text: EpisodeText, source: Source, colour: Colour = Colour.AMBER
) -> Highlight:
    """Return a new highlight of a stretch.

    Args:
        episode: Where the stretch is.
        stretch: What is marked.
        text: The episode's text.
        source: The episode as the notebook knows it.
        colour: Of the highlight.

    Raises:
        NotFoundError: There is nothing to quote in the stretch.
    """
    quote = quote_blocks(episode, stretch.start, stretch.end)
    made = now()
    return Highlight(
        new_id(),
        source,
        text.anchor(stretch),
        quote.text,
        colour,
        speaker=quote.speaker,
        start_s=quote.start_s,
        created=made,
        modified=made,
    )


def reattached(highlight: Highlight, stretch: Stretch, text: EpisodeText) -> Highlight:
    """Return a highlight set down on another stretch, with its note, tags and all else that is the reader's.

    Raises:
        NotFoundError: There is nothing to quote in the stretch.
    """
    quote = quote_blocks(text.episode, stretch.start, stretch.end)
    return replace(
        highlight,
        anchor=text.anchor(stretch),
        text=quote.text,
        speaker=quote.speaker,
        start_s=quote.start_s,
        modified=now(),
    )


def quote_of(highlight: Highlight, episode: Episode | None = None) -> Quote:
    """Return a highlight as a quote, its words as they were marked, for every style and export.

    Args:
        highlight: What is quoted.
        episode: Where it stands, which says what is known of it now; without one, what was known when it
            was marked.
    """
    anchor, about = highlight.anchor, episode or highlight.source
    return Quote(
        text=highlight.text,
        title=about.title,
        show=about.show,
        number=about.number,
        people=about.people,
        section=anchor.heading or None,
        part=_part(anchor, episode),
        speaker=highlight.speaker,
        start_s=highlight.start_s,
        url=about.url,
        date=about.date,
        language=about.language,
        path=about.path,
        tags=tuple(dict.fromkeys((*highlight.tags, *about.tags))),
        note=highlight.note or None,
        before=anchor.prefix.rpartition("\n")[2],
        after=anchor.suffix.partition("\n")[0],
        is_repeated=episode is not None and is_repeated(episode, anchor.exact.strip().partition("\n")[0]),
    )


def _part(anchor: Anchor, episode: Episode | None) -> str | None:
    """Return the part of the episode in which the section is that the anchor names, if it is still there."""
    sections = episode.sections if episode else ()
    same = [section for section in sections if section.title == anchor.heading]
    nearest = min(same, key=lambda section: abs(section.ordinal - anchor.section), default=None)
    return nearest.part if nearest else None
