"""From an episode to what is indexed of it: one row for each section."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from tui.core.cleaning import clean_line, has_unsafe
from tui.core.episode import Episode, Section
from tui.core.search.engine import Row
from tui.core.search.query import day_number
from tui.core.search.tokens import words

APART = " ¶ "
"""A sign that is no token, between two blocks and two fields: no phrase goes across."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a hit is shown with."""

    id: str
    """Of the episode, as it was when it was indexed."""

    title: str

    show: str
    number: int | None
    date: str
    heading: str
    """Of the section; empty before the first heading."""

    episode: str
    """The same for all files of one episode: the key of the one to show first (``core.search.store``)."""

    label: str
    """Which of the episode's files it is (``transcript``); empty if it is the only one."""


def rows(episode: Episode, path: str, group: str = "", label: str = "") -> Iterator[Row]:
    """Yield an episode's sections as they are indexed.

    Args:
        episode: What is to be found.
        path: The key of its path.
        group: The key of the path of the file that is shown first, where the episode has several.
        label: Which of them it is.
    """
    about = {
        "title": " ".join(words(episode.title)),
        "show": " ".join(words(f"{episode.show or ''} {episode.number or ''}")),
        "people": APART.join(" ".join(words(name)) for name in episode.people),
        "tags": APART.join(" ".join(words(tag)) for tag in episode.tags),
    }
    everything = joined(*about.values())
    day = day_number(episode.date) if episode.date else 0
    for section in episode.sections:
        card = card_of(episode, section, group or path, label)
        heading = " ".join(words(section.title))
        lead = heading if section.ordinal else joined(everything, heading)
        blocks = (" ".join(words(block.text)) for block in section.blocks)
        yield Row(
            path=path,
            ordinal=section.ordinal,
            episode=crc32((group or path).encode()),
            day=day,
            own=joined(lead, *blocks),
            lead=lead,
            about=everything,
            heading=heading,
            text=section.text.encode(errors="replace"),
            card=card_bytes(card),
            **about,
        )


def joined(*texts: str) -> str:
    """Return texts as one, without those that are empty."""
    return APART.join(text for text in texts if text)


def card_of(episode: Episode, section: Section, group: str, label: str) -> Card:
    """Return what a section is shown with as a hit."""
    return Card(
        episode.id,
        episode.title,
        episode.show or "",
        episode.number,
        episode.date or "",
        section.title,
        group,
        label,
    )


def card_bytes(card: Card) -> bytes:
    """Return a card as it is kept."""
    fields = (card.id, card.title, card.show, card.number, card.date, card.heading, card.episode, card.label)
    return json.dumps(fields, ensure_ascii=False).encode(errors="replace")


def card_from(data: bytes) -> Card:
    """Return the card that was kept.

    Raises:
        ValueError: It is damaged.
    """
    try:
        fields = json.loads(data)
        together = "".join(field for field in fields if isinstance(field, str))
        if has_unsafe(together) or "\n" in together:
            # Clean when it was written; but anybody may have written the index.
            fields = [clean_line(field) if isinstance(field, str) else field for field in fields]
        return Card(*fields)
    except TypeError as error:
        raise ValueError("not a card") from error
