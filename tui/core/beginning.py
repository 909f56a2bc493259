"""What a reader begins with: the episode that is opened at once, and the library it is in."""

from pathlib import Path
from typing import TYPE_CHECKING

from tui.core.episode import Episode
from tui.core.notebook.first import left_of
from tui.paths import file_of

if TYPE_CHECKING:
    from tui.core.formats.table import Reader
    from tui.core.loading import Loaded


def first_episode(
    path: Path, text: bytes | None, reader: "Reader | None" = None
) -> tuple[Path, Episode | None, "Loaded | None"]:
    """Return the library's folder, the episode to open at once, if it is the only one, and how it was read.

    Raises:
        PullquoteError: There is nothing that can be shown.
    """
    if text is not None:
        from tui.core.reading import episode_from_bytes

        return Path.cwd(), episode_from_bytes(text, path, reader=reader), None
    from tui.core.loading import loaded, recalled

    if path.is_dir():
        from tui.core.library import holds_several, scan

        only = None if holds_several(path) else next(scan(path), None)
        if only is None:
            return path, None, None
        folder, path = path, only.path
    else:
        folder = path.parent
    read = loaded(path, head=True, reader=reader)
    if read.episode.count > 1 and file_of(path)[1] is None:
        return path, None, None
    if read.episode.partial and reader is None:
        left = left_of(read.episode)
        if left is not None and left.place is None:
            read = recalled(path) or read
    return folder, read.episode, read
