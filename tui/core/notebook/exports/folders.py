"""Exports into files and folders: nothing is overwritten unasked, and Markdown is only ever added to."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.core.files import display_name
from tui.core.naming import episode_file_name
from tui.core.notebook.exports.continuing import Tally, continue_folder, continue_page, write_page
from tui.core.notebook.exports.entries import by_source, cleaned
from tui.core.notebook.exports.table import FORMATS, export, timed
from tui.core.notebook.exports.values import ExportSettings, Format
from tui.core.notebook.values import Highlight
from tui.core.writing import make_folder, write_file
from tui.errors import PullquoteError

CONTINUED = FORMATS["markdown"]
"""The format whose files are added to."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did."""

    files: tuple[Path, ...]
    """Those that were written."""

    added: int
    """How many highlights were written for the first time, as far as that is known."""

    changed: int = 0
    """How many were written anew because they changed."""

    edited: int = 0
    """How many changed here, but were edited there, and so stay as they are."""

    notices: tuple[str, ...] = ()
    """What could not be looked at, in words for the reader."""


class ThereAlreadyError(PullquoteError):
    """Files would be overwritten."""

    def __init__(self, paths: Sequence[Path]) -> None:
        more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        super().__init__(f"{display_name(paths[0])}{more} is there already, and stays as it is")
        self.paths = tuple(paths)


def export_to(
    path: Path,
    highlights: Sequence[Highlight],
    format: Format,
    settings: ExportSettings,
    *,
    overwrite: bool = False,
) -> Exported:
    """Write highlights to a file, or into a folder, which is made if need be.

    Args:
        path: The file or folder; what is not there yet is a folder if its name has no suffix.
        highlights: In their order.
        format: How they are written.
        settings: What the user chose.
        overwrite: Whether files that are there are replaced. Those of Markdown are never replaced.

    Raises:
        ThereAlreadyError: Files would be overwritten; nothing was written.
        PullquoteError: It can't be written, or a template is wrong.
    """
    settings = timed(settings)
    to_folder = is_folder(path)
    folder = path if to_folder else path.parent
    make_folder(folder)
    if format is CONTINUED:
        return continued(path, cleaned(highlights), settings, to_folder=to_folder)
    named = by_name(highlights, format, settings) if to_folder else [(path.name, highlights)]
    made = [(name, as_bytes(export(group, format, settings))) for name, group in named]
    changed = [(name, data) for name, data in made if not holds(folder / name, data)]
    there = [folder / name for name, _ in changed if os.path.lexists(folder / name)]
    if there and not overwrite:
        raise ThereAlreadyError(there)
    written = [write_file(folder, name, data, overwrite=overwrite) for name, data in changed]
    return Exported(tuple(written), len(highlights) if written else 0)


def is_folder(path: Path) -> bool:
    """Say whether an export goes into a folder: one that is there, or a name without a suffix that is not."""
    return path.is_dir() or (not path.suffix and not os.path.lexists(path))


def continued(
    path: Path, highlights: Sequence[Highlight], settings: ExportSettings, *, to_folder: bool
) -> Exported:
    """Add highlights to a page, or to the pages of a folder."""
    tally = Tally()
    if to_folder:
        continue_folder(path, highlights, settings, tally)
    elif os.path.lexists(path):
        continue_page(path, highlights, settings, tally)
    else:
        write_page(path, highlights, settings, tally)
    files = tuple(dict.fromkeys(tally.files))
    return Exported(files, tally.added, tally.changed, tally.edited, tuple(tally.notices))


def by_name(
    highlights: Sequence[Highlight], format: Format, settings: ExportSettings
) -> Iterator[tuple[str, Sequence[Highlight]]]:
    """Yield the names of the files that a folder gets, and what goes into each."""
    if not format.by_episode:
        yield f"{format.stem}{format.suffix}", highlights
        return
    taken: set[str] = set()
    for source, group in by_source(highlights):
        copy, name = 1, episode_file_name(source, suffix=format.suffix)
        while name.casefold() in taken:
            copy += 1
            name = episode_file_name(source, copy, format.suffix)
        taken.add(name.casefold())
        yield name, group


def as_bytes(made: str | bytes) -> bytes:
    """Return an export as a file holds it."""
    return made if isinstance(made, bytes) else made.encode()


def holds(path: Path, data: bytes) -> bool:
    """Say whether a file is there that holds just these bytes."""
    try:
        return path.is_file() and not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False
