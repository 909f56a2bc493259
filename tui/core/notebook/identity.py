"""Which of the episodes that the notebook knows one is, whatever its file is called and holds by now.

An episode is known by its content where its file was renamed or moved, and by its path where it was edited. A
copy beside the original is an episode of its own.
"""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from tui.core.episode import Episode
from tui.core.notebook.store import Store
from tui.core.notebook.values import Source, new_source
from tui.errors import PullquoteError
from tui.paths import file_of, is_file

STANDARD_INPUT = Path("-")
"""The path of an episode that has none: only its content tells it from others."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the notebook knows of an episode."""

    source: Source | None
    """None if it is new."""

    is_edited: bool = False
    """Whether only the path says so: then the file may have become another episode altogether."""

    others: tuple[Source, ...] = ()
    """Episodes that were seen last at the same path."""


def known_as(episode: Episode, store: Store) -> Known:
    """Return what is known of an episode.

    Raises:
        sqlite3.Error: The notebook can't be read.
    """
    path = episode.path.absolute()
    is_file = episode.path != STANDARD_INPUT
    here = store.sources_where("WHERE path = ? ORDER BY seen DESC", [os.fsencode(path)]) if is_file else []
    same = store.sources_where("WHERE content = ? ORDER BY seen DESC", [episode.id])
    found = next((one for one in same if one in here or is_same(one.path, path)), None)
    found = found or next((one for one in same if not holds(one.path, one.content)), None)
    others = tuple(one for one in here if found is None or one.id != found.id)
    if found is not None or not others:
        return Known(found, others=others)
    return Known(others[0], is_edited=True, others=others[1:])


def is_same(one: Path, other: Path) -> bool:
    """Say whether two paths are those of one episode, by links or another way to its folder."""
    (file, number), (other_file, other_number) = file_of(one), file_of(other)
    try:
        return number == other_number and file.samefile(other_file)
    except (OSError, ValueError):
        return False


def is_there(path: Path) -> bool:
    """Say whether there still is the file of an episode."""
    return path != Path() and is_file(file_of(path)[0])


def holds(path: Path, content: str) -> bool:
    """Say whether an episode is still where it was seen last."""
    # Loaded here: only copies and files with each other's names need to be read.
    from tui.core.files import read_bytes
    from tui.core.reading import id_of, read_episode

    file, number = file_of(path)
    try:
        found = id_of(read_bytes(file).data) if number is None else read_episode(path).id
    except PullquoteError:
        return False
    return found == content


def is_same_work(source: Source, episode: Episode) -> bool:
    """Say whether an edited file still says that it is the same episode."""
    return source.title == episode.title or (source.url is not None and source.url == episode.url)


def refreshed(source: Source, episode: Episode) -> Source:
    """Return what is known of an episode as it is now."""
    return replace(new_source(episode), id=source.id)
