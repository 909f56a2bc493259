"""The section of a hit as it is shown while somebody goes through the hits.

At once as it was indexed, and a moment later as its file is now: reading a file may take long.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from tui.core.cache import Stamp, stamp
from tui.core.episode import Block, BlockKind, Episode, Place, Section
from tui.core.finding import EpisodeIndex, Hits
from tui.core.loading import Loaded, loaded
from tui.core.search.asking import SectionHit
from tui.core.search.extracts import extract, in_text
from tui.core.search.hits import HEADING_BLOCK, hits_of, place_in, section_now, units_around
from tui.core.search.library_query import LibraryQuery
from tui.paths import file_of

MOST_KEPT = 24
"""So many episodes are kept."""

LARGEST_KEPT = 1_000_000
"""Larger ones are kept only until the next one is read, in characters."""

LARGE_BYTES = 1_000_000
LARGE_WAIT_S = 0.4
"""A larger file is read only when the reader has looked at its hit for so long: reading it takes longer."""

LOOK_S = 0.02

MARKED_AT_ONCE = 60_000
"""Of episodes with more characters only what is around the hit is marked at once: in less than a frame."""

MARKED_WHOLLY = 1_000_000
"""Of episodes with more characters only what is around the hit is marked at all, until they are opened."""

BETWEEN_BLOCKS = "\n\n"

AROUND_CHARS = 10_000
"""So many characters on each side are around a hit: more than any screen shows."""


@dataclass(frozen=True)
class Preview:
    """A section in its episode, with the words of a query marked."""

    hit: SectionHit
    episode: Episode
    """As it is now; or of the hit's section alone, as it was indexed."""

    hits: Hits
    place: Place
    """What is shown of it: where the words of the extract stand."""

    current: int | None
    """Which of the hits stands there."""

    read: Loaded | None = None
    """How the episode was read; None if it was not."""

    is_whole: bool = True
    """The whole episode is marked, not only what is around the section."""

    @cached_property
    def query(self) -> LibraryQuery:
        """What is marked."""
        query = self.hits.query
        assert isinstance(query, LibraryQuery)
        return query


@dataclass(frozen=True, slots=True)
class Kept:
    """An episode that was read."""

    read: Loaded
    index: EpisodeIndex
    chars: int
    stamp: Stamp | None


class Previews:
    """Makes previews; the last few episodes are kept.

    ``at_once`` is for the thread that draws, ``read`` for any other.
    """

    def __init__(self) -> None:
        self.kept: dict[Path, Kept] = {}
        self.reading = Lock()
        self.turns = count(1)
        self.latest = 0

    def at_once(self, hit: SectionHit, query: LibraryQuery, at: int | None) -> Preview:
        """Return a hit's section as far as it is known, within a frame.

        Args:
            hit: The hit.
            query: What is marked.
            at: ``Extract.at`` of what is shown of the hit.
        """
        kept = self.kept.get(hit.path)
        if kept is not None:
            return preview_of(hit, query, at, kept, marks_all=kept.chars <= MARKED_AT_ONCE)
        return preview_as_indexed(hit, query, at)

    def ask(self) -> int:
        """Return the turn of a preview that is asked for: those asked for before are not wanted any more."""
        self.latest = next(self.turns)
        return self.latest

    def read(
        self, hit: SectionHit, query: LibraryQuery, at: int | None, turn: int | None = None
    ) -> Preview | None:
        """Return a hit's section in its episode as that is now; None if another was asked for meanwhile.

        Args:
            hit: The hit.
            query: What is marked.
            at: ``Extract.at`` of what is shown of the hit.
            turn: What ``ask`` returned, where this is called some time after it; None to ask now.

        Raises:
            PullquoteError: Its file can't be read.
        """
        turn = self.ask() if turn is None else turn
        with self.reading:
            if not self.is_wanted_still(turn, hit.path):
                return None
            kept = self.read_now(hit.path)
        return preview_of(hit, query, at, kept, marks_all=kept.chars <= MARKED_WHOLLY)

    def is_wanted_still(self, turn: int, path: Path) -> bool:
        """Say whether no other preview was asked for since a turn; of a large file, wait a while."""
        if path not in self.kept and size_of(path) > LARGE_BYTES:
            end = monotonic() + LARGE_WAIT_S
            while turn == self.latest and monotonic() < end:
                sleep(LOOK_S)
        return turn == self.latest

    def read_now(self, path: Path) -> Kept:
        """Return an episode as it is now, read anew if its file has changed."""
        now = stamp(path)
        kept = self.kept.get(path)
        if kept is None or kept.stamp is None or kept.stamp != now:
            read = loaded(path)
            chars = sum(len(section.text) for section in read.episode.sections)
            _ = read.episode.words  # counted here: of a large file it takes many frames
            kept = Kept(read, EpisodeIndex(read.episode), chars, now)
        others = [
            (other, one) for other, one in self.kept.items() if other != path and one.chars <= LARGEST_KEPT
        ]
        # A new one: it may be looked at in another thread.
        self.kept = dict([*others[1 - MOST_KEPT :], (path, kept)])
        return kept

    def forget(self) -> None:
        """Forget what was read: it may be something else now."""
        self.kept = {}


def size_of(path: Path) -> int:
    """Return the size of an episode's file in bytes; 0 if it is not there."""
    try:
        return file_of(path)[0].stat().st_size
    except (OSError, ValueError):
        return 0


def preview_of(
    hit: SectionHit, query: LibraryQuery, at: int | None, kept: Kept, *, marks_all: bool
) -> Preview:
    """Return a hit's section in its episode; the words are marked where they stand now."""
    episode, index = kept.read.episode, kept.index
    section = section_now(episode, hit.ordinal, hit.card.heading)
    if section.text != hit.text:
        at = extract(section.text, in_text(query.wanted)).at
    place = place_in(section, at)
    hits = hits_of(index, query, None if marks_all else units_around(index, place, AROUND_CHARS))
    return Preview(hit, episode, hits, place, current_of(hits, place), kept.read, marks_all)


def preview_as_indexed(hit: SectionHit, query: LibraryQuery, at: int | None) -> Preview:
    """Return a hit's section alone, as it was indexed; of a long one what is around the words."""
    card, text = hit.card, hit.text
    start = max(text.rfind(BETWEEN_BLOCKS, 0, max((at or 0) - AROUND_CHARS, 0)), 0)
    end = text.find(BETWEEN_BLOCKS, (at or 0) + AROUND_CHARS)
    section = Section(0, 1, card.heading, blocks_in(text[start : end if end >= 0 else None]))
    episode = Episode(
        card.id,
        hit.path,
        "index",
        card.title,
        (section,),
        show=card.show or None,
        number=card.number,
        date=card.date or None,
    )
    hits = hits_of(EpisodeIndex(episode), query)
    place = place_in(section, at - start if at is not None else None)
    return Preview(hit, episode, hits, place, current_of(hits, place))


def blocks_in(text: str) -> tuple[Block, ...]:
    """Return a text of the index in blocks: which of them are lists or tables is not known there."""
    return tuple(Block(BlockKind.PARAGRAPH, piece) for piece in text.split(BETWEEN_BLOCKS)) if text else ()


def current_of(hits: Hits, place: Place) -> int | None:
    """Return the number of the hit at a place, else of the next one; None if its section has none."""
    found = hits.first_from(place)
    if found is None or hits.place(found).section == place.section:
        return found
    found = hits.first_from(Place(place.section, HEADING_BLOCK, 0))
    return found if found is not None and hits.place(found).section == place.section else None
