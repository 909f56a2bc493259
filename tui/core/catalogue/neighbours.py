"""The episode before or after another one in a library's list."""

from collections.abc import Sequence
from pathlib import Path

from tui.core.catalogue.arranging import is_of
from tui.core.catalogue.rows import Row, base_of, place_of
from tui.core.episode import Episode
from tui.errors import NotFoundError
from tui.paths import file_of


def neighbour(episode: Episode, library: Path, rows: Sequence[Row], step: int) -> Path | None:
    """Return the path of the episode after (1) or before (-1) one in a list; None if there is none.

    Args:
        episode: The one that is open.
        library: The folder of the list, or a file of several.
        rows: The list; a file of several that was not read yet stands in it for its episodes.
        step: Which way.

    Raises:
        NotFoundError: The list does not have the episode.
    """
    base = base_of(library)
    file, number = file_of(episode.path)
    index = place_in_list(rows, place_of(episode.path, base))
    if index is None and number is not None:
        if 1 <= number + step <= episode.count:
            return file / str(number + step)
        index = place_in_list(rows, place_of(file, base))
    if index is None:
        raise NotFoundError("This episode is not in the library; l lists those that are")
    return base / rows[index + step].place if 0 <= index + step < len(rows) else None


def place_in_list(rows: Sequence[Row], place: str) -> int | None:
    """Return the number of the row of an episode, or of one of its files; None if there is none."""
    return next((index for index, row in enumerate(rows) if is_of(row, place)), None)
