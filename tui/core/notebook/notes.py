"""What the notebook has of one episode, in the places where it stands now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.core.episode import Episode, Place
from tui.core.notebook.anchoring import locate_all, quotable
from tui.core.notebook.places import place_of
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Anchor, Bookmark, Highlight, Reading, Source

if TYPE_CHECKING:
    from tui.core.stretches import Stretch


@dataclass(frozen=True, slots=True)
class Placed:
    """A highlight and where it stands."""

    highlight: Highlight
    stretch: "Stretch | None"
    """None if it lost its place."""


@dataclass(frozen=True, slots=True)
class PlacedBookmark:
    """A bookmark and where it is; where its words are gone, the beginning of its section, or thereabouts."""

    bookmark: Bookmark
    place: Place


@dataclass(frozen=True, slots=True)
class EpisodeNotes:
    """All that the notebook has of an episode."""

    source: Source
    """The episode as the notebook knows it; for what is marked in it next."""

    reading: Reading | None = None
    """None if it was never read."""

    highlights: tuple[Placed, ...] = ()
    """In the order in which they were made."""

    bookmarks: tuple[PlacedBookmark, ...] = ()
    letters: tuple[Bookmark, ...] = ()
    """Those that mark one place in the whole library: ``A`` to ``Z``."""

    place: Place | None = None
    """Where reading was left."""


def stretches_of(anchors: Sequence[Anchor], text: EpisodeText) -> "list[Stretch | None]":
    """Return where anchors stand; what stands where it stood, among the same words, is not looked for."""
    found: list[Stretch | None] = [
        quotable(text, anchor.start, anchor.end) if stands(anchor, text) else None for anchor in anchors
    ]
    missing = [index for index, stretch in enumerate(found) if stretch is None]
    for index, stretch in zip(
        missing, locate_all([anchors[index] for index in missing], text) if missing else (), strict=True
    ):
        found[index] = stretch
    return found


def stands(anchor: Anchor, text: EpisodeText) -> bool:
    """Say whether a text has an anchor's words, and those around them, exactly where they were."""
    around = anchor.prefix + anchor.exact + anchor.suffix
    return bool(anchor.exact) and text.has(around, max(anchor.start - len(anchor.prefix), 0))


def placed(highlights: Sequence[Highlight], episode: Episode, text: EpisodeText) -> tuple[Placed, ...]:
    """Return highlights with where they stand; of an episode's head, those that stand there."""
    stretches = stretches_of([highlight.anchor for highlight in highlights], text)
    return tuple(
        Placed(highlight, stretch)
        for highlight, stretch in zip(highlights, stretches, strict=True)
        if stretch is not None or not episode.partial
    )


def placed_bookmarks(bookmarks: Sequence[Bookmark], text: EpisodeText) -> tuple[PlacedBookmark, ...]:
    """Return bookmarks with where they are."""
    return tuple(PlacedBookmark(bookmark, place_at(bookmark.anchor, text)) for bookmark in bookmarks)


def place_left(reading: Reading | None, text: EpisodeText) -> Place | None:
    """Return where reading was left; None if it was never read."""
    if reading is None or reading.place is None:
        return None
    return place_at(reading.place, text, reading.share)


def place_at(anchor: Anchor, text: EpisodeText, share: float | None = None) -> Place:
    """Return where a place is now."""
    return place_of(anchor, text, is_same=stands(anchor, text), share=share)
