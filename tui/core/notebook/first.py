"""Where reading was left, told before the first frame: with few imports and a query or two.

``Notebook`` answers the same questions for any episode, whatever became of its file; here only one that is
what and where it was when it was left is answered at once.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tui.core.episode import Episode, Place
from tui.paths import data_folder, file_of, is_file, seen_from

NAME = "notebook.db"

MOST_LAST = 50
"""Of so many episodes that were read last it is seen whether they are still there."""

LEFT = """
    SELECT readings.exact, readings.first, readings.read_sections
    FROM sources JOIN readings ON readings.source = sources.id
    WHERE sources.path = ? AND sources.content = ? ORDER BY sources.seen DESC LIMIT 1
"""
KNOWN = "SELECT 1 FROM sources WHERE path = ? OR content = ? LIMIT 1"
LAST = f"""
    SELECT sources.path FROM sources JOIN readings ON readings.source = sources.id
    WHERE readings.turn > 0 ORDER BY readings.turn DESC LIMIT {MOST_LAST}
"""


class Left(NamedTuple):
    """How an episode was left."""

    place: Place | None
    """The line at the top of the page; None where the part of a large file that was read does not reach."""

    read_sections: frozenset[int] = frozenset()


def default_file() -> Path:
    """Return where the notebook is; it need not be there."""
    return data_folder() / NAME


def left_of(episode: Episode, file: Path | None = None) -> Left | None:
    """Return how an episode was left; None if it was never read.

    Args:
        episode: As it is now.
        file: The notebook's; by default in our data folder.
    """
    file = file or default_file()
    about = (os.fsencode(episode.path.absolute()), episode.id)
    rows = ask(file, LEFT, about)
    if rows:
        exact, first, ordinals = rows[0]
        place = place_at(episode, exact, first)
        if place is not None or episode.partial:
            return Left(place, frozenset(numbers_in(ordinals)))
    return left_elsewhere(episode, file) if rows or ask(file, KNOWN, about) else None


def left_elsewhere(episode: Episode, file: Path) -> Left | None:
    """Return how an episode was left whose file was edited, renamed or moved since."""
    from tui.core.notebook.notebook import Notebook
    from tui.core.notebook.places import place_of
    from tui.core.notebook.text import EpisodeText

    reading = Notebook(file).reading_of(episode)
    if reading is None or reading.place is None:
        return None
    place = place_of(reading.place, EpisodeText(episode), share=reading.share)
    return Left(place, reading.read_sections)


def place_at(episode: Episode, exact: object, first: object) -> Place | None:
    """Return the place where some words stand in an episode; None if they don't, or were never kept."""
    from tui.core.notebook.text import EpisodeText

    if not isinstance(exact, str) or not isinstance(first, int):
        return None
    if not exact and not first:
        return Place()
    text = EpisodeText(episode)
    return text.place(first) if exact and text.has(exact, first) else None


def last_read(folder: Path | None = None, file: Path | None = None) -> Path | None:
    """Return the episode that was read last and is still there; None without one.

    Args:
        folder: Where it is to be; None for anywhere.
        file: The notebook's; by default in our data folder.
    """
    rows = ask(file or default_file(), LAST, ())
    paths = (Path(os.fsdecode(path)) for (path,) in rows if isinstance(path, bytes))
    for path in paths:
        found = path if folder is None else seen_from(folder, path)
        if found is not None and path.is_absolute() and is_file(file_of(path)[0]):
            return found
    return None


def ask(file: Path, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    """Return what the notebook answers; nothing where there is none, or it can't be read."""
    if not os.path.lexists(file):
        return []
    import sqlite3

    from tui.core.notebook.connecting import open_to_read

    try:
        connection = open_to_read(Path(os.path.realpath(file)))
        if connection is None:
            return []
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()
    except (sqlite3.Error, OSError):
        return []  # what is wrong is told when the notebook is opened for good


def numbers_in(text: object) -> list[int]:
    """Return the whole numbers of a JSON list; JSON itself takes longer to load than all else here."""
    parts = text.strip("[] ").split(",") if isinstance(text, str) else []
    return [int(part) for part in parts if part.strip().isdecimal()]
