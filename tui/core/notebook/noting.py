"""Gathering what the notebook has of one episode, what waits to be kept included."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tui.core.episode import Episode
from tui.core.notebook.identity import Known, is_same_work, known_as, refreshed
from tui.core.notebook.notes import (
    EpisodeNotes,
    place_left,
    placed,
    placed_bookmarks,
    stretches_of,
)
from tui.core.notebook.store import Store
from tui.core.notebook.text import EpisodeText
from tui.core.notebook.values import Anchor, Bookmark, Highlight, Kept, Reading, Source
from tui.core.notebook.work import Work, overlaid


@dataclass
class Gathering:
    """What is asked for, and of whom."""

    episode: Episode
    """As it is now."""

    works: Sequence[Work]
    """What waits to be kept."""

    new_source: Callable[[], Source]
    """Returns the episode as it is known from now on, if nothing is kept of it yet."""

    store: Store | None
    """What is on the disk; None where that can't be read."""

    see: Callable[[Source, Source], None]
    """Told what was known of the episode, and what is known now."""

    @cached_property
    def text(self) -> EpisodeText:
        """The episode's text."""
        return EpisodeText(self.episode)

    @cached_property
    def known(self) -> Known:
        """Which episode it is."""
        if self.store is None:
            return Known(None)
        known = known_as(self.episode, self.store)
        if known.source is None:
            return known
        now = refreshed(known.source, self.episode)
        if known.is_edited and not self.episode.partial and not self.is_still(known.source):
            return Known(None, others=(known.source, *known.others))
        if now != known.source and not self.episode.partial:
            self.see(known.source, now)
        self.store.sources[now.id] = now
        return Known(now, others=known.others)

    @cached_property
    def source(self) -> Source:
        """The episode as the notebook knows it."""
        return self.known.source or self.new_source()

    def is_still(self, source: Source) -> bool:
        """Say whether an edited file still holds the episode, by what it says or by what was marked in it."""
        if is_same_work(source, self.episode):
            return True
        things = self.kept([source.id])
        anchors = [one.place if isinstance(one, Reading) else one.anchor for one in things]
        return any(self.stretches([anchor for anchor in anchors if anchor is not None]))

    def stretches(self, anchors: Sequence[Anchor]) -> list[bool]:
        """Return which anchors are found in the text."""
        return [stretch is not None for stretch in stretches_of(anchors, self.text)]

    def kept(self, ids: Sequence[str]) -> list[Kept]:
        """Return what is on the disk of some sources."""
        if self.store is None or not ids:
            return []
        rest = f"WHERE source IN ({', '.join('?' * len(ids))}) ORDER BY number"
        return [
            *self.store.highlights(rest, ids),
            *self.store.bookmarks(rest, ids),
            *self.store.readings(rest, ids),
        ]

    def things(self, sources: Sequence[Source]) -> list[Kept]:
        """Return what there is of some sources, what waits included."""
        ids = [source.id for source in sources]
        places = {(source.path, source.content) for source in sources}
        found = overlaid(self.kept(ids), self.works)
        return [
            one for one in found if one.source.id in ids or (one.source.path, one.source.content) in places
        ]

    def reading(self) -> Reading | None:
        """Return how far the reader is."""
        found = (one for one in self.things([self.source]) if isinstance(one, Reading))
        return next(found, None)

    def letters(self) -> tuple[Bookmark, ...]:
        """Return the bookmarks whose letter marks one place in the whole library."""
        kept = self.store.bookmarks("WHERE letter BETWEEN 'A' AND 'Z'") if self.store is not None else []
        found = overlaid(kept, self.works)
        return tuple(one for one in found if isinstance(one, Bookmark) and one.letter.isupper())

    def notes(self) -> EpisodeNotes:
        """Return all that there is."""
        things = self.things([self.source, *self.known.others])
        highlights = [one for one in things if isinstance(one, Highlight)]
        bookmarks = [one for one in things if isinstance(one, Bookmark) and one.source.id == self.source.id]
        reading = self.reading()
        return EpisodeNotes(
            self.source,
            reading,
            placed(highlights, self.episode, self.text) if highlights else (),
            placed_bookmarks(bookmarks, self.text) if bookmarks else (),
            self.letters(),
            place_left(reading, self.text) if reading is not None else None,
        )
