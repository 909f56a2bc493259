"""Which highlights are meant, and in which order they come."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tui.core.folding import fold
from tui.core.notebook.values import Colour, Highlight, Source
from tui.core.sorting import natural_key

LATE = "\U0010ffff"
"""What comes after every other text: highlights without a tag come last."""


class Order(StrEnum):
    """What highlights can be ordered by."""

    EPISODE = "episode"
    """Episodes by title; in each, as they stand in its text."""

    DATE = "date"
    """As they were made."""

    COLOUR = "colour"
    TAG = "tag"
    """By their first tag, those without one last."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What highlights have to be like; nothing said is no condition."""

    tags: tuple[str, ...] = ()
    """One of them is enough; neither case nor accents matter."""

    colours: tuple[Colour, ...] = ()
    """One of them is enough."""

    since: str = ""
    """The first day on which they may have been made: ``2026-01-02``, or a month, or a year."""

    until: str = ""
    """The last day, likewise."""

    is_favourite: bool = False
    folder: Path | None = None
    """The folder or file their episodes lie in, without links in its path."""

    episode: str = ""
    """Words that the episode's title, show or file name holds, or its id."""


def wanted(highlights: Iterable[Highlight], what: Wanted) -> list[Highlight]:
    """Return the highlights that fit, in the order they come in."""
    tags = {fold(tag).text for tag in what.tags}
    words = fold(what.episode).text.split()
    sources: dict[str, bool] = {}
    found = []
    for highlight in highlights:
        source = highlight.source
        if source.id not in sources:
            sources[source.id] = is_in(source, what.folder) and is_named(source, words)
        if sources[source.id] and fits(highlight, what, tags):
            found.append(highlight)
    return found


def fits(highlight: Highlight, what: Wanted, tags: set[str]) -> bool:
    """Say whether a highlight is what is wanted, whatever its episode."""
    day = highlight.created
    return (
        (not tags or any(fold(tag).text in tags for tag in highlight.tags))
        and (not what.colours or highlight.colour in what.colours)
        and (not what.is_favourite or highlight.is_favourite)
        and what.since <= day
        and (not what.until or day[: len(what.until)] <= what.until)
    )


def is_in(source: Source, folder: Path | None) -> bool:
    """Say whether an episode's file is one, or lies somewhere below a folder."""
    if folder is None:
        return True
    path = Path(os.path.realpath(source.path)) if source.path.is_absolute() else source.path
    return path == folder or folder in path.parents


def is_named(source: Source, words: list[str]) -> bool:
    """Say whether folded words mean an episode: all of them stand in its names, or they are its id."""
    if not words or words in ([source.id], [source.content]):
        return True
    names = fold(" ".join((source.title, source.show or "", source.path.name))).text
    return all(word in names for word in words)


def in_order(highlights: Iterable[Highlight], order: Order) -> list[Highlight]:
    """Return highlights in order; those that are alike as they were made."""
    made = sorted(highlights, key=lambda highlight: highlight.order)
    match order:
        case Order.EPISODE:
            keys: dict[str, tuple[object, ...]] = {}
            return sorted(made, key=lambda highlight: (episode_key(highlight.source, keys), place(highlight)))
        case Order.DATE:
            return sorted(made, key=lambda highlight: highlight.created)
        case Order.COLOUR:
            colours = list(Colour)
            return sorted(made, key=lambda highlight: colours.index(highlight.colour))
        case Order.TAG:
            return sorted(made, key=lambda highlight: natural_key(next(iter(highlight.tags), LATE)))


def episode_key(source: Source, keys: dict[str, tuple[object, ...]]) -> tuple[object, ...]:
    """Return what sorts episodes by title, those of one title kept apart; keys that are known are reused."""
    if source.id not in keys:
        keys[source.id] = (natural_key(source.title), source.id)
    return keys[source.id]


def place(highlight: Highlight) -> tuple[int, int]:
    """Return where a highlight stands in its episode's text."""
    return highlight.anchor.start, highlight.anchor.end
