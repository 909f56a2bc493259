"""Reading the rows of a library's list from its files; of very long ones from their heads."""

import marshal
import os
from pathlib import Path
from typing import Any

from tui.core.catalogue.rows import Facts, Row, bare_row, base_name, place_in, with_keys
from tui.core.catalogue.works import variants_of
from tui.core.episode import Episode
from tui.core.files import display_name
from tui.core.loading import episodes_of
from tui.core.search.changes import Work
from tui.core.search.pool import Reading, serve
from tui.errors import PullquoteError

STOPPED = "stops the reader with a mistake of ours"

LONG_BYTES = 4 * 1024 * 1024
"""Of larger files the head is read: how long they are, is estimated then."""


def read_rows(base: Path, work: Work, *, wholly: bool = False) -> list[Row]:
    """Return the rows of one episode's files, or of the several episodes of one; none for what is no episode.

    Args:
        base: The folder that the paths of rows start from.
        work: The files.
        wholly: All of a long file is read, too, and not only its head.
    """
    variants = variants_of(base, work)
    if not variants:
        return []
    first = variants[0].path
    places = [place_in(work.folder, variant.path.name) for variant in variants]
    size = dict(work.files)[first.name][0]
    try:
        others = variants if len(variants) > 1 else ()
        episodes = list(episodes_of(first, others, head=size > LONG_BYTES and not wholly))
    except PullquoteError as error:
        return [unreadable(places, str(error).removeprefix(f"{display_name(first)} "))]
    except Exception:  # noqa: BLE001 - one file that trips a parser up must not keep all others from the list
        return [unreadable(places, STOPPED)]
    members = range(1, len(episodes) + 1) if len(episodes) > 1 else (0,)
    return [read(places, episode, member, size) for member, episode in zip(members, episodes, strict=True)]


def unreadable(places: list[str], problem: str) -> Row:
    """Return the row of files that can't be read, and why."""
    return with_keys(bare_row(places)._replace(title=display_name(base_name(places[0])), problem=problem))


def read(places: list[str], episode: Episode, member: int, size: int) -> Row:
    """Return the row of an episode.

    Args:
        places: The paths of its files.
        episode: As it was read.
        member: Which of its file's episodes it is, from 1, if that holds several.
        size: That of the file, in bytes.
    """
    facts = Facts(
        episode.format, episode.why, episode.url, episode.duration_s, episode.language, episode.notices
    )
    return with_keys(
        bare_row(places, member)._replace(
            title=episode.title,
            show=episode.show or "",
            number=episode.number,
            date=episode.date or "",
            people=episode.people,
            words=words_of(episode, size),
            tags=episode.tags,
            id=episode.id,
            is_read=True,
            is_whole=not episode.partial,
            more=marshal.dumps(tuple(facts)),
        )
    )


def row_of(episode: Episode) -> Row:
    """Return the row of an episode that was read wholly, under its own path."""
    return read([os.fspath(episode.path)], episode, 0, 0)


def words_of(episode: Episode, size: int) -> int:
    """Return how many words an episode has; of its head alone, an estimate by its file's size in bytes."""
    if not episode.partial:
        return episode.words
    head = sum(len(section.text.encode(errors="replace")) for section in episode.sections)
    return episode.words * size // max(head, 1)


def packed(rows: list[Row]) -> Any:
    """Return rows as ``marshal`` can write them."""
    return [tuple(row) for row in rows]


def unpacked(rows: Any) -> list[Row]:
    """Return the rows that ``packed`` was given."""
    return [Row._make(row) for row in rows]


READING = Reading(__name__, read_rows, packed, unpacked)


def main(words: list[str]) -> int:
    """Be a process that reads."""
    return serve(words, READING)
