"""The notebook's values: what a reader marks in episodes, and what is known of the episodes they marked.

Times are UTC, written as in ISO 8601 (``2026-01-02T03:04:05Z``). Ids are UUIDs, 32 hexadecimal digits,
made where the thing is made, so that no window waits for another to name it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from tui.core.episode import Episode


class Colour(StrEnum):
    """The four colours of highlights; the value is the name that people and files know."""

    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"
    ROSE = "rose"


class ReadingState(StrEnum):
    """How far a reader says they are with an episode; the value is what follows ``is:`` in a search."""

    UNREAD = "unread"
    READING = "reading"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Source:
    """An episode as the notebook knows it: how to find it again, and what a citation of it says."""

    id: str
    path: Path
    """Where it was seen last, absolute; of one of a file's episodes, below the file (``export.md/3``)."""

    content: str
    """``Episode.id`` as it was seen last: the same wherever the file lies."""

    title: str
    show: str | None = None
    number: int | None = None
    people: tuple[str, ...] = ()
    date: str | None = None
    url: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    """The episode's own."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a stretch of an episode's text stands, told in several ways so that it survives edits.

    The selectors are those of the W3C Web Annotation Data Model: a text quote with what stands around it,
    a text position, and besides them the section. Positions are characters of ``text.EpisodeText.text``.
    """

    exact: str
    """The stretch as it was marked, in that text."""

    prefix: str = ""
    """What stands before it, at most ``CONTEXT`` characters."""

    suffix: str = ""
    """What stands after it, at most ``CONTEXT`` characters."""

    start: int = 0
    end: int = 0
    section: int = 0
    """The ordinal of the section in which it begins."""

    heading: str = ""
    """That section's title; empty before the first heading."""


CONTEXT = 32
"""How many characters before and after a stretch are kept with it, as Hypothesis does."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch of an episode that a reader marked."""

    id: str
    source: Source
    anchor: Anchor
    text: str
    """What is quoted of it: ``quotes.Quote.text``."""

    colour: Colour = Colour.AMBER
    note: str = ""
    """In the reader's words, of any number of lines."""

    tags: tuple[str, ...] = ()
    """In the order in which they were given, each once."""

    is_favourite: bool = False
    speaker: str | None = None
    start_s: float | None = None
    """When it is said, in seconds."""

    created: str = ""
    modified: str = ""
    order: int = 0
    """Counts up with every highlight that is kept, whatever the clock says; 0 until it is kept."""

    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """What an import brought along that has no field here, to be given back by an export."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place a reader marked: with a letter, or without one."""

    id: str
    source: Source
    anchor: Anchor
    """Of the beginning of the paragraph."""

    letter: str = ""
    """``a`` to ``z`` mark one place in each episode, ``A`` to ``Z`` one of them all; empty for a bookmark."""

    created: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a reader is in an episode."""

    source: Source
    state: ReadingState = ReadingState.UNREAD
    place: Anchor | None = None
    """The line at the top of the page when it was left; None if it was never read."""

    share: float = 0.0
    """How much of it lies before that place, from 0 to 1."""

    read_sections: frozenset[int] = frozenset()
    """The ordinals of the sections that have a tick."""

    read_at: str = ""
    """When it was read last."""


Kept = Highlight | Bookmark | Reading
"""What a change can add, change or remove. A reading is told from others by its source."""


def new_id() -> str:
    """Return an id that nothing else has."""
    # Loaded here: who only looks makes none.
    from uuid import uuid4

    return uuid4().hex


def now() -> str:
    """Return the time as it is kept."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def new_source(episode: Episode) -> Source:
    """Return what is kept of an episode that the notebook has not seen before."""
    return Source(
        new_id(),
        episode.path.absolute(),
        episode.id,
        episode.title,
        episode.show,
        episode.number,
        episode.people,
        episode.date,
        episode.url,
        episode.language,
        episode.tags,
    )
